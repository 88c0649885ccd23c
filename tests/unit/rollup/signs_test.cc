// Denominators of both signs: whether they add up to nought is decided on the exact figures. 0.1 + 0.2 - 0.3 is nought,
// and in doubles 2.8e-17.
#include "tests/unit/rollup/support.h"

namespace jenjang {
namespace signs_test {

using testing::inner;
using testing::leaf;
using testing::PlainNode;
using testing::PlainPlan;
using testing::PlainTie;
using testing::Rolled;

PlainTie above(std::size_t child) {
  return {child, "1", Carry::value, EdgeRole::numerator};
}
PlainTie below(std::size_t child) {
  return {child, "1", Carry::value, EdgeRole::denominator};
}

// One pair of its own, 6 over what the last leaf makes of 0.1 + 0.2 + `last`; `sum_first`: the denominators are the
// roll-up of a measure of their own.
PlainPlan own_pair(const std::string& last, bool sum_first) {
  PlainPlan plan;
  plan.nodes = {leaf("N", "64", {{"2024", "6"}}), leaf("D", "64.01", {{"2024", "0.1"}}),
                leaf("D", "64.02", {{"2024", "0.2"}}), leaf("D", "64.03", {{"2024", last}})};
  std::vector<PlainTie> ties{above(0)};
  if (sum_first) {
    plan.nodes.push_back(inner("D", Aggregation::sum, {{1}, {2}, {3}}));
    ties.push_back(below(4));
  } else {
    for (const std::size_t child : {1, 2, 3}) ties.push_back(below(child));
  }
  plan.nodes.push_back(inner("R", Aggregation::ratio, ties));
  return plan;
}

// Three districts of the ratio, 1 over 0.1, 2 over 0.2 and 3 over `last`.
PlainPlan districts(const std::string& last) {
  PlainPlan plan;
  const std::string denominators[] = {"0.1", "0.2", last};
  std::vector<PlainTie> ties;
  for (std::size_t i = 0; i < 3; ++i) {
    const std::string unit = "64.0" + std::to_string(i + 1);
    const std::size_t first = plan.nodes.size();
    plan.nodes.push_back(leaf("N", unit, {{"2024", std::to_string(i + 1)}}));
    plan.nodes.push_back(leaf("D", unit, {{"2024", denominators[i]}}));
    plan.nodes.push_back(inner("R", Aggregation::ratio, {above(first), below(first + 1)}));
    plan.nodes.back().unit = unit;
    ties.push_back({first + 2});
  }
  plan.nodes.push_back(inner("R", Aggregation::ratio, ties));
  return plan;
}

TEST(RatioSigns, ADenominatorOfNoughtIsNoPairOfItsOwn) {
  for (const bool sum_first : {false, true}) {
    SCOPED_TRACE(sum_first);
    const PlainPlan plan = own_pair("-0.3", sum_first);
    const Rolled rolled(plan);
    const ResultCell& cell = rolled.at(plan.nodes.size() - 1, "2024");
    EXPECT_EQ(cell.state, CellState::not_applicable);
    EXPECT_EQ(cell.expected, 0U);
    EXPECT_EQ(cell.expected_weight, 0);
    EXPECT_TRUE(cell.flags & kDecidedExactly);
    EXPECT_FALSE(rolled.value(plan.nodes.size() - 1, "2024"));
  }
}

// 6 / (0.1 + 0.2 - 0.31) = -600.
TEST(RatioSigns, ASmallDenominatorOfBothSignsIsOne) {
  for (const bool sum_first : {false, true}) {
    SCOPED_TRACE(sum_first);
    const PlainPlan plan = own_pair("-0.31", sum_first);
    const Rolled rolled(plan);
    const ResultCell& cell = rolled.at(plan.nodes.size() - 1, "2024");
    EXPECT_EQ(cell.state, CellState::value);
    EXPECT_EQ(cell.value, -600);
    EXPECT_EQ(cell.denominator, -0.01);
    EXPECT_EQ(cell.covered, 1U);
    EXPECT_EQ(cell.covered_weight, -0.01);
  }
}

TEST(RatioSigns, DistrictsThatAddUpToNoughtHaveNoRatio) {
  const Rolled rolled(districts("-0.3"));
  const ResultCell& cell = rolled.at(9, "2024");
  EXPECT_EQ(cell.state, CellState::not_applicable);
  EXPECT_EQ(cell.expected, 3U);  // each has reported
  EXPECT_EQ(cell.covered, 3U);
  EXPECT_EQ(cell.expected_weight, 0);
  // (1 + 2 + 3) / (0.1 + 0.2 - 0.299) = 6000
  EXPECT_EQ(Rolled(districts("-0.299")).at(9, "2024").value, 6000);
}

// What the exact side is asked for is nothing that terms of one sign can need.
TEST(RatioSigns, DenominatorsOfOneSignAreToldByDoubles) {
  for (const std::string last : {"0", "0.3", "0.000000001"}) {
    EXPECT_FALSE(Rolled(districts(last)).at(9, "2024").flags & kDecidedExactly) << last;
    const PlainPlan plan = own_pair(last, true);
    EXPECT_FALSE(Rolled(plan).at(plan.nodes.size() - 1, "2024").flags & kDecidedExactly) << last;
  }
}

// A figure carried into a hole brings along that it is negative, and that nobody validated it.
TEST(CarriedSigns, AnEarlierFigureBringsItsOrigin) {
  PlainPlan plan;
  plan.nodes = {leaf("A", "64.01", {{"2023", "-40", false}}), leaf("A", "64.02", {{"2023", "1"}, {"2024", "10"}}),
                inner("A", Aggregation::sum, {{0}, {1}}, MissingPolicy::carry)};
  plan.nodes[2].spec.carry_months = 12;
  const Rolled rolled(plan);
  const ResultCell& cell = rolled.at(2, "2024");
  EXPECT_EQ(cell.value, -30);
  EXPECT_TRUE(cell.flags & kCarried);
  EXPECT_TRUE(cell.flags & kSigned);
  EXPECT_TRUE(cell.flags & kTouchedUnvalidated);
}

}  // namespace signs_test
}  // namespace jenjang
