// One row a sheet: the cells of worksheets and formulas.
#include <algorithm>
#include <array>

#include "jenjang/base/cell.h"
#include "jenjang/report/bulk_report.h"

#include "engine/report/writers.h"

namespace jenjang {
namespace {

constexpr std::string_view kUnverified = "belum-diverifikasi";

std::string gate_ids(const Pack& pack, std::string_view scale, std::string_view label) {
  std::string ids;
  for (const PackGate& gate : pack.gates) {
    if (gate.label == label && gate.scale == scale) ids += (ids.empty() ? "" : ", ") + gate.id;
  }
  return ids;
}

}  // namespace

void BulkTally::add(const BulkTally& later) {
  const auto join = [](Seen& into, const Seen& from) {
    into.count += from.count;
    into.first = std::min(into.first, from.first);
  };
  listed += later.listed;
  join(incomplete, later.incomplete);
  for (const auto& [step, seen] : later.refused) join(refused[step], seen);
  for (const auto& [step, seen] : later.failed) join(failed[step], seen);
  for (const auto& [label, count] : later.labels) labels[label] += count;
}

void BulkListing::declare_place() {
  columns_.push_back({"kunci", ColumnKind::code});
  if (!sheets_.units.empty()) columns_.push_back({"unit", ColumnKind::code});
  if (!sheets_.periods.empty()) columns_.push_back({"periode", ColumnKind::code});
}

void BulkListing::place(std::size_t row, std::vector<std::string>& into) const {
  into.emplace_back(sheets_.keys[row]);
  if (!sheets_.units.empty()) into.emplace_back(sheets_.units[row]);
  if (sheets_.periods.empty()) return;
  into.push_back(sheets_.periods[row].valid() ? sheets_.periods[row].to_string() : std::string());
}

void BulkListing::csv(std::size_t row, CsvDialect dialect, std::string& into, BulkTally& tally) const {
  std::vector<std::string> line;
  line.reserve(columns_.size());
  cells(row, line, tally);
  append_csv_cells(columns_, line, dialect, into);
  end_csv_line(dialect, into);
}

BulkWorksheetListing::BulkWorksheetListing(const BulkProgram& program, const BulkSheets& sheets,
                                           const BulkScores& scores, bool detailed, Language language)
    : BulkListing(sheets), program_(program), scores_(scores) {
  const PackTemplate& tmpl = program.tmpl();
  declare_place();
  for (std::size_t node = 1; node < tmpl.nodes.size(); ++node) {
    if (!detailed && tmpl.nodes[node].parent != 0) continue;
    const auto inner = std::ranges::find(program.inner(), node);
    const bool is_inner = inner != program.inner().end();
    // What is no inner node is a criterion, and a question.
    parts_.push_back({is_inner, is_inner ? static_cast<std::size_t>(inner - program.inner().begin())
                                         : program.form().find(tmpl.nodes[node].code).value()});
    columns_.push_back({"nilai_" + tmpl.nodes[node].code, ColumnKind::figure});
  }
  if (const Scale* scale = program.pack().scale(tmpl.nodes.front().scale)) {
    for (const Band& band : scale->bands) {
      const std::string ids = gate_ids(program.pack(), tmpl.nodes.front().scale, band.label);
      if (ids.empty()) continue;
      gates_.emplace(band.label, (language == Language::indonesian ? "belum diperiksa: " : "not looked at: ") + ids);
    }
  }
  columns_.insert(columns_.end(), {{"nilai", ColumnKind::figure},
                                   {"predikat", ColumnKind::text},
                                   {"gerbang", ColumnKind::text, !gates_.empty()},
                                   {"terjawab", ColumnKind::count},
                                   {"kriteria", ColumnKind::count},
                                   {"status", ColumnKind::text},
                                   {"tanda", ColumnKind::text}});
  const bool unverified = tmpl.nodes.front().unverified || (program.mode() != nullptr && program.mode()->unverified);
  marks_ = unverified ? kUnverified : std::string_view();
}

bool BulkWorksheetListing::has_labels() const {
  return program_.pack().scale(program_.tmpl().nodes.front().scale) != nullptr;
}

void BulkWorksheetListing::cells(std::size_t row, std::vector<std::string>& into, BulkTally& tally) const {
  const BulkRow scored = scores_.row(row);
  place(row, into);
  for (const Part& part : parts_) {
    into.push_back(part.inner ? scored.values[part.place] : scores_.answers().written(row, part.place));
  }
  const auto gate = gates_.find(scored.predicate);
  into.push_back(scored.values.front());
  into.push_back(scored.predicate);
  into.push_back(gate == gates_.end() ? std::string() : gate->second);
  into.push_back(std::to_string(scored.answered));
  into.push_back(std::to_string(program_.form().criteria));
  const CellState state = scored.total == BulkRow::Total::there        ? CellState::value
                          : scored.total == BulkRow::Total::incomplete ? CellState::empty
                                                                       : CellState::not_applicable;
  into.emplace_back(to_string(state));
  into.push_back(marks_);
  ++tally.listed;
  if (scored.total == BulkRow::Total::incomplete) tally.incomplete.add(row);
  ++tally.labels[scored.predicate];
}

BulkFormulaListing::BulkFormulaListing(const BulkFormula& formula, const BulkSheets& sheets, const BulkResults& results,
                                       Language language)
    : BulkListing(sheets), formula_(formula), results_(results), language_(language) {
  constexpr std::array<std::string_view, 6> kOurs{"kunci", "unit", "periode", "status", "alasan", "tanda"};
  declare_place();
  for (const std::string& code : formula.formula().shown()) {
    const std::vector<FormulaStep>& steps = formula.formula().steps;
    const auto step = std::ranges::find(steps, code, &FormulaStep::code);
    if (step == steps.end()) continue;
    steps_.push_back(static_cast<std::size_t>(step - steps.begin()));
    const bool taken = std::ranges::find(kOurs, code) != kOurs.end();
    columns_.push_back(
        {taken ? "hasil_" + code : code, step->type == FormulaType::number ? ColumnKind::figure : ColumnKind::text});
  }
  for (const char* name : {"status", "alasan", "tanda"}) columns_.push_back({name, ColumnKind::text});
  for (const std::vector<FormulaResult>& outcome : formula.outcomes()) {
    endings_.push_back(outcome.empty() ? Ending() : ending_of(outcome));
  }
}

bool BulkFormulaListing::has_labels() const {
  return std::ranges::any_of(
      steps_, [&](std::size_t step) { return formula_.formula().steps[step].type == FormulaType::label; });
}

BulkFormulaListing::Ending BulkFormulaListing::ending_of(const std::vector<FormulaResult>& results) const {
  Ending ending;
  constexpr std::array<std::string_view, 4> kWords{"nilai", "periksa-gagal", "kosong", "ditolak"};
  std::size_t worst = 0;
  bool unverified = false;
  std::string reason;
  for (const std::size_t shown : steps_) {
    const FormulaStep& step = formula_.formula().steps[shown];
    const FormulaResult& result = results[shown];
    ending.cells.push_back(result.value ? formula_value_text(*result.value, formula_.formula().print_of(step))
                                        : std::string());
    if (result.value && result.value->type == FormulaType::label) ending.label = result.value->label;
    const std::size_t standing = result.check_failed ? 1 : result.value ? 0 : result.refused() ? 3 : 2;
    unverified = unverified || result.unverified;
    if (standing <= worst) continue;
    worst = standing;
    reason = result.check_failed ? step.reason : gap_text(result, language_);
  }
  ending.cells.emplace_back(kWords[worst]);
  ending.cells.push_back(std::move(reason));
  ending.cells.emplace_back(unverified ? kUnverified : std::string_view());
  for (std::size_t i = 0; i < results.size(); ++i) {
    if (results[i].check_failed) ending.failed.push_back(i);
    if (results[i].refused() && results[i].origin == results[i].code) ending.refused.push_back(i);
  }
  for (const CsvDialect dialect : {CsvDialect::standard, CsvDialect::excel_id}) {
    std::string& text = dialect == CsvDialect::standard ? ending.standard : ending.excel;
    const std::vector<TableColumn> columns(columns_.end() - static_cast<std::ptrdiff_t>(ending.cells.size()),
                                           columns_.end());
    append_csv_cells(columns, ending.cells, dialect, text);
  }
  return ending;
}

void BulkFormulaListing::count(const Ending& ending, std::size_t row, BulkTally& tally) const {
  ++tally.listed;
  for (const std::size_t step : ending.refused) tally.refused[step].add(row);
  for (const std::size_t step : ending.failed) tally.failed[step].add(row);
  const auto label = tally.labels.find(ending.label);
  if (label == tally.labels.end()) {
    tally.labels.emplace(ending.label, 1);
  } else {
    ++label->second;
  }
}

void BulkFormulaListing::cells(std::size_t row, std::vector<std::string>& into, BulkTally& tally) const {
  place(row, into);
  const auto take = [&](const Ending& ending) {
    into.insert(into.end(), ending.cells.begin(), ending.cells.end());
    count(ending, row, tally);
  };
  if (formula_.is_flat()) {
    take(endings_[results_.outcome(row)]);
  } else {
    take(ending_of(results_.results(row)));
  }
}

// The end of a row is one of a few, made once.
void BulkFormulaListing::csv(std::size_t row, CsvDialect dialect, std::string& into, BulkTally& tally) const {
  if (!formula_.is_flat()) {
    BulkListing::csv(row, dialect, into, tally);
    return;
  }
  const Ending& ending = endings_[results_.outcome(row)];
  const bool standard = dialect == CsvDialect::standard;
  if (standard && sheets_.units.empty() && sheets_.periods.empty()) {
    append_csv_field(sheets_.keys[row], ',', into);
  } else {
    std::vector<std::string> line;
    place(row, line);
    append_csv_cells(columns_, line, dialect, into);
  }
  into += standard ? ',' : ';';
  into += standard ? ending.standard : ending.excel;
  end_csv_line(dialect, into);
  count(ending, row, tally);
}

}  // namespace jenjang
