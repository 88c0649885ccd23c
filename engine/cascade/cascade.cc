#include "jenjang/cascade/cascade.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "engine/cascade/calendar/alignment.h"
#include "engine/cascade/calendar/standings.h"
#include "engine/cascade/cell_store.h"
#include "engine/cascade/conflict/conflict_report.h"
#include "engine/cascade/families/credit_overlaps.h"
#include "engine/cascade/families/cross_families.h"
#include "engine/cascade/families/effective_statement.h"
#include "engine/cascade/families/family_order.h"
#include "engine/cascade/families/family_setup.h"
#include "engine/cascade/families/family_solver.h"
#include "engine/cascade/families/refusal.h"
#include "engine/cascade/time/time_split.h"
#include "engine/cascade/time/unit_life.h"
#include "engine/cascade/time/year_path.h"

namespace jenjang {
namespace cascade {
namespace {

std::vector<FamilySetup> prepare_all(const Model& model, DiagnosticSink& sink) {
  RuleChecker checker(model, sink);
  std::vector<FamilySetup> setups;
  for (std::size_t f = 0; f < model.families.size(); ++f) {
    if (std::optional<FamilySetup> setup = checker.prepare(FamilyId::from_index(f))) {
      setups.push_back(*std::move(setup));
    }
  }
  return setups;
}

class Run {
public:
  Run(const Model& model, DiagnosticSink& sink, const CascadeOptions& options)
      : model_(model), sink_(sink), options_(options), store_(model.node_count()) {}

  TargetTable run() {
    take_statements();
    fill_paths(model_, store_, sink_);
    std::vector<FamilySetup> setups = prepare_all(model_, sink_);
    prepare_two_way(setups);
    const std::vector<std::size_t> order = solving_order(setups);
    alignment_ = align_calendars(model_, setups, order, options_, store_, sink_);
    limits_.emplace(model_, store_, options_);
    limits_->report_expired(sink_);
    tree_.emplace(model_, store_, setups, order, *limits_);
    for (std::size_t i = 0; i < order.size(); ++i) {
      const std::size_t f = order[i];
      // Splitting in time takes as long again.
      look_now_and_then(options_.watch, Stage::cascade, i, 2 * order.size());
      if (const auto cross = cross_of_.find(setups[f].id); cross == cross_of_.end()) {
        cascade_family(setups[f]);
      } else {
        cascade_cross(cross->second);
      }
    }
    write_standings(model_, setups, alignment_, store_, sink_, table_);
    warn_of_credit_overlaps(model_, store_, sink_);
    split_in_time(model_, store_, sink_, options_.watch);
    table_.sort();  // residuals; the store hands its cells over in order
    table_.cells = std::move(store_).take();
    return std::move(table_);
  }

private:
  void take_statements() {
    for (std::size_t n = 0; n < model_.node_count(); ++n) {
      const NodeId node = NodeId::from_index(n);
      Period last;
      for (const Statement& statement : model_.statements_of(node)) {
        if (statement.period == last) {
          continue;
        }
        last = statement.period;
        const EffectiveStatement effective = effective_statement(model_, node, statement.period, options_.as_of);
        if (effective.statement == nullptr) {
          continue;
        }
        TargetCell cell;
        cell.node = node;
        cell.period = statement.period;
        cell.target = effective.statement->target;
        cell.state = effective.state;
        cell.statement = static_cast<std::uint32_t>(effective.statement - model_.statements.data());
        cell.illustrative = effective.statement->illustrative;
        store_.add(std::move(cell));
      }
    }
  }

  // Every column of a two-way family leads to it; the first to come takes the others along.
  void prepare_two_way(std::vector<FamilySetup>& setups) {
    for (const CrossFamily& cross : model_.cross_families) {
      for (const FamilyId column : cross.columns) {
        cross_of_.emplace(column, nullptr);
      }
    }
    crosses_ = prepare_crosses(model_, setups);
    for (const CrossSetup& cross : crosses_) {
      for (const FamilySetup* column : cross.columns) {
        cross_of_[column->id] = &cross;
      }
    }
  }

