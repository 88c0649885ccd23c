#include "engine/cascade/calendar/standings.h"

#include <algorithm>
#include <string>
#include <tuple>

#include "engine/cascade/calendar/standing.h"
#include "engine/cascade/families/effective_statement.h"
#include "engine/cascade/families/refusal.h"

namespace jenjang::cascade {
namespace {

// Checked before any weight is read: most families of a nation lie within one government.
bool is_of_interest(const Model& model, const FamilySetup& setup, const Alignment& alignment, const TargetCell& parent,
                    const CellStore& store) {
  const std::vector<NodeId>& children = setup.family->children;
  return alignment.is_refused(setup.id, parent.period) ||
         std::any_of(children.begin(), children.end(), [&](NodeId child) {
           if (store.is_left_out(child, parent.period) ||
               differing_governments(model, model.node_unit[child.index()], model.node_unit[parent.node.index()])) {
             return true;
           }
           const TargetCell* cell = store.find(child, parent.period);
           return cell != nullptr && (cell->state == StatementState::proposed || is_provisional(*cell));
         });
}

// Targets that a family divides: numbers, the widest of nested periods.
std::vector<const TargetCell*> divided_targets(const CellStore& store, NodeId parent) {
  std::vector<const TargetCell*> targets;
  for (const TargetCell* cell : store.of(parent)) {
    const bool inside = std::any_of(targets.begin(), targets.end(),
                                    [cell](const TargetCell* wide) { return wide->period.contains(cell->period); });
    if (!inside) {
      targets.push_back(cell);
    }
  }
  std::erase_if(targets, [](const TargetCell* cell) { return cell->target.number() == nullptr; });
  return targets;
}

void report_gap(const Model& model, const FamilySetup& setup, const TargetCell& parent, const Standing& standing,
                const Rational& whole, DiagnosticSink& sink) {
  const Rational wanted(*parent.target.number());
  Diagnostic finding = make_diagnostic(Code::J1635, setup.family->rule.span)
                           .arg("induk", model.address(parent.node, parent.period))
                           .arg("target", parent.target.to_string())
                           .arg("hasil", standing.printed(whole))
                           .arg("selisih", standing.printed((wanted - whole).absolute()))
                           .arg("jalan", standing.ways(whole, [](const Member&) { return true; }));
  finding.related.push_back({place_of(model, parent), "target induk", "target of the parent"});
  for (const Member& member : standing.members()) {
    if (member.number() != nullptr) {
      const std::string label = model.address(member.node) + ": " + member.number()->to_string();
      finding.related.push_back({place_of(model, *member.cell), label, label});
    }
  }
  sink.report(std::move(finding));
}

// The child government's own unfinished figure where the cascade handed down another.
const Statement* answer_of(const Model& model, const TargetCell& cell) {
  if (cell.origin != TargetOrigin::cascaded) {
    return nullptr;
  }
  const EffectiveStatement own = effective_statement(model, cell.node, cell.period);
  if (own.statement == nullptr || own.state == StatementState::adopted || own.statement->target == cell.target) {
    return nullptr;
  }
  const std::optional<UnitId> author = author_of(model, own.statement->document);
  const bool by_itself = author && !differing_governments(model, *author, model.node_unit[cell.node.index()]);
  return by_itself ? own.statement : nullptr;
}

void read_answers(const Model& model, const FamilySetup& setup, const TargetCell& parent, const Standing& standing,
                  DiagnosticSink& sink, TargetTable& table) {
  for (const Member& member : standing.members()) {
    const bool abroad = member.is_child && differing_governments(model, model.node_unit[member.node.index()],
                                                                 model.node_unit[parent.node.index()]);
    const Statement* answer = abroad && member.number() != nullptr ? answer_of(model, *member.cell) : nullptr;
    const Decimal* answered = answer == nullptr ? nullptr : answer->target.number();
    if (answered == nullptr) {
      continue;
    }
    const std::optional<Rational> weight = standing.pull(member);
    CounterProposal counter;
    counter.child = member.node;
    counter.family = setup.id;
    counter.period = parent.period;
    counter.handed = member.cell->target;
    counter.answered = answer->target;
    counter.statement = static_cast<std::uint32_t>(answer - model.statements.data());
    counter.effect = weight ? *weight * (Rational(*answered) - Rational(*member.number())) : Rational();
    const Rational reached = standing.whole().value_or(Rational(*parent.target.number())) + counter.effect;
    if (weight && standing.misses(reached)) {
      const auto still_open = [&](const Member& other) {
        return other.node != member.node && other.cell->origin == TargetOrigin::cascaded &&
               answer_of(model, *other.cell) == nullptr;
      };
      const Rational wanted(*parent.target.number());
      sink.report(make_diagnostic(Code::J1636, answer->span)
                      .arg("anak", model.address(member.node, parent.period))
                      .arg("usulan", counter.handed.to_string())
                      .arg("jawaban", counter.answered.to_string())
                      .arg("induk", model.address(parent.node, parent.period))
                      .arg("target", parent.target.to_string())
                      .arg("hasil", standing.printed(reached))
                      .arg("selisih", standing.printed((wanted - reached).absolute()))
                      .arg("jalan", standing.ways(reached, still_open))
                      .related(place_of(model, parent), "target induk", "target of the parent"));
    }
    table.counters.push_back(std::move(counter));
  }
}

}  // namespace

bool others_decide(const Model& model, const FamilySetup& setup, const TargetCell& parent, const CellStore& store) {
  const Family& family = *setup.family;
  const UnitId above = model.node_unit[parent.node.index()];
  if (!setup.outsiders.empty()) {
    return false;  // somebody else gives a part of the figure, and may give more
  }
  bool any = false;
  for (const NodeId child : family.children) {
    if (store.is_left_out(child, parent.period)) {
      continue;
    }
    const TargetCell* cell = store.find(child, parent.period);
    if (cell == nullptr || !differing_governments(model, model.node_unit[child.index()], above)) {
      return false;
    }
    if (cell->origin != TargetOrigin::aligned) {
      const std::optional<UnitId> author =
          cell->statement == UINT32_MAX ? std::nullopt : author_of(model, model.statements[cell->statement].document);
      if (!author || cell->state != StatementState::adopted || !differing_governments(model, *author, above)) {
        return false;
      }
    }
    any = true;
  }
  return any;
}

void write_standings(const Model& model, const std::vector<FamilySetup>& setups, const Alignment& alignment,
                     const CellStore& store, DiagnosticSink& sink, TargetTable& table) {
  for (const FamilySetup& setup : setups) {
    for (const TargetCell* parent : divided_targets(store, setup.family->parent)) {
      if (!is_of_interest(model, setup, alignment, *parent, store)) {
        continue;
      }
      const Standing standing(model, setup, alignment, *parent, store);
      FamilyStanding figures = standing.figures();
      if (figures.whole && standing.misses(*figures.whole) && others_decide(model, setup, *parent, store)) {
        report_gap(model, setup, *parent, standing, *figures.whole, sink);
      }
      read_answers(model, setup, *parent, standing, sink, table);
      table.standings.push_back(std::move(figures));
    }
  }
  std::sort(table.standings.begin(), table.standings.end(), [](const FamilyStanding& a, const FamilyStanding& b) {
    return std::tuple(a.family.value(), a.period) < std::tuple(b.family.value(), b.period);
  });
  std::sort(table.counters.begin(), table.counters.end(), [](const CounterProposal& a, const CounterProposal& b) {
    return std::tuple(a.child.value(), a.period) < std::tuple(b.child.value(), b.period);
  });
}

}  // namespace jenjang::cascade
