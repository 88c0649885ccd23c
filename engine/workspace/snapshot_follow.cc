// Later entries of the journal into the figures of a snapshot.
//
// A cell that a later entry is about is folded twice by the rules of replay: with the entries up to the snapshot, which
// must give the figure that the snapshot has, and with all. Where both are plain validated numbers, the new one is
// written: of a month into the columns, of what is coarser among the reports. Anything else needs the plan (what is
// missing and why, other addresses of a unit, rounding to more digits), and is refused.
#include <cstddef>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

#include "jenjang/bulk/sweep.h"
#include "jenjang/journal/replay.h"

#include "engine/bulk/reported_years.h"
#include "engine/workspace/snapshots.h"

namespace jenjang {
namespace {

using bulk::CoarseReport;
using bulk::kMonths;
using snapshot::PlanNames;
using snapshot::Snapshot;

struct ChangedCell {
  std::string code, unit;
  Period period;
  friend auto operator<=>(const ChangedCell&, const ChangedCell&) = default;
};
struct LastEntry {
  std::uint64_t seq = 0;
  EntryKind kind = EntryKind::realisation;
};

class Follower {
public:
  Follower(const Journal& journal, OpenedSnapshot& opened)
      : journal_(journal), opened_(opened), snapshot_(opened.snapshot), identity_(snapshot_.identity()) {}

  std::optional<Diagnostic> run(std::uint64_t last) {
    if (auto failure = read(last)) return failure;
    if (refused_ || cells_.empty()) return refused_;
    if (auto damage = snapshot_.verify_names()) return damage;
    find_nodes();
    for (const auto& [cell, entry] : cells_) {
      if (auto failure = apply(cell, entry)) return failure;
    }
    return std::nullopt;
  }

private:
  [[nodiscard]] Diagnostic beyond(const LastEntry& entry) const {
    return make_diagnostic(Code::J3206, {})
        .arg("berkas", snapshot_.container().name())
        .arg("entri", std::to_string(entry.seq))
        .arg("jenis", to_string(entry.kind));
  }

  std::optional<Diagnostic> read(std::uint64_t last) {
    return journal_.read(identity_.journal_seq + 1, last, [this](const Entry& entry) {
      opened_.head = {entry.seq, entry.hash};
      take(entry);
      return !refused_;
    });
  }

  void take(const Entry& entry) {
    const Observation& figure = entry.figure;
    switch (entry.kind) {
      case EntryKind::realisation:
      case EntryKind::correction:
      case EntryKind::validation:
        // Other years have no place here and do not reach into this one.
        if (figure.period.valid() && figure.period.year() != snapshot_.year()) return;
        if (figure.period.valid() && figure.authority == RegionAuthority::kemendagri) {
          cells_[{figure.code.str(), figure.unit.str(), figure.period}] = {entry.seq, entry.kind};
          return;
        }
        break;
      case EntryKind::dispute:
      case EntryKind::evidence:
      case EntryKind::note:
      case EntryKind::inputs:  // the files themselves are compared
        return;
      case EntryKind::grade_proposed:
      case EntryKind::grade_decided:
      case EntryKind::signed_document:
      case EntryKind::adoption:
        break;
    }
    if (!refused_) refused_ = beyond({entry.seq, entry.kind});
  }

  using Ids = std::map<std::string_view, std::vector<std::uint32_t>, std::less<>>;
  static Ids ids_of(const snapshot::StringTable& table, const std::set<std::string_view>& wanted) {
    Ids ids;
    for (std::size_t i = 0; i < table.size(); ++i) {
      const auto found = wanted.find(table[i]);
      if (found != wanted.end()) ids[*found].push_back(static_cast<std::uint32_t>(i));
    }
    return ids;
  }

