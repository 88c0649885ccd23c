#include "engine/graph/detail/ring_report.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

namespace jenjang::detail {
namespace {

// A ring through thousands of vertices is named by its beginning; the count says how long it is.
constexpr std::size_t kShownSteps = 24;

struct FoundEdge {
  EdgeKind kind;
  std::uint32_t index;
};

// First edge from parent to child, the kinds in the order in which they weigh: formula, crosscut, support.
std::optional<FoundEdge> find_edge(Vertex parent, Vertex child, const PlanView& plan) {
  for (const EdgeKind kind : {EdgeKind::formula, EdgeKind::crosscut, EdgeKind::support}) {
    const CompressedRows& rows = plan.rows[static_cast<std::size_t>(kind)];
    for (std::uint32_t i = rows.begin[parent]; i < rows.begin[parent + std::size_t{1}]; ++i) {
      if (rows.end_vertex[i] == child) return FoundEdge{kind, rows.edge[i]};
    }
  }
  return std::nullopt;
}

std::pair<std::string, std::string> labels(EdgeKind kind, const std::string& parent, const std::string& child) {
  switch (kind) {
    case EdgeKind::formula:
      return {parent + " dihitung dari " + child, parent + " is computed from " + child};
    case EdgeKind::crosscut:
      return {parent + " memakai hasil " + child, parent + " shares the result of " + child};
    case EdgeKind::support:
      return {child + " mendukung " + parent, child + " supports " + parent};
  }
  return {};
}

Vertex after(const std::vector<Vertex>& ring, std::size_t i) {
  return ring[(i + 1) % ring.size()];
}

}  // namespace

bool needs_support(const std::vector<Vertex>& ring, const PlanView& plan) {
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const std::optional<FoundEdge> edge = find_edge(ring[i], after(ring, i), plan);
    if (edge && edge->kind == EdgeKind::support) return true;
  }
  return false;
}

void report_ring(Code code, const std::vector<Vertex>& ring, const PlanView& plan, DiagnosticSink& sink) {
  const std::size_t shown = std::min(ring.size(), kShownSteps);
  std::string text;
  for (std::size_t i = 0; i < shown; ++i) text += plan.name(ring[i]) + " -> ";
  text += shown < ring.size() ? "... -> " + plan.name(ring.front()) : plan.name(ring.front());

  SourceSpan primary;
  std::vector<std::pair<SourceSpan, std::pair<std::string, std::string>>> steps;
  for (std::size_t i = 0; i < shown; ++i) {
    const Vertex parent = ring[i];
    const Vertex child = after(ring, i);
    const std::optional<FoundEdge> edge = find_edge(parent, child, plan);
    if (!edge) continue;
    const SourceSpan span = plan.edges[static_cast<std::size_t>(edge->kind)].span(edge->index);
    if (!primary.valid()) primary = span;
    steps.emplace_back(span, labels(edge->kind, plan.name(parent), plan.name(child)));
  }
  // Edges that a rule made may have no place of their own; the vertex has.
  if (!primary.valid()) primary = plan.span(ring.front());
  DiagnosticBuilder builder = make_diagnostic(code, primary);
  builder.arg("lingkaran", text).arg("jumlah", std::to_string(ring.size()));
  for (const auto& [span, words] : steps) builder.related(span, words.first, words.second);
  sink.report(std::move(builder).rule("CAS-STR-02"));
}

void report_repeats(EdgeKind kind, const PlanView& plan, DiagnosticSink& sink) {
  constexpr Vertex kNobody = UINT32_MAX;
  const CompressedRows& rows = plan.rows[static_cast<std::size_t>(kind)];
  const EdgeColumns& columns = plan.edges[static_cast<std::size_t>(kind)];
  const std::size_t count = plan.vertex_count;
  // By child: the parent that was seen last with it, and with which roles. Rows are walked parent by parent.
  std::vector<Vertex> last_parent(count, kNobody);
  std::vector<std::uint8_t> last_roles(count, 0);
  for (Vertex parent = 0; parent < count; ++parent) {
    for (std::uint32_t i = rows.begin[parent]; i < rows.begin[parent + std::size_t{1}]; ++i) {
      const Vertex child = rows.end_vertex[i];
      const EdgeRole role = columns.role(rows.edge[i]);
      const auto bit = static_cast<std::uint8_t>(1U << static_cast<unsigned>(role));
      if (last_parent[child] != parent) {
        last_parent[child] = parent;
        last_roles[child] = 0;
      }
      if ((last_roles[child] & bit) == 0) {
        last_roles[child] = static_cast<std::uint8_t>(last_roles[child] | bit);
        continue;
      }
      std::uint32_t first = rows.begin[parent];
      while (rows.end_vertex[first] != child || columns.role(rows.edge[first]) != role) ++first;
      const SourceSpan span = columns.span(rows.edge[i]);
      // Nothing counts support edges, so a second one misleads nobody's figure.
      const Severity severity = kind == EdgeKind::support ? Severity::warning : Severity::error;
      sink.report(make_diagnostic(Code::J1302, span.valid() ? span : plan.span(child))
                      .arg("jenis", to_string(kind))
                      .arg("anak", plan.name(child))
                      .arg("induk", plan.name(parent))
                      .related(columns.span(rows.edge[first]), "pertama dinyatakan di sini", "first declared here")
                      .severity(severity));
    }
  }
}

}  // namespace jenjang::detail
