#include "engine/cascade/families/family_members.h"

#include <algorithm>

#include "engine/cascade/time/unit_life.h"

namespace jenjang::cascade {

using What = FamilyRefusal::What;

const TargetCell* FamilyMembers::standing(NodeId child) const {
  const TargetCell* cell = store_.find(child, parent_.period);
  return cell != nullptr && stands_against(model_, *cell, parent_.state) ? cell : nullptr;
}

bool FamilyMembers::is_member(std::size_t child) const {
  const NodeId node = setup_.family->children[child];
  return !store_.is_left_out(node, parent_.period) && model_.unit(node).exists_in(parent_.period) &&
         weight_in(model_, setup_, child, parent_.period).has_value();
}

Rational FamilyMembers::tie_weight(std::size_t child) const {
  return weight_in(model_, setup_, child, parent_.period).value_or(Rational());
}

std::optional<FamilyRefusal> FamilyMembers::sort() {
  const Family& family = *setup_.family;
  for (std::size_t i = 0; i < family.children.size(); ++i) {
    if (!is_member(i)) {
      continue;
    }
    const TargetCell* cell = standing(family.children[i]);
    if (cell == nullptr) {
      if (has_room(model_, family.children[i], parent_.period)) {
        free.push_back(i);
      }
      continue;
    }
    held.push_back(i);
    if (const Decimal* number = cell->target.number()) {
      fix(family.children[i], i, *number, tie_weight(i), *cell);
    } else if (setup_.aggregation != Aggregation::leaf) {
      FamilyRefusal refusal = refuse(What::outsider_without_target);
      refusal.blamed.push_back(family.children[i]);
      return refusal;
    }
  }
  for (const Outsider& outsider : setup_.outsiders) {
    const std::optional<Rational> weight = weight_in(model_, outsider, parent_.period);
    if (!weight) {
      continue;
    }
    const TargetCell* cell = store_.find(outsider.node, parent_.period);
    const Decimal* number = cell == nullptr ? nullptr : cell->target.number();
    if (number == nullptr) {
      FamilyRefusal refusal = refuse(What::outsider_without_target);
      refusal.blamed.push_back(outsider.node);
      return refusal;
    }
    fix(outsider.node, std::nullopt, *number, *weight, *cell);
  }
  return std::nullopt;
}

void FamilyMembers::fix(NodeId node, std::optional<std::size_t> child, const Decimal& number, const Rational& weight,
                        const TargetCell& cell) {
  SourceSpan span = model_.node_span[node.index()];
  if (cell.statement != UINT32_MAX) {
    span = model_.statements[cell.statement].span;
  }
  fixed.push_back({node, child, Rational(number), weight, span});
  used_illustrative |= cell.illustrative;
  digits = std::max(digits, number.normalised().scale());
}

std::optional<FamilyRefusal> FamilyMembers::weigh() {
  weights = setup_.weights;
  for (std::size_t i = 0; i < setup_.edges.size(); ++i) {
    weights[i] = tie_weight(i);
  }
  if (setup_.aggregation == Aggregation::ratio) {
    if (std::optional<FamilyRefusal> refusal = weigh_by_denominators()) {
      return refusal;
    }
    if (alike_without_weights) {
      return std::nullopt;
    }
  }
  if (setup_.aggregation == Aggregation::sum) {
    return std::nullopt;
  }
  Rational sum;
  for (const std::size_t child : free) {
    sum += weights[child];
  }
  for (const FixedMember& member : fixed) {
    sum += member.weight;
  }
  if (sum.is_zero()) {
    return refuse(AllocationError::zero_denominator, Rational(*parent_.target.number()));
  }
  for (Rational& weight : weights) {
    weight /= sum;
  }
  for (FixedMember& member : fixed) {
    member.weight /= sum;
  }
  return std::nullopt;
}

std::optional<FamilyRefusal> FamilyMembers::weigh_by_denominators() {
  const Family& family = *setup_.family;
  const Rational target(*parent_.target.number());
  std::vector<const Family::PlannedDenominator*> planned(family.children.size(), nullptr);
  for (const Family::PlannedDenominator& denominator : family.denominators) {
    if (denominator.year == parent_.period.year() && denominator.child < planned.size()) {
      planned[denominator.child] = &denominator;
    }
  }
  FamilyRefusal missing = refuse(What::denominators_missing);
  missing.wanted = target;
  for (std::size_t i = 0; i < planned.size(); ++i) {
    if (planned[i] == nullptr && is_member(i)) {
      missing.blamed.push_back(family.children[i]);
    }
  }
  for (const FixedMember& member : fixed) {
    if (!member.child) {
      missing.blamed.push_back(member.node);
    }
  }
  if (!missing.blamed.empty()) {
    // The same ratio for all needs no denominator, as long as nobody is held elsewhere.
    const bool alike = setup_.method->gives_same(Aggregation::ratio);
    const bool nobody_differs =
        std::all_of(fixed.begin(), fixed.end(), [&target](const FixedMember& m) { return m.value == target; });
    if (alike && nobody_differs) {
      without_denominator = std::move(missing.blamed);
      alike_without_weights = true;
      return std::nullopt;
    }
    return missing;
  }
  for (std::size_t i = 0; i < planned.size(); ++i) {
    if (planned[i] == nullptr) {
      continue;  // left out
    }
    weights[i] = Rational(planned[i]->value) * tie_weight(i);
    used_illustrative |= planned[i]->illustrative;
  }
  for (FixedMember& member : fixed) {
    member.weight = weights[*member.child];
  }
  // A child without a denominator has no ratio: not applicable, no target.
  std::erase_if(free, [this](std::size_t child) { return weights[child].is_zero(); });
  return std::nullopt;
}

}  // namespace jenjang::cascade
