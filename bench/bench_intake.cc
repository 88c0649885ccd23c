// Intake: feeds of realisations from the bytes of a CSV file to bound facts.
//
// A feed has twelve months for every position of a synthetic province, rows about seventy bytes. Checked first, before
// anything is timed: a hand-written walk over the same bytes (memchr for line ends and commas, digits to an integer)
// gives the number of rows and the sum of the figures, and the observations and the facts must give both. That walk is
// timed too (`feed_limit`): it checks nothing and keeps nothing. A copy of the bytes is the probe. Figures named
// bytes_per_second are bytes of the CSV file; threads are the last argument.
#include <algorithm>
#include <benchmark/benchmark.h>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <memory>
#include <string>
#include <sys/resource.h>

#include "jenjang/facts/facts.h"
#include "jenjang/intake/intake.h"
#include "jenjang/synthetic/province.h"

namespace {

using namespace jenjang;

constexpr int kMonths = 12;
constexpr int kYear = 2026;

[[noreturn]] void fail(const char* what) {
  std::fprintf(stderr, "bench_intake: %s\n", what);
  std::abort();
}

ProvinceSpec province_of(std::int64_t staff) {
  ProvinceSpec spec;
  spec.staff = static_cast<std::uint32_t>(staff);
  if (staff > 61000) {
    spec.fields = 16;
    spec.sections = 16;
  }
  return spec.fitted();
}

struct Feed {
  Model model;
  std::string text;
  std::size_t rows = 0;
  std::int64_t hundredths = 0;  // sum of the figures
};

Feed make_feed(std::int64_t rows) {
  Feed feed;
  feed.model = make_province(province_of(std::max<std::int64_t>(rows / kMonths, 1)));
  std::uint64_t state = 20260101;
  feed.text = "kode,unit,periode,nilai,status,sumber\n";
  for (std::size_t i = 0; i < feed.model.node_count(); ++i) {
    const NodeId node = NodeId::from_index(i);
    if (!feed.model.graph.children(node).empty()) continue;
    for (int month = 1; month <= kMonths; ++month) {
      state = state * 6364136223846793005ULL + 1442695040888963407ULL;
      const auto figure = static_cast<std::int64_t>((state >> 33) % 1000000);
      feed.text += feed.model.item(node).code + ',' + feed.model.unit(node).path + ',';
      feed.text += Period(kYear, Granularity::month, month).to_string() + ',';
      feed.text += Decimal::from_parts(figure, 2).to_string() + ",divalidasi,SIPSN\n";
      feed.hundredths += figure;
      ++feed.rows;
    }
  }
  return feed;
}

const Feed& feed_of(std::int64_t rows) {
  static std::map<std::int64_t, std::unique_ptr<Feed>> cache;
  std::unique_ptr<Feed>& feed = cache[rows];
  if (!feed) {
    for (auto& [key, other] : cache) other.reset();  // one in memory at a time
    feed = std::make_unique<Feed>(make_feed(rows));
  }
  return *feed;
}

struct Total {
  std::size_t rows = 0;
  std::int64_t hundredths = 0;
};

// The limit: what nobody could read a feed without.
Total walk(std::string_view text) {
  Total total;
  std::size_t at = text.find('\n') + 1;
  while (at < text.size()) {
    for (int comma = 0; comma < 3; ++comma) {
      at = static_cast<std::size_t>(static_cast<const char*>(std::memchr(text.data() + at, ',', text.size() - at)) -
                                    text.data()) +
           1;
    }
    std::int64_t figure = 0;
    for (; text[at] != ','; ++at) {
      if (text[at] != '.') figure = figure * 10 + (text[at] - '0');
    }
    total.hundredths += figure;
    ++total.rows;
    at = static_cast<std::size_t>(static_cast<const char*>(std::memchr(text.data() + at, '\n', text.size() - at)) -
                                  text.data()) +
         1;
  }
  return total;
}

FeedFormat feed_format() {
  FeedFormat format;
  format.csv.mark_stated = true;
  format.validated_states = {"divalidasi"};
  return format;
}

void check(const Feed& feed) {
  const Total limit = walk(feed.text);
  if (limit.rows != feed.rows || limit.hundredths != feed.hundredths) fail("the walk over the bytes is wrong");
  for (const unsigned threads : {1U, 2U}) {
    SourceMap sources;
    DiagnosticSink sink;
    const FileId file = sources.add("realisasi.csv", feed.text);
    const Facts facts =
        bind_observations(feed.model, read_realisations(file, sources, feed_format(), sink, threads), sink);
    Decimal sum;
    for (const Fact& fact : facts.facts) sum = *Decimal::add(sum, facts.observation(fact).number);
    const bool same = facts.facts.size() == feed.rows && sum == Decimal::from_parts(feed.hundredths, 2);
    if (!same || sink.has_errors() || facts.rejected != 0) fail("facts differ from the figures written");
  }
}

void checked_once(std::int64_t rows) {
  static std::map<std::int64_t, bool> done;
  if (done.emplace(rows, true).second) check(feed_of(rows));
}

void count(benchmark::State& state, std::size_t bytes, std::size_t rows) {
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes) * state.iterations());
  state.counters["rows"] = static_cast<double>(rows);
  state.SetComplexityN(static_cast<std::int64_t>(rows));
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  state.counters["peak_MB"] = static_cast<double>(usage.ru_maxrss) / 1024.0;
}

