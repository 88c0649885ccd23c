// The fewest units to validate equal trying every set, on random sums, means and ratios of few and of many units.
#include <bit>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "jenjang/assess/reach_validation.h"

#include "tests/support/plain_plan.h"

namespace jenjang {
namespace reach_validation_property_test {

int draw(int low, int high) {
  return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(low, high + 1));
}

struct District {
  int part = 0, whole = 1;  // a ratio's sides; of a sum and a mean the figure and the weight
};

void check(Aggregation how, int waiting) {
  testing::PlainPlan plain;
  testing::PlainNode top;
  top.code = "X";
  top.spec.polarity = Polarity::higher;
  top.spec.aggregation = how;
  top.spec.value_bands = ScaleId(0);
  plain.nodes.push_back(top);
  std::vector<District> districts;
  const bool ratio = how == Aggregation::ratio;
  const auto figure = [&](const std::string& code, int i, int number) {
    testing::PlainNode leaf;
    leaf.code = code;
    leaf.unit = "64." + std::to_string(10 + i);
    leaf.spec.polarity = Polarity::higher;
    // The first is validated.
    leaf.facts = {{"2025", std::to_string(number), i == 0}};
    plain.nodes.push_back(leaf);
    return plain.nodes.size() - 1;
  };
  for (int i = 0; i <= waiting; ++i) {
    const District made{draw(0, 9), how == Aggregation::sum ? 1 : draw(1, 4)};
    districts.push_back(made);
    std::size_t child = figure("N", i, made.part);
    std::string weight = how == Aggregation::weighted_mean ? std::to_string(made.whole) : "1";
    if (ratio) {
      testing::PlainNode part = top;
      part.unit = "64." + std::to_string(10 + i);
      part.spec.value_bands = ScaleId();
      part.ties = {{child, "1", Carry::value, EdgeRole::numerator},
                   {figure("D", i, made.whole), "1", Carry::value, EdgeRole::denominator}};
      plain.nodes.push_back(part);
      child = plain.nodes.size() - 1;
    }
    plain.nodes.front().ties.push_back({child, weight});
  }
  const int cut = how == Aggregation::sum ? draw(1, 6 * waiting) : draw(1, 9);
  plain.scales = {testing::make_bands({{"A", std::to_string(cut)}, {"B", ""}}, {RoundingMode::exact, 0}, false)};

  // Every set: sum of part (times its weight in a mean) against the cut times the sum of the whole.
  int least = -1;
  std::size_t choices = 0;
  std::optional<Rational> best;
  for (std::uint32_t set = 0; set < (1U << waiting); ++set) {
    int above = 0, below = 0;
    for (int i = 0; i <= waiting; ++i) {
      const District& one = districts[static_cast<std::size_t>(i)];
      if (i > 0 && (set >> (i - 1) & 1U) == 0) continue;
      above += how == Aggregation::weighted_mean ? one.part * one.whole : one.part;
      below += one.whole;
    }
    const Rational value = Rational(above) / Rational(how == Aggregation::sum ? 1 : below);
    if (!best || *best < value) best = value;
    if (value < Rational(cut)) continue;
    const int size = std::popcount(set);
    if (least < 0 || size < least) choices = 0, least = size;
    if (size == least) ++choices;
  }
  const testing::BuiltPlan built = testing::build(plain);
  DiagnosticSink sink;
  const auto found = reach_by_validation(built.model, built.targets, built.facts, {}, built.node[0], Period::year(2025),
                                         {"A", {}}, sink);
  RC_TAG(least < 0 ? "unreachable" : least == 0 ? "for nothing" : "reachable");
  RC_ASSERT(found.has_value());
  RC_ASSERT(found->reached == (least >= 0));
  if (found->reached) {
    RC_ASSERT(static_cast<int>(found->choices.front().size()) == least);
    RC_ASSERT(found->choice_count == choices);
  } else {
    RC_ASSERT(found->best == best);
  }
}

RC_GTEST_PROP(ReachValidationProperty, SumsOfFewAndOfMany, ()) {
  check(Aggregation::sum, *rc::gen::element(1, 4, 15));
}
RC_GTEST_PROP(ReachValidationProperty, MeansOfFewAndOfMany, ()) {
  check(Aggregation::weighted_mean, *rc::gen::element(1, 4, 15));
}
RC_GTEST_PROP(ReachValidationProperty, RatiosOfFewAndOfMany, ()) {
  check(Aggregation::ratio, *rc::gen::element(1, 4, 15));
}

}  // namespace reach_validation_property_test
}  // namespace jenjang
