#include "engine/cascade/conflict/conflict.h"

#include <algorithm>

namespace jenjang::cascade {
namespace {

class Finder {
public:
  Finder(DemandTree& tree, bool too_high) : tree_(tree), too_high_(too_high) {}

  std::optional<Conflict> run() {
    if (!holds_out()) {
      return std::nullopt;
    }
    const std::optional<std::size_t> against = choose_against();
    if (!against) {
      return std::nullopt;
    }
    std::vector<std::size_t> order = candidates(*against);
    order = tree_.is_single_family() ? smallest(order) : irreducible(order);
    std::stable_sort(order.begin(), order.end(),
                     [this](std::size_t a, std::size_t b) { return tree_[a].authority < tree_[b].authority; });
    Conflict conflict;
    conflict.too_high = too_high_;
    conflict.against = tree_[*against];
    for (const std::size_t d : order) {
      conflict.demands.push_back(tree_[d]);
    }
    conflict.reached = too_high_ ? *tree_.top().lower : *tree_.top().upper;
    return conflict;
  }

private:
  [[nodiscard]] bool holds_out() const { return too_high_ ? tree_.is_too_high() : tree_.is_too_low(); }
  // Pushes the top in the direction of the conflict / stops it there.
  [[nodiscard]] bool pushes(const Demand& demand) const {
    return demand.is_equality() || demand.is_floor() == too_high_;
  }
  [[nodiscard]] bool stops(const Demand& demand) const {
    return demand.is_equality() || demand.is_floor() != too_high_;
  }

  // The least binding demand at the top that the rest cannot stand beside; the others are let go.
  std::optional<std::size_t> choose_against() {
    std::vector<std::size_t> stopping;
    for (std::size_t d = 0; d < tree_.size(); ++d) {
      if (tree_.is_at_top(d) && stops(tree_[d])) {
        stopping.push_back(d);
      }
    }
    std::stable_sort(stopping.begin(), stopping.end(),
                     [this](std::size_t a, std::size_t b) { return tree_[a].authority < tree_[b].authority; });
    for (const std::size_t chosen : stopping) {
      for (const std::size_t d : stopping) {
        tree_.enable(d, d == chosen);
      }
      if (holds_out()) {
        return chosen;
      }
      // The node's own figure may lie beyond its own limit.
      for (const std::size_t d : stopping) {
        const Rational& stop = tree_[chosen].value;
        if (tree_[d].is_equality() && (too_high_ ? tree_[d].value > stop : tree_[d].value < stop)) {
          tree_.enable(d, true);
          return chosen;
        }
      }
    }
    return std::nullopt;
  }

  // The least binding first, within one rank the largest part first: this order is blamed, its end spared.
  std::vector<std::size_t> candidates(std::size_t against) {
    std::vector<std::size_t> order;
    std::vector<Rational> parts(tree_.size());
    for (std::size_t d = 0; d < tree_.size(); ++d) {
      parts[d] = tree_.contribution(d);
      if (d == against) {
        continue;
      }
      if (pushes(tree_[d]) && tree_.is_enabled(d)) {
        order.push_back(d);
      } else {
        tree_.enable(d, false);
      }
    }
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      if (tree_[a].authority != tree_[b].authority) {
        return tree_[a].authority < tree_[b].authority;
      }
      // Floors push up by what they are; caps hold down the more, the less they are.
      return too_high_ ? parts[a] > parts[b] : parts[a] < parts[b];
    });
    parts_ = std::move(parts);
    return order;
  }

  // Stands in that order until they hold out; what comes later is not needed.
  std::vector<std::size_t> prefix(const std::vector<std::size_t>& order) {
    for (const std::size_t d : order) {
      tree_.enable(d, false);
    }
    std::vector<std::size_t> kept;
    for (const std::size_t d : order) {
      tree_.enable(d, true);
      kept.push_back(d);
      if (holds_out()) {
        break;
      }
    }
    return kept;
  }

  // Contributions add up, so within the ranks that must be blamed the largest parts make the smallest set.
  std::vector<std::size_t> smallest(const std::vector<std::size_t>& order) {
    std::vector<std::size_t> allowed = prefix(order);
    const Authority last = tree_[allowed.back()].authority;
    allowed.clear();
    for (const std::size_t d : order) {
      tree_.enable(d, false);
      if (tree_[d].authority <= last) {
        allowed.push_back(d);
      }
    }
    if (!too_high_) {
      // A cap matters only when every member has one: all are needed, unless the sum without it is known.
      for (const std::size_t d : allowed) {
        tree_.enable(d, true);
      }
      return without_spare(allowed);
    }
    std::stable_sort(allowed.begin(), allowed.end(),
                     [this](std::size_t a, std::size_t b) { return parts_[a] > parts_[b]; });
    return without_spare(prefix(allowed));
  }

  std::vector<std::size_t> irreducible(const std::vector<std::size_t>& order) { return without_spare(prefix(order)); }

  // Deletion filter: from the most binding and smallest, each that is not needed goes for good.
  std::vector<std::size_t> without_spare(std::vector<std::size_t> kept) {
    std::vector<std::size_t> by_rank = kept;
    std::stable_sort(by_rank.begin(), by_rank.end(),
                     [this](std::size_t a, std::size_t b) { return tree_[a].authority < tree_[b].authority; });
    for (auto d = by_rank.rbegin(); d != by_rank.rend(); ++d) {
      tree_.enable(*d, false);
      if (!holds_out()) {
        tree_.enable(*d, true);
      }
    }
    std::erase_if(kept, [this](std::size_t d) { return !tree_.is_enabled(d); });
    return kept;
  }

  DemandTree& tree_;
  bool too_high_;
  std::vector<Rational> parts_;
};

// True when all children are fixed by targets that other governments adopted for themselves.
bool is_settled_elsewhere(const IntervalTree& tree, NodeId node, Period period) {
  bool any = false;
  for (const FamilySetup* setup : tree.families_of(node)) {
    if (setup->aggregation == Aggregation::leaf) {
      continue;
    }
    if (!setup->outsiders.empty()) {
      return false;
    }
    for (const NodeId child : setup->family->children) {
      if (tree.is_left_out(child, period)) {
        continue;
      }
      const std::vector<Demand> demands = tree.demands_of(child, period);
      if (std::none_of(demands.begin(), demands.end(), [](const Demand& d) { return d.kind == DemandKind::firm; })) {
        return false;
      }
      any = true;
    }
  }
  return any;
}

}  // namespace

std::optional<Conflict> find_conflict(IntervalTree& tree, NodeId node, Period period) {
  for (const bool too_high : {true, false}) {
    DemandTree demands(tree, node, period);
    if (std::optional<Conflict> conflict = Finder(demands, too_high).run()) {
      conflict->node = node;
      conflict->period = period;
      conflict->settled_elsewhere =
          conflict->against.kind == DemandKind::target && is_settled_elsewhere(tree, node, period);
      return conflict;
    }
  }
  return std::nullopt;
}

}  // namespace jenjang::cascade
