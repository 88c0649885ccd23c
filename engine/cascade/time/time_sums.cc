#include "engine/cascade/time/time_sums.h"

#include <algorithm>

#include "engine/cascade/time/unit_life.h"

namespace jenjang::cascade {
namespace {

// Of the children that are tied in the period.
std::optional<Decimal> sum_at(const Model& model, const CellStore& store, NodeId node, std::span<const NodeId> children,
                              Period period) {
  std::optional<Decimal> sum = Decimal(0);
  const std::size_t owned = model.graph.children(node).size();
  for (std::size_t i = 0; i < children.size(); ++i) {
    const NodeId child = children[i];
    if (i < owned && !model.dated_ties.empty() &&
        !model.weight_in(model.graph.formula_first_edge(node).index() + i, period)) {
      continue;
    }
    const TargetCell* cell = store.find(child, period);
    const Decimal* number = cell == nullptr ? nullptr : cell->target.number();
    sum = number == nullptr || !sum ? std::nullopt : Decimal::add(*sum, *number);
    if (!sum) {
      return std::nullopt;
    }
  }
  return sum;
}

// A tie whose dates only say when both units live adds up month by month. A unit that moved counts with one parent in
// the whole year, and a running total goes on without what an ended unit had reached: neither does.
bool adds_while_it_holds(const Model& model, NodeId node, std::size_t edge) {
  const std::span<const DatedTie> dates = model.dates_of(edge);
  return dates.empty() || (model.item(node).spec.accumulation == Accumulation::increments &&
                           std::all_of(dates.begin(), dates.end(),
                                       [](const DatedTie& tie) { return !tie.at_end && tie.weight == Decimal(1); }));
}

}  // namespace

std::vector<NodeId> added_children(const Model& model, NodeId node) {
  const std::span<const NodeId> owned = model.graph.children(node);
  std::vector<NodeId> children(owned.begin(), owned.end());
  const std::span<const NodeId> shared = model.graph.crosscut_children(node);
  for (std::size_t i = 0; i < shared.size(); ++i) {
    if (model.crosscut_edges[model.graph.crosscut_first_edge(node).index() + i].accepted) {
      children.push_back(shared[i]);
    }
  }
  return children;
}

bool adds_up(const Model& model, NodeId node) {
  const MeasureSpec& spec = model.item(node).spec;
  const bool adds = spec.accumulation == Accumulation::increments || spec.accumulation == Accumulation::cumulative;
  if (!adds || spec.aggregation != Aggregation::sum || spec.frequency == Granularity::year) {
    return false;
  }
  const std::span<const NodeId> owned = model.graph.children(node);
  for (std::size_t i = 0; i < owned.size(); ++i) {
    const std::size_t place = model.graph.formula_first_edge(node).index() + i;
    const FormulaEdge& edge = model.formula_edges[place];
    if (edge.carry != Carry::value || edge.weight != Decimal(1) || !adds_while_it_holds(model, node, place)) {
      return false;
    }
  }
  const std::span<const NodeId> shared = model.graph.crosscut_children(node);
  for (std::size_t i = 0; i < shared.size(); ++i) {
    const CrosscutEdge& edge = model.crosscut_edges[model.graph.crosscut_first_edge(node).index() + i];
    if (edge.accepted && edge.share && *edge.share != Decimal(1)) {
      return false;
    }
  }
  const std::vector<NodeId> children = added_children(model, node);
  return !children.empty() && std::all_of(children.begin(), children.end(), [&](NodeId child) {
    return model.item(child).spec.accumulation == spec.accumulation;
  });
}

bool year_adds_up(const Model& model, const CellStore& store, NodeId node, Period whole) {
  const TargetCell* cell = store.find(node, whole);
  const Decimal* number = cell == nullptr ? nullptr : cell->target.number();
  if (number == nullptr) {
    return false;
  }
  const std::optional<Decimal> year = sum_at(model, store, node, added_children(model, node), whole);
  return year && *year == *number;
}

bool is_tree_family(const Model& model, NodeId node) {
  const std::span<const NodeId> owned = model.graph.children(node);
  if (added_children(model, node).size() != owned.size() || has_dates(model.unit(node))) {
    return false;
  }
  for (std::size_t i = 0; i < owned.size(); ++i) {
    // A tie that holds at times only, or a unit that begins or ends, leaves places empty, which no table of both
    // margins has: such a family is summed from below.
    if (model.graph.parents(owned[i]).size() != 1 || has_dates(model.unit(owned[i])) ||
        !model.dates_of(model.graph.formula_first_edge(node).index() + i).empty() ||
        model.item(owned[i]).spec.frequency != model.item(node).spec.frequency) {
      return false;
    }
  }
  return true;
}

bool sum_children(const Model& model, CellStore& store, NodeId node, const std::function<bool(int)>& decided) {
  if (!adds_up(model, node)) {
    return false;
  }
  const std::vector<NodeId> children = added_children(model, node);
  std::vector<TargetCell> parts;
  for (const TargetCell* whole : store.of(node)) {
    if (decided(whole->period.year())) {
      continue;
    }
    if (whole->period.granularity() != Granularity::year || whole->target.number() == nullptr ||
        !year_adds_up(model, store, node, whole->period)) {
      return false;  // a part stated by itself is a hold: the split honours it
    }
    for (const Period fine : whole->period.split(model.item(node).spec.frequency)) {
      if (!model.unit(node).exists_in(fine)) {
        continue;
      }
      const std::optional<Decimal> sum = sum_at(model, store, node, children, fine);
      if (!sum) {
        return false;
      }
      TargetCell cell;
      cell.node = node;
      cell.period = fine;
      cell.target = *sum;
      cell.origin = TargetOrigin::summed;
      cell.state = whole->state;
      cell.from_period = whole->period;
      cell.illustrative = whole->illustrative;
      parts.push_back(std::move(cell));
    }
  }
  for (TargetCell& cell : parts) {
    store.add(std::move(cell));
  }
  return !parts.empty();
}

}  // namespace jenjang::cascade
