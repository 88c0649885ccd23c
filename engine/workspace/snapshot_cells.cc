#include "engine/workspace/snapshot_cells.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "engine/bulk/reported_years.h"
#include "engine/rollup/semantics.h"

namespace jenjang {

using bulk::CoarseReport;
using bulk::kCoarse;
using bulk::kMonths;
using bulk::RowFacts;
using bulk::StateByte;

bool SnapshotCells::can_hold(std::uint32_t leaf, const Observation& figure) const {
  const snapshot::PlanNames& names = snapshot_.names();
  const std::uint32_t item = names.node_item[leaf];
  const std::uint32_t workflow = names.item_workflow[item];
  const bulk::MeasureClass& measure = snapshot_.plan().measure(leaf);
  const bool plain = figure.grade.empty() && !figure.verified->stated() && figure.definition_version == 0 &&
                     (names.item_marks[item] & snapshot::kIntricateFacts) == 0;
  if (!plain || (workflow != snapshot::kNoWorkflow && figure.workflow != names.workflows[workflow]) ||
      figure.period.granularity() > measure.frequency) {
    return false;
  }
  switch (figure.state) {
    case CellState::value: {
      const Decimal number = figure.number.normalised();
      return number.scale() <= measure.places && fits_year(leaf, bulk::slot_of(figure.period), number.to_double());
    }
    case CellState::empty:
    case CellState::not_applicable:
    case CellState::awaiting_release:
      return true;
    case CellState::not_due:
    case CellState::redefined:
      return false;  // what the plan says, never a report
  }
  return false;
}

// As flatten_model asks, with this figure in its slot.
bool SnapshotCells::fits_year(std::uint32_t leaf, std::size_t slot, double figure) const {
  std::array<double, kMonths> months{};
  std::copy_n(&snapshot_.figures().value[std::size_t{leaf} * kMonths], kMonths, months.begin());
  std::vector<CoarseReport> reports = reports_of(leaf);
  if (slot >= kCoarse) {
    months[slot - kCoarse] = figure;
  } else {
    std::erase_if(reports, [slot](const CoarseReport& report) { return report.slot == slot; });
    CoarseReport& report = reports.emplace_back();
    report.slot = static_cast<std::uint8_t>(slot);
    report.value = figure;
  }
  return bulk::fits_year(snapshot_.plan().measure(leaf), months.data(), reports);
}

// Of a month that nobody reported.
StateByte SnapshotCells::silence(std::uint32_t leaf, std::size_t month) const {
  const bulk::MeasureClass& measure = snapshot_.plan().measure(leaf);
  const bool untargeted = (rows().slots[leaf] & RowFacts::kTargeted) != 0 &&
                          std::isnan(snapshot_.figures().target[std::size_t{leaf} * kMonths + month]);
  const Period period = bulk::slot_period(snapshot_.year(), kCoarse + month);
  return bulk::state_byte(
      rollup::missing_state(measure.frequency, measure.accumulation, period, rows().as_of, untargeted));
}

SlotContent SnapshotCells::content_of(std::uint32_t leaf, std::size_t slot,
                                      const std::optional<Observation>& standing) const {
  const bool coarse = slot < kCoarse;
  SlotContent made;
  if (!standing) {
    if (!coarse) made.state = silence(leaf, slot - kCoarse);
    return made;
  }
  made.reported = true;
  made.state = bulk::state_byte(standing->state);
  if (!standing->validated) {
    made.state |= coarse ? bulk::kUnvalidated : bulk::unvalidated_byte(bulk::cell_state(silence(leaf, slot - kCoarse)));
  }
  if (standing->state != CellState::value) return made;
  made.value = standing->number.to_double();
  if (standing->number.is_negative()) made.state |= bulk::kSigned;
  if (standing->illustrative) made.marks |= CoarseReport::kInvented;
  if (standing->unverified) made.marks |= CoarseReport::kUnproven;
  return made;
}

SlotContent SnapshotCells::content_in(std::uint32_t leaf, std::size_t slot) const {
  SlotContent found;
  if (slot < kCoarse) {
    for (const CoarseReport& report : reports_of(leaf)) {
      if (report.slot == slot) found = {true, report.marks, report.state, report.value};
    }
    return found;
  }
  const std::size_t month = slot - kCoarse, at = std::size_t{leaf} * kMonths + month;
  const auto marked = [&](const bulk::Column<std::uint16_t>& column) {
    return !column.empty() && (column[leaf] >> month & 1) != 0;
  };
  found.value = snapshot_.figures().value[at];
  found.state = snapshot_.figures().state[at];
  found.reported = (found.state & bulk::kStateMask) == 0 || marked(rows().reasons);
  if (marked(rows().illustrative)) found.marks |= CoarseReport::kInvented;
  if (marked(rows().unverified)) found.marks |= CoarseReport::kUnproven;
  return found;
}

std::optional<Diagnostic> SnapshotCells::put(std::uint32_t leaf, std::size_t slot, const SlotContent& content) {
  if ((content.state & bulk::kUnvalidated) != 0 && !snapshot_.figures().has_validated_lane()) {
    snapshot_.add_validated_lane();
  }
  const bool had_row = content_in(leaf, slot).reported;
  if (slot < kCoarse) {
    put_report(leaf, slot, content);
  } else {
    put_month(leaf, static_cast<unsigned>(slot - kCoarse), content);
  }
  return had_row == content.reported ? std::nullopt : find_slots(leaf);
}

void SnapshotCells::put_month(std::uint32_t leaf, unsigned month, const SlotContent& content) {
  bulk::Figures& figures = snapshot_.figures();
  const auto bit = static_cast<std::uint16_t>(1U << month);
  // Nothing is written that stands already: the first write copies a page of the file.
  const auto mark = [&](bulk::Column<std::uint16_t>& column, bool marked) {
    const bool has = !column.empty() && (column[leaf] & bit) != 0;
    if (has == marked) return;
    if (column.empty()) {
      column = bulk::Column<std::uint16_t>(snapshot_.plan().leaf_count());
      std::fill(column.begin(), column.end(), std::uint16_t{0});
    }
    column[leaf] ^= bit;
  };
  mark(rows().reasons, content.reported && (content.state & bulk::kStateMask) != 0);
  mark(rows().illustrative, (content.marks & CoarseReport::kInvented) != 0);
  mark(rows().unverified, (content.marks & CoarseReport::kUnproven) != 0);
  if (snapshot_.has_results()) {
    if (!live_) live_ = std::make_unique<bulk::LiveFigures>(snapshot_.plan(), figures);
    live_->change(leaf, month, content.value, content.state);
  } else {
    const std::size_t at = std::size_t{leaf} * kMonths + month;
    figures.value[at] = content.value;
    figures.state[at] = content.state;
  }
}

// The columns of months, and what a roll-up made of them, stay as they are.
void SnapshotCells::put_report(std::uint32_t leaf, std::size_t slot, const SlotContent& content) {
  CoarseReport made{leaf, static_cast<std::uint8_t>(slot)};
  made.state = content.state;
  made.marks = content.marks;
  made.value = content.value;
  put_reports_[{leaf, slot}] = content.reported ? std::optional(made) : std::nullopt;
}

std::vector<CoarseReport> SnapshotCells::reports_of(std::uint32_t leaf) const {
  const auto known = rows().reports_of(leaf);
  std::vector<CoarseReport> reports(known.begin(), known.end());
  for (auto at = put_reports_.lower_bound({leaf, 0}); at != put_reports_.end() && at->first.first == leaf; ++at) {
    std::erase_if(reports, [at](const CoarseReport& report) { return report.slot == at->first.second; });
    if (at->second) reports.push_back(*at->second);
  }
  return reports;
}

// One pass over both, which are in order of leaves and slots.
void SnapshotCells::finish() {
  if (put_reports_.empty()) return;
  std::vector<CoarseReport> all;
  all.reserve(rows().reports.size() + put_reports_.size());
  auto put = put_reports_.begin();
  const auto take_put = [&] {
    if (put->second) all.push_back(*put->second);
    ++put;
  };
  for (const CoarseReport& report : rows().reports) {
    const std::pair<std::uint32_t, std::size_t> at{report.leaf, report.slot};
    while (put != put_reports_.end() && put->first < at) take_put();
    if (put != put_reports_.end() && put->first == at) {
      take_put();
    } else {
      all.push_back(report);
    }
  }
  while (put != put_reports_.end()) take_put();
  rows().reports = bulk::Column<CoarseReport>(all.size());
  std::copy(all.begin(), all.end(), rows().reports.begin());
  put_reports_.clear();
}

// Which slots have a row, of the leaf and of everything above: a parent has one wherever one of its children has.
std::optional<Diagnostic> SnapshotCells::find_slots(std::uint32_t leaf) {
  const bulk::FlatPlan& plan = snapshot_.plan();
  std::vector<std::uint32_t> waiting{leaf};
  while (!waiting.empty()) {
    const std::uint32_t node = waiting.back();
    waiting.pop_back();
    if (node >= plan.node_count()) continue;  // above a root
    if (auto damage = verify(node)) return damage;
    const std::uint32_t slots = slots_of(node);
    if (slots == rows().slots[node]) continue;
    rows().slots[node] = slots;
    waiting.push_back(plan.owner[node]);
    auto shared = std::lower_bound(plan.shared.begin(), plan.shared.end(), bulk::FlatPlan::Shared{node, 0});
    for (; shared != plan.shared.end() && shared->child == node; ++shared) waiting.push_back(shared->parent);
  }
  return std::nullopt;
}

std::uint32_t SnapshotCells::slots_of(std::uint32_t node) const {
  const bulk::FlatPlan& plan = snapshot_.plan();
  std::uint32_t slots = rows().slots[node] & RowFacts::kTargeted;
  const std::size_t first = std::size_t{node} * kMonths;
  for (std::size_t slot = 0; slot < bulk::kYearSlots; ++slot) {
    const bool targeted = slot >= kCoarse
                              ? !std::isnan(snapshot_.figures().target[first + slot - kCoarse])
                              : !rows().coarse_target.empty() && !std::isnan(rows().coarse_target[first + slot]);
    if (targeted) slots |= std::uint32_t{1} << slot;
  }
  if (node >= plan.leaf_count()) {
    for (const bulk::Edge& edge : plan.children(node)) slots |= rows().slots[edge.child()] & RowFacts::kAllSlots;
    return slots;
  }
  for (std::size_t slot = 0; slot < bulk::kYearSlots; ++slot) {
    if (content_in(node, slot).reported) slots |= bulk::slots_around(slot);
  }
  return slots;
}

}  // namespace jenjang
