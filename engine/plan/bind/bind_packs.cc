// Composite measures: formula and weights from a pack template, components from the plan.
#include <algorithm>
#include <utility>

#include "engine/plan/bind/bind_steps.h"
#include "engine/plan/bind/references.h"
#include "engine/plan/bind/scales.h"

namespace jenjang {
namespace {

class CompositeBinder {
public:
  CompositeBinder(BindContext& bind, const MeasureEntry& entry, const PackTemplate& tmpl)
      : bind_(bind),
        entry_(entry),
        tmpl_(tmpl),
        pack_id_(entry.indicator->pack->value.substr(0, entry.indicator->pack->value.find('/'))),
        item_(bind.nodes[entry.vertex.index()].item) {}

  void bind() {
    fill_item();
    const std::size_t count = bind_.nodes.size();
    for (std::size_t i = 0; i < count; ++i) {
      if (bind_.nodes[i].item != item_) continue;
      const auto vertex = VertexId::from_index(i);
      // A node above others of the same measure is made from those, not from components.
      if (bind_.formula_children(vertex).empty()) bind_node(vertex);
    }
  }

private:
  void fill_item() {
    Item& item = bind_.model.items[item_.index()];
    const TemplateNode& root = tmpl_.nodes.front();
    const PlanIndicator& written = *entry_.indicator;
    if (item.spec.aggregation != Aggregation::leaf && item.spec.aggregation != root.aggregation) {
      bind_.sink.report(make_diagnostic(Code::J1512, written.aggregation->span)
                            .arg("alamat", bind_.address(entry_.vertex))
                            .arg("kunci", "agregasi.cara")
                            .arg("nilai_pertama", to_string(root.aggregation))
                            .arg("nilai_kedua", to_string(item.spec.aggregation))
                            .related(root.span, "menurut paket", "by the pack"));
    }
    item.spec.aggregation = root.aggregation;
    item.spec.missing = root.missing;
    item.spec.factor = root.factor;
    if (!written.rounding) item.spec.rounding = tmpl_.rounding;
    item.pack = pack_id_;
    item.article = tmpl_.article;
    item.unverified = item.unverified || tmpl_.unverified;
    if (!item.spec.value_bands.valid() && !written.value_bands && !root.scale.empty()) {
      item.spec.value_bands =
          require_scale(bind_, qualified_name(pack_id_, root.scale), written.pack->span, "paket", ScaleUse::bands);
    }
  }

  // True when the node is the declared one, or the single heir of it rung by rung: then the
  // components of the declaration are its components.
  [[nodiscard]] bool is_heir(VertexId vertex) const {
    VertexId at = vertex;
    while (at != entry_.vertex) {
      const VertexId up = bind_.cascade_parent(at);
      if (!up.valid() || bind_.formula_children(up).size() != 1) return false;
      at = up;
    }
    return true;
  }

  std::vector<UnitId> places(VertexId vertex) const {
    std::vector<UnitId> units{bind_.nodes[vertex.index()].unit};
    if (!is_heir(vertex)) return units;
    const Item& item = bind_.model.items[item_.index()];
    if (!item.owner.empty()) {
      if (const auto owner = find_unit(bind_, item.owner, entry_.unit)) units.push_back(*owner);
    }
    units.push_back(entry_.unit);
    return units;
  }

  std::optional<VertexId> component(const std::string& code, const std::vector<UnitId>& units) {
    for (const UnitId unit : units) {
      if (const auto found = bind_.find_measure(code, unit)) return found;
    }
    return std::nullopt;
  }

  void bind_node(VertexId vertex) {
    const std::vector<UnitId> units = places(vertex);
    const bool heir = is_heir(vertex);
    // At another government the figure may be known without its components; all or none.
    if (!heir && !std::any_of(tmpl_.nodes.begin() + 1, tmpl_.nodes.end(),
                              [&](const TemplateNode& node) { return component(node.code, units).has_value(); })) {
      return;
    }
    const bool complete = bind_children(0, vertex, units, heir);
    if (!complete || !tmpl_.coherence_tolerance) return;
    CoherenceCheck check;
    check.tolerance = *tmpl_.coherence_tolerance;
    check.pack = pack_id_;
    check.article = tmpl_.article;
    check.span = entry_.indicator->pack->span;
    bind_.coherence.push_back({vertex, std::move(check)});
  }