  // One pass over the names of items and units and over the nodes, whatever the number of cells: some entries are no
  // reason to keep an index of ten million names.
  void find_nodes() {
    const PlanNames& names = snapshot_.names();
    std::set<std::string_view> codes, units;
    for (const auto& [cell, entry] : cells_) {
      codes.insert(cell.code);
      units.insert(cell.unit);
    }
    const Ids items = ids_of(names.item_codes, codes), places = ids_of(names.unit_paths, units);
    std::unordered_map<std::uint64_t, std::uint32_t> wanted;
    const auto key = [](std::uint32_t item, std::uint32_t unit) { return std::uint64_t{item} << 32U | unit; };
    std::vector<bool> wanted_unit(names.unit_paths.size());
    for (const auto& [cell, entry] : cells_) {
      const auto item = items.find(cell.code);
      const auto unit = places.find(cell.unit);
      if (item == items.end() || unit == places.end()) continue;
      for (const std::uint32_t i : item->second) {
        for (const std::uint32_t u : unit->second) {
          wanted.emplace(key(i, u), bulk::kNoNode);
          wanted_unit[u] = true;
        }
      }
    }
    for (std::uint32_t node = 0; node < names.node_unit.size(); ++node) {
      const std::uint32_t unit = names.node_unit[node];
      if (unit >= wanted_unit.size() || !wanted_unit[unit]) continue;
      const auto found = wanted.find(key(names.node_item[node], unit));
      if (found != wanted.end()) {
        nodes_[{std::string(names.code(node)), std::string(names.unit(node))}].push_back(node);
      }
    }
  }

  [[nodiscard]] StateMeaning meaning(std::string_view workflow, std::string_view status) {
    const auto at =
        std::lower_bound(identity_.states.begin(), identity_.states.end(), std::tie(workflow, status),
                         [](const snapshot::KnownState& state, const auto& wanted) {
                           return std::tuple<std::string_view, std::string_view>(state.workflow, state.status) < wanted;
                         });
    if (at == identity_.states.end() || at->workflow != workflow || at->status != status) return StateMeaning::waiting;
    return at->count == snapshot::StateCount::valid   ? StateMeaning::valid
           : at->count == snapshot::StateCount::void_ ? StateMeaning::void_
                                                      : StateMeaning::waiting;
  }

  // A number that both lanes take, by an item's own workflow, in the digits of its class, of a period that it may have.
  [[nodiscard]] bool is_plain(std::uint32_t node, const Observation& figure) const {
    const PlanNames& names = snapshot_.names();
    const std::uint32_t item = names.node_item[node];
    const std::uint32_t workflow = names.item_workflow[item];
    const Decimal number = figure.number.normalised();
    const bulk::MeasureClass& measure = snapshot_.plan().measure(node);
    return figure.state == CellState::value && figure.grade.empty() && figure.validated && !figure.verified->stated() &&
           !figure.released.valid() && figure.definition_version == 0 &&
           (workflow == snapshot::kNoWorkflow || figure.workflow == names.workflows[workflow]) &&
           (names.item_marks[item] & snapshot::kIntricateFacts) == 0 && number.scale() <= measure.places &&
           figure.period.granularity() <= measure.frequency &&
           fits_year(node, bulk::slot_of(figure.period), number.to_double());
  }

  // As flatten_model asks, with this figure in its slot.
  [[nodiscard]] bool fits_year(std::uint32_t node, std::size_t slot, double figure) const {
    std::array<double, kMonths> months{};
    std::copy_n(&snapshot_.figures().value[node * kMonths], kMonths, months.begin());
    std::vector<CoarseReport> reports;
    if (const bulk::RowFacts* const rows = snapshot_.rows()) {
      const auto known = rows->reports_of(node);
      reports.assign(known.begin(), known.end());
    }
    if (slot >= bulk::kCoarse) {
      months[slot - bulk::kCoarse] = figure;
    } else {
      std::erase_if(reports, [slot](const CoarseReport& report) { return report.slot == slot; });
      CoarseReport& report = reports.emplace_back();
      report.slot = static_cast<std::uint8_t>(slot);
      report.value = figure;
    }
    return bulk::fits_year(snapshot_.plan().measure(node), months.data(), reports);
  }

