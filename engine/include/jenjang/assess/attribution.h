// Attribution: what every part of a worksheet adds to its total, and why two totals differ.
//
// One year under two rule sets: with data d0 and d1 and packs r0 and r1 an item's points p(d, r) give
//   data        p(d1, r0) - p(d0, r0)
//   rule        p(d0, r1) - p(d0, r0)
//   interaction p(d1, r1) - p(d1, r0) - p(d0, r1) + p(d0, r0)
// which add up to p(d1, r1) - p(d0, r0) exactly, per item and in all, because every item's points are exact fractions
// that add up to the total. Cost: four passes over the templates.
#pragma once

#include <string>
#include <vector>

#include "jenjang/assess/sheet.h"
#include "jenjang/base/diagnostic.h"
#include "jenjang/base/result.h"

namespace jenjang {

// Where the parts are cut.
enum class AttributionLevel : std::uint8_t { sub_components, finest };

struct Contribution {
  std::size_t node = 0;  // index in PackTemplate::nodes
  Rational points;       // of the total
};

// The parts of a scored sheet that add up to its total exactly; empty when there is no total. A part is cut no further
// where points do not add up: at a share table, a minimum or maximum, or a rounding in between.
std::vector<Contribution> contributions(const PackTemplate& tmpl, const SheetScore& score, AttributionLevel level);

struct RuleSet {
  const Pack* pack = nullptr;
  const PackTemplate* tmpl = nullptr;
  const ScoringMode* mode = nullptr;
};
struct RuleDifference {
  std::string code, title;  // of the newer pack where it has the item
  Rational before, after, data, rule, interaction;
};
struct RuleComparison {
  SheetScore before, after;           // (d0, r0) and (d1, r1)
  std::vector<RuleDifference> items;  // in the order of the newer template, what only the older has after it
  RuleDifference total;
};

// A question that one of the packs does not ask is answered by the sheet that was asked it. Refusals: J3130 when one of
// the four totals cannot be had, J3131 when the packs have no question in common.
Result<RuleComparison> compare_rules(const RuleSet& old_rules, const SheetAnswers& old_data, const RuleSet& new_rules,
                                     const SheetAnswers& new_data, AttributionLevel level);

}  // namespace jenjang
