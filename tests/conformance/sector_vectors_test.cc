// Test vectors of the sector systems that concern the roll-up, and which test holds each. Where a figure is invented
// or not verified at its source, the line says so.
//
//   TV-W1  parts beside a published total that misses them by 3 t      here
//   TV-W2, TV-W3  balance 100 of the published shares                  arithmetic here; the check itself belongs to the
//                 pack jakstranas-2017 (not in this project yet)
//   TV-W4  two definitions of one series                               here; unit_rollup Definitions.*
//   TV-W5  ten districts (invented tonnes)                             unit_rollup SampleFigures.WasteOfTenDistricts
//   TV-W6  straight line to 100                                        here
//   TV-N2  access shares of 2023                                       here
//   TV-L1, TV-L4  composite index                                      unit_rollup
//   SampleFigures.EnvironmentalQualityIndex TV-L2, TV-L3, TV-L6  published against computed                    here
//   TV-L5, TV-L8  index formulas of air and land                       here, exact arithmetic (the pack is not in this
//                 project yet)
//   TV-L7  incoherent target set                                       conformance SamplePlan.CompositeTargetsOf2024*
//   TV-K1..TV-K3  two-step class means                                 here
//   TV-H1..TV-H4  progress from a baseline                             unit_rollup SampleFigures.ProgressFromABaseline
//   TV-R1  BPS codes on a Kemendagri tree                              here
//   carbon payments: claim beside counted figures                      here
#include "tests/conformance/scratch_plan.h"

