// One parent from its children, all months at a time. Included once by every kernel unit.
//
// Children are added in edge order with plain products and sums, each vector lane by itself: every width gives the same
// bits. Weights are whole numbers in doubles, so their sums are exact.

struct Sums {
  V total[kParts] = {};  // sum w x; of least and most: the best so far; of ratios the numerators
  V below[kParts] = {};  // ratio: the denominators
  V known[kParts] = {};  // ratio: denominators that are known
  V leaf_weight[kParts] = {}, inner_weight[kParts] = {}, zero_weight[kParts] = {};  // of the children with a figure
  V inner_covered_weight[kParts] = {}, inner_expected_weight[kParts] = {}, left_out[kParts] = {};
  V covered[kParts] = {}, expected[kParts] = {};
  B present = {}, reason = {}, flags = {}, covered_leaves = {}, left_out_leaves = {};
  bool zero_found = false;
  // A ratio's own operands.
  V own_above[kParts] = {}, own_below[kParts] = {};
  B own_reason = {}, own_below_missing = {};
};

struct Offer {
  V value[kParts];
  B bytes;  // code and flags
};

// Processors fetch ahead what is read in sequence, but not over the end of a page of 4 KiB, which is but 42 rows, and
// most children follow upon each other: what parents further on will read is asked for. Past the end of a column
// nothing happens. A unit of parts follows one fact upwards, and what lies ahead is nothing to it.
constexpr std::size_t kCellsAhead = 64 * kRow;
JENJANG_INLINE void fetch_ahead(const double* row) {
  if (kParts == 1) return;
  __builtin_prefetch(row + kCellsAhead);
  __builtin_prefetch(row + kCellsAhead + 8);
}
JENJANG_INLINE void fetch_ahead(const double* row, const unsigned char* states) {
  if (kParts == 1) return;
  fetch_ahead(row);
  __builtin_prefetch(states + kCellsAhead);
}

// Counts one child; its mask of months with a figure.
JENJANG_INLINE Months note(Sums& s, Missing missing, B bytes, Months& zeroed) {
  const B code = bytes & kCodeMask;
  const B present = bytes_of(code == 0);
  s.flags |= bytes & present & kHandedOn;
  B away = code;
  zeroed = 0;
  if (missing == Missing::zero) {
    const B empty = bytes_of(code == kEmptyCode);
    away &= ~empty;
    s.flags |= empty & kPartialBit;
    s.present |= empty;
    zeroed = months_of(empty);
  }
  s.present |= present;
  s.reason = larger(s.reason, away);
  return months_of(present);
}

// The figure of a child into the sums; `present` and `zeroed` from note.
template <Kind kKind>
JENJANG_INLINE void add_figure(Sums& s, double weight, const Offer& offer, Months present, Months zeroed, bool leaf) {
  const V w = all(weight);
  JENJANG_PARTS (k) {
    if constexpr (kKind == Kind::sum) {
      s.total[k] += offer.value[k] * w;
    } else if constexpr (kKind == Kind::mean || kKind == Kind::meeting) {
      s.total[k] += offer.value[k] * w;
      (leaf ? s.leaf_weight : s.inner_weight)[k] += only(w, present, k);
      if (zeroed != 0) s.zero_weight[k] += only(w, zeroed, k);
    } else {
      const M counts = mask_of(present | zeroed, k);
      const V other = offer.value[k];
      const M better = kKind == Kind::least ? other < s.total[k] : s.total[k] < other;
      s.total[k] = pick(counts & better, other, s.total[k]);
    }
  }
}

template <Kind kKind>
struct Start {
  static void set(Sums& s) {
    if constexpr (kKind == Kind::least || kKind == Kind::most) {
      const double far = kKind == Kind::least ? __builtin_inf() : -__builtin_inf();
      for (V& part : s.total) part = all(far);
    }
  }
};

