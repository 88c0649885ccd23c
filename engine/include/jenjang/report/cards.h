// Practice cards as rows, each claimed change beside what the plan's own results say; and recommendations as rows.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "jenjang/explain/explanation.h"
#include "jenjang/measure/practice_card.h"
#include "jenjang/measure/recommendation.h"
#include "jenjang/report/table.h"

namespace jenjang {

struct CardFilter {
  std::string code;                  // of an indicator; empty: all
  std::string unit;                  // where it was done, or below; empty: all
  std::optional<Decimal> grew_more;  // only changes for the better by more than this
};

// kartu,judul,wilayah,unit,indikator,periode_awal,periode_akhir,dari,menjadi,perubahan,dihitung_dari,dihitung_menjadi,
// perubahan_dihitung,kesesuaian,masalah,tindakan,biaya,bukti,lisensi,kontak,tanda
struct CardRow {
  std::string card, title, region, unit, indicator, from, until, before, after, change, computed_before, computed_after,
      computed_change, agreement, problem, action, cost, evidence, licence, contact, labels;
};

// One row a credited change, in the order of the plan. `kesesuaian`: "sama" when the plan's figures, rounded to the
// digits of the claim, are the claim's; "berbeda"; "tanpa-hasil" when the plan has no such figure. A change is judged
// by the plan's figures where it has them, else by the claim. Better is what the indicator's polarity says, and a rise
// where the plan does not know the indicator.
std::vector<CardRow> card_rows(const ExplainContext& context, std::span<const PracticeCard> cards,
                               const CardFilter& filter);
std::string write_rows(std::span<const CardRow> rows, const WriteOptions& options);

// The cards about one indicator, one line each: "KP-01 Judul: 64.72, 40.22 menjadi 42.53 (2023..2024)".
std::vector<std::string> card_lines(std::span<const PracticeCard> cards, std::string_view code);

// kode,tahun,unit,kriteria,rekomendasi,keadaan,tindak_lanjut,bukti,tenggat,terlambat,tanda
std::string write_rows(std::span<const Recommendation> rows, const std::optional<Date>& as_of,
                       const WriteOptions& options);

}  // namespace jenjang
