#include "engine/bulk/exact.h"

#include "engine/bulk/exact_walk.h"
#include "engine/bulk/lane_view.h"

namespace jenjang::bulk {

namespace {
std::optional<double> rounded(const std::optional<Fraction128>& number) {
  const auto found = number ? number->rounded() : std::nullopt;
  return found ? std::optional(found->value) : std::nullopt;
}
std::optional<double> rounded(const std::optional<Rational>& number) {
  return number ? std::optional(number->to_double()) : std::nullopt;
}
}  // namespace

ExactSide::ExactSide(const FlatPlan& plan, Figures& figures) : plan_(plan), figures_(figures) {
  for (const Scale& scale : plan.scales) {
    Thresholds cuts = thresholds_of(scale);
    Table& table = tables_.emplace_back();
    table.labels = std::move(cuts.labels);
    for (const HalfLine& line : cuts.reached) {
      const auto decimal = line.bound.to_decimal();
      // A pre-image is a decimal; were it none, the quick side says that it cannot tell.
      const Fraction128 quick = decimal ? Fraction128(*decimal) : Fraction128(0, 0);
      const auto nearest = rounded(quick);
      table.is_quick &= nearest.has_value();
      table.cuts.push_back({line.bound, quick, nearest.value_or(0), line.inclusive});
    }
  }
}

StateByte ExactSide::state_of(std::uint32_t node, int lane, unsigned month) const {
  const std::size_t leaves = plan_.leaf_count();
  if (node >= leaves && lane == 1) return figures_.validated_state[(node - leaves) * kMonths + month];
  const StateByte byte = figures_.state[std::size_t{node} * kMonths + month];
  if (node >= leaves || lane == 0) return node < leaves ? byte & (kStateMask | kUnvalidated | kSigned) : byte;
  return validated_state(byte);
}

const ClassBounds& ExactSide::bounds_of(std::uint32_t node) const {
  std::size_t level = 0;
  while (plan_.level_begin[level + 1] <= node) ++level;
  return plan_.bounds[level * plan_.classes.size() + plan_.class_of[node]];
}

std::optional<Fraction128> ExactSide::quick_value(std::uint32_t node, int lane, unsigned month) const {
  auto found = ExactWalk<Fraction128>(*this, lane, month).value(node);
  return found && found->ok() ? found : std::nullopt;
}

std::optional<Fraction128> ExactSide::quick_raw(std::uint32_t node, int lane, unsigned month) const {
  CellState state = CellState::value;
  bool refused = false;
  auto found = ExactWalk<Fraction128>(*this, lane, month).raw(node, state, refused);
  return found && found->ok() ? found : std::nullopt;
}

Rational ExactSide::value(std::uint32_t node, int lane, unsigned month) const {
  return ExactWalk<Rational>(*this, lane, month).value(node).value_or(Rational());
}

bool ExactSide::is_signed(std::uint32_t node, int lane, unsigned month) const {
  return node >= plan_.leaf_count() && (state_of(node, lane, month) & kSigned) != 0;
}

template <class Number>
bool ExactSide::repair(ExactWalk<Number>& walk, std::uint32_t node, Decision& decision) const {
  decision.value = rounded(walk.value(node));
  if (plan_.measure(node).aggregation == Aggregation::ratio) {
    decision.numerator = rounded(walk.pair_of(node, true));
    decision.denominator = rounded(walk.pair_of(node, false));
    if (!decision.numerator || !decision.denominator) return false;
  }
  return decision.value.has_value();
}

void ExactSide::write(std::uint32_t node, int lane, unsigned month, const Decision& decision) {
  const std::size_t inner = node - plan_.leaf_count();
  if (decision.value) {
    (lane == 0 ? figures_.value[std::size_t{node} * kMonths + month]
               : figures_.validated_value[inner * kMonths + month]) = *decision.value;
  }
  if (decision.numerator && decision.denominator) {
    InnerLane& columns = lane == 0 ? figures_.all : figures_.validated;
    const std::size_t row = std::size_t{plan_.pair_row[inner]} * kMonths + month;
    columns.numerator[row] = *decision.numerator;
    columns.denominator[row] = *decision.denominator;
  }
}

bool ExactSide::decide(std::uint32_t node, int lane, unsigned month, Decision& decision) const {
  const MeasureClass& measure = plan_.measure(node);
  ExactWalk<Fraction128> walk(*this, lane, month);
  bool refused = false;
  if (is_signed(node, lane, month) && !repair(walk, node, decision)) return false;
  const auto figure = walk.figure(node, decision.state, refused, decision.limited);
  if (!figure && !refused) return false;
  if (figure) {
    const auto rounded = figure->rounded();
    if (!rounded) return false;
    decision.figure = rounded->value;
    decision.whole = rounded->exact;
  }
  if (measure.scale == kNoScale) return true;
  const auto by_value = measure.scale_on_value ? walk.value(node) : std::nullopt;
  if (measure.scale_on_value && !by_value) return false;
  if (!measure.scale_on_value && !figure) return true;
  const Fraction128& judged = measure.scale_on_value ? *by_value : *figure;
  const auto nearest = measure.scale_on_value ? rounded(by_value) : decision.figure;
  if (!nearest) return false;
  const Table& table = tables_[measure.scale];
  if (!table.is_quick) return false;
  // Rounding keeps the order: only where both round to one double do the fractions have to be asked. Counted without
  // branches, since no processor guesses next to which cut a figure lies.
  std::size_t place = 0;
  for (const Cut& cut : table.cuts) place += *nearest < cut.nearest ? 1 : 0;
  for (; place < table.cuts.size() && *nearest == table.cuts[place].nearest; ++place) {
    const auto sign = Fraction128::compare(judged, table.cuts[place].quick);
    if (!sign) return false;
    if (*sign > 0 || (*sign == 0 && table.cuts[place].inclusive)) break;
  }
  decision.band = table.labels[place];
  return true;
}

void ExactSide::decide_slowly(std::uint32_t node, int lane, unsigned month, Decision& decision) const {
  const MeasureClass& measure = plan_.measure(node);
  ExactWalk<Rational> walk(*this, lane, month);
  bool refused = false;
  if (is_signed(node, lane, month)) repair(walk, node, decision);
  const auto figure = walk.figure(node, decision.state, refused, decision.limited);
  if (figure) {
    decision.figure = figure->to_double();
    decision.whole = *figure == Rational::from_double(decision.figure);
  }
  if (!figure && decision.state == CellState::value) decision.state = CellState::not_applicable;
  if (measure.scale == kNoScale) return;
  const auto judged = measure.scale_on_value ? walk.value(node) : figure;
  if (!judged) return;
  const Table& table = tables_[measure.scale];
  std::size_t place = 0;
  for (const Cut& cut : table.cuts) {
    if (cut.bound < *judged || (cut.inclusive && cut.bound == *judged)) break;
    ++place;
  }
  decision.band = table.labels[place];
}

unsigned ExactSide::settle(std::uint32_t node, int lane, unsigned months, double* achievement, std::uint8_t* achieved,
                           std::int8_t* band, std::uint8_t* state) {
  const MeasureClass& measure = plan_.measure(node);
  const bool measured = measure.goal || measure.achievement.formula != AchievementFormula::none;
  unsigned decided = 0;
  for (; months != 0; months &= months - 1, ++decided) {
    const auto month = static_cast<unsigned>(__builtin_ctz(months));
    Decision decision;
    if (!decide(node, lane, month, decision)) {
      decision = {};
      decide_slowly(node, lane, month, decision);
    }
    if (measured) {
      achievement[month] = decision.figure;
      const int flags = (decision.limited ? kCapped : 0) | (decision.whole && state != nullptr ? kExact : 0);
      achieved[month] = static_cast<StateByte>(state_byte(decision.state) | flags);
    }
    if (band != nullptr) band[month] = decision.band;
    if (state != nullptr) {
      // What stands there now is rounded once: whoever adds it up need not go below it, unless it is out of the range
      // that the error bounds above count on.
      write(node, lane, month, decision);
      const ClassBounds& bounds = bounds_of(node);
      const double value = decision.value.value_or(bounds.least_value);
      const bool outside = value < bounds.least_value || value > bounds.most_value ||
                           (measured && bounds.offered &&
                            (decision.figure < bounds.least_achieved || decision.figure > bounds.most_achieved));
      state[month] = static_cast<StateByte>((state[month] & ~kSigned) | kExact | (outside ? kSigned : 0));
    }
  }
  return decided;
}

bool ExactSide::meets(std::uint32_t parent, std::uint32_t child, int lane, unsigned month) const {
  const MeasureClass& above = plan_.measure(parent);
  if (const auto quick = ExactWalk<Fraction128>(*this, lane, month).meets(above, child)) return *quick;
  return ExactWalk<Rational>(*this, lane, month).meets(above, child).value_or(false);
}

ExactCalls::ExactCalls(ExactSide& side, kernel::Tables& tables) : side_(side) {
  tables.context = this;
  tables.settle = [](void* context, std::uint32_t node, int lane, unsigned months, double* achievement,
                     std::uint8_t* achieved, std::int8_t* band, std::uint8_t* state) {
    auto& calls = *static_cast<ExactCalls*>(context);
    calls.decisions_ += calls.side_.settle(node, lane, months, achievement, achieved, band, state);
  };
  tables.meets = [](void* context, std::uint32_t parent, std::uint32_t child, int lane, unsigned month) {
    auto& calls = *static_cast<ExactCalls*>(context);
    ++calls.decisions_;
    return calls.side_.meets(parent, child, lane, month);
  };
}

}  // namespace jenjang::bulk
