// Reach on the worksheet of PermenPANRB 88/2021; the figures are worked out by hand beside each test.
#include "jenjang/assess/reach_sheet.h"

#include <algorithm>
#include <gtest/gtest.h>

namespace jenjang {
namespace reach_sheet_test {

class ReachSheet : public ::testing::Test {
protected:
  void SetUp() override {
    library_.load_folder(JENJANG_SOURCE_DIR "/models", sources_, sink_);
    pack_ = library_.find("sakip-2021");
    ASSERT_NE(pack_, nullptr);
    tmpl_ = pack_->find_template("lke");
    ASSERT_NE(tmpl_, nullptr);
    sink_ = DiagnosticSink();
  }

  // The same answer for every criterion.
  [[nodiscard]] SheetAnswers all(const std::string& answer) const {
    SheetAnswers answers;
    for (std::size_t i = 0; i < tmpl_->nodes.size(); ++i) {
      bool leaf = true;
      for (const TemplateNode& node : tmpl_->nodes) leaf = leaf && node.parent != i;
      if (leaf) answers[tmpl_->nodes[i].code] = answer;
    }
    return answers;
  }

  std::vector<ReachCost> costs(const std::string& rows, const std::string& mode = "M1") {
    const FileId file = sources_.add("biaya.csv", "kode,jawaban,biaya,prasyarat\n" + rows);
    return read_reach_costs(file, sources_, {}, *pack_, *tmpl_, tmpl_->find_mode(mode), sink_);
  }

  std::optional<SheetReach> reach(const std::string& mode, const SheetAnswers& answers, const std::string& wanted,
                                  const std::vector<ReachCost>& prices = {}) {
    return reach_sheet(*pack_, *tmpl_, tmpl_->find_mode(mode), answers, wanted, prices, {}, sink_);
  }

  SourceMap sources_;
  DiagnosticSink sink_;
  PackLibrary library_;
  const Pack* pack_ = nullptr;
  const PackTemplate* tmpl_ = nullptr;
};

// Everything met gives BB in every sub-component: 80.00, and A begins above 80. Only judgements lead further.
TEST_F(ReachSheet, M1StopsAtEightyWithoutJudgements) {
  const auto found = reach("M1", all("ya"), "A");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->outcome.verdict, ReachOutcome::Verdict::unreachable);
  EXPECT_EQ(found->most_total, Rational(80));
  EXPECT_EQ(found->most_predicate, "BB");
  EXPECT_EQ(found->least_figure.to_string(), "80.01");
  // Two judgements in each of the twelve sub-components.
  EXPECT_EQ(found->unpriced.size(), 24U);
}

// 1.a is worth 6: A instead of BB is 0.60. 1.c is worth 15: 1.50. Either is enough for 80.01; the cheaper one is taken.
TEST_F(ReachSheet, M1TakesTheCheaperJudgement) {
  const auto prices = costs("1.a/dipertahankan-1-tahun,ya,3,\n1.c/upaya-terpuji,ya,5,\n");
  const auto found = reach("M1", all("ya"), "A", prices);
  ASSERT_TRUE(found);
  ASSERT_EQ(found->outcome.verdict, ReachOutcome::Verdict::reached);
  ASSERT_EQ(found->plans.size(), 1U);
  const SheetPlan& plan = found->plans.front();
  EXPECT_EQ(plan.cost, Rational(3));
  ASSERT_EQ(plan.steps.size(), 1U);
  EXPECT_EQ(plan.steps[0].code, "1.a/dipertahankan-1-tahun");
  EXPECT_EQ(plan.steps[0].to, "ya");
  EXPECT_EQ(*plan.score.total(), Rational(806, 10));
  EXPECT_EQ(plan.score.predicate, "A");
  EXPECT_TRUE(found->cheaper_checked);
}

// The worked case batas-bagian stands at 59.55 (CC); B begins at 60.01. One more criterion is enough in each of these:
// 1.b (11/11: +0.90) 1 way, 1.c (7/8 B: +1.50) 2, 2.a (2/3 CC: +0.60) 2, 2.c (6/10 CC: +1.50) 5, 3.a (1/6 D: +0.90) 6,
// 3.b (3/9 C: +0.90) 7, 4.a (3/3 BB: +1.00) 1, 4.b (5/5 BB: +0.75) 1, 4.c (2/5 C: +2.50) 4; nothing is open elsewhere.
TEST_F(ReachSheet, M1CountsTheCheapestPlans) {
  const auto batas = std::ranges::find(pack_->cases, "batas-bagian", &PackCase::id);
  ASSERT_NE(batas, pack_->cases.end());
  SheetAnswers answers;
  for (const auto& [code, answer] : batas->inputs) answers[code] = answer;
  const auto found = reach("M1", answers, "B");
  ASSERT_TRUE(found);
  EXPECT_EQ(*found->now.total(), Rational(5955, 100));
  ASSERT_EQ(found->outcome.verdict, ReachOutcome::Verdict::reached);
  EXPECT_EQ(found->outcome.plan_count, 29U);
  EXPECT_EQ(found->plans.front().cost, Rational(1));
  // Least overshoot first: 2.a, its first open criterion.
  ASSERT_EQ(found->plans.front().steps.size(), 1U);
  EXPECT_EQ(found->plans.front().steps[0].code, "2.a.2");
  EXPECT_EQ(*found->plans.front().score.total(), Rational(6015, 100));
  EXPECT_TRUE(found->default_costs);
  ASSERT_TRUE(found->margin);
  EXPECT_EQ(found->margin->points, Rational(14, 100));  // 60.15 - 60.01
}

// All BB is 80.00 exactly: one grade more in any criterion is enough, and none can be lost again.
TEST_F(ReachSheet, M2OneGradeAnywhere) {
  const SheetAnswers answers = all("BB");
  const auto found = reach("M2", answers, "A");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->outcome.plan_count, answers.size());
  EXPECT_EQ(found->plans.front().cost, Rational(1));
  EXPECT_EQ(found->total_below, Rational(80));
  // Least overshoot: 3.b has nine criteria for 4.5 points, 0.05 each for ten points of grade; so has 3.a (3 for 6).
  EXPECT_EQ(*found->plans.front().score.total(), Rational(8005, 100));
  ASSERT_TRUE(found->margin);
  EXPECT_FALSE(found->margin->losses.empty());
}

