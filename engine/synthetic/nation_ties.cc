#include "engine/synthetic/counter_random.h"
#include "engine/synthetic/nation_graph.h"
#include "engine/synthetic/ranges.h"

namespace jenjang::synthetic {
namespace {

constexpr std::uint64_t kStream = 0x7469657300000000U;  // apart from the figures

class TieMaker {
public:
  TieMaker(const NationSpec& spec, const ClassBook& book, const NationShape& shape)
      : key_(scramble(spec.seed ^ kStream)),
        book_(book),
        shape_(shape),
        leaves_(shape.graph.level_last(0).value()),
        ties_(shape.graph.formula_edge_count()),
        size_(shape.graph.node_count() - leaves_) {}

  std::vector<bulk::Edge> make(unsigned threads) {
    // Sizes of children before those of their parents.
    for (std::size_t level = 1; level < shape_.graph.level_count(); ++level) {
      for_ranges(shape_.graph.level_first(level).value(), shape_.graph.level_last(level).value(), threads,
                 [this](std::uint64_t begin, std::uint64_t end) {
                   for (auto node = static_cast<std::uint32_t>(begin); node < end; ++node) tie(node);
                 });
    }
    return std::move(ties_);
  }

private:
  void tie(std::uint32_t node) {
    const bulk::MeasureClass& measure = book_.classes[shape_.class_of[node]];
    const auto children = shape_.graph.children(NodeId(node));
    bulk::Edge* const row = ties_.data() + shape_.graph.formula_first_edge(NodeId(node)).index();
    const bool weighted =
        measure.aggregation == Aggregation::weighted_mean || measure.aggregation == Aggregation::share_meeting;
    // Of more than a handful whole percents would hardly differ.
    const bool percents = measure.goal && measure.weight_places == 0 && children.size() <= 20;
    std::int32_t percents_left = 100;
    std::uint64_t size = 0;
    for (std::size_t i = 0; i < children.size(); ++i) {
      const std::uint32_t child = children[i].value();
      const std::uint64_t drawn = draw(key_ ^ node, child);
      bulk::Edge& edge = row[i];
      const ClassNote& note = book_.notes[shape_.class_of[child]];
      if (note.work == Work::denominator) edge.child_and_role = bulk::Edge::kDenominator;
      const std::uint32_t pieces = child < leaves_ ? 1 + part(drawn, 0) % 20 : size_[child - leaves_];
      size += pieces;
      edge.driver = pieces;
      if (percents) {
        edge.weight = next_percent(percents_left, static_cast<std::int32_t>(children.size() - i), part(drawn, 2));
        percents_left -= edge.weight;
      } else if (weighted) {
        // By head count or by importance: up to 20, or up to 1.00.
        edge.weight = 1 + static_cast<std::int32_t>(part(drawn, 2) % (measure.weight_places == 0 ? 20 : 100));
      }
    }
    size_[node - leaves_] = static_cast<std::uint32_t>(size);
  }

  // Percents of a family add up to 100: around an equal share of what is left, the last takes the rest.
  static std::int32_t next_percent(std::int32_t left, std::int32_t children, std::uint32_t random) {
    if (children == 1) return left;
    const std::int32_t mean = left / children;
    const std::int32_t spread = mean / 3;
    return mean - spread + static_cast<std::int32_t>(random) % (2 * spread + 1);
  }

  std::uint64_t key_;
  const ClassBook& book_;
  const NationShape& shape_;
  std::uint32_t leaves_;
  std::vector<bulk::Edge> ties_;
  std::vector<std::uint32_t> size_;  // by inner node: pieces of work below
};

}  // namespace

std::vector<bulk::Edge> make_ties(const NationSpec& spec, const ClassBook& book, const NationShape& shape,
                                  unsigned threads) {
  return TieMaker(spec, book, shape).make(threads);
}

}  // namespace jenjang::synthetic
