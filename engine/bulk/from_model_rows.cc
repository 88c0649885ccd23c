// What the rows of the year say beside the figures of months: coarse targets, which slots have a row, marks.
#include <algorithm>
#include <cmath>

#include "engine/bulk/model_reader.h"

namespace jenjang::bulk {

Period slot_period(int year, std::size_t slot) {
  constexpr int kFirst[] = {0, 1, 3, 7};
  const Granularity granularity = granularity_of(slot);
  return {year, granularity, static_cast<int>(slot) - kFirst[static_cast<std::size_t>(granularity)] + 1};
}

std::size_t slot_of(Period period) {
  constexpr std::size_t kFirst[] = {0, 1, 3, 7};
  return kFirst[static_cast<std::size_t>(period.granularity())] + static_cast<std::size_t>(period.index()) - 1;
}

std::string_view to_string(RowLimit limit) {
  return limit == RowLimit::gates ? "gates" : "documents";
}

namespace {

// Made when the first one has something to say: nearly all plans need none of these.
template <class T>
void set_bit(Column<T>& column, std::size_t size, std::size_t at, std::size_t bit) {
  if (column.empty()) {
    column = Column<T>(size);
    std::fill(column.begin(), column.end(), T{0});
  }
  column[at] = static_cast<T>(column[at] | T{1} << bit);
}

}  // namespace

void ModelReader::make_rows(FlatModel& made) {
  RowFacts& rows = made.rows;
  const std::size_t nodes = model_.node_count();
  rows.as_of = options_.as_of;
  rows.slots = Column<std::uint32_t>(nodes);
  std::fill(rows.slots.begin(), rows.slots.end(), 0U);
  rows.reasons = Column<std::uint16_t>(leaves_);
  std::fill(rows.reasons.begin(), rows.reasons.end(), std::uint16_t{0});
  rows.target_places = Column<std::uint8_t>(nodes * RowFacts::kPlacesRow);
  std::fill(rows.target_places.begin(), rows.target_places.end(), std::uint8_t{0});
  note_targets(made);
  find_obstacle(rows);
  for (std::size_t i = 0; i < leaves_; ++i) note_facts(rows, NodeId::from_index(i));
  // A parent has a row wherever one of its children has.
  for (auto node = static_cast<std::uint32_t>(leaves_); node < nodes; ++node) {
    for (const Edge& edge : made.plan.children(node)) {
      rows.slots[node] |= rows.slots[edge.child()] & RowFacts::kAllSlots;
    }
  }
}

void ModelReader::find_obstacle(RowFacts& rows) const {
  for (std::size_t i = 0; i < model_.node_count() && !rows.obstacle; ++i) {
    const NodeId node = NodeId::from_index(i);
    const Item& item = model_.item(node);
    const MeasureSpec& spec = item.spec;
    const ScaleId scale = spec.value_bands.valid() ? spec.value_bands : spec.achievement_bands;
    if (scale.valid() && model_.gates.contains(scale.value())) {
      rows.obstacle = {RowLimit::gates, node.value()};
    }
    for (const Statement& statement : model_.statements_of(node)) {
      const Period period = statement.period;
      if (period.year() != year_ || period.granularity() == Granularity::year) continue;
      const Statement* const best = model_.statement_in_force(node, period);
      if (best != nullptr && best->document != item.document) rows.obstacle = {RowLimit::documents, node.value()};
    }
  }
}

void ModelReader::note_facts(RowFacts& rows, NodeId node) const {
  for (const Fact& fact : facts_.of(node)) {
    const Period period = facts_.observation(fact).period;
    if (period.year() == year_) rows.slots[node.index()] |= slots_around(slot_of(period));
  }
}

void ModelReader::note_targets(FlatModel& made) {
  RowFacts& rows = made.rows;
  const std::size_t nodes = model_.node_count();
  for (const TargetCell& cell : targets_.cells) {
    const std::size_t node = cell.node.index();
    rows.slots[node] |= RowFacts::kTargeted;
    if (cell.period.year() != year_) continue;
    const std::size_t slot = slot_of(cell.period);
    const Decimal& target = *cell.target.number();
    rows.slots[node] |= std::uint32_t{1} << slot;
    rows.target_places[node * RowFacts::kPlacesRow + slot] = static_cast<std::uint8_t>(target.scale());
    if (cell.illustrative) set_bit(rows.illustrative_targets, nodes, node, slot);
    if (slot >= kCoarse) continue;
    if (rows.coarse_target.empty()) {
      rows.coarse_target = Column<double>(nodes * kMonths);
      std::fill(rows.coarse_target.begin(), rows.coarse_target.end(), std::nan(""));
    }
    const double figure = target.to_double();
    if (!fits_digits(cell.node, figure)) refusals_.add(FlatLimit::digits, cell.node);
    rows.coarse_target[node * kMonths + slot] = figure;
  }
}

// Of the report that stands for a month.
void ModelReader::note_report(RowFacts& rows, NodeId node, std::size_t at, const Observation& observation,
                              bool is_number) {
  if (!is_number) {
    set_bit(rows.reasons, leaves_, node.index(), at);
    return;
  }
  if (observation.illustrative) set_bit(rows.illustrative, leaves_, node.index(), at);
  if (observation.unverified) set_bit(rows.unverified, leaves_, node.index(), at);
}

}  // namespace jenjang::bulk
