// Rows of nodes as CSV, the same bytes as those of the general engine.
#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <string>

#include "engine/explain/figures.h"
#include "engine/report/writers.h"
#include "engine/workspace/flat_interval_writer.h"
#include "engine/workspace/flat_year.h"

namespace jenjang::flat {

using bulk::cell_state;
using bulk::RowFacts;
using bulk::StateByte;

// The rows of nodes, one after the other, into one buffer: what is said of a node and its item is kept from row to row.
class RowWriter {
public:
  explicit RowWriter(bool validated_only) : validated_only_(validated_only) {}

  void add_node(const YearSource& source, std::uint32_t node) {
    const std::uint32_t slots = source.year().rows.slots[node] & source.wanted();
    if (slots == 0) return;
    name(source, node);
    for (std::size_t slot = 0; slot < kYearSlots; ++slot) {
      if ((slots >> slot & 1U) == 0) continue;
      const FlatGrid& grid = source.grid(slot);
      const std::size_t at = slot < kCoarse ? slot : slot - kCoarse;
      if (validated_only_) {
        add_row(source, grid, node, slot, at, source.has_validated_lane() ? Lane::validated : Lane::all,
                Lane::validated);
        continue;
      }
      add_row(source, grid, node, slot, at, Lane::all, Lane::all);
      if (source.has_validated_lane() && differs(grid, node, slot, at)) {
        add_row(source, grid, node, slot, at, Lane::validated, Lane::validated);
      }
    }
  }

  TextBuffer out;

private:
  // Everything of a row that its node alone decides.
  void name(const YearSource& source, std::uint32_t node) {
    const snapshot::PlanNames& names = source.year().names;
    const std::uint32_t item = names.node_item[node];
    if (item != item_ || source.year().plan.class_of[node] != class_) {
      item_ = item;
      class_ = source.year().plan.class_of[node];
      name_item(source, node, item);
    }
    const std::string_view unit = names.unit(node);
    bare_code_ = names.code(node);
    bare_unit_ = unit_ = unit;
    quoted_ = needs_quotes(bare_code_, ',') || needs_quotes(unit, ',');
    if (quoted_) {
      quoted_unit_ = csv_text(unit);
      unit_ = quoted_unit_;
      const std::string address = csv_text(names.address(node) + ":2");
      quoted_ = address.front() == '"';
      // A field in quotes ends with one, which comes behind the period.
      if (quoted_) address_ = address.substr(0, address.size() - 2);
    }
    const auto document = [&](std::uint32_t id, std::uint32_t& known, std::string& text) {
      if (id == known) return;
      known = id;
      text = id == snapshot::kNoDocument ? std::string() : csv_text(names.documents[id]);
    };
    document(names.node_document[node], year_document_id_, year_document_);
    document(names.item_document[item], other_document_id_, other_document_);
    bounds_ = nullptr;
    widest_ = 700 + address_.size() + bare_code_.size() + bare_unit_.size() + unit_.size() + code_.size() +
              unit_word_.size() + tail_.size() + std::max(year_document_.size(), other_document_.size()) +
              widest_predicate_;
    intervals_.forget();
  }

  void name_item(const YearSource& source, std::uint32_t node, std::uint32_t item) {
    const snapshot::PlanNames& names = source.year().names;
    const AchievementSpec& spec = source.year().plan.measure(node).achievement;
    const auto formula = static_cast<AchievementFormula>(names.item_formula[item]);
    code_ = csv_text(names.code(node));
    unit_word_ = csv_text(names.unit_word(node));
    value_rounding_ = names.rounding(node);
    achievement_rounding_ = spec.rounding;
    tail_ = ",";
    if (formula != AchievementFormula::none) {
      tail_ += csv_text(to_string(formula)) + "," + (spec.cap ? spec.cap->to_string() : std::string());
    } else {
      tail_ += ",";
    }
    tail_ += "," + print_rounding(formula != AchievementFormula::none ? spec.rounding : value_rounding_) + ",";
    widest_predicate_ = 0;
    for (const std::string& label : source.class_text(node).predicates) {
      widest_predicate_ = std::max(widest_predicate_, label.size());
    }
  }

  struct Cover {
    std::uint32_t covered = 0, expected = 0;
    double covered_weight = 0, expected_weight = 0;
  };
  static Cover cover_of(const bulk::LaneView& view, std::uint32_t node, std::size_t at, CellState state) {
    if (view.is_leaf(node)) {
      const std::uint32_t covered = state == CellState::value ? 1 : 0;
      const std::uint32_t expected = state == CellState::not_applicable ? 0 : 1;
      return {covered, expected, static_cast<double>(covered), static_cast<double>(expected)};
    }
    const std::size_t inner = view.at(node, at);
    return {view.inner->covered[inner], view.inner->expected[inner], view.inner->covered_weight[inner],
            view.inner->expected_weight[inner]};
  }

