// The worksheets that a question about a pack's template is asked of.
#pragma once

#include "jenjang/assess/sheet.h"
#include "jenjang/workspace/worksheet_file.h"

#include "score_kinds.h"

namespace jenjang::cli {

// A worksheet is a hundred rows; its evidence may be a scan.
inline constexpr std::size_t kMaxWorksheetBytes = std::size_t{1} << 26;

struct SheetInput {
  std::string name;  // code of a declared worksheet, else the name of the file without folder and ending
  std::string unit;  // may be empty when a file is scored by itself
  std::optional<Period> period;
  std::string title;
  std::string file;  // where the answers came from
  const Pack* pack = nullptr;
  const PackTemplate* tmpl = nullptr;
  const ScoringMode* mode = nullptr;
  LanedWorksheet sheet;
  bool illustrative = false;
};

// --pemisah; what it cannot be has been said where there is none.
std::optional<CsvFormat> separator_of(const Options& options);

// The template and the mode (`wanted`, else the only one that can score) of a pack; what is unknown or an empty slot
// goes to the sink or to stderr, and nullptr follows.
const PackTemplate* usable_template(const ScoreRequest& request, const Pack& pack, const std::string& element);
const ScoringMode* usable_mode(const ScoreRequest& request, const PackTemplate& tmpl, const std::string& wanted);

// `file` given: that file. Else the worksheets of the plan that stand under this template, narrowed down by --unit,
// --mode and --lembar-kerja; at least one. nullopt: could not be had, and it has been said why.
std::optional<std::vector<SheetInput>> sheet_inputs(const ScoreRequest& request, const Pack& pack,
                                                    const std::string& element, const std::string& file);

// The predicate of a worksheet's total with the gates of its pack looked at: of a worksheet of the plan as the roll-up
// counts it, of a file outside from what the plan's units reached in that year. `checked` is false where nobody can
// look (no plan, no unit, no year); then `gate` names what was left.
struct GatedPredicate {
  std::string printed, gate;
  bool checked = true;
};
GatedPredicate gated_predicate(const ScoreRequest& request, const SheetInput& input, const SheetScore& score,
                               Language language);

// J3108 to the sink when the pack is not valid in that year.
void report_validity(const Pack& pack, Period period, DiagnosticSink& sink);

}  // namespace jenjang::cli
