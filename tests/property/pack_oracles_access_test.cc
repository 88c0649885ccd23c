// Access and sanitation: 100-0-100 with its zero targets, SSK years and ladder.
#include <algorithm>
#include <array>

#include "tests/property/pack_oracle.h"

namespace jenjang::testing {
namespace pack_oracles_access_test {

const Fraction kHundred = fraction(100), kZero = fraction(0);

// (baseline - actual) / (baseline - target) for either direction; a baseline on the target is met or not.
OracleRow progress() {
  OracleRow row;
  static const std::vector<std::int64_t> kNear{0, 0, 100, 1000};
  const Fraction base = row.any("dasar", {0, 1000, 1, kNear}), target = row.any("target", {0, 1000, 1, kNear});
  const Fraction actual = row.any("realisasi", {-50, 1200, 1, kNear});
  const bool down = row.label("arah", {"naik", "turun"}) == "turun";
  const bool moves = !(base == target), met = down ? actual <= target : actual >= target;
  row["capaian"] = number(moves ? kHundred * (base - actual) / (base - target) : met ? kHundred : kZero);
  row["bergerak"] = truth(moves);
  row["searah"] = truth(down ? target <= base : target >= base);
  return row;
}

OracleRow slum() {
  OracleRow row;
  static const std::vector<std::string> kBases{"luas-37407-ha", "luas-38431-ha", "luas-35291-ha"};
  const std::string base = row.label("dasar", kBases);
  std::string other = base;
  if (chance(4)) {
    other = row.label("dasar_capaian", kBases);
  } else {
    row.inputs["dasar_capaian"] = base;
  }
  const std::int64_t hectares = base == kBases[0] ? 37407 : base == kBases[1] ? 38431 : 35291;
  const Fraction target = row.at_least("target_sisa", {0, 40000, 0, {0, hectares, hectares}});
  const Fraction handled = row.at_least("tertangani", {0, 45000, 0, {hectares}});
  const bool has_city = chance(2);
  Fraction city;
  if (has_city) city = row.at_least("luas_kota", {1, 500000, 0, {}});
  const bool same = base == other;
  const Fraction start = fraction(hectares), left = start - handled;
  // Nothing was ever to be done: met, and said so.
  const Fraction achieved = start == target ? kHundred : kHundred * (start - left) / (start - target);
  row["luas_dasar"] = same ? number(start) : refused();
  row["sisa"] = same ? number(left) : refused();
  row["persen_sisa"] = same && has_city ? number(kHundred * left / city) : refused();
  row["capaian"] = same ? number(achieved) : refused();
  row["kedudukan"] = same ? label(achieved >= kHundred ? "memenuhi jalur" : "di bawah jalur") : refused();
  row["bergerak"] = same ? truth(!(start == target)) : refused();
  row["wajar"] = same ? truth(handled <= start) : refused();
  return row;
}

OracleRow glide() {
  OracleRow row;
  const std::int64_t first = pick(2010, 2016), last = pick(2012, 2022), year = pick(2008, 2024);
  row.any("tahun_dasar", {first, first, 0, {}});
  row.any("tahun_target", {last, last, 0, {}});
  row.any("tahun", {year, year, 0, {}});
  const Fraction base = row.any("dasar", {0, 1000, 1, {}}), target = row.any("target", {0, 1000, 1, {0}});
  const bool on_it = last > first && year >= first && year <= last;
  // The mean of both ends, weighted by the years to the other end.
  row["nilai"] = on_it
                     ? number((base * fraction(last - year) + target * fraction(year - first)) / fraction(last - first))
                     : refused();
  return row;
}

OracleRow growth() {
  OracleRow row;
  const bool same = row.label("sumber_awal", {"susenas", "pupr"}) == row.label("sumber_akhir", {"susenas", "pupr"});
  const Fraction before = row.any("awal", {0, 10000, 2, {}}), after = row.any("akhir", {0, 10000, 2, {}});
  row["tambahan"] = same ? number(after - before) : refused();
  return row;
}

// A milestone counts with its evidence and after every one before it.
OracleRow milestones() {
  OracleRow row;
  int reached = 0;
  bool jumped = false, chain = true;
  for (int i = 1; i <= 4; ++i) {
    const std::string n = std::to_string(i);
    const bool given = row.evidence("bukti_m" + n);
    jumped = jumped || (given && !chain);
    chain = chain && given;
    if (chain) reached = i;
    row["m" + n] = truth(chain);
  }
  row["milestone"] = number(fraction(reached));
  row["urutan"] = truth(!jumped);
  return row;
}

OracleRow ssk_year() {
  OracleRow row;
  const std::int64_t year = pick(2009, 2040);
  row.inputs["tahun"] = std::to_string(year);
  if (chance(4)) {
    row["tahun_ke"] = gap(FormulaGap::missing_input);
    row["keadaan"] = label("belum milestone 4");
    return row;
  }
  const std::int64_t start = std::max<std::int64_t>(2009, year - pick(-3, 9)), nth = year - start + 1;
  row.inputs["mulai_m4"] = std::to_string(start);
  row["tahun_ke"] = number(fraction(nth));
  row["keadaan"] = label(nth < 1 ? "belum milestone 4" : nth <= 5 ? "berjalan" : "berakhir");
  return row;
}

OracleRow ladder() {
  OracleRow row;
  static const std::array<const char*, 6> kRungs{"aman",        "layak_sendiri",    "layak_bersama",
                                                 "belum_layak", "babs_terselubung", "babs_terbuka"};
  std::array<Fraction, 6> share;
  Fraction sum = kZero;
  std::int64_t left = 10000;
  for (std::size_t i = 0; i < kRungs.size(); ++i) {
    // Usually what is left of the hundred, or a hundredth beside it.
    const std::int64_t units =
        i + 1 < kRungs.size() ? pick(0, left) : std::max<std::int64_t>(0, left - (chance(2) ? 0 : 1));
    left -= units;
    share[i] = row.between(kRungs[i], {0, 10000, 2, {}});
    if (!row.outside.contains(kRungs[i])) {
      row.inputs[kRungs[i]] = text_of(Int128{units / 100}) + "." + text_of(Int128{100 + units % 100}).substr(1);
      share[i] = fraction(units, 100);
    }
    sum = sum + share[i];
  }
  const Fraction decent = share[0] + share[1] + share[2];
  bool agrees = true;
  if (chance(2)) {
    const auto units = static_cast<std::int64_t>(rounded_units(decent, 2));
    agrees = row.between("n1_terbit", {0, 10000, 2, {units, units}}) == decent;
  }
  row["jumlah"] = number(sum);
  row["neraca"] = truth(sum == kHundred);
  row["n1"] = number(decent);
  row["n2"] = number(share[0]);
  row["n3"] = number(share[5]);
  row["cocok"] = truth(agrees);
  return row;
}

OracleRow access() {
  OracleRow row;
  const Figures percent{0, 10000, 2, {0, 5000}};
  const Fraction n1 = row.between("n1", percent), t1 = row.between("n1_target", percent);
  const Fraction n2 = row.between("n2", percent), t2 = row.between("n2_target", percent);
  const Fraction n3 = row.between("n3", percent), t3 = row.between("n3_target", percent);
  const bool capped = chance(2), national = chance(2);
  Fraction cap, goal;
  if (capped) cap = row.at_least("batas_capaian", {10000, 20000, 2, {}});
  if (national) goal = row.between("tujuan_n2", percent);
  const Outcome nothing = gap(FormulaGap::division_by_zero);
  const Fraction ratio = t2 == kZero ? kZero : kHundred * n2 / t2;
  row["himpunan"] = truth(n2 <= n1);
  row["capaian_n1"] = t1 == kZero ? nothing : number(kHundred * n1 / t1);
  row["capaian_n2"] = t2 == kZero ? nothing : number(ratio);
  row["capaian_n2_dibatasi"] = t2 == kZero ? nothing
                               : capped    ? number(ratio < cap ? ratio : cap)
                                           : gap(FormulaGap::missing_input);
  row["capaian_n3_bagi"] = t3 == kZero ? refused() : n3 == kZero ? nothing : number(kHundred * t3 / n3);
  row["capaian_n3_selisih"] = t3 == kZero ? refused() : number(kHundred * (t3 + t3 - n3) / t3);
  row["n3_terpenuhi"] = truth(n3 <= t3);
  row["kesenjangan_n2"] = national ? number(goal - n2) : gap(FormulaGap::missing_input);
  return row;
}

const OracleFamily kTargets("100-0-100",
                            {{"kemajuan", progress}, {"kumuh", slum}, {"jalur", glide}, {"tumbuh", growth}});
const OracleFamily kSanitation(
    "ppsp-ssk", {{"milestone", milestones}, {"tahun-ssk", ssk_year}, {"tangga", ladder}, {"capaian", access}});

}  // namespace pack_oracles_access_test
}  // namespace jenjang::testing
