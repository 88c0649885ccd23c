// Covering by the fewest items of one gain each: how many, and which sets of that many do.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "jenjang/base/rational.h"

namespace jenjang {

// A fraction (numerator, denominator) that units add to.
using GainPair = std::pair<Rational, Rational>;

struct FewestGains {
  std::vector<std::vector<std::size_t>> choices;  // the first is of the largest gains
  std::size_t count = 0;
  bool count_is_least = false;
};
// Sets of fewest members whose gains sum to `need` or more (more than it, when strict); nullopt when none does. At most
// `kept` are returned and about `steps` looked at while counting. At least one member.
std::optional<FewestGains> fewest_gains(const std::vector<Rational>& gains, const Rational& need, bool strict,
                                        std::size_t kept, std::size_t steps);

// The members that make (base + sum of theirs) the largest quotient (smallest when !up): Dinkelbach's iteration, exact.
std::vector<std::size_t> best_quotient(const GainPair& base, const std::vector<GainPair>& members, bool up);

}  // namespace jenjang
