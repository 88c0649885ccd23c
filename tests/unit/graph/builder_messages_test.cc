// What the builder says about rings and repeated edges.
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "jenjang/graph/goal_graph_builder.h"

namespace jenjang {
namespace builder_messages_test {

SourceSpan line(std::uint32_t number) {
  return {FileId(0), number, 1, 5};
}

class BuilderMessages : public ::testing::Test {
protected:
  VertexId vertex(std::string name) {
    ++vertices_;
    return builder_.add_vertex(std::move(name), line(vertices_));
  }
  // Edges stand on lines 101, 102, ... in order of the calls.
  void edge(EdgeKind kind, VertexId parent, VertexId child, EdgeRole role = EdgeRole::operand) {
    builder_.add_edge(kind, parent, child, line(100 + ++edges_), role);
  }
  bool freeze() { return builder_.freeze(sink_).has_value(); }
  std::vector<std::string> codes() const {
    std::vector<std::string> out;
    for (const Diagnostic& d : sink_.sorted()) out.push_back(to_string(d.code));
    return out;
  }
  static std::string arg(const Diagnostic& d, std::string_view name) {
    for (const DiagnosticArg& a : d.args) {
      if (a.name == name) return a.value;
    }
    return "-";
  }
  GoalGraphBuilder builder_;
  DiagnosticSink sink_;
  std::uint32_t vertices_ = 0, edges_ = 0;
};
using Codes = std::vector<std::string>;

TEST_F(BuilderMessages, ShortestFormulaRingWithNamesAndLines) {
  // The reference graph: 1>2, 2>3, 3>4, 4>2, 4>5, 5>1; the shortest ring is 2, 3, 4.
  std::vector<VertexId> n;
  for (const char* name : {"P@64", "A@64", "B@64", "C@64", "D@64"}) n.push_back(vertex(name));
  edge(EdgeKind::formula, n[0], n[1]);
  edge(EdgeKind::formula, n[1], n[2]);
  edge(EdgeKind::formula, n[2], n[3]);
  edge(EdgeKind::formula, n[3], n[1]);
  edge(EdgeKind::formula, n[3], n[4]);
  edge(EdgeKind::formula, n[4], n[0]);
  EXPECT_FALSE(freeze());
  ASSERT_EQ(codes(), Codes{"J1301"});
  const Diagnostic d = sink_.all().front();
  EXPECT_EQ(d.severity, Severity::error);
  EXPECT_EQ(d.rule, "CAS-STR-02");
  EXPECT_EQ(arg(d, "lingkaran"), "A@64 -> B@64 -> C@64 -> A@64");
  EXPECT_EQ(arg(d, "jumlah"), "3");
  EXPECT_EQ(d.primary, line(102));
  ASSERT_EQ(d.related.size(), 3U);
  EXPECT_EQ(d.related[0].span, line(102));
  EXPECT_EQ(d.related[1].span, line(103));
  EXPECT_EQ(d.related[2].span, line(104));
  EXPECT_EQ(d.related[2].id_label, "C@64 dihitung dari A@64");
  EXPECT_EQ(d.related[2].en_label, "C@64 is computed from A@64");
  EXPECT_NE(message_text(d, Language::indonesian).find("A@64 -> B@64"), std::string::npos);
}

TEST_F(BuilderMessages, RingOverACrosscutEdgeIsArithmeticToo) {
  const VertexId a = vertex("A");
  const VertexId b = vertex("B");
  edge(EdgeKind::formula, a, b);
  edge(EdgeKind::crosscut, b, a);
  EXPECT_FALSE(freeze());
  ASSERT_EQ(codes(), Codes{"J1301"});
  EXPECT_EQ(sink_.all().front().related[1].id_label, "B memakai hasil A");
}

TEST_F(BuilderMessages, AnEdgeToItselfIsARingOfOne) {
  const VertexId a = vertex("A");
  edge(EdgeKind::formula, a, a);
  EXPECT_FALSE(freeze());
  ASSERT_EQ(codes(), Codes{"J1301"});
  EXPECT_EQ(arg(sink_.all().front(), "lingkaran"), "A -> A");
}

TEST_F(BuilderMessages, EveryTangleIsReportedInOneRun) {
  const VertexId a = vertex("A");
  const VertexId b = vertex("B");
  const VertexId c = vertex("C");
  const VertexId d = vertex("D");
  edge(EdgeKind::formula, a, b);
  edge(EdgeKind::formula, b, a);
  edge(EdgeKind::formula, c, c);
  edge(EdgeKind::support, d, d);
  EXPECT_FALSE(freeze());
  EXPECT_EQ(codes(), (Codes{"J1301", "J1301", "J1303"}));
}

TEST_F(BuilderMessages, SupportRingIsAnErrorButTheGraphFreezes) {
  const VertexId a = vertex("S1@64");
  const VertexId b = vertex("P1@64/dlh");
  edge(EdgeKind::formula, a, b);
  edge(EdgeKind::support, b, a);
  const auto frozen = builder_.freeze(sink_);
  ASSERT_TRUE(frozen);
  EXPECT_EQ(frozen->graph.level_count(), 2U);
  ASSERT_EQ(codes(), Codes{"J1303"});
  const Diagnostic d = sink_.all().front();
  EXPECT_EQ(d.severity, Severity::error);
  ASSERT_EQ(d.related.size(), 2U);
  EXPECT_EQ(d.related[1].id_label, "S1@64 mendukung P1@64/dlh");
  EXPECT_EQ(d.related[1].span, line(102));
}

TEST_F(BuilderMessages, SupportBesideAFormulaEdgeMakesNoRing) {
  const VertexId a = vertex("A");
  const VertexId b = vertex("B");
  edge(EdgeKind::formula, a, b);
  edge(EdgeKind::support, a, b);
  EXPECT_TRUE(freeze());
  EXPECT_EQ(codes(), Codes{});
}

TEST_F(BuilderMessages, SecondEdgeOfOneKindIsKeptAndReported) {
  const VertexId a = vertex("A");
  const VertexId b = vertex("B");
  edge(EdgeKind::formula, a, b);
  edge(EdgeKind::formula, a, b);
  const auto frozen = builder_.freeze(sink_);
  ASSERT_TRUE(frozen);
  EXPECT_EQ(frozen->graph.formula_edge_count(), 2U);
  ASSERT_EQ(codes(), Codes{"J1302"});
  const Diagnostic d = sink_.all().front();
  EXPECT_EQ(d.severity, Severity::error);
  EXPECT_EQ(d.primary, line(102));
  ASSERT_EQ(d.related.size(), 1U);
  EXPECT_EQ(d.related[0].span, line(101));
  EXPECT_EQ(arg(d, "induk"), "A");
  EXPECT_EQ(arg(d, "anak"), "B");
  EXPECT_EQ(arg(d, "jenis"), "rumus");
}

TEST_F(BuilderMessages, RepeatedSupportIsOnlyAWarning) {
  const VertexId a = vertex("A");
  const VertexId b = vertex("B");
  const VertexId c = vertex("C");
  edge(EdgeKind::support, a, b);
  edge(EdgeKind::support, a, c);
  edge(EdgeKind::support, a, b);
  edge(EdgeKind::support, c, b);
  EXPECT_TRUE(freeze());
  ASSERT_EQ(codes(), Codes{"J1302"});
  EXPECT_EQ(sink_.all().front().severity, Severity::warning);
  EXPECT_EQ(sink_.all().front().primary, line(103));
}

TEST_F(BuilderMessages, NumeratorInsideTheDenominatorIsNoRepeat) {
  // managed / (managed + unmanaged): the same quantity in two roles.
  const VertexId ratio = vertex("R");
  const VertexId managed = vertex("terkelola");
  const VertexId other = vertex("sisa");
  edge(EdgeKind::formula, ratio, managed, EdgeRole::numerator);
  edge(EdgeKind::formula, ratio, managed, EdgeRole::denominator);
  edge(EdgeKind::formula, ratio, other, EdgeRole::denominator);
  const auto frozen = builder_.freeze(sink_);
  ASSERT_TRUE(frozen);
  EXPECT_EQ(codes(), Codes{});
  EXPECT_EQ(frozen->graph.children(frozen->node_of_vertex[0]).size(), 3U);
  EXPECT_EQ(frozen->graph.parents(frozen->node_of_vertex[1]).size(), 2U);
  // Still unshared: both children stand side by side below their one parent, in declaration order.
  EXPECT_EQ(frozen->node_of_vertex[1], NodeId(0));
  EXPECT_EQ(frozen->node_of_vertex[2], NodeId(1));
}

TEST_F(BuilderMessages, LongRingIsNamedByItsBeginningAndItsLength) {
  std::vector<VertexId> n;
  for (int i = 0; i < 500; ++i) n.push_back(vertex("n" + std::to_string(i)));
  for (std::size_t i = 0; i < n.size(); ++i) edge(EdgeKind::formula, n[i], n[(i + 1) % n.size()]);
  EXPECT_FALSE(freeze());
  ASSERT_EQ(codes(), Codes{"J1301"});
  const Diagnostic d = sink_.all().front();
  EXPECT_EQ(arg(d, "jumlah"), "500");
  EXPECT_EQ(d.related.size(), 24U);
  EXPECT_TRUE(arg(d, "lingkaran").ends_with("n23 -> ... -> n0"));
}

TEST_F(BuilderMessages, EdgeWithoutAPlaceFallsBackToItsVertex) {
  const VertexId a = vertex("A");
  builder_.add_edge(EdgeKind::formula, a, a, {});
  EXPECT_FALSE(freeze());
  EXPECT_EQ(sink_.all().front().primary, line(1));
}

}  // namespace builder_messages_test
}  // namespace jenjang
