// Months outside the life of a unit: no months of its periods. And quarters that are due by the targets of their
// months.
#include "jenjang/rollup/interval.h"

#include "tests/unit/rollup/support.h"

namespace jenjang::testing {
namespace life_test {

constexpr MissingPolicy kPolicies[] = {MissingPolicy::skip, MissingPolicy::strict, MissingPolicy::zero,
                                       MissingPolicy::carry};

struct Life {
  std::string since, until;  // empty: open
};

// A plan rolled up whose units live for some time only.
class Lived {
public:
  Lived(const PlainPlan& plain, const std::map<std::string, Life>& lives, const char* as_of = "2026-06-30")
      : built(build(plain)) {
    for (const auto& [path, life] : lives) {
      const UnitId id = *built.model.units.find(path);
      if (!life.since.empty()) built.model.units.edit(id).since = Date::parse(life.since);
      if (!life.until.empty()) built.model.units.edit(id).until = Date::parse(life.until);
      UnitChange change;
      change.kind = UnitChangeKind::split;
      built.model.unit_changes.push_back(change);
    }
    options.as_of = Date::parse(as_of);
    result = run_rollup(built.model, built.targets, built.facts, options, sink);
  }
  const ResultCell& at(std::size_t node, std::string_view period) const {
    return result.at(built.node[node], *result.grid().find(*Period::parse(period)));
  }
  // "-" without a figure; what the exact side says, when both agree.
  std::string value(std::size_t node, std::string_view period) const {
    ExactEvaluator exact(built.model, built.targets, built.facts, Lane::all, options.as_of);
    const auto figure = exact.value(built.node[node], *Period::parse(period));
    const ResultCell& cell = at(node, period);
    if (figure.has_value() != (cell.state == CellState::value)) return "(sides differ)";
    if (!figure) return "-";
    return figure->to_double() == cell.value ? two(*figure) : "(sides differ)";
  }
  std::string range(std::size_t node, std::string_view period) const {
    IntervalEvaluator intervals(built.model, built.targets, built.facts, Lane::all, options.as_of);
    const auto found = intervals.value(built.node[node], *Period::parse(period));
    if (!found) return "-";
    const auto end = [](const std::optional<Rational>& value) { return value ? two(*value) : std::string("?"); };
    return end(found->least) + ".." + end(found->most);
  }

