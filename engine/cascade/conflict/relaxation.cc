#include "engine/cascade/conflict/relaxation.h"

#include <algorithm>

namespace jenjang::cascade {
namespace {

constexpr std::size_t kTried = 24;  // demands of one conflict; more would be no help to a reader

bool same(const Demand& a, const Demand& b) {
  // The conflict speaks of the top's figure as target, the tree above of the same figure as hold.
  return a.node == b.node && a.span == b.span && a.rule_of == b.rule_of && a.is_equality() == b.is_equality() &&
         a.is_floor() == b.is_floor();
}

bool is_ours_to_move(const Demand& demand) {
  if (demand.grounds != nullptr && demand.grounds->locked) {
    return false;
  }
  const bool of_rule = demand.kind == DemandKind::rule_floor || demand.kind == DemandKind::rule_cap;
  if (of_rule && demand.rule_of == nullptr) {
    return false;  // each child's own baseline: nobody's figure to choose
  }
  return demand.kind != DemandKind::firm && demand.kind != DemandKind::given && demand.kind != DemandKind::whole;
}

class Trials {
public:
  Trials(IntervalTree& tree, const Conflict& conflict)
      : conflict_(conflict), below_(tree, conflict.node, conflict.period), root_(root_of(tree, conflict)) {
    if (root_ != conflict.node) {
      stood_ = !DemandTree(tree, root_, conflict.period).is_broken();
      above_.emplace(tree, root_, conflict.period, conflict.node);
    }
  }

  std::optional<Relaxation> attempt(const Demand& wanted, bool stops) {
    const std::optional<std::size_t> d = find(below_, wanted);
    if (!d) {
      return std::nullopt;
    }
    // What pushes gives way against the conflict, what stops gives way with it.
    const int direction = conflict_.too_high == stops ? 1 : -1;
    below_.enable(*d, false);
    const bool release = !below_.is_broken();
    const bool helps = !pushes_on();
    below_.enable(*d, true);
    if (!helps) {
      return std::nullopt;
    }
    Relaxation out;
    out.demand = below_[*d];
    out.release = release && !stops;
    out.to = nearest(*d, wanted, direction);
    if (!out.to && !out.release) {
      return std::nullopt;
    }
    return out;
  }

private:
  static NodeId root_of(const IntervalTree& tree, const Conflict& conflict) {
    NodeId node = conflict.node;
    for (std::size_t climbed = 0; climbed < tree.model().families.size(); ++climbed) {
      const FamilySetup* giver = tree.giver_of(node);
      if (giver == nullptr) {
        break;
      }
      node = giver->family->parent;
    }
    return node;
  }
  static std::optional<std::size_t> find(const DemandTree& tree, const Demand& wanted) {
    for (std::size_t d = 0; d < tree.size(); ++d) {
      if (same(tree[d], wanted)) {
        return d;
      }
    }
    return std::nullopt;
  }
  [[nodiscard]] bool pushes_on() const { return conflict_.too_high ? below_.is_too_high() : below_.is_too_low(); }

  // Doubles the change until it helps, then halves the doubt; one multiple of the step is the last.
  std::optional<Rational> nearest(std::size_t d, const Demand& wanted, int direction) {
    const Decimal step = below_.step_of(d);
    const Rational before = below_[d].value;
    const Rational start = direction > 0 ? snapped_down(before, step) : snapped_up(before, step);
    const Rational one(step);
    const auto value_at = [&](std::int64_t steps) { return start + Rational(direction * steps) * one; };
    const auto passes = [&](std::int64_t steps) {
      below_.move(d, value_at(steps));
      return !pushes_on();
    };
    std::int64_t enough = 1;
    while (!passes(enough) && enough < (std::int64_t{1} << 60)) {
      enough *= 2;
    }
    std::int64_t less = enough / 2;
    while (enough - less > 1) {
      const std::int64_t middle = less + (enough - less) / 2;
      (passes(middle) ? enough : less) = middle;
    }
    below_.move(d, value_at(enough));
    bool good = !below_.is_broken() && below_.fits_on_the_way(d);
    const Rational value = value_at(enough);
    below_.move(d, before);
    if (good && above_) {
      // Mended, the node hands up what it needs: above it that must not break what stood while it was told apart.
      const std::optional<std::size_t> same_above = find(*above_, wanted);
      if (same_above && stood_) {
        above_->move(*same_above, value);
        good = above_->fits_on_the_way(*same_above);
        above_->move(*same_above, before);
      }
    }
    return good ? std::optional(value) : std::nullopt;
  }

  const Conflict& conflict_;
  DemandTree below_;
  NodeId root_;
  bool stood_ = true;  // the root, with this node told apart
  std::optional<DemandTree> above_;
};

}  // namespace

std::vector<Relaxation> relaxations_of(IntervalTree& tree, const Conflict& conflict) {
  Trials trials(tree, conflict);
  std::vector<Relaxation> out;
  if (is_ours_to_move(conflict.against)) {
    if (std::optional<Relaxation> way = trials.attempt(conflict.against, true)) {
      out.push_back(*std::move(way));
    }
  }
  for (std::size_t i = 0; i < conflict.demands.size() && i < kTried; ++i) {
    if (is_ours_to_move(conflict.demands[i])) {
      if (std::optional<Relaxation> way = trials.attempt(conflict.demands[i], false)) {
        out.push_back(*std::move(way));
      }
    }
  }
  std::stable_sort(out.begin(), out.end(), [](const Relaxation& a, const Relaxation& b) {
    if (a.demand.authority != b.demand.authority) {
      return a.demand.authority < b.demand.authority;
    }
    if (a.to.has_value() != b.to.has_value()) {
      return a.to.has_value();
    }
    return a.to && (*a.to - a.demand.value).absolute() < (*b.to - b.demand.value).absolute();
  });
  return out;
}

}  // namespace jenjang::cascade
