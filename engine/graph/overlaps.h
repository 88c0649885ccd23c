// How often a shared result counts in the totals above it: full credit, contribution shares, double counting, leakage.
#pragma once

#include "jenjang/base/diagnostic.h"
#include "jenjang/graph/model.h"

namespace jenjang {

// Fills model.overlaps and reports shared results that count more or less than once (J1740, J1741) where declared
// shares meet. One upward sweep from each shared result over sums and ratios alone: minima, maxima and counts of a set
// do not mind a repeat, and means are told apart by their weights. Nothing is done in a plan without crosscuts.
// Cost: O(ties of the ancestors) for each shared result.
void find_overlaps(Model& model, DiagnosticSink& sink);

}  // namespace jenjang
