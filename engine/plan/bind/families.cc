// Drivers, fixed shares, planned denominators and weights of one cascade step.
#include <algorithm>
#include <map>
#include <utility>

#include "jenjang/base/text.h"

#include "engine/plan/bind/ladders.h"
#include "engine/plan/bind/references.h"

namespace jenjang {
namespace {

void report_missing_attribute(BindContext& bind, const LocatedText& attribute, const OrgUnit& unit) {
  std::vector<std::string> known;
  for (const auto& [name, value] : unit.attributes) known.push_back(name);
  bind.sink.report(make_diagnostic(Code::J1520, attribute.span)
                       .arg("unit", unit.path)
                       .arg("atribut", attribute.value)
                       .related(unit.span, "unit ini", "this unit")
                       .suggest(nearest(attribute.value, known).value_or("")));
}

bool resolve_driver(BindContext& bind, const PlanRung& rung, DraftFamily& draft) {
  bool complete = true;
  for (const VertexId child : draft.children) {
    const OrgUnit& unit = bind.unit_of(child);
    const auto attribute = unit.attributes.find(rung.driver->value);
    if (attribute == unit.attributes.end()) {
      report_missing_attribute(bind, *rung.driver, unit);
      complete = false;
      continue;
    }
    draft.family.drivers.push_back(attribute->second.value);
    draft.family.driver_spans.push_back(attribute->second.span);
    draft.family.drivers_illustrative = draft.family.drivers_illustrative || attribute->second.illustrative;
  }
  return complete;
}

bool resolve_shares(BindContext& bind, const MeasureEntry& entry, const PlanRung& rung, DraftFamily& draft) {
  std::map<std::uint32_t, const LocatedDecimal*> by_unit;
  bool complete = true;
  const UnitId start = bind.nodes[draft.parent.index()].unit;
  for (const auto& [path, share] : rung.shares) {
    const auto unit = require_unit(bind, path, start);
    if (!unit) {
      complete = false;
      continue;
    }
    by_unit.emplace(unit->value(), &share);
    const bool selected = std::any_of(draft.children.begin(), draft.children.end(),
                                      [&](VertexId child) { return bind.nodes[child.index()].unit == *unit; });
    if (selected) continue;
    bind.sink.report(make_diagnostic(Code::J1531, path.span).arg("unit", path.value));
    complete = false;
  }
  for (const VertexId child : draft.children) {
    const auto share = by_unit.find(bind.nodes[child.index()].unit.value());
    if (share == by_unit.end()) {
      bind.sink.report(make_diagnostic(Code::J1521, rung.span).arg("unit", bind.unit_of(child).path));
      complete = false;
      continue;
    }
    draft.family.drivers.push_back(share->second->value);
    draft.family.driver_spans.push_back(share->second->span);
  }
  draft.family.drivers_illustrative = entry.labels.illustrative;
  return complete;
}

// Planned denominators of one child: its own rows, else the sum of the rows below it. Several
// denominators of one unit and year add up.
void add_denominators(BindContext& bind, const MeasureEntry& entry, DraftFamily& draft) {
  const MeasureEntry* declared = bind.declaration[bind.nodes[draft.parent.index()].item.index()];
  const std::vector<PlanDenominatorRow>& rows = entry.indicator->planned_denominators.empty() && declared != nullptr
                                                    ? declared->indicator->planned_denominators
                                                    : entry.indicator->planned_denominators;
  const UnitTable& units = bind.model.units;
  for (std::size_t i = 0; i < draft.children.size(); ++i) {
    const UnitId unit = bind.nodes[draft.children[i].index()].unit;
    const bool own = std::any_of(rows.begin(), rows.end(),
                                 [&](const PlanDenominatorRow& row) { return units.find(row.unit.value) == unit; });
    std::map<int, Family::PlannedDenominator> by_year;
    for (const PlanDenominatorRow& row : rows) {
      const auto at = units.find(row.unit.value);
      if (!at || !(own ? *at == unit : units.is_below(*at, unit))) continue;
      auto [found, is_new] = by_year.try_emplace(row.year);
      Family::PlannedDenominator& planned = found->second;
      if (is_new) {
        planned = {static_cast<std::uint32_t>(i), row.year, row.value.value, row.value.span, row.illustrative};
        continue;
      }
      // 38 digits hold any sum of tonnes; a sum beyond them is left at the part that fits.
      planned.value = Decimal::add(planned.value, row.value.value).value_or(planned.value);
      planned.illustrative = planned.illustrative || row.illustrative;
    }
    for (auto& [year, planned] : by_year) draft.family.denominators.push_back(planned);
  }
}

}  // namespace

std::optional<EdgeWeight> edge_weight(BindContext& bind, const MeasureEntry& entry, VertexId child) {
  const MeasureEntry* declared = bind.declaration[bind.nodes[child.index()].item.index()];
  const PlanIndicator* source = entry.indicator->aggregation ? entry.indicator
                                : declared != nullptr        ? declared->indicator
                                                             : nullptr;
  if (source == nullptr || !source->aggregation) return EdgeWeight{};
  const PlanAggregation& aggregation = *source->aggregation;
  const OrgUnit& unit = bind.unit_of(child);
  if (aggregation.weight_attribute) {
    const auto attribute = unit.attributes.find(aggregation.weight_attribute->value);
    if (attribute != unit.attributes.end()) return EdgeWeight{attribute->second.value, attribute->second.illustrative};
    report_missing_attribute(bind, *aggregation.weight_attribute, unit);
    return std::nullopt;
  }
  if (aggregation.weights.empty()) return EdgeWeight{};
  for (const auto& [key, weight] : aggregation.weights) {
    const bool by_address = key.value == bind.address(child) || key.value == bind.item_of(child).code;
    if (by_address || find_unit(bind, key.value, entry.unit) == bind.nodes[child.index()].unit) {
      return EdgeWeight{weight.value, entry.labels.illustrative};
    }
  }
  bind.sink.report(make_diagnostic(Code::J1521, aggregation.span).arg("unit", bind.address(child)));
  return std::nullopt;
}

std::optional<DraftFamily> make_family(BindContext& bind, const MeasureEntry& entry, const PlanRung& rung,
                                       VertexId parent, std::vector<VertexId> children) {
  DraftFamily draft;
  draft.parent = parent;
  draft.children = std::move(children);
  CascadeRule& rule = draft.family.rule;
  rule.method = rung.method.value;
  rule.driver = rung.driver ? rung.driver->value : std::string();
  rule.on_zero_driver = rung.on_zero_driver.value_or(ZeroDriverPolicy::refuse);
  rule.parameters = rung.parameters;
  if (rung.step) rule.step = rung.step->value;
  rule.span = rung.span;
  if (rung.driver && !resolve_driver(bind, rung, draft)) return std::nullopt;
  if (!rung.driver && !rung.shares.empty() && !resolve_shares(bind, entry, rung, draft)) return std::nullopt;
  if (bind.item_of(parent).spec.aggregation == Aggregation::ratio) add_denominators(bind, entry, draft);
  const UnitId government = bind.unit_of(parent).government;
  draft.family.to_other_government = std::any_of(draft.children.begin(), draft.children.end(), [&](VertexId child) {
    return bind.unit_of(child).government != government;
  });
  return draft;
}

}  // namespace jenjang
