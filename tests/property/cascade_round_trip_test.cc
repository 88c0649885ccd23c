// The round-trip law over two levels with limits and holds: sums exactly, means and ratios as they print, every limit
// kept, whatever the method; and no accumulation kind moves the year.
#include <algorithm>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/unit/cascade/limits_fixture.h"

namespace jenjang {
namespace cascade_round_trip_test {

using testing::dec;
using testing::LimitNode;
using testing::LimitTree;
using testing::rule;

LimitTree random_plan() {
  LimitTree tree;
  tree.aggregation = *rc::gen::element(Aggregation::sum, Aggregation::weighted_mean, Aggregation::ratio);
  tree.accumulation = *rc::gen::element(Accumulation::increments, Accumulation::cumulative, Accumulation::position,
                                        Accumulation::average, Accumulation::peak, Accumulation::release);
  const bool sum = tree.aggregation == Aggregation::sum;
  const std::string method = sum ? *rc::gen::element<std::string>("rata", "proporsional", "geser", "tutup-selisih")
                                 : *rc::gen::element<std::string>("rata", "sama", "proporsional", "tutup-selisih");
  tree.rule = method == "tutup-selisih" ? rule(method, {{"batas_depan", "100"}}) : rule(method);
  tree.rule.on_zero_driver = ZeroDriverPolicy::equal;
  if (sum) {
    tree.step = *rc::gen::element<std::string>("1", "0.01", "");
  }
  const auto decorate = [&](LimitNode& node) {
    node.weight = sum ? "1" : std::to_string(*rc::gen::inRange(1, 5));
    node.denominator = std::to_string(*rc::gen::inRange(1, 50));
    node.driver = std::to_string(*rc::gen::inRange(1, 9));
    node.baseline = std::to_string(*rc::gen::inRange(20, 60));
    const int kind = *rc::gen::inRange(0, 9);
    if (kind == 6) {
      node.least = std::to_string(*rc::gen::inRange(30, 60));
    } else if (kind == 7) {
      node.most = std::to_string(*rc::gen::inRange(60, 90));
    } else if (kind == 8) {
      node.target = std::to_string(*rc::gen::inRange(40, 80));
    }
  };
  tree.nodes.push_back({"64"});
  tree.nodes[0].target = std::to_string(*rc::gen::inRange(40, sum ? 400 : 90));
  const int agencies = *rc::gen::inRange(1, 5);
  for (int a = 0; a < agencies; ++a) {
    tree.nodes.push_back({"64/" + std::to_string(a), 0});
    decorate(tree.nodes.back());
  }
  for (int a = 1; a <= agencies; ++a) {
    const int staff = *rc::gen::inRange(0, 4);
    for (int s = 0; s < staff; ++s) {
      tree.nodes.push_back({"64/" + std::to_string(a - 1) + "/" + std::to_string(s), a});
      decorate(tree.nodes.back());
    }
  }
  return tree;
}

RC_GTEST_PROP(CascadeRoundTrip, EveryFamilyThatIsNotRefusedKeepsTheLawAndItsLimits, ()) {
  const LimitTree plan = random_plan();
  const auto outcome = plan.run();
  bool refused = false;
  for (const Diagnostic& finding : outcome.findings) {
    refused = refused || finding.severity == Severity::error;
  }
  for (std::size_t n = 0; n < plan.nodes.size(); ++n) {
    const LimitNode& node = plan.nodes[n];
    if (outcome.cells[n] == "-") {
      RC_ASSERT(refused);
      continue;
    }
    const Rational value(dec(outcome.cells[n]));
    const bool stands = !node.target.empty();
    const bool above = stands || node.least.empty() || value >= Rational(dec(node.least));
    const bool below = stands || node.most.empty() || value <= Rational(dec(node.most));
    RC_ASSERT(above);
    RC_ASSERT(below);
    if (stands) {
      RC_ASSERT(value == Rational(dec(node.target)));
    }
    // The aggregate of the children, worked out here from the cells.
    Rational sum, weights;
    bool any = false, all = true;
    for (std::size_t c = 0; c < plan.nodes.size(); ++c) {
      const LimitNode& child = plan.nodes[c];
      if (child.parent != static_cast<int>(n)) {
        continue;
      }
      any = true;
      if (outcome.cells[c] == "-") {
        all = false;
        continue;
      }
      Rational weight(dec(child.weight));
      if (plan.aggregation == Aggregation::ratio) {
        weight *= Rational(dec(child.denominator));
      }
      sum += weight * Rational(dec(outcome.cells[c]));
      weights += weight;
    }
    if (!any || !all || refused) {
      continue;
    }
    if (plan.aggregation == Aggregation::sum) {
      RC_ASSERT(sum == value);
    } else {
      // A target written finer than two decimals is compared at its own digits.
      const Decimal wanted = dec(outcome.cells[n]).normalised();
      RC_ASSERT(round(sum / weights, Rounding{RoundingMode::half_up, std::max(2, wanted.scale())}) == wanted);
    }
  }
}

}  // namespace cascade_round_trip_test
}  // namespace jenjang
