// What-if changes: read, laid over a bound plan, and seen in its cascade.
#include "jenjang/workspace/scenario.h"

#include <fstream>
#include <gtest/gtest.h>
#include <stdlib.h>

#include "jenjang/workspace/workspace.h"

namespace jenjang {
namespace scenario_test {

namespace fs = std::filesystem;

// A province that splits 10 over two agencies by population 1 : 2, a path to 30, and a held agency.
constexpr const char* kPlan = R"(jenjang: 1
dokumen: RPD
kode: RPD-64
unit: "64"
periode: 2024..2026
daftar_unit:
- {kode: "64", jenis: provinsi}
- {kode: 64/a, jenis: opd, atribut: {penduduk: 1}}
- {kode: 64/b, jenis: opd, atribut: {penduduk: 2}}
indikator:
- kode: ADUAN
  satuan: kasus
  polaritas: naik
  akumulasi: hitungan
  agregasi: {cara: jumlah}
  langkah: 1
  target: {2024: 10}
  kaskade: [{ke: opd, cara: proporsional, pemacu: penduduk}]
- kode: JALUR
  satuan: kasus
  polaritas: naik
  akumulasi: posisi
  langkah: 1
  lintasan: linear
  target: {2024: 10, 2026: 30}
)";

// Findings of the cascade and of changes, not of lint.
bool is_ours(const Diagnostic& finding) {
  const int code = static_cast<int>(finding.code);
  return code >= 1600 && code < 2000;
}

class WhatIf : public ::testing::Test {
protected:
  WhatIf() {
    std::string pattern = (fs::temp_directory_path() / "jenjang-scenario-XXXXXX").string();
    folder = mkdtemp(pattern.data());
    write("rpd.yaml", kPlan);
  }
  ~WhatIf() override { fs::remove_all(folder); }
  void write(const std::string& name, const std::string& text) const { std::ofstream(folder / name) << text; }

  // The plan with single changes and at most one scenario file.
  Workspace open(const std::vector<std::string>& changes, const std::string& scenario = "") {
    WorkspaceOptions options;
    options.pack_folders = {fs::path(JENJANG_SOURCE_DIR) / "models"};
    DiagnosticSink sink;
    for (const std::string& text : changes) options.overrides.push_back(parse_override(text, sink).value());
    if (!scenario.empty()) {
      write("andai.yaml", scenario);
      options.scenarios = {folder / "andai.yaml"};
    }
    return Workspace(std::move(options));
  }
  static std::string target(const Workspace& ws, const char* unit, int year, const char* code = "ADUAN") {
    const TargetCell* cell = ws.targets().find(ws.model().find(code, unit).value(), Period::year(year));
    return cell == nullptr ? "-" : cell->target.to_string();
  }
  static std::vector<std::string> codes(Workspace& ws, Severity least = Severity::error) {
    std::vector<std::string> found;
    for (const Diagnostic& finding : ws.sink().sorted()) {
      if (finding.severity >= least && is_ours(finding)) found.push_back(to_string(finding.code));
    }
    return found;
  }

