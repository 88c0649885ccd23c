// Weights that nobody can mean: negative ones, only noughts, and those of years that the document does not have.
#include <algorithm>
#include <map>
#include <set>

#include "engine/plan/bind/bind_steps.h"

namespace jenjang {
namespace {

SourceSpan place_of(const DraftFormula& tie) {
  return tie.weight_span.valid() ? tie.weight_span : tie.edge.span;
}

// A sum may subtract (a surplus is income less spending); a mean of negative parts means nothing.
bool may_be_negative(const BindContext& bind, const DraftFormula& tie) {
  return tie.edge.carry == Carry::value && bind.item_of(tie.parent).spec.aggregation == Aggregation::sum;
}

void report_negative(BindContext& bind, const DraftFormula& tie, const Decimal& weight, SourceSpan place) {
  bind.sink.report(make_diagnostic(Code::J1571, place)
                       .arg("anak", bind.address(tie.child))
                       .arg("induk", bind.address(tie.parent))
                       .arg("bobot", weight.to_string()));
}

void check_signs(BindContext& bind) {
  // One map of weights may serve many parents: each place is told once.
  std::set<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>> told;
  const auto first_time = [&told](const SourceSpan& place) {
    return !place.valid() || told.emplace(place.file.value(), place.line, place.column).second;
  };
  for (const DraftFormula& tie : bind.formulas) {
    if (may_be_negative(bind, tie)) continue;
    if (tie.years.empty() && tie.edge.weight.is_negative() && first_time(place_of(tie))) {
      report_negative(bind, tie, tie.edge.weight, place_of(tie));
    }
    for (const PlanYearWeight& year : tie.years) {
      const bool negative = year.weight.value.is_negative() && first_time(year.weight.span);
      if (negative) report_negative(bind, tie, year.weight.value, year.weight.span);
    }
  }
}

// The weight of a tie in a year; nullptr before its first.
const Decimal* weight_in(const DraftFormula& tie, int year) {
  if (tie.years.empty()) return &tie.edge.weight;
  const Decimal* held = nullptr;
  for (const PlanYearWeight& from : tie.years) {
    if (from.from <= year) held = &from.weight.value;
  }
  return held;
}

bool all_zero(const std::vector<const DraftFormula*>& ties, int year) {
  bool any = false;
  for (const DraftFormula* tie : ties) {
    const Decimal* weight = weight_in(*tie, year);
    if (weight == nullptr) continue;
    if (!weight->is_zero()) return false;
    any = true;
  }
  return any;
}

// Extremes and tables look at no weight; a ratio of operands of its own, or a result shared from elsewhere, counts
// beside the children.
bool rests_on_weights(const BindContext& bind, VertexId parent, const std::vector<const DraftFormula*>& ties,
                      const std::set<VertexId>& sharing) {
  const Aggregation way = bind.item_of(parent).spec.aggregation;
  if (way == Aggregation::minimum || way == Aggregation::maximum || way == Aggregation::table) return false;
  return !sharing.contains(parent) && std::all_of(ties.begin(), ties.end(), [](const DraftFormula* tie) {
    return tie->edge.role == EdgeRole::operand;
  });
}

void check_sums(BindContext& bind) {
  // Hardly any plan has a weight of nought: only the parents of one are looked at again.
  std::map<VertexId, std::vector<const DraftFormula*>> below;
  for (const DraftFormula& tie : bind.formulas) {
    const bool zero = tie.years.empty()
                          ? tie.edge.weight.is_zero()
                          : std::any_of(tie.years.begin(), tie.years.end(),
                                        [](const PlanYearWeight& year) { return year.weight.value.is_zero(); });
    if (zero) below.try_emplace(tie.parent);
  }
  if (below.empty()) return;
  for (const DraftFormula& tie : bind.formulas) {
    if (const auto parent = below.find(tie.parent); parent != below.end()) parent->second.push_back(&tie);
  }
  std::set<VertexId> sharing;
  for (const DraftCrosscut& tie : bind.crosscuts) sharing.insert(tie.parent);
  for (const auto& [parent, ties] : below) {
    if (!rests_on_weights(bind, parent, ties, sharing)) continue;
    const Item& item = bind.item_of(parent);
    const PeriodRange span = item.document.valid() ? bind.document(item.document).years : PeriodRange{};
    std::string years;
    const bool dated =
        std::any_of(ties.begin(), ties.end(), [](const DraftFormula* tie) { return !tie->years.empty(); });
    if (!dated) {
      if (all_zero(ties, 0)) years = span.first_year == 0 ? "-" : span.to_string();
    } else {
      for (int year = span.first_year; year <= span.last_year && span.first_year > 0; ++year) {
        if (all_zero(ties, year)) years += (years.empty() ? "" : ", ") + std::to_string(year);
      }
    }
    if (years.empty()) continue;
    bind.sink.report(make_diagnostic(Code::J1572, place_of(*ties.front()))
                         .arg("induk", bind.address(parent))
                         .arg("tahun", years)
                         .related(bind.nodes[parent.index()].span, "induknya", "the parent"));
  }
}

// What is written for a first year beyond the document, or replaced before the document begins, never holds.
void check_years(BindContext& bind, const PlanWeight& weight, DocumentId id) {
  const PeriodRange span = bind.document(id).years;
  for (std::size_t i = 0; i < weight.years.size(); ++i) {
    const bool late = weight.years[i].from > span.last_year;
    const bool replaced = i + 1 < weight.years.size() && weight.years[i + 1].from <= span.first_year;
    if (!late && !replaced) continue;
    bind.sink.report(make_diagnostic(Code::J1573, weight.years[i].weight.span)
                         .arg("tahun", std::to_string(weight.years[i].from))
                         .arg("masa", span.to_string()));
  }
}

}  // namespace

void check_weights(BindContext& bind) {
  check_signs(bind);
  check_sums(bind);
  for (const MeasureEntry& entry : bind.measures) {
    if (!entry.document.valid()) continue;
    if (entry.indicator->weight) check_years(bind, *entry.indicator->weight, entry.document);
    if (!entry.indicator->aggregation) continue;
    for (const auto& [key, weight] : entry.indicator->aggregation->weights) check_years(bind, weight, entry.document);
  }
}

}  // namespace jenjang
