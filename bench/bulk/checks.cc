#include "bulk/checks.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "jenjang/base/rounding.h"

namespace jenjang::bench {
namespace {

using bulk::kMonths;

constexpr double kTolerance = 1e-9;
// Rows to keep: some hundred MB.
constexpr std::size_t kMostRows = 400'000;

struct RowOut {
  std::vector<double>& numbers;
  std::vector<std::uint8_t>& bytes;
  template <class T>
  void add(const bulk::Column<T>& column, std::size_t row) {
    for (std::size_t cell = row * kMonths; cell < (row + 1) * kMonths; ++cell) {
      if constexpr (std::is_floating_point_v<T>) {
        numbers.push_back(column[cell]);
      } else {
        numbers.push_back(static_cast<double>(column[cell]));
      }
    }
  }
  void add_states(const bulk::Column<bulk::StateByte>& column, std::size_t row) {
    // What doubles cannot know: which cells went the exact way, and the marks that only its bounds need.
    constexpr unsigned kTold = bulk::kStateMask | bulk::kUnvalidated | bulk::kPartial | bulk::kCapped;
    for (std::size_t cell = row * kMonths; cell < (row + 1) * kMonths; ++cell) {
      bytes.push_back(static_cast<std::uint8_t>(column[cell] & kTold));
    }
  }
  void add_bands(const bulk::Column<std::int8_t>& column, std::size_t row) {
    for (std::size_t cell = row * kMonths; cell < (row + 1) * kMonths; ++cell) {
      bytes.push_back(static_cast<std::uint8_t>(column[cell]));
    }
  }
  void add_lane(const bulk::InnerLane& lane, std::size_t row) {
    add(lane.achievement, row);
    add(lane.covered, row);
    add(lane.expected, row);
    add(lane.covered_weight, row);
    add(lane.expected_weight, row);
    add_states(lane.achieved, row);
  }
};

void read_row(const bulk::FlatPlan& plan, const bulk::Figures& figures, std::uint32_t node, bool full, RowOut out) {
  if (full) out.add_bands(figures.band, node);
  if (node < plan.leaf_count()) return;
  const std::size_t inner = node - plan.leaf_count();
  out.add(figures.value, node);
  out.add_states(figures.state, node);
  if (!full) return;
  out.add_lane(figures.all, inner);
  if (!figures.has_validated_lane()) return;
  out.add(figures.validated_value, inner);
  out.add_states(figures.validated_state, inner);
  out.add_bands(figures.validated_band, inner);
  out.add_lane(figures.validated, inner);
}

bool close(double a, double b) {
  return a == b || std::abs(a - b) <= kTolerance * std::max({1.0, std::abs(a), std::abs(b)});
}

// Whether any month's figure of a node lies within the tolerance of a cut of its scale, of its limit or of its target.
bool near_any_cut(const bulk::FlatPlan& plan, const bulk::Figures& figures, std::uint32_t node) {
  const bulk::MeasureClass& measure = plan.measure(node);
  std::vector<double> cuts;
  if (measure.achievement.cap) cuts.push_back(measure.achievement.cap->to_double());
  if (measure.achievement.floor) cuts.push_back(measure.achievement.floor->to_double());
  if (measure.scale != bulk::kNoScale) {
    const Scale& scale = plan.scales[measure.scale];
    for (const Band& band : scale.bands) {
      if (band.above) cuts.push_back(preimage_above(*band.above, scale.open_below, scale.decide_on).bound.to_double());
    }
  }
  for (std::size_t month = 0; month < kMonths; ++month) {
    const std::size_t cell = node * kMonths + month;
    const double value = figures.value[cell], target = figures.target[cell];
    double figure = value;
    if (!measure.scale_on_value && !measure.goal) {
      figure = measure.achievement.formula == AchievementFormula::h1   ? 100 * value / target
               : measure.achievement.formula == AchievementFormula::l1 ? 100 - 100 * (value - target) / std::abs(target)
                                                                       : 100 * target / value;
    }
    for (const double cut : cuts) {
      if (close(figure, cut)) return true;
    }
    if (close(value, target)) return true;
  }
  return false;
}

__extension__ using Wide = __int128;

// Targets of one row of children in one month, in steps.
std::vector<Wide> whole_shares(std::span<const bulk::Edge> edges, Wide parent) {
  Wide total = 0, given = 0;
  for (const bulk::Edge& edge : edges) total += edge.driver;
  std::vector<Wide> shares, rest;
  for (const bulk::Edge& edge : edges) {
    const Wide product = parent * edge.driver;
    shares.push_back(product / total);
    rest.push_back(product % total);
    given += shares.back();
  }
  std::vector<std::size_t> order(edges.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return rest[a] != rest[b] ? rest[a] > rest[b] : edges[a].driver > edges[b].driver;
  });
  for (std::size_t i = 0; given < parent; ++i, ++given) ++shares[order[i]];
  return shares;
}

}  // namespace

