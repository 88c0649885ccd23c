#include "engine/cascade/families/cross_families.h"

#include <algorithm>
#include <memory>
#include <numeric>
#include <set>
#include <unordered_map>

#include "engine/cascade/families/cross_refusal.h"
#include "engine/cascade/families/driver_values.h"
#include "engine/cascade/families/family_members.h"
#include "engine/cascade/families/refusal.h"
#include "engine/cascade/rounding/rounding.h"
#include "engine/cascade/twoway/two_way.h"

namespace jenjang::cascade {
namespace {

// What else is part of a row beside the cells: its own operands, and results shared with it.
std::vector<Outsider> beside_cells(const Model& model, NodeId row, const std::set<std::uint32_t>& cells) {
  std::vector<Outsider> beside;
  const std::span<const NodeId> children = model.graph.children(row);
  const std::size_t first_edge = model.graph.formula_first_edge(row).index();
  for (std::size_t i = 0; i < children.size(); ++i) {
    const FormulaEdge& edge = model.formula_edges[first_edge + i];
    if (edge.carry == Carry::value && edge.role == EdgeRole::operand && !cells.contains(children[i].value())) {
      beside.push_back({children[i], Rational(edge.weight), edge.span, false, first_edge + i});
    }
  }
  const std::span<const NodeId> shared = model.graph.crosscut_children(row);
  for (std::size_t i = 0; i < shared.size(); ++i) {
    const CrosscutEdge& edge = model.crosscut_edges[model.graph.crosscut_first_edge(row).index() + i];
    if (edge.accepted && !cells.contains(shared[i].value())) {
      beside.push_back({shared[i], edge.share ? Rational(*edge.share) : Rational(1), edge.span});
    }
  }
  return beside;
}

std::set<std::uint32_t> cells_of(const CrossSetup& setup) {
  std::set<std::uint32_t> cells;
  for (const FamilySetup* column : setup.columns) {
    for (const NodeId cell : column->family->children) {
      cells.insert(cell.value());
    }
  }
  return cells;
}

const TargetCell* find_in_store(const void* store, NodeId node, Period period) {
  return static_cast<const CellStore*>(store)->find(node, period);
}

class Solver {
public:
  Solver(const Model& model, const CrossSetup& setup, Period period, const CellStore& store, IntervalTree* tree)
      : model_(model),
        setup_(setup),
        period_(period),
        store_(store),
        tree_(tree),
        words_(model, setup, period, store) {}

  CrossOutcome run() {
    const std::vector<NodeId>& rows = setup_.cross->rows;
    const bool alone =
        std::none_of(rows.begin(), rows.end(), [this](NodeId row) { return store_.find(row, period_) != nullptr; });
    if (alone) {
      return ColumnsAlone{};
    }
    if (std::optional<Diagnostic> refusal = read_margins()) {
      return *std::move(refusal);
    }
    choose_step();
    if (std::optional<Diagnostic> refusal = count_steps()) {
      return *std::move(refusal);
    }
    if (std::optional<Diagnostic> refusal = seed()) {
      return *std::move(refusal);
    }
    find_limits();
    const TwoWayOutcome outcome = solve_two_way(problem_);
    if (const TwoWayRefusal* refusal = std::get_if<TwoWayRefusal>(&outcome)) {
      return words_.refusal(*refusal, problem_, order_, step_);
    }
    return solutions(std::get<TwoWaySolution>(outcome));
  }

private:
  [[nodiscard]] const TargetCell& column_cell(std::size_t j) const {
    return *store_.find(setup_.columns[j]->family->parent, period_);
  }

  std::optional<Diagnostic> read_margins() {
    std::vector<NodeId> missing;
    const std::set<std::uint32_t> cells = cells_of(setup_);
    const auto number_of = [&](NodeId node) {
      const TargetCell* cell = store_.find(node, period_);
      const Decimal* number = cell == nullptr ? nullptr : cell->target.number();
      if (number == nullptr) {
        missing.push_back(node);
      } else {
        digits_ = std::max(digits_, number->scale());
      }
      return number == nullptr ? Rational() : Rational(*number);
    };
    for (const NodeId row : setup_.cross->rows) {
      Rational left = number_of(row);
      for (const Outsider& part : beside_cells(model_, row, cells)) {
        // Outside the dates of its tie it is no part of the row.
        if (const auto weight = weight_in(model_, part, period_)) left -= *weight * number_of(part.node);
      }
      rows_.push_back(std::move(left));
    }
    for (const FamilySetup* column : setup_.columns) {
      columns_.push_back(number_of(column->family->parent));
    }
    if (!missing.empty()) {
      return words_.without_number(missing);
    }
    for (std::size_t j = 0; j < setup_.columns.size(); ++j) {
      FamilyMembers& members =
          *members_.emplace_back(std::make_unique<FamilyMembers>(model_, *setup_.columns[j], column_cell(j), store_));
      if (std::optional<FamilyRefusal> refusal = members.sort()) {
        return refusal_diagnostic(model_, *setup_.columns[j], column_cell(j), *refusal);
      }
      digits_ = std::max(digits_, members.digits);
      for (const FixedMember& member : members.fixed) {
        if (!member.child) {
          columns_[j] -= member.weight * member.value;
        }
      }
    }
    return std::nullopt;
  }

