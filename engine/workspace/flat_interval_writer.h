// Figures of rows as text, and the columns of ranges: the same bytes as engine/report/interval_rows.cc writes.
#pragma once

#include <span>
#include <string>

#include "jenjang/bulk/intervals.h"

#include "engine/workspace/flat_grid.h"

namespace jenjang::flat {

inline constexpr std::size_t kWidestFigure = 48;  // of whole units in 128 bits

// Room for kWidestFigure and for the `rest` of what is added behind it is there; a long fraction makes its own, and
// that for the rest again.
template <class Exact>
void print_figure(TextBuffer& out, const FlatFigure& figure, Rounding rounding, std::size_t rest, const Exact& exact) {
  const auto add_long = [&](std::string_view text) {
    out.room(text.size() + rest);
    out.add(text);
  };
  if (figure.whole) {
    if (const auto units = rounded_units(*figure.whole, rounding)) {
      out.add_units(*units, rounding.places);
      return;
    }
    add_long(printed(rational_of(*figure.whole), rounding));
    return;
  }
  if (const auto units = rounded_clear_of_cuts(figure.approximate, figure.error, rounding)) {
    out.add_units(*units, rounding.places);
    return;
  }
  add_long(printed(exact(), rounding));
}

// What the row itself says of the cell.
struct RowFigure {
  std::string_view value;  // as printed
  bool is_number = false;
  std::int8_t band = bulk::kNoBand;
};

class IntervalWriter {
public:
  // Another node follows.
  void forget() {
    for (auto& lane : known_) lane[0] = lane[1] = false;
  }

  void add(TextBuffer& out, const bulk::Intervals& intervals, Lane lane, bool coarse, std::uint32_t node,
           std::size_t at, Rounding rounding, std::span<const std::string> predicates, const RowFigure& printed_row) {
    const bulk::IntervalRow& row = row_of(intervals, lane, coarse, node);
    const auto has = [at](std::uint16_t mask) { return (mask >> at & 1U) != 0; };
    if (!has(row.applies)) {
      out.room(5);
      out.add(",,,,");
      return;
    }
    int certain = printed_row.band;
    text_.clear();
    if (has(row.complete) && has(row.point) && printed_row.is_number) {
      // Nobody is waited for: the figure of the row itself, and its predicate.
      add_text(',', printed_row.value);
      add_text(',', printed_row.value);
    } else {
      add_end(intervals, row, node, at, bulk::IntervalEnd::least, rounding);
      if (has(row.point)) {
        add_text('\0', std::string(text_.view()));
      } else {
        add_end(intervals, row, node, at, bulk::IntervalEnd::most, rounding);
      }
      certain = intervals.certain_band(node, at, row);
    }
    const auto label = static_cast<std::size_t>(certain);
    add_text(',', certain >= 0 && label < predicates.size() ? std::string_view(predicates[label]) : std::string_view());
    add_text(',', has(row.outer) ? std::string_view("luar") : std::string_view());
    out.room(text_.size() + 1);  // and the end of the line
    out.add(text_.view());
  }

private:
  const bulk::IntervalRow& row_of(const bulk::Intervals& intervals, Lane lane, bool coarse, std::uint32_t node) {
    const auto which = static_cast<std::size_t>(lane);
    bulk::IntervalRow& row = rows_[which][coarse ? 1 : 0];
    bool& known = known_[which][coarse ? 1 : 0];
    if (!known) row = intervals.value(node);
    known = true;
    return row;
  }

  void add_text(char before, std::string_view text) {
    text_.room(text.size() + 1);
    if (before != '\0') text_.add(before);
    if (!text.empty()) text_.add(text);
  }

  void add_end(const bulk::Intervals& intervals, const bulk::IntervalRow& row, std::uint32_t node, std::size_t at,
               bulk::IntervalEnd end, Rounding rounding) {
    const bool is_most = end == bulk::IntervalEnd::most;
    if (((is_most ? row.most_open : row.least_open) >> at & 1U) != 0) {
      add_text(',', "terbuka");
      return;
    }
    FlatFigure figure;
    figure.approximate = is_most ? row.most[at] : row.least[at];
    figure.error = is_most ? row.most_error[at] : row.least_error[at];
    if (!rounded_clear_of_cuts(figure.approximate, figure.error, rounding)) {
      if (const auto quick = intervals.quick_end(node, at, end, row)) {
        figure.whole = WholeQuotient{quick->num, quick->den};
      }
    }
    add_text(',', {});
    text_.room(kWidestFigure);
    print_figure(text_, figure, rounding, 0, [&] {
      const auto range = intervals.exact_value(node, at);
      return is_most ? *range->most : *range->least;
    });
  }

  TextBuffer text_;
  bulk::IntervalRow rows_[2][2];  // of the node: by lane; months, coarse
  bool known_[2][2] = {};
};

}  // namespace jenjang::flat
