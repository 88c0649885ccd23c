// CSV of result rows from the columns of the flat engine, to a file: the year alone, and every period of it.
//
// Arguments: staff, fields, sections, threads. Every measure has a target in every period and eight in a hundred
// reports are not validated, so that rows are full and many come twice. The answer is checked first: on a province of
// 20,000 positions the bytes are those of the general engine's rows. Memory: some 9 GB at a million, nearly all of it
// facts, which are let go before anything is timed.
#include <benchmark/benchmark.h>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <unistd.h>

#include "jenjang/bulk/from_model.h"
#include "jenjang/report/report.h"
#include "jenjang/workspace/flat_rows.h"

#include "bench/incremental.h"

namespace {

using namespace jenjang;
using namespace jenjang::incremental;

struct Problem {
  explicit Problem(const benchmark::State& state) {
    const Model model = make_model(state);
    const TargetTable targets = make_targets(model);
    std::vector<NodeId> staff;
    const Facts facts = make_facts(model, staff, 8);
    auto outcome = bulk::flatten_model(model, targets, facts, {}, kYear);
    if (!std::holds_alternative<bulk::FlatModel>(outcome)) fail("the flat engine refuses the province");
    flat = std::move(std::get<bulk::FlatModel>(outcome));
    names = snapshot::names_of(model, kYear);
    if (staff.size() > 50'000) return;
    DiagnosticSink sink;
    const RollupResult result = run_rollup(model, targets, facts, {}, sink);
    const ExplainContext context{model, targets, facts, result};
    WriteOptions csv;
    csv.format = OutputFormat::csv;
    wanted = write_rows(rows_of_both_lanes(context, {}), csv);
  }

  bulk::FlatModel flat;
  snapshot::PlanNames names;
  std::string wanted;  // of small provinces: all rows by the general engine
};

class Output {
public:
  Output() : path_(std::filesystem::temp_directory_path() / ("jenjang-rows-" + std::to_string(getpid()) + ".csv")) {
    file_ = std::fopen(path_.c_str(), "wb");
    if (file_ == nullptr) fail("no file");
    std::setvbuf(file_, nullptr, _IONBF, 0);
  }
  ~Output() {
    std::fclose(file_);
    std::filesystem::remove(path_);
  }
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;
  bool take(std::string_view part) {
    bytes += part.size();
    return std::fwrite(part.data(), 1, part.size(), file_) == part.size();
  }
  std::size_t bytes = 0;

private:
  std::filesystem::path path_;
  std::FILE* file_ = nullptr;
};

void check(Problem& problem) {
  if (problem.wanted.empty()) return;
  const FlatRows rows({{kYear, problem.flat.plan, problem.flat.figures, problem.flat.rows, problem.names}}, {});
  std::string found;
  rows.write_csv([&found](std::string_view part) {
    found += part;
    return true;
  });
  if (found != problem.wanted) fail("rows of the flat engine are not those of the general one");
}

void run(benchmark::State& state, const FlatRowFilter& filter) {
  Problem& problem = kept_problem<Problem>(state);
  check(problem);
  bulk::SweepOptions sweep;
  sweep.threads = static_cast<unsigned>(state.range(3));
  std::size_t bytes = 0;
  for (auto _ : state) {
    Output out;
    const FlatRows rows({{kYear, problem.flat.plan, problem.flat.figures, problem.flat.rows, problem.names}}, filter,
                        sweep);
    if (!rows.write_csv([&out](std::string_view part) { return out.take(part); })) fail("not written");
    bytes = out.bytes;
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes) * static_cast<std::int64_t>(state.iterations()));
  state.counters["nodes"] = static_cast<double>(problem.flat.plan.node_count());
  state.counters["MB"] = static_cast<double>(bytes) / 1e6;
}

void BM_YearRows(benchmark::State& state) {
  FlatRowFilter filter;
  filter.granularity = Granularity::year;
  run(state, filter);
}

void BM_AllRows(benchmark::State& state) {
  run(state, {});
}

void sizes(benchmark::internal::Benchmark* bench) {
  bench->Args({20'000, 4, 4, 1})->Args({20'000, 4, 4, 2})->Args({960'000, 12, 20, 1})->Args({960'000, 12, 20, 2});
  bench->Unit(benchmark::kMillisecond)->UseRealTime();
}
BENCHMARK(BM_YearRows)->Apply(sizes);
BENCHMARK(BM_AllRows)->Apply(sizes);

}  // namespace

BENCHMARK_MAIN();
