// Evaluation rows over a small plan: every figure by hand, missing ones as their state, structure without invention.
#include "jenjang/report/evaluation_rows.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <map>

#include "jenjang/workspace/workspace.h"

namespace jenjang {
namespace evaluation_rows_test {

namespace fs = std::filesystem;
using Files = std::map<std::string, std::string>;

Files small_plan() {
  return {{"jenjang.yaml", R"(jenjang: 1
rencana: UJI
per_tanggal: 2024-12-31
unit: [unit.csv]
dokumen: [lama.yaml, renstra.yaml, renja.yaml]
realisasi:
- {berkas: hasil.csv, sumber: Laporan}
)"},
          {"unit.csv",
           "kode,nama,jenis\n64,Provinsi,provinsi\n64/dlh,Dinas,opd\n64/dlh/a,Bidang,bidang\n64/pupr,Dinas "
           "lain,opd\n"},
          {"lama.yaml", R"(jenjang: 1
dokumen: Renstra
kode: LAMA
judul: Renstra lama
unit: 64/dlh
periode: 2019..2023
program:
- {kode: 2.11.02, uraian: Program yang selesai}
)"},
          {"renstra.yaml", R"(jenjang: 1
dokumen: Renstra
kode: RENSTRA
judul: Renstra
unit: 64/dlh
periode: 2023..2026
menggantikan: LAMA
program:
- kode: 2.11.11
  uraian: Persampahan
  pagu: {2023: 500, 2024: 600, 2025: 620, 2026: 640}
  satuan_pagu: juta rupiah
  indikator:
  - {kode: KELUHAN, satuan: keluhan, polaritas: turun, akumulasi: posisi, capaian: {rumus: L1}, baseline: {2023: 37},
     target: {2024: 32, 2026: 24}}
- kode: 2.11.06
  uraian: Pengawasan
  pagu: {2023: 900, 2024: 1000, 2025: 1050, 2026: 1100}
  satuan_pagu: juta rupiah
  indikator:
  - {kode: TAAT, satuan: persen, polaritas: naik, akumulasi: posisi, capaian: {rumus: H1}, target: {2024: 75, 2026: 80}}
  kegiatan:
  - kode: 2.11.06.1.01
    uraian: Pembinaan
    pagu: {2023: 900, 2024: 1000, 2025: 1050, 2026: 1100}
    frekuensi_pagu: triwulan
    indikator:
    - {kode: USAHA, satuan: usaha, polaritas: naik, akumulasi: hitungan, frekuensi: triwulan, langkah: 1,
       pembulatan: setengah-ke-atas/0, capaian: {rumus: H1, batas: 120}, target: {2023: 100, 2024: 120, 2025: 130, 2026: 150}}
    - {kode: JUMLAH-USAHA, satuan: usaha, polaritas: konteks, akumulasi: posisi}
    sub_kegiatan:
    - kode: 2.11.06.1.01.0001
      uraian: Pengawasan lapangan
      indikator:
      - {kode: LUBANG, satuan: kali, polaritas: naik, akumulasi: hitungan, capaian: {rumus: H1}, target: {2024: 200}}
- kode: P-KHUSUS
  uraian: Program tanpa kode
)"},
          {"renja.yaml", R"(jenjang: 1
dokumen: Renja
kode: RENJA
judul: Renja
unit: 64/dlh
tahun: 2024
program:
- {kode: 2.11.06, uraian: Pengawasan}
)"},
          {"hasil.csv", R"(kode,unit,periode,nilai
TAAT,64/dlh,2023,71
TAAT,64/dlh,2024,69
USAHA,64/dlh,2023,98
USAHA,64/dlh,2024-TW1,20
USAHA,64/dlh,2024-TW2,32
USAHA,64/dlh,2024-TW3,28
USAHA,64/dlh,2024-TW4,34
JUMLAH-USAHA,64/dlh,2024,900
LUBANG,64/dlh,2024,181
PAGU-2.11.06.1.01,64/dlh,2023,870.5
PAGU-2.11.06.1.01,64/dlh,2024-TW1,200
PAGU-2.11.06.1.01,64/dlh,2024-TW2,300
PAGU-2.11.06.1.01,64/dlh,2024-TW3,135
PAGU-2.11.06.1.01,64/dlh,2024-TW4,300
)"}};
}

class EvaluationRows : public ::testing::Test {
protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() /
              ("jenjang-evaluasi-" + std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()));
    fs::remove_all(folder_);
    fs::create_directories(folder_ / "models");
    for (const char* pack : {"permendagri-86-2017", "lint"}) {
      fs::copy(fs::path(JENJANG_SOURCE_DIR) / "models" / pack, folder_ / "models" / pack, fs::copy_options::recursive);
    }
  }
  void TearDown() override { fs::remove_all(folder_); }

