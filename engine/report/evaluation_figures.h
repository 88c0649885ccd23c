// One side of an evaluation row: the figures of one measure in one year, printed and exact.
#pragma once

#include <optional>

#include "jenjang/report/evaluation_rows.h"

#include "engine/explain/figures.h"

namespace jenjang::evaluation {

// A figure, or why there is none.
struct Figure {
  std::optional<Rational> exact;  // empty for a grade, which has a text only
  std::string text;               // as printed; the word of the state when there is no figure
  CellState state = CellState::empty;
  bool lacking = false;  // units below it have none
};

struct Side {
  EvaluationSide printed;
  std::optional<Rational> target, done, achievement;  // exact; empty when there is none
  bool has_formula = false;                           // false: beside the others, in no mean
  std::string document;                               // whose target of the year this is
  bool illustrative = false, unverified = false, proposed = false, unofficial = false;
  bool lacking = false;  // units below, or months, are missing in the figure of the year
};

class Figures {
public:
  Figures(const ExplainContext& context, const Scale& scale, int year);
  Side of(NodeId node);
  // The same of a budget: what lacks a part is spending, but no rate of absorption and no part of a sum.
  Side of_budget(NodeId node);
  // Label of the band of an exact achievement.
  [[nodiscard]] std::string predicate(const Rational& achievement) const;

private:
  struct Aim {
    std::optional<Target> target;
    bool of_annual_plan = false;  // a Renja says something else than the plan in force
  };
  Figure value(NodeId node, Period period);
  [[nodiscard]] CellState absent(Period period) const;
  [[nodiscard]] std::optional<DocumentId> medium_term(NodeId node) const;
  Aim aim(NodeId node, Side& side) const;
  Figure end_of_plan(NodeId node, PeriodRange years, std::optional<Target>& target) const;
  Figure before(NodeId node, const std::optional<PeriodRange>& years);
  void fill_year(NodeId node, const Figure& done, Side& side);
  void fill_plan(NodeId node, const Figure& done, Side& side);
  Figure achieved(NodeId node, const Rational& done, const Target& target, Period period, bool capped) const;

  const ExplainContext& context_;
  const Scale& scale_;
  Period year_;
  FigurePrinter printer_;
};

}  // namespace jenjang::evaluation
