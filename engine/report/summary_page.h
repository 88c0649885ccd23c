// What the sections of the summary share: the text so far, printers of both lanes, main measures.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "jenjang/report/summary.h"

#include "engine/explain/figures.h"

namespace jenjang {

// A measure that some plan document (not a PK or SKP) declares or states at its own unit.
struct MainMeasure {
  NodeId node;
  bool budget = false;        // pagu of a programme or activity
  std::vector<SlotId> years;  // with a realisation
};

class SummaryPage {
public:
  explicit SummaryPage(const SummaryInput& page_input);

  [[nodiscard]] std::string say(std::string_view indonesian, std::string_view english) const;
  void heading(std::string_view indonesian, std::string_view english);
  void line(std::string_view text);    // indented once
  void bullet(std::string_view text);  // "- ..."
  [[nodiscard]] std::string labels_in_brackets(NodeId node, SlotId slot, Lane lane) const;
  [[nodiscard]] const PeriodGrid& grid() const { return input.context.result.grid(); }

  const SummaryInput& input;
  FigurePrinter all, validated;
  std::vector<MainMeasure> measures;
  std::string text;

private:
  int sections_ = 0;
};

// One file per concern; each writes its headings and lines.
void write_identity(SummaryPage& page);
void write_indicators(SummaryPage& page);
void write_budgets(SummaryPage& page);
void write_coverage(SummaryPage& page);
void write_graded(SummaryPage& page);
void write_series(SummaryPage& page);
void write_coherence(SummaryPage& page);
void write_worksheets(SummaryPage& page);
void write_formula_sheets(SummaryPage& page);
void write_findings(SummaryPage& page);
void write_outputs(SummaryPage& page);

// At most `width` characters, cut with an ellipsis.
std::string cut(std::string_view utf8, std::size_t width);

}  // namespace jenjang
