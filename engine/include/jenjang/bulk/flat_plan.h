// FlatPlan: the frozen plan as a sweep wants it, for plans of a million measures and more.
//
// The common arithmetic of a plan in a few arrays: what all nodes of one kind share is a MeasureClass, a node is its
// class and its row of children. Numbering is that of GoalGraph: by level, leaves first, unshared children of one
// parent next to each other. At most 32 bytes of structure a node (owner 4, class 2, row 4 of an inner node, 12 an
// edge). What a class cannot say (dated ties, overlaps, second definitions, figures carried on) stays with the general
// engine of jenjang/rollup, which this one is tested against. Immutable once made, safe to share between threads.
#pragma once

#include <compare>
#include <cstdint>
#include <span>
#include <vector>

#include "jenjang/base/decimal.h"
#include "jenjang/bulk/column.h"
#include "jenjang/graph/goal_graph.h"
#include "jenjang/measure/achievement.h"
#include "jenjang/measure/kinds.h"
#include "jenjang/measure/period.h"
#include "jenjang/measure/scale.h"

namespace jenjang::bulk {

inline constexpr std::size_t kMonths = 12;  // figures of a node: January first
inline constexpr std::uint16_t kNoScale = UINT16_MAX;
inline constexpr std::uint32_t kNoNode = UINT32_MAX;

// How the target of a parent becomes those of its children. Ties are broken by the larger driver, then by edge order.
enum class Descent : std::uint8_t {
  none,          // children have targets of their own
  same,          // each the parent's
  proportional,  // parent's x driver / sum of drivers, not rounded
  whole,         // the same in whole steps of the parent's 10^-places, by largest remainder: adds up exactly
  gap,           // from the child's baseline, all the same share of the gap to `frontier`; parent is the mean by weight
};

struct MeasureClass {
  Aggregation aggregation = Aggregation::leaf;  // leaf, sum, weighted_mean, ratio, minimum, maximum, share_meeting
  Carry carry = Carry::value;                   // of its children: value or achievement
  MissingPolicy missing = MissingPolicy::skip;  // strict, skip, zero
  Polarity polarity = Polarity::higher;
  // Zero targets by rule. A goal (no formula of its own) carries its value as its achievement.
  AchievementSpec achievement;
  // Achievements are made cell by cell on the exact side: of any formula but none, h1, l1 and l2, and where a target of
  // nought asks for the baseline.
  bool by_rule = false;
  bool goal = false;
  int places = 0;  // facts and targets are whole multiples of 10^-places, below 2^51 of them, so that neighbours differ
                   // as doubles; 0..6
  int weight_places = 0;  // weights are whole multiples of 10^-weight_places
  Decimal factor{1};      // value = factor x aggregate
  Accumulation accumulation = Accumulation::increments;
  std::uint16_t scale = kNoScale;  // into FlatPlan::scales: bands (never grades)
  bool scale_on_value = false;     // else on the achievement
  Descent descent = Descent::none;
  Decimal frontier{100};        // gap
  std::optional<Decimal> mark;  // share_meeting: what children are measured against instead of their targets
  // Of leaves, for what is coarser than a month (coarse.h).
  MissingPolicy missing_time = MissingPolicy::skip;  // strict, skip, zero
  Granularity frequency = Granularity::month;
  bool divided = false;  // figures are means of up to twelve months: no multiples of the step
  // For intervals.h: between which limits a figure lies that nobody reported, of leaves and of ratios; empty: open.
  std::optional<Decimal> least_possible, most_possible;
  bool own_first = false;  // of inner nodes: an own figure outranks the roll-up, while it is missing as well
};

// One edge, parent to child, in the parent's order.
struct Edge {
  static constexpr std::uint32_t kDenominator = std::uint32_t{1} << 31;
  std::uint32_t child_and_role = 0;  // a ratio's own operand below the line carries the highest bit
  std::int32_t weight = 1;           // in steps of the parent's weight_places
  std::uint32_t driver = 0;          // of the cascade: relative, whole
  [[nodiscard]] std::uint32_t child() const { return child_and_role & ~kDenominator; }
  [[nodiscard]] bool is_denominator() const { return (child_and_role & kDenominator) != 0; }
};
static_assert(sizeof(Edge) == 12);

// What the structure alone says about figures of one class at one level: an upper bound over its nodes.
struct ClassBounds {
  // Roundings on the longest way from the facts to a value, to an achievement, to a ratio's pair.
  double value_steps = 0, achieved_steps = 0, pair_steps = 0;
  // |double - exact| <= steps x 2^-52 x (|double| + offset): L1 takes a difference, so its error does not shrink with
  // it.
  double value_offset = 0, achieved_offset = 0, pair_offset = 0;
  // Of inner nodes: what the bounds above them count on. A figure out of this range is marked kSigned.
  double least_value = 0, most_value = 0, least_achieved = 0, most_achieved = 0;
  // Values (pair sums) are whole multiples of 10^-places, whatever is missing; -1: of no such step.
  std::int8_t places = -1, pair_places = -1;
  bool offered = false;  // some parent carries the achievement
};

struct FlatPlan {
  std::vector<MeasureClass> classes;
  std::vector<Scale> scales;
  std::vector<std::uint32_t> level_begin;  // nodes of level h: [level_begin[h], level_begin[h + 1])
  Column<std::uint16_t> class_of;          // by node
  // The parent that comes first in its own order; a child's shares with others follow from their rows. kNoNode: a root.
  Column<std::uint32_t> owner;       // by node
  Column<std::uint32_t> edge_begin;  // by inner node, one more at the end
  Column<Edge> edges;
  // Ratios of own operands (roles) and ratios of pairs are told apart by whether an edge below is a ratio; rows of pair
  // columns by inner node, kNoNode where it is no ratio.
  Column<std::uint32_t> pair_row;
  std::uint32_t pair_rows = 0;
  std::vector<ClassBounds> bounds;  // [level][class], from find_bounds
  // Parents of a child besides its owner, by child, then parent.
  struct Shared {
    std::uint32_t child = 0, parent = 0;
    friend auto operator<=>(const Shared&, const Shared&) = default;
  };
  Column<Shared> shared;
  // A baseline from which achievements of the year are measured, or whose being invented marks them; by node, few.
  struct Start {
    std::uint32_t node = 0;
    std::uint8_t places = 0;
    std::uint8_t invented = 0;  // 0 or 1
    std::uint16_t unused = 0;
    std::int64_t mantissa = 0;
    [[nodiscard]] Decimal value() const { return Decimal::from_parts(mantissa, places); }
    friend bool operator<(const Start& a, const Start& b) { return a.node < b.node; }
  };
  static_assert(sizeof(Start) == 16);  // as it stands in a file
  Column<Start> starts;

