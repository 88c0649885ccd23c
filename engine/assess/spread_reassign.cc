#include "engine/assess/spread_reassign.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace jenjang {
namespace {

constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max() / 4;

// Least number of people moved for every sum of a set of labels: convex on lo..hi, impossible elsewhere. `choice`
// leads back to the counts of the labels.
struct Convex {
  std::int64_t lo = 0;
  std::vector<std::int64_t> cost;  // of lo, lo + 1, ...; empty: impossible

  [[nodiscard]] bool possible() const { return !cost.empty(); }
  [[nodiscard]] std::int64_t hi() const { return lo + static_cast<std::int64_t>(cost.size()) - 1; }
  [[nodiscard]] std::int64_t at(std::int64_t sum) const {
    return sum < lo || sum > hi() ? kNever : cost[static_cast<std::size_t>(sum - lo)];
  }
  void restrict(std::int64_t low, std::int64_t high) {
    low = std::max(low, lo);
    high = std::min(high, hi());
    if (!possible() || low > high) {
      cost.clear();
      return;
    }
    cost = {cost.begin() + (low - lo), cost.begin() + (high - lo + 1)};
    lo = low;
  }
};

// A node of the laminar family: a label, or a group over nodes.
struct Node {
  std::vector<std::size_t> children;  // of a group
  std::size_t label = SIZE_MAX;
  std::int64_t low = 0, high = 0;
  Convex own;
  std::vector<Convex> prefix;  // of a group: children up to and with i
};

// (a + b)(s) = min over x of a(x) + b(s - x): both convex, so their steps merge in order of size.
Convex merge(const Convex& a, const Convex& b) {
  if (!a.possible() || !b.possible()) return {};
  Convex sum;
  sum.lo = a.lo + b.lo;
  sum.cost.reserve(a.cost.size() + b.cost.size());
  sum.cost.push_back(a.cost.front() + b.cost.front());
  for (std::size_t i = 1, j = 1; i < a.cost.size() || j < b.cost.size();) {
    const std::int64_t step_a = i < a.cost.size() ? a.cost[i] - a.cost[i - 1] : kNever;
    const std::int64_t step_b = j < b.cost.size() ? b.cost[j] - b.cost[j - 1] : kNever;
    if (step_a <= step_b) {
      sum.cost.push_back(sum.cost.back() + step_a);
      ++i;
    } else {
      sum.cost.push_back(sum.cost.back() + step_b);
      ++j;
    }
  }
  return sum;
}

class Family {
public:
  Family(const std::vector<std::int64_t>& counts, const std::vector<SpreadGroup>& groups)
      : counts_(counts), staff_(std::accumulate(counts.begin(), counts.end(), std::int64_t{0})) {
    std::vector<std::size_t> top;
    for (std::size_t label = 0; label < counts.size(); ++label) {
      top.push_back(nodes_.size());
      nodes_.push_back({{}, label, 0, staff_, {}, {}});
    }
    // Small groups first, so that what a larger one holds is already a node.
    std::vector<const SpreadGroup*> order;
    order.reserve(groups.size());
    for (const SpreadGroup& group : groups) order.push_back(&group);
    std::stable_sort(order.begin(), order.end(),
                     [](const auto* a, const auto* b) { return a->labels.size() < b->labels.size(); });
    for (const SpreadGroup* group : order) {
      Node node{{}, SIZE_MAX, group->low, group->high, {}, {}};
      std::vector<std::size_t> rest;
      for (const std::size_t one : top) (inside(one, group->labels) ? node.children : rest).push_back(one);
      rest.push_back(nodes_.size());
      nodes_.push_back(std::move(node));
      top = std::move(rest);
    }
    Node root{std::move(top), SIZE_MAX, staff_, staff_, {}, {}};
    nodes_.push_back(std::move(root));
  }

