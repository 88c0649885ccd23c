// The fewest units to validate; every answer is worked out by hand beside its test.
#include "jenjang/assess/reach_validation.h"

#include <gtest/gtest.h>

#include "tests/support/plain_plan.h"

namespace jenjang {
namespace reach_validation_test {

using testing::BuiltPlan;
using testing::PlainNode;
using testing::PlainPlan;

PlainNode leaf(std::string code, std::string unit, std::string number, bool valid) {
  PlainNode node;
  node.code = std::move(code);
  node.unit = std::move(unit);
  node.spec.polarity = Polarity::higher;
  node.facts = {{"2025", std::move(number), valid}};
  return node;
}
PlainNode top(Aggregation how, std::size_t children) {
  PlainNode node;
  node.code = "X";
  node.spec.polarity = Polarity::higher;
  node.spec.aggregation = how;
  node.spec.value_bands = ScaleId(0);
  for (std::size_t i = 1; i <= children; ++i) node.ties.push_back({i});
  return node;
}
std::string district(int number) {
  return "64." + std::string(number < 10 ? "0" : "") + std::to_string(number);
}

class ReachValidation : public ::testing::Test {
protected:
  std::optional<ValidationReach> reach(std::vector<PlainNode> nodes, const std::string& cut, std::string wanted = "A") {
    PlainPlan plain;
    plain.nodes = std::move(nodes);
    plain.scales = {testing::make_bands({{"A", cut}, {"B", ""}}, {RoundingMode::exact, 0}, false)};
    built_ = testing::build(plain);
    return reach_by_validation(built_.model, built_.targets, built_.facts, {}, built_.node[0], Period::year(2025),
                               {std::move(wanted), {}}, sink_);
  }
  [[nodiscard]] std::vector<std::string> paths(const ValidationReach& reach,
                                               const std::vector<std::size_t>& set) const {
    std::vector<std::string> found;
    for (const std::size_t w : set) found.push_back(built_.model.units[reach.waiting[w].unit].path);
    return found;
  }

