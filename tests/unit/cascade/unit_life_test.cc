// Units that begin or end within a year: targets for the months they live in only. Arithmetic beside each figure.
#include <gtest/gtest.h>

#include "jenjang/cascade/cascade.h"

#include "tests/unit/cascade/model_fixture.h"

namespace jenjang {
namespace unit_life_test {

using testing::dec;
using testing::ModelFixture;

constexpr int kYear = 2026;

// The measure at 64 over three agencies: one of the whole year, one that ends with a month, and its successor.
struct Divided {
  Aggregation aggregation = Aggregation::sum;
  Accumulation accumulation = Accumulation::increments;
  std::string method = "rata";
  std::string target = "1200";
  int last_month = 6;  // of the old agency
  std::vector<std::string> profile = {};
  std::vector<std::string> drivers = {};
  bool by_attribute = false;  // drivers of an attribute, not declared shares
  Granularity frequency = Granularity::month;
  std::string step = "1";
  std::string held_old = "";  // the old agency's own target of the year

  enum Who : std::size_t { whole, old_one, new_one };
  struct Outcome {
    std::array<VertexId, 3> child;
    VertexId parent;
    ModelFixture fixture;
    TargetTable table;
    DiagnosticSink sink;
    std::string at(VertexId who, const std::string& period) const {
      const TargetCell* cell = table.find(fixture.at(who), Period::parse(period).value());
      return cell == nullptr ? "-" : cell->target.to_string();
    }
    std::string at(Who who, const std::string& period) const { return at(child[who], period); }
    std::string months(Who who) const {
      std::string text;
      for (const Period month : Period::year(kYear).split(Granularity::month)) {
        text += (text.empty() ? "" : " ") + at(who, month.to_string());
      }
      return text;
    }
    Rational total(VertexId who, Granularity fine) const {
      Rational sum;
      for (const Period part : Period::year(kYear).split(fine)) {
        if (const TargetCell* cell = table.find(fixture.at(who), part)) sum += Rational(*cell->target.number());
      }
      return sum;
    }
    std::size_t count(Code code) const {
      std::size_t found = 0;
      for (const Diagnostic& finding : sink.all()) found += finding.code == code ? 1 : 0;
      return found;
    }
  };

