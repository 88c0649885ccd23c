#include "engine/cascade/time/time_tree.h"

#include <algorithm>
#include <tuple>

#include "jenjang/cascade/allocation.h"

#include "engine/cascade/rounding/rounding.h"
#include "engine/cascade/twoway/two_way.h"

namespace jenjang::cascade {
namespace {

bool all_zero(std::span<const Decimal> weights) {
  return std::all_of(weights.begin(), weights.end(), [](const Decimal& weight) { return weight.is_zero(); });
}

// Weights of a block. Without any weight its places are equal, as in the split of one node; but increments
// never go where the profile of the year has nothing. nullopt for such a block.
std::optional<std::vector<Decimal>> block_pattern(const TimeBlock& block, std::span<const Decimal> year, bool rises) {
  std::vector<Decimal> weights;
  weights.reserve(block.places.size());
  for (const std::size_t place : block.places) {
    weights.push_back(year[place]);
  }
  if (!all_zero(weights)) {
    return weights;
  }
  if (!rises && !all_zero(year) && !block.amount.is_zero()) {
    return std::nullopt;
  }
  return std::vector<Decimal>(weights.size(), Decimal(1));
}

}  // namespace

void TimeTree::grow(NodeId root, const std::vector<char>& open) {
  members_.clear();
  members_.emplace_back().node = root;
  for (std::size_t m = 0; m < members_.size(); ++m) {
    const NodeId node = members_[m].node;
    if (!open[node.index()]) {
      continue;
    }
    members_[m].first_child = members_.size();
    for (const NodeId child : model_.graph.children(node)) {
      members_.emplace_back().node = child;
    }
    members_[m].children = members_.size() - members_[m].first_child;
  }
}

std::vector<NodeId> TimeTree::nodes() const {
  std::vector<NodeId> nodes;
  nodes.reserve(members_.size());
  for (const Member& member : members_) {
    nodes.push_back(member.node);
  }
  return nodes;
}

bool TimeTree::prepare(Member& member) const {
  const MeasureSpec& spec = model_.item(member.node).spec;
  std::vector<const TargetCell*> given;
  for (const TargetCell* cell : store_.of(member.node)) {
    if (cell->period.year() == year_ && cell->period.granularity() <= spec.frequency) {
      given.push_back(cell);
    }
  }
  std::optional<std::vector<TimeBlock>> blocks = time_blocks(spec, given);
  member.pattern = patterns_.pattern(member.node, year_);
  if (!blocks || member.pattern == nullptr) {
    return false;
  }
  member.blocks = *std::move(blocks);
  member.hard = declared_part_step(model_, *given.front());
  member.digits = given.front()->target.number()->scale();
  for (const TargetCell* cell : given) {
    member.digits = std::max(member.digits, cell->target.number()->normalised().scale());
    if (cell->period.granularity() == spec.frequency) {
      member.stated.push_back(static_cast<std::size_t>(cell->period.index() - 1));
    }
  }
  return true;
}

void TimeTree::gather_steps() {
  for (std::size_t m = members_.size(); m-- > 0;) {
    Member& member = members_[m];
    for (std::size_t c = 0; c < member.children; ++c) {
      const Member& child = members_[member.first_child + c];
      member.digits = std::max(member.digits, child.digits);
      if (child.hard && (!member.hard || *child.hard > *member.hard)) {
        member.hard = child.hard;
      }
    }
  }
}

std::optional<NodeId> TimeTree::solve() {
  for (Member& member : members_) {
    if (!prepare(member)) {
      return member.node;
    }
  }
  gather_steps();
  if (!cut_root()) {
    return members_.front().node;
  }
  for (std::size_t m = 0; m < members_.size(); ++m) {
    if (members_[m].children > 0 && !cut_family(members_[m])) {
      return members_[m].node;
    }
  }
  return std::nullopt;
}

bool TimeTree::cut_root() {
  Member& root = members_.front();
  root.step = root.hard.value_or(unit_step(root.digits));
  root.parts.assign(root.pattern->size(), 0);
  const bool rises = model_.item(root.node).spec.accumulation == Accumulation::cumulative;
  for (const TimeBlock& block : root.blocks) {
    const std::optional<std::vector<Decimal>> weights = block_pattern(block, *root.pattern, rises);
    if (!weights || !short_steps(block.amount, root.step)) {
      return false;
    }
    const std::vector<Decimal> parts = split_cumulative(block.amount, *weights, root.step);
    for (std::size_t k = 0; k < parts.size(); ++k) {
      const std::optional<std::int64_t> steps = short_steps(parts[k], root.step);
      if (!steps) {
        return false;
      }
      root.parts[block.places[k]] = *steps;
    }
  }
  return true;
}

std::vector<TimeTree::Member*> TimeTree::by_key(const Member& parent) {
  std::vector<Member*> children;
  children.reserve(parent.children);
  for (std::size_t c = 0; c < parent.children; ++c) {
    children.push_back(&members_[parent.first_child + c]);
  }
  std::stable_sort(children.begin(), children.end(), [this](const Member* a, const Member* b) {
    return std::tie(model_.unit(a->node).path, model_.item(a->node).code) <
           std::tie(model_.unit(b->node).path, model_.item(b->node).code);
  });
  return children;
}

bool TimeTree::cut_family(const Member& parent) {
  const std::vector<Member*> children = by_key(parent);
  // A declared step binds; digits merely written never make a part coarser than the parent's.
  std::optional<Decimal> step;
  int digits = 0;
  bool alike = true;
  for (const Member* child : children) {
    digits = std::max(digits, child->digits);
    if (child->hard && (!step || *child->hard > *step)) {
      step = child->hard;
    }
    alike = alike && child->pattern == children.front()->pattern && child->blocks.size() == 1;
  }
  if (!step) {
    step = std::min(parent.step, unit_step(digits));
  }
  std::vector<std::int64_t> columns;
  for (const std::int64_t part : parent.parts) {
    const std::optional<std::int64_t> steps =
        *step == parent.step ? std::optional(part) : short_steps(steps_to_decimal(part, parent.step), *step);
    if (!steps) {
      return false;
    }
    columns.push_back(*steps);
  }
  for (Member* child : children) {
    child->step = *step;
    child->parts.assign(columns.size(), 0);
  }
  return alike ? cut_alike(children, columns) : cut_by_fit(children, columns);
}

bool TimeTree::cut_alike(const std::vector<Member*>& children, const std::vector<std::int64_t>& columns) {
  const std::vector<Decimal>& pattern = *children.front()->pattern;
  const bool equal = all_zero(pattern);
  Int128 total = 0;
  for (std::size_t j = 0; j < columns.size(); ++j) {
    if (columns[j] != 0 && pattern[j].is_zero() && !equal) {
      return false;
    }
    total += columns[j];
  }
  std::vector<Int128> rows;
  Int128 by_row = 0;
  for (const Member* child : children) {
    const std::optional<std::int64_t> steps = short_steps(child->blocks.front().amount, child->step);
    if (!steps) {
      return false;
    }
    rows.push_back(*steps);
    by_row += *steps;
  }
  if (by_row != total || total > INT64_MAX) {
    return false;
  }
  if (total == 0) {
    return true;
  }
  // The seed is an outer product, so the fit is too: row x column / total, exact in integers.
  FractionTable exact;
  exact.floor = Table<Int128>(rows.size(), columns.size());
  exact.part = Table<std::int64_t>(rows.size(), columns.size());
  exact.whole = static_cast<std::int64_t>(total);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t j = 0; j < columns.size(); ++j) {
      const Int128 product = rows[i] * columns[j];
      exact.floor.at(i, j) = product / total;
      exact.part.at(i, j) = static_cast<std::int64_t>(product % total);
    }
  }
  const std::vector<Int128> wide_columns(columns.begin(), columns.end());
  const std::optional<Table<Int128>> cells = round_table(exact, rows, wide_columns);
  for (std::size_t i = 0; cells && i < rows.size(); ++i) {
    for (std::size_t j = 0; j < columns.size(); ++j) {
      children[i]->parts[j] = static_cast<std::int64_t>(cells->at(i, j));
    }
  }
  return cells.has_value();
}

