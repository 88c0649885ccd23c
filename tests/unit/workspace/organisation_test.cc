// A province whose agencies change: the figures of every year by hand, before and after.
#include "jenjang/explain/organisation.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>

#include "jenjang/workspace/workspace.h"

namespace jenjang {
namespace organisation_test {

namespace fs = std::filesystem;

constexpr const char* kManifest = R"(jenjang: 1
rencana: UJI
per_tanggal: 2026-12-31
unit: [unit.yaml]
dokumen: [rpd.yaml]
realisasi: [{berkas: fakta.csv}]
)";
constexpr const char* kUnits = R"(jenjang: 1
daftar_unit:
- {kode: "64", jenis: provinsi}
- {kode: 64/dlh, jenis: opd}
- {kode: 64/dlh/penaatan, jenis: bidang}
- {kode: 64/a, jenis: opd}
- {kode: 64/a/y, jenis: bidang}
- {kode: 64/b, jenis: opd}
- {kode: 64/b/z, jenis: bidang}
- {kode: 64/b/x, jenis: bidang}
- {kode: 64/lama, jenis: opd}
- {kode: 64/baru1, jenis: opd}
- {kode: 64/baru2, jenis: opd}
- {kode: 64/p, jenis: opd}
- {kode: 64/q, jenis: opd}
- {kode: 64/r, jenis: opd}
perubahan_organisasi:
- {tanggal: 2025-01-01, jenis: ganti-nama, dari: 64/lh, menjadi: 64/dlh, dasar: Perda 5/2024}
- {tanggal: 2025-07-01, jenis: pindah, dari: 64/a/x, menjadi: 64/b/x, dasar: Pergub 12/2025}
- {tanggal: 2025-01-01, jenis: pecah, dari: 64/lama, menjadi: [64/baru1, 64/baru2], dasar: Perda 6/2024}
- {tanggal: 2026-01-01, jenis: gabung, dari: [64/p, 64/q], menjadi: 64/r, dasar: Perda 7/2025}
)";
constexpr const char* kDocument = R"(jenjang: 1
dokumen: Acuan
kode: ACUAN-64
unit: "64"
periode: 2024..2026
indikator:
- kode: TON
  satuan: ton
  polaritas: naik
  akumulasi: hitungan
  frekuensi: triwulan
  agregasi: {cara: jumlah}
  capaian: {rumus: H1}
  langkah: 1
  target: {2024: 120, 2025: 140, 2026: 120}
  kaskade: [{ke: opd, cara: rata}, {ke: bidang, cara: rata}]
)";
// Old names in old rows, new names in new ones.
constexpr const char* kFacts = R"(kode,unit,periode,nilai
TON,64/lh/penaatan,2024,5
TON,64/dlh/penaatan,2025,7
TON,64/a/y,2024,1
TON,64/a/y,2025,1
TON,64/b/z,2024,2
TON,64/b/z,2025,2
TON,64/a/x,2024,10
TON,64/a/x,2025-TW1,3
TON,64/a/x,2025-TW2,4
TON,64/b/x,2025-TW3,5
TON,64/b/x,2025-TW4,6
TON,64/lama,2024,20
TON,64/baru1,2025,11
TON,64/baru2,2025,12
TON,64/p,2024,30
TON,64/q,2024,40
TON,64/p,2025,31
TON,64/q,2025,41
TON,64/r,2026,80
)";

