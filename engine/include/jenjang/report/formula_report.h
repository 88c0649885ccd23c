// Tables of formula sheets: one row a key and a result, in long form.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "jenjang/assess/formula_sheet.h"
#include "jenjang/report/score.h"
#include "jenjang/report/table.h"

namespace jenjang {

// lembar,kunci,unit,periode,kode,uraian,satuan,nilai,label,status,alasan,pasal,tanda. `status` is nilai, ditolak,
// kosong (an optional input was not given) or periksa-gagal; `alasan` and `pasal` are those of the refusal or the
// check.
Table formula_table(std::span<const FormulaSheet> sheets, Language language);

// The same results in the columns of worksheets, for `score` over a whole plan.
std::vector<ScoreRow> formula_score_rows(const FormulaSheet& sheet);

}  // namespace jenjang
