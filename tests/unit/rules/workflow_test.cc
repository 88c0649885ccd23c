// `alur` of a pack: how it is read, what a state means under a gate, and who may take which step.
#include "jenjang/rules/workflow.h"

#include "tests/unit/rules/pack_fixture.h"

namespace jenjang {
namespace workflow_test {

using Codes = std::vector<Code>;
using Words = std::vector<std::string>;

// draf -> ajuan -> sah; ajuan -> tolak (with a reason) -> draf; sah -> terbit, which nothing leaves.
constexpr const char* kStates = R"(    keadaan:
    - {kode: draf}
    - {kode: ajuan, judul: Diajukan}
    - {kode: sah, sah: ya, pasal: Pasal 5}
    - {kode: terbit, sah: ya, akhir: ya}
    - {kode: tolak, gugur: ya}
)";
constexpr const char* kSteps = R"(    langkah:
    - {ke: draf}
    - {dari: draf, ke: ajuan, oleh: [petugas]}
    - {dari: ajuan, ke: sah, oleh: [provinsi, pusat], wajib_bukti: ya}
    - {dari: ajuan, ke: tolak, oleh: [provinsi], wajib_alasan: ya}
    - {dari: [tolak, sah], ke: draf, oleh: [petugas]}
    - {dari: sah, ke: terbit, oleh: [pusat]}
)";

class WorkflowTest : public PackTest {
protected:
  static std::string flow(const std::string& states, const std::string& steps) {
    return "alur:\n  a:\n    judul: Uji\n" + states + steps;
  }
  bool load_flow(const std::string& states = kStates, const std::string& steps = kSteps) {
    write("models", "uji", pack_text("uji", flow(states, steps)));
    return load();
  }
  [[nodiscard]] const Workflow& the_flow() const { return *library_.workflow("uji/a"); }
  [[nodiscard]] StepProblem problem(std::string_view from, std::string_view to, std::string_view role,
                                    bool reason = false, bool evidence = false) const {
    return check_step(the_flow(), from, to, role, reason, evidence).problem;
  }
};

TEST_F(WorkflowTest, StatesAreRankedAndStepsKeepTheirConditions) {
  ASSERT_TRUE(load_flow()) << render_text(sink_.all(), sources_, {});
  const Workflow& flow = the_flow();
  EXPECT_EQ(flow.qualified(), "uji/a");
  EXPECT_EQ(flow.state_codes(), (Words{"draf", "ajuan", "sah", "terbit", "tolak"}));
  EXPECT_EQ(flow.rank("sah"), 2U);
  EXPECT_EQ(flow.rank("tiada"), std::nullopt);
  EXPECT_TRUE(flow.unverified);  // as the pack around it
  EXPECT_TRUE(flow.find("draf")->unverified);
  EXPECT_FALSE(flow.find("sah")->unverified);  // an article of its own
  EXPECT_EQ(flow.find("sah")->article, "Pasal 5");
  EXPECT_TRUE(flow.find("terbit")->final);
  ASSERT_NE(flow.step("", "draf"), nullptr);
  EXPECT_TRUE(flow.step("", "draf")->roles.empty());
  ASSERT_NE(flow.step("ajuan", "sah"), nullptr);
  EXPECT_EQ(flow.step("ajuan", "sah")->roles, (Words{"provinsi", "pusat"}));
  EXPECT_TRUE(flow.step("ajuan", "sah")->needs_evidence);
  EXPECT_EQ(flow.step("draf", "sah"), nullptr);
  // A list under `dari` is as many steps.
  EXPECT_NE(flow.step("tolak", "draf"), nullptr);
  EXPECT_NE(flow.step("sah", "draf"), nullptr);
  EXPECT_EQ(flow.next("sah"), (Words{"draf", "terbit"}));
  EXPECT_EQ(flow.next(""), Words{"draf"});
}

TEST_F(WorkflowTest, TheGateIsAtLeastARankAndVoidNeverCounts) {
  ASSERT_TRUE(load_flow());
  const auto kinds = [&](const std::string& gate) {
    std::string letters;
    const StateReader reader(library_, gate);
    for (const std::string& code : the_flow().state_codes()) {
      constexpr std::string_view kLetters = "wvx";  // waiting, valid, void
      letters += kLetters[static_cast<std::size_t>(reader.kind("uji/a", code))];
    }
    return letters;
  };
  EXPECT_EQ(kinds(""), "wwvvx");
  EXPECT_EQ(kinds("ajuan"), "wvvvx");
  EXPECT_EQ(kinds("terbit"), "wwwvx");
  EXPECT_EQ(kinds("draf"), "vvvvx");
  // A gate that this workflow does not have leaves it to its own word.
  EXPECT_EQ(kinds("diterbitkan"), "wwvvx");
  const StateReader reader(library_);
  EXPECT_EQ(reader.kind("uji/a", "tiada"), StateKind::waiting);
  EXPECT_EQ(reader.kind("uji/b", "sah"), StateKind::waiting);
}

