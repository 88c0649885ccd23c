// Families beyond the reference vectors: who is in the sum, how firm a target is, what is refused.
#include <algorithm>
#include <gtest/gtest.h>

#include "jenjang/cascade/allocation.h"
#include "jenjang/cascade/cascade.h"

#include "tests/unit/cascade/one_family.h"

namespace jenjang {
namespace families_test {

using testing::Cells;
using testing::dec;
using testing::ModelFixture;
using testing::OneFamily;
using testing::rule;

const Period kYear = Period::year(2026);

TEST(Families, FixedSharesMustSumToOneExactly) {
  OneFamily family{.target = "10", .children = 3, .rule = rule("bagian-tetap"), .drivers = {"0.5", "0.3", "0.2"}};
  EXPECT_EQ(family.run().cells, (Cells{"5", "3", "2"}));
  // 5 held: the rest keeps 0.3 : 0.2 of the 5 that are left.
  family.holds = {"5", "", ""};
  EXPECT_EQ(family.run().cells, (Cells{"5", "3", "2"}));
  family.holds = {"0", "", ""};
  EXPECT_EQ(family.run().cells, (Cells{"0", "6", "4"}));
  family.drivers = {"0.5", "0.3", "0.3"};
  const auto refused = family.run();
  ASSERT_EQ(refused.findings.size(), 1U);
  EXPECT_EQ(refused.findings[0].code, Code::J1606);
  EXPECT_EQ(refused.arg("jumlah"), "1.1");
}

TEST(Families, AllHeldIsFeasibleOnlyWhenTheyAddUp) {
  OneFamily family{.target = "12", .children = 2, .rule = rule("rata"), .holds = {"5", "7"}};
  EXPECT_TRUE(family.run().findings.empty());
  family.holds = {"5", "6"};
  const auto refused = family.run();
  ASSERT_EQ(refused.findings.size(), 1U);
  EXPECT_EQ(refused.findings[0].code, Code::J1608);
  EXPECT_EQ(refused.arg("jumlah"), "11");
  EXPECT_EQ(refused.arg("selisih"), "1");
  EXPECT_EQ(refused.findings[0].related.size(), 3U);  // target and both holds
}

TEST(Families, ExtremaArePassedOnWithinWhatIsHeld) {
  OneFamily family{.aggregation = Aggregation::minimum, .target = "70", .children = 3, .rule = rule("sama")};
  family.holds = {"", "75", ""};
  EXPECT_EQ(family.run().cells, (Cells{"70", "75", "70"}));
  family.holds = {"", "65", ""};  // the least would be 65
  const auto low = family.run();
  ASSERT_EQ(low.findings.size(), 1U);
  EXPECT_EQ(low.findings[0].code, Code::J1608);
  EXPECT_EQ(low.arg("jumlah"), "65");
  family.aggregation = Aggregation::maximum;
  EXPECT_EQ(family.run().cells, (Cells{"70", "65", "70"}));
  family.rule = rule("rata");
  EXPECT_EQ(family.run().findings.at(0).code, Code::J1607);
}

TEST(Families, MeansBesideAHold) {
  // (60 + 2x) / 3 = 80: x = 90 for both that are free.
  EXPECT_EQ((OneFamily{.aggregation = Aggregation::weighted_mean,
                       .target = "80.00",
                       .children = 3,
                       .rule = rule("sama"),
                       .holds = {"60", "", ""}}
                 .run()
                 .cells),
            (Cells{"60", "90.00", "90.00"}));
}

TEST(Families, CoarseStepsOfAMeanAreShiftedUntilItPrintsRight) {
  // Gap to 100 from 60, 70, 90 with weights .5 .3 .2 gives 74.19, 80.65, 93.55; whole numbers nearest
  // are 74, 81, 94: 37 + 24.3 + 18.8 = 80.1. No other choice of floors and ceilings helps:
  // {74,75} x {80,81} x {93,94} gives 79.6 79.8 79.9 80.1 80.1 80.3 80.4 80.6. So it is refused.
  OneFamily family{.aggregation = Aggregation::weighted_mean,
                   .target = "80",
                   .children = 3,
                   .rule = rule("tutup-selisih", {{"batas_depan", "100"}}),
                   .weights = {"0.5", "0.3", "0.2"},
                   .baselines = {"60", "70", "90"},
                   .step = "1"};
  const auto refused = family.run();
  ASSERT_EQ(refused.findings.size(), 1U);
  EXPECT_EQ(refused.findings[0].code, Code::J1613);
  EXPECT_EQ(refused.arg("hasil"), "80.1");
  EXPECT_EQ(refused.arg("sisa"), "-0.1");
  // Equal weights, 60, 70, 90 toward 100 at 79: B = 220/3, k = (79 - 220/3) / (80/3) = 17/80:
  // 68.5, 76.375, 92.125; nearest 69, 76, 92 = 237 = 3 x 79 holds at once.
  family.weights = {};
  family.target = "79";
  EXPECT_EQ(family.run().cells, (Cells{"69", "76", "92"}));
  // At 80: k = 1/4: 70, 77.5, 92.5; nearest 70, 78, 93 = 241; one must go down: of the equal
  // departures the search lifts the larger baseline first, so 77 and 93.
  family.target = "80";
  EXPECT_EQ(family.run().cells, (Cells{"70", "77", "93"}));
}

TEST(Families, TextTargetsCanOnlyBeReplicated) {
  OneFamily family{.aggregation = Aggregation::leaf, .target = "BB", .children = 2, .rule = rule("sama")};
  EXPECT_EQ(family.run().cells, (Cells{"BB", "BB"}));
  family.aggregation = Aggregation::sum;
  family.target = "80..90";
  family.rule = rule("rata");
  EXPECT_EQ(family.run().findings.at(0).code, Code::J1614);
}

TEST(Families, UntiedChildrenCanOnlyReceiveTheFigureItself) {
  OneFamily family{.aggregation = Aggregation::leaf, .target = "12", .children = 2, .rule = rule("sama")};
  EXPECT_EQ(family.run().cells, (Cells{"12", "12"}));
  EXPECT_TRUE(family.run().table.residuals.empty());
  family.rule = rule("rata");
  EXPECT_EQ(family.run().findings.at(0).code, Code::J1607);
}

TEST(Families, TotalsMustBeWholeSteps) {
  OneFamily family{.target = "10.5", .children = 2, .rule = rule("rata"), .step = "1"};
  const auto refused = family.run();
  EXPECT_EQ(refused.findings.at(0).code, Code::J1612);
  // Undeclared steps follow the digits of the target and of the holds.
  family.step = "";
  family.target = "10";
  family.holds = {"2.5", ""};
  EXPECT_EQ(family.run().cells, (Cells{"2.5", "7.5"}));
}

TEST(Families, FactorOfASumIsTakenOut) {
  // Parent = 2 x sum: 20 = 2 x (5 + 5).
  EXPECT_EQ((OneFamily{.target = "20", .children = 2, .rule = rule("rata"), .factor = "2"}.run().cells),
            (Cells{"5", "5"}));
}

TEST(Rules, UnknownWordsAreRefusedOnceWithANearMiss) {
  ModelFixture fixture;
  MeasureSpec spec;
  spec.aggregation = Aggregation::sum;
  const ItemId item = fixture.item("IND", spec);
  CascadeRule wrong = rule("proporsonal");
  wrong.span = fixture.place();
  CascadeRule parameter = rule("tutup-selisih", {{"batas_depann", "100"}, {"bagian_selisih", "1.5"}});
  parameter.span = fixture.place();
  for (const CascadeRule& each : {wrong, parameter}) {
    for (int i = 0; i < 3; ++i) {  // three families made by one rule
      const std::string path = std::to_string(60 + i) + (each.method == wrong.method ? "" : ".9");
      const VertexId parent = fixture.node(item, fixture.unit(path));
      const VertexId child = fixture.node(item, fixture.unit(path + "/a"));
      fixture.formula(parent, child);
      fixture.family({parent, {child}, each, {}, {}, false});
    }
  }
  const Model& model = fixture.build();
  DiagnosticSink sink;
  check_cascade_rules(model, sink);
  ASSERT_EQ(sink.all().size(), 4U);
  EXPECT_EQ(sink.all()[0].code, Code::J1601);
  EXPECT_EQ(sink.all()[0].suggestion, "proporsional");
  EXPECT_EQ(sink.all()[1].code, Code::J1602);
  EXPECT_EQ(sink.all()[1].suggestion, "batas_depan");
  EXPECT_EQ(sink.all()[2].code, Code::J1603);  // a share of one and a half
  EXPECT_EQ(sink.all()[3].code, Code::J1603);  // batas_depan is missing
  DiagnosticSink of_run;
  run_cascade(model, of_run);
  EXPECT_EQ(of_run.all().size(), 4U);
}

TEST(Rules, EveryMethodIsRegisteredUnderItsOwnName) {
  for (const std::string_view name : allocation_method_names()) {
    ASSERT_NE(find_allocation_method(name), nullptr);
    EXPECT_EQ(find_allocation_method(name)->name(), name);
  }
  EXPECT_EQ(allocation_method_names().size(), 15U);
  EXPECT_EQ(find_allocation_method("rata-rata"), nullptr);
}

// A province, three regencies below it, and a model to hang them on.
class Province : public ::testing::Test {
protected:
  Province() {
    MeasureSpec spec;
    spec.aggregation = Aggregation::sum;
    item_ = fixture_.item("IND", spec);
    top_ = fixture_.node(item_, fixture_.unit("64"));
    for (const char* path : {"64.01", "64.02", "64.03"}) {
      regencies_.push_back(fixture_.node(item_, fixture_.unit(path)));
      fixture_.formula(top_, regencies_.back());
    }
    fixture_.state(top_, kYear, dec("30"));
  }
  void cascade_to_regencies() { fixture_.family({top_, regencies_, rule("rata"), {}, {}, true}); }
  const TargetCell* cell(VertexId vertex) { return table_.find(fixture_.at(vertex), kYear); }
  void run() {
    fixture_.build();
    table_ = run_cascade(fixture_.model(), sink_);
  }

