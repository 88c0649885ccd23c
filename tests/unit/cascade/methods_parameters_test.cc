// What parameters change: declared shares, and which children shall reach a mark.
#include "tests/unit/cascade/methods_problem.h"

namespace jenjang {
namespace methods_parameters_test {

using testing::Case;
using testing::num;
using testing::nums;
using testing::Places;

TEST(MethodParameters, DeclaredSharesMayBeNormalised) {
  const AllocationMethod& method = *find_allocation_method("bagian-tetap");
  const std::vector<Rational> drivers = nums("2 3");
  EXPECT_EQ(method.check_drivers(drivers, {})->error, AllocationError::shares_do_not_sum);
  const std::vector<ParameterValue> yes{{"normalkan", std::nullopt, "ya"}};
  const std::vector<ParameterValue> no{{"normalkan", std::nullopt, "tidak"}};
  EXPECT_FALSE(method.check_drivers(drivers, yes).has_value());
  EXPECT_TRUE(method.check_drivers(drivers, no).has_value());
  EXPECT_EQ((Case{.method = "bagian-tetap",
                  .target = "10",
                  .weights = "1 1",
                  .drivers = "2 3",
                  .parameters = {{"normalkan", "ya"}}}
                 .shares()),
            nums("4 6"));
}

TEST(MethodParameters, ChoosesTheFewestNearestToTheMark) {
  Case family{.method = "pilih",
              .target = "0.5",
              .weights = "0.2 0.2 0.2 0.2 0.2",
              .aggregation = Aggregation::share_meeting,
              .baselines = "60 85 70 78 40",
              .parameters = {{"ambang", "80"}}};
  // Half of five is three: the one beyond the mark, then 78, then 70.
  const Allocation three = family.allocation();
  EXPECT_EQ(three.chosen, (std::vector<bool>{false, true, true, true, false}));
  EXPECT_EQ(three.shares[1], Rational(85));  // keeps what is better
  EXPECT_EQ(three.shares[2], Rational(80));
  family.target = "0.4";
  EXPECT_EQ(family.allocation().chosen, (std::vector<bool>{false, true, false, true, false}));
  // A held sibling that reaches the mark counts: weights of six.
  family.weights = "1/6 1/6 1/6 1/6 1/6";
  family.already_met = "1/6";
  family.target = "0.5";
  EXPECT_EQ(family.allocation().chosen, (std::vector<bool>{false, true, false, true, false}));
  family.target = "0.1";
  EXPECT_EQ(family.allocation().chosen, std::vector<bool>(5, false));
  // Who may not go to the mark is passed over; too many of those are the conflict.
  family.upper = "- - - 79 -";
  family.target = "0.5";
  EXPECT_EQ(family.allocation().chosen, (std::vector<bool>{false, true, true, false, false}));
  family.target = "1";
  const AllocationFailure failure = family.failure();
  EXPECT_EQ(failure.children, Places{3});
  EXPECT_EQ(failure.most, num("5/6"));
  family.baselines = "60 - 70 78 40";
  EXPECT_EQ(family.failure().error, AllocationError::needs_baseline);
  family.parameters.emplace_back("urut", "pemacu");
  family.drivers = "5 9 7 1 7";
  family.target = "0.5";
  // Largest driver first, a tie by key: b (9), c (7), e (7), beside the sixth that is held.
  EXPECT_EQ(family.allocation().chosen, (std::vector<bool>{false, true, true, false, false}));
  family.target = "0.6";
  EXPECT_EQ(family.allocation().chosen, (std::vector<bool>{false, true, true, false, true}));
}

TEST(MethodParameters, ChoosesByPolarity) {
  const Allocation found = Case{.method = "pilih",
                                .target = "0.5",
                                .weights = "0.25 0.25 0.25 0.25",
                                .aggregation = Aggregation::share_meeting,
                                .baselines = "12 9 30 14",
                                .parameters = {{"ambang", "10"}},
                                .polarity = Polarity::lower}
                               .allocation();
  EXPECT_EQ(found.chosen, (std::vector<bool>{true, true, false, false}));
  EXPECT_EQ(found.shares[0], Rational(10));
  EXPECT_EQ(found.shares[1], Rational(9));
}

}  // namespace methods_parameters_test
}  // namespace jenjang
