// Reference vectors of the roll-up (R01..R16, P01, P03), and which test holds each:
//
//   R01 missing policies       unit_rollup Vectors.R01MissingPolicies, MissingVectors.R01*
//   R02 ratio of sums          unit_rollup Vectors.R02*; through a plan: SampleFigures.WasteOfTenDistricts
//   R03 shared children        unit_rollup Vectors.R03* (edges, shares); here: full credit, shares, both faults
//   R05, R06 range, conversion unit_rollup Vectors.R05RangeTargets, R06WorkedExample (the conversion table itself is a
//                              pack of staff scores, not in this project yet)
//   R08, R09, R10 bands        unit_rollup Vectors.R08*, R09*, R10*; unit_base rational_test, rounding_test
//   R12, R13 sums              unit_rollup Vectors.R12*, R13*
//   R15 lanes                  unit_rollup Vectors.R15ValidationLanes; unit_workspace Lanes.R15*
//   R16 last, count, extrema   unit_rollup Vectors.R16*
//   P01, P03 partial results   unit_rollup PartialResults.*
//
// Below: the rules of a roll-up that a plan declares, through the whole engine. All figures are invented for the tests
// but those of R03; the arithmetic stands beside each.
#include "tests/conformance/scratch_plan.h"

namespace jenjang::testing {
namespace rollup_vectors_test {

const char* const kTwoAgencies =
    "- {kode: \"64\", jenis: provinsi}\n- {kode: 64/a, jenis: opd}\n- {kode: 64/b, jenis: opd}\n";

// R03: A makes L1 and L2, B makes L3 and sees L2.
std::string shared_leaves(const std::string& crosscut, const std::string& weights = "") {
  const std::string common = "satuan: ton, polaritas: naik, akumulasi: hitungan, sumber: uji, ";
  return "indikator:\n- {kode: TOTAL, " + common + "agregasi: {cara: jumlah, dari: [HASIL@64/a, HASIL@64/b]}}\n" +
         "- {kode: HASIL, unit: 64/a, " + common + "agregasi: {cara: jumlah, dari: [L1@64/a, L2@64/a]" + weights +
         "}}\n" + "- {kode: HASIL, unit: 64/b, " + common + "agregasi: {cara: jumlah, dari: [L3@64/b]}}\n" +
         "- {kode: L1, unit: 64/a, " + common + "}\n" + "- {kode: L2, unit: 64/a, " + common +
         "lintas_sektor: [{unit: 64/b, untuk: HASIL@64/b, diterima: ya" + crosscut + "}]}\n" +
         "- {kode: L3, unit: 64/b, " + common + "}\n";
}
const char* const kSharedRows = "kode,unit,periode,nilai\nL1,64/a,2024,10\nL2,64/a,2024,20\nL3,64/b,2024,5\n";

TEST(SharedResults, R03FullCreditCountsOnceAbove) {
  const ScratchPlan plan(kTwoAgencies, shared_leaves(""), kSharedRows);
  ASSERT_TRUE(plan.loaded()) << plan.findings();
  EXPECT_EQ(plan.value("HASIL", "64/a", "2024"), "30");
  EXPECT_EQ(plan.value("HASIL", "64/b", "2024"), "25");  // the credit stays
  EXPECT_EQ(plan.value("TOTAL", "64", "2024"), "35");    // unique_sum, not path_sum 55
  // Three units report, not four.
  EXPECT_EQ(plan.cell("TOTAL", "64", "2024").covered, 3U);
  EXPECT_EQ(plan.cell("TOTAL", "64", "2024").expected, 3U);
  const Diagnostic* told = plan.first(Code::J1742);
  ASSERT_NE(told, nullptr) << plan.findings();
  EXPECT_EQ(message_text(*told, Language::indonesian),
            "TOTAL@64:2024: jumlah kredit 55, jumlah unik 35, tumpang tindih 20; yang dipakai jumlah unik");
  EXPECT_EQ(plan.count(Code::J1740), 0U);
  const std::string text = plan.explained("TOTAL", "64", "2024");
  EXPECT_NE(text.find("jumlah kredit 55, jumlah unik 35, tumpang tindih 20"), std::string::npos) << text;
  EXPECT_EQ(text.find("tidak dapat dirunut"), std::string::npos) << text;
}

TEST(SharedResults, ACopyGoesOutOnlyWhereBothWaysCarryIt) {
  // L1 is missing and A is strict: A has no figure, so the only L2 in the total is the one that B shows.
  std::string document = shared_leaves("");
  const std::string from = "dari: [L1@64/a, L2@64/a]";
  document.replace(document.find(from), from.size(), from + ", data_hilang: ketat");
  const ScratchPlan plan(kTwoAgencies, document, "kode,unit,periode,nilai\nL2,64/a,2024,20\nL3,64/b,2024,5\n");
  ASSERT_TRUE(plan.loaded()) << plan.findings();
  EXPECT_EQ(plan.value("HASIL", "64/a", "2024"), "-");
  EXPECT_EQ(plan.value("TOTAL", "64", "2024"), "25");
}

TEST(SharedResults, R03SharesThatMakeOneAreExact) {
  const ScratchPlan plan(kTwoAgencies, shared_leaves(", bagian: 0.4", ", bobot: {L1: 1, L2: 0.6}"), kSharedRows);
  ASSERT_TRUE(plan.loaded()) << plan.findings();
  EXPECT_EQ(plan.value("HASIL", "64/a", "2024"), "22");  // 10 + 0.6 x 20
  EXPECT_EQ(plan.value("HASIL", "64/b", "2024"), "13");  // 5 + 0.4 x 20
  EXPECT_EQ(plan.value("TOTAL", "64", "2024"), "35");
  EXPECT_EQ(plan.count(Code::J1740) + plan.count(Code::J1741) + plan.count(Code::J1742), 0U) << plan.findings();
}

TEST(SharedResults, R03DoubleCountingAndLeakageAreFound) {
  const ScratchPlan twice(kTwoAgencies, shared_leaves(", bagian: 0.4"), kSharedRows);
  ASSERT_TRUE(twice.loaded()) << twice.findings();
  EXPECT_EQ(twice.value("TOTAL", "64", "2024"), "43");  // 10 + 20 + 8 + 5: as declared
  ASSERT_EQ(twice.count(Code::J1740), 1U) << twice.findings();
  EXPECT_EQ(message_text(*twice.first(Code::J1740), Language::indonesian),
            "L2@64/a terhitung 1.4 kali dalam TOTAL@64, melalui HASIL@64/a, HASIL@64/b");
  const ScratchPlan lost(kTwoAgencies, shared_leaves(", bagian: 0.4", ", bobot: {L1: 1, L2: 0.5}"), kSharedRows);
  ASSERT_TRUE(lost.loaded()) << lost.findings();
  ASSERT_EQ(lost.count(Code::J1741), 1U) << lost.findings();
  EXPECT_EQ(message_text(*lost.first(Code::J1741), Language::english),
            "L2@64/a counts only 0.9 times in TOTAL@64, through HASIL@64/a, HASIL@64/b; the rest is lost");
}

TEST(SharedResults, AnOfferNobodyAcceptedCountsNowhere) {
  std::string document = shared_leaves("");
  document.replace(document.find("diterima: ya"), 12, "diterima: tidak");
  const ScratchPlan plan(kTwoAgencies, document, kSharedRows);
  ASSERT_TRUE(plan.loaded()) << plan.findings();
  EXPECT_EQ(plan.value("HASIL", "64/b", "2024"), "5");
  EXPECT_EQ(plan.value("TOTAL", "64", "2024"), "35");
  EXPECT_EQ(plan.count(Code::J1742), 0U);
}

// A composite whose weights changed in 2025, and a third part that came in that year.
TEST(DatedWeights, EachYearHasItsOwn) {
  const ScratchPlan plan(kTwoAgencies,
                         "indikator:\n"
                         "- kode: INDEKS\n  satuan: indeks\n  polaritas: naik\n  sumber: uji\n"
                         "  agregasi: {cara: rata-rata, dari: [X@64/a, Y@64/a, Z@64/a], data_hilang: lewati,\n"
                         "             bobot: {X: {2024: 0.5, 2025: 0.6}, Y: {2024: 0.5, 2025: 0.3}, Z: {2025: 0.1}}}\n"
                         "- {kode: X, unit: 64/a, satuan: indeks, polaritas: naik, sumber: uji}\n"
                         "- {kode: Y, unit: 64/a, satuan: indeks, polaritas: naik, sumber: uji}\n"
                         "- {kode: Z, unit: 64/a, satuan: indeks, polaritas: naik, sumber: uji}\n",
                         "kode,unit,periode,nilai\n"
                         "X,64/a,2023,10\nX,64/a,2024,60\nY,64/a,2024,80\nZ,64/a,2024,1000\n"
                         "X,64/a,2025,60\nY,64/a,2025,80\nZ,64/a,2025,100\n");
  ASSERT_TRUE(plan.loaded()) << plan.findings();
  EXPECT_EQ(plan.value("INDEKS", "64", "2024"), "70");  // (30 + 40) / 1; Z is no part of it
  EXPECT_EQ(plan.cell("INDEKS", "64", "2024").expected, 2U);
  EXPECT_EQ(plan.cell("INDEKS", "64", "2024").expected_weight, 1);
  EXPECT_EQ(plan.value("INDEKS", "64", "2025"), "70");  // 36 + 24 + 10
  EXPECT_EQ(plan.cell("INDEKS", "64", "2025").expected, 3U);
  EXPECT_EQ(plan.value("INDEKS", "64", "2023"), "-");  // before the first year nothing is part of it
  const std::string text = plan.explained("INDEKS", "64", "2025");
  EXPECT_NE(text.find("0.6 dari 1"), std::string::npos) << text;
  EXPECT_EQ(plan.explained("INDEKS", "64", "2024").find("Z@64/a"), std::string::npos);
}

TEST(DatedWeights, OfAnIndicatorInTheMeanOfItsGoal) {
  const ScratchPlan plan(kTwoAgencies,
                         "sasaran:\n- kode: S1\n  uraian: uji\n  indikator:\n"
                         "  - {kode: X, satuan: ton, polaritas: naik, sumber: uji, bobot: {2024: 1, 2026: 3},"
                         " target: {2024: 100, 2026: 100}}\n"
                         "  - {kode: Y, satuan: ton, polaritas: naik, sumber: uji, target: {2024: 100, 2026: 100}}\n",
                         "kode,unit,periode,nilai\nX,64,2024,40\nY,64,2024,80\nX,64,2026,40\nY,64,2026,80\n");
  ASSERT_TRUE(plan.loaded()) << plan.findings();
  EXPECT_EQ(plan.value("S1", "64", "2024"), "60");  // (40 + 80) / 2
  EXPECT_EQ(plan.value("S1", "64", "2026"), "50");  // (3 x 40 + 80) / 4
}

TEST(DatedWeights, ACascadeTakesTheWeightsOfTheYear) {
  const ScratchPlan plan(kTwoAgencies,
                         "indikator:\n- kode: X\n  satuan: indeks\n  polaritas: naik\n  sumber: uji\n  langkah: 0.01\n"
                         "  target: {2024: 70, 2025: 70}\n"
                         "  agregasi: {cara: rata-rata, bobot: {64/a: {2024: 1, 2025: 3}, 64/b: 1}}\n"
                         "  kaskade: [{ke: opd, cara: rata}]\n"
                         "- {kode: X, unit: 64/a, tahan: {2024: {nilai: 60, alasan: uji}, 2025: {nilai: 60, alasan:"
                         " uji}}}\n",
                         "kode,unit,periode,nilai\nX,64/a,2024,60\n");
  ASSERT_TRUE(plan.loaded()) << plan.findings();
  const auto target = [&](const char* period) {
    const TargetCell* cell = plan.workspace().targets().find(plan.node("X", "64/b"), *Period::parse(period));
    return cell == nullptr ? std::string("-") : cell->target.to_string();
  };
  EXPECT_EQ(target("2024"), "80.00");   // (60 + 80) / 2
  EXPECT_EQ(target("2025"), "100.00");  // (3 x 60 + 100) / 4
}

// Two indicators of one goal, 150 % and 50 %, cap 100.
TEST(Caps, AtTheLeavesOrAtTheMean) {
  const auto made = [](const std::string& extra, const std::string& goal) {
    return std::make_unique<ScratchPlan>(
        kTwoAgencies,
        "sasaran:\n- kode: S1\n  uraian: uji\n" + goal + "  indikator:\n" +
            "  - {kode: X, satuan: ton, polaritas: naik, sumber: uji, target: {2024: 100}, capaian: {batas: 100" +
            extra + "}}\n" +
            "  - {kode: Y, satuan: ton, polaritas: naik, sumber: uji, target: {2024: 100}, capaian: {batas: 100" +
            extra + "}}\n",
        "kode,unit,periode,nilai\nX,64,2024,150\nY,64,2024,70\n");
  };
  const auto leaf = made("", "");
  ASSERT_TRUE(leaf->loaded()) << leaf->findings();
  EXPECT_EQ(leaf->value("S1", "64", "2024"), "85");  // (100 + 70) / 2
  const auto mean = made(", batas_pada: rata", "");
  ASSERT_TRUE(mean->loaded()) << mean->findings();
  EXPECT_EQ(mean->achievement("X", "64", "2024"), "100");  // its own stays capped
  EXPECT_EQ(mean->value("S1", "64", "2024"), "110");       // (150 + 70) / 2
  EXPECT_EQ(mean->achievement("S1", "64", "2024"), "100");
  EXPECT_NE(mean->explained("S1", "64", "2024").find("batas_pada: rata"), std::string::npos);
  const auto by_goal = made("", "  capaian: {batas: 105, batas_pada: rata}\n");
  ASSERT_TRUE(by_goal->loaded()) << by_goal->findings();
  EXPECT_EQ(by_goal->achievement("S1", "64", "2024"), "105");
}

TEST(Definitions, ParentAndChildOfTwoVersionsDoNotMix) {
  const ScratchPlan plan(kTwoAgencies,
                         "indikator:\n"
                         "- {kode: X, satuan: ton, polaritas: naik, akumulasi: hitungan, sumber: uji,"
                         " definisi: {versi: 2, uraian: baru, sejak: 2025}, agregasi: {cara: jumlah, dari: [X@64/a]}}\n"
                         "- {kode: X, unit: 64/a, satuan: ton, polaritas: naik, akumulasi: hitungan, sumber: uji}\n",
                         "kode,unit,periode,nilai\nX,64/a,2024,7\nX,64/a,2025,9\n");
  ASSERT_TRUE(plan.loaded()) << plan.findings();
  EXPECT_EQ(plan.count(Code::J1743), 1U) << plan.findings();
  EXPECT_EQ(plan.value("X", "64", "2024"), "7");  // both by the first definition
  EXPECT_EQ(plan.value("X", "64", "2025"), "-");
  EXPECT_EQ(plan.cell("X", "64", "2025").state, CellState::redefined);
}

// An official ratio beside the one that the units make.
TEST(OwnFigures, OfARatioAreComparedWithItsChildren) {
  const ScratchPlan plan(
      "- {kode: \"64\", jenis: provinsi}\n- {kode: \"64.01\", jenis: kabkota, induk: \"64\"}\n"
      "- {kode: \"64.02\", jenis: kabkota, induk: \"64\"}\n",
      "indikator:\n- kode: LAYANAN\n  satuan: persen\n  polaritas: naik\n  akumulasi: rilis\n"
      "  sumber: uji\n  target: {2024: 50}\n  agregasi: {cara: rasio, pembilang: TERLAYANI,"
      " penyebut: KK}\n"
      "  kaskade: [{ke: kabkota, cara: sama}]\n",
      "kode,unit,periode,nilai\nTERLAYANI,64.01,2024,30\nKK,64.01,2024,100\n"
      "TERLAYANI,64.02,2024,20\nKK,64.02,2024,100\nLAYANAN,64,2024,40\n");
  ASSERT_TRUE(plan.loaded()) << plan.findings();
  // 50 of 200 is 25 percent; the release of 40 stands, and the difference is told.
  EXPECT_EQ(plan.value("LAYANAN", "64", "2024"), "40");
  EXPECT_TRUE(plan.cell("LAYANAN", "64", "2024").flags & kOwnDiffers);
  EXPECT_EQ(plan.count(Code::J1708), 1U) << plan.findings();
}

}  // namespace rollup_vectors_test
}  // namespace jenjang::testing
