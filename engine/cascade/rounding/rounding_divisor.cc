// Divisor methods (algorithms 1.7): every further step goes to the child with the largest quotient
// w / d(s), d = 2s + 1 (Sainte-Lague) or s + 1 (Jefferson). More steps never cost a child one.
#include <algorithm>
#include <queue>

#include "engine/cascade/methods/rays.h"
#include "engine/cascade/rounding/rounding.h"
#include "engine/cascade/rounding/rounding_order.h"

namespace jenjang::cascade {
namespace {

Rational whole(Int128 value) {
  return Rational(Decimal::from_parts(value, 0));
}

class Divisor {
public:
  Divisor(const Rounds& request, PartRounding method, std::span<const Rational> weights)
      : request_(request), method_(method), weights_(weights) {}

  std::optional<std::vector<Decimal>> run(Int128 total) {
    if (!prepare()) {
      return std::nullopt;
    }
    Int128 left = total;
    for (const Int128 count : counts_) {
      left -= count;
    }
    if (left < 0) {
      return std::nullopt;  // the floors alone are more
    }
    if (!jump_ahead(total, left) || !award(left)) {
      return std::nullopt;
    }
    std::vector<Decimal> cells;
    cells.reserve(counts_.size());
    for (const Int128 count : counts_) {
      cells.push_back(steps_to_decimal(count, request_.step));
    }
    return cells;
  }

private:
  // Everyone starts at the lower limit, at least at nothing where the upper limit allows it.
  bool prepare() {
    for (std::size_t i = 0; i < request_.shares.size(); ++i) {
      std::optional<StepRange> range = StepRange::of(request_, i);
      if (!range || weights_[i].sign() < 0) {
        return false;
      }
      counts_.push_back(range->clamped(0));
      ranges_.push_back(*std::move(range));
    }
    return true;
  }

  // Real shares of a total a little too small, rounded as the method does, are never more than the
  // method gives, and less than 2n steps short of it: so a large total costs no more than a small one.
  // Sainte-Lague rounds up by half a step at most, Jefferson never.
  // False when the upper limits of those with weight leave no room.
  bool jump_ahead(Int128 total, Int128& left) {
    const auto n = static_cast<std::int64_t>(counts_.size());
    if (left <= n) {
      return true;
    }
    const bool webster = method_ == PartRounding::sainte_lague;
    RayFamily family;
    family.first = Rational();
    for (std::size_t i = 0; i < counts_.size(); ++i) {
      Ray ray;
      ray.direction = weights_[i];
      ray.lower = whole(counts_[i]);
      if (ranges_[i].most) {
        ray.upper = whole(*ranges_[i].most);
      }
      family.rays.push_back(std::move(ray));
    }
    const Rational goal = webster ? whole(total) - Rational(n, 2) : whole(total);
    const std::variant<RayPoint, AllocationFailure> met = meet(family, goal, {});
    const RayPoint* const point = std::get_if<RayPoint>(&met);
    if (point == nullptr) {
      return false;
    }
    const Rational half(1, 2);
    for (std::size_t i = 0; i < counts_.size(); ++i) {
      // The limits are whole, so the clamped share rounds within them.
      const std::optional<Int128> count = (webster ? point->values[i] + half : point->values[i]).floor();
      if (!count) {
        return false;
      }
      const Int128 reached = std::max(counts_[i], ranges_[i].clamped(*count));
      left -= reached - counts_[i];
      counts_[i] = reached;
    }
    return true;
  }

  [[nodiscard]] Rational divisor(std::size_t child) const {
    return method_ == PartRounding::sainte_lague ? whole(2 * counts_[child] + 1) : whole(counts_[child] + 1);
  }
  // Whether a child waits behind another: smaller quotient (by cross-multiplication), then smaller
  // driver, then later key, then later place.
  [[nodiscard]] bool behind(std::size_t a, std::size_t b) const {
    const auto quotient = weights_[a] * divisor(b) <=> weights_[b] * divisor(a);
    if (quotient != std::strong_ordering::equal) {
      return quotient == std::strong_ordering::less;
    }
    if (!request_.drivers.empty() && request_.drivers[a] != request_.drivers[b]) {
      return request_.drivers[a] < request_.drivers[b];
    }
    if (!request_.keys.empty() && request_.keys[a] != request_.keys[b]) {
      return request_.keys[a] > request_.keys[b];
    }
    return a > b;
  }
  // A child without weight has no claim beyond its floor.
  [[nodiscard]] bool waits(std::size_t child) const {
    return weights_[child].sign() > 0 && ranges_[child].clamped(counts_[child] + 1) == counts_[child] + 1;
  }

  bool award(Int128 left) {
    const auto later = [this](std::size_t a, std::size_t b) { return behind(a, b); };
    std::priority_queue<std::size_t, std::vector<std::size_t>, decltype(later)> queue(later);
    for (std::size_t i = 0; i < counts_.size(); ++i) {
      if (waits(i)) {
        queue.push(i);
      }
    }
    for (; left > 0; --left) {
      if (queue.empty()) {
        return false;
      }
      const std::size_t child = queue.top();
      queue.pop();
      ++counts_[child];
      if (waits(child)) {
        queue.push(child);
      }
    }
    return true;
  }

  const Rounds& request_;
  PartRounding method_;
  std::span<const Rational> weights_;
  std::vector<StepRange> ranges_;
  std::vector<Int128> counts_;
};

}  // namespace

std::optional<std::vector<Decimal>> round_to_total(const Rounds& request, const Rational& total, PartRounding method,
                                                   std::span<const Rational> weights) {
  if (method == PartRounding::largest_remainder) {
    return round_to_total(request, total);
  }
  if (total.sign() < 0) {
    const OppositeRounds opposite(request);
    std::vector<Rational> claims;
    for (std::size_t i = 0; weights.empty() && i < request.shares.size(); ++i) {
      claims.push_back(request.shares[i].negated());
    }
    return negated(round_to_total(opposite.rounds(), total.negated(), method, weights.empty() ? claims : weights));
  }
  const std::optional<Int128> wanted = whole_steps(total, request.step);
  if (!wanted) {
    return std::nullopt;
  }
  return Divisor(request, method, weights.empty() ? request.shares : weights).run(*wanted);
}

}  // namespace jenjang::cascade
