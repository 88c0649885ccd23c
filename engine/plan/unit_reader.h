// Units as written: a YAML list, or a roster in CSV whose further columns are numeric attributes.
#pragma once

#include "engine/plan/read_parts.h"

namespace jenjang {

// The list under `daftar_unit`.
void read_unit_list(const YamlNode* list, PlanDocumentSet& out, DiagnosticSink& sink);
// One entry of `unit:` in the manifest: a name, or {berkas, pemisah, desimal, tanda}.
void read_unit_file(ReadContext& context, const YamlNode& entry, PlanDocumentSet& out);

}  // namespace jenjang