  void run(const Files& files, int year = 2024, const std::string& unit = "") {
    fs::remove_all(folder_ / "rencana");
    fs::create_directories(folder_ / "rencana");
    for (const auto& [name, text] : files) std::ofstream(folder_ / "rencana" / name, std::ios::binary) << text;
    WorkspaceOptions options;
    options.pack_folders = {folder_ / "models"};
    workspace_.emplace(std::move(options));
    ASSERT_TRUE(workspace_->load(folder_ / "rencana")) << said();
    workspace_->evaluate();
    const Scale* scale = workspace_->packs().scale("permendagri-86-2017/B-86");
    ASSERT_NE(scale, nullptr) << said();
    rows_ = evaluation_rows(workspace_->context(), {.unit = unit, .year = year, .scale = scale});
  }
  std::string said() { return render_text(workspace_->sink().sorted(), workspace_->sources(), {}); }

  [[nodiscard]] const EvaluationRow& row(const std::string& kind, const std::string& code) const {
    for (const EvaluationRow& one : rows_) {
      if (one.kind == kind && one.code == code) return one;
    }
    ADD_FAILURE() << "no row " << kind << " " << code;
    static const EvaluationRow kNone;
    return kNone;
  }
  [[nodiscard]] std::vector<std::string> outline() const {
    std::vector<std::string> lines;
    for (const EvaluationRow& one : rows_) lines.push_back(one.kind + " " + one.code);
    return lines;
  }

