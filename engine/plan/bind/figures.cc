#include "engine/plan/bind/figures.h"

#include <utility>

namespace jenjang {

std::optional<Period> period_of(BindContext& bind, DocumentId document, const PlanWhen& when, const SourceSpan& place) {
  const Document& written_in = bind.document(document);
  const PeriodRange years = written_in.years;
  if (when.period) return when.period;
  // The end-of-plan cell is the figure of the last year.
  if (when.range) return Period::year(when.range->last_year);
  if (when.plan_year) {
    const int first = written_in.first_plan_year != 0 ? written_in.first_plan_year : years.first_year;
    // Written as text, since years beyond the calendar have no Period.
    if (const auto period = Period::parse(std::to_string(first + *when.plan_year - 1))) return period;
    bind.sink.report(make_diagnostic(Code::J1514, when.span)
                         .arg("periode", "ke-" + std::to_string(*when.plan_year))
                         .arg("tahun", years.to_string()));
    return std::nullopt;
  }
  if (years.years() == 1) return Period::year(years.first_year);
  bind.sink.report(make_diagnostic(Code::J1513, place).arg("tahun", years.to_string()));
  return std::nullopt;
}

bool check_period(BindContext& bind, const Saying& saying, Period period, const SourceSpan& place) {
  const Document& document = bind.document(saying.document);
  const Item& item = bind.item_of(saying.node);
  if (!document.years.contains(period.year())) {
    bind.sink.report(make_diagnostic(Code::J1514, place)
                         .arg("periode", period.to_string())
                         .arg("tahun", document.years.to_string()));
    return false;
  }
  if (period.granularity() > item.spec.frequency) {
    bind.sink.report(make_diagnostic(Code::J1515, place)
                         .arg("periode", period.to_string())
                         .arg("alamat", bind.address(saying.node))
                         .arg("frekuensi", to_string(item.spec.frequency)));
    return false;
  }
  return true;
}

void bind_bound(BindContext& bind, const Saying& saying, const PlanHold& hold) {
  const Document& document = bind.document(saying.document);
  const Item& item = bind.item_of(saying.node);
  if (item.spec.grade_scale.valid()) {
    // A grade is no figure that a limit could stand above or below.
    bind.sink.report(make_diagnostic(Code::J1516, hold.span)
                         .arg("nilai", (hold.least ? hold.least : hold.most)->value.to_string())
                         .arg("alamat", bind.address(saying.node))
                         .arg("harapan", "nilai: " + bind.model.scale(item.spec.grade_scale).grades.front().label));
    return;
  }
  std::vector<Period> periods;
  if (hold.when.period || hold.when.range || hold.when.plan_year) {
    const auto period = period_of(bind, saying.document, hold.when, hold.span);
    if (!period || !check_period(bind, saying, *period, hold.when.span)) return;
    if (period->granularity() != Granularity::year) {
      // The cascade keeps limits of years; one that it would not keep must not stand there silently.
      bind.sink.report(make_diagnostic(Code::J1545, hold.when.span)
                           .arg("kunci", hold.least ? "minimal" : "maksimal")
                           .arg("syarat", std::to_string(period->year()))
                           .arg("ditemukan", period->to_string()));
      return;
    }
    periods.push_back(*period);
  } else {
    for (int year = document.years.first_year; year <= document.years.last_year; ++year) {
      periods.push_back(Period::year(year));
    }
  }
  if (hold.grounds.reason.empty()) {
    bind.sink.report(
        make_diagnostic(Code::J1540, hold.span)
            .arg("alamat", bind.address(saying.node))
            .arg("periode", periods.size() == 1 ? periods.front().to_string() : document.years.to_string()));
  }
  for (const Period period : periods) {
    Bound bound;
    bound.document = saying.document;
    bound.period = period;
    if (hold.least) bound.least = hold.least->value;
    if (hold.most) bound.most = hold.most->value;
    bound.state = standing_of(bind, saying);
    bound.grounds = hold.grounds;
    bound.illustrative = hold.labels.with(saying.labels).illustrative || item.illustrative;
    bound.span = hold.span;
    bind.bounds.push_back({saying.node, std::move(bound)});
  }
}

StatementState standing_of(const BindContext& bind, const Saying& saying, std::optional<Period> target) {
  const Document& document = bind.document(saying.document);
  const auto& all = bind.plan.documents->standings;
  const auto found = all.find(document.code);
  if (found == all.end()) return document.state;
  if (target) {
    const UnitId unit = bind.nodes[saying.node.index()].unit;
    for (const PlanStanding& one : found->second.targets) {
      if (one.address.period == target && one.address.code == bind.item_of(saying.node).code &&
          bind.model.units.find(one.address.unit) == unit) {
        return one.state;
      }
    }
  }
  return found->second.others.value_or(document.state);
}

}  // namespace jenjang