  // Whether the validated lane says something else, decided as result_rows decides it.
  bool differs(const FlatGrid& grid, std::uint32_t node, std::size_t slot, std::size_t at) {
    const bulk::LaneView &all = grid.view(Lane::all), &valid = grid.view(Lane::validated);
    const StateByte byte = all.state(node, at);
    const CellState a = cell_state(byte), b = cell_state(valid.state(node, at));
    if (a != b) return true;
    if (!all.is_leaf(node)) {
      const Cover one = cover_of(all, node, at, a), other = cover_of(valid, node, at, b);
      if (one.covered != other.covered || !is_near(one.covered_weight, other.covered_weight)) return true;
    }
    if (a != CellState::value) return false;
    if (slot < kCoarse) {
      const FlatGrid::Reports mine = grid.reports(Lane::all, node, at),
                              theirs = grid.reports(Lane::validated, node, at);
      if (mine.covered != theirs.covered || mine.expected != theirs.expected) return true;
    }
    const double one = all.value(node, at), other = valid.value(node, at);
    if (!is_near(one, other)) return true;
    if (one == other && (byte & bulk::kUnvalidated) == 0) return false;
    const bulk::ClassBounds& bounds = grid.bounds_of(node);
    const FlatFigure x = grid.value(Lane::all, node, at, bounds), y = grid.value(Lane::validated, node, at, bounds);
    if (x.whole && y.whole && x.whole->den == y.whole->den) return x.whole->num != y.whole->num;
    const auto quick = grid.quick_value(Lane::all, node, at), valid_quick = grid.quick_value(Lane::validated, node, at);
    if (quick && valid_quick) return quick->num * valid_quick->den != valid_quick->num * quick->den;
    return grid.exact_value(Lane::all, node, at) != grid.exact_value(Lane::validated, node, at);
  }

  void add_row(const YearSource& source, const FlatGrid& grid, std::uint32_t node, std::size_t slot, std::size_t at,
               Lane lane, Lane word) {
    out.room(widest_);
    const bulk::LaneView& view = grid.view(lane);
    const StateByte byte = view.state(node, at);
    const CellState state = cell_state(byte);
    const std::string_view period = source.period(slot);
    if (quoted_) {
      out.add(address_);
      out.add(period);
      out.add('"');
    } else {
      out.add(bare_code_);
      out.add('@');
      out.add(bare_unit_);
      out.add(':');
      out.add(period);
    }
    out.add(',');
    out.add(slot == 0 ? year_document_ : other_document_);
    out.add(',');
    out.add(code_);
    out.add(',');
    out.add(unit_);
    out.add(',');
    out.add(period);
    out.add(',');
    out.add(unit_word_);
    out.add(',');
    add_target(source, view, node, slot, at);
    out.add(',');
    add_figures(source, grid, node, at, lane, state);
    out.add(tail_);
    const std::int8_t band = view.band(node, at);
    const ClassText& text = source.class_text(node);
    // Stored results may be of a file that somebody else made.
    const auto label = static_cast<std::size_t>(band);
    if (band >= 0 && label < text.predicates.size()) out.add(text.predicates[label]);
    out.add(',');
    const Cover cover = cover_of(view, node, at, state);
    out.add_count(cover.covered);
    out.add(',');
    out.add_count(cover.expected);
    out.add(',');
    add_share(cover);
    out.add(word == Lane::all ? std::string_view(",semua,") : std::string_view(",tervalidasi,"));
    // An inner node says so too where too many others are missing for a figure.
    const bool touched =
        lane == Lane::all && (byte & bulk::kUnvalidated) != 0 && (state == CellState::value || !view.is_leaf(node));
    out.add(touched ? std::string_view("ya,") : std::string_view("tidak,"));
    add_state(grid, node, slot, at, lane, state, cover.expected);
    out.add(',');
    add_marks(source, grid, node, slot, at, lane, state, touched && band >= 0);
    if (const bulk::Intervals* const intervals = source.intervals(lane, slot < kCoarse)) {
      const RowFigure printed{out.view().substr(value_first_, value_size_), state == CellState::value, band};
      intervals_.add(out, *intervals, lane, slot < kCoarse, node, at, value_rounding_, text.predicates, printed);
    }
    out.add('\n');
  }

  void add_target(const YearSource& source, const bulk::LaneView& view, std::uint32_t node, std::size_t slot,
                  std::size_t at) {
    const double target = view.target(node, at);
    if (std::isnan(target)) return;
    constexpr double kScales[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};
    constexpr std::int64_t kPowers[] = {1, 10, 100, 1000, 10000, 100000, 1000000};
    const int places = source.year().plan.measure(node).places;
    const int written = source.year().rows.target_places[node * RowFacts::kPlacesRow + slot];
    Int128 units = std::llround(target * kScales[places]);
    if (written <= places) {
      units /= kPowers[places - written];
    } else {
      for (int i = places; i < written; ++i) units *= 10;
    }
    out.add_units(units, written);
  }

