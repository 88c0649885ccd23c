// Cells on a cut, on a rounding pre-image, or less than one unit in the last place away, at every level.
//
// A point p (in half hundredths of a percent) is met exactly by R = p k and T = 20000 k, for any whole k. Three ways:
//   budget leaves      R = p k - 1, p k or p k + 1 at T = 8 x 10^15, where one step is less than a unit in the last
//   place totals of own      at any level: one leaf below takes what brings the sum to a multiple of p, T follows
//   indices            everything below one node has the value p: any mean of it is p
#include <algorithm>
#include <cmath>
#include <unordered_set>

#include "engine/synthetic/counter_random.h"
#include "engine/synthetic/nation_figures.h"

namespace jenjang::synthetic {
namespace {

using bulk::kMonths;
using Nodes = std::vector<std::uint32_t>;

constexpr std::int64_t kWhole = 20000;  // half hundredths of a percent in the whole

// One of the first `cuts` cuts of the predicate scale, or what "above the cut" prints from: half a hundredth more.
std::int32_t point(std::uint64_t drawn, std::size_t cuts = kPredicateCuts.size()) {
  return 200 * kPredicateCuts[part(drawn, 0) % cuts] + static_cast<std::int32_t>(part(drawn, 1) % 2);
}

class Placer {
public:
  Placer(const NationSpec& spec, const ClassBook& book, const bulk::FlatPlan& plan, bulk::Figures& figures)
      : book_(book),
        plan_(plan),
        figures_(figures),
        key_(scramble(spec.seed ^ 0x6375747300000000U)),
        months_(static_cast<std::uint64_t>(std::clamp(spec.as_of_month, 0, static_cast<int>(kMonths)))),
        wanted_(months_ == 0 ? 0 : spec.near_cut) {}

  std::vector<NearCut> place() {
    if (wanted_ == 0) return {};
    place_budgets(wanted_ / 4);
    place_indices(wanted_ / 4);
    place_totals(wanted_ - std::min<std::uint64_t>(wanted_, placed_.size()));
    const auto key = [](const NearCut& cut) { return std::uint64_t{cut.node} * kMonths + cut.month; };
    std::sort(placed_.begin(), placed_.end(), [&](const NearCut& a, const NearCut& b) { return key(a) < key(b); });
    placed_.erase(std::unique(placed_.begin(), placed_.end(),
                              [&](const NearCut& a, const NearCut& b) { return key(a) == key(b); }),
                  placed_.end());
    return std::move(placed_);
  }

private:
  [[nodiscard]] std::size_t cell(std::uint32_t node, std::uint64_t month) const {
    return std::size_t{node} * kMonths + month;
  }
  [[nodiscard]] bool has_number(std::uint32_t leaf, std::uint64_t month) const {
    return (figures_.state[cell(leaf, month)] & bulk::kStateMask) == 0;
  }

  [[nodiscard]] Nodes nodes_of(std::size_t level, std::initializer_list<std::uint16_t> classes) const {
    Nodes nodes;
    for (std::uint32_t node = plan_.level_begin[level]; node < plan_.level_begin[level + 1]; ++node) {
      if (std::find(classes.begin(), classes.end(), plan_.class_of[node]) != classes.end()) nodes.push_back(node);
    }
    return nodes;
  }

  // `quota` cells of these nodes, one at random in each of as many equal parts.
  template <class Use>
  void pick(const Nodes& nodes, std::uint64_t quota, std::uint64_t stream, const Use& use) {
    const std::uint64_t cells = nodes.size() * months_;
    quota = std::min(quota, cells);
    for (std::uint64_t t = 0; t < quota; ++t) {
      const std::uint64_t begin = cells * t / quota, end = cells * (t + 1) / quota;
      const std::uint64_t drawn = draw(key_ ^ (stream << 56U), t);
      const std::uint64_t at = begin + (drawn >> 32U) % (end - begin);
      use(nodes[at / months_], at % months_, drawn);
    }
  }

  void note(std::uint32_t node, std::uint64_t month, int side, std::int32_t at, bool on_value) {
    placed_.push_back({node, static_cast<std::uint8_t>(month), static_cast<std::int8_t>(side), at, on_value});
  }