TEST_F(WorkflowTest, AStepNeedsTheRightRoleAReasonOrEvidence) {
  ASSERT_TRUE(load_flow());
  EXPECT_EQ(problem("", "draf", ""), StepProblem::none);
  EXPECT_EQ(problem("draf", "ajuan", "petugas"), StepProblem::none);
  EXPECT_EQ(problem("draf", "ajuan", "provinsi"), StepProblem::role_not_allowed);
  EXPECT_EQ(problem("ajuan", "sah", "pusat"), StepProblem::evidence_missing);
  EXPECT_EQ(problem("ajuan", "sah", "pusat", false, true), StepProblem::none);
  EXPECT_EQ(problem("ajuan", "tolak", "provinsi"), StepProblem::reason_missing);
  EXPECT_EQ(problem("ajuan", "tolak", "provinsi", true), StepProblem::none);
  EXPECT_EQ(problem("terbit", "draf", "petugas", true, true), StepProblem::no_such_step);
  const StepOutcome wrong_way = check_step(the_flow(), "draf", "sah", "pusat", true, true);
  EXPECT_EQ(wrong_way.problem, StepProblem::no_such_step);
  EXPECT_EQ(wrong_way.choices, Words{"ajuan"});
  const StepOutcome slip = check_step(the_flow(), "draf", "ajuann", "petugas", false, false);
  EXPECT_EQ(slip.problem, StepProblem::unknown_state);
  EXPECT_EQ(slip.near, "ajuan");
  const StepOutcome not_you = check_step(the_flow(), "ajuan", "sah", "petugas", true, true);
  EXPECT_EQ(not_you.choices, (Words{"provinsi", "pusat"}));
  EXPECT_FALSE(not_you.allowed());
}

TEST_F(WorkflowTest, ACorrectionInPlaceIsForThoseWhoMayBringAFigureThere) {
  ASSERT_TRUE(load_flow());
  EXPECT_EQ(problem("ajuan", "ajuan", "petugas"), StepProblem::none);
  EXPECT_EQ(problem("ajuan", "ajuan", "pusat"), StepProblem::role_not_allowed);
  // Anybody enters a draft, so anybody corrects one.
  EXPECT_EQ(problem("draf", "draf", "siapa-saja"), StepProblem::none);
  EXPECT_EQ(problem("sah", "sah", "provinsi"), StepProblem::evidence_missing);
  // Final stays.
  EXPECT_EQ(problem("terbit", "terbit", "pusat", true, true), StepProblem::no_such_step);
}

TEST_F(WorkflowTest, AStateIsNotValidAndVoidAtOnce) {
  EXPECT_FALSE(load_flow("    keadaan: [{kode: s, sah: ya, gugur: ya}]\n", "    langkah: [{ke: s}]\n"));
  EXPECT_EQ(codes(), Codes{Code::J1421});
}

TEST_F(WorkflowTest, NothingLeavesAFinalState) {
  EXPECT_FALSE(load_flow("    keadaan: [{kode: s, sah: ya, akhir: ya}, {kode: t}]\n",
                         "    langkah: [{ke: s}, {dari: s, ke: t}]\n"));
  EXPECT_EQ(codes(), Codes{Code::J1422});
}

TEST_F(WorkflowTest, EveryStateIsReachedFromEntry) {
  // b and c lead to each other, but nothing leads into the ring.
  EXPECT_FALSE(load_flow("    keadaan: [{kode: a, sah: ya}, {kode: b}, {kode: c}]\n",
                         "    langkah: [{ke: a}, {dari: b, ke: c}, {dari: c, ke: b}]\n"));
  EXPECT_EQ(codes(), (Codes{Code::J1423, Code::J1423}));
}

TEST_F(WorkflowTest, SomeStateCounts) {
  EXPECT_FALSE(load_flow("    keadaan: [{kode: a}]\n", "    langkah: [{ke: a}]\n"));
  EXPECT_EQ(codes(), Codes{Code::J1424});
}

TEST_F(WorkflowTest, UnknownStatesAndRepeatsAreRefused) {
  EXPECT_FALSE(
      load_flow("    keadaan: [{kode: draf, sah: ya}, {kode: draf}]\n", "    langkah: [{ke: draff}, {ke: draf}]\n"));
  EXPECT_EQ(codes(), (Codes{Code::J1410, Code::J1411}));
  EXPECT_EQ(first(Code::J1411)->suggestion, "draf");
}

TEST_F(WorkflowTest, ATwiceWrittenStepIsRefused) {
  EXPECT_FALSE(load_flow("    keadaan: [{kode: a, sah: ya}, {kode: b}]\n",
                         "    langkah: [{ke: a}, {dari: a, ke: b}, {dari: [a], ke: b, oleh: x}]\n"));
  EXPECT_EQ(codes(), Codes{Code::J1410});
}

TEST_F(WorkflowTest, StatesAndStepsAreRequired) {
  EXPECT_FALSE(load_flow("    keadaan: [{kode: a, sah: ya}]\n", ""));
  EXPECT_EQ(codes(), Codes{Code::J1116});
}

