// Interval results by hand: holes in time, ranges by unit of measure, tables, certain predicates.
#include "jenjang/rollup/interval.h"

#include "tests/unit/rollup/support.h"

namespace jenjang::testing {
namespace interval_test {

struct Asked {
  explicit Asked(const PlainPlan& plan, std::optional<Date> as_of = std::nullopt)
      : built(build(plan)), intervals(built.model, built.targets, built.facts, Lane::all, as_of) {}
  std::string value(std::size_t node, std::string_view period = "2024") {
    return text(intervals.value(built.node[node], *Period::parse(period)));
  }
  std::string achievement(std::size_t node) {
    return text(intervals.achievement(built.node[node], Period::year(2024)));
  }
  int band(std::size_t node) { return intervals.certain_band(built.node[node], Period::year(2024)); }
  static std::string text(const std::optional<PossibleRange>& range) {
    if (!range) return "-";
    return (range->least ? range->least->to_string() : "open") + ".." +
           (range->most ? range->most->to_string() : "open") + (range->attained ? "" : " outer");
  }
  BuiltPlan built;
  IntervalEvaluator intervals;
};

PlainNode in_unit(PlainNode node, std::string unit_name) {
  node.spec.unit_name = std::move(unit_name);
  return node;
}

TEST(Interval, R01AMeanWithAHole) {
  PlainPlan plan;
  plan.nodes = {in_unit(leaf("A", "64.01", {{"2024", "80"}}), "persen"),
                in_unit(leaf("B", "64.02", {{"2024", "90"}}), "persen"), in_unit(leaf("C", "64.03", {}), "persen"),
                inner("M", Aggregation::weighted_mean, {{0, "2"}, {1, "3"}, {2, "5"}})};
  plan.scales = {make_bands({{"A", "95"}, {"B", "40"}, {"C", ""}}, {RoundingMode::half_up, 2}, true)};
  plan.nodes[3].spec.value_bands = ScaleId(0);
  Asked asked(plan);
  EXPECT_EQ(asked.value(3), "43..93");  // (160 + 270 + 0) / 10 to (160 + 270 + 500) / 10
  EXPECT_EQ(asked.band(3), 1);          // B whatever the third reports
  plan.nodes[2].facts = {{"2024", "", true, CellState::not_applicable}};
  EXPECT_EQ(Asked(plan).value(3), "86..86");
  EXPECT_EQ(Asked(plan).value(2), "-");
}

TEST(Interval, HolesInTimeByKind) {
  // 30, 50, 40 and a quarter missing, in a unit that counts: never below zero, of no known upper limit.
  const struct {
    Accumulation kind;
    const char* counted;
    const char* percent;
  } rows[] = {{Accumulation::increments, "120..open", "120..220"},  // one quarter of 0 to 100 more
              {Accumulation::average, "30..open", "30..55"},        // 120 / 4 to 220 / 4
              {Accumulation::peak, "50..open", "50..100"},
              {Accumulation::position, "0..open", "0..100"},  // September says nothing about December
              {Accumulation::cumulative, "0..open", "0..100"}};
  for (const auto& row : rows) {
    SCOPED_TRACE(std::string(to_string(row.kind)));
    PlainPlan plan;
    plan.nodes = {leaf("X", "64", {{"2024-TW1", "30"}, {"2024-TW2", "50"}, {"2024-TW3", "40"}})};
    plan.nodes[0].spec.frequency = Granularity::quarter;
    plan.nodes[0].spec.accumulation = row.kind;
    plan.nodes[0].spec.unit_name = "Ton";
    EXPECT_EQ(Asked(plan).value(0), row.counted);
    EXPECT_EQ(Asked(plan).value(0, "2024-TW3"), "40..40");
    plan.nodes[0].spec.unit_name = "persen";
    EXPECT_EQ(Asked(plan).value(0), row.percent);
    plan.nodes[0].facts.push_back({"2024-TW4", "40"});
    EXPECT_TRUE(Asked(plan).intervals.value(NodeId(0), Period::year(2024))->is_point());
  }
}

TEST(Interval, AnIndexWithoutADeclaredRangeIsOpen) {
  PlainPlan plan;
  plan.nodes = {in_unit(leaf("X", "64", {}), "indeks")};
  plan.nodes[0].targets = {{"2024", "70"}};
  EXPECT_EQ(Asked(plan).value(0), "open..open");
  plan.nodes[0].spec.most_possible = dec("100");
  EXPECT_EQ(Asked(plan).value(0), "open..100");
}

// The ministry's figure of an index stands, whatever the components make: while it is missing they say 60, and it may
// still become any figure of its range. Once it is there, or where none is due, nothing is open.
TEST(Interval, AMissingFigureThatStandsFirstIsNotBoundedByItsChildren) {
  PlainPlan plan;
  plan.nodes = {leaf("A", "64", {{"2024", "50"}}), leaf("B", "64", {{"2024", "70"}}),
                in_unit(inner("I", Aggregation::weighted_mean, {{0}, {1}}), "indeks")};
  plan.nodes[2].spec.accumulation = Accumulation::release;
  plan.nodes[2].spec.frequency = Granularity::year;
  plan.nodes[2].spec.least_possible = dec("0");
  plan.nodes[2].spec.most_possible = dec("100");
  EXPECT_EQ(Asked(plan).value(2), "0..100");
  plan.nodes[2].facts = {{"2024", "75"}};
  EXPECT_EQ(Asked(plan).value(2), "75..75");
  plan.nodes[2].facts.clear();
  plan.nodes[2].spec.accumulation = Accumulation::position;
  EXPECT_EQ(Asked(plan).value(2), "60..60");
}

TEST(Interval, AShareNeverPassesItsWhole) {
  // 45 of 50 and an unknown pair of which the denominator is 100: 45/150 to 145/150.
  PlainPlan plan;
  const auto pair = [&](const char* unit, std::vector<PlainFact> numerator, std::vector<PlainFact> denominator) {
    const std::size_t first = plan.nodes.size();
    plan.nodes.push_back(in_unit(leaf("N", unit, std::move(numerator)), "ton"));
    plan.nodes.push_back(in_unit(leaf("D", unit, std::move(denominator)), "ton"));
    plan.nodes.push_back(in_unit(
        inner("R", Aggregation::ratio,
              {{first, "1", Carry::value, EdgeRole::numerator}, {first + 1, "1", Carry::value, EdgeRole::denominator}}),
        "persen"));
    plan.nodes.back().unit = unit;
    plan.nodes.back().spec.factor = Decimal(100);
  };
  pair("64.01", {{"2024", "45"}}, {{"2024", "50"}});
  pair("64.02", {}, {{"2024", "100"}});
  plan.nodes.push_back(in_unit(inner("R", Aggregation::ratio, {{2}, {5}}), "persen"));
  plan.nodes.back().spec.factor = Decimal(100);
  EXPECT_EQ(Asked(plan).value(6), "30..290/3");
  EXPECT_EQ(Asked(plan).value(5), "0..100");
  // Nothing known of the second: any share of any size, so the whole nears 0 and 100 and reaches neither.
  plan.nodes[4].facts.clear();
  EXPECT_EQ(Asked(plan).value(6), "0..100 outer");
  // Only the denominator is open, from 0 up, and no share: 5 over next to nothing.
  plan.nodes[3].facts = {{"2024", "5"}};
  EXPECT_EQ(Asked(plan).value(5), "0..100 outer");
  plan.nodes[5].spec.unit_name = "rasio";
  EXPECT_EQ(Asked(plan).value(5), "0..open outer");
}

TEST(Interval, AchievementsByHand) {
  PlainPlan plan;
  plan.nodes = {in_unit(leaf("X", "64", {}), "persen")};
  plan.nodes[0].targets = {{"2024", "80"}};
  MeasureSpec& spec = plan.nodes[0].spec;
  spec.polarity = Polarity::stabilise;
  spec.achievement.formula = AchievementFormula::stabilise;
  EXPECT_EQ(Asked(plan).achievement(0), "0..100");  // best inside the range, at the target itself
  spec.polarity = Polarity::higher;
  spec.achievement.formula = AchievementFormula::h1;
  spec.achievement.cap = dec("120");
  EXPECT_EQ(Asked(plan).achievement(0), "0..120");
  spec.polarity = Polarity::lower;
  spec.achievement.formula = AchievementFormula::l2;
  EXPECT_EQ(Asked(plan).achievement(0), "80..120");  // 80/100; nearer nought than 80/1.2 it is capped
  spec.achievement.cap.reset();
  EXPECT_EQ(Asked(plan).achievement(0), "80..open");
  spec.most_possible = std::nullopt;
  spec.least_possible = dec("10");
  EXPECT_EQ(Asked(plan).achievement(0), "0..800 outer");  // 80/R nears nought as R grows
}

TEST(Interval, CriteriaStillOpenInATable) {
  PlainPlan plan;
  ShareTable table;
  table.id = "uji";
  const auto add = [&](const char* points, std::int64_t low, bool low_closed, std::int64_t high, bool high_open) {
    ShareRow row;  // shares in halves
    row.points = dec(points);
    row.low_num = low;
    row.low_den = 2;
    row.low_closed = low_closed;
    row.high_num = high;
    row.high_den = 2;
    row.high_open = high_open;
    table.rows.push_back(std::move(row));
  };
  add("100", 2, true, 2, false);  // all
  add("60", 1, false, 2, true);   // more than half
  add("30", 0, false, 1, false);  // some
  add("0", 0, true, 0, false);    // none
  plan.share_tables = {table};
  Scale answers;
  answers.kind = Scale::Kind::grades;
  answers.grades = {{"ya", dec("1"), {}}, {"tidak", dec("0"), {}}};
  plan.scales = {answers};
  std::vector<PlainTie> ties;
  const std::vector<std::vector<PlainFact>> given{{{"2024", "1"}}, {{"2024", "0"}}, {}, {}};
  for (std::size_t i = 0; i < given.size(); ++i) {
    plan.nodes.push_back(leaf("k" + std::to_string(i), "64", given[i]));
    plan.nodes.back().spec.grade_scale = ScaleId(0);
    ties.push_back({i});
  }
  plan.nodes.push_back(inner("L", Aggregation::table, ties, MissingPolicy::strict));
  plan.nodes.back().spec.share_table = 0;
  // One met, one not, two open: 1 to 3 of 4.
  EXPECT_EQ(Asked(plan).value(4), "30..60");
}

PlainNode ranged(PlainNode node, const char* least, const char* most) {
  node.spec.least_possible = dec(least);
  node.spec.most_possible = dec(most);
  return node;
}

TEST(Interval, ARangeBoundsOneFigureAndNoSumOfUnits) {
  // 0 to 100 a district: four of them make 0 to 400, and 10 + 50 + two open ones 60 to 260.
  PlainPlan plan;
  std::vector<PlainTie> ties;
  for (std::size_t i = 0; i < 4; ++i) {
    plan.nodes.push_back(ranged(leaf("N2", "64.0" + std::to_string(i + 1), {}), "0", "100"));
    ties.push_back({i});
  }
  plan.nodes.push_back(ranged(inner("N2", Aggregation::sum, ties), "0", "100"));
  plan.nodes[4].targets = {{"2024", "100"}};
  plan.scales = {make_bands({{"A", "50"}, {"B", ""}}, {RoundingMode::half_up, 2}, true)};
  plan.nodes[4].spec.value_bands = ScaleId(0);
  EXPECT_EQ(Asked(plan).value(4), "0..400");
  EXPECT_EQ(Asked(plan).band(4), -1);
  plan.nodes[0].facts = {{"2024", "10"}};
  plan.nodes[1].facts = {{"2024", "50"}};
  EXPECT_EQ(Asked(plan).value(4), "60..260");
  EXPECT_EQ(Asked(plan).band(4), 0);
}

TEST(Interval, ARangeBoundsAMonthAndNoYear) {
  // 0 to 10 a month. Two districts with January and February: 2 + 10 months of 0 to 10 each; two with nothing: 12
  // months each. 2 x 102 + 2 x 120 = 444.
  PlainPlan plan;
  std::vector<PlainTie> ties;
  for (std::size_t i = 0; i < 4; ++i) {
    plan.nodes.push_back(ranged(leaf("FM", "64.0" + std::to_string(i + 1), {}), "0", "10"));
    if (i < 2) plan.nodes[i].facts = {{"2024-01", "1"}, {"2024-02", "1"}};
    plan.nodes[i].spec.accumulation = Accumulation::increments;
    ties.push_back({i});
  }
  plan.nodes.push_back(ranged(inner("FM", Aggregation::sum, ties), "0", "10"));
  plan.nodes[4].spec.accumulation = Accumulation::increments;
  plan.scales = {make_bands({{"A", "11"}, {"B", ""}}, {RoundingMode::half_up, 2}, true)};
  plan.nodes[4].spec.value_bands = ScaleId(0);
  EXPECT_EQ(Asked(plan).value(0), "2..102");
  EXPECT_EQ(Asked(plan).value(2), "0..120");
  EXPECT_EQ(Asked(plan).value(4), "4..444");
  EXPECT_EQ(Asked(plan).value(4, "2024-01"), "2..22");
  EXPECT_EQ(Asked(plan).band(4), -1);
}

TEST(Interval, BothEndsOfARangeBoundThePairOfAUnit) {
  // 20 to 80 percent: 50/100, 60/200, ?/150 (30 to 120) and 40/? (50 to 200).
  PlainPlan plan;
  std::vector<PlainTie> ties;
  const char* const pairs[][2] = {{"50", "100"}, {"60", "200"}, {"", "150"}, {"40", ""}};
  for (std::size_t i = 0; i < 4; ++i) {
    const std::string unit = "64.0" + std::to_string(i + 1);
    for (std::size_t side = 0; side < 2; ++side) {
      plan.nodes.push_back(in_unit(leaf(side == 0 ? "P" : "Q", unit, {}), "orang"));
      if (*pairs[i][side] != '\0') plan.nodes.back().facts = {{"2024", pairs[i][side]}};
    }
    plan.nodes.push_back(ranged(
        inner("RS", Aggregation::ratio,
              {{3 * i, "1", Carry::value, EdgeRole::numerator}, {3 * i + 1, "1", Carry::value, EdgeRole::denominator}}),
        "20", "80"));
    plan.nodes.back().unit = unit;
    plan.nodes.back().spec.factor = Decimal(100);
    ties.push_back({3 * i + 2});
  }
  plan.nodes.push_back(ranged(inner("RS", Aggregation::ratio, ties), "20", "80"));
  plan.nodes.back().spec.factor = Decimal(100);
  EXPECT_EQ(Asked(plan).value(5), "30..30");
  EXPECT_EQ(Asked(plan).value(8), "20..80");
  EXPECT_EQ(Asked(plan).value(11), "20..80");
  // (50 + 60 + 30 + 40) / (100 + 200 + 150 + 200) to (50 + 60 + 120 + 40) / (100 + 200 + 150 + 50).
  EXPECT_EQ(Asked(plan).value(12), "360/13..54");
  // Nothing of the fourth: any pair of 20 to 80 percent. It nears both ends as it grows and reaches neither.
  plan.nodes[9].facts.clear();
  EXPECT_EQ(Asked(plan).value(12), "20..80 outer");
  // A pair reported above the range breaks the upper end, which is dropped for it; the lower one stays.
  plan.nodes[0].facts = {{"2024", "90"}};
  EXPECT_EQ(Asked(plan).value(2), "90..90");
}

}  // namespace interval_test
}  // namespace jenjang::testing
