#include <optional>
#include <utility>

#include "jenjang/graph/goal_graph_builder.h"

#include "engine/synthetic/outline.h"

namespace jenjang {
namespace synthetic {
namespace {

class ModelMaker {
public:
  ModelMaker(const ProvinceSpec& spec, Outline outline) : spec_(spec), outline_(std::move(outline)) {}

  Model make() {
    add_document();
    add_units();
    add_items();
    add_nodes();
    freeze();
    add_figures();
    add_families();
    for (OutlineHolding& holding : outline_.holdings) {
      model_.holdings.push_back(
          {UnitId(holding.unit), std::move(holding.person), holding.from, holding.until, SourceSpan{}});
    }
    model_.build_index();
    return std::move(model_);
  }

private:
  void add_document() {
    Document document;
    document.kind = DocumentKind::rpd;
    document.code = "RPD-99";
    document.title = "RPD provinsi tiruan";
    document.unit = "99";
    document.years = {spec_.year, spec_.year};
    document.illustrative = true;
    model_.documents.push_back(std::move(document));
  }

  void add_units() {
    model_.units.reserve(outline_.units.size());
    for (std::uint32_t u = 0; u < outline_.units.size(); ++u) {
      const OutlineUnit& entry = outline_.units[u];
      OrgUnit unit;
      const std::string path = outline_.path(u);
      unit.path = path;
      unit.kind = entry.kind;
      unit.is_government = unit.path.find('/') == std::string::npos;
      if (entry.parent != kNone) {
        unit.parent = UnitId(entry.parent);
      }
      model_.units.add(unit);
    }
  }

  void add_items() {
    for (const OutlineMeasure& measure : outline_.measures) {
      Item item;
      item.code = measure.code;
      item.title = measure.code;
      item.document = DocumentId(0);
      item.illustrative = true;
      item.spec.unit_name = measure.aggregation == Aggregation::sum ? "berkas" : "persen";
      item.spec.polarity = Polarity::higher;
      item.spec.accumulation = measure.accumulation;
      item.spec.aggregation = measure.aggregation;
      item.spec.frequency = spec_.frequency;
      item.spec.step = measure.step;
      item.spec.achievement.formula = AchievementFormula::h1;
      model_.items.push_back(std::move(item));
    }
  }

  // Vertices: the governor's and the governments' measures of every affair, then one for every unit below.
  std::uint32_t add_node(std::uint32_t unit, std::uint32_t affair) {
    units_.push_back(unit);
    items_.push_back(affair - 1);
    return builder_.add_vertices(1).value();
  }

  void tie(std::uint32_t parent, std::uint32_t child) {
    builder_.add_edge(EdgeKind::formula, VertexId(parent), VertexId(child), {});
    if (children_.size() <= parent) {
      children_.resize(parent + 1);
    }
    children_[parent].push_back(child);
  }

  void add_nodes() {
    const std::size_t governments = outline_.governments.size();
    std::vector<std::uint32_t> at_government(governments * outline_.measures.size());
    for (std::uint32_t affair = 1; affair <= outline_.measures.size(); ++affair) {
      const std::uint32_t governor = add_node(0, affair);
      governors_.push_back(governor);
      for (std::size_t g = 0; g < governments; ++g) {
        const std::uint32_t node = add_node(outline_.governments[g], affair);
        at_government[g * outline_.measures.size() + affair - 1] = node;
        tie(governor, node);
      }
    }
    std::vector<std::uint32_t> at_unit(outline_.units.size(), kNone);
    std::vector<std::uint32_t> place(outline_.units.size(), kNone);
    for (std::size_t g = 0; g < governments; ++g) {
      place[outline_.governments[g]] = static_cast<std::uint32_t>(g);
    }
    for (std::uint32_t u = 0; u < outline_.units.size(); ++u) {
      const OutlineUnit& unit = outline_.units[u];
      if (unit.affair == 0) {
        continue;
      }
      at_unit[u] = add_node(u, unit.affair);
      const bool agency = place[unit.parent] != kNone;
      tie(agency ? at_government[place[unit.parent] * outline_.measures.size() + unit.affair - 1]
                 : at_unit[unit.parent],
          at_unit[u]);
    }
  }