  void place_budgets(std::uint64_t quota) {
    constexpr std::int64_t kPieces = 400'000'000'000;  // T = 8 x 10^15 steps, below 2^53; one step is 1.25e-16 of it
    const Nodes leaves = nodes_of(0, {book_.leaf(Work::budget)});
    pick(leaves, quota, 1, [&](std::uint32_t leaf, std::uint64_t month, std::uint64_t drawn) {
      const std::int32_t at = point(drawn, 3);  // from 64 on a unit in the last place is 1.42e-14, one step 1.25e-14
      const int side = static_cast<int>((drawn >> 32U) % 3) - 1;
      figures_.target[cell(leaf, month)] = from_steps(kWhole * kPieces, 0);
      figures_.value[cell(leaf, month)] = from_steps(at * kPieces + side, 0);
      figures_.state[cell(leaf, month)] = bulk::state_byte(CellState::value);
      note(leaf, month, side, at, false);
    });
  }

  // One point a month, so that trees that share a leaf agree.
  void place_indices(std::uint64_t quota) {
    constexpr auto kStrand = Strand::mean_same;
    for (std::size_t level = 1; level <= 3 && level < plan_.level_count(); ++level) {
      const auto rung = static_cast<Rung>(level - 1);
      const std::uint16_t held = rung == Rung::section ? book_.held_section(kStrand) : book_.inner(kStrand, rung);
      const Nodes nodes = nodes_of(level, {book_.inner(kStrand, rung), held});
      const std::size_t limit = placed_.size() + quota / 3;
      // Few of the large ones fill the share; a person with its results is some six cells.
      constexpr std::array<std::uint64_t, 4> kCells{1, 6, 60, 300};
      pick(nodes, quota / 3 / kCells[level], 1 + level, [&](std::uint32_t node, std::uint64_t month, std::uint64_t) {
        if (placed_.size() < limit) level_out(node, month, point(draw(key_, month)));
      });
    }
  }

  // Whether there is a figure at all.
  bool level_out(std::uint32_t node, std::uint64_t month, std::int32_t at) {
    bool any = false;
    if (node < plan_.leaf_count()) {
      any = has_number(node, month);
      if (any) figures_.value[cell(node, month)] = from_steps(std::int64_t{at} * 5, 3);
    } else {
      for (const bulk::Edge& edge : plan_.children(node)) any = level_out(edge.child(), month, at) || any;
    }
    if (any) note(node, month, 0, at, true);
    return any;
  }

  // Sums of one node of the totals.
  struct Sums {
    std::array<std::int64_t, kMonths> steps{};
    std::uint16_t present = 0, locked = 0;  // by month
  };

  [[nodiscard]] std::int64_t steps_of(std::uint32_t leaf, std::uint64_t month) const {
    return std::llround(figures_.value[cell(leaf, month)] * 100);
  }
  Sums& sums(std::uint32_t node) { return sums_[slot_[node - plan_.leaf_count()]]; }

  void place_totals(std::uint64_t quota) {
    constexpr auto kStrand = Strand::total_own;
    const std::size_t levels = std::min(plan_.level_count(), kRungs + 1);
    std::vector<Nodes> nodes{nodes_of(0, {book_.leaf(Work::tally)})};
    for (std::size_t level = 1; level < levels; ++level) {
      nodes.push_back(nodes_of(level, {book_.inner(kStrand, static_cast<Rung>(level - 1))}));
    }
    // From the top, which has little room, down; at most a third of a level, so that every sum finds a free leaf.
    std::vector<std::uint64_t> share(levels);
    for (std::size_t level = levels; level-- > 0;) {
      share[level] = std::min(quota / (level + 1), (nodes[level].size() * months_ + 2) / 3);
      quota -= share[level];
    }
    find_shared();
    pick(nodes[0], share[0], 8, [&](std::uint32_t leaf, std::uint64_t month, std::uint64_t drawn) {
      if (!has_number(leaf, month)) return;
      const std::int64_t pieces = std::llround(figures_.target[cell(leaf, month)] * 100) / kWhole;
      figures_.value[cell(leaf, month)] = from_steps(point(drawn) * pieces, 2);
      locked_leaves_.insert(cell(leaf, month));
      note(leaf, month, 0, point(drawn), false);
    });
    slot_.resize(plan_.inner_count());
    for (std::size_t level = 1; level < levels; ++level) {
      for (const std::uint32_t node : nodes[level]) add_up(node);
      pick(nodes[level], share[level], 8 + level,
           [&](std::uint32_t node, std::uint64_t month, std::uint64_t drawn) { meet(node, month, point(drawn)); });
    }
  }

