// Allocation methods against slow solutions that know nothing of rays: enumeration, closed forms.
#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/property/drawn_family.h"

namespace jenjang {
namespace cascade_methods_oracle_test {

using testing::draw;
using testing::draw_limits;
using testing::Drawn;
using testing::family;
using testing::kNames;
using testing::Limits;
using testing::near;
using testing::shares_of;
using testing::within_reach;

// min sum (x - p)^2 / (2 v) with sum a x = T and l <= x <= u, by trying every choice of children at
// their lower limit, at their upper limit, or free; among the choices that fit, the least cost.
struct Quadratic {
  const AllocationProblem& problem;
  std::vector<Rational> priors, v;

  [[nodiscard]] std::optional<std::vector<Rational>> solve() const {
    const std::size_t n = priors.size();
    std::size_t choices = 1;
    for (std::size_t i = 0; i < n; ++i) {
      choices *= 3;
    }
    std::optional<std::vector<Rational>> best;
    Rational best_cost;
    for (std::size_t code = 0; code < choices; ++code) {
      const std::optional<std::vector<Rational>> x = at(code);
      if (!x) {
        continue;
      }
      Rational cost;
      for (std::size_t i = 0; i < n; ++i) {
        if (!v[i].is_zero()) {
          const Rational off = (*x)[i] - priors[i];
          cost += off * off / v[i];
        }
      }
      if (!best || cost < best_cost) {
        best = x;
        best_cost = cost;
      }
    }
    return best;
  }

private:
  [[nodiscard]] std::optional<std::vector<Rational>> at(std::size_t code) const {
    const std::size_t n = priors.size();
    std::vector<Rational> x(n);
    std::vector<bool> moves(n);
    Rational left = problem.target, pull;
    for (std::size_t i = 0; i < n; ++i, code /= 3) {
      const std::optional<Rational>& lower = problem.lower[i];
      const std::optional<Rational>& upper = problem.upper[i];
      x[i] = priors[i];
      if (v[i].is_zero()) {  // frozen: as near to its prior as the limits allow
        if (code % 3 != 0) {
          return std::nullopt;
        }
        x[i] = lower && *lower > x[i] ? *lower : x[i];
        x[i] = upper && *upper < x[i] ? *upper : x[i];
      } else if (code % 3 == 0) {
        moves[i] = true;
        pull += problem.weights[i] * problem.weights[i] * v[i];
      } else {
        const std::optional<Rational>& limit = code % 3 == 1 ? lower : upper;
        if (!limit) {
          return std::nullopt;
        }
        x[i] = *limit;
      }
      left -= problem.weights[i] * x[i];
    }
    if (pull.is_zero() != left.is_zero() && pull.is_zero()) {
      return std::nullopt;
    }
    for (std::size_t i = 0; i < n; ++i) {
      if (moves[i] && !left.is_zero()) {
        x[i] += left / pull * v[i] * problem.weights[i];
      }
      if ((problem.lower[i] && x[i] < *problem.lower[i]) || (problem.upper[i] && x[i] > *problem.upper[i])) {
        return std::nullopt;
      }
    }
    return x;
  }
};

RC_GTEST_PROP(Methods, ABoundedSpreadIsTheLeastChange, ()) {
  const std::string_view method =
      *rc::gen::element<std::string_view>("geser", "skala", "kuadrat-terkecil", "rata", "proporsional", "entropi");
  Drawn drawn = family(method, 5, true);
  if (method == "entropi") {  // coincides with v = p where all weights are one
    drawn.problem.aggregation = Aggregation::sum;
    drawn.problem.weights.assign(drawn.problem.weights.size(), Rational(1));
  }
  // The slow solution says by itself what is out of reach.
  if (*rc::gen::inRange(0, 2) == 0) {
    drawn = within_reach(drawn);
  }
  Quadratic slow{drawn.problem, {}, {}};
  for (std::size_t i = 0; i < drawn.problem.weights.size(); ++i) {
    const Rational& a = drawn.problem.weights[i];
    const bool from_nothing = method == "rata" || method == "proporsional";
    slow.priors.push_back(from_nothing ? Rational() : *drawn.problem.baselines[i]);
    // x = p + m v a: v a is 1 for the same step, p for the same factor, a for least squares, w / a for parts.
    slow.v.push_back(method == "geser" || method == "rata" ? Rational(1) / a
                     : method == "kuadrat-terkecil"        ? Rational(1)
                     : method == "proporsional"            ? drawn.problem.drivers[i] / (a * a)
                                                           : *drawn.problem.baselines[i] / a);
  }
  const std::vector<Rational> shares = shares_of(drawn);
  const std::optional<std::vector<Rational>> expected = slow.solve();
  RC_CLASSIFY(expected.has_value(), "met");
  if (!expected) {
    RC_ASSERT(shares.empty());
    return;
  }
  // Figures below nothing are refused where least squares alone would go on; shifts may lead there.
  const bool below_nothing =
      std::any_of(expected->begin(), expected->end(), [](const Rational& x) { return x.sign() < 0; });
  if (below_nothing && method != "geser" && method != "kuadrat-terkecil") {
    RC_ASSERT(shares.empty());
    return;
  }
  RC_ASSERT(shares == *expected);
}

RC_GTEST_PROP(Methods, TheConflictIsTheSmallest, ()) {
  const std::string_view method = *rc::gen::element<std::string_view>("rata", "proporsional", "geser", "skala", "sama",
                                                                      "kuadrat-terkecil", "tutup-selisih", "entropi");
  Drawn drawn = family(method, 8, false);
  // Floors (caps) for nearly everyone, and a target below (above) what they add up to.
  const bool floors = *rc::gen::inRange(0, 2) == 0;
  Rational sum;
  for (const Rational& weight : drawn.problem.weights) {
    const bool limited = *rc::gen::inRange(0, 12) != 11;
    const std::optional<Rational> limit = limited ? std::optional(draw(0, 1000, 10)) : std::nullopt;
    drawn.problem.lower.push_back(floors ? limit : std::nullopt);
    drawn.problem.upper.push_back(floors ? std::nullopt : limit);
    sum += limit ? weight * *limit : Rational();
  }
  drawn.problem.target = floors ? sum * draw(0, 16, 16) : sum * draw(17, 40, 16);
  const AllocationResult result = drawn.run();
  RC_PRE(std::holds_alternative<AllocationFailure>(result));
  const std::vector<std::size_t> blamed = std::get<AllocationFailure>(result).children;
  const std::size_t n = drawn.problem.weights.size();
  const auto refused_with = [&](std::size_t kept) {
    Drawn part = drawn;
    for (std::size_t i = 0; i < n; ++i) {
      if ((kept >> i & 1U) == 0) {
        part.problem.lower[i].reset();
        part.problem.upper[i].reset();
      }
    }
    // Limits may also bring a target within reach from the other side; that is another conflict.
    const AllocationResult found = part.run();
    const AllocationFailure* const refused = std::get_if<AllocationFailure>(&found);
    return refused != nullptr && refused->too_low == std::get<AllocationFailure>(result).too_low;
  };
  std::size_t own = 0;
  for (const std::size_t child : blamed) {
    own |= std::size_t{1} << child;
  }
  RC_ASSERT(refused_with(own));
  for (std::size_t kept = 0; kept < std::size_t{1} << n; ++kept) {
    if (static_cast<std::size_t>(__builtin_popcountll(kept)) < blamed.size()) {
      RC_ASSERT(!refused_with(kept));
    }
  }
  RC_CLASSIFY(blamed.size() >= 2, "two or more");
}

// Demands that each of them alone does not break the target, counted from nothing.
RC_GTEST_PROP(Methods, AnOvershootingFloorNamesTheFewestDemands, ()) {
  Drawn drawn = family("lantai-selisih", 8, false);
  drawn.problem.target = draw(0, 600, 10);
  drawn.problem.polarity = Polarity::higher;
  const AllocationResult result = drawn.run();
  const AllocationFailure* const failure = std::get_if<AllocationFailure>(&result);
  RC_PRE((failure != nullptr && failure->error == AllocationError::floor_overshoots));
  const Rational& floor = *drawn.problem.parameters[1].number;
  std::vector<Rational> demands;
  for (std::size_t i = 0; i < drawn.problem.weights.size(); ++i) {
    demands.push_back(drawn.problem.weights[i] * std::max(floor, *drawn.problem.baselines[i]));
  }
  const auto given = [&](std::size_t kept) {
    Rational sum;
    for (std::size_t i = 0; i < demands.size(); ++i) {
      sum += (kept >> i & 1U) != 0 ? demands[i] : Rational();
    }
    return sum;
  };
  const std::size_t everyone = (std::size_t{1} << demands.size()) - 1;
  RC_ASSERT(failure->least == given(everyone));
  std::size_t own = 0;
  for (const std::size_t child : failure->children) {
    own |= std::size_t{1} << child;
  }
  RC_ASSERT(given(own) > drawn.problem.target);
  for (std::size_t kept = 0; kept <= everyone; ++kept) {
    RC_ASSERT((static_cast<std::size_t>(__builtin_popcountll(kept)) >= failure->children.size() ||
               given(kept) <= drawn.problem.target));
  }
}

// x = b + k max(0, g - b), k = (T - B) / sum of a max(0, g - b), straight from the reference facts.
RC_GTEST_PROP(Methods, GapClosingLimitedAtTheBaselineIsOneSided, ()) {
  Drawn drawn = family("tutup-selisih", 6, false);
  const bool up = *rc::gen::inRange(0, 2) == 0;
  const Rational frontier = draw(100, 800, 10);
  drawn.problem.parameters[0].number = frontier;
  drawn.problem.polarity = up ? Polarity::higher : Polarity::lower;
  (up ? drawn.problem.lower : drawn.problem.upper) = drawn.problem.baselines;
  drawn = within_reach(drawn);
  Rational start, open;
  std::vector<Rational> gaps;
  for (std::size_t i = 0; i < drawn.problem.weights.size(); ++i) {
    const Rational gap = frontier - *drawn.problem.baselines[i];
    gaps.push_back(gap.sign() == (up ? 1 : -1) ? gap : Rational());
    start += drawn.problem.weights[i] * *drawn.problem.baselines[i];
    open += drawn.problem.weights[i] * gaps.back();
  }
  const Rational need = drawn.problem.target - start;
  const std::vector<Rational> shares = shares_of(drawn);
  RC_CLASSIFY(!shares.empty(), "met");
  const bool reachable = open.is_zero() ? need.is_zero() : (need / open).sign() >= 0 && need / open <= Rational(1);
  RC_ASSERT(reachable == !shares.empty());
  for (std::size_t i = 0; i < shares.size(); ++i) {
    const Rational moved = open.is_zero() ? Rational() : need / open * gaps[i];
    RC_ASSERT(shares[i] == *drawn.problem.baselines[i] + moved);
  }
}

// Between its limits every child has closed the same share of its way in logarithms, or moved by the
// same pull per unit of weight. A share is written to 10^-18, so that of a very small one the logarithm
// is known only as far as its last place tells.
RC_GTEST_PROP(Methods, CurvesMoveAllFreeChildrenAlike, ()) {
  const std::string_view method = *rc::gen::element<std::string_view>("geometris", "entropi");
  const Drawn drawn = within_reach(family(method, 6, true));
  const std::vector<Rational> shares = shares_of(drawn);
  RC_PRE(!shares.empty());
  std::optional<double> common;
  double common_doubt = 0;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    const AllocationProblem& problem = drawn.problem;
    const bool limited =
        (problem.lower[i] && shares[i] == *problem.lower[i]) || (problem.upper[i] && shares[i] == *problem.upper[i]);
    if (limited || shares[i].sign() == 0) {
      continue;
    }
    const double way = std::log(shares[i].to_double() / problem.baselines[i]->to_double());
    const double whole = method == "entropi"
                             ? problem.weights[i].to_double()
                             : std::log(problem.parameters[0].number->to_double() / problem.baselines[i]->to_double());
    const double share = way / whole;
    const double doubt = 1e-18 / shares[i].to_double() / std::abs(whole);
    RC_ASSERT((!common || std::abs(share - *common) <= 1e-6 * (1 + std::abs(share)) + doubt + common_doubt));
    common = share;
    common_doubt = doubt;
  }
}

RC_GTEST_PROP(Methods, SameFigureUnderAMinimumOrMaximum, ()) {
  Drawn drawn = family("sama", 5, true);
  const bool lowest = *rc::gen::inRange(0, 2) == 0;
  drawn.problem.aggregation = lowest ? Aggregation::minimum : Aggregation::maximum;
  const Rational& target = drawn.problem.target;
  // Some x within the limits has its minimum (maximum) at T exactly when everyone can stand on the far
  // side of T and someone on T itself.
  bool all_beyond = true, one_at = false;
  for (std::size_t i = 0; i < drawn.problem.weights.size(); ++i) {
    const std::optional<Rational>& lower = drawn.problem.lower[i];
    const std::optional<Rational>& upper = drawn.problem.upper[i];
    all_beyond &= lowest ? !upper || *upper >= target : !lower || *lower <= target;
    one_at |= (!lower || *lower <= target) && (!upper || *upper >= target);
  }
  const std::vector<Rational> shares = shares_of(drawn);
  RC_ASSERT((shares.empty() == !(all_beyond && one_at)));
  RC_PRE(!shares.empty());
  RC_ASSERT(target == (lowest ? *std::min_element(shares.begin(), shares.end())
                              : *std::max_element(shares.begin(), shares.end())));
}

RC_GTEST_PROP(Methods, ChoosesTheFewestAndOnlyAddsForMore, ()) {
  AllocationProblem problem;
  problem.aggregation = Aggregation::share_meeting;
  const auto n = static_cast<std::size_t>(*rc::gen::inRange(1, 9));
  const int held = *rc::gen::inRange(0, 4);
  const int held_meeting = *rc::gen::inRange(0, held + 1);
  const Rational each(1, static_cast<std::int64_t>(n) + held);
  problem.already_met = each * Rational(held_meeting);
  for (std::size_t i = 0; i < n; ++i) {
    problem.weights.push_back(each);
    problem.keys.push_back(kNames[i]);
    problem.baselines.emplace_back(draw(0, 100));
    problem.drivers.push_back(draw(0, 10));
  }
  draw_limits(problem, n);
  problem.parameters.push_back({"ambang", draw(40, 90), {}});
  if (*rc::gen::inRange(0, 2) == 1) {
    problem.parameters.push_back({"urut", {}, "pemacu"});
  }
  const AllocationMethod& method = *find_allocation_method("pilih");
  const Rational& mark = *problem.parameters[0].number;
  std::vector<bool> before(n, false);
  bool refused = false;
  for (int twelfths = 0; twelfths <= 12; ++twelfths) {
    problem.target = Rational(twelfths, 12);
    const AllocationResult result = method.allocate(problem);
    const Allocation* const found = std::get_if<Allocation>(&result);
    refused |= found == nullptr;
    RC_ASSERT(refused == (found == nullptr));  // once out of reach, for good
    if (found == nullptr) {
      continue;
    }
    Rational met = problem.already_met;
    std::size_t count = 0;
    for (std::size_t i = 0; i < n; ++i) {
      RC_ASSERT((found->chosen[i] || !before[i]));
      if (found->chosen[i]) {
        RC_ASSERT(found->shares[i] >= mark);
        RC_ASSERT((!problem.upper[i] || found->shares[i] <= *problem.upper[i]));
        met += each;
        ++count;
      }
    }
    RC_ASSERT(met >= problem.target);
    RC_ASSERT((count == 0 || met - each < problem.target));  // one fewer would not do
    before = found->chosen;
  }
}

}  // namespace cascade_methods_oracle_test
}  // namespace jenjang