// 1 where a figure meets its target, or the mark of its parent; months without a target leave the share.
template <bool kLeaf>
JENJANG_INLINE void meet(const Tables& t, const ClassCode& above, unsigned parent, const ClassCode& c, unsigned child,
                         int lane, Offer& offer) {
  const double* const row = t.target + static_cast<std::size_t>(child) * kRow;
  const Months present = numbers_in(offer.bytes);
  V target[kParts];
  Months met = 0, doubt = 0;
  JENJANG_PARTS (k) {
    target[k] = above.has_mark ? all(above.mark) : load(row + 4 * k);
    const V v = offer.value[k];
    met |= lanes(c.lower ? v <= target[k] : v >= target[k]) << (4 * k);
    // Two decimals as doubles compare as decimals do; a sum of them, or a mean, has an error.
    if (!kLeaf || c.divided) {
      const V slack = (magnitude(v) + c.value_offset) * c.value_eps + magnitude(target[k]) * 0x1p-52;
      doubt |= lanes(magnitude(v - target[k]) <= slack) << (4 * k);
    }
  }
  const Months aimed = same(target, target);
  offer.bytes |= bytes_in(present & ~aimed) & kNotApplicable;
  if (!kLeaf || c.divided) {
    doubt = (doubt | months_of(offer.bytes)) & aimed & present & t.months;
    for (; doubt != 0; doubt &= doubt - 1) {
      const auto month = static_cast<unsigned>(__builtin_ctz(doubt));
      met =
          (met & ~(1U << month)) | (t.meets(t.context, parent, child, lane, t.first_month + month) ? 1U << month : 0U);
    }
  }
  JENJANG_PARTS (k) offer.value[k] = only(all(1.0), met & aimed & present, k);
}

// Leaf counts are bytes, at most so many: they move into the wide sums before they can overflow.
constexpr unsigned kMostLeaves = 254;
JENJANG_INLINE void flush_counts(Sums& s, unsigned leaves) {
  JENJANG_PARTS (k) {
    s.covered[k] += count_part(s.covered_leaves, k);
    s.expected[k] += all(static_cast<double>(leaves)) - count_part(s.left_out_leaves, k);
  }
  s.covered_leaves = s.left_out_leaves = all_bytes(0);
}

// What an inner child says of its coverage.
template <Kind kKind>
JENJANG_INLINE void cover_inner(Sums& s, const LaneColumns& lane, const LaneColumns& full, bool child_is_ratio,
                                std::size_t row, double weight, Months present, B bytes) {
  const Months applies = months_of(bytes_of((bytes & kCodeMask) != kNotApplicable));
  JENJANG_PARTS (k) {
    const std::size_t at = row + static_cast<std::size_t>(4 * k);
    const V expected = as_double(lane.expected + at);
    s.covered[k] += only(as_double(lane.covered + at), present, k);
    s.expected[k] += only(expected, applies, k);
    if constexpr (kKind == Kind::mean) {
      const V w = all(weight);
      const Months counts = lanes(expected > 0.0) << (4 * k);
      s.inner_expected_weight[k] += only(w, applies & counts, k);
      const V known = load((child_is_ratio ? full : lane).expected_weight + at);
      const V share = load(lane.covered_weight + at) / known;
      s.inner_covered_weight[k] += only(w * share, present & counts & lanes(known > 0.0) << (4 * k), k);
    } else if constexpr (kKind == Kind::ratio) {
      s.inner_covered_weight[k] += only(all(weight) * load(lane.covered_weight + at), present, k);
    }
  }
}

