// Grade by share of criteria met, decided in integers, with judgement inputs for the top grades.
//
// Rows from best to worst. A row holds when share met is above (or from) its low bound and up to
// (or below) its high bound, compared as met * den against num * n, and every judgement it names
// is given. PermenPANRB 88/2021 as read in evaluation worksheets (models/sakip-2021/SOURCES.md).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "jenjang/base/decimal.h"
#include "jenjang/base/source_map.h"

namespace jenjang {

struct ShareRow {
  std::string grade;                      // "CC"
  Decimal points;                         // value of that grade: 60
  std::int64_t low_num = 0, low_den = 1;  // share met > low (or >= when low_closed)
  bool low_closed = false;
  std::int64_t high_num = 1, high_den = 1;  // share met <= high (or < when high_open)
  bool high_open = false;
  std::vector<std::string> judgements;  // keys that must all be given ("dipertahankan-1-tahun")
  std::string article;
  SourceSpan span;
};

struct ShareTable {
  std::string id;  // "sakip-2021/keberadaan"
  std::vector<ShareRow> rows;
  std::string pack;

  // Index of the first row that holds, or -1. `given` are the judgement keys answered yes.
  [[nodiscard]] int find(std::int64_t met, std::int64_t n, const std::vector<std::string>& given) const;
};

}  // namespace jenjang
