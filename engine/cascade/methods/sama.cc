// sama: every child carries the same figure as its parent (replicate).
#include "engine/cascade/methods/methods.h"

namespace jenjang::cascade {
namespace {

class Replicate final : public AllocationMethod {
public:
  [[nodiscard]] std::string_view name() const override { return "sama"; }
  // A sum of n copies would be n times the target (algorithms 1.1).
  [[nodiscard]] bool supports(Aggregation aggregation) const override {
    return aggregation == Aggregation::leaf || aggregation == Aggregation::weighted_mean ||
           aggregation == Aggregation::ratio || aggregation == Aggregation::minimum ||
           aggregation == Aggregation::maximum;
  }
  [[nodiscard]] bool gives_same(Aggregation /*aggregation*/) const override { return true; }
  [[nodiscard]] AllocationResult allocate(const AllocationProblem& problem) const override {
    const std::size_t n = problem.weights.size();
    if (n == 0) {
      return AllocationFailure{AllocationError::no_children, {}, {}, {}};
    }
    if (!supports(problem.aggregation) && n > 1) {
      return AllocationFailure{AllocationError::unsupported_aggregation, {}, {}, {}};
    }
    Rational share = problem.target;
    if (problem.aggregation == Aggregation::weighted_mean || problem.aggregation == Aggregation::ratio) {
      Rational sum;
      for (const Rational& weight : problem.weights) {
        sum += weight;
      }
      if (sum.is_zero()) {
        return AllocationFailure{AllocationError::zero_denominator, {}, {}, {}};
      }
      share /= sum;
    }
    Allocation out;
    out.shares.assign(n, share);
    out.alike = true;
    return out;
  }
};

}  // namespace

const AllocationMethod& replicate_method() {
  static const Replicate method;
  return method;
}

}  // namespace jenjang::cascade
