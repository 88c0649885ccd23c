// Columns: roll-up of values, of everything, a cascade in whole numbers, changed facts.
#include <cmath>
#include <memory>

#include "jenjang/bulk/sweep.h"
#include "jenjang/synthetic/nation.h"

#include "bulk/problem.h"
#include "jobs.h"

namespace jenjang::guard {
namespace {

using bulk::kMonths;

bulk::SweepOptions alone(bulk::Depth depth, bulk::Simd simd) {
  if (!bulk::has_simd(simd)) throw NotHere{};
  bulk::SweepOptions options;
  options.depth = depth;
  options.simd = simd;
  return options;
}

// Sums by weight in ten-thousandths: the root of the plain problem holds as many reports as reach it.
Prepared values(std::uint32_t size) {
  const auto problem = std::make_shared<bench::Problem>(bench::make_plain(size, 1));
  const bulk::SweepOptions options = alone(bulk::Depth::values, bulk::Simd::baseline);
  return {problem->plan.node_count(), [problem, options] {
            roll_up(problem->plan, problem->figures, options);
            const std::size_t root = (problem->plan.node_count() - 1) * kMonths;
            return problem->figures.value[root] > 0 &&
                   bulk::cell_state(problem->figures.state[root]) == CellState::value;
          }};
}

bulk::CascadeOptions alone_down() {
  bulk::CascadeOptions options;
  options.simd = bulk::Simd::baseline;
  return options;
}

bench::Problem in_whole_numbers(std::uint32_t size) {
  bench::Problem problem = bench::make_plain(size, 1);
  for (bulk::MeasureClass& measure : problem.plan.classes) {
    if (measure.aggregation != Aggregation::leaf) measure.descent = bulk::Descent::whole;
  }
  return problem;
}

// To the step of each measure: what a cascade hands down unrounded is not printed yet.
void print_targets(const bulk::FlatPlan& plan, bulk::Figures& figures) {
  for (std::uint32_t node = 0; node < plan.node_count(); ++node) {
    const double step = std::pow(10.0, plan.measure(node).places);
    for (std::size_t cell = node * kMonths; cell < (node + 1) * kMonths; ++cell) {
      figures.target[cell] = std::floor(figures.target[cell] * step + 0.5) / step;
    }
  }
}

// Every node with an achievement, a predicate of five bands and its coverage; targets in whole numbers.
Prepared full_with(std::uint32_t size, bulk::Simd simd) {
  const bulk::SweepOptions options = alone(bulk::Depth::full, simd);
  const auto problem = std::make_shared<bench::Problem>(in_whole_numbers(size));
  cascade(problem->plan, problem->figures, alone_down());
  return {problem->plan.node_count(), [problem, options] {
            roll_up(problem->plan, problem->figures, options);
            return problem->figures.band[(problem->plan.node_count() - 1) * kMonths] != bulk::kNoBand;
          }};
}
Prepared full(std::uint32_t size) {
  return full_with(size, bulk::Simd::baseline);
}
Prepared full_avx2(std::uint32_t size) {
  return full_with(size, bulk::Simd::avx2);
}

// Every kind of measure, two lanes, and cells on and beside cuts, so that the exact side is counted too.
Prepared nation_in_small(std::uint32_t size) {
  NationSpec spec = NationSpec::sized(size);
  spec.near_cut = size / 20;
  const auto nation = std::make_shared<FlatNation>(make_nation(spec));
  // Figures are judged against targets as printed, which a nation gets from its cascade.
  cascade(nation->plan, nation->figures, alone_down());
  print_targets(nation->plan, nation->figures);
  const bulk::SweepOptions options = alone(bulk::Depth::full, bulk::Simd::baseline);
  return {nation->plan.node_count(),
          [nation, options] { return roll_up(nation->plan, nation->figures, options).exact_decisions > 0; }};
}

Prepared cascade_whole(std::uint32_t size) {
  const auto problem = std::make_shared<bench::Problem>(in_whole_numbers(size));
  return {problem->plan.node_count(), [problem] {
            cascade(problem->plan, problem->figures, alone_down());
            // A whole number came down to the first leaf; without a cascade it has none.
            const double target = problem->figures.target[0];
            return target >= 0 && target == std::floor(target);
          }};
}

// A tenth as many changes as nodes: a change costs the rows above one fact, whatever the size of the plan.
Prepared changes(std::uint32_t size) {
  struct Live {
    bench::Problem problem;
    std::unique_ptr<bulk::LiveFigures> figures;
  };
  const auto live = std::make_shared<Live>();
  live->problem = bench::make_plain(size, 1);
  roll_up(live->problem.plan, live->problem.figures, alone(bulk::Depth::full, bulk::Simd::baseline));
  live->figures = std::make_unique<bulk::LiveFigures>(live->problem.plan, live->problem.figures, bulk::Depth::full,
                                                      bulk::Simd::baseline);
  const std::uint32_t count = size / 10;
  return {count, [live, count] {
            std::size_t recomputed = 0;
            const std::size_t leaves = live->problem.plan.leaf_count();
            for (std::uint32_t i = 0; i < count; ++i) {
              const auto leaf = static_cast<std::uint32_t>(std::uint64_t{i} * 7919 % leaves);
              recomputed += live->figures->change(leaf, i % kMonths, 1000.0 + i, bulk::state_byte(CellState::value));
            }
            return recomputed >= count;
          }};
}

}  // namespace

std::vector<Job> flat_jobs() {
  return {{"flat-values", "nodes", 100'000, 2.3, values},
          {"flat-full", "nodes", 20'000, 2.3, full},
          {"flat-full-avx2", "nodes", 20'000, 2.3, full_avx2},
          {"flat-nation", "nodes", 8'000, 2.3, nation_in_small},
          {"flat-cascade-whole", "nodes", 20'000, 2.3, cascade_whole},
          {"flat-changes", "changes", 10'000, 2.3, changes}};
}

}  // namespace jenjang::guard