  // One step for the whole table, since rows add up over all columns: the largest declared one.
  void choose_step() {
    std::optional<Decimal> declared;
    for (const FamilySetup* column : setup_.columns) {
      if (column->declared_step && (!declared || *column->declared_step > *declared)) {
        declared = column->declared_step;
      }
    }
    step_ = declared.value_or(unit_step(digits_));
  }

  std::optional<Diagnostic> count_steps() {
    order_.resize(rows_.size());
    std::iota(order_.begin(), order_.end(), std::size_t{0});
    std::stable_sort(order_.begin(), order_.end(), [this](std::size_t a, std::size_t b) {
      return setup_.columns.front()->keys[a] < setup_.columns.front()->keys[b];
    });
    for (const std::size_t i : order_) {
      const std::optional<Int128> steps = whole_steps(rows_[i], step_);
      if (!steps) {
        return words_.not_whole(setup_.cross->rows[i], rows_[i], step_);
      }
      problem_.rows.push_back(*steps);
    }
    for (std::size_t j = 0; j < columns_.size(); ++j) {
      const std::optional<Int128> steps = whole_steps(columns_[j], step_);
      const std::optional<Decimal>& own = setup_.columns[j]->declared_step;
      if (!steps || (own && !whole_steps(Rational(step_), *own))) {
        return words_.not_whole(setup_.columns[j]->family->parent, steps ? Rational(step_) : columns_[j],
                                steps ? *own : step_);
      }
      problem_.columns.push_back(*steps);
    }
    problem_.holds = Table<std::optional<Int128>>(rows_.size(), columns_.size());
    for (std::size_t j = 0; j < columns_.size(); ++j) {
      for (const FixedMember& member : members_[j]->fixed) {
        if (!member.child) {
          continue;
        }
        const std::optional<Int128> steps = whole_steps(member.value, step_);
        if (!steps) {
          return words_.not_whole(setup_.columns[j]->family->parent, member.value, step_);
        }
        problem_.holds.at(place_of_row(*member.child), j) = steps;
      }
    }
    return std::nullopt;
  }

  [[nodiscard]] std::size_t place_of_row(std::size_t row) const {
    return static_cast<std::size_t>(std::find(order_.begin(), order_.end(), row) - order_.begin());
  }

  std::optional<Diagnostic> seed() {
    problem_.seed = Table<double>(rows_.size(), columns_.size(), 0.0);
    for (std::size_t j = 0; j < columns_.size(); ++j) {
      const FamilySetup& column = *setup_.columns[j];
      std::vector<Rational> drivers = column.drivers;
      if (drivers.empty()) {
        auto values = driver_values(model_, *column.family, period_, {&store_, find_in_store});
        if (std::holds_alternative<MissingDriver>(values)) {
          // The column by itself has the same want, and the words for it.
          const FamilyOutcome outcome = solve_family(model_, column, column_cell(j), store_);
          const FamilyRefusal* refusal = std::get_if<FamilyRefusal>(&outcome);
          return refusal != nullptr ? refusal_diagnostic(model_, column, column_cell(j), *refusal)
                                    : words_.without_number({column.family->parent});
        }
        drivers = std::get<std::vector<Rational>>(std::move(values));
      }
      const bool equal = column.family->rule.on_zero_driver == ZeroDriverPolicy::equal &&
                         std::all_of(drivers.begin(), drivers.end(), [](const Rational& d) { return d.is_zero(); });
      for (const std::size_t child : members_[j]->free) {
        problem_.seed.at(place_of_row(child), j) = equal ? 1.0 : drivers[child].to_double();
      }
    }
    return std::nullopt;
  }

  void find_limits() {
    if (tree_ == nullptr) {
      return;
    }
    Table<std::optional<Int128>> least(rows_.size(), columns_.size());
    Table<std::optional<Int128>> most = least;
    bool any = false;
    for (std::size_t j = 0; j < columns_.size(); ++j) {
      for (const std::size_t child : members_[j]->free) {
        const Interval limits = tree_->member(*setup_.columns[j], child, period_, false);
        const std::size_t i = place_of_row(child);
        if (limits.lower && limits.lower->sign() > 0) {
          least.at(i, j) = whole_steps(snapped_up(*limits.lower, step_), step_);
        }
        if (limits.upper) {
          most.at(i, j) = whole_steps(snapped_down(*limits.upper, step_), step_);
        }
        any |= least.at(i, j).has_value() || most.at(i, j).has_value();
      }
    }
    if (any) {
      problem_.least = std::move(least);
      problem_.most = std::move(most);
    }
  }