RowSample::RowSample(const bulk::FlatPlan& plan, const bulk::Figures& figures, bool full)
    : stride_(static_cast<std::uint32_t>(plan.node_count() / kMostRows + 1)), full_(full) {
  for (std::uint32_t node = 0; node < plan.node_count(); node += stride_) {
    read_row(plan, figures, node, full, {numbers_, bytes_});
  }
}

RowSample::Difference RowSample::compare(const bulk::FlatPlan& plan, const bulk::Figures& figures) const {
  Difference found;
  std::vector<double> numbers;
  std::vector<std::uint8_t> bytes;
  std::size_t number_at = 0, byte_at = 0;
  for (std::uint32_t node = 0; node < plan.node_count(); node += stride_) {
    numbers.clear();
    bytes.clear();
    read_row(plan, figures, node, full_, {numbers, bytes});
    std::size_t at = 0;
    while (at < numbers.size() && close(numbers[at], numbers_[number_at + at])) ++at;
    const bool same_bytes =
        std::equal(bytes.begin(), bytes.end(), bytes_.begin() + static_cast<std::ptrdiff_t>(byte_at));
    ++found.rows;
    if (at < numbers.size() || !same_bytes) {
      if (same_bytes || !near_any_cut(plan, figures, node)) {
        ++found.differing;
        if (found.first.empty()) {
          found.first = "node " + std::to_string(node) + " class " + std::to_string(plan.class_of[node]) +
                        (at < numbers.size() ? ": number " + std::to_string(at) + " is " + std::to_string(numbers[at]) +
                                                   ", was " + std::to_string(numbers_[number_at + at])
                                             : ": a state or band");
        }
      } else {
        ++found.near_cut;
      }
    }
    number_at += numbers.size();
    byte_at += bytes.size();
  }
  return found;
}

std::string check_split(const bulk::FlatPlan& plan, const bulk::Figures& figures, bool whole, unsigned parents,
                        std::uint64_t seed) {
  for (unsigned i = 0; i < parents; ++i) {
    seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
    const auto node = static_cast<std::uint32_t>(plan.leaf_count() + (seed >> 33) % plan.inner_count());
    std::vector<bulk::Edge> edges;  // to the children whose targets this parent sets
    for (const bulk::Edge& edge : plan.children(node)) {
      if (plan.owner[edge.child()] == node) edges.push_back(edge);
    }
    if (edges.empty()) continue;
    double total = 0;
    for (const bulk::Edge& edge : edges) total += edge.driver;
    for (std::size_t month = 0; month < kMonths; ++month) {
      const double parent = figures.target[node * kMonths + month];
      const double steps = std::pow(10.0, plan.measure(node).places);
      const auto shares =
          whole ? whole_shares(edges, static_cast<Wide>(std::llround(parent * steps))) : std::vector<Wide>{};
      for (std::size_t k = 0; k < edges.size(); ++k) {
        const double given = figures.target[edges[k].child() * kMonths + month];
        const double wanted = whole ? static_cast<double>(shares[k]) / steps : parent * edges[k].driver / total;
        if (whole ? given == wanted : close(given, wanted)) continue;
        return "target of node " + std::to_string(edges[k].child()) + " below " + std::to_string(node) + " month " +
               std::to_string(month + 1) + " is " + std::to_string(given) + ", should be " + std::to_string(wanted);
      }
    }
  }
  return {};
}

}  // namespace jenjang::bench
