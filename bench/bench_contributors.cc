// The twenty leaves that contribute most to a node in one month: of the root, of a district, of an agency.
//
// Checked before anything is timed: the places are those that a slow oracle in rationals gives, where at most 200,000
// nodes are reached, and everywhere the contributions are those of the hand-written limit within one part in 10^12, on
// one thread and on two. The limit keeps, besides the columns, every node's parents with their weights, made before: of
// the root, each level gathers its coefficients from the level above, two threads, a heap of twenty each; of a smaller
// node it pushes them down along lists. Plain doubles: whom equal or nearly equal contributions put first is chance.
// `x_limit` is the engine's median by the limit's, single calls in turns at random months; `exact` the contributions
// that were made in exact numbers for a question.
//
// Argument: nodes. JENJANG_BENCH_NODES, a number, adds a size.
#include <algorithm>
#include <array>
#include <benchmark/benchmark.h>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <map>
#include <memory>
#include <vector>

#include "jenjang/base/rational.h"
#include "jenjang/bulk/contributors.h"
#include "jenjang/bulk/sweep.h"

#include "bulk/problem.h"
#include "bulk/team.h"
#include "probe.h"

namespace jenjang::bench {
namespace {

using bulk::ContributorRanking;
using bulk::kMonths;

constexpr std::size_t kTop = 20;
constexpr unsigned kThreads = 2;

[[noreturn]] void fail(const char* what) {
  std::fprintf(stderr, "bench_contributors: %s\n", what);
  std::exit(1);
}

struct Named {
  double contribution = 0;
  std::uint32_t node = 0;
  friend bool operator<(const Named& a, const Named& b) { return b.contribution < a.contribution; }  // largest first
};
// A heap with the least of the best on top.
struct Best {
  std::vector<Named> heap;
  double floor = -1e300;
  void offer(double contribution, std::uint32_t node) {
    if (contribution <= floor) return;
    if (heap.size() == kTop) {
      std::pop_heap(heap.begin(), heap.end());
      heap.pop_back();
    }
    heap.push_back({contribution, node});
    std::push_heap(heap.begin(), heap.end());
    if (heap.size() == kTop) floor = heap.front().contribution;
  }
};

class Limit {
public:
  explicit Limit(const Problem& problem) : problem_(problem), team_(kThreads), coefficient_(problem.plan.node_count()) {
    const bulk::FlatPlan& plan = problem.plan;
    const std::size_t nodes = plan.node_count();
    begin_.assign(nodes + 1, 0);
    for (const bulk::Edge& edge : plan.edges) ++begin_[edge.child() + 1];
    for (std::size_t i = 0; i < nodes; ++i) begin_[i + 1] += begin_[i];
    ties_.resize(plan.edges.size());
    std::vector<std::uint32_t> next(begin_.begin(), begin_.end() - 1);
    for (auto node = static_cast<std::uint32_t>(plan.leaf_count()); node < nodes; ++node) {
      for (const bulk::Edge& edge : plan.children(node)) ties_[next[edge.child()]++] = {node, edge.weight * 1e-4};
    }
    std::fill(coefficient_.begin(), coefficient_.end(), 0.0);
  }

  std::vector<Named> of_root(unsigned month) {
    const bulk::FlatPlan& plan = problem_.plan;
    std::vector<Best> best(kThreads);
    coefficient_[plan.node_count() - 1] = 1;
    for (std::size_t level = plan.level_count() - 1; level-- > 0;) {
      const std::uint32_t first = plan.level_begin[level], count = plan.level_begin[level + 1] - first;
      team_.run([&](unsigned thread) {
        Best mine;
        const std::uint32_t last = first + static_cast<std::uint32_t>(std::uint64_t{count} * (thread + 1) / kThreads);
        for (std::uint32_t node = first + static_cast<std::uint32_t>(std::uint64_t{count} * thread / kThreads);
             node < last; ++node) {
          double sum = 0;
          for (std::uint32_t i = begin_[node]; i < begin_[node + 1]; ++i) {
            sum += coefficient_[ties_[i].parent] * ties_[i].weight;
          }
          if (level > 0) {
            coefficient_[node] = sum;
          } else if ((problem_.figures.state[std::size_t{node} * kMonths + month] & bulk::kStateMask) == 0) {
            mine.offer(sum * problem_.figures.value[std::size_t{node} * kMonths + month], node);
          }
        }
        if (level == 0) best[thread] = std::move(mine);
      });
    }
    std::vector<Named> all;
    for (const Best& part : best) all.insert(all.end(), part.heap.begin(), part.heap.end());
    std::fill(coefficient_.begin() + static_cast<std::ptrdiff_t>(plan.leaf_count()), coefficient_.end(), 0.0);
    return sorted(std::move(all));
  }

