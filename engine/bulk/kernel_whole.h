// Targets in whole steps by largest remainder, twelve months at a time. Included once by every kernel unit, by
// kernel_descent.h.

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

constexpr unsigned kTogether = 16;      // ranked in one register
constexpr unsigned kMostTogether = 64;  // and on the stack
using Ranks = unsigned __attribute__((vector_size(64)));
using Keys = int __attribute__((vector_size(64)));  // twelve months, four idle

// The children that one parent owns, in edge order.
struct Family {
  unsigned count = 0;
  unsigned child[kMostTogether];
  alignas(64) unsigned driver[kMostTogether], before[kMostTogether];
  V steps[kMostTogether][kParts];
  V key[kMostTogether][kParts];  // as whole numbers; of these two the one that holds them
  Keys brief[kMostTogether];
};

// How many come before each where remainders are equal: the larger drivers, then the earlier edges.
inline void rank_drivers(Family& f) {
  for (unsigned i = f.count; i % kTogether != 0; ++i) f.driver[i] = 0;
  Ranks place = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  for (unsigned first = 0; first < f.count; first += kTogether, place += kTogether) {
    Ranks own, before = {};
    __builtin_memcpy(&own, f.driver + first, sizeof own);
    for (unsigned j = 0; j < f.count; ++j) {
      const Ranks other = Ranks{} + f.driver[j];
      before -= reinterpret_cast<Ranks>((other > own) | ((other == own) & (place > j)));
    }
    __builtin_memcpy(f.before + first, &before, sizeof before);
  }
}

JENJANG_INLINE Keys brief_of(const V wide[kParts]) {
  using Quarter = int __attribute__((vector_size(16)));
  using Half = int __attribute__((vector_size(32)));
  const auto a = __builtin_convertvector(wide[0], Quarter), b = __builtin_convertvector(wide[1], Quarter),
             c = __builtin_convertvector(wide[2], Quarter);
  const Half ab = __builtin_shufflevector(a, b, 0, 1, 2, 3, 4, 5, 6, 7),
             cc = __builtin_shufflevector(c, c, 0, 1, 2, 3, 4, 5, 6, 7);
  return __builtin_shufflevector(ab, cc, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
}
JENJANG_INLINE V wide_of(Keys brief, long k) {
  using Quarter = int __attribute__((vector_size(16)));
  const Quarter part = k == 0   ? __builtin_shufflevector(brief, brief, 0, 1, 2, 3)
                       : k == 1 ? __builtin_shufflevector(brief, brief, 4, 5, 6, 7)
                                : __builtin_shufflevector(brief, brief, 8, 9, 10, 11);
  return __builtin_convertvector(part, V);
}

// Whole steps of each child and what is left over; remainders as keys that differ between any two children.
template <bool kBrief>
JENJANG_INLINE void cut_off(Family& f, double drivers, V left[kParts]) {
  const V total[kParts] = {left[0], left[1], left[2]};
  // A reciprocal once for a division each: below 2^50 the quotient is wrong by less than one, and the remainder, which
  // is exact, tells in which direction.
  const V inverse = all(1 / drivers), sum = all(drivers), one = all(1.0), many = all(f.count);
  for (unsigned i = 0; i < f.count; ++i) {
    const V driver = all(f.driver[i]), place = all(f.count - 1 - f.before[i]);
    V key[kParts];
    JENJANG_PARTS (k) {
      const V product = total[k] * driver;
      V steps = whole_below(product * inverse);
      const V rest = product - steps * sum;
      const M high = rest < 0.0, low = rest >= sum;
      steps += only(one, low) - only(one, high);
      f.steps[i][k] = steps;
      key[k] = (rest + only(sum, high) - only(sum, low)) * many + place;
      left[k] -= steps;
      if (!kBrief) f.key[i][k] = key[k];
    }
    if (kBrief) f.brief[i] = brief_of(key);
  }
}

// One step more for the first `left` children by falling key, month by month.
template <bool kBrief>
JENJANG_INLINE void round_up(Family& f, unsigned i, const V left[kParts], Keys brief_left, V share[kParts]) {
  if constexpr (kBrief) {
    Keys ahead = {};
    const Keys own = f.brief[i];
    for (unsigned j = 0; j < f.count; ++j) ahead -= f.brief[j] > own;
    const Keys more = (ahead < brief_left) & 1;
    JENJANG_PARTS (k) share[k] = f.steps[i][k] + wide_of(more, k);
  } else {
    JENJANG_PARTS (k) {
      M ahead = {};
      for (unsigned j = 0; j < f.count; ++j) ahead -= f.key[j][k] > f.key[i][k];
      share[k] = f.steps[i][k] + only(all(1.0), __builtin_convertvector(ahead, V) < left[k]);
    }
  }
}

template <bool kBrief>
inline void split_family(const DescentTables& t, const DescentCode& c, const Parent& parent, Family& f, double drivers,
                         V left[kParts], const V sign[kParts]) {
  cut_off<kBrief>(f, drivers, left);
  const Keys brief_left = kBrief ? brief_of(left) : Keys{};
  const bool ones = c.steps == 1;
  for (unsigned i = 0; i < f.count; ++i) {
    V share[kParts];
    round_up<kBrief>(f, i, left, brief_left, share);
    double* const row = t.target + static_cast<std::size_t>(f.child[i]) * kRow;
    const bool is_leaf = f.child[i] < t.leaves;
    // One division, so that the double is the nearest to the decimal.
    JENJANG_PARTS (k) {
      const V steps = share[k] * sign[k];
      hand_down(row, k, ones ? steps : steps / c.steps, parent, is_leaf);
    }
  }
}

// Largest remainder in whole steps: every quantity is a whole number below 2^53, so that doubles hold it exactly.
// False: too many children, or too large.
inline bool split_whole(const DescentTables& t, const DescentCode& c, unsigned node, const Tie* first,
                        const Tie* last) {
  Family f;
  double drivers = 0;
  unsigned most = 0;
  for (const Tie* tie = first; tie != last; ++tie) {
    const unsigned child = tie->child_and_role & ~kDenominatorBit;
    if (t.owner[child] != node) continue;
    if (f.count == kMostTogether) return false;
    f.child[f.count] = child;
    f.driver[f.count++] = tie->driver;
    drivers += tie->driver;
    most = most < tie->driver ? tie->driver : most;
  }
  if (f.count == 0 || drivers == 0) return true;
  const Parent parent(t, node);
  V left[kParts], sign[kParts], tallest = {};
  JENJANG_PARTS (k) {
    const V steps = only(parent.target[k] * c.steps, parent.has[k]);
    sign[k] = pick(steps < 0.0, all(-1.0), all(1.0));
    left[k] = whole_below(steps * sign[k] + all(0.5));
    tallest = pick(left[k] > tallest, left[k], tallest);
  }
  double largest = 0;
  for (int i = 0; i < 4; ++i) largest = tallest[i] > largest ? tallest[i] : largest;
  constexpr double kWhole = 0x1p53;
  if (largest * most >= kWhole || drivers * f.count >= kWhole || largest >= 0x1p50) return false;
  rank_drivers(f);
  if (drivers * f.count < 0x1p31) {
    split_family<true>(t, c, parent, f, drivers, left, sign);
  } else {
    split_family<false>(t, c, parent, f, drivers, left, sign);
  }
  return true;
}
