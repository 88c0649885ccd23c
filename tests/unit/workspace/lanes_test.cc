// Both lanes of a plan under a workflow: gate, claim beside verified figure, coverage, what is official.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>

#include "jenjang/workspace/workspace.h"

namespace jenjang {
namespace lanes_test {

namespace fs = std::filesystem;

class Lanes : public ::testing::Test {
protected:
  void SetUp() override {
    const auto* info = ::testing::UnitTest::GetInstance()->current_test_info();
    root_ = fs::path(::testing::TempDir()) / (std::string(info->test_suite_name()) + "." + info->name());
    fs::remove_all(root_);
    fs::create_directories(root_);
    write("jenjang.yaml",
          "jenjang: 1\nrencana: UJI\nunit: [unit.yaml]\ndokumen: [rpd.yaml]\n"
          "realisasi: [{berkas: sampah.csv, alur: sipsn-jakstranas/sipsn, sumber: SIPSN}]\n");
    write("unit.yaml",
          "jenjang: 1\ndaftar_unit:\n- {kode: \"64\", jenis: provinsi}\n- {kode: 64/a, jenis: bidang}\n"
          "- {kode: 64/b, jenis: bidang}\n- {kode: 64/c, jenis: bidang}\n");
    write("rpd.yaml",
          "jenjang: 1\ndokumen: Acuan\nkode: D\nunit: \"64\"\ntahun: 2025\nindikator:\n"
          "- kode: SAMPAH\n  satuan: ton\n  polaritas: naik\n  akumulasi: hitungan\n  langkah: 0.01\n  data_hilang: "
          "lewati\n"
          "  capaian: {rumus: H1}\n  pita: {capaian: permendagri-86-2017/B-86}\n  agregasi: {cara: jumlah, dari: "
          "bidang}\n"
          "  target: {2025: 100}\n  kaskade: [{ke: bidang, cara: rata}]\n");
  }
  void TearDown() override { fs::remove_all(root_); }
  void write(const std::string& name, const std::string& text) const { std::ofstream(root_ / name) << text; }
  void feed(const std::string& rows) const { write("sampah.csv", "kode,unit,periode,nilai,status\n" + rows); }

  bool load(const std::string& gate = {}) {
    WorkspaceOptions options;
    options.pack_folders = {fs::path(JENJANG_SOURCE_DIR) / "models"};
    options.gate = gate;
    workspace_.emplace(std::move(options));
    if (!workspace_->load(root_)) return false;
    workspace_->evaluate();
    return true;
  }
  std::vector<ResultRow> rows() const {
    RowFilter filter;
    filter.period = Period::year(2025);
    return rows_of_both_lanes(workspace_->context(), filter);
  }
  // "semua 150 2/3"
  static std::string brief(const ResultRow& row) {
    return row.lane + " " + row.realisation + " " + row.covered + "/" + row.expected;
  }
  std::vector<std::string> province() const {
    std::vector<std::string> found;
    for (const ResultRow& row : rows()) {
      if (row.unit == "64") found.push_back(brief(row));
    }
    return found;
  }
  std::string messages() { return render_text(workspace_->sink().sorted(), workspace_->sources(), {}); }

