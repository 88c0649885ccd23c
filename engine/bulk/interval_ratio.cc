// The range of a ratio of sums in doubles: what units' pairs are known is one sum, each other pair a box cut by the
// quotients that it may have (interval_corners.h). Where a side may be below nought exact numbers decide.
#include <algorithm>
#include <bit>
#include <cmath>

#include "engine/bulk/interval_corners.h"

namespace jenjang::bulk {
namespace {

std::uint16_t with(std::uint16_t mask, std::size_t slot) {
  return static_cast<std::uint16_t>(mask | 1U << slot);
}

}  // namespace

// The box of a ratio's own operands, into its pair row.
void Intervals::Impl::own_pair(std::uint32_t node, Scratch& scratch, IntervalRow& row) {
  const ClassCode& code = codes[plan.class_of[node]];
  const std::uint32_t pair = plan.pair_row[inner_of(node)];
  PairMasks& mask = pair_masks[pair];
  mask = {};
  std::uint16_t applies = kAllSlots12, outer = 0, open_least[2] = {}, open_most[2] = {}, not_point[2] = {};
  double ends[2][2][kMonths] = {}, errors[2][kMonths] = {}, sizes[2][kMonths] = {};
  // Of the least ends alone: their sign must be sure, and nought is nought whatever the most may be.
  double low_errors[2][kMonths] = {}, low_sizes[2][kMonths] = {};
  std::size_t terms = 0;
  std::uint16_t complete = kAllSlots12;
  for (const Edge& edge : plan.children(node)) {
    const IntervalRow value = this->row(edge.child());
    const int side = edge.is_denominator() ? 1 : 0;
    ++terms;
    applies &= value.applies;
    complete &= value.complete;
    const auto open = static_cast<std::uint16_t>(value.applies & ~unsigned{value.point});
    if (open != 0) {
      meet(edge.child(), open, scratch);
      if (is_shared[edge.child()] != 0) scratch.shares.push_back({edge.child(), open});
    }
    if (edge.weight == 0) continue;
    const double weight = edge.weight * code.unit;
    const bool turned = weight < 0;
    outer |= value.outer;
    open_least[side] |= turned ? value.most_open : value.least_open;
    open_most[side] |= turned ? value.least_open : value.most_open;
    not_point[side] |= open;
    for (std::size_t at = 0; at < kMonths; ++at) {
      ends[side][0][at] += weight * (turned ? value.most : value.least)[at];
      ends[side][1][at] += weight * (turned ? value.least : value.most)[at];
      low_errors[side][at] += std::abs(weight) * (turned ? value.most_error : value.least_error)[at];
      low_sizes[side][at] += std::abs(weight * (turned ? value.most : value.least)[at]);
      errors[side][at] += std::abs(weight) * std::max(value.least_error[at], value.most_error[at]);
      sizes[side][at] += std::abs(weight) * std::max(std::abs(value.least[at]), std::abs(value.most[at]));
    }
  }
  row.complete = complete;
  mask.outer = outer;
  for (unsigned left = applies; left != 0; left &= left - 1) {
    const auto at = static_cast<std::size_t>(std::countr_zero(left));
    const std::size_t place = std::size_t{pair} * kMonths + at;
    const auto has = [at](std::uint16_t bits) { return (bits >> at & 1U) != 0; };
    bool doubtful = false, unknown = false;
    const bool points[2] = {!has(not_point[0]), !has(not_point[1])};
    for (const int side : {0, 1}) {
      const double roundings = static_cast<double>(terms + 4) * kIntervalUnit;
      const double error = errors[side][at] * 1.001 + sizes[side][at] * roundings;
      const double low_error = low_errors[side][at] * 1.001 + low_sizes[side][at] * roundings;
      pair_least[side][place] = has(open_least[side]) ? 0 : ends[side][0][at];
      pair_most[side][place] = has(open_most[side]) ? 0 : ends[side][1][at];
      pair_error[side][place] = error;
      const double least_end = pair_least[side][place];
      if (!(points[0] && points[1]) && (has(open_least[side]) || least_end < -low_error)) unknown = true;
      const bool unsure = !has(open_least[side]) && std::abs(least_end) <= low_error && low_error > 0;
      const bool below = least_end < 0 || (points[side] && pair_most[side][place] < 0);
      if (unsure || (below && points[0] && points[1])) doubtful = true;
    }
    if (points[1] && pair_least[1][place] == 0 && !doubtful) continue;  // a pair over nought is no pair
    if (unknown && !doubtful) mask.unknown = with(mask.unknown, at);
    if (doubtful) mask.doubtful = with(mask.doubtful, at);
    const bool known = points[0] && points[1];
    (known ? mask.known : mask.open) = with(known ? mask.known : mask.open, at);
    if (has(open_most[0])) mask.numerator_open = with(mask.numerator_open, at);
    if (has(open_most[1])) mask.denominator_open = with(mask.denominator_open, at);
  }
}

// What the ratios below bring: the sum of the known pairs, and in which slots some are not.
void Intervals::Impl::pairs_below(std::uint32_t node, Scratch& scratch, IntervalRow& row) {
  const ClassCode& code = codes[plan.class_of[node]];
  const std::uint32_t pair = plan.pair_row[inner_of(node)];
  PairMasks& mask = pair_masks[pair];
  mask = {};
  const std::size_t first = std::size_t{pair} * kMonths;
  std::uint16_t complete = kAllSlots12;
  double sizes[2][kMonths] = {};
  for (const int side : {0, 1}) {
    std::fill_n(&pair_least[side][first], kMonths, 0.0);
    std::fill_n(&pair_error[side][first], kMonths, 0.0);
  }
  std::size_t terms = 0;
  for (const Edge& edge : plan.children(node)) {
    const std::size_t inner = inner_of(edge.child());
    const Masks& its = masks[inner];
    const PairMasks& pairs = pair_masks[plan.pair_row[inner]];
    const std::size_t below = std::size_t{plan.pair_row[inner]} * kMonths;
    const double weight = edge.weight * code.unit;
    ++terms;
    complete &= its.complete;
    const auto open = static_cast<std::uint16_t>(its.applies & ~unsigned{its.point});
    if (open != 0) {
      meet(edge.child(), open, scratch);
      if (is_shared[edge.child()] != 0) scratch.shares.push_back({edge.child(), open});
    }
    mask.known |= pairs.known & its.applies;
    // An own figure that stands first has no pair: any pair.
    mask.open |= its.applies & (pairs.open | ~unsigned{pairs.known});
    mask.unknown |= pairs.unknown & its.applies;
    mask.doubtful |= pairs.doubtful & its.applies;
    if (edge.weight < 0) mask.doubtful |= pairs.open & its.applies;
    for (unsigned left = pairs.known & its.applies; left != 0; left &= left - 1) {
      const auto at = static_cast<std::size_t>(std::countr_zero(left));
      for (const int side : {0, 1}) {
        const double term = weight * pair_least[side][below + at];
        pair_least[side][first + at] += term;
        pair_error[side][first + at] += std::abs(weight) * pair_error[side][below + at];
        sizes[side][at] += std::abs(term);
      }
    }
  }
  for (const int side : {0, 1}) {
    for (std::size_t at = 0; at < kMonths; ++at) {
      double& error = pair_error[side][first + at];
      error = error * 1.001 + sizes[side][at] * static_cast<double>(terms + 4) * kIntervalUnit;
      // What is known may be below nought in sum.
      const bool sum_known = (mask.known >> at & 1U) != 0;
      if (sum_known && !(pair_least[side][first + at] > error) && error > 0) mask.doubtful = with(mask.doubtful, at);
    }
  }
  row.complete = complete;
}

// The open boxes at or below a ratio in one slot.
void Intervals::Impl::collect(std::uint32_t ratio, std::size_t slot, double weight, std::vector<PairBox>& boxes) const {
  const std::uint32_t pair = plan.pair_row[inner_of(ratio)];
  const PairMasks& mask = pair_masks[pair];
  if ((mask.open >> slot & 1U) == 0) return;
  if (!has_own_pair(ratio)) {
    const double unit = codes[plan.class_of[ratio]].unit;
    for (const Edge& edge : plan.children(ratio)) {
      const std::size_t inner = inner_of(edge.child());
      if ((masks[inner].applies >> slot & 1U) == 0) continue;
      const PairMasks& its = pair_masks[plan.pair_row[inner]];
      if (((its.known | its.open) >> slot & 1U) == 0) {
        PairBox any;
        any.numerator_open = any.denominator_open = true;
        any.class_number = plan.class_of[ratio];
        boxes.push_back(any);
        continue;
      }
      collect(edge.child(), slot, weight * edge.weight * unit, boxes);
    }
    return;
  }
  const std::size_t place = std::size_t{pair} * kMonths + slot;
  PairBox box;
  box.numerator_open = (mask.numerator_open >> slot & 1U) != 0;
  box.denominator_open = (mask.denominator_open >> slot & 1U) != 0;
  box.weight = weight;
  box.class_number = plan.class_of[ratio];
  for (const int side : {0, 1}) {
    double* const ends = side == 0 ? box.numerator : box.denominator;
    ends[0] = pair_least[side][place];
    ends[1] = pair_most[side][place];
    for (const double end : {ends[0], ends[1]}) {
      if (end != 0) box.error = std::max(box.error, pair_error[side][place] / std::abs(end));
    }
  }
  boxes.push_back(box);
}

std::optional<IntervalCell> Intervals::Impl::quotient(std::uint32_t node, std::size_t slot, Scratch& scratch) const {
  const std::uint32_t pair = plan.pair_row[inner_of(node)];
  const PairMasks& mask = pair_masks[pair];
  const std::size_t place = std::size_t{pair} * kMonths + slot;
  const double factor = codes[plan.class_of[node]].factor;
  const auto has = [slot](std::uint16_t bits) { return (bits >> slot & 1U) != 0; };
  if (has(mask.doubtful) || !(factor > 0)) return std::nullopt;
  IntervalCell cell;
  cell.applies = true;
  if (has(mask.unknown)) {
    cell.least_open = cell.most_open = cell.outer = true;
    return cell;
  }
  PairSums known;
  if (has(mask.known)) {
    known = {pair_least[0][place], pair_least[1][place], pair_error[0][place], pair_error[1][place]};
  }
  if (!has(mask.open)) {
    if (!has(mask.known)) return IntervalCell{};
    if (!(known.denominator > known.denominator_error)) return std::nullopt;
    cell.point = true;
    cell.outer = has_own_pair(node) && has(mask.outer);
    cell.least = cell.most = known.numerator / known.denominator * factor;
    cell.least_error = cell.most_error =
        (known.numerator_error + std::abs(known.numerator / known.denominator) * known.denominator_error) /
            (known.denominator - known.denominator_error) * std::abs(factor) * 1.001 +
        std::abs(cell.least) * kIntervalSome;
    return cell;
  }
  scratch.boxes.clear();
  collect(node, slot, 1, scratch.boxes);
  std::vector<PairCorners> regions(scratch.boxes.size());
  bool open_denominator = false, open_numerator = false, above_nought = known.numerator > 0;
  std::optional<double> gentlest, steepest;
  double most_denominator = known.denominator;
  std::uint16_t gentle_class = 0, steep_class = 0;
  for (std::size_t i = 0; i < regions.size(); ++i) {
    const PairBox& box = scratch.boxes[i];
    PairCorners& region = regions[i];
    const ClassCode& code = codes[box.class_number];
    if (!make_corners(box, code.least_quotient, code.most_quotient, region)) return std::nullopt;
    for (int c = 0; c < region.count; ++c) {
      region.corners[c].numerator *= box.weight;
      region.corners[c].denominator *= box.weight;
      above_nought = above_nought || region.corners[c].numerator > 0;
    }
    double largest = 0;
    for (int c = 0; c < region.count; ++c) largest = std::max(largest, region.corners[c].denominator);
    most_denominator += largest;
    open_denominator = open_denominator || region.open_denominator;
    open_numerator = open_numerator || region.open_numerator;
    if (region.gentlest && (!gentlest || *region.gentlest < *gentlest)) {
      gentlest = region.gentlest;
      gentle_class = box.class_number;
    }
    if (region.steepest && (!steepest || *steepest < *region.steepest)) {
      steepest = region.steepest;
      steep_class = box.class_number;
    }
  }
  const bool exists = most_denominator > 0;
  if (!exists && !open_denominator && !gentlest && !steepest) return IntervalCell{};
  cell.least_open = cell.most_open = true;
  if (exists) {
    const QuotientEnd low = extreme_of(known, regions, false, scratch.picks, scratch.before);
    const QuotientEnd high = extreme_of(known, regions, true, scratch.picks, scratch.before);
    if (low.doubtful || high.doubtful) return std::nullopt;
    cell.outer = !(low.attained && high.attained);
    const auto set = [&](const QuotientEnd& extreme, bool& open, double& end, double& error) {
      open = !extreme.value;
      if (open) return;
      end = *extreme.value * factor;
      error = extreme.error * std::abs(factor) * 1.001 + std::abs(end) * kIntervalSome;
    };
    set(low, cell.least_open, cell.least, cell.least_error);
    set(high, cell.most_open, cell.most, cell.most_error);
  }
  // Far out along an open direction the quotient nears that direction's own.
  bool doubtful = false;
  const auto reach = [&](double value, double error) {
    const auto beyond = [&](double end, double end_error, int side) {
      if (std::abs(value - end) > error + end_error) return side * (value - end) > 0;
      doubtful = doubtful || !(value == end && error == 0 && end_error == 0);
      return false;
    };
    const bool alone = !exists;
    if (cell.least_open ? alone : beyond(cell.least, cell.least_error, -1)) {
      cell.least = value;
      cell.least_error = error;
      cell.least_open = false;
      cell.outer = cell.outer || !alone;
    }
    if (cell.most_open ? alone : beyond(cell.most, cell.most_error, 1)) {
      cell.most = value;
      cell.most_error = error;
      cell.most_open = false;
      cell.outer = cell.outer || !alone;
    }
  };
  // A limit is the possible value of its class by its factor: times the same factor it is that value again.
  const auto reach_limit = [&](double value, std::uint16_t from, bool is_most) {
    const PossibleEnds& ends = leaves.ends_of(from);
    const double own = is_most ? ends.most : ends.least, own_error = is_most ? ends.most_error : ends.least_error;
    if (codes[from].factor == factor) {
      reach(own, own_error);
    } else {
      reach(value * factor, std::abs(value * factor) * kIntervalSome);
    }
  };
  if (open_denominator) reach(0, 0);
  if (gentlest) reach_limit(*gentlest, gentle_class, false);
  if (steepest) reach_limit(*steepest, steep_class, true);
  if (doubtful) return std::nullopt;
  const bool unbounded = !exists && above_nought;
  if (unbounded) cell.outer = true;
  if (open_numerator || unbounded) cell.most_open = true;
  if (!cell.least_open && !cell.most_open && std::abs(cell.most - cell.least) <= cell.least_error + cell.most_error) {
    if (cell.least != cell.most || cell.least_error != 0 || cell.most_error != 0) return std::nullopt;
    cell.point = true;
  }
  // Of the own operands alone: pairs below bring no such word.
  if (has_own_pair(node) && has(mask.outer)) cell.outer = true;
  return cell;
}

IntervalRow Intervals::Impl::ratio(std::uint32_t node, Scratch& scratch) {
  IntervalRow made;
  const std::uint32_t pair = plan.pair_row[inner_of(node)];
  has_own_pair(node) ? own_pair(node, scratch, made) : pairs_below(node, scratch, made);
  const PairMasks& mask = pair_masks[pair];
  for (unsigned left = mask.known | mask.open; left != 0; left &= left - 1) {
    const auto slot = static_cast<std::size_t>(std::countr_zero(left));
    auto cell = quotient(node, slot, scratch);
    if (!cell) {
      exact_decisions.fetch_add(1, std::memory_order_relaxed);
      cell = cell_of(exact_from_children(node, slot));
    }
    put_cell(made, slot, *cell);
    // A pair over less than nought is a quotient to the roll-up and none here.
    if (!cell->applies) made.complete = static_cast<std::uint16_t>(made.complete & ~(1U << slot));
  }
  return made;
}

}  // namespace jenjang::bulk
