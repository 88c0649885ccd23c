// The hand-written split of targets: a row of twelve months to each child, leaves by stores that pass the cache.
#pragma once

#include <algorithm>

#include "bulk/limit_kernels.h"

namespace jenjang::bench::JENJANG_LIMIT_ROWS {

// A parent sets the targets of the children that no earlier parent has.
inline bool owns(const LimitView& v, std::uint32_t node, const Edge& edge) {
  return v.owner[edge.child_and_role & ~Edge::kDenominator] == node;
}

inline void put_target(const LimitView& v, std::uint32_t child, Row share, Mask there) {
  double* const to = v.target + child * kRow;
  if (there != kEvery) {
    store(to, pick(there, share, load(to)));
  } else if (child < v.leaf_count) {
    stream(to, share);
  } else {
    store(to, share);
  }
}

// Driver x parent / sum of drivers, each rounded as doubles round.
inline void split(const LimitView& v, std::uint32_t first, std::uint32_t last) {
  for (std::uint32_t node = first; node < last; ++node) {
    const Edge* const begin = v.edges + v.edge_begin[node - v.leaf_count];
    const Edge* const end = v.edges + v.edge_begin[node - v.leaf_count + 1];
    const Row target = load(v.target + node * kRow);
    const Mask there = equal(target, target);
    if (there == 0) continue;
    double total = 0;
    for (const Edge* edge = begin; edge != end; ++edge) {
      if (owns(v, node, *edge)) total += edge->driver;
    }
    const bool same = v.classes[v.class_of[node]].descent == bulk::Descent::same;
    if (total <= 0 && !same) continue;
    const Row unit = target * splat(1 / total);
    for (const Edge* edge = begin; edge != end; ++edge) {
      const std::uint32_t child = edge->child_and_role & ~Edge::kDenominator;
      if (!owns(v, node, *edge)) continue;
      put_target(v, child, same ? target : unit * splat(edge->driver), there);
    }
  }
  end_streams();
}

// Whole steps by largest remainder; ties to the larger driver, then the earlier edge. Everything is a whole number
// below 2^53, so that doubles are exact. One key a child, remainder first, makes the order of a month one comparison a
// pair of children: families are small.
inline constexpr int kMostTogether = 48;

struct Family {
  Row key[kMostTogether], whole[kMostTogether];
  std::uint32_t child[kMostTogether], driver[kMostTogether];
};

inline void split_family(const LimitView& v, std::uint32_t node, const Edge* begin, const Edge* end, Family& f) {
  const Row target = load(v.target + node * kRow);
  const Mask there = equal(target, target);
  int count = 0;
  double total = 0;
  for (const Edge* edge = begin; edge != end; ++edge) {
    if (!owns(v, node, *edge)) continue;
    f.child[count] = edge->child_and_role & ~Edge::kDenominator;
    f.driver[count++] = edge->driver;
    total += edge->driver;
  }
  if (there == 0 || total <= 0) return;
  const double steps = v.classes[v.class_of[node]].steps;
  const Row parent = floor(target * splat(steps) + splat(0.5));
  const Row sum = splat(total), inverse = splat(1 / total), one = splat(1);
  Row left = parent;
  for (int i = 0; i < count; ++i) {
    const Row product = parent * splat(f.driver[i]);
    Row whole = floor(product * inverse);
    Row rest = product - whole * sum;
    const Mask under = less(rest, splat(0)), over = ~less(rest, sum) & kEvery;
    if ((under | over) != 0) {
      whole = whole + keep(over, one) - keep(under, one);
      rest = product - whole * sum;
    }
    left = left - whole;
    // Among equals the larger driver comes first, then the earlier edge.
    int before = 0;
    for (int j = 0; j < count; ++j) {
      before += static_cast<int>(f.driver[j] > f.driver[i]) |
                (static_cast<int>(f.driver[j] == f.driver[i]) & static_cast<int>(j < i));
    }
    f.whole[i] = whole;
    f.key[i] = rest * splat(count) + splat(count - 1 - before);
  }
  const Row unit = splat(1 / steps);
  for (int i = 0; i < count; ++i) {
    Row ahead = splat(0);
    for (int j = 0; j < count; ++j) ahead = add_where(less(f.key[i], f.key[j]), ahead, one);
    const Row share = add_where(less(ahead, left), f.whole[i], one);
    put_target(v, f.child[i], steps == 1 ? share : share * unit, there);
  }
}

inline void split_whole(const LimitView& v, std::uint32_t first, std::uint32_t last) {
  Family family;
  for (std::uint32_t node = first; node < last; ++node) {
    const Edge* const begin = v.edges + v.edge_begin[node - v.leaf_count];
    const Edge* const end = v.edges + v.edge_begin[node - v.leaf_count + 1];
    if (v.classes[v.class_of[node]].descent == bulk::Descent::same) {
      split(v, node, node + 1);
    } else if (end - begin <= kMostTogether) {
      split_family(v, node, begin, end, family);
    } else {
      limit_split_large(v, node, begin, end);
    }
  }
  end_streams();
}

}  // namespace jenjang::bench::JENJANG_LIMIT_ROWS
