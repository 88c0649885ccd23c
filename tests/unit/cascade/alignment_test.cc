// Units in different years of their own plans under one calendar: T09 and TV-N4 through run_cascade, the
// policies for ended plans, firm and proposed apart, and answers to proposals.
#include <gtest/gtest.h>

#include "jenjang/cascade/cascade.h"

#include "tests/unit/cascade/model_fixture.h"

namespace jenjang {
namespace alignment_test {

using testing::dec;
using testing::ModelFixture;
using testing::rule;

struct DistrictPlan {
  std::string path, weight;
  int base_year = 0;
  std::string base;
  int end_year = 0;
  std::string end;
};

// A province, and districts with plans of their own from the year after their baseline on.
struct Staggered {
  std::vector<DistrictPlan> districts;
  int year = 0;
  std::string target;
  ExpiredPolicy policy = ExpiredPolicy::propose;
  Aggregation aggregation = Aggregation::weighted_mean;
  std::string step = "";
  std::vector<std::tuple<std::size_t, Period, std::string>> measured = {};  // district, period, figure
  bool successor_of_second = false;  // an adopted plan that says nothing of the measure

  struct Outcome {
    std::vector<std::string> cells;
    std::vector<TargetOrigin> origins;
    std::vector<Diagnostic> findings;
    TargetTable table;
    [[nodiscard]] std::string arg(std::string_view name) const {
      for (const DiagnosticArg& arg : findings.at(0).args) {
        if (arg.name == name) {
          return arg.value;
        }
      }
      return "?";
    }
    [[nodiscard]] const FamilyStanding& standing() const { return table.standings.at(0); }
  };

