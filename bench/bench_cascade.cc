// Full cascade of synthetic provinces: the year alone, and the year with its months.
//
// Checked first against a hand-written split over flat arrays of integers (proportional or equal shares, largest
// remainder, months by cumulative rounding; copies where a figure is passed on), which is also timed: it is the rival.
// A copy of the bytes of the result is the bandwidth probe. Report ratios: x_rival and x_probe of the engine's rows.
#include <algorithm>
#include <benchmark/benchmark.h>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <map>
#include <memory>
#include <numeric>
#include <sys/resource.h>
#include <vector>

#include "jenjang/cascade/cascade.h"
#include "jenjang/synthetic/province.h"

namespace {

using namespace jenjang;

constexpr std::size_t kMonths = 12;

// What the rival reads: families from the top down over flat arrays; figures are whole steps.
struct Flat {
  enum class Split : std::uint8_t { driver, equal, copy };
  struct FlatFamily {
    std::uint32_t parent = 0, first = 0, last = 0;  // places in `child` and `driver`
    Split split = Split::copy;
  };
  std::vector<FlatFamily> families;
  std::vector<std::uint32_t> child;
  std::vector<std::int64_t> driver;
  std::vector<std::uint32_t> key;   // by node: rank of the unit's path, which breaks ties
  std::vector<std::int64_t> start;  // by node: the stated target in steps, else 0
  std::vector<bool> counted, leaf;  // by node
};

struct Problem {
  Model model;
  Flat flat;
};

std::int64_t steps(const Decimal& value, const Decimal& step) {
  return static_cast<std::int64_t>(value.rescaled(step.scale()).value().mantissa());
}

Flat flatten(const Model& model) {
  Flat flat;
  const std::size_t n = model.node_count();
  std::vector<std::uint32_t> units(model.units.size());
  std::iota(units.begin(), units.end(), 0U);
  std::sort(units.begin(), units.end(), [&](std::uint32_t a, std::uint32_t b) {
    return model.units[UnitId(a)].path < model.units[UnitId(b)].path;
  });
  std::vector<std::uint32_t> rank(units.size());
  for (std::uint32_t r = 0; r < units.size(); ++r) rank[units[r]] = r;
  flat.start.assign(n, 0);
  for (std::size_t i = 0; i < n; ++i) {
    const NodeId node = NodeId::from_index(i);
    const Item& item = model.item(node);
    flat.key.push_back(rank[model.node_unit[i].index()]);
    flat.counted.push_back(item.spec.aggregation == Aggregation::sum);
    flat.leaf.push_back(model.graph.children(node).empty());
    if (!model.statements_of(node).empty()) {
      flat.start[i] = steps(*model.statements_of(node).front().target.number(), item.spec.step);
    }
  }
  std::vector<const Family*> order;
  for (const Family& family : model.families) order.push_back(&family);
  // Parents have larger numbers than their children.
  std::sort(order.begin(), order.end(), [](const Family* a, const Family* b) { return a->parent > b->parent; });
  for (const Family* family : order) {
    Flat::FlatFamily row;
    row.parent = family->parent.value();
    row.first = static_cast<std::uint32_t>(flat.child.size());
    row.split = family->rule.method == "proporsional" ? Flat::Split::driver
                : family->rule.method == "rata"       ? Flat::Split::equal
                                                      : Flat::Split::copy;
    for (std::size_t i = 0; i < family->children.size(); ++i) {
      flat.child.push_back(family->children[i].value());
      flat.driver.push_back(family->drivers.empty() ? 1 : static_cast<std::int64_t>(family->drivers[i].mantissa()));
    }
    row.last = static_cast<std::uint32_t>(flat.child.size());
    flat.families.push_back(row);
  }
  return flat;
}

void rival_year(const Flat& flat, std::vector<std::int64_t>& year) {
  std::copy(flat.start.begin(), flat.start.end(), year.begin());
  std::vector<std::pair<std::int64_t, std::uint32_t>> remainders;
  for (const Flat::FlatFamily& family : flat.families) {
    const std::int64_t total = year[family.parent];
    if (family.split == Flat::Split::copy) {
      for (std::uint32_t i = family.first; i < family.last; ++i) year[flat.child[i]] = total;
      continue;
    }
    std::int64_t sum = 0;
    for (std::uint32_t i = family.first; i < family.last; ++i) sum += flat.driver[i];
    std::int64_t left = total;
    remainders.clear();
    for (std::uint32_t i = family.first; i < family.last; ++i) {
      const std::int64_t share = total * flat.driver[i];
      year[flat.child[i]] = share / sum;
      left -= share / sum;
      remainders.emplace_back(share % sum, i);
    }
    std::sort(remainders.begin(), remainders.end(), [&](const auto& a, const auto& b) {
      if (a.first != b.first) return a.first > b.first;
      if (flat.driver[a.second] != flat.driver[b.second]) return flat.driver[a.second] > flat.driver[b.second];
      return flat.key[flat.child[a.second]] < flat.key[flat.child[b.second]];
    });
    for (std::size_t k = 0; left > 0; ++k, --left) ++year[flat.child[remainders[k].second]];
  }
}

// Lowest nodes by cumulative rounding, sums from their children, the rest repeated.
void rival_months(const Flat& flat, const std::vector<std::int64_t>& year, std::vector<std::int64_t>& months) {
  const std::int64_t parts = kMonths;
  for (std::size_t n = 0; n < year.size(); ++n) {
    std::int64_t* row = &months[n * kMonths];
    if (!flat.counted[n]) {
      std::fill(row, row + kMonths, year[n]);
    } else if (flat.leaf[n]) {
      std::int64_t before = 0;
      for (std::int64_t m = 1; m <= parts; ++m) {
        const std::int64_t to_date = (2 * year[n] * m + parts) / (2 * parts);
        row[m - 1] = to_date - before;
        before = to_date;
      }
    } else {
      std::fill(row, row + kMonths, 0);
    }
  }
  for (auto family = flat.families.rbegin(); family != flat.families.rend(); ++family) {
    if (!flat.counted[family->parent]) continue;
    std::int64_t* to = &months[static_cast<std::size_t>(family->parent) * kMonths];
    for (std::uint32_t i = family->first; i < family->last; ++i) {
      const std::int64_t* from = &months[static_cast<std::size_t>(flat.child[i]) * kMonths];
      for (std::size_t m = 0; m < kMonths; ++m) to[m] += from[m];
    }
  }
}

const Problem& problem_of(std::int64_t staff, Granularity frequency) {
  static std::map<std::pair<std::int64_t, Granularity>, std::unique_ptr<Problem>> cache;
  std::unique_ptr<Problem>& problem = cache[{staff, frequency}];
  if (!problem) {
    // One province in memory at a time: the largest takes more than a gigabyte.
    for (auto& [key, other] : cache) other.reset();
    problem = std::make_unique<Problem>();
    ProvinceSpec spec;
    spec.staff = static_cast<std::uint32_t>(staff);
    spec.frequency = frequency;
    if (staff > 61000) {
      spec.fields = 16;
      spec.sections = 16;
    }
    problem->model = make_province(spec.fitted());
    problem->flat = flatten(problem->model);
  }
  return *problem;
}

void fail(const Problem& problem, const TargetCell& cell) {
  std::fprintf(stderr, "%s = %s differs from the hand-written split\n",
               problem.model.address(cell.node, cell.period).c_str(), cell.target.to_string().c_str());
  std::abort();
}

// Years: every cell of every sum and of every passed-on figure against the rival (tutup-selisih is left to the unit
// tests). Months: the laws, since there is more than one good rounding: they add up to the year at every node, and
// every month adds up over every family.
void check(const Problem& problem, const TargetTable& table, bool by_months) {
  const Flat& flat = problem.flat;
  const std::size_t n = flat.start.size();
  std::vector<std::int64_t> year(n), months(by_months ? n * kMonths : 0);
  rival_year(flat, year);
  std::size_t compared = 0;
  for (const TargetCell& cell : table.cells) {
    const Item& item = problem.model.item(cell.node);
    if (item.spec.accumulation == Accumulation::position) continue;
    const std::int64_t found = steps(*cell.target.number(), item.spec.step);
    const std::size_t place = cell.node.index();
    if (cell.period.granularity() != Granularity::year) {
      months[place * kMonths + static_cast<std::size_t>(cell.period.index() - 1)] = found;
      continue;
    }
    if (found != year[place]) fail(problem, cell);
    ++compared;
  }
  bool adds_up = true;
  if (by_months) {
    for (std::size_t i = 0; i < n; ++i) {
      const std::int64_t sum = std::accumulate(&months[i * kMonths], &months[i * kMonths] + kMonths, std::int64_t{0});
      adds_up &= !flat.counted[i] || sum == year[i];
    }
    for (const Flat::FlatFamily& family : flat.families) {
      for (std::size_t m = 0; m < kMonths && flat.counted[family.parent]; ++m) {
        std::int64_t sum = 0;
        for (std::uint32_t i = family.first; i < family.last; ++i) sum += months[flat.child[i] * kMonths + m];
        adds_up &= sum == months[family.parent * kMonths + m];
      }
    }
  }
  if (!adds_up || table.cells.size() != n * (by_months ? kMonths + 1 : 1) || compared * 2 < n) {
    std::fprintf(stderr, "%zu cells for %zu nodes; months add up: %d\n", table.cells.size(), n, adds_up ? 1 : 0);
    std::abort();
  }
}

// Processor time: one thread works, and a neighbour's load must not enter a ratio.
double seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

template <class Work>
double best_of(int times, Work work) {
  double best = 1e9;
  for (int i = 0; i < times; ++i) {
    const double from = seconds();
    work();
    best = std::min(best, seconds() - from);
  }
  return best;
}

double rival_time(const Problem& problem, bool by_months) {
  const std::size_t n = problem.flat.start.size();
  std::vector<std::int64_t> year(n), months(by_months ? n * kMonths : 0);
  return best_of(5, [&] {
    rival_year(problem.flat, year);
    if (by_months) rival_months(problem.flat, year, months);
    benchmark::DoNotOptimize(year.data());
    benchmark::ClobberMemory();
  });
}

// A copy of as many bytes as the result holds, into memory that is touched already.
double probe_time(std::size_t bytes) {
  std::vector<char> from(bytes, 1), to(bytes, 2);
  return best_of(5, [&] {
    std::memcpy(to.data(), from.data(), bytes);
    benchmark::DoNotOptimize(to.data());
    benchmark::ClobberMemory();
  });
}

void engine(benchmark::State& state, Granularity frequency) {
  const Problem& problem = problem_of(state.range(0), frequency);
  const bool by_months = frequency == Granularity::month;
  std::size_t cells = 0;
  {
    DiagnosticSink sink;
    const TargetTable table = run_cascade(problem.model, sink);
    if (!sink.all().empty()) std::abort();
    check(problem, table, by_months);
    cells = table.cells.size();
  }
  double best = 1e9;
  for (auto _ : state) {
    const double from = seconds();
    DiagnosticSink sink;
    TargetTable table = run_cascade(problem.model, sink);
    benchmark::DoNotOptimize(table);
    best = std::min(best, seconds() - from);
  }
  const auto nodes = static_cast<std::int64_t>(problem.flat.start.size());
  state.SetItemsProcessed(state.iterations() * nodes);
  state.SetComplexityN(nodes);
  state.counters["nodes"] = static_cast<double>(nodes);
  state.counters["cells"] = static_cast<double>(cells);
  state.counters["x_rival"] = best / rival_time(problem, by_months);
  state.counters["x_probe"] = best / probe_time(cells * sizeof(TargetCell));
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  state.counters["peak_MiB"] = static_cast<double>(usage.ru_maxrss) / 1024.0;  // of the process so far
}

void engine_year(benchmark::State& state) {
  engine(state, Granularity::year);
}
void engine_months(benchmark::State& state) {
  engine(state, Granularity::month);
}

void rival(benchmark::State& state) {
  const Problem& problem = problem_of(state.range(0), Granularity::month);
  const std::size_t n = problem.flat.start.size();
  std::vector<std::int64_t> year(n), months(n * kMonths);
  for (auto _ : state) {
    rival_year(problem.flat, year);
    rival_months(problem.flat, year, months);
    benchmark::DoNotOptimize(months.data());
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(n));
}

constexpr std::int64_t kThousand = 1000, kTenThousand = 10000, kProvince = 61000, kHundredThousand = 100000,
                       kMillion = 1000000;

BENCHMARK(engine_year)
    ->Arg(kThousand)
    ->Arg(kTenThousand)
    ->Arg(kProvince)
    ->Arg(kHundredThousand)
    ->Arg(kMillion)
    ->Unit(benchmark::kMillisecond)
    ->Complexity(benchmark::oN);
BENCHMARK(engine_months)
    ->Arg(kThousand)
    ->Arg(kTenThousand)
    ->Arg(kProvince)
    ->Arg(kHundredThousand)
    ->Arg(kMillion)
    ->Unit(benchmark::kMillisecond)
    ->Complexity(benchmark::oN);
BENCHMARK(rival)
    ->Arg(kThousand)
    ->Arg(kTenThousand)
    ->Arg(kProvince)
    ->Arg(kHundredThousand)
    ->Arg(kMillion)
    ->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
