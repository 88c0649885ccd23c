// Rows to record against the plan: addresses, figures, evidence. Everything that needs no journal.
#pragma once

#include <string>
#include <vector>

#include "jenjang/intake/record_rows.h"
#include "jenjang/workspace/recorder.h"

namespace jenjang::recording {

struct BoundRow {
  RecordRow row;
  NodeId node;          // invalid: a document or a note about nothing
  std::string address;  // for people
  Evidence evidence;
  std::optional<Digest> content;  // of a signed document
};

struct BindingContext {
  const Workspace& workspace;
  const std::filesystem::path& file;  // evidence is looked for beside the plan, then beside this file
  const FileSource& files;
  std::size_t max_bytes;
  DiagnosticSink& sink;
  Date today{};  // of the recorded time, in the plan's zone
};

RecordForm form_of(EntryKind kind);
// Every bad row is reported, also where one slip repeats over many. Rows that are good on their own come back.
std::vector<BoundRow> bind_rows(const BindingContext& context, EntryKind kind, std::vector<RecordRow> rows);
// The content of a row in words: figure, grade or state.
std::string describe(const Observation& row);
// True when two rows report the same: figure, state, definition and marks, by value.
bool same_report(const Observation& a, const Observation& b);

}  // namespace jenjang::recording
