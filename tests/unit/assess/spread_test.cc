#include "jenjang/assess/spread.h"

#include <gtest/gtest.h>

namespace jenjang {
namespace spread_test {

const std::vector<std::string> kLabels{"Sangat Baik", "Baik", "Butuh Perbaikan", "Kurang", "Sangat Kurang"};

SpreadDemand demand(std::vector<std::string> labels) {
  SpreadDemand one;
  one.labels = std::move(labels);
  return one;
}
SpreadRow row(std::vector<SpreadDemand> demands) {
  SpreadRow one;
  one.demands = std::move(demands);
  return one;
}
SpreadCheck check(const SpreadRow& demands, const std::vector<std::int64_t>& counts) {
  return check_spread(demands, kLabels, counts);
}

// The organisation is Baik: Baik the largest group and at most 70 percent, somebody in Butuh Perbaikan or Kurang.
SpreadRow good_organisation() {
  SpreadDemand good = demand({"Baik"});
  good.largest = true;
  good.at_most = SpreadShare{70, 100};
  SpreadDemand weak = demand({"Butuh Perbaikan", "Kurang"});
  weak.at_least_count = 1;
  return row({good, weak});
}

TEST(Spread, HoldsAtSeventyPercentExactly) {
  // 7 of 10 is 70 percent, not above it.
  const SpreadCheck result = check(good_organisation(), {2, 7, 1, 0, 0});
  EXPECT_TRUE(result.holds);
  ASSERT_TRUE(result.moves);
  EXPECT_TRUE(result.moves->empty());
  EXPECT_EQ(result.outcomes[0].high, 7);
}

TEST(Spread, EverybodyGoodMovesThree) {
  // 10 in Baik: at most 7 may stay, and one must be in Butuh Perbaikan or Kurang; three moves, one of them there.
  const SpreadCheck result = check(good_organisation(), {0, 10, 0, 0, 0});
  EXPECT_FALSE(result.holds);
  EXPECT_EQ(result.moved, 3);
  ASSERT_TRUE(result.moves);
  std::int64_t weak = 0;
  for (const SpreadMove& move : *result.moves) {
    EXPECT_EQ(move.from, "Baik");
    if (move.to == "Butuh Perbaikan" || move.to == "Kurang") weak += move.count;
  }
  EXPECT_GE(weak, 1);
}

TEST(Spread, LargestNamesWhoIsLarger) {
  const SpreadCheck result = check(good_organisation(), {6, 3, 1, 0, 0});
  EXPECT_FALSE(result.outcomes[0].holds);
  EXPECT_EQ(result.outcomes[0].larger, "Sangat Baik");
  // 6 against 3: two from Sangat Baik to Baik make 4 and 5.
  EXPECT_EQ(result.moved, 2);
}

TEST(Spread, SharesRoundTowardsTheDemand) {
  // At most 10 percent of 9 people is nobody; at least 60 percent of 9 is 5.4, so six.
  SpreadDemand top = demand({"Sangat Baik"});
  top.at_most = SpreadShare{10, 100};
  SpreadDemand middle = demand({"Butuh Perbaikan"});
  middle.at_least = SpreadShare{60, 100};
  const SpreadCheck result = check(row({top, middle}), {1, 3, 5, 0, 0});
  EXPECT_EQ(result.outcomes[0].high, 0);
  EXPECT_EQ(result.outcomes[1].low, 6);
  EXPECT_FALSE(result.holds);
  // One person, from Sangat Baik to Butuh Perbaikan, mends both.
  EXPECT_EQ(result.moved, 1);
  ASSERT_EQ(result.moves->size(), 1U);
  EXPECT_EQ(result.moves->front().from, "Sangat Baik");
  EXPECT_EQ(result.moves->front().to, "Butuh Perbaikan");
}

TEST(Spread, TellsWhenNoDistributionComplies) {
  // One person cannot be the largest group with at most 70 percent of one.
  const SpreadCheck result = check(good_organisation(), {0, 1, 0, 0, 0});
  EXPECT_FALSE(result.holds);
  EXPECT_FALSE(result.moves);
}

TEST(Spread, NobodyToJudgeHolds) {
  EXPECT_TRUE(check(good_organisation(), {0, 0, 0, 0, 0}).holds);
}

}  // namespace spread_test
}  // namespace jenjang
