// Targets of every node and facts of the leaves, month by month.
#include <algorithm>
#include <cmath>

#include "engine/bulk/model_reader.h"
#include "engine/rollup/accumulate.h"

namespace jenjang::bulk {

// Whole multiples of the last place below 2^51: neighbours of them differ as doubles.
bool ModelReader::fits_digits(NodeId node, double figure) const {
  constexpr double kSteps[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};
  const int places = classes_[class_of_[node.index()]].places;
  return std::abs(figure) * kSteps[places] < 0x1p51;
}

void ModelReader::fill_targets(Figures& figures) {
  // Columns of leaves come as they come; nobody else writes these.
  std::fill(figures.target.begin(), figures.target.end(), std::nan(""));
  for (const TargetCell& cell : targets_.cells) {
    if (cell.period.year() != year_ || cell.period.granularity() != Granularity::month) continue;
    const double figure = cell.target.number()->to_double();
    if (!fits_digits(cell.node, figure)) refusals_.add(FlatLimit::digits, cell.node);
    figures.target[cell.node.index() * kMonths + static_cast<std::size_t>(cell.period.index()) - 1] = figure;
  }
}

void ModelReader::fill_leaves(FlatModel& made) {
  for (std::size_t i = 0; i < leaves_; ++i) fill_leaf(NodeId::from_index(i), made);
}

// What a coarse period makes of twelve figures is exact as a double too: sums like any figure; means of at most twelve
// lie apart by a twelfth of a step at least, so their doubles need four bits more, and two for their rounding.
bool ModelReader::fits_year(NodeId node, const double* figures) const {
  const MeasureClass& measure = classes_[class_of_[node.index()]];
  double total = 0;
  for (std::size_t at = 0; at < kMonths; ++at) total += std::abs(figures[at]);
  return fits_digits(node, measure.accumulation == Accumulation::average ? total * 64 : total);
}

void ModelReader::fill_leaf(NodeId node, FlatModel& made) {
  Figures& figures = made.figures;
  const Item& item = model_.item(node);
  const std::span<const TargetCell> targets =
      std::span(targets_.cells)
          .subspan(target_begin_[node.index()], target_begin_[node.index() + 1] - target_begin_[node.index()]);
  // The last number about a month stands, a reason only where there is no number (like the general engine).
  std::array<const Fact*, kMonths> stated{};
  std::array<CellState, kMonths> states{};
  for (const Fact& fact : facts_.of(node)) {
    const Observation& observation = facts_.observation(fact);
    if (observation.period.year() != year_) continue;
    const auto at = static_cast<std::size_t>(observation.period.index()) - 1;
    const CellState state = rollup::state_in(item, observation, Lane::all);
    if (stated[at] != nullptr && state != CellState::value && states[at] == CellState::value) continue;
    stated[at] = &fact;
    states[at] = state;
  }
  const std::size_t first = node.index() * kMonths;
  const auto missing = [&](std::size_t at) {
    return rollup::missing_state(model_, node, month(at), options_.as_of, targets, false);
  };
  for (std::size_t at = 0; at < kMonths; ++at) {
    double value = 0;
    StateByte state = 0;
    if (stated[at] == nullptr) {
      state = state_byte(missing(at));
    } else if (states[at] != CellState::value) {
      const bool waits = !facts_.observation(*stated[at]).validated;
      state = static_cast<StateByte>(state_byte(states[at]) | (waits ? unvalidated_byte(missing(at)) : StateByte{0}));
      note_report(made.rows, node, at, facts_.observation(*stated[at]), false);
    } else {
      value = stated[at]->value;
      const Observation& observation = facts_.observation(*stated[at]);
      if (!observation.validated) state = unvalidated_byte(missing(at));
      if (observation.number.is_negative()) state |= kSigned;
      note_report(made.rows, node, at, observation, true);
    }
    figures.value[first + at] = value;
    figures.state[first + at] = state;
  }
  if (!fits_year(node, &figures.value[first])) refusals_.add(FlatLimit::digits, node);
}

}  // namespace jenjang::bulk
