#include "engine/cascade/methods/rays.h"

#include <algorithm>
#include <numeric>

namespace jenjang::cascade {
namespace {

Rational clamped(const Rational& value, const std::optional<Rational>& lower, const std::optional<Rational>& upper) {
  if (lower && value < *lower) {
    return *lower;
  }
  return upper && value > *upper ? *upper : value;
}

// The parent's figure as a function of m: straight pieces between the places where a child reaches or
// leaves one of its limits.
class Pieces {
public:
  explicit Pieces(const RayFamily& family) {
    for (const Ray& ray : family.rays) {
      add(ray);
    }
    std::sort(breaks_.begin(), breaks_.end(), [](const Break& a, const Break& b) { return a.m < b.m; });
  }

  // Walks all pieces within the range and notes the reach and the meeting point nearest to zero.
  void walk(const RayFamily& family, const Rational& target) {
    std::optional<Rational> left;
    for (std::size_t k = 0; k <= breaks_.size(); ++k) {
      const std::optional<Rational> right = k < breaks_.size() ? std::optional(breaks_[k].m) : std::nullopt;
      piece(family, target, left, right);
      if (k < breaks_.size()) {
        level_ += breaks_[k].level;
        slope_ += breaks_[k].slope;
        left = right;
      }
    }
  }

  std::optional<Rational> meeting;
  std::optional<Rational> least, most;  // empty: without end, once `endless_*` says so
  bool endless_down = false, endless_up = false;

private:
  struct Break {
    Rational m, level, slope;
  };

  // figure(m) = level + slope m on the piece under way, which begins without end on the left.
  void add(const Ray& ray) {
    const int way = ray.direction.sign();
    if (way == 0) {
      level_ += ray.weight * clamped(ray.origin, ray.lower, ray.upper);
      return;
    }
    const std::optional<Rational>& from = way > 0 ? ray.lower : ray.upper;
    const std::optional<Rational>& to = way > 0 ? ray.upper : ray.lower;
    const Rational slope = ray.weight * ray.direction;
    const Rational level = ray.weight * ray.origin;
    if (from) {
      const Rational stop = ray.weight * *from;
      level_ += stop;
      breaks_.push_back({(*from - ray.origin) / ray.direction, level - stop, slope});
    } else {
      level_ += level;
      slope_ += slope;
    }
    if (to) {
      breaks_.push_back({(*to - ray.origin) / ray.direction, ray.weight * *to - level, slope.negated()});
    }
  }

  void piece(const RayFamily& family, const Rational& target, std::optional<Rational> left,
             std::optional<Rational> right) {
    if (family.first && (!left || *left < *family.first)) {
      left = family.first;
    }
    if (family.last && (!right || *right > *family.last)) {
      right = family.last;
    }
    if (left && right && *left > *right) {
      return;
    }
    const int rise = slope_.sign();
    if (rise == 0) {
      note(level_);
      if (level_ == target) {
        offer(clamped(Rational(), left, right));
      }
      return;
    }
    bool below = !left, above = !right;  // whether the target lies on the inner side of each end
    if (left) {
      const Rational figure = level_ + slope_ * *left;
      note(figure);
      below = rise > 0 ? figure <= target : figure >= target;
    } else {
      (rise > 0 ? endless_down : endless_up) = true;
    }
    if (right) {
      const Rational figure = level_ + slope_ * *right;
      note(figure);
      above = rise > 0 ? figure >= target : figure <= target;
    } else {
      (rise > 0 ? endless_up : endless_down) = true;
    }
    if (below && above) {
      offer((target - level_) / slope_);
    }
  }

  void note(const Rational& figure) {
    if (!least || figure < *least) {
      least = figure;
    }
    if (!most || figure > *most) {
      most = figure;
    }
  }
  // Of two equally near points the one ahead.
  void offer(const Rational& m) {
    if (!meeting) {
      meeting = m;
      return;
    }
    const auto order = m.absolute() <=> meeting->absolute();
    if (order == std::strong_ordering::less || (order == std::strong_ordering::equal && m > *meeting)) {
      meeting = m;
    }
  }

