// Achievement, cap and band of the months of one node. Included once by every kernel unit.

constexpr unsigned char kCodeMask = 7, kFlagMask = 0xf8, kNotApplicable = 1, kAbsentFrom = 2, kEmptyCode = 5;
constexpr unsigned char kUnvalidatedBit = 8, kPartialBit = 16, kCappedBit = 64, kSignedBit = 128;
constexpr unsigned char kLeafFlags = kUnvalidatedBit | kSignedBit, kLeafMask = kCodeMask | kLeafFlags;
constexpr unsigned char kHandedOn = kUnvalidatedBit | kPartialBit | kSignedBit;

struct Judged {
  V figure[kParts];  // achievement after the cap, 0 where there is none
  B achieved;        // its state code, with kCappedBit
  B flags;           // kSignedBit where the error bounds do not hold for what is made of this achievement
};

JENJANG_INLINE Months numbers_in(B bytes) {
  return months_of(bytes_of((bytes & kCodeMask) == 0));
}

// Labels of figures on a coarse grid of sixteen bits, whose steps hold every threshold well inside. Returns the months
// whose step holds a threshold: only there can a figure lie near it.
JENJANG_INLINE Months place_coarsely(const ClassCode& c, const V figure[kParts], B& label) {
  V steps[kParts];
  JENJANG_PARTS (k) steps[k] = figure[k] * c.grid + c.phase;
  const H step = whole_parts(steps);
  H place = {}, near = {};
  for (int i = 0; i < c.thresholds; ++i) {
    place -= step < c.coarse[i];
    near |= step == c.coarse[i];
  }
  label = look_up(c.label, bytes_of_small(place));
#if defined(__AVX2__)
  // One bit a byte, two a cell.
  const __m256i x = as<__m256i>(near);
  if (_mm256_testz_si256(x, x) != 0) return 0;
  return static_cast<unsigned>(
             _mm_movemask_epi8(_mm_packs_epi16(_mm256_castsi256_si128(x), _mm256_extracti128_si256(x, 1)))) &
         kAllMonths;
#else
  Months months = 0;
  for (int i = 0; i < kHeld; ++i) months |= static_cast<unsigned>(near[i] & 1) << i;
  return months;
#endif
}

// How many thresholds are above a figure; they fall, and beyond the last there are none.
JENJANG_INLINE int thresholds_above(const ClassCode& c, double figure) {
  const V everywhere = all(figure);
  Months over = 0;
  for (int i = 0; i < c.thresholds; i += 4) over |= lanes(everywhere < load(c.threshold + i)) << i;
  return __builtin_ctz(~over);
}

// The labels of some months by the thresholds themselves; returns those that the error leaves in doubt. In the months
// of `exact` there is no error.
inline Months place_finely(const ClassCode& c, const V figure[kParts], const V slack[kParts], Months months,
                           Months exact, B& label) {
  if (months == 0) return 0;
  double figures[kRow], slacks[kRow];
  unsigned char labels[16];
  JENJANG_PARTS (k) {
    store(figures + 4 * k, figure[k]);
    store(slacks + 4 * k, slack[k]);
  }
  __builtin_memcpy(labels, &label, sizeof labels);
  Months doubt = 0;
  for (; months != 0; months &= months - 1) {
    const int m = __builtin_ctz(months);
    const double error = (exact >> m & 1) != 0 ? 0 : slacks[m];
    const double low = figures[m] - error, high = figures[m] + error;
    const int from = thresholds_above(c, high), to = error == 0 ? from : thresholds_above(c, low);
    labels[m] = static_cast<unsigned char>(c.label[from]);
    // What is no number is in doubt too.
    if (from != to || !(low <= high)) doubt |= 1U << m;
  }
  __builtin_memcpy(&label, labels, sizeof labels);
  return doubt;
}