  void freeze() {
    DiagnosticSink sink;
    FrozenGraph frozen = *builder_.freeze(sink);  // a tree: no rings
    node_of_ = std::move(frozen.node_of_vertex);
    model_.graph = std::move(frozen.graph);
    model_.node_item.resize(units_.size());
    model_.node_unit.resize(units_.size());
    model_.node_span.resize(units_.size());
    for (std::size_t v = 0; v < units_.size(); ++v) {
      model_.node_item[node_of_[v].index()] = ItemId(items_[v]);
      model_.node_unit[node_of_[v].index()] = UnitId(units_[v]);
    }
    model_.formula_edges.resize(model_.graph.formula_edge_count());
  }

  // Targets of the governor and baselines of the governments, in node order.
  void add_figures() {
    std::vector<std::optional<std::uint32_t>> governor_of(units_.size());
    std::vector<const Decimal*> baseline_of(units_.size(), nullptr);
    for (std::uint32_t affair = 0; affair < outline_.measures.size(); ++affair) {
      const std::uint32_t governor = governors_[affair];
      governor_of[node_of_[governor].index()] = affair;
      const std::vector<Decimal>& baselines = outline_.measures[affair].baselines;
      baseline_of[node_of_[governor].index()] = &outline_.measures[affair].baseline;
      for (std::size_t g = 0; g < baselines.size(); ++g) {
        baseline_of[node_of_[children_[governor][g]].index()] = &baselines[g];
      }
    }
    for (std::size_t n = 0; n < units_.size(); ++n) {
      model_.statement_begin.push_back(static_cast<std::uint32_t>(model_.statements.size()));
      model_.baseline_begin.push_back(static_cast<std::uint32_t>(model_.baselines.size()));
      if (governor_of[n]) {
        Statement statement;
        statement.document = DocumentId(0);
        statement.period = Period::year(spec_.year);
        statement.target = outline_.measures[*governor_of[n]].target;
        statement.illustrative = true;
        model_.statements.push_back(std::move(statement));
      }
      if (baseline_of[n] != nullptr) {
        Baseline baseline;
        baseline.document = DocumentId(0);
        baseline.period = Period::year(spec_.year - 1);
        baseline.value = *baseline_of[n];
        baseline.illustrative = true;
        model_.baselines.push_back(baseline);
      }
    }
    model_.statement_begin.push_back(static_cast<std::uint32_t>(model_.statements.size()));
    model_.baseline_begin.push_back(static_cast<std::uint32_t>(model_.baselines.size()));
  }

  void add_families() {
    for (std::uint32_t parent = 0; parent < children_.size(); ++parent) {
      if (children_[parent].empty()) {
        continue;
      }
      const OutlineMeasure& measure = outline_.measures[items_[parent]];
      const bool top = units_[parent] == 0;
      Family family;
      family.parent = node_of_[parent];
      family.to_other_government = top;
      family.rule.method = top ? measure.top_method : measure.method;
      if (family.rule.method == "tutup-selisih") {
        family.rule.parameters.push_back({"batas_depan", "100", {}, {}});
      }
      for (const std::uint32_t child : children_[parent]) {
        family.children.push_back(node_of_[child]);
        if (family.rule.method == "proporsional") {
          family.drivers.emplace_back(static_cast<std::int64_t>(outline_.units[units_[child]].workload));
        }
      }
      if (family.rule.method == "proporsional") {
        family.rule.driver = "beban_kerja";
        DriverTerm term;
        term.name = family.rule.driver;
        family.rule.driver_terms.push_back(std::move(term));
        family.driver_spans.resize(family.drivers.size());
        family.drivers_illustrative = true;
      }
      model_.families.push_back(std::move(family));
    }
  }

  const ProvinceSpec& spec_;
  Outline outline_;
  Model model_;
  GoalGraphBuilder builder_;
  std::vector<std::uint32_t> units_, items_;          // by vertex
  std::vector<std::vector<std::uint32_t>> children_;  // by vertex
  std::vector<std::uint32_t> governors_;              // by affair
  std::vector<NodeId> node_of_;                       // by vertex
};

}  // namespace
}  // namespace synthetic

Model make_province(const ProvinceSpec& spec) {
  return synthetic::ModelMaker(spec, synthetic::make_outline(spec)).make();
}

}  // namespace jenjang
