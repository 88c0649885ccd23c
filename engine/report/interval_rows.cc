#include "engine/report/interval_rows.h"

#include "engine/explain/figures.h"

namespace jenjang {
namespace {

// No limit is known on this side.
constexpr std::string_view kOpen = "terbuka";
// An outer bound: no figure can come to lie beyond the ends, but perhaps none reaches them either. Blank: both can.
constexpr std::string_view kOuter = "luar";

}  // namespace

IntervalFiller::IntervalFiller(const ExplainContext& context, Lane lane)
    : context_(context), intervals_(context.model, context.targets, context.facts, lane, context.result.as_of()) {}

std::string IntervalFiller::print(const std::optional<Rational>& end, const MeasureSpec& spec) const {
  if (!end) return std::string(kOpen);
  if (spec.polarity == Polarity::grade && spec.grade_scale.valid()) {
    std::string label = grade_label(context_.model.scale(spec.grade_scale), end->to_double());
    if (!label.empty()) return label;
  }
  return print_rounded(end->to_double(), spec.rounding, [&] { return end; });
}

void IntervalFiller::fill(ResultRow& row, Period period) {
  row.has_interval = true;
  const Model& model = context_.model;
  const MeasureSpec& spec = model.item(row.node).spec;
  const std::optional<PossibleRange> range = intervals_.value(row.node, period);
  if (!range) return;
  row.lowest = print(range->least, spec);
  row.highest = print(range->most, spec);
  if (!range->attained) row.interval_bounds = kOuter;
  const int band = intervals_.certain_band(row.node, period);
  if (band < 0) return;
  const ScaleId id = spec.value_bands.valid()   ? spec.value_bands
                     : spec.grade_scale.valid() ? spec.grade_scale
                                                : spec.achievement_bands;
  const Scale& scale = model.scale(id);
  const auto index = static_cast<std::size_t>(band);
  row.certain_predicate = scale.kind == Scale::Kind::bands ? scale.bands[index].label : scale.grades[index].label;
}

void add_interval_columns(Table& table, bool any_outer) {
  table.columns.push_back({"terendah", ColumnKind::figure});
  table.columns.push_back({"tertinggi", ColumnKind::figure});
  table.columns.push_back({"predikat_pasti", ColumnKind::text});
  table.columns.push_back({"ujung_selang", ColumnKind::text});
  table.columns.back().in_text = any_outer;
}

void add_interval_cells(std::vector<std::string>& cells, const ResultRow& row) {
  cells.push_back(row.lowest);
  cells.push_back(row.highest);
  cells.push_back(row.certain_predicate);
  cells.push_back(row.interval_bounds);
}

}  // namespace jenjang
