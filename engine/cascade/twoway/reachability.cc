#include "engine/cascade/twoway/reachability.h"

#include <algorithm>

#include "engine/cascade/twoway/flow.h"

namespace jenjang::cascade {
namespace {

class Network {
public:
  Network(std::span<const Int128> rows, std::span<const Int128> columns, const Support& support,
          const Table<std::optional<Int128>>& limits)
      : rows_(rows),
        columns_(columns),
        support_(support),
        limits_(limits),
        source_(rows.size() + columns.size()),
        sink_(source_ + 1),
        flow_(sink_ + 1),
        arc_(support.rows, support.columns, kNoArc) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      flow_.connect(source_, i, rows[i]);
      wanted_ += rows[i];
      for (std::size_t j = 0; j < columns.size(); ++j) {
        if (support.at(i, j)) {
          // One more than its row can carry: a cell without a limit is never full.
          const Int128 endless = rows[i] + 1;
          arc_.at(i, j) =
              flow_.connect(i, column_node(j), limited(i, j) ? std::min(*limits.at(i, j), endless) : endless);
        }
      }
    }
    for (std::size_t j = 0; j < columns.size(); ++j) {
      flow_.connect(column_node(j), sink_, columns[j]);
    }
  }

  Reachability solve() {
    Reachability result;
    if (flow_.run(source_, sink_) < wanted_) {
      result.shortage = shortage();
    } else {
      result.usable = usable();
    }
    return result;
  }

private:
  static constexpr std::size_t kNoArc = SIZE_MAX;

  [[nodiscard]] std::size_t column_node(std::size_t column) const { return rows_.size() + column; }
  [[nodiscard]] bool limited(std::size_t i, std::size_t j) const {
    return !limits_.cells.empty() && limits_.at(i, j).has_value();
  }

  // A cell is above zero in some table when it is in this one, or when a round trip through what is left
  // can raise it: both its ends then lie in one strongly connected component.
  [[nodiscard]] Support usable() const {
    const std::vector<std::size_t> component = flow_.components();
    Support usable(support_.rows, support_.columns, 0);
    for (std::size_t i = 0; i < support_.rows; ++i) {
      for (std::size_t j = 0; j < support_.columns; ++j) {
        if (arc_.at(i, j) != kNoArc) {
          usable.at(i, j) = flow_.flow(arc_.at(i, j)) > 0 || component[i] == component[column_node(j)] ? 1 : 0;
        }
      }
    }
    return usable;
  }

  // The source's side of the cut falls apart into rows and columns that hang together; each is judged by
  // itself, and one of them must need more than it is offered.
  [[nodiscard]] MarginShortage shortage() const {
    std::vector<bool> open = flow_.source_side(source_);
    for (std::size_t first = 0; first < rows_.size(); ++first) {
      if (!open[first]) {
        continue;
      }
      const MarginShortage part = take_part(first, open);
      if (part.needed > part.offered) {
        return part;
      }
    }
    return {};
  }

  MarginShortage take_part(std::size_t first, std::vector<bool>& open) const {
    MarginShortage part;
    const std::vector<bool> side = flow_.source_side(source_);
    std::vector<std::size_t> queue{first};
    open[first] = false;
    for (std::size_t head = 0; head < queue.size(); ++head) {
      const bool is_row = queue[head] < rows_.size();
      const std::size_t place = is_row ? queue[head] : queue[head] - rows_.size();
      (is_row ? part.rows : part.columns).push_back(place);
      (is_row ? part.needed : part.offered) += is_row ? rows_[place] : columns_[place];
      const std::size_t others = is_row ? columns_.size() : rows_.size();
      for (std::size_t other = 0; other < others; ++other) {
        const std::size_t i = is_row ? place : other;
        const std::size_t j = is_row ? other : place;
        const std::size_t node = is_row ? column_node(other) : other;
        if (!support_.at(i, j)) {
          continue;
        }
        if (is_row && !side[node]) {
          part.offered += limited(i, j) ? *limits_.at(i, j) : 0;  // full up to its limit
        } else if (open[node]) {
          open[node] = false;
          queue.push_back(node);
        }
      }
    }
    std::sort(part.rows.begin(), part.rows.end());
    std::sort(part.columns.begin(), part.columns.end());
    return part;
  }

  std::span<const Int128> rows_, columns_;
  const Support& support_;
  const Table<std::optional<Int128>>& limits_;
  std::size_t source_, sink_;
  MaximumFlow flow_;
  Table<std::size_t> arc_;
  Int128 wanted_ = 0;
};

}  // namespace

Reachability reach_margins(std::span<const Int128> rows, std::span<const Int128> columns, const Support& support,
                           const Table<std::optional<Int128>>& limits) {
  return Network(rows, columns, support, limits).solve();
}

}  // namespace jenjang::cascade