  fs::path folder_;
  std::optional<Workspace> workspace_;
  std::vector<EvaluationRow> rows_;
};

Files with(Files files, const std::string& file, const std::string& what, const std::string& into) {
  std::string& text = files.at(file);
  const std::size_t at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  text.replace(at, what.size(), into);
  return files;
}

TEST_F(EvaluationRows, StandByLevelAndCode) {
  run(small_plan());
  const std::vector<std::string> expected{"unit 64/dlh",
                                          "program P-KHUSUS",
                                          "rata-rata P-KHUSUS",
                                          "urusan 2",
                                          "bidang 2.11",
                                          "program 2.11.06",
                                          "indikator TAAT",
                                          "kegiatan 2.11.06.1.01",
                                          "indikator USAHA",
                                          "indikator JUMLAH-USAHA",
                                          "sub_kegiatan 2.11.06.1.01.0001",
                                          "indikator LUBANG",
                                          "rata-rata 2.11.06",
                                          "program 2.11.11",
                                          "indikator KELUHAN",
                                          "rata-rata 2.11.11",
                                          "rata-rata 64/dlh"};
  EXPECT_EQ(outline(), expected);
  EXPECT_EQ(row("urusan", "2").basis, "kode 2.11.06");
  EXPECT_EQ(row("bidang", "2.11").basis, "kode 2.11.06");
  EXPECT_EQ(row("program", "P-KHUSUS").basis, "");
  EXPECT_EQ(row("unit", "64/dlh").title, "Dinas");
}

TEST_F(EvaluationRows, IncrementsAddUpOverThePlan) {
  run(small_plan());
  const EvaluationSide& side = row("indikator", "USAHA").performance;
  EXPECT_EQ(side.target_end, "500");  // 100 + 120 + 130 + 150
  EXPECT_EQ(side.done_before, "98");  // of 2023
  EXPECT_EQ(side.target, "120");
  EXPECT_EQ(side.quarter_1, "20");
  EXPECT_EQ(side.quarter_4, "34");
  EXPECT_EQ(side.done, "114");           // 20 + 32 + 28 + 34
  EXPECT_EQ(side.achievement, "95.00");  // 100 x 114/120
  EXPECT_EQ(side.predicate, "Sangat Tinggi");
  EXPECT_EQ(side.done_total, "212");         // 98 + 114
  EXPECT_EQ(side.achievement_end, "42.40");  // 100 x 212/500
  EXPECT_EQ(side.state, "nilai");
}

TEST_F(EvaluationRows, ALevelIsNotAddedToItself) {
  run(small_plan());
  const EvaluationSide& side = row("indikator", "TAAT").performance;
  EXPECT_EQ(side.target_end, "80");
  EXPECT_EQ(side.done_before.substr(0, 2), "71");
  EXPECT_EQ(side.done_total, side.done);
  EXPECT_EQ(side.achievement, "92.00");        // 100 x 69/75
  EXPECT_EQ(side.achievement_end, "86.25");    // 100 x 69/80
  EXPECT_EQ(side.quarter_1, "tidak-berlaku");  // reported by the year
}

TEST_F(EvaluationRows, AMissingFigureIsItsStateAndNoZero) {
  run(small_plan());
  const EvaluationSide& side = row("indikator", "KELUHAN").performance;
  EXPECT_EQ(side.done, "kosong");
  EXPECT_EQ(side.achievement, "kosong");
  EXPECT_EQ(side.predicate, "kosong");
  EXPECT_EQ(side.achievement_end, "kosong");
  EXPECT_EQ(side.done_before, "37");  // the baseline of the year before
  const EvaluationSide& mean = row("rata-rata", "2.11.11").performance;
  EXPECT_EQ(mean.achievement, "kosong");
  EXPECT_EQ(mean.state, "0 dari 1 indikator");
  // No ceiling is declared, so there is no money to speak of.
  EXPECT_EQ(row("sub_kegiatan", "2.11.06.1.01.0001").money.target, "");
  // Structure holds no figure of performance.
  for (const char* kind : {"unit", "urusan", "bidang", "program", "kegiatan", "sub_kegiatan"}) {
    for (const EvaluationRow& one : rows_) {
      if (one.kind == kind) {
        EXPECT_EQ(one.performance.achievement + one.performance.done + one.performance.target, "") << one.code;
      }
    }
  }
}

TEST_F(EvaluationRows, MeansCountEachIndicatorOnceAndSayOfHowMany) {
  run(small_plan());
  // 100 x 181/200 = 90.5 lies between 76-90 and 91-100: the lower bound decides.
  EXPECT_EQ(row("indikator", "LUBANG").performance.achievement, "90.50");
  EXPECT_EQ(row("indikator", "LUBANG").performance.predicate, "Tinggi");
  // A context measure has no achievement and stands in no mean.
  EXPECT_EQ(row("indikator", "JUMLAH-USAHA").performance.achievement, "");
  // (92 + 95 + 90.5)/3 = 92.5 with all of the program's three; the unit's fourth has no figure.
  EXPECT_EQ(row("rata-rata", "2.11.06").performance.achievement, "92.50");
  EXPECT_EQ(row("rata-rata", "2.11.06").performance.state, "3 dari 3 indikator");
  EXPECT_EQ(row("rata-rata", "64/dlh").performance.achievement, "92.50");
  EXPECT_EQ(row("rata-rata", "64/dlh").performance.state, "3 dari 4 indikator");
  EXPECT_EQ(row("rata-rata", "64/dlh").performance.predicate, "Sangat Tinggi");
  EXPECT_EQ(row("rata-rata", "64/dlh").basis, "skala permendagri-86-2017/B-86");
  // The text of the scale was not read.
  EXPECT_EQ(row("rata-rata", "64/dlh").labels, "belum-diverifikasi");
}

// The mean of 90.99 and 91.00 is 90.995 exactly, printed 91.00, and the scale decides on that figure. Printed parts
// would not tell: 90.985 and 91.00 print 90.99 and 91.00 as well, and their mean 90.9925 prints 90.99.
TEST_F(EvaluationRows, APredicateOfAMeanIsDecidedOnTheExactMean) {
  const auto mean_of = [&](const std::string& first) {
    Files files = small_plan();
    files["renstra.yaml"] = R"(jenjang: 1
dokumen: Renstra
kode: RENSTRA
judul: Renstra
unit: 64/dlh
periode: 2023..2026
menggantikan: LAMA
program:
- kode: 2.11.06
  uraian: Pengawasan
  indikator:
  - {kode: A, satuan: kali, polaritas: naik, akumulasi: posisi, capaian: {rumus: H1}, target: {2024: 100000}}
  - {kode: B, satuan: kali, polaritas: naik, akumulasi: posisi, capaian: {rumus: H1}, target: {2024: 100000}}
)";
    files["hasil.csv"] = "kode,unit,periode,nilai\nA,64/dlh,2024," + first + "\nB,64/dlh,2024,91000\n";
    run(files);
    return row("rata-rata", "2.11.06").performance;
  };
  EXPECT_EQ(mean_of("90990").achievement, "91.00");
  EXPECT_EQ(mean_of("90990").predicate, "Sangat Tinggi");
  EXPECT_EQ(mean_of("90985").achievement, "90.99");
  EXPECT_EQ(mean_of("90985").predicate, "Tinggi");
}

