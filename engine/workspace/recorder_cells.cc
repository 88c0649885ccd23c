#include "engine/workspace/recorder_cells.h"

#include <algorithm>

namespace jenjang::recording {
namespace {

std::uint64_t key_of(NodeId node, Period period) {
  // Period: 8 bits of year beyond 1900 would do; 32 bits hold year, granularity and index side by side.
  const auto year = static_cast<std::uint64_t>(period.year());
  const auto part = static_cast<std::uint64_t>(period.granularity()) * 16 + static_cast<std::uint64_t>(period.index());
  return (static_cast<std::uint64_t>(node.value()) << 32) | (year << 8) | part;
}

}  // namespace

EntryKind import_group(const Entry& entry) {
  if (entry.kind == EntryKind::correction) return EntryKind::realisation;
  return entry.kind;
}

const Standing& CellHistory::of(EntryKind kind) const {
  static const Standing kNone;
  const auto found = std::find_if(standings.begin(), standings.end(),
                                  [kind](const Standing& standing) { return standing.kind == kind; });
  return found == standings.end() ? kNone : *found;
}

const Standing& CellHistory::latest() const {
  const Standing& decided = of(EntryKind::grade_decided);
  if (decided.seq != 0) return decided;
  const Standing& proposed = of(EntryKind::grade_proposed);
  const Standing& realised = of(EntryKind::realisation);
  return proposed.seq > realised.seq ? proposed : realised;
}

bool CellHistory::has_import(const Digest& file, std::uint32_t row, EntryKind kind) const {
  return std::any_of(imports.begin(), imports.end(), [&](const Import& import) {
    // A row of figures may have become a change of state.
    return import.row == row && import.file == file && (import.kind == kind || import.kind == EntryKind::validation);
  });
}

void CellHistory::take(const Entry& entry) {
  if (entry.origin.row != 0) imports.push_back({entry.origin.digest, entry.origin.row, import_group(entry)});
  switch (entry.kind) {
    case EntryKind::realisation:
    case EntryKind::correction:
    case EntryKind::grade_proposed:
    case EntryKind::grade_decided: {
      const EntryKind kind = import_group(entry);
      auto standing = std::find_if(standings.begin(), standings.end(),
                                   [kind](const Standing& known) { return known.kind == kind; });
      if (standing == standings.end()) standing = standings.insert(standings.end(), Standing{});
      standing->kind = kind;
      standing->seq = entry.seq;
      standing->figure = entry.figure;
      return;
    }
    case EntryKind::validation: {
      const auto standing = std::find_if(standings.begin(), standings.end(),
                                         [&entry](const Standing& known) { return known.seq == entry.refers; });
      if (standing == standings.end()) return;
      standing->figure.status = entry.figure.status;
      standing->figure.verified = entry.figure.verified;
      if (!entry.figure.workflow.empty()) standing->figure.workflow = entry.figure.workflow;
      remarks.push_back(entry);
      return;
    }
    default:
      remarks.push_back(entry);
  }
}

void CellBook::open(const Journal* journal) {
  journal_ = journal;
  cells_.clear();
  subjects_.clear();
  const JournalHead head = journal_ == nullptr ? JournalHead{} : journal_->head();
  empty_ = head.seq == 0;
  next_seq_ = head.seq + 1;
}

// The paths that a unit has had: its own, and those before it or a unit above it was renamed or moved.
std::vector<std::string> CellBook::paths_of(UnitId unit) const {
  std::vector<std::string> paths{model_.units[unit].path};
  for (std::size_t i = 0; i < paths.size(); ++i) {
    for (const UnitChange& change : model_.unit_changes) {
      if (change.kind != UnitChangeKind::rename && change.kind != UnitChangeKind::move) continue;
      const std::string& path = paths[i];
      const bool itself = path == change.new_path;
      if (!itself && !path.starts_with(change.new_path + "/")) continue;
      std::string older = change.old_path + path.substr(change.new_path.size());
      if (std::find(paths.begin(), paths.end(), older) == paths.end()) paths.push_back(std::move(older));
    }
  }
  return paths;
}

CellHistory& CellBook::cell(NodeId node, Period period) {
  const auto [found, fresh] = cells_.try_emplace(key_of(node, period));
  CellHistory& cell = found->second;
  if (!fresh) return cell;
  cell.unit = model_.unit(node).path;
  if (empty_) return cell;
  Observation wanted;
  wanted.code = model_.item(node).code;
  wanted.period = period;
  std::vector<Entry> entries;
  for (const std::string& path : paths_of(model_.node_unit[node.index()])) {
    wanted.unit = path;
    std::vector<Entry> part = journal_->history(wanted);
    entries.insert(entries.end(), std::make_move_iterator(part.begin()), std::make_move_iterator(part.end()));
  }
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.seq < b.seq; });
  if (!entries.empty()) cell.unit = entries.front().figure.unit;
  for (const Entry& entry : entries) cell.take(entry);
  return cell;
}

CellHistory& CellBook::subject(const std::string& code) {
  const auto [found, fresh] = subjects_.try_emplace(code);
  CellHistory& cell = found->second;
  if (!fresh || empty_) return cell;
  Observation wanted;
  wanted.code = code;
  for (const Entry& entry : journal_->history(wanted)) cell.take(entry);
  return cell;
}

void CellBook::take(CellHistory& into, Entry& entry) {
  entry.seq = next_seq_++;
  into.take(entry);
}

}  // namespace jenjang::recording
