// A worksheet with lanes from CSV: every code, answer and state checked where it stands.
#include <algorithm>
#include <map>

#include "jenjang/assess/worksheet.h"
#include "jenjang/base/text.h"

#include "engine/intake/row_cells.h"

namespace jenjang {
namespace {

constexpr std::size_t kLanes = kReviewLaneWords.size();
constexpr std::array<std::string_view, 2> kPlainRequired{"kode", "jawaban"};
constexpr std::array<std::string_view, 3> kPlainOptional{"catatan", "bukti", "tanda"};
constexpr std::array<std::string_view, 1> kLanedRequired{"kode"};
// Printed by the blank form or by whoever prepared it, and not read.
constexpr std::array<std::string_view, 5> kReadOver{"uraian", "bobot", "usul", "usul_alasan", "tanda"};
constexpr std::size_t kDigestDigits = 64;  // SHA-256 in hexadecimal

bool is_digest(std::string_view text) {
  return text.size() == kDigestDigits && text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

// Answers that say something good of the unit: better than the last grade of the scale.
bool is_above_worst(const Scale* scale, std::string_view answer) {
  if (scale == nullptr || scale->grades.empty()) return false;
  const auto grade = scale->find_grade(answer);
  return grade && *grade + 1 < scale->grades.size();
}

class LanedReader {
public:
  LanedReader(const CsvTable& table, bool laned, const Pack& pack, const PackTemplate& tmpl, const ScoringMode& mode,
              DiagnosticSink& sink)
      : table_(table),
        tmpl_(tmpl),
        sink_(sink),
        questions_(worksheet_questions(pack, tmpl, &mode)),
        code_(table, "kode"),
        evidence_(table, "bukti"),
        place_(table, "letak"),
        digest_(table, "sidik"),
        state_(table, "keadaan"),
        reason_(table, "alasan") {
    sheet_.laned = laned;
    for (const std::string_view lane : kReviewLaneWords) {
      answers_.emplace_back(table, laned ? lane : std::string_view("jawaban"));
      notes_.emplace_back(table, laned ? std::string(lane) + "_catatan" : std::string("catatan"));
    }
    for (std::size_t i = 0; i < questions_.size(); ++i) known_.emplace(questions_[i].code, i);
  }

  LanedWorksheet read() {
    for (std::size_t row = 0; row < table_.row_count(); ++row) read_row(row);
    return std::move(sheet_);
  }

private:
  void read_row(std::size_t row) {
    CriterionRow entry;
    entry.code = code_.text(table_, row);
    entry.span = code_.cell(table_, row)->span;
    if (entry.code.empty()) {
      sink_.report(make_diagnostic(Code::J1801, entry.span).arg("kolom", "kode"));
      return;
    }
    const auto known = known_.find(entry.code);
    if (known == known_.end()) {
      refuse_code(entry);
      return;
    }
    const auto [earlier, fresh] = seen_.try_emplace(entry.code, entry.span);
    if (!fresh) {
      sink_.report(make_diagnostic(Code::J1810, entry.span)
                       .arg("kode", entry.code)
                       .related(earlier->second, "jawaban pertama", "first answer"));
      return;
    }
    const WorksheetQuestion& question = questions_[known->second];
    read_answers(row, question, entry);
    entry.evidence = evidence_.text(table_, row);
    entry.place = place_.text(table_, row);
    entry.reason = reason_.text(table_, row);
    read_digest(row, entry);
    if (sheet_.laned) {
      read_state(row, entry);
      ask_for_evidence(question, entry);
    }
    sheet_.rows.push_back(std::move(entry));
  }

  void refuse_code(const CriterionRow& entry) {
    const std::vector<std::string> codes = texts_of(questions_, &WorksheetQuestion::code);
    sink_.report(make_diagnostic(Code::J3100, entry.span)
                     .arg("kode", entry.code)
                     .arg("templat", tmpl_.id)
                     .suggest(nearest(entry.code, codes).value_or("")));
  }

  void read_answers(std::size_t row, const WorksheetQuestion& question, CriterionRow& entry) {
    // The plain form has one column, which is the assessor's.
    const std::size_t first = sheet_.laned ? 0 : static_cast<std::size_t>(ReviewLane::assessor);
    for (std::size_t lane = first; lane < kLanes; ++lane) {
      const CsvCell* cell = answers_[lane].cell(table_, row);
      if (cell == nullptr) continue;
      entry.answer_span[lane] = cell->span;
      entry.note[lane] = notes_[lane].text(table_, row);
      const std::string answer(answers_[lane].text(table_, row));
      if (answer.empty()) continue;
      if (accepts(question, answer)) {
        entry.answer[lane] = answer;
      } else {
        entry.unreadable[lane] = true;
        refuse_answer(question, lane, answer, cell->span);
      }
    }
  }

  static bool accepts(const WorksheetQuestion& question, const std::string& answer) {
    const Scale* scale = question.answers;
    if (scale == nullptr) return Decimal::parse(answer).has_value();
    return scale->find_grade(answer) || std::ranges::find(scale->ungraded, answer) != scale->ungraded.end();
  }

  void refuse_answer(const WorksheetQuestion& question, std::size_t lane, const std::string& answer, SourceSpan span) {
    std::vector<std::string> labels;
    if (question.answers != nullptr) {
      for (const GradePoint& grade : question.answers->grades) labels.push_back(grade.label);
      labels.insert(labels.end(), question.answers->ungraded.begin(), question.answers->ungraded.end());
    }
    std::string listed;
    for (const std::string& label : labels) listed += (listed.empty() ? "" : ", ") + label;
    sink_.report(make_diagnostic(Code::J3101, span)
                     .arg("jawaban", answer)
                     .arg("jalur", kReviewLaneWords[lane])
                     .arg("kode", question.code)
                     .arg("pilihan", listed.empty() ? "0, 1.5, 2" : listed)
                     .suggest(nearest(answer, labels).value_or("")));
  }

  void read_digest(std::size_t row, CriterionRow& entry) {
    const std::string_view digest = digest_.text(table_, row);
    if (digest.empty()) return;
    if (is_digest(digest)) {
      entry.digest = digest;
      std::ranges::transform(entry.digest, entry.digest.begin(),
                             [](char c) { return c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c; });
      return;
    }
    sink_.report(
        make_diagnostic(Code::J3105, digest_.cell(table_, row)->span).arg("sidik", digest).arg("kode", entry.code));
  }

  void read_state(std::size_t row, CriterionRow& entry) {
    const std::string_view word = state_.text(table_, row);
    if (word.empty()) return;
    const SourceSpan span = state_.cell(table_, row)->span;
    const auto found = std::ranges::find(kCriterionStateWords, word);
    if (found == kCriterionStateWords.end()) {
      sink_.report(make_diagnostic(Code::J1803, span)
                       .arg("teks", word)
                       .arg("pilihan", join_words(kCriterionStateWords))
                       .suggest(nearest(word, kCriterionStateWords).value_or("")));
      return;
    }
    entry.state = static_cast<CriterionState>(found - kCriterionStateWords.begin());
    const bool speaks_against = entry.state == CriterionState::rejected || entry.state == CriterionState::disputed;
    if (speaks_against && entry.reason.empty()) {
      sink_.report(make_diagnostic(Code::J3103, span).arg("kode", entry.code).arg("keadaan", word));
    }
    if (entry.state == CriterionState::final_ && entry.answer[kLanes - 1].empty()) {
      sink_.report(make_diagnostic(Code::J3102, span).arg("kode", entry.code));
    }
  }

  // No grade without something to look at: asked once a row, of the furthest lane that says something good.
  void ask_for_evidence(const WorksheetQuestion& question, const CriterionRow& entry) {
    if (!entry.evidence.empty()) return;
    for (std::size_t lane = kLanes; lane-- > 0;) {
      if (entry.answer[lane].empty()) continue;
      if (!is_above_worst(question.answers, entry.answer[lane])) return;
      sink_.report(make_diagnostic(Code::J3104, entry.answer_span[lane])
                       .arg("kode", entry.code)
                       .arg("jawaban", entry.answer[lane])
                       .arg("jalur", kReviewLaneWords[lane]));
      return;
    }
  }

  const CsvTable& table_;
  const PackTemplate& tmpl_;
  DiagnosticSink& sink_;
  std::vector<WorksheetQuestion> questions_;
  std::map<std::string, std::size_t, std::less<>> known_;
  std::map<std::string, SourceSpan, std::less<>> seen_;
  Column code_, evidence_, place_, digest_, state_, reason_;
  std::vector<Column> answers_, notes_;
  LanedWorksheet sheet_;
};

bool names_lane(const CsvTable& table) {
  return std::ranges::any_of(kReviewLaneWords, [&](std::string_view lane) { return table.column(lane).has_value(); });
}

}  // namespace

bool has_lanes(FileId file, const SourceMap& sources, const CsvFormat& format) {
  DiagnosticSink unheard;  // whoever reads the file says what is wrong with it
  const std::optional<CsvTable> table = parse_csv(file, sources, format, unheard);
  return table && names_lane(*table);
}

LanedWorksheet read_laned_worksheet(FileId file, const SourceMap& sources, const CsvFormat& format, const Pack& pack,
                                    const PackTemplate& tmpl, const ScoringMode& mode, DiagnosticSink& sink) {
  const std::optional<CsvTable> table = parse_csv(file, sources, format, sink);
  if (!table) return {};
  const bool laned = !table->column("jawaban") || names_lane(*table);
  std::vector<std::string_view> optional(kPlainOptional.begin(), kPlainOptional.end());
  const std::vector<std::string> form = worksheet_columns();
  if (laned) {
    optional.assign(form.begin() + 1, form.end());
    optional.insert(optional.end(), kReadOver.begin(), kReadOver.end());
  }
  const std::span<const std::string_view> required =
      laned ? std::span<const std::string_view>(kLanedRequired) : std::span<const std::string_view>(kPlainRequired);
  if (!table->expect_columns(required, optional, sink)) return {};
  return LanedReader(*table, laned, pack, tmpl, mode, sink).read();
}

}  // namespace jenjang
