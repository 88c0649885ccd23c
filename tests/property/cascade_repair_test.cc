// Laws of the repair on random trees: it solves the least-squares problem, keeps what is locked, keeps
// limits, adds up exactly.
#include <cmath>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "jenjang/cascade/repair.h"

#include "tests/unit/cascade/model_fixture.h"

namespace jenjang {
namespace cascade_repair_test {

std::vector<RepairNode> any_tree(bool limits) {
  const int count = *rc::gen::inRange(2, 14);
  std::vector<RepairNode> nodes(1);
  for (int i = 1; i < count; ++i) {
    RepairNode node;
    node.parent = static_cast<std::size_t>(*rc::gen::inRange(0, i));
    node.cell.value = Rational(*rc::gen::inRange(-500, 1000), 10);
    node.cell.willingness = Rational(*rc::gen::inRange(1, 8), *rc::gen::inRange(1, 4));
    node.cell.weight = Rational(*rc::gen::inRange(1, 6), 3);
    if (limits && *rc::gen::inRange(0, 3) == 0) node.cell.lower = node.cell.value - Rational(*rc::gen::inRange(0, 40));
    if (limits && *rc::gen::inRange(0, 3) == 0) node.cell.upper = node.cell.value + Rational(*rc::gen::inRange(0, 40));
    nodes.push_back(node);
  }
  return nodes;
}

std::vector<bool> inner_nodes(const std::vector<RepairNode>& nodes) {
  std::vector<bool> inner(nodes.size());
  for (std::size_t i = 1; i < nodes.size(); ++i) inner[nodes[i].parent] = true;
  return inner;
}

// x = y + V A' (A V A')^-1 (c - A y) by Gaussian elimination in doubles: one row of A an inner node.
std::vector<double> dense_solution(const std::vector<RepairNode>& nodes, double target) {
  const std::size_t n = nodes.size();
  std::vector<std::vector<double>> rows;
  std::vector<double> wanted;
  const std::vector<bool> inner = inner_nodes(nodes);
  for (std::size_t p = 0; p < n; ++p) {
    if (!inner[p]) continue;
    std::vector<double> row(n);
    for (std::size_t i = 1; i < n; ++i) {
      if (nodes[i].parent == p) row[i] = nodes[i].cell.weight.to_double();
    }
    wanted.push_back(p == 0 ? target : 0);
    if (p != 0) row[p] = -1;
    rows.push_back(row);
  }
  const std::size_t m = rows.size();
  std::vector<std::vector<double>> system(m, std::vector<double>(m + 1));
  const auto variance = [&](std::size_t i) { return nodes[i].cell.willingness.to_double(); };
  const auto value = [&](std::size_t i) { return nodes[i].cell.value.to_double(); };
  for (std::size_t a = 0; a < m; ++a) {
    for (std::size_t b = 0; b < m; ++b) {
      for (std::size_t i = 1; i < n; ++i) system[a][b] += rows[a][i] * variance(i) * rows[b][i];
    }
    system[a][m] = wanted[a];
    for (std::size_t i = 1; i < n; ++i) system[a][m] -= rows[a][i] * value(i);
  }
  for (std::size_t k = 0; k < m; ++k) {
    std::size_t pivot = k;
    for (std::size_t a = k + 1; a < m; ++a) {
      if (std::fabs(system[a][k]) > std::fabs(system[pivot][k])) pivot = a;
    }
    std::swap(system[k], system[pivot]);
    for (std::size_t a = 0; a < m; ++a) {
      if (a == k) continue;
      const double factor = system[a][k] / system[k][k];
      for (std::size_t b = k; b <= m; ++b) system[a][b] -= factor * system[k][b];
    }
  }
  std::vector<double> x(n, target);
  for (std::size_t i = 1; i < n; ++i) {
    x[i] = value(i);
    for (std::size_t a = 0; a < m; ++a) x[i] += variance(i) * rows[a][i] * system[a][m] / system[a][a];
  }
  return x;
}

void expect_sums(const std::vector<RepairNode>& nodes, const std::vector<Rational>& values) {
  std::vector<Rational> sums(nodes.size());
  for (std::size_t i = 1; i < nodes.size(); ++i) sums[nodes[i].parent] += nodes[i].cell.weight * values[i];
  const std::vector<bool> inner = inner_nodes(nodes);
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (inner[i]) RC_ASSERT(sums[i] == values[i]);
  }
}

RC_GTEST_PROP(CascadeRepair, TreesSolveTheLeastSquaresProblem, ()) {
  const std::vector<RepairNode> nodes = any_tree(false);
  const Rational target(*rc::gen::inRange(-100, 2000), 7);
  const Repair repair = std::get<Repair>(repair_tree(nodes, target));
  expect_sums(nodes, repair.values);
  const std::vector<double> dense = dense_solution(nodes, target.to_double());
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const double exact = repair.values[i].to_double();
    RC_ASSERT(std::fabs(exact - dense[i]) <= 1e-9 * std::max(1.0, std::fabs(exact)));
  }
}

