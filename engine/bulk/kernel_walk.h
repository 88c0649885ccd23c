// The walk over a level, every parent by the kernel of its kind. Included once by every kernel unit.

template <bool kFull, int kLanes, bool kLeavesOnly>
inline void any_parent(const Tables& t, const ClassCode& c, unsigned node) {
  const bool achievements = c.carries_achievement;
  switch (c.kind) {
    case Kind::sum:
      return achievements ? parent<Kind::sum, kFull, true, kLanes, kLeavesOnly>(t, c, node)
                          : parent<Kind::sum, kFull, false, kLanes, kLeavesOnly>(t, c, node);
    case Kind::mean:
      return achievements ? parent<Kind::mean, kFull, true, kLanes, kLeavesOnly>(t, c, node)
                          : parent<Kind::mean, kFull, false, kLanes, kLeavesOnly>(t, c, node);
    case Kind::ratio:
      return ratio_parent<kFull, kLanes>(t, c, node);
    case Kind::least:
      return achievements ? parent<Kind::least, kFull, true, kLanes, kLeavesOnly>(t, c, node)
                          : parent<Kind::least, kFull, false, kLanes, kLeavesOnly>(t, c, node);
    case Kind::most:
      return achievements ? parent<Kind::most, kFull, true, kLanes, kLeavesOnly>(t, c, node)
                          : parent<Kind::most, kFull, false, kLanes, kLeavesOnly>(t, c, node);
    case Kind::meeting:
      return parent<Kind::meeting, kFull, false, kLanes, kLeavesOnly>(t, c, node);
  }
}

template <bool kFull, int kLanes>
void walk(const Tables& t, std::size_t level, unsigned first, unsigned last) {
  const ClassCode* const codes = t.codes[level];
  for (unsigned node = first; node < last; ++node) {
    const ClassCode& c = codes[t.class_of[node]];
    level == 1 ? any_parent<kFull, kLanes, true>(t, c, node) : any_parent<kFull, kLanes, false>(t, c, node);
  }
}

void walk_values(const Tables& t, std::size_t level, unsigned first, unsigned last) {
  walk<false, 1>(t, level, first, last);
}
void walk_full(const Tables& t, std::size_t level, unsigned first, unsigned last) {
  t.two_lanes ? walk<true, 2>(t, level, first, last) : walk<true, 1>(t, level, first, last);
}

// Leaves that nobody owns; the others were judged with their owners.
void walk_lone_leaves(const Tables& t, std::size_t, unsigned first, unsigned last) {
  for (unsigned node = first; node < last; ++node) {
    if (t.owner[node] != kNobody) continue;
    const std::size_t row = static_cast<std::size_t>(node) * kRow;
    V value[kParts];
    JENJANG_PARTS (k) value[k] = load(t.value + row + 4 * k);
    const B bytes = load_bytes(t.state + row) & kLeafMask;
    Judged judged;
    judge_leaf<false>(t, t.codes[0][t.class_of[node]], node, value, bytes, t.leaf_band + row, judged);
  }
}
