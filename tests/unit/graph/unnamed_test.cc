#include <gtest/gtest.h>

#include "jenjang/graph/goal_graph_builder.h"

namespace jenjang {
namespace unnamed_test {

TEST(UnnamedVertices, AreNumberedAmongNamedOnes) {
  GoalGraphBuilder builder;
  const VertexId first = builder.add_vertices(2);
  const VertexId named = builder.add_vertex("T1", {});
  const VertexId last = builder.add_vertices(1);
  EXPECT_EQ(first.value(), 0U);
  EXPECT_EQ(named.value(), 2U);
  EXPECT_EQ(last.value(), 3U);
  EXPECT_EQ(builder.vertex_count(), 4U);
  builder.reserve(3);
  builder.add_edge(EdgeKind::formula, named, first, {});
  builder.add_edge(EdgeKind::formula, named, VertexId(1), {});
  builder.add_edge(EdgeKind::formula, last, named, {});
  DiagnosticSink sink;
  const auto frozen = builder.freeze(sink);
  ASSERT_TRUE(frozen.has_value());
  EXPECT_TRUE(sink.all().empty());
  EXPECT_EQ(frozen->graph.level_count(), 3U);
  EXPECT_EQ(frozen->node_of_vertex[last.index()].value(), 3U);
}

TEST(UnnamedVertices, AreCheckedLikeOthers) {
  GoalGraphBuilder builder;
  builder.add_vertices(3);
  builder.add_edge(EdgeKind::formula, VertexId(0), VertexId(1), {});
  builder.add_edge(EdgeKind::formula, VertexId(0), VertexId(1), {});
  builder.add_edge(EdgeKind::formula, VertexId(1), VertexId(2), {});
  builder.add_edge(EdgeKind::formula, VertexId(2), VertexId(0), {});
  DiagnosticSink sink;
  EXPECT_FALSE(builder.freeze(sink).has_value());
  ASSERT_EQ(sink.all().size(), 2U);
  EXPECT_EQ(sink.all()[0].code, Code::J1302);
  EXPECT_EQ(sink.all()[1].code, Code::J1301);
}

// A role given after edges without one must not slide to an earlier edge.
TEST(UnnamedVertices, KeepRolesOfTheirEdges) {
  GoalGraphBuilder builder;
  builder.add_vertices(2);
  builder.add_edge(EdgeKind::formula, VertexId(0), VertexId(1), {});
  builder.add_edge(EdgeKind::formula, VertexId(0), VertexId(1), {}, EdgeRole::denominator);
  builder.add_edge(EdgeKind::formula, VertexId(0), VertexId(1), {});
  DiagnosticSink sink;
  ASSERT_TRUE(builder.freeze(sink).has_value());
  EXPECT_EQ(sink.all().size(), 1U);  // the third repeats the first; the second has a role of its own
}

}  // namespace unnamed_test
}  // namespace jenjang