// A figure that the limits of a cell allow; its own when it is locked.
Rational any_allowed(const RepairCell& cell) {
  if (cell.willingness.is_zero()) return cell.value;
  Rational x = cell.value + Rational(*rc::gen::inRange(-300, 300), 7);
  if (cell.lower && x < *cell.lower) x = *cell.lower;
  if (cell.upper && x > *cell.upper) x = *cell.upper;
  return x;
}

RC_GTEST_PROP(CascadeRepair, LockedFiguresStayAndSumsHold, ()) {
  std::vector<RepairNode> nodes = any_tree(false);
  for (std::size_t i = 1; i < nodes.size(); ++i) {
    if (*rc::gen::inRange(0, 3) == 0) nodes[i].cell.willingness = Rational();
  }
  // A tree that can be repaired: locked inner figures and the target are sums of some leaves.
  const std::vector<bool> inner = inner_nodes(nodes);
  std::vector<Rational> sums(nodes.size());
  for (std::size_t i = nodes.size(); i-- > 1;) {
    if (!inner[i]) sums[i] = any_allowed(nodes[i].cell);
    if (inner[i] && nodes[i].cell.willingness.is_zero()) nodes[i].cell.value = sums[i];
    sums[nodes[i].parent] += nodes[i].cell.weight * sums[i];
  }
  const RepairResult result = repair_tree(nodes, sums[0]);
  RC_ASSERT(std::holds_alternative<Repair>(result));
  const Repair& repair = std::get<Repair>(result);
  expect_sums(nodes, repair.values);
  for (std::size_t i = 1; i < nodes.size(); ++i) {
    if (nodes[i].cell.willingness.is_zero()) RC_ASSERT(repair.values[i] == nodes[i].cell.value);
  }
}

RC_GTEST_PROP(CascadeRepair, LimitsHoldOrAreNamed, ()) {
  const std::vector<RepairNode> nodes = any_tree(true);
  const Rational target(*rc::gen::inRange(-100, 2000), 7);
  const RepairResult result = repair_tree(nodes, target);
  if (const Repair* repair = std::get_if<Repair>(&result)) {
    expect_sums(nodes, repair->values);
    for (std::size_t i = 1; i < nodes.size(); ++i) {
      if (nodes[i].cell.lower) RC_ASSERT(repair->values[i] >= *nodes[i].cell.lower);
      if (nodes[i].cell.upper) RC_ASSERT(repair->values[i] <= *nodes[i].cell.upper);
    }
    return;
  }
  // Without the limits that it names, the conflict is gone or another one.
  const RepairConflict& conflict = std::get<RepairConflict>(result);
  RC_ASSERT(!conflict.cells.empty());
  std::vector<RepairNode> freed = nodes;
  for (const std::size_t cell : conflict.cells) {
    RC_ASSERT(nodes[cell].cell.lower || nodes[cell].cell.upper);
    freed[cell].cell.lower.reset();
    freed[cell].cell.upper.reset();
  }
  const RepairResult again = repair_tree(freed, target);
  if (const RepairConflict* other = std::get_if<RepairConflict>(&again)) {
    RC_ASSERT(other->parent != conflict.parent || other->cells != conflict.cells);
  }
}

// No other family of the same sum and within the limits is nearer: a step along any pair costs.
RC_GTEST_PROP(CascadeRepair, FamiliesAreNearestWithinLimits, ()) {
  std::vector<RepairNode> nodes = any_tree(true);
  std::vector<RepairCell> cells;
  for (std::size_t i = 1; i < nodes.size(); ++i) cells.push_back(nodes[i].cell);
  Rational target;
  for (const RepairCell& cell : cells) target += cell.weight * any_allowed(cell);
  const RepairResult result = repair_family(cells, target);
  RC_ASSERT(std::holds_alternative<Repair>(result));
  const Repair& repair = std::get<Repair>(result);
  const Rational step(1, 1000);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    for (std::size_t j = 0; j < cells.size(); ++j) {
      if (i == j) continue;
      std::vector<Rational> moved = repair.values;
      moved[i] += step / cells[i].weight;
      moved[j] -= step / cells[j].weight;
      Rational cost;
      bool inside = true;
      for (std::size_t k = 0; k < cells.size(); ++k) {
        inside = inside && !(cells[k].lower && moved[k] < *cells[k].lower) &&
                 !(cells[k].upper && moved[k] > *cells[k].upper);
        cost += (moved[k] - cells[k].value) * (moved[k] - cells[k].value) / cells[k].willingness;
      }
      if (inside) RC_ASSERT(cost >= repair.objective);
    }
  }
}

