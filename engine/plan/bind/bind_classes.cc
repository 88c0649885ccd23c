// `kelompok`: a mean in two steps. Between the parent and its children comes one measure for each class of units
// present, the mean of its members; the parent is the mean of those, so that a class of many small units weighs no more
// than one of few large ones.
#include <algorithm>
#include <map>

#include "engine/plan/bind/bind_steps.h"

namespace jenjang {
namespace {

class ClassBinder {
public:
  ClassBinder(BindContext& bind, const MeasureEntry& entry)
      : bind_(bind), entry_(entry), written_(*entry.indicator->aggregation), label_(written_.group->value) {}

  // Returns the ties of children without a class, which belong nowhere.
  std::vector<std::size_t> run(const std::vector<std::size_t>& formulas) {
    // By name of the class, so that the order of the units does not matter.
    std::map<std::string, std::vector<std::size_t>> members;
    std::vector<std::size_t> homeless;
    for (const std::size_t formula : formulas) {
      const VertexId child = bind_.formulas[formula].child;
      const OrgUnit& unit = bind_.unit_of(child);
      if (const UnitLabel* const label = unit.label(label_)) {
        members[label->word].push_back(formula);
        continue;
      }
      homeless.push_back(formula);
      bind_.sink.report(
          make_diagnostic(Code::J1553, unit.span.valid() ? unit.span : written_.group->span)
              .arg("alamat", bind_.address(entry_.vertex))
              .arg("unit", unit.path)
              .arg("label", label_)
              .related(written_.group->span, "kelompok dinyatakan di sini", "the grouping is declared here"));
    }
    check_weights(members);
    for (const auto& [name, rows] : members) bind_class(name, rows);
    return homeless;
  }

private:
  void check_weights(const std::map<std::string, std::vector<std::size_t>>& members) {
    std::string present;
    for (const auto& [name, rows] : members) present += (present.empty() ? "" : ", ") + name;
    for (const auto& [name, weight] : written_.group_weights) {
      if (members.contains(name.value)) continue;
      bind_.sink.report(make_diagnostic(Code::J1554, name.span)
                            .arg("kelas", name.value)
                            .arg("alamat", bind_.address(entry_.vertex))
                            .arg("pilihan", present.empty() ? "-" : present));
    }
  }

  void bind_class(const std::string& name, const std::vector<std::size_t>& rows) {
    const Item& parent = bind_.item_of(entry_.vertex);
    Item item;
    item.code = parent.code + "." + name;
    item.kind = ItemKind::operand;
    item.title = parent.title.empty() ? name : parent.title + " (" + label_ + " " + name + ")";
    item.document = parent.document;
    item.source = parent.source;
    item.owner = parent.owner;
    item.illustrative = parent.illustrative;
    item.unverified = parent.unverified;
    item.span = written_.group->span;
    item.spec = parent.spec;
    item.spec.achievement = AchievementSpec{};
    item.spec.achievement.formula = AchievementFormula::none;
    item.spec.factor = Decimal(1);
    item.spec.value_bands = item.spec.achievement_bands = ScaleId();
    const UnitId unit = bind_.nodes[entry_.vertex.index()].unit;
    const VertexId made = bind_.add_node(bind_.add_item(std::move(item)), unit, written_.group->span);
    for (const std::size_t row : rows) bind_.move_formula(row, made);
    FormulaEdge edge;
    edge.span = written_.group->span;
    for (const auto& [key, weight] : written_.group_weights) {
      if (key.value == name) {
        edge.weight = weight.value;
        edge.span = weight.span;
      }
    }
    bind_.add_formula(entry_.vertex, made, edge);
  }

  BindContext& bind_;
  const MeasureEntry& entry_;
  const PlanAggregation& written_;
  const std::string& label_;
};

// A cascade that cannot keep a mean in two steps is reported and left out.
void check_cascades(BindContext& bind, const MeasureEntry& entry) {
  std::erase_if(bind.families, [&](const DraftFamily& family) {
    const CascadeRule& rule = family.family.rule;
    if (family.parent != entry.vertex || rule.method == "sama") return false;
    bind.sink.report(make_diagnostic(Code::J1555, rule.span)
                         .arg("alamat", bind.address(entry.vertex))
                         .arg("cara", rule.method)
                         .related(entry.indicator->aggregation->group->span, "kelompok dinyatakan di sini",
                                  "the grouping is declared here"));
    return true;
  });
}

}  // namespace

void bind_classes(BindContext& bind) {
  std::map<VertexId, const MeasureEntry*> grouped;
  for (const MeasureEntry& entry : bind.measures) {
    if (!entry.vertex.valid() || !entry.indicator->aggregation || !entry.indicator->aggregation->group) continue;
    grouped.emplace(entry.vertex, &entry);
  }
  if (grouped.empty()) return;
  std::map<VertexId, std::vector<std::size_t>> children;
  for (std::size_t i = 0; i < bind.formulas.size(); ++i) {
    const DraftFormula& tie = bind.formulas[i];
    if (tie.edge.carry == Carry::value && tie.edge.role == EdgeRole::operand && grouped.contains(tie.parent)) {
      children[tie.parent].push_back(i);
    }
  }
  std::vector<std::size_t> out;
  for (const auto& [vertex, entry] : grouped) {
    check_cascades(bind, *entry);
    const std::vector<std::size_t> homeless = ClassBinder(bind, *entry).run(children[vertex]);
    out.insert(out.end(), homeless.begin(), homeless.end());
  }
  std::sort(out.rbegin(), out.rend());
  for (const std::size_t formula : out) bind.remove_formula(formula);
}

}  // namespace jenjang
