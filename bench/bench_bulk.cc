// Roll-up, cascade and changed facts over the columns of jenjang/bulk, from ten thousand nodes to the nation.
//
// Every answer is checked first: the same bits on any number of threads, a slow oracle in rationals on sub-trees and
// on cells put near a cut, the hand-written sweep (bench/bulk/limits.h) row by row. Engine, limit and Boost.Graph then
// take turns in one run; this program reports what they took. Options of its own:
//   --largest=N   sizes 10^4 .. N (10^6)     --nation     the nation too: 3x10^7, 16 GiB
//   --rounds=N    samples of each (9)        --threads=N  (2)        --seed=N  (1)
//   --dump=DIR    the plain problem as arrays for other programs, a folder a size; the largest there is
//   --dump-largest=N
#include <algorithm>
#include <benchmark/benchmark.h>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <map>
#include <regex>
#include <string>
#include <vector>

#include "jenjang/bulk/sweep.h"

#include "bulk/contest.h"

namespace {

using namespace jenjang::bench;

struct Asked {
  Settings settings;
  std::uint32_t largest = 1'000'000, dump_largest = 1'000'000;
  bool nation = false;
  std::string filter = ".", dump;
};

std::string name_of(const std::string& job, const std::string& problem, const std::string& contender) {
  return job + "/" + problem + "/" + contender;
}

// Takes this program's own options out of the line.
Asked read_options(int* count, char** words) {
  Asked asked;
  int kept = 1;
  for (int i = 1; i < *count; ++i) {
    const std::string word = words[i];
    const std::size_t sign = word.find('=');
    const std::string key = word.substr(0, sign), value = sign == std::string::npos ? "" : word.substr(sign + 1);
    if (key == "--largest") {
      asked.largest = static_cast<std::uint32_t>(std::stod(value));
    } else if (key == "--dump-largest") {
      asked.dump_largest = static_cast<std::uint32_t>(std::stod(value));
    } else if (key == "--nation") {
      asked.nation = true;
    } else if (key == "--rounds") {
      asked.settings.rounds = std::max(1, std::stoi(value));
    } else if (key == "--threads") {
      asked.settings.threads = static_cast<unsigned>(std::max(1, std::stoi(value)));
    } else if (key == "--seed") {
      asked.settings.seed = std::stoull(value);
    } else if (key == "--dump") {
      asked.dump = value;
    } else {
      if (key == "--benchmark_filter") asked.filter = value;
      words[kept++] = words[i];
    }
  }
  *count = kept;
  return asked;
}

void report(benchmark::State& state, const Contest& contest, const Contender& contender, std::size_t* round,
            const Settings& settings) {
  const double seconds = contender.seconds[*round % contender.seconds.size()];
  ++*round;
  for (auto _ : state) state.SetIterationTime(seconds);
  state.SetComplexityN(static_cast<std::int64_t>(contest.nodes));
  const double median = median_of(contender.seconds);
  state.counters["nodes"] = contest.nodes;
  state.counters["threads"] = contender.threads;
  state.counters["seed"] = static_cast<double>(settings.seed);
  state.counters["peak_MiB"] = contest.peak;
  state.counters["columns_MiB"] = contest.figures_bytes / 1048576;
  if (contest.bytes > 0) {
    state.counters["bytes"] = contest.bytes;
    state.counters["GB_per_s"] = contest.bytes / median / 1e9;
    state.counters["of_probe"] = contest.bytes / median / 1e9 / settings.probe.read;
  }
  const Contender* limit =
      contest.find(contender.threads > 1 || contest.find("limit_1") == nullptr ? "limit" : "limit_1");
  if (limit != nullptr) state.counters["x_limit"] = median / median_of(limit->seconds);
  if (contender.p99 > 0) state.counters["p99_us"] = contender.p99 * 1e6;
  if (contender.name == "engine") {
    state.counters["exact_decisions"] = contest.exact_decisions;
    state.counters["oracle_cells"] = contest.checked_cells;
    state.counters["limit_differs"] = contest.limit_differs;
  }
}

}  // namespace

