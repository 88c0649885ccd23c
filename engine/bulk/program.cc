#include "engine/bulk/program.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace jenjang::bulk {
namespace {

using kernel::BandFrom;
using kernel::ClassCode;
using kernel::Formula;
using kernel::Kind;

// Two to the -53 is the relative error of one operation; doubled for second-order terms.
constexpr double kUnit = 0x1p-52;
constexpr double kFormulaSteps = 8;

Kind kind_of(const MeasureClass& measure) {
  switch (measure.aggregation) {
    case Aggregation::weighted_mean:
      return Kind::mean;
    case Aggregation::ratio:
      return Kind::ratio;
    case Aggregation::minimum:
      return Kind::least;
    case Aggregation::maximum:
      return Kind::most;
    case Aggregation::share_meeting:
      return Kind::meeting;
    default:
      return Kind::sum;
  }
}

Formula formula_of(const MeasureClass& measure) {
  if (measure.goal) return Formula::goal;
  switch (measure.achievement.formula) {
    case AchievementFormula::none:
      return Formula::none;
    case AchievementFormula::h1:
      return Formula::h1;
    case AchievementFormula::l1:
      return Formula::l1;
    case AchievementFormula::l2:
      return Formula::l2;
    default:
      throw std::invalid_argument("a flat plan knows H1, L1 and L2 alone");
  }
}

// Steps so fine that few figures share one with a threshold, yet all thresholds fit into sixteen bits, and a phase that
// keeps every threshold away from the ends of its step: further than any error reaches.
void lay_grid(ClassCode& code) {
  constexpr double kFinest = 0x1p7, kRoom = 30000, kMargin = 0.01;
  double largest = 1;
  for (int i = 0; i < code.thresholds; ++i) largest = std::max(largest, std::abs(code.threshold[i]));
  code.grid = kFinest;
  while (largest * code.grid > kRoom) code.grid /= 2;
  double best = 0;
  for (int candidate = 0; candidate < 97; ++candidate) {
    const double phase = candidate / 97.0;
    double margin = 1;
    for (int i = 0; i < code.thresholds; ++i) {
      const double at = code.threshold[i] * code.grid + phase, inside = at - std::floor(at);
      margin = std::min({margin, inside, 1 - inside});
    }
    if (margin <= best) continue;
    best = margin;
    code.phase = phase;
  }
  for (int i = 0; i < code.thresholds; ++i) {
    code.coarse[i] = static_cast<std::int16_t>(std::floor(code.threshold[i] * code.grid + code.phase));
  }
  // A figure's own error, in steps, stays far below the margin: relative 1e-9 of what sixteen bits hold.
  const double error = std::max(code.value_eps, code.achievement_eps) * (2 * kRoom + code.value_offset * code.grid);
  // What lies below nought shares the first step.
  const bool low = std::any_of(code.coarse, code.coarse + code.thresholds, [](std::int16_t at) { return at < 1; });
  code.no_grid = code.thresholds > 0 && (low || best < kMargin || !(error < kMargin / 2));
}

ClassCode code_of(const FlatPlan& plan, const MeasureClass& measure, const ClassBounds& bounds) {
  ClassCode code;
  code.kind = kind_of(measure);
  code.carries_achievement = measure.carry == Carry::achievement;
  code.is_ratio = measure.aggregation == Aggregation::ratio;
  code.lower = measure.polarity == Polarity::lower;
  code.missing = measure.missing == MissingPolicy::strict ? kernel::Missing::strict
                 : measure.missing == MissingPolicy::zero ? kernel::Missing::zero
                                                          : kernel::Missing::skip;
  code.formula = formula_of(measure);
  code.weight_unit = Decimal::from_parts(1, measure.weight_places).to_double();
  code.factor = measure.factor.to_double();
  code.refuses_zero = measure.achievement.on_zero_target == ZeroTargetRule::refuse;
  code.has_cap = measure.achievement.cap.has_value();
  code.has_floor = measure.achievement.floor.has_value();
  if (code.has_cap) code.cap = measure.achievement.cap->to_double();
  if (code.has_floor) code.floor = measure.achievement.floor->to_double();
  code.value_eps = (bounds.value_steps + 1) * kUnit;
  code.value_offset = bounds.value_offset;
  code.achievement_eps = (bounds.value_steps + kFormulaSteps) * kUnit;
  if (measure.scale == kNoScale) return code;
  code.band_from = measure.scale_on_value ? BandFrom::value : BandFrom::achievement;
  const Thresholds cuts = thresholds_of(plan.scales[measure.scale]);
  code.thresholds = static_cast<std::uint8_t>(cuts.reached.size());
  for (std::size_t i = 0; i < cuts.reached.size(); ++i) code.threshold[i] = least_in(cuts.reached[i]);
  for (std::size_t i = 0; i < cuts.labels.size(); ++i) code.label[i] = cuts.labels[i];
  lay_grid(code);
  // An error without a bound makes every figure doubtful.
  if (!std::isfinite(bounds.value_offset)) code.no_grid = true;
  return code;
}

kernel::LaneColumns lane_columns(InnerLane& lane, double* value, StateByte* state, std::int8_t* band) {
  kernel::LaneColumns columns;
  columns.achievement = lane.achievement.data();
  columns.achieved = lane.achieved.data();
  columns.covered = lane.covered.data();
  columns.expected = lane.expected.data();
  columns.covered_weight = lane.covered_weight.data();
  columns.expected_weight = lane.expected_weight.data();
  columns.numerator = lane.numerator.data();
  columns.denominator = lane.denominator.data();
  columns.value = value;
  columns.state = state;
  columns.band = band;
  return columns;
}

}  // namespace

