#include <algorithm>
#include <optional>
#include <tuple>

#include "jenjang/facts/facts.h"

#include "engine/base/large_pages.h"
#include "engine/facts/address_binder.h"
#include "engine/facts/doubts.h"
#include "engine/facts/value_binder.h"

namespace jenjang {
namespace {

auto place(const SourceSpan& span) {
  return std::tuple(span.file.value(), span.line, span.column);
}

bool same_content(const Observation& a, const Observation& b) {
  return a.state == b.state && a.grade == b.grade && (a.state != CellState::value || a.number == b.number) &&
         (a.state != CellState::redefined || a.number == b.number);
}

// Rows about one cell that stand alike: the one that all agree on, nullopt when two differ.
std::optional<Fact> settle_rows(const Model& model, std::span<const Fact> rows, Facts& out, DiagnosticSink& sink) {
  const Observation& first = out.observation(rows.front());
  std::size_t best = 0;
  bool contradicted = false;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const Observation& other = out.observation(rows[i]);
    const std::string address = model.address(rows[i].node, other.period);
    if (same_content(first, other)) {
      // The same figure, later validated, is a validated figure.
      if (other.validated && !out.observation(rows[best]).validated) {
        best = i;
      }
      sink.report(make_diagnostic(Code::J1710, other.places.number())
                      .arg("alamat", address)
                      .arg("isi", facts::describe_content(other))
                      .related(first.places.number(), "baris pertama", "first row"));
      continue;
    }
    contradicted = true;
    sink.report(make_diagnostic(Code::J1703, other.places.number())
                    .arg("alamat", address)
                    .arg("pertama", facts::describe_content(first))
                    .arg("kedua", facts::describe_content(other))
                    .related(first.places.number(), "baris pertama: " + facts::describe_content(first),
                             "first row: " + facts::describe_content(first)));
  }
  if (!contradicted) return rows[best];
  out.rejected += rows.size();
  return std::nullopt;
}

// One run of rows about one cell: keeps one row when all agree, none when two differ. Under a workflow a figure that
// waits is a newer claim beside the valid one: the claim is kept, with the valid figure as its verified one.
void settle_cell(const Model& model, std::span<const Fact> rows, Facts& out, std::vector<Fact>& kept,
                 DiagnosticSink& sink) {
  if (rows.size() == 1) {
    kept.push_back(rows.front());
    return;
  }
  std::vector<Fact> valid, waiting;
  for (const Fact& row : rows) {
    const Observation& observation = out.observation(row);
    if (observation.workflow.empty()) break;
    (observation.validated ? valid : waiting).push_back(row);
  }
  const bool all_placed = valid.size() + waiting.size() == rows.size();
  const bool one_figure = std::all_of(rows.begin(), rows.end(), [&](const Fact& row) {
    return same_content(out.observation(rows.front()), out.observation(row));
  });
  if (!all_placed || valid.empty() || waiting.empty() || one_figure) {
    if (const auto only = settle_rows(model, rows, out, sink)) kept.push_back(*only);
    return;
  }
  const std::optional<Fact> verified = settle_rows(model, valid, out, sink);
  const std::optional<Fact> claim = settle_rows(model, waiting, out, sink);
  if (verified && claim) {
    const Observation& accepted = out.observation(*verified);
    Observation& standing = out.observations[claim->observation];
    VerifiedFigure& beside = standing.verified.change();
    if (accepted.state == CellState::value) beside.number = accepted.number;
    beside.grade = accepted.grade;
    beside.entry = accepted.entry;
  }
  if (const auto& stands = claim ? claim : verified) kept.push_back(*stands);
}

}  // namespace

Facts bind_observations(const Model& model, std::vector<Observation> observations, DiagnosticSink& sink,
                        const Watch* watch) {
  Facts out;
  out.observations = std::move(observations);
  facts::AddressBinder binder(model, sink);
  std::vector<Fact> rows;
  reserve_large(rows, out.observations.size());
  for (std::size_t i = 0; i < out.observations.size(); ++i) {
    look_now_and_then(watch, Stage::facts, i, out.observations.size());
    Observation& row = out.observations[i];
    const std::optional<NodeId> node = binder.bind(row);
    if (!node) {
      ++out.rejected;
      continue;
    }
    (row.authority == RegionAuthority::bps ? out.joined_by_bps : out.joined_by_kemendagri) += 1;
    if (!facts::bind_value(model, *node, row, sink)) {
      ++out.rejected;
      continue;
    }
    // Kept where it stands, since dropping it would hide the mistake; the roll-up takes it no further.
    facts::report_outside_life(model, *node, row, sink);
    const double value = row.state == CellState::value ? row.number.to_double() : 0.0;
    rows.push_back({*node, static_cast<std::uint32_t>(i), value});
  }
  const auto before = [&out](const Fact& a, const Fact& b) {
    if (a.node != b.node) return a.node < b.node;
    const Observation& x = out.observation(a);
    const Observation& y = out.observation(b);
    if (x.period != y.period) return x.period < y.period;
    return std::tuple(place(x.places.number()), a.observation) < std::tuple(place(y.places.number()), b.observation);
  };
  // What a report of ours wrote stands in this order already.
  if (!std::is_sorted(rows.begin(), rows.end(), before)) std::sort(rows.begin(), rows.end(), before);
  std::vector<Fact> kept;
  reserve_large(kept, rows.size());
  for (std::size_t first = 0; first < rows.size();) {
    std::size_t last = first + 1;
    while (last < rows.size() && rows[last].node == rows[first].node &&
           out.observation(rows[last]).period == out.observation(rows[first]).period) {
      ++last;
    }
    settle_cell(model, std::span<const Fact>(rows).subspan(first, last - first), out, kept, sink);
    first = last;
  }
  out.facts = std::move(kept);
  out.fact_begin.assign(model.node_count() + 1, 0);
  for (const Fact& fact : out.facts) {
    ++out.fact_begin[fact.node.index() + 1];
  }
  for (std::size_t n = 1; n < out.fact_begin.size(); ++n) {
    out.fact_begin[n] += out.fact_begin[n - 1];
  }
  return out;
}

}  // namespace jenjang