class Organisation : public ::testing::Test {
protected:
  void SetUp() override {
    const auto* info = ::testing::UnitTest::GetInstance()->current_test_info();
    root_ = fs::path(::testing::TempDir()) / ("jenjang-organisasi-" + std::string(info->name()));
    fs::remove_all(root_);
    fs::create_directories(root_);
    write("jenjang.yaml", kManifest);
    write("unit.yaml", kUnits);
    write("rpd.yaml", kDocument);
    write("fakta.csv", kFacts);
  }
  void TearDown() override { fs::remove_all(root_); }
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(root_ / name, std::ios::binary) << text;
  }
  void run() {
    WorkspaceOptions options;
    options.pack_folders = {fs::path(JENJANG_SOURCE_DIR) / "models"};
    ws_.emplace(std::move(options));
    ASSERT_TRUE(ws_->load(root_)) << render_text(ws_->sink().sorted(), ws_->sources(), {});
    ws_->evaluate();
  }
  [[nodiscard]] NodeId node(const std::string& unit) const { return *ws_->model().find("TON", unit); }
  // "-" when there is no figure.
  [[nodiscard]] std::string value(const std::string& unit, const std::string& period) const {
    const auto slot = ws_->result().grid().find(*Period::parse(period));
    if (!slot) return "(no slot)";
    const ResultCell& cell = ws_->result().at(node(unit), *slot);
    if (cell.state != CellState::value) return "-";
    ExactEvaluator exact(ws_->model(), ws_->targets(), ws_->facts(), Lane::all, ws_->result().as_of());
    const auto figure = exact.value(node(unit), *Period::parse(period));
    if (!figure || figure->to_double() != cell.value) return "(sides differ)";
    return figure->to_decimal()->to_string();
  }
  [[nodiscard]] std::string target(const std::string& unit, const std::string& period) const {
    const TargetCell* cell = ws_->targets().find(node(unit), *Period::parse(period));
    return cell == nullptr ? "-" : cell->target.to_string();
  }
  [[nodiscard]] std::size_t count(Code code) {
    std::size_t n = 0;
    for (const Diagnostic& one : ws_->sink().all()) n += one.code == code ? 1 : 0;
    return n;
  }

  fs::path root_;
  std::optional<Workspace> ws_;
};

TEST_F(Organisation, TheProvinceAddsUpBeforeAndAfter) {
  run();
  // dlh 5, a 1 + 10, b 2, lama 20, p 30, q 40
  EXPECT_EQ(value("64", "2024"), "108");
  // dlh 7, a 1, b 2 + (3 + 4 + 5 + 6), baru 11 + 12, p 31, q 41
  EXPECT_EQ(value("64", "2025"), "123");
  EXPECT_EQ(value("64", "2026"), "80");
  EXPECT_EQ(count(Code::J1569), 0U);
  EXPECT_FALSE(ws_->sink().has_errors()) << render_text(ws_->sink().sorted(), ws_->sources(), {});
}

TEST_F(Organisation, AMoveCarriesFromOneParentToTheOther) {
  run();
  EXPECT_EQ(value("64/a", "2024"), "11");
  EXPECT_EQ(value("64/b", "2024"), "2");
  EXPECT_EQ(value("64/a", "2025-TW1"), "3");
  EXPECT_EQ(value("64/a", "2025-TW2"), "4");
  EXPECT_EQ(value("64/b", "2025-TW3"), "5");
  EXPECT_EQ(value("64/b", "2025-TW4"), "6");
  EXPECT_EQ(value("64/a", "2025-TW3"), "-");
  EXPECT_EQ(value("64/b", "2025-TW1"), "-");
  // A year stands with the parent at its end, once.
  EXPECT_EQ(value("64/a", "2025"), "1");
  EXPECT_EQ(value("64/b", "2025"), "20");
}

TEST_F(Organisation, UnitsCountOnlyWhileTheyExist) {
  run();
  const auto expected = [&](const char* year) {
    return ws_->result().at(node("64"), *ws_->result().grid().find(*Period::parse(year))).expected;
  };
  EXPECT_EQ(expected("2024"), 7U);  // penaatan, y, z, x, lama, p, q
  EXPECT_EQ(expected("2025"), 8U);  // baru1 and baru2 for lama
  EXPECT_EQ(expected("2026"), 7U);  // r for p and q
}

