#include "engine/cascade/twoway/column_moves.h"

#include <algorithm>
#include <functional>

namespace jenjang::cascade {

StepTable::StepTable(const FractionTable& exact, bool beyond)
    : exact_(exact),
      beyond_(beyond),
      price_(Int128{8} * exact.whole * static_cast<Int128>(exact.floor.cells.size() + 1)),
      level_(exact.floor.rows, exact.floor.columns, 0) {}

Int128 StepTable::cost_above(std::size_t cell, int level) const {
  const Int128 whole = exact_.whole;
  const Int128 part = exact_.part.cells[cell];
  // ((k + 1) w - p)^2 - (k w - p)^2, divided by w.
  const Int128 squares = (2 * level + 1) * whole - 2 * part;
  const int ceiling = part > 0 ? 1 : 0;
  return squares + (level < 0 ? -price_ : level >= ceiling ? price_ : Int128{0});
}

bool StepTable::within(std::size_t cell, int level) const {
  const Int128 steps = exact_.floor.cells[cell] + level;
  const bool has_least = !exact_.least.cells.empty() && exact_.least.cells[cell].has_value();
  const bool has_most = !exact_.most.cells.empty() && exact_.most.cells[cell].has_value();
  const bool in_reach = beyond_ || level == 0 || (level == 1 && exact_.part.cells[cell] > 0);
  return in_reach && steps >= (has_least ? *exact_.least.cells[cell] : Int128{0}) &&
         !(has_most && steps > *exact_.most.cells[cell]);
}

std::optional<Int128> StepTable::rise(std::size_t i, std::size_t j) const {
  const std::size_t cell = i * columns() + j;
  const int level = level_.cells[cell];
  return is_open(cell) && within(cell, level + 1) ? std::optional(cost_above(cell, level)) : std::nullopt;
}

std::optional<Int128> StepTable::fall(std::size_t i, std::size_t j) const {
  const std::size_t cell = i * columns() + j;
  const int level = level_.cells[cell];
  return is_open(cell) && within(cell, level - 1) ? std::optional(-cost_above(cell, level - 1)) : std::nullopt;
}

Table<Int128> StepTable::cells() const {
  Table<Int128> cells = exact_.floor;
  for (std::size_t c = 0; c < cells.cells.size(); ++c) {
    cells.cells[c] += level_.cells[c];
  }
  return cells;
}

ColumnMoves::ColumnMoves(StepTable& steps, std::vector<Int128> over)
    : steps_(steps), m_(steps.columns()), over_(std::move(over)), potential_(m_, 0) {}

std::optional<Int128> ColumnMoves::cost(std::size_t row, std::size_t from, std::size_t to) const {
  const std::optional<Int128> fall = steps_.fall(row, from);
  const std::optional<Int128> rise = fall ? steps_.rise(row, to) : std::nullopt;
  return rise ? std::optional(*fall + *rise) : std::nullopt;
}

void ColumnMoves::gather_offers() {
  offers_.assign(m_ * m_, {});
  std::vector<std::optional<Int128>> rises(m_);
  for (std::size_t i = 0; i < steps_.rows(); ++i) {
    for (std::size_t j = 0; j < m_; ++j) {
      rises[j] = steps_.rise(i, j);
    }
    for (std::size_t a = 0; a < m_; ++a) {
      const std::optional<Int128> fall = steps_.fall(i, a);
      for (std::size_t b = 0; fall && b < m_; ++b) {
        if (a != b && rises[b]) {
          offers_[a * m_ + b].push_back({*fall + *rises[b], static_cast<std::uint32_t>(i)});
        }
      }
    }
  }
  for (std::vector<Offer>& heap : offers_) {
    std::make_heap(heap.begin(), heap.end(), std::greater<>());
  }
}

const ColumnMoves::Offer* ColumnMoves::best(std::size_t from, std::size_t to) {
  std::vector<Offer>& heap = offers_[from * m_ + to];
  while (!heap.empty()) {
    const std::optional<Int128> now = cost(heap.front().row, from, to);
    if (now && *now == heap.front().cost) {
      return heap.data();
    }
    std::pop_heap(heap.begin(), heap.end(), std::greater<>());
    heap.pop_back();
  }
  return nullptr;
}

void ColumnMoves::offer_again(std::size_t row, std::size_t column) {
  const auto put = [&](std::size_t from, std::size_t to) {
    if (const std::optional<Int128> price = cost(row, from, to)) {
      std::vector<Offer>& heap = offers_[from * m_ + to];
      heap.push_back({*price, static_cast<std::uint32_t>(row)});
      std::push_heap(heap.begin(), heap.end(), std::greater<>());
    }
  };
  for (std::size_t other = 0; other < m_; ++other) {
    if (other != column) {
      put(column, other);
      put(other, column);
    }
  }
}

std::optional<std::size_t> ColumnMoves::shortest_way() {
  ways_.assign(m_, {});
  for (std::size_t j = 0; j < m_; ++j) {
    ways_[j].reached = over_[j] > 0;
  }
  for (;;) {
    std::size_t nearest = m_;
    for (std::size_t j = 0; j < m_; ++j) {
      const bool candidate = ways_[j].reached && !ways_[j].settled;
      if (candidate && (nearest == m_ || ways_[j].distance < ways_[nearest].distance)) {
        nearest = j;
      }
    }
    if (nearest == m_) {
      return std::nullopt;
    }
    ways_[nearest].settled = true;
    const Int128 distance = ways_[nearest].distance;
    if (over_[nearest] < 0) {
      for (std::size_t j = 0; j < m_; ++j) {
        potential_[j] += ways_[j].reached ? std::min(ways_[j].distance, distance) : distance;
      }
      return nearest;
    }
    for (std::size_t to = 0; to < m_; ++to) {
      if (to == nearest || ways_[to].settled) {
        continue;
      }
      const Offer* offer = best(nearest, to);
      if (offer == nullptr) {
        continue;
      }
      const Int128 there = distance + offer->cost + potential_[nearest] - potential_[to];
      if (!ways_[to].reached || there < ways_[to].distance) {
        ways_[to] = {true, false, there, nearest, offer->row};
      }
    }
  }
}

bool ColumnMoves::run() {
  if (std::all_of(over_.begin(), over_.end(), [](Int128 over) { return over == 0; })) {
    return true;
  }
  gather_offers();
  while (std::any_of(over_.begin(), over_.end(), [](Int128 over) { return over > 0; })) {
    const std::optional<std::size_t> sink = shortest_way();
    if (!sink) {
      return false;
    }
    std::vector<std::pair<std::uint32_t, std::size_t>> changed;
    std::size_t at = *sink;
    while (over_[at] <= 0) {
      const Way& way = ways_[at];
      steps_.move(way.row, at, 1);
      steps_.move(way.row, way.from, -1);
      changed.emplace_back(way.row, at);
      changed.emplace_back(way.row, way.from);
      at = way.from;
    }
    --over_[at];
    ++over_[*sink];
    for (const auto& [row, column] : changed) {
      offer_again(row, column);
    }
  }
  return true;
}

}  // namespace jenjang::cascade