double least_in(const HalfLine& line) {
  constexpr double kFar = std::numeric_limits<double>::infinity();
  double at = line.bound.to_double();
  while (line.contains(Rational::from_double(at))) at = std::nextafter(at, -kFar);
  while (!line.contains(Rational::from_double(at))) at = std::nextafter(at, kFar);
  return at;
}

Thresholds thresholds_of(const Scale& scale) {
  Thresholds out;
  if (scale.domain_high) {
    out.reached.push_back(preimage_above(*scale.domain_high, true, scale.decide_on));
    out.labels.push_back(kNoBand);
  }
  std::int8_t band = 0;
  bool open = false;  // the lowest band has no cut
  for (const Band& entry : scale.bands) {
    out.labels.push_back(band++);
    if (!entry.above) {
      open = true;
      break;
    }
    out.reached.push_back(preimage_above(*entry.above, scale.open_below, scale.decide_on));
  }
  if (!open) out.labels.push_back(kNoBand);
  if (scale.domain_low) {
    out.reached.push_back(preimage_above(*scale.domain_low, false, scale.decide_on));
    out.labels.push_back(kNoBand);
  }
  for (std::size_t i = 1; i < out.reached.size(); ++i) {
    if (!(out.reached[i].bound < out.reached[i - 1].bound)) throw std::invalid_argument("cuts must fall: " + scale.id);
  }
  if (out.reached.size() > kernel::kMostThresholds) throw std::invalid_argument("too many cuts: " + scale.id);
  return out;
}

Program::Program(const FlatPlan& plan, Figures& figures) {
  const std::size_t classes = plan.classes.size();
  for (std::size_t level = 0; level < plan.level_count(); ++level) {
    std::vector<ClassCode>& codes = codes_.emplace_back();
    for (std::size_t i = 0; i < classes; ++i) {
      codes.push_back(code_of(plan, plan.classes[i], plan.bounds[level * classes + i]));
    }
  }
  for (const auto& codes : codes_) levels_.push_back(codes.data());
  static_assert(sizeof(kernel::Tie) == sizeof(Edge) && kernel::kDenominatorBit == Edge::kDenominator);
  static_assert(kernel::kNobody == kNoNode && kernel::kRow == kMonths);
  const std::size_t leaf_cells = plan.leaf_count() * kMonths;
  tables.class_of = plan.class_of.data();
  tables.owner = plan.owner.data();
  tables.edge_begin = plan.edge_begin.data();
  tables.pair_row = plan.pair_row.data();
  tables.ties = reinterpret_cast<const kernel::Tie*>(plan.edges.data());
  tables.leaves = static_cast<std::uint32_t>(plan.leaf_count());
  tables.target = figures.target.data();
  tables.value = figures.value.data();
  tables.state = figures.state.data();
  tables.leaf_band = figures.band.data();
  tables.lane[0] = lane_columns(figures.all, figures.value.data() + leaf_cells, figures.state.data() + leaf_cells,
                                figures.band.data() + leaf_cells);
  tables.achievements = std::any_of(plan.classes.begin(), plan.classes.end(),
                                    [](const MeasureClass& measure) { return measure.carry == Carry::achievement; });
  tables.two_lanes = figures.has_validated_lane();
  if (tables.two_lanes) {
    tables.lane[1] = lane_columns(figures.validated, figures.validated_value.data(), figures.validated_state.data(),
                                  figures.validated_band.data());
  }
  tables.codes = levels_.data();
  tables.level_begin = plan.level_begin.data();
}

}  // namespace jenjang::bulk
