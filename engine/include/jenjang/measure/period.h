// Periods of the calendar year and their algebra.
//
// Written `2026`, `2026-S1`, `2026-TW2`, `2026-05`. A period is one 32-bit number, ordered by
// year, then coarse before fine, then by index; containment and neighbours are arithmetic.
// `PeriodRange` is a span of years ("2024..2026": a plan's life, or its end-of-plan cell).
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jenjang {

enum class Granularity : std::uint8_t { year = 0, semester = 1, quarter = 2, month = 3 };
constexpr int periods_per_year(Granularity g) {
  constexpr std::array<int, 4> kCount{1, 2, 4, 12};
  return kCount[static_cast<std::size_t>(g)];
}
std::string_view to_string(Granularity g);                       // tahun | semester | triwulan | bulan
std::optional<Granularity> parse_granularity(std::string_view);  // the same words

class Period {
public:
  constexpr Period() = default;
  static Period year(int year) { return Period(year, Granularity::year, 1); }
  // index is 1-based. Requires 1900 <= year <= 2199 and 1 <= index <= periods_per_year(g).
  Period(int year, Granularity granularity, int index);
  // "2026", "2026-S1", "2026-TW2", "2026-05"; also reads "2026Q2" and "2026-Q2" as other systems
  // write quarters. Letters are capitals, months have two digits, no blanks.
  static std::optional<Period> parse(std::string_view text);

  [[nodiscard]] int year() const { return static_cast<int>(code_ >> 8); }
  [[nodiscard]] Granularity granularity() const { return static_cast<Granularity>((code_ >> 6) & 3U); }
  [[nodiscard]] int index() const { return static_cast<int>(code_ & 63U); }
  [[nodiscard]] bool valid() const { return code_ != 0; }

  [[nodiscard]] int first_month() const;  // 1..12
  [[nodiscard]] int last_month() const;
  [[nodiscard]] bool contains(const Period& other) const;  // itself included
  // The period of a coarser (or the same) granularity that contains this one. Requires that it is not finer.
  [[nodiscard]] Period enclosing(Granularity coarser) const;
  // The periods of a finer (or the same) granularity inside this one, in order. Requires that it is not coarser.
  [[nodiscard]] std::vector<Period> split(Granularity finer) const;
  // The neighbour of the same granularity, across years; no period (invalid) beyond 1900..2199.
  [[nodiscard]] Period next() const;
  [[nodiscard]] Period previous() const;
  // As written above, a quarter always as "TW"; "-" when invalid.
  [[nodiscard]] std::string to_string() const;

  friend constexpr bool operator==(Period, Period) = default;
  friend constexpr auto operator<=>(Period, Period) = default;

private:
  std::uint32_t code_ = 0;  // year << 8 | granularity << 6 | index
};

struct PeriodRange {
  int first_year = 0;
  int last_year = 0;
  [[nodiscard]] bool contains(int year) const { return first_year <= year && year <= last_year; }
  [[nodiscard]] int years() const { return last_year - first_year + 1; }
  static std::optional<PeriodRange> parse(std::string_view text);  // "2024..2026" or "2024"
  [[nodiscard]] std::string to_string() const;
  friend bool operator==(const PeriodRange&, const PeriodRange&) = default;
};

// A calendar day, only as an input ("per 2025-12-31"): the engine reads no clock.
struct Date {
  int year = 0, month = 0, day = 0;
  static std::optional<Date> parse(std::string_view iso);  // "2025-12-31", checked against the calendar
  // True when the whole period lies on or before this day.
  [[nodiscard]] bool is_over(const Period& period) const;
  [[nodiscard]] std::string to_string() const;
  friend constexpr auto operator<=>(const Date&, const Date&) = default;
};

}  // namespace jenjang
