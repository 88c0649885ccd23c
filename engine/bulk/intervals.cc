// The sweep: each inner node from the ranges of its children, level by level.
#include "jenjang/bulk/intervals.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "engine/bulk/crew.h"
#include "engine/bulk/interval_sums.h"

namespace jenjang::bulk {
namespace {

template <class T>
Column<T> cleared(std::size_t size) {
  Column<T> column(size);
  std::fill(column.begin(), column.end(), T{});
  return column;
}

}  // namespace

double IntervalRow::lowest(std::size_t slot) const {
  if ((least_open >> slot & 1U) != 0) return -std::numeric_limits<double>::infinity();
  if (least_error[slot] == 0) return least[slot];
  return std::nextafter(least[slot] - least_error[slot], -std::numeric_limits<double>::infinity());
}

double IntervalRow::highest(std::size_t slot) const {
  if ((most_open >> slot & 1U) != 0) return std::numeric_limits<double>::infinity();
  if (most_error[slot] == 0) return most[slot];
  return std::nextafter(most[slot] + most_error[slot], std::numeric_limits<double>::infinity());
}

Intervals::Impl::Impl(const FlatPlan& a_plan, const Figures& some_months, const RowFacts& some_rows, Lane a_lane,
                      Slots some_slots)
    : plan(a_plan),
      months(some_months),
      rows(some_rows),
      lane(a_lane),
      slots(some_slots),
      leaves(a_plan, some_months, some_rows, a_lane, some_slots),
      is_shared(a_plan.node_count()),
      open_shares(a_plan.inner_count()) {
  for (const Scale& scale : plan.scales) thresholds.push_back(thresholds_of(scale));
  for (const MeasureClass& measure : plan.classes) {
    ClassCode& code = codes.emplace_back();
    const AchievementSpec& spec = measure.achievement;
    code.has_cap = spec.cap.has_value();
    code.has_floor = spec.floor.has_value();
    if (spec.cap) code.cap = spec.cap->to_double();
    if (spec.floor) code.floor = spec.floor->to_double();
    code.factor = measure.factor.to_double();
    code.unit = Decimal::from_parts(1, measure.weight_places).to_double();
    code.has_mark = measure.mark.has_value();
    if (measure.mark) code.mark = measure.mark->to_double();
    if (code.factor > 0 && measure.least_possible && measure.least_possible->sign() > 0) {
      code.least_quotient = measure.least_possible->to_double() / code.factor;
    }
    if (code.factor > 0 && measure.most_possible && measure.most_possible->sign() > 0) {
      code.most_quotient = measure.most_possible->to_double() / code.factor;
    }
    if (measure.scale == kNoScale) continue;
    const Scale& scale = plan.scales[measure.scale];
    code.cuts = &thresholds[measure.scale];
    for (const HalfLine& line : code.cuts->reached) code.cut_doubles.push_back(line.bound.to_double());
    if (scale.bands.empty()) continue;
    code.above = scale.domain_high ? -1 : 0;
    code.below = scale.domain_low || scale.bands.back().above ? -1 : static_cast<int>(scale.bands.size()) - 1;
  }
  std::vector<bool> seen(plan.node_count());
  for (const Edge& edge : plan.edges) {
    if (seen[edge.child()]) is_shared[edge.child()] = 1;
    seen[edge.child()] = true;
  }
  const std::size_t cells = plan.inner_count() * kMonths;
  for (Column<double>* const column : {&least, &most, &least_error, &most_error}) *column = Column<double>(cells);
  masks = Column<Masks>(plan.inner_count());
  places = Column<std::int8_t>(plan.inner_count());
  for (const int side : {0, 1}) {
    pair_least[side] = cleared<double>(std::size_t{plan.pair_rows} * kMonths);
    pair_most[side] = cleared<double>(std::size_t{plan.pair_rows} * kMonths);
    pair_error[side] = cleared<double>(std::size_t{plan.pair_rows} * kMonths);
  }
  pair_masks = cleared<PairMasks>(plan.pair_rows);
}

IntervalRow Intervals::Impl::row(std::uint32_t node) const {
  if (is_leaf(node)) return leaves.row(node);
  const std::size_t inner = inner_of(node), first = inner * kMonths;
  IntervalRow row;
  std::copy_n(&least[first], kMonths, row.least);
  std::copy_n(&most[first], kMonths, row.most);
  std::copy_n(&least_error[first], kMonths, row.least_error);
  std::copy_n(&most_error[first], kMonths, row.most_error);
  const Masks& mask = masks[inner];
  row.applies = mask.applies;
  row.least_open = mask.least_open;
  row.most_open = mask.most_open;
  row.point = mask.point;
  row.outer = mask.outer;
  row.complete = mask.complete;
  return row;
}

// Sides without a figure hold nought: whoever adds them up need not ask.
void Intervals::Impl::store(std::uint32_t node, const IntervalRow& row) {
  const std::size_t inner = inner_of(node), first = inner * kMonths;
  for (std::size_t at = 0; at < kMonths; ++at) {
    const bool applies = (row.applies >> at & 1U) != 0;
    const bool low = applies && (row.least_open >> at & 1U) == 0, high = applies && (row.most_open >> at & 1U) == 0;
    least[first + at] = low ? row.least[at] : 0;
    least_error[first + at] = low ? row.least_error[at] : 0;
    most[first + at] = high ? row.most[at] : 0;
    most_error[first + at] = high ? row.most_error[at] : 0;
  }
  const auto of = [&row](std::uint16_t mask) { return slot_bits(mask & row.applies); };
  masks[inner] = {row.applies, of(row.least_open), of(row.most_open), of(row.point), of(row.outer), row.complete};
}

void Intervals::Impl::meet(std::uint32_t child, std::uint16_t open, Scratch& scratch) const {
  if (open == 0) return;
  if (!is_leaf(child)) {
    for (const OpenShare& share : open_shares[inner_of(child)]) {
      if (const std::uint16_t both = slot_bits(share.slots & open)) scratch.shares.push_back({share.node, both});
    }
  }
}

std::uint16_t Intervals::Impl::join(std::vector<OpenShare>& shares) {
  std::sort(shares.begin(), shares.end());
  std::uint16_t twice = 0;
  std::size_t kept = 0;
  for (const OpenShare& share : shares) {
    if (kept > 0 && shares[kept - 1].node == share.node) {
      twice = slot_bits(twice | (shares[kept - 1].slots & share.slots));
      shares[kept - 1].slots = slot_bits(shares[kept - 1].slots | share.slots);
    } else {
      shares[kept++] = share;
    }
  }
  shares.resize(kept);
  return twice;
}

std::int8_t Intervals::Impl::find_places(std::uint32_t node) const {
  const MeasureClass& measure = plan.measure(node);
  const bool sum = measure.aggregation == Aggregation::sum;
  const bool best = measure.aggregation == Aggregation::minimum || measure.aggregation == Aggregation::maximum;
  if ((!sum && !best) || measure.carry == Carry::achievement || measure.factor != Decimal(1)) return -1;
  int finest = measure.own_first ? leaves.places_of(plan.class_of[node]) : 0;
  if (finest < 0) return -1;
  for (const Edge& edge : plan.children(node)) {
    const std::uint32_t child = edge.child();
    const int its = is_leaf(child) ? leaves.places_of(plan.class_of[child]) : places[inner_of(child)];
    if (its < 0) return -1;
    finest = std::max(finest, its);
  }
  if (sum) finest += measure.weight_places;
  return static_cast<std::int8_t>(finest > Decimal::kMaxScale ? -1 : finest);
}

IntervalRow Intervals::Impl::roll_up(std::uint32_t node, Scratch& scratch) {
  const MeasureClass& measure = plan.measure(node);
  if (measure.aggregation == Aggregation::ratio) return ratio(node, scratch);
  const ClassCode& code = codes[plan.class_of[node]];
  const bool share = measure.aggregation == Aggregation::share_meeting;
  const bool best = measure.aggregation == Aggregation::minimum || measure.aggregation == Aggregation::maximum;
  WeightedSums sums;
  BestOf best_of(measure.aggregation == Aggregation::maximum);
  for (const Edge& edge : plan.children(node)) {
    const std::uint32_t child = edge.child();
    const IntervalRow value = row(child);
    const auto add = [&](const IntervalRow& offered) {
      const std::uint16_t open = slot_bits(offered.applies & ~unsigned{offered.point});
      if (open != 0) {
        meet(child, open, scratch);
        const std::uint16_t itself = slot_bits(open & value.applies & ~unsigned{value.point});
        if (is_shared[child] != 0 && itself != 0) scratch.shares.push_back({child, itself});
      }
      best ? best_of.add(offered) : sums.add(offered, edge.weight);
    };
    if (share) {
      add(met_row(node, child, value));
    } else if (measure.carry == Carry::achievement) {
      add(achieved_row(child, value));
    } else {
      add(value);
    }
  }
  IntervalRow made;
  if (best) {
    std::uint16_t doubtful = 0;
    made = best_of.finish(code.factor, doubtful);
    for (; doubtful != 0; doubtful = slot_bits(doubtful & (doubtful - 1U))) {
      const auto slot = static_cast<std::size_t>(std::countr_zero(doubtful));
      const auto range = exact_from_children(node, slot);
      if (range && range->is_point()) {
        made.point = slot_bits(made.point | 1U << slot);
        made.most[slot] = made.least[slot];
        made.most_error[slot] = made.least_error[slot] = std::max(made.least_error[slot], made.most_error[slot]);
      }
    }
  } else {
    made = sums.finish(measure.aggregation != Aggregation::sum, code.unit, code.factor);
  }
  turn(made, code.factor);
  return made;
}

void Intervals::Impl::make(std::uint32_t node, Scratch& scratch) {
  const MeasureClass& measure = plan.measure(node);
  const std::size_t inner = inner_of(node);
  scratch.shares.clear();
  IntervalRow made = roll_up(node, scratch);
  const std::uint16_t twice = join(scratch.shares);
  made.outer = slot_bits((made.outer & ~unsigned{twice}) | (twice & made.applies & ~unsigned{made.point}));
  if (measure.own_first) {
    // An own figure that is waited for stands before whatever the children make.
    const IntervalRow own = leaves.unreported(node);
    for (unsigned left = own.applies; left != 0; left &= left - 1) {
      const auto slot = static_cast<std::size_t>(std::countr_zero(left));
      put_cell(made, slot, cell_at(own, slot));
      made.complete = slot_bits(made.complete & ~(1U << slot));
    }
    for (OpenShare& share : scratch.shares) share.slots = slot_bits(share.slots & ~unsigned{own.applies});
  }
  places[inner] = find_places(node);
  store(node, made);
  std::erase_if(scratch.shares, [](const OpenShare& share) { return share.slots == 0; });
  open_shares[inner].assign(scratch.shares.begin(), scratch.shares.end());
}

Intervals::Intervals(const FlatPlan& plan, const Figures& months, const RowFacts& rows, Lane lane, Slots slots)
    : impl_(std::make_unique<Impl>(plan, months, rows, lane, slots)) {}
Intervals::~Intervals() = default;
Intervals::Intervals(Intervals&&) noexcept = default;
Intervals& Intervals::operator=(Intervals&&) noexcept = default;

std::size_t Intervals::bytes(const FlatPlan& plan) {
  return plan.inner_count() * (4 * kMonths * sizeof(double) + sizeof(Impl::Masks) + 1 + sizeof(std::vector<int>)) +
         plan.pair_rows * (6 * kMonths * sizeof(double) + sizeof(Impl::PairMasks));
}

SweepReport Intervals::compute(const SweepOptions& options) {
  SweepReport report;
  const std::uint64_t before = exact_decisions();
  walk_levels(
      impl_->plan.level_begin, 1, false, std::max(1U, options.threads),
      [this](const Chunk& chunk) {
        Impl::Scratch scratch;
        for (std::uint32_t node = chunk.first; node < chunk.last; ++node) impl_->make(node, scratch);
      },
      options.cancel, options.progress);
  report.exact_decisions = exact_decisions() - before;
  report.cancelled = options.cancel != nullptr && options.cancel->load();
  return report;
}

IntervalRow Intervals::value(std::uint32_t node) const {
  return impl_->row(node);
}

std::optional<PossibleRange> Intervals::exact_value(std::uint32_t node, std::size_t slot) const {
  return impl_->exact_value(node, slot);
}

std::optional<PossibleRange> Intervals::exact_achievement(std::uint32_t node, std::size_t slot) const {
  const auto range = impl_->exact_value(node, slot);
  return range ? impl_->exact_achieved(node, slot, *range) : std::nullopt;
}

std::optional<Intervals::Quotient> Intervals::quick_end(std::uint32_t node, std::size_t slot, IntervalEnd end,
                                                        const IntervalRow& row) const {
  const auto found = impl_->quick_end(node, slot, end, row);
  // What is made of it must fit as well.
  constexpr Int128 kMost = Int128{1} << 60;
  if (!found || found->numerator() > kMost || found->numerator() < -kMost || found->denominator() > kMost) {
    return std::nullopt;
  }
  return Quotient{found->numerator(), found->denominator()};
}

int Intervals::certain_band(std::uint32_t node, std::size_t slot, const IntervalRow& row) const {
  return impl_->certain_band(node, slot, row);
}

std::uint64_t Intervals::exact_decisions() const {
  return impl_->exact_decisions.load();
}

}  // namespace jenjang::bulk