  std::optional<Diagnostic> apply(const ChangedCell& cell, const LastEntry& entry) {
    const auto found = nodes_.find({cell.code, cell.unit});
    if (found == nodes_.end() || found->second.size() != 1) return beyond(entry);
    const std::uint32_t node = found->second.front();
    if (auto damage = snapshot_.verify_nodes(node, node + 1)) return damage;
    if (node >= snapshot_.plan().leaf_count() ||
        snapshot_.names().node_item[node] >= snapshot_.names().item_marks.size()) {
      return beyond(entry);
    }
    Observation about;
    about.code = cell.code;
    about.unit = cell.unit;
    about.period = cell.period;
    std::vector<Entry> history = journal_.history(about);
    if (journal_.fault()) return journal_.fault();
    std::erase_if(history, [this](const Entry& one) { return one.seq > opened_.head.seq; });
    const auto later = std::find_if(history.begin(), history.end(),
                                    [this](const Entry& one) { return one.seq > identity_.journal_seq; });
    const StateOracle oracle = [this](std::string_view workflow, std::string_view status) {
      return meaning(workflow, status);
    };
    const auto before = replay_cell({history.begin(), later}, oracle);
    const auto now = replay_cell(history, oracle);
    const std::size_t slot = bulk::slot_of(cell.period);
    // A fact that came under another address of the unit, or was not taken, shows here.
    const std::optional<double> has = figure_in(node, slot);
    const bool known = before && before->state == CellState::value;
    if (known != has.has_value() || (known && before->number.to_double() != *has)) return beyond(entry);
    if (!now || !is_plain(node, *now)) return beyond(entry);
    if (slot >= bulk::kCoarse) {
      write_month(node, static_cast<unsigned>(slot - bulk::kCoarse), *now);
    } else if (snapshot_.rows() == nullptr) {
      return beyond(entry);
    } else {
      write_report(node, slot, *now);
    }
    return std::nullopt;
  }

  // The number that the snapshot has.
  [[nodiscard]] std::optional<double> figure_in(std::uint32_t node, std::size_t slot) const {
    if (slot >= bulk::kCoarse) {
      const std::size_t at = node * kMonths + slot - bulk::kCoarse;
      if (bulk::cell_state(snapshot_.figures().state[at]) != CellState::value) return std::nullopt;
      return snapshot_.figures().value[at];
    }
    if (const bulk::RowFacts* const rows = snapshot_.rows()) {
      for (const CoarseReport& report : rows->reports_of(node)) {
        if (report.slot == slot && bulk::cell_state(report.state) == CellState::value) return report.value;
      }
    }
    return std::nullopt;
  }

  void write_month(std::uint32_t node, unsigned month, const Observation& now) {
    bulk::Figures& figures = snapshot_.figures();
    const std::size_t at = node * kMonths + month;
    note_row(node, month, now);
    const double value = now.number.to_double();
    const bulk::StateByte state = now.number.is_negative() ? bulk::kSigned : bulk::StateByte{0};
    if (value == figures.value[at] && state == figures.state[at]) return;
    if (snapshot_.has_results()) {
      if (!live_) live_ = std::make_unique<bulk::LiveFigures>(snapshot_.plan(), figures);
      live_->change(node, month, value, state);
    } else {
      figures.value[at] = value;
      figures.state[at] = state;
    }
    ++opened_.changes;
  }

  // The columns of months, and what a roll-up made of them, stay as they are. A report that is new makes the table
  // anew: later entries are few.
  void write_report(std::uint32_t node, std::size_t slot, const Observation& now) {
    bulk::RowFacts& rows = *snapshot_.rows();
    CoarseReport made{node, static_cast<std::uint8_t>(slot)};
    made.value = now.number.to_double();
    if (now.number.is_negative()) made.state = bulk::kSigned;
    if (now.illustrative) made.marks |= CoarseReport::kInvented;
    if (now.unverified) made.marks |= CoarseReport::kUnproven;
    CoarseReport* const place = std::lower_bound(rows.reports.begin(), rows.reports.end(), made);
    if (place != rows.reports.end() && !(made < *place)) {
      if (place->value != made.value || place->state != made.state) ++opened_.changes;
      *place = made;
    } else {
      bulk::Column<CoarseReport> more(rows.reports.size() + 1);
      CoarseReport* const next = std::copy(rows.reports.begin(), place, more.begin());
      *next = made;
      std::copy(place, rows.reports.end(), next + 1);
      rows.reports = std::move(more);
      ++opened_.changes;
    }
    add_slots(rows, node, bulk::slots_around(slot));
  }

