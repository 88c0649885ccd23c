// Targets of the children that a parent owns, twelve months at a time. Included once by every kernel unit.

// Past the caches: nobody reads the targets of leaves again soon.
JENJANG_INLINE void stream(double* p, V v) {
#if defined(__AVX__)
  __m256d x;
  __builtin_memcpy(&x, &v, sizeof x);
  _mm256_stream_pd(p, x);
#elif defined(__SSE2__)
  _mm_stream_pd(p, __m128d{v[0], v[1]});
  _mm_stream_pd(p + 2, __m128d{v[2], v[3]});
#else
  store(p, v);
#endif
}
inline void stream_end() {
#if defined(__SSE2__)
  _mm_sfence();
#endif
}

// A parent's targets: which months have one is asked once a family, not once a child.
struct Parent {
  V target[kParts];
  M has[kParts];
  bool whole_row;
  Parent(const DescentTables& t, unsigned node) {
    Months months = 0;
    JENJANG_PARTS (k) {
      target[k] = load(t.target + static_cast<std::size_t>(node) * kRow + 4 * k);
      has[k] = target[k] == target[k];
      months |= lanes(has[k]) << 4 * k;
    }
    whole_row = months == kAllMonths;
  }
};

// A target of a child; months without one at the parent keep the child's.
JENJANG_INLINE void hand_down(double* row, long k, V target, const Parent& parent, bool is_leaf) {
  if (parent.whole_row) {
    is_leaf ? stream(row + 4 * k, target) : store(row + 4 * k, target);
  } else {
    store(row + 4 * k, pick(parent.has[k], target, load(row + 4 * k)));
  }
}

inline void split_shares(const DescentTables& t, unsigned node, const Tie* first, const Tie* last) {
  double drivers = 0;
  for (const Tie* tie = first; tie != last; ++tie) {
    if (t.owner[tie->child_and_role & ~kDenominatorBit] == node) drivers += static_cast<double>(tie->driver);
  }
  if (drivers == 0) return;
  const Parent parent(t, node);
  for (const Tie* tie = first; tie != last; ++tie) {
    const unsigned child = tie->child_and_role & ~kDenominatorBit;
    if (t.owner[child] != node) continue;
    const V share = all(static_cast<double>(tie->driver) / drivers);
    double* const row = t.target + static_cast<std::size_t>(child) * kRow;
    JENJANG_PARTS (k) hand_down(row, k, parent.target[k] * share, parent, child < t.leaves);
  }
}

inline void split_same(const DescentTables& t, unsigned node, const Tie* first, const Tie* last) {
  const Parent parent(t, node);
  for (const Tie* tie = first; tie != last; ++tie) {
    const unsigned child = tie->child_and_role & ~kDenominatorBit;
    if (t.owner[child] != node) continue;
    double* const row = t.target + static_cast<std::size_t>(child) * kRow;
    JENJANG_PARTS (k) hand_down(row, k, parent.target[k], parent, child < t.leaves);
  }
}

// All the same share of the gap to the frontier, so that the weighted mean is the parent's target.
inline void split_gap(const DescentTables& t, const DescentCode& c, unsigned node, const Tie* first, const Tie* last) {
  double weights = 0, weighted = 0;
  for (const Tie* tie = first; tie != last; ++tie) {
    const unsigned child = tie->child_and_role & ~kDenominatorBit;
    if (t.owner[child] != node) continue;
    weights += tie->weight;
    weighted += tie->weight * t.baseline[child];
  }
  if (weights == 0) return;
  const double start = weighted / weights, gap = c.frontier - start;
  if (gap == 0) return;
  const Parent parent(t, node);
  V share[kParts];
  JENJANG_PARTS (k) share[k] = (parent.target[k] - start) / gap;
  for (const Tie* tie = first; tie != last; ++tie) {
    const unsigned child = tie->child_and_role & ~kDenominatorBit;
    if (t.owner[child] != node) continue;
    const double own = t.baseline[child];
    double* const row = t.target + static_cast<std::size_t>(child) * kRow;
    JENJANG_PARTS (k) hand_down(row, k, all(own) + share[k] * (c.frontier - own), parent, child < t.leaves);
  }
}

// Needs Parent and hand_down.
#include "engine/bulk/kernel_whole.h"

void walk_down(const DescentTables& t, unsigned first_node, unsigned last_node) {
  for (unsigned node = first_node; node < last_node; ++node) {
    const DescentCode& c = t.codes[t.class_of[node]];
    const Tie* const first = t.ties + t.edge_begin[node - t.leaves];
    const Tie* const last = t.ties + t.edge_begin[node - t.leaves + 1];
    switch (c.way) {
      case Way::none:
        break;
      case Way::same:
        split_same(t, node, first, last);
        break;
      case Way::shares:
        split_shares(t, node, first, last);
        break;
      case Way::whole:
        if (!split_whole(t, c, node, first, last)) t.split_slowly(t.context, node);
        break;
      case Way::gap:
        split_gap(t, c, node, first, last);
        break;
    }
  }
  stream_end();
}
