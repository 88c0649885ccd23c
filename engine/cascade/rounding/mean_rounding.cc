// Rounding where a weighted mean (or a ratio over planned denominators) must print as the target.
#include <algorithm>

#include "engine/cascade/rounding/rounding.h"
#include "engine/cascade/rounding/rounding_order.h"

namespace jenjang::cascade {

Rational MeanLaw::aggregate(std::span<const Decimal> cells) const {
  Rational sum = fixed;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    sum += weights[i] * Rational(cells[i]);
  }
  return sum * factor;
}

bool MeanLaw::holds(const Rational& aggregated) const {
  if (rounding.mode == RoundingMode::exact) {
    return aggregated == Rational(wanted);
  }
  const int places = std::max(rounding.places, wanted.normalised().scale());
  return round(aggregated, {rounding.mode, std::min(places, Decimal::kMaxScale)}) == wanted;
}

namespace {

constexpr std::size_t kProvenSize = 16;    // 2^16 roundings of one family: some ten milliseconds, and rarely needed
constexpr std::size_t kPairedSize = 1024;  // pairs are quadratic

class Search {
public:
  Search(const Rounds& request, const MeanLaw& law, std::vector<StepRange> ranges)
      : request_(request), law_(law), ranges_(std::move(ranges)), order_(rounding_order(request, ranges_)) {}

  MeanRounding run(bool alike) {
    MeanRounding nearest = at(nearest_counts());
    if (nearest.holds || alike) {
      return nearest;
    }
    const std::optional<std::vector<Int128>> found = ranges_.size() <= kProvenSize ? enumerate() : greedy();
    return found ? at(*found) : nearest;
  }

private:
  [[nodiscard]] MeanRounding at(const std::vector<Int128>& counts) const {
    MeanRounding out;
    for (const Int128 count : counts) {
      out.cells.push_back(steps_to_decimal(count, request_.step));
    }
    out.aggregated = law_.aggregate(out.cells);
    out.holds = law_.holds(out.aggregated);
    return out;
  }

  [[nodiscard]] std::vector<Int128> nearest_counts() const {
    const Rational half(1, 2);
    std::vector<Int128> counts;
    counts.reserve(ranges_.size());
    for (const StepRange& range : ranges_) {
      counts.push_back(range.clamped(range.floor + (range.remainder >= half ? 1 : 0)));
    }
    return counts;
  }

  // Parent figure per step of one child.
  [[nodiscard]] Rational pull(std::size_t child) const {
    return law_.weights[child] * law_.factor * Rational(request_.step);
  }

  // Every choice of floor or ceiling, in Gray-code order so that each costs one addition; the least
  // total departure wins, then the choice that lifts earlier children of the order.
  [[nodiscard]] std::optional<std::vector<Int128>> enumerate() const {
    const std::size_t n = ranges_.size();
    std::vector<Int128> counts(n);
    std::vector<bool> may_lift(n);
    Rational departure;
    for (std::size_t i = 0; i < n; ++i) {
      counts[i] = ranges_[i].clamped(ranges_[i].floor);
      may_lift[i] = counts[i] == ranges_[i].floor && ranges_[i].clamped(counts[i] + 1) == counts[i] + 1 &&
                    !ranges_[i].remainder.is_zero();
      departure += counts[i] == ranges_[i].floor ? ranges_[i].remainder : Rational(1) - ranges_[i].remainder;
    }
    Rational figure = at(counts).aggregated;
    std::vector<std::size_t> movable;
    for (const std::size_t child : order_) {
      if (may_lift[child]) {
        movable.push_back(child);
      }
    }
    const std::size_t bits = movable.size();
    std::vector<Rational> pulls, costs;
    for (const std::size_t child : movable) {
      pulls.push_back(pull(child));
      costs.push_back(Rational(1) - ranges_[child].remainder - ranges_[child].remainder);
    }
    std::optional<std::size_t> best;
    Rational best_departure;
    std::size_t mask = 0;  // bit bits-1-k: the k-th movable child is lifted, so a larger mask lifts earlier ones
    for (std::size_t code = 0;; ++code) {
      if (law_.holds(figure) &&
          (!best || departure < best_departure || (departure == best_departure && mask > *best))) {
        best = mask;
        best_departure = departure;
      }
      const std::size_t next = code + 1;
      if (next >> bits != 0) {
        break;
      }
      std::size_t bit = 0;
      while (((next >> bit) & 1U) == 0) {
        ++bit;
      }
      mask ^= std::size_t{1} << bit;
      const std::size_t k = bits - 1 - bit;
      if ((mask >> bit & 1U) != 0) {
        figure += pulls[k];
        departure += costs[k];
      } else {
        figure -= pulls[k];
        departure -= costs[k];
      }
    }
    if (!best) {
      return std::nullopt;
    }
    for (std::size_t k = 0; k < bits; ++k) {
      if ((*best >> (bits - 1 - k) & 1U) != 0) {
        ++counts[movable[k]];
      }
    }
    return counts;
  }