  [[nodiscard]] std::vector<FamilySolution> solutions(const TwoWaySolution& solution) const {
    const auto whole = static_cast<Int128>(solution.exact.whole);
    std::vector<FamilySolution> columns(columns_.size());
    for (std::size_t j = 0; j < columns_.size(); ++j) {
      const FamilySetup& setup = *setup_.columns[j];
      FamilySolution& column = columns[j];
      column.held = members_[j]->held;
      column.used_illustrative = members_[j]->used_illustrative || setup.family->drivers_illustrative;
      const Rational target(*column_cell(j).target.number());
      column.residual = CascadeResidual{setup.id, period_, target, target, true};
      for (const std::size_t child : members_[j]->free) {
        const std::size_t i = place_of_row(child);
        const Int128 billionths = solution.exact.floor.at(i, j) * whole + solution.exact.part.at(i, j);
        const Int128 steps = solution.cells.at(i, j);
        SolvedChild solved{child, steps_to_decimal(steps, step_), std::nullopt};
        if (billionths != steps * whole) {
          // The fit has no finite figure; the nearest billionth of a step is shown.
          solved.exact = Rational(Decimal::from_parts(billionths, 0)) /
                         Rational(static_cast<std::int64_t>(solution.exact.whole)) * Rational(step_);
        }
        column.cells.push_back(std::move(solved));
      }
    }
    return columns;
  }

  const Model& model_;
  const CrossSetup& setup_;
  Period period_;
  const CellStore& store_;
  IntervalTree* tree_;
  CrossRefusals words_;
  std::vector<std::unique_ptr<FamilyMembers>> members_;  // by column
  std::vector<Rational> rows_, columns_;                 // margins, rows as declared
  std::vector<std::size_t> order_;                       // rows of the problem: rows by key
  int digits_ = 0;
  Decimal step_;
  TwoWayProblem problem_;
};

}  // namespace

std::vector<CrossSetup> prepare_crosses(const Model& model, std::vector<FamilySetup>& setups) {
  std::unordered_map<std::uint32_t, FamilySetup*> setup_of;
  for (FamilySetup& setup : setups) {
    setup_of.emplace(setup.id.value(), &setup);
  }
  std::vector<CrossSetup> crosses;
  for (const CrossFamily& cross : model.cross_families) {
    CrossSetup prepared;
    prepared.cross = &cross;
    for (const FamilyId column : cross.columns) {
      const auto setup = setup_of.find(column.value());
      if (setup != setup_of.end() && setup->second->family->children.size() == cross.rows.size()) {
        prepared.columns.push_back(setup->second);
      }
    }
    if (prepared.columns.size() != cross.columns.size() || prepared.columns.empty()) {
      continue;
    }
    const std::set<std::uint32_t> cells = cells_of(prepared);
    std::vector<NodeId> margins = cross.rows;
    for (const NodeId row : cross.rows) {
      for (const Outsider& part : beside_cells(model, row, cells)) {
        margins.push_back(part.node);
      }
    }
    for (const FamilySetup* column : prepared.columns) {
      margins.push_back(column->family->parent);
      for (const Outsider& outsider : column->outsiders) {
        margins.push_back(outsider.node);
      }
      margins.insert(margins.end(), column->driving_nodes.begin(), column->driving_nodes.end());
    }
    for (const FamilyId column : cross.columns) {
      setup_of.at(column.value())->margins = margins;
    }
    crosses.push_back(std::move(prepared));
  }
  return crosses;
}

std::vector<Period> periods_of(const CrossSetup& setup, const CellStore& store) {
  std::set<Period> periods;
  for (const FamilySetup* column : setup.columns) {
    std::vector<Period> wide;
    for (const TargetCell* cell : store.of(column->family->parent)) {
      if (std::none_of(wide.begin(), wide.end(), [cell](Period period) { return period.contains(cell->period); })) {
        wide.push_back(cell->period);
      }
    }
    periods.insert(wide.begin(), wide.end());
  }
  return {periods.begin(), periods.end()};
}

CrossOutcome solve_cross(const Model& model, const CrossSetup& setup, Period period, const CellStore& store,
                         IntervalTree* tree) {
  return Solver(model, setup, period, store, tree).run();
}

}  // namespace jenjang::cascade
