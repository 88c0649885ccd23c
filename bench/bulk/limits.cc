#include "bulk/limits.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <stdexcept>

#include "jenjang/base/rounding.h"

namespace jenjang::bench {
namespace {

using bulk::Edge;
using bulk::kMonths;

// A chunk of a level: enough to hide taking it, few enough for both threads to end together.
constexpr std::uint32_t kEdgesOfChunk = 4096;

// The least double on the good side of a cut.
double least_above(const HalfLine& line) {
  const double bound = line.bound.to_double();
  return line.inclusive ? bound : std::nextafter(bound, std::numeric_limits<double>::infinity());
}

void read_scale(const Scale& scale, LimitClass& into) {
  into.bands = static_cast<int>(scale.bands.size());
  for (const Band& band : scale.bands) {
    if (!band.above) continue;
    if (into.cuts == kMostCuts) throw std::invalid_argument("a scale with more cuts than the limit knows");
    into.cut[into.cuts++] = least_above(preimage_above(*band.above, scale.open_below, scale.decide_on));
  }
  into.has_domain = scale.domain_low || scale.domain_high;
  constexpr double kFar = std::numeric_limits<double>::infinity();
  into.domain_low = scale.domain_low ? least_above(preimage_above(*scale.domain_low, false, scale.decide_on)) : -kFar;
  into.domain_high = scale.domain_high ? least_above(preimage_above(*scale.domain_high, true, scale.decide_on)) : kFar;
}

LimitClass read_class(const bulk::FlatPlan& plan, const bulk::MeasureClass& measure) {
  LimitClass c;
  c.aggregation = measure.aggregation;
  c.carry = measure.carry;
  c.missing = measure.missing;
  c.polarity = measure.polarity;
  c.formula = measure.achievement.formula;
  c.zero_rule = measure.achievement.on_zero_target;
  c.descent = measure.descent;
  c.goal = measure.goal;
  c.scale_on_value = measure.scale_on_value;
  c.limited = measure.achievement.cap || measure.achievement.floor;
  c.weight_unit = std::pow(10.0, -measure.weight_places);
  c.factor = measure.factor.to_double();
  if (measure.aggregation == Aggregation::sum) c.factor *= c.weight_unit;
  c.steps = std::pow(10.0, measure.places);
  constexpr double kFar = std::numeric_limits<double>::infinity();
  c.cap = measure.achievement.cap ? measure.achievement.cap->to_double() : kFar;
  c.floor = measure.achievement.floor ? measure.achievement.floor->to_double() : -kFar;
  if (measure.scale != bulk::kNoScale) read_scale(plan.scales[measure.scale], c);
  return c;
}

// What parents read of one cell of an inner node.
struct Told {
  struct OfLane {
    double value = 0, achievement = 0, covered_weight = 0, expected_weight = 0, numerator = 0, denominator = 0;
    std::uint32_t covered = 0, expected = 0;
    bulk::StateByte state = 0, achieved = 0;
    std::uint8_t nothing[6] = {};  // no byte of a comparison is left to chance
  };
  OfLane lane[2];
  void read(const LimitView& v, std::uint32_t node, int lanes, bool full) {
    const std::size_t inner = node - v.leaf_count, at = inner * kMonths;
    for (int i = 0; i < lanes; ++i) {
      const LimitLane& from = v.lane[i];
      lane[i].value = from.value[at];
      lane[i].state = from.state[at];
      if (v.pair_row[inner] != bulk::kNoNode) {
        const std::size_t row = std::size_t{v.pair_row[inner]} * kMonths;
        lane[i].numerator = from.numerator[row];
        lane[i].denominator = from.denominator[row];
      }
      if (!full) continue;
      lane[i].achievement = from.achievement[at];
      lane[i].achieved = from.achieved[at];
      lane[i].covered = from.covered[at];
      lane[i].expected = from.expected[at];
      lane[i].covered_weight = from.covered_weight[at];
      lane[i].expected_weight = from.expected_weight[at];
    }
  }
};

}  // namespace

bool Limits::wide() {
#if defined(__x86_64__)
  return kLimitWide.values != nullptr && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
#else
  return false;
#endif
}

Limits::Limits(const bulk::FlatPlan& plan, unsigned threads)
    : plan_(plan), kernels_(wide() ? kLimitWide : kLimitPlain), team_(threads) {
  read_classes();
  const auto leaves = static_cast<std::uint32_t>(plan.leaf_count());
  for (std::size_t level = 1; level < plan.level_count(); ++level) {
    auto made = std::make_unique<Level>();
    std::uint32_t edges = 0;
    for (std::uint32_t node = plan.level_begin[level]; node < plan.level_begin[level + 1]; ++node) {
      const std::uint32_t at = plan.edge_begin[node - leaves];
      if (made->bounds.empty() || at - edges >= kEdgesOfChunk) {
        made->bounds.push_back(node);
        edges = at;
      }
    }
    made->bounds.push_back(plan.level_begin[level + 1]);
    levels_.push_back(std::move(made));
  }
  for (std::uint32_t leaf = 0; leaf < leaves; ++leaf) {
    if (plan.owner[leaf] == bulk::kNoNode) lone_leaves_.push_back(leaf);
  }
}

// Rows the other way round, for the first change.
void Limits::find_parents() {
  const auto leaves = static_cast<std::uint32_t>(plan_.leaf_count());
  const auto nodes = static_cast<std::uint32_t>(plan_.node_count());
  parent_begin_.assign(nodes + 1, 0);
  for (const Edge& edge : plan_.edges) ++parent_begin_[edge.child() + 1];
  for (std::uint32_t node = 0; node < nodes; ++node) parent_begin_[node + 1] += parent_begin_[node];
  parents_.resize(plan_.edges.size());
  std::vector<std::uint32_t> next(parent_begin_.begin(), parent_begin_.end() - 1);
  for (std::uint32_t node = leaves; node < nodes; ++node) {
    for (const Edge& edge : plan_.children(node)) parents_[next[edge.child()]++] = node;
  }
}

void Limits::read_classes() {
  classes_.clear();
  for (const bulk::MeasureClass& measure : plan_.classes) classes_.push_back(read_class(plan_, measure));
  for (std::uint32_t node = static_cast<std::uint32_t>(plan_.leaf_count()); node < plan_.node_count(); ++node) {
    LimitClass& c = classes_[plan_.class_of[node]];
    if (c.aggregation != Aggregation::ratio) continue;
    const std::uint32_t child = plan_.children(node).front().child();
    c.of_pairs = plan_.measure(child).aggregation == Aggregation::ratio;
  }
}

LimitView Limits::view(bulk::Figures& figures, std::size_t month) const {
  LimitView v;
  v.classes = classes_.data();
  v.class_of = plan_.class_of.data();
  v.owner = plan_.owner.data();
  v.edge_begin = plan_.edge_begin.data();
  v.pair_row = plan_.pair_row.data();
  v.edges = plan_.edges.data();
  v.leaf_count = static_cast<std::uint32_t>(plan_.leaf_count());
  v.target = figures.target.data() + month;
  v.value = figures.value.data() + month;
  v.state = figures.state.data() + month;
  v.band = figures.band.data() + month;
  const std::size_t inner = std::size_t{v.leaf_count} * kMonths;
  for (int lane = 0; lane < (figures.has_validated_lane() ? 2 : 1); ++lane) {
    bulk::InnerLane& from = lane == 0 ? figures.all : figures.validated;
    LimitLane& l = v.lane[lane];
    l.value = lane == 0 ? v.value + inner : figures.validated_value.data() + month;
    l.state = lane == 0 ? v.state + inner : figures.validated_state.data() + month;
    l.band = lane == 0 ? v.band + inner : figures.validated_band.data() + month;
    l.achievement = from.achievement.data() + month;
    l.achieved = from.achieved.data() + month;
    l.covered = from.covered.data() + month;
    l.expected = from.expected.data() + month;
    l.covered_weight = from.covered_weight.data() + month;
    l.expected_weight = from.expected_weight.data() + month;
    l.numerator = from.numerator.data() + month;
    l.denominator = from.denominator.data() + month;
  }
  return v;
}

void Limits::sweep_levels(const LimitView& v, void (*kernel)(const LimitView&, std::uint32_t, std::uint32_t),
                          bool down) {
  for (const auto& level : levels_) level->next = level->done = 0;
  team_.run([&](unsigned) {
    for (std::size_t i = 0; i < levels_.size(); ++i) {
      Level& level = *levels_[down ? levels_.size() - 1 - i : i];
      const auto chunks = static_cast<std::uint32_t>(level.bounds.size() - 1);
      for (std::uint32_t chunk = level.next++; chunk < chunks; chunk = level.next++) {
        kernel(v, level.bounds[chunk], level.bounds[chunk + 1]);
        level.done.fetch_add(1, std::memory_order_release);
      }
      Team::wait_until([&] { return level.done.load(std::memory_order_acquire) == chunks; });
    }
  });
}

void Limits::roll_up(bulk::Figures& figures, bool full) {
  const LimitView v = view(figures);
  if (full) {
    for (const std::uint32_t leaf : lone_leaves_) kernels_.leaf_band(v, leaf);
  }
  sweep_levels(v,
               !full                          ? kernels_.values
               : figures.has_validated_lane() ? kernels_.full_two_lanes
                                              : kernels_.full,
               false);
}

void Limits::descend(bulk::Figures& figures, bool whole) {
  sweep_levels(view(figures), whole ? kernels_.split_whole : kernels_.split, true);
}

void Limits::change(bulk::Figures& figures, std::uint32_t leaf, unsigned month, double value, bulk::StateByte state,
                    bool full) {
  if (parents_.empty()) find_parents();
  const LimitView v = view(figures, month);
  v.value[leaf * kMonths] = value;
  v.state[leaf * kMonths] = state;
  if (full) kLimitSingle.leaf_band(v, leaf);
  // Node numbers rise from level to level: ancestors in order of number are in an order of computing.
  ancestors_.clear();
  const auto add_parents = [&](std::uint32_t node) {
    for (std::uint32_t i = parent_begin_[node]; i < parent_begin_[node + 1]; ++i) {
      const auto place = std::lower_bound(ancestors_.begin(), ancestors_.end(), parents_[i]);
      if (place != ancestors_.end() && *place == parents_[i]) continue;
      for (const Edge& edge : plan_.children(parents_[i])) {
        __builtin_prefetch(v.value + edge.child() * kMonths);
        __builtin_prefetch(v.state + edge.child() * kMonths);
      }
      ancestors_.insert(place, parents_[i]);
    }
  };
  const int lanes = figures.has_validated_lane() && full ? 2 : 1;
  const auto kernel = !full ? kLimitSingle.values : lanes == 2 ? kLimitSingle.full_two_lanes : kLimitSingle.full;
  add_parents(leaf);
  for (std::size_t i = 0; i < ancestors_.size(); ++i) {
    const std::uint32_t node = ancestors_[i];
    Told before, after;
    before.read(v, node, lanes, full);
    kernel(v, node, node + 1);
    after.read(v, node, lanes, full);
    // A minimum that stays where it was is news to nobody above.
    if (std::memcmp(&before, &after, sizeof before) != 0) add_parents(node);
  }
}

// By sorting keys of one month after the other.
void limit_split_large(const LimitView& v, std::uint32_t node, const Edge* begin, const Edge* end) {
  double total = 0;
  std::vector<Edge> owned;
  for (const Edge* edge = begin; edge != end; ++edge) {
    if (v.owner[edge->child()] != node) continue;
    owned.push_back(*edge);
    total += edge->driver;
  }
  if (total <= 0) return;
  const double steps = v.classes[v.class_of[node]].steps;
  struct Share {
    double whole, rest;
    std::size_t place;
  };
  std::vector<Share> shares(owned.size());
  for (std::size_t month = 0; month < kMonths; ++month) {
    const double target = v.target[node * kMonths + month];
    if (std::isnan(target)) continue;
    const double parent = std::floor(target * steps + 0.5);
    double left = parent;
    for (std::size_t i = 0; i < owned.size(); ++i) {
      const double product = parent * owned[i].driver;
      double whole = std::floor(product / total);
      if (product - whole * total < 0) --whole;
      if (product - whole * total >= total) ++whole;
      shares[i] = {whole, product - whole * total, i};
      left -= whole;
    }
    const auto more = static_cast<std::ptrdiff_t>(left);
    std::nth_element(shares.begin(), shares.begin() + more, shares.end(), [&](const Share& a, const Share& b) {
      if (a.rest != b.rest) return a.rest > b.rest;
      if (owned[a.place].driver != owned[b.place].driver) return owned[a.place].driver > owned[b.place].driver;
      return a.place < b.place;
    });
    for (std::size_t i = 0; i < shares.size(); ++i) {
      const double one = static_cast<std::ptrdiff_t>(i) < more ? 1 : 0;
      v.target[owned[shares[i].place].child() * kMonths + month] = (shares[i].whole + one) / steps;
    }
  }
}

}  // namespace jenjang::bench
