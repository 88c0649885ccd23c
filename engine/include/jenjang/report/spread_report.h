// Rows of a spread: one a unit and demand, with what the demand allows, what stands there, and the smallest change.
#pragma once

#include <span>

#include "jenjang/assess/spread_units.h"
#include "jenjang/measure/org_unit.h"
#include "jenjang/report/table.h"

namespace jenjang {

// sebaran,unit,nama,periode,organisasi,pegawai,tanpa_predikat,sebaran_kini,tuntutan,jumlah,paling_sedikit,paling_banyak,
// status,saran,pasal,tanda
Table spread_table(std::span<const SpreadSheet> sheets, const UnitTable& units, Language language);

}  // namespace jenjang
