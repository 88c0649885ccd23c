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

// A target of a child; months without one at the parent keep the child's.
JENJANG_INLINE void hand_down(double* row, int k, V target, M has, bool is_leaf) {
  if ((has[0] & has[1] & has[2] & has[3]) != 0) {
    is_leaf ? stream(row + 4 * k, target) : store(row + 4 * k, target);
  } else {
    store(row + 4 * k, pick(has, target, load(row + 4 * k)));
  }
}

JENJANG_INLINE V whole_below(V v) {
#if defined(__AVX__)
  __m256d x;
  __builtin_memcpy(&x, &v, sizeof x);
  x = _mm256_floor_pd(x);
  __builtin_memcpy(&v, &x, sizeof v);
  return v;
#else
  for (int i = 0; i < 4; ++i) v[i] = __builtin_floor(v[i]);
  return v;
#endif
}

constexpr unsigned kMostTogether = 64;  // children that are ranked in registers and on the stack

struct Child {
  const Tie* tie;
  V steps[kParts], key[kParts];
  unsigned better;
};

// Adds the step that is left over to the first `left` children by falling key, month by month.
inline void round_up(Child* child, unsigned count, const V left[kParts]) {
  for (unsigned i = 0; i < count; ++i) {
    JENJANG_PARTS (k) {
      M ahead = {};
      for (unsigned j = 0; j < count; ++j) ahead -= child[j].key[k] > child[i].key[k];
      child[i].steps[k] += only(all(1.0), __builtin_convertvector(ahead, V) < left[k]);
    }
  }
}

// The same where keys fit into 32 bits: all months in one comparison, four idle.
inline void round_up_briefly(Child* child, unsigned count, const V left[kParts]) {
  using K = int __attribute__((vector_size(64)));
  using Quarter = int __attribute__((vector_size(16)));
  const auto brief = [](const V wide[kParts]) {
    Quarter parts[4] = {};
    JENJANG_PARTS (k) parts[k] = __builtin_convertvector(wide[k], Quarter);
    K out;
    __builtin_memcpy(&out, parts, sizeof out);
    return out;
  };
  K key[kMostTogether];
  for (unsigned i = 0; i < count; ++i) key[i] = brief(child[i].key);
  const K rest = brief(left);
  for (unsigned i = 0; i < count; ++i) {
    K ahead = {};
    for (unsigned j = 0; j < count; ++j) ahead -= key[j] > key[i];
    const K one = (ahead < rest) & 1;
    Quarter parts[4];
    __builtin_memcpy(parts, &one, sizeof parts);
    JENJANG_PARTS (k) child[i].steps[k] += __builtin_convertvector(parts[k], V);
  }
}

