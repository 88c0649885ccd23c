#include "jenjang/workspace/workspace.h"

#include <algorithm>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <stdlib.h>

#include "jenjang/workspace/pack_cases.h"

namespace jenjang {
namespace workspace_test {

namespace fs = std::filesystem;

const fs::path kModels = fs::path(JENJANG_SOURCE_DIR) / "models";

// A fresh folder for one test, removed afterwards.
class Folder {
public:
  Folder() {
    std::string pattern = (fs::temp_directory_path() / "jenjang-workspace-XXXXXX").string();
    path_ = mkdtemp(pattern.data());
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(path_ / name, std::ios::binary) << text;
  }
  [[nodiscard]] const fs::path& path() const { return path_; }

private:
  fs::path path_;
};

Workspace workspace(bool targets_as_realised = false) {
  WorkspaceOptions options;
  options.pack_folders = {kModels};
  options.targets_as_realised = targets_as_realised;
  return Workspace(std::move(options));
}

constexpr const char* kManifest = R"(jenjang: 1
rencana: UJI
judul: Rencana uji
per_tanggal: 2025-01-31
unit: [unit.yaml]
dokumen: [rpd.yaml]
realisasi:
- {berkas: aduan.csv, tervalidasi: [sah], sumber: buku register}
)";
constexpr const char* kUnits = R"(jenjang: 1
daftar_unit:
- {kode: "64", nama: Kaltim, jenis: provinsi}
- {kode: 64/a, nama: Bidang A, jenis: bidang, atribut: {pegawai: 1}}
- {kode: 64/b, nama: Bidang B, jenis: bidang, atribut: {pegawai: 2}}
)";
constexpr const char* kDocument = R"(jenjang: 1
dokumen: RPD
kode: RPD-UJI
judul: RPD uji
unit: "64"
tahun: 2024
sasaran:
- kode: S1
  uraian: Pengaduan selesai
  indikator:
  - kode: ADUAN
    uraian: Pengaduan selesai
    satuan: pengaduan
    polaritas: naik
    akumulasi: hitungan
    agregasi: {cara: jumlah}
    capaian: {rumus: H1}
    langkah: 1
    target: {2024: 10}
    kaskade:
    - {ke: bidang, cara: proporsional, pemacu: pegawai}
)";

void write_plan(const Folder& folder) {
  folder.write("jenjang.yaml", kManifest);
  folder.write("unit.yaml", kUnits);
  folder.write("rpd.yaml", kDocument);
  folder.write("aduan.csv", "kode,unit,periode,nilai,status\nADUAN,64/a,2024,3,sah\nADUAN,64/b,2024,6,draf\n");
}

TEST(Workspace, CarriesAPlanFromYamlToResults) {
  Folder folder;
  write_plan(folder);
  Workspace ws = workspace();
  ASSERT_TRUE(ws.load(folder.path()));
  ws.evaluate();
  const NodeId total = *ws.model().find("ADUAN", "64");
  // 10 over 1 : 2 in whole numbers is 3 and 7.
  EXPECT_EQ(ws.targets().find(*ws.model().find("ADUAN", "64/a"), Period::year(2024))->target, Target(Decimal(3)));
  EXPECT_EQ(ws.targets().find(*ws.model().find("ADUAN", "64/b"), Period::year(2024))->target, Target(Decimal(7)));
  const SlotId slot = *ws.result().grid().find(Period::year(2024));
  EXPECT_EQ(ws.result().at(total, slot).value, 9);
  EXPECT_EQ(ws.result().at(total, slot, Lane::validated).value, 3);
  EXPECT_EQ(ws.as_of(), Date::parse("2025-01-31"));
  const auto tree = explain(ws.context(), total, Period::year(2024), ExplainWhat::realisation, {});
  ASSERT_TRUE(tree);
  // Down to the cell of the CSV.
  EXPECT_EQ(ws.sources().to_string(tree->inputs.at(1).inputs.at(0).places.at(0)), "aduan.csv:3:17");
}

TEST(Workspace, ReadsTargetsAsIfRealised) {
  Folder folder;
  write_plan(folder);
  Workspace ws = workspace(true);
  ASSERT_TRUE(ws.load(folder.path()));
  ws.evaluate();
  const SlotId slot = *ws.result().grid().find(Period::year(2024));
  EXPECT_EQ(ws.result().at(*ws.model().find("ADUAN", "64"), slot).value, 10);
}