// Raw achievements and the terms they are made of; returns the months in which the formula is plain: target above
// nought, and of L2 the figure too. None of a formula by rule.
JENJANG_INLINE Months achieve(const ClassCode& c, const V value[kParts], const V target[kParts], V raw[kParts],
                              V terms[kParts]) {
  if (c.formula >= Formula::l1) {
    if (c.formula == Formula::by_rule) {
      JENJANG_PARTS (k) raw[k] = terms[k] = V{};
      return 0;
    }
    JENJANG_PARTS (k) {
      const V over = all(100.0) * (value[k] - target[k]) / target[k];
      raw[k] = all(100.0) - over;
      terms[k] = all(300.0) + magnitude(over);
    }
  } else if (c.formula == Formula::l2) {
    JENJANG_PARTS (k) terms[k] = raw[k] = all(100.0) * target[k] / value[k];
    return above(target, 0.0) & above(value, 0.0);
  } else {
    JENJANG_PARTS (k) {
      raw[k] = all(100.0) * value[k] / target[k];
      terms[k] = magnitude(raw[k]);
    }
  }
  return above(target, 0.0);
}

// Targets of nought where less is better: met or missed, without an error. Returns these months.
inline Months meet_or_miss(const V value[kParts], const V target[kParts], V raw[kParts], V terms[kParts]) {
  const Months zero = same(target, 0.0);
  if (zero == 0) return zero;
  JENJANG_PARTS (k) {
    raw[k] = only(raw[k], ~zero, k) + only(pick(value[k] > 0.0, V{}, all(100.0)), zero, k);
    terms[k] = only(terms[k], ~zero, k);
  }
  return zero;
}

// Months with an achievement, of those with a figure; `special` those that need the exact side to have one.
JENJANG_INLINE Months judged_of(const ClassCode& c, const V target[kParts], Months present, Months usable,
                                Months& special) {
  Months judged = present;
  if (usable != kAllMonths) {
    judged &= same(target, target);
    // A target of nought under the rule `refuse` has no achievement, and needs no second look to say so.
    if (c.refuses_zero) judged &= ~same(target, 0.0);
    special |= judged & ~usable;
  }
  special &= judged;
  return judged;
}

JENJANG_INLINE void settle_row(const Tables& t, unsigned node, int lane, Months cells, Judged& out, signed char* band,
                               unsigned char* state) {
  double figures[kRow];
  unsigned char achieved[16] = {};
  const unsigned first = t.first_month;
  JENJANG_PARTS (k) store(figures + first + 4 * k, out.figure[k]);
  store_bytes(achieved + first, out.achieved);
  t.settle(t.context, node, lane, cells << first, figures, achieved, band == nullptr ? nullptr : band - first,
           state == nullptr ? nullptr : state - first);
  JENJANG_PARTS (k) out.figure[k] = load(figures + first + 4 * k);
  out.achieved = load_bytes(achieved + first);
}

// A figure known without an error, whose label was made once for its class.
JENJANG_INLINE void put_label(B& label, Months months, signed char known) {
  const B mask = bytes_in(months);
  label = (label & ~mask) | (all_bytes(static_cast<unsigned char>(known)) & mask);
}
JENJANG_INLINE Months at_cap(const ClassCode& c, const V figure[kParts]) {
  return c.has_cap ? same(figure, c.cap) : 0;
}

// Months whose achievement is a limit, whatever the error.
inline Months surely_limited(const ClassCode& c, const V value[kParts], const V target[kParts], const V slack[kParts]) {
  Months limited = 0;
  if (!c.has_cap && !c.has_floor) return limited;
  V raw[kParts], terms[kParts];
  achieve(c, value, target, raw, terms);
  JENJANG_PARTS (k) {
    if (c.has_cap) limited |= lanes(raw[k] - c.cap > slack[k] + c.cap * 0x1p-52) << (4 * k);
    if (c.has_floor) limited |= lanes(c.floor - raw[k] > slack[k] + c.floor * 0x1p-52) << (4 * k);
  }
  return limited;
}

