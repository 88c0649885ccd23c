// CAS-POS: who carries what.
#include <algorithm>
#include <unordered_set>
#include <vector>

#include "jenjang/base/rational.h"

#include "engine/plan/lint/lint_context.h"

namespace jenjang {
namespace {

bool is_main(const PlanGoal& goal) {
  return goal.main.value_or(true);
}

// Operands of a node, directly or through others.
bool is_operand_below(const GoalGraph& graph, NodeId node, NodeId ancestor) {
  std::vector<NodeId> open{node};
  std::unordered_set<std::uint32_t> seen;
  while (!open.empty()) {
    const NodeId at = open.back();
    open.pop_back();
    for (const NodeId parent : graph.parents(at)) {
      if (parent == ancestor) return true;
      if (seen.insert(parent.value()).second) open.push_back(parent);
    }
  }
  return false;
}

// `normalkan: ya`: the cascade scales the shares to 1 instead of refusing them.
bool is_normalised(const CascadeRule& rule) {
  return std::any_of(rule.parameters.begin(), rule.parameters.end(), [](const CascadeRule::Parameter& parameter) {
    return parameter.key == "normalkan" && parameter.text == "ya";
  });
}

// The direct superior's unit, or that of a colleague who leads the team.
bool is_superior(const UnitTable& units, UnitId unit, UnitId other) {
  const UnitId parent = units[unit].parent;
  return parent.valid() && (other == parent || (other != unit && units[other].parent == parent));
}

}  // namespace

void lint_position_owner(const LintContext& context) {
  const UnitTable& units = context.model.units;
  for (const LintGoal& entry : context.goals) {
    const LintRule* rule = context.rule("CAS-POS-01", *entry.document);
    if (rule == nullptr || entry.goal->owner || !context.model.item(entry.node).owner.empty()) continue;
    // An agency or a position answers for what stands at it; a government needs to name one.
    if (!units[context.model.node_unit[entry.node.index()]].is_government) continue;
    context.report(
        *rule, entry.node,
        make_diagnostic(Code::J2401, entry.goal->code.span).arg("alamat", context.model.address(entry.node)));
  }
  for (const LintMeasure& entry : context.measures) {
    const LintRule* rule = context.rule("CAS-POS-01", *entry.document);
    if (rule == nullptr || !context.speaks_for(entry)) continue;
    if (!context.model.item(entry.node).owner.empty() || !context.model.unit(entry.node).is_government) continue;
    const bool by_goal = entry.goal != SIZE_MAX && !context.model.item(context.goals[entry.goal].node).owner.empty();
    if (by_goal) continue;
    context.report(
        *rule, entry.node,
        make_diagnostic(Code::J2401, entry.indicator->code.span).arg("alamat", context.model.address(entry.node)));
  }
}

void lint_position_main_result(const LintContext& context) {
  std::unordered_set<const PlanDocument*> tied;
  const GoalGraph& graph = context.model.graph;
  for (const LintGoal& entry : context.goals) {
    if (entry.goal->kind != ItemKind::work_result || !is_main(*entry.goal)) continue;
    if (!graph.supported(entry.node).empty() || !graph.parents(entry.node).empty()) tied.insert(entry.document);
  }
  for (const PlanDocument* document : context.documents) {
    const LintRule* rule = context.rule("CAS-POS-03", *document);
    if (rule == nullptr || document->kind != DocumentKind::skp || tied.count(document) > 0) continue;
    const SourceSpan place = document->employee ? document->employee->span : document->span;
    context.rules.report(*rule, document->code.value,
                         make_diagnostic(Code::J2403, place).arg("dokumen", document->code.value), context.sink);
  }
}

void lint_position_superior(const LintContext& context) {
  const UnitTable& units = context.model.units;
  for (const LintGoal& entry : context.goals) {
    const LintRule* rule = context.rule("CAS-POS-04", *entry.document);
    if (rule == nullptr || entry.document->kind != DocumentKind::skp) continue;
    if (entry.goal->kind != ItemKind::work_result || entry.goal->supports.empty()) continue;
    const UnitId unit = context.model.node_unit[entry.node.index()];
    const auto above = context.model.graph.supported(entry.node);
    const bool fits = std::any_of(above.begin(), above.end(), [&](NodeId parent) {
      return is_superior(units, unit, context.model.node_unit[parent.index()]);
    });
    if (above.empty() || fits) continue;
    const UnitId superior = units[unit].parent;
    context.report(*rule, entry.node,
                   make_diagnostic(Code::J2404, entry.goal->supports.front().span)
                       .arg("alamat", context.model.address(entry.node))
                       .arg("induk", context.model.address(above.front()))
                       .arg("atasan", superior.valid() ? units[superior].path : "-"));
  }
}

void lint_position_shares(const LintContext& context) {
  for (const Family& family : context.model.families) {
    // Fixed shares are the drivers of a family that names no driver. Where the cascade refuses a wrong sum
    // (J1606), saying it twice helps nobody; the seeds of a two-way split need no sum.
    if (family.drivers.empty() || !family.rule.driver.empty() || !family.rule.margin.empty()) continue;
    if (family.rule.method == "bagian-tetap" && !is_normalised(family.rule)) continue;
    const PlanDocument* document = context.document_of(family.parent);
    const LintRule* rule = document == nullptr ? nullptr : context.rule("CAS-POS-05", *document);
    if (rule == nullptr) continue;
    Rational sum;
    for (const Decimal& share : family.drivers) sum += Rational(share);
    if (sum == Rational(1)) continue;
    const auto written = sum.to_decimal();
    context.report(*rule, family.parent,
                   make_diagnostic(Code::J2405, family.rule.span)
                       .arg("alamat", context.model.address(family.parent))
                       .arg("anak", std::to_string(family.children.size()))
                       .arg("jumlah", written ? written->to_string() : sum.to_string()));
  }
}

void lint_position_indirect(const LintContext& context) {
  const GoalGraph& graph = context.model.graph;
  for (const LintMeasure& entry : context.measures) {
    const LintRule* rule = context.rule("CAS-POS-06", *entry.document);
    if (rule == nullptr) continue;
    const LintGoal* goal = entry.goal == SIZE_MAX ? nullptr : &context.goals[entry.goal];
    const bool own_word = entry.indicator->direct && !entry.indicator->direct->value;
    const bool goal_word = goal != nullptr && goal->goal->direct && !goal->goal->direct->value;
    if (!own_word && !goal_word) continue;
    // What the entry, or its work result, says it helps without being part of it.
    std::vector<NodeId> above;
    const auto add = [&](std::span<const NodeId> nodes) { above.insert(above.end(), nodes.begin(), nodes.end()); };
    if (own_word) add(graph.parents(entry.node));
    if (goal_word) {
      for (const NodeId helped : graph.supported(goal->node)) {
        if (context.is_goal_node(helped)) {
          add(graph.children(helped));
        } else {
          above.push_back(helped);
        }
      }
    }
    for (const NodeId parent : above) {
      if (context.is_goal_node(parent) || !is_operand_below(graph, entry.node, parent)) continue;
      context.report(*rule, entry.node,
                     make_diagnostic(Code::J2406, entry.indicator->code.span)
                         .arg("alamat", context.model.address(entry.node))
                         .arg("induk", context.model.address(parent)));
      break;
    }
  }
}

}  // namespace jenjang
