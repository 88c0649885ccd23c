// Whole units equal trying every way of moving every figure, on small random sums, means and counts.
#include <algorithm>
#include <array>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "jenjang/assess/reach_measure.h"

#include "tests/support/plain_plan.h"

namespace jenjang {
namespace reach_measure_property_test {

int draw(int low, int high) {
  return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(low, high + 1));
}

constexpr int kRoom = 5;  // units that each figure may rise at most

struct Drawn {
  testing::PlainPlan plain;
  std::vector<int> figures, weights;
  int mark = 0, cut = 0;
};

Drawn draw_plan(Aggregation how) {
  Drawn drawn;
  testing::PlainNode top;
  top.code = "X";
  top.spec.polarity = Polarity::higher;
  top.spec.aggregation = how;
  top.spec.value_bands = ScaleId(0);
  const bool counts = how == Aggregation::share_meeting;
  drawn.mark = draw(2, 8);
  if (counts) top.spec.mark = Decimal(drawn.mark);
  if (counts) top.spec.factor = Decimal(100);
  drawn.plain.nodes.push_back(top);
  for (int i = 1; i <= 3; ++i) {
    drawn.figures.push_back(draw(0, 6));
    drawn.weights.push_back(how == Aggregation::sum ? 1 : draw(1, 4));
    testing::PlainNode leaf;
    leaf.code = "V" + std::to_string(i);
    leaf.spec.polarity = Polarity::higher;
    leaf.spec.step = Decimal(1);
    leaf.spec.most_possible = Decimal(drawn.figures.back() + kRoom);
    leaf.facts = {{"2025", std::to_string(drawn.figures.back())}};
    drawn.plain.nodes.push_back(leaf);
    drawn.plain.nodes.front().ties.push_back({static_cast<std::size_t>(i), std::to_string(drawn.weights.back())});
  }
  drawn.cut = counts ? draw(10, 100) : how == Aggregation::sum ? draw(4, 30) : draw(2, 11);
  drawn.plain.scales = {
      testing::make_bands({{"A", std::to_string(drawn.cut)}, {"B", ""}}, {RoundingMode::exact, 0}, false)};
  return drawn;
}

// What the measure is, written down again in whole numbers: true when it is at or above the cut.
bool holds(const Drawn& drawn, Aggregation how, const std::vector<int>& rise) {
  int weighted = 0, met = 0, weights = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    const int figure = drawn.figures[i] + rise[i];
    weighted += figure * drawn.weights[i];
    if (figure >= drawn.mark) met += drawn.weights[i];
    weights += drawn.weights[i];
  }
  if (how == Aggregation::sum) return weighted >= drawn.cut;
  if (how == Aggregation::weighted_mean) return weighted >= drawn.cut * weights;
  return 100 * met >= drawn.cut * weights;
}

void check(Aggregation how) {
  const Drawn drawn = draw_plan(how);
  int least = -1;
  for (int a = 0; a <= kRoom; ++a) {
    for (int b = 0; b <= kRoom; ++b) {
      for (int c = 0; c <= kRoom; ++c) {
        if (holds(drawn, how, {a, b, c}) && (least < 0 || a + b + c < least)) least = a + b + c;
      }
    }
  }
  const testing::BuiltPlan built = testing::build(drawn.plain);
  DiagnosticSink sink;
  const auto found =
      reach_measure(built.model, built.targets, built.facts, {}, built.node[0], Period::year(2025), {"A"}, sink);
  RC_TAG(least < 0 ? "unreachable" : least == 0 ? "for nothing" : "reachable");
  RC_ASSERT(found.has_value() == (least >= 0));
  if (found) {
    RC_ASSERT(found->units == least);
  } else {
    RC_ASSERT(sink.all().size() == 1U);
    RC_ASSERT(sink.all().front().code == Code::J3127);
  }
}

