// Replay: what the journal knew at a moment, as the observations that the engines take.
//
// Per cell: the latest figure stands in lane `semua`; the latest figure whose state its workflow calls valid stands in
// lane `tervalidasi` (Observation::verified where the two differ). A figure in a void state (ditolak) is absent. A
// repeat with the same figure changes nothing. Grades: a decision stands over a proposal, whatever their order.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "jenjang/base/source_map.h"
#include "jenjang/base/watch.h"
#include "jenjang/journal/journal.h"

namespace jenjang {

// How a state counts. Asked for every entry with a workflow; workflows are pack data, which this module does not know.
enum class StateMeaning : std::uint8_t { waiting, valid, void_ };
using StateOracle = std::function<StateMeaning(std::string_view workflow, std::string_view status)>;

// A document whose standing the journal changed, or that was signed.
struct DocumentFact {
  std::string code;     // RPD-64
  std::string address;  // a single target of it; empty: the whole document
  std::string state;    // "usulan" "ditetapkan"; empty for a signature alone
  std::optional<Digest> content;
  std::uint64_t entry = 0;
  std::string text;
};

struct Replay {
  std::vector<Observation> observations;  // ordered by code, unit, period
  // Where asked for: figures that were reported and do not stand (corrected, rejected), in no order that matters.
  std::vector<Observation> superseded;
  std::vector<DocumentFact> documents;  // in order of entry
  std::vector<Entry> remarks;           // evidence, disputes and notes, in order
  std::optional<Digest> inputs;         // list of plan and pack files in force at the end
  std::uint64_t inputs_entry = 0;
  JournalHead head;                 // the last entry taken
  std::optional<Diagnostic> fault;  // damage met: entries up to `head` are good, the rest were not taken
};
enum class Superseded : std::uint8_t { drop, keep };
// Entries 1..last (0: all). Places point into kept files, which are added to `sources` under their names.
Replay replay(const Journal& journal, std::uint64_t last, const StateOracle& meaning, SourceMap& sources,
              Superseded others = Superseded::drop, const Watch* watch = nullptr);
// What stands of one cell after these entries about it, in their order (Journal::history); nothing while every figure
// is void. Places are left out.
std::optional<Observation> replay_cell(std::span<const Entry> history, const StateOracle& meaning);

}  // namespace jenjang
