// Drivers of several terms: each normalised by its own sum, exact, by period.
#include <gtest/gtest.h>

#include "jenjang/cascade/cascade.h"

#include "engine/cascade/families/driver_values.h"
#include "tests/unit/cascade/model_fixture.h"

namespace jenjang {
namespace driver_test {

using testing::dec;
using testing::ModelFixture;
using testing::rule;

const Period kYear = Period::year(2026);

DriverTerm term(DriverTerm::Kind kind, const std::string& share = "1", const std::string& name = "") {
  DriverTerm out;
  out.kind = kind;
  out.name = name;
  out.share = dec(share);
  return out;
}

// One sum over three offices, with what drives it.
class Drivers : public ::testing::Test {
protected:
  Drivers() {
    MeasureSpec spec;
    spec.aggregation = Aggregation::sum;
    spec.polarity = Polarity::higher;
    spec.accumulation = Accumulation::release;
    item_ = fixture_.item("IND", spec);
    family_.parent = fixture_.node(item_, fixture_.unit("64"));
    family_.rule = rule("proporsional");
    for (const char* path : {"64/a", "64/b", "64/c"}) {
      units_.push_back(fixture_.unit(path));
      family_.children.push_back(fixture_.node(item_, units_.back()));
      fixture_.formula(family_.parent, family_.children.back());
    }
  }
  std::vector<std::string> run(const std::string& target) {
    fixture_.state(family_.parent, kYear, dec(target));
    fixture_.family(family_);
    fixture_.build();
    Family& family = fixture_.model().families.back();
    family.driver_values = values_;
    table_ = run_cascade(fixture_.model(), sink_);
    std::vector<std::string> cells;
    for (const VertexId child : family_.children) {
      const TargetCell* cell = table_.find(fixture_.at(child), kYear);
      cells.push_back(cell == nullptr ? "-" : cell->target.to_string());
    }
    return cells;
  }
  std::vector<Decimal> decimals(std::initializer_list<int> values) { return {values.begin(), values.end()}; }