// Formulas that take a difference, far below nought.
JENJANG_INLINE void mark_deep(const ClassCode& c, Judged& out) {
  if (c.formula < Formula::l1) return;
  const Months deep = below(out.figure, kDeepest);
  if (deep != 0) out.flags |= bytes_in(deep) & kSignedBit;
}

// A leaf: its band when `band` is not null, its achievement when a parent carries it (kCarried).
template <bool kCarried>
inline void judge_leaf(const Tables& t, const ClassCode& c, unsigned node, const V value[kParts], B bytes,
                       signed char* band, Judged& out) {
  const B code = bytes & kCodeMask;
  const Months present = numbers_in(bytes);
  Months special = months_of(bytes) & present;  // signed
  Months judged = present, usable = 0;
  V terms[kParts] = {}, target[kParts] = {};
  const bool measured = c.formula != Formula::none && c.formula != Formula::goal;
  if (measured) {
    const double* const target_row = t.target + static_cast<std::size_t>(node) * kRow;
    JENJANG_PARTS (k) target[k] = load(target_row + 4 * k);
    usable = achieve(c, value, target, out.figure, terms);
    if (c.zero_is_met && usable != kAllMonths) usable |= meet_or_miss(value, target, out.figure, terms);
    judged = judged_of(c, target, present, usable, special);
    if (kCarried) {
      out.achieved = code;
      if (judged != kAllMonths) {
        out.achieved |= bytes_in(present & ~judged) & kNotApplicable;
        JENJANG_PARTS (k) out.figure[k] = only(out.figure[k], judged, k);
      }
    }
  } else {
    JENJANG_PARTS (k) {
      out.figure[k] = c.formula == Formula::goal ? value[k] : V{};
      terms[k] = magnitude(out.figure[k]);
    }
    if (c.formula == Formula::none) judged = 0;
    out.achieved = c.formula == Formula::goal ? code : all_bytes(kNotApplicable);
  }
  if (c.has_cap)
    JENJANG_PARTS (k) out.figure[k] = smaller(out.figure[k], all(c.cap));
  if (c.has_floor) {
    JENJANG_PARTS (k) out.figure[k] = only(pick(out.figure[k] < c.floor, all(c.floor), out.figure[k]), judged, k);
  }
  Months doubt = 0;
  B label = all_bytes(0xff);
  if (c.band_from != BandFrom::none && band != nullptr) {
    const bool by_value = c.band_from == BandFrom::value;
    const V* const figure = by_value ? value : out.figure;
    const Months asked = by_value ? present : judged;
    Months near = c.no_grid ? asked : place_coarsely(c, figure, label) & asked;
    if (near != 0 && !by_value && measured && !c.divided) {
      // Realised as targeted, two equal decimals: 100 and no error. Common, and 100 is a cut of most scales. Nought for
      // nought is usable where it is met.
      const Months met = same(value, target) & usable & near;
      put_label(label, met, c.on_target_label);
      near &= ~met;
    }
    if (near != 0) {
      V slack[kParts];
      JENJANG_PARTS (k) slack[k] = by_value ? magnitude(value[k]) * c.value_eps : terms[k] * c.achievement_eps;
      const Months exact = !by_value && measured ? surely_limited(c, value, target, slack) & above(target, 0.0) : 0;
      const Months capped = exact & near & at_cap(c, figure);
      if (capped != 0) put_label(label, capped, c.capped_label);
      doubt = place_finely(c, figure, slack, near & ~capped, exact, label);
    }
    if (asked != kAllMonths) label |= bytes_in(kAllMonths & ~asked);
  }
  if (band != nullptr) store_bytes(reinterpret_cast<unsigned char*>(band), label);
  const Months cells = (special | doubt) & present;
  if (cells != 0 && (c.formula != Formula::none || c.band_from != BandFrom::none)) {
    if (!kCarried) out.achieved = code;
    if ((cells & special) != 0) settle_row(t, node, 0, cells & special, out, band, nullptr);
    if ((cells & ~special) != 0) {
      // The label alone is in doubt: what is carried stays as it was made, so that a sweep of values, which asks for no
      // label, carries the same bits.
      Judged labelled = out;
      settle_row(t, node, 0, cells & ~special, labelled, band, nullptr);
    }
  }
  if (kCarried) {
    out.flags = all_bytes(0);
    mark_deep(c, out);
  }
}

