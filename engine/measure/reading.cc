#include "jenjang/measure/reading.h"

#include <algorithm>
#include <string>
#include <utility>

#include "jenjang/base/text.h"

namespace jenjang {
namespace {

void refuse(DiagnosticSink& sink, Code code, std::string_view text, const SourceSpan& span, std::string_view better) {
  sink.report(make_diagnostic(code, span).arg("teks", text).suggest(better));
}

// What the writer of "2026 tw2", "2026/05" or "2026-5" meant; empty when that is not plain.
std::string nearby_period(std::string_view text) {
  std::string tidy(trim(text));
  for (char& c : tidy) {
    if (c == ' ' || c == '/' || c == '_') c = '-';
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  if (tidy.size() == 6 && tidy[4] == '-') tidy.insert(5, "0");
  const std::optional<Period> period = Period::parse(tidy);
  return period ? period->to_string() : "";
}

// A target written with the other decimal mark, in the mark of this file.
std::string nearby_target(std::string_view text, char point) {
  const char other = point == '.' ? ',' : '.';
  std::string swapped(trim(text));
  if (std::count(swapped.begin(), swapped.end(), other) != 1) return "";
  std::replace(swapped.begin(), swapped.end(), other, point);
  const std::optional<Target> target = Target::parse(swapped, point);
  return target && target->grade() == nullptr ? swapped : "";
}

}  // namespace

std::optional<Period> read_period(std::string_view text, const SourceSpan& span, DiagnosticSink& sink) {
  std::optional<Period> period = Period::parse(text);
  if (!period) refuse(sink, Code::J1201, text, span, nearby_period(text));
  return period;
}

std::optional<PeriodRange> read_years(std::string_view text, const SourceSpan& span, DiagnosticSink& sink) {
  std::optional<PeriodRange> years = PeriodRange::parse(text);
  if (years) return years;
  // "2024-2026" is how people write it elsewhere.
  std::string dotted(trim(text));
  if (const std::size_t dash = dotted.find('-'); dash != std::string::npos) dotted.replace(dash, 1, "..");
  refuse(sink, Code::J1202, text, span, PeriodRange::parse(dotted) ? dotted : std::string());
  return std::nullopt;
}

std::optional<Target> read_target(std::string_view text, const SourceSpan& span, DiagnosticSink& sink, char point) {
  std::optional<Target> target = Target::parse(text, point);
  if (!target) refuse(sink, Code::J1203, text, span, nearby_target(text, point));
  return target;
}

std::optional<Address> read_address(std::string_view text, const SourceSpan& span, DiagnosticSink& sink) {
  std::optional<Address> address = Address::parse(text);
  if (!address) refuse(sink, Code::J1204, text, span, "");
  return address;
}

bool check_code(std::string_view code, const SourceSpan& span, DiagnosticSink& sink) {
  if (is_valid_code(code)) return true;
  refuse(sink, Code::J1205, code, span, "");
  return false;
}

std::optional<Date> read_date(std::string_view text, const SourceSpan& span, DiagnosticSink& sink) {
  std::optional<Date> date = Date::parse(text);
  if (!date) refuse(sink, Code::J1206, text, span, "");
  return date;
}

}  // namespace jenjang