  std::vector<Named> of(std::uint32_t top, unsigned month) {
    const bulk::FlatPlan& plan = problem_.plan;
    std::size_t level = 0;
    while (plan.level_begin[level + 1] <= top) ++level;
    std::vector<std::vector<std::uint32_t>> reached(level + 1);
    reached[level].push_back(top);
    coefficient_[top] = 1;
    for (; level > 0; --level) {
      for (const std::uint32_t node : reached[level]) {
        const double own = coefficient_[node] * 1e-4;
        coefficient_[node] = 0;
        for (const bulk::Edge& edge : plan.children(node)) {
          if (edge.weight == 0) continue;
          // Every level's children are of the level below in this problem.
          if (coefficient_[edge.child()] == 0) reached[level - 1].push_back(edge.child());
          coefficient_[edge.child()] += own * edge.weight;
        }
      }
    }
    Best best;
    for (const std::uint32_t leaf : reached[0]) {
      const std::size_t cell = std::size_t{leaf} * kMonths + month;
      if ((problem_.figures.state[cell] & bulk::kStateMask) == 0) {
        best.offer(coefficient_[leaf] * problem_.figures.value[cell], leaf);
      }
      coefficient_[leaf] = 0;
    }
    return sorted(std::move(best.heap));
  }

private:
  struct Tie {
    std::uint32_t parent = 0;
    double weight = 0;
  };
  static std::vector<Named> sorted(std::vector<Named> all) {
    std::sort(all.begin(), all.end());
    if (all.size() > kTop) all.resize(kTop);
    return all;
  }
  const Problem& problem_;
  Team team_;
  bulk::Column<double> coefficient_;
  std::vector<std::uint32_t> begin_;
  std::vector<Tie> ties_;
};

// The definitions word for word, in rationals, node by node from the top. Nobody when more than `most` are reached.
std::vector<std::uint32_t> by_oracle(const Problem& problem, std::uint32_t top, unsigned month, std::size_t most) {
  const bulk::FlatPlan& plan = problem.plan;
  std::map<std::uint32_t, Rational, std::greater<>> waiting;
  waiting.emplace(top, Rational(1));
  std::vector<std::pair<Rational, std::uint32_t>> found;
  for (std::size_t seen = 0; !waiting.empty(); ++seen) {
    if (seen > most || waiting.size() > most) return {};
    const std::uint32_t node = waiting.begin()->first;
    const Rational coefficient = waiting.begin()->second;
    waiting.erase(waiting.begin());
    if (node < plan.leaf_count()) {
      const std::size_t cell = std::size_t{node} * kMonths + month;
      if ((problem.figures.state[cell] & bulk::kStateMask) != 0 || coefficient.is_zero()) continue;
      found.emplace_back(coefficient * Rational::from_double(problem.figures.value[cell]), node);  // whole numbers
      continue;
    }
    for (const bulk::Edge& edge : plan.children(node)) {
      waiting.try_emplace(edge.child()).first->second += coefficient * Rational(edge.weight, 10'000);
    }
  }
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
    if (const auto order = b.first <=> a.first; order != 0) return order < 0;
    return a.second < b.second;
  });
  std::vector<std::uint32_t> nodes;
  for (std::size_t i = 0; i < std::min(kTop, found.size()); ++i) nodes.push_back(found[i].second);
  return nodes;
}

enum class Place { root, district, agency };

struct Contest {
  explicit Contest(std::uint32_t nodes)
      : problem(make_plain(nodes, 20260101)),
        swept(sweep(problem)),
        search(problem.plan, problem.figures),
        limit(problem) {
    for (const Place place : {Place::root, Place::district, Place::agency}) {
      tops[static_cast<std::size_t>(place)] = node(place);
      check(place);
    }
  }
  static bool sweep(Problem& problem) {
    bulk::SweepOptions how;
    how.threads = kThreads;
    how.depth = bulk::Depth::values;
    bulk::roll_up(problem.plan, problem.figures, how);
    return true;
  }
  // The root; below it the first node along first children with at most an eighth of all nodes below it; with 3,000.
  [[nodiscard]] std::uint32_t node(Place place) const {
    const bulk::FlatPlan& plan = problem.plan;
    auto at = static_cast<std::uint32_t>(plan.node_count() - 1);
    if (place == Place::root) return at;
    const std::size_t most = place == Place::district ? plan.node_count() / 8 : 3'000;
    while (below(at) > most) at = plan.children(at)[0].child();
    return at;
  }
  [[nodiscard]] std::size_t below(std::uint32_t top) const {
    std::vector<std::uint32_t> reached{top};
    for (std::size_t seen = 0; seen < reached.size();) {
      const std::size_t end = reached.size();
      for (; seen < end; ++seen) {
        if (reached[seen] < problem.plan.leaf_count()) continue;
        for (const bulk::Edge& edge : problem.plan.children(reached[seen])) reached.push_back(edge.child());
      }
      std::sort(reached.begin() + static_cast<std::ptrdiff_t>(end), reached.end());
      reached.erase(std::unique(reached.begin() + static_cast<std::ptrdiff_t>(end), reached.end()), reached.end());
    }
    return reached.size();
  }
  ContributorRanking ask(Place place, unsigned month, unsigned threads) {
    bulk::ContributorQuestion question;
    question.node = tops[static_cast<std::size_t>(place)];
    question.slot = month;
    question.count = kTop;
    question.threads = threads;
    auto found = search.rank(question);
    if (!found) fail("no value");
    return *std::move(found);
  }
  std::vector<Named> ask_limit(Place place, unsigned month) {
    return place == Place::root ? limit.of_root(month) : limit.of(tops[static_cast<std::size_t>(place)], month);
  }
  void check(Place place) {
    for (const unsigned month : {0U, 6U}) {
      const ContributorRanking one = ask(place, month, 1), two = ask(place, month, kThreads);
      const std::vector<Named> rough = ask_limit(place, month);
      if (one.top.size() != rough.size() || two.top.size() != rough.size()) fail("places differ in number");
      for (std::size_t i = 0; i < rough.size(); ++i) {
        if (one.top[i].node != two.top[i].node || one.top[i].contribution != two.top[i].contribution) {
          fail("two threads differ from one");
        }
        if (!(std::abs(one.top[i].contribution - rough[i].contribution) <= 1e-12 * rough[i].contribution)) {
          fail("the limit has other contributions");
        }
      }
      const std::vector<std::uint32_t> truth =
          by_oracle(problem, tops[static_cast<std::size_t>(place)], month, 200'000);
      for (std::size_t i = 0; i < truth.size(); ++i) {
        if (one.top[i].node != truth[i]) fail("the oracle has another order");
      }
      checked += truth.empty() ? 0 : 1;
    }
  }

  Problem problem;
  bool swept;
  bulk::ContributorSearch search;
  Limit limit;
  std::array<std::uint32_t, 3> tops{};
  int checked = 0;  // questions that the oracle answered
};

Contest& contest_of(std::uint32_t nodes) {
  static std::uint32_t kept_nodes = 0;
  static std::unique_ptr<Contest> kept;
  if (kept_nodes != nodes) {
    kept.reset();
    kept = std::make_unique<Contest>(nodes);
    kept_nodes = nodes;
  }
  return *kept;
}

void run(benchmark::State& state, Place place, unsigned threads) {
  Contest& contest = contest_of(static_cast<std::uint32_t>(state.range(0)));
  std::vector<double> engine, limit;
  std::uint64_t exact = 0, opened = 0, found = 0;
  unsigned month = 0;
  for (auto _ : state) {
    month = (month + 5) % kMonths;
    double start = now_in_seconds();
    const ContributorRanking ranking = contest.ask(place, month, threads);
    engine.push_back(now_in_seconds() - start);
    exact += ranking.exact_decisions;
    opened += ranking.opened;
    found += ranking.contributors;
    start = now_in_seconds();
    benchmark::DoNotOptimize(contest.ask_limit(place, month));
    limit.push_back(now_in_seconds() - start);
    state.SetIterationTime(engine.back());
  }
  const auto runs = static_cast<double>(state.iterations());
  state.counters["nodes"] = static_cast<double>(contest.problem.plan.node_count());
  state.counters["contributors"] = static_cast<double>(found) / runs;
  state.counters["opened"] = static_cast<double>(opened) / runs;
  state.counters["exact"] = static_cast<double>(exact) / runs;
  state.counters["median_us"] = median_of(engine) * 1e6;
  state.counters["limit_us"] = median_of(limit) * 1e6;
  state.counters["x_limit"] = median_of(engine) / median_of(limit);
  state.counters["oracle"] = contest.checked;
}

const int kRegistered = [] {
  std::vector<std::int64_t> sizes{100'000, 1'000'000, 10'000'000};
  if (const char* more = std::getenv("JENJANG_BENCH_NODES")) sizes.push_back(std::atoll(more));
  for (const std::int64_t size : sizes) {
    const auto add = [size](const char* name, Place place, unsigned threads) {
      benchmark::RegisterBenchmark(name, [place, threads](benchmark::State& state) { run(state, place, threads); })
          ->Arg(size)
          ->UseManualTime()
          ->Unit(benchmark::kMicrosecond);
    };
    add("root/two_threads", Place::root, kThreads);
    add("root/one_thread", Place::root, 1);
    add("district", Place::district, kThreads);
    add("agency", Place::agency, kThreads);
  }
  return 0;
}();

}  // namespace
}  // namespace jenjang::bench

BENCHMARK_MAIN();
