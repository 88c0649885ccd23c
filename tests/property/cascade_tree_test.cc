// The round-trip law over a whole tree: every level adds up, and running again gives the same bits.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "jenjang/cascade/cascade.h"

#include "tests/unit/cascade/model_fixture.h"

namespace jenjang {
namespace cascade_tree_test {

using testing::ModelFixture;
using testing::rule;

struct Tree {
  ModelFixture fixture;
  std::vector<std::vector<VertexId>> children;  // by vertex, as added
  std::vector<VertexId> vertices;
};

// A tree of three levels under one root; families are declared in a random order.
void grow(Tree& tree) {
  MeasureSpec spec;
  spec.aggregation = Aggregation::sum;
  spec.accumulation = Accumulation::increments;
  spec.frequency = Granularity::quarter;
  const ItemId item = tree.fixture.item("IND", spec);
  std::vector<VertexId> level{tree.fixture.node(item, tree.fixture.unit("64"))};
  std::vector<std::string> paths{"64"};
  tree.vertices = level;
  tree.children.emplace_back();
  std::vector<ModelFixture::FamilySpec> families;
  for (int depth = 0; depth < 3; ++depth) {
    std::vector<VertexId> next;
    std::vector<std::string> next_paths;
    for (std::size_t p = 0; p < level.size(); ++p) {
      const int count = *rc::gen::inRange(0, 4);
      ModelFixture::FamilySpec family;
      family.parent = level[p];
      family.rule = rule(*rc::gen::element<std::string>("rata", "proporsional"));
      family.rule.on_zero_driver = ZeroDriverPolicy::equal;
      for (int c = 0; c < count; ++c) {
        const std::string path = paths[p] + "/" + std::to_string(c);
        const VertexId child = tree.fixture.node(item, tree.fixture.unit(path));
        tree.fixture.formula(level[p], child);
        tree.children.emplace_back();
        tree.children[level[p].index()].push_back(child);
        tree.vertices.push_back(child);
        family.children.push_back(child);
        if (family.rule.method == "proporsional") {
          family.drivers.push_back(Decimal(*rc::gen::inRange(0, 9)));
        }
        next.push_back(child);
        next_paths.push_back(path);
      }
      if (count > 0) {
        families.insert(families.begin() + *rc::gen::inRange<std::ptrdiff_t>(0, std::ssize(families) + 1), family);
      }
    }
    level = std::move(next);
    paths = std::move(next_paths);
  }
  for (ModelFixture::FamilySpec& family : families) {
    tree.fixture.family(std::move(family));
  }
  tree.fixture.state(tree.vertices[0], Period::year(2026), Decimal(*rc::gen::inRange(0, 500)));
  tree.fixture.build();
}

RC_GTEST_PROP(CascadeTree, EveryLevelAddsUpToTheOneAbove, ()) {
  Tree tree;
  grow(tree);
  DiagnosticSink sink;
  const TargetTable table = run_cascade(tree.fixture.model(), sink);
  RC_ASSERT(sink.all().empty());
  const Period year = Period::year(2026);
  for (const VertexId parent : tree.vertices) {
    if (tree.children[parent.index()].empty()) {
      continue;
    }
    Rational sum;
    for (const VertexId child : tree.children[parent.index()]) {
      RC_ASSERT(table.find(tree.fixture.at(child), year) != nullptr);
      sum += Rational(*table.find(tree.fixture.at(child), year)->target.number());
    }
    RC_ASSERT(sum == Rational(*table.find(tree.fixture.at(parent), year)->target.number()));
    // The quarters too: they are cut together with the children's.
    for (const Period quarter : year.split(Granularity::quarter)) {
      const TargetCell* whole = table.find(tree.fixture.at(parent), quarter);
      RC_ASSERT(whole->origin == TargetOrigin::time_split);
      Rational parts;
      for (const VertexId child : tree.children[parent.index()]) {
        parts += Rational(*table.find(tree.fixture.at(child), quarter)->target.number());
      }
      RC_ASSERT(parts == Rational(*whole->target.number()));
    }
  }
  for (const CascadeResidual& residual : table.residuals) {
    RC_ASSERT(residual.holds);
    RC_ASSERT(residual.parent == residual.children);
  }
}

RC_GTEST_PROP(CascadeTree, RunningAgainGivesTheSameTable, ()) {
  Tree tree;
  grow(tree);
  DiagnosticSink sink;
  const TargetTable first = run_cascade(tree.fixture.model(), sink);
  const TargetTable second = run_cascade(tree.fixture.model(), sink);
  RC_ASSERT(first.cells.size() == second.cells.size());
  for (std::size_t i = 0; i < first.cells.size(); ++i) {
    RC_ASSERT(first.cells[i].node == second.cells[i].node);
    RC_ASSERT(first.cells[i].period == second.cells[i].period);
    RC_ASSERT(first.cells[i].target.to_string() == second.cells[i].target.to_string());
    RC_ASSERT(first.cells[i].origin == second.cells[i].origin);
  }
}

}  // namespace cascade_tree_test
}  // namespace jenjang
