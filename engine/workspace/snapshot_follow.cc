// Later entries of the journal into the figures of a snapshot.
//
// A cell that a later entry is about is folded twice by the rules of replay: with the entries up to the snapshot, which
// must give what the snapshot has, and with all. A number or a reason, whether it waits for validation or not, or
// nothing is written then: of a month into the columns, of what is coarser among the reports. Anything else needs the
// plan (two figures of one cell, other addresses of a unit, more digits), and is refused.
#include <algorithm>
#include <cstddef>
#include <map>
#include <tuple>
#include <unordered_map>

#include "jenjang/journal/replay.h"

#include "engine/workspace/snapshot_cells.h"
#include "engine/workspace/snapshots.h"

namespace jenjang {
namespace {

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
      : journal_(journal),
        opened_(opened),
        snapshot_(opened.snapshot),
        identity_(snapshot_.identity()),
        columns_(snapshot_) {}

  std::optional<Diagnostic> run(std::uint64_t last, unsigned threads) {
    if (auto failure = read(last)) return failure;
    if (refused_ || cells_.empty()) return refused_;
    if (auto damage = snapshot_.verify_names()) return damage;
    if (snapshot_.rows() == nullptr) return beyond(cells_.begin()->second);
    // Whoever follows many entries meets most pages, one after the other: all at once is sooner.
    constexpr std::uint64_t kMany = 256;
    if (last - identity_.journal_seq >= kMany) {
      if (auto damage = snapshot_.verify_plan(threads)) return damage;
      columns_.trust_nodes();
    }
    find_nodes();
    std::optional<Diagnostic> failure;
    journal_.at_one_state([this, &failure] {
      for (auto cell = cells_.begin(); cell != cells_.end() && !failure; ++cell) {
        failure = apply(cell->first, cell->second);
      }
    });
    columns_.finish();
    return failure ? failure : journal_.fault();
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

  using Ids = std::unordered_map<std::string_view, std::vector<std::uint32_t>>;
  // Of the words that are asked for already, those in the table.
  static void find_ids(const snapshot::StringTable& table, Ids& ids) {
    for (std::size_t i = 0; i < table.size(); ++i) {
      const auto found = ids.find(table[i]);
      if (found != ids.end()) found->second.push_back(static_cast<std::uint32_t>(i));
    }
  }

  // One pass over the names of items and units and over the nodes, whatever the number of cells: some entries are no
  // reason to keep an index of ten million names.
  void find_nodes() {
    const PlanNames& names = snapshot_.names();
    Ids items, places;
    for (const auto& [cell, entry] : cells_) {
      items.try_emplace(cell.code);
      places.try_emplace(cell.unit);
    }
    find_ids(names.item_codes, items);
    find_ids(names.unit_paths, places);
    std::unordered_map<std::uint64_t, std::uint32_t> wanted;
    const auto key = [](std::uint32_t item, std::uint32_t unit) { return std::uint64_t{item} << 32U | unit; };
    std::vector<bool> wanted_unit(names.unit_paths.size());
    for (const auto& [cell, entry] : cells_) {
      for (const std::uint32_t i : items.at(cell.code)) {
        for (const std::uint32_t u : places.at(cell.unit)) {
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

  std::optional<Diagnostic> apply(const ChangedCell& cell, const LastEntry& entry) {
    const auto found = nodes_.find({cell.code, cell.unit});
    if (found == nodes_.end() || found->second.size() != 1) return beyond(entry);
    const std::uint32_t node = found->second.front();
    if (auto damage = columns_.verify(node)) return damage;
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
    const SlotContent has = columns_.content_in(node, slot);
    if (has != columns_.content_of(node, slot, before)) return beyond(entry);
    if (now && !columns_.can_hold(node, *now)) return beyond(entry);
    const SlotContent next = columns_.content_of(node, slot, now);
    if (next == has) return std::nullopt;
    ++opened_.changes;
    return columns_.put(node, slot, next);
  }

  const Journal& journal_;
  OpenedSnapshot& opened_;
  Snapshot& snapshot_;
  const snapshot::Identity& identity_;
  SnapshotCells columns_;
  std::map<ChangedCell, LastEntry> cells_;
  std::map<std::pair<std::string, std::string>, std::vector<std::uint32_t>> nodes_;
  std::optional<Diagnostic> refused_;
};

}  // namespace

std::optional<Diagnostic> follow_journal(const Journal& journal, const std::string& journal_name, unsigned threads,
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
  return Follower(journal, opened).run(last, threads);
}

}  // namespace jenjang