TEST_F(WorkflowTest, AnUnknownWorkflowIsRefusedWithANearMiss) {
  ASSERT_TRUE(load_flow());
  EXPECT_EQ(library_.require_workflow("uji/aa", {}, sink_), nullptr);
  ASSERT_EQ(codes(), Codes{Code::J1411});
  EXPECT_EQ(sink_.all()[0].suggestion, "uji/a");
  EXPECT_EQ(library_.workflow("tiada/a"), nullptr);
}

TEST_F(WorkflowTest, AnExtensionChangesOneStateAndKeepsTheOthers) {
  write("models", "uji", pack_text("uji", flow(kStates, kSteps)));
  write("models", "pemda",
        "jenjang: 1\npaket: pemda\njudul: Pemda\nperluas: uji\nstatus: sebagian\nalur:\n  a:\n"
        "    keadaan:\n    - {kode: ajuan, sah: ya, pasal: Pergub 1}\n");
  ASSERT_TRUE(load()) << render_text(sink_.all(), sources_, {});
  const Workflow* flow = library_.workflow("pemda/a");
  ASSERT_NE(flow, nullptr);
  EXPECT_EQ(flow->qualified(), "pemda/a");
  EXPECT_EQ(flow->states.size(), 5U);
  EXPECT_TRUE(flow->find("ajuan")->valid);
  EXPECT_EQ(flow->find("ajuan")->title, "Diajukan");
  EXPECT_EQ(flow->find("ajuan")->article, "Pergub 1");
  EXPECT_TRUE(flow->find("draf")->unverified);  // what it rested on in the pack that is extended
  EXPECT_EQ(flow->steps.size(), library_.workflow("uji/a")->steps.size());
  EXPECT_FALSE(library_.workflow("uji/a")->find("ajuan")->valid);
}

TEST_F(WorkflowTest, ReplacedStepsDoNotKeepTheOldArticle) {
  write("models", "uji", pack_text("uji", flow(kStates, kSteps)));
  write("models", "pemda",
        "jenjang: 1\npaket: pemda\njudul: Pemda\nperluas: uji\nstatus: sebagian\nalur:\n  a:\n"
        "    langkah: [{ke: draf}, {dari: draf, ke: sah}]\n");
  EXPECT_FALSE(load());
  EXPECT_NE(first(Code::J1409), nullptr);
}

// What is published of SIPSN: two validations, figures revised after them, official from the ministry's on.
TEST_F(WorkflowTest, ThePublishedPacksSayWhoMayValidate) {
  ASSERT_TRUE(library_.load_folder(JENJANG_SOURCE_DIR "/models", sources_, sink_));
  const Workflow* sipsn = library_.workflow("sipsn-jakstranas/sipsn");
  ASSERT_NE(sipsn, nullptr);
  EXPECT_TRUE(check_step(*sipsn, "diajukan", "divalidasi_provinsi", "provinsi", false, false).allowed());
  EXPECT_TRUE(check_step(*sipsn, "divalidasi_provinsi", "divalidasi_pusat", "pusat", false, false).allowed());
  EXPECT_FALSE(check_step(*sipsn, "divalidasi_provinsi", "divalidasi_pusat", "provinsi", true, true).allowed());
  EXPECT_FALSE(check_step(*sipsn, "draf", "divalidasi_pusat", "pusat", true, true).allowed());
  EXPECT_TRUE(check_step(*sipsn, "dipublikasikan", "direvisi", "provinsi", true, false).allowed());
  const StateReader official(library_), wider(library_, "divalidasi_provinsi");
  EXPECT_EQ(official.kind("sipsn-jakstranas/sipsn", "divalidasi_provinsi"), StateKind::waiting);
  EXPECT_EQ(wider.kind("sipsn-jakstranas/sipsn", "divalidasi_provinsi"), StateKind::valid);
  EXPECT_EQ(wider.kind("sipsn-jakstranas/sipsn", "ditolak"), StateKind::void_);
  const Workflow* sakip = library_.workflow("sakip-2021/evaluasi");
  ASSERT_NE(sakip, nullptr);
  EXPECT_EQ(check_step(*sakip, "diterbitkan", "disanggah", "unit", true, false).problem, StepProblem::evidence_missing);
  EXPECT_TRUE(check_step(*sakip, "disanggah", "final_berubah", "penilai", true, false).allowed());
  EXPECT_FALSE(check_step(*sakip, "final_tetap", "disanggah", "unit", true, true).allowed());
  ASSERT_NE(library_.workflow("sp4n-lapor/laporan"), nullptr);
  for (const Pack& pack : library_.all()) {
    for (const Workflow& flow : pack.workflows) {
      EXPECT_TRUE(flow.unverified || !flow.article.empty()) << flow.qualified();
      for (const WorkflowState& state : flow.states) EXPECT_TRUE(state.unverified || !state.article.empty());
      for (const WorkflowStep& step : flow.steps) EXPECT_TRUE(step.unverified || !step.article.empty());
    }
  }
}

}  // namespace workflow_test
}  // namespace jenjang