  void cascade_cross(const CrossSetup* cross) {
    if (cross == nullptr || !solved_crosses_.insert(cross).second) {
      return;
    }
    for (const Period period : periods_of(*cross, store_)) {
      RefusalLog log(model_);
      bool possible = true;
      for (const FamilySetup* column : cross->columns) {
        possible &= !alignment_.is_refused(column->id, period) && !has_conflict(*column, period, log);
      }
      log.flush(sink_);
      if (!possible) {
        continue;
      }
      const CrossOutcome outcome = solve_cross(model_, *cross, period, store_, &*tree_);
      if (const Diagnostic* refusal = std::get_if<Diagnostic>(&outcome)) {
        sink_.report(*refusal);
        continue;
      }
      const auto* columns = std::get_if<std::vector<FamilySolution>>(&outcome);
      for (std::size_t j = 0; j < cross->columns.size(); ++j) {
        if (columns == nullptr) {
          cascade_family(*cross->columns[j], period);
          continue;
        }
        const TargetCell parent = *store_.find(cross->columns[j]->family->parent, period);
        write(*cross->columns[j], parent, (*columns)[j]);
        take_over_rows(*cross, (*columns)[j], j, period);
      }
    }
  }

  // A cell is no firmer than its row, and invented when its row is.
  void take_over_rows(const CrossSetup& cross, const FamilySolution& column, std::size_t j, Period period) {
    for (const SolvedChild& solved : column.cells) {
      TargetCell* cell = store_.find(cross.columns[j]->family->children[solved.child], period);
      const TargetCell* row = store_.find(cross.cross->rows[solved.child], period);
      cell->state = std::max(cell->state, row->state);
      cell->illustrative |= row->illustrative;
    }
  }

  // `only`: in no other period.
  void cascade_family(const FamilySetup& setup, std::optional<Period> only = std::nullopt) {
    // Parts of a year that has a target of its own belong to the split in time, not to the family.
    std::vector<TargetCell> parents;
    for (const TargetCell* cell : store_.of(setup.family->parent)) {
      const bool inside = std::any_of(parents.begin(), parents.end(),
                                      [cell](const TargetCell& wide) { return wide.period.contains(cell->period); });
      if (!inside) {
        parents.push_back(*cell);
      }
    }
    RefusalLog log(model_);
    for (const TargetCell& parent : parents) {
      if ((only && parent.period != *only) || alignment_.is_refused(setup.id, parent.period) ||
          has_conflict(setup, parent.period, log)) {
        continue;
      }
      tell_without_room(setup, parent);
      const FamilyOutcome outcome = solve_family(model_, setup, parent, store_, &*tree_);
      if (const FamilyRefusal* refusal = std::get_if<FamilyRefusal>(&outcome)) {
        // Figures that other governments adopted are no holds of ours: write_standings names the gap.
        if (refusal->what == FamilyRefusal::What::hold_conflict && others_decide(model_, setup, parent, store_)) {
          continue;
        }
        log.add(refusal_diagnostic(model_, setup, parent, *refusal), parent.node, parent.period,
                place_of(model_, parent), parent.target.to_string());
        continue;
      }
      write(setup, parent, std::get<FamilySolution>(outcome));
      pass_on_to_ended(setup, parent);
    }
    log.flush(sink_);
  }

  // A child that lives only in months to which its profile gives nothing stays out of the family.
  void tell_without_room(const FamilySetup& setup, const TargetCell& parent) {
    if (model_.unit_changes.empty() || parent.target.number() == nullptr) {
      return;
    }
    for (const NodeId child : setup.family->children) {
      const TargetCell* cell = store_.find(child, parent.period);
      const bool held = cell != nullptr && stands_against(model_, *cell, parent.state);
      if (!held && !has_room(model_, child, parent.period)) {
        report_no_room(model_, sink_, child, parent.period, setup.family->rule.span);
      }
    }
  }

  // A level of a period is that of its end, and a unit that has ended by then is no part of it. The same figure for all
  // is the figure of its last living month too; parts of a total, or levels of a mean, it gets none.
  void pass_on_to_ended(const FamilySetup& setup, const TargetCell& parent) {
    if (model_.unit_changes.empty()) {
      return;
    }
    for (std::size_t i = 0; i < setup.family->children.size(); ++i) {
      const NodeId child = setup.family->children[i];
      if (!ends_within(model_.unit(child), parent.period) || weight_in(model_, setup, i, parent.period) ||
          store_.find(child, parent.period) != nullptr || store_.is_left_out(child, parent.period)) {
        continue;
      }
      if (!setup.method->gives_same(setup.aggregation)) {
        sink_.report(make_diagnostic(Code::J1575, setup.family->rule.span)
                         .arg("anak", model_.address(child))
                         .arg("periode", parent.period.to_string())
                         .arg("induk", model_.address(parent.node))
                         .arg("masa", model_.unit(child).life()));
        continue;
      }
      TargetCell cell;
      cell.node = child;
      cell.period = parent.period;
      cell.target = parent.target;
      cell.origin = TargetOrigin::cascaded;
      cell.state = parent.state;
      cell.family = setup.id;
      cell.illustrative = parent.illustrative;
      store_.add(std::move(cell));
    }
  }

