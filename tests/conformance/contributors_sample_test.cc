// Contributors of every figure of every sample plan: they are the figure exactly, in every period and lane.
#include <filesystem>
#include <gtest/gtest.h>
#include <string>

#include "jenjang/explain/contributors.h"
#include "jenjang/workspace/workspace.h"

namespace contributors_sample_test {

namespace fs = std::filesystem;
using namespace jenjang;

const fs::path kRoot = JENJANG_SOURCE_DIR;

struct Asked {
  std::size_t figures = 0, below = 0, gaps = 0, untraced = 0;
};

void ask(const Workspace& workspace, NodeId node, Period period, Lane lane, Asked& asked) {
  const ExplainContext context = workspace.context();
  for (const auto by : {ContributionBy::value, ContributionBy::gap}) {
    const auto found = top_contributors(context, node, period, by, 1000, lane);
    if (!found) continue;
    Rational sum = found->of_others;
    if (by == ContributionBy::gap) {
      ++asked.gaps;
      sum += found->unassigned;
    } else {
      ++asked.figures;
    }
    for (const Contributor& each : found->top) {
      sum += each.contribution;
      asked.below += each.node != node ? 1 : 0;
      asked.untraced += each.end == ContributorEnd::untraced ? 1 : 0;
    }
    EXPECT_EQ(sum, found->total) << context.model.address(node, period) << " " << to_string(lane);
  }
}

TEST(SampleContributors, AreTheFigureExactly) {
  Asked asked;
  std::size_t plans = 0;
  for (const fs::directory_entry& entry : fs::directory_iterator(kRoot / "plans")) {
    if (!fs::exists(entry.path() / "jenjang.yaml")) continue;
    WorkspaceOptions options;
    options.pack_folders = {kRoot / "models"};
    Workspace workspace(options);
    ASSERT_TRUE(workspace.load(entry.path())) << entry.path();
    workspace.evaluate();
    ++plans;
    const RollupResult& result = workspace.result();
    for (std::size_t n = 0; n < workspace.model().node_count(); ++n) {
      // Not the thousandth answer of one kind: leaves are their own contributors.
      const NodeId node = NodeId::from_index(n);
      if (workspace.model().graph.children(node).empty() && n % 16 != 0) continue;
      for (std::size_t s = 0; s < result.grid().size(); ++s) {
        const SlotId slot = SlotId::from_index(s);
        if (!result.is_relevant(node, slot)) continue;
        ask(workspace, node, result.grid()[slot], Lane::all, asked);
        if (result.has_validated_lane()) ask(workspace, node, result.grid()[slot], Lane::validated, asked);
      }
    }
  }
  EXPECT_GE(plans, 8U);
  EXPECT_GT(asked.figures, 300U);
  EXPECT_GT(asked.below, 300U);
  EXPECT_GT(asked.gaps, 30U);
  EXPECT_EQ(asked.untraced, 0U);
}

}  // namespace contributors_sample_test
