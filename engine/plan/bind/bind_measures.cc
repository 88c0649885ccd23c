// Indicator entries become items and vertices, with the ladders that carry them down.
//
// Entries are taken from the top of the unit tree down, declarations before citations, so that a
// measure which a cascade from above brings to a unit stands there before that unit's own documents
// speak about it.
#include <algorithm>
#include <numeric>

#include "engine/plan/bind/bind_steps.h"
#include "engine/plan/bind/ladders.h"
#include "engine/plan/bind/measure_item.h"
#include "engine/plan/bind/references.h"

namespace jenjang {
namespace {

std::size_t depth(const UnitTable& units, UnitId unit) {
  std::size_t steps = 0;
  for (UnitId up = units[unit].parent; up.valid(); up = units[up].parent) ++steps;
  return steps;
}

void place(BindContext& bind, MeasureEntry& entry) {
  const PlanIndicator& written = *entry.indicator;
  const auto existing = bind.find_measure(written.code.value, entry.unit);
  if (existing) {
    if (!written.declares_properties() || agrees_with(bind, entry, *existing)) entry.vertex = *existing;
    return;
  }
  if (!written.declares_properties()) {
    bind.sink.report(make_diagnostic(Code::J1510, written.code.span)
                         .arg("alamat", written.code.value + "@" + bind.model.units[entry.unit].path)
                         .suggest(nearest_address(bind, written.code.value, entry.unit)));
    return;
  }
  auto item = make_measure_item(bind, entry);
  if (!item) return;
  entry.declares = true;
  entry.vertex = bind.add_node(bind.add_item(*std::move(item), &entry), entry.unit, written.code.span);
}

// Rows of a planned-denominator file that name an unknown unit or something that is no denominator.
void check_denominators(BindContext& bind, const MeasureEntry& entry) {
  if (entry.indicator->planned_denominators.empty() || !entry.vertex.valid()) return;
  const MeasureEntry* declared = bind.declaration[bind.nodes[entry.vertex.index()].item.index()];
  std::vector<std::string> codes;
  if (declared != nullptr && declared->indicator->aggregation) {
    for (const LocatedText& code : declared->indicator->aggregation->denominators) codes.push_back(code.value);
  }
  std::string expected;
  for (const std::string& code : codes) expected += (expected.empty() ? "" : ", ") + code;
  for (const PlanDenominatorRow& row : entry.indicator->planned_denominators) {
    require_unit(bind, row.unit, UnitId());
    if (std::find(codes.begin(), codes.end(), row.code.value) != codes.end()) continue;
    bind.sink.report(make_diagnostic(Code::J1530, row.code.span)
                         .arg("kode", row.code.value)
                         .arg("alamat", bind.address(entry.vertex))
                         .arg("harapan", expected.empty() ? "-" : expected));
  }
}

}  // namespace

void bind_measures(BindContext& bind) {
  struct Turn {
    std::size_t depth, entry;
    bool cites;
  };
  std::vector<Turn> turns;
  for (std::size_t i = 0; i < bind.measures.size(); ++i) {
    const MeasureEntry& entry = bind.measures[i];
    if (!entry.unit.valid()) continue;
    turns.push_back({depth(bind.model.units, entry.unit), i, !entry.indicator->declares_properties()});
  }
  std::stable_sort(turns.begin(), turns.end(), [](const Turn& a, const Turn& b) {
    return a.depth != b.depth ? a.depth < b.depth : a.cites < b.cites;
  });
  LadderBinder ladders(bind);
  for (const Turn& turn : turns) {
    MeasureEntry& entry = bind.measures[turn.entry];
    place(bind, entry);
    check_denominators(bind, entry);
    ladders.expand(entry);
  }
}

}  // namespace jenjang
