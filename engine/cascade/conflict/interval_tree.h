// What each measure can carry, given every limit below it (algorithms 1.12): bottom-up over families
// with exact linear aggregation, and over minimum and maximum.
//
// Asked for, not swept: a node's interval is made when its family is about to be solved, and kept.
// Nodes without a limit anywhere below cost one bit. O(members) for each constrained family and period.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "engine/cascade/conflict/limits.h"

namespace jenjang::cascade {

// The part of each member in the parent's figure, all members counted, so that parent = factor x sum.
struct MemberWeights {
  std::vector<Rational> children, outsiders;
  Rational factor{1};
};

// Nearest multiples of the step from within.
Rational snapped_up(const Rational& value, const Decimal& step);
Rational snapped_down(const Rational& value, const Decimal& step);
// True when the aggregate of rounded children, `figure`, is the target by the law of the family.
bool prints_as(const MeasureSpec& spec, Aggregation aggregation, const Rational& figure, const Rational& target);

class IntervalTree {
public:
  struct Place {
    NodeId node;
    Period period;
    friend bool operator==(const Place&, const Place&) = default;
  };

  // `order`: places in `setups`, givers before receivers.
  IntervalTree(const Model& model, const CellStore& store, std::span<const FamilySetup> setups,
               std::span<const std::size_t> order, const LimitBook& limits);

  [[nodiscard]] bool is_constrained(NodeId node) const { return constrained_[node.index()]; }
  // What the node can be. Where its own demands and those below contradict each other (`is_broken`), its own alone.
  const Interval& of(NodeId node, Period period);
  [[nodiscard]] bool is_broken(NodeId node, Period period) const;
  // Broken nodes found since the last call.
  [[nodiscard]] std::vector<Place> take_broken();

  // What one child can be in its family: its own interval, the rule's limits, with `as_share` the whole of a
  // percentage; in steps.
  Interval member(const FamilySetup& setup, std::size_t child, Period period, bool as_share);

  // Demands at the node itself: figure and bounds.
  [[nodiscard]] std::vector<Demand> demands_of(NodeId node, Period period) const;
  // Its own plan has ended, and the family goes on without it.
  [[nodiscard]] bool is_left_out(NodeId child, Period period) const { return store_.is_left_out(child, period); }
  // nullopt where the parts are not known (a planned denominator is missing) or some are below zero.
  [[nodiscard]] std::optional<MemberWeights> weights_of(const FamilySetup& setup, Period period) const;
  // How firm the figure is that reaches the node from above.
  [[nodiscard]] StatementState firmness_above(NodeId node, Period period) const;
  [[nodiscard]] std::vector<const FamilySetup*> families_of(NodeId parent) const;
  [[nodiscard]] const FamilySetup* giver_of(NodeId child) const;
  [[nodiscard]] const LimitBook& limits() const { return limits_; }
  [[nodiscard]] const Model& model() const { return model_; }

private:
  static constexpr std::uint32_t kNone = UINT32_MAX;
  struct Entry {
    Period period;
    Interval interval;
    bool fixed = false;  // a figure stands here: it is not moved to a step
    bool broken = false;
    std::uint32_t next = kNone;
  };

  std::uint32_t entry_of(NodeId node, Period period);
  [[nodiscard]] Interval aggregate(const FamilySetup& setup, Period period);
  [[nodiscard]] std::uint32_t find(NodeId node, Period period) const;

  const Model& model_;
  const CellStore& store_;
  std::span<const FamilySetup> setups_;
  const LimitBook& limits_;
  std::vector<bool> constrained_;
  std::vector<std::uint32_t> giver_;                       // by node: place in setups
  std::vector<std::uint32_t> first_family_, next_family_;  // by node; by place in setups
  std::vector<std::uint32_t> head_;                        // by node: chain of entries
  std::vector<Entry> entries_;
  std::vector<Place> broken_;
};

}  // namespace jenjang::cascade
