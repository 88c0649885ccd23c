// Fixed shares, planned denominators and weights of one cascade step.
#include <algorithm>
#include <map>
#include <utility>

#include "jenjang/base/text.h"

#include "engine/plan/bind/drivers.h"
#include "engine/plan/bind/ladders.h"
#include "engine/plan/bind/references.h"

namespace jenjang {
namespace {

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
    bind.sink.report(make_diagnostic(Code::J1531, path.span).arg("kunci", "bagian").arg("unit", path.value));
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
    const UnitAttribute* const attribute = unit.attribute(aggregation.weight_attribute->value);
    if (attribute != nullptr) {
      return EdgeWeight{attribute->value, attribute->illustrative, nullptr, attribute->span};
    }
    report_missing_attribute(bind, *aggregation.weight_attribute, unit);
    return std::nullopt;
  }
  if (aggregation.weights.empty()) return EdgeWeight{};
  for (const auto& [key, weight] : aggregation.weights) {
    const std::string& code = bind.item_of(child).code;
    // The unit of an address may be named as it was called before.
    const std::string_view place = key.value.starts_with(code + "@")
                                       ? std::string_view(key.value).substr(code.size() + 1)
                                       : std::string_view(key.value);
    if (key.value == code || find_unit(bind, place, entry.unit) == bind.nodes[child.index()].unit) {
      return EdgeWeight{weight.value, entry.labels.illustrative, &weight.years, weight.span};
    }
  }
  bind.sink.report(make_diagnostic(Code::J1521, aggregation.span).arg("unit", bind.address(child)));
  return std::nullopt;
}

ExpiredPolicy expired_policy(BindContext& bind, const PlanRung& rung) {
  const PackCalendar* calendar =
      rung.calendar ? bind.packs.require_calendar(rung.calendar->value, rung.calendar->span, bind.sink) : nullptr;
  if (!rung.on_expired) return calendar != nullptr ? calendar->on_expired : ExpiredPolicy::propose;
  const ExpiredPolicy chosen = rung.on_expired->value;
  if (calendar == nullptr ||
      std::find(calendar->forbidden.begin(), calendar->forbidden.end(), chosen) == calendar->forbidden.end()) {
    return chosen;
  }
  bind.sink.report(make_diagnostic(Code::J1542, rung.on_expired->span)
                       .arg("kunci", "berakhir: " + std::string(to_string(chosen)))
                       .arg("kunci_lain", "kalender: " + rung.calendar->value)
                       .related(calendar->span, "dilarang oleh paket", "forbidden by the pack"));
  return calendar->on_expired;
}

std::optional<DraftFamily> make_family(BindContext& bind, const MeasureEntry& entry, const PlanRung& rung,
                                       VertexId parent, std::vector<VertexId> children, ExpiredPolicy on_expired) {
  DraftFamily draft;
  draft.parent = parent;
  draft.children = std::move(children);
  CascadeRule& rule = draft.family.rule;
  rule.method = rung.method.value;
  rule.on_zero_driver = rung.on_zero_driver.value_or(ZeroDriverPolicy::refuse);
  rule.parameters = rung.parameters;
  if (rung.margin) rule.margin = rung.margin->value;
  rule.rounding = rung.rounding.value_or(PartRounding::largest_remainder);
  rule.on_expired = on_expired;
  rule.least = rung.least;
  rule.most = rung.most;
  if (rung.step) rule.step = rung.step->value;
  rule.span = rung.span;
  if (!rung.driver_is_good || !resolve_driver(bind, rung, draft)) return std::nullopt;
  if (rung.driver.empty() && !rung.shares.empty() && !resolve_shares(bind, entry, rung, draft)) return std::nullopt;
  if (bind.item_of(parent).spec.aggregation == Aggregation::ratio) add_denominators(bind, entry, draft);
  const UnitId government = bind.unit_of(parent).government;
  draft.family.to_other_government = std::any_of(draft.children.begin(), draft.children.end(), [&](VertexId child) {
    return bind.unit_of(child).government != government;
  });
  return draft;
}

}  // namespace jenjang