  BuiltPlan built_;
  DiagnosticSink sink_;
};

// Validated 60 alone. With 64.02: (60 + 90)/2 = 75; with 64.03: 65; with both 73.3. For 75 the second alone does.
TEST_F(ReachValidation, OneMoreOfAMean) {
  const auto found = reach({top(Aggregation::weighted_mean, 3), leaf("V", "64.01", "60", true),
                            leaf("V", "64.02", "90", false), leaf("V", "64.03", "70", false)},
                           "75");
  ASSERT_TRUE(found);
  EXPECT_TRUE(found->reached);
  EXPECT_EQ(found->now, Rational(60));
  EXPECT_EQ(found->after, Rational(75));
  EXPECT_EQ(found->label_now, "B");
  EXPECT_EQ(found->label_after, "A");
  EXPECT_EQ(found->choice_count, 1U);
  EXPECT_EQ(paths(*found, found->choices.front()), std::vector<std::string>{"64.02"});
  EXPECT_EQ(found->one_less, Rational(60));
}

// 10 of 20 are validated. 64.02 brings 18 of 20 (28/40 = 70 percent), 64.03 2 of 40 (12/60). Numerator and denominator
// wait together: 64.02's 18 over the 20 alone would be 140 percent. For 70 percent one unit does; for 71 none.
TEST_F(ReachValidation, ARatioTakesBothSidesOfAUnit) {
  PlainNode ratio = top(Aggregation::ratio, 3);
  ratio.spec.factor = Decimal(100);
  std::vector<PlainNode> nodes{ratio};
  for (std::size_t i = 0; i < 3; ++i) {
    PlainNode part = ratio;
    part.unit = district(static_cast<int>(i) + 1);
    part.spec.value_bands = ScaleId();
    part.ties = {{4 + 2 * i, "1", Carry::value, EdgeRole::numerator},
                 {5 + 2 * i, "1", Carry::value, EdgeRole::denominator}};
    nodes.push_back(part);
  }
  const std::vector<PlainNode> figures{leaf("KELOLA", "64.01", "10", true),  leaf("TIMBUL", "64.01", "20", true),
                                       leaf("KELOLA", "64.02", "18", false), leaf("TIMBUL", "64.02", "20", false),
                                       leaf("KELOLA", "64.03", "2", false),  leaf("TIMBUL", "64.03", "40", false)};
  nodes.insert(nodes.end(), figures.begin(), figures.end());
  auto found = reach(nodes, "70");
  ASSERT_TRUE(found);
  EXPECT_TRUE(found->reached);
  EXPECT_EQ(found->waiting.size(), 2U);
  EXPECT_EQ(found->waiting.front().figures.size(), 2U);
  EXPECT_EQ(found->after, Rational(70));
  found = reach(nodes, "71");
  ASSERT_TRUE(found);
  EXPECT_FALSE(found->reached);
  EXPECT_EQ(found->best, Rational(70));
  EXPECT_EQ(paths(*found, found->best_units), std::vector<std::string>{"64.02"});
  EXPECT_TRUE(sink_.all().empty());
}

// 5 are valid; two of 3, 3, 3 make 11. Three pairs do; none alone.
TEST_F(ReachValidation, EqualChoicesAreNamed) {
  const auto found = reach({top(Aggregation::sum, 4), leaf("T", "64.01", "5", true), leaf("T", "64.02", "3", false),
                            leaf("T", "64.03", "3", false), leaf("T", "64.04", "3", false)},
                           "11");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->choice_count, 3U);
  EXPECT_EQ(found->choices.size(), 3U);
  EXPECT_EQ(paths(*found, found->choices.front()), (std::vector<std::string>{"64.02", "64.03"}));
  EXPECT_EQ(found->one_less, Rational(8));
}

// Twenty districts wait with 1 to 20 tons and nothing is valid: 20 + 19 + 18 = 57, so 57 takes three, and 58 four.
// Of three only that one reaches 57.
TEST_F(ReachValidation, ManyUnitsByTheirGains) {
  std::vector<PlainNode> nodes{top(Aggregation::sum, 20)};
  for (int i = 1; i <= 20; ++i) nodes.push_back(leaf("T", district(i), std::to_string(i), false));
  auto found = reach(nodes, "57");
  ASSERT_TRUE(found);
  EXPECT_TRUE(found->by_gains);
  EXPECT_FALSE(found->now);
  EXPECT_EQ(found->choice_count, 1U);
  EXPECT_EQ(paths(*found, found->choices.front()), (std::vector<std::string>{"64.18", "64.19", "64.20"}));
  found = reach(nodes, "58");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->choices.front().size(), 4U);
  // All are 210.
  found = reach(nodes, "211");
  ASSERT_TRUE(found);
  EXPECT_FALSE(found->reached);
  EXPECT_EQ(found->best, Rational(210));
}

// Validated 40, waiting 1 to 20: every one would pull the mean down, so the best is what is there.
TEST_F(ReachValidation, ValidationCanOnlyHurt) {
  std::vector<PlainNode> nodes{top(Aggregation::weighted_mean, 21), leaf("V", "64.30", "40", true)};
  for (int i = 1; i <= 20; ++i) nodes.push_back(leaf("V", district(i), std::to_string(i), false));
  const auto found = reach(nodes, "41");
  ASSERT_TRUE(found);
  EXPECT_TRUE(found->by_gains);
  EXPECT_FALSE(found->reached);
  EXPECT_EQ(found->best, Rational(40));
  EXPECT_TRUE(found->best_units.empty());
}

// A minimum of many is no sum of gains, and the sets of twenty units are too many.
TEST_F(ReachValidation, TooManySetsAreRefused) {
  std::vector<PlainNode> nodes{top(Aggregation::minimum, 21), leaf("V", "64.30", "40", true)};
  for (int i = 1; i <= 20; ++i) nodes.push_back(leaf("V", district(i), std::to_string(i), false));
  EXPECT_FALSE(reach(nodes, "41"));
  ASSERT_EQ(sink_.all().size(), 1U);
  EXPECT_EQ(sink_.all().front().code, Code::J3128);
}

TEST_F(ReachValidation, AlreadyThereAndNothingWaiting) {
  auto found = reach({top(Aggregation::sum, 1), leaf("T", "64.01", "5", true)}, "5");
  ASSERT_TRUE(found);
  EXPECT_TRUE(found->reached);
  EXPECT_TRUE(found->choices.front().empty());
  found = reach({top(Aggregation::sum, 1), leaf("T", "64.01", "5", true)}, "6");
  ASSERT_TRUE(found);
  EXPECT_FALSE(found->reached);
  EXPECT_TRUE(found->waiting.empty());
}

}  // namespace reach_validation_test
}  // namespace jenjang
