#include <array>
#include <unordered_map>

#include "jenjang/base/text.h"
#include "jenjang/intake/intake.h"

#include "engine/intake/row_cells.h"

namespace jenjang {
namespace {

constexpr std::array<std::string_view, 2> kRequired{"kode", "jawaban"};
constexpr std::array<std::string_view, 3> kOptional{"catatan", "bukti", "tanda"};
constexpr std::array<std::string_view, 2> kYesNo{"ya", "tidak"};

}  // namespace

std::vector<WorksheetAnswer> read_worksheet(FileId file, const SourceMap& sources, const CsvFormat& format,
                                            DiagnosticSink& sink) {
  std::vector<WorksheetAnswer> answers;
  const std::optional<CsvTable> table = parse_csv(file, sources, format, sink);
  if (!table || !table->expect_columns(kRequired, kOptional, sink)) return answers;
  const Column code(*table, "kode"), answer(*table, "jawaban"), note(*table, "catatan"), evidence(*table, "bukti"),
      marks(*table, "tanda");
  std::unordered_map<std::string, SourceSpan> seen;
  for (std::size_t row = 0; row < table->row_count(); ++row) {
    WorksheetAnswer entry;
    entry.code = code.text(*table, row);
    entry.code_span = code.cell(*table, row)->span;
    entry.answer = answer.text(*table, row);
    entry.answer_span = answer.cell(*table, row)->span;
    entry.note = note.text(*table, row);
    entry.evidence = evidence.text(*table, row);
    if (const CsvCell* cell = marks.cell(*table, row)) {
      const Marks read = read_marks(marks.text(*table, row), cell->span, sink);
      entry.illustrative = read.illustrative;
      entry.unverified = read.unverified;
    }
    if (entry.code.empty()) {
      sink.report(make_diagnostic(Code::J1801, entry.code_span).arg("kolom", "kode"));
      continue;
    }
    const auto [earlier, fresh] = seen.try_emplace(entry.code, entry.code_span);
    if (!fresh) {
      sink.report(make_diagnostic(Code::J1810, entry.code_span)
                      .arg("kode", entry.code)
                      .related(earlier->second, "jawaban pertama", "first answer"));
      continue;
    }
    answers.push_back(std::move(entry));
  }
  return answers;
}

std::string worksheet_node_code(std::string_view worksheet, std::string_view criterion) {
  std::string code(worksheet);
  code += '.';
  // A judgement is written with a slash, which belongs to unit paths and cannot stand in a code.
  for (const char letter : criterion) code += letter == '/' ? '.' : letter;
  return code;
}

std::vector<Observation> worksheet_observations(std::span<const WorksheetAnswer> answers, const WorksheetTarget& target,
                                                DiagnosticSink& sink) {
  std::vector<Observation> facts;
  facts.reserve(answers.size());
  const SharedText unit = target.unit;
  for (const WorksheetAnswer& answer : answers) {
    Observation fact;
    fact.code = worksheet_node_code(target.code, answer.code);
    fact.unit = unit;
    fact.period = target.period;
    std::string source = answer.evidence.empty() ? target.source : answer.evidence;
    // Whose answer it is belongs to where it comes from: the same evidence reads differently to two evaluators.
    if (!answer.lane.empty()) source += (source.empty() ? "jalur " : "; jalur ") + answer.lane;
    fact.source = source;
    fact.illustrative = answer.illustrative || target.illustrative;
    fact.unverified = answer.unverified || target.unverified;
    fact.places = RowPlaces(answer.answer_span, answer.code_span, answer.code_span, answer.code_span);
    if (answer.answer.empty()) {
      fact.state = CellState::empty;
    } else if (target.yes_no) {
      if (answer.answer != kYesNo[0] && answer.answer != kYesNo[1]) {
        sink.report(make_diagnostic(Code::J1809, answer.answer_span)
                        .arg("teks", answer.answer)
                        .arg("kode", answer.code)
                        .arg("mode", target.mode)
                        .suggest(nearest(answer.answer, kYesNo).value_or("")));
        continue;
      }
      fact.grade = answer.answer;  // on the mode's own scale of answers, where ya is 1 and tidak 0
      fact.number = Decimal(answer.answer == kYesNo[0] ? 1 : 0);
    } else if (const std::optional<Decimal> number = Decimal::parse(answer.answer)) {
      fact.number = *number;
    } else {
      fact.grade = answer.answer;
    }
    facts.push_back(std::move(fact));
  }
  return facts;
}

}  // namespace jenjang
