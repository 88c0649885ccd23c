// One planted flaw flips exactly the criteria that it is about; an empty plan proves nothing; every proof has a line.
#include "jenjang/assess/proposals.h"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <set>

#include "jenjang/report/criterion_proposals.h"
#include "jenjang/workspace/workspace.h"

#include "tests/support/proposal_plan.h"

namespace jenjang {
namespace proposals_test {

namespace fs = std::filesystem;
using Files = std::map<std::string, std::string>;

class Proposals : public ::testing::Test {
protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() /
              ("jenjang-usul-" + std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()));
    fs::remove_all(folder_);
    for (const char* pack : {"sakip-2021", "lint"}) {
      fs::create_directories(folder_ / "models");
      fs::copy(fs::path(JENJANG_SOURCE_DIR) / "models" / pack, folder_ / "models" / pack, fs::copy_options::recursive);
    }
  }
  void TearDown() override { fs::remove_all(folder_); }

  // Writes, loads and asks for the proposals of one unit and year.
  void run(const Files& files, const std::string& unit = "64/dlh", int year = 2024) {
    fs::remove_all(folder_ / "rencana");
    fs::create_directories(folder_ / "rencana");
    for (const auto& [name, text] : files) std::ofstream(folder_ / "rencana" / name, std::ios::binary) << text;
    WorkspaceOptions options;
    options.pack_folders = {folder_ / "models"};
    workspace_.emplace(std::move(options));
    ASSERT_TRUE(workspace_->load(folder_ / "rencana")) << said();
    workspace_->evaluate();
    const ExplainContext context = workspace_->context();
    const auto id = workspace_->model().units.find(unit);
    ASSERT_TRUE(id) << said();
    const Pack* pack = workspace_->packs().find("sakip-2021");
    ASSERT_NE(pack, nullptr) << said();
    const std::vector<Diagnostic> findings = workspace_->sink().sorted();
    const std::vector<MeasureComparisons> comparisons = measure_comparisons(context, *id, year);
    const ProposalInput input{.context = context,
                              .plan = workspace_->plan(),
                              .unit = *id,
                              .year = year,
                              .findings = findings,
                              .was_linted = true,
                              .as_of = workspace_->as_of(),
                              .comparisons = comparisons};
    proposals_ = propose(*pack, *pack->find_template("lke"), input);
  }
  std::string said() { return render_text(workspace_->sink().sorted(), workspace_->sources(), {}); }

  [[nodiscard]] std::set<std::string> with(ProposedAnswer answer) const {
    std::set<std::string> codes;
    for (const Proposal& one : proposals_) {
      if (one.answer == answer) codes.insert(one.criterion);
    }
    return codes;
  }
  [[nodiscard]] const Proposal& of(const std::string& criterion) const {
    for (const Proposal& one : proposals_) {
      if (one.criterion == criterion) return one;
    }
    ADD_FAILURE() << "no proposal for " << criterion;
    return proposals_.front();
  }
  [[nodiscard]] std::set<std::string> against(const std::string& criterion) const {
    std::set<std::string> addresses;
    for (const Proof& proof : of(criterion).against) addresses.insert(proof.address);
    return addresses;
  }

  fs::path folder_;
  std::optional<Workspace> workspace_;
  std::vector<Proposal> proposals_;
};

using Codes = std::set<std::string>;

Files changed(const std::string& file, const std::string& what, const std::string& into) {
  Files files = testing::proposal_plan();
  std::string& text = files.at(file);
  const auto at = text.find(what);
  EXPECT_NE(at, std::string::npos) << file << ": " << what;
  if (at != std::string::npos) text.replace(at, what.size(), into);
  return files;
}

TEST_F(Proposals, ASoundPlanAnswersWhatItCan) {
  run(testing::proposal_plan());
  EXPECT_EQ(workspace_->sink().count(Severity::error), 0U) << said();
  EXPECT_EQ(workspace_->sink().count(Severity::warning), 0U) << said();
  EXPECT_EQ(with(ProposedAnswer::no), Codes{});
  // Only a government evaluates its agencies.
  EXPECT_EQ(with(ProposedAnswer::none), (Codes{"4.a.2", "4.b.4"}));
  EXPECT_EQ(proposals_.size(), 26U);
  // TITIK, CONTOH, LOKASI, KUNJUNGAN, LAPORAN.
  EXPECT_EQ(of("1.b.5").of, 5U);
  // T, S, the programme, the kegiatan, PD, PA, RHK.
  EXPECT_EQ(of("1.b.8").of, 7U);
  // One of five has a national figure, which is enough to propose.
  EXPECT_EQ(of("3.b.6").met, 1U);
  EXPECT_EQ(of("3.b.6").of, 5U);
  // The two recommendations of 2023; that of 2022 is another year's matter.
  EXPECT_EQ(of("4.c.1").of, 2U);
}

