// Whole units equal trying every way of moving every figure, on small random sums, means and counts.
#include <algorithm>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "jenjang/assess/reach_measure.h"

#include "tests/support/plain_plan.h"

namespace jenjang {
namespace {

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

RC_GTEST_PROP(ReachMeasureProperty, SumsEqualBruteForce, ()) {
  check(Aggregation::sum);
}
RC_GTEST_PROP(ReachMeasureProperty, MeansEqualBruteForce, ()) {
  check(Aggregation::weighted_mean);
}
RC_GTEST_PROP(ReachMeasureProperty, CountsEqualBruteForce, ()) {
  check(Aggregation::share_meeting);
}

}  // namespace
}  // namespace jenjang
