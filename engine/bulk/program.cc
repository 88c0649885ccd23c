#include "engine/bulk/program.h"

#include <algorithm>
#include <cmath>
#include <iterator>
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
  if (measure.by_rule) return Formula::by_rule;
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
      throw std::invalid_argument("kernels know H1, L1 and L2 alone; other formulas go by rule");
  }
}

constexpr double kRoom = 30000, kMargin = 0.01;

// What all classes with one scale share.
struct ScaleCode {
  Thresholds cuts;
  ClassCode code;   // its thresholds, labels and grid
  double room = 0;  // of the thresholds within their steps
};

// Steps so fine that few figures share one with a threshold, yet all thresholds fit into sixteen bits, and a phase that
// keeps every threshold away from the ends of its step.
void lay_grid(ScaleCode& scale) {
  constexpr double kFinest = 0x1p7;
  ClassCode& code = scale.code;
  // From the lowest threshold on, which rounding may have put just below nought, or from nought.
  double largest = 1, least = 0;
  for (int i = 0; i < code.thresholds; ++i) {
    largest = std::max(largest, code.threshold[i]);
    least = std::min(least, code.threshold[i]);
  }
  code.grid = kFinest;
  while ((largest - least) * code.grid > kRoom) code.grid /= 2;
  const double start = std::ceil(-least * code.grid);
  for (int candidate = 0; candidate < 97; ++candidate) {
    const double phase = start + candidate / 97.0;
    double margin = 1;
    for (int i = 0; i < code.thresholds; ++i) {
      const double at = code.threshold[i] * code.grid + phase, inside = at - std::floor(at);
      margin = std::min({margin, inside, 1 - inside});
    }
    if (margin <= scale.room) continue;
    scale.room = margin;
    code.phase = phase;
  }
  for (int i = 0; i < code.thresholds; ++i) {
    code.coarse[i] = static_cast<std::int16_t>(std::floor(code.threshold[i] * code.grid + code.phase));
  }
}

ScaleCode code_of(const Scale& scale) {
  ScaleCode made;
  made.cuts = thresholds_of(scale);
  made.code.thresholds = static_cast<std::uint8_t>(made.cuts.reached.size());
  std::fill(std::begin(made.code.threshold), std::end(made.code.threshold), -std::numeric_limits<double>::infinity());
  for (std::size_t i = 0; i < made.cuts.reached.size(); ++i) made.code.threshold[i] = least_in(made.cuts.reached[i]);
  for (std::size_t i = 0; i < made.cuts.labels.size(); ++i) made.code.label[i] = made.cuts.labels[i];
  lay_grid(made);
  return made;
}

// Whether the grid tells figures with this error apart: far less than the thresholds' room in their steps.
bool serves(const ScaleCode& scale, const ClassCode& code, double offset) {
  if (code.thresholds == 0) return true;
  // Relative to what sixteen bits hold. What lies below the first step shares it, thresholds do not.
  const double error = std::max(code.value_eps, code.achievement_eps) * (2 * kRoom + offset * code.grid);
  return scale.room >= kMargin && error < kMargin / 2;
}

// A leaf judged on its value: two decimals, which compare as their doubles do while a double tells neighbours of the
// finer step apart. True when all cuts allow it; they are then the doubles of the cuts, and nothing is in doubt.
bool compare_as_decimals(ClassCode& code, const MeasureClass& leaf, const std::vector<HalfLine>& cuts) {
  for (std::size_t i = 0; i < cuts.size(); ++i) {
    const auto cut = cuts[i].bound.to_decimal();
    const int places = cut ? std::max(leaf.places, cut->scale()) : 0;
    if (!cut || std::abs(cut->to_double()) * std::pow(10.0, places) >= 0x1p51) return false;
    const double at = cut->to_double();
    code.threshold[i] = cuts[i].inclusive ? at : std::nextafter(at, std::numeric_limits<double>::infinity());
  }
  return true;
}

// Of a figure that is known exactly.
std::int8_t label_of(const Thresholds& cuts, const Rational& figure) {
  std::size_t place = 0;
  while (place < cuts.reached.size() && !cuts.reached[place].contains(figure)) ++place;
  return cuts.labels[place];
}
Rational limited(const AchievementSpec& achievement, Rational figure) {
  if (achievement.cap) figure = std::min(figure, Rational(*achievement.cap));
  if (achievement.floor) figure = std::max(figure, Rational(*achievement.floor));
  return figure;
}

ClassCode code_of(const std::vector<ScaleCode>& scales, const MeasureClass& measure, const ClassBounds& bounds) {
  ClassCode code = measure.scale == kNoScale ? ClassCode{} : scales[measure.scale].code;
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
  const bool by_side = measure.achievement.on_zero_target == ZeroTargetRule::met_or_missed;
  code.zero_is_met = by_side && code.lower && !measure.by_rule;
  // Where more is better no figure can fall short of nought.
  code.refuses_zero = !measure.by_rule &&
                      (measure.achievement.on_zero_target == ZeroTargetRule::refuse ||
                       (by_side && (measure.polarity == Polarity::higher || measure.polarity == Polarity::context)));
  code.has_cap = measure.achievement.cap.has_value();
  code.has_floor = measure.achievement.floor.has_value();
  code.divided = measure.divided;
  code.offered = bounds.offered;
  code.has_mark = measure.mark.has_value();
  if (code.has_mark) code.mark = measure.mark->to_double();
  if (code.has_cap) code.cap = measure.achievement.cap->to_double();
  if (code.has_floor) code.floor = measure.achievement.floor->to_double();
  constexpr double kFar = std::numeric_limits<double>::infinity();
  code.is_l1 = code.formula == Formula::l1 ? -1 : 0;
  code.is_l2 = code.formula == Formula::l2 ? -1 : 0;
  code.most = code.has_cap ? code.cap : kFar;
  code.least = code.has_floor ? code.floor : -kFar;
  code.deepest = code.formula == Formula::l1 ? kernel::kDeepest : -kFar;
  code.value_eps = (bounds.value_steps + 1) * kUnit;
  code.value_offset = bounds.value_offset;
  code.least_target = least_target(bounds.value_offset);
  code.achievement_eps = (bounds.value_steps + kFormulaSteps) * kUnit;
  if (measure.scale == kNoScale) return code;
  code.band_from = measure.scale_on_value ? BandFrom::value : BandFrom::achievement;
  const ScaleCode& scale = scales[measure.scale];
  code.on_target_label = label_of(scale.cuts, limited(measure.achievement, Rational(100)));
  if (code.has_cap) code.capped_label = label_of(scale.cuts, Rational(*measure.achievement.cap));
  if (measure.aggregation == Aggregation::leaf && !measure.divided && code.band_from == BandFrom::value &&
      compare_as_decimals(code, measure, scale.cuts.reached)) {
    code.value_eps = 0;
  }
  // An error without a bound makes every figure doubtful: no grid.
  code.no_grid = !serves(scale, code, code.band_from == BandFrom::value ? bounds.value_offset : bounds.achieved_offset);
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
  std::vector<ScaleCode> scales;
  scales.reserve(plan.scales.size());
  for (const Scale& scale : plan.scales) scales.push_back(code_of(scale));
  for (std::size_t level = 0; level < plan.level_count(); ++level) {
    std::vector<ClassCode>& codes = codes_.emplace_back();
    codes.reserve(classes);
    for (std::size_t i = 0; i < classes; ++i) {
      codes.push_back(code_of(scales, plan.classes[i], plan.bounds[level * classes + i]));
    }
  }
  levels_.reserve(codes_.size());
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
