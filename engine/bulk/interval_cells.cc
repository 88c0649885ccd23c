// What a range is worth: its achievement, whether it meets a target, the band that it lies in. Doubles with a bound of
// their error decide what they can, exact numbers the rest.
#include <algorithm>
#include <bit>
#include <cmath>

#include "engine/bulk/interval_impl.h"

namespace jenjang::bulk {
namespace {

// Sign of an end, if it is sure.
std::optional<int> sign_of(double end, double error) {
  if (end == 0 && error == 0) return 0;
  if (end > error) return 1;
  if (end < -error) return -1;
  return std::nullopt;
}

IntervalCell constant(double least, double most, const IntervalCell& from) {
  IntervalCell cell;
  cell.applies = true;
  cell.least = least;
  cell.most = most;
  cell.point = least == most;
  cell.outer = from.outer;
  return cell;
}

}  // namespace

void put_cell(IntervalRow& row, std::size_t slot, const IntervalCell& cell) {
  const auto set = [slot](std::uint16_t& mask, bool value) {
    mask = static_cast<std::uint16_t>((mask & ~(1U << slot)) | (value ? 1U << slot : 0U));
  };
  const bool low = cell.applies && !cell.least_open, high = cell.applies && !cell.most_open;
  row.least[slot] = low ? cell.least : 0;
  row.least_error[slot] = low ? cell.least_error : 0;
  row.most[slot] = high ? cell.most : 0;
  row.most_error[slot] = high ? cell.most_error : 0;
  set(row.applies, cell.applies);
  set(row.least_open, cell.applies && cell.least_open);
  set(row.most_open, cell.applies && cell.most_open);
  set(row.point, cell.applies && cell.point);
  set(row.outer, cell.applies && cell.outer);
}

IntervalCell cell_of(const std::optional<PossibleRange>& range) {
  IntervalCell cell;
  if (!range) return cell;
  cell.applies = true;
  cell.least_open = !range->least;
  cell.most_open = !range->most;
  if (range->least) cell.least = range->least->to_double();
  if (range->most) cell.most = range->most->to_double();
  cell.least_error = std::abs(cell.least) * kIntervalUnit;
  cell.most_error = std::abs(cell.most) * kIntervalUnit;
  cell.point = range->is_point();
  cell.outer = !range->attained;
  return cell;
}

const double* Intervals::Impl::targets_of(std::uint32_t node) const {
  const Column<double>& targets = slots == Slots::months ? months.target : rows.coarse_target;
  return targets.empty() ? nullptr : &targets[std::size_t{node} * kMonths];
}

// Cap, then floor; `doubtful`: whether they make the ends one figure.
void Intervals::Impl::limit(const ClassCode& code, IntervalCell& cell, bool& doubtful) const {
  // Whether the limit surely stands in place of the end: 1 surely, 0 not or perhaps.
  const auto cut = [](double limit, int side, bool& open, double& end, double& error) {
    if (open || side * (end - limit) > error) {
      end = limit;
      error = std::abs(limit) * kIntervalUnit;
      open = false;
      return true;
    }
    end = side > 0 ? std::min(end, limit) : std::max(end, limit);
    return false;
  };
  bool same = false;
  if (code.has_cap) {
    const bool high = cut(code.cap, 1, cell.most_open, cell.most, cell.most_error);
    same = !cell.least_open && cut(code.cap, 1, cell.least_open, cell.least, cell.least_error) && high;
  }
  if (code.has_floor) {
    const bool low = cut(code.floor, -1, cell.least_open, cell.least, cell.least_error);
    const bool high = !cell.most_open && cut(code.floor, -1, cell.most_open, cell.most, cell.most_error);
    same = low == high && (low || same);
  }
  if (cell.point || cell.least_open || cell.most_open) return;
  if (std::abs(cell.most - cell.least) > cell.least_error + cell.most_error) return;
  cell.point = same;
  doubtful = !same;
}

// By the formula, where target and figure are plain; nullopt: doubles do not tell.
std::optional<IntervalCell> Intervals::Impl::achieved_plainly(std::uint32_t node, const IntervalCell& value,
                                                              double target) const {
  const MeasureClass& measure = plan.measure(node);
  const AchievementSpec& spec = measure.achievement;
  if (target < 0 || measure.by_rule) return std::nullopt;
  IntervalCell cell = value;
  if (target == 0) {
    const bool side = spec.on_zero_target == ZeroTargetRule::met_or_missed;
    const bool away = measure.polarity == Polarity::higher || measure.polarity == Polarity::context;
    if (spec.on_zero_target == ZeroTargetRule::refuse || (side && away)) return IntervalCell{};
    if (!side || measure.polarity != Polarity::lower) return std::nullopt;
    const auto low = value.least_open ? std::optional(-1) : sign_of(value.least, value.least_error);
    const auto high = value.most_open ? std::optional(1) : sign_of(value.most, value.most_error);
    if (!low || !high) return std::nullopt;
    return constant(*high <= 0 ? 100 : 0, *low <= 0 ? 100 : 0, value);
  }
  const double hundredfold = 100 / target;
  const auto scaled = [&](double end, double error, double& result, double& result_error) {
    result = 100 * end / target;
    result_error = error * hundredfold * 1.001 + std::abs(result) * kIntervalSome;
  };
  switch (spec.formula) {
    case AchievementFormula::h1:
      scaled(value.least, value.least_error, cell.least, cell.least_error);
      scaled(value.most, value.most_error, cell.most, cell.most_error);
      return cell;
    case AchievementFormula::l1: {
      const auto turned = [&](double end, double error, double& result, double& result_error) {
        scaled(end, error, result, result_error);
        result_error += (200 + std::abs(result)) * kIntervalSome;
        result = 200 - result;
      };
      turned(value.most, value.most_error, cell.least, cell.least_error);
      turned(value.least, value.least_error, cell.most, cell.most_error);
      cell.least_open = value.most_open;
      cell.most_open = value.least_open;
      return cell;
    }
    case AchievementFormula::l2: {
      // T/R: nothing at nought and below, and no largest value where R may come near it.
      const auto low = value.least_open ? std::optional(-1) : sign_of(value.least, value.least_error);
      const auto high = value.most_open ? std::optional(1) : sign_of(value.most, value.most_error);
      if (!low || !high) return std::nullopt;
      if (*high <= 0) return IntervalCell{};
      const auto quotient = [&](double end, double error, double& result, double& result_error) {
        result = 100 * target / end;
        result_error = result * (error / (end - error)) * 1.001 + result * kIntervalSome;
      };
      cell.least_open = false;
      if (value.most_open) {
        cell.least = cell.least_error = 0;  // nears nought and never is
        cell.outer = true;
      } else {
        quotient(value.most, value.most_error, cell.least, cell.least_error);
      }
      cell.most_open = *low <= 0;
      if (*low > 0) quotient(value.least, value.least_error, cell.most, cell.most_error);
      return cell;
    }
    default:
      return std::nullopt;
  }
}

IntervalCell Intervals::Impl::achieved(std::uint32_t node, std::size_t slot, const IntervalCell& value) const {
  if (!value.applies) return {};
  const MeasureClass& measure = plan.measure(node);
  std::optional<IntervalCell> raw;
  if (measure.goal) {
    raw = value;
  } else {
    const double* const targets = targets_of(node);
    if (measure.achievement.formula == AchievementFormula::none || targets == nullptr || std::isnan(targets[slot])) {
      return {};
    }
    raw = achieved_plainly(node, value, targets[slot]);
  }
  bool doubtful = !raw;
  if (raw) {
    if (!raw->applies) return {};
    limit(codes[plan.class_of[node]], *raw, doubtful);
  }
  if (!doubtful) return *raw;
  std::optional<PossibleRange> range = exact_value(node, slot);
  if (range) range = exact_achieved(node, slot, *range);
  return cell_of(range);
}

IntervalRow Intervals::Impl::achieved_row(std::uint32_t node, const IntervalRow& value) const {
  IntervalRow made;
  made.complete = value.complete;
  for (unsigned left = value.applies; left != 0; left &= left - 1) {
    const auto slot = static_cast<std::size_t>(std::countr_zero(left));
    put_cell(made, slot, achieved(node, slot, cell_at(value, slot)));
  }
  return made;
}

IntervalRow Intervals::Impl::met_row(std::uint32_t parent, std::uint32_t child, const IntervalRow& value) const {
  const ClassCode& above = codes[plan.class_of[parent]];
  const double* const targets = targets_of(child);
  const bool lower = plan.measure(child).polarity == Polarity::lower;
  // Two decimals as doubles compare as decimals do.
  const bool decimals = is_leaf(child) && !leaves.is_coarse();
  IntervalRow made;
  made.complete = value.complete;
  for (unsigned left = value.applies; left != 0; left &= left - 1) {
    const auto slot = static_cast<std::size_t>(std::countr_zero(left));
    if (!above.has_mark && (targets == nullptr || std::isnan(targets[slot]))) continue;
    const double target = above.has_mark ? above.mark : targets[slot];
    const IntervalCell cell = cell_at(value, slot);
    // Whether an end is on the side that meets; nullopt in doubt.
    const auto meets = [&](bool open, double end, double error, bool is_most) -> std::optional<bool> {
      if (open) return is_most != lower;
      const double slack = decimals && cell.point ? 0 : error + std::abs(target) * kIntervalUnit;
      if (slack > 0 && std::abs(end - target) <= slack) return std::nullopt;
      return lower ? end <= target : end >= target;
    };
    const auto low = meets(cell.least_open, cell.least, cell.least_error, false);
    const auto high = meets(cell.most_open, cell.most, cell.most_error, true);
    if (low && high) {
      const bool one = *low == *high;
      put_cell(made, slot, constant(*low && *high ? 1 : 0, *low || *high ? 1 : 0, one ? IntervalCell{} : cell));
      continue;
    }
    const auto range = exact_value(child, slot);
    IntervalCell found = cell_of(range ? exact_met(parent, child, slot, *range) : std::nullopt);
    found.least_error = found.most_error = 0;
    put_cell(made, slot, found);
  }
  return made;
}

int Intervals::Impl::certain_band(std::uint32_t node, std::size_t slot, const IntervalRow& row) const {
  const MeasureClass& measure = plan.measure(node);
  const ClassCode& code = codes[plan.class_of[node]];
  if (code.cuts == nullptr) return kNoBand;
  IntervalCell cell = cell_at(row, slot);
  if (!measure.scale_on_value) cell = achieved(node, slot, cell);
  if (!cell.applies) return kNoBand;
  const std::vector<HalfLine>& reached = code.cuts->reached;
  // Exact numbers at most once a cell.
  std::optional<PossibleRange> range;
  const auto exact_end = [&](bool is_most) {
    if (!range) {
      range = exact_value(node, slot);
      if (range && !measure.scale_on_value) range = exact_achieved(node, slot, *range);
    }
    return is_most ? *range->most : *range->least;
  };
  const auto place = [&](double end, double error, bool is_most) {
    std::size_t at = 0;
    std::optional<Fraction128> quick;
    for (; at < reached.size(); ++at) {
      const double cut = code.cut_doubles[at], slack = error + (std::abs(cut) + std::abs(end)) * kIntervalUnit;
      bool is_reached = end > cut;
      if (std::abs(end - cut) <= slack) {
        if (!quick) {
          const IntervalEnd which = is_most ? IntervalEnd::most : IntervalEnd::least;
          quick =
              measure.scale_on_value ? quick_end(node, slot, which, row) : quick_achieved(node, slot, which, row, cell);
        }
        const auto bound = reached[at].bound.to_decimal();
        const auto sign = quick && bound ? Fraction128::compare(*quick, Fraction128(*bound)) : std::nullopt;
        if (sign) {
          is_reached = *sign > 0 || (*sign == 0 && reached[at].inclusive);
        } else {
          const Rational exact = exact_end(is_most);
          is_reached = reached[at].bound < exact || (reached[at].inclusive && reached[at].bound == exact);
        }
      }
      if (is_reached) break;
    }
    return static_cast<int>(code.cuts->labels[at]);
  };
  const int low = cell.least_open ? code.below : place(cell.least, cell.least_error, false);
  if (cell.point) return low;
  const int high = cell.most_open ? code.above : place(cell.most, cell.most_error, true);
  return low == high ? low : kNoBand;
}

}  // namespace jenjang::bulk
