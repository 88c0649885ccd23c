// Recorder: CSV files into the journal, all or nothing per file, with a preview.
//
//   Recorder recorder(workspace, options);          // a workspace that has loaded its plan
//   Result<FileRecord> done = recorder.record(journal, "realisasi/2026-tw1.csv");
//
// Idempotent: a file that was recorded before changes nothing, nor do its rows in another order or another file. A row
// about a cell that has another figure is a correction, which keeps the first.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "jenjang/base/result.h"
#include "jenjang/journal/journal.h"
#include "jenjang/journal/replay.h"
#include "jenjang/workspace/workspace.h"

namespace jenjang {

struct RecordOptions {
  // What the rows are (--jenis). Empty: realisation, also for the answers of a declared worksheet.
  std::optional<EntryKind> kind;
  Moment at;          // recorded time
  std::string actor;  // the key of a person or the path of a position: see is_actor
  std::string role;   // as the steps of workflows name it; may be empty
  // The format of a file that the manifest does not declare; over what it declares where given.
  std::optional<char> separator, decimal_point;
  std::optional<RegionAuthority> authority;
  std::optional<std::string> source;
  std::vector<std::string> taken;  // columns beyond ours, beside those of the declaration
  std::size_t max_bytes = std::size_t{1} << 30;
  const Watch* watch = nullptr;  // until the entries are written: what is written is whole
};

// What a row does: a figure where none stood, another figure, another state of the same figure, nothing because the
// journal says the same, nothing because this very row was recorded before.
enum class RowChange : std::uint8_t { added, corrected, moved, same, repeated };
inline constexpr std::size_t kRowChanges = 5;
std::string_view to_string(RowChange change);  // baru koreksi keadaan sama tercatat

struct RecordedRow {
  std::uint32_t line = 0;
  RowChange change = RowChange::added;
  EntryKind kind = EntryKind::realisation;
  std::string address;
  std::string before, after;                // figures, grades or states of a cell
  std::string status_before, status_after;  // of the workflow
};

struct FileRecord {
  std::string file;
  Digest digest{};
  EntryKind kind = EntryKind::realisation;
  bool refused = false;  // some row is bad: nothing was recorded; the sink says which
  std::size_t rows = 0;  // good ones
  std::array<std::size_t, kRowChanges> counts{};
  std::vector<RecordedRow> changes;  // by row of the file
  JournalHead head;                  // after it
  [[nodiscard]] std::size_t count(RowChange change) const { return counts[static_cast<std::size_t>(change)]; }
  [[nodiscard]] bool changes_nothing() const {
    return count(RowChange::added) + count(RowChange::corrected) + count(RowChange::moved) == 0;
  }
};

class Recorder {
public:
  // The workspace outlives the recorder and gets the files as sources.
  Recorder(Workspace& workspace, RecordOptions options);
  ~Recorder();

  // One transaction. Failure: the file cannot be read, or the journal refuses.
  Result<FileRecord> record(Journal& journal, const std::filesystem::path& file);
  // What `record` would do. Files previewed before by this recorder count as recorded; nullptr: no journal yet.
  Result<FileRecord> preview(const Journal* journal, const std::filesystem::path& file);

  // Findings about rows, in source order when sorted.
  [[nodiscard]] DiagnosticSink& sink();

private:
  struct State;
  std::unique_ptr<State> state_;
};

// True for the key of a person or the path of a position or unit; false for a name (it has blanks) and for the number
// of a civil servant (18 digits) or of a citizen (16).
bool is_actor(std::string_view text);

// `realisasi/*.csv` rows whose figure the journal never had, one finding per file (J3032). `recorded` with what is
// superseded: that was recorded too.
std::vector<Diagnostic> unrecorded_rows(const ParsedPlan& plan, const Model& model, const Replay& recorded,
                                        const FileSource& files, std::size_t max_bytes, SourceMap& sources);

}  // namespace jenjang
