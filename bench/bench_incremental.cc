// One changed staff realisation of a synthetic province, carried to every ancestor; with and without the append to a
// journal in memory before it.
//
// Arguments: staff, fields of an agency, sections of a field. A million staff in 16 x 16 are ten to a section; in 4 x 4
// they are 162, which is more than any section has. Checked first: after two hundred changes the columns are those of a
// full roll-up bit for bit, and the hand-written path over flat arrays has the same figures. That path, the limit, is
// timed beside it; the bandwidth probe is a copy of the cells that one change reads, taken at random places.
// Medians are of single changes, each timed by itself.
//
// The same with the flat engine (incremental_flat.cc): bulk::LiveFigures over the columns of the same province, in full
// depth and both lanes, with some facts not validated. It knows months only; quarters, semesters and the year, which
// the general engine renews in the same call, are not among its cells.
#include <algorithm>
#include <benchmark/benchmark.h>
#include <chrono>
#include <cmath>
#include <memory>
#include <vector>

#include "jenjang/rollup/incremental.h"

#include "bench/incremental.h"

namespace {

using namespace jenjang;
using namespace jenjang::incremental;

// The limit: values alone in flat arrays, sums and means along one path.
struct Flat {
  std::size_t slots = 0;
  std::vector<double> value;  // [node][slot]
  std::vector<std::uint32_t> parent;
  std::vector<char> mean;

  void change(const GoalGraph& graph, NodeId leaf, const std::vector<std::size_t>& path_slots, double month) {
    // The coarser slots of the leaf move by what the month moves; the leaf's own rule is not what is measured here.
    double* own = &value[leaf.index() * slots];
    const double by = month - own[path_slots.front()];
    for (const std::size_t slot : path_slots) own[slot] += by;
    for (std::uint32_t node = parent[leaf.index()]; node != UINT32_MAX; node = parent[node]) {
      const auto children = graph.children(NodeId(node));
      for (const std::size_t slot : path_slots) {
        double total = 0;
        for (const NodeId child : children) total += value[child.index() * slots + slot];
        value[node * slots + slot] = mean[node] != 0 ? total / static_cast<double>(children.size()) : total;
      }
    }
  }
};

struct Problem {
  explicit Problem(const benchmark::State& state);

  Model model;
  TargetTable targets;
  std::vector<NodeId> staff;
  std::unique_ptr<LiveRollup> live;
  Flat flat;
  bench::Random random{kSeed};

