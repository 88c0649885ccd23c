// What happened to a unit: its other names, its predecessors and successors, and by which regulation.
#pragma once

#include <string>
#include <vector>

#include "jenjang/base/diagnostic.h"
#include "jenjang/graph/model.h"

namespace jenjang {

struct OrganisationNote {
  std::string text;  // "2025-01-01 pecah: 64/lama menjadi 64/baru1, 64/baru2 (Perda 5/2024)"
  SourceSpan span;
};
// By day, of the unit and of all that it came from, so that the whole line of a successor is told.
std::vector<OrganisationNote> organisation_notes(const Model& model, UnitId unit, Language language);

}  // namespace jenjang
