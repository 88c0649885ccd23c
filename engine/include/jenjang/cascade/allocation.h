// The contract of an allocation method: one family in one period, pure arithmetic.
//
// A method solves A(x) = T for the free children, exactly, before rounding; the caller takes holds
// out and rounds. One file per method in engine/cascade/methods/, one row in registry.cc.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "jenjang/base/decimal.h"
#include "jenjang/base/rational.h"
#include "jenjang/measure/cascade_rule.h"
#include "jenjang/measure/kinds.h"

namespace jenjang {

enum class AllocationError : std::uint8_t {
  zero_driver,
  negative_driver,
  hold_conflict,
  bounds,
  zero_denominator,
  needs_baseline,
  shares_do_not_sum,
  floor_overshoots,
  margins_unreachable,
  unsupported_aggregation,
  no_children,
};
std::string_view to_string(AllocationError error);  // E_ZERO_DRIVER ...

// A parameter of one method: what the planner may write beside the common keys of a rule.
struct ParameterSpec {
  std::string_view key;
  bool required = false;
  // Words that may stand there; empty: a number.
  std::vector<std::string_view> words;
  std::optional<std::int64_t> least = {}, most = {};  // of a number
};
// Its value after the registry checked it: `number` is empty for a word.
struct ParameterValue {
  std::string_view key;
  std::optional<Rational> number;
  std::string_view word;
};

// The free children of one family after holds were taken out.
struct AllocationProblem {
  Aggregation aggregation = Aggregation::sum;
  Polarity polarity = Polarity::higher;  // which way a gap is open
  // What the free children must aggregate to: sum of a_i x_i. share_meeting: the wanted share of the
  // whole family, 0..1, held children and all.
  Rational target;
  std::vector<Rational> weights;                   // a_i: 1 for sum, w_i / sum w for a mean, D_i / sum D for a ratio
  std::vector<Rational> drivers;                   // w_i of the method; may be empty
  std::vector<std::optional<Rational>> baselines;  // by child; empty when the method needs none
  // Limits of single children from holds, rules and the levels below; empty when nobody has one. A
  // method keeps them, exactly, or fails with `bounds`.
  std::vector<std::optional<Rational>> lower, upper;
  int years = 1;  // since the baseline year: the step of a yearly share
  // share_meeting: what the held children that reach the mark give of the share, 0..1. `weights` are
  // then 1 / n, or w_i / sum w, over the whole family.
  Rational already_met;
  std::vector<std::string_view> keys;  // unit path of each child: last tie-breaker
  std::vector<ParameterValue> parameters;
  ZeroDriverPolicy on_zero_driver = ZeroDriverPolicy::refuse;

  [[nodiscard]] const ParameterValue* parameter(std::string_view key) const;
};

// Exact targets of the free children, with what rounding must respect.
struct Allocation {
  std::vector<Rational> shares;
  std::vector<Rational> tie_drivers;  // ties of rounding go to the larger; empty: by key alone
  // Limits of single children, in their own unit, that rounding must keep: those of the problem and of
  // the method; empty when there are none.
  std::vector<std::optional<Rational>> lower, upper;
  std::vector<Rational> apportion_weights;  // what a divisor rounding divides; empty: the shares
  bool alike = false;                       // rounding must keep equal shares equal
  // Which children get a target at all; empty: every one. The share of a child left out means nothing.
  std::vector<bool> chosen;
};
struct AllocationFailure {
  AllocationError error{};
  std::vector<std::size_t> children;    // the children to blame, when some are; of bounds: the smallest conflict
  std::optional<Rational> least, most;  // bounds: what the free children can reach together
  bool too_low = false;                 // bounds: the target lies below what the children can go down to
};
// Exact shares, or why there are none.
using AllocationResult = std::variant<Allocation, AllocationFailure>;

class AllocationMethod {
public:
  virtual ~AllocationMethod() = default;
  [[nodiscard]] virtual std::string_view name() const = 0;  // the word in YAML
  // Parameters are those of the rule: a method may ask for more, or keep more, under some of them.
  [[nodiscard]] virtual bool needs_driver(std::span<const ParameterValue> /*parameters*/ = {}) const { return false; }
  [[nodiscard]] virtual bool needs_baseline() const { return false; }
  [[nodiscard]] virtual std::span<const ParameterSpec> parameters() const { return {}; }
  // Aggregations of the parent that the method can keep. `leaf` stands for "no arithmetic tie".
  [[nodiscard]] virtual bool supports(Aggregation aggregation,
                                      std::span<const ParameterValue> parameters = {}) const = 0;
  // Whether all children get one figure, so that a target can be passed on without knowing weights.
  [[nodiscard]] virtual bool gives_same(Aggregation /*aggregation*/) const { return false; }
  // A fault of the drivers of the whole family (held children too), in any period.
  [[nodiscard]] virtual std::optional<AllocationFailure> check_drivers(
      std::span<const Rational> /*drivers*/, std::span<const ParameterValue> /*parameters*/ = {}) const {
    return std::nullopt;
  }
  [[nodiscard]] virtual AllocationResult allocate(const AllocationProblem& problem) const = 0;
};

// nullptr for a name that no method has.
const AllocationMethod* find_allocation_method(std::string_view name);

// Rounds exact shares to multiples of `step` so that they sum to `total` exactly (largest
// remainder). Requires total to be a multiple of step and the shares to sum to it. A negative
// total is split as its opposite. Ties: remainder, then `drivers` descending when given, then
// `keys` ascending (algorithms 0 and 1.7). O(n log n).
std::vector<Decimal> round_largest_remainder(std::span<const Rational> shares, const Decimal& total,
                                             const Decimal& step, std::span<const Rational> drivers,
                                             std::span<const std::string_view> keys);
// c_m = half-up(total * pattern share up to m); x_m = c_m - c_(m-1), in multiples of step
// (algorithms 2, T06). Pattern weights need not be normalised; all zero means equal. The last part
// takes what is left, so that a total that is no multiple of step still adds up. Requires step > 0,
// no negative weight.
std::vector<Decimal> split_cumulative(const Decimal& total, std::span<const Decimal> pattern, const Decimal& step);

}  // namespace jenjang
