// CAS-IND: what an indicator must say.
#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "engine/plan/lint/lint_context.h"

namespace jenjang {
namespace {

bool has_indicator(const LintContext& context, NodeId goal) {
  const auto is_measure = [&](NodeId node) { return context.model.item(node).is_measure(); };
  const auto children = context.model.graph.children(goal);
  const auto supporters = context.model.graph.supporters(goal);
  return std::any_of(children.begin(), children.end(), is_measure) ||
         std::any_of(supporters.begin(), supporters.end(), is_measure);
}

std::unordered_set<std::uint32_t> family_children(const Model& model) {
  std::unordered_set<std::uint32_t> nodes;
  for (const Family& family : model.families) {
    for (const NodeId child : family.children) nodes.insert(child.value());
  }
  return nodes;
}

std::optional<Decimal> highest_number(const Target& target) {
  if (target.range() != nullptr) return target.range()->high;
  return target.reference_number();
}

}  // namespace

void lint_indicator_presence(const LintContext& context) {
  std::unordered_set<std::uint32_t> reported;
  for (const LintGoal& entry : context.goals) {
    const LintRule* rule = context.rule("CAS-IND-01", *entry.document);
    if (rule == nullptr || has_indicator(context, entry.node) || !reported.insert(entry.node.value()).second) continue;
    context.report(*rule, entry.node,
                   make_diagnostic(Code::J2201, entry.goal->code.span)
                       .arg("alamat", context.model.address(entry.node))
                       .arg("jenis", to_string(entry.goal->kind)));
  }
}

void lint_indicator_complete(const LintContext& context) {
  const auto cascaded = family_children(context.model);
  std::unordered_set<std::uint32_t> seen;
  for (const LintMeasure& entry : context.measures) {
    const LintRule* rule = context.rule("CAS-IND-02", *entry.document);
    if (rule == nullptr || !context.speaks_for(entry) || !seen.insert(entry.node.value()).second) continue;
    const Model& model = context.model;
    const PlanIndicator* declared = context.declaration_of(entry.node);
    const Item& item = model.item(entry.node);
    std::string missing;
    const auto need = [&](bool present, std::string_view key) {
      if (!present) missing += (missing.empty() ? "" : ", ") + std::string(key);
    };
    need(!item.title.empty(), "uraian");
    need(!item.definition.empty(), "definisi");
    // A ratio or a composite accumulates in its operands, not in itself.
    const bool made = item.spec.aggregation == Aggregation::ratio || !item.pack.empty();
    need(made || (declared != nullptr && declared->accumulation.has_value()), "akumulasi");
    need(item.spec.achievement.formula != AchievementFormula::none || item.spec.polarity == Polarity::context,
         "capaian.rumus");
    need(!item.source.empty(), "sumber");
    need(!item.owner.empty() || !model.unit(entry.node).is_government, "pengampu");
    if (item.spec.polarity != Polarity::context) {
      need(!model.baselines_of(entry.node).empty(), "baseline");
      need(!model.statements_of(entry.node).empty() || cascaded.count(entry.node.value()) > 0, "target");
    }
    if (missing.empty()) continue;
    context.report(*rule, entry.node,
                   make_diagnostic(Code::J2202, entry.indicator->code.span)
                       .arg("alamat", model.address(entry.node))
                       .arg("kunci", missing));
  }
}

void lint_indicator_same(const LintContext& context) {
  // One code inside one government means one thing, even where two units declare it for themselves.
  std::unordered_map<std::string, NodeId> first;
  std::unordered_set<std::uint32_t> items;
  for (const LintMeasure& entry : context.measures) {
    const LintRule* rule = context.rule("CAS-IND-05", *entry.document);
    if (rule == nullptr || !entry.indicator->declares_properties()) continue;
    const Model& model = context.model;
    if (!items.insert(model.node_item[entry.node.index()].value()).second) continue;
    const std::string key =
        model.item(entry.node).code + "@" + std::to_string(model.unit(entry.node).government.value());
    const auto [known, is_new] = first.emplace(key, entry.node);
    if (is_new) continue;
    const Item& a = model.item(known->second);
    const Item& b = model.item(entry.node);
    std::string difference;
    const auto differ = [&](std::string_view name, std::string_view x, std::string_view y) {
      if (x == y) return;
      difference +=
          (difference.empty() ? "" : "; ") + std::string(name) + ": " + std::string(x) + " / " + std::string(y);
    };
    differ("satuan", a.spec.unit_name, b.spec.unit_name);
    differ("polaritas", to_string(a.spec.polarity), to_string(b.spec.polarity));
    differ("capaian.rumus", to_string(a.spec.achievement.formula), to_string(b.spec.achievement.formula));
    if (difference.empty()) continue;
    context.report(*rule, entry.node,
                   make_diagnostic(Code::J2205, entry.indicator->code.span)
                       .arg("alamat", model.address(entry.node))
                       .arg("perbedaan", difference)
                       .related(a.span, model.address(known->second), model.address(known->second)));
  }
}

void lint_indicator_proportion(const LintContext& context) {
  std::unordered_set<std::uint32_t> seen;
  for (const LintMeasure& entry : context.measures) {
    const LintRule* rule = context.rule("CAS-IND-07", *entry.document);
    const Item& item = context.model.item(entry.node);
    if (rule == nullptr || item.spec.unit_name != "persen" || may_exceed_hundred(item.title + " " + item.code))
      continue;
    if (!seen.insert(entry.node.value()).second) continue;
    for (const Statement& statement : context.model.statements_of(entry.node)) {
      const auto number = highest_number(statement.target);
      if (!number || *number <= Decimal(100)) continue;
      context.report(*rule, entry.node,
                     make_diagnostic(Code::J2207, statement.span)
                         .arg("alamat", context.model.address(entry.node, statement.period))
                         .arg("nilai", number->to_string()));
    }
  }
}

}  // namespace jenjang