  using Strings = std::vector<std::string>;
  fs::path root_;
  std::optional<Workspace> workspace_;
};

// R15: 100 validated, 50 submitted, a third unit silent.
TEST_F(Lanes, R15BothFiguresAndBothCoverages) {
  feed("SAMPAH,64/a,2025,100,divalidasi_pusat\nSAMPAH,64/b,2025,50,diajukan\n");
  ASSERT_TRUE(load()) << messages();
  EXPECT_EQ(province(), (Strings{"semua 150.00 2/3", "tervalidasi 100.00 1/3"}));
  EXPECT_EQ(workspace_->lane_gate(), "sipsn-jakstranas/sipsn: divalidasi_pusat, dipublikasikan (belum-diverifikasi)");
  // The validated row follows its cell; a cell on which the lanes agree has one row.
  const auto all = rows();
  std::vector<std::string> units;
  for (const ResultRow& row : all) units.push_back(row.unit + " " + row.lane);
  EXPECT_EQ(units,
            (Strings{"64 semua", "64 tervalidasi", "64/a semua", "64/b semua", "64/b tervalidasi", "64/c semua"}));
}

TEST_F(Lanes, TheGateIsStatedAndMovesTheLine) {
  feed("SAMPAH,64/a,2025,100,divalidasi_pusat\nSAMPAH,64/b,2025,50,divalidasi_provinsi\nSAMPAH,64/c,2025,7,draf\n");
  ASSERT_TRUE(load("divalidasi_provinsi")) << messages();
  EXPECT_EQ(province(), (Strings{"semua 157.00 3/3", "tervalidasi 150.00 2/3"}));
  EXPECT_EQ(workspace_->lane_gate(),
            "sipsn-jakstranas/sipsn: divalidasi_provinsi, divalidasi_pusat, dipublikasikan (belum-diverifikasi)");
  // The lowest gate lets in all that is not void, and the lanes are one.
  ASSERT_TRUE(load("belum_terintegrasi"));
  EXPECT_EQ(province(), Strings{"semua 157.00 3/3"});
}

TEST_F(Lanes, AGateThatNoWorkflowHasStopsTheRun) {
  feed("SAMPAH,64/a,2025,100,divalidasi_pusat\n");
  EXPECT_FALSE(load("divalidasi_propinsi"));
  EXPECT_FALSE(workspace_->could_run());
  const std::vector<Diagnostic> findings = workspace_->sink().sorted();
  const auto refusal =
      std::find_if(findings.begin(), findings.end(), [](const Diagnostic& one) { return one.code == Code::J3075; });
  ASSERT_NE(refusal, findings.end()) << messages();
  EXPECT_EQ(refusal->suggestion, "divalidasi_provinsi");
  EXPECT_FALSE(load("ditolak"));  // void states never count
}

// Accepted exactly at the target of 33.33 while the claim lies above: each lane decides on its own figure.
TEST_F(Lanes, AClaimStandsBesideTheVerifiedFigure) {
  feed("SAMPAH,64/a,2025,33.34,divalidasi_pusat\nSAMPAH,64/a,2025,40,diajukan\n");
  ASSERT_TRUE(load()) << messages();
  std::vector<ResultRow> cell;
  for (const ResultRow& row : rows()) {
    if (row.unit == "64/a") cell.push_back(row);
  }
  ASSERT_EQ(cell.size(), 2U);
  EXPECT_EQ(cell[0].realisation, "40.00");
  EXPECT_EQ(cell[1].realisation, "33.34");
  EXPECT_EQ(cell[1].achievement_raw, "100.00");
  EXPECT_EQ(cell[0].touched_unvalidated, "ya");
  EXPECT_EQ(cell[1].touched_unvalidated, "tidak");
  // A predicate is official on the validated lane only.
  EXPECT_EQ(cell[0].labels, "belum-diverifikasi belum-resmi");  // the band table is not verified
  EXPECT_FALSE(cell[0].predicate.empty());
  EXPECT_EQ(cell[1].labels, "belum-diverifikasi");
  EXPECT_FALSE(cell[1].predicate.empty());
  const NodeId node = *workspace_->model().find("SAMPAH", "64/a");
  for (const Lane lane : {Lane::all, Lane::validated}) {
    ExplainOptions options;
    options.lane = lane;
    const auto tree = explain(workspace_->context(), node, Period::year(2025), ExplainWhat::realisation, options);
    ASSERT_TRUE(tree);
    const std::string text = render_text(*tree, workspace_->sources(), Language::indonesian);
    EXPECT_NE(text.find("dilaporkan 40 ton; terverifikasi 33.34 ton"), std::string::npos) << text;
  }
  ExactEvaluator exact(workspace_->model(), workspace_->targets(), workspace_->facts(), Lane::validated);
  EXPECT_EQ(exact.value(node, Period::year(2025)), Rational(*Decimal::parse("33.34")));
}

TEST_F(Lanes, AVoidFigureIsMissingInBothLanes) {
  feed("SAMPAH,64/a,2025,100,divalidasi_pusat\nSAMPAH,64/b,2025,50,ditolak\n");
  ASSERT_TRUE(load()) << messages();
  EXPECT_EQ(province(), Strings{"semua 100.00 1/3"});
}

}  // namespace lanes_test
}  // namespace jenjang
