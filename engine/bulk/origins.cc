#include "jenjang/bulk/origins.h"

#include <algorithm>

#include "jenjang/rollup/rollup.h"

#include "engine/bulk/crew.h"
#include "engine/bulk/lane_view.h"
#include "engine/bulk/reported_years.h"

namespace jenjang::bulk {
namespace {

constexpr std::uint8_t kInvented = CoarseReport::kInvented, kUnproven = CoarseReport::kUnproven;
constexpr std::uint16_t kEverySlot = 0xFFF;

class OriginFinder {
public:
  OriginFinder(const LaneView& lane, const RowFacts& rows, const NodeMarks& marks, std::size_t first_slot)
      : lane_(lane), plan_(*lane.plan), rows_(rows), marks_(marks), first_slot_(first_slot) {
    const bool targets = !rows.illustrative_targets.empty();
    const bool baselines = std::any_of(plan_.starts.begin(), plan_.starts.end(),
                                       [](const FlatPlan::Start& start) { return start.invented != 0; });
    if (has_mark(kInvented) || targets || baselines || !rows.illustrative.empty() || is_reported(kInvented)) {
      found.illustrative = Column<std::uint16_t>(plan_.node_count());
    }
    if (has_mark(kUnproven) || !rows.unverified.empty() || is_reported(kUnproven)) {
      found.unverified = Column<std::uint16_t>(plan_.node_count());
    }
  }

  // Of coarse slots: months of leaves, and room for those of parents.
  void count_months(const Column<std::uint8_t>& leaf_months) {
    leaf_months_ = &leaf_months;
    found.covered_months = Column<std::uint32_t>(plan_.inner_count() * CoarseFigures::kMonthsRow);
    found.expected_months = Column<std::uint32_t>(plan_.inner_count() * CoarseFigures::kMonthsRow);
  }
  // Of a validated lane in columns of its own: the full lane, whose denominators its coverage is measured against.
  void measure_against(const InnerLane& full, InnerLane& own) {
    full_ = &full;
    own_ = &own;
  }

  // `leaf_marks(leaf, mark)`: slots of a leaf whose number came from a figure with that mark.
  template <class LeafMarks>
  void run(const LeafMarks& leaf_marks, unsigned threads) {
    const auto body = [&](const Chunk& chunk) {
      for (std::uint32_t node = chunk.first; node < chunk.last; ++node) {
        if (chunk.level == 0) {
          const std::uint16_t numbers = present(node);
          if (!found.illustrative.empty()) {
            found.illustrative[node] = of_item(node, kInvented) | (leaf_marks(node, kInvented) & numbers);
          }
          if (!found.unverified.empty()) {
            found.unverified[node] = of_item(node, kUnproven) | (leaf_marks(node, kUnproven) & numbers);
          }
        } else {
          visit(node);
        }
      }
    };
    walk_levels(plan_.level_begin, 0, false, std::max(1U, threads), body, nullptr, {});
  }

  LaneOrigins found;

private:
  static constexpr std::size_t kRow = CoarseFigures::kMonthsRow;

