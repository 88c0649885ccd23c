// Cascade of the flat engine: every way down against a slow one written out here, on every width and on two threads.
#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <numeric>

#include "jenjang/bulk/sweep.h"
#include "jenjang/graph/goal_graph_builder.h"

namespace jenjang::bulk {
namespace cascade_test {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

// One parent over some leaves; the drivers are those of the edges, the weights one.
struct Family {
  FlatPlan plan;
  Figures figures;
  std::uint32_t parent = 0;
};

Family family(Descent descent, int places, const std::vector<std::uint32_t>& drivers) {
  GoalGraphBuilder builder;
  const VertexId top = builder.add_vertex("", {});
  for (std::size_t i = 0; i < drivers.size(); ++i) {
    builder.add_edge(EdgeKind::formula, top, builder.add_vertex("", {}), {});
  }
  DiagnosticSink sink;
  const FrozenGraph frozen = *builder.freeze(sink);
  std::vector<MeasureClass> classes(2);
  classes[0].places = classes[1].places = places;
  classes[1].aggregation = descent == Descent::gap ? Aggregation::weighted_mean : Aggregation::sum;
  classes[1].descent = descent;
  std::vector<std::uint16_t> class_of(drivers.size() + 1, 0);
  Family made;
  made.parent = frozen.node_of_vertex[top.index()].value();
  class_of[made.parent] = 1;
  std::vector<Edge> ties(drivers.size());
  for (std::size_t i = 0; i < drivers.size(); ++i) ties[i].driver = drivers[i];
  made.plan = flatten(frozen.graph, classes, {}, class_of, ties);
  made.figures = make_figures(made.plan, false);
  return made;
}

double& target(Family& f, std::uint32_t node, std::size_t month) {
  return f.figures.target[std::size_t{node} * kMonths + month];
}

// Largest remainder in 128 bits; ties to the larger driver, then the earlier child.
std::vector<std::int64_t> share_out(std::int64_t total, const std::vector<std::uint32_t>& drivers) {
  const Int128 all = std::accumulate(drivers.begin(), drivers.end(), Int128{0});
  const bool negative = total < 0;
  const Int128 whole = negative ? -Int128{total} : Int128{total};
  std::vector<std::int64_t> out;
  std::vector<std::size_t> order(drivers.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  Int128 left = whole;
  for (const std::uint32_t driver : drivers) {
    out.push_back(static_cast<std::int64_t>(whole * driver / all));
    left -= out.back();
  }
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const Int128 x = whole * drivers[a] % all, y = whole * drivers[b] % all;
    return x != y ? x > y : drivers[a] > drivers[b];
  });
  for (std::size_t i = 0; left > 0; ++i, --left) ++out[order[i]];
  if (negative) std::transform(out.begin(), out.end(), out.begin(), [](std::int64_t x) { return -x; });
  return out;
}

std::uint32_t next(std::uint64_t& state) {
  state = state * 6364136223846793005ULL + 1442695040888963407ULL;
  return static_cast<std::uint32_t>(state >> 33);
}

void run_every_way(Family& f, const std::function<void()>& check) {
  for (const Simd simd : {Simd::baseline, Simd::avx2, Simd::avx512}) {
    if (!has_simd(simd)) continue;
    for (const unsigned threads : {1U, 2U}) {
      SCOPED_TRACE(std::string(to_string(simd)) + " " + std::to_string(threads));
      for (std::uint32_t leaf = 0; leaf < f.plan.leaf_count(); ++leaf) {
        for (std::size_t month = 0; month < kMonths; ++month) target(f, leaf, month) = -7;
      }
      CascadeOptions how;
      how.simd = simd;
      how.threads = threads;
      cascade(f.plan, f.figures, how);
      check();
    }
  }
}

TEST(BulkCascade, WholeNumbersByLargestRemainder) {
  std::uint64_t seed = 11;
  // Up to 64 children are ranked together, in 32 bits where remainders times children fit; more children, and figures
  // beyond 2^53 with their drivers, take 128 bits.
  enum class Drivers { small, large, huge };
  for (const std::size_t count : {1U, 2U, 3U, 7U, 12U, 16U, 17U, 49U, 63U, 64U, 65U, 200U}) {
    for (const Drivers kind : {Drivers::small, Drivers::large, Drivers::huge}) {
      const bool huge = kind == Drivers::huge;
      std::vector<std::uint32_t> drivers;
      for (std::size_t i = 0; i < count; ++i) {
        const std::uint32_t chance = next(seed);
        drivers.push_back(huge                     ? 3'000'000'000U + chance % 9
                          : kind == Drivers::large ? 1'000'000'000U + chance % 9
                                                   : chance % 5);
      }
      drivers.front() += 1;
      Family f = family(Descent::whole, 2, drivers);
      std::vector<std::int64_t> steps;
      for (std::size_t month = 0; month < kMonths; ++month) {
        steps.push_back(static_cast<std::int64_t>(next(seed) % (huge ? 2'000'000'000U : 300U)));
        if (month == 5) steps.back() = -steps.back();
        target(f, f.parent, month) = static_cast<double>(steps.back()) / 100;
      }
      target(f, f.parent, 3) = kNone;
      run_every_way(f, [&] {
        for (std::size_t month = 0; month < kMonths; ++month) {
          const auto wanted = share_out(steps[month], drivers);
          for (std::uint32_t leaf = 0; leaf < count; ++leaf) {
            const double expected = month == 3 ? -7 : static_cast<double>(wanted[leaf]) / 100;
            ASSERT_EQ(target(f, leaf, month), expected) << count << " leaf " << leaf << " month " << month;
          }
        }
      });
    }
  }
}

// 49 x (1 / 49) is less than one in doubles: quotients that are whole have to stay so.
TEST(BulkCascade, WholeQuotientsStayWhole) {
  for (std::uint32_t sum = 8; sum < 300; ++sum) {
    const std::vector<std::uint32_t> drivers = {1, 5, sum - 6};
    Family f = family(Descent::whole, 0, drivers);
    for (std::size_t month = 0; month < kMonths; ++month) {
      target(f, f.parent, month) = sum * (static_cast<double>(month) + 1);
    }
    run_every_way(f, [&] {
      for (std::size_t month = 0; month < kMonths; ++month) {
        for (std::uint32_t leaf = 0; leaf < 3; ++leaf) {
          ASSERT_EQ(target(f, leaf, month), drivers[leaf] * (static_cast<double>(month) + 1)) << sum;
        }
      }
    });
  }
}

TEST(BulkCascade, SharesTheSameAndClosingTheGap) {
  // 100 by 1 : 3 : 0 is 25, 75 and nothing.
  Family shares = family(Descent::proportional, 0, {1, 3, 0});
  for (std::size_t month = 0; month < kMonths; ++month) target(shares, shares.parent, month) = 100;
  run_every_way(shares, [&] {
    EXPECT_EQ(target(shares, 0, 11), 25);
    EXPECT_EQ(target(shares, 1, 11), 75);
    EXPECT_EQ(target(shares, 2, 11), 0);
  });
  Family same = family(Descent::same, 0, {1, 1});
  for (std::size_t month = 0; month < kMonths; ++month) target(same, same.parent, month) = month == 0 ? kNone : 80;
  run_every_way(same, [&] {
    EXPECT_EQ(target(same, 1, 0), -7);
    EXPECT_EQ(target(same, 1, 1), 80);
  });
  // From 20 and 60 (mean 40) to a mean of 70: half of the gap to 100, so 60 and 80.
  Family gap = family(Descent::gap, 0, {1, 1});
  gap.figures.baseline = Column<double>(gap.plan.node_count());
  gap.figures.baseline[0] = 20;
  gap.figures.baseline[1] = 60;
  for (std::size_t month = 0; month < kMonths; ++month) target(gap, gap.parent, month) = 70;
  run_every_way(gap, [&] {
    EXPECT_EQ(target(gap, 0, 6), 60);
    EXPECT_EQ(target(gap, 1, 6), 80);
  });
  gap.figures.baseline = Column<double>();
  EXPECT_THROW(cascade(gap.plan, gap.figures), std::invalid_argument);
}

}  // namespace cascade_test
}  // namespace jenjang::bulk