  // Least cost when no label holds more than its cap.
  std::int64_t solve(const std::vector<std::int64_t>& cap) {
    for (Node& node : nodes_) {
      if (node.label != SIZE_MAX) {
        make_label(node, cap[node.label]);
        continue;
      }
      node.prefix.clear();
      for (const std::size_t child : node.children) {
        node.prefix.push_back(node.prefix.empty() ? nodes_[child].own : merge(node.prefix.back(), nodes_[child].own));
      }
      node.own = node.prefix.empty() ? Convex{0, {0}} : node.prefix.back();
      node.own.restrict(node.low, node.high);
    }
    return nodes_.back().own.at(staff_);
  }
  // The counts behind the last solve that had a cost.
  std::vector<std::int64_t> counts() {
    std::vector<std::int64_t> result(counts_.size());
    hand_out(nodes_.size() - 1, staff_, result);
    return result;
  }

private:
  [[nodiscard]] bool inside(std::size_t index, const std::vector<std::size_t>& labels) const {
    const Node& node = nodes_[index];
    if (node.label != SIZE_MAX) return std::find(labels.begin(), labels.end(), node.label) != labels.end();
    return !node.children.empty() && std::all_of(node.children.begin(), node.children.end(),
                                                 [&](std::size_t child) { return inside(child, labels); });
  }
  void make_label(Node& node, std::int64_t cap) const {
    node.own = {};
    const std::int64_t now = counts_[node.label];
    for (std::int64_t x = 0; x <= std::min(cap, staff_); ++x)
      node.own.cost.push_back(std::max<std::int64_t>(0, x - now));
  }
  void hand_out(std::size_t index, std::int64_t sum, std::vector<std::int64_t>& result) {
    Node& node = nodes_[index];
    if (node.label != SIZE_MAX) {
      result[node.label] = sum;
      return;
    }
    for (std::size_t i = node.children.size(); i-- > 1;) {
      const Convex& own = nodes_[node.children[i]].own;
      const Convex& before = node.prefix[i - 1];
      // The present number where it costs nothing more, else the nearest to it: people stay where they are.
      std::int64_t best = -1, least = kNever;
      for (std::int64_t x = own.lo; x <= own.hi(); ++x) {
        if (sum - x < before.lo || sum - x > before.hi()) continue;
        const std::int64_t cost = own.at(x) + before.at(sum - x);
        if (cost < least || (cost == least && distance(i, node, x) < distance(i, node, best))) {
          least = cost;
          best = x;
        }
      }
      hand_out(node.children[i], best, result);
      sum -= best;
    }
    if (!node.children.empty()) hand_out(node.children.front(), sum, result);
  }
  [[nodiscard]] std::int64_t present(std::size_t index) const {
    const Node& node = nodes_[index];
    if (node.label != SIZE_MAX) return counts_[node.label];
    std::int64_t sum = 0;
    for (const std::size_t child : node.children) sum += present(child);
    return sum;
  }
  [[nodiscard]] std::int64_t distance(std::size_t i, const Node& node, std::int64_t x) const {
    const std::int64_t now = present(node.children[i]);
    return x < now ? now - x : x - now;
  }

  const std::vector<std::int64_t>& counts_;
  std::int64_t staff_;
  std::vector<Node> nodes_;  // labels, groups from small to large, the whole last
};

}  // namespace

std::optional<std::vector<std::int64_t>> least_change(const std::vector<std::int64_t>& counts,
                                                      const std::vector<SpreadGroup>& groups,
                                                      const std::vector<std::size_t>& largest) {
  const std::int64_t staff = std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
  std::vector<std::int64_t> cap(counts.size(), staff);
  if (largest.empty()) {
    Family family(counts, groups);
    if (family.solve(cap) >= kNever) return std::nullopt;
    return family.counts();
  }
  // With the size of the largest group given, "nobody has more" is a cap on every label outside it.
  std::optional<std::vector<std::int64_t>> best;
  std::int64_t least = kNever;
  for (std::int64_t size = 0; size <= staff; ++size) {
    std::vector<SpreadGroup> with = groups;
    with.push_back({largest, size, staff});
    for (std::size_t label = 0; label < counts.size(); ++label) {
      const bool outside = std::find(largest.begin(), largest.end(), label) == largest.end();
      cap[label] = outside ? size : staff;
    }
    Family family(counts, with);
    const std::int64_t cost = family.solve(cap);
    if (cost >= least) continue;
    least = cost;
    best = family.counts();
  }
  return best;
}

}  // namespace jenjang
