#include "engine/assess/reach_gains.h"

#include <algorithm>
#include <numeric>

namespace jenjang {
namespace {

class Counter {
public:
  Counter(const std::vector<Rational>& gains, std::vector<std::size_t> order, Rational need, bool strict,
          std::size_t kept, std::size_t steps)
      : gains_(gains), order_(std::move(order)), need_(std::move(need)), strict_(strict), kept_(kept), steps_(steps) {
    sums_.resize(order_.size() + 1);
    for (std::size_t i = 0; i < order_.size(); ++i) sums_[i + 1] = sums_[i] + gains_[order_[i]];
  }
  [[nodiscard]] bool suffices(const Rational& sum) const { return strict_ ? need_ < sum : need_ <= sum; }
  [[nodiscard]] const Rational& largest(std::size_t size) const { return sums_[size]; }

  FewestGains count(std::size_t size) {
    walk(0, size, Rational());
    return std::move(found_);
  }

private:
  // Members in falling order of gain: the next ones are the most that is left.
  void walk(std::size_t from, std::size_t left, const Rational& sum) {
    if (left == 0) {
      ++found_.count;
      if (found_.choices.size() < kept_) found_.choices.push_back(chosen_);
      return;
    }
    for (std::size_t i = from; i + left <= order_.size(); ++i) {
      if (!suffices(sum + sums_[i + left] - sums_[i])) return;
      if (steps_ == 0) {
        found_.count_is_least = true;
        return;
      }
      --steps_;
      chosen_.push_back(order_[i]);
      walk(i + 1, left - 1, sum + gains_[order_[i]]);
      chosen_.pop_back();
    }
  }

  const std::vector<Rational>& gains_;
  std::vector<std::size_t> order_;
  Rational need_;
  bool strict_;
  std::size_t kept_, steps_;
  std::vector<Rational> sums_;  // of the largest gains
  std::vector<std::size_t> chosen_;
  FewestGains found_;
};

}  // namespace

std::optional<FewestGains> fewest_gains(const std::vector<Rational>& gains, const Rational& need, bool strict,
                                        std::size_t kept, std::size_t steps) {
  std::vector<std::size_t> order(gains.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return gains[b] < gains[a]; });
  Counter counter(gains, order, need, strict, kept, steps);
  for (std::size_t size = 1; size <= gains.size(); ++size) {
    if (counter.suffices(counter.largest(size))) return counter.count(size);
  }
  return std::nullopt;
}

std::vector<std::size_t> best_quotient(const GainPair& base, const std::vector<GainPair>& members, bool up) {
  std::vector<std::size_t> chosen(members.size());
  std::iota(chosen.begin(), chosen.end(), std::size_t{0});
  std::optional<Rational> best;
  std::vector<std::size_t> kept;
  while (true) {
    GainPair sum = base;
    for (const std::size_t i : chosen) {
      sum.first += members[i].first;
      sum.second += members[i].second;
    }
    if (sum.second.sign() <= 0) return kept;
    const Rational quotient = sum.first / sum.second;
    if (best && (up ? quotient <= *best : *best <= quotient)) return kept;
    best = quotient;
    kept = chosen;
    chosen.clear();
    for (std::size_t i = 0; i < members.size(); ++i) {
      const int sign = (members[i].first - quotient * members[i].second).sign();
      if (up ? sign > 0 : sign < 0) chosen.push_back(i);
    }
  }
}

}  // namespace jenjang
