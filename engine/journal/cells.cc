#include "engine/journal/cells.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace jenjang::journal {
namespace {

// Rows that one statement inserts: see docs/decisions/0021-journal.md.
constexpr std::size_t kAtOnce = 128;
constexpr std::size_t kColumns = 4;

// A cell in one number, in the same order. Numbers of words have 21 bits here, which two million words fill; periods
// 22, for they end at 2199312.
constexpr unsigned kWordBits = 21, kPeriodBits = 22;
struct Keyed {
  std::uint64_t key;
  std::int64_t seq;
};
bool fits(const CellRow& row) {
  const auto within = [](std::int64_t value, unsigned bits) { return value >= 0 && value >> bits == 0; };
  return within(row.code, kWordBits) && within(row.unit, kWordBits) && within(row.period, kPeriodBits);
}
std::uint64_t key_of(const CellRow& row) {
  const auto bits = [](std::int64_t value) { return static_cast<std::uint64_t>(value); };
  return bits(row.code) << (kWordBits + kPeriodBits) | bits(row.unit) << kPeriodBits | bits(row.period);
}

// By the low digits first; rows that agree stay in their order, which is that of their seq.
void sort_keys(std::vector<Keyed>& rows) {
  constexpr unsigned kDigitBits = 11, kDigits = 6;
  constexpr std::uint64_t kMask = (1U << kDigitBits) - 1;
  std::vector<std::array<std::size_t, kMask + 1>> count(kDigits);
  for (const Keyed& row : rows)
    for (unsigned digit = 0; digit < kDigits; ++digit) ++count[digit][row.key >> (digit * kDigitBits) & kMask];
  std::vector<Keyed> other(rows.size());
  for (unsigned digit = 0; digit < kDigits; ++digit) {
    const auto digit_of = [digit](const Keyed& row) { return row.key >> (digit * kDigitBits) & kMask; };
    auto& place = count[digit];
    if (place[digit_of(rows.front())] == rows.size()) continue;  // all the same
    std::size_t before = 0;
    for (std::size_t& x : place) before += std::exchange(x, before);
    for (const Keyed& row : rows) other[place[digit_of(row)]++] = row;
    rows.swap(other);
  }
}

// A row that fails ends the transaction: nothing is kept for taking back half a statement.
std::string insert_sql(std::size_t rows) {
  std::string sql = "INSERT OR FAIL INTO cell (code, unit, period, seq) VALUES (?,?,?,?)";
  for (std::size_t k = 1; k < rows; ++k) sql += ",(?,?,?,?)";
  return sql;
}

}  // namespace

void sort_cells(std::vector<CellRow>& rows) {
  if (std::is_sorted(rows.begin(), rows.end())) return;
  constexpr std::size_t kFew = 1024;  // below, the counting of digits costs more
  if (rows.size() < kFew || !std::all_of(rows.begin(), rows.end(), fits)) return std::sort(rows.begin(), rows.end());
  std::vector<Keyed> keyed;
  keyed.reserve(rows.size());
  for (const CellRow& row : rows) keyed.push_back({key_of(row), row.seq});
  sort_keys(keyed);
  constexpr std::uint64_t kWord = (1U << kWordBits) - 1, kPeriod = (1U << kPeriodBits) - 1;
  const auto number = [](std::uint64_t bits) { return static_cast<std::int64_t>(bits); };
  for (std::size_t k = 0; k < rows.size(); ++k) {
    const std::uint64_t key = keyed[k].key;
    rows[k] = {number(key >> (kWordBits + kPeriodBits)), number(key >> kPeriodBits & kWord), number(key & kPeriod),
               keyed[k].seq};
  }
}

void CellTable::insert(std::vector<CellRow>& rows) {
  sort_cells(rows);
  const auto insert_some = [this](std::optional<Bindings>& statement, std::span<const CellRow> some) {
    if (!statement) statement.emplace(db_, insert_sql(some.size()), kColumns * some.size());
    std::size_t at = 0;
    for (const CellRow& row : some)
      for (const std::int64_t number : {row.code, row.unit, row.period, row.seq}) statement->number(at++, number);
    statement->run();
  };
  std::span<const CellRow> rest(rows);
  for (; rest.size() >= kAtOnce; rest = rest.subspan(kAtOnce)) insert_some(many_, rest.first(kAtOnce));
  for (; !rest.empty(); rest = rest.subspan(1)) insert_some(one_, rest.first(1));
}

}  // namespace jenjang::journal
