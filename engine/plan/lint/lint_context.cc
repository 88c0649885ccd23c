#include "engine/plan/lint/lint_context.h"

#include <algorithm>
#include <unordered_map>

namespace jenjang {
namespace {

// Goals of one code at one unit may be several nodes when one document replaces another.
using GoalIndex = std::unordered_map<std::string, std::vector<NodeId>>;

class Walker {
public:
  Walker(LintContext& context, const GoalIndex& goals, const PlanDocument& document, bool in_force)
      : context_(context), goals_(goals), document_(document), in_force_(in_force) {}

  void walk() {
    const std::string base = unit_path(document_.unit, "");
    for (const PlanGoal& goal : document_.goals) walk_goal(goal, SIZE_MAX, base);
    for (const PlanIndicator& one : document_.indicators) walk_measure(one, SIZE_MAX, base);
  }

private:
  // As the binder reads a unit: absolute, or below the one around it.
  std::string unit_path(const std::optional<LocatedText>& written, const std::string& around) const {
    if (!written) return around;
    const std::string& text = written->value;
    const bool relative = text.substr(0, 2) == "./";
    if (!relative && context_.model.units.find(text)) return text;
    return around + "/" + (relative ? text.substr(2) : text);
  }

  NodeId goal_node(const std::string& code, const std::string& unit) const {
    const auto found = goals_.find(code + "@" + unit);
    if (found == goals_.end()) return {};
    for (const NodeId node : found->second) {
      const Document& document = context_.model.documents[context_.model.item(node).document.index()];
      if (document.code == document_.code.value) return node;
    }
    return found->second.front();
  }

  void walk_goal(const PlanGoal& goal, std::size_t parent, const std::string& around) {
    const std::string unit = unit_path(goal.unit, around);
    const NodeId node = goal_node(goal.code.value, unit);
    std::size_t index = SIZE_MAX;
    if (node.valid() && in_force_) {
      index = context_.goals.size();
      context_.goals.push_back({&goal, &document_, parent, {}, node});
      if (parent != SIZE_MAX) context_.goals[parent].children.push_back(index);
    }
    for (const PlanIndicator& one : goal.indicators) walk_measure(one, index, unit);
    for (const PlanGoal& inner : goal.goals) walk_goal(inner, index, unit);
  }

  void walk_measure(const PlanIndicator& indicator, std::size_t goal, const std::string& around) {
    const auto node = context_.model.find(indicator.code.value, unit_path(indicator.unit, around));
    if (!node || !context_.model.item(*node).is_measure()) return;
    const Item& item = context_.model.item(*node);
    const PlanIndicator*& declared = context_.declaration[context_.model.node_item[node->index()].index()];
    const bool here = context_.model.documents[item.document.index()].code == document_.code.value;
    if (declared == nullptr && here && indicator.declares_properties()) declared = &indicator;
    if (in_force_) context_.measures.push_back({&indicator, &document_, goal, *node});
  }

  LintContext& context_;
  const GoalIndex& goals_;
  const PlanDocument& document_;
  bool in_force_;
};

}  // namespace

LintContext::LintContext(const ParsedPlan& parsed, const Model& bound, const LintRules& table, DiagnosticSink& out)
    : plan(parsed), model(bound), rules(table), sink(out) {
  GoalIndex index;
  for (std::size_t n = 0; n < model.node_count(); ++n) {
    const NodeId node = NodeId::from_index(n);
    if (is_goal_node(node)) index[model.address(node)].push_back(node);
  }
  declaration.assign(model.items.size(), nullptr);
  std::unordered_map<std::string_view, const PlanDocument*> by_code;
  for (const PlanDocument& document : plan.documents->documents) {
    // A second document of one code was refused by the binder.
    if (!by_code.emplace(document.code.value, &document).second) continue;
    const bool in_force = !is_replaced(document);
    if (in_force) documents.push_back(&document);
    Walker(*this, index, document, in_force).walk();
  }
  for (const Document& document : model.documents) {
    const auto written = by_code.find(document.code);
    document_source_.push_back(written == by_code.end() ? nullptr : written->second);
  }
}

bool LintContext::is_replaced(const PlanDocument& document) const {
  return std::any_of(model.documents.begin(), model.documents.end(), [&](const Document& other) {
    return other.replaces == document.code.value && other.code != document.code.value &&
           other.state == StatementState::adopted;
  });
}

bool LintContext::speaks_for(const LintMeasure& entry) const {
  if (entry.indicator->declares_properties()) return true;
  const PlanDocument* declared_in = document_of(entry.node);
  return declared_in != nullptr && is_replaced(*declared_in);
}

}  // namespace jenjang