TEST_F(Organisation, TargetsGoToUnitsThatExistInTheYear) {
  run();
  for (const char* unit : {"64/dlh", "64/a", "64/b", "64/lama", "64/p", "64/q"}) EXPECT_EQ(target(unit, "2024"), "20");
  for (const char* unit : {"64/baru1", "64/baru2", "64/r"}) EXPECT_EQ(target(unit, "2024"), "-") << unit;
  for (const char* unit : {"64/dlh", "64/a", "64/b", "64/baru1", "64/baru2", "64/p", "64/q"}) {
    EXPECT_EQ(target(unit, "2025"), "20") << unit;
  }
  EXPECT_EQ(target("64/lama", "2025"), "-");
  EXPECT_EQ(target("64/r", "2025"), "-");
  for (const char* unit : {"64/dlh", "64/a", "64/b", "64/baru1", "64/baru2", "64/r"})
    EXPECT_EQ(target(unit, "2026"), "20");
  EXPECT_EQ(target("64/p", "2026"), "-");
  EXPECT_EQ(target("64/q", "2026"), "-");
  // The field that moves has the target of the agency it stands in at the end of the year.
  EXPECT_EQ(target("64/a/y", "2024"), "10");
  EXPECT_EQ(target("64/a/x", "2024"), "10");
  EXPECT_EQ(target("64/b/z", "2024"), "20");
  EXPECT_EQ(target("64/a/y", "2025"), "20");
  EXPECT_EQ(target("64/b/x", "2025"), "10");
  EXPECT_EQ(target("64/b/z", "2025"), "10");
}

TEST_F(Organisation, EitherNameAnswersByteForByte) {
  run();
  const Model& model = ws_->model();
  EXPECT_EQ(model.units.find("64/lh"), model.units.find("64/dlh"));
  EXPECT_EQ(model.units.find("64/lh/penaatan"), model.units.find("64/dlh/penaatan"));
  EXPECT_EQ(model.units.find("64/a/x"), model.units.find("64/b/x"));
  WriteOptions csv;
  csv.format = OutputFormat::csv;
  for (const auto& [before, after] : {std::pair{"64/lh", "64/dlh"}, {"64/a/x", "64/b/x"}}) {
    RowFilter old_name, new_name;
    old_name.unit = before;
    new_name.unit = after;
    const std::string rows = write_rows(result_rows(ws_->context(), old_name, false), csv);
    EXPECT_EQ(rows, write_rows(result_rows(ws_->context(), new_name, false), csv));
    EXPECT_GT(std::count(rows.begin(), rows.end(), '\n'), 2);
    EXPECT_EQ(write_rows(target_rows(model, ws_->targets(), old_name), csv),
              write_rows(target_rows(model, ws_->targets(), new_name), csv));
    const auto tree = [&](const char* unit) {
      const auto root = explain(ws_->context(), node(unit), Period::year(2024), ExplainWhat::realisation, {});
      return root ? render_text(*root, ws_->sources(), Language::indonesian) : std::string();
    };
    EXPECT_EQ(tree(before), tree(after));
    EXPECT_FALSE(tree(before).empty());
  }
}

TEST_F(Organisation, ASuccessorTellsWhomItCameFrom) {
  run();
  const Model& model = ws_->model();
  const auto notes = [&](const char* unit) {
    std::vector<std::string> texts;
    for (const OrganisationNote& one : organisation_notes(model, *model.units.find(unit), Language::indonesian)) {
      texts.push_back(one.text);
    }
    return texts;
  };
  using Texts = std::vector<std::string>;
  EXPECT_EQ(notes("64/dlh"), Texts{"2025-01-01 ganti-nama: 64/lh menjadi 64/dlh (Perda 5/2024)"});
  EXPECT_EQ(notes("64/baru2"), Texts{"2025-01-01 pecah: 64/lama menjadi 64/baru1, 64/baru2 (Perda 6/2024)"});
  EXPECT_EQ(notes("64/lama"), notes("64/baru2"));
  EXPECT_EQ(notes("64/r"), Texts{"2026-01-01 gabung: 64/p, 64/q menjadi 64/r (Perda 7/2025)"});
  EXPECT_EQ(notes("64/b/x"), Texts{"2025-07-01 pindah: 64/a/x menjadi 64/b/x (Pergub 12/2025)"});
  EXPECT_TRUE(notes("64/b").empty());
  const auto root = explain(ws_->context(), node("64/baru1"), Period::year(2025), ExplainWhat::realisation, {});
  ASSERT_TRUE(root);
  EXPECT_NE(std::find(root->notes.begin(), root->notes.end(), notes("64/baru1").front()), root->notes.end());
  const std::string text = render_text(*root, ws_->sources(), Language::indonesian);
  EXPECT_NE(text.find("Perda 6/2024"), std::string::npos) << text;
}

