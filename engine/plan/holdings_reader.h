// Who held which position when: `pemangku` of the manifest.
#pragma once

#include "engine/plan/read_parts.h"

namespace jenjang {

// A file name, or a map with its format. Columns jabatan, pegawai, dari, sampai (blank: still).
void read_holdings_file(ReadContext& context, const YamlNode& entry, std::vector<PlanHolding>& out);

}  // namespace jenjang
