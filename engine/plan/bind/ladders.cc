#include "engine/plan/bind/ladders.h"

#include <algorithm>
#include <utility>

#include "engine/plan/bind/figures.h"
#include "engine/plan/bind/references.h"
#include "engine/plan/bind/selectors.h"

namespace jenjang {

void LadderBinder::expand(const MeasureEntry& entry) {
  const std::vector<PlanRung>& ladder = entry.indicator->ladder;
  if (ladder.empty() || !entry.vertex.valid()) return;
  const Item& item = bind_.item_of(entry.vertex);
  const MeasureEntry* declared = bind_.declaration[bind_.nodes[entry.vertex.index()].item.index()];
  const bool from_pack = declared != nullptr && declared->indicator->pack.has_value();
  if (item.spec.aggregation == Aggregation::leaf && !from_pack) {
    bind_.sink.report(make_diagnostic(Code::J1511, ladder.front().span)
                          .arg("alamat", bind_.address(entry.vertex))
                          .arg("kunci", "agregasi.cara"));
  }
  std::vector<VertexId> starts{entry.vertex};
  for (const PlanRung& rung : ladder) {
    starts = expand_rung(entry, rung, starts);
    if (starts.empty()) return;
  }
}

std::vector<VertexId> LadderBinder::expand_rung(const MeasureEntry& entry, const PlanRung& rung,
                                                const std::vector<VertexId>& starts) {
  std::vector<VertexId> made;
  bool reached = false;
  const ExpiredPolicy on_expired = expired_policy(bind_, rung);
  for (const VertexId start : starts) {
    const std::vector<UnitId> units = select_units(bind_, rung.to, bind_.nodes[start.index()].unit);
    if (units.empty()) continue;
    reached = true;
    if (const PlanRung* const first = note(parent_rung_, start, rung)) {
      bind_.sink.report(make_diagnostic(Code::J1522, rung.span)
                            .arg("alamat", bind_.address(start))
                            .related(first->span, "tangga pertama", "first ladder"));
      continue;
    }
    std::vector<VertexId> children;
    bool weights_known = true;
    for (const UnitId unit : units) {
      const auto child = child_at(rung, start, unit);
      if (!child) continue;
      bind_.note_cascade_parent(*child, start);
      made.push_back(*child);
      const auto weight = edge_weight(bind_, entry, *child);
      weights_known = weights_known && weight.has_value();
      if (!weight) continue;
      FormulaEdge edge;
      edge.weight = weight->value;
      edge.illustrative = weight->illustrative;
      edge.span = rung.span;
      bind_.add_formula(start, *child, edge, weight->years, weight->span);
      children.push_back(*child);
    }
    auto family = !weights_known || children.empty()
                      ? std::nullopt
                      : make_family(bind_, entry, rung, start, std::move(children), on_expired);
    if (family) {
      bind_.families.push_back(*std::move(family));
    } else if (rung.margin) {
      bind_.broken_crosses.emplace(bind_.nodes[start.index()].unit.value(), rung.margin->value);
    }
  }
  if (!reached) report_empty_selector(bind_, rung.to, bind_.nodes[starts.front().index()].unit);
  if (reached) add_bounds(entry, rung, starts, made);
  return made;
}

void LadderBinder::add_bounds(const MeasureEntry& entry, const PlanRung& rung, const std::vector<VertexId>& starts,
                              const std::vector<VertexId>& made) {
  for (const auto& [path, holds] : rung.bounds) {
    bool known = false;
    bool selected = false;
    for (const VertexId start : starts) {
      const auto unit = find_unit(bind_, path.value, bind_.nodes[start.index()].unit);
      known = known || unit.has_value();
      const auto child = std::find_if(
          made.begin(), made.end(), [&](VertexId vertex) { return unit && bind_.nodes[vertex.index()].unit == *unit; });
      // An absolute path is found below every start, and means one child.
      if (child == made.end() || selected) continue;
      selected = true;
      for (const PlanHold& hold : holds) bind_bound(bind_, {*child, entry.document, entry.labels}, hold);
    }
    if (!known) {
      require_unit(bind_, path, bind_.nodes[starts.front().index()].unit);
    } else if (!selected) {
      bind_.sink.report(make_diagnostic(Code::J1531, path.span).arg("kunci", "batas").arg("unit", path.value));
    }
  }
}

const PlanRung* LadderBinder::note(std::vector<const PlanRung*>& rungs, VertexId vertex, const PlanRung& rung) const {
  if (vertex.index() >= rungs.size()) rungs.resize(bind_.nodes.size());
  const PlanRung*& first = rungs[vertex.index()];
  if (first != nullptr) return first;
  first = &rung;
  return nullptr;
}

std::optional<VertexId> LadderBinder::child_at(const PlanRung& rung, VertexId start, UnitId unit) {
  const ItemId item = bind_.nodes[start.index()].item;
  auto child = bind_.find_measure(item, unit);
  if (!child) child = bind_.add_node(item, unit, rung.span);
  if (const PlanRung* const first = note(child_rung_, *child, rung);
      first != nullptr && !bind_.was_below(unit, bind_.nodes[start.index()].unit)) {
    bind_.sink.report(make_diagnostic(Code::J1522, rung.span)
                          .arg("alamat", bind_.address(*child))
                          .related(first->span, "tangga pertama", "first ladder"));
    return std::nullopt;
  }
  const MeasureSpec& above = bind_.item_of(start).spec;
  const MeasureSpec& below = bind_.item_of(*child).spec;
  if (bind_.nodes[child->index()].item != item &&
      (above.unit_name != below.unit_name || above.polarity != below.polarity)) {
    const bool unit_differs = above.unit_name != below.unit_name;
    bind_.sink.report(
        make_diagnostic(Code::J1512, rung.span)
            .arg("alamat", bind_.address(*child))
            .arg("kunci", unit_differs ? "satuan" : "polaritas")
            .arg("nilai_pertama", unit_differs ? std::string_view(below.unit_name) : to_string(below.polarity))
            .arg("nilai_kedua", unit_differs ? std::string_view(above.unit_name) : to_string(above.polarity))
            .related(bind_.item_of(*child).span, "pertama di sini", "first here"));
    return std::nullopt;
  }
  return child;
}

}  // namespace jenjang