TEST_F(EvaluationRows, MoneyStandsBesideAndAddsUpOnlyWhenWhole) {
  run(small_plan());
  const EvaluationSide& money = row("program", "2.11.06").money;
  EXPECT_EQ(money.unit_name, "juta rupiah");
  EXPECT_EQ(money.target_end, "4050");  // 900 + 1000 + 1050 + 1100
  EXPECT_EQ(money.target, "1000");
  EXPECT_EQ(money.done_before, "870.50");
  EXPECT_EQ(money.done, "935.00");  // 200 + 300 + 135 + 300
  EXPECT_EQ(money.achievement, "93.50");
  EXPECT_EQ(money.done_total, "1805.50");
  EXPECT_EQ(money.achievement_end, "44.58");  // 100 x 1805.5/4050 = 44.580...
  EXPECT_EQ(row("kegiatan", "2.11.06.1.01").money.quarter_3, "135.00");
  EXPECT_EQ(row("program", "2.11.11").money.target, "600");
  EXPECT_EQ(row("program", "2.11.11").money.achievement, "kosong");
  // 1000 + 600 of two programs; one has told no spending, so there is no sum of it.
  const EvaluationSide& total = row("rata-rata", "64/dlh").money;
  EXPECT_EQ(total.target, "1600");
  EXPECT_EQ(total.done, "kosong");
  EXPECT_EQ(total.achievement, "kosong");
  EXPECT_EQ(total.state, "1 dari 2 pagu");
  Files files = small_plan();
  files["hasil.csv"] += "PAGU-2.11.11,64/dlh,2024,545\n";
  run(files);
  // (935 + 545)/1600 = 92.5 percent; the activity's ceiling is part of its program's and not added again.
  EXPECT_EQ(row("rata-rata", "64/dlh").money.done, "1480");
  EXPECT_EQ(row("rata-rata", "64/dlh").money.achievement, "92.50");
}

// A second activity with a ceiling of 50 and no spending: the program's 935 is no 89 percent of 1050.
TEST_F(EvaluationRows, SpendingThatLacksAPartHasNoRate) {
  Files files =
      with(small_plan(), "renstra.yaml", "- kode: P-KHUSUS",
           "  - kode: 2.11.06.1.02\n    uraian: Sengketa\n    pagu: {2024: 50}\n    frekuensi_pagu: triwulan\n"
           "- kode: P-KHUSUS");
  files = with(std::move(files), "renstra.yaml", "pagu: {2023: 900, 2024: 1000, 2025: 1050, 2026: 1100}",
               "pagu: {2023: 900, 2024: 1050, 2025: 1050, 2026: 1100}");
  files["hasil.csv"] += "PAGU-2.11.11,64/dlh,2024,545\n";
  run(files);
  const EvaluationSide& money = row("program", "2.11.06").money;
  EXPECT_EQ(money.done, "935.00");
  EXPECT_EQ(money.state, "sebagian (1 dari 2 laporan di bawahnya)");
  EXPECT_EQ(money.achievement, "kosong");
  EXPECT_EQ(money.predicate, "kosong");
  EXPECT_EQ(money.done_total, "kosong");
  const EvaluationSide& total = row("rata-rata", "64/dlh").money;
  EXPECT_EQ(total.done, "kosong");
  EXPECT_EQ(total.state, "1 dari 2 pagu");
}

