#include "jenjang/measure/moment.h"

#include <array>
#include <charconv>
#include <chrono>

namespace jenjang {
namespace {

constexpr std::int64_t kDaySeconds = 86'400;

// Exactly `digits` decimal digits at the front of `text`, taken off it.
std::optional<int> take_number(std::string_view& text, std::size_t digits) {
  if (text.size() < digits) return std::nullopt;
  int number = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    number = number * 10 + (text[i] - '0');
  }
  text.remove_prefix(digits);
  return number;
}

bool take(std::string_view& text, char wanted) {
  if (text.empty() || text.front() != wanted) return false;
  text.remove_prefix(1);
  return true;
}

// "+08:00", "-03:30", "Z".
std::optional<Zone> parse_offset(std::string_view text) {
  if (text == "Z") return Zone{0};
  const bool east = take(text, '+');
  if (!east && !take(text, '-')) return std::nullopt;
  const auto hours = take_number(text, 2);
  if (!hours || !take(text, ':')) return std::nullopt;
  const auto minutes = take_number(text, 2);
  // No zone lies further than 14 hours from UTC.
  if (!minutes || !text.empty() || *minutes > 59) return std::nullopt;
  const int offset = *hours * 60 + *minutes;
  if (offset > 14 * 60) return std::nullopt;
  return Zone{east ? offset : -offset};
}

std::int64_t days_of(const Date& date) {
  using std::chrono::day;
  using std::chrono::month;
  using std::chrono::sys_days;
  using std::chrono::year;
  return sys_days(year(date.year) / month(static_cast<unsigned>(date.month)) / day(static_cast<unsigned>(date.day)))
      .time_since_epoch()
      .count();
}

std::string two(std::int64_t number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

std::int64_t floor_div(std::int64_t a, std::int64_t b) {
  const std::int64_t quotient = a / b;
  return a % b < 0 ? quotient - 1 : quotient;
}

std::int64_t offset_seconds(Zone zone) {
  return std::int64_t{zone.minutes} * 60;
}

}  // namespace

std::optional<Zone> Zone::parse(std::string_view name) {
  struct Named {
    std::string_view name;
    int minutes;
  };
  constexpr std::array<Named, 5> kZones{
      {{"Asia/Jakarta", 420}, {"Asia/Pontianak", 420}, {"Asia/Makassar", 480}, {"Asia/Jayapura", 540}, {"UTC", 0}}};
  for (const Named& zone : kZones) {
    if (zone.name == name) return Zone{zone.minutes};
  }
  return parse_offset(name);
}

std::string Zone::to_string() const {
  const int size = minutes < 0 ? -minutes : minutes;
  return (minutes < 0 ? "-" : "+") + two(size / 60) + ":" + two(size % 60);
}

std::optional<Moment> Moment::parse(std::string_view text, Zone zone) {
  const auto date = Date::parse(text.substr(0, 10));
  if (!date) return std::nullopt;
  const std::int64_t midnight = days_of(*date) * kDaySeconds;
  std::string_view rest = text.substr(10);
  if (rest.empty()) return Moment{midnight + kDaySeconds - 1 - offset_seconds(zone)};
  if (!take(rest, 'T')) return std::nullopt;
  const auto hour = take_number(rest, 2);
  if (!hour || !take(rest, ':')) return std::nullopt;
  const auto minute = take_number(rest, 2);
  if (!minute) return std::nullopt;
  int second = 0;
  if (take(rest, ':')) {
    const auto stated = take_number(rest, 2);
    if (!stated) return std::nullopt;
    second = *stated;
  }
  if (*hour > 23 || *minute > 59 || second > 59) return std::nullopt;
  if (!rest.empty()) {
    const auto offset = parse_offset(rest);
    if (!offset) return std::nullopt;
    zone = *offset;
  }
  const std::int64_t minutes = std::int64_t{*hour} * 60 + *minute;
  return Moment{midnight + minutes * 60 + second - offset_seconds(zone)};
}

Date Moment::date_in(Zone zone) const {
  const std::int64_t days = floor_div(seconds + offset_seconds(zone), kDaySeconds);
  const std::chrono::year_month_day day{std::chrono::sys_days{std::chrono::days{days}}};
  return Date{static_cast<int>(day.year()), static_cast<int>(static_cast<unsigned>(day.month())),
              static_cast<int>(static_cast<unsigned>(day.day()))};
}

std::string Moment::to_string(Zone zone) const {
  const std::int64_t local = seconds + offset_seconds(zone);
  const std::int64_t second = local - floor_div(local, kDaySeconds) * kDaySeconds;
  return date_in(zone).to_string() + "T" + two(second / 3600) + ":" + two(second / 60 % 60) + ":" + two(second % 60) +
         zone.to_string();
}

}  // namespace jenjang
