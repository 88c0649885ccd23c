// What the benchmarks of single changes share: the province with its facts and targets, and the times of single calls.
#pragma once

#include <benchmark/benchmark.h>
#include <chrono>
#include <cstdint>
#include <memory>
#include <vector>

#include "jenjang/facts/facts.h"
#include "jenjang/graph/model.h"
#include "jenjang/graph/target_table.h"
#include "jenjang/journal/journal.h"

#include "random.h"

namespace jenjang::incremental {

constexpr int kYear = 2026;
constexpr int kMonths = 12;

[[noreturn]] void fail(const char* what);

constexpr std::uint64_t kSeed = 20260101;

// Arguments of a benchmark: staff, fields of an agency, sections of a field.
Model make_model(const benchmark::State& state);
// Every measure has a target in every period, so that every cell has an achievement to compute.
TargetTable make_targets(const Model& model);
// Monthly realisations of every position; so many in a hundred are not validated. `staff` gets the positions.
Facts make_facts(const Model& model, std::vector<NodeId>& staff, unsigned not_validated);
// The figure as a row of a journal.
std::vector<Entry> entry_of(const Model& model, NodeId node, const Observation& observation, std::int64_t second);

// One problem at a time, since the largest takes more than ten GiB: that of the benchmark and arguments asked for last.
struct Kept {
  const void* kind = nullptr;
  std::vector<std::int64_t> shape;
  std::shared_ptr<void> problem;
};
Kept& kept();
template <class Problem>
Problem& kept_problem(const benchmark::State& state) {
  static const char kKind = 0;
  const std::vector<std::int64_t> shape{state.range(0), state.range(1), state.range(2)};
  if (kept().kind != &kKind || kept().shape != shape) {
    kept() = {};
    kept() = {&kKind, shape, std::make_shared<Problem>(state)};
  }
  return *static_cast<Problem*>(kept().problem.get());
}

// Medians of single calls, in microseconds.
class Times {
public:
  void add(std::chrono::steady_clock::duration time) { all_.push_back(std::chrono::duration<double>(time).count()); }
  void report(benchmark::State& state);

private:
  std::vector<double> all_;
};

// Benchmarks of the flat engine (incremental_flat.cc).
void flat_change_one(benchmark::State& state);
void flat_record_and_change_one(benchmark::State& state);

}  // namespace jenjang::incremental