// Where a mask is a few instructions of the processor; elsewhere branches are the cheaper half.
#if defined(__AVX2__)
constexpr bool kCheapMasks = true;
#else
constexpr bool kCheapMasks = false;
#endif

// The achievement of a leaf for the parent that carries it, without a band: judge_leaf<true> for a sweep of values. The
// results of one person have formulas, limits and missing months by turns, which no processor guesses: masks instead of
// branches, but where cells are rare.
JENJANG_INLINE void carry_leaf(const Tables& t, const ClassCode& c, unsigned node, const V value[kParts], B bytes,
                               Judged& out) {
  if (c.formula == Formula::none || c.formula == Formula::goal || c.formula == Formula::by_rule) {
    judge_leaf<true>(t, c, node, value, bytes, nullptr, out);
    return;
  }
  const double* const target_row = t.target + static_cast<std::size_t>(node) * kRow;
  const M l1 = M{} + c.is_l1, l2 = M{} + c.is_l2;
  V target[kParts];
  JENJANG_PARTS (k) {
    target[k] = load(target_row + 4 * k);
    const V over = pick(l1, value[k] - target[k], pick(l2, target[k], value[k]));
    const V raw = all(100.0) * over / pick(l2, value[k], target[k]);
    out.figure[k] = pick(l1, all(100.0) - raw, raw);
  }
  const B code = bytes & kCodeMask;
  const Months present = numbers_in(bytes);
  Months special = months_of(bytes) & present;  // signed
  Months usable = above(target, 0.0) & (above(value, 0.0) | ~static_cast<Months>(c.is_l2));
  if (c.zero_is_met && usable != kAllMonths) {
    V terms[kParts] = {};
    usable |= meet_or_miss(value, target, out.figure, terms);
  }
  const Months judged = judged_of(c, target, present, usable, special);
  out.achieved = code | (bytes_in(present & ~judged) & kNotApplicable);
  M deep = {};
  JENJANG_PARTS (k) {
    const V figure = smaller(only(out.figure[k], judged, k), all(c.most));
    out.figure[k] = only(pick(figure < c.least, all(c.least), figure), judged, k);
    deep |= out.figure[k] < c.deepest;
  }
  out.flags = all_bytes(0);
  if ((special & present) == 0 && lanes(deep) == 0) return;
  if ((special & present) != 0) settle_row(t, node, 0, special & present, out, nullptr, nullptr);
  mark_deep(c, out);
}

