#include "engine/graph/overlaps.h"

#include <algorithm>
#include <map>

#include "jenjang/base/rational.h"

namespace jenjang {
namespace {

// Ways to one ancestor; beyond this a plan is a tangle that no sum can be trusted in, and is reported as it stands.
constexpr std::size_t kMostWays = 64;

// One way from an ancestor down to the shared result.
struct Way {
  Rational weight{1};        // product of the weights, with the factors in between
  Rational times{1};         // how often it counts the result: shares only, units of measure left aside
  std::vector<NodeId> path;  // nodes in between, from the top
  std::vector<std::uint32_t> edges;
  bool credit = false;  // passes a crosscut with full credit
  NodeId above;         // the parent right above the shared result
  SourceSpan span;      // of the crosscut with full credit
};

// One additive tie: a term of a sum, or a pair of a ratio.
struct Term {
  NodeId child;
  Decimal weight{1};
  std::uint32_t edge = UINT32_MAX;  // formula edge
  const CrosscutEdge* crosscut = nullptr;
};

class Sweep {
public:
  Sweep(Model& model, DiagnosticSink& sink) : model_(model), sink_(sink) {}

  void run() {
    std::vector<NodeId> shared = shared_results();
    // From the top down: what is taken out with a whole result is not taken out again with a part of it.
    std::sort(shared.begin(), shared.end(), [](NodeId a, NodeId b) { return b < a; });
    for (const NodeId result : shared) climb(result);
    std::stable_sort(model_.overlaps.begin(), model_.overlaps.end(),
                     [](const Overlap& a, const Overlap& b) { return a.parent < b.parent; });
  }

private:
  [[nodiscard]] Aggregation way_of(NodeId node) const { return model_.item(node).spec.aggregation; }
  [[nodiscard]] bool is_additive(NodeId parent, NodeId child) const {
    if (!model_.item(parent).is_measure()) return false;
    const Aggregation aggregation = way_of(parent);
    return aggregation == Aggregation::sum ||
           (aggregation == Aggregation::ratio && way_of(child) == Aggregation::ratio);
  }

