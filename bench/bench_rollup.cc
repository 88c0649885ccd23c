// Full roll-up of a province-shaped tree of sums: 1 province, districts, agencies, fields, staff.
//
// Checked first against a hand-written sweep over plain arrays, which is also timed: it is the
// limit. A copy of the same bytes is the bandwidth probe. Report ratios between the three.
#include <benchmark/benchmark.h>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "jenjang/graph/goal_graph_builder.h"
#include "jenjang/rollup/rollup.h"

namespace {

using namespace jenjang;

struct Problem {
  Model model;
  Facts facts;
  std::vector<std::uint32_t> parent;  // by NodeId; the root is its own parent
  std::vector<double> leaf_value;     // by NodeId, per month
  static constexpr int kMonths = 12;
};

// A complete tree with the given fan-outs from the top; leaves carry twelve monthly facts.
std::unique_ptr<Problem> make_problem(const std::vector<std::uint32_t>& fan_out) {
  auto problem = std::make_unique<Problem>();
  Model& model = problem->model;
  Item item;
  item.code = "X";
  item.kind = ItemKind::indicator;
  item.spec.aggregation = Aggregation::sum;
  item.spec.accumulation = Accumulation::increments;
  item.spec.frequency = Granularity::month;
  model.items.push_back(item);

  GoalGraphBuilder builder;
  std::vector<VertexId> level{builder.add_vertex("X@u", {})};
  std::vector<std::uint32_t> vertex_parent{0};
  std::vector<VertexId> all = level;
  for (const std::uint32_t fan : fan_out) {
    std::vector<VertexId> next;
    for (const VertexId up : level)
      for (std::uint32_t k = 0; k < fan; ++k) {
        const VertexId child = builder.add_vertex("X", {});
        builder.add_edge(EdgeKind::formula, up, child, {});
        vertex_parent.push_back(up.value());
        next.push_back(child);
      }
    level = std::move(next);
    all.insert(all.end(), level.begin(), level.end());
  }
  DiagnosticSink sink;
  FrozenGraph frozen = std::move(*builder.freeze(sink));
  model.graph = std::move(frozen.graph);
  const std::size_t n = all.size();
  model.node_item.assign(n, ItemId(0));
  model.node_span.assign(n, {});
  model.formula_edges.assign(n - 1, {});
  model.statement_begin.assign(n + 1, 0);
  model.baseline_begin.assign(n + 1, 0);
  model.node_unit.resize(n);
  problem->parent.resize(n);
  for (std::size_t v = 0; v < n; ++v) {
    const NodeId node = frozen.node_of_vertex[v];
    OrgUnit unit;
    const std::string path = "u" + std::to_string(v);
    unit.path = path;
    model.node_unit[node.index()] = model.units.add(unit);
    problem->parent[node.index()] = frozen.node_of_vertex[vertex_parent[v]].value();
  }
  model.build_index();

  std::uint64_t state = 20260101;
  const auto random = [&state] {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::uint32_t>(state >> 33);
  };
  problem->leaf_value.assign(n * Problem::kMonths, 0.0);
  auto& facts = problem->facts;
  facts.fact_begin.assign(n + 1, 0);
  for (std::size_t node = 0; node < n; ++node) {
    facts.fact_begin[node] = static_cast<std::uint32_t>(facts.facts.size());
    if (!model.graph.children(NodeId::from_index(node)).empty()) continue;
    for (int month = 1; month <= Problem::kMonths; ++month) {
      Observation observation;
      observation.period = Period(2026, Granularity::month, month);
      observation.number = Decimal(random() % 1000);
      const double value = observation.number.to_double();
      problem->leaf_value[node * Problem::kMonths + static_cast<std::size_t>(month - 1)] = value;
      facts.facts.push_back({NodeId::from_index(node), static_cast<std::uint32_t>(facts.observations.size()), value});
      facts.observations.push_back(std::move(observation));
    }
  }
  facts.fact_begin[n] = static_cast<std::uint32_t>(facts.facts.size());
  return problem;
}

// The limit: levels in order, so a reverse push over parents is one forward walk.
void hand_sweep(const Problem& problem, std::vector<double>& column) {
  std::memcpy(column.data(), problem.leaf_value.data(), column.size() * sizeof(double));
  const std::size_t n = problem.parent.size();
  for (std::size_t node = 0; node + 1 < n; ++node) {
    const double* from = &column[node * Problem::kMonths];
    double* to = &column[static_cast<std::size_t>(problem.parent[node]) * Problem::kMonths];
    for (int month = 0; month < Problem::kMonths; ++month) to[month] += from[month];
  }
}

const std::vector<std::vector<std::uint32_t>> kShapes = {
    {5, 10, 10}, {10, 35, 4, 7}, {10, 35, 10, 10, 3}, {10, 100, 10, 10, 4}};

std::unique_ptr<Problem>& problem_of(std::size_t index) {
  static std::vector<std::unique_ptr<Problem>> cache(kShapes.size());
  if (!cache[index]) cache[index] = make_problem(kShapes[index]);
  return cache[index];
}

void check(const Problem& problem) {
  DiagnosticSink sink;
  const RollupResult result = run_rollup(problem.model, TargetTable{}, problem.facts, {}, sink);
  std::vector<double> column(problem.leaf_value.size());
  hand_sweep(problem, column);
  for (std::size_t node = 0; node < problem.parent.size(); ++node)
    for (int month = 1; month <= Problem::kMonths; ++month) {
      const auto slot = result.grid().find(Period(2026, Granularity::month, month));
      const double expected = column[node * Problem::kMonths + static_cast<std::size_t>(month - 1)];
      if (!slot ||
          std::abs(result.at(NodeId::from_index(node), *slot).value - expected) > 1e-9 * (1 + std::abs(expected))) {
        std::fprintf(stderr, "roll-up differs from the hand-written sweep at node %zu month %d\n", node, month);
        std::abort();
      }
    }
}

void engine_rollup(benchmark::State& state) {
  const auto& problem = *problem_of(static_cast<std::size_t>(state.range(0)));
  check(problem);
  for (auto _ : state) {
    DiagnosticSink sink;
    benchmark::DoNotOptimize(run_rollup(problem.model, TargetTable{}, problem.facts, {}, sink));
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(problem.parent.size()));
  state.counters["nodes"] = static_cast<double>(problem.parent.size());
}

void limit_sweep(benchmark::State& state) {
  const auto& problem = *problem_of(static_cast<std::size_t>(state.range(0)));
  std::vector<double> column(problem.leaf_value.size());
  for (auto _ : state) {
    hand_sweep(problem, column);
    benchmark::DoNotOptimize(column.data());
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(problem.parent.size()));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(column.size() * sizeof(double) * 2));
}

void bandwidth_probe(benchmark::State& state) {
  const auto& problem = *problem_of(static_cast<std::size_t>(state.range(0)));
  std::vector<double> column(problem.leaf_value.size());
  for (auto _ : state) {
    std::memcpy(column.data(), problem.leaf_value.data(), column.size() * sizeof(double));
    benchmark::DoNotOptimize(column.data());
    benchmark::ClobberMemory();
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(column.size() * sizeof(double) * 2));
}

BENCHMARK(engine_rollup)->DenseRange(0, 3)->Unit(benchmark::kMillisecond);
BENCHMARK(limit_sweep)->DenseRange(0, 3)->Unit(benchmark::kMillisecond);
BENCHMARK(bandwidth_probe)->DenseRange(0, 3)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
