#include "engine/rollup/crosscut_totals.h"

#include "engine/rollup/semantics.h"

namespace jenjang::rollup {
namespace {

std::string text(const Rational& value) {
  const std::optional<Decimal> exact = value.to_decimal();
  return exact && exact->normalised().scale() <= 6 ? exact->normalised().to_string()
                                                   : round(value, {RoundingMode::half_up, 6}).to_string();
}

}  // namespace

std::optional<SharedCopy> copy_in_result(const Model& model, const RollupResult& result, const Overlap& overlap,
                                         SlotId slot, Lane lane) {
  return copy_in(model, result.grid(), overlap, slot, [&](NodeId above, NodeId node, SlotId at) {
    const ResultCell& cell = result.at(node, at, lane);
    if (aggregation_of(model.item(above)) != Aggregation::ratio) return cell.state;
    return cell.denominator != 0 ? CellState::value : cell.state == CellState::value ? CellState::empty : cell.state;
  });
}

std::optional<CreditTotals> credit_totals(const Model& model, const RollupResult& result, ExactEvaluator& exact,
                                          NodeId node, Period period, Lane lane) {
  const auto overlaps = model.overlaps_of(node);
  const auto slot = result.grid().find(period);
  if (overlaps.empty() || !slot || model.item(node).spec.aggregation != Aggregation::sum) return std::nullopt;
  const ResultCell& cell = result.at(node, *slot, lane);
  if (cell.state != CellState::value || (cell.flags & kOwnFigure) != 0) return std::nullopt;
  const auto unique = exact.value(node, period);
  if (!unique) return std::nullopt;
  CreditTotals totals{*unique, *unique};
  const Rational factor(model.item(node).spec.factor);
  for (const Overlap& overlap : overlaps) {
    const auto copy = copy_in_result(model, result, overlap, *slot, lane);
    const auto value = copy ? exact.value(overlap.shared, result.grid()[copy->slot]) : std::nullopt;
    if (value) totals.credit -= factor * copy->weight * *value;
  }
  return totals;
}

void report_credit(const Model& model, const RollupResult& result, const TargetTable& targets, const Facts& facts,
                   DiagnosticSink& sink) {
  if (model.overlaps.empty()) return;
  ExactEvaluator exact(model, targets, facts, Lane::all, result.as_of());
  NodeId last;
  for (const Overlap& overlap : model.overlaps) {
    if (overlap.parent == last) continue;
    last = overlap.parent;
    for (std::size_t s = 0; s < result.grid().size(); ++s) {
      const Period period = result.grid()[SlotId::from_index(s)];
      if (period.granularity() != Granularity::year) continue;
      const auto totals = credit_totals(model, result, exact, last, period, Lane::all);
      if (!totals || totals->credit == totals->unique) continue;
      sink.report(make_diagnostic(Code::J1742, overlap.span)
                      .arg("alamat", model.address(last, period))
                      .arg("kredit", text(totals->credit))
                      .arg("unik", text(totals->unique))
                      .arg("selisih", text(totals->credit - totals->unique)));
    }
  }
}

}  // namespace jenjang::rollup
