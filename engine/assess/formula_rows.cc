// Rows of a formula sheet from CSV, strictly.
#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "jenjang/assess/formula_sheet.h"
#include "jenjang/base/text.h"
#include "jenjang/measure/reading.h"

#include "engine/assess/person_digits.h"

namespace jenjang {
namespace {

constexpr std::array<std::string_view, 3> kRowColumns{"kunci", "unit", "periode"};

// "0 .. 100", ">= 0".
std::string range_text(const FormulaInput& input) {
  if (input.low && input.high) return input.low->to_string() + " .. " + input.high->to_string();
  return input.low ? ">= " + input.low->to_string() : "<= " + input.high->to_string();
}

class RowReader {
public:
  RowReader(const CsvTable& table, const CsvFormat& format, const Pack& pack, const PackFormula& formula,
            DiagnosticSink& sink)
      : table_(table), format_(format), pack_(pack), formula_(formula), sink_(sink) {
    for (std::size_t i = 0; i < kRowColumns.size(); ++i) place_[i] = table.column(kRowColumns[i]);
    for (const FormulaInput& input : formula.inputs) columns_.push_back(table.column(input.code));
  }

  std::vector<FormulaRow> read() {
    for (const FormulaInput& input : formula_.inputs) {
      if (input.type == FormulaType::number) report_doubtful_figures(table_, input.code, format_, sink_);
    }
    std::vector<std::optional<FormulaRow>> read;
    read.reserve(table_.row_count());
    for (std::size_t row = 0; row < table_.row_count(); ++row) read.push_back(read_row(row));
    std::vector<FormulaRow> rows;
    for (std::size_t row = 0; row < read.size(); ++row) {
      if (read[row] && !ambiguous_.contains(row)) rows.push_back(std::move(*read[row]));
    }
    return rows;
  }

private:
  enum Place : std::size_t { key, unit, period };

  [[nodiscard]] const CsvCell* cell(std::size_t row, const std::optional<std::size_t>& column) const {
    return column ? &table_.cell(row, *column) : nullptr;
  }
  [[nodiscard]] std::string text(std::size_t row, Place place) const {
    const CsvCell* found = cell(row, place_[place]);
    return found == nullptr ? std::string() : std::string(trim(found->text));
  }

  std::optional<FormulaRow> read_row(std::size_t row) {
    FormulaRow result;
    const CsvCell& key_cell = *cell(row, place_[key]);
    result.span = key_cell.span;
    result.key = text(row, key);
    result.unit = text(row, unit);
    if (const CsvCell* found = cell(row, place_[unit])) result.unit_span = found->span;
    if (result.key.empty()) {
      report_blank(key_cell, "-", kRowColumns[key]);
      return std::nullopt;
    }
    bool good = names_no_person(key_cell, kRowColumns[key]);
    const std::string written = text(row, period);
    if (!written.empty()) {
      result.period = read_period(written, cell(row, place_[period])->span, sink_);
      good = result.period.has_value() && good;
    }
    if (good) good = stands_alone(row, key_cell, result);
    for (std::size_t i = 0; i < columns_.size(); ++i) good = read_input(row, i, result) && good;
    if (!good) return std::nullopt;
    result.results = evaluate_formula(pack_, formula_, result.inputs);
    return result;
  }

  // Of rows with one key and period none is taken, and the second of them says so.
  bool stands_alone(std::size_t row, const CsvCell& key_cell, const FormulaRow& result) {
    const std::string when = result.period ? result.period->to_string() : "";
    const auto [first, is_new] = seen_.emplace(std::pair(result.key, when), row);
    if (is_new) return true;
    if (ambiguous_.insert(first->second).second) {
      sink_.report(make_diagnostic(Code::J3173, key_cell.span)
                       .arg("kunci", result.key + (when.empty() ? "" : " (" + when + ")"))
                       .related(cell(first->second, place_[key])->span, "baris lain dengan kunci itu",
                                "another row with that key"));
    }
    return false;
  }

  bool read_input(std::size_t row, std::size_t index, FormulaRow& result) {
    const FormulaInput& input = formula_.inputs[index];
    const CsvCell* found = cell(row, columns_[index]);
    // A required column that is not there was reported once for the whole file.
    if (found == nullptr) return !input.required;
    const std::string_view written = trim(found->text);
    if (written.empty()) {
      if (input.required) report_blank(*found, result.key, input.code);
      return !input.required;
    }
    FormulaInputReading reading;
    if (input.type == FormulaType::number) {
      const auto number = read_decimal(*found, format_, sink_);
      if (!number) return false;
      reading = check_formula_number(input, *number);
    } else {
      if (input.type == FormulaType::evidence && !names_no_person(*found, input.code)) return false;
      reading = read_formula_input(pack_, input, written);
    }
    if (!reading.value) {
      report_problem(*found, input, reading.problem, result.key, written);
      return false;
    }
    if (input.type == FormulaType::evidence) result.evidence_spans.emplace(input.code, found->span);
    result.inputs.emplace(input.code, std::move(*reading.value));
    return true;
  }

  void report_blank(const CsvCell& place, std::string_view row_key, std::string_view input) {
    sink_.report(make_diagnostic(Code::J3170, place.span).arg("kunci", row_key).arg("masukan", input));
  }

  bool names_no_person(const CsvCell& place, std::string_view column) {
    const std::size_t digits = person_digits(place.text);
    if (digits == 0) return true;
    sink_.report(make_diagnostic(Code::J3162, place.span).arg("kolom", column).arg("banyak", std::to_string(digits)));
    return false;
  }

  void report_problem(const CsvCell& place, const FormulaInput& input, FormulaInputProblem problem,
                      std::string_view row_key, std::string_view written) {
    if (problem == FormulaInputProblem::outside_range) {
      sink_.report(make_diagnostic(Code::J3172, place.span)
                       .arg("masukan", input.code)
                       .arg("kunci", row_key)
                       .arg("nilai", written)
                       .arg("boleh", range_text(input)));
      return;
    }
    const std::vector<std::string> known = labels_of(pack_, input);
    std::string list;
    for (const std::string& label : known) list += (list.empty() ? "" : ", ") + label;
    sink_.report(make_diagnostic(Code::J3171, place.span)
                     .arg("masukan", input.code)
                     .arg("kunci", row_key)
                     .arg("nilai", written)
                     .arg("daftar", list)
                     .suggest(nearest(written, std::span<const std::string>(known)).value_or("")));
  }

  const CsvTable& table_;
  const CsvFormat& format_;
  const Pack& pack_;
  const PackFormula& formula_;
  DiagnosticSink& sink_;
  std::array<std::optional<std::size_t>, kRowColumns.size()> place_;
  std::vector<std::optional<std::size_t>> columns_;                  // by input
  std::map<std::pair<std::string, std::string>, std::size_t> seen_;  // by key and period, the first row
  std::set<std::size_t> ambiguous_;                                  // first rows of keys that stand again
};

}  // namespace

std::vector<FormulaRow> read_formula_rows(FileId file, const SourceMap& sources, const CsvFormat& format,
                                          const Pack& pack, const PackFormula& formula, DiagnosticSink& sink) {
  const std::optional<CsvTable> table = parse_csv(file, sources, format, sink);
  if (!table) return {};
  std::vector<std::string_view> required{kRowColumns[0]}, optional(kRowColumns.begin() + 1, kRowColumns.end());
  for (const FormulaInput& input : formula.inputs) (input.required ? required : optional).push_back(input.code);
  if (!table->expect_columns(required, optional, sink)) return {};
  return RowReader(*table, format, pack, formula, sink).read();
}

}  // namespace jenjang
