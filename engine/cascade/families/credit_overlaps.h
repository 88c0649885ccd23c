// Totals that were divided although full credit brings one of their results in twice.
#pragma once

#include "jenjang/base/diagnostic.h"
#include "jenjang/graph/model.h"

#include "engine/cascade/cell_store.h"

namespace jenjang::cascade {

// J1577, once for each total and period that a family divided: above a result shared with full credit the roll-up
// counts it once (decision 0026), while the targets of the children add up with it twice. Children that all meet their
// targets then miss the total by the target of the shared result. That target is known only after everything below is
// divided, so nothing is divided again here: the shortfall is named. O(overlaps x periods).
void warn_of_credit_overlaps(const Model& model, const CellStore& store, DiagnosticSink& sink);

}  // namespace jenjang::cascade
