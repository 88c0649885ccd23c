// One family in one period as its children stand: weights, firm and all figures, and what would close a gap.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/cascade/calendar/alignment.h"
#include "engine/cascade/cell_store.h"
#include "engine/cascade/families/effective_statement.h"
#include "engine/cascade/families/family_setup.h"
#include "engine/cascade/families/refusal.h"
#include "engine/cascade/rounding/rounding.h"

namespace jenjang::cascade {

// A child, or a result from outside that counts in the parent's figure beside the children.
struct Member {
  NodeId node;
  bool is_child = true;
  bool left_out = false;
  Rational weight{1};
  const TargetCell* cell = nullptr;
  [[nodiscard]] const Decimal* number() const { return cell == nullptr ? nullptr : cell->target.number(); }
  [[nodiscard]] bool is_firm() const {
    return number() != nullptr && cell->state == StatementState::adopted && cell->origin != TargetOrigin::aligned;
  }
};

// A figure that nobody stated for that very year.
inline bool is_provisional(const TargetCell& cell) {
  return cell.origin == TargetOrigin::path || cell.origin == TargetOrigin::aligned;
}

inline bool is_mean(Aggregation aggregation) {
  return aggregation == Aggregation::weighted_mean || aggregation == Aggregation::ratio;
}

class Standing {
public:
  Standing(const Model& model, const FamilySetup& setup, const Alignment& alignment, const TargetCell& parent,
           const CellStore& store)
      : model_(model),
        setup_(setup),
        parent_(parent),
        spec_(model.item(parent.node).spec),
        refused_(alignment.is_refused(setup.id, parent.period)) {
    const Family& family = *setup.family;
    for (std::size_t i = 0; i < family.children.size(); ++i) {
      Member member;
      member.node = family.children[i];
      const std::optional<Rational> weight = weight_in(model, setup, i, parent.period);
      member.left_out = !weight || store.is_left_out(member.node, parent.period);
      member.weight = weight.value_or(Rational());
      member.cell = member.left_out ? nullptr : store.find(member.node, parent.period);
      members_.push_back(std::move(member));
    }
    if (setup.aggregation == Aggregation::ratio) {
      weigh_by_denominators();
    }
    for (const Outsider& outsider : setup.outsiders) {
      const std::optional<Rational> weight = weight_in(model, outsider, parent.period);
      if (!weight) {
        continue;
      }
      Member member;
      member.node = outsider.node;
      member.is_child = false;
      member.weight = *weight;
      member.cell = store.find(outsider.node, parent.period);
      known_weights_ &= setup.aggregation != Aggregation::ratio;
      members_.push_back(std::move(member));
    }
    // A ratio of nothing is no figure, and its part of the weights is none.
    if (setup.aggregation == Aggregation::ratio && known_weights_) {
      std::erase_if(members_, [](const Member& member) { return member.weight.is_zero(); });
    }
  }

  [[nodiscard]] FamilyStanding figures() const {
    FamilyStanding standing;
    standing.family = setup_.id;
    standing.period = parent_.period;
    standing.wanted = Rational(*parent_.target.number());
    Rational all;
    for (const Member& member : members_) {
      if (!member.is_child) {
        continue;
      }
      const Rational weight = is_mean(setup_.aggregation) && known_weights_ ? member.weight : Rational(1);
      ++standing.children;
      all += weight;
      if (member.is_firm()) {
        ++standing.firm_children;
        standing.firm_weight += weight;
      }
      standing.provisional |= member.left_out || (member.cell != nullptr && is_provisional(*member.cell));
    }
    standing.provisional |= refused_;
    standing.firm_weight = all.is_zero() ? Rational() : standing.firm_weight / all;
    standing.firm = aggregate([](const Member& member) { return member.is_firm(); });
    standing.whole = whole();
    return standing;
  }

  // The figure of all; empty while one of them has none.
  [[nodiscard]] std::optional<Rational> whole() const {
    const bool missing = std::any_of(members_.begin(), members_.end(), [](const Member& member) {
      return !member.left_out && member.number() == nullptr;
    });
    return missing || refused_ ? std::nullopt : aggregate([](const Member&) { return true; });
  }

  // What one more unit of the member's figure makes of the parent's; empty where that is no straight line.
  [[nodiscard]] std::optional<Rational> pull(const Member& member) const {
    const bool linear = setup_.aggregation == Aggregation::sum || (is_mean(setup_.aggregation) && known_weights_);
    if (!linear) {
      return std::nullopt;
    }
    Rational weight = member.weight * factor();
    if (is_mean(setup_.aggregation)) {
      Rational sum;
      for (const Member& other : members_) {
        sum += other.number() != nullptr ? other.weight : Rational();
      }
      if (sum.is_zero()) {
        return std::nullopt;
      }
      weight /= sum;
    }
    return weight.is_zero() ? std::nullopt : std::optional(weight);
  }

