// What each child brings to a node that is made of children, in one period.
//
// The trees of explanations and the rankings of contributors both ask here, so that they cannot drift apart.
#pragma once

#include <optional>
#include <vector>

#include "jenjang/explain/explanation.h"

#include "engine/rollup/kernels/kernels.h"
#include "engine/rollup/semantics.h"

namespace jenjang {

struct ChildShare {
  rollup::Tie tie;  // with its weight of the period
  Period from;      // of what is offered: another one where an earlier figure stands in for a missing one
  rollup::Presence presence = rollup::Presence::absent;
  bool is_pair = false;            // a child ratio: figure and denominator are its pair
  std::optional<Rational> figure;  // value, achievement or numerator that the child offers, before the weight
  std::optional<Rational> denominator;
  // figure x coefficient is what it brings; the sum over all children is the value (of a ratio the numerator). None
  // where the way is not linear, the node has no value, or the child cannot count.
  std::optional<Rational> coefficient;
};

class ChildShares {
public:
  // Holds references; `exact` is of the same lane.
  ChildShares(const ExplainContext& context, Lane lane, ExactEvaluator& exact)
      : context_(context), lane_(lane), exact_(exact) {}

  // Of every aggregation but ratio and table. `weights`: the sum over the children that count, which a mean divides by.
  std::vector<ChildShare> parts(NodeId node, Period period, Rational& weights);
  // Of a ratio. Denominators of the node's own pair are among them, without a coefficient.
  std::vector<ChildShare> pair(NodeId node, Period period);
  // What a child offers along a tie that carries value or achievement; none when it is no number.
  std::optional<Rational> offered(NodeId child, Carry carry, Period period, CapLevel level = CapLevel::leaf);

private:
  [[nodiscard]] const ResultCell* cell_of(NodeId node, Period period) const;
  template <class Visit>
  void for_each_counted_tie(NodeId node, Period period, Visit&& visit);

  const ExplainContext& context_;
  Lane lane_;
  ExactEvaluator& exact_;
};

}  // namespace jenjang
