#include "engine/cascade/families/cross_refusal.h"

#include <algorithm>

#include "engine/cascade/families/refusal.h"
#include "engine/cascade/rounding/rounding.h"

namespace jenjang::cascade {
namespace {

using What = TwoWayRefusal::What;

constexpr std::size_t kShown = 12;  // places beside one finding

Rational amount(Int128 steps, const Decimal& step) {
  return Rational(steps_to_decimal(steps, step));
}

}  // namespace

std::vector<NodeId> CrossRefusals::all_columns() const {
  std::vector<NodeId> nodes;
  nodes.reserve(setup_.columns.size());
  for (const FamilySetup* column : setup_.columns) {
    nodes.push_back(column->family->parent);
  }
  return nodes;
}

void CrossRefusals::relate(Diagnostic& finding, std::span<const NodeId> nodes, bool rows) const {
  for (std::size_t i = 0; i < nodes.size() && i < kShown; ++i) {
    const TargetCell* cell = store_.find(nodes[i], period_);
    const std::string label = model_.address(nodes[i]) + (cell == nullptr ? "" : ": " + cell->target.to_string());
    const SourceSpan place = cell == nullptr ? model_.node_span[nodes[i].index()] : place_of(model_, *cell);
    finding.related.push_back({place, (rows ? "baris " : "kolom ") + label, (rows ? "row " : "column ") + label});
  }
}

Diagnostic CrossRefusals::without_number(std::vector<NodeId> nodes) const {
  std::sort(nodes.begin(), nodes.end());
  nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
  Diagnostic finding = make_diagnostic(Code::J1627, setup_.cross->span)
                           .arg("periode", period_.to_string())
                           .arg("kurang", some_addresses(model_, nodes));
  for (std::size_t i = 0; i < nodes.size() && i < kShown; ++i) {
    finding.related.push_back({model_.node_span[nodes[i].index()], model_.address(nodes[i]), model_.address(nodes[i])});
  }
  return finding;
}

Diagnostic CrossRefusals::not_whole(NodeId margin, const Rational& value, const Decimal& step) const {
  Diagnostic finding = make_diagnostic(Code::J1612, setup_.cross->span)
                           .arg("nilai", figure(value))
                           .arg("induk", model_.address(margin, period_))
                           .arg("langkah", step.to_string());
  if (const TargetCell* cell = store_.find(margin, period_)) {
    finding.related.push_back(
        {place_of(model_, *cell), "target: " + cell->target.to_string(), "target: " + cell->target.to_string()});
  }
  return finding;
}

Diagnostic CrossRefusals::margins_differ(const Rational& by_row, const Rational& by_column) const {
  const std::vector<NodeId> columns = all_columns();
  Diagnostic finding = make_diagnostic(Code::J1625, setup_.cross->span)
                           .arg("baris", some_addresses(model_, setup_.cross->rows))
                           .arg("jumlah_baris", figure(by_row))
                           .arg("kolom", some_addresses(model_, columns))
                           .arg("jumlah_kolom", figure(by_column))
                           .arg("periode", period_.to_string())
                           .arg("selisih", figure((by_row - by_column).absolute()));
  relate(finding, setup_.cross->rows, true);
  relate(finding, columns, false);
  return finding;
}

Diagnostic CrossRefusals::unreachable(const TwoWayRefusal& refusal, std::span<const NodeId> rows,
                                      std::span<const NodeId> columns, const Decimal& step) const {
  Diagnostic finding = make_diagnostic(Code::J1626, setup_.cross->span)
                           .arg("periode", period_.to_string())
                           .arg("baris", some_addresses(model_, rows))
                           .arg("kolom", columns.empty() ? "-" : some_addresses(model_, columns))
                           .arg("perlu", figure(amount(refusal.needed, step)))
                           .arg("tersedia", figure(amount(refusal.offered, step)));
  relate(finding, rows, true);
  relate(finding, columns, false);
  return finding;
}

// The holds of one row or column in the words of an ordinary family: the row or column is their parent.
Diagnostic CrossRefusals::hold_conflict(const TwoWayRefusal& refusal, const TwoWayProblem& problem,
                                        std::span<const std::size_t> order, const Decimal& step) const {
  FamilyRefusal words = refuse(FamilyRefusal::What::hold_conflict);
  words.wanted = amount(refusal.offered, step);
  words.reached = amount(refusal.needed, step);
  for (std::size_t i = 0; i < problem.rows.size(); ++i) {
    for (std::size_t j = 0; j < problem.columns.size(); ++j) {
      const bool ours = refusal.rows.empty() ? j == refusal.columns.front() : i == refusal.rows.front();
      const bool least = !problem.least.cells.empty() && problem.least.at(i, j).has_value();
      if (!ours || (!problem.holds.at(i, j) && !least)) {
        continue;
      }
      const Int128 steps = problem.holds.at(i, j) ? *problem.holds.at(i, j) : *problem.least.at(i, j);
      const NodeId node = setup_.columns[j]->family->children[order[i]];
      const TargetCell* cell = store_.find(node, period_);
      words.fixed.push_back({node, order[i], amount(steps, step), Rational(1),
                             cell == nullptr ? model_.node_span[node.index()] : place_of(model_, *cell)});
    }
  }
  const FamilySetup& column = *setup_.columns[refusal.columns.empty() ? 0 : refusal.columns.front()];
  const NodeId margin = refusal.rows.empty() ? column.family->parent : setup_.cross->rows[order[refusal.rows.front()]];
  return refusal_diagnostic(model_, column, *store_.find(margin, period_), words);
}

Diagnostic CrossRefusals::refusal(const TwoWayRefusal& refusal, const TwoWayProblem& problem,
                                  std::span<const std::size_t> order, const Decimal& step) const {
  std::vector<NodeId> rows, columns;
  for (const std::size_t row : refusal.rows) {
    rows.push_back(setup_.cross->rows[order[row]]);
  }
  for (const std::size_t column : refusal.columns) {
    columns.push_back(setup_.columns[column]->family->parent);
  }
  switch (refusal.what) {
    case What::margins_differ:
      return margins_differ(amount(refusal.needed, step), amount(refusal.offered, step));
    case What::hold_conflict:
      return hold_conflict(refusal, problem, order, step);
    case What::unreachable:
      return unreachable(refusal, rows, columns, step);
    case What::negative:
      return without_number(rows.empty() ? columns : rows);
    case What::too_large:
      break;
  }
  return make_diagnostic(Code::J1628, setup_.cross->span)
      .arg("periode", period_.to_string())
      .arg("jumlah", Decimal::from_parts(refusal.needed, 0).to_string())
      .arg("langkah", step.to_string());
}

}  // namespace jenjang::cascade
