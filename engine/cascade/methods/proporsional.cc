// proporsional: parts of a sum, or numerators of a ratio, in proportion to a driver.
#include "engine/cascade/methods/methods.h"

namespace jenjang::cascade {
namespace {

class Proportional final : public AllocationMethod {
public:
  [[nodiscard]] std::string_view name() const override { return "proporsional"; }
  [[nodiscard]] bool needs_driver() const override { return true; }
  // Levels of a mean are not parts of anything, so no driver can divide them.
  [[nodiscard]] bool supports(Aggregation aggregation) const override {
    return aggregation == Aggregation::sum || aggregation == Aggregation::ratio;
  }
  [[nodiscard]] std::optional<AllocationFailure> check_drivers(std::span<const Rational> drivers) const override {
    return find_negative(drivers);
  }
  [[nodiscard]] AllocationResult allocate(const AllocationProblem& problem) const override {
    if (problem.drivers.empty()) {
      return AllocationFailure{AllocationError::no_children, {}, {}, {}};
    }
    if (!supports(problem.aggregation)) {
      return AllocationFailure{AllocationError::unsupported_aggregation, {}, {}, {}};
    }
    if (std::optional<AllocationFailure> failure = check_drivers(problem.drivers)) {
      return *std::move(failure);
    }
    AllocationResult result = split_by(problem, problem.drivers);
    if (Allocation* allocation = std::get_if<Allocation>(&result)) {
      allocation->tie_drivers = problem.drivers;
    }
    return result;
  }
};

}  // namespace

const AllocationMethod& proportional_method() {
  static const Proportional method;
  return method;
}

}  // namespace jenjang::cascade
