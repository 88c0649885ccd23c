// Firm and proposed apart: what the governments below have adopted makes of a target, how far that is from
// what the one above wants, and what they answered to its proposals.
#pragma once

#include <vector>

#include "jenjang/base/diagnostic.h"

#include "engine/cascade/calendar/alignment.h"
#include "engine/cascade/cell_store.h"
#include "engine/cascade/families/family_setup.h"

namespace jenjang::cascade {

// True when no child is left to the cascade and every figure is another government's own, adopted there or
// given by the policy for ended plans. Such a family is no cascade: where its figures miss the parent's
// target nobody here can set them right, so that is a gap to agree on (J1635), not a conflict of holds.
bool others_decide(const Model& model, const FamilySetup& setup, const TargetCell& parent, const CellStore& store);

// Fills TargetTable::standings for the families with children in other governments, with a proposed child,
// or with a figure from a path or a policy, and TargetTable::counters. Reads the cells as the families left
// them, before the split in time. Reports J1635 and, for an answer that would make the parent miss its
// target, J1636, both with the ways that are left: every change is by that child alone, rounded up to the
// digits it prints.
void write_standings(const Model& model, const std::vector<FamilySetup>& setups, const Alignment& alignment,
                     const CellStore& store, DiagnosticSink& sink, TargetTable& table);

}  // namespace jenjang::cascade
