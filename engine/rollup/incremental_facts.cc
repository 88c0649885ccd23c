#include "engine/rollup/incremental_facts.h"

#include <algorithm>
#include <utility>

#include "engine/rollup/engine.h"
#include "engine/rollup/large_pages.h"

namespace jenjang::rollup {
namespace {

bool is_before(const std::pair<Period, std::size_t>& entry, Period period) {
  return entry.first < period;
}

}  // namespace

LiveFacts::LiveFacts(const Model& model, Facts facts, const TargetTable& targets)
    : model_(model), facts_(std::move(facts)) {
  compact();
  digest();
  for (const TargetCell& cell : targets.cells) {
    const auto place = std::lower_bound(target_periods_.begin(), target_periods_.end(), cell.period);
    if (place == target_periods_.end() || *place != cell.period) target_periods_.insert(place, cell.period);
  }
  for (const Fact& fact : facts_.facts) count(facts_.observation(fact), +1);
  periods_changed_ = false;
}

void LiveFacts::count(const Observation& observation, std::ptrdiff_t by) {
  auto place = std::lower_bound(facts_about_.begin(), facts_about_.end(), observation.period, is_before);
  if (place == facts_about_.end() || place->first != observation.period) {
    place = facts_about_.insert(place, {observation.period, 0});
  }
  const bool was = place->second > 0;
  place->second += static_cast<std::size_t>(by);  // modulo 2^n, and never below nought in sum
  if (was != (place->second > 0)) periods_changed_ = true;
  if (differs_by_lane(observation)) differing_ += static_cast<std::size_t>(by);
}

PeriodGrid LiveFacts::grid() const {
  std::vector<Period> periods = target_periods_;
  for (const auto& [period, facts] : facts_about_) {
    if (facts > 0) periods.push_back(period);
  }
  return PeriodGrid(periods);
}

std::span<Fact> LiveFacts::list_of(NodeId node) {
  if (!facts_.revised.empty()) {
    if (const auto found = facts_.revised.find(node.value()); found != facts_.revised.end()) return found->second;
  }
  if (node.index() + 1 >= facts_.fact_begin.size()) return {};
  const std::size_t first = facts_.fact_begin[node.index()];
  return std::span(facts_.facts).subspan(first, facts_.fact_begin[node.index() + 1] - first);
}

std::vector<Fact>& LiveFacts::revised(NodeId node) {
  const std::span<Fact> list = list_of(node);
  const auto [found, is_new] = facts_.revised.try_emplace(node.value());
  if (is_new) found->second.assign(list.begin(), list.end());
  return found->second;
}

void LiveFacts::digest() {
  move_to_large(facts_.facts);
  move_to_large(facts_.fact_begin);
  digests_.clear();
  reserve_large(digests_, facts_.facts.size());
  for (Fact& fact : facts_.facts) {
    const Observation& observation = facts_.observation(fact);
    fact.value = observation.number.to_double();
    digests_.push_back(digest_of(model_.item(fact.node), observation));
  }
}

std::size_t LiveFacts::bound_place(NodeId node, Period period) const {
  if (node.index() + 1 >= facts_.fact_begin.size()) return digests_.size();
  if (!facts_.revised.empty() && facts_.revised.contains(node.value())) return digests_.size();
  const auto first = digests_.begin() + facts_.fact_begin[node.index()];
  const auto last = digests_.begin() + facts_.fact_begin[node.index() + 1];
  const auto found =
      std::find_if(first, last, [period](const FactDigest& digest) { return !(digest.period < period); });
  if (found == last || found->period != period) return digests_.size();
  if (found + 1 != last && (found + 1)->period == period) return digests_.size();
  return static_cast<std::size_t>(found - digests_.begin());
}

void LiveFacts::expect_place(NodeId node) const {
  if (node.index() < facts_.fact_begin.size()) __builtin_prefetch(&facts_.fact_begin[node.index()]);
}

void LiveFacts::expect_list(NodeId node) const {
  if (node.index() + 1 >= facts_.fact_begin.size()) return;
  const std::size_t first = facts_.fact_begin[node.index()], last = facts_.fact_begin[node.index() + 1];
  if (first == last) return;
  // A year of months, four facts to a line; whoever has more waits for the rest.
  constexpr std::size_t kMost = 12;
  for (std::size_t at = first; at < std::min(last, first + kMost); at += 4) __builtin_prefetch(&facts_.facts[at]);
  __builtin_prefetch(&facts_.facts[last - 1]);
  __builtin_prefetch(&digests_[first]);
  __builtin_prefetch(&digests_[last - 1]);
}

void LiveFacts::expect_observation(NodeId node, Period period) const {
  const std::size_t place = bound_place(node, period);
  if (place == digests_.size()) return;
  const auto* const observation = reinterpret_cast<const char*>(&facts_.observations[facts_.facts[place].observation]);
  constexpr std::size_t kLine = 64;
  for (std::size_t at = 0; at < sizeof(Observation); at += kLine) __builtin_prefetch(observation + at, 1);
}

bool LiveFacts::set(NodeId node, Observation observation) {
  if (const std::size_t place = bound_place(node, observation.period); place < digests_.size()) {
    // In place: the period stays, so that nothing is counted but a fact by which the lanes begin to differ or cease to.
    Fact& fact = facts_.facts[place];
    const FactDigest before = std::exchange(digests_[place], digest_of(model_.item(node), observation));
    if (digests_[place].differs) ++differing_;
    if (before.differs) --differing_;
    fact.value = observation.number.to_double();
    facts_.observations[fact.observation] = std::move(observation);
    return false;
  }
  const std::span<Fact> list = list_of(node);
  const auto is_earlier = [this](const Fact& fact, Period period) { return facts_.observation(fact).period < period; };
  const auto place = std::lower_bound(list.begin(), list.end(), observation.period, is_earlier);
  const bool known = place != list.end() && facts_.observation(*place).period == observation.period;
  const auto next = known ? place + 1 : place;
  const bool twice = next != list.end() && known && facts_.observation(*next).period == observation.period;
  if (known && !twice) {
    Observation& kept = facts_.observations[place->observation];
    count(observation, +1);  // before the old one leaves, so that the period does not seem to go
    count(kept, -1);
    place->value = observation.number.to_double();
    kept = std::move(observation);
    return false;
  }
  count(observation, +1);
  if (twice) withdraw(node, observation.period);
  std::vector<Fact>& own = revised(node);
  const auto at = std::lower_bound(own.begin(), own.end(), observation.period, is_earlier);
  own.insert(at, {node, static_cast<std::uint32_t>(facts_.observations.size()), observation.number.to_double()});
  facts_.observations.push_back(std::move(observation));
  return !known;
}

bool LiveFacts::withdraw(NodeId node, Period period) {
  const auto is_about = [this, period](const Fact& fact) { return facts_.observation(fact).period == period; };
  const std::span<Fact> list = list_of(node);
  if (std::none_of(list.begin(), list.end(), is_about)) return false;
  std::vector<Fact>& own = revised(node);
  for (const Fact& fact : own) {
    if (is_about(fact)) count(facts_.observation(fact), -1);
  }
  std::erase_if(own, is_about);
  return true;
}

void LiveFacts::compact() {
  if (facts_.revised.empty()) return;
  const std::size_t nodes = facts_.fact_begin.empty() ? 0 : facts_.fact_begin.size() - 1;
  std::size_t last = nodes;
  for (const auto& [node, list] : facts_.revised) last = std::max(last, static_cast<std::size_t>(node) + 1);
  std::vector<Fact> merged;
  merged.reserve(facts_.facts.size());
  std::vector<std::uint32_t> begin;
  begin.reserve(last + 1);
  for (std::size_t node = 0; node < last; ++node) {
    begin.push_back(static_cast<std::uint32_t>(merged.size()));
    const std::span<const Fact> list = facts_.of(NodeId::from_index(node));
    merged.insert(merged.end(), list.begin(), list.end());
  }
  begin.push_back(static_cast<std::uint32_t>(merged.size()));
  facts_.facts = std::move(merged);
  facts_.fact_begin = std::move(begin);
  facts_.revised.clear();
  digest();
}

}  // namespace jenjang::rollup
