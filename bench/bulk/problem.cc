#include "bulk/problem.h"

#include <algorithm>
#include <limits>
#include <string>
#include <vector>

namespace jenjang::bench {
namespace {

using bulk::Edge;
using bulk::kMonths;

class Random {
public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint32_t below(std::uint32_t n) {
    state_ += 0x9e3779b97f4a7c15ULL;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    z ^= z >> 31;
    return static_cast<std::uint32_t>((z >> 32) * n >> 32);
  }
  std::uint32_t between(std::uint32_t low, std::uint32_t high) { return low + below(high - low + 1); }

private:
  std::uint64_t state_;
};

// Fan-outs from the staff up; the last takes all that is left.
constexpr std::uint32_t kFan[][2] = {{4, 6}, {8, 12}, {3, 5}, {3, 5}, {30, 40}, {10, 10}};
constexpr double kShared = 0.05, kMissing = 0.03;
constexpr std::int32_t kWhole = 10'000;  // weights in ten-thousandths

struct Shape {
  std::vector<std::vector<std::uint32_t>> counts;  // by level from 1, children of each node of the level below
};

// Weights of one parent in ten-thousandths, adding up to one; drivers from 1 to 100.
void fill_row(Edge* first, std::size_t count, Random& random) {
  std::uint32_t total = 0;
  for (std::size_t i = 0; i < count; ++i) {
    first[i].driver = random.between(1, 100);
    first[i].weight = static_cast<std::int32_t>(random.between(1, 9));
    total += static_cast<std::uint32_t>(first[i].weight);
  }
  std::int32_t left = kWhole;
  for (std::size_t i = 0; i < count; ++i) {
    const bool last = i + 1 == count;
    const auto share = static_cast<std::int32_t>(std::int64_t{kWhole} * first[i].weight / total);
    first[i].weight = last ? left : share;
    left -= share;
  }
}

// Cuts at 90, 75, 60 and 50 of the figure as printed, to two digits.
Scale five_bands() {
  Scale scale;
  scale.id = "lima";
  scale.open_below = false;
  for (const int cut : {90, 75, 60, 50, 0}) {
    Band band;
    band.label = std::to_string(cut);
    if (cut > 0) band.above = Decimal(cut);
    scale.bands.push_back(band);
  }
  return scale;
}

}  // namespace

Problem make_plain(std::uint32_t nodes, std::uint64_t seed) {
  Random random(seed);
  // A member of staff with five indicators is six nodes; what stands above them is one in sixty.
  std::uint32_t below = std::max(1U, static_cast<std::uint32_t>(nodes / 61.2 * 10));
  Shape shape;
  std::uint32_t leaves = 0;
  for (std::size_t level = 0;; ++level) {
    std::vector<std::uint32_t> counts;
    if (level == 0) {
      for (std::uint32_t i = 0; i < below; ++i) counts.push_back(random.between(kFan[0][0], kFan[0][1]));
      for (const std::uint32_t count : counts) leaves += count;
    } else {
      const auto& fan = kFan[std::min<std::size_t>(level, 5)];
      for (std::uint32_t left = below; left > 0;) {
        const std::uint32_t count = std::min(left, random.between(fan[0], fan[1]));
        counts.push_back(count);
        left -= count;
      }
    }
    below = static_cast<std::uint32_t>(counts.size());
    shape.counts.push_back(std::move(counts));
    if (below == 1) break;
  }
  Problem problem;
  bulk::FlatPlan& plan = problem.plan;
  plan.level_begin = {0, leaves};
  for (const auto& counts : shape.counts) {
    plan.level_begin.push_back(plan.level_begin.back() + static_cast<std::uint32_t>(counts.size()));
  }
  const auto count = static_cast<std::uint32_t>(plan.node_count());
  bulk::MeasureClass leaf, inner;
  inner.aggregation = Aggregation::sum;
  inner.weight_places = 4;
  inner.descent = bulk::Descent::proportional;
  // Asked for in full, every node has an achievement against its target, and a predicate of five bands.
  for (bulk::MeasureClass* measure : {&leaf, &inner}) {
    measure->achievement = {AchievementFormula::h1, ZeroTargetRule::refuse, Decimal(120), {}, {}};
    measure->scale = 0;
  }
  plan.classes = {leaf, inner};
  plan.scales = {five_bands()};
  plan.class_of = bulk::Column<std::uint16_t>(count);
  plan.owner = bulk::Column<std::uint32_t>(count);
  plan.edge_begin = bulk::Column<std::uint32_t>(count - leaves + 1);
  plan.pair_row = bulk::Column<std::uint32_t>(count - leaves);
  std::fill(plan.class_of.begin() + leaves, plan.class_of.end(), std::uint16_t{1});
  std::fill(plan.class_of.begin(), plan.class_of.begin() + leaves, std::uint16_t{0});
  std::fill(plan.owner.begin(), plan.owner.end(), bulk::kNoNode);
  std::fill(plan.pair_row.begin(), plan.pair_row.end(), bulk::kNoNode);

  // Second parents: one child of a neighbour at the end of some rows, one level down.
  std::vector<Edge> edges;
  edges.reserve(count + count / 15);
  for (std::size_t level = 1; level + 1 < plan.level_begin.size(); ++level) {
    const std::uint32_t first = plan.level_begin[level], last = plan.level_begin[level + 1];
    std::uint32_t child = plan.level_begin[level - 1];
    for (std::uint32_t node = first; node < last; ++node) {
      plan.edge_begin[node - leaves] = static_cast<std::uint32_t>(edges.size());
      const std::size_t row = edges.size();
      const std::uint32_t children = shape.counts[level - 1][node - first], own = child;
      for (std::uint32_t i = 0; i < children; ++i) edges.push_back({child++, 0, 0});
      const double wanted = kShared * children;
      const std::uint32_t more = static_cast<std::uint32_t>(wanted) +
                                 (random.below(1000) < 1000 * (wanted - static_cast<std::uint32_t>(wanted)) ? 1 : 0);
      for (std::uint32_t i = 0; i < more; ++i) {
        // Within the same office or the next ones, as joint results are.
        const std::uint32_t low = plan.level_begin[level - 1], high = plan.level_begin[level];
        const std::uint32_t near = random.between(1, 400);
        const std::uint32_t other =
            random.below(2) == 0 ? (own > low + near ? own - near : low) : std::min(child + near, high - 1);
        if (other >= own && other < child) continue;
        const bool again = std::any_of(edges.begin() + static_cast<std::ptrdiff_t>(row), edges.end(),
                                       [&](const Edge& edge) { return edge.child() == other; });
        if (!again) edges.push_back({other, 0, 0});
      }
      fill_row(edges.data() + row, edges.size() - row, random);
      for (std::size_t i = row; i < edges.size(); ++i) {
        if (plan.owner[edges[i].child()] == bulk::kNoNode) plan.owner[edges[i].child()] = node;
      }
    }
  }
  plan.edge_begin[count - leaves] = static_cast<std::uint32_t>(edges.size());
  plan.edges = bulk::Column<Edge>(edges.size());
  std::copy(edges.begin(), edges.end(), plan.edges.begin());

  plan.bounds = bulk::find_bounds(plan);
  plan.shared = bulk::find_shared(plan);
  problem.figures = bulk::make_figures(plan, false, false);
  bulk::Figures& figures = problem.figures;
  std::fill(figures.target.begin(), figures.target.end(), std::numeric_limits<double>::quiet_NaN());
  for (std::size_t cell = 0; cell < std::size_t{leaves} * kMonths; ++cell) {
    const bool missing = random.below(1000) < 1000 * kMissing;
    figures.state[cell] = bulk::state_byte(missing ? CellState::empty : CellState::value);
    figures.value[cell] = missing ? 0.0 : random.below(1000);
  }
  for (std::size_t month = 0; month < kMonths; ++month) {
    figures.target[(count - 1) * kMonths + month] = 100.0 * leaves + static_cast<double>(month);
  }
  return problem;
}

}  // namespace jenjang::bench
