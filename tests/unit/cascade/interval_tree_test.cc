// What a node can carry, against figures worked out by hand.
#include "engine/cascade/conflict/interval_tree.h"

#include <gtest/gtest.h>

#include "engine/cascade/families/family_order.h"
#include "tests/unit/cascade/limits_fixture.h"

namespace jenjang {
namespace interval_tree_test {

using testing::dec;
using testing::LimitTree;
using testing::ModelFixture;
using testing::rule;

// The interval of node `n` as text "[lower, upper]", "-" for an open end.
std::string interval(const LimitTree& plan, std::size_t n) {
  ModelFixture fixture;
  const std::vector<VertexId> vertices = plan.build(fixture);
  const Model& model = fixture.model();
  DiagnosticSink sink;
  cascade::RuleChecker checker(model, sink);
  std::vector<cascade::FamilySetup> setups;
  for (std::size_t f = 0; f < model.families.size(); ++f) {
    setups.push_back(checker.prepare(FamilyId::from_index(f)).value());
  }
  cascade::CellStore store(model.node_count());
  for (std::size_t v = 0; v < vertices.size(); ++v) {
    const NodeId node = fixture.at(vertices[v]);
    if (!model.statements_of(node).empty()) {
      TargetCell cell;
      cell.node = node;
      cell.period = LimitTree::year();
      cell.target = model.statements_of(node)[0].target;
      cell.statement = model.statement_begin[node.index()];
      store.add(cell);
    }
  }
  const CascadeOptions options;
  const std::vector<std::size_t> order = cascade::solving_order(setups);
  const cascade::LimitBook limits(model, store, options);
  cascade::IntervalTree tree(model, store, setups, order, limits);
  const cascade::Interval& found = tree.of(fixture.at(vertices[n]), LimitTree::year());
  return "[" + (found.lower ? found.lower->to_string() : "-") + ", " + (found.upper ? found.upper->to_string() : "-") +
         "]";
}

TEST(IntervalTree, SumsAddUpWhatIsBelow) {
  LimitTree tree{.nodes = {{"64"}, {"64/a", 0}, {"64/b", 0}, {"64/a/1", 1}, {"64/a/2", 1}}, .rule = rule("rata")};
  EXPECT_EQ(interval(tree, 0), "[-, -]");
  tree.nodes[3].least = "3";
  tree.nodes[3].most = "8";
  tree.nodes[4].target = "5";
  EXPECT_EQ(interval(tree, 1), "[8, 13]");  // 3 + 5, 8 + 5
  EXPECT_EQ(interval(tree, 0), "[8, -]");   // 64/b: nothing below zero, no end above
  tree.nodes[2].most = "10";
  EXPECT_EQ(interval(tree, 0), "[8, 23]");
  tree.nodes[1].least = "9";  // its own floor is more than what its staff need
  EXPECT_EQ(interval(tree, 0), "[9, 23]");
  tree.nodes[2].baseline = "-1";  // figures below zero occur: zero is no floor any more
  EXPECT_EQ(interval(tree, 0), "[-, 23]");
}

TEST(IntervalTree, MeansAndRatiosByNormalisedWeights) {
  LimitTree tree{.aggregation = Aggregation::weighted_mean,
                 .nodes = {{"64"}, {"64/a", 0, "1"}, {"64/b", 0, "3"}},
                 .rule = rule("sama")};
  tree.nodes[1].least = "40";
  tree.nodes[2].least = "20";
  tree.nodes[2].most = "60";
  EXPECT_EQ(interval(tree, 0), "[25, -]");  // (40 + 3 x 20) / 4
  tree.nodes[1].most = "80";
  EXPECT_EQ(interval(tree, 0), "[25, 65]");  // (80 + 3 x 60) / 4
  tree.aggregation = Aggregation::ratio;     // no planned denominators: nothing is known
  EXPECT_EQ(interval(tree, 0), "[-, -]");
  tree.nodes[1].weight = tree.nodes[2].weight = "1";
  tree.nodes[1].denominator = "1";
  tree.nodes[2].denominator = "3";
  EXPECT_EQ(interval(tree, 0), "[25, 65]");
}

TEST(IntervalTree, ExtremaFollowTheOneThatDecides) {
  LimitTree tree{
      .aggregation = Aggregation::minimum, .nodes = {{"64"}, {"64/a", 0}, {"64/b", 0}}, .rule = rule("sama")};
  tree.nodes[1].least = "40";
  tree.nodes[1].most = "70";
  EXPECT_EQ(interval(tree, 0), "[-, 70]");
  tree.nodes[2].least = "50";
  EXPECT_EQ(interval(tree, 0), "[40, 70]");
  tree.aggregation = Aggregation::maximum;
  EXPECT_EQ(interval(tree, 0), "[50, -]");
  tree.nodes[2].most = "60";
  EXPECT_EQ(interval(tree, 0), "[50, 70]");
}

TEST(IntervalTree, LimitsAreTakenInWholeSteps) {
  LimitTree tree{.nodes = {{"64"}, {"64/a", 0}, {"64/b", 0}}, .rule = rule("rata"), .step = "1"};
  tree.nodes[1].least = tree.nodes[2].least = "2.5";
  tree.nodes[1].most = tree.nodes[2].most = "7.5";
  EXPECT_EQ(interval(tree, 0), "[6, 14]");  // 3 + 3, 7 + 7
}

}  // namespace interval_tree_test
}  // namespace jenjang