  BuiltPlan built;
  RollupOptions options;
  DiagnosticSink sink;
  RollupResult result;
};

std::string month(int number) {
  return std::string("2025-") + (number < 10 ? "0" : "") + std::to_string(number);
}

// Every month its own number.
std::vector<PlainFact> reported(int first, int last) {
  std::vector<PlainFact> facts;
  for (int i = first; i <= last; ++i) facts.push_back({month(i), std::to_string(i)});
  return facts;
}

// 0 ends with June, 1 begins with July, 2 is there all the year; 3 adds them up.
PlainPlan divided(Accumulation kind, MissingPolicy time, MissingPolicy units = MissingPolicy::skip) {
  PlainPlan plan;
  plan.nodes = {leaf("X", "64/lama", reported(1, 6)), leaf("X", "64/baru", reported(7, 12)),
                leaf("X", "64/tetap", reported(1, 12)), inner("S", Aggregation::sum, {{0}, {1}, {2}}, units)};
  for (std::size_t i = 0; i < 3; ++i) {
    plan.nodes[i].spec.accumulation = kind;
    plan.nodes[i].spec.missing_time = time;
    plan.nodes[i].spec.carry_months = 12;
    plan.nodes[i].spec.least_possible = dec("0");
    plan.nodes[i].spec.most_possible = dec("10");
  }
  return plan;
}
const std::map<std::string, Life> kLives{{"64/lama", {"", "2025-06-30"}}, {"64/baru", {"2025-07-01", ""}}};

TEST(Life, AYearIsMadeOfTheMonthsThatTheUnitLived) {
  const struct {
    Accumulation kind;
    std::string former, successor;
  } rows[] = {
      {Accumulation::increments, "21.00", "57.00"},  // 1 + .. + 6; 7 + .. + 12
      {Accumulation::cumulative, "6.00", "12.00"},  {Accumulation::position, "6.00", "12.00"},
      {Accumulation::average, "3.50", "9.50"},  // 21 / 6; 57 / 6
      {Accumulation::peak, "6.00", "12.00"},        {Accumulation::release, "6.00", "12.00"},
  };
  for (const auto& row : rows) {
    for (const MissingPolicy policy : kPolicies) {
      SCOPED_TRACE(std::string(to_string(row.kind)) + " " + std::string(to_string(policy)));
      PlainPlan plan = divided(row.kind, policy);
      plan.nodes[0].spec.least_coverage = plan.nodes[1].spec.least_coverage = dec("1");
      const Lived lived(plan, kLives);
      EXPECT_EQ(lived.value(0, "2025"), row.former);
      EXPECT_EQ(lived.value(1, "2025"), row.successor);
      for (std::size_t node = 0; node < 2; ++node) {
        const ResultCell& year = lived.at(node, "2025");
        EXPECT_EQ(year.flags & (kPartial | kCarried | kBelowCoverage), 0);
        EXPECT_EQ(year.covered_months, 6U);
        EXPECT_EQ(year.expected_months, 6U);
      }
      EXPECT_EQ(lived.range(0, "2025"), row.former + ".." + row.former);
    }
  }
}

TEST(Life, APeriodWhollyOutsideIsNotApplicable) {
  for (const MissingPolicy policy : kPolicies) {
    SCOPED_TRACE(std::string(to_string(policy)));
    const Lived lived(divided(Accumulation::increments, policy, policy), kLives);
    for (const char* period : {"2025-07", "2025-TW3", "2025-TW4", "2025-S2"}) {
      EXPECT_EQ(lived.at(0, period).state, CellState::not_applicable) << period;
      EXPECT_EQ(lived.value(0, period), "-") << period;
      EXPECT_EQ(lived.range(0, period), "-") << period;
      EXPECT_EQ(lived.at(0, period).expected, 0U) << period;
    }
    for (const char* period : {"2025-06", "2025-TW2", "2025-S1"}) {
      EXPECT_EQ(lived.at(1, period).state, CellState::not_applicable) << period;
    }
    // 7 + 8 + 9 of the successor and of the third; nobody else is expected or missing.
    EXPECT_EQ(lived.value(3, "2025-TW3"), "48.00");
    EXPECT_EQ(lived.at(3, "2025-TW3").expected, 2U);
    EXPECT_EQ(lived.at(3, "2025-TW3").flags & kPartial, 0);
    EXPECT_EQ(lived.value(3, "2025"), "156.00");  // 21 + 57 + 78
    EXPECT_EQ(lived.range(3, "2025"), "156.00..156.00");
    EXPECT_EQ(lived.at(3, "2025").covered_months, 24U);
    EXPECT_EQ(lived.at(3, "2025").expected_months, 24U);
  }
}

TEST(Life, WithoutAReportOnlyTheLivedMonthsAreMissing) {
  PlainPlan plan = divided(Accumulation::increments, MissingPolicy::skip);
  plan.nodes[0].facts.clear();
  const Lived lived(plan, kLives);
  EXPECT_EQ(lived.at(0, "2025").state, CellState::empty);
  EXPECT_EQ(lived.at(0, "2025-06").state, CellState::empty);
  EXPECT_EQ(lived.at(0, "2025-07").state, CellState::not_applicable);
  EXPECT_EQ(lived.range(0, "2025"), "0.00..60.00");  // six months of 0 to 10
  EXPECT_EQ(lived.range(0, "2025-07"), "-");
}

TEST(Life, HolesInsideTheLifeAreStillHoles) {
  // June is not reported: 1 + .. + 5 = 15 of six months.
  const auto year = [](Accumulation kind, MissingPolicy policy) {
    PlainPlan plan = divided(kind, policy);
    plan.nodes[0].facts = reported(1, 5);
    return Lived(plan, kLives);
  };
  EXPECT_EQ(year(Accumulation::average, MissingPolicy::skip).value(0, "2025"), "3.00");  // 15 / 5
  EXPECT_EQ(year(Accumulation::average, MissingPolicy::zero).value(0, "2025"), "2.50");  // 15 / 6
  EXPECT_EQ(year(Accumulation::average, MissingPolicy::strict).at(0, "2025").state, CellState::empty);
  EXPECT_EQ(year(Accumulation::position, MissingPolicy::zero).value(0, "2025"), "0.00");
  EXPECT_EQ(year(Accumulation::increments, MissingPolicy::carry).value(0, "2025"), "20.00");  // 15 + 5
  const Lived part = year(Accumulation::increments, MissingPolicy::skip);
  EXPECT_TRUE(part.at(0, "2025").flags & kPartial);
  EXPECT_EQ(part.at(0, "2025").covered_months, 5U);
  EXPECT_EQ(part.at(0, "2025").expected_months, 6U);
  EXPECT_EQ(part.range(0, "2025"), "15.00..25.00");
  EXPECT_EQ(year(Accumulation::average, MissingPolicy::skip).range(0, "2025"), "2.50..4.17");  // 15 / 6 .. 25 / 6
}

TEST(Life, AQuarterTheUnitLivedPartOfCountsThatPart) {
  // Begins in February: the first quarter is two months of 60, April one of 90: (120 + 90) / 3 = 70.
  PlainPlan plan = divided(Accumulation::average, MissingPolicy::strict);
  plan.nodes[1].facts = {{"2025-TW1", "60"}, {"2025-04", "90"}};
  const std::map<std::string, Life> lives{{"64/baru", {"2025-02-10", "2025-04-30"}}};
  const Lived mean(plan, lives);
  EXPECT_EQ(mean.value(1, "2025"), "70.00");
  EXPECT_EQ(mean.at(1, "2025-TW1").expected_months, 2U);
  EXPECT_EQ(mean.at(1, "2025").expected_months, 3U);
  // A flow of 20 in two months is carried as 10 a month: 20 + 10.
  plan = divided(Accumulation::increments, MissingPolicy::carry);
  plan.nodes[1].facts = {{"2025-TW1", "20"}};
  EXPECT_EQ(Lived(plan, lives).value(1, "2025"), "30.00");
  // Reported by quarter, two quarters are open, each between 0 and 10 whole.
  plan.nodes[1].facts.clear();
  plan.nodes[1].spec.frequency = Granularity::quarter;
  EXPECT_EQ(Lived(plan, lives).range(1, "2025"), "0.00..20.00");
  EXPECT_EQ(Lived(plan, lives).range(1, "2025-TW1"), "0.00..10.00");
}

TEST(Life, AFactOutsideStandsAloneAndMakesNothingElse) {
  for (const Accumulation kind : {Accumulation::increments, Accumulation::position, Accumulation::average,
                                  Accumulation::peak, Accumulation::release}) {
    for (const MissingPolicy policy : kPolicies) {
      SCOPED_TRACE(std::string(to_string(kind)) + " " + std::string(to_string(policy)));
      PlainPlan plan = divided(kind, policy, policy);
      const Lived clean(plan, kLives);
      plan.nodes[0].facts.push_back({"2025-10", "1000"});
      plan.nodes[0].facts.push_back({"2025-S2", "900"});
      plan.nodes[1].facts.push_back({"2025-02", "1000"});
      const Lived lived(plan, kLives);
      EXPECT_EQ(lived.value(0, "2025-10"), "1000.00");
      EXPECT_EQ(lived.range(0, "2025-10"), "1000.00..1000.00");
      EXPECT_EQ(lived.value(0, "2025-S2"), "900.00");
      EXPECT_EQ(lived.at(0, "2025-TW4").state, CellState::not_applicable);
      for (const char* period : {"2025-02", "2025-10", "2025-TW1", "2025-TW4", "2025-S1", "2025-S2", "2025"}) {
        EXPECT_EQ(lived.value(3, period), clean.value(3, period)) << period;
        EXPECT_EQ(lived.range(3, period), clean.range(3, period)) << period;
        EXPECT_EQ(lived.at(3, period).expected, clean.at(3, period).expected) << period;
      }
      for (std::size_t node = 0; node < 2; ++node) {
        EXPECT_EQ(lived.value(node, "2025"), clean.value(node, "2025"));
        EXPECT_EQ(lived.at(node, "2025").expected_months, 6U);
      }
    }
  }
}

TEST(Life, AFactOutsideIsNeverCarriedOn) {
  // The successor's 1000 of June lies before it began; July is not reported.
  PlainPlan plan = divided(Accumulation::increments, MissingPolicy::carry, MissingPolicy::carry);
  plan.nodes[3].spec.carry_months = 12;
  plan.nodes[1].facts = reported(8, 12);
  plan.nodes[1].facts.push_back({"2025-06", "1000"});
  const Lived lived(plan, kLives);
  EXPECT_EQ(lived.value(1, "2025"), "50.00");    // 8 + .. + 12
  EXPECT_EQ(lived.value(3, "2025-07"), "7.00");  // the third alone
  EXPECT_EQ(lived.at(3, "2025-07").flags & kCarried, 0);
}

// 0 reports till September and has targets by month and year, 1 reports all the year; 2 is their mean.
PlainPlan targeted(MissingPolicy policy) {
  PlainPlan plan;
  plan.nodes = {leaf("X", "64.02", reported(1, 9)), leaf("X", "64.01", reported(1, 12)),
                inner("M", Aggregation::weighted_mean, {{0}, {1}}, policy)};
  plan.nodes[0].spec.accumulation = plan.nodes[1].spec.accumulation = Accumulation::increments;
  plan.nodes[2].spec.carry_months = 12;
  for (int i = 1; i <= 12; ++i) plan.nodes[0].targets[month(i)] = "5";
  plan.nodes[0].targets["2025"] = "60";
  return plan;
}

TEST(Due, AQuarterIsDueByTheTargetsOfItsMonths) {
  const Lived rolled(targeted(MissingPolicy::skip), {});
  EXPECT_EQ(rolled.at(0, "2025-TW4").state, CellState::empty);
  EXPECT_EQ(rolled.at(0, "2025-10").state, CellState::empty);
  EXPECT_EQ(rolled.value(2, "2025-TW4"), "33.00");  // 10 + 11 + 12
  EXPECT_TRUE(rolled.at(2, "2025-TW4").flags & kPartial);
  EXPECT_EQ(Lived(targeted(MissingPolicy::zero), {}).value(2, "2025-TW4"), "16.50");  // 33 / 2
  EXPECT_EQ(Lived(targeted(MissingPolicy::strict), {}).at(2, "2025-TW4").state, CellState::empty);
  EXPECT_EQ(Lived(targeted(MissingPolicy::strict), {}).value(2, "2025-TW4"), "-");
  // The third quarter's 7 + 8 + 9 = 24 stands in: (24 + 33) / 2.
  EXPECT_EQ(Lived(targeted(MissingPolicy::carry), {}).value(2, "2025-TW4"), "28.50");
  // Not over, not due; and a target of the year alone says nothing about a quarter.
  EXPECT_EQ(Lived(targeted(MissingPolicy::skip), {}, "2025-12-30").at(0, "2025-TW4").state, CellState::not_due);
  PlainPlan yearly = targeted(MissingPolicy::skip);
  yearly.nodes[0].targets = {{"2025", "60"}};
  EXPECT_EQ(Lived(yearly, {}).at(0, "2025-TW4").state, CellState::not_due);
}

}  // namespace life_test
}  // namespace jenjang::testing