  // What rows say besides: the month is reported now, by a figure with these marks.
  void note_row(std::uint32_t node, unsigned month, const Observation& figure) {
    bulk::RowFacts* const rows = snapshot_.rows();
    if (rows == nullptr) return;
    const auto bit = static_cast<std::uint16_t>(1U << month);
    rows->reasons[node] = static_cast<std::uint16_t>(rows->reasons[node] & ~unsigned{bit});
    const auto mark = [&](bulk::Column<std::uint16_t>& column, bool marked) {
      if (column.empty() && !marked) return;
      if (column.empty()) {
        column = bulk::Column<std::uint16_t>(snapshot_.plan().leaf_count());
        std::fill(column.begin(), column.end(), std::uint16_t{0});
      }
      column[node] = static_cast<std::uint16_t>(marked ? column[node] | bit : column[node] & ~unsigned{bit});
    };
    mark(rows->illustrative, figure.illustrative);
    mark(rows->unverified, figure.unverified);
    add_slots(*rows, node, bulk::slots_around(bulk::kCoarse + month));
  }
  // To everything above: a parent has a row wherever one of its children has.
  void add_slots(bulk::RowFacts& rows, std::uint32_t first, std::uint32_t slots) {
    const bulk::FlatPlan& plan = snapshot_.plan();
    std::vector<std::uint32_t> waiting{first};
    while (!waiting.empty()) {
      const std::uint32_t node = waiting.back();
      waiting.pop_back();
      if (node >= plan.node_count() || (rows.slots[node] & slots) == slots) continue;
      rows.slots[node] |= slots;
      waiting.push_back(plan.owner[node]);
      auto shared = std::lower_bound(plan.shared.begin(), plan.shared.end(), bulk::FlatPlan::Shared{node, 0});
      for (; shared != plan.shared.end() && shared->child == node; ++shared) waiting.push_back(shared->parent);
    }
  }

  const Journal& journal_;
  OpenedSnapshot& opened_;
  Snapshot& snapshot_;
  const snapshot::Identity& identity_;
  std::unique_ptr<bulk::LiveFigures> live_;  // from the first change on
  std::map<ChangedCell, LastEntry> cells_;
  std::map<std::pair<std::string, std::string>, std::vector<std::uint32_t>> nodes_;
  std::optional<Diagnostic> refused_;
};

}  // namespace

std::optional<Diagnostic> follow_journal(const Journal& journal, const std::string& journal_name,
                                         OpenedSnapshot& opened) {
  const snapshot::Identity& identity = opened.snapshot.identity();
  if (identity.journal_seq != 0) {
    bool same = false;
    auto failure = journal.read(identity.journal_seq, identity.journal_seq, [&](const Entry& entry) {
      same = entry.hash == identity.journal_hash;
      return true;
    });
    if (failure && journal.head().seq >= identity.journal_seq) return failure;
    if (!same) {
      return make_diagnostic(Code::J3205, {})
          .arg("berkas", opened.snapshot.container().name())
          .arg("jurnal", journal_name)
          .arg("entri", std::to_string(identity.journal_seq));
    }
  }
  // Nothing later, or nothing that was known at the moment: the usual start.
  const std::uint64_t last = identity.until ? journal.last_before(Moment{*identity.until}) : journal.head().seq;
  if (journal.fault()) return journal.fault();
  if (last <= identity.journal_seq) return std::nullopt;
  return Follower(journal, opened).run(last);
}

}  // namespace jenjang
