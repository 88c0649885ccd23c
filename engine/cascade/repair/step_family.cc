#include "engine/cascade/repair/step_family.h"

#include <algorithm>

namespace jenjang::cascade {
namespace {

// Largest undecided step first; the members that are rounded together.
std::vector<std::size_t> coarsest(const StepRequest& request, std::span<const std::optional<Decimal>> cells) {
  std::vector<std::size_t> group;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (cells[i]) continue;
    if (!group.empty() && request.steps[i] > request.steps[group.front()]) group.clear();
    if (group.empty() || request.steps[i] == request.steps[group.front()]) group.push_back(i);
  }
  return group;
}

std::optional<Decimal> nearest_within(const StepRequest& request, std::size_t member, const Rational& share) {
  const Rational step(request.steps[member]);
  std::optional<Decimal> cell = nearest_step(share, request.steps[member]);
  if (!cell) return std::nullopt;
  // At most one step away: the share itself lies within the limits.
  if (request.lower[member] && Rational(*cell) < *request.lower[member])
    cell = nearest_step(Rational(*cell) + step, request.steps[member]);
  if (cell && request.upper[member] && Rational(*cell) > *request.upper[member])
    cell = nearest_step(Rational(*cell) - step, request.steps[member]);
  if (!cell || (request.lower[member] && Rational(*cell) < *request.lower[member])) return std::nullopt;
  return cell;
}

// The last group: its members together keep the law beside what stands.
bool round_last(const StepRequest& request, std::span<const std::size_t> group, std::span<const Rational> shares,
                std::vector<std::optional<Decimal>>& cells) {
  const std::vector<HandMember>& members = request.family.members;
  std::vector<std::string> names;
  for (const std::size_t i : group)
    names.push_back(request.model.unit(members[i].node).path + " " + request.model.item(members[i].node).code);
  const std::vector<std::string_view> keys(names.begin(), names.end());
  std::vector<Rational> exact, weights;
  std::vector<std::optional<Rational>> lower, upper;
  MeanLaw law = request.family.law(request.model, request.wanted);
  bool plain_sum = law.rounding.mode == RoundingMode::exact;
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (cells[i]) law.fixed += members[i].weight * Rational(*cells[i]);
  }
  for (const std::size_t i : group) {
    exact.push_back(shares[i]);
    weights.push_back(members[i].weight);
    lower.push_back(request.lower[i]);
    upper.push_back(request.upper[i]);
    plain_sum = plain_sum && members[i].weight == Rational(1);
  }
  const Rounds rounds{exact, request.steps[group.front()], {}, keys, lower, upper};
  std::vector<Decimal> rounded;
  if (plain_sum) {
    std::optional<std::vector<Decimal>> parts = round_to_total(rounds, Rational(request.wanted) - law.fixed);
    if (!parts) return false;
    rounded = *std::move(parts);
  } else {
    law.weights = weights;
    std::optional<MeanRounding> mean = round_to_mean(rounds, law, false);
    if (!mean || !mean->holds) return false;
    rounded = std::move(mean->cells);
  }
  for (std::size_t k = 0; k < group.size(); ++k) cells[group[k]] = rounded[k];
  return true;
}

}  // namespace

std::vector<Decimal> member_steps(const Model& model, const HandFamily& family, const Decimal& wanted) {
  const MeasureSpec& parent = model.item(family.parent).spec;
  int places = wanted.scale();
  for (const HandMember& member : family.members) places = std::max(places, member.value.scale());
  if (parent.aggregation != Aggregation::sum && parent.rounding.mode != RoundingMode::exact)
    places = std::max(places, parent.rounding.places);
  std::vector<Decimal> steps;
  for (const HandMember& member : family.members) {
    const Decimal& own = model.item(member.node).spec.step;
    steps.push_back(family.step ? *family.step : own.sign() > 0 ? own : unit_step(places));
  }
  return steps;
}

std::optional<std::vector<Decimal>> step_family(const StepRequest& request) {
  const std::vector<HandMember>& members = request.family.members;
  std::vector<std::optional<Decimal>> cells(members.size());
  std::vector<std::optional<Rational>> standing(members.size());
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (!members[i].locked()) continue;
    cells[i] = members[i].value;
    standing[i] = Rational(members[i].value);
  }
  while (true) {
    const std::vector<std::size_t> group = coarsest(request, cells);
    if (group.empty()) break;
    const std::optional<std::vector<Rational>> shares = request.shares(standing);
    if (!shares) return std::nullopt;
    const auto undecided = static_cast<std::size_t>(std::count(cells.begin(), cells.end(), std::nullopt));
    if (group.size() == undecided) {
      if (!round_last(request, group, *shares, cells)) return std::nullopt;
      break;
    }
    for (const std::size_t i : group) {
      cells[i] = nearest_within(request, i, (*shares)[i]);
      if (!cells[i]) return std::nullopt;
      standing[i] = Rational(*cells[i]);
    }
  }
  std::vector<Decimal> figures;
  figures.reserve(cells.size());
  for (const std::optional<Decimal>& cell : cells) figures.push_back(*cell);
  return figures;
}

}  // namespace jenjang::cascade
