// What the journal says to a run: where it lies, cut at a moment, with the inputs in force then.
#pragma once

#include <optional>

#include "jenjang/journal/replay.h"
#include "jenjang/workspace/workspace.h"

namespace jenjang {

inline constexpr const char* kManifestName = "jenjang.yaml";

// Where the facts of a plan are or would be: --journal, the manifest's `jurnal`, jurnal.sqlite beside the manifest.
// Empty for a single file without --journal.
std::filesystem::path journal_place(const WorkspaceOptions& options, const ParsedPlan& plan);
// The same before the plan is read, by a quiet look into today's manifest: a plan of another day comes from the
// journal itself.
std::filesystem::path journal_place(const WorkspaceOptions& options, const std::filesystem::path& plan);

// The code of the plan by the same look (of a single document, that of the document). Empty when there is none.
std::string plan_code(const std::filesystem::path& plan);

struct OpenJournal {
  Journal journal;
  JournalState state;
  std::uint64_t last = 0;          // entries 1..last are known; 0: all
  bool nothing_known = false;      // the moment lies before the first entry
  std::optional<KeptInputs> kept;  // plan and packs of that moment
};

// The journal as it is, or under as_of with today's plan (in `zone`). J3001..J3005.
Result<OpenJournal> open_journal(const WorkspaceOptions& options, const std::filesystem::path& place, Zone zone);
// Cut at as_of, with the inputs in force then (J3050, J3054). The zone is that of the plan in force at the moment, so
// that a later change of `zona` moves nothing.
Result<OpenJournal> open_journal_then(const WorkspaceOptions& options, const std::filesystem::path& place,
                                      const std::filesystem::path& plan);

Replay replay_facts(const OpenJournal& open, const PackLibrary& packs, const std::string& gate, SourceMap& sources,
                    Superseded others, const Watch* watch = nullptr);

}  // namespace jenjang
