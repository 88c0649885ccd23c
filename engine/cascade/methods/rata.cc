// rata: equal parts of a sum; for means and ratios the same figure for all.
#include "engine/cascade/methods/methods.h"

namespace jenjang::cascade {
namespace {

class Equal final : public AllocationMethod {
public:
  [[nodiscard]] std::string_view name() const override { return "rata"; }
  [[nodiscard]] bool supports(Aggregation aggregation) const override {
    return aggregation == Aggregation::sum || aggregation == Aggregation::weighted_mean ||
           aggregation == Aggregation::ratio;
  }
  [[nodiscard]] bool gives_same(Aggregation aggregation) const override {
    return aggregation == Aggregation::weighted_mean || aggregation == Aggregation::ratio;
  }
  [[nodiscard]] AllocationResult allocate(const AllocationProblem& problem) const override {
    if (problem.weights.empty()) {
      return AllocationFailure{AllocationError::no_children, {}, {}, {}};
    }
    if (!supports(problem.aggregation)) {
      return AllocationFailure{AllocationError::unsupported_aggregation, {}, {}, {}};
    }
    Rational sum;
    for (const Rational& weight : problem.weights) {
      sum += weight;
    }
    if (sum.is_zero()) {
      return AllocationFailure{AllocationError::zero_denominator, {}, {}, {}};
    }
    // With weights of one (a sum) this is T / n.
    Allocation out;
    out.shares.assign(problem.weights.size(), problem.target / sum);
    return out;
  }
};

}  // namespace

const AllocationMethod& equal_method() {
  static const Equal method;
  return method;
}

}  // namespace jenjang::cascade