TEST_F(Organisation, AFactOutsideTheLifeOfItsUnitIsFoundAndNotCarriedUp) {
  write("fakta.csv", std::string(kFacts) + "TON,64/lama,2025,1000\nTON,64/baru1,2024-TW4,1000\n");
  run();
  EXPECT_EQ(count(Code::J1569), 2U);
  EXPECT_EQ(value("64", "2024"), "108");
  EXPECT_EQ(value("64", "2025"), "123");
  EXPECT_EQ(value("64/lama", "2025"), "1000");
}

TEST_F(Organisation, AFlowCountsFromBothSidesOfASplitWithinTheYear) {
  std::string units = kUnits;
  const std::string from = "tanggal: 2025-01-01, jenis: pecah";
  units.replace(units.find(from), from.size(), "tanggal: 2025-07-01, jenis: pecah");
  write("unit.yaml", units);
  write("fakta.csv", std::string(kFacts) + "TON,64/lama,2025-TW1,8\nTON,64/lama,2025-TW2,9\n");
  run();
  EXPECT_EQ(count(Code::J1569), 0U);
  EXPECT_EQ(value("64/lama", "2025"), "17");
  EXPECT_EQ(value("64", "2025"), "140");  // 123 and the half year of 8 + 9
}

// One agency is divided in the middle of the year; everybody reports every month of its life: 1 for January and so on.
std::string divided_in_july(const std::string& kind, const std::string& policy) {
  return R"(jenjang: 1
dokumen: Acuan
kode: ACUAN-64
unit: "64"
periode: 2025..2025
daftar_unit:
- {kode: "64", jenis: provinsi}
- {kode: 64/tetap, jenis: opd}
- {kode: 64/lama, jenis: opd}
- {kode: 64/baru1, jenis: opd}
- {kode: 64/baru2, jenis: opd}
perubahan_organisasi:
- {tanggal: 2025-07-01, jenis: pecah, dari: 64/lama, menjadi: [64/baru1, 64/baru2]}
indikator:
- kode: TON
  satuan: ton
  polaritas: naik
  akumulasi: )" +
         kind + R"(
  frekuensi: bulan
  data_hilang: )" +
         policy + R"(
  agregasi: {cara: jumlah}
  capaian: {rumus: H1}
  langkah: 0.01
  target: {2025: 100}
  kaskade: [{ke: opd, cara: rata}]
)";
}
std::string monthly_rows(const std::string& unit, int first, int last) {
  std::string rows;
  for (int i = first; i <= last; ++i) {
    rows += "TON," + unit + ",2025-" + (i < 10 ? "0" : "") + std::to_string(i) + "," + std::to_string(i) + "\n";
  }
  return rows;
}