// Three achievements R/T, capped, weighted, each step at its own cost: the least cost of all ways.
void check_carried() {
  testing::PlainPlan plain;
  testing::PlainNode top;
  top.code = "X";
  top.spec.polarity = Polarity::higher;
  top.spec.aggregation = Aggregation::weighted_mean;
  top.spec.value_bands = ScaleId(0);
  plain.nodes.push_back(top);
  struct Child {
    int figure, target, weight, cost;
  };
  constexpr int kCap = 120;
  std::vector<Child> children;
  std::vector<MeasureCost> costs;
  int weights = 0;
  for (int i = 1; i <= 3; ++i) {
    const Child child{draw(0, 6), draw(3, 9), draw(1, 4), draw(1, 5)};
    weights += child.weight;
    children.push_back(child);
    testing::PlainNode leaf;
    leaf.code = "V" + std::to_string(i);
    leaf.spec.polarity = Polarity::higher;
    leaf.spec.step = Decimal(1);
    leaf.spec.achievement.formula = AchievementFormula::h1;
    leaf.spec.achievement.cap = Decimal(kCap);
    leaf.spec.most_possible = Decimal(child.figure + kRoom);
    leaf.facts = {{"2025", std::to_string(child.figure)}};
    leaf.targets = {{"2025", std::to_string(child.target)}};
    plain.nodes.push_back(leaf);
    plain.nodes.front().ties.push_back({static_cast<std::size_t>(i), std::to_string(child.weight), Carry::achievement});
    costs.push_back({leaf.code, Decimal(child.cost)});
  }
  const int cut = draw(40, 120);
  plain.scales = {testing::make_bands({{"A", std::to_string(cut)}, {"B", ""}}, {RoundingMode::exact, 0}, false)};
  int least = -1;
  for (int a = 0; a <= kRoom; ++a) {
    for (int b = 0; b <= kRoom; ++b) {
      for (int c = 0; c <= kRoom; ++c) {
        const std::array<int, 3> rise{a, b, c};
        Rational score;
        int cost = 0;
        for (std::size_t i = 0; i < 3; ++i) {
          const Child& child = children[i];
          const Rational part = Rational(100 * (child.figure + rise[i])) / Rational(child.target);
          score += std::min(part, Rational(kCap)) * Rational(child.weight);
          cost += rise[i] * child.cost;
        }
        if (score >= Rational(cut * weights) && (least < 0 || cost < least)) least = cost;
      }
    }
  }
  const testing::BuiltPlan built = testing::build(plain);
  DiagnosticSink sink;
  const auto found =
      reach_measure(built.model, built.targets, built.facts, {}, built.node[0], Period::year(2025), {"A", costs}, sink);
  RC_TAG(least < 0 ? "unreachable" : least == 0 ? "for nothing" : "reachable");
  RC_ASSERT(found.has_value() == (least >= 0));
  if (!found) {
    RC_ASSERT(sink.all().size() == 1U);
    RC_ASSERT(sink.all().front().code == Code::J3127);
  } else if (least > 0) {
    RC_ASSERT(found->cost == Rational(least));
    // Whole steps never cost less than steps of any size, and the price is one of the ratios.
    RC_ASSERT(found->even_cost <= *found->cost);
    RC_ASSERT(std::ranges::any_of(children, [&](const Child& child) {
      return found->price == Rational(child.cost * child.target * weights) / Rational(100 * child.weight);
    }));
  }
}

RC_GTEST_PROP(ReachMeasureProperty, CarriedAchievementsEqualBruteForce, ()) {
  check_carried();
}
RC_GTEST_PROP(ReachMeasureProperty, SumsEqualBruteForce, ()) {
  check(Aggregation::sum);
}
RC_GTEST_PROP(ReachMeasureProperty, MeansEqualBruteForce, ()) {
  check(Aggregation::weighted_mean);
}
RC_GTEST_PROP(ReachMeasureProperty, CountsEqualBruteForce, ()) {
  check(Aggregation::share_meeting);
}

}  // namespace reach_measure_property_test
}  // namespace jenjang