  fs::path folder;
};

TEST(ParseOverride, ReadsAnyTarget) {
  DiagnosticSink sink;
  const auto number = parse_override("IKLH@64:2026=76.5", sink);
  ASSERT_TRUE(number);
  EXPECT_EQ(number->address.to_string(), "IKLH@64:2026");
  EXPECT_EQ(number->target, Target(Decimal::parse("76.5").value()));
  EXPECT_EQ(parse_override("RPD-64#T@64.72/dlh:2026-TW2=80..90", sink)->address.document, "RPD-64");
  EXPECT_EQ(parse_override("T@64:2026=<=49", sink)->target.bound()->relation, Relation::less_equal);
  EXPECT_EQ(parse_override("T@64:2026 = BB", sink)->target.grade()->label, "BB");
  // The end-of-plan cell is the last year's.
  EXPECT_EQ(parse_override("T@64:2024..2026=5", sink)->address.period, Period::year(2026));
  EXPECT_TRUE(sink.all().empty());
}

TEST(ParseOverride, RefusesWhatIsNoChange) {
  for (const char* text : {"", "IKLH@64:2026", "IKLH@64=76.5", "IKLH:2026=76.5", "IKLH@64:2026=", "IKLH@64:2026=1,5"}) {
    DiagnosticSink sink;
    EXPECT_FALSE(parse_override(text, sink)) << text;
    ASSERT_EQ(sink.all().size(), 1U) << text;
    EXPECT_EQ(sink.all()[0].code, Code::J1911);
  }
}

TEST_F(WhatIf, AChangedParentIsCascaded) {
  // 20 over 1 : 2 is 6.67 and 13.33: 7 and 13.
  Workspace ws = open({"ADUAN@64:2024=20"});
  ASSERT_TRUE(ws.load(folder / "rpd.yaml"));
  ws.evaluate();
  EXPECT_EQ(target(ws, "64", 2024), "20");
  EXPECT_EQ(target(ws, "64/a", 2024), "7");
  EXPECT_EQ(target(ws, "64/b", 2024), "13");
  const TargetCell* cell = ws.targets().find(*ws.model().find("ADUAN", "64"), Period::year(2024));
  EXPECT_TRUE(cell->illustrative);
  EXPECT_EQ(ws.sources().to_string(ws.model().statements[cell->statement].span), "--set:1:1");
}

TEST_F(WhatIf, AChangeBelowACascadeIsAHold) {
  Workspace ws = open({"ADUAN@64/a:2024=4"});
  ASSERT_TRUE(ws.load(folder / "rpd.yaml"));
  ws.evaluate();
  EXPECT_EQ(target(ws, "64/a", 2024), "4");
  EXPECT_EQ(target(ws, "64/b", 2024), "6");
  EXPECT_EQ(ws.targets().find(*ws.model().find("ADUAN", "64/a"), Period::year(2024))->origin, TargetOrigin::hold);
}

TEST_F(WhatIf, APathFollowsItsPoint) {
  // 10 to 40 in two years: 25 in between.
  Workspace ws = open({"JALUR@64:2026=40"});
  ASSERT_TRUE(ws.load(folder / "rpd.yaml"));
  ws.evaluate();
  EXPECT_EQ(target(ws, "64", 2025, "JALUR"), "25");
}

TEST_F(WhatIf, AScenarioFileReleasesLimitsAndChangesAttributes) {
  // Population 1 : 4 splits 10 into 2 and 8; the cap of 7 sends one back: 3 and 7.
  Workspace ws = open({}, R"(jenjang: 1
skenario: PINDAH
judul: penduduk pindah
ubah:
- {unit: 64/b, atribut: penduduk, nilai: 4}
- {alamat: 'ADUAN@64/b:2024', maksimal: 7, alasan: gedung penuh}
- {alamat: 'JALUR@64:2026', lepas: ya}
)");
  ASSERT_TRUE(ws.load(folder / "rpd.yaml"));
  ws.evaluate();
  EXPECT_EQ(target(ws, "64/a", 2024), "3");
  EXPECT_EQ(target(ws, "64/b", 2024), "7");
  EXPECT_EQ(target(ws, "64", 2026, "JALUR"), "-");
  EXPECT_TRUE(codes(ws).empty());
}

TEST_F(WhatIf, TheLastOfTwoChangesCountsAndIsSaid) {
  Workspace ws = open({"ADUAN@64:2024=20", "ADUAN@64:2024=40"});
  ASSERT_TRUE(ws.load(folder / "rpd.yaml"));
  ws.evaluate();
  EXPECT_EQ(target(ws, "64", 2024), "40");
  EXPECT_EQ(codes(ws, Severity::warning), std::vector<std::string>{"J1915"});
}

TEST_F(WhatIf, SingleChangesComeAfterScenarios) {
  Workspace ws = open({"ADUAN@64:2024=40"}, "jenjang: 1\nskenario: S\nubah: [{alamat: 'ADUAN@64:2024', target: 20}]\n");
  ASSERT_TRUE(ws.load(folder / "rpd.yaml"));
  ws.evaluate();
  EXPECT_EQ(target(ws, "64", 2024), "40");
}

TEST_F(WhatIf, AChangeOfADocumentKeepsItsPlace) {
  Workspace ws = open({"RPD-64#ADUAN@64:2024=20"});
  ASSERT_TRUE(ws.load(folder / "rpd.yaml"));
  const Statement* statement = ws.model().statement_in_force(*ws.model().find("ADUAN", "64"), Period::year(2024));
  ASSERT_NE(statement, nullptr);
  EXPECT_EQ(ws.model().documents[statement->document.index()].code, "RPD-64");
  EXPECT_EQ(statement->target, Target(Decimal(20)));
}

TEST_F(WhatIf, WhatCannotBeMadeStopsTheLoadWithANearMiss) {
  Workspace ws = open({"ADUN@64:2024=20"});
  EXPECT_FALSE(ws.load(folder / "rpd.yaml"));
  EXPECT_FALSE(ws.has_model());
  EXPECT_FALSE(ws.could_run());
  EXPECT_TRUE(ws.plan_was_read());
  const auto findings = ws.sink().sorted();
  const auto found = std::find_if(findings.begin(), findings.end(),
                                  [](const Diagnostic& finding) { return finding.code == Code::J1912; });
  ASSERT_NE(found, findings.end());
  EXPECT_EQ(found->suggestion, "ADUAN@64");
}

TEST_F(WhatIf, MistakesOfAScenarioHaveCodesAndPlaces) {
  const std::string head = "jenjang: 1\nskenario: S\nubah:\n";
  const std::pair<const char*, const char*> mistakes[] = {
      {"- {alamat: 'ADUAN@64', target: 5}\n", "J1911"},
      {"- {alamat: 'ADUAN@64:2024', target: '1,5'}\n", "J1911"},
      {"- {alamat: 'ADUAN@64:2024', target: BB}\n", "J1911"},
      {"- {alamat: 'ADUAN@64:2024', minimal: 9, maksimal: 2}\n", "J1911"},
      {"- {alamat: 'RPD-46#ADUAN@64:2024', target: 5}\n", "J1912"},
      {"- {unit: 64/c, atribut: penduduk, nilai: 5}\n", "J1913"},
      {"- {unit: 64/a, atribut: pendduk, nilai: 5}\n", "J1913"},
      {"- {alamat: 'ADUAN@64:2024', target: 5, lepas: ya}\n", "J1914"},
      {"- {alamat: 'ADUAN@64:2024'}\n", "J1914"},
      {"- {unit: 64/a, nilai: 5}\n", "J1914"},
  };
  for (const auto& [entry, code] : mistakes) {
    Workspace ws = open({}, head + entry);
    EXPECT_FALSE(ws.load(folder / "rpd.yaml")) << entry;
    EXPECT_EQ(codes(ws), std::vector<std::string>{code}) << entry;
    const auto findings = ws.sink().sorted();
    const auto found = std::find_if(findings.begin(), findings.end(), is_ours);
    EXPECT_EQ(found->primary.line, 4U) << entry;
  }
}

TEST_F(WhatIf, NothingToReleaseIsSaid) {
  Workspace ws = open({}, "jenjang: 1\nskenario: S\nubah: [{alamat: 'ADUAN@64/a:2024', lepas: ya}]\n");
  ASSERT_TRUE(ws.load(folder / "rpd.yaml"));
  EXPECT_EQ(codes(ws, Severity::warning), std::vector<std::string>{"J1916"});
}

TEST_F(WhatIf, ThePlanItselfIsUntouched) {
  Workspace changed = open({"ADUAN@64:2024=20"});
  ASSERT_TRUE(changed.load(folder / "rpd.yaml"));
  Workspace plain = open({});
  ASSERT_TRUE(plain.load(folder / "rpd.yaml"));
  plain.evaluate();
  EXPECT_EQ(target(plain, "64", 2024), "10");
  EXPECT_EQ(plain.model().documents.size() + 1, changed.model().documents.size());
}

TEST_F(WhatIf, AFileThatIsNoPlanCouldNotRun) {
  write("surat.yaml", "# Surat\n\n* satu\n* dua: [\n");
  Workspace letter = open({});
  EXPECT_FALSE(letter.load(folder / "surat.yaml"));
  EXPECT_FALSE(letter.could_run());
  // A slip in a plan is a finding about the plan.
  write("salah.yaml", "jenjang: 1\ndokumen: RPD\nkode: [\n");
  Workspace slip = open({});
  slip.load(folder / "salah.yaml");
  EXPECT_TRUE(slip.could_run());
}

}  // namespace scenario_test
}  // namespace jenjang
