// The inner loops: one step over a block of sheets, then the next, so that what a sheet's row holds is in the nearest
// cache while all steps pass over it. No branch depends on an answer.
#include <algorithm>
#include <span>

#include "engine/assess/bulk_program.h"

namespace jenjang {
namespace {

// What the children of a node came to together.
struct Together {
  std::int64_t points = 0, missing = 0, excluded = 0;
};

Together unpacked(std::int64_t packed) {
  return {(packed & kPointMask) - kPointHalf, packed >> kPointBits & kCountMask, packed >> (kPointBits + kCountBits)};
}

// The criteria of a step, of every sheet of the block: four sheets at a time, whose sums do not wait for each other.
void add_leaves(const BulkProgramParts& parts, const BulkStep& step, const BulkRows& rows, std::int64_t* packed) {
  const std::size_t width = parts.form.questions.size(), stride = parts.stride;
  std::fill_n(packed, rows.sheets, kPointHalf);
  for (const BulkStep::Run& run : step.runs) {
    const std::int64_t* const entries = parts.entries.data() + run.first * stride;
    std::size_t sheet = 0;
    for (; sheet + 4 <= rows.sheets; sheet += 4) {
      const BulkCode* const a = rows.codes + sheet * width + run.first;
      const BulkCode *const b = a + width, *const c = b + width, *const d = c + width;
      std::int64_t sums[4] = {};
      for (std::size_t i = 0; i < run.count; ++i) {
        const std::int64_t* const entry = entries + i * stride;
        sums[0] += entry[a[i]];
        sums[1] += entry[b[i]];
        sums[2] += entry[c[i]];
        sums[3] += entry[d[i]];
      }
      for (std::size_t k = 0; k < 4; ++k) packed[sheet + k] += sums[k];
    }
    for (; sheet < rows.sheets; ++sheet) {
      const BulkCode* const code = rows.codes + sheet * width + run.first;
      for (std::size_t i = 0; i < run.count; ++i) packed[sheet] += entries[i * stride + code[i]];
    }
  }
}

constexpr auto kValue = static_cast<std::uint8_t>(BulkStanding::value);
constexpr auto kUnanswered = static_cast<std::uint8_t>(BulkStanding::unanswered);
constexpr auto kNotApplicable = static_cast<std::uint8_t>(BulkStanding::not_applicable);

std::uint8_t standing_of(bool strict, const Together& all, std::int64_t present) {
  const std::uint8_t without = all.missing > 0 ? kUnanswered : kNotApplicable;
  return present == 0 || (strict && all.missing > 0) ? without : kValue;
}

// What the loops ask again and again, in locals: a byte that is stored might be any other object for the compiler.
struct Places {
  Places(const BulkProgramParts& parts, const BulkStep& step, const BulkRows& rows)
      : inner(parts.inner.size()),
        columns(parts.form.columns),
        children(static_cast<std::int64_t>(step.children)),
        strict(step.strict),
        zero(step.zero),
        numbers(step.numbers),
        inners(step.inners),
        figures(rows.numbers),
        units(rows.units),
        standings(rows.standings) {}
  std::size_t inner, columns;
  std::int64_t children;
  bool strict, zero;
  std::span<const BulkTerm> numbers, inners;
  const std::int64_t* figures;
  std::int64_t* units;
  std::uint8_t* standings;
};

void add_up(const BulkProgramParts& parts, const BulkStep& step, const BulkRows& rows) {
  const Places at(parts, step, rows);
  const std::int64_t* const by_present = step.by_present.empty() ? nullptr : step.by_present.data();
  const bool all_or_none = step.kind == BulkStep::Kind::mean && by_present == nullptr;
  const std::size_t sheets = rows.sheets;
  std::uint8_t* const beyond = rows.beyond;
  std::int64_t* units = at.units + step.inner;
  std::uint8_t* standings = at.standings + step.inner;
  std::int64_t packed[kBulkBlock];
  add_leaves(parts, step, rows, packed);
  for (std::size_t sheet = 0; sheet < sheets; ++sheet) {
    Together all = unpacked(packed[sheet]);
    for (const BulkTerm& term : at.numbers) all.points += at.figures[sheet * at.columns + term.from] * term.times;
    for (const BulkTerm& term : at.inners) {
      const std::size_t child = sheet * at.inner + term.from;
      all.points += at.units[child] * term.times;  // nought where there is no figure
      all.missing += at.standings[child] == kUnanswered && !at.zero ? 1 : 0;
      all.excluded += at.standings[child] == kNotApplicable ? 1 : 0;
    }
    const std::int64_t present = at.children - all.missing - all.excluded;
    const std::uint8_t standing = standing_of(at.strict, all, present);
    if (by_present != nullptr) all.points *= by_present[present];
    if (all_or_none) beyond[sheet] |= standing == kValue && present != at.children ? 1 : 0;
    *units = standing == kValue ? all.points : 0;
    *standings = standing;
    units += at.inner;
    standings += at.inner;
  }
}

// The least or the most of what is there.
template <bool kLeast>
void take_extreme(const BulkProgramParts& parts, const BulkStep& step, const BulkRows& rows) {
  const std::size_t width = parts.form.questions.size(), inner = parts.inner.size();
  constexpr std::int64_t kNone = kLeast ? INT64_MAX : INT64_MIN;
  for (std::size_t sheet = 0; sheet < rows.sheets; ++sheet) {
    const BulkCode* const codes = rows.codes + sheet * width;
    std::int64_t best = kNone;
    Together all;
    const auto take = [&](std::int64_t points, std::int64_t missing, std::int64_t excluded) {
      const std::int64_t here = missing + excluded > 0 ? kNone : points;
      best = kLeast ? std::min(best, here) : std::max(best, here);
      all.missing += missing;
      all.excluded += excluded;
    };
    for (const BulkStep::Run& run : step.runs) {
      for (std::size_t i = run.first; i < run.first + run.count; ++i) {
        if (parts.form.questions[i].kind == BulkQuestion::Kind::number) continue;
        const Together one = unpacked(parts.entries[i * parts.stride + codes[i]] + kPointHalf);
        take(one.points, one.missing, one.excluded);
      }
    }
    for (const BulkTerm& term : step.numbers) {
      const std::int64_t missing = codes[term.question] == kBulkUnanswered && !step.zero ? 1 : 0;
      take(rows.numbers[sheet * parts.form.columns + term.from] * term.times, missing, 0);
    }
    for (const BulkTerm& term : step.inners) {
      const std::size_t child = sheet * inner + term.from;
      take(rows.units[child] * term.times, rows.standings[child] == kUnanswered && !step.zero ? 1 : 0,
           rows.standings[child] == kNotApplicable ? 1 : 0);
    }
    const std::uint8_t standing =
        standing_of(step.strict, all, static_cast<std::int64_t>(step.children) - all.missing - all.excluded);
    rows.units[sheet * inner + step.inner] = standing == kValue ? best : 0;
    rows.standings[sheet * inner + step.inner] = standing;
  }
}

void look_up(const BulkProgramParts& parts, const BulkStep& step, const BulkRows& rows) {
  const std::size_t width = parts.form.questions.size(), inner = parts.inner.size(), side = step.children + 1;
  std::int64_t packed[kBulkBlock];
  add_leaves(parts, step, rows, packed);
  for (std::size_t sheet = 0; sheet < rows.sheets; ++sheet) {
    const BulkCode* const codes = rows.codes + sheet * width;
    const Together all = unpacked(packed[sheet]);
    std::size_t set = 0;
    for (std::size_t i = 0; i < step.judgements; ++i) {
      const std::size_t question = step.first_judgement + i;
      set |= static_cast<std::size_t>(parts.entries[question * parts.stride + codes[question]]) << i;
    }
    const auto present =
        static_cast<std::size_t>(static_cast<std::int64_t>(step.children) - all.missing - all.excluded);
    const auto met = static_cast<std::size_t>(all.points);
    const std::uint8_t row = step.rows[(set * side + present) * side + met];
    std::uint8_t standing = standing_of(step.strict, all, static_cast<std::int64_t>(present));
    if (standing == kValue && row == 0) standing = kNotApplicable;
    rows.units[sheet * inner + step.inner] = standing == kValue ? step.row_units[row] : 0;
    rows.standings[sheet * inner + step.inner] = standing;
  }
}

// The band of a total: as many cuts as it does not reach.
void grade(const BulkProgramParts& parts, const BulkRows& rows) {
  const std::size_t inner = parts.inner.size(), cuts = parts.cuts.size();
  const bool has_bands = cuts > 0 || parts.open_end;
  for (std::size_t sheet = 0; sheet < rows.sheets; ++sheet) {
    const std::int64_t total = rows.units[sheet * inner];
    std::size_t band = 0;
    for (const std::int64_t cut : parts.cuts) band += total < cut ? 1 : 0;
    const bool none = !has_bands || rows.standings[sheet * inner] != kValue || total < parts.low ||
                      total >= parts.end || (band == cuts && !parts.open_end);
    rows.bands[sheet] = none ? kNoBand : static_cast<std::uint8_t>(band);
  }
}

}  // namespace

void run_steps(const BulkProgramParts& parts, const BulkRows& rows) {
  for (const BulkStep& step : parts.steps) {
    switch (step.kind) {
      case BulkStep::Kind::sum:
      case BulkStep::Kind::mean:
        add_up(parts, step, rows);
        break;
      case BulkStep::Kind::least:
        take_extreme<true>(parts, step, rows);
        break;
      case BulkStep::Kind::most:
        take_extreme<false>(parts, step, rows);
        break;
      case BulkStep::Kind::table:
        look_up(parts, step, rows);
        break;
    }
  }
  grade(parts, rows);
}

}  // namespace jenjang
