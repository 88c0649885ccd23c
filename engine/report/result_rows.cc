#include <algorithm>

#include "jenjang/base/text.h"

#include "engine/explain/figures.h"
#include "engine/report/interval_rows.h"
#include "engine/report/rows.h"

namespace jenjang {
namespace {

class ResultRowMaker {
public:
  ResultRowMaker(const ExplainContext& context, const RowFilter& filter, Lane lane, std::string_view lane_word)
      : context_(context), filter_(filter), lane_(lane), lane_word_(lane_word), figures_(context, lane) {}

  std::vector<ResultRow> make(bool only_differences) {
    std::vector<ResultRow> rows;
    const Model& model = context_.model;
    const PeriodGrid& grid = context_.result.grid();
    std::size_t seen = 0;
    for (const NodeId node : reading_order(model)) {
      look_now_and_then(filter_.watch, Stage::rows, seen++, model.node_count());
      if (!matches(model, filter_, node)) continue;
      for (std::size_t s = 0; s < grid.size(); ++s) {
        const SlotId slot = SlotId::from_index(s);
        if (!matches(filter_, grid[slot]) || !context_.result.is_relevant(node, slot)) continue;
        const ResultCell& cell = context_.result.at(node, slot, lane_);
        if (only_differences && !differs(node, slot, cell)) continue;
        ResultRow row = row_of(node, slot, cell);
        if (filter_.document.empty() || row.document == filter_.document) rows.push_back(std::move(row));
      }
    }
    return rows;
  }

private:
  // Whether this lane says something else than the full one: in its state, its figure, who reported, or for how many
  // months. Figures that are one but for the way their doubles were added up are the same figure.
  bool differs(NodeId node, SlotId slot, const ResultCell& cell) {
    const ResultCell& full = context_.result.at(node, slot, Lane::all);
    if (cell.state != full.state || cell.covered != full.covered) return true;
    if (!is_near(cell.covered_weight, full.covered_weight)) return true;
    if (cell.state != CellState::value) return false;
    const Period period = context_.result.grid()[slot];
    const bool in_time = period.granularity() != Granularity::month;
    if (in_time && (cell.covered_months != full.covered_months || cell.expected_months != full.expected_months)) {
      return true;
    }
    if (!is_near(cell.value, full.value)) return true;
    if (cell.value == full.value && (full.flags & kTouchedUnvalidated) == 0) return false;
    if (!full_figures_) full_figures_.emplace(context_, Lane::all);
    return figures_.exact().value(node, period) != full_figures_->exact().value(node, period);
  }

  ResultRow row_of(NodeId node, SlotId slot, const ResultCell& cell) {
    const Model& model = context_.model;
    const Item& item = model.item(node);
    const Period period = context_.result.grid()[slot];
    ResultRow row;
    row.node = node;
    row.address = model.address(node, period);
    row.document = document_of(model, node, period);
    row.indicator = item.code;
    row.unit = model.unit(node).path;
    row.period = period.to_string();
    row.unit_name = item.spec.unit_name;
    if (const TargetCell* target = context_.targets.find(node, period)) row.target = target->target.to_string();
    row.realisation = figures_.value(node, slot);
    row.achievement_raw = figures_.achievement_raw(node, slot);
    row.achievement = figures_.achievement(node, slot);
    const AchievementSpec& spec = item.spec.achievement;
    if (spec.formula != AchievementFormula::none) {
      row.formula = to_string(spec.formula);
      if (spec.cap) row.cap = spec.cap->to_string();
    }
    row.rounding = print_rounding(spec.formula != AchievementFormula::none ? spec.rounding : item.spec.rounding);
    // Result columns are data: they keep the Indonesian words in every language.
    row.predicate = predicate_of(context_, node, slot, lane_, Language::indonesian).printed;
    row.covered = std::to_string(cell.covered);
    row.expected = std::to_string(cell.expected);
    if (cell.expected_weight > 0) row.covered_weight = coverage_text(cell.covered_weight, cell.expected_weight);
    row.lane = lane_word_;
    row.touched_unvalidated = (cell.flags & kTouchedUnvalidated) != 0 ? "ya" : "tidak";
    row.state = state_text(cell, item.spec, period);
    row.labels = join(cell_labels(context_, node, slot, lane_, LabelScope::row), " ");
    if (filter_.intervals) {
      if (!intervals_) intervals_.emplace(context_, lane_);
      intervals_->fill(row, period);
    }
    if (filter_.exact_values && cell.state == CellState::value) {
      if (const auto exact = figures_.exact().value(node, period)) row.exact_realisation = print_exact(*exact);
      if (const auto exact = figures_.exact().achievement_raw(node, period))
        row.exact_achievement = print_exact(*exact);
    }
    return row;
  }