  [[nodiscard]] std::size_t node_count() const { return level_begin.empty() ? 0 : level_begin.back(); }
  [[nodiscard]] std::size_t leaf_count() const { return level_begin.size() < 2 ? 0 : level_begin[1]; }
  [[nodiscard]] std::size_t inner_count() const { return node_count() - leaf_count(); }
  [[nodiscard]] std::size_t level_count() const { return level_begin.empty() ? 0 : level_begin.size() - 1; }
  [[nodiscard]] const MeasureClass& measure(std::uint32_t node) const { return classes[class_of[node]]; }
  // Edges of an inner node.
  [[nodiscard]] std::span<const Edge> children(std::uint32_t node) const {
    const std::size_t inner = node - leaf_count();
    return {edges.data() + edge_begin[inner], edge_begin[inner + 1] - edge_begin[inner]};
  }
  // A search over all baselines; nullptr: none.
  [[nodiscard]] const Start* start_of(std::uint32_t node) const;
  [[nodiscard]] std::size_t structure_bytes() const;
};

// From a frozen graph: `class_of` by node, `ties` by formula edge of the graph (child_and_role: only the role bit).
// Crosscut and support edges play no part. Linear. Nodes of level 0 must have a leaf class, all others not: violated
// requirements are programming errors (std::invalid_argument names the first node).
FlatPlan flatten(const GoalGraph& graph, std::vector<MeasureClass> classes, std::vector<Scale> scales,
                 std::span<const std::uint16_t> class_of, std::span<const Edge> ties);

// One pass over the edges each. flatten calls them; so must whoever fills a FlatPlan otherwise.
std::vector<ClassBounds> find_bounds(const FlatPlan& plan);
Column<FlatPlan::Shared> find_shared(const FlatPlan& plan);

}  // namespace jenjang::bulk