// A prerequisite costs too: 4.a.1 alone would do (5 x 10 / 100 / 3 = 0.17), but it waits for 1.a.1 at A.
TEST_F(ReachSheet, M2PaysForPrerequisites) {
  std::string rows;
  for (const auto& [code, answer] : all("BB")) {
    if (code != "4.a.1" && code != "1.a.1" && code != "4.c.1") rows += code + ",,9,\n";
  }
  rows += "4.a.1,A,1,1.a.1\n1.a.1,A,2,\n4.c.1,A,4,\n";
  const auto prices = costs(rows, "M2");
  ASSERT_TRUE(sink_.all().empty());
  const auto found = reach("M2", all("BB"), "A", prices);
  ASSERT_TRUE(found);
  // 1.a.1 alone is 6 x 10 / 100 / 6 = 0.10 for 2.
  EXPECT_EQ(found->plans.front().cost, Rational(2));
  EXPECT_EQ(found->outcome.plan_count, 1U);
  EXPECT_EQ(found->plans.front().steps[0].code, "1.a.1");
}

TEST_F(ReachSheet, PresentStateThatHasItTellsWhatWouldBeLost) {
  SheetAnswers answers = all("BB");
  answers["1.a.1"] = "A";  // 80.10: the only criterion above BB
  const auto found = reach("M2", answers, "A");
  ASSERT_TRUE(found);
  EXPECT_TRUE(found->plans.front().steps.empty());
  ASSERT_TRUE(found->margin);
  EXPECT_EQ(found->margin->points, Rational(9, 100));
  // A loss of ten points of grade costs weight / 10 / n: less than 0.095 only in 3.a? 3/10/6 = 0.05, 3.b 4.5/10/9 =
  // 0.05, 1.b 9/10/11 = 0.0818; from A to BB in 1.a.1 0.10.
  for (const SheetLoss& loss : found->margin->losses) {
    EXPECT_FALSE(loss.code.starts_with("3.a") || loss.code.starts_with("3.b") || loss.code.starts_with("1.b"));
  }
  EXPECT_LE(found->margin->losses.front().total, found->margin->losses.back().total);
}

TEST_F(ReachSheet, UnansweredCountsAsWorst) {
  SheetAnswers answers = all("ya");
  answers.erase("1.c.8");
  answers["1.c.7"] = "";
  const auto found = reach("M1", answers, "BB");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->unanswered, (std::vector<std::string>{"1.c.7", "1.c.8"}));
  EXPECT_EQ(*found->now.total(), Rational(77));  // 1.c 6 of 8 is exactly 3/4: CC, 9.00 instead of 12.00
}

TEST_F(ReachSheet, FindsRingsAndMistakesInTheFileOfCosts) {
  const auto ring = costs("1.a.1,ya,1,1.a.2\n1.a.2,ya,1,1.a.1\n");
  EXPECT_FALSE(reach("M1", all("tidak"), "BB", ring));
  ASSERT_EQ(sink_.all().size(), 1U);
  EXPECT_EQ(sink_.all()[0].code, Code::J3121);
  sink_ = DiagnosticSink();
  (void)costs("9.z.1,ya,1,\n1.a.1,mungkin,1,\n1.a.1,ya,-1,\n1.a.2,ya,1,1.a.99\n1.a.3,,1,\n1.a.3,,2,\n");
  std::vector<Code> codes;
  for (const Diagnostic& finding : sink_.all()) codes.push_back(finding.code);
  EXPECT_EQ(codes, (std::vector<Code>{Code::J3100, Code::J3120, Code::J3120, Code::J3100, Code::J3120}));
}

}  // namespace reach_sheet_test
}  // namespace jenjang
