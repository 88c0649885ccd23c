#include "engine/cascade/time/time_families.h"

#include <algorithm>
#include <deque>
#include <map>
#include <set>

#include "engine/cascade/time/series_pattern.h"
#include "engine/cascade/time/time_parts.h"
#include "engine/cascade/time/time_sums.h"
#include "engine/cascade/time/time_tree.h"

namespace jenjang::cascade {
namespace {

// Profiles by item, series by node and year; equal weights are one vector.
class Patterns final : public PatternSource {
public:
  Patterns(const Model& model, const CellStore& store) : model_(model), store_(store) {}

  const std::vector<Decimal>* pattern(NodeId node, int year) override {
    const MeasureSpec& spec = model_.item(node).spec;
    if (!spec.profile_series.empty()) {
      if (const std::vector<Decimal>* weights = by_series(node, year)) {
        return weights;
      }
    }
    const auto [place, fresh] = by_item_.try_emplace(model_.node_item[node.index()].value(), nullptr);
    if (fresh) {
      if (std::optional<std::vector<Decimal>> weights = year_pattern(spec)) {
        place->second = intern(*std::move(weights));
      }
    }
    return place->second;
  }

private:
  const std::vector<Decimal>* intern(std::vector<Decimal> weights) { return &*known_.insert(std::move(weights)).first; }

  const std::vector<Decimal>* by_series(NodeId node, int year) {
    auto [place, fresh] = by_node_.try_emplace(node.value());
    if (fresh) {
      std::map<int, Decimal> targets;
      for (const TargetCell* cell : store_.of(node)) {
        if (cell->period.granularity() == Granularity::year && cell->target.number() != nullptr) {
          targets.emplace(cell->period.year(), *cell->target.number());
        }
      }
      for (auto& [of_year, weights] : series_patterns(model_.item(node).spec, targets).weights) {
        place->second.emplace(of_year, intern(std::move(weights)));
      }
    }
    const auto weights = place->second.find(year);
    return weights == place->second.end() ? nullptr : weights->second;
  }

  const Model& model_;
  const CellStore& store_;
  std::set<std::vector<Decimal>> known_;
  std::map<std::uint32_t, const std::vector<Decimal>*> by_item_;
  std::map<std::uint32_t, std::map<int, const std::vector<Decimal>*>> by_node_;
};

}  // namespace

void TimeFamilies::run() {
  std::set<int> years;
  for (std::size_t n = 0; n < model_.node_count(); ++n) {
    const NodeId node = NodeId::from_index(n);
    if (!adds_up(model_, node)) {
      continue;
    }
    for (const TargetCell* cell : store_.of(node)) {
      if (cell->period.granularity() == Granularity::year) {
        years.insert(cell->period.year());
      }
    }
  }
  for (const int year : years) {
    run_year(year);
  }
}

void TimeFamilies::run_year(int year) {
  // Nodes whose children add up to them: by one table together, or only as a sum from below.
  std::vector<char> open(model_.node_count(), 0);
  std::vector<char> from_below(model_.node_count(), 0);
  for (std::size_t n = 0; n < model_.node_count(); ++n) {
    const NodeId node = NodeId::from_index(n);
    if (!adds_up(model_, node) || !year_adds_up(model_, store_, node, Period::year(year))) {
      continue;
    }
    const std::span<const NodeId> children = model_.graph.children(node);
    const bool below = !is_tree_family(model_, node) ||
                       std::any_of(children.begin(), children.end(),
                                   [&from_below](NodeId child) { return from_below[child.index()] != 0; });
    (below ? from_below : open)[n] = 1;
  }
  const auto open_parent = [&](NodeId node) -> std::optional<NodeId> {
    const std::span<const NodeId> parents = model_.graph.parents(node);
    return parents.size() == 1 && open[parents[0].index()] ? std::optional(parents[0]) : std::nullopt;
  };
  std::deque<NodeId> roots;
  for (std::size_t n = model_.node_count(); n-- > 0;) {
    if (open[n] && !open_parent(NodeId::from_index(n))) {
      roots.push_back(NodeId::from_index(n));
    }
  }
  Patterns patterns(model_, store_);
  TimeTree tree(model_, store_, patterns, year);
  while (!roots.empty()) {
    look(watch_, Stage::cascade, 1, 2);
    const NodeId root = roots.front();
    roots.pop_front();
    tree.grow(root, open);
    std::optional<NodeId> refused = tree.solve();
    if (!refused) {
      tree.write(store_);
      for (const NodeId node : tree.nodes()) {
        decided_.insert(key(node, year));
      }
      continue;
    }
    // The refused family and all above it become sums; the rest falls apart into smaller trees.
    if (!open[refused->index()]) {
      refused = open_parent(*refused);
    }
    std::vector<NodeId> closed;
    for (; refused; refused = open_parent(*refused)) {
      closed.push_back(*refused);
    }
    for (const NodeId node : closed) {
      open[node.index()] = 0;
    }
    for (const NodeId node : closed) {
      for (const NodeId child : model_.graph.children(node)) {
        if (open[child.index()]) {
          roots.push_back(child);
        }
      }
    }
  }
}

}  // namespace jenjang::cascade
