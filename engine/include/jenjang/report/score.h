// Score rows: a worksheet's total, its components and their points, as the roll-up found them.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "jenjang/explain/explanation.h"
#include "jenjang/report/table.h"

namespace jenjang {

// A worksheet whose total stands in the model.
struct ScoredWorksheet {
  NodeId total;
  Period period;
  std::string code, title, mode, pack_template;
  bool illustrative = false;
};

// lembar_kerja,mode,alamat,kode,jenis,uraian,bobot,nilai,predikat,gerbang,status,tanda
struct ScoreRow {
  std::string worksheet, mode, address, code, kind, title, weight, value, predicate, gate, state, labels;
};

enum class ScoreDetail : std::uint8_t { components, sub_components, criteria };

// The total first, then its parts in the order of the pack, down to `detail`.
std::vector<ScoreRow> score_rows(const ExplainContext& context, const ScoredWorksheet& worksheet, ScoreDetail detail,
                                 Language language);
std::string write_rows(std::span<const ScoreRow> rows, const WriteOptions& options);

}  // namespace jenjang