void feed_probe(benchmark::State& state) {
  const Feed& feed = feed_of(state.range(0));
  std::string copy(feed.text.size(), '\0');
  for (auto _ : state) {
    std::memcpy(copy.data(), feed.text.data(), copy.size());
    benchmark::ClobberMemory();
  }
  count(state, feed.text.size(), feed.rows);
}

void feed_limit(benchmark::State& state) {
  const Feed& feed = feed_of(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(walk(feed.text));
  count(state, feed.text.size(), feed.rows);
}

// Line starts of a file that was just read; the bytes are moved in.
void feed_source_map(benchmark::State& state) {
  const Feed& feed = feed_of(state.range(0));
  for (auto _ : state) {
    state.PauseTiming();
    SourceMap sources;
    std::string text = feed.text;
    state.ResumeTiming();
    benchmark::DoNotOptimize(sources.add("realisasi.csv", std::move(text)));
    state.PauseTiming();
    {
      const SourceMap gone = std::move(sources);
    }
    state.ResumeTiming();
  }
  count(state, feed.text.size(), feed.rows);
}

void feed_cells(benchmark::State& state) {
  checked_once(state.range(0));
  const Feed& feed = feed_of(state.range(0));
  SourceMap sources;
  const FileId file = sources.add("realisasi.csv", feed.text);
  for (auto _ : state) {
    DiagnosticSink sink;
    benchmark::DoNotOptimize(parse_csv(file, sources, feed_format().csv, sink));
  }
  count(state, feed.text.size(), feed.rows);
}

void feed_observations(benchmark::State& state) {
  checked_once(state.range(0));
  const Feed& feed = feed_of(state.range(0));
  SourceMap sources;
  const FileId file = sources.add("realisasi.csv", feed.text);
  for (auto _ : state) {
    DiagnosticSink sink;
    std::vector<Observation> rows =
        read_realisations(file, sources, feed_format(), sink, static_cast<unsigned>(state.range(1)));
    benchmark::DoNotOptimize(rows.data());
    state.PauseTiming();
    {
      const std::vector<Observation> gone = std::move(rows);
    }
    state.ResumeTiming();
  }
  count(state, feed.text.size(), feed.rows);
}

// Second argument: 1 when the rows stand in another order than the nodes.
void feed_binding(benchmark::State& state) {
  checked_once(state.range(0));
  const Feed& feed = feed_of(state.range(0));
  SourceMap sources;
  DiagnosticSink sink;
  const FileId file = sources.add("realisasi.csv", feed.text);
  std::vector<Observation> rows = read_realisations(file, sources, feed_format(), sink);
  if (state.range(1) == 1) {
    for (std::size_t i = rows.size(); i > 1; --i) std::swap(rows[i - 1], rows[(i * 7919) % i]);
    std::reverse(rows.begin(), rows.end());
  }
  for (auto _ : state) {
    state.PauseTiming();
    std::vector<Observation> copy = rows;
    state.ResumeTiming();
    Facts facts = bind_observations(feed.model, std::move(copy), sink);
    benchmark::DoNotOptimize(facts.facts.data());
    state.PauseTiming();
    {
      const Facts gone = std::move(facts);
    }
    state.ResumeTiming();
  }
  count(state, feed.text.size(), feed.rows);
}

void feeds(benchmark::internal::Benchmark* bench) {
  for (const std::int64_t rows : {10000, 100000, 1000000}) bench->Arg(rows);
  bench->Unit(benchmark::kMillisecond)->UseRealTime();
}
void feeds_by_threads(benchmark::internal::Benchmark* bench) {
  for (const std::int64_t rows : {10000, 100000, 1000000}) {
    for (const std::int64_t threads : {1, 2}) bench->Args({rows, threads});
  }
  bench->Unit(benchmark::kMillisecond)->UseRealTime();
}
void binding(benchmark::internal::Benchmark* bench) {
  for (const std::int64_t rows : {10000, 100000, 1000000}) {
    for (const std::int64_t shuffled : {0, 1}) bench->Args({rows, shuffled});
  }
  bench->Unit(benchmark::kMillisecond)->UseRealTime();
}
}  // namespace

BENCHMARK(feed_probe)->Apply(feeds);
BENCHMARK(feed_limit)->Apply(feeds);
BENCHMARK(feed_source_map)->Apply(feeds);
BENCHMARK(feed_cells)->Apply(feeds);
BENCHMARK(feed_observations)->Apply(feeds_by_threads);
BENCHMARK(feed_binding)->Apply(binding);
BENCHMARK_MAIN();
