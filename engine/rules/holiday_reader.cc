// `hari_libur`: days off by year. A year that is not listed is not known, and nothing is counted through it.
#include <algorithm>
#include <set>

#include "jenjang/measure/reading.h"

#include "engine/rules/pack_reading.h"

namespace jenjang {

namespace {

// A year that a calendar may hold: what Date can hold.
constexpr std::int64_t kFirstYear = 1900, kLastYear = 2199;

std::optional<Holiday> read_day(const YamlNode& node, int year, const Basis& basis, DiagnosticSink& sink) {
  FieldReader fields(node, "hari libur", sink);
  if (!fields.is_map()) return std::nullopt;
  Holiday day;
  const auto date = fields.required_text("tanggal");
  if (const auto title = fields.required_text("nama")) day.title = title->value;
  if (const auto joint = fields.flag("cuti_bersama")) day.joint_leave = joint->value;
  const Basis own = read_basis(fields, basis, "hari libur", sink);
  day.article = own.article;
  day.unverified = own.unverified;
  fields.finish();
  if (!date) return std::nullopt;
  const auto parsed = read_date(date->value, date->span, sink);
  if (!parsed) return std::nullopt;
  if (parsed->year != year) {
    sink.report(
        make_diagnostic(Code::J1444, date->span).arg("tanggal", date->value).arg("tahun", std::to_string(year)));
    return std::nullopt;
  }
  day.date = *parsed;
  day.span = date->span;
  return day;
}

std::optional<HolidayYear> read_year(const YamlNode& node, const Basis& basis, DiagnosticSink& sink) {
  FieldReader fields(node, "tahun", sink);
  if (!fields.is_map()) return std::nullopt;
  HolidayYear year;
  const auto number = fields.whole("tahun");
  if (!number && node.find("tahun") == nullptr) report_required(node.span, "hari_libur", "tahun", sink);
  const Basis own = read_basis(fields, basis, "hari_libur", sink);
  year.article = own.article;
  year.unverified = own.unverified;
  const YamlNode* days = fields.take("hari");
  if (days == nullptr) report_required(node.span, "hari_libur", "hari", sink);
  fields.finish();
  if (!number || days == nullptr || !expect_list(*days, "hari", sink)) return std::nullopt;
  if (number->value < kFirstYear || number->value > kLastYear) {
    sink.report(make_diagnostic(Code::J1413, number->span)
                    .arg("apa", "tahun")
                    .arg("nilai", std::to_string(number->value))
                    .arg("boleh", "1900..2199"));
    return std::nullopt;
  }
  year.year = static_cast<int>(number->value);
  year.span = number->span;
  require_basis(own, number->span, "hari libur " + std::to_string(year.year), sink);
  std::set<std::string, std::less<>> dates;
  for (const YamlNode& item : days->items) {
    std::optional<Holiday> day = read_day(item, year.year, own, sink);
    if (!day || !note_unique(dates, {day->date.to_string(), day->span}, "hari libur", sink)) continue;
    year.days.push_back(*std::move(day));
  }
  std::stable_sort(year.days.begin(), year.days.end(),
                   [](const Holiday& a, const Holiday& b) { return a.date < b.date; });
  return year;
}

}  // namespace

void read_holidays(const YamlNode& list, const Basis& basis, Pack& pack, DiagnosticSink& sink) {
  if (!expect_list(list, "hari_libur", sink)) return;
  std::set<std::string, std::less<>> codes;
  for (const YamlNode& item : list.items) {
    FieldReader fields(item, "hari_libur", sink);
    if (!fields.is_map()) continue;
    HolidayCalendar calendar;
    const auto code = fields.required_text("kode");
    if (const auto title = fields.text("judul")) calendar.title = title->value;
    const Basis own = read_basis(fields, basis, "hari_libur", sink);
    const YamlNode* years = fields.take("tahun");
    if (years == nullptr) report_required(item.span, "hari_libur", "tahun", sink);
    fields.finish();
    if (!code || !note_unique(codes, *code, "hari_libur", sink)) continue;
    calendar.id = code->value;
    calendar.span = code->span;
    if (years == nullptr || !expect_list(*years, "tahun", sink)) continue;
    std::set<std::string, std::less<>> seen;
    for (const YamlNode& entry : years->items) {
      std::optional<HolidayYear> year = read_year(entry, own, sink);
      if (!year || !note_unique(seen, {std::to_string(year->year), year->span}, "tahun", sink)) continue;
      calendar.years.push_back(*std::move(year));
    }
    std::stable_sort(calendar.years.begin(), calendar.years.end(),
                     [](const HolidayYear& a, const HolidayYear& b) { return a.year < b.year; });
    pack.holidays.push_back(std::move(calendar));
  }
}

}  // namespace jenjang
