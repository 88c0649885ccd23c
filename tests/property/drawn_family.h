// Random families as an allocation method sees them, for laws that hold for every method.
#pragma once

#include <array>
#include <optional>
#include <rapidcheck.h>
#include <string_view>
#include <vector>

#include "jenjang/cascade/allocation.h"

namespace jenjang::testing {

using Limits = std::vector<std::optional<Rational>>;

constexpr std::array<std::string_view, 8> kNames{"a", "b", "c", "d", "e", "f", "g", "h"};

// Every method that solves sum a_i x_i = T.
constexpr std::array<std::string_view, 14> kSolving{
    "sama",  "rata",  "proporsional",     "bagian-tetap", "tutup-selisih", "pengangkatan", "lantai-selisih",
    "geser", "skala", "kuadrat-terkecil", "entropi",      "turun-bersama", "geometris",    "dua-arah"};

inline bool is_curve(std::string_view method) {
  return method == "entropi" || method == "geometris";
}
inline bool takes_mean(std::string_view method) {
  return method != "proporsional" && method != "bagian-tetap" && method != "turun-bersama" && method != "dua-arah";
}

inline Rational draw(int low, int high, int parts = 1) {
  return {*rc::gen::inRange(low, high), parts};
}

struct Drawn {
  std::string_view method;
  AllocationProblem problem;
  [[nodiscard]] AllocationResult run() const { return find_allocation_method(method)->allocate(problem); }
};

// Limits around 0..1000, on some children.
inline void draw_limits(AllocationProblem& problem, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) {
    const int kind = *rc::gen::inRange(0, 6);  // none in the smallest cases
    std::optional<Rational> lower, upper;
    if (kind >= 4) {
      lower = draw(0, 600, 10);
    }
    if (kind == 3 || kind == 5) {
      upper = (lower ? *lower : Rational()) + draw(0, 900, 10);
    }
    problem.lower.push_back(lower);
    problem.upper.push_back(upper);
  }
}

inline Drawn family(std::string_view method, std::size_t most_children, bool limited) {
  Drawn out;
  out.method = method;
  AllocationProblem& problem = out.problem;
  const auto n = static_cast<std::size_t>(*rc::gen::inRange(1, static_cast<int>(most_children) + 1));
  const bool mean = takes_mean(method) && (method == "sama" || *rc::gen::inRange(0, 2) == 1);
  problem.aggregation = mean ? Aggregation::weighted_mean : Aggregation::sum;
  Rational sum;
  for (std::size_t i = 0; i < n; ++i) {
    problem.weights.push_back(mean ? draw(1, 40) : Rational(1));
    sum += problem.weights.back();
    problem.keys.push_back(kNames[i]);
    problem.baselines.emplace_back(draw(1, 900, 10));
    problem.drivers.push_back(draw(i == 0 ? 1 : 0, 50));
  }
  for (std::size_t i = 0; mean && i < n; ++i) {
    problem.weights[i] /= sum;
  }
  if (limited) {
    draw_limits(problem, n);
  }
  if (method == "tutup-selisih" || method == "geometris" || method == "lantai-selisih") {
    problem.parameters.push_back({"batas_depan", draw(901, 1200, 10), {}});
  }
  if (method == "lantai-selisih") {
    problem.parameters.push_back({"lantai", draw(0, 1000, 10), {}});
  }
  if (method == "turun-bersama" || (method == "pengangkatan" && *rc::gen::inRange(0, 2) == 1)) {
    problem.polarity = Polarity::lower;
  }
  problem.target = draw(0, 1000, 10) * (mean ? Rational(1) : Rational(static_cast<std::int64_t>(n)));
  return out;
}

// Out of reach, the target is drawn again from within it.
inline Drawn within_reach(Drawn drawn) {
  const AllocationResult first = drawn.run();
  const AllocationFailure* const failure = std::get_if<AllocationFailure>(&first);
  if (failure != nullptr && (failure->least || failure->most)) {
    const Rational part = draw(0, 17, 16);
    if (failure->least && failure->most) {
      drawn.problem.target = *failure->least + (*failure->most - *failure->least) * part;
    } else {
      drawn.problem.target = failure->least ? *failure->least + part : *failure->most - part;
    }
  }
  return drawn;
}

inline Drawn any_family(bool limited = true) {
  const std::string_view method = kSolving[static_cast<std::size_t>(*rc::gen::inRange<int>(0, kSolving.size()))];
  return within_reach(family(method, 6, limited));
}

// The shares, or nothing when the family is refused; a refusal must be a refusal of bounds.
inline std::vector<Rational> shares_of(const Drawn& drawn) {
  const AllocationResult result = drawn.run();
  if (const AllocationFailure* failure = std::get_if<AllocationFailure>(&result)) {
    RC_ASSERT((failure->error == AllocationError::bounds || failure->error == AllocationError::floor_overshoots));
    return {};
  }
  return std::get<Allocation>(result).shares;
}

inline Rational aggregate(const AllocationProblem& problem, const std::vector<Rational>& shares) {
  Rational sum;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    sum += problem.weights[i] * shares[i];
  }
  return sum;
}

inline bool near(const Rational& a, const Rational& b) {
  return (a - b).absolute() <= Rational(1, 1'000'000'000) * (Rational(1) + a.absolute());
}
inline void same_shares(const Drawn& drawn, const std::vector<Rational>& a, const std::vector<Rational>& b) {
  RC_ASSERT(a.size() == b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    const bool same = is_curve(drawn.method) ? near(a[i], b[i]) : a[i] == b[i];
    RC_ASSERT(same);
  }
}

}  // namespace jenjang::testing
