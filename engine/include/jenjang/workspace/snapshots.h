// Snapshots of plans: made from an evaluated workspace, opened without one.
//
//   make_snapshot(workspace, "rencana.snapshot", {});
//   Result<OpenedSnapshot> opened = open_snapshot("rencana.snapshot", {plan, packs});
//   opened.value().snapshot.verify_plan(threads);
//   bulk::roll_up(opened.value().snapshot.plan(), opened.value().snapshot.figures(), ...);
//
// A snapshot holds the facts up to an entry of the journal. Opening reads the entries after it and carries those that
// change one plain figure; any other makes the snapshot stale (J3206), never approximate.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

#include "jenjang/journal/journal.h"
#include "jenjang/snapshot/snapshot.h"
#include "jenjang/workspace/workspace.h"

namespace jenjang {

struct SnapshotRequest {
  std::optional<int> year;  // else the latest with a fact, else the latest with a target
  bool results = false;     // with a roll-up of it, on `threads`
  unsigned threads = 1;
  const Watch* watch = nullptr;
};
struct MadeSnapshot {
  int year = 0;
  std::size_t nodes = 0, leaves = 0;
  std::uint64_t bytes = 0;
};
// The workspace was loaded with keep_inputs, without what-if changes, and evaluated. J3212, J3208 (the first thing that
// a flat plan cannot say, and how many there are).
Result<MadeSnapshot> make_snapshot(const Workspace& workspace, const std::filesystem::path& file,
                                   const SnapshotRequest& request);

struct SnapshotInputs {
  std::filesystem::path plan;                // as given to Workspace::load
  std::vector<std::filesystem::path> packs;  // WorkspaceOptions::pack_folders
  std::filesystem::path journal;             // where it is not where it was; empty: there
  snapshot::InputCheck check = snapshot::InputCheck::stamps;
  unsigned threads = 1;  // that check pages where many entries are followed
};
struct OpenedSnapshot {
  snapshot::Snapshot snapshot;
  JournalHead head;         // the last entry that is in the figures
  std::size_t changes = 0;  // figures that later entries changed
};
// J3201..J3207, J3210, J3211; of the journal J3001..J3009. Pages of columns are not verified yet, but for what later
// entries change.
Result<OpenedSnapshot> open_snapshot(const std::filesystem::path& file, const SnapshotInputs& inputs);

}  // namespace jenjang
