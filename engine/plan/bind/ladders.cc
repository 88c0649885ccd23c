#include "engine/plan/bind/ladders.h"

#include <utility>

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
  for (const VertexId start : starts) {
    const std::vector<UnitId> units = select_units(bind_, rung.to, bind_.nodes[start.index()].unit);
    if (units.empty()) continue;
    reached = true;
    if (const auto [first, is_new] = parent_rung_.emplace(start.value(), rung.span); !is_new) {
      bind_.sink.report(make_diagnostic(Code::J1522, rung.span)
                            .arg("alamat", bind_.address(start))
                            .related(first->second, "tangga pertama", "first ladder"));
      continue;
    }
    std::vector<VertexId> children;
    bool weights_known = true;
    for (const UnitId unit : units) {
      const auto child = child_at(rung, start, unit);
      if (!child) continue;
      bind_.cascade_parent.emplace(child->value(), start);
      made.push_back(*child);
      const auto weight = edge_weight(bind_, entry, *child);
      weights_known = weights_known && weight.has_value();
      if (!weight) continue;
      FormulaEdge edge;
      edge.weight = weight->value;
      edge.illustrative = weight->illustrative;
      edge.span = rung.span;
      bind_.add_formula(start, *child, edge);
      children.push_back(*child);
    }
    if (!weights_known || children.empty()) continue;
    if (auto family = make_family(bind_, entry, rung, start, std::move(children))) {
      bind_.families.push_back(*std::move(family));
    }
  }
  if (!reached) report_empty_selector(bind_, rung.to, bind_.nodes[starts.front().index()].unit);
  return made;
}

std::optional<VertexId> LadderBinder::child_at(const PlanRung& rung, VertexId start, UnitId unit) {
  const ItemId item = bind_.nodes[start.index()].item;
  auto child = bind_.find_measure(bind_.item_of(start).code, unit);
  if (!child) child = bind_.add_node(item, unit, rung.span);
  if (const auto [first, is_new] = child_rung_.emplace(child->value(), rung.span); !is_new) {
    bind_.sink.report(make_diagnostic(Code::J1522, rung.span)
                          .arg("alamat", bind_.address(*child))
                          .related(first->second, "tangga pertama", "first ladder"));
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
