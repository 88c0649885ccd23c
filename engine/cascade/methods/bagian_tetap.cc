// bagian-tetap: declared shares that sum to one exactly; beside holds, the free shares keep their
// proportions.
#include "engine/cascade/methods/methods.h"

namespace jenjang::cascade {
namespace {

class FixedShares final : public AllocationMethod {
public:
  [[nodiscard]] std::string_view name() const override { return "bagian-tetap"; }
  [[nodiscard]] bool needs_driver() const override { return true; }
  [[nodiscard]] bool supports(Aggregation aggregation) const override {
    return aggregation == Aggregation::sum || aggregation == Aggregation::ratio;
  }
  [[nodiscard]] std::optional<AllocationFailure> check_drivers(std::span<const Rational> drivers) const override {
    if (std::optional<AllocationFailure> failure = find_negative(drivers)) {
      return failure;
    }
    Rational sum;
    for (const Rational& share : drivers) {
      sum += share;
    }
    if (sum == Rational(1)) {
      return std::nullopt;
    }
    return AllocationFailure{AllocationError::shares_do_not_sum, {}, sum, sum};
  }
  [[nodiscard]] AllocationResult allocate(const AllocationProblem& problem) const override {
    if (problem.drivers.empty()) {
      return AllocationFailure{AllocationError::no_children, {}, {}, {}};
    }
    if (!supports(problem.aggregation)) {
      return AllocationFailure{AllocationError::unsupported_aggregation, {}, {}, {}};
    }
    AllocationResult result = split_by(problem, problem.drivers);
    if (Allocation* allocation = std::get_if<Allocation>(&result)) {
      allocation->tie_drivers = problem.drivers;
    }
    return result;
  }
};

}  // namespace

const AllocationMethod& fixed_shares_method() {
  static const FixedShares method;
  return method;
}

}  // namespace jenjang::cascade