template <Kind kKind, bool kLeavesOnly>
JENJANG_INLINE void finish(const Tables& t, const ClassCode& c, unsigned node, int lane_number, Sums& s,
                           double leaf_weights, bool full, unsigned leaves) {
  const LaneColumns& lane = t.lane[lane_number];
  const std::size_t row = static_cast<std::size_t>(node - t.leaves) * kRow;
  B reason = larger(s.reason, all_bytes(kNotApplicable));
  B code = reason & ~s.present;
  B flags = s.flags | (bytes_of(s.reason >= kAbsentFrom) & kPartialBit);
  if (c.missing == Missing::strict) {
    const B refused = bytes_of(s.reason >= kAbsentFrom);
    code = (code & ~refused) | (reason & refused);
  }
  V value[kParts], weight[kParts];
  if constexpr (kKind == Kind::mean || kKind == Kind::meeting || kKind == Kind::ratio) {
    Months weightless = 0;
    JENJANG_PARTS (k) {
      weight[k] = kKind == Kind::ratio ? s.below[k] : s.leaf_weight[k] + s.zero_weight[k];
      if constexpr (!kLeavesOnly && kKind != Kind::ratio) weight[k] += s.inner_weight[k];
      weightless |= lanes(weight[k] == 0.0) << (4 * k);
      value[k] = s.total[k] / weight[k] * c.factor;
    }
    if (weightless != 0) {
      code |= bytes_in(weightless) & bytes_of(code == 0) & (kKind == Kind::ratio ? kNotApplicable : kEmptyCode);
    }
  } else {
    JENJANG_PARTS (k) {
      value[k] = (kKind == Kind::sum ? s.total[k] * c.weight_unit : s.total[k]) * c.factor;
    }
  }
  const Months present = numbers_in(code);
  JENJANG_PARTS (k) {
    value[k] = only(value[k], present, k);
    store(lane.value + row + 4 * k, value[k]);
  }
  const B bytes = code | flags;
  store_bytes(lane.state + row, bytes);
  if constexpr (kKind == Kind::ratio) {
    const std::size_t pair = static_cast<std::size_t>(t.pair_row[node - t.leaves]) * kRow;
    JENJANG_PARTS (k) {
      store(lane.numerator + pair + 4 * k, only(s.total[k] * c.weight_unit, present, k));
      store(lane.denominator + pair + 4 * k, only(s.below[k] * c.weight_unit, present, k));
    }
  }
  // A sweep of values alone judges what a parent carries, and what the exact side has to make anew.
  if (!full && !c.offered && (months_of(bytes) & present) == 0) return;
  if (full) flush_counts(s, leaves);
  if (full)
    JENJANG_PARTS (k) {
      V covered_weight = s.covered[k], expected_weight = s.expected[k];
      if constexpr (kKind == Kind::mean) {
        covered_weight = s.leaf_weight[k];
        expected_weight = all(leaf_weights) - s.left_out[k];
        if constexpr (!kLeavesOnly) {
          covered_weight += s.inner_covered_weight[k];
          expected_weight += s.inner_expected_weight[k];
        }
        covered_weight *= c.weight_unit;
        expected_weight *= c.weight_unit;
      } else if constexpr (kKind == Kind::ratio) {
        covered_weight = s.inner_covered_weight[k] * c.weight_unit;
        // Measured against what the full lane knows, so that the validated share is a share of all there is.
        expected_weight = lane_number == 0 ? s.known[k] * c.weight_unit : load(t.lane[0].expected_weight + row + 4 * k);
      }
      store_count(lane.covered + row + 4 * k, s.covered[k]);
      store_count(lane.expected + row + 4 * k, s.expected[k]);
      store(lane.covered_weight + row + 4 * k, covered_weight);
      store(lane.expected_weight + row + 4 * k, expected_weight);
    }
  Judged judged;
  // A predicate in doubt makes the achievement anew, rounded once: where a parent carries it, a sweep of values asks
  // for the predicate too, and drops it, or it would carry on other bits than a full one.
  signed char dropped[kRow];
  signed char* const band = full ? lane.band + row : c.offered ? dropped + t.first_month : nullptr;
  judge_inner(t, c, node, lane_number, value, bytes, band, lane.state + row, judged);
  JENJANG_PARTS (k) store(lane.achievement + row + 4 * k, judged.figure[k]);
  store_bytes(lane.achieved + row, judged.achieved);
  if (months_of(judged.flags) != 0) {
    B now = load_bytes(lane.state + row);
    store_bytes(lane.state + row, now | judged.flags);
  }
}

// A leaf as the validated lane sees it; `waits`: months of a figure, or of a reason, that nobody validated.
JENJANG_INLINE Months waiting(B raw) {
  return months_of(bytes_of((raw & kUnvalidatedBit) != 0));
}
JENJANG_INLINE Offer validated(const Offer& offer, B raw, Months waits) {
  const B mask = bytes_in(waits);
  Offer out;
  out.bytes = (((raw >> 4) & kCodeMask) & mask) | (offer.bytes & ~mask & static_cast<unsigned char>(~kUnvalidatedBit));
  JENJANG_PARTS (k) out.value[k] = only(offer.value[k], ~waits, k);
  return out;
}

JENJANG_INLINE const ClassCode& code_of(const Tables& t, unsigned node) {
  std::size_t level = 0;
  while (t.level_begin[level + 1] <= node) ++level;
  return t.codes[level][t.class_of[node]];
}

// What a leaf offers one lane.
template <Kind kKind, bool kFull>
JENJANG_INLINE void add_leaf(Sums& s, Missing missing, double weight, const Offer& seen) {
  Months zeroed = 0;
  const Months present = note(s, missing, seen.bytes, zeroed);
  add_figure<kKind>(s, weight, seen, present, zeroed, true);
  if (!kFull) return;
  const B code = seen.bytes & kCodeMask;
  s.covered_leaves -= bytes_of(code == 0);
  const B away = bytes_of(code == kNotApplicable);
  s.left_out_leaves -= away;
  if (kKind == Kind::mean && months_of(away) != 0) {
    JENJANG_PARTS (k) s.left_out[k] += only(all(weight), months_of(away), k);
  }
}

