// Refusals in words: which demands cannot hold together, where each stands, by how much.
#pragma once

#include <span>
#include <string>

#include "jenjang/base/diagnostic.h"

#include "engine/cascade/family_solver.h"

namespace jenjang::cascade {

// "12.5" when the value has a finite decimal, else the fraction.
std::string figure(const Rational& value);
// "A, B, C (+17)": the first few addresses.
std::string some_addresses(const Model& model, std::span<const NodeId> nodes);
// Where a target cell was stated, else where its node came to be.
SourceSpan place_of(const Model& model, const TargetCell& cell);

Diagnostic refusal_diagnostic(const Model& model, const FamilySetup& setup, const TargetCell& parent,
                              const FamilyRefusal& refusal);

}  // namespace jenjang::cascade