  std::pair<NodeId, Observation> draw() {
    std::pair<NodeId, Observation> change;
    change.first = staff[random.below(staff.size())];
    change.second.period = Period(kYear, Granularity::month, 1 + static_cast<int>(random.below(kMonths)));
    change.second.number = Decimal(1 + random.below(9999));
    return change;
  }
};

void check(Problem& problem) {
  for (int i = 0; i < 200; ++i) {
    auto [node, observation] = problem.draw();
    problem.live->set(node, std::move(observation));
  }
  if (problem.live->check()) fail("the live roll-up differs from the full one");
  // Sums and means of the hand-written path start from the engine's leaves and must make the engine's inner figures.
  const RollupResult& result = problem.live->result();
  Flat& flat = problem.flat;
  flat.slots = result.grid().size();
  const std::size_t nodes = problem.model.node_count();
  flat.value.resize(nodes * flat.slots);
  flat.parent.assign(nodes, UINT32_MAX);
  flat.mean.assign(nodes, 0);
  for (std::size_t i = 0; i < nodes; ++i) {
    const NodeId node = NodeId::from_index(i);
    const auto children = problem.model.graph.children(node);
    flat.mean[i] = problem.model.item(node).spec.aggregation == Aggregation::weighted_mean ? 1 : 0;
    for (const NodeId child : children) flat.parent[child.index()] = node.value();
    for (std::size_t slot = 0; slot < flat.slots; ++slot) {
      const double engine = result.at(node, SlotId::from_index(slot)).value;
      double total = 0;
      for (const NodeId child : children) total += flat.value[child.index() * flat.slots + slot];
      if (flat.mean[i] != 0 && !children.empty()) total /= static_cast<double>(children.size());
      if (children.empty()) {
        total = engine;
      } else if (std::abs(total - engine) > 1e-9 * (1 + std::abs(engine))) {
        fail("the live roll-up differs from the hand-written path");
      }
      flat.value[i * flat.slots + slot] = total;
    }
  }
}

Problem::Problem(const benchmark::State& state) : model(make_model(state)), targets(make_targets(model)) {
  DiagnosticSink sink;
  Facts facts = make_facts(model, staff, 0);
  live = std::make_unique<LiveRollup>(model, targets, std::move(facts), RollupOptions{}, sink);
  check(*this);
}

Problem& problem_of(const benchmark::State& state) {
  return kept_problem<Problem>(state);
}

void finish(benchmark::State& state, Times& times, std::size_t cells, std::size_t reached) {
  times.report(state);
  const auto runs = static_cast<double>(state.iterations());
  state.counters["cells"] = static_cast<double>(cells) / runs;
  // Changes whose report names a node without a parent: all of them, but for a mean that did not move by one bit.
  state.counters["reached_top"] = static_cast<double>(reached) / runs;
}

void change_one(benchmark::State& state) {
  Problem& problem = problem_of(state);
  Times times;
  std::size_t cells = 0, reached = 0;
  for (auto _ : state) {
    auto [node, observation] = problem.draw();
    const auto start = std::chrono::steady_clock::now();
    const ChangeReport report = problem.live->set(node, std::move(observation));
    times.add(std::chrono::steady_clock::now() - start);
    cells += report.cells.size();
    if (!report.cells.empty() && problem.model.graph.parents(report.cells.back().node).empty()) ++reached;
  }
  finish(state, times, cells, reached);
  state.counters["nodes"] = static_cast<double>(problem.model.node_count());
}

void record_and_change_one(benchmark::State& state) {
  Problem& problem = problem_of(state);
  Journal journal = Journal::in_memory();
  Times times;
  std::size_t cells = 0, reached = 0;
  std::int64_t second = 1767225600;  // 2026-01-01
  for (auto _ : state) {
    auto [node, observation] = problem.draw();
    std::vector<Entry> entries = entry_of(problem.model, node, observation, ++second);
    const auto start = std::chrono::steady_clock::now();
    if (!journal.append(std::move(entries))) fail("the journal refused an entry");
    const ChangeReport report = problem.live->set(node, std::move(observation));
    times.add(std::chrono::steady_clock::now() - start);
    cells += report.cells.size();
    if (!report.cells.empty() && problem.model.graph.parents(report.cells.back().node).empty()) ++reached;
  }
  finish(state, times, cells, reached);
}

std::vector<std::size_t> slots_around(const PeriodGrid& grid, Period month) {
  std::vector<std::size_t> slots;
  for (int g = static_cast<int>(Granularity::month); g >= 0; --g) {
    slots.push_back(grid.find(month.enclosing(static_cast<Granularity>(g)))->index());
  }
  return slots;
}

void limit_path(benchmark::State& state) {
  Problem& problem = problem_of(state);
  Times times;
  for (auto _ : state) {
    const auto [node, observation] = problem.draw();
    const auto slots = slots_around(problem.live->result().grid(), observation.period);
    const auto start = std::chrono::steady_clock::now();
    problem.flat.change(problem.model.graph, node, slots, observation.number.to_double());
    benchmark::ClobberMemory();
    times.add(std::chrono::steady_clock::now() - start);
  }
  times.report(state);
}

void bandwidth_probe(benchmark::State& state) {
  Problem& problem = problem_of(state);
  const RollupResult& result = problem.live->result();
  std::vector<ResultCell> copy;
  Times times;
  std::size_t bytes = 0;
  for (auto _ : state) {
    const auto [leaf, observation] = problem.draw();
    const auto slots = slots_around(result.grid(), observation.period);
    copy.clear();
    const auto start = std::chrono::steady_clock::now();
    for (std::uint32_t node = problem.flat.parent[leaf.index()]; node != UINT32_MAX; node = problem.flat.parent[node]) {
      for (const NodeId child : problem.model.graph.children(NodeId(node))) {
        for (const std::size_t slot : slots) copy.push_back(result.at(child, SlotId::from_index(slot)));
      }
    }
    benchmark::DoNotOptimize(copy.data());
    times.add(std::chrono::steady_clock::now() - start);
    bytes += copy.size() * sizeof(ResultCell);
  }
  times.report(state);
  state.SetBytesProcessed(static_cast<std::int64_t>(2 * bytes));
}

void full_sweep(benchmark::State& state) {
  Problem& problem = problem_of(state);
  for (auto _ : state) {
    DiagnosticSink sink;
    benchmark::DoNotOptimize(run_rollup(problem.model, problem.targets, problem.live->facts(), {}, sink));
  }
  state.counters["nodes"] = static_cast<double>(problem.model.node_count());
}

// In this order, so that each province is made once.
const int kRegistered = [] {
  const std::vector<std::vector<std::int64_t>> shapes{{61000, 4, 4}, {1000000, 16, 16}, {1000000, 4, 4}};
  for (const auto& shape : shapes) {
    benchmark::RegisterBenchmark("change_one", change_one)->Args(shape)->Unit(benchmark::kMicrosecond);
    benchmark::RegisterBenchmark("record_and_change_one", record_and_change_one)
        ->Args(shape)
        ->Unit(benchmark::kMicrosecond);
    benchmark::RegisterBenchmark("limit_path", limit_path)->Args(shape)->Unit(benchmark::kMicrosecond);
    benchmark::RegisterBenchmark("bandwidth_probe", bandwidth_probe)->Args(shape)->Unit(benchmark::kMicrosecond);
    benchmark::RegisterBenchmark("full_sweep", full_sweep)->Args(shape)->Unit(benchmark::kMillisecond);
    benchmark::RegisterBenchmark("flat_change_one", flat_change_one)->Args(shape)->Unit(benchmark::kMicrosecond);
    benchmark::RegisterBenchmark("flat_record_and_change_one", flat_record_and_change_one)
        ->Args(shape)
        ->Unit(benchmark::kMicrosecond);
  }
  return 0;
}();

}  // namespace

BENCHMARK_MAIN();
