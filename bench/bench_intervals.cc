// Ranges of a synthetic province: the least and the most possible of every inner node, twelve months, one lane, while
// one report in ten is missing.
//
// Arguments: staff, fields, sections, threads. Checked first, on provinces of up to 10,000 positions: every cell of the
// general engine's IntervalEvaluator lies within the bounds of the doubles, and the certain bands are equal; always:
// the same bits on one thread and on two, and the limit's ends within one part in 10^9. `x_limit` is the time beside a
// hand-written sweep over the same leaf columns, in plain doubles without errors, masks or decisions, on one thread;
// `x_general` (small provinces) the general engine's time beside ours.
#include <algorithm>
#include <benchmark/benchmark.h>
#include <chrono>
#include <cmath>
#include <cstring>
#include <limits>
#include <memory>

#include "jenjang/bulk/from_model.h"
#include "jenjang/bulk/intervals.h"

#include "bench/incremental.h"

namespace {

using namespace jenjang;
using namespace jenjang::incremental;
using bulk::FlatPlan;
using bulk::IntervalRow;
using bulk::Intervals;

using Clock = std::chrono::steady_clock;
double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

// Every tenth report is taken out.
Facts thinned(const Facts& all) {
  Facts kept;
  kept.facts.reserve(all.facts.size());
  kept.observations = all.observations;
  kept.fact_begin.push_back(0);
  for (std::size_t node = 0; node + 1 < all.fact_begin.size(); ++node) {
    for (std::size_t i = all.fact_begin[node]; i < all.fact_begin[node + 1]; ++i) {
      if (i * 2654435761U % 10 != 0) kept.facts.push_back(all.facts[i]);
    }
    kept.fact_begin.push_back(static_cast<std::uint32_t>(kept.facts.size()));
  }
  return kept;
}

// What a good engineer writes in an hour for sums and means of this plan: two columns, infinite where open.
struct Limit {
  explicit Limit(const FlatPlan& plan) : ends(plan.node_count() * 2 * kMonths) {}
  void sweep(const FlatPlan& plan, const bulk::Figures& figures) {
    constexpr double kOpen = std::numeric_limits<double>::infinity();
    const auto leaves = static_cast<std::uint32_t>(plan.leaf_count());
    for (std::uint32_t node = 0; node < leaves; ++node) {
      const bulk::MeasureClass& measure = plan.measure(node);
      const double low = measure.least_possible ? measure.least_possible->to_double() : -kOpen;
      const double high = measure.most_possible ? measure.most_possible->to_double() : kOpen;
      const double* const value = &figures.value[std::size_t{node} * kMonths];
      const bulk::StateByte* const state = &figures.state[std::size_t{node} * kMonths];
      double* const to = &ends[std::size_t{node} * 2 * kMonths];
      for (int at = 0; at < kMonths; ++at) {
        const bool known = (state[at] & bulk::kStateMask) == 0;
        to[at] = known ? value[at] : low;
        to[kMonths + at] = known ? value[at] : high;
      }
    }
    for (std::uint32_t node = leaves; node < plan.node_count(); ++node) {
      double sums[2 * kMonths] = {}, weights = 0;
      for (const bulk::Edge& edge : plan.children(node)) {
        const double* const from = &ends[std::size_t{edge.child()} * 2 * kMonths];
        for (int at = 0; at < 2 * kMonths; ++at) sums[at] += edge.weight * from[at];
        weights += edge.weight;
      }
      const bulk::MeasureClass& measure = plan.measure(node);
      const double scale =
          measure.aggregation == Aggregation::sum ? std::pow(10.0, -measure.weight_places) : 1 / weights;
      double* const to = &ends[std::size_t{node} * 2 * kMonths];
      for (int at = 0; at < 2 * kMonths; ++at) to[at] = sums[at] * scale * measure.factor.to_double();
    }
  }
  std::vector<double> ends;  // [node][least, most][12]
};

struct Problem {
  explicit Problem(const benchmark::State& state) {
    model = make_model(state);
    targets = make_targets(model);
    std::vector<NodeId> staff;
    facts = thinned(make_facts(model, staff, 8));
    auto outcome = bulk::flatten_model(model, targets, facts, {}, kYear);
    if (!std::holds_alternative<bulk::FlatModel>(outcome)) fail("the flat engine refuses the province");
    flat = std::move(std::get<bulk::FlatModel>(outcome));
    if (staff.size() <= 10'000) {
      compare_with_general();
    } else {
      // Only the columns are wanted from here on.
      facts = {};
      targets = {};
    }
    check_threads_and_limit();
  }

