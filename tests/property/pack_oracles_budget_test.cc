// Efficiency E-1 to E-4 and the evaluation row of Permendagri 86/2017.
#include <array>

#include "tests/property/pack_oracle.h"

namespace jenjang::testing {
namespace pack_oracles_budget_test {

const Fraction kHundred = fraction(100), kZero = fraction(0);
using Maybe = std::optional<Fraction>;

OracleRow e1() {
  OracleRow row;
  const Fraction achieved = row.any("capaian", {-2000, 20000, 2, {10000}});
  row["efisiensi"] = number(achieved - row.at_least("serapan", {0, 12000, 2, {}}));
  return row;
}

// Money that is left over is efficiency only where the work was done; over budget it is negative.
OracleRow unspent(bool only_when_achieved) {
  OracleRow row;
  bool counts = true;
  if (only_when_achieved) counts = row.any("capaian", {5000, 15000, 2, {9999, 10000}}) >= kHundred;
  const Fraction budget = row.at_least("pagu", {0, 900000000, 0, {0, 0}});
  const Fraction left = budget - row.at_least("realisasi", {0, 990000000, 0, {0}});
  row["sisa"] = counts ? number(left) : refused();
  row["efisiensi"] = counts && !(budget == kZero) ? number(kHundred * left / budget) : refused();
  return row;
}

// 1 - (spent per unit done) / (budget per unit planned), in percent.
OracleRow e4_output() {
  OracleRow row;
  const Fraction spent = row.at_least("rak", {0, 500000000, 0, {}}), done = row.at_least("rvk", {0, 400, 0, {0, 1}});
  const Fraction budget = row.at_least("pak", {0, 500000000, 0, {0}}),
                 planned = row.at_least("tvk", {0, 400, 0, {0, 1}});
  const bool none = done == kZero || budget == kZero || planned == kZero;
  row["efisiensi"] =
      none ? refused() : number(kHundred * (budget * done - spent * planned) / (budget * done));  // multiplied out
  return row;
}

// 50 + E / 20 x 50 leaves 0 to 100 outside -20 to 20: refused, as in the report that printed 235.
OracleRow e4() {
  OracleRow row;
  const Fraction mean = row.any("efisiensi", {-10000, 10000, 2, {-2000, 0, 2000}});
  const Fraction value = fraction(50) + mean * fraction(5, 2);
  row["nilai"] = value < kZero || value > kHundred ? refused() : number(value);
  return row;
}

// Printed rows: up to 50, 51-65, 66-75, 76-90, 91-100, on the figure as it is printed.
bool between_rows(const Fraction& achieved) {
  const Int128 v = rounded_units(achieved, 2);
  return (v > 5000 && v < 5100) || (v > 6500 && v < 6600) || (v > 7500 && v < 7600) || (v > 9000 && v < 9100);
}
Outcome on_a_row(const Maybe& achieved) {
  return achieved ? truth(!between_rows(*achieved)) : refused();
}

OracleRow evaluation() {
  OracleRow row;
  static const std::array<const char*, 4> kQuarters{"tw1", "tw2", "tw3", "tw4"};
  // Mostly quarters filled from the front, sometimes any pattern.
  const std::int64_t filled = pick(0, 4), pattern = chance(3) ? pick(0, 15) : (std::int64_t{1} << filled) - 1;
  Fraction sum = kZero;
  bool in_order = pattern != 0, empty_before = false;
  for (std::size_t i = 0; i < kQuarters.size(); ++i) {
    if ((pattern >> i & 1) == 0) {
      empty_before = true;
      continue;
    }
    in_order = in_order && !empty_before;
    sum = sum + row.any(kQuarters[i], {-50, 600, 1, {0}});
  }
  const Maybe actual = in_order ? Maybe(sum) : std::nullopt;
  const Fraction target = row.any("target", {-10, 1000, 1, {0, 1000, 1000}});
  const Fraction budget = row.at_least("pagu", {0, 20000, 0, {0, 20000}}),
                 used = row.at_least("serapan", {0, 20000, 0, {}});
  const bool has_end = chance(2), has_past = chance(2);
  Fraction end, past;
  if (has_end) end = row.any("target_akhir", {0, 5000, 1, {0}});
  if (has_past) past = row.any("realisasi_lalu", {0, 4000, 1, {}});

  const Maybe achieved = actual && !(target == kZero) ? Maybe(kHundred * *actual / target) : std::nullopt;
  const Maybe absorbed = !(budget == kZero) ? Maybe(kHundred * used / budget) : std::nullopt;
  const bool against_end = has_end && has_past && !(end == kZero) && actual;
  row["realisasi"] = optional_number(actual, FormulaGap::stated);
  row["capaian"] = optional_number(achieved, FormulaGap::stated);
  row["capaian_anggaran"] = optional_number(absorbed, FormulaGap::stated);
  row["capaian_akhir"] = against_end ? number(kHundred * (past + *actual) / end) : refused();
  row["predikat"] = band("permendagri-86-2017/B-86", achieved, FormulaGap::stated);
  row["predikat_anggaran"] = band("permendagri-86-2017/B-86", absorbed, FormulaGap::stated);
  row["lubang"] = on_a_row(achieved);
  row["lubang_anggaran"] = on_a_row(absorbed);
  // Nothing below 0 or above 100 is printed either; the label stays, with the doubt.
  row["di_dalam_tabel"] =
      achieved ? truth(rounded_units(*achieved, 2) >= 0 && rounded_units(*achieved, 2) <= 10000) : refused();
  return row;
}

const OracleFamily kEfficiency("efisiensi", {{"E-1", e1},
                                             {"E-2", [] { return unspent(true); }},
                                             {"E-3", [] { return unspent(false); }},
                                             {"E-4-keluaran", e4_output},
                                             {"E-4", e4}});
const OracleFamily kEvaluation("permendagri-86-2017", {{"evaluasi", evaluation}});

}  // namespace pack_oracles_budget_test
}  // namespace jenjang::testing