  [[nodiscard]] bool has_mark(std::uint8_t mark) const {
    return std::any_of(marks_.marks.begin(), marks_.marks.end(), [mark](std::uint8_t m) { return (m & mark) != 0; });
  }
  // Of coarse slots: months have columns of marks.
  [[nodiscard]] bool is_reported(std::uint8_t mark) const {
    const auto has = [mark](const CoarseReport& report) { return (report.marks & mark) != 0; };
    return first_slot_ == 0 && std::any_of(rows_.reports.begin(), rows_.reports.end(), has);
  }
  [[nodiscard]] std::uint16_t of_item(std::uint32_t node, std::uint8_t mark) const {
    return !marks_.marks.empty() && (marks_.marks[node] & mark) != 0 ? kEverySlot : std::uint16_t{0};
  }
  [[nodiscard]] const StateByte* states(std::uint32_t node) const {
    return lane_.is_leaf(node) ? &lane_.figures->state[std::size_t{node} * kMonths]
                               : &lane_.inner_state[lane_.at(node, 0)];
  }
  // Slots with a number.
  [[nodiscard]] std::uint16_t present(std::uint32_t node) const {
    const StateByte* const bytes = states(node);
    // A leaf's figure that waits is none in the second lane of months.
    const unsigned refused = kStateMask | (lane_.second && lane_.is_leaf(node) ? kUnvalidated : 0U);
    unsigned mask = 0;
    for (std::size_t slot = 0; slot < kMonths; ++slot) mask |= ((bytes[slot] & refused) == 0 ? 1U : 0U) << slot;
    return static_cast<std::uint16_t>(mask);
  }
  [[nodiscard]] std::uint16_t aimed(std::uint32_t node) const {
    const double* const target = &lane_.figures->target[std::size_t{node} * kMonths];
    unsigned mask = 0;
    for (std::size_t slot = 0; slot < kMonths; ++slot) mask |= (std::isnan(target[slot]) ? 0U : 1U) << slot;
    return static_cast<std::uint16_t>(mask);
  }
  [[nodiscard]] std::uint16_t achieved(std::uint32_t node) const {
    unsigned mask = 0;
    if (!lane_.is_leaf(node)) {
      const StateByte* const bytes = &lane_.inner->achieved[lane_.at(node, 0)];
      for (std::size_t slot = 0; slot < kMonths; ++slot) mask |= ((bytes[slot] & kStateMask) == 0 ? 1U : 0U) << slot;
      return static_cast<std::uint16_t>(mask);
    }
    const MeasureClass& measure = plan_.measure(node);
    const std::uint16_t numbers = present(node);
    const std::size_t first = std::size_t{node} * kMonths;
    for (std::size_t slot = 0; slot < kMonths; ++slot) {
      const bool has =
          (numbers >> slot & 1) != 0 && leaf_is_achieved(plan_, measure, node, lane_.figures->value[first + slot],
                                                         lane_.figures->target[first + slot]);
      mask |= (has ? 1U : 0U) << slot;
    }
    return static_cast<std::uint16_t>(mask);
  }
  [[nodiscard]] std::uint16_t paired(std::uint32_t node) const {
    const double* const row = &lane_.inner->denominator[std::size_t{plan_.pair_row[node - lane_.leaves]} * kMonths];
    unsigned mask = 0;
    for (std::size_t slot = 0; slot < kMonths; ++slot) mask |= (row[slot] != 0 ? 1U : 0U) << slot;
    return static_cast<std::uint16_t>(mask);
  }

  // Slots in which a child contributes to this parent.
  [[nodiscard]] std::uint16_t contributes(const MeasureClass& parent, const Edge& edge) const {
    const std::uint32_t child = edge.child();
    if (parent.aggregation == Aggregation::ratio) {
      const bool pair =
          !lane_.is_leaf(child) && !edge.is_denominator() && plan_.measure(child).aggregation == Aggregation::ratio;
      return pair ? paired(child) : present(child);
    }
    if (parent.aggregation == Aggregation::share_meeting) {
      return parent.mark ? present(child) : static_cast<std::uint16_t>(present(child) & aimed(child));
    }
    return parent.carry == Carry::achievement ? achieved(child) : present(child);
  }

  // Slots with an invented target against which the child was measured, or an invented baseline beside a target.
  [[nodiscard]] std::uint16_t invented_aims(std::uint32_t child) const {
    const MeasureClass& measure = plan_.measure(child);
    if ((rows_.illustrative_targets.empty() && plan_.starts.empty()) || measure.goal ||
        measure.achievement.formula == AchievementFormula::none) {
      return 0;
    }
    unsigned aims = rows_.illustrative_targets.empty() ? 0U : rows_.illustrative_targets[child] >> first_slot_;
    if (starts_invented(plan_, child)) aims |= aimed(child);
    return static_cast<std::uint16_t>(aims) & present(child);
  }