// An inner node of one lane: achievement, band (when it is not null), and where the exact side had to decide.
inline void judge_inner(const Tables& t, const ClassCode& c, unsigned node, int lane, const V value[kParts], B bytes,
                        signed char* band, unsigned char* state, Judged& out) {
  const B code = bytes & kCodeMask;
  const Months present = numbers_in(bytes);
  Months special = months_of(bytes) & present;  // signed
  Months doubt = 0, judged = present, sure = 0;
  V terms[kParts];
  out.flags = all_bytes(0);
  out.achieved = code;
  const bool measured = c.formula != Formula::none && c.formula != Formula::goal;
  if (measured) {
    const double* const target_row = t.target + static_cast<std::size_t>(node) * kRow;
    V target[kParts];
    JENJANG_PARTS (k) target[k] = load(target_row + 4 * k);
    Months usable = achieve(c, value, target, out.figure, terms);
    Months small = 0;
    if (c.value_offset > 0) {
      if (c.formula == Formula::l2) {
        JENJANG_PARTS (k) terms[k] += out.figure[k] * c.value_offset / value[k];
      } else {
        JENJANG_PARTS (k) terms[k] += all(100.0) * c.value_offset / target[k];
      }
      small = below(target, c.least_target);
    } else if (c.zero_is_met && usable != kAllMonths) {
      // Figures without an offset are sums of none below nought: nought only if all are.
      usable |= meet_or_miss(value, target, out.figure, terms);
    }
    judged = judged_of(c, target, present, usable, special);
    special |= small & judged;
    if (judged != kAllMonths) {
      out.achieved |= bytes_in(present & ~judged) & kNotApplicable;
      JENJANG_PARTS (k) out.figure[k] = only(out.figure[k], judged, k);
    }
  } else {
    JENJANG_PARTS (k) {
      out.figure[k] = c.formula == Formula::goal ? value[k] : V{};
      terms[k] = magnitude(value[k]) + c.value_offset;
    }
    if (c.formula == Formula::none) {
      out.achieved = all_bytes(kNotApplicable);
      judged = 0;
    }
  }
  const double eps = measured ? c.achievement_eps : c.value_eps;
  if ((c.has_cap || c.has_floor) && judged != 0) {
    Months limited = 0;
    if (c.has_cap) {
      const double slack = c.cap * 0x1p-52;
      V over[kParts];
      Months close = 0;
      JENJANG_PARTS (k) {
        over[k] = out.figure[k] - c.cap;
        close |= lanes(magnitude(over[k]) <= terms[k] * eps + slack) << (4 * k);
        out.figure[k] = smaller(out.figure[k], all(c.cap));
      }
      limited = above(over, 0.0);
      doubt |= close;
    }
    if (c.has_floor) {
      JENJANG_PARTS (k) {
        const V raw = out.figure[k];
        const M under = raw < c.floor;
        limited |= lanes(under) << (4 * k);
        doubt |= lanes(magnitude(raw - c.floor) <= terms[k] * eps + c.floor * 0x1p-52) << (4 * k);
        out.figure[k] = only(pick(under, all(c.floor), raw), judged, k);
      }
    }
    limited &= judged;
    doubt &= judged;
    sure = limited & ~doubt;
    if (limited != 0) out.achieved |= bytes_in(limited) & kCappedBit;
  }
  if (c.offered) mark_deep(c, out);
  B label = all_bytes(0xff);
  if (c.band_from != BandFrom::none && band != nullptr) {
    const bool by_value = c.band_from == BandFrom::value;
    const V* const figure = by_value ? value : out.figure;
    const Months asked = by_value ? present : judged;
    Months near = c.no_grid ? asked : place_coarsely(c, figure, label) & asked;
    // A limit that bit is exact; its neighbourhood was settled above.
    const Months exact = by_value ? 0 : sure;
    if (const Months capped = exact & near; capped != 0) {
      const Months at = capped & at_cap(c, figure);
      put_label(label, at, c.capped_label);
      near &= ~at;
    }
    if (near != 0) {
      V slack[kParts];
      JENJANG_PARTS (k) {
        slack[k] = by_value ? (magnitude(value[k]) + c.value_offset) * c.value_eps : terms[k] * eps;
      }
      doubt |= place_finely(c, figure, slack, near, exact, label);
    }
    if (asked != kAllMonths) label |= bytes_in(kAllMonths & ~asked);
  }
  if (band != nullptr) store_bytes(reinterpret_cast<unsigned char*>(band), label);
  // The value itself is made anew where something below is out of range, whatever is to be decided on it.
  Months cells = months_of(bytes) & present;
  if (c.formula != Formula::none || c.band_from != BandFrom::none) cells |= (special | doubt) & present;
  cells &= t.months;
  if (cells == 0) return;
  settle_row(t, node, lane, cells, out, band, state);
  out.flags &= ~bytes_in(cells);
}
