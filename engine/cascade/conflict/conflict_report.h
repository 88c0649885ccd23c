// A conflict in words: which demands, where each stands, by how much, and every way out.
#pragma once

#include <span>

#include "jenjang/base/diagnostic.h"

#include "engine/cascade/conflict/relaxation.h"

namespace jenjang::cascade {

// J1608 when only holds stand against a target; J1643 when a result shared with another parent is among them; else
// J1641 (too much is demanded) or J1642 (too little is allowed).
Diagnostic conflict_diagnostic(const Model& model, const CellStore& store, const IntervalTree& tree,
                               const Conflict& conflict, std::span<const Relaxation> ways);

}  // namespace jenjang::cascade