  const ExplainContext& context_;
  const RowFilter& filter_;
  Lane lane_;
  std::string_view lane_word_;
  FigurePrinter figures_;
  std::optional<FigurePrinter> full_figures_;  // for comparing lanes
  std::optional<IntervalFiller> intervals_;
};

}  // namespace

std::vector<ResultRow> result_rows(const ExplainContext& context, const RowFilter& filter, bool validated_only) {
  // Without an unvalidated fact the lanes are one, and the full lane is the validated one.
  const bool second = validated_only && context.result.has_validated_lane();
  const std::string_view word = to_string(validated_only ? Lane::validated : Lane::all);
  return ResultRowMaker(context, filter, second ? Lane::validated : Lane::all, word).make(false);
}

std::vector<ResultRow> rows_of_both_lanes(const ExplainContext& context, const RowFilter& filter) {
  std::vector<ResultRow> all = result_rows(context, filter, false);
  std::vector<ResultRow> differing = lane_difference_rows(context, filter);
  // Both lists are in reading order, and a differing cell stands in the full one too.
  std::vector<ResultRow> rows;
  rows.reserve(all.size() + differing.size());
  std::size_t next = 0;
  for (ResultRow& row : all) {
    rows.push_back(std::move(row));
    if (next < differing.size() && differing[next].address == rows.back().address) {
      rows.push_back(std::move(differing[next++]));
    }
  }
  return rows;
}

std::vector<ResultRow> lane_difference_rows(const ExplainContext& context, const RowFilter& filter) {
  if (!context.result.has_validated_lane()) return {};
  return ResultRowMaker(context, filter, Lane::validated, to_string(Lane::validated)).make(true);
}

Table result_table(std::span<const ResultRow> rows, const WriteOptions& options) {
  Table table;
  table.kind = "rollup";
  table.columns = {{"alamat", ColumnKind::code},
                   {"dokumen", ColumnKind::code, false},
                   {"indikator", ColumnKind::code, false},
                   {"unit", ColumnKind::code, false},
                   {"periode", ColumnKind::code, false},
                   {"satuan", ColumnKind::text},
                   {"target", ColumnKind::figure},
                   {"realisasi", ColumnKind::figure},
                   {"capaian_mentah", ColumnKind::figure},
                   {"capaian", ColumnKind::figure},
                   {"rumus", ColumnKind::text, false},
                   {"batas", ColumnKind::figure, false},
                   {"pembulatan", ColumnKind::text, false},
                   {"predikat", ColumnKind::text},
                   {"cakupan_n", ColumnKind::count},
                   {"cakupan_dari", ColumnKind::count},
                   {"cakupan_bobot", ColumnKind::figure},
                   {"lajur", ColumnKind::text, false},
                   {"tersentuh_belum_valid", ColumnKind::text, false},
                   {"status", ColumnKind::text},
                   {"tanda", ColumnKind::text}};
  // The narrow table names the lane only where there are two.
  const auto other_lane = [&](const ResultRow& row) { return row.lane != rows.front().lane; };
  if (std::any_of(rows.begin(), rows.end(), other_lane)) {
    const auto lane = std::find_if(table.columns.begin(), table.columns.end(),
                                   [](const TableColumn& column) { return column.name == "lajur"; });
    lane->in_text = true;
  }
  const bool exact = options.format == OutputFormat::json;
  if (exact) {
    table.columns.push_back({"realisasi_tepat", ColumnKind::figure});
    table.columns.push_back({"capaian_mentah_tepat", ColumnKind::figure});
  }
  const bool intervals = !rows.empty() && rows.front().has_interval;
  if (intervals) {
    add_interval_columns(table, std::any_of(rows.begin(), rows.end(),
                                            [](const ResultRow& row) { return !row.interval_bounds.empty(); }));
  }
  table.rows.reserve(rows.size());
  for (const ResultRow& r : rows) {
    look_now_and_then(options.watch, Stage::text, table.rows.size(), 2 * rows.size());
    table.rows.push_back({r.address,
                          r.document,
                          r.indicator,
                          r.unit,
                          r.period,
                          r.unit_name,
                          r.target,
                          r.realisation,
                          r.achievement_raw,
                          r.achievement,
                          r.formula,
                          r.cap,
                          r.rounding,
                          r.predicate,
                          r.covered,
                          r.expected,
                          r.covered_weight,
                          r.lane,
                          r.touched_unvalidated,
                          r.state,
                          r.labels});
    if (exact) {
      table.rows.back().push_back(r.exact_realisation);
      table.rows.back().push_back(r.exact_achievement);
    }
    if (intervals) add_interval_cells(table.rows.back(), r);
  }
  return table;
}

std::string write_rows(std::span<const ResultRow> rows, const WriteOptions& options) {
  return write_table(result_table(rows, options), options);
}

}  // namespace jenjang
