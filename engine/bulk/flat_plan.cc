#include "jenjang/bulk/flat_plan.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

#include "engine/bulk/kernel.h"

namespace jenjang::bulk {
namespace {

[[noreturn]] void refuse(const char* what, std::uint32_t node) {
  throw std::invalid_argument(std::string(what) + ": node " + std::to_string(node));
}

}  // namespace

std::size_t FlatPlan::structure_bytes() const {
  return class_of.bytes() + owner.bytes() + edge_begin.bytes() + edges.bytes() + pair_row.bytes() + shared.bytes();
}

FlatPlan flatten(const GoalGraph& graph, std::vector<MeasureClass> classes, std::vector<Scale> scales,
                 std::span<const std::uint16_t> class_of, std::span<const Edge> ties) {
  const auto nodes = static_cast<std::uint32_t>(graph.node_count());
  if (class_of.size() != nodes) refuse("one class a node", static_cast<std::uint32_t>(class_of.size()));
  if (ties.size() != graph.formula_edge_count()) refuse("one tie an edge", static_cast<std::uint32_t>(ties.size()));
  if (nodes >= Edge::kDenominator) refuse("a node number has 31 bits", nodes);
  FlatPlan plan;
  plan.classes = std::move(classes);
  plan.scales = std::move(scales);
  for (std::size_t level = 0; level < graph.level_count(); ++level) {
    plan.level_begin.push_back(graph.level_first(level).value());
  }
  plan.level_begin.push_back(nodes);
  const auto leaves = static_cast<std::uint32_t>(plan.leaf_count());
  plan.class_of = Column<std::uint16_t>(nodes);
  plan.owner = Column<std::uint32_t>(nodes);
  plan.edge_begin = Column<std::uint32_t>(nodes - leaves + 1);
  plan.edges = Column<Edge>(ties.size());
  plan.pair_row = Column<std::uint32_t>(nodes - leaves);
  std::copy(class_of.begin(), class_of.end(), plan.class_of.begin());
  std::fill(plan.owner.begin(), plan.owner.end(), kNoNode);
  std::uint32_t next = 0;
  for (std::uint32_t node = 0; node < nodes; ++node) {
    if (class_of[node] >= plan.classes.size()) refuse("no such class", node);
    const Aggregation aggregation = plan.measure(node).aggregation;
    const auto children = graph.children(NodeId(node));
    // Level 0 may hold ties of other kinds above it, never formula children.
    if ((aggregation == Aggregation::leaf) != (node < leaves)) refuse("a leaf class is for leaves alone", node);
    if (node < leaves) continue;
    plan.edge_begin[node - leaves] = next;
    const std::size_t first = graph.formula_first_edge(NodeId(node)).index();
    for (std::size_t i = 0; i < children.size(); ++i) {
      Edge edge = ties[first + i];
      const std::uint32_t child = children[i].value();
      edge.child_and_role = child | (edge.child_and_role & Edge::kDenominator);
      plan.edges[next++] = edge;
      if (plan.owner[child] == kNoNode) plan.owner[child] = node;
    }
    plan.pair_row[node - leaves] = aggregation == Aggregation::ratio ? plan.pair_rows++ : kNoNode;
  }
  plan.edge_begin[nodes - leaves] = next;
  plan.bounds = find_bounds(plan);
  plan.shared = find_shared(plan);
  return plan;
}

namespace {

// Roundings of an achievement formula beyond those of the realised figure. L1 is made of terms that together are at
// most 400 more than itself: 100 (2T - R)/T out of 200, 100 and 100 R/T. It may be negative; down to
// kernel::kDeepest its magnitude is at most itself and twice that, below it the cell counts as signed.
constexpr double kFormulaSteps = 8, kL1Terms = 400 - 2 * kernel::kDeepest;

void raise(double& bound, double steps) {
  bound = std::max(bound, steps);
}

// The finest step of two; -1 spoils.
std::int8_t finer(std::int8_t a, std::int8_t b) {
  return a < 0 || b < 0 ? std::int8_t{-1} : std::max(a, b);
}

}  // namespace

std::vector<ClassBounds> find_bounds(const FlatPlan& plan) {
  const std::size_t classes = plan.classes.size();
  std::vector<ClassBounds> bounds(plan.level_count() * classes);
  for (std::size_t i = 0; i < classes && plan.level_count() > 0; ++i) {
    const MeasureClass& leaf = plan.classes[i];
    if (leaf.aggregation != Aggregation::leaf) continue;
    bounds[i].value_steps = 1;
    bounds[i].achieved_steps = leaf.goal ? 1 : 1 + kFormulaSteps;
    bounds[i].achieved_offset = leaf.achievement.formula == AchievementFormula::l1 ? kL1Terms : 0;
    bounds[i].places = static_cast<std::int8_t>(leaf.places);
  }
  std::vector<bool> seen(bounds.size(), false);
  for (std::size_t level = 1; level < plan.level_count(); ++level) {
    for (std::uint32_t node = plan.level_begin[level]; node < plan.level_begin[level + 1]; ++node) {
      const MeasureClass& measure = plan.measure(node);
      const std::size_t at = level * classes + plan.class_of[node];
      const bool achievements = measure.carry == Carry::achievement;
      double deepest = 0, deepest_pair = 0, offset = 0, pair_offset = 0, weights = 0;
      std::int8_t places = 0, pair_places = 0;
      const auto children = plan.children(node);
      for (const Edge& edge : children) {
        const std::uint32_t child = edge.child();
        std::size_t below = 0;
        while (plan.level_begin[below + 1] <= child) ++below;
        const ClassBounds& its = bounds[below * classes + plan.class_of[child]];
        const bool pair = plan.measure(child).aggregation == Aggregation::ratio && !edge.is_denominator();
        raise(deepest, achievements ? its.achieved_steps : its.value_steps);
        raise(deepest_pair, pair ? its.pair_steps : its.value_steps);
        raise(offset, achievements ? its.achieved_offset : its.value_offset);
        raise(pair_offset, pair ? its.pair_offset : its.value_offset);
        weights += std::abs(static_cast<double>(edge.weight));
        places = finer(places, achievements ? std::int8_t{-1} : its.places);
        pair_places = finer(pair_places, pair ? its.pair_places : its.places);
      }
      const double ties = static_cast<double>(children.size());
      ClassBounds& mine = bounds[at];
      const auto weighted = [&](std::int8_t step) {
        const int all = step + measure.weight_places;
        return step < 0 || all > Decimal::kMaxScale ? std::int8_t{-1} : static_cast<std::int8_t>(all);
      };
      weights *= Decimal::from_parts(1, measure.weight_places).to_double();
      std::int8_t step = -1;
      double steps = deepest + 2 * ties + 8;
      switch (measure.aggregation) {
        case Aggregation::sum:
          step = measure.factor == Decimal(1) ? weighted(places) : std::int8_t{-1};
          offset *= std::max(1.0, weights);
          break;
        case Aggregation::minimum:
        case Aggregation::maximum:
          step = measure.factor == Decimal(1) ? places : std::int8_t{-1};
          break;
        case Aggregation::share_meeting:
          steps = 2 * ties + 8;
          offset = 0;
          break;
        case Aggregation::ratio: {
          const double pair = deepest_pair + 2 * ties + 4;
          raise(mine.pair_steps, pair);
          raise(mine.pair_offset, pair_offset * std::max(1.0, weights));
          // A quotient of figures with an error of their own has no bound: its decisions are all exact.
          offset = pair_offset > 0 ? std::numeric_limits<double>::infinity() : 0;
          mine.pair_places = seen[at] ? finer(mine.pair_places, weighted(pair_places)) : weighted(pair_places);
          steps = 2 * pair + 8;
          break;
        }
        default:
          break;
      }
      mine.places = seen[at] ? finer(mine.places, step) : step;
      raise(mine.value_steps, steps);
      offset *= std::max(1.0, std::abs(measure.factor.to_double()));
      raise(mine.value_offset, offset);
      raise(mine.achieved_steps, measure.goal ? steps : steps + kFormulaSteps);
      const bool l1 = measure.achievement.formula == AchievementFormula::l1;
      // Of a formula over figures with an offset the sweep takes the target into account; a parent cannot.
      raise(mine.achieved_offset, measure.goal  ? offset
                                  : offset == 0 ? (l1 ? kL1Terms : 0)
                                                : std::numeric_limits<double>::infinity());
      seen[at] = true;
    }
  }
  return bounds;
}

Column<FlatPlan::Shared> find_shared(const FlatPlan& plan) {
  std::vector<FlatPlan::Shared> found;
  const auto leaves = static_cast<std::uint32_t>(plan.leaf_count());
  for (std::uint32_t node = leaves; node < plan.node_count(); ++node) {
    for (const Edge& edge : plan.children(node)) {
      if (plan.owner[edge.child()] != node) found.push_back({edge.child(), node});
    }
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  Column<FlatPlan::Shared> column(found.size());
  std::copy(found.begin(), found.end(), column.begin());
  return column;
}

}  // namespace jenjang::bulk