  bool bind_children(std::size_t index, VertexId parent, const std::vector<UnitId>& units, bool heir) {
    bool complete = true;
    for (std::size_t i = index + 1; i < tmpl_.nodes.size(); ++i) {
      const TemplateNode& node = tmpl_.nodes[i];
      if (node.parent != index) continue;
      bool refused = false;
      auto child = explicit_component(node, heir, refused);
      if (!child && !refused) child = component(node.code, units);
      if (!child && !refused && has_children(i)) {
        child = bind_.add_node(bind_.add_item(part_item(node)), bind_.nodes[parent.index()].unit, node.span);
        complete = bind_children(i, *child, units, heir) && complete;
      }
      if (!child) {
        if (!refused) report_missing(node, parent, units);
        complete = false;
        continue;
      }
      FormulaEdge edge;
      edge.weight = node.weight;
      edge.span = node.weight_span.valid() ? node.weight_span : node.span;
      bind_.add_formula(parent, *child, edge);
    }
    return complete;
  }

  std::optional<VertexId> explicit_component(const TemplateNode& node, bool heir, bool& refused) {
    if (!heir) return std::nullopt;
    for (const auto& [code, address] : entry_.indicator->components) {
      if (code.value != node.code) continue;
      const auto found = require_reference(bind_, address, entry_.document, entry_.unit, ReferenceTo::measure);
      refused = !found;
      return found;
    }
    return std::nullopt;
  }

  [[nodiscard]] bool has_children(std::size_t index) const {
    return std::any_of(tmpl_.nodes.begin(), tmpl_.nodes.end(),
                       [&](const TemplateNode& node) { return node.parent == index; });
  }

  // A part of the template between the measure and its components, which no plan declares.
  Item part_item(const TemplateNode& node) const {
    const Item& whole = bind_.model.items[item_.index()];
    Item item;
    item.code = whole.code + "." + node.code;
    item.kind = node.kind;
    item.title = node.title;
    item.document = whole.document;
    item.spec.unit_name = whole.spec.unit_name;
    item.spec.polarity = whole.spec.polarity;
    item.spec.accumulation = whole.spec.accumulation;
    item.spec.aggregation = node.aggregation;
    item.spec.missing = node.missing;
    item.spec.factor = node.factor;
    item.spec.rounding = tmpl_.rounding;
    item.article = node.article;
    item.pack = pack_id_;
    item.unverified = node.unverified;
    item.span = node.span;
    return item;
  }

  void report_missing(const TemplateNode& node, VertexId parent, const std::vector<UnitId>& units) {
    std::string searched;
    for (std::size_t i = 0; i < units.size(); ++i) {
      if (std::find(units.begin(), units.begin() + static_cast<std::ptrdiff_t>(i), units[i]) !=
          units.begin() + static_cast<std::ptrdiff_t>(i)) {
        continue;
      }
      searched += (searched.empty() ? "" : ", ") + bind_.model.units[units[i]].path;
    }
    bind_.sink.report(make_diagnostic(Code::J1526, entry_.indicator->pack->span)
                          .arg("kode", node.code)
                          .arg("paket", entry_.indicator->pack->value)
                          .arg("alamat", bind_.address(parent))
                          .arg("unit", searched)
                          .related(node.span, "komponen di paket", "component in the pack"));
  }

  BindContext& bind_;
  const MeasureEntry& entry_;
  const PackTemplate& tmpl_;
  std::string pack_id_;
  ItemId item_;
};

}  // namespace

void bind_packs(BindContext& bind) {
  for (const MeasureEntry& entry : bind.measures) {
    if (!entry.declares || !entry.vertex.valid() || !entry.indicator->pack) continue;
    const LocatedText& name = *entry.indicator->pack;
    const PackTemplate* tmpl = bind.packs.require_template(name.value, name.span, bind.sink);
    if (tmpl != nullptr && !tmpl->nodes.empty()) CompositeBinder(bind, entry, *tmpl).bind();
  }
}

}  // namespace jenjang