TEST_F(Organisation, MonthsOutsideTheLifeOfAUnitAreNoMonthsOfItsYear) {
  write("jenjang.yaml",
        "jenjang: 1\nrencana: UJI\nper_tanggal: 2026-06-30\ndokumen: [rpd.yaml]\n"
        "realisasi: [{berkas: fakta.csv}]\n");
  const std::string rows = "kode,unit,periode,nilai\n" + monthly_rows("64/tetap", 1, 12) +
                           monthly_rows("64/lama", 1, 6) + monthly_rows("64/baru1", 7, 12) +
                           monthly_rows("64/baru2", 7, 12);
  const auto year = [&](const char* unit) -> const ResultCell& {
    return ws_->result().at(node(unit), *ws_->result().grid().find(*Period::parse("2025")));
  };
  for (const char* policy : {"lewati", "ketat", "nol", "{unit: bawa-terakhir, waktu: bawa-terakhir, umur: 12}"}) {
    SCOPED_TRACE(policy);
    // Also with figures for months of another unit's time, which are findings and count nowhere.
    for (const std::string& strays :
         {std::string(), std::string("TON,64/lama,2025-09,1000\nTON,64/baru1,2025-02,1000\n")}) {
      write("fakta.csv", rows + strays);
      write("rpd.yaml", divided_in_july("hitungan", policy));
      run();
      EXPECT_EQ(count(Code::J1569), strays.empty() ? 0U : 2U);
      EXPECT_EQ(value("64/lama", "2025"), "21");   // 1 + .. + 6
      EXPECT_EQ(value("64/baru1", "2025"), "57");  // 7 + .. + 12
      EXPECT_EQ(value("64", "2025"), "213");       // 78 + 21 + 57 + 57
      EXPECT_EQ(value("64", "2025-TW1"), "12");    // twice 1 + 2 + 3
      EXPECT_EQ(value("64", "2025-TW3"), "72");    // three times 7 + 8 + 9
      EXPECT_EQ(year("64").flags & (kPartial | kCarried), 0);
      EXPECT_EQ(year("64").expected_months, 30U);  // 12 + 6 + 6 + 6
      EXPECT_EQ(year("64").covered_months, 30U);
      EXPECT_EQ(year("64/lama").expected_months, 6U);
      if (!strays.empty()) {
        EXPECT_EQ(value("64/lama", "2025-09"), "1000");
      }
      write("rpd.yaml", divided_in_july("rata-rata", policy));
      run();
      EXPECT_EQ(value("64/lama", "2025"), "3.5");   // 21 / 6
      EXPECT_EQ(value("64/baru2", "2025"), "9.5");  // 57 / 6
      // The year of a level is that of the units at its end: 78 / 12 + 9.5 + 9.5.
      EXPECT_EQ(value("64", "2025"), "25.5");
      EXPECT_EQ(year("64").flags & (kPartial | kCarried), 0);
    }
  }
}

TEST_F(Organisation, PersonKeysAreNoInput) {
  write("jenjang.yaml", std::string(kManifest) + "kunci_pegawai: fakta.csv\n");
  WorkspaceOptions options;
  options.pack_folders = {fs::path(JENJANG_SOURCE_DIR) / "models"};
  ws_.emplace(std::move(options));
  (void)ws_->load(root_);
  EXPECT_EQ(count(Code::J1919), 1U);
}

TEST_F(Organisation, PersonKeysAreNeverAmongTheInputsKept) {
  write("jenjang.yaml", std::string(kManifest) + "kunci_pegawai: kunci.csv\n");
  write("kunci.csv", "pegawai,nama,nip\nP-1,Rahasia Sekali,1990\n");
  WorkspaceOptions options;
  options.pack_folders = {fs::path(JENJANG_SOURCE_DIR) / "models"};
  options.keep_inputs = true;
  ws_.emplace(std::move(options));
  ASSERT_TRUE(ws_->load(root_));
  ws_->evaluate();
  EXPECT_FALSE(ws_->inputs().empty());
  for (const std::string& text : ws_->inputs().texts) EXPECT_EQ(text.find("Rahasia"), std::string::npos);
  for (std::size_t i = 0; i < ws_->sources().file_count(); ++i) {
    EXPECT_EQ(ws_->sources().text(FileId::from_index(i)).find("Rahasia"), std::string_view::npos);
  }
}

}  // namespace organisation_test
}  // namespace jenjang