  [[nodiscard]] Outcome run() const {
    Outcome out;
    ModelFixture& fixture = out.fixture;
    MeasureSpec spec;
    spec.aggregation = aggregation;
    spec.accumulation = accumulation;
    spec.frequency = frequency;
    spec.step = dec(step);
    for (const std::string& weight : profile) spec.profile.push_back(dec(weight));
    const ItemId item = fixture.item("IND", spec);
    out.parent = fixture.node(item, fixture.unit("64"));
    ModelFixture::FamilySpec family;
    family.parent = out.parent;
    family.rule.method = method;
    if (by_attribute) family.rule.driver_terms.emplace_back();
    for (const std::string& driver : drivers) family.drivers.push_back(dec(driver));
    const std::array<std::string, 3> paths{"64/a", "64/lama", "64/baru"};
    for (std::size_t i = 0; i < paths.size(); ++i) {
      out.child[i] = fixture.node(item, fixture.unit(paths[i]));
      fixture.formula(out.parent, out.child[i]);
      family.children.push_back(out.child[i]);
    }
    fixture.family(family);
    fixture.state(out.parent, Period::year(kYear), Target::parse(target).value());
    if (!held_old.empty()) {
      fixture.state(out.child[old_one], Period::year(kYear), Target::parse(held_old).value(), true);
    }
    constexpr std::array<int, 12> kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    Model& model = fixture.model();
    const UnitId old_unit = *model.units.find("64/lama"), new_unit = *model.units.find("64/baru");
    model.units.edit(old_unit).until = Date{kYear, last_month, kDays[static_cast<std::size_t>(last_month) - 1]};
    model.units.edit(new_unit).since = Date{kYear, last_month + 1, 1};
    UnitChange change;
    change.kind = UnitChangeKind::rename;
    model.unit_changes.push_back(change);
    fixture.build();
    // The dates that binding gives the ties of such units.
    const NodeId top = fixture.at(out.parent);
    const auto children = model.graph.children(top);
    for (std::size_t i = 0; i < children.size(); ++i) {
      const auto edge = static_cast<std::uint32_t>(model.graph.formula_first_edge(top).index() + i);
      DatedTie tie;
      tie.edge = edge;
      tie.from = Period(1900, Granularity::month, 1);
      tie.until = Period(2199, Granularity::month, 12);
      tie.at_end = accumulation != Accumulation::increments && accumulation != Accumulation::cumulative;
      if (children[i] == fixture.at(out.child[old_one])) tie.until = Period(kYear, Granularity::month, last_month);
      if (children[i] == fixture.at(out.child[new_one])) tie.from = Period(kYear, Granularity::month, last_month + 1);
      if (children[i] != fixture.at(out.child[whole])) model.dated_ties.push_back(tie);
    }
    std::sort(model.dated_ties.begin(), model.dated_ties.end(),
              [](const DatedTie& a, const DatedTie& b) { return a.edge < b.edge; });
    out.table = run_cascade(model, out.sink);
    return out;
  }
};

// Parts of a year in whole years' worth: 1 + 1/2 + 1/2 = 2 units of 600.
TEST(UnitLife, EqualPartsAreEqualByMonth) {
  const Divided::Outcome out = Divided{}.run();
  EXPECT_EQ(out.at(Divided::whole, "2026"), "600");
  EXPECT_EQ(out.at(Divided::old_one, "2026"), "300");
  EXPECT_EQ(out.at(Divided::new_one, "2026"), "300");
  EXPECT_EQ(out.months(Divided::whole), "50 50 50 50 50 50 50 50 50 50 50 50");
  EXPECT_EQ(out.months(Divided::old_one), "50 50 50 50 50 50 - - - - - -");
  EXPECT_EQ(out.months(Divided::new_one), "- - - - - - 50 50 50 50 50 50");
  EXPECT_EQ(out.at(out.parent, "2026-06"), "100");
  EXPECT_EQ(out.at(out.parent, "2026-07"), "100");
  EXPECT_TRUE(out.sink.all().empty());
}

// Six months of 2 and six of 1 make 18: the old agency lives through 12/18, the new one through 6/18; 1 + 2/3 + 1/3 = 2
// units of 900.
TEST(UnitLife, TheShapeOfTheYearDecides) {
  Divided plan;
  plan.target = "1800";
  plan.profile = {"2", "2", "2", "2", "2", "2", "1", "1", "1", "1", "1", "1"};
  const Divided::Outcome out = plan.run();
  EXPECT_EQ(out.at(Divided::whole, "2026"), "900");
  EXPECT_EQ(out.at(Divided::old_one, "2026"), "600");
  EXPECT_EQ(out.at(Divided::new_one, "2026"), "300");
  EXPECT_EQ(out.months(Divided::old_one), "100 100 100 100 100 100 - - - - - -");
  EXPECT_EQ(out.months(Divided::new_one), "- - - - - - 50 50 50 50 50 50");
}

// Drivers 1, 1, 2 over 12, 6, 6 months: 1 : 1/2 : 1 of 1000.
TEST(UnitLife, ADriverIsThatOfAWholeYear) {
  Divided plan;
  plan.method = "proporsional";
  plan.target = "1000";
  plan.drivers = {"1", "1", "2"};
  plan.by_attribute = true;
  const Divided::Outcome out = plan.run();
  EXPECT_EQ(out.at(Divided::whole, "2026"), "400");
  EXPECT_EQ(out.at(Divided::old_one, "2026"), "200");
  EXPECT_EQ(out.at(Divided::new_one, "2026"), "400");
}

// Whoever declares shares of this very target has said what each carries.
TEST(UnitLife, DeclaredSharesStandAsDeclared) {
  Divided plan;
  plan.method = "bagian-tetap";
  plan.target = "1000";
  plan.drivers = {"0.5", "0.2", "0.3"};
  const Divided::Outcome out = plan.run();
  EXPECT_EQ(out.at(Divided::whole, "2026"), "500");
  EXPECT_EQ(out.at(Divided::old_one, "2026"), "200");
  EXPECT_EQ(out.at(Divided::new_one, "2026"), "300");
  // 200 in six parts, cumulative: 33.3, 66.7, 100, 133.3, 166.7, 200.
  EXPECT_EQ(out.months(Divided::old_one), "33 34 33 33 34 33 - - - - - -");
}

TEST(UnitLife, AHoldIsSpreadOverTheMonthsLived) {
  Divided plan;
  plan.held_old = "240";  // leaves 960 for 1 + 1/2: 640 and 320
  const Divided::Outcome out = plan.run();
  EXPECT_EQ(out.at(Divided::whole, "2026"), "640");
  EXPECT_EQ(out.at(Divided::new_one, "2026"), "320");
  EXPECT_EQ(out.months(Divided::old_one), "40 40 40 40 40 40 - - - - - -");
}

// A quarter that is lived in part keeps that part: April and May are 2 of 3 months, so 300 is 180 and 120 of 5 months.
TEST(UnitLife, QuartersLivedInPart) {
  Divided plan;
  plan.frequency = Granularity::quarter;
  plan.last_month = 5;
  plan.held_old = "300";
  const Divided::Outcome out = plan.run();
  EXPECT_EQ(out.at(Divided::old_one, "2026-TW1"), "180");
  EXPECT_EQ(out.at(Divided::old_one, "2026-TW2"), "120");
  EXPECT_EQ(out.at(Divided::old_one, "2026-TW3"), "-");
}

// Nothing is asked in the first half of the year: the old agency can carry no part of it.
TEST(UnitLife, WithoutRoomThereIsNoTarget) {
  Divided plan;
  plan.target = "1000";
  plan.profile = {"0", "0", "0", "0", "0", "0", "1", "1", "1", "1", "1", "1"};
  const Divided::Outcome out = plan.run();
  EXPECT_EQ(out.at(Divided::old_one, "2026"), "-");
  EXPECT_EQ(out.at(Divided::whole, "2026"), "500");
  EXPECT_EQ(out.at(Divided::new_one, "2026"), "500");
  EXPECT_EQ(out.count(Code::J1576), 1U);
  plan.held_old = "10";
  const Divided::Outcome held = plan.run();
  EXPECT_EQ(held.count(Code::J1576), 1U);  // the target that somebody set has no month to stand in
  EXPECT_EQ(held.months(Divided::old_one), "- - - - - - - - - - - -");
}

// A level is that of the end of the year. The same figure for all is that of the last living month as well.
TEST(UnitLife, ALevelEndsWithTheLastLivingMonth) {
  Divided plan;
  plan.aggregation = Aggregation::weighted_mean;
  plan.accumulation = Accumulation::position;
  plan.method = "sama";
  plan.target = "80";
  const Divided::Outcome out = plan.run();
  EXPECT_EQ(out.at(Divided::old_one, "2026"), "80");
  EXPECT_EQ(out.months(Divided::old_one), "80 80 80 80 80 80 - - - - - -");
  EXPECT_EQ(out.months(Divided::new_one), "- - - - - - 80 80 80 80 80 80");
  EXPECT_EQ(out.count(Code::J1575), 0U);
}

TEST(UnitLife, PartsOfALevelGoToThoseWhoAreThereAtTheEnd) {
  Divided plan;
  plan.accumulation = Accumulation::position;
  plan.target = "1000";
  const Divided::Outcome out = plan.run();
  EXPECT_EQ(out.at(Divided::whole, "2026"), "500");
  EXPECT_EQ(out.at(Divided::new_one, "2026"), "500");
  EXPECT_EQ(out.at(Divided::old_one, "2026"), "-");
  EXPECT_EQ(out.count(Code::J1575), 1U);
}

// Whenever the old agency ends, and however the year is shaped: the parts make the target, months make the year, the
// agencies make every month of the governor, and nobody has a month beyond its life.
TEST(UnitLife, NothingIsLostOnEitherAxis) {
  const std::vector<std::vector<std::string>> shapes{
      {}, {"3", "1", "4", "1", "5", "9", "2", "6", "5", "3", "5", "8"}, {"1", "2", "3", "1"}};
  for (const auto& shape : shapes) {
    for (int last = 1; last <= 11; ++last) {
      Divided plan;
      plan.target = "997";
      plan.profile = shape;
      plan.last_month = last;
      const Divided::Outcome out = plan.run();
      Rational year;
      for (const Divided::Who who : {Divided::whole, Divided::old_one, Divided::new_one}) {
        const TargetCell* cell = out.table.find(out.fixture.at(out.child[who]), Period::year(kYear));
        ASSERT_NE(cell, nullptr) << last;
        year += Rational(*cell->target.number());
        EXPECT_EQ(out.total(out.child[who], Granularity::month), Rational(*cell->target.number())) << last;
      }
      EXPECT_EQ(year, Rational(997)) << last;
      for (int m = 1; m <= 12; ++m) {
        const std::string month = Period(kYear, Granularity::month, m).to_string();
        EXPECT_EQ(out.at(Divided::old_one, month) == "-", m > last) << month;
        EXPECT_EQ(out.at(Divided::new_one, month) == "-", m <= last) << month;
        Rational sum;
        for (const Divided::Who who : {Divided::whole, Divided::old_one, Divided::new_one}) {
          const std::string part = out.at(who, month);
          if (part != "-") sum += Rational(dec(part));
        }
        EXPECT_EQ(sum.to_decimal()->to_string(), out.at(out.parent, month)) << month;
      }
    }
  }
}

}  // namespace unit_life_test
}  // namespace jenjang