  ModelFixture fixture_;
  ItemId item_;
  std::vector<UnitId> units_;
  ModelFixture::FamilySpec family_;
  std::vector<std::vector<Decimal>> values_;
  DiagnosticSink sink_;
  TargetTable table_;
};
using Cells = std::vector<std::string>;

TEST_F(Drivers, TermsAreNormalisedBeforeTheirShares) {
  // 0.6 of (1000, 3000, 6000)/10000 and 0.4 of (2, 1, 1)/4:
  // 0.06 + 0.2 = 0.26, 0.18 + 0.1 = 0.28, 0.36 + 0.1 = 0.46.
  family_.rule.driver_terms = {term(DriverTerm::Kind::attribute, "0.6", "penduduk"),
                               term(DriverTerm::Kind::attribute, "0.4", "miskin")};
  values_ = {decimals({1000, 3000, 6000}), decimals({2, 1, 1})};
  EXPECT_EQ(run("1000"), (Cells{"260", "280", "460"}));
}

TEST_F(Drivers, BaselinesAndTheGapToAStandard) {
  // Baselines 60, 80, 100: status quo 1/4, 1/3, 5/12; gaps to 90: 30, 10, none: 3/4, 1/4, 0.
  // Half and half of 240: 120 x (1/4 + 3/4), 120 x (1/3 + 1/4), 120 x 5/12.
  DriverTerm need = term(DriverTerm::Kind::need, "0.5");
  need.standard = dec("90");
  family_.rule.driver_terms = {term(DriverTerm::Kind::baseline, "0.5"), need};
  const char* baselines[] = {"60", "80", "100"};
  for (std::size_t i = 0; i < 3; ++i) {
    fixture_.baseline(family_.children[i], 2025, dec(baselines[i]));
  }
  EXPECT_EQ(run("240"), (Cells{"120", "70", "50"}));
}

TEST_F(Drivers, ABaselineThatIsMissingIsNamed) {
  family_.rule.driver_terms = {term(DriverTerm::Kind::baseline)};
  fixture_.baseline(family_.children[0], 2025, dec("5"));
  EXPECT_EQ(run("10"), (Cells{"-", "-", "-"}));
  ASSERT_EQ(sink_.all().size(), 1U);
  EXPECT_EQ(sink_.all()[0].code, Code::J1611);
}

TEST_F(Drivers, NegativeFiguresDriveNothing) {
  family_.rule.driver_terms = {term(DriverTerm::Kind::baseline)};
  for (std::size_t i = 0; i < 3; ++i) {
    fixture_.baseline(family_.children[i], 2025, dec(i == 1 ? "-5" : "5"));
  }
  EXPECT_EQ(run("10"), (Cells{"-", "-", "-"}));
  EXPECT_EQ(sink_.all().at(0).code, Code::J1604);
}

TEST_F(Drivers, ATermThatIsZeroForAllFollowsThePolicy) {
  family_.rule.driver_terms = {term(DriverTerm::Kind::attribute, "0.4", "penduduk"),
                               term(DriverTerm::Kind::attribute, "0.6", "miskin")};
  values_ = {decimals({1, 1, 2}), decimals({0, 0, 0})};
  family_.rule.on_zero_driver = ZeroDriverPolicy::equal;
  // 0.4 x (1/4, 1/4, 1/2) + 0.6 / 3 = 0.3, 0.3, 0.4.
  EXPECT_EQ(run("100"), (Cells{"30", "30", "40"}));
}

TEST_F(Drivers, ATermThatIsZeroForAllIsRefused) {
  family_.rule.driver_terms = {term(DriverTerm::Kind::attribute, "0.4", "penduduk"),
                               term(DriverTerm::Kind::attribute, "0.6", "miskin")};
  values_ = {decimals({1, 1, 2}), decimals({0, 0, 0})};
  EXPECT_EQ(run("100"), (Cells{"-", "-", "-"}));
  EXPECT_EQ(sink_.all().at(0).code, Code::J1605);
}

TEST_F(Drivers, AMeasureDrivesOnceItsOwnFamilyIsSolved) {
  // The driving measure is itself cascaded, by a family declared later: 30 as 5, 10, 15.
  MeasureSpec spec;
  spec.aggregation = Aggregation::sum;
  const ItemId volume = fixture_.item("VOLUME", spec);
  ModelFixture::FamilySpec driving;
  driving.parent = fixture_.node(volume, fixture_.unit("65"));
  driving.rule = rule("proporsional");
  for (std::size_t i = 0; i < 3; ++i) {
    driving.children.push_back(fixture_.node(volume, units_[i]));
    fixture_.formula(driving.parent, driving.children.back());
    driving.drivers.emplace_back(static_cast<std::int64_t>(i + 1));
  }
  fixture_.state(driving.parent, kYear, dec("30"));
  family_.rule.driver_terms = {term(DriverTerm::Kind::measure, "1", "VOLUME")};
  fixture_.state(family_.parent, kYear, dec("600"));
  fixture_.family(family_);
  fixture_.family(driving);
  fixture_.build();
  table_ = run_cascade(fixture_.model(), sink_);
  EXPECT_TRUE(sink_.all().empty());
  EXPECT_EQ(table_.find(fixture_.at(family_.children[2]), kYear)->target, Target(dec("300")));
}

TEST_F(Drivers, AMeasureWithoutATargetIsNamed) {
  family_.rule.driver_terms = {term(DriverTerm::Kind::measure, "1", "VOLUME")};
  EXPECT_EQ(run("600"), (Cells{"-", "-", "-"}));
  ASSERT_EQ(sink_.all().size(), 1U);
  EXPECT_EQ(sink_.all()[0].code, Code::J1644);
  EXPECT_NE(message_text(sink_.all()[0], Language::english).find("IND@64/a, IND@64/b, IND@64/c"), std::string::npos);
}

TEST_F(Drivers, MonthsInWhichThePositionIsHeld) {
  // a: all year; b: until 10 March and again from June: 3 + 7; c: two holders overlapping in one month, April to July.
  const auto hold = [&](std::size_t unit, Date from, std::optional<Date> until) {
    fixture_.model().holdings.push_back({units_[unit], "p", from, until, {}});
  };
  hold(0, {2020, 1, 1}, std::nullopt);
  hold(1, {2025, 5, 1}, Date{2026, 3, 10});
  hold(1, {2026, 6, 30}, std::nullopt);
  hold(2, {2026, 4, 15}, Date{2026, 6, 30});
  hold(2, {2026, 6, 1}, Date{2026, 7, 1});
  family_.rule.driver_terms = {term(DriverTerm::Kind::months)};
  EXPECT_EQ(run("260"), (Cells{"120", "100", "40"}));
  EXPECT_EQ(cascade::months_held(fixture_.model(), units_[1], Period(2026, Granularity::quarter, 2)), 1);
  EXPECT_EQ(cascade::months_held(fixture_.model(), units_[1], Period::year(2024)), 0);
}

}  // namespace driver_test
}  // namespace jenjang
