// A parent that is a ratio: pairs of ratios below, and operands of its own, which together count as one more child.
// Included once by every kernel unit.

JENJANG_INLINE void add_operand(Sums& s, const Offer& offer, bool below_the_line, double weight) {
  const B code = offer.bytes & kCodeMask;
  s.own_reason = larger(s.own_reason, code);
  s.flags |= offer.bytes & bytes_of(code == 0) & kHandedOn;
  if (below_the_line) s.own_below_missing |= bytes_of(code >= kAbsentFrom);
  // What is missing holds 0 and adds nothing.
  JENJANG_PARTS (k) (below_the_line ? s.own_below : s.own_above)[k] += offer.value[k] * all(weight);
}

JENJANG_INLINE void close_operands(Sums& s) {
  const B missing = bytes_of(s.own_reason >= kAbsentFrom);
  const B excluded = ~missing & (bytes_of(s.own_reason == kNotApplicable) | bytes_in(same(s.own_below, 0.0)));
  const B present = ~missing & ~excluded;
  s.present |= present;
  const Months pair = months_of(present), counts = months_of(~excluded);
  const Months below_known = counts & ~months_of(s.own_below_missing);
  s.reason = larger(s.reason, (s.own_reason & missing) | (excluded & kNotApplicable));
  JENJANG_PARTS (k) {
    s.known[k] += only(s.own_below[k], below_known, k);
    s.total[k] += only(s.own_above[k], pair, k);
    s.below[k] += only(s.own_below[k], pair, k);
    s.expected[k] += only(all(1.0), counts, k);
    s.covered[k] += only(all(1.0), pair, k);
    s.inner_covered_weight[k] += only(s.own_below[k], pair, k);
  }
}

template <bool kFull, int kLanes>
inline void ratio_parent(const Tables& t, const ClassCode& c, unsigned node) {
  Sums sums[kLanes];
  const unsigned inner = node - t.leaves;
  const Tie* const first = t.ties + t.edge_begin[inner];
  const Tie* const last = t.ties + t.edge_begin[inner + 1];
  bool operands = false;
  for (const Tie* tie = first; tie != last; ++tie) {
    const unsigned child = tie->child_and_role & ~kDenominatorBit;
    const bool below_the_line = (tie->child_and_role & kDenominatorBit) != 0;
    const double weight = tie->weight;
    if (child < t.leaves) {
      operands = true;
      const std::size_t row = static_cast<std::size_t>(child) * kRow;
      fetch_ahead(t.value + row, t.state + row);
      Offer offer;
      JENJANG_PARTS (k) offer.value[k] = load(t.value + row + 4 * k);
      const B raw = load_bytes(t.state + row);
      offer.bytes = raw & kLeafMask;
      if (kFull && t.owner[child] == node) {
        Judged judged;
        judge_leaf<false>(t, t.codes[0][t.class_of[child]], child, offer.value, offer.bytes, t.leaf_band + row, judged);
      }
      add_operand(sums[0], offer, below_the_line, weight);
      if constexpr (kLanes == 2) add_operand(sums[1], validated(offer, raw, waiting(raw)), below_the_line, weight);
      continue;
    }
    const std::size_t row = static_cast<std::size_t>(child - t.leaves) * kRow;
    const bool pair = !below_the_line && code_of(t, child).is_ratio;
    operands = operands || !pair;
    for (int lane = 0; lane < kLanes; ++lane) {
      const LaneColumns& columns = t.lane[lane];
      Sums& s = sums[lane];
      Offer offer;
      offer.bytes = load_bytes(columns.state + row);
      JENJANG_PARTS (k) offer.value[k] = load(columns.value + row + 4 * k);
      if (!pair) {
        add_operand(s, offer, below_the_line, weight);
        continue;
      }
      const std::size_t pair_row = static_cast<std::size_t>(t.pair_row[child - t.leaves]) * kRow;
      V denominator[kParts];
      JENJANG_PARTS (k) denominator[k] = load(columns.denominator + pair_row + 4 * k);
      const B complete = bytes_in(kAllMonths & ~same(denominator, 0.0));
      const B code = offer.bytes & kCodeMask;
      // Without a pair no child of a ratio, whatever figure of its own stands there.
      offer.bytes = (offer.bytes & kFlagMask) | (~complete & ((bytes_of(code == 0) & kEmptyCode) | code));
      Months zeroed = 0;
      const Months present = note(s, c.missing == Missing::zero ? Missing::skip : c.missing, offer.bytes, zeroed);
      const Months applies = months_of(bytes_of((offer.bytes & kCodeMask) != kNotApplicable));
      JENJANG_PARTS (k) {
        const V w = all(weight);
        s.total[k] += w * load(columns.numerator + pair_row + 4 * k);
        s.below[k] += w * denominator[k];
        if (kFull) {
          s.known[k] += only(w * load(columns.expected_weight + row + static_cast<std::size_t>(4 * k)), applies, k);
        }
      }
      if (kFull) cover_inner<Kind::ratio>(s, columns, t.lane[0], true, row, weight, present, offer.bytes);
    }
  }
  for (int lane = 0; lane < kLanes; ++lane) {
    if (operands) close_operands(sums[lane]);
    finish<Kind::ratio, false>(t, c, node, lane, sums[lane], 0, kFull, 0);
  }
}
