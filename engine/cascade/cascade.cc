#include "jenjang/cascade/cascade.h"

#include <algorithm>

#include "engine/cascade/cell_store.h"
#include "engine/cascade/effective_statement.h"
#include "engine/cascade/family_order.h"
#include "engine/cascade/family_setup.h"
#include "engine/cascade/family_solver.h"
#include "engine/cascade/refusal.h"
#include "engine/cascade/time_split.h"

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
    const std::vector<FamilySetup> setups = prepare_all(model_, sink_);
    for (const std::size_t f : solving_order(setups)) {
      cascade_family(setups[f]);
    }
    split_in_time(model_, store_, sink_);
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
        const EffectiveStatement effective = effective_statement(model_, node, statement.period);
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

  void cascade_family(const FamilySetup& setup) {
    // Parts of a year that has a target of its own belong to the split in time, not to the family.
    std::vector<TargetCell> parents;
    for (const TargetCell* cell : store_.of(setup.family->parent)) {
      const bool inside = std::any_of(parents.begin(), parents.end(),
                                      [cell](const TargetCell& wide) { return wide.period.contains(cell->period); });
      if (!inside) {
        parents.push_back(*cell);
      }
    }
    for (const TargetCell& parent : parents) {
      const FamilyOutcome outcome = solve_family(model_, setup, parent, store_);
      if (const FamilyRefusal* refusal = std::get_if<FamilyRefusal>(&outcome)) {
        sink_.report(refusal_diagnostic(model_, setup, parent, *refusal));
        continue;
      }
      write(setup, parent, std::get<FamilySolution>(outcome));
    }
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
      warn_beyond_whole(setup, parent, cell);
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
  void warn_beyond_whole(const FamilySetup& setup, const TargetCell& parent, const TargetCell& cell) {
    const Decimal& whole = model_.item(setup.family->parent).spec.factor;
    const Decimal* due = parent.target.number();
    const Decimal* given = cell.target.number();
    if (setup.aggregation != Aggregation::ratio || due == nullptr || given == nullptr || *due > whole ||
        *given <= whole) {
      return;
    }
    sink_.report(make_diagnostic(Code::J1616, setup.family->rule.span)
                     .arg("anak", model_.address(cell.node, cell.period))
                     .arg("nilai", given->to_string())
                     .arg("utuh", whole.to_string())
                     .arg("target", due->to_string())
                     .related(place_of(model_, parent), "target induk", "target of the parent"));
  }

  const Model& model_;
  DiagnosticSink& sink_;
  CascadeOptions options_;
  CellStore store_;
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
