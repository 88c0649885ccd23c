// From partials and own figures to one result cell.
#include "engine/rollup/engine.h"

namespace jenjang {

using rollup::Outcome;
using rollup::OwnFigure;

Outcome<double> RollupWorker::finish(NodeId node, std::size_t place, Aggregation aggregation,
                                     MissingPolicy policy) const {
  switch (aggregation) {
    case Aggregation::sum:
      return rollup::finish_sum(partials_[place], policy);
    case Aggregation::minimum:
    case Aggregation::maximum:
      return rollup::finish_extremum(partials_[place], policy);
    case Aggregation::table: {
      const rollup::SharePoints found = shares_[place].finish(model_, model_.item(node), policy);
      Outcome<double> outcome;
      outcome.state = found.state;
      outcome.partial = found.partial;
      if (found.points) outcome.value = found.points->to_double();
      return outcome;
    }
    case Aggregation::ratio:
      return rollup::finish_ratio(partials_[place], policy);
    default:
      return rollup::finish_mean(partials_[place], policy);
  }
}

namespace {

void take_own(const OwnFigure<double>& own, ResultCell& cell) {
  cell.value = own.value;
  cell.state = CellState::value;
  unsigned flags = own.flags & (kTouchedUnvalidated | kSigned);
  if ((own.flags & kIllustrative) != 0) flags |= kValueIllustrative;
  if ((own.flags & kUnverified) != 0) flags |= kValueUnverified;
  if (own.partial) flags |= kPartial;
  if (own.carried) flags |= kCarried;
  cell.flags = static_cast<std::uint16_t>(flags);
  cell.covered_months = static_cast<std::uint32_t>(own.covered_months);
  cell.expected_months = static_cast<std::uint32_t>(own.expected_months);
}

}  // namespace

void RollupWorker::compose_leaf(NodeId node, std::size_t slot, ResultCell& cell) const {
  const OwnFigure<double>& own = own_[slot];
  cell = ResultCell{};
  if (own.has_fact && own.state == CellState::value) {
    take_own(own, cell);
    cell.covered = 1;
    cell.covered_weight = 1;
  } else {
    cell.value = own.value;
    cell.state = own.state;
    if (!own.complete_reason) {
      // A target of the period itself lies within it: the others need not be looked at.
      const bool wanted = own.reported.any || target_at_[slot] != nullptr;
      const CellState missing =
          rollup::missing_state(model_, node, period(slot), options_.as_of, shared_.targets_of(node), wanted);
      cell.state = own.has_fact ? rollup::more_urgent(own.state, missing) : missing;
    }
    cell.covered_months = static_cast<std::uint32_t>(own.covered_months);
    cell.expected_months = static_cast<std::uint32_t>(own.expected_months);
    if (own.below_coverage) cell.flags |= kBelowCoverage;
  }
  if (cell.state != CellState::not_applicable) {
    cell.expected = 1;
    cell.expected_weight = 1;
  }
}

void RollupWorker::ask_coverage(NodeId node, std::size_t place, Lane lane, Outcome<double>& up, unsigned& flags) {
  const Item& item = *item_;
  if (!item.spec.least_coverage || up.state != CellState::value) return;
  const std::size_t slot = wanted_[place];
  rollup::Coverage<double> coverage = coverage_[place];
  if (rollup::aggregation_of(item) == Aggregation::ratio) {
    coverage.expected_weight = lane == Lane::all ? up.known : row(node, Lane::all)[slot].expected_weight;
  }
  rollup::Enough enough = rollup::enough<double>(coverage, *item.spec.least_coverage);
  if (enough == rollup::Enough::uncertain) {
    flags |= kDecidedExactly;
    enough = exact(lane).is_below_coverage(node, period(slot)) ? rollup::Enough::no : rollup::Enough::yes;
  }
  if (enough == rollup::Enough::yes) return;
  rollup::refuse_for_coverage(up);
  flags |= kBelowCoverage;
}

Outcome<double> RollupWorker::ratio_exactly(NodeId node, std::size_t place, Lane lane) {
  const RatioOfChildren found = exact(lane).ratio_of_children(node, period(wanted_[place]));
  Coverage& coverage = coverage_[place];
  coverage.flags |= kDecidedExactly;
  coverage.covered = found.covered;
  coverage.expected = found.expected;
  coverage.covered_weight = found.covered_weight.to_double();
  Outcome<double> up;
  up.state = found.state;
  up.partial = found.is_partial;
  up.reason = found.reason;
  up.known = found.known.to_double();
  if (found.state == CellState::value) {
    up.has_pair = true;
    up.numerator = found.numerator.to_double();
    up.denominator = found.denominator.to_double();
    up.value = (found.numerator / found.denominator).to_double();
  }
  return up;
}

void RollupWorker::compose_inner(NodeId node, std::size_t place, Lane lane, ResultCell& cell) {
  const std::size_t slot = wanted_[place];
  const Item& item = *item_;
  const Aggregation aggregation = rollup::aggregation_of(item);
  Outcome<double> up;
  const bool ratio = aggregation == Aggregation::ratio;
  if (ratio && ((coverage_[place].flags & kSignedDenominator) != 0 || rollup::ratio_may_vanish(partials_[place]))) {
    up = ratio_exactly(node, place, lane);
  } else {
    up = finish(node, place, aggregation, item.spec.missing);
    if (ratio) rollup::cover_own_pair<double>(coverage_[place], partials_[place]);
  }
  const Coverage& coverage = coverage_[place];
  unsigned flags = coverage.flags;
  if (up.partial) flags |= kPartial;
  ask_coverage(node, place, lane, up, flags);
  cell = ResultCell{};
  cell.value = up.value * shared_.factors_[plan_->item];
  cell.state = up.state;
  if (up.has_pair) {
    cell.numerator = up.numerator;
    cell.denominator = up.denominator;
  }
  cell.flags = static_cast<std::uint16_t>(flags);
  cell.covered_months = coverage.covered_months;
  cell.expected_months = coverage.expected_months;
  cell.covered = coverage.covered;
  cell.expected = coverage.expected;
  cell.covered_weight = coverage.covered_weight;
  cell.expected_weight = aggregation == Aggregation::ratio ? up.known : coverage.expected_weight;
  const OwnFigure<double>& own = own_[slot];
  if (!own.has_fact || own.state != CellState::value) return;
  const bool rolled = up.state == CellState::value;
  const double roll_up = cell.value;
  if (rollup::own_figure_first(item) || !rolled) {
    const ResultCell children = cell;
    take_own(own, cell);
    // Of a ratio the children's pair still serves the node above, with its signs.
    cell.flags |= kOwnFigure | (children.flags & kDecidedExactly);
    if (aggregation == Aggregation::ratio) cell.flags |= children.flags & kSigned;
    cell.numerator = children.numerator;
    cell.denominator = children.denominator;
    if (aggregation == Aggregation::ratio) {
      cell.covered_weight = children.covered_weight;
      cell.expected_weight = children.expected_weight;
      cell.covered = children.covered;
      cell.expected = children.expected;
    } else {
      cell.covered = cell.expected = 1;
      cell.covered_weight = cell.expected_weight = 1;
    }
  }
  if (rolled) compare_own(node, slot, roll_up, cell);
}

}  // namespace jenjang