int main(int argc, char** argv) {
  Asked asked = read_options(&argc, argv);
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  Settings& settings = asked.settings;
  const Bandwidth one = probe_bandwidth(1);
  settings.probe = probe_bandwidth(settings.threads);
  const auto told = [](double x) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f", x);
    return std::string(text);
  };
  benchmark::AddCustomContext("processor", processor_name());
  benchmark::AddCustomContext("compiler", __VERSION__);
  benchmark::AddCustomContext("seed", std::to_string(settings.seed));
  benchmark::AddCustomContext("kernels", std::string(to_string(jenjang::bulk::Simd::best)) +
                                             (jenjang::bulk::has_simd(jenjang::bulk::Simd::avx512) ? ", avx512"
                                              : jenjang::bulk::has_simd(jenjang::bulk::Simd::avx2) ? ", avx2"
                                                                                                   : ", baseline"));
  benchmark::AddCustomContext("limit_kernels", Limits::wide() ? "avx512" : "plain");
  benchmark::AddCustomContext("probe_1_read_copy_write_GBps",
                              told(one.read) + " " + told(one.copy) + " " + told(one.write));
  benchmark::AddCustomContext(
      "probe_all_read_copy_write_GBps",
      told(settings.probe.read) + " " + told(settings.probe.copy) + " " + told(settings.probe.write));

  // Contests first, size by size, so that one problem at a time is in memory; the benchmarks tell what they took.
  static std::vector<Contest> contests;
  const std::regex filter(asked.filter);
  for (const std::string problem : {"plain", "nation", "hard"}) {
    std::vector<std::uint32_t> sizes;
    for (std::uint32_t size = 10'000; size <= asked.largest; size *= 10) sizes.push_back(size);
    if (asked.nation && problem == "nation") sizes.push_back(30'000'000);
    for (const std::uint32_t size : sizes) {
      std::unique_ptr<Case> on;
      for (const std::string job : {"J2", "J2whole", "J2own", "J3", "J3full", "J4", "J4values"}) {
        if (!has_job(problem, job)) continue;
        const std::vector<std::string> names = contenders_of(job, problem, size);
        const bool wanted = std::any_of(names.begin(), names.end(), [&](const std::string& name) {
          return std::regex_search(name_of(job, problem, name) + "/" + std::to_string(size), filter);
        });
        if (!wanted) continue;
        if (!on) on = make_case(problem, size, settings);
        std::fprintf(stderr, "%s on %s of %u (made in %.2f s)\n", job.c_str(), problem.c_str(), size,
                     on->seconds_to_make);
        settings.dump_folder.clear();
        if (!asked.dump.empty() && size <= asked.dump_largest && problem == "plain") {
          settings.dump_folder = asked.dump + "/" + std::to_string(size);
          std::filesystem::create_directories(settings.dump_folder);
        }
        contests.push_back(hold_contest(job, *on, settings));
      }
    }
  }
  // One family a contender, its sizes as arguments: orders of growth are fitted over a family.
  std::map<std::string, benchmark::internal::Benchmark*> families;
  static std::vector<std::size_t> rounds(contests.size() * 8);
  static std::map<std::pair<std::string, std::int64_t>, std::pair<std::size_t, std::size_t>> places;
  for (std::size_t c = 0; c < contests.size(); ++c) {
    const Contest& contest = contests[c];
    for (std::size_t k = 0; k < contest.contenders.size(); ++k) {
      const std::string name = name_of(contest.job, contest.problem, contest.contenders[k].name);
      places[{name, contest.size}] = {c, k};
      auto& family = families[name];
      if (family == nullptr) {
        family = benchmark::RegisterBenchmark(name.c_str(), [name, &settings](benchmark::State& state) {
          const auto [at, contender] = places.at({name, state.range(0)});
          report(state, contests[at], contests[at].contenders[contender], &rounds[at * 8 + contender], settings);
        });
        family->UseManualTime()->Iterations(1)->Repetitions(settings.rounds)->ReportAggregatesOnly(true);
        family->Unit(contest.job.rfind("J4", 0) == 0 ? benchmark::kMicrosecond : benchmark::kMillisecond);
        // Fitted to n, with the error of the fit; the shape itself cannot be found from times set by hand.
        family->Complexity(benchmark::oN);
      }
      family->Arg(contest.size);
    }
  }
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}
