// Published and worked figures of the environment sector, end to end through the roll-up.
#include "tests/unit/rollup/support.h"

namespace jenjang::testing {
namespace figures_test {

struct District {
  const char *generated, *reduced, *handled;
  bool validated;
};
// Waste 2022 of ten districts, tonnes (synthetic, adding up to the published province total).
constexpr District kWaste[] = {{"57915", "9266", "38224", true},    {"153356", "29706", "105287", true},
                               {"52151", "8866", "35463", true},    {"36224", "3260", "16663", false},
                               {"91347", "13702", "55722", false},  {"37569", "5635", "26298", true},
                               {"6836", "342", "1709", false},      {"144722", "36180", "101305", true},
                               {"174090", "34818", "130568", true}, {"37618", "9781", "26333", true}};

PlainPlan waste() {
  PlainPlan plan;
  std::vector<PlainTie> districts;
  for (std::size_t i = 0; i < 10; ++i) {
    const std::string unit = "64." + std::to_string(10 + i);
    const District& d = kWaste[i];
    const std::size_t first = plan.nodes.size();
    plan.nodes.push_back(leaf("ton_pengurangan", unit, {{"2022", d.reduced, d.validated}}));
    plan.nodes.push_back(leaf("ton_penanganan", unit, {{"2022", d.handled, d.validated}}));
    plan.nodes.push_back(leaf("ton_timbulan", unit, {{"2022", d.generated, d.validated}}));
    for (std::size_t n = first; n < first + 3; ++n) {
      plan.nodes[n].kind = ItemKind::operand;
      plan.nodes[n].spec.accumulation = Accumulation::increments;
    }
    plan.nodes.push_back(inner("SAMPAH", Aggregation::ratio,
                               {{first, "1", Carry::value, EdgeRole::numerator},
                                {first + 1, "1", Carry::value, EdgeRole::numerator},
                                {first + 2, "1", Carry::value, EdgeRole::denominator}}));
    plan.nodes.back().unit = unit;
    plan.nodes.back().spec.factor = Decimal(100);
    districts.push_back({plan.nodes.size() - 1});
  }
  plan.nodes.push_back(inner("SAMPAH", Aggregation::ratio, districts));
  plan.nodes.back().spec.factor = Decimal(100);
  return plan;
}

TEST(SampleFigures, WasteOfTenDistricts) {
  const Rolled rolled(waste());
  const ResultCell& all = rolled.at(40, "2022");
  // (151 556 + 537 572) / 791 828
  EXPECT_EQ(*rolled.value(40, "2022"), rat("68912800/791828"));
  EXPECT_EQ(two(*rolled.value(40, "2022")), "87.03");
  EXPECT_EQ(all.covered, 10U);
  EXPECT_EQ(all.expected, 10U);
  EXPECT_TRUE(all.flags & kTouchedUnvalidated);
  const ResultCell& validated = rolled.at(40, "2022", Lane::validated);
  EXPECT_EQ(two(*rolled.value(40, "2022", Lane::validated)), "90.92");
  EXPECT_NEAR(validated.value, 90.92, 0.005);
  EXPECT_EQ(validated.covered, 7U);
  EXPECT_EQ(validated.expected, 10U);
  EXPECT_FALSE(validated.flags & kTouchedUnvalidated);
  // 657 421 of 791 828 tonnes
  EXPECT_EQ(validated.covered_weight, 657421);
  EXPECT_EQ(validated.expected_weight, 791828);
  EXPECT_NEAR(100 * validated.covered_weight / validated.expected_weight, 83.03, 0.005);
  EXPECT_EQ(rolled.at(3, "2022").covered, 1U);  // one district is one of one
  EXPECT_EQ(rolled.at(3, "2022").expected, 1U);
}

PlainPlan index(std::vector<std::pair<const char*, const char*>> weight_and_value) {
  PlainPlan plan;
  std::vector<PlainTie> ties;
  for (const auto& [weight, value] : weight_and_value) {
    ties.push_back({plan.nodes.size(), weight});
    plan.nodes.push_back(leaf("K" + std::to_string(plan.nodes.size()), "64", {{"2020", value}}));
  }
  plan.nodes.push_back(inner("IKLH", Aggregation::weighted_mean, ties, MissingPolicy::strict));
  return plan;
}

TEST(SampleFigures, EnvironmentalQualityIndex) {
  const Rolled province(index({{"0.340", "53.70"}, {"0.428", "89.06"}, {"0.133", "79.76"}, {"0.099", "83.51"}}));
  EXPECT_EQ(*province.value(4, "2020"), rat("75.25125"));
  EXPECT_EQ(two(*province.value(4, "2020")), "75.25");
  const Rolled wonogiri(index({{"0.376", "77.50"}, {"0.405", "84.18"}, {"0.219", "41.81"}}));
  EXPECT_EQ(two(*wonogiri.value(3, "2020")), "72.39");
}

TEST(SampleFigures, AchievementsOfTheProvince) {
  AchievementSpec spec;
  spec.formula = AchievementFormula::h1;
  const auto percent = [&](const char* realised, const char* target) {
    return two(*achievement_exact(spec, Polarity::higher, rat(realised), *Target::parse(target), {}).raw);
  };
  EXPECT_EQ(percent("75.55", "76.15"), "99.21");
  EXPECT_EQ(percent("36.40", "14.667"), "248.18");
  EXPECT_EQ(percent("78.74", "78.50"), "100.31");
}

TEST(SampleFigures, ProgressFromABaseline) {
  AchievementSpec spec;
  spec.formula = AchievementFormula::baseline;
  const auto progress = [&](const char* base, const char* target, const char* realised) {
    return achievement_exact(spec, Polarity::lower, rat(realised), *Target::parse(target), dec(base));
  };
  // Households without sanitation: 37 407 at the start, 15 674 left.
  EXPECT_EQ(two(*progress("37407", "7483", "15674").raw), "72.63");
  EXPECT_EQ(two(*progress("37407", "0", "15674").raw), "58.10");
  EXPECT_EQ(two(*progress("38431", "0", "15024").raw), "60.91");
  EXPECT_EQ(*progress("10", "0", "0").raw, Rational(100));
  EXPECT_EQ(*progress("10", "0", "12").raw, Rational(-20));  // moving away
  EXPECT_EQ(*progress("10", "0", "10").raw, Rational(0));
  const auto nothing_to_do = progress("0", "0", "0");
  EXPECT_EQ(*nothing_to_do.raw, Rational(100));
  EXPECT_TRUE(nothing_to_do.zero_target_rule);
  EXPECT_EQ(*progress("0", "0", "3").raw, Rational(0));
}

TEST(SampleFigures, ZeroTargets) {
  AchievementSpec spec;
  spec.formula = AchievementFormula::l1;
  const Target zero{Decimal(0)};
  const auto outcome = [&](Polarity polarity, int realised) {
    return achievement_exact(spec, polarity, Rational(realised), zero, {});
  };
  spec.on_zero_target = ZeroTargetRule::refuse;
  EXPECT_FALSE(outcome(Polarity::lower, 0).raw);
  EXPECT_EQ(outcome(Polarity::lower, 0).state, CellState::not_applicable);
  EXPECT_TRUE(outcome(Polarity::lower, 0).zero_target_rule);
  spec.on_zero_target = ZeroTargetRule::met_or_missed;
  EXPECT_EQ(*outcome(Polarity::lower, 0).raw, Rational(100));
  EXPECT_EQ(*outcome(Polarity::lower, 1).raw, Rational(0));
  EXPECT_FALSE(outcome(Polarity::higher, 5).raw);  // nothing can fall short of zero
}

TEST(SampleFigures, FormulasAtTheirEdges) {
  const auto raw = [](AchievementFormula formula, Polarity polarity, const char* realised, const char* target) {
    AchievementSpec spec;
    spec.formula = formula;
    return achievement_exact(spec, polarity, rat(realised), *Target::parse(target), {}).raw;
  };
  EXPECT_EQ(*raw(AchievementFormula::l1, Polarity::lower, "0", "5"), Rational(200));
  EXPECT_EQ(*raw(AchievementFormula::l1, Polarity::lower, "10", "5"), Rational(0));
  EXPECT_EQ(*raw(AchievementFormula::l1, Polarity::lower, "15", "5"), Rational(-100));
  EXPECT_FALSE(raw(AchievementFormula::l2, Polarity::lower, "0", "5"));
  EXPECT_EQ(*raw(AchievementFormula::l2, Polarity::lower, "10", "5"), Rational(50));
  EXPECT_EQ(*raw(AchievementFormula::stabilise, Polarity::stabilise, "6", "5"), Rational(80));
  EXPECT_EQ(*raw(AchievementFormula::stabilise, Polarity::stabilise, "4", "5"), Rational(80));
  EXPECT_EQ(*raw(AchievementFormula::reversed, Polarity::lower, "6", "5"), Rational(120));
  EXPECT_EQ(*raw(AchievementFormula::h1, Polarity::higher, "-1", "-2"),
            Rational(150));  // half a unit better than asked
  EXPECT_EQ(*raw(AchievementFormula::range, Polarity::range, "4.48", "2.5..4.5"), Rational(100));
  EXPECT_EQ(*raw(AchievementFormula::range, Polarity::range, "5", "2..4"), Rational(75));  // 2 - 5/4
  EXPECT_EQ(*raw(AchievementFormula::range, Polarity::range, "1", "2..4"), Rational(50));
  EXPECT_EQ(*raw(AchievementFormula::ordinal, Polarity::grade, "3", "3"), Rational(100));
  EXPECT_EQ(*raw(AchievementFormula::ordinal, Polarity::grade, "2", "3"), Rational(0));
  EXPECT_FALSE(raw(AchievementFormula::none, Polarity::context, "2", "3"));
}

TEST(SampleFigures, CapAndFloorKeepTheRawFigure) {
  AchievementSpec spec;
  spec.formula = AchievementFormula::h1;
  spec.cap = Decimal(120);
  spec.floor = Decimal(0);
  bool capped = false;
  EXPECT_EQ(apply_cap(spec, rat("248.18"), &capped), Rational(120));
  EXPECT_TRUE(capped);
  EXPECT_EQ(apply_cap(spec, Rational(120), &capped), Rational(120));
  EXPECT_FALSE(capped);
  EXPECT_EQ(apply_cap(spec, Rational(-5), &capped), Rational(0));
  EXPECT_TRUE(capped);
}

}  // namespace figures_test
}  // namespace jenjang::testing