TEST(Workspace, TellsNoPlanFromAPlanWithMistakes) {
  Folder folder;
  Workspace none = workspace();
  EXPECT_FALSE(none.load(folder.path()));
  EXPECT_FALSE(none.plan_was_read());
  ASSERT_EQ(none.sink().all().size(), 1U);
  EXPECT_EQ(none.sink().all()[0].code, Code::J1501);

  write_plan(folder);
  fs::remove(folder.path() / "aduan.csv");
  Workspace missing = workspace();
  ASSERT_TRUE(missing.load(folder.path()));
  missing.evaluate();
  const auto findings = missing.sink().sorted();
  const auto found =
      std::find_if(findings.begin(), findings.end(), [](const Diagnostic& d) { return d.code == Code::J1001; });
  ASSERT_NE(found, findings.end());
  // The place is the line of the manifest that names the file.
  EXPECT_EQ(missing.sources().name(found->primary.file), "jenjang.yaml");
}

// Every explanation of the sample plan, in both lanes: contributions add up to the exact value, and nothing is
// given up as untraceable.
TEST(Explanations, AddUpToWhatTheyExplainAllOverTheSamplePlan) {
  Workspace ws = workspace();
  ASSERT_TRUE(ws.load(fs::path(JENJANG_SOURCE_DIR) / "plans/kaltim-lingkungan"));
  ws.evaluate();
  const ExplainContext context = ws.context();
  const PeriodGrid& grid = context.result.grid();
  const auto exact_of = [](const std::string& text) {
    const std::size_t bar = text.find('/');
    const Rational above(*Decimal::parse(text.substr(0, bar)));
    return bar == std::string::npos ? above : above / Rational(*Decimal::parse(text.substr(bar + 1)));
  };
  std::size_t linear = 0;
  for (const Lane lane : {Lane::all, Lane::validated}) {
    ExplainOptions options;
    options.lane = lane;
    options.max_depth = 1;
    for (std::size_t n = 0; n < context.model.node_count(); ++n) {
      const NodeId node = NodeId::from_index(n);
      for (std::size_t s = 0; s < grid.size(); ++s) {
        // Years of everything; shorter periods only where the direct chain of complaints runs through them.
        const bool year = grid[SlotId::from_index(s)].granularity() == Granularity::year;
        if (!year && context.model.item(node).code != "PENGADUAN") continue;
        const auto tree = explain(context, node, grid[SlotId::from_index(s)], ExplainWhat::realisation, options);
        if (!tree) continue;
        for (const std::string& note : tree->notes) {
          EXPECT_EQ(note.find("tidak dapat dirunut"), std::string::npos) << tree->address << ": " << note;
        }
        Rational sum;
        bool any = false;
        for (const ExplanationNode& input : tree->inputs) {
          if (input.contribution.empty()) continue;
          sum += exact_of(input.contribution);
          any = true;
        }
        const Aggregation aggregation = context.model.item(node).spec.aggregation;
        const bool extremum = aggregation == Aggregation::minimum || aggregation == Aggregation::maximum;
        if (!any || tree->exact.empty() || extremum) continue;
        ++linear;
        EXPECT_EQ(sum, exact_of(tree->exact)) << tree->address;
      }
    }
  }
  EXPECT_GT(linear, 400U);
}

TEST(PackCases, RunThroughTheRealRollUp) {
  WorkspaceOptions options;
  options.pack_folders = {kModels};
  Workspace ws(std::move(options));
  ASSERT_TRUE(ws.load_packs());
  const auto outcomes = run_pack_cases(ws.packs(), "", ws.sources(), ws.sink());
  std::size_t templates = 0;
  for (const PackCaseOutcome& outcome : outcomes) {
    EXPECT_TRUE(outcome.passes()) << outcome.pack << " " << outcome.id;
    templates += outcome.checks.size() > 1 ? 1U : 0U;
  }
  EXPECT_GE(templates, 10U);
  for (const Diagnostic& finding : ws.sink().all()) ADD_FAILURE() << message_text(finding, Language::indonesian);
}

TEST(PackCases, AWrongExpectationIsAFinding) {
  Folder folder;
  fs::copy(kModels / "iklh", folder.path() / "iklh", fs::copy_options::recursive);
  std::ifstream in(kModels / "iklh/pack.yaml");
  std::string text((std::istreambuf_iterator<char>(in)), {});
  const std::string right = "harapan: {IKLH: 75.25";
  ASSERT_NE(text.find(right), std::string::npos);
  text.replace(text.find(right), right.size(), "harapan: {IKLH: 75.26");
  folder.write("iklh/pack.yaml", text);
  WorkspaceOptions options;
  options.pack_folders = {folder.path()};
  Workspace ws(std::move(options));
  ws.load_packs();
  const auto outcomes = run_pack_cases(ws.packs(), "iklh", ws.sources(), ws.sink());
  std::size_t wrong = 0;
  for (const Diagnostic& finding : ws.sink().all()) wrong += finding.code == Code::J1909 ? 1U : 0U;
  EXPECT_EQ(wrong, 1U);
  EXPECT_FALSE(outcomes.front().passes());
}

}  // namespace workspace_test
}  // namespace jenjang