  [[nodiscard]] std::vector<NodeId> shared_results() const {
    std::vector<NodeId> found;
    for (std::size_t n = 0; n < model_.node_count(); ++n) {
      const NodeId parent = NodeId::from_index(n);
      const auto children = model_.graph.crosscut_children(parent);
      for (std::size_t i = 0; i < children.size(); ++i) {
        const CrosscutEdge& edge = model_.crosscut_edges[model_.graph.crosscut_first_edge(parent).index() + i];
        if (edge.accepted && is_additive(parent, children[i])) found.push_back(children[i]);
      }
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
  }

  template <class Visit>
  void for_each_term(NodeId parent, Visit&& visit) const {
    const auto children = model_.graph.children(parent);
    for (std::size_t i = 0; i < children.size(); ++i) {
      const std::size_t edge = model_.graph.formula_first_edge(parent).index() + i;
      const FormulaEdge& tie = model_.formula_edges[edge];
      if (tie.carry != Carry::value || tie.role != EdgeRole::operand || !is_additive(parent, children[i])) continue;
      visit(Term{children[i], tie.weight, static_cast<std::uint32_t>(edge), nullptr});
    }
    const auto shared = model_.graph.crosscut_children(parent);
    for (std::size_t i = 0; i < shared.size(); ++i) {
      const CrosscutEdge& tie = model_.crosscut_edges[model_.graph.crosscut_first_edge(parent).index() + i];
      if (tie.accepted && is_additive(parent, shared[i])) {
        visit(Term{shared[i], tie.share.value_or(Decimal(1)), UINT32_MAX, &tie});
      }
    }
  }

  void climb(NodeId shared) {
    const Aggregation kind = way_of(shared) == Aggregation::ratio ? Aggregation::ratio : Aggregation::sum;
    std::map<NodeId, std::vector<Way>> ways;  // ancestors still to be visited come later in this order
    ways[shared].emplace_back();
    bool told_twice = false, told_lost = false;
    for (auto at = ways.begin(); at != ways.end(); ++at) {
      const NodeId node = at->first;
      if (node != shared) {
        at->second = ways_to(node, ways, shared);
        drop_known(node, at->second);
        take_out_copies(node, shared, at->second);
        if (at->second.size() > kMostWays) return;
        tell(node, shared, at->second, &told_twice, &told_lost);
      }
      for (const auto& parents : {model_.graph.parents(node), model_.graph.crosscut_parents(node)}) {
        for (const NodeId parent : parents) {
          if (is_additive(parent, node) && (node == shared || way_of(parent) == kind || way_of(node) == way_of(parent)))
            ways.try_emplace(parent);
        }
      }
    }
  }

  [[nodiscard]] std::vector<Way> ways_to(NodeId node, const std::map<NodeId, std::vector<Way>>& below,
                                         NodeId shared) const {
    std::vector<Way> found;
    for_each_term(node, [&](const Term& term) {
      const auto known = below.find(term.child);
      if (known == below.end()) return;
      // A sum of ratios is not made of their pairs.
      if (term.child != shared && way_of(term.child) != way_of(node)) return;
      for (const Way& way : known->second) {
        if (found.size() > kMostWays) return;
        Way longer = way;
        if (term.child != shared) {
          longer.path.insert(longer.path.begin(), term.child);
          if (way_of(term.child) == Aggregation::sum) longer.weight *= Rational(model_.item(term.child).spec.factor);
        } else {
          longer.above = node;
        }
        longer.weight *= Rational(term.weight);
        if (term.edge != UINT32_MAX) longer.edges.insert(longer.edges.begin(), term.edge);
        // A weight beyond 0..1 turns units of measure into others; it is no share.
        const bool is_share = term.crosscut != nullptr ? term.crosscut->share.has_value()
                                                       : term.child == shared && !term.weight.is_negative() &&
                                                             !term.weight.is_zero() && term.weight < Decimal(1);
        if (is_share) longer.times *= Rational(term.weight);
        if (term.crosscut != nullptr && !term.crosscut->share) {
          longer.credit = true;
          longer.span = term.crosscut->span;
        }
        found.push_back(std::move(longer));
      }
    });
    return found;
  }

  // A copy that goes out with a larger result around it.
  void drop_known(NodeId node, std::vector<Way>& ways) const {
    for (const Overlap& overlap : model_.overlaps) {
      if (overlap.parent != node) continue;
      std::erase_if(ways, [&](const Way& way) {
        return way.path.size() > overlap.copied.size() &&
               std::equal(overlap.copied.begin(), overlap.copied.end(), way.path.begin()) &&
               way.path[overlap.copied.size()] == overlap.shared;
      });
    }
  }

  // Of several ways one stays: the one without credit, else the first. Copies by credit go out.
  void take_out_copies(NodeId node, NodeId shared, std::vector<Way>& ways) {
    if (ways.size() < 2) return;
    const auto plain = std::find_if(ways.begin(), ways.end(), [](const Way& way) { return !way.credit; });
    const Way counted = plain != ways.end() ? *plain : ways.front();
    const bool keep_first = plain == ways.end();
    std::vector<Way> left;
    for (std::size_t i = 0; i < ways.size(); ++i) {
      const std::optional<Decimal> weight = ways[i].weight.to_decimal();
      if (!ways[i].credit || (keep_first && i == 0) || !weight) {
        left.push_back(std::move(ways[i]));
        continue;
      }
      Overlap overlap;
      overlap.parent = node;
      overlap.shared = shared;
      overlap.weight = *weight;
      overlap.copied = ways[i].path;
      overlap.counted = counted.path;
      overlap.edges = ways[i].edges;
      overlap.copied_edges = static_cast<std::uint32_t>(overlap.edges.size());
      overlap.edges.insert(overlap.edges.end(), counted.edges.begin(), counted.edges.end());
      overlap.span = ways[i].span;
      model_.overlaps.push_back(std::move(overlap));
    }
    ways = std::move(left);
  }

  // Parents right above the shared result that add it up.
  [[nodiscard]] std::size_t counting_parents(NodeId shared) const {
    std::size_t count = 0;
    for (const NodeId parent : model_.graph.parents(shared)) count += is_additive(parent, shared) ? 1 : 0;
    for (const NodeId parent : model_.graph.crosscut_parents(shared)) {
      for_each_term(parent, [&](const Term& term) {
        if (term.child == shared && term.crosscut != nullptr && term.crosscut->share) ++count;
      });
    }
    return count;
  }

  void tell(NodeId node, NodeId shared, const std::vector<Way>& ways, bool* told_twice, bool* told_lost) {
    if (ways.size() < 2) return;
    Rational times;
    for (const Way& way : ways) times += way.times;
    const bool twice = times > Rational(1);
    const bool lost = times < Rational(1) && ways.size() >= counting_parents(shared);
    bool& told = twice ? *told_twice : *told_lost;
    if ((!twice && !lost) || told) return;
    told = true;
    std::string through;
    auto finding = make_diagnostic(twice ? Code::J1740 : Code::J1741, model_.node_span[shared.index()]);
    for (const Way& way : ways) {
      through += (through.empty() ? "" : ", ") + model_.address(way.above);
      const std::string part = model_.address(way.above) + ": " + text(way.times);
      finding.related(model_.node_span[way.above.index()], part, part);
    }
    sink_.report(std::move(finding)
                     .arg("alamat", model_.address(shared))
                     .arg("induk", model_.address(node))
                     .arg("kali", text(times))
                     .arg("jalur", through));
  }

  [[nodiscard]] static std::string text(const Rational& value) {
    const std::optional<Decimal> exact = value.to_decimal();
    return exact ? exact->normalised().to_string() : value.to_string();
  }

  Model& model_;
  DiagnosticSink& sink_;
};

// Versions of one measure in a parent and its child that never mix (CAS-IND-09).
void tell_mixed_definitions(const Model& model, DiagnosticSink& sink) {
  for (std::size_t n = 0; n < model.node_count(); ++n) {
    const NodeId parent = NodeId::from_index(n);
    const Item& above = model.item(parent);
    for (const NodeId child : model.graph.children(parent)) {
      if (model.node_item[child.index()] == model.node_item[n]) continue;
      const Item& below = model.item(child);
      if (above.spec.definition_version == below.spec.definition_version || above.code != below.code) continue;
      sink.report(make_diagnostic(Code::J1743, below.span)
                      .arg("alamat", model.address(parent))
                      .arg("versi", std::to_string(above.spec.definition_version))
                      .arg("anak", model.address(child))
                      .arg("versi_anak", std::to_string(below.spec.definition_version))
                      .related(above.span, "definisi induk", "the parent's definition"));
    }
  }
}

}  // namespace

void find_overlaps(Model& model, DiagnosticSink& sink) {
  tell_mixed_definitions(model, sink);
  if (model.crosscut_edges.empty()) return;
  Sweep(model, sink).run();
}

}  // namespace jenjang