TEST_F(Proposals, EachFlawFlipsItsOwnCriteria) {
  struct Flaw {
    const char* name;
    Files files;
    Codes flipped;
    const char* criterion;  // whose counter-evidence names `address`
    const char* address;
  };
  Files another_field =
      changed("unit.yaml", "- {kode: 64/pupr", "- {kode: 64/dlh/b, nama: B, jenis: bidang}\n- {kode: 64/pupr");
  Files unwritten =
      changed("unit.yaml", "- {kode: 64/pupr", "- {kode: 64/dlh/a/jf2, nama: J, jenis: jabatan}\n- {kode: 64/pupr");
  unwritten.at("pemangku.csv") += "64/dlh/a/jf2,P-2,2024-12-01,\n";
  Files silent = testing::proposal_plan();
  for (const char* quarter : {"TW1", "TW2", "TW3", "TW4"}) {
    std::string& rows = silent.at("hasil.csv");
    const std::string row = "LAPORAN,64/dlh/a/jf,2024-" + std::string(quarter) + ",3\n";
    rows.erase(rows.find(row), row.size());
  }
  const std::vector<Flaw> flaws{
      {"no source",
       changed("renstra.yaml", "langkah: 1, sumber: Laporan, pengampu: 64/dlh/a,", "langkah: 1, pengampu: 64/dlh/a,"),
       {"1.b.5"},
       "1.b.5",
       "LOKASI@64/dlh/a"},
      {"no definition",
       changed("renstra.yaml", "definisi: {uraian: contoh diuji},", ""),
       {"1.b.5", "2.a.2"},
       "2.a.2",
       "CONTOH@64/dlh"},
      {"an orphan work result",
       changed("skp.yaml", "  mendukung: [PK-A#PA@64/dlh/a]\n", ""),
       {"1.b.8"},
       "1.b.8",
       "RHK@64/dlh/a/jf"},
      {"a crosscut not accepted",
       changed("renstra.yaml", "diterima: ya", "diterima: tidak"),
       {"1.b.9"},
       "1.b.9",
       "S@64/dlh"},
      {"a field without a plan", another_field, {"1.b.10"}, "1.b.10", "64/dlh/b"},
      {"an employee without SKP", unwritten, {"1.b.11"}, "1.b.11", "64/dlh/a/jf2"},
      {"a draft agreement",
       changed("pk-a.yaml", "tahun: 2024", "tahun: 2024\nstatus: draf"),
       {"1.b.1"},
       "1.b.1",
       "PK-A"},
      {"a target below the baseline",
       changed("renstra.yaml", "baseline: {2023: 20}", "baseline: {2023: 25}"),
       {"1.b.7"},
       "1.b.7",
       "KUNJUNGAN@64/dlh/a"},
      // 9 of 10 is 90 percent, exactly what was spent: dearer than that it is not.
      {"a target missed",
       changed("hasil.csv", "LOKASI,64/dlh/a,2024,11", "LOKASI,64/dlh/a,2024,9"),
       {"1.c.3"},
       "1.c.3",
       "LOKASI@64/dlh/a"},
      {"dearer than it performed",
       changed("hasil.csv", "LOKASI,64/dlh/a,2024,11", "LOKASI,64/dlh/a,2024,8"),
       {"1.c.3", "2.c.8"},
       "2.c.8",
       "2.11.03@64/dlh/a"},
      {"a period not reported",
       changed("hasil.csv", "TITIK,64/dlh,2024-S1,41\n", ""),
       {"2.b.4"},
       "2.b.4",
       "TITIK@64/dlh"},
      {"a silent employee", silent, {"1.c.3", "2.b.4", "2.b.5", "3.b.2"}, "2.b.5", "64/dlh/a/jf"},
      {"no year before", changed("hasil.csv", "KUNJUNGAN,64/dlh/a,2023,20\n", ""), {}, nullptr, nullptr},
      {"spending not reported",
       changed("hasil.csv", "PAGU-2.11.03.1.01,64/dlh/a,2024,90\n", ""),
       {"2.c.8", "3.b.8"},
       "3.b.8",
       "2.11.03@64/dlh/a"},
      {"no national figure",
       changed("renstra.yaml", "pembanding: {nasional: TITIK-NAS@00},", ""),
       {"3.b.6"},
       "3.b.6",
       "TITIK@64/dlh"},
      {"a recommendation left open",
       changed("rekomendasi.csv", "bersama,selesai", "bersama,proses"),
       {"4.c.1"},
       "4.c.1",
       "R-2"},
  };
  run(testing::proposal_plan());
  const Codes sound = with(ProposedAnswer::yes);
  for (const Flaw& flaw : flaws) {
    SCOPED_TRACE(flaw.name);
    run(flaw.files);
    Codes flipped;
    const Codes still = with(ProposedAnswer::yes);
    for (const std::string& code : sound) {
      if (!still.contains(code)) flipped.insert(code);
    }
    EXPECT_EQ(flipped, flaw.flipped) << said();
    if (flaw.criterion != nullptr) {
      EXPECT_TRUE(against(flaw.criterion).contains(flaw.address)) << said();
    }
  }
}