// What an inner child offers one lane.
template <Kind kKind, bool kFull, bool kAchievements>
JENJANG_INLINE void add_inner(Sums& s, const Tables& t, const ClassCode& c, unsigned node, const ClassCode& below,
                              unsigned child, int lane, double weight) {
  const LaneColumns& columns = t.lane[lane];
  const std::size_t row = static_cast<std::size_t>(child - t.leaves) * kRow;
  Offer offer;
  fetch_ahead((kAchievements ? columns.achievement : columns.value) + row, columns.state + row);
  offer.bytes = load_bytes(columns.state + row);
  if constexpr (kAchievements) {
    const B achieved = load_bytes(columns.achieved + row);
    offer.bytes = (offer.bytes & kFlagMask) | (achieved & kCodeMask);
  }
  JENJANG_PARTS (k) offer.value[k] = load((kAchievements ? columns.achievement : columns.value) + row + 4 * k);
  if constexpr (kKind == Kind::meeting) meet<false>(t, c, node, below, child, lane, offer);
  Months zeroed = 0;
  const Months present = note(s, c.missing, offer.bytes, zeroed);
  add_figure<kKind>(s, weight, offer, present, zeroed, false);
  if (kFull) cover_inner<kKind>(s, columns, t.lane[0], below.is_ratio, row, weight, present, offer.bytes);
}

// kLeavesOnly: a parent of the first level, where no child is inner. The sums of the two lanes have names of their own:
// an array of them would stay in memory.
template <Kind kKind, bool kFull, bool kAchievements, int kLanes, bool kLeavesOnly>
inline void parent(const Tables& t, const ClassCode& c, unsigned node) {
  Sums full_lane, valid_lane;
  Start<kKind>::set(full_lane);
  Start<kKind>::set(valid_lane);
  const unsigned inner = node - t.leaves;
  const Tie* const first = t.ties + t.edge_begin[inner];
  const Tie* const last = t.ties + t.edge_begin[inner + 1];
  double leaf_weights = 0;
  unsigned leaves = 0;
  for (const Tie* tie = first; tie != last; ++tie) {
    const unsigned child = tie->child_and_role;
    const double weight = tie->weight;
    if (!kLeavesOnly && child >= t.leaves) {
      const ClassCode& below = code_of(t, child);
      add_inner<kKind, kFull, kAchievements>(full_lane, t, c, node, below, child, 0, weight);
      if (kLanes == 2) add_inner<kKind, kFull, kAchievements>(valid_lane, t, c, node, below, child, 1, weight);
      continue;
    }
    const std::size_t row = static_cast<std::size_t>(child) * kRow;
    fetch_ahead(t.value + row, t.state + row);
    if (kAchievements || kFull) fetch_ahead(t.target + row);
    Offer offer;
    JENJANG_PARTS (k) offer.value[k] = load(t.value + row + 4 * k);
    const B raw = load_bytes(t.state + row);
    offer.bytes = raw & kLeafMask;
    const ClassCode& below = t.codes[0][t.class_of[child]];
    const bool owned = kFull && t.owner[child] == node;
    if (kAchievements || (owned && below.band_from != BandFrom::none)) {
      Judged judged;
      if constexpr (kAchievements && !kFull && kCheapMasks) {
        carry_leaf(t, below, child, offer.value, offer.bytes, judged);
      } else {
        judge_leaf<kAchievements>(t, below, child, offer.value, offer.bytes, owned ? t.leaf_band + row : nullptr,
                                  judged);
      }
      if constexpr (kAchievements) {
        JENJANG_PARTS (k) offer.value[k] = judged.figure[k];
        offer.bytes = (judged.achieved & kCodeMask) | (offer.bytes & kLeafFlags) | judged.flags;
      }
    } else if (owned) {
      store_bytes(reinterpret_cast<unsigned char*>(t.leaf_band + row), all_bytes(0xff));
    }
    if constexpr (kKind == Kind::meeting) meet<true>(t, c, node, below, child, 0, offer);
    if (kFull) {
      if (leaves == kMostLeaves) {
        flush_counts(full_lane, leaves);
        if (kLanes == 2) flush_counts(valid_lane, leaves);
        leaves = 0;
      }
      ++leaves;
      leaf_weights += weight;
    }
    add_leaf<kKind, kFull>(full_lane, c.missing, weight, offer);
    if (kLanes == 2) {
      // A measure without a formula has no achievement in either lane.
      const Months waits = kAchievements && below.formula == Formula::none ? 0 : waiting(raw);
      add_leaf<kKind, kFull>(valid_lane, c.missing, weight, validated(offer, raw, waits));
    }
  }
  finish<kKind, kLeavesOnly>(t, c, node, 0, full_lane, leaf_weights, kFull, leaves);
  if (kLanes == 2) finish<kKind, kLeavesOnly>(t, c, node, 1, valid_lane, leaf_weights, kFull, leaves);
}
