// Targets of every node and facts of the leaves, month by month.
#include <algorithm>
#include <cmath>

#include "engine/bulk/model_reader.h"
#include "engine/bulk/reported_years.h"
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
  if (reports_.empty()) return;
  made.rows.reports = Column<CoarseReport>(reports_.size());
  std::copy(reports_.begin(), reports_.end(), made.rows.reports.begin());
}

void ModelReader::fill_leaf(NodeId node, FlatModel& made) {
  Figures& figures = made.figures;
  const Item& item = model_.item(node);
  const std::span<const TargetCell> targets =
      std::span(targets_.cells)
          .subspan(target_begin_[node.index()], target_begin_[node.index() + 1] - target_begin_[node.index()]);
  // The last number about a period stands, a reason only where there is no number (like the general engine).
  std::array<const Fact*, kYearSlots> stated{};
  std::array<CellState, kYearSlots> states{};
  for (const Fact& fact : facts_.of(node)) {
    const Observation& observation = facts_.observation(fact);
    if (observation.period.year() != year_) continue;
    const std::size_t at = slot_of(observation.period);
    const CellState state = rollup::state_in(item, observation, Lane::all);
    if (stated[at] != nullptr && state != CellState::value && states[at] == CellState::value) continue;
    stated[at] = &fact;
    states[at] = state;
  }
  const std::size_t first = node.index() * kMonths;
  const auto missing = [&](std::size_t at) {
    return rollup::missing_state(model_, node, month(at), options_.as_of, targets, false);
  };
  const std::size_t reported = reports_.size();
  for (std::size_t slot = 0; slot < kCoarse; ++slot) {
    if (stated[slot] != nullptr) note_coarse(node, slot, *stated[slot], states[slot]);
  }
  for (std::size_t at = 0; at < kMonths; ++at) {
    const Fact* const fact = stated[kCoarse + at];
    const CellState told = states[kCoarse + at];
    double value = 0;
    StateByte state = 0;
    if (fact == nullptr) {
      state = state_byte(missing(at));
    } else if (told != CellState::value) {
      const bool waits = !facts_.observation(*fact).validated;
      state = static_cast<StateByte>(state_byte(told) | (waits ? unvalidated_byte(missing(at)) : StateByte{0}));
      note_report(made.rows, node, at, facts_.observation(*fact), false);
    } else {
      value = fact->value;
      const Observation& observation = facts_.observation(*fact);
      if (!observation.validated) state = unvalidated_byte(missing(at));
      if (observation.number.is_negative()) state |= kSigned;
      note_report(made.rows, node, at, observation, true);
    }
    figures.value[first + at] = value;
    figures.state[first + at] = state;
  }
  const MeasureClass& measure = classes_[class_of_[node.index()]];
  if (!fits_year(measure, &figures.value[first], std::span(reports_).subspan(reported))) {
    refusals_.add(FlatLimit::digits, node);
  }
}

void ModelReader::note_coarse(NodeId node, std::size_t slot, const Fact& fact, CellState state) {
  const Observation& observation = facts_.observation(fact);
  CoarseReport& report = reports_.emplace_back();
  report.leaf = node.value();
  report.slot = static_cast<std::uint8_t>(slot);
  report.state = state_byte(state);
  if (!observation.validated) report.state |= kUnvalidated;
  if (state != CellState::value) return;
  report.value = fact.value;
  if (observation.number.is_negative()) report.state |= kSigned;
  if (observation.illustrative) report.marks |= CoarseReport::kInvented;
  if (observation.unverified) report.marks |= CoarseReport::kUnproven;
}

}  // namespace jenjang::bulk