TEST_F(EvaluationRows, TheYearlyPlanSaysItsOwnTarget) {
  run(with(small_plan(), "renja.yaml", "- {kode: 2.11.06, uraian: Pengawasan}",
           "- kode: 2.11.06\n  uraian: Pengawasan\n  kegiatan:\n  - kode: 2.11.06.1.01\n    uraian: Pembinaan\n"
           "    indikator:\n    - {kode: USAHA, target: {2024: 114}}"));
  const EvaluationRow& usaha = row("indikator", "USAHA");
  EXPECT_EQ(usaha.performance.target, "114");
  EXPECT_EQ(usaha.performance.achievement, "100.00");
  EXPECT_EQ(usaha.document, "RENJA");
  // The medium-term plan keeps its own: 100 + 120 + 130 + 150.
  EXPECT_EQ(usaha.performance.target_end, "500");
  // (92 + 100 + 90.5)/3 = 94.1666...
  EXPECT_EQ(row("rata-rata", "2.11.06").performance.achievement, "94.17");
}

TEST_F(EvaluationRows, TheFirstYearHasNothingBeforeIt) {
  run(small_plan(), 2023);
  const EvaluationSide& side = row("indikator", "USAHA").performance;
  EXPECT_EQ(side.done_before, "tidak-berlaku");
  EXPECT_EQ(side.done_total, "98");
  EXPECT_EQ(side.achievement_end, "19.60");  // 98/500
}

TEST_F(EvaluationRows, AQuarterThatIsNotOverIsNotDue) {
  Files files = with(small_plan(), "jenjang.yaml", "2024-12-31", "2024-06-30");
  files["hasil.csv"] = "kode,unit,periode,nilai\nUSAHA,64/dlh,2024-TW1,20\nUSAHA,64/dlh,2024-TW2,32\n";
  run(files);
  const EvaluationSide& side = row("indikator", "USAHA").performance;
  EXPECT_EQ(side.quarter_2, "32");
  EXPECT_EQ(side.quarter_3, "belum-jatuh-tempo");
  EXPECT_EQ(row("indikator", "TAAT").performance.done, "belum-jatuh-tempo");
}

TEST_F(EvaluationRows, AGoalOfAnotherUnitStaysBelowItsProgram) {
  run(with(small_plan(), "renstra.yaml", "    uraian: Pembinaan\n", "    uraian: Pembinaan\n    unit: 64/dlh/a\n"));
  const std::vector<std::string> lines = outline();
  const auto at = [&](const std::string& line) { return std::find(lines.begin(), lines.end(), line) - lines.begin(); };
  EXPECT_LT(at("program 2.11.06"), at("kegiatan 2.11.06.1.01"));
  EXPECT_LT(at("kegiatan 2.11.06.1.01"), at("rata-rata 2.11.06"));
  EXPECT_EQ(row("kegiatan", "2.11.06.1.01").unit, "64/dlh/a");
  EXPECT_EQ(std::count(lines.begin(), lines.end(), "kegiatan 2.11.06.1.01"), 1);
}

TEST_F(EvaluationRows, OneUnitAndBelow) {
  run(small_plan(), 2024, "64/pupr");
  EXPECT_TRUE(rows_.empty());
  run(small_plan(), 2024, "64");
  EXPECT_EQ(rows_.size(), 17U);
}

}  // namespace evaluation_rows_test
}  // namespace jenjang
