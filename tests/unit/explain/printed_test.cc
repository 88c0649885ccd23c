// Printed digits where the double of a figure is off by more than any margin allows for.
#include <gtest/gtest.h>

#include "engine/explain/figures.h"
#include "tests/support/plain_plan.h"

namespace jenjang {
namespace printed_test {

using testing::build;
using testing::BuiltPlan;
using testing::PlainNode;
using testing::PlainPlan;

// 100 (R - B) / (T - B) with R = T a millionth below the baseline is 100; 49.999999 - 50 in doubles is off in the ninth
// digit, and rounding down shows it as 99.999.
TEST(PrintedDigits, OfADifferenceThatCancelsAreExact) {
  PlainNode node;
  node.code = "A";
  node.spec.frequency = Granularity::month;
  node.spec.achievement.formula = AchievementFormula::baseline;
  node.spec.achievement.rounding = {RoundingMode::floor, 3};
  node.baseline = {2024, "50"};
  node.targets = {{"2025", "49.999999"}};
  node.facts = {{"2025", "49.999999"}};
  PlainPlan plan;
  plan.nodes = {node};
  const BuiltPlan built = build(plan);
  DiagnosticSink sink;
  const RollupResult result = run_rollup(built.model, built.targets, built.facts, {}, sink);
  const ExplainContext context{built.model, built.targets, built.facts, result};
  FigurePrinter printer(context, Lane::all);
  const SlotId year = *result.grid().find(Period::year(2025));
  EXPECT_EQ(printer.achievement_raw(built.node[0], year), "100.000");
  EXPECT_EQ(printer.achievement(built.node[0], year), "100.000");
}

}  // namespace printed_test
}  // namespace jenjang
