#include "engine/facts/doubts.h"

#include <algorithm>

#include "jenjang/base/rational.h"

namespace jenjang::facts {

void report_out_of_range(const Model& model, NodeId node, const Observation& row, DiagnosticSink& sink) {
  const MeasureSpec& spec = model.item(node).spec;
  if ((!spec.least_possible && !spec.most_possible) || row.state != CellState::value) return;
  // A flow of a coarser period may be as large as its parts together.
  const int parts = spec.accumulation != Accumulation::increments
                        ? 1
                        : std::max(1, periods_per_year(spec.frequency) / periods_per_year(row.period.granularity()));
  const Rational reported(row.number), times(parts);
  const bool low = spec.least_possible && reported < times * Rational(*spec.least_possible);
  const bool high = spec.most_possible && times * Rational(*spec.most_possible) < reported;
  if (!low && !high) return;
  const auto text = [](const std::optional<Decimal>& end) { return end ? end->to_string() : std::string(); };
  sink.report(make_diagnostic(Code::J1727, row.places.number())
                  .arg("alamat", model.address(node, row.period))
                  .arg("nilai", row.number.to_string())
                  .arg("rentang", "[" + text(spec.least_possible) + ", " + text(spec.most_possible) + "]"));
}

void report_outside_life(const Model& model, NodeId node, const Observation& row, DiagnosticSink& sink) {
  const OrgUnit& unit = model.unit(node);
  if (unit.exists_in(row.period)) return;
  sink.report(make_diagnostic(Code::J1569, row.places.unit())
                  .arg("alamat", model.address(node))
                  .arg("periode", row.period.to_string())
                  .arg("masa", unit.life())
                  .related(unit.span, "unit ini", "this unit"));
}

}  // namespace jenjang::facts