// A model of two levels of sums with figures in whole steps, or of means that print two digits; once the
// edits are made everything adds up, and there is nothing more to propose.
RC_GTEST_PROP(CascadeRepair, ProposalsMakeModelsAddUp, ()) {
  const bool sums = *rc::gen::inRange(0, 2) == 0;
  testing::ModelFixture fixture;
  MeasureSpec spec;
  spec.aggregation = sums ? Aggregation::sum : Aggregation::weighted_mean;
  const ItemId item = fixture.item("UKURAN", spec);
  std::vector<VertexId> vertices{fixture.node(item, fixture.unit("64"))};
  std::vector<std::size_t> parents{0};
  const int first = *rc::gen::inRange(2, 5);
  const auto figure = [&] {
    const int number = *rc::gen::inRange(0, 10000);
    return sums ? Decimal(number) : Decimal::from_parts(number, 2);
  };
  fixture.state(vertices[0], Period::year(2026), figure());
  const auto add = [&](std::size_t parent, const std::string& path) {
    vertices.push_back(fixture.node(item, fixture.unit(path)));
    parents.push_back(parent);
    fixture.formula(vertices[parent], vertices.back(), Decimal(sums ? 1 : *rc::gen::inRange(1, 9)));
    fixture.state(vertices.back(), Period::year(2026), figure());
  };
  for (int i = 0; i < first; ++i) add(0, "64/" + std::to_string(i));
  const int second = *rc::gen::inRange(0, 5);
  for (int i = 0; i < second; ++i) add(1, "64/0/" + std::to_string(i));
  fixture.build();
  Model& model = fixture.model();
  const auto statement = [&](std::size_t i) -> Statement& {
    return model.statements[model.statement_begin[fixture.at(vertices[i]).index()]];
  };
  // The last child of the root stays free, so that a sum can always be met.
  for (std::size_t i = 1; i < vertices.size(); ++i) {
    const bool last = i == static_cast<std::size_t>(first);
    if (!last && *rc::gen::inRange(0, 4) == 0) statement(i).grounds.locked = true;
    statement(i).grounds.willingness = Decimal(*rc::gen::inRange(1, 5));
  }
  DiagnosticSink sink;
  const std::vector<RepairProposal> proposals = propose_repairs(model, {}, {}, sink);
  // Refused: only a locked parent whose children are locked too, or a mean of coarse steps.
  for (const Diagnostic& finding : sink.all()) {
    RC_ASSERT(finding.code == Code::J1650 || (!sums && finding.code == Code::J1652));
  }
  for (const RepairProposal& proposal : proposals) {
    for (const RepairEdit& edit : proposal.edits) {
      Statement& edited = model.statements[edit.statement];
      RC_ASSERT(!edited.grounds.locked);
      RC_ASSERT(*edited.target.number() == edit.before && edit.before != edit.after);
      edited.target = edit.after;
    }
  }
  DiagnosticSink again;
  RC_ASSERT(propose_repairs(model, {}, {}, again).empty());
  RC_ASSERT(again.all().size() == sink.all().size());
  if (!sink.all().empty()) return;
  std::vector<Rational> totals(vertices.size()), weights(vertices.size());
  for (std::size_t i = 1; i < vertices.size(); ++i) {
    const auto children = model.graph.children(fixture.at(vertices[parents[i]]));
    const auto place = std::find(children.begin(), children.end(), fixture.at(vertices[i])) - children.begin();
    const std::size_t edge = model.graph.formula_first_edge(fixture.at(vertices[parents[i]])).index();
    const Rational weight(model.formula_edges[edge + static_cast<std::size_t>(place)].weight);
    totals[parents[i]] += weight * Rational(*statement(i).target.number());
    weights[parents[i]] += sums ? Rational() : weight;
  }
  for (std::size_t i = 0; i < vertices.size(); ++i) {
    if (i != 0 && !(i == 1 && second > 0)) continue;
    const Decimal& wanted = *statement(i).target.number();
    if (sums) {
      RC_ASSERT(totals[i] == Rational(wanted));
    } else {
      RC_ASSERT(round(totals[i] / weights[i], spec.rounding) == wanted);
    }
  }
}

}  // namespace cascade_repair_test
}  // namespace jenjang
