// Coherence of hand-set targets, worksheets, findings.
#include <map>

#include "engine/report/summary_page.h"
#include "engine/report/writers.h"

namespace jenjang {

void write_coherence(SummaryPage& page) {
  const ExplainContext& context = page.input.context;
  if (page.input.coherence.empty()) return;
  page.heading("Keselarasan target komposit dengan target komponennya",
               "Composite targets against their component targets");
  for (const CoherenceOutcome& check : page.input.coherence) {
    const Rational gap = (check.combined - Rational(check.stated)).absolute();
    std::string text = context.model.address(check.parent, check.period);
    if (check.document.valid()) text += " (" + context.model.documents[check.document.index()].code + ")";
    text += page.say(": target ", ": target ") + check.stated.to_string() +
            page.say(", dari komponen ", ", from components ") +
            round(check.combined, {RoundingMode::half_up, 4}).to_string() + " = " +
            round(check.achievement, {RoundingMode::half_up, 3}).to_string() + page.say(" %, selisih ", " %, gap ") +
            round(gap, {RoundingMode::half_up, 4}).to_string() + page.say(", batas ", ", tolerance ") +
            check.tolerance.to_string() +
            (check.passes ? page.say(": selaras", ": coherent") : page.say(": TIDAK SELARAS", ": NOT COHERENT"));
    const TargetCell* target = context.targets.find(check.parent, check.period);
    if (target != nullptr && target->illustrative) text += " [ilustratif]";
    page.bullet(text);
  }
}

void write_worksheets(SummaryPage& page) {
  if (page.input.worksheets.empty()) return;
  page.heading("Lembar kerja evaluasi", "Evaluation worksheets");
  for (const ScoredWorksheet& worksheet : page.input.worksheets) {
    const auto rows = score_rows(page.input.context, worksheet, ScoreDetail::components, page.input.language);
    const ScoreRow& total = rows.front();
    page.text += '\n';
    page.line((worksheet.title.empty() ? worksheet.code : worksheet.title + " (" + worksheet.code + ")") + ", mode " +
              worksheet.mode + ", " + page.input.context.model.unit(worksheet.total).path + ", " +
              worksheet.period.to_string());
    Table table;
    table.columns = {{page.say("bagian", "part"), ColumnKind::text},
                     {page.say("nilai", "points"), ColumnKind::figure},
                     {page.say("predikat", "predicate"), ColumnKind::text},
                     {page.say("tanda", "marks"), ColumnKind::text}};
    for (std::size_t i = 1; i < rows.size(); ++i) {
      table.rows.push_back({rows[i].code + " " + cut(rows[i].title, 48),
                            rows[i].value.empty() ? rows[i].state : rows[i].value, rows[i].predicate, rows[i].labels});
    }
    table.rows.push_back({"total", total.value.empty() ? total.state : total.value, total.predicate, total.labels});
    page.text += align_columns(table, "   ");
    if (!total.gate.empty()) page.bullet(page.say("gerbang: ", "gate: ") + total.gate);
  }
}

void write_findings(SummaryPage& page) {
  // Rules in order of severity, then name; a lint rule by its id, any other message by its code.
  struct Group {
    std::vector<const Diagnostic*> findings;
  };
  std::map<std::pair<int, std::string>, Group> groups;
  std::size_t accepted = 0;
  for (const Diagnostic& finding : page.input.findings) {
    if (finding.severity == Severity::info) {
      ++accepted;
      continue;
    }
    const std::string name = finding.rule.empty() ? to_string(finding.code) : finding.rule;
    groups[{-static_cast<int>(finding.severity), name}].findings.push_back(&finding);
  }
  page.heading("Temuan pada rencana dan data", "Findings in plan and data");
  if (groups.empty()) page.line(page.say("tidak ada temuan", "no findings"));
  constexpr std::size_t kShown = 4;
  for (const auto& [key, group] : groups) {
    const bool is_error = key.first == -static_cast<int>(Severity::error);
    page.bullet(key.second + ", " + (is_error ? page.say("galat", "error") : page.say("peringatan", "warning")) + ", " +
                std::to_string(group.findings.size()) + page.say(" temuan:", " findings:"));
    for (std::size_t i = 0; i < group.findings.size() && i < kShown; ++i) {
      page.line("    " + message_text(*group.findings[i], page.input.language));
    }
    if (group.findings.size() > kShown) {
      page.line("    " + page.say("dan ", "and ") + std::to_string(group.findings.size() - kShown) +
                page.say(" lagi; semuanya dengan `jenjang check`", " more; all of them with `jenjang check`"));
    }
  }
  if (accepted > 0) {
    page.line(std::to_string(accepted) + page.say(" catatan lain, termasuk temuan yang diterima dengan alasan",
                                                  " further notes, accepted findings among them"));
  }
}

}  // namespace jenjang