namespace jenjang::testing {
namespace sector_vectors_test {

Rational rational(const char* text) {
  return Rational(*Decimal::parse(text));
}
std::string two(const Rational& value) {
  return round(value, {RoundingMode::half_up, 2}).to_string();
}

// TV-W1: national waste 2022, first cut. Handled 9 618 782.43 and reduced 5 002 330.79 make 14 621 113.22; the
// published total is 14 621 116.22. The total stands as published, the parts as published, and 3 t are a warning.
TEST(Waste, W1PublishedPartsMissTheirPublishedTotal) {
  const ScratchPlan plan("- {kode: \"00\", jenis: nasional}\n- {kode: \"64\", jenis: provinsi}\n",
                         "indikator:\n"
                         "- {kode: DIKELOLA, satuan: ton, polaritas: naik, akumulasi: rilis, sumber: SIPSN,"
                         " agregasi: {cara: jumlah, dari: [PENGURANGAN@64, PENANGANAN@64]}}\n"
                         "- {kode: PENGURANGAN, satuan: ton, polaritas: naik, akumulasi: hitungan, sumber: SIPSN}\n"
                         "- {kode: PENANGANAN, satuan: ton, polaritas: naik, akumulasi: hitungan, sumber: SIPSN}\n",
                         "kode,unit,periode,nilai\nPENGURANGAN,64,2022,5002330.79\nPENANGANAN,64,2022,9618782.43\n"
                         "DIKELOLA,64,2022,14621116.22\n");
  ASSERT_TRUE(plan.loaded()) << plan.findings();
  EXPECT_EQ(plan.value("DIKELOLA", "64", "2022"), "14621116.22");
  EXPECT_EQ(plan.value("PENANGANAN", "64", "2022"), "9618782.43");
  ASSERT_EQ(plan.count(Code::J1708), 1U) << plan.findings();
  EXPECT_EQ(plan.first(Code::J1708)->severity, Severity::warning);
  const std::string told = message_text(*plan.first(Code::J1708), Language::english);
  EXPECT_NE(told.find("14621116.22"), std::string::npos) << told;
  EXPECT_NE(told.find("14621113.22"), std::string::npos) << told;
}

// TV-W2, TV-W3: Kaltim 2022, first and revised shares of waste reduced, handled and left over (or their total).
TEST(Waste, W2AndW3BalanceOfShares) {
  const Rational first = rational("18.19") + rational("70.15") + rational("9.7");
  EXPECT_EQ((Rational(100) - first), rational("1.96"));
  const Rational gap = (rational("19.14") + rational("67.89") - rational("87.02")).absolute();
  EXPECT_EQ(gap, rational("0.01"));
  EXPECT_LE(gap, rational("0.02"));
}

// TV-W4: the figure of the year before the new definition is kept out of the series, and no progress is computed from
// a baseline by the old one.
TEST(Waste, W4NoGrowthAcrossDefinitions) {
  const ScratchPlan plan(
      "- {kode: \"64\", jenis: provinsi}\n",
      "indikator:\n- {kode: W7, satuan: persen, polaritas: naik, sumber: SIPSN, capaian: {rumus: B1},"
      " definisi: {versi: 2, uraian: tanpa pembuangan terbuka, sejak: 2025}, baseline: {2024: 87.03},"
      " target: {2025: 50}}\n",
      "kode,unit,periode,nilai,definisi\nW7,64,2024,87.03,1\nW7,64,2025,42.53,2\n");
  ASSERT_TRUE(plan.loaded()) << plan.findings();
  EXPECT_EQ(plan.cell("W7", "64", "2024").state, CellState::redefined);
  EXPECT_EQ(plan.value("W7", "64", "2025"), "42.53");
  EXPECT_EQ(plan.cell("W7", "64", "2025").achievement_state, CellState::redefined);
}

// TV-W6: 39.01 percent in the year before, 100 in the fifth; every step is 12.198: 51.208, 63.406, 75.604, 87.802, 100.
TEST(Waste, W6StraightLine) {
  const ScratchPlan plan("- {kode: \"64\", jenis: provinsi}\n",
                         "indikator:\n- {kode: W7, satuan: persen, polaritas: naik, sumber: RPJMN, langkah: 0.01,"
                         " lintasan: linear, baseline: {2021: 39.01}, target: {2026: 100}}\n",
                         "kode,unit,periode,nilai\nW7,64,2022,50\n");
  ASSERT_TRUE(plan.loaded()) << plan.findings();
  std::string path;
  for (const char* year : {"2022", "2023", "2024", "2025", "2026"}) {
    const TargetCell* cell = plan.workspace().targets().find(plan.node("W7", "64"), *Period::parse(year));
    path += (cell == nullptr ? "-" : two(Rational(*cell->target.number()))) + " ";
  }
  EXPECT_EQ(path, "51.21 63.41 75.60 87.80 100.00 ");
}

// TV-N2: Kalteng 2023: decent access 76.31 of 76; safe access 159.43 % before its cap; open defecation 2.53 where 2 was
// allowed: 79.05 % by T/A and 73.5 % by (2T - A)/T, not met by either.
TEST(Sanitation, N2AccessOf2023) {
  const ScratchPlan plan(
      "- {kode: \"62\", jenis: provinsi}\n- {kode: \"64\", jenis: provinsi}\n",
      "indikator:\n"
      "- {kode: N1, satuan: persen, polaritas: naik, sumber: Susenas, target: {2023: 76}}\n"
      "- {kode: N2, satuan: persen, polaritas: naik, sumber: Susenas, target: {2023: 7}, capaian: {batas: 120}}\n"
      "- {kode: N3, satuan: persen, polaritas: turun, sumber: Susenas, target: {2023: 2}, capaian: {rumus: L1}}\n"
      "- {kode: N3B, satuan: persen, polaritas: turun, sumber: Susenas, target: {2023: 2}, capaian: {rumus: L2}}\n",
      // 11.16 of 7 is 159.43 %.
      "kode,unit,periode,nilai\nN1,64,2023,76.31\nN2,64,2023,11.16\nN3,64,2023,2.53\nN3B,64,2023,2.53\n");
  ASSERT_TRUE(plan.loaded()) << plan.findings();
  ExactEvaluator exact(plan.workspace().model(), plan.workspace().targets(), plan.workspace().facts(), Lane::all);
  const auto raw = [&](const char* code) {
    return two(*exact.achievement_raw(plan.node(code, "64"), *Period::parse("2023")));
  };
  EXPECT_EQ(raw("N1"), "100.41");
  EXPECT_EQ(raw("N2"), "159.43");
  EXPECT_EQ(plan.achievement("N2", "64", "2023"), "120");
  EXPECT_EQ(raw("N3"), "73.50");
  EXPECT_EQ(raw("N3B"), "79.05");
}

// TV-L2, TV-L3: national index of 2023 and 2022 from its published components. 2023 misses the published 72.54 by less
// than 0.01 (rounded components); the components of 2022 are computed back from changes, and the published 72.42 is
// told apart.
TEST(Environment, L2AndL3PublishedIndexBesideItsComponents) {
  const ScratchPlan plan(
      "- {kode: \"64\", jenis: provinsi}\n",
      "indikator:\n"
      "- {kode: IKLH, satuan: indeks, polaritas: naik, akumulasi: rilis, sumber: KLHK,"
      " agregasi: {cara: rata-rata, dari: [IKA, IKU, IKL, IKAL], bobot: {IKA: 0.340, IKU: 0.428, IKL: 0.133,"
      " IKAL: 0.099}}}\n"
      "- {kode: IKA, satuan: indeks, polaritas: naik, sumber: KLHK}\n"
      "- {kode: IKU, satuan: indeks, polaritas: naik, sumber: KLHK}\n"
      "- {kode: IKL, satuan: indeks, polaritas: naik, sumber: KLHK}\n"
      "- {kode: IKAL, satuan: indeks, polaritas: naik, sumber: KLHK}\n",
      "kode,unit,periode,nilai\nIKA,64,2023,54.59\nIKU,64,2023,88.67\nIKL,64,2023,61.79\nIKAL,64,2023,78.84\n"
      "IKA,64,2022,53.88\nIKU,64,2022,88.06\nIKL,64,2022,60.12\nIKAL,64,2022,84.41\nIKLH,64,2022,72.42\n");
  ASSERT_TRUE(plan.loaded()) << plan.findings();
  // 18.5606 + 37.95076 + 8.21807 + 7.80516 = 72.53459
  EXPECT_EQ(plan.value("IKLH", "64", "2023"), "72.53459");
  EXPECT_LE((rational("72.54") - rational("72.53459")).absolute(), rational("0.01"));
  // 18.3192 + 37.68968 + 7.99596 + 8.35659 = 72.36143
  EXPECT_EQ(plan.value("IKLH", "64", "2022"), "72.42");
  ASSERT_EQ(plan.count(Code::J1708), 1U) << plan.findings();
  EXPECT_NE(message_text(*plan.first(Code::J1708), Language::english).find("72.36"), std::string::npos);
}

// TV-L5, TV-L8: IKU = 100 - (50/0.9)(Ieu - 0.1); IKL = 100 - (84.3 - share) 50/54.3, forward and back.
TEST(Environment, L5AndL8IndexFormulas) {
  EXPECT_EQ(two(Rational(100) - Rational(500, 9) * (rational("0.262") - rational("0.1"))), "91.00");
  const Rational slope = Rational(50) / rational("54.3");
  const Rational share = rational("84.3") - (Rational(100) - rational("79.76")) / slope;
  EXPECT_EQ(two(share), "62.32");
  EXPECT_EQ(two(Rational(100) - (rational("84.3") - rational("62.32")) * slope), "79.76");
}

// TV-L6: the plain mean of the ten districts of 2022 is 70.16; the province's own index is 74.46, and stands.
TEST(Environment, L6AMeanOfDistrictsIsNoProvincialIndex) {
  const char* const districts[10][2] = {{"64.01", "72.37"}, {"64.02", "71.65"}, {"64.03", "74.77"}, {"64.07", "74.96"},
                                        {"64.08", "71.64"}, {"64.09", "68.09"}, {"64.11", "82.65"}, {"64.71", "63.84"},
                                        {"64.72", "56.03"}, {"64.74", "65.58"}};
  std::string units = "- {kode: \"64\", jenis: provinsi}\n", rows = "kode,unit,periode,nilai\nIKLH,64,2022,74.46\n";
  for (const auto& [unit, value] : districts) {
    units += std::string("- {kode: \"") + unit + "\", jenis: kabkota, induk: \"64\"}\n";
    rows += std::string("IKLH,") + unit + ",2022," + value + "\n";
  }
  const ScratchPlan plan(units,
                         "indikator:\n- {kode: IKLH, satuan: indeks, polaritas: naik, akumulasi: rilis, sumber: KLHK,"
                         " agregasi: {cara: rata-rata, dari: [kabkota]}}\n",
                         rows);
  ASSERT_TRUE(plan.loaded()) << plan.findings();
  EXPECT_EQ(plan.value("IKLH", "64", "2022"), "74.46");
  ASSERT_EQ(plan.count(Code::J1708), 1U) << plan.findings();
  EXPECT_NE(message_text(*plan.first(Code::J1708), Language::english).find("70.16"), std::string::npos);
}

// IKPS: means of four classes of entities, then their mean. Published class means 57, 56.03, 49.72, 35.02;
// national 49.44 against a target of 61. The entities below are invented so that their class means are the published
// ones.
std::string entities(std::size_t more_small, const char* small_value, std::string& rows) {
  std::string units = "- {kode: \"64\", jenis: provinsi}\n";
  int number = 0;
  const auto add = [&](const char* kind, const char* value) {
    const std::string code = "64." + std::to_string(100 + ++number);
    units += "- {kode: \"" + code + "\", jenis: kabkota, induk: \"64\", label: {kelas: " + kind + "}}\n";
    rows += "IKPS," + code + ",2022," + value + "\n";
  };
  add("metropolitan", "57");
  add("besar", "60.03");
  add("besar", "52.03");  // mean 56.03
  add("sedang", "49.72");
  add("kecil", "30.02");
  add("kecil", "40.02");  // mean 35.02
  for (std::size_t i = 0; i < more_small; ++i) add("kecil", small_value);
  return units;
}
std::unique_ptr<ScratchPlan> ikps(std::size_t more_small, const char* small_value, const char* extra = "") {
  std::string rows = "kode,unit,periode,nilai\n";
  const std::string units = entities(more_small, small_value, rows);
  return std::make_unique<ScratchPlan>(
      units,
      std::string("indikator:\n- kode: IKPS\n  satuan: indeks\n  polaritas: naik\n  sumber: Ditjen PSLB3\n"
                  "  target: {2022: 61}\n  agregasi: {cara: rata-rata, kelompok: kelas") +
          extra + "}\n  kaskade: [{ke: kabkota, cara: sama}]\n",
      rows);
}

TEST(ClassMeans, K1AndK2MeanOfClassMeans) {
  const auto plan = ikps(0, "0");
  ASSERT_TRUE(plan->loaded()) << plan->findings();
  EXPECT_EQ(plan->value("IKPS.metropolitan", "64", "2022"), "57");
  EXPECT_EQ(plan->value("IKPS.besar", "64", "2022"), "56.03");
  EXPECT_EQ(plan->value("IKPS.kecil", "64", "2022"), "35.02");
  EXPECT_EQ(plan->value("IKPS", "64", "2022"), "49.4425");  // (57 + 56.03 + 49.72 + 35.02) / 4
  EXPECT_EQ(plan->cell("IKPS", "64", "2022").covered, 6U);
  ExactEvaluator exact(plan->workspace().model(), plan->workspace().targets(), plan->workspace().facts(), Lane::all);
  // The published 81.05 % is that of the rounded 49.44; 49.4425/61 = 81.0533.
  EXPECT_EQ(two(*exact.achievement_raw(plan->node("IKPS", "64"), *Period::parse("2022"))), "81.05");
  // `sama` hands every entity the target.
  const TargetCell* target = plan->workspace().targets().find(plan->node("IKPS", "64.101"), *Period::parse("2022"));
  ASSERT_NE(target, nullptr);
  EXPECT_EQ(target->target.to_string(), "61");
  const std::string text = plan->explained("IKPS", "64", "2022");
  EXPECT_NE(text.find("IKPS.sedang@64"), std::string::npos) << text;
}

TEST(ClassMeans, K3AHundredSmallEntitiesMoveNothingUnlessTheirMeanMoves) {
  EXPECT_EQ(ikps(100, "35.02")->value("IKPS", "64", "2022"), "49.4425");
  // (35.02 x 2 + 36.04 x 2) / 4 = 35.53: the class moves by 0.51, the whole by a quarter of it.
  EXPECT_EQ(ikps(2, "36.04")->value("IKPS", "64", "2022"), "49.57");
}

TEST(ClassMeans, ClassesMayWeighDifferently) {
  // (2 x 57 + 56.03 + 49.72 + 35.02) / 5
  EXPECT_EQ(ikps(0, "0", ", bobot_kelompok: {metropolitan: 2}")->value("IKPS", "64", "2022"), "50.954");
  EXPECT_EQ(ikps(0, "0", ", bobot_kelompok: {raya: 2}")->count(Code::J1554), 1U);
}

TEST(ClassMeans, AnEntityWithoutAClassIsAFinding) {
  const ScratchPlan plan("- {kode: \"64\", jenis: provinsi}\n- {kode: \"64.01\", jenis: kabkota, induk: \"64\"}\n",
                         "indikator:\n- {kode: X, satuan: indeks, polaritas: naik, sumber: uji,"
                         " agregasi: {cara: rata-rata, kelompok: kelas, dari: [kabkota]}}\n",
                         "kode,unit,periode,nilai\nX,64.01,2022,1\n");
  EXPECT_EQ(plan.count(Code::J1553), 1U) << plan.findings();
}

TEST(ClassMeans, OtherCascadesAreRefused) {
  const ScratchPlan plan(
      "- {kode: \"64\", jenis: provinsi}\n- {kode: \"64.01\", jenis: kabkota, induk: \"64\", label: {kelas: a}}\n"
      "- {kode: \"64.02\", jenis: kabkota, induk: \"64\", label: {kelas: b}}\n",
      "indikator:\n- {kode: X, satuan: indeks, polaritas: naik, sumber: uji, target: {2022: 10},"
      " agregasi: {cara: rata-rata, kelompok: kelas}, kaskade: [{ke: kabkota, cara: rata}]}\n",
      "kode,unit,periode,nilai\nX,64.01,2022,1\n");
  EXPECT_EQ(plan.count(Code::J1555), 1U) << plan.findings();
}

// TV-R1: BPS 6402 is Kutai Barat (Kemendagri 64.07), while Kemendagri 64.02 is Kutai Kartanegara (BPS 6403).
TEST(Regions, R1ABpsFeedLandsOnTheRightDistrict) {
  const char* const names[10][3] = {{"64.01", "6401", "Paser"},       {"64.02", "6403", "Kutai Kartanegara"},
                                    {"64.03", "6405", "Berau"},       {"64.07", "6402", "Kutai Barat"},
                                    {"64.08", "6404", "Kutai Timur"}, {"64.09", "6409", "Penajam Paser Utara"},
                                    {"64.11", "6411", "Mahakam Ulu"}, {"64.71", "6471", "Balikpapan"},
                                    {"64.72", "6472", "Samarinda"},   {"64.74", "6474", "Bontang"}};
  std::string units = "- {kode: \"64\", jenis: provinsi, bps: \"6400\"}\n", rows = "kode,unit,periode,nilai\n";
  for (const auto& [kemendagri, bps, name] : names) {
    units += std::string("- {kode: \"") + kemendagri + "\", jenis: kabkota, induk: \"64\", bps: \"" + bps +
             "\", nama: " + name + "}\n";
    rows += std::string("X,") + bps + ",2022," + bps + "\n";
  }
  const ScratchPlan plan(units,
                         "indikator:\n- {kode: X, satuan: jiwa, polaritas: naik, sumber: BPS,"
                         " agregasi: {cara: jumlah, dari: [kabkota]}}\n",
                         rows, ", otoritas: bps");
  ASSERT_TRUE(plan.loaded()) << plan.findings();
  for (const auto& [kemendagri, bps, name] : names) {
    EXPECT_EQ(plan.value("X", kemendagri, "2022"), bps) << name;
    EXPECT_EQ(plan.workspace().model().units[*plan.workspace().model().units.find(kemendagri)].name, name);
  }
}

// Carbon payments: 1 000 villages are claimed as taking part and 400 as paid, where 1 038 exist and 441 were paid by
// decree. The claim stands beside the verified figure, each in its lane. The villages of the districts are published
// but for the 82 of Paser and PPU, which are derived.
TEST(Carbon, ClaimBesideVerifiedVillages) {
  const char* const villages[7][2] = {{"64.71", "2"},  {"64.03", "79"}, {"64.07", "81"}, {"64.02", "68"},
                                      {"64.08", "83"}, {"64.11", "46"}, {"64.01", "82"}};
  std::string units = "- {kode: \"64\", jenis: provinsi}\n";
  std::string rows = "kode,unit,periode,nilai,status\n";
  for (const auto& [unit, count] : villages) {
    units += std::string("- {kode: \"") + unit + "\", jenis: kabkota, induk: \"64\"}\n";
    rows += std::string("DESA,") + unit + ",2023," + count + ",disahkan\n";
  }
  rows += "KLAIM,64,2023,400,klaim\n";
  const ScratchPlan plan(units,
                         "indikator:\n"
                         "- {kode: DESA, satuan: desa, polaritas: naik, akumulasi: hitungan, sumber: SK BPDLH,"
                         " agregasi: {cara: jumlah, dari: [kabkota]}}\n"
                         "- {kode: KLAIM, satuan: desa, polaritas: naik, akumulasi: hitungan, sumber: klaim}\n",
                         rows, ", tervalidasi: [disahkan]");
  ASSERT_TRUE(plan.loaded()) << plan.findings();
  EXPECT_EQ(plan.value("DESA", "64", "2023", Lane::validated), "441");
  EXPECT_EQ(plan.value("KLAIM", "64", "2023"), "400");
  EXPECT_EQ(plan.value("KLAIM", "64", "2023", Lane::validated), "-");  // a claim nobody verified is no verified figure
}

}  // namespace sector_vectors_test
}  // namespace jenjang::testing