  // Whether the figure falls short of the wanted one in the direction that matters, as it is printed.
  [[nodiscard]] bool misses(const Rational& figure) const {
    MeanLaw law;
    law.wanted = *parent_.target.number();
    if (setup_.aggregation != Aggregation::sum) {
      law.rounding = spec_.rounding;
    }
    if (law.holds(figure)) {
      return false;
    }
    const Rational wanted(law.wanted);
    if (spec_.polarity == Polarity::higher) {
      return figure < wanted;
    }
    return spec_.polarity != Polarity::lower || figure > wanted;
  }

  // The changes, each alone enough, that bring the parent from `figure` to its target.
  template <class Choice>
  [[nodiscard]] std::string ways(const Rational& figure, Choice&& may_move) const {
    std::vector<std::pair<const Member*, Rational>> moves;
    for (const Member& member : members_) {
      const std::optional<Rational> weight = pull(member);
      if (member.is_child && member.number() != nullptr && weight && may_move(member)) {
        moves.emplace_back(&member, (Rational(*parent_.target.number()) - figure) / *weight);
      }
    }
    // The smallest change first: there is most to agree on with the heaviest child.
    std::sort(moves.begin(), moves.end(), [this](const auto& a, const auto& b) {
      const Rational left = a.second.absolute();
      const Rational right = b.second.absolute();
      return left != right ? left < right : model_.address(a.first->node) < model_.address(b.first->node);
    });
    std::string text;
    for (std::size_t k = 0; k < moves.size() && k < kShown; ++k) {
      const auto& [member, change] = moves[k];
      const int places = std::max(model_.item(member->node).spec.rounding.places, member->number()->scale());
      const Decimal size = round(change.absolute(), {RoundingMode::ceiling, std::min(places, Decimal::kMaxScale)});
      text += (k == 0 ? "" : ", ") + model_.address(member->node) + (change.sign() < 0 ? " -" : " +") +
              size.normalised().to_string();
    }
    return text.empty() ? "-" : text;
  }

  // As the parent prints it; a sum as it is.
  [[nodiscard]] std::string printed(const Rational& value) const {
    if (setup_.aggregation == Aggregation::sum || spec_.rounding.mode == RoundingMode::exact) {
      return figure(value);
    }
    return round(value, spec_.rounding).to_string();
  }

  [[nodiscard]] const std::vector<Member>& members() const { return members_; }

private:
  static constexpr std::size_t kShown = 5;  // names in one sentence

  // A ratio's children are stated in the unit of their parent.
  [[nodiscard]] Rational factor() const {
    return setup_.aggregation == Aggregation::ratio ? Rational(1) : Rational(spec_.factor);
  }

  void weigh_by_denominators() {
    std::vector<bool> known(members_.size(), false);
    for (const Family::PlannedDenominator& planned : setup_.family->denominators) {
      if (planned.year == parent_.period.year() && planned.child < members_.size()) {
        members_[planned.child].weight = Rational(planned.value) * members_[planned.child].weight;
        known[planned.child] = true;
      }
    }
    known_weights_ = std::find(known.begin(), known.end(), false) == known.end();
  }

  template <class Choice>
  [[nodiscard]] std::optional<Rational> aggregate(Choice&& counts) const {
    Rational sum, weights;
    std::optional<Rational> least, most;
    for (const Member& member : members_) {
      if (member.number() == nullptr || !counts(member)) {
        continue;
      }
      const Rational value(*member.number());
      sum += member.weight * value;
      weights += member.weight;
      least = least ? std::min(*least, value) : value;
      most = most ? std::max(*most, value) : value;
    }
    if (!least) {
      return std::nullopt;
    }
    switch (setup_.aggregation) {
      case Aggregation::sum:
        return sum * factor();
      case Aggregation::weighted_mean:
      case Aggregation::ratio:
        if (!known_weights_) {
          // One figure for all is their mean whatever the weights.
          return *least == *most ? std::optional(*least * factor()) : std::nullopt;
        }
        return weights.is_zero() ? std::nullopt : std::optional(sum / weights * factor());
      case Aggregation::minimum:
        return *least * factor();
      case Aggregation::maximum:
        return *most * factor();
      default:
        return std::nullopt;  // no arithmetic ties the children to the parent
    }
  }

  const Model& model_;
  const FamilySetup& setup_;
  const TargetCell& parent_;
  const MeasureSpec& spec_;
  bool refused_ = false;
  bool known_weights_ = true;
  std::vector<Member> members_;
};

}  // namespace jenjang::cascade
