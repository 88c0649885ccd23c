// From bound rows to entries: each row against what the journal says about its cell.
#pragma once

#include <vector>

#include "engine/workspace/recorder_binding.h"
#include "engine/workspace/recorder_cells.h"

namespace jenjang::recording {

struct PlanContext {
  const Workspace& workspace;
  const RecordOptions& options;
  DiagnosticSink& sink;
};

// Entries that the rows make, in their order; what each row does goes to `record`. Empty, and `record.refused`, when
// some row may not be recorded. The book holds the entries afterwards.
std::vector<Entry> plan_entries(const PlanContext& context, const std::vector<BoundRow>& rows, CellBook& book,
                                FileRecord& record);

}  // namespace jenjang::recording
