// tutup-selisih: every child closes the same share k of its gap to a frontier, k solved so that the
// parent holds (algorithms 1.3). `minimal: baseline` is the one-sided form: nobody is told to fall
// back, leaders keep their baseline.
#include "engine/cascade/methods/methods.h"

namespace jenjang::cascade {
namespace {

constexpr std::string_view kFrontier = "batas_depan";
constexpr std::string_view kFloor = "minimal";

class GapClosing final : public AllocationMethod {
public:
  [[nodiscard]] std::string_view name() const override { return "tutup-selisih"; }
  [[nodiscard]] bool needs_baseline() const override { return true; }
  [[nodiscard]] bool supports(Aggregation aggregation) const override {
    return aggregation == Aggregation::sum || aggregation == Aggregation::weighted_mean ||
           aggregation == Aggregation::ratio;
  }
  [[nodiscard]] std::span<const ParameterSpec> parameters() const override {
    static const std::vector<ParameterSpec> specs{{kFrontier, true, {}}, {kFloor, false, {"baseline"}}};
    return specs;
  }

  [[nodiscard]] AllocationResult allocate(const AllocationProblem& problem) const override {
    const std::size_t n = problem.weights.size();
    if (n == 0) {
      return AllocationFailure{AllocationError::no_children, {}, {}, {}};
    }
    if (!supports(problem.aggregation)) {
      return AllocationFailure{AllocationError::unsupported_aggregation, {}, {}, {}};
    }
    const ParameterValue* frontier_value = problem.parameter(kFrontier);
    if (frontier_value == nullptr || !frontier_value->number) {
      return AllocationFailure{AllocationError::bounds, {}, {}, {}};
    }
    const Rational& frontier = *frontier_value->number;
    AllocationFailure missing{AllocationError::needs_baseline, {}, {}, {}};
    for (std::size_t i = 0; i < n; ++i) {
      if (i >= problem.baselines.size() || !problem.baselines[i]) {
        missing.children.push_back(i);
      }
    }
    if (!missing.children.empty()) {
      return missing;
    }

    Rational start;  // B: where the parent stands when nobody moves
    for (std::size_t i = 0; i < n; ++i) {
      start += problem.weights[i] * *problem.baselines[i];
    }
    const bool one_sided = problem.parameter(kFloor) != nullptr;
    const bool upward =
        problem.polarity == Polarity::higher || (problem.polarity != Polarity::lower && problem.target >= start);
    std::vector<Rational> gaps(n);
    Rational open;  // the parent's way from B to the frontier of all
    for (std::size_t i = 0; i < n; ++i) {
      gaps[i] = frontier - *problem.baselines[i];
      if (one_sided && gaps[i].sign() != (upward ? 1 : -1)) {
        gaps[i] = Rational();
      }
      open += problem.weights[i] * gaps[i];
    }
    const Rational need = problem.target - start;
    Rational k;
    if (!open.is_zero()) {
      k = need / open;
    }
    if ((open.is_zero() && !need.is_zero()) || k.sign() < 0 || k > Rational(1)) {
      const Rational end = start + open;
      return AllocationFailure{AllocationError::bounds, {}, start < end ? start : end, start < end ? end : start};
    }
    return moved(problem, gaps, k, one_sided, upward);
  }

private:
  static Allocation moved(const AllocationProblem& problem, const std::vector<Rational>& gaps, const Rational& k,
                          bool one_sided, bool upward) {
    Allocation out;
    for (std::size_t i = 0; i < gaps.size(); ++i) {
      const Rational& baseline = *problem.baselines[i];
      out.shares.push_back(baseline + k * gaps[i]);
      out.tie_drivers.push_back(baseline);
      // Rounding must not tell a child to fall back either.
      if (one_sided) {
        out.lower.push_back(upward ? std::optional(baseline) : std::nullopt);
        out.upper.push_back(upward ? std::nullopt : std::optional(baseline));
      }
    }
    return out;
  }
};

}  // namespace

const AllocationMethod& gap_closing_method() {
  static const GapClosing method;
  return method;
}

}  // namespace jenjang::cascade