// Largest remainder in whole steps: every quantity is a whole number below 2^53, so that doubles hold it exactly.
inline bool split_whole(const DescentTables& t, const DescentCode& c, unsigned node, const Tie* first,
                        const Tie* last) {
  Child child[kMostTogether];
  unsigned count = 0;
  double drivers = 0, most = 0;
  for (const Tie* tie = first; tie != last; ++tie) {
    if (t.owner[tie->child_and_role & ~kDenominatorBit] != node) continue;
    if (count == kMostTogether) return false;
    child[count++].tie = tie;
    const double driver = tie->driver;
    drivers += driver;
    most = most < driver ? driver : most;
  }
  if (count == 0 || drivers == 0) return true;
  V total[kParts], sign[kParts];
  M has[kParts];
  double largest = 0;
  JENJANG_PARTS (k) {
    const V target = load(t.target + static_cast<std::size_t>(node) * kRow + 4 * k);
    has[k] = target == target;
    const V steps = only(target * c.steps, has[k]);
    sign[k] = pick(steps < 0.0, all(-1.0), all(1.0));
    total[k] = whole_below(steps * sign[k] + all(0.5));
    for (int i = 0; i < 4; ++i) largest = total[k][i] > largest ? total[k][i] : largest;
  }
  constexpr double kWhole = 0x1p53;
  if (largest * most >= kWhole || drivers * count >= kWhole || largest >= 0x1p50) return false;
  // The larger driver first, then the earlier child.
  for (unsigned i = 0; i < count; ++i) {
    child[i].better = 0;
    for (unsigned j = 0; j < count; ++j) {
      const unsigned a = child[j].tie->driver, b = child[i].tie->driver;
      if (a > b || (a == b && j < i)) ++child[i].better;
    }
  }
  V left[kParts] = {total[0], total[1], total[2]};
  for (unsigned i = 0; i < count; ++i) {
    const V driver = all(child[i].tie->driver), place = all(static_cast<double>(count - 1 - child[i].better));
    JENJANG_PARTS (k) {
      const V product = total[k] * driver;
      V steps = whole_below(product / drivers);
      V rest = product - steps * drivers;
      // The quotient was rounded before it was cut off.
      const M high = rest < 0.0, low = rest >= drivers;
      steps += only(all(1.0), low) - only(all(1.0), high);
      rest += only(all(drivers), high) - only(all(drivers), low);
      child[i].steps[k] = steps;
      child[i].key[k] = rest * static_cast<double>(count) + place;
      left[k] -= steps;
    }
  }
  drivers* count < 0x1p31 ? round_up_briefly(child, count, left) : round_up(child, count, left);
  for (unsigned i = 0; i < count; ++i) {
    double* const row = t.target + static_cast<std::size_t>(child[i].tie->child_and_role & ~kDenominatorBit) * kRow;
    const bool is_leaf = (child[i].tie->child_and_role & ~kDenominatorBit) < t.leaves;
    // One division, so that the double is the nearest to the decimal.
    JENJANG_PARTS (k) hand_down(row, k, child[i].steps[k] * sign[k] / c.steps, has[k], is_leaf);
  }
  return true;
}

inline void split_shares(const DescentTables& t, unsigned node, const Tie* first, const Tie* last) {
  double drivers = 0;
  for (const Tie* tie = first; tie != last; ++tie) {
    if (t.owner[tie->child_and_role & ~kDenominatorBit] == node) drivers += static_cast<double>(tie->driver);
  }
  if (drivers == 0) return;
  V target[kParts];
  M has[kParts];
  JENJANG_PARTS (k) {
    target[k] = load(t.target + static_cast<std::size_t>(node) * kRow + 4 * k);
    has[k] = target[k] == target[k];
  }
  for (const Tie* tie = first; tie != last; ++tie) {
    const unsigned child = tie->child_and_role & ~kDenominatorBit;
    if (t.owner[child] != node) continue;
    const V share = all(static_cast<double>(tie->driver) / drivers);
    double* const row = t.target + static_cast<std::size_t>(child) * kRow;
    JENJANG_PARTS (k) hand_down(row, k, target[k] * share, has[k], child < t.leaves);
  }
}

inline void split_same(const DescentTables& t, unsigned node, const Tie* first, const Tie* last) {
  V target[kParts];
  M has[kParts];
  JENJANG_PARTS (k) {
    target[k] = load(t.target + static_cast<std::size_t>(node) * kRow + 4 * k);
    has[k] = target[k] == target[k];
  }
  for (const Tie* tie = first; tie != last; ++tie) {
    const unsigned child = tie->child_and_role & ~kDenominatorBit;
    if (t.owner[child] != node) continue;
    double* const row = t.target + static_cast<std::size_t>(child) * kRow;
    JENJANG_PARTS (k) hand_down(row, k, target[k], has[k], child < t.leaves);
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
  V share[kParts];
  M has[kParts];
  JENJANG_PARTS (k) {
    const V target = load(t.target + static_cast<std::size_t>(node) * kRow + 4 * k);
    has[k] = target == target;
    share[k] = (target - start) / gap;
  }
  for (const Tie* tie = first; tie != last; ++tie) {
    const unsigned child = tie->child_and_role & ~kDenominatorBit;
    if (t.owner[child] != node) continue;
    const double own = t.baseline[child];
    double* const row = t.target + static_cast<std::size_t>(child) * kRow;
    JENJANG_PARTS (k) hand_down(row, k, all(own) + share[k] * (c.frontier - own), has[k], child < t.leaves);
  }
}

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
