// How far the quotient found may be off: the gain left at it, and what roundings make of the gains, by the least sum of
// denominators that any choice of corners has. Where that is nought, and where a corner over nought is chosen as nearly
// as another, the caller has to ask exact numbers.
#include "engine/bulk/interval_corners.h"

#include <algorithm>
#include <cmath>

namespace jenjang::bulk {
namespace {

constexpr int kMostTrials = 64;

}  // namespace

bool make_corners(const PairBox& box, std::optional<double> least, std::optional<double> most, PairCorners& region) {
  const double n0 = box.numerator[0], n1 = box.numerator[1], d0 = box.denominator[0], d1 = box.denominator[1];
  const bool n_open = box.numerator_open, d_open = box.denominator_open;
  const double error = 4 * box.error + kIntervalSome;
  // Whether some pair of the box has a quotient of at least, at most the limit.
  const auto keeps = [&](bool always, double a, double b) -> std::optional<bool> {
    if (always) return true;
    if (a == b && a == 0) return true;
    if (std::abs(a - b) <= (std::abs(a) + std::abs(b)) * error) return std::nullopt;
    return a > b;
  };
  if (least) {
    const auto kept = keeps(n_open, n1, *least * d0);
    if (!kept) return false;
    if (!*kept) least.reset();
  }
  if (most) {
    const auto kept = keeps(d_open, *most * d1, n0);
    if (!kept) return false;
    if (!*kept) most.reset();
  }
  if (!n_open && !d_open) {
    region.open_numerator = region.open_denominator = false;
  } else if (n_open && d_open) {
    region.open_denominator = !least;
    region.open_numerator = !most;
    region.gentlest = least;
    region.steepest = most;
  } else {
    region.open_denominator = d_open && !least;
    region.open_numerator = n_open && !most;
  }
  // Between which denominators the region lies, and its numerators over each.
  const double from = most ? std::max(d0, n0 / *most) : d0;
  const bool ends = !d_open || (least && !n_open);
  double to = d_open ? 0 : d1;
  if (least && !n_open) to = d_open ? n1 / *least : std::min(d1, n1 / *least);
  region.error = error;
  const auto add = [&](double numerator, double denominator) {
    region.corners[region.count++] = {numerator, denominator};
  };
  const auto add_both = [&](double denominator) {
    const double low = least ? std::max(n0, *least * denominator) : n0;
    add(low, denominator);
    if (n_open && !most) return;
    double high = n_open ? *most * denominator : n1;
    if (!n_open && most) high = std::min(n1, *most * denominator);
    if (high != low) add(high, denominator);
  };
  add_both(from);
  if (ends && to != from) add_both(to);
  if (least && n0 / *least > from && (!ends || n0 / *least < to)) add(n0, n0 / *least);
  if (most && !n_open && n1 / *most > from && (!ends || n1 / *most < to)) add(n1, n1 / *most);
  return true;
}

QuotientEnd extreme_of(const PairSums& known, std::span<const PairCorners> regions, bool largest,
                       std::vector<std::uint8_t>& picks, std::vector<std::uint8_t>& before) {
  QuotientEnd found;
  picks.assign(regions.size(), 0);
  PairSums sums = known;
  const auto sum_picks = [&] {
    sums = known;
    for (std::size_t i = 0; i < regions.size(); ++i) {
      sums.numerator += regions[i].corners[picks[i]].numerator;
      sums.denominator += regions[i].corners[picks[i]].denominator;
    }
  };
  for (std::size_t i = 0; i < regions.size(); ++i) {
    for (int c = 1; c < regions[i].count; ++c) {
      if (regions[i].corners[picks[i]].denominator < regions[i].corners[c].denominator) {
        picks[i] = static_cast<std::uint8_t>(c);
      }
    }
  }
  sum_picks();
  const double sign = largest ? 1 : -1;
  for (int trial = 0; trial < kMostTrials; ++trial) {
    const double quotient = sums.numerator / sums.denominator;
    before = picks;
    bool on_zero = false, near = false;
    double least_denominator = known.denominator - known.denominator_error;
    double slack = known.numerator_error + quotient * known.denominator_error;
    double size = std::abs(known.numerator) + quotient * known.denominator;
    for (std::size_t i = 0; i < regions.size(); ++i) {
      const PairCorners& region = regions[i];
      const auto gain = [&](const Corner& corner) { return sign * (corner.numerator - quotient * corner.denominator); };
      std::size_t best = 0;
      double smallest = region.corners[0].denominator, largest_size = 0;
      for (int c = 0; c < region.count; ++c) {
        const Corner& corner = region.corners[c];
        if (gain(corner) > gain(region.corners[best])) best = static_cast<std::size_t>(c);
        smallest = std::min(smallest, corner.denominator);
        largest_size = std::max(largest_size, corner.numerator + quotient * corner.denominator);
      }
      picks[i] = static_cast<std::uint8_t>(best);
      const bool nought = region.corners[best].over_nought();
      on_zero = on_zero || nought;
      for (int c = 0; c < region.count; ++c) {
        const Corner& corner = region.corners[c];
        const double away = std::abs(gain(region.corners[best]) - gain(corner));
        near = near || (corner.over_nought() != nought && away <= largest_size * (0x1p-30 + region.error));
      }
      least_denominator += smallest * (1 - region.error);
      slack += largest_size * (region.error + kIntervalSome);
      size += largest_size;
    }
    sum_picks();
    if (sums.denominator == 0) {
      // Open where denominators may all shrink to nought below a numerator that does not.
      found.attained = !on_zero;
      found.doubtful = near || known.denominator_error != 0;
      if (sums.numerator == 0) found.value = quotient;
      if (found.value) found.error = quotient == 0 ? 0 : quotient * kIntervalSome;
      found.doubtful = found.doubtful || (found.value && *found.value != 0);
      return found;
    }
    const double next = sums.numerator / sums.denominator;
    if (picks != before && sign * (next - quotient) > 0) continue;
    const double rest = std::abs(sums.numerator - quotient * sums.denominator);
    found.value = quotient;
    found.attained = !on_zero;
    found.doubtful = near || !(least_denominator > 0);
    const double roundings = size * static_cast<double>(regions.size() + 8) * kIntervalUnit;
    found.error = found.doubtful ? 0 : (rest + slack + roundings) / least_denominator * 1.001;
    // No numerator is below nought, so neither is a quotient.
    if (!largest && sums.numerator == 0 && known.numerator_error == 0) found.error = 0;
    return found;
  }
  found.doubtful = true;
  return found;
}

}  // namespace jenjang::bulk
