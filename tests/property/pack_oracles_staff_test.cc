// Staff appraisal: two ratings of PermenPANRB 6/2022, numbers of 8/2021 with PP 30/2019, PP 46/2011, credit of BKN
// 3/2023.
#include <algorithm>
#include <array>
#include <gtest/gtest.h>

#include "jenjang/assess/spread.h"
#include "jenjang/rules/pack.h"

#include "tests/property/pack_oracle.h"

namespace jenjang::testing {
namespace pack_oracles_staff_test {

const std::string kAbove = "di atas ekspektasi", kMeets = "sesuai ekspektasi", kBelow = "di bawah ekspektasi";
const std::vector<std::string> kRatings{kAbove, kMeets, kBelow};
const std::vector<std::string> kOrganisation{"Istimewa", "Baik", "Butuh Perbaikan", "Kurang", "Sangat Kurang"};
const std::vector<std::string> kPredicates{"Sangat Baik", "Baik", "Butuh Perbaikan", "Kurang", "Sangat Kurang"};

// Bad behaviour outweighs the best result.
std::string quadrant(const std::string& result, const std::string& behaviour) {
  if (result == kBelow) return behaviour == kBelow ? "Sangat Kurang" : "Butuh Perbaikan";
  if (behaviour == kBelow) return "Kurang";
  return result == kAbove && behaviour == kAbove ? "Sangat Baik" : "Baik";
}

OracleRow employee() {
  OracleRow row;
  const std::string result = row.label("hasil_kerja", kRatings);
  row["predikat"] = label(quadrant(result, row.label("perilaku", kRatings)));
  return row;
}
// Only "exceeded" says how five words become three ratings.
OracleRow leader() {
  OracleRow row;
  const bool exceeded = row.label("organisasi", kOrganisation) == "Istimewa";
  const std::string behaviour = row.label("perilaku", kRatings);
  row["hasil_kerja"] = exceeded ? label(kAbove) : gap(FormulaGap::empty_slot);
  row["predikat"] = exceeded ? label(quadrant(kAbove, behaviour)) : gap(FormulaGap::empty_slot);
  return row;
}

// One target, or a range whose nearer end counts; inside the range the target is met. 0 in "0 to 2 accidents" too.
OracleRow iki_achievement() {
  OracleRow row;
  const bool special = row.label("kondisi", {"normal", "khusus"}) == "khusus";
  const Fraction actual = row.any("realisasi", {-50, 1500, 1, {0, 700, 800, 900}});
  const bool has_target = chance(2);
  const bool has_low = has_target ? chance(8) : !chance(8), has_high = has_target ? chance(8) : !chance(8);
  Fraction target, low, high;
  if (has_target) target = row.any("target", {-20, 1200, 1, {0}});
  if (has_low) low = row.any("batas_bawah", {0, 1000, 1, {0, 700}});
  if (has_high) high = row.any("batas_atas", {0, 1200, 1, {0, 900}});
  std::optional<Fraction> reference;
  if (has_target) {
    if (!has_low && !has_high) reference = target;
  } else if (has_low && has_high && low <= high) {
    reference = actual > high ? high : actual < low ? low : actual;
  }
  std::optional<Fraction> achieved;
  if (reference && !has_target && *reference == actual) {
    achieved = fraction(100);
  } else if (reference && !(*reference == fraction(0))) {
    const Fraction ratio = actual / *reference;
    achieved = fraction(100) * (special ? fraction(1) + (fraction(1) - ratio) : ratio);
  }
  row["acuan"] = optional_number(reference, FormulaGap::stated);
  row["capaian"] = optional_number(achieved, FormulaGap::stated);
  row["capaian_bulat"] = achieved ? number(fraction(rounded_units(*achieved, 0))) : refused();
  return row;
}

OracleRow iki_value() {
  OracleRow row;
  const Fraction achieved = row.any(
      "capaian", {-300, 16000, 2, {-50, 0, 5900, 5950, 5999, 7900, 7950, 9900, 9950, 10000, 10050, 11000, 11050}});
  const bool highest = row.truth("target_tertinggi");
  const Int128 whole = rounded_units(achieved, 0);
  row["capaian_bulat"] = number(fraction(whole));
  Outcome value, category;
  if (whole < 0) {
    value = category = refused();
  } else if (whole > 110) {
    value = number(fraction(120)), category = label("Sangat Baik");
  } else if (whole > 100) {
    value = gap(FormulaGap::empty_slot), category = label("Sangat Baik");  // the page of the line up to 120 is unread
  } else if (whole == 100) {
    value = number(fraction(highest ? 120 : 109)), category = label(highest ? "Sangat Baik" : "Baik");
  } else if (whole >= 80) {
    value = number(fraction(whole - 10)), category = label("Cukup");  // 70 + 19/19 (c - 80)
  } else if (whole >= 60) {
    value = number(fraction(whole - 10)), category = label("Kurang");  // 50 + 19/19 (c - 60)
  } else {
    value = number(fraction(whole * 49, 59)), category = label("Sangat Kurang");
  }
  row["nilai"] = value;
  row["kategori"] = category;
  return row;
}

OracleRow additional_work() {
  OracleRow row;
  const std::vector<std::string> categories{"Sangat Baik", "Baik", "Cukup", "Kurang", "Sangat Kurang"};
  const std::string category = row.label("kategori", categories);
  const auto at = std::find(categories.begin(), categories.end(), category) - categories.begin();
  const Fraction factor = fraction(100 - 20 * at);
  row["faktor"] = number(factor);
  const Fraction weight = row.between("bobot", {0, 1000, 1, {}}), value = row.between("nilai", {0, 12000, 2, {}});
  row["tertimbang"] = number(factor / fraction(100) * weight * value / fraction(100));
  return row;
}

OracleRow skp_value() {
  OracleRow row;
  const Fraction main = row.any("utama", {0, 6000, 2, {}}) + row.any("utama_lain", {0, 6000, 2, {}});
  const Fraction extra = row.at_least("tambahan", {0, 2000, 2, {1000}});
  const Fraction counted = extra > fraction(10) ? fraction(10) : extra;
  row["tambahan_dihitung"] = number(counted);
  row["nilai_skp"] = number(main + counted);
  return row;
}

// PP 30/2019 Pasal 41. The two lowest words were not seen in the text.
OracleRow final_2021() {
  OracleRow row;
  static const std::vector<std::int64_t> kNear{5000, 7000, 9000, 11000};
  const Fraction skp = row.between("nilai_skp", {0, 12000, 2, kNear});
  // Often the same figure on both sides, so that the weighted sum stands on a bound.
  const Fraction behaviour = row.between("perilaku", {0, 12000, 2, kNear});
  const bool peers = row.truth("rekan_bawahan"), idea = row.truth("ide_baru");
  const Fraction value = skp * fraction(peers ? 60 : 70, 100) + behaviour * fraction(peers ? 40 : 30, 100);
  row["nilai"] = number(value);
  row["predikat"] = label(value >= fraction(110) && idea ? "Sangat Baik"
                          : value >= fraction(90)        ? "Baik"
                          : value >= fraction(70)        ? "Cukup"
                          : value >= fraction(50)        ? "Kurang"
                                                         : "Sangat Kurang");
  row["predikat"].unverified = value < fraction(70);
  return row;
}

OracleRow two_periods() {
  OracleRow row;
  row.any("masa_pertama", {0, 120, 0, {}});
  row.any("masa_kedua", {0, 120, 0, {}});
  row["setahun"] = gap(FormulaGap::empty_slot);
  return row;
}

OracleRow prestasi() {
  OracleRow row;
  static const std::vector<std::int64_t> kNear{5000, 5100, 6050, 6100, 7600, 9100};
  const Fraction skp = row.at_least("skp", {0, 11000, 2, kNear});
  const Fraction behaviour = row.between("perilaku", {0, 10000, 2, kNear});
  const Fraction value = skp * fraction(60, 100) + behaviour * fraction(40, 100);
  row["nilai"] = number(value);
  row["sebutan"] = band("skp-2011/sebutan", value, FormulaGap::none);
  row["disiplin"] = truth(skp >= fraction(50));
  return row;
}

OracleRow credit() {
  OracleRow row;
  const std::string predicate = row.label("predikat", kPredicates);
  const std::string grade = row.label(
      "jenjang", {"Ahli Pertama", "Ahli Muda", "Ahli Madya", "Ahli Utama", "Pemula", "Terampil", "Mahir", "Penyelia"});
  const Fraction months = row.between("bulan", {1, 12, 0, {}});
  static const std::map<std::string, int> kPercent{
      {"Sangat Baik", 150}, {"Baik", 100}, {"Butuh Perbaikan", 75}, {"Kurang", 50}, {"Sangat Kurang", 25}};
  static const std::map<std::string, int> kHundredths{{"Ahli Pertama", 1250}, {"Ahli Muda", 2500}, {"Ahli Madya", 3750},
                                                      {"Ahli Utama", 5000},   {"Pemula", 375},     {"Terampil", 500},
                                                      {"Mahir", 1250},        {"Penyelia", 2500}};
  const Fraction percent = fraction(kPercent.at(predicate)), coefficient = fraction(kHundredths.at(grade), 100);
  row["koefisien"] = number(coefficient);
  row["persentase"] = number(percent);
  row["angka_kredit"] = number(months / fraction(12) * percent / fraction(100) * coefficient);
  // Only the first coefficient stands in the presentation that was read.
  row["koefisien"].unverified = row["angka_kredit"].unverified = grade != "Ahli Pertama";
  row["persentase"].unverified = false;
  return row;
}

const OracleFamily kSkp2022("skp-2022", {{"predikat-pegawai", employee}, {"predikat-pimpinan", leader}});
const OracleFamily kSkp2021("skp-2021", {{"capaian-iki", iki_achievement},
                                         {"nilai-iki", iki_value},
                                         {"kinerja-tambahan", additional_work},
                                         {"nilai-skp", skp_value},
                                         {"predikat", final_2021},
                                         {"setahun-dua-masa", two_periods}});
const OracleFamily kSkp2011("skp-2011", {{"prestasi", prestasi}});
const OracleFamily kCredit("bkn-3-2023", {{"angka-kredit", credit}});

// The circular's table: shares of the five predicates under each word for the organisation.
bool spread_holds(const std::string& organisation, const std::array<std::int64_t, 5>& people) {
  const auto [best, good, improve, poor, worst] = people;
  const std::int64_t staff = best + good + improve + poor + worst;
  const std::int64_t most = *std::max_element(people.begin(), people.end());
  if (organisation == "Istimewa") return best == most && 100 * best <= 70 * staff;
  if (organisation == "Baik") return good == most && 100 * good <= 70 * staff && improve + poor >= 1;
  if (organisation == "Butuh Perbaikan") return 10 * best <= staff && 10 * improve >= 6 * staff;
  if (organisation == "Kurang") return 10 * best <= staff && 10 * improve >= staff && 10 * poor >= 6 * staff;
  return best == 0 && 10 * (improve + poor) >= staff && 10 * worst >= 6 * staff;
}

TEST(PackOracles, SpreadOfStaffUnderEachOrganisation) {
  SourceMap sources;
  DiagnosticSink sink;
  PackLibrary packs;
  ASSERT_TRUE(packs.load_folder(std::filesystem::path(JENJANG_SOURCE_DIR) / "models", sources, sink));
  const PackSpread* spread = packs.find("skp-2022")->spread("sebaran-pegawai");
  ASSERT_NE(spread, nullptr);
  ASSERT_EQ(spread->rows.size(), kOrganisation.size());
  for (const std::string& organisation : kOrganisation) {
    const SpreadRow* demands = spread->row(organisation);
    ASSERT_NE(demands, nullptr);
    EXPECT_TRUE(rc::check(organisation, [&] {
      for (int i = 0; i < 20; ++i) {
        std::array<std::int64_t, 5> people{};
        for (std::int64_t& count : people) count = chance(3) ? 0 : pick(0, chance(3) ? 12 : 4);
        people[static_cast<std::size_t>(pick(0, 4))] += pick(1, 20);
        RC_ASSERT(check_spread(*demands, kPredicates, people).holds == spread_holds(organisation, people));
      }
    }));
  }
}

}  // namespace pack_oracles_staff_test
}  // namespace jenjang::testing
