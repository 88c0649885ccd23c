// proporsional: parts of a sum, or numerators of a ratio, in proportion to a driver. dua-arah: the
// same for one column that stands alone; with its rows the column is solved as part of a table.
#include "engine/cascade/methods/methods.h"

namespace jenjang::cascade {
namespace {

class Proportional final : public AllocationMethod {
public:
  explicit Proportional(bool two_way) : two_way_(two_way) {}
  [[nodiscard]] std::string_view name() const override { return two_way_ ? "dua-arah" : "proporsional"; }
  [[nodiscard]] bool needs_driver(std::span<const ParameterValue> /*parameters*/) const override { return true; }
  // Levels of a mean are not parts of anything, so no driver can divide them.
  [[nodiscard]] bool supports(Aggregation aggregation, std::span<const ParameterValue> /*parameters*/) const override {
    return aggregation == Aggregation::sum || (aggregation == Aggregation::ratio && !two_way_);
  }
  [[nodiscard]] std::optional<AllocationFailure> check_drivers(
      std::span<const Rational> drivers, std::span<const ParameterValue> /*parameters*/) const override {
    return find_negative(drivers);
  }
  [[nodiscard]] AllocationResult allocate(const AllocationProblem& problem) const override {
    if (problem.drivers.empty()) {
      return failed(AllocationError::no_children);
    }
    if (std::optional<AllocationFailure> failure = refuse_at_once(*this, problem)) {
      return *std::move(failure);
    }
    if (std::optional<AllocationFailure> failure = find_negative(problem.drivers)) {
      return *std::move(failure);
    }
    AllocationResult result = split_by(problem, problem.drivers);
    if (Allocation* allocation = std::get_if<Allocation>(&result)) {
      allocation->tie_drivers = problem.drivers;
    }
    return result;
  }

private:
  bool two_way_;
};

}  // namespace

const AllocationMethod& proportional_method() {
  static const Proportional method(false);
  return method;
}

const AllocationMethod& two_way_method() {
  static const Proportional method(true);
  return method;
}

}  // namespace jenjang::cascade