// Unknown spending is no thrift: neither ya nor tidak.
TEST_F(Proposals, WhatCannotBeSeenIsNotProposed) {
  run(changed("hasil.csv", "PAGU-2.11.03.1.01,64/dlh/a,2024,90\n", ""));
  EXPECT_EQ(of("2.c.8").answer, ProposedAnswer::none);
  EXPECT_EQ(proposed_word(of("2.c.8"), true), "");
}

TEST_F(Proposals, AnUnfinishedYearIsJudgedByItsLastPeriod) {
  Files files = changed("jenjang.yaml", "per_tanggal: 2025-03-31", "per_tanggal: 2024-06-30");
  std::string& rows = files.at("hasil.csv");
  for (const char* row : {"TITIK,64/dlh,2024-S2,43\n", "CONTOH,64/dlh,2024-TW3,25\n", "CONTOH,64/dlh,2024-TW4,27\n",
                          "LAPORAN,64/dlh/a/jf,2024-TW3,3\n", "LAPORAN,64/dlh/a/jf,2024-TW4,3\n"}) {
    rows.erase(rows.find(row), std::string(row).size());
  }
  run(files);
  // Half a year of a sum is half of the target, and on track all the same.
  EXPECT_EQ(of("1.c.3").answer, ProposedAnswer::yes) << of("1.c.3").reason;
  EXPECT_NE(of("1.c.3").reason.find("3 menurut periode terakhir"), std::string::npos) << of("1.c.3").reason;
  // S1, TW1 and TW2 are due, the rest is not.
  EXPECT_EQ(of("2.b.4").answer, ProposedAnswer::yes) << of("2.b.4").reason;
  EXPECT_NE(of("2.b.4").reason.find("5 dari 5 laporan"), std::string::npos) << of("2.b.4").reason;
}

TEST_F(Proposals, AnEmptyPlanProvesNothing) {
  Files files = testing::proposal_plan();
  files.at("jenjang.yaml") = "jenjang: 1\nrencana: KOSONG\nunit: [unit.yaml]\n";
  run(files);
  EXPECT_EQ(with(ProposedAnswer::yes), Codes{});
  EXPECT_EQ(with(ProposedAnswer::no), (Codes{"1.a.3", "1.a.4", "1.b.9", "1.b.10"}));
}

TEST_F(Proposals, EveryProofHasALine) {
  Files files = changed("hasil.csv", "LOKASI,64/dlh/a,2024,11", "LOKASI,64/dlh/a,2024,8");
  files.at("unit.yaml") += "- {kode: 64/dlh/b, nama: B, jenis: bidang}\n";
  run(files);
  std::size_t seen = 0;
  for (const Proposal& one : proposals_) {
    for (const auto* side : {&one.supporting, &one.against}) {
      for (const Proof& proof : *side) {
        ++seen;
        ASSERT_TRUE(proof.span.valid()) << one.criterion << " " << proof.address;
        EXPECT_FALSE(workspace_->sources().line(proof.span.file, proof.span.line).empty()) << proof.address;
      }
    }
    EXPECT_EQ(one.met + one.against.size(), one.of) << one.criterion;
    EXPECT_EQ(one.supporting.size(), one.met) << one.criterion;
  }
  EXPECT_GT(seen, 60U);
}

TEST_F(Proposals, AGovernmentIsAskedForItsAgencies) {
  Files files = testing::proposal_plan();
  files.at("jenjang.yaml") +=
      "lembar_kerja:\n- {berkas: lke.csv, paket: sakip-2021/lke, mode: M1, kode: LKE, unit: 64/dlh, periode: 2024}\n";
  files["lke.csv"] = "kode,jawaban\n1.a.1,ya\n";
  run(files, "64");
  // dlh has a worksheet, pupr has none.
  EXPECT_EQ(of("4.a.2").answer, ProposedAnswer::no);
  EXPECT_EQ(against("4.a.2"), Codes{"64/pupr"});
  // The RPD is the government's medium-term plan; no annual paper stands beside it.
  EXPECT_EQ(of("1.a.3").answer, ProposedAnswer::yes);
  EXPECT_EQ(of("1.a.4").answer, ProposedAnswer::no);
}

TEST_F(Proposals, AGradedModeGetsTheShare) {
  run(changed("renstra.yaml", "langkah: 1, sumber: Laporan, pengampu: 64/dlh/a,", "langkah: 1, pengampu: 64/dlh/a,"));
  EXPECT_EQ(proposed_word(of("1.b.5"), true), "tidak");
  EXPECT_EQ(proposed_word(of("1.b.5"), false), "4/5");
}

}  // namespace proposals_test
}  // namespace jenjang