  // Moves one cell at a time toward the target without passing it; at each stand a single shift or
  // a pair (one up, one down) that makes the figure print right ends the search.
  [[nodiscard]] std::optional<std::vector<Int128>> greedy() const {
    const std::size_t n = ranges_.size();
    std::vector<Int128> counts = nearest_counts();
    Rational figure = at(counts).aggregated;
    const Rational wanted(law_.wanted);
    for (std::size_t turn = 0; turn <= n; ++turn) {
      const int direction = wanted > figure ? 1 : -1;
      if (shift_one(counts, figure, direction) || (n <= kPairedSize && shift_pair(counts, figure))) {
        return counts;
      }
      std::optional<std::size_t> choice;
      Rational widest;
      for (const std::size_t child : order_) {
        const Rational size = pull(child).absolute();
        const Int128 next = toward(counts, child, direction);
        if (next != counts[child] && size <= (wanted - figure).absolute() && (!choice || size > widest)) {
          choice = child;
          widest = size;
        }
      }
      if (!choice) {
        return std::nullopt;
      }
      const Int128 next = toward(counts, *choice, direction);
      figure += pull(*choice) * Rational(static_cast<std::int64_t>(next - counts[*choice]));
      counts[*choice] = next;
    }
    return std::nullopt;
  }

  // The other of floor and ceiling when it moves the figure in that direction, else no move.
  [[nodiscard]] Int128 toward(const std::vector<Int128>& counts, std::size_t child, int direction) const {
    const int sign = pull(child).sign() * direction;
    const StepRange& range = ranges_[child];
    const Int128 ceiling = range.floor + (range.remainder.is_zero() ? 0 : 1);
    Int128 next = counts[child];
    if (sign > 0) {
      next = ceiling;
    } else if (sign < 0) {
      next = range.floor;
    }
    next = range.clamped(next);
    return (next > counts[child]) == (sign > 0) && next != counts[child] ? next : counts[child];
  }

  bool shift_one(std::vector<Int128>& counts, const Rational& figure, int direction) const {
    for (const std::size_t child : order_) {
      const Int128 next = toward(counts, child, direction);
      if (next == counts[child]) {
        continue;
      }
      if (law_.holds(figure + pull(child) * Rational(static_cast<std::int64_t>(next - counts[child])))) {
        counts[child] = next;
        return true;
      }
    }
    return false;
  }

  bool shift_pair(std::vector<Int128>& counts, const Rational& figure) const {
    for (const std::size_t up : order_) {
      const Int128 lifted = toward(counts, up, 1);
      if (lifted == counts[up]) {
        continue;
      }
      const Rational raised = figure + pull(up) * Rational(static_cast<std::int64_t>(lifted - counts[up]));
      for (auto down = order_.rbegin(); down != order_.rend(); ++down) {
        const Int128 lowered = toward(counts, *down, -1);
        if (*down == up || lowered == counts[*down]) {
          continue;
        }
        const Rational balanced = raised + pull(*down) * Rational(static_cast<std::int64_t>(lowered - counts[*down]));
        if (law_.holds(balanced)) {
          counts[up] = lifted;
          counts[*down] = lowered;
          return true;
        }
      }
    }
    return false;
  }

  const Rounds& request_;
  const MeanLaw& law_;
  std::vector<StepRange> ranges_;
  std::vector<std::size_t> order_;
};

}  // namespace

std::optional<MeanRounding> round_to_mean(const Rounds& request, const MeanLaw& law, bool alike) {
  std::vector<StepRange> ranges;
  for (std::size_t i = 0; i < request.shares.size(); ++i) {
    std::optional<StepRange> range = StepRange::of(request, i);
    if (!range) {
      return std::nullopt;
    }
    ranges.push_back(*std::move(range));
  }
  return Search(request, law, std::move(ranges)).run(alike);
}

}  // namespace jenjang::cascade