  void visit(std::uint32_t node) {
    const MeasureClass& measure = plan_.measure(node);
    const bool carries_target =
        measure.carry == Carry::achievement || measure.aggregation == Aggregation::share_meeting;
    std::uint16_t invented = of_item(node, kInvented), unproven = of_item(node, kUnproven);
    std::uint32_t covered[kCoarse] = {}, expected[kCoarse] = {};
    const bool marks = !found.illustrative.empty() || !found.unverified.empty();
    if (!marks && leaf_months_ == nullptr) return;
    for (const Edge& edge : plan_.children(node)) {
      const std::uint32_t child = edge.child();
      const std::uint16_t counts = contributes(measure, edge);
      if (!found.illustrative.empty()) {
        std::uint16_t told = found.illustrative[child];
        if (carries_target) told |= invented_aims(child);
        invented |= told & counts;
      }
      if (!found.unverified.empty())
        unproven = static_cast<std::uint16_t>(unproven | (found.unverified[child] & counts));
      if (leaf_months_ != nullptr) add_months(child, counts, covered, expected);
    }
    if (!found.illustrative.empty()) found.illustrative[node] = invented;
    if (!found.unverified.empty()) found.unverified[node] = unproven;
    if (leaf_months_ == nullptr) return;
    const std::size_t row = std::size_t{node - lane_.leaves} * kRow;
    for (std::size_t slot = 0; slot < kCoarse; ++slot) {
      found.covered_months[row + slot] = covered[slot];
      found.expected_months[row + slot] = expected[slot];
    }
    if (full_ != nullptr) correct_coverage(node, measure);
  }

  void add_months(std::uint32_t child, std::uint16_t counts, std::uint32_t* covered, std::uint32_t* expected) const {
    if (lane_.is_leaf(child)) {
      const std::uint8_t* const told = &(*leaf_months_)[std::size_t{child} * kRow];
      for (std::size_t slot = 0; slot < kCoarse; ++slot) {
        if ((counts >> slot & 1) == 0) continue;
        covered[slot] += told[slot] & 15U;
        expected[slot] += told[slot] >> 4U;
      }
      return;
    }
    const std::size_t row = std::size_t{child - lane_.leaves} * kRow;
    for (std::size_t slot = 0; slot < kCoarse; ++slot) {
      if ((counts >> slot & 1) == 0) continue;
      covered[slot] += found.covered_months[row + slot];
      expected[slot] += found.expected_months[row + slot];
    }
  }

  // The sums of the kernels in the same order, but for the known weights of ratios.
  void correct_coverage(std::uint32_t node, const MeasureClass& measure) {
    const std::size_t first = lane_.at(node, 0);
    if (measure.aggregation == Aggregation::ratio) {
      std::copy_n(&full_->expected_weight[first], kMonths, &own_->expected_weight[first]);
    }
    if (measure.aggregation != Aggregation::weighted_mean) return;
    double leaf_weight[kMonths] = {}, inner_weight[kMonths] = {};
    bool inner = false;
    for (const Edge& edge : plan_.children(node)) {
      const std::uint32_t child = edge.child();
      const std::uint16_t counts = contributes(measure, edge);
      const double weight = edge.weight;
      if (lane_.is_leaf(child)) {
        for (std::size_t slot = 0; slot < kMonths; ++slot) leaf_weight[slot] += (counts >> slot & 1) != 0 ? weight : 0;
        continue;
      }
      inner = true;
      const bool ratio = plan_.measure(child).aggregation == Aggregation::ratio;
      const std::size_t row = lane_.at(child, 0);
      for (std::size_t slot = 0; slot < kMonths; ++slot) {
        const double known = (ratio ? *full_ : *own_).expected_weight[row + slot];
        if ((counts >> slot & 1) == 0 || own_->expected[row + slot] == 0 || !(known > 0)) continue;
        const double share = own_->covered_weight[row + slot] / known;
        inner_weight[slot] += weight * share;
      }
    }
    if (!inner) return;
    const double unit = Decimal::from_parts(1, measure.weight_places).to_double();
    for (std::size_t slot = 0; slot < kMonths; ++slot) {
      own_->covered_weight[first + slot] = (leaf_weight[slot] + inner_weight[slot]) * unit;
    }
  }