  std::vector<Break> breaks_;
  Rational level_, slope_;
};

// What one child gives the parent at an end of the range, and what it would give without limits there;
// `way` is the side of an end that lies at infinity.
struct AtEnd {
  Rational limited;
  std::optional<Rational> unlimited;  // empty: without end
};
AtEnd at_end(const Ray& ray, const std::optional<Rational>& m, int way) {
  if (m) {
    return {ray.weight * ray.at(*m), ray.weight * (ray.origin + *m * ray.direction)};
  }
  if (ray.direction.is_zero() || ray.weight.is_zero()) {
    return {ray.weight * clamped(ray.origin, ray.lower, ray.upper), ray.weight * ray.origin};
  }
  const std::optional<Rational>& stop = ray.direction.sign() * way > 0 ? ray.upper : ray.lower;
  return {stop ? ray.weight * *stop : Rational(), std::nullopt};
}

std::vector<std::size_t> conflict(const RayFamily& family, const Rational& target, bool too_low,
                                  std::span<const std::string_view> keys) {
  bool rises = false, falls = false;
  for (const Ray& ray : family.rays) {
    const int pull = ray.weight.sign() * ray.direction.sign();
    rises |= pull > 0;
    falls |= pull < 0;
  }
  std::vector<std::size_t> children;
  if (rises && falls) {
    for (std::size_t i = 0; i < family.rays.size(); ++i) {
      if (family.rays[i].lower || family.rays[i].upper) {
        children.push_back(i);
      }
    }
    return children;
  }
  const bool at_first = too_low != falls;
  const int away = too_low ? 1 : -1;  // limits that keep the family away from the target push this way
  std::vector<std::optional<Rational>> excess;
  Rational free_sum;
  for (const Ray& ray : family.rays) {
    const AtEnd end = at_end(ray, at_first ? family.first : family.last, at_first ? -1 : 1);
    if (!end.unlimited) {
      excess.emplace_back();
      free_sum += end.limited;
      continue;
    }
    free_sum += *end.unlimited;
    const Rational pushed = end.limited - *end.unlimited;
    excess.emplace_back(pushed.sign() == away ? pushed.absolute() : Rational());
  }
  const Rational room = away > 0 ? target - free_sum : free_sum - target;
  return smallest_conflict(excess, room, keys);
}

}  // namespace

Rational Ray::at(const Rational& m) const {
  return clamped(direction.is_zero() ? origin : origin + m * direction, lower, upper);
}

std::vector<std::size_t> smallest_conflict(std::span<const std::optional<Rational>> excess, const Rational& room,
                                           std::span<const std::string_view> keys) {
  std::vector<std::size_t> order, chosen;
  for (std::size_t i = 0; i < excess.size(); ++i) {
    if (!excess[i]) {
      chosen.push_back(i);
    } else if (excess[i]->sign() > 0) {
      order.push_back(i);
    }
  }
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    if (*excess[a] != *excess[b]) {
      return *excess[a] > *excess[b];
    }
    return !keys.empty() && keys[a] < keys[b];
  });
  Rational sum;
  for (const std::size_t child : order) {
    if (sum > room) {
      break;
    }
    sum += *excess[child];
    chosen.push_back(child);
  }
  std::sort(chosen.begin(), chosen.end());
  return chosen;
}

std::variant<RayPoint, AllocationFailure> meet(const RayFamily& family, const Rational& target,
                                               std::span<const std::string_view> keys) {
  std::optional<std::size_t> torn;
  for (std::size_t i = 0; i < family.rays.size(); ++i) {
    const Ray& ray = family.rays[i];
    if (ray.lower && ray.upper && *ray.lower > *ray.upper && (!torn || (!keys.empty() && keys[i] < keys[*torn]))) {
      torn = i;
    }
  }
  if (torn) {
    return AllocationFailure{AllocationError::bounds, {*torn}, {}, {}};
  }
  Pieces pieces(family);
  pieces.walk(family, target);
  if (pieces.meeting) {
    RayPoint point{*pieces.meeting, {}};
    point.values.reserve(family.rays.size());
    for (const Ray& ray : family.rays) {
      point.values.push_back(ray.at(point.m));
    }
    return point;
  }
  AllocationFailure failure{AllocationError::bounds, {}, {}, {}};
  if (!pieces.endless_down) {
    failure.least = pieces.least;
  }
  if (!pieces.endless_up) {
    failure.most = pieces.most;
  }
  failure.too_low = failure.least && target < *failure.least;
  failure.children = conflict(family, target, failure.too_low, keys);
  return failure;
}

}  // namespace jenjang::cascade
