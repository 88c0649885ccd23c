// Contributors: which facts, at any depth below a node, carry most of its value, or cost it most of its gap to target.
//
// Along sums, weighted means and ratios a value is a sum of coefficient x figure over what stands at the ends of the
// ways down; coefficients of one figure that is reached along several ways are added. Where a way is not linear
// (minimum, maximum, share, table, a limited achievement) it ends at that node, which is then the contributor. All in
// rationals: the contributions of all contributors are the value.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "jenjang/explain/explanation.h"

namespace jenjang {

enum class ContributionBy : std::uint8_t {
  value,  // coefficient x figure
  gap,    // coefficient x (target - figure), turned round where less is better: what is lacking is positive
};
// Why the way down ends at a contributor.
enum class ContributorEnd : std::uint8_t {
  reported,          // nothing below: a fact, or figures of finer periods of one measure
  own_figure,        // its own official figure stands, not what its children make
  not_linear,        // minimum, maximum, share that meets, table
  limited,           // an achievement at its cap or floor
  formula,           // an achievement that is no multiple of the realisation
  missing,           // no figure, where one would have counted (gap alone)
  no_targets_below,  // has a target, its children have none (gap alone)
  untraced,          // its children do not add up to it
};
std::string_view to_string(ContributorEnd end);  // word of the results: "dilaporkan"

struct Contributor {
  NodeId node;
  Period period;             // another than asked for where an earlier figure was carried on
  bool achievement = false;  // the figure is an achievement in percent
  ContributorEnd end = ContributorEnd::reported;
  Rational coefficient, contribution;
  std::optional<Rational> figure, target;  // the target of an achievement is 100
};

struct Contributors {
  NodeId node;
  Period period;
  ContributionBy by = ContributionBy::value;
  Rational total;                // the value; what is lacking to the target
  std::vector<Contributor> top;  // by falling contribution; ties to the lower node
  std::size_t others = 0;        // contributors besides
  Rational of_others;
  // Of a gap: what the targets below do not explain. Value: nought.
  Rational unassigned;
  std::size_t untargeted = 0;  // of a gap: figures without a target; what they bring is in `unassigned`
  bool over_ratio = false;     // some way leads over a ratio, whose denominators are no contributors
};

// nullopt when the node has no value in that period; by gap also when it has no target that is one number. A goal
// without a target is measured against 100.
std::optional<Contributors> top_contributors(const ExplainContext& context, NodeId node, Period period,
                                             ContributionBy by, std::size_t count, Lane lane = Lane::all);

}  // namespace jenjang