bool TimeTree::cut_by_fit(const std::vector<Member*>& children, const std::vector<std::int64_t>& columns) {
  TwoWayProblem problem;
  problem.columns.assign(columns.begin(), columns.end());
  std::vector<std::pair<Member*, const TimeBlock*>> owners;
  for (Member* child : children) {
    for (const TimeBlock& block : child->blocks) {
      const std::optional<std::int64_t> steps = short_steps(block.amount, child->step);
      if (!steps) {
        return false;
      }
      problem.rows.push_back(*steps);
      owners.emplace_back(child, &block);
    }
  }
  problem.seed = Table<double>(owners.size(), columns.size(), 0.0);
  for (std::size_t r = 0; r < owners.size(); ++r) {
    const auto& [child, block] = owners[r];
    const bool rises = model_.item(child->node).spec.accumulation == Accumulation::cumulative;
    const std::optional<std::vector<Decimal>> weights = block_pattern(*block, *child->pattern, rises);
    if (!weights) {
      return false;
    }
    double sum = 0;
    for (const Decimal& weight : *weights) {
      sum += weight.to_double();
    }
    for (std::size_t k = 0; k < weights->size(); ++k) {
      problem.seed.at(r, block->places[k]) = static_cast<double>(problem.rows[r]) * (*weights)[k].to_double() / sum;
    }
  }
  const TwoWayOutcome outcome = solve_two_way(problem);
  const TwoWaySolution* solution = std::get_if<TwoWaySolution>(&outcome);
  for (std::size_t r = 0; solution != nullptr && r < owners.size(); ++r) {
    for (const std::size_t place : owners[r].second->places) {
      owners[r].first->parts[place] = static_cast<std::int64_t>(solution->cells.at(r, place));
    }
  }
  return solution != nullptr;
}

void TimeTree::write(CellStore& store) const {
  for (const Member& member : members_) {
    const MeasureSpec& spec = model_.item(member.node).spec;
    std::vector<Int128> figures(member.parts.begin(), member.parts.end());
    if (spec.accumulation == Accumulation::cumulative) {
      for (std::size_t p = 1; p < figures.size(); ++p) {
        figures[p] += figures[p - 1];
      }
    }
    for (const TimeBlock& block : member.blocks) {
      for (const std::size_t place : block.places) {
        if (std::find(member.stated.begin(), member.stated.end(), place) != member.stated.end()) {
          continue;
        }
        TargetCell cell;
        cell.node = member.node;
        cell.period = Period(year_, spec.frequency, static_cast<int>(place + 1));
        cell.target = steps_to_decimal(figures[place], member.step);
        cell.origin = TargetOrigin::time_split;
        cell.state = block.state;
        cell.from_period = block.whole;
        cell.illustrative = block.illustrative;
        store.add(std::move(cell));
      }
    }
  }
}

}  // namespace jenjang::cascade
