// `perubahan_organisasi` as written: what changed on which day, by which regulation.
#pragma once

#include "engine/plan/read_parts.h"

namespace jenjang {

void read_unit_changes(const YamlNode* list, std::vector<PlanUnitChange>& out, DiagnosticSink& sink);

}  // namespace jenjang
