// Comparisons: one realised figure against several targets (decision 0027).
//
// A comparison exchanges the target and nothing else: formula, polarity, cap, zero rule and rounding are those of the
// measure, and the arithmetic is exact. SAKIP asks reports for the first four (3.b.3 to 3.b.6).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "jenjang/report/report.h"

namespace jenjang {

enum class Comparison : std::uint8_t {
  year,       // tahunan: the target of the cell's own period; of a year, the annual target
  plan_end,   // akhir: the last target that the document in force states
  last_year,  // tahun-lalu: the realisation of the same period a year before stands as the target
  nation,     // nasional: the national figure of that period, else the national target
};
std::span<const std::string_view> comparison_words();  // tahunan akhir tahun-lalu nasional
inline std::string_view to_string(Comparison x) {
  return comparison_words()[static_cast<std::size_t>(x)];
}
// "tahunan,akhir": in the order asked, repeats dropped. nullopt with the first unknown word in `unknown`.
std::optional<std::vector<Comparison>> parse_comparisons(std::string_view text, std::string* unknown);

// A row of `rollup` with its target and achievement exchanged. `row.state` is the state of the comparison: that of the
// realisation when it has no figure, "didefinisi-ulang" across a break of the definition, "tanpa-pembanding" when there
// is nothing to compare with, "tidak-berlaku" when the formula gives nothing for that target; else "nilai".
struct ComparisonRow {
  ResultRow row;
  std::string comparison;  // banding
  std::string against;     // pembanding: what stands as the target, e.g. "realisasi IKLH@64:2024"; empty: nothing
};
// For each row one row a comparison, in the order asked. `rows` come from result_rows of the same context.
std::vector<ComparisonRow> comparison_rows(const ExplainContext& context, std::span<const ResultRow> rows,
                                           std::span<const Comparison> asked);
// The columns of `rollup`, then banding and pembanding.
std::string write_rows(std::span<const ComparisonRow> rows, const WriteOptions& options);

}  // namespace jenjang
