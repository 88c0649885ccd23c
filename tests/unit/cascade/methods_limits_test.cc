// Methods under limits, at their edges, and what they say when they cannot: figures worked by hand.
#include "engine/cascade/methods/rays.h"
#include "tests/unit/cascade/methods_problem.h"

namespace jenjang {
namespace methods_limits_test {

using testing::Case;
using testing::num;
using testing::nums;
using testing::Places;
using testing::Words;

constexpr Aggregation kMean = Aggregation::weighted_mean;

TEST(MethodLimits, FloorsAndCapsPushTheRest) {
  // Thirds of 90 with a cap of 20: the rest share 70. With a floor of 50 besides: 90 - 20 - 50 = 20.
  EXPECT_EQ((Case{.method = "rata", .target = "90", .weights = "1 1 1", .upper = "20 - -"}.shares()), nums("20 35 35"));
  EXPECT_EQ((Case{.method = "rata", .target = "90", .weights = "1 1 1", .lower = "- 50 -", .upper = "20 - -"}.shares()),
            nums("20 50 20"));
  // A mean: 0.5 x 80 + 0.5 x = 90 asks for 100.
  EXPECT_EQ(
      (Case{.method = "sama", .target = "90", .weights = "0.5 0.5", .aggregation = kMean, .upper = "80 -"}.shares()),
      nums("80 100"));
}

TEST(MethodLimits, CapsOutOfReachNameEveryCap) {
  const AllocationFailure failure =
      Case{.method = "rata", .target = "100", .weights = "1 1 1", .upper = "20 30 40"}.failure();
  EXPECT_EQ(failure.most, Rational(90));
  EXPECT_EQ(failure.least, Rational(0));
  EXPECT_FALSE(failure.too_low);
  EXPECT_EQ(failure.children, (Places{0, 1, 2}));  // without any one of them the rest could take it
}

TEST(MethodLimits, ACapThatADriverOfZeroMakesIdleIsNotBlamed) {
  const AllocationFailure failure =
      Case{.method = "proporsional", .target = "10", .weights = "1 1", .drivers = "1 0", .upper = "5 5"}.failure();
  EXPECT_EQ(failure.most, Rational(5));
  EXPECT_EQ(failure.children, Places{0});
}

TEST(MethodLimits, LimitsThatExcludeEachOther) {
  for (const char* const method : {"rata", "sama", "geser", "pengangkatan"}) {
    const AllocationFailure failure = Case{.method = method,
                                           .target = "50",
                                           .weights = "0.5 0.5",
                                           .aggregation = kMean,
                                           .baselines = "40 40",
                                           .lower = "- 60",
                                           .upper = "- 55"}
                                          .failure();
    EXPECT_EQ(failure.error, AllocationError::bounds) << method;
    EXPECT_EQ(failure.children, Places{1}) << method;
  }
}

TEST(MethodLimits, ASplitHandsOutNothingOfTheOtherSign) {
  // Floors of 30 and 30 in 50: the third is not told to give ten back.
  const AllocationFailure failure =
      Case{.method = "rata", .target = "50", .weights = "1 1 1", .lower = "30 30 -"}.failure();
  EXPECT_EQ(failure.least, Rational(60));
  EXPECT_EQ(failure.children, (Places{0, 1}));
  EXPECT_EQ((Case{.method = "rata", .target = "-9", .weights = "1 1 1"}.shares()), nums("-3 -3 -3"));
}

TEST(MethodLimits, SameFigureUnderMinimumAndMaximum) {
  Case family{.method = "sama", .target = "70", .weights = "1 1 1", .aggregation = Aggregation::minimum};
  EXPECT_EQ(family.shares(), nums("70 70 70"));
  EXPECT_TRUE(family.allocation().alike);
  family.lower = "80 - -";
  EXPECT_EQ(family.shares(), nums("80 70 70"));
  EXPECT_FALSE(family.allocation().alike);
  family.upper = "- 65 60";
  const AllocationFailure low = family.failure();
  EXPECT_EQ(low.children, Places{2});  // one child that stays below is a conflict by itself
  EXPECT_EQ(low.most, Rational(60));
  family.upper = "";
  family.lower = "80 75 90";
  const AllocationFailure high = family.failure();
  EXPECT_EQ(high.children, (Places{0, 1, 2}));
  EXPECT_EQ(high.least, Rational(75));
  EXPECT_TRUE(high.too_low);
  // A maximum is mirrored: it lies from the greatest lower limit to the greatest upper limit.
  family.aggregation = Aggregation::maximum;
  const AllocationFailure over = family.failure();
  EXPECT_EQ(over.children, Places{2});
  EXPECT_EQ(over.least, Rational(90));
  EXPECT_TRUE(over.too_low);
  family.lower = "";
  family.upper = "60 65 50";
  const AllocationFailure under = family.failure();
  EXPECT_EQ(under.children, (Places{0, 1, 2}));
  EXPECT_EQ(under.most, Rational(65));
  family.upper = "60 - 50";
  EXPECT_EQ(family.shares(), nums("60 70 50"));
}

// x = b + k max(0, g - b), worked apart from the kernel: k = (T - B) / sum w d.
TEST(MethodLimits, ALimitAtTheBaselineIsTheOneSidedForm) {
  const std::vector<Rational> weights = nums("0.5 0.3 0.2");
  for (const char* const target : {"69", "72.25", "80", "86"}) {
    const Case family{.method = "tutup-selisih",
                      .target = target,
                      .weights = "0.5 0.3 0.2",
                      .aggregation = kMean,
                      .baselines = "60 70 90",
                      .lower = "60 70 90",
                      .parameters = {{"batas_depan", "85"}}};
    // Gaps 25, 15, none: 12.5 + 4.5 = 17; B = 30 + 21 + 18 = 69.
    const Rational k = (num(target) - Rational(69)) / Rational(17);
    EXPECT_EQ(family.shares(),
              (std::vector<Rational>{Rational(60) + k * Rational(25), Rational(70) + k * Rational(15), Rational(90)}));
  }
  // Lower is better: baselines 20, 10, 2 to 5; the last is there already. Gaps -15, -5: B = 10 + 3 + 0.4.
  const Case falling{.method = "tutup-selisih",
                     .target = "10",
                     .weights = "0.5 0.3 0.2",
                     .aggregation = kMean,
                     .baselines = "20 10 2",
                     .upper = "20 10 2",
                     .parameters = {{"batas_depan", "5"}},
                     .polarity = Polarity::lower};
  // Open: 7.5 + 1.5 = 9, need 3.4: k = 17/45.
  EXPECT_EQ(falling.shares(), (std::vector<Rational>{Rational(20) - Rational(17, 45) * Rational(15),
                                                     Rational(10) - Rational(17, 45) * Rational(5), Rational(2)}));
}

TEST(MethodLimits, TwoSidedGapsCloseTogether) {
  // Frontier 80: gaps 20, 10, -10 weigh 10 + 3 - 2 = 11; B = 69, T = 74.5: k = 1/2.
  const Case family{.method = "tutup-selisih",
                    .target = "74.5",
                    .weights = "0.5 0.3 0.2",
                    .aggregation = kMean,
                    .baselines = "60 70 90",
                    .parameters = {{"batas_depan", "80"}}};
  EXPECT_EQ(family.shares(), nums("70 75 85"));
  Case beyond = family;
  beyond.target = "81";
  const AllocationFailure failure = beyond.failure();
  EXPECT_EQ(failure.least, Rational(69));
  EXPECT_EQ(failure.most, Rational(80));
  EXPECT_TRUE(failure.children.empty());  // the frontier, no limit, is in the way
}

TEST(MethodLimits, AGivenShareMeetsTheParentOrTellsWhatItReaches) {
  Case family{.method = "tutup-selisih",
              .target = "79.5",
              .weights = "0.5 0.5",
              .aggregation = kMean,
              .baselines = "60 70",
              .parameters = {{"batas_depan", "100"}, {"bagian_selisih", "0.5"}, {"tahun_selisih", "2"}}};
  // One of two years: a quarter of the gaps 40 and 30: 70 and 77.5, mean 73.75.
  const AllocationFailure failure = family.failure();
  EXPECT_EQ(failure.error, AllocationError::bounds);
  EXPECT_EQ(failure.least, num("73.75"));
  EXPECT_EQ(failure.most, num("73.75"));
  EXPECT_FALSE(failure.too_low);
  family.target = "73.75";
  EXPECT_EQ(family.shares(), nums("70 77.5"));
  // The path ends at its last year: 80 and 85.
  family.years = 5;
  family.target = "82.5";
  EXPECT_EQ(family.shares(), nums("80 85"));
  // Without a share there is nothing to hand to children that no arithmetic ties.
  family.aggregation = Aggregation::leaf;
  EXPECT_EQ(family.shares(), nums("80 85"));
  family.parameters.resize(1);
  EXPECT_EQ(family.failure().error, AllocationError::unsupported_aggregation);
}

TEST(MethodLimits, LiftKeepsLeadersAndMirrors) {
  // Lower is better: 40, 30, 10 down to one level m for those above it: (m + m + 10) / 3 = 20 gives 25.
  EXPECT_EQ((Case{.method = "pengangkatan",
                  .target = "60",
                  .weights = "1 1 1",
                  .baselines = "40 30 10",
                  .polarity = Polarity::lower}
                 .shares()),
            nums("25 25 10"));
  Case family{.method = "pengangkatan", .target = "100", .weights = "1 1 1", .baselines = "40 0 70"};
  const AllocationFailure failure = family.failure();
  EXPECT_EQ(failure.error, AllocationError::floor_overshoots);
  EXPECT_EQ(failure.least, Rational(110));
  EXPECT_EQ(failure.children, (Places{0, 2}));  // who stands at nothing is not needed
  family.target = "170";
  family.upper = "- 45 -";
  // 45 and the level 55 below 70: 55 + 45 + 70.
  EXPECT_EQ(family.shares(), nums("55 45 70"));
}

TEST(MethodLimits, FloorAndCommonGapShare) {
  // Floor 65, frontier 100, T = 80: x = max(65, 60 + 40k), 70 + 30k, 90 + 10k. With k >= 1/8 the floor is
  // passed: 69 + 31k = 80, k = 11/31 as in C09.
  Case family{.method = "lantai-selisih",
              .target = "80",
              .weights = "0.5 0.3 0.2",
              .aggregation = kMean,
              .baselines = "60 70 90",
              .parameters = {{"lantai", "65"}, {"batas_depan", "100"}}};
  EXPECT_EQ(family.shares(), nums("2300/31 2500/31 2900/31"));
  // T = 72: the floor holds: 32.5 + 0.3 (70 + 30k) + 0.2 (90 + 10k) = 71.5 + 11k, k = 1/22.
  family.target = "72";
  EXPECT_EQ(family.shares(),
            (std::vector<Rational>{Rational(65), Rational(70) + Rational(30, 22), Rational(90) + Rational(10, 22)}));
  // Everyone at the frontier 75, the leader at 90: 37.5 + 22.5 + 18 = 78 < 80.
  family.target = "80";
  family.parameters[1].second = "75";
  const AllocationFailure failure = family.failure();
  EXPECT_EQ(failure.error, AllocationError::bounds);
  EXPECT_EQ(failure.most, Rational(78));
  EXPECT_FALSE(failure.too_low);
}

TEST(MethodLimits, TheLeastChangeDownward) {
  Case family{.method = "skala", .target = "50", .weights = "1 1 1", .baselines = "50 30 20"};
  EXPECT_EQ(family.shares(), nums("25 15 10"));
  family.target = "0";
  EXPECT_EQ(family.shares(), nums("0 0 0"));
  family.target = "-50";
  EXPECT_EQ(family.shares(), nums("-25 -15 -10"));
  // A floor of 40: 10 is left for 30 : 20. A floor of 60 alone is more than 50: nobody goes below nothing.
  family.target = "50";
  family.lower = "40 - -";
  EXPECT_EQ(family.shares(), nums("40 6 4"));
  family.lower = "60 - -";
  EXPECT_EQ(family.failure().children, Places{0});
  family.method = "geser";
  EXPECT_EQ(family.shares(), nums("60 0 -10"));  // 60, then 50 less 60 over two that stand ten apart
}

TEST(MethodLimits, GeometricClosing) {
  // Frontier 100, b = 25 and 100: 25 x 4^k; k = 1/2 gives 50. Sum 150.
  Case family{.method = "geometris",
              .target = "150",
              .weights = "1 1",
              .baselines = "25 100",
              .parameters = {{"batas_depan", "100"}}};
  const std::vector<Rational> shares = family.shares();
  ASSERT_EQ(shares.size(), 2U);
  EXPECT_EQ(shares[1], Rational(100));
  EXPECT_EQ(shares[0], Rational(50));  // what the leader leaves, exactly
  // Two movers: 16 x 4^k... b = 16 and 4 to 64: 16 x 4^k + 4 x 16^k = 48 at k = 1/2 (32 + 16).
  family = {.method = "geometris",
            .target = "48",
            .weights = "1 1",
            .baselines = "16 4",
            .parameters = {{"batas_depan", "64"}}};
  const std::vector<Rational> both = family.shares();
  ASSERT_EQ(both.size(), 2U);
  EXPECT_NEAR(both[0].to_double(), 32, 1e-9);
  EXPECT_NEAR(both[1].to_double(), 16, 1e-9);
  EXPECT_EQ(both[0] + both[1], Rational(48));
  // Capped at 30, the other takes 18; the ends are exact.
  family.upper = "30 -";
  const std::vector<Rational> capped = family.shares();
  EXPECT_EQ(capped, nums("30 18"));
  family.upper = "";
  family.target = "20";
  EXPECT_EQ(family.shares(), nums("16 4"));
  family.target = "128";
  EXPECT_EQ(family.shares(), nums("64 64"));
  family.target = "129";
  EXPECT_EQ(family.failure().most, Rational(128));
  // No logarithm of zero.
  family.baselines = "16 0";
  EXPECT_EQ(family.failure().children, Places{1});
}

TEST(MethodLimits, EntropyNeverFallsBelowNothing) {
  Case family{
      .method = "entropi", .target = "0.000001", .weights = "0.75 0.25", .aggregation = kMean, .baselines = "50 80"};
  const std::vector<Rational> tiny = family.shares();
  ASSERT_EQ(tiny.size(), 2U);
  EXPECT_GE(tiny[0].sign(), 0);
  EXPECT_GE(tiny[1].sign(), 0);
  EXPECT_EQ(num("0.75") * tiny[0] + num("0.25") * tiny[1], num("0.000001"));
  family.target = "-1";
  EXPECT_EQ(family.failure().least, Rational(0));
  // A prior of nothing stays, unless its floor says otherwise.
  family = {.method = "entropi",
            .target = "60",
            .weights = "0.5 0.3 0.2",
            .aggregation = kMean,
            .baselines = "50 0 0",
            .lower = "- - 10"};
  EXPECT_EQ(family.shares(), nums("116 0 10"));  // 58 / 0.5
}

TEST(MethodLimits, FallingTogetherKeepsCaps) {
  Case family{.method = "turun-bersama", .target = "21", .weights = "1 1 1", .baselines = "12 6 2"};
  const AllocationFailure worse = family.failure();
  EXPECT_EQ(worse.error, AllocationError::bounds);
  EXPECT_EQ(worse.most, Rational(20));
  EXPECT_TRUE(worse.children.empty());
  family.target = "0";
  EXPECT_EQ(family.shares(), nums("0 0 0"));
  // 12 capped at 5: 6 m + 2 m = 6, m = 3/4.
  family.target = "11";
  family.upper = "5 - -";
  EXPECT_EQ(family.shares(), nums("5 4.5 1.5"));
  family.baselines = "12 0 2";
  family.upper = "";
  EXPECT_EQ(family.shares(), nums("66/7 0 11/7"));
}

TEST(Rays, TakesThePointNearestToTheStart) {
  // Two children that pull against each other: 0 + m up to 10, and 0 - 2m down to -10: the sum falls to
  // -5 at m = 5, then rises to 0 at m = 10. Target -4 is met at m = 4 and m = 6: the first is nearer.
  cascade::RayFamily family;
  family.rays.resize(2);
  family.rays[0].direction = Rational(1);
  family.rays[0].upper = Rational(10);
  family.rays[1].direction = Rational(-2);
  family.rays[1].lower = Rational(-10);
  family.first = Rational();
  const auto met = cascade::meet(family, Rational(-4), {});
  ASSERT_TRUE(std::holds_alternative<cascade::RayPoint>(met));
  EXPECT_EQ(std::get<cascade::RayPoint>(met).m, Rational(4));
  const auto out = cascade::meet(family, Rational(-6), {});
  ASSERT_TRUE(std::holds_alternative<AllocationFailure>(out));
  EXPECT_EQ(std::get<AllocationFailure>(out).least, Rational(-5));
  EXPECT_EQ(std::get<AllocationFailure>(out).most, Rational(0));
}

}  // namespace methods_limits_test
}  // namespace jenjang
