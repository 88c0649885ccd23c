// A snapshot at work: written, opened, checked, for plans of 10^5 to 10^7 measures.
//
// Opening is what a run waits for before its first sweep. Beside it, in the same run: reading the file's bytes once
// from the page cache (`x_probe`), which is what any start without a mapping would have to do at least, and checking
// every page, which the first sweep does along its way. What comes back is compared with what was written before
// anything is timed. Files lie in the folder that the program is started in.
#include <algorithm>
#include <benchmark/benchmark.h>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <map>
#include <sys/resource.h>
#include <thread>
#include <unistd.h>

#include "jenjang/snapshot/snapshot.h"

namespace {

using namespace jenjang;
namespace fs = std::filesystem;

// Leaves in tens under sums, those in tens under means, up to one: 1.11 nodes a leaf.
bulk::FlatPlan make_plan(std::uint32_t leaves) {
  bulk::FlatPlan plan;
  plan.classes.resize(2);
  plan.classes[0].places = 2;
  plan.classes[1].aggregation = Aggregation::sum;
  plan.level_begin = {0, leaves};
  while (plan.level_begin.back() - plan.level_begin[plan.level_begin.size() - 2] > 1) {
    const std::uint32_t width = plan.level_begin.back() - plan.level_begin[plan.level_begin.size() - 2];
    plan.level_begin.push_back(plan.level_begin.back() + (width + 9) / 10);
  }
  const auto nodes = static_cast<std::uint32_t>(plan.node_count());
  plan.class_of = bulk::Column<std::uint16_t>(nodes);
  plan.owner = bulk::Column<std::uint32_t>(nodes);
  plan.edge_begin = bulk::Column<std::uint32_t>(nodes - leaves + 1);
  plan.edges = bulk::Column<bulk::Edge>(nodes - 1);
  plan.pair_row = bulk::Column<std::uint32_t>(nodes - leaves);
  std::uint32_t edge = 0;
  for (std::size_t level = 1; level < plan.level_count(); ++level) {
    for (std::uint32_t node = plan.level_begin[level]; node < plan.level_begin[level + 1]; ++node) {
      plan.class_of[node] = 1;
      plan.edge_begin[node - leaves] = edge;
      plan.pair_row[node - leaves] = bulk::kNoNode;
      const std::uint32_t end = std::min(plan.level_begin[level], edge + 10);
      for (; edge < end; ++edge) {
        plan.edges[edge] = {edge, 1, 1 + edge % 5};
        plan.owner[edge] = node;
      }
    }
  }
  plan.owner[nodes - 1] = bulk::kNoNode;
  plan.edge_begin[nodes - leaves] = edge;
  plan.bounds = bulk::find_bounds(plan);
  plan.shared = bulk::find_shared(plan);
  return plan;
}

struct Written {
  fs::path path;
  std::uint64_t bytes = 0;
  std::size_t nodes = 0;
};

[[noreturn]] void fail(const char* what) {
  std::fprintf(stderr, "bench_snapshot: %s\n", what);
  std::exit(1);
}

struct Cleanup {
  std::vector<fs::path> files;
  ~Cleanup() {
    std::error_code ignored;
    for (const fs::path& file : files) fs::remove(file, ignored);
  }
} cleanup;  // NOLINT

// Written and compared once for each size.
const Written& written(std::uint32_t leaves) {
  static std::map<std::uint32_t, Written> all;
  const auto [at, fresh] = all.try_emplace(leaves);
  Written& made = at->second;
  if (!fresh) return made;
  made.path = fs::current_path() / ("bench-snapshot-" + std::to_string(::getpid()) + "-" + std::to_string(leaves));
  cleanup.files.push_back(made.path);
  const bulk::FlatPlan plan = make_plan(leaves);
  bulk::Figures figures = bulk::make_figures(plan, false);
  for (std::size_t i = 0; i < plan.leaf_count() * bulk::kMonths; ++i) {
    figures.value[i] = static_cast<double>(i % 10'007) / 4;
    figures.target[i] = 2500;
    figures.state[i] = i % 20 == 0 ? bulk::state_byte(CellState::empty) : bulk::StateByte{0};
  }
  made.nodes = plan.node_count();
  snapshot::PlanNames names;
  std::vector<std::string> paths;
  for (std::size_t unit = 0; unit < made.nodes / 5 + 1; ++unit) {
    paths.push_back("64.72/dlh/bidang-" + std::to_string(unit / 100) + "/jf-" + std::to_string(unit));
  }
  names.item_codes = snapshot::StringTable({"SAMPAH-KELOLA", "ADUAN"});
  names.unit_paths = snapshot::StringTable(std::vector<std::string_view>(paths.begin(), paths.end()));
  names.documents = snapshot::StringTable({"RPD-64"});
  names.unit_words = snapshot::StringTable({"ton"});
  names.item_unit_word = bulk::Column<std::uint32_t>(2);
  names.item_marks = bulk::Column<std::uint8_t>(2);
  names.item_rounding = bulk::Column<std::uint16_t>(2);
  names.item_workflow = bulk::Column<std::uint32_t>(2);
  std::fill(names.item_workflow.begin(), names.item_workflow.end(), snapshot::kNoWorkflow);
  for (auto* column : {&names.node_item, &names.node_unit, &names.node_document}) {
    *column = bulk::Column<std::uint32_t>(made.nodes);
  }
  for (std::uint32_t node = 0; node < made.nodes; ++node) {
    names.node_item[node] = node % 2;
    names.node_unit[node] = node / 5;
  }
  if (snapshot::write_snapshot(made.path, {plan, figures, names, {}, 2026, false})) fail("cannot write");
  made.bytes = fs::file_size(made.path);
  Result<snapshot::Snapshot> loaded = snapshot::Snapshot::open(made.path);
  if (!loaded || loaded.value().verify_all(2)) fail("cannot read back");
  const std::size_t cells = plan.leaf_count() * bulk::kMonths;
  const bulk::Figures& back = loaded.value().figures();
  if (std::memcmp(back.value.data(), figures.value.data(), cells * sizeof(double)) != 0 ||
      std::memcmp(back.state.data(), figures.state.data(), cells) != 0 ||
      std::memcmp(loaded.value().plan().edges.data(), plan.edges.data(), plan.edges.bytes()) != 0) {
    fail("what comes back is not what was written");
  }
  return made;
}

const Written& prepared(benchmark::State& state) {
  const Written& made = written(static_cast<std::uint32_t>(state.range(0)));
  state.counters["nodes"] = static_cast<double>(made.nodes);
  state.counters["file_bytes"] = static_cast<double>(made.bytes);
  return made;
}

void open(benchmark::State& state) {
  const Written& made = prepared(state);
  rusage before{}, after{};
  getrusage(RUSAGE_SELF, &before);
  for (auto _ : state) {
    Result<snapshot::Snapshot> loaded = snapshot::Snapshot::open(made.path);
    if (!loaded) fail("cannot open");
    benchmark::DoNotOptimize(loaded.value().figures().value.data());
  }
  getrusage(RUSAGE_SELF, &after);
  state.counters["faults"] =
      benchmark::Counter(static_cast<double>(after.ru_minflt - before.ru_minflt), benchmark::Counter::kAvgIterations);
}
BENCHMARK(open)->RangeMultiplier(10)->Range(100'000, 10'000'000)->Unit(benchmark::kMillisecond);

void verify_plan(benchmark::State& state) {
  const Written& made = prepared(state);
  const unsigned threads = static_cast<unsigned>(state.range(1));
  std::uint64_t bytes = 0;
  for (auto _ : state) {
    Result<snapshot::Snapshot> loaded = snapshot::Snapshot::open(made.path);
    if (!loaded || loaded.value().verify_plan(threads)) fail("not sound");
    bytes += loaded.value().container().pages_verified() * snapshot::kPageBytes;
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}
BENCHMARK(verify_plan)
    ->ArgsProduct({{1'000'000, 10'000'000}, {1, 2}})
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

// Through a buffer that stays in the cache.
void x_probe(benchmark::State& state) {
  const Written& made = prepared(state);
  std::vector<std::byte> buffer(snapshot::kPageBytes);
  for (auto _ : state) {
    const int file = ::open(made.path.c_str(), O_RDONLY | O_CLOEXEC);
    while (::read(file, buffer.data(), buffer.size()) > 0) benchmark::DoNotOptimize(buffer.data());
    ::close(file);
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(made.bytes));
}
BENCHMARK(x_probe)->Arg(1'000'000)->Arg(10'000'000)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
