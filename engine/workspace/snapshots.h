// Steps of make_snapshot and open_snapshot.
#pragma once

#include <optional>
#include <string>

#include "jenjang/workspace/snapshots.h"

namespace jenjang {

std::filesystem::path snapshot_plan_folder(const std::filesystem::path& plan);

// J3204: the engine, a file or a folder is not what it was. J3211: it is another plan.
std::optional<Diagnostic> check_snapshot_inputs(const snapshot::Identity& identity, const SnapshotInputs& inputs,
                                                const std::string& name);

// Reads the entries behind those of the snapshot and changes its figures. J3205, J3206, and failures of the journal.
std::optional<Diagnostic> follow_journal(const Journal& journal, const std::string& journal_name, unsigned threads,
                                         OpenedSnapshot& opened);

}  // namespace jenjang