  // Goals above an agency see its achievement, no sum: they are no second parent here.
  void find_shared() {
    std::vector<bool> seen(plan_.node_count(), false);
    shared_.assign(plan_.node_count(), false);
    for (auto node = static_cast<std::uint32_t>(plan_.leaf_count()); node < plan_.node_count(); ++node) {
      if (plan_.class_of[node] == book_.goal()) continue;
      for (const bulk::Edge& edge : plan_.children(node)) {
        if (seen[edge.child()]) shared_[edge.child()] = true;
        seen[edge.child()] = true;
      }
    }
  }

  void add_up(std::uint32_t node) {
    slot_[node - plan_.leaf_count()] = static_cast<std::uint32_t>(sums_.size());
    Sums total;
    for (const bulk::Edge& edge : plan_.children(node)) {
      const std::uint32_t child = edge.child();
      const bool leaf = child < plan_.leaf_count();
      for (std::uint64_t m = 0; m < months_; ++m) {
        const bool there = leaf ? has_number(child, m) : (sums(child).present >> m & 1U) != 0;
        if (!there) continue;
        total.steps[m] += leaf ? steps_of(child, m) : sums(child).steps[m];
        total.present = static_cast<std::uint16_t>(total.present | 1U << m);
      }
    }
    sums_.push_back(total);
  }

  void meet(std::uint32_t node, std::uint64_t month, std::int32_t at) {
    Sums& sum = sums(node);
    if ((sum.present >> month & 1U) == 0) return;
    const std::int64_t more = (at - sum.steps[month] % at) % at;
    if (more != 0 && !give(node, month, more)) return;
    figures_.target[cell(node, month)] = from_steps(sum.steps[month] / at * kWhole, 2);
    sum.locked = static_cast<std::uint16_t>(sum.locked | 1U << month);
    note(node, month, 0, at, false);
  }

  // Adds to one leaf below whose way up is the only one and passes no cell that was placed before.
  bool give(std::uint32_t node, std::uint64_t month, std::int64_t more) {
    const auto children = plan_.children(node);
    const std::size_t start = draw(key_, cell(node, month)) % children.size();
    for (std::size_t i = 0; i < children.size(); ++i) {
      const std::uint32_t child = children[(start + i) % children.size()].child();
      if (shared_[child]) continue;
      if (child < plan_.leaf_count()) {
        const std::size_t at = cell(child, month);
        if (!has_number(child, month) || locked_leaves_.count(at) != 0) continue;
        figures_.value[at] = from_steps(steps_of(child, month) + more, 2);
      } else {
        if ((sums(child).locked >> month & 1U) != 0 || !give(child, month, more)) continue;
      }
      sums(node).steps[month] += more;
      return true;
    }
    return false;
  }

  const ClassBook& book_;
  const bulk::FlatPlan& plan_;
  bulk::Figures& figures_;
  std::uint64_t key_, months_, wanted_;
  std::vector<NearCut> placed_;
  std::vector<bool> shared_;                       // by node: more than one parent adds it
  std::unordered_set<std::size_t> locked_leaves_;  // asked, never walked
  std::vector<std::uint32_t> slot_;                // by inner node, into sums_
  std::vector<Sums> sums_;
};

}  // namespace

std::vector<NearCut> place_near_cuts(const NationSpec& spec, const ClassBook& book, const bulk::FlatPlan& plan,
                                     bulk::Figures& figures) {
  return Placer(spec, book, plan, figures).place();
}

}  // namespace jenjang::synthetic
