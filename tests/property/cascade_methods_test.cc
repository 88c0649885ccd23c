// Laws of the allocation methods themselves, before rounding: exact sums, limits, symmetry, scale,
// monotony.
#include <algorithm>
#include <gtest/gtest.h>
#include <numeric>
#include <rapidcheck/gtest.h>

#include "tests/property/drawn_family.h"

namespace jenjang {
namespace cascade_methods_test {

using testing::aggregate;
using testing::any_family;
using testing::draw;
using testing::Drawn;
using testing::is_curve;
using testing::Limits;
using testing::near;
using testing::same_shares;
using testing::shares_of;

RC_GTEST_PROP(Methods, TheTargetIsMetExactlyWithinLimits, ()) {
  const Drawn drawn = any_family();
  const std::vector<Rational> shares = shares_of(drawn);
  RC_CLASSIFY(!shares.empty(), "met");
  RC_PRE(!shares.empty());
  RC_TAG(std::string(drawn.method));
  RC_ASSERT(aggregate(drawn.problem, shares) == drawn.problem.target);
  const Allocation allocation = std::get<Allocation>(drawn.run());
  for (std::size_t i = 0; i < shares.size(); ++i) {
    // Limits of the problem, and those handed on to rounding, which may be narrower but never wider.
    RC_ASSERT((!drawn.problem.lower[i] || shares[i] >= *drawn.problem.lower[i]));
    RC_ASSERT((!drawn.problem.upper[i] || shares[i] <= *drawn.problem.upper[i]));
    RC_ASSERT((!drawn.problem.lower[i] || *allocation.lower.at(i) >= *drawn.problem.lower[i]));
    RC_ASSERT((!drawn.problem.upper[i] || *allocation.upper.at(i) <= *drawn.problem.upper[i]));
    RC_ASSERT((allocation.lower.empty() || !allocation.lower[i] || shares[i] >= *allocation.lower[i]));
    RC_ASSERT((allocation.upper.empty() || !allocation.upper[i] || shares[i] <= *allocation.upper[i]));
  }
}

template <typename T>
void permute(std::vector<T>& row, const std::vector<std::size_t>& order) {
  std::vector<T> moved;
  for (std::size_t i = 0; i < row.size(); ++i) {
    moved.push_back(row[order[i]]);
  }
  row = moved;
}

RC_GTEST_PROP(Methods, PermutedChildrenGivePermutedResults, ()) {
  const Drawn drawn = any_family();
  const std::size_t n = drawn.problem.weights.size();
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (std::size_t i = n; i > 1; --i) {
    std::swap(order[i - 1], order[static_cast<std::size_t>(*rc::gen::inRange<int>(0, static_cast<int>(i)))]);
  }
  Drawn other = drawn;
  permute(other.problem.weights, order);
  permute(other.problem.keys, order);
  permute(other.problem.baselines, order);
  permute(other.problem.drivers, order);
  permute(other.problem.lower, order);
  permute(other.problem.upper, order);
  const AllocationResult before = drawn.run();
  const AllocationResult after = other.run();
  RC_ASSERT(before.index() == after.index());
  if (const AllocationFailure* failure = std::get_if<AllocationFailure>(&before)) {
    std::vector<std::string_view> blamed, blamed_after;
    for (const std::size_t child : failure->children) {
      blamed.push_back(drawn.problem.keys[child]);
    }
    for (const std::size_t child : std::get<AllocationFailure>(after).children) {
      blamed_after.push_back(other.problem.keys[child]);
    }
    std::sort(blamed_after.begin(), blamed_after.end());
    RC_ASSERT(blamed == blamed_after);
    return;
  }
  for (std::size_t i = 0; i < n; ++i) {
    // Curves too: to the last bit.
    RC_ASSERT(std::get<Allocation>(after).shares[i] == std::get<Allocation>(before).shares[order[i]]);
  }
}

RC_GTEST_PROP(Methods, FeedingTheResultBackChangesNothing, ()) {
  const Drawn drawn = any_family();
  const std::vector<Rational> shares = shares_of(drawn);
  RC_PRE(!shares.empty());
  Drawn again = drawn;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    again.problem.baselines[i] = shares[i];
    again.problem.drivers[i] = drawn.problem.weights[i] * shares[i];
  }
  const std::string_view method = drawn.method;
  // No logarithm of a child that was brought down to nothing; no driver where everyone was.
  RC_PRE((method != "geometris" ||
          std::all_of(shares.begin(), shares.end(), [](const Rational& x) { return x.sign() > 0; })));
  const AllocationResult result = again.run();
  RC_ASSERT(std::holds_alternative<Allocation>(result));
  RC_ASSERT(std::get<Allocation>(result).shares == shares);
}

RC_GTEST_PROP(Methods, AFamilyInAnotherUnitScales, ()) {
  const Drawn drawn = any_family();
  const std::vector<Rational> shares = shares_of(drawn);
  RC_PRE(!shares.empty());
  const Rational k = draw(1, 50, 7);
  Drawn scaled = drawn;
  const auto all = [&k](Limits& row) {
    for (std::optional<Rational>& value : row) {
      if (value) {
        *value *= k;
      }
    }
  };
  scaled.problem.target *= k;
  all(scaled.problem.baselines);
  all(scaled.problem.lower);
  all(scaled.problem.upper);
  for (ParameterValue& parameter : scaled.problem.parameters) {
    *parameter.number *= k;
  }
  std::vector<Rational> expected = shares;
  for (Rational& share : expected) {
    share *= k;
  }
  same_shares(drawn, shares_of(scaled), expected);
}

RC_GTEST_PROP(Methods, ALargerTargetNeverLowersAChild, ()) {
  const Drawn drawn = any_family();
  const std::vector<Rational> shares = shares_of(drawn);
  Drawn larger = drawn;
  larger.problem.target += draw(0, 500, 10);
  const std::vector<Rational> more = shares_of(larger);
  RC_PRE((!shares.empty() && !more.empty()));
  for (std::size_t i = 0; i < shares.size(); ++i) {
    RC_ASSERT((more[i] >= shares[i] || (is_curve(drawn.method) && near(more[i], shares[i]))));
  }
}

}  // namespace cascade_methods_test
}  // namespace jenjang
