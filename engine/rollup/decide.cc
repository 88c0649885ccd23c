#include "engine/rollup/decide.h"

#include <algorithm>
#include <cmath>

#include "jenjang/base/rounding.h"
#include "jenjang/rollup/rollup.h"

#include "engine/rollup/semantics.h"

namespace jenjang {
namespace rollup {
namespace {

// Two to the -53 is the relative error of one operation; doubled, so that second-order terms and the
// sloppiness of counting are covered as long as counts stay below 2^50.
constexpr double kUnit = 0x1p-52;
// Roundings of an achievement formula beyond those of the realised figure.
constexpr double kFormulaSteps = 8;

}  // namespace

ErrorBounds::ErrorBounds(const Model& model, std::size_t slots) {
  const std::size_t n = model.node_count();
  value_steps_.assign(n, 0);
  achievement_steps_.assign(n, 0);
  std::vector<float> pair_steps(n, 0);
  for (std::size_t i = 0; i < n; ++i) {
    const NodeId node = NodeId::from_index(i);
    const Item& item = model.item(node);
    // Own facts: read (1 each), add over time, divide once.
    // A figure carried into a hole of twelve months adds a quotient for each.
    const auto own = static_cast<double>(slots) + (item.spec.missing_time == MissingPolicy::carry ? 36 : 6);
    double deepest = 0, deepest_pair = 0, ties = 0;
    for_each_tie(model, node, [&](const Tie& tie) {
      const std::size_t child = tie.child.index();
      const double steps = tie.carry == Carry::achievement ? static_cast<double>(achievement_steps_[child])
                                                           : static_cast<double>(value_steps_[child]);
      deepest = std::max(deepest, steps);
      deepest_pair =
          std::max(deepest_pair, tie.role == EdgeRole::operand ? static_cast<double>(pair_steps[child]) : steps);
      ties += 1;
    });
    double steps = own;
    if (ties > 0) {
      if (aggregation_of(item) == Aggregation::ratio) {
        const double pair = deepest_pair + ties + 4;  // weight read, product, sum
        pair_steps[i] = static_cast<float>(pair);
        steps = std::max(own, 2 * pair + 4);
      } else {
        steps = std::max(own, deepest + 2 * ties + 8);
      }
    }
    value_steps_[i] = static_cast<float>(steps * 1.0000002);  // upward, past the rounding to float
    const bool carries_itself = is_goal(item.kind);
    achievement_steps_[i] =
        static_cast<float>((carries_itself ? steps : kCancellation * (steps + kFormulaSteps)) * 1.0000002);
  }
}

double ErrorBounds::value_error(NodeId node, double value) const {
  return static_cast<double>(value_steps_[node.index()]) * kUnit * std::abs(value);
}

double ErrorBounds::achievement_error(NodeId node, double terms) const {
  return (static_cast<double>(value_steps_[node.index()]) + kFormulaSteps) * kUnit * terms;
}

BandCuts::BandCuts(const Scale& scale) : scale_(&scale) {
  for (const Band& band : scale.bands) {
    if (band.above) cuts_.push_back(preimage_above(*band.above, scale.open_below, scale.decide_on).bound.to_double());
  }
  if (scale.domain_low) low_ = preimage_above(*scale.domain_low, false, scale.decide_on).bound.to_double();
  if (scale.domain_high) high_ = preimage_above(*scale.domain_high, true, scale.decide_on).bound.to_double();
}

std::optional<int> BandCuts::find(double value, double error) const {
  // Sign of value - cut, 0 when in doubt (the cut is rounded too).
  const auto side = [&](double cut) {
    const double slack = error + std::abs(cut) * kUnit;
    return value > cut + slack ? 1 : value < cut - slack ? -1 : 0;
  };
  if (low_) {
    const int below = side(*low_);
    if (below == 0) return std::nullopt;
    if (below < 0) return -1;
  }
  if (high_) {
    const int above = side(*high_);
    if (above == 0) return std::nullopt;
    if (above > 0) return -1;
  }
  std::size_t next = 0;
  for (std::size_t i = 0; i < scale_->bands.size(); ++i) {
    if (!scale_->bands[i].above) return static_cast<int>(i);
    const int above = side(cuts_[next++]);
    if (above == 0) return std::nullopt;
    if (above > 0) return static_cast<int>(i);
  }
  return -1;
}

}  // namespace rollup

int band_of(const Scale& scale, const Rational& value) {
  if (scale.kind == Scale::Kind::grades) return rollup::grade_index<Rational>(scale, value);
  const auto band = scale.find_band(value);
  return band ? static_cast<int>(*band) : -1;
}

std::optional<NextBand> next_better_band(const Scale& scale, const Rational& value) {
  const int band = band_of(scale, value);
  if (scale.kind == Scale::Kind::grades || band <= 0) return std::nullopt;
  const Band& better = scale.bands[static_cast<std::size_t>(band) - 1];
  if (!better.above) return std::nullopt;
  const bool exact = scale.decide_on.mode == RoundingMode::exact;
  // On exact values an open cut has no least figure; two decimals are what a reader can aim at.
  const int places = exact ? std::max(better.above->scale(), scale.open_below ? 2 : 0) : scale.decide_on.places;
  NextBand next;
  next.label = better.label;
  next.least_figure = least_figure_above(*better.above, scale.open_below, places);
  const Rational printed = exact ? value : Rational(round(value, scale.decide_on));
  next.distance = Rational(next.least_figure) - printed;
  return next;
}

}  // namespace jenjang
