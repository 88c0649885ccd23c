// Reference vectors through the methods themselves. Ids (C01 ...) are those of the collected reference
// facts, which give source and evidence; each test repeats both. "derived" there means: produced by
// exact arithmetic and recomputed by a second algorithm. Tolerance 0 unless a test says otherwise.
#include "tests/unit/cascade/methods_problem.h"

namespace jenjang {
namespace methods_vectors_test {

using testing::Case;
using testing::num;
using testing::nums;
using testing::Places;
using testing::Words;

constexpr Aggregation kMean = Aggregation::weighted_mean;

// C01, derived.
TEST(MethodVectors, C01Replicate) {
  EXPECT_EQ((Case{"sama", "85.00", "0.1 0.2 0.3 0.4", kMean}.shares()), nums("85 85 85 85"));
  // A sum of n copies is no split.
  EXPECT_EQ((Case{"sama", "85", "1 1"}.failure().error), AllocationError::unsupported_aggregation);
}

// C02, derived.
TEST(MethodVectors, C02Equal) {
  EXPECT_EQ((Case{"rata", "10", "1 1 1 1"}.rounded("1")), (Words{"3", "3", "2", "2"}));
}

// C03, C04, derived.
TEST(MethodVectors, C03C04Proportional) {
  EXPECT_EQ((Case{.method = "proporsional", .target = "1200", .weights = "1 1 1", .drivers = "350000 150000 500000"}
                 .shares()),
            nums("420 180 600"));
  EXPECT_EQ(
      (Case{.method = "proporsional", .target = "1000.00", .weights = "1 1 1", .drivers = "1 1 1"}.rounded("0.01")),
      (Words{"333.34", "333.33", "333.33"}));
}

// C05, a rule of ours; other products spread equally over zero leaves [IBM-PA v].
TEST(MethodVectors, C05ZeroDrivers) {
  Case zeros{.method = "proporsional", .target = "90", .weights = "1 1 1", .drivers = "0 0 0"};
  EXPECT_EQ(zeros.failure().error, AllocationError::zero_driver);
  zeros.on_zero_driver = ZeroDriverPolicy::equal;
  EXPECT_EQ(zeros.shares(), nums("30 30 30"));
  zeros.target = "0";
  zeros.on_zero_driver = ZeroDriverPolicy::refuse;
  EXPECT_EQ(zeros.shares(), nums("0 0 0"));
  const AllocationFailure negative = Case{.method = "proporsional",
                                          .target = "90",
                                          .weights = "1 1 1",
                                          .drivers = "5 -1 2",
                                          .on_zero_driver = ZeroDriverPolicy::equal}
                                         .failure();
  EXPECT_EQ(negative.error, AllocationError::negative_driver);
  EXPECT_EQ(negative.children, Places{1});
}

// C06, five-step hold rule [IBM-PA v]: 1200 less the 200 held, by 100 : 300 : 400. The hold itself is
// the family's business and tested there.
TEST(MethodVectors, C06BesideAHold) {
  EXPECT_EQ((Case{.method = "proporsional", .target = "1000", .weights = "1 1 1", .drivers = "100 300 400"}.shares()),
            nums("125 375 500"));
}

// C08, published school-accountability example [ESEA v]: 42.4 percent not proficient, halved in six
// equal steps. Tolerance there 1e-9; here exact: 57.6 + 0.5 x 42.4 x year / 6.
TEST(MethodVectors, C08GivenShareInYearlySteps) {
  const std::vector<double> path{61.133333333333, 64.666666666667, 68.2, 71.733333333333, 75.266666666667, 78.8};
  for (int year = 1; year <= 6; ++year) {
    const std::vector<Rational> shares =
        Case{.method = "tutup-selisih",
             .target = "0",
             .weights = "1",
             .aggregation = Aggregation::leaf,
             .baselines = "57.6",
             .parameters = {{"batas_depan", "100"}, {"bagian_selisih", "0.5"}, {"tahun_selisih", "6"}},
             .years = year}
            .shares();
    ASSERT_EQ(shares.size(), 1U);
    EXPECT_EQ(shares[0], num("57.6") + num("21.2") * Rational(year, 6));
    EXPECT_NEAR(shares[0].to_double(), path[static_cast<std::size_t>(year - 1)], 1e-9);
  }
}

// C09, derived: k = 11/31.
TEST(MethodVectors, C09SolvedShare) {
  const Case family{.method = "tutup-selisih",
                    .target = "80",
                    .weights = "0.5 0.3 0.2",
                    .aggregation = kMean,
                    .baselines = "60 70 90",
                    .parameters = {{"batas_depan", "100"}}};
  // 60 + 40 x 11/31 = 2300/31; 70 + 30 x 11/31 = 2500/31; 90 + 10 x 11/31 = 2900/31.
  EXPECT_EQ(family.shares(), nums("2300/31 2500/31 2900/31"));
}

// C11, derived.
TEST(MethodVectors, C11MaxMinLift) {
  EXPECT_EQ((Case{.method = "pengangkatan",
                  .target = "80",
                  .weights = "0.5 0.3 0.2",
                  .aggregation = kMean,
                  .baselines = "60 70 90"}
                 .shares()),
            nums("77.5 77.5 90"));
}

// C13, derived: floors 85 and the leader's 90 weigh 42.5 + 25.5 + 18 = 86; any two stay below 80.
TEST(MethodVectors, C13FloorsOvershoot) {
  const AllocationFailure failure = Case{.method = "lantai-selisih",
                                         .target = "80",
                                         .weights = "0.5 0.3 0.2",
                                         .aggregation = kMean,
                                         .baselines = "60 70 90",
                                         .parameters = {{"lantai", "85"}, {"batas_depan", "95"}}}
                                        .failure();
  EXPECT_EQ(failure.error, AllocationError::floor_overshoots);
  EXPECT_EQ(failure.least, Rational(86));
  EXPECT_TRUE(failure.too_low);
  EXPECT_EQ(failure.children, (Places{0, 1, 2}));
}

// C14, derived: theta = 6/5. Entropy and scale coincide where all weights are one.
TEST(MethodVectors, C14BoundedProportional) {
  for (const char* const method : {"skala", "entropi"}) {
    EXPECT_EQ((Case{.method = method,
                    .target = "100",
                    .weights = "1 1 1",
                    .baselines = "50 30 20",
                    .lower = "0 0 0",
                    .upper = "40 100 100"}
                   .shares()),
              nums("40 36 24"));
  }
  EXPECT_EQ((Case{.method = "proporsional",
                  .target = "100",
                  .weights = "1 1 1",
                  .drivers = "50 30 20",
                  .lower = "0 0 0",
                  .upper = "40 100 100"}
                 .shares()),
            nums("40 36 24"));
}

// C16, derived; tolerance 1e-6 of the digits given, the sum exact.
TEST(MethodVectors, C16FourWaysToMoveAMean) {
  const auto adjusted = [](const char* method) {
    return Case{
        .method = method, .target = "70", .weights = "0.5 0.3 0.2", .aggregation = kMean, .baselines = "50 70 80"}
        .shares();
  };
  EXPECT_EQ(adjusted("geser"), nums("58 78 88"));
  const std::vector<std::pair<const char*, std::vector<double>>> others{
      {"kuadrat-terkecil", {60.526315789474, 76.315789473684, 84.210526315789}},
      {"skala", {56.451612903226, 79.032258064516, 90.322580645161}},
      {"entropi", {59.2493572118, 77.5043758634, 85.6200431756}}};
  const std::vector<Rational> weights = nums("0.5 0.3 0.2");
  for (const auto& [method, expected] : others) {
    const std::vector<Rational> shares = adjusted(method);
    ASSERT_EQ(shares.size(), 3U) << method;
    Rational mean;
    for (std::size_t i = 0; i < 3; ++i) {
      EXPECT_NEAR(shares[i].to_double(), expected[i], 1e-6) << method;
      mean += weights[i] * shares[i];
    }
    EXPECT_EQ(mean, Rational(70)) << method;
  }
}

// C17, vetoed bill of 1792, census of 1790 [COMAP v].
TEST(MethodVectors, C17FifteenStates) {
  EXPECT_EQ((Case{.method = "proporsional",
                  .target = "120",
                  .weights = "1 1 1 1 1 1 1 1 1 1 1 1 1 1 1",
                  .drivers = "630560 475327 432879 353523 331589 278514 236841 206236 179570 141822 85533 70835 68705 "
                             "68446 55540"}
                 .rounded("1")),
            (Words{"21", "16", "14", "12", "11", "9", "8", "7", "6", "5", "3", "2", "2", "2", "2"}));
}

// C19, textbook small Alabama paradox [BY u]; a divisor method has none: C keeps its place at 11.
TEST(MethodVectors, C19AlabamaParadox) {
  Case family{.method = "proporsional", .target = "10", .weights = "1 1 1", .drivers = "6 6 2"};
  EXPECT_EQ(family.rounded("1"), (Words{"4", "4", "2"}));
  // Quotients after (4, 4, 1): 6/9, 6/9, 2/3: all equal, the larger drivers first: (5, 4, 1); so at 10
  // Sainte-Lague gives (5, 4, 1) and at 11 (5, 5, 1): nobody falls.
  EXPECT_EQ(family.rounded("1", PartRounding::sainte_lague), (Words{"5", "4", "1"}));
  family.target = "11";
  EXPECT_EQ(family.rounded("1"), (Words{"5", "5", "1"}));
  EXPECT_EQ(family.rounded("1", PartRounding::sainte_lague), (Words{"5", "5", "1"}));
}

// C21, Sainte-Lague row published [Electowiki]; the D'Hondt row was recomputed there, since its note
// stops one seat short.
TEST(MethodVectors, C21DivisorMethods) {
  const Case family{.method = "proporsional", .target = "35", .weights = "1 1 1", .drivers = "503 304 193"};
  EXPECT_EQ(family.rounded("1", PartRounding::sainte_lague), (Words{"17", "11", "7"}));
  EXPECT_EQ(family.rounded("1", PartRounding::jefferson), (Words{"18", "11", "6"}));
}

// C24, derived.
TEST(MethodVectors, C24CappedSainteLague) {
  EXPECT_EQ((Case{.method = "proporsional", .target = "10", .weights = "1 1 1", .drivers = "5 3 2", .upper = "4 10 10"}
                 .rounded("1", PartRounding::sainte_lague)),
            (Words{"4", "4", "2"}));
}

// C30, derived: the share that stays is 15/20; the caps are whole, so 9, 4.5, 1.5 become 9, 5, 1.
TEST(MethodVectors, C30FallingTogether) {
  const Case family{.method = "turun-bersama",
                    .target = "15",
                    .weights = "1 1 1",
                    .baselines = "12 6 2",
                    .polarity = Polarity::lower};
  EXPECT_EQ(family.shares(), nums("9 4.5 1.5"));
  EXPECT_EQ(family.rounded("1"), (Words{"9", "5", "1"}));
}

// C33, derived: D's floor is not needed, 40 + 35 + 30 = 105 is five too many.
TEST(MethodVectors, C33SmallestConflict) {
  for (const char* const method : {"rata", "proporsional"}) {
    const AllocationFailure failure =
        Case{.method = method, .target = "100", .weights = "1 1 1 1", .drivers = "1 2 3 4", .lower = "40 35 30 5"}
            .failure();
    EXPECT_EQ(failure.error, AllocationError::bounds);
    EXPECT_EQ(failure.children, (Places{0, 1, 2}));
    EXPECT_EQ(failure.least, Rational(110));
    EXPECT_TRUE(failure.too_low);
    EXPECT_FALSE(failure.most.has_value());
  }
}

// C36, derived: why a new target is split by the driver and not by the cells of the old one.
TEST(MethodVectors, C36RespreadFromTheDriver) {
  Case family{.method = "proporsional", .target = "10", .weights = "1 1 1", .drivers = "1 1 1"};
  EXPECT_EQ(family.rounded("1"), (Words{"4", "3", "3"}));
  family.target = "20";
  EXPECT_EQ(family.rounded("1"), (Words{"7", "7", "6"}));
  family.drivers = "4 3 3";
  EXPECT_EQ(family.rounded("1"), (Words{"8", "6", "6"}));
}

}  // namespace methods_vectors_test
}  // namespace jenjang
