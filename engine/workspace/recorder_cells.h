// What the journal says about a cell at this moment, as rows to record are compared with it.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "jenjang/graph/model.h"
#include "jenjang/journal/journal.h"

namespace jenjang::recording {

// The figure that stands, of one kind. `seq` 0: none yet.
struct Standing {
  EntryKind kind = EntryKind::realisation;  // realisation, grade_proposed or grade_decided
  std::uint64_t seq = 0;
  Observation figure;  // `status`, `verified` and `verified_grade` after all decisions
};

// A row of a file that stands in the journal already.
struct Import {
  Digest file{};
  std::uint32_t row = 0;
  EntryKind kind{};
};

struct CellHistory {
  std::string unit;                 // the path under which the cell stands: the first one recorded
  std::vector<Standing> standings;  // at most one of a kind; most cells have one
  std::vector<Import> imports;
  std::vector<Entry> remarks;  // disputes, evidence, notes, signatures, adoptions
  // Of grades the decision stands over the proposal.
  [[nodiscard]] const Standing& latest() const;
  [[nodiscard]] const Standing& of(EntryKind kind) const;
  // A correction is an import of realisations, and so may be a validation: see import_group.
  [[nodiscard]] bool has_import(const Digest& file, std::uint32_t row, EntryKind kind) const;
  void take(const Entry& entry);
};

// Two entries of one row carry the same group, whatever the row became.
EntryKind import_group(const Entry& entry);

// The journal is asked once for each cell; entries decided on since then are added by `take`.
class CellBook {
public:
  explicit CellBook(const Model& model) : model_(model) {}
  // From here on histories are read from this journal; what is known is forgotten.
  void open(const Journal* journal);
  // The cell of a measure, under whichever path its unit had.
  CellHistory& cell(NodeId node, Period period);
  // A document, a note about nothing: by the words themselves.
  CellHistory& subject(const std::string& code);
  [[nodiscard]] std::uint64_t next_seq() const { return next_seq_; }
  // An entry that is going to be appended.
  void take(CellHistory& into, Entry& entry);
  void count_entry() { ++next_seq_; }

private:
  [[nodiscard]] std::vector<std::string> paths_of(UnitId unit) const;

  const Model& model_;
  const Journal* journal_ = nullptr;
  bool empty_ = true;
  std::uint64_t next_seq_ = 1;
  std::unordered_map<std::uint64_t, CellHistory> cells_;
  std::unordered_map<std::string, CellHistory> subjects_;
};

}  // namespace jenjang::recording