  [[nodiscard]] Outcome run() const {
    ModelFixture fixture;
    MeasureSpec spec;
    spec.aggregation = aggregation;
    spec.polarity = Polarity::higher;
    if (!step.empty()) {
      spec.step = dec(step);
    }
    const ItemId item = fixture.item("IND", spec);
    const VertexId top = fixture.node(item, fixture.unit("62"));
    fixture.model().documents[0].unit = "62";
    fixture.state(top, Period::year(year), dec(target));
    ModelFixture::FamilySpec family{top, {}, rule("sama"), {}, {}, true};
    if (aggregation == Aggregation::sum) {
      family.rule = rule("rata");
    }
    family.rule.on_expired = policy;
    for (std::size_t i = 0; i < districts.size(); ++i) {
      const DistrictPlan& plan = districts[i];
      const VertexId child = fixture.node(item, fixture.unit(plan.path));
      Document document = ModelFixture::document("SSK-" + plan.path, plan.path, DocumentKind::rpjmd);
      document.years = {plan.base_year + 1, plan.end_year};
      const DocumentId id = fixture.add_document(document);
      fixture.formula(top, child, dec(plan.weight));
      fixture.baseline(child, plan.base_year, dec(plan.base), id);
      fixture.state(child, Period::year(plan.end_year), dec(plan.end), false, id);
      fixture.path(child, PathShape::linear);
      family.children.push_back(child);
    }
    if (successor_of_second) {
      Document next = ModelFixture::document("SSK-BARU", districts[1].path, DocumentKind::rpjmd);
      next.years = {districts[1].end_year + 1, districts[1].end_year + 5};
      next.replaces = "SSK-" + districts[1].path;
      fixture.add_document(next);
    }
    fixture.family(family);
    const Model& model = fixture.build();
    const Facts facts = bind(model, fixture, family.children);
    CascadeOptions options;
    options.facts = &facts;
    DiagnosticSink sink;
    Outcome outcome;
    outcome.table = run_cascade(model, sink, options);
    outcome.findings = sink.all();
    for (const VertexId child : family.children) {
      const TargetCell* cell = outcome.table.find(fixture.at(child), Period::year(year));
      outcome.cells.push_back(cell == nullptr ? "-" : cell->target.number()->normalised().to_string());
      outcome.origins.push_back(cell == nullptr ? TargetOrigin::stated : cell->origin);
    }
    return outcome;
  }

private:
  [[nodiscard]] Facts bind(const Model& model, const ModelFixture& fixture, const std::vector<VertexId>& nodes) const {
    std::vector<Observation> rows;
    for (const auto& [district, period, figure] : measured) {
      Observation row;
      row.code = "IND";
      row.unit = model.unit(fixture.at(nodes[district])).path;
      row.period = period;
      row.number = dec(figure);
      rows.push_back(row);
    }
    DiagnosticSink sink;
    return bind_observations(model, rows, sink);
  }
};

// T09: B's plan ends in 2027.
Staggered t09(int year, std::string target, ExpiredPolicy policy = ExpiredPolicy::propose) {
  return {{{"62.01", "0.5", 2024, "50", 2029, "80"},
           {"62.02", "0.3", 2022, "40", 2027, "70"},
           {"62.03", "0.2", 2025, "60", 2030, "70"}},
          year,
          std::move(target),
          policy};
}

using Cells = std::vector<std::string>;

TEST(Alignment, T09EveryPlanIsReadInItsOwnYear) {
  const auto outcome = t09(2027, "67.8").run();
  EXPECT_EQ(outcome.cells, (Cells{"68", "70", "64"}));
  EXPECT_TRUE(outcome.findings.empty());
  EXPECT_EQ(outcome.standing().whole, Rational(dec("67.8")));
  EXPECT_EQ(outcome.standing().firm_weight, Rational(1));
  EXPECT_TRUE(outcome.standing().provisional);
}
TEST(Alignment, T09StrictHasNoFigure) {
  const auto outcome = t09(2028, "72", ExpiredPolicy::strict).run();
  EXPECT_EQ(outcome.cells, (Cells{"74", "-", "66"}));
  ASSERT_EQ(outcome.findings.size(), 1U);
  EXPECT_EQ(outcome.findings[0].code, Code::J1634);
  EXPECT_EQ(outcome.arg("anak"), "IND@62.02");
  EXPECT_EQ(outcome.arg("rencana"), "SSK-62.02 2023..2027");
  EXPECT_FALSE(outcome.standing().whole);
  EXPECT_EQ(outcome.standing().firm_weight, Rational(7, 10));
  EXPECT_TRUE(outcome.table.residuals.empty());
}
TEST(Alignment, T09LeftOutTheRestIsNormalised) {
  // (0.5 x 74 + 0.2 x 66) / 0.7 = 50.2 / 0.7 = 71.714285714286, which prints as 71.71.
  const auto outcome = t09(2028, "71.71", ExpiredPolicy::renormalise).run();
  EXPECT_EQ(outcome.cells, (Cells{"74", "-", "66"}));
  EXPECT_TRUE(outcome.findings.empty());
  EXPECT_EQ(outcome.standing().whole, Rational(502, 7));
  EXPECT_NEAR(outcome.standing().whole->to_double(), 71.714285714286, 1e-9);
  EXPECT_EQ(outcome.standing().firm, Rational(502, 7));
  EXPECT_EQ(outcome.standing().firm_weight, Rational(7, 10));
  EXPECT_EQ(outcome.standing().firm_children, 2U);
  EXPECT_EQ(outcome.standing().children, 3U);
}
TEST(Alignment, T09TheLastTargetHeld) {
  const auto outcome = t09(2028, "71.2", ExpiredPolicy::hold_last).run();
  EXPECT_EQ(outcome.cells, (Cells{"74", "70", "66"}));
  EXPECT_EQ(outcome.origins[1], TargetOrigin::aligned);
  EXPECT_EQ(outcome.standing().whole, Rational(dec("71.2")));
  EXPECT_EQ(outcome.standing().firm, Rational(502, 7));
  EXPECT_EQ(outcome.standing().firm_weight, Rational(7, 10));
  EXPECT_TRUE(outcome.standing().provisional);
  EXPECT_TRUE(outcome.findings.empty());
}
TEST(Alignment, ExtrapolationCarriesThePathOn) {
  // B rises by 6 a year: 76 in 2028, 82 in 2029.
  EXPECT_EQ(t09(2028, "73", ExpiredPolicy::extrapolate).run().cells, (Cells{"74", "76", "66"}));
  EXPECT_EQ(t09(2029, "78.2", ExpiredPolicy::extrapolate).run().cells, (Cells{"80", "82", "68"}));
}
TEST(Alignment, AProposalIsTheRequiredFigureOfTheOpenChild) {
  // (72 - 0.5 x 74 - 0.2 x 66) / 0.3 = 21.8 / 0.3 = 72.67 in printed digits.
  const auto outcome = t09(2028, "72").run();
  EXPECT_EQ(outcome.cells, (Cells{"74", "72.67", "66"}));
  EXPECT_EQ(outcome.origins[1], TargetOrigin::cascaded);
  EXPECT_EQ(outcome.standing().firm_weight, Rational(7, 10));
  EXPECT_TRUE(outcome.findings.empty());
}
TEST(Alignment, WhatWasMeasuredNeverTheEndTarget) {
  Staggered plans = t09(2028, "70", ExpiredPolicy::last_measured);
  EXPECT_EQ(plans.run().cells, (Cells{"74", "40", "66"}));  // the baseline of 2022
  plans.measured = {{1, Period::year(2025), "55"}, {1, Period::year(2027), "61.5"}, {1, Period::year(2028), "99"}};
  const auto outcome = plans.run();
  EXPECT_EQ(outcome.cells, (Cells{"74", "61.5", "66"}));
  // 37 + 18.45 + 13.2 = 68.65 against 70.
  EXPECT_EQ(outcome.standing().whole, Rational(dec("68.65")));
  ASSERT_EQ(outcome.findings.size(), 1U);
  EXPECT_EQ(outcome.findings[0].code, Code::J1635);
  EXPECT_EQ(outcome.arg("selisih"), "1.35");
}
TEST(Alignment, ASuccessorEndsThePolicyEvenWhenItIsSilent) {
  Staggered plans = t09(2028, "72", ExpiredPolicy::hold_last);
  plans.successor_of_second = true;
  EXPECT_EQ(plans.run().cells, (Cells{"74", "72.67", "66"}));
}
TEST(Alignment, ASumGoesOnWithoutTheOneThatEnded) {
  Staggered plans = t09(2028, "140", ExpiredPolicy::renormalise);
  plans.aggregation = Aggregation::sum;
  for (DistrictPlan& plan : plans.districts) {
    plan.weight = "1";
  }
  const auto outcome = plans.run();
  EXPECT_EQ(outcome.cells, (Cells{"74", "-", "66"}));
  EXPECT_EQ(outcome.standing().whole, Rational(140));
  EXPECT_EQ(outcome.standing().firm_weight, Rational(2, 3));
  EXPECT_TRUE(outcome.standing().provisional);
  EXPECT_TRUE(outcome.findings.empty());
}

// TV-N4 (invented figures of the reference): year 5, 3 and 2 of three sanitation strategies in 2025.
Staggered tv_n4(int year, std::string target, ExpiredPolicy policy = ExpiredPolicy::last_measured) {
  return {{{"62.02", "110000", 2020, "8", 2025, "16"},
           {"62.12", "30000", 2022, "6", 2027, "14"},
           {"62.09", "27000", 2023, "5", 2028, "13"}},
          year,
          std::move(target),
          policy};
}

TEST(Alignment, TvN4TheRightYearMissesTheTargetByTwentyHundredths) {
  const auto outcome = tv_n4(2025, "14").run();
  EXPECT_EQ(outcome.cells, (Cells{"16", "10.8", "8.2"}));
  // (110 x 16 + 30 x 10.8 + 27 x 8.2) / 167 = 2305.4 / 167 = 13.80; the simple mean would be 11.67, and the
  // plans' ends 2531 / 167 = 15.16, which would pass.
  EXPECT_EQ(outcome.standing().whole, Rational(23054, 1670));
  EXPECT_EQ(round(*outcome.standing().whole, {RoundingMode::half_up, 2}), dec("13.80"));
  ASSERT_EQ(outcome.findings.size(), 1U);
  EXPECT_EQ(outcome.findings[0].code, Code::J1635);
  EXPECT_EQ(outcome.arg("hasil"), "13.80");
  EXPECT_EQ(outcome.arg("selisih"), "0.20");
  // 32.6 more household thousands: 32.6 / 110 = 0.2964, / 30 = 1.0867, / 27 = 1.2074, each rounded up.
  EXPECT_EQ(outcome.arg("jalan"), "IND@62.02 +0.3, IND@62.12 +1.09, IND@62.09 +1.21");
}
TEST(Alignment, TvN4EqualWeightsAreTheSimpleMean) {
  Staggered plans = tv_n4(2025, "14");
  for (DistrictPlan& plan : plans.districts) {
    plan.weight = "1";
  }
  EXPECT_EQ(round(*plans.run().standing().whole, {RoundingMode::half_up, 2}), dec("11.67"));
}
TEST(Alignment, TvN4AnEndedPlanCountsByItsLastMeasurement) {
  // 2026: Kotim's plan has ended at 16, but 12.5 was measured; the others stand at 12.4 and 9.8.
  Staggered plans = tv_n4(2026, "13");
  plans.measured = {{0, Period::year(2024), "11"}, {0, Period::year(2025), "12.5"}};
  const auto outcome = plans.run();
  EXPECT_EQ(outcome.cells, (Cells{"12.5", "12.4", "9.8"}));
  EXPECT_EQ(outcome.origins[0], TargetOrigin::aligned);
  // (1375 + 372 + 264.6) / 167 = 12.05; firm are the other two, 57 of 167 households.
  EXPECT_EQ(outcome.standing().whole, Rational(20116, 1670));
  EXPECT_EQ(outcome.standing().firm_weight, Rational(57, 167));
}
TEST(Alignment, MoreThanWantedIsNoGap) {
  EXPECT_TRUE(tv_n4(2025, "13.5").run().findings.empty());
}

// Two districts that share 100 equally; the first answers with a draft of its own.
TEST(Counter, AnAnswerNamesTheGapAndTheWaysLeft) {
  ModelFixture fixture;
  MeasureSpec spec;
  spec.aggregation = Aggregation::sum;
  spec.polarity = Polarity::higher;
  const ItemId item = fixture.item("IND", spec);
  const VertexId top = fixture.node(item, fixture.unit("64"));
  fixture.state(top, Period::year(2026), dec("100"));
  ModelFixture::FamilySpec family{top, {}, rule("rata"), {}, {}, true};
  for (const char* path : {"64.01", "64.02"}) {
    family.children.push_back(fixture.node(item, fixture.unit(path)));
    fixture.formula(top, family.children.back());
  }
  const DocumentId draft = fixture.add_document(ModelFixture::document("RPJMD-1", "64.01", DocumentKind::rpjmd));
  fixture.state(family.children[0], Period::year(2026), dec("40"), false, draft, StatementState::proposed);
  fixture.family(family);
  const Model& model = fixture.build();
  DiagnosticSink sink;
  const TargetTable table = run_cascade(model, sink);
  EXPECT_EQ(*table.find(fixture.at(family.children[0]), Period::year(2026))->target.number(), Decimal(50));
  ASSERT_EQ(table.counters.size(), 1U);
  EXPECT_EQ(table.counters[0].child, fixture.at(family.children[0]));
  EXPECT_EQ(table.counters[0].answered.to_string(), "40");
  EXPECT_EQ(table.counters[0].effect, Rational(-10));
  ASSERT_EQ(sink.all().size(), 1U);
  EXPECT_EQ(sink.all()[0].code, Code::J1636);
  std::vector<std::string> args;
  for (const DiagnosticArg& arg : sink.all()[0].args) {
    args.push_back(arg.name + "=" + arg.value);
  }
  EXPECT_EQ(args, (std::vector<std::string>{"anak=IND@64.01:2026", "usulan=50", "jawaban=40", "induk=IND@64:2026",
                                            "target=100", "hasil=90", "selisih=10", "jalan=IND@64.02 +10"}));
  ASSERT_EQ(table.standings.size(), 1U);
  EXPECT_EQ(table.standings[0].whole, Rational(100));
  EXPECT_FALSE(table.standings[0].firm);
  EXPECT_EQ(table.standings[0].firm_weight, Rational(0));
}

}  // namespace alignment_test
}  // namespace jenjang