  ModelFixture fixture_;
  ItemId item_;
  VertexId top_;
  std::vector<VertexId> regencies_;
  TargetTable table_;
  DiagnosticSink sink_;
};

TEST_F(Province, AnotherGovernmentsTargetIsAProposalUntilItAdoptsOne) {
  const DocumentId own = fixture_.add_document(ModelFixture::document("RPD-6402", "64.02", DocumentKind::rpd));
  fixture_.state(regencies_[1], kYear, dec("12"), false, own);
  // Handed down by the province's own document, not adopted below.
  fixture_.state(regencies_[2], kYear, dec("6"), true);
  cascade_to_regencies();
  run();
  EXPECT_TRUE(sink_.all().empty());
  EXPECT_EQ(cell(regencies_[0])->target, Target(dec("12")));
  EXPECT_EQ(cell(regencies_[0])->state, StatementState::proposed);
  EXPECT_EQ(cell(regencies_[0])->origin, TargetOrigin::cascaded);
  EXPECT_EQ(cell(regencies_[1])->state, StatementState::adopted);
  EXPECT_EQ(cell(regencies_[1])->origin, TargetOrigin::hold);
  EXPECT_EQ(cell(regencies_[2])->target, Target(dec("6")));
  EXPECT_EQ(cell(regencies_[2])->state, StatementState::proposed);
}

TEST_F(Province, TheRegencysOwnTargetOutranksTheProvincesWordAboutIt) {
  const DocumentId own = fixture_.add_document(ModelFixture::document("RPD-6402", "64.02", DocumentKind::renja));
  fixture_.state(regencies_[1], kYear, dec("6"), true);
  fixture_.state(regencies_[1], kYear, dec("12"), false, own);
  cascade_to_regencies();
  run();
  EXPECT_EQ(cell(regencies_[1])->target, Target(dec("12")));
  EXPECT_EQ(cell(regencies_[0])->target, Target(dec("9")));
}

TEST_F(Province, AnOwnProposalGivesWayToTheCascade) {
  const DocumentId own = fixture_.add_document(ModelFixture::document("RPD-6402", "64.02", DocumentKind::rpd));
  fixture_.state(regencies_[1], kYear, dec("25"), false, own, StatementState::proposed);
  cascade_to_regencies();
  run();
  EXPECT_EQ(cell(regencies_[1])->target, Target(dec("10")));
  EXPECT_EQ(cell(regencies_[1])->origin, TargetOrigin::cascaded);
  EXPECT_EQ(table_.cells.size(), 4U);
}

TEST(Families, ADraftPlanIsCascadedAsADraft) {
  ModelFixture fixture;
  const ItemId item = fixture.item("IND", {});
  const VertexId top = fixture.node(item, fixture.unit("64"));
  const VertexId agency = fixture.node(item, fixture.unit("64/dlh"));
  const VertexId regency = fixture.node(item, fixture.unit("64.01"));
  fixture.state(top, kYear, dec("7"), false, DocumentId(0), StatementState::draft);
  fixture.family({top, {agency}, rule("sama"), {}, {}, false});
  fixture.family({top, {regency}, rule("sama"), {}, {}, true});
  const Model& model = fixture.build();
  DiagnosticSink sink;
  const TargetTable table = run_cascade(model, sink);
  ASSERT_NE(table.find(fixture.at(agency), kYear), nullptr);
  EXPECT_EQ(table.find(fixture.at(agency), kYear)->state, StatementState::draft);
  // A draft handed to another government is no firmer than a draft.
  EXPECT_EQ(table.find(fixture.at(regency), kYear)->state, StatementState::draft);
}

TEST_F(Province, LevelsAreRoundedFromTheTopAndLabelsInherited) {
  // 31 over three: 11, 10, 10; then 11 over two offices: 6, 5.
  const UnitId first = fixture_.unit("64.01/a");
  const UnitId second = fixture_.unit("64.01/b");
  const VertexId a = fixture_.node(item_, first);
  const VertexId b = fixture_.node(item_, second);
  fixture_.formula(regencies_[0], a);
  fixture_.formula(regencies_[0], b);
  fixture_.family({regencies_[0], {a, b}, rule("rata"), {}, {}, false});  // declared before its parent's family
  cascade_to_regencies();
  fixture_.state(top_, Period::year(2027), dec("31"), false, DocumentId(0), StatementState::adopted, true);
  fixture_.build();
  table_ = run_cascade(fixture_.model(), sink_);
  const TargetCell* deep = table_.find(fixture_.at(a), Period::year(2027));
  ASSERT_NE(deep, nullptr);
  EXPECT_EQ(deep->target, Target(dec("6")));
  EXPECT_TRUE(deep->illustrative);
  EXPECT_EQ(deep->state, StatementState::proposed);  // its own parent is only a proposal
  EXPECT_EQ(deep->family, FamilyId(0));
  EXPECT_EQ(table_.find(fixture_.at(b), Period::year(2027))->target, Target(dec("5")));
  EXPECT_FALSE(table_.find(fixture_.at(a), kYear)->illustrative);
  EXPECT_EQ(table_.residuals.size(), 4U);  // two families, two years
  EXPECT_EQ(table_.residuals[0].parent, Rational(10));
  EXPECT_EQ(table_.residuals[0].children, Rational(10));
}

TEST_F(Province, OperandsOutsideTheFamilyCountAsHolds) {
  const VertexId outside = fixture_.node(item_, fixture_.unit("64.09"));
  fixture_.formula(top_, outside);
  fixture_.state(outside, kYear, dec("6"));
  cascade_to_regencies();
  run();
  EXPECT_EQ(cell(regencies_[0])->target, Target(dec("8")));
  EXPECT_EQ(cell(outside)->origin, TargetOrigin::stated);
}

TEST_F(Province, AnOperandOutsideWithoutATargetIsNamed) {
  const VertexId outside = fixture_.node(item_, fixture_.unit("64.09"));
  fixture_.formula(top_, outside);
  cascade_to_regencies();
  run();
  ASSERT_EQ(sink_.all().size(), 1U);
  EXPECT_EQ(sink_.all()[0].code, Code::J1615);
  EXPECT_EQ(cell(regencies_[0]), nullptr);
}

TEST_F(Province, AcceptedSharedResultsCountByTheirShare) {
  const ItemId other = fixture_.item("LAIN", {});
  const VertexId shared = fixture_.node(other, fixture_.unit("64/x"));
  const VertexId refused = fixture_.node(other, fixture_.unit("64/y"));
  fixture_.state(shared, kYear, dec("12"));
  fixture_.state(refused, kYear, dec("100"));
  fixture_.crosscut(top_, shared, dec("0.5"), true);
  fixture_.crosscut(top_, refused, dec("0.5"), false);
  cascade_to_regencies();
  run();
  ASSERT_TRUE(sink_.all().empty());
  EXPECT_EQ(cell(regencies_[0])->target, Target(dec("8")));  // (30 - 6) / 3
}

TEST_F(Province, AchievementTiesAndOperandsOfARatioAreNotParts) {
  MeasureSpec spec;
  spec.aggregation = Aggregation::sum;
  const VertexId other = fixture_.node(fixture_.item("LAIN", spec), fixture_.unit("64/x"));
  fixture_.formula(top_, other, Decimal(1), Carry::achievement);
  fixture_.formula(top_, fixture_.node(fixture_.item("TON", spec), fixture_.unit("64/y")), Decimal(1), Carry::value,
                   EdgeRole::denominator);
  cascade_to_regencies();
  run();
  EXPECT_TRUE(sink_.all().empty());
  EXPECT_EQ(cell(regencies_[0])->target, Target(dec("10")));
}

TEST_F(Province, ARefusalLeavesTheRestOfThePlanAlone) {
  fixture_.state(regencies_[0], kYear, dec("31"), true);
  cascade_to_regencies();
  const VertexId other_top = fixture_.node(item_, fixture_.unit("65"));
  const VertexId other_child = fixture_.node(item_, fixture_.unit("65.01"));
  fixture_.formula(other_top, other_child);
  fixture_.state(other_top, kYear, dec("4"));
  fixture_.family({other_top, {other_child}, rule("rata"), {}, {}, false});
  run();
  ASSERT_EQ(sink_.all().size(), 1U);
  EXPECT_EQ(sink_.all()[0].code, Code::J1608);
  EXPECT_EQ(cell(regencies_[1]), nullptr);
  EXPECT_EQ(cell(regencies_[0])->target, Target(dec("31")));
  EXPECT_EQ(cell(other_child)->target, Target(dec("4")));
}

TEST(Families, QuartersWithoutAYearAreCascadedThemselves) {
  ModelFixture fixture;
  MeasureSpec spec;
  spec.aggregation = Aggregation::sum;
  spec.accumulation = Accumulation::increments;
  spec.frequency = Granularity::quarter;
  const ItemId item = fixture.item("IND", spec);
  const VertexId top = fixture.node(item, fixture.unit("64"));
  const VertexId child = fixture.node(item, fixture.unit("64/a"));
  fixture.formula(top, child);
  const Period first(2026, Granularity::quarter, 1);
  fixture.state(top, first, dec("3"));
  fixture.state(top, Period::year(2027), dec("8"));
  fixture.state(top, Period(2027, Granularity::quarter, 1), dec("5"));
  fixture.family({top, {child}, rule("rata"), {}, {}, false});
  const Model& model = fixture.build();
  DiagnosticSink sink;
  const TargetTable table = run_cascade(model, sink);
  EXPECT_EQ(table.find(fixture.at(child), first)->origin, TargetOrigin::cascaded);
  // Where a year has a target, the family carries the year; the quarters follow together, so the one stated for the
  // parent is its only child's too.
  EXPECT_EQ(table.find(fixture.at(child), Period(2027, Granularity::quarter, 1))->target, Target(dec("5")));
  EXPECT_EQ(table.find(fixture.at(child), Period(2027, Granularity::quarter, 1))->origin, TargetOrigin::time_split);
}

}  // namespace families_test
}  // namespace jenjang