  void compare_with_general() {
    Intervals ours(flat.plan, flat.figures, flat.rows, Lane::all, Intervals::Slots::months);
    ours.compute();
    IntervalEvaluator general(model, targets, facts, Lane::all);
    std::vector<std::optional<PossibleRange>> wanted;
    std::vector<int> bands;
    const auto start = Clock::now();
    for (std::uint32_t node = 0; node < flat.plan.node_count(); ++node) {
      for (std::size_t at = 0; at < bulk::kMonths; ++at) {
        const Period period = bulk::slot_period(kYear, bulk::kCoarse + at);
        wanted.push_back(general.value(NodeId::from_index(node), period));
        bands.push_back(general.certain_band(NodeId::from_index(node), period));
      }
    }
    general_seconds = seconds_since(start);
    for (std::uint32_t node = 0; node < flat.plan.node_count(); ++node) {
      const IntervalRow row = ours.value(node);
      for (std::size_t at = 0; at < bulk::kMonths; ++at) {
        const std::size_t cell = std::size_t{node} * bulk::kMonths + at;
        const auto& range = wanted[cell];
        const bool applies = (row.applies >> at & 1U) != 0;
        if (applies != range.has_value()) fail("a range that does not apply");
        if (ours.certain_band(node, at, row) != bands[cell]) fail("another certain band");
        if (!applies) continue;
        const double low = row.lowest(at), high = row.highest(at);
        if (range->least ? Rational::from_double(low) > *range->least : std::isfinite(low)) fail("another least");
        if (range->most ? Rational::from_double(high) < *range->most : std::isfinite(high)) fail("another most");
      }
    }
  }

  void check_threads_and_limit() {
    Intervals one(flat.plan, flat.figures, flat.rows, Lane::all, Intervals::Slots::months);
    Intervals two(flat.plan, flat.figures, flat.rows, Lane::all, Intervals::Slots::months);
    bulk::SweepOptions pair;
    pair.threads = 2;
    one.compute();
    two.compute(pair);
    limit = std::make_unique<Limit>(flat.plan);
    limit->sweep(flat.plan, flat.figures);
    for (auto node = static_cast<std::uint32_t>(flat.plan.leaf_count()); node < flat.plan.node_count(); ++node) {
      const IntervalRow a = one.value(node), b = two.value(node);
      if (std::memcmp(a.least, b.least, sizeof a.least) != 0 || std::memcmp(a.most, b.most, sizeof a.most) != 0 ||
          a.applies != b.applies || a.outer != b.outer || a.point != b.point) {
        fail("other bits on two threads");
      }
      for (std::size_t at = 0; at < bulk::kMonths; ++at) {
        const double* const ends = &limit->ends[std::size_t{node} * 2 * kMonths];
        const auto near = [](double x, double y) { return x == y || std::abs(x - y) <= 1e-9 * (1 + std::abs(y)); };
        if (!near(ends[at], a.lowest(at)) || !near(ends[kMonths + at], a.highest(at))) fail("the limit says otherwise");
      }
    }
  }

  Model model;
  TargetTable targets;
  Facts facts;
  bulk::FlatModel flat;
  std::unique_ptr<Limit> limit;
  double general_seconds = 0;
};

void BM_Intervals(benchmark::State& state) {
  Problem& problem = kept_problem<Problem>(state);
  const bulk::FlatModel& flat = problem.flat;
  bulk::SweepOptions sweep;
  sweep.threads = static_cast<unsigned>(state.range(3));
  Intervals intervals(flat.plan, flat.figures, flat.rows, Lane::all, Intervals::Slots::months);
  std::vector<double> ours, limits;
  for (auto _ : state) {
    // In turns, so that both meet the same machine.
    const auto start = Clock::now();
    intervals.compute(sweep);
    ours.push_back(seconds_since(start));
    state.PauseTiming();
    const auto again = Clock::now();
    problem.limit->sweep(flat.plan, flat.figures);
    limits.push_back(seconds_since(again));
    state.ResumeTiming();
  }
  const auto median = [](std::vector<double>& all) {
    std::nth_element(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2), all.end());
    return all[all.size() / 2];
  };
  const double mine = median(ours);
  state.counters["nodes"] = static_cast<double>(flat.plan.node_count());
  state.counters["median_ms"] = 1e3 * mine;
  state.counters["x_limit"] = mine / median(limits);
  if (problem.general_seconds > 0) state.counters["x_general"] = problem.general_seconds / mine;
  state.counters["MiB"] = static_cast<double>(Intervals::bytes(flat.plan)) / (1 << 20);
}

BENCHMARK(BM_Intervals)
    ->Args({10'000, 4, 4, 1})
    ->Args({100'000, 4, 4, 1})
    ->Args({960'000, 12, 20, 1})
    ->Args({960'000, 12, 20, 2})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

}  // namespace

BENCHMARK_MAIN();
