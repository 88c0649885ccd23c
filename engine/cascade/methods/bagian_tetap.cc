// bagian-tetap: declared shares that sum to one exactly, or are said to be normalised; beside holds,
// the free shares keep their proportions.
#include "engine/cascade/methods/methods.h"

namespace jenjang::cascade {
namespace {

constexpr std::string_view kNormalise = "normalkan";

bool normalises(std::span<const ParameterValue> parameters) {
  for (const ParameterValue& value : parameters) {
    if (value.key == kNormalise) {
      return value.word == "ya";
    }
  }
  return false;
}

class FixedShares final : public AllocationMethod {
public:
  [[nodiscard]] std::string_view name() const override { return "bagian-tetap"; }
  [[nodiscard]] bool needs_driver(std::span<const ParameterValue> /*parameters*/) const override { return true; }
  [[nodiscard]] std::span<const ParameterSpec> parameters() const override {
    static const std::vector<ParameterSpec> specs{{kNormalise, false, {"ya", "tidak"}}};
    return specs;
  }
  [[nodiscard]] bool supports(Aggregation aggregation, std::span<const ParameterValue> /*parameters*/) const override {
    return aggregation == Aggregation::sum || aggregation == Aggregation::ratio;
  }
  [[nodiscard]] std::optional<AllocationFailure> check_drivers(
      std::span<const Rational> drivers, std::span<const ParameterValue> parameters) const override {
    if (std::optional<AllocationFailure> failure = find_negative(drivers)) {
      return failure;
    }
    Rational sum;
    for (const Rational& share : drivers) {
      sum += share;
    }
    if (sum == Rational(1) || normalises(parameters)) {
      return std::nullopt;
    }
    return AllocationFailure{AllocationError::shares_do_not_sum, {}, sum, sum};
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
};

}  // namespace

const AllocationMethod& fixed_shares_method() {
  static const FixedShares method;
  return method;
}

}  // namespace jenjang::cascade
