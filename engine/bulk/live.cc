#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <vector>

#include "jenjang/bulk/sweep.h"

#include "engine/bulk/exact.h"
#include "engine/bulk/simd.h"

namespace jenjang::bulk {

namespace {

// Months that a changed fact's way up is made for at once: a vector.
constexpr unsigned kPart = 4;

// The columns from some month on.
kernel::Tables from_month(kernel::Tables tables, unsigned month) {
  tables.first_month = month;
  tables.target += month;
  tables.value += month;
  tables.state += month;
  tables.leaf_band += month;
  for (kernel::LaneColumns& lane : tables.lane) {
    if (lane.value == nullptr) continue;
    for (double** column : {&lane.achievement, &lane.covered_weight, &lane.expected_weight, &lane.numerator,
                            &lane.denominator, &lane.value}) {
      *column += month;
    }
    for (std::uint32_t** column : {&lane.covered, &lane.expected}) *column += month;
    lane.achieved += month;
    lane.state += month;
    lane.band += month;
  }
  return tables;
}

// What the exact side may have written into a part of the row of an inner node, in one lane.
class KeptRow {
public:
  KeptRow(const kernel::LaneColumns& lane, std::size_t inner, std::uint32_t pair_row)
      : lane_(lane), at_(inner * kMonths), pair_(std::size_t{pair_row} * kMonths), has_pair_(pair_row != kNoNode) {
    copy(value_, lane.value + at_);
    copy(achievement_, lane.achievement + at_);
    copy(achieved_, lane.achieved + at_);
    copy(state_, lane.state + at_);
    copy(band_, lane.band + at_);
    if (!has_pair_) return;
    copy(numerator_, lane.numerator + pair_);
    copy(denominator_, lane.denominator + pair_);
  }
  void put_back_but(unsigned month) {
    put_back(value_, lane_.value + at_, month);
    put_back(achievement_, lane_.achievement + at_, month);
    put_back(achieved_, lane_.achieved + at_, month);
    put_back(state_, lane_.state + at_, month);
    put_back(band_, lane_.band + at_, month);
    if (!has_pair_) return;
    put_back(numerator_, lane_.numerator + pair_, month);
    put_back(denominator_, lane_.denominator + pair_, month);
  }

private:
  template <class T>
  static void copy(std::array<T, kPart>& to, const T* row) {
    std::copy_n(row, kPart, to.begin());
  }
  template <class T>
  static void put_back(std::array<T, kPart>& from, T* row, unsigned month) {
    from[month] = row[month];
    std::copy_n(from.begin(), kPart, row);
  }
  const kernel::LaneColumns& lane_;
  std::size_t at_, pair_;
  bool has_pair_;
  std::array<double, kPart> value_, achievement_, numerator_, denominator_;
  std::array<std::uint8_t, kPart> achieved_, state_;
  std::array<std::int8_t, kPart> band_;
};

}  // namespace

struct LiveFigures::Impl {
  Impl(const FlatPlan& a_plan, Figures& some_figures, Depth a_depth, Simd simd)
      : plan(a_plan),
        figures(some_figures),
        full(a_depth == Depth::full),
        program(a_plan, some_figures),
        exact(a_plan, some_figures),
        calls(exact, program.tables),
        kernels(part_kernels_for(simd)),
        has_more_parents(a_plan.node_count()) {
    for (unsigned part = 0; part < parts.size(); ++part) parts[part] = from_month(program.tables, part * kPart);
    for (const FlatPlan::Shared& shared : plan.shared) has_more_parents[shared.child] = true;
  }

  // Parents of a node into the heap, the lowest number on top: children come before their parents.
  void ask_for_parents(std::uint32_t node) {
    push(plan.owner[node]);
    if (!has_more_parents[node]) return;
    const FlatPlan::Shared from{node, 0};
    for (auto at = std::lower_bound(plan.shared.begin(), plan.shared.end(), from);
         at != plan.shared.end() && at->child == node; ++at) {
      push(at->parent);
    }
  }
  void push(std::uint32_t node) {
    if (node == kNoNode) return;
    waiting.push_back(node);
    std::push_heap(waiting.begin(), waiting.end(), std::greater<>());
  }
  // The row of an inner node again. Kernels make four months; what the others of these had settled is put back instead
  // of being settled once more, which may cost all that is below.
  void refresh(std::uint32_t node, std::size_t level, kernel::Tables& tables, unsigned month) {
    if (!full && !tables.achievements) return kernels.values(tables, level, node, node + 1);
    const std::size_t inner = node - plan.leaf_count();
    const std::uint32_t pair = plan.pair_row[inner];
    KeptRow all(tables.lane[0], inner, pair);
    std::optional<KeptRow> validated;
    if (full && tables.two_lanes) validated.emplace(tables.lane[1], inner, pair);
    tables.months = 1U << month;
    (full ? kernels.full : kernels.values)(tables, level, node, node + 1);
    all.put_back_but(month);
    if (validated) validated->put_back_but(month);
  }
  std::uint32_t pop() {
    const std::uint32_t node = waiting.front();
    while (!waiting.empty() && waiting.front() == node) {
      std::pop_heap(waiting.begin(), waiting.end(), std::greater<>());
      waiting.pop_back();
    }
    return node;
  }

  const FlatPlan& plan;
  Figures& figures;
  const bool full;
  Program program;
  ExactSide exact;
  ExactCalls calls;
  const kernel::PartKernels kernels;
  std::array<kernel::Tables, kMonths / kPart> parts;
  std::vector<bool> has_more_parents;  // by node: saves a search among the shared
  std::vector<std::uint32_t> waiting;
};

LiveFigures::LiveFigures(const FlatPlan& plan, Figures& figures, Depth depth, Simd simd)
    : impl_(std::make_unique<Impl>(plan, figures, depth, simd)) {}
LiveFigures::~LiveFigures() = default;

std::size_t LiveFigures::change(std::uint32_t leaf, unsigned month, double value, StateByte state) {
  Impl& live = *impl_;
  const std::size_t cell = std::size_t{leaf} * kMonths + month;
  live.figures.value[cell] = value;
  live.figures.state[cell] = state;
  kernel::Tables& tables = live.parts[month / kPart];
  if (live.full && live.plan.owner[leaf] == kNoNode) live.kernels.lone_leaves(tables, 0, leaf, leaf + 1);
  live.ask_for_parents(leaf);
  std::size_t level = 1, visited = 0;
  while (!live.waiting.empty()) {
    const std::uint32_t node = live.pop();
    while (live.plan.level_begin[level + 1] <= node) ++level;
    live.refresh(node, level, tables, month % kPart);
    ++visited;
    // Also where the row came out with the same doubles: a decision further up may rest on what they do not show.
    live.ask_for_parents(node);
  }
  return visited;
}

}  // namespace jenjang::bulk