  const LaneView lane_;
  const FlatPlan& plan_;
  const RowFacts& rows_;
  const NodeMarks& marks_;
  std::size_t first_slot_;
  const Column<std::uint8_t>* leaf_months_ = nullptr;
  const InnerLane* full_ = nullptr;
  InnerLane* own_ = nullptr;
};

// Months of a leaf with such a figure.
std::uint16_t marked_months(const RowFacts& rows, std::uint32_t leaf, std::uint8_t mark) {
  const Column<std::uint16_t>& column = mark == kInvented ? rows.illustrative : rows.unverified;
  return column.empty() ? std::uint16_t{0} : column[leaf];
}

// Coarse slots of a leaf whose number came from such a figure, where something coarser than a month was reported.
std::uint16_t marked_slots(const ReportedYears& years, std::uint32_t leaf, std::span<const CoarseReport> reports,
                           Lane lane, std::uint8_t mark) {
  ReportedYears::Slots told;
  years.fill(leaf, reports, lane, told);
  const unsigned flag = mark == kInvented ? kIllustrative : kUnverified;
  unsigned slots = 0;
  for (std::size_t slot = 0; slot < kCoarse; ++slot) slots |= ((told[slot].flags & flag) != 0 ? 1U : 0U) << slot;
  return static_cast<std::uint16_t>(slots);
}

}  // namespace

LaneOrigins find_origins(const FlatPlan& plan, const Figures& months, const RowFacts& rows, const NodeMarks& marks,
                         Lane lane, unsigned threads) {
  OriginFinder finder(LaneView(plan, months, lane == Lane::validated), rows, marks, kCoarse);
  finder.run([&rows](std::uint32_t leaf, std::uint8_t mark) { return marked_months(rows, leaf, mark); }, threads);
  return std::move(finder.found);
}

LaneOrigins find_origins(CoarseFigures& coarse, const Figures& months, const RowFacts& rows, const NodeMarks& marks,
                         Lane lane, unsigned threads) {
  CoarseLane& own = lane == Lane::all ? coarse.all : coarse.validated;
  OriginFinder finder(LaneView(coarse.plan, own.figures, false), rows, marks, 0);
  finder.count_months(own.leaf_months);
  if (lane == Lane::validated && coarse.plan.pair_rows > 0) {
    finder.measure_against(coarse.all.figures.all, own.figures.all);
  }
  const ReportedYears years(coarse.plan, months, rows);
  // Any marked figure inside the slot that this lane sees.
  finder.run(
      [&](std::uint32_t leaf, std::uint8_t mark) {
        if (const auto reports = years.of(leaf); !reports.empty()) {
          return marked_slots(years, leaf, reports, lane, mark);
        }
        unsigned marked = marked_months(rows, leaf, mark);
        if (marked != 0 && lane == Lane::validated) {
          for (std::size_t at = 0; at < kMonths; ++at) {
            if ((months.state[std::size_t{leaf} * kMonths + at] & kUnvalidated) != 0) marked &= ~(1U << at);
          }
        }
        unsigned slots = 0;
        for (std::size_t slot = 0; slot < kCoarse; ++slot)
          slots |= ((marked & kCoarseMonths[slot]) != 0 ? 1U : 0U) << slot;
        return static_cast<std::uint16_t>(slots);
      },
      threads);
  return std::move(finder.found);
}

}  // namespace jenjang::bulk
