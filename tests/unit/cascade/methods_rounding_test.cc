// Apportionment against enumeration, against awarding one step at a time, and against itself in
// machine integers.
#include <algorithm>
#include <array>
#include <random>

#include "engine/cascade/rounding/rounding_integers.h"
#include "tests/unit/cascade/methods_problem.h"

namespace jenjang {
namespace methods_rounding_test {

using testing::nums;
using Counts = std::vector<int>;

constexpr std::array<std::string_view, 5> kKeys{"a", "b", "c", "d", "e"};

// Every way to write `total` as a sum of `n` whole parts.
void all_splits(std::size_t n, int total, Counts& begun, std::vector<Counts>& out) {
  if (begun.size() + 1 == n) {
    begun.push_back(total);
    out.push_back(begun);
    begun.pop_back();
    return;
  }
  for (int part = 0; part <= total; ++part) {
    begun.push_back(part);
    all_splits(n, total - part, begun, out);
    begun.pop_back();
  }
}

struct Split {
  std::vector<Rational> weights, quotas;
  Rational total;
  Split(const Counts& w, int steps) : total(steps) {
    Rational sum;
    for (const int weight : w) {
      weights.emplace_back(weight);
      sum += weights.back();
    }
    for (const Rational& weight : weights) {
      quotas.push_back(total * weight / sum);
    }
  }
  [[nodiscard]] std::optional<std::vector<Decimal>> round(PartRounding rounding) const {
    return cascade::round_to_total({quotas, Decimal(1), weights, std::span(kKeys).first(weights.size()), {}, {}}, total,
                                   rounding, weights);
  }
  // What the method is published to make least: sum of (s - q)^2, or of (s - q)^2 / w.
  template <typename Cells>
  [[nodiscard]] Rational departure(const Cells& cells, bool by_weight) const {
    Rational sum;
    for (std::size_t i = 0; i < weights.size(); ++i) {
      const Rational off = Rational(cells[i]) - quotas[i];
      sum += by_weight ? off * off / weights[i] : off * off;
    }
    return sum;
  }
};

TEST(Rounding, LargestRemainderAndSainteLagueMakeTheirCriterionLeast) {
  std::mt19937 random(1);
  for (int turn = 0; turn < 80; ++turn) {
    const std::size_t n = 1 + random() % 4;
    const int total = static_cast<int>(random() % 13);
    Counts weights;
    for (std::size_t i = 0; i < n; ++i) {
      weights.push_back(1 + static_cast<int>(random() % 30));
    }
    const Split split(weights, total);
    Counts begun;
    std::vector<Counts> splits;
    all_splits(n, total, begun, splits);
    for (const bool by_weight : {false, true}) {
      Rational least = split.departure(splits.front(), by_weight);
      for (const Counts& other : splits) {
        least = std::min(least, split.departure(other, by_weight));
      }
      const auto cells = split.round(by_weight ? PartRounding::sainte_lague : PartRounding::largest_remainder);
      ASSERT_TRUE(cells.has_value());
      EXPECT_EQ(split.departure(*cells, by_weight), least) << "turn " << turn;
    }
  }
}

// One step at a time to the largest w / d(s), ties to the larger weight, then to the earlier place.
std::optional<Counts> award(const Counts& weights, const Counts& lower, const Counts& upper, int total, int slope) {
  Counts seats = lower;
  for (const int floor : lower) {
    total -= floor;
  }
  if (total < 0) {
    return std::nullopt;
  }
  for (; total > 0; --total) {
    int best = -1;
    for (int i = 0; i < static_cast<int>(weights.size()); ++i) {
      const auto at = [](const Counts& row, int place) {
        return static_cast<long>(row[static_cast<std::size_t>(place)]);
      };
      if (at(weights, i) == 0 || at(seats, i) >= at(upper, i)) {
        continue;
      }
      if (best < 0) {
        best = i;
        continue;
      }
      const long mine = at(weights, i) * (slope * at(seats, best) + 1);
      const long theirs = at(weights, best) * (slope * at(seats, i) + 1);
      if (mine > theirs || (mine == theirs && at(weights, i) > at(weights, best))) {
        best = i;
      }
    }
    if (best < 0) {
      return std::nullopt;
    }
    ++seats[static_cast<std::size_t>(best)];
  }
  return seats;
}

TEST(Rounding, DivisorMethodsWithinLimitsEqualStepByStepAward) {
  std::mt19937 random(2);
  int refused = 0;
  for (int turn = 0; turn < 300; ++turn) {
    const std::size_t n = 1 + random() % 5;
    const int total = static_cast<int>(random() % 400);
    const int slope = random() % 2 == 0 ? 2 : 1;
    Counts weights, lower, upper;
    std::vector<Rational> exact;
    std::vector<std::optional<Rational>> floors, caps;
    for (std::size_t i = 0; i < n; ++i) {
      weights.push_back(static_cast<int>(random() % 40));
      lower.push_back(random() % 3 == 0 ? static_cast<int>(random() % 60) : 0);
      upper.push_back(random() % 3 == 0 ? lower.back() + static_cast<int>(random() % 100) : 1000000);
      exact.emplace_back(weights.back());
      // Limits between the steps count as the next step inward.
      floors.push_back(lower.back() == 0 ? std::nullopt : std::optional(Rational(3 * lower.back() - 1, 3)));
      caps.push_back(upper.back() == 1000000 ? std::nullopt : std::optional(Rational(3 * upper.back() + 2, 3)));
    }
    const auto expected = award(weights, lower, upper, total, slope);
    const auto cells =
        cascade::round_to_total({exact, Decimal(1), exact, std::span(kKeys).first(n), floors, caps}, Rational(total),
                                slope == 2 ? PartRounding::sainte_lague : PartRounding::jefferson);
    ASSERT_EQ(cells.has_value(), expected.has_value()) << "turn " << turn;
    refused += expected ? 0 : 1;
    for (std::size_t i = 0; expected && i < n; ++i) {
      EXPECT_EQ((*cells)[i], Decimal((*expected)[i])) << "turn " << turn << " child " << i;
    }
  }
  EXPECT_GT(refused, 10);
  EXPECT_LT(refused, 200);
}

TEST(Rounding, MoreStepsNeverCostADivisorMethodOne) {
  std::mt19937 random(3);
  for (int turn = 0; turn < 40; ++turn) {
    Counts weights;
    for (int i = 0; i < 5; ++i) {
      weights.push_back(1 + static_cast<int>(random() % 100));
    }
    for (const PartRounding rounding : {PartRounding::sainte_lague, PartRounding::jefferson}) {
      std::vector<Decimal> before(5, Decimal(0));
      for (int total = 0; total < 60; ++total) {
        const std::vector<Decimal> cells = Split(weights, total).round(rounding).value();
        for (std::size_t i = 0; i < 5; ++i) {
          ASSERT_GE(cells[i], before[i]);
        }
        before = cells;
      }
    }
  }
}

TEST(Rounding, AHugeTotalCostsNoMoreThanASmallOne) {
  // 10^15 by 1 : 2 : 4: 142857142857142 6/7, 285714285714285 5/7, 571428571428571 3/7. Sainte-Lague rounds
  // the first two up: 143 + 286 + 571 (in the last digits) add up to the total already.
  const std::vector<Rational> weights = nums("1 2 4");
  const auto cells = cascade::round_to_total({weights, Decimal(1), weights, {}, {}, {}},
                                             Rational(1'000'000'000'000'000), PartRounding::sainte_lague);
  ASSERT_TRUE(cells.has_value());
  EXPECT_EQ((*cells)[0], Decimal(142'857'142'857'143));
  EXPECT_EQ((*cells)[1], Decimal(285'714'285'714'286));
  EXPECT_EQ((*cells)[2], Decimal(571'428'571'428'571));
  const auto opposite =
      cascade::round_to_total({nums("-1 -2 -4"), Decimal(1), {}, {}, {}, {}}, Rational(-7), PartRounding::jefferson);
  ASSERT_TRUE(opposite.has_value());
  EXPECT_EQ((*opposite)[2], Decimal(-4));
}

TEST(Rounding, ChildrenWithoutWeightClaimNothing) {
  const std::vector<Rational> weights = nums("0 3 0");
  const auto cells =
      cascade::round_to_total({weights, Decimal(1), weights, {}, {}, {}}, Rational(7), PartRounding::sainte_lague);
  EXPECT_EQ(cells.value(), (std::vector<Decimal>{Decimal(0), Decimal(7), Decimal(0)}));
  const std::vector<Rational> none = nums("0 0");
  EXPECT_FALSE(
      cascade::round_to_total({none, Decimal(1), none, {}, {}, {}}, Rational(1), PartRounding::jefferson).has_value());
}

TEST(IntegerParts, EqualTheRoadOfRationals) {
  std::mt19937 random(4);
  for (int turn = 0; turn < 300; ++turn) {
    const std::size_t n = 1 + random() % 5;
    const int total = static_cast<int>(random() % 2001) - 1000;
    Counts weights;
    std::vector<Int128> whole;
    for (std::size_t i = 0; i < n; ++i) {
      weights.push_back(static_cast<int>(random() % 6));  // many ties, some zeros
      whole.push_back(weights.back());
    }
    if (std::all_of(weights.begin(), weights.end(), [](int w) { return w == 0; })) {
      EXPECT_FALSE(cascade::apportion_integers(total, whole, {}).has_value());
      continue;
    }
    std::array<std::string_view, 5> keys = kKeys;
    std::shuffle(keys.begin(), keys.begin() + static_cast<std::ptrdiff_t>(n), random);
    const auto named = std::span(keys).first(n);
    const Split split(weights, total);
    const auto slow = cascade::round_to_total({split.quotas, Decimal(1), split.weights, named, {}, {}}, split.total);
    const auto quick = cascade::apportion_integers(total, whole, named);
    ASSERT_TRUE(slow && quick);
    for (std::size_t i = 0; i < n; ++i) {
      EXPECT_EQ(Decimal::from_parts(quick->steps[i], 0), (*slow)[i]) << "turn " << turn;
      // |total| w = whole steps x W + remainder.
      const Rational over(Decimal::from_parts(quick->remainders[i], 0));
      const std::optional<Int128> floor = split.quotas[i].absolute().floor();
      EXPECT_EQ((split.quotas[i].absolute() - Rational(Decimal::from_parts(*floor, 0))) *
                    Rational(Decimal::from_parts(quick->weight_sum, 0)),
                over);
    }
  }
}

TEST(IntegerParts, LeaveWhatIsTooLargeToTheRationals) {
  const Int128 big = Int128{1} << 100;
  EXPECT_FALSE(cascade::apportion_integers(Int128{1} << 30, std::vector<Int128>{big, big}, {}).has_value());
  EXPECT_FALSE(cascade::apportion_integers(1, std::vector<Int128>{big << 26, big << 26}, {}).has_value());
  EXPECT_FALSE(cascade::apportion_integers(1, std::vector<Int128>{-1, 2}, {}).has_value());
  EXPECT_FALSE(cascade::apportion_integers(1, {}, {}).has_value());
  const auto weights = cascade::whole_weights(
      std::vector<Decimal>{Decimal::parse("1.25").value(), Decimal(3), Decimal::parse("0.5").value()});
  EXPECT_EQ(weights.value(), (std::vector<Int128>{125, 300, 50}));
}

}  // namespace methods_rounding_test
}  // namespace jenjang
