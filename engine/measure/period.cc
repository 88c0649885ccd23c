#include "jenjang/measure/period.h"

#include <cassert>

namespace jenjang {
namespace {

constexpr int kFirstYear = 1900;
constexpr int kLastYear = 2199;
constexpr std::array<std::string_view, 4> kGranularityWords{"tahun", "semester", "triwulan", "bulan"};

// Exactly these digits as a number; -1 when any is not a digit.
int digits(std::string_view text) {
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

std::optional<int> parse_year(std::string_view text) {
  if (text.size() != 4) return std::nullopt;
  const int year = digits(text);
  if (year < kFirstYear || year > kLastYear) return std::nullopt;
  return year;
}

std::string padded(int value, std::size_t width) {
  std::string text = std::to_string(value);
  return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

int months_per(Granularity g) {
  return 12 / periods_per_year(g);
}

int days_in_month(int year, int month) {
  constexpr std::array<int, 12> kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[static_cast<std::size_t>(month - 1)];
}

}  // namespace

std::string_view to_string(Granularity g) {
  return kGranularityWords[static_cast<std::size_t>(g)];
}

std::optional<Granularity> parse_granularity(std::string_view word) {
  for (std::size_t i = 0; i < kGranularityWords.size(); ++i) {
    if (kGranularityWords[i] == word) return static_cast<Granularity>(i);
  }
  return std::nullopt;
}

Period::Period(int year, Granularity granularity, int index) {
  assert(kFirstYear <= year && year <= kLastYear);
  assert(1 <= index && index <= periods_per_year(granularity));
  code_ = static_cast<std::uint32_t>(year) << 8 | static_cast<std::uint32_t>(granularity) << 6 |
          static_cast<std::uint32_t>(index);
}

std::optional<Period> Period::parse(std::string_view text) {
  if (text.size() < 4) return std::nullopt;
  const std::optional<int> year = parse_year(text.substr(0, 4));
  if (!year) return std::nullopt;
  std::string_view rest = text.substr(4);
  if (rest.empty()) return Period::year(*year);

  Granularity granularity = Granularity::month;
  if (rest.starts_with("Q")) {
    granularity = Granularity::quarter;
    rest.remove_prefix(1);
  } else if (!rest.starts_with("-")) {
    return std::nullopt;
  } else {
    rest.remove_prefix(1);
    if (rest.starts_with("S")) {
      granularity = Granularity::semester;
      rest.remove_prefix(1);
    } else if (rest.starts_with("TW")) {
      granularity = Granularity::quarter;
      rest.remove_prefix(2);
    } else if (rest.starts_with("Q")) {
      granularity = Granularity::quarter;
      rest.remove_prefix(1);
    }
  }
  const std::size_t width = granularity == Granularity::month ? 2 : 1;
  if (rest.size() != width) return std::nullopt;
  const int index = digits(rest);
  if (index < 1 || index > periods_per_year(granularity)) return std::nullopt;
  return Period(*year, granularity, index);
}

int Period::first_month() const {
  return (index() - 1) * months_per(granularity()) + 1;
}
int Period::last_month() const {
  return index() * months_per(granularity());
}

bool Period::contains(const Period& other) const {
  return valid() && other.valid() && year() == other.year() && first_month() <= other.first_month() &&
         other.last_month() <= last_month();
}

Period Period::enclosing(Granularity coarser) const {
  assert(valid() && coarser <= granularity());
  return Period(year(), coarser, (first_month() - 1) / months_per(coarser) + 1);
}

std::vector<Period> Period::split(Granularity finer) const {
  assert(valid() && finer >= granularity());
  const int step = months_per(finer);
  std::vector<Period> parts;
  for (int month = first_month(); month <= last_month(); month += step) {
    parts.push_back(Period(year(), finer, (month - 1) / step + 1));
  }
  return parts;
}

Period Period::next() const {
  if (!valid()) return {};
  if (index() < periods_per_year(granularity())) return Period(year(), granularity(), index() + 1);
  return year() < kLastYear ? Period(year() + 1, granularity(), 1) : Period();
}

Period Period::previous() const {
  if (!valid()) return {};
  if (index() > 1) return Period(year(), granularity(), index() - 1);
  return year() > kFirstYear ? Period(year() - 1, granularity(), periods_per_year(granularity())) : Period();
}

std::string Period::to_string() const {
  if (!valid()) return "-";
  std::string text = std::to_string(year());
  switch (granularity()) {
    case Granularity::year:
      return text;
    case Granularity::semester:
      return text + "-S" + std::to_string(index());
    case Granularity::quarter:
      return text + "-TW" + std::to_string(index());
    case Granularity::month:
      return text + "-" + padded(index(), 2);
  }
  return text;
}

std::optional<PeriodRange> PeriodRange::parse(std::string_view text) {
  const std::size_t dots = text.find("..");
  const std::optional<int> first = parse_year(text.substr(0, dots));
  const std::optional<int> last = dots == std::string_view::npos ? first : parse_year(text.substr(dots + 2));
  if (!first || !last || *first > *last) return std::nullopt;
  return PeriodRange{*first, *last};
}

std::string PeriodRange::to_string() const {
  if (first_year == last_year) return std::to_string(first_year);
  return std::to_string(first_year) + ".." + std::to_string(last_year);
}

std::optional<Date> Date::parse(std::string_view iso) {
  if (iso.size() != 10 || iso[4] != '-' || iso[7] != '-') return std::nullopt;
  const std::optional<int> year = parse_year(iso.substr(0, 4));
  const int month = digits(iso.substr(5, 2));
  const int day = digits(iso.substr(8, 2));
  if (!year || month < 1 || month > 12) return std::nullopt;
  if (day < 1 || day > days_in_month(*year, month)) return std::nullopt;
  return Date{*year, month, day};
}

bool Date::is_over(const Period& period) const {
  if (!period.valid()) return false;
  const int last = period.last_month();
  return Date{period.year(), last, days_in_month(period.year(), last)} <= *this;
}

std::string Date::to_string() const {
  return padded(year, 4) + "-" + padded(month, 2) + "-" + padded(day, 2);
}

}  // namespace jenjang