  void add_figures(const YearSource& source, const FlatGrid& grid, std::uint32_t node, std::size_t at, Lane lane,
                   CellState state) {
    value_first_ = out.size();
    value_size_ = 0;
    if (state != CellState::value) {
      out.add(",,");
      return;
    }
    if (bounds_ == nullptr || grid_ != &grid) {
      bounds_ = &grid.bounds_of(node);
      grid_ = &grid;
    }
    FlatFigure value = grid.value(lane, node, at, *bounds_);
    bool asked = false;
    // Once for a cell, and only where some digit is in doubt.
    const auto settle = [&] {
      if (!asked && !value.whole) value.whole = grid.quick_value(lane, node, at);
      asked = true;
      return value.whole.has_value();
    };
    if (!value.whole && !rounded_clear_of_cuts(value.approximate, value.error, value_rounding_)) settle();
    print_figure(out, value, value_rounding_, widest_, [&] { return grid.exact_value(lane, node, at); });
    value_size_ = out.size() - value_first_;
    out.add(',');
    if (!grid.is_achieved(lane, node, at)) {
      out.add(',');
      return;
    }
    FlatFigure raw = grid.achievement_raw(lane, node, at, value, *bounds_);
    if (!raw.whole && !rounded_clear_of_cuts(raw.approximate, raw.error, achievement_rounding_) && settle()) {
      raw = grid.achievement_raw(lane, node, at, value, *bounds_);
    }
    const std::size_t first = out.size();
    print_figure(out, raw, achievement_rounding_, widest_, [&] { return grid.exact_achievement_raw(lane, node, at); });
    const std::size_t last = out.size();
    out.add(',');
    const int limit = grid.limit_of(lane, node, at, raw);
    const ClassText& text = source.class_text(node);
    if (limit == 0) {
      out.room(last - first + widest_);
      out.add(out.view().substr(first, last - first));
    } else {
      out.add(limit > 0 ? text.cap : text.floor);
    }
  }

  void add_share(const Cover& cover) {
    if (!(cover.expected_weight > 0)) return;
    if (cover.covered_weight == cover.expected_weight) {
      out.add("100.00");
      return;
    }
    const double digits = 1e4 * cover.covered_weight / cover.expected_weight;
    const double below = std::floor(digits), part = digits - below;
    if (std::abs(part - 0.5) > 1e-5 && digits < 1e9) {
      out.add_units(static_cast<std::int64_t>(part < 0.5 ? below : below + 1), 2);
    } else {
      out.add(coverage_text(cover.covered_weight, cover.expected_weight));
    }
  }

  void add_state(const FlatGrid& grid, std::uint32_t node, std::size_t slot, std::size_t at, Lane lane, CellState state,
                 std::uint32_t units) {
    // Who reported a month reported all of it.
    if (state == CellState::value && slot < kCoarse) {
      const FlatGrid::Reports reports = grid.reports(lane, node, at);
      if (reports.covered < reports.expected) {
        const auto of_period = static_cast<std::uint32_t>(std::popcount(unsigned{bulk::kCoarseMonths[slot]}));
        out.add("sebagian (");
        out.add_count(reports.covered);
        out.add(" dari ");
        out.add_count(reports.expected);
        out.add(units > 1 || reports.expected > of_period ? std::string_view(" bulan-unit)")
                                                          : std::string_view(" bulan)"));
        return;
      }
    }
    out.add(to_string(state));
  }

  void add_marks(const YearSource& source, const FlatGrid& grid, std::uint32_t node, std::size_t slot, std::size_t at,
                 Lane lane, CellState state, bool unofficial) {
    const RowFacts& rows = source.year().rows;
    bool any = false;
    const auto add = [&](std::string_view word) {
      if (any) out.add(' ');
      any = true;
      out.add(word);
    };
    const bool invented_target =
        !rows.illustrative_targets.empty() && (rows.illustrative_targets[node] >> slot & 1U) != 0;
    if (invented_target || grid.is_illustrative(lane, node, at)) add("ilustratif");
    const bool judged = source.class_text(node).unverified_scale && state == CellState::value &&
                        (source.year().plan.measure(node).scale_on_value || grid.is_achieved(lane, node, at));
    if (judged || grid.is_unverified(lane, node, at)) add("belum-diverifikasi");
    if (unofficial) add(kUnofficialLabel);
  }

  bool validated_only_;
  std::uint32_t item_ = UINT32_MAX, class_ = UINT32_MAX;
  std::string_view bare_code_, bare_unit_, unit_;  // unit_ in quotes where it needs them
  std::string address_, code_, quoted_unit_, unit_word_, year_document_, other_document_;
  std::string tail_;  // from behind the achievement to the predicate
  std::uint32_t year_document_id_ = snapshot::kNoDocument, other_document_id_ = snapshot::kNoDocument;
  bool quoted_ = false;
  Rounding value_rounding_, achievement_rounding_;
  std::size_t widest_ = 0, widest_predicate_ = 0;
  const bulk::ClassBounds* bounds_ = nullptr;
  const FlatGrid* grid_ = nullptr;
  IntervalWriter intervals_;
  std::size_t value_first_ = 0, value_size_ = 0;  // the printed value of the row in work
};

}  // namespace jenjang::flat
