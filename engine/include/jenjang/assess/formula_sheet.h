// Formula sheet with rows (lembar hitung): a pack's formula computed for every row of a file.
//
// Columns: kunci (what the row is about: a unit path, a person's key, "64.72:2024"), optional unit and periode, then
// one column an input. Anything else is refused: unknown columns, numbers that do not parse, labels that the formula
// does not know, figures outside the range, a key that stands twice for one period. A row with a mistake is left out
// and named; the others are computed.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "jenjang/base/diagnostic.h"
#include "jenjang/base/file_source.h"
#include "jenjang/measure/org_unit.h"
#include "jenjang/measure/period.h"
#include "jenjang/rules/pack.h"
#include "jenjang/source/csv_reader.h"

namespace jenjang {

struct FormulaRow {
  std::string key, unit;
  std::optional<Period> period;
  FormulaInputs inputs;
  std::vector<FormulaResult> results;  // by step of the formula
  SourceSpan span, unit_span;
  std::map<std::string, SourceSpan, std::less<>> evidence_spans;  // by input
};

struct FormulaSheet {
  std::string code, title;
  const Pack* pack = nullptr;
  const PackFormula* formula = nullptr;
  bool illustrative = false, unverified = false;  // tanda of the whole file
  SourceSpan pack_span;
  std::vector<FormulaRow> rows;

  // Values refused over all rows and steps, those that rest on them included; and checks that do not hold.
  [[nodiscard]] std::size_t refused() const;
  [[nodiscard]] std::size_t failed_checks() const;
};

// Reads and computes the rows.
std::vector<FormulaRow> read_formula_rows(FileId file, const SourceMap& sources, const CsvFormat& format,
                                          const Pack& pack, const PackFormula& formula, DiagnosticSink& sink);

// Steps that refuse (once a step, not for those that rest on it), checks that do not hold, and years outside the pack's
// validity.
void report_formula_sheet(const FormulaSheet& sheet, DiagnosticSink& sink);
// J1411 for units that the plan does not have.
void check_formula_units(const FormulaSheet& sheet, const UnitTable& units, DiagnosticSink& sink);
// J3174 for evidence that names a file (with an ending, as in "bukti/sk.pdf#hal-3") which is not in `folder`. A title
// or the number of a letter says nothing.
void check_formula_evidence(const FormulaSheet& sheet, const std::filesystem::path& folder, const FileSource& files,
                            DiagnosticSink& sink);

}  // namespace jenjang