  // Demands that cannot hold together, at this parent or below it: each is told once, where it is most local, and the
  // family there is not divided.
  bool has_conflict(const FamilySetup& setup, Period period, RefusalLog& log) {
    const NodeId parent = setup.family->parent;
    if (setup.aggregation == Aggregation::leaf || (!tree_->is_constrained(parent) && setup.outsiders.empty())) {
      return false;
    }
    tree_->of(parent, period);
    std::vector<IntervalTree::Place> broken = tree_->take_broken();
    if (!setup.outsiders.empty() && !tree_->is_broken(parent, period)) {
      broken.push_back({parent, period});  // other families may have given them their figures since the tree looked
    }
    for (const IntervalTree::Place& place : broken) {
      const std::optional<Conflict> conflict = find_conflict(*tree_, place.node, place.period);
      if (!conflict || conflict->settled_elsewhere) {
        continue;  // figures that other governments adopted are no holds of ours: write_standings names the gap
      }
      const std::vector<Relaxation> ways = relaxations_of(*tree_, *conflict);
      log.add(conflict_diagnostic(model_, store_, *tree_, *conflict, ways), place.node, place.period,
              conflict->against.span, figure(conflict->against.value));
      conflicts_.insert({place.node, place.period});
    }
    return conflicts_.contains({parent, period});
  }

  void write(const FamilySetup& setup, const TargetCell& parent, const FamilySolution& solution) {
    const Family& family = *setup.family;
    for (const std::size_t child : solution.held) {
      TargetCell* cell = store_.find(family.children[child], parent.period);
      if (cell->origin == TargetOrigin::stated) {
        cell->origin = TargetOrigin::hold;
        cell->family = setup.id;
      }
    }
    for (const SolvedChild& solved : solution.cells) {
      TargetCell cell;
      cell.node = family.children[solved.child];
      cell.period = parent.period;
      cell.target = solved.target;
      cell.origin = TargetOrigin::cascaded;
      cell.state = parent.state;
      const bool abroad =
          differing_governments(model_, model_.node_unit[cell.node.index()], model_.node_unit[family.parent.index()]);
      if (family.to_other_government && abroad) {
        cell.state = std::max(cell.state, StatementState::proposed);
      }
      cell.family = setup.id;
      cell.illustrative = parent.illustrative || solution.used_illustrative;
      if (solved.exact) {
        cell.exact = static_cast<std::uint32_t>(table_.exact.size());
        table_.exact.push_back(*solved.exact);
      }
      warn_beyond_whole(setup, parent, cell, solution);
      // An own proposal gives way to what was handed down.
      if (TargetCell* proposal = store_.find(cell.node, cell.period)) {
        *proposal = std::move(cell);
      } else {
        store_.add(std::move(cell));
      }
    }
    if (solution.residual) {
      table_.residuals.push_back(*solution.residual);
    }
  }

  // A ratio is most often a share of something: more than all of it is a driver gone wrong.
  void warn_beyond_whole(const FamilySetup& setup, const TargetCell& parent, const TargetCell& cell,
                         const FamilySolution& solution) {
    for (const auto& [child, alone] : solution.beyond_whole) {
      if (setup.family->children[child] != cell.node) {
        continue;
      }
      sink_.report(make_diagnostic(Code::J1616, setup.family->rule.span)
                       .arg("anak", model_.address(cell.node, cell.period))
                       .arg("nilai", figure(alone))
                       .arg("dipakai", cell.target.to_string())
                       .arg("utuh", model_.item(setup.family->parent).spec.factor.to_string())
                       .arg("target", parent.target.to_string())
                       .related(place_of(model_, parent), "target induk", "target of the parent"));
    }
  }

  const Model& model_;
  DiagnosticSink& sink_;
  CascadeOptions options_;
  CellStore store_;
  Alignment alignment_;
  std::vector<CrossSetup> crosses_;
  std::map<FamilyId, const CrossSetup*> cross_of_;  // of the columns; nullptr where a column cannot be solved
  std::set<const CrossSetup*> solved_crosses_;      // asked only, never walked
  std::optional<LimitBook> limits_;
  std::optional<IntervalTree> tree_;
  std::set<std::pair<NodeId, Period>> conflicts_;  // told, and not divided
  TargetTable table_;
};

}  // namespace
}  // namespace cascade

TargetTable run_cascade(const Model& model, DiagnosticSink& sink, const CascadeOptions& options) {
  return cascade::Run(model, sink, options).run();
}

void check_cascade_rules(const Model& model, DiagnosticSink& sink) {
  cascade::prepare_all(model, sink);
}

}  // namespace jenjang
