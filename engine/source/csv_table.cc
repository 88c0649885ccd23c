#include <algorithm>
#include <string>
#include <unordered_map>

#include "jenjang/base/text.h"
#include "jenjang/source/csv_reader.h"

#include "engine/source/number_text.h"

namespace jenjang {

std::optional<std::size_t> CsvTable::column(std::string_view name) const {
  const auto found =
      std::find_if(header_.begin(), header_.end(), [&](const CsvCell& cell) { return cell.text == name; });
  if (found == header_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - header_.begin());
}

bool CsvTable::expect_columns(std::span<const std::string_view> required, std::span<const std::string_view> optional,
                              DiagnosticSink& sink) const {
  const auto is_in = [](std::span<const std::string_view> names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  // First place of every name; headers of damaged files can be very wide.
  std::unordered_map<std::string_view, std::size_t> places;
  for (std::size_t i = 0; i < header_.size(); ++i) places.emplace(header_[i].text, i);
  // Names that are not there yet: what an unknown name may have been meant to be.
  std::vector<std::string_view> absent;
  bool complete = true;
  for (const auto names : {required, optional}) {
    for (const std::string_view name : names) {
      if (!places.contains(name)) absent.push_back(name);
    }
  }
  for (std::size_t i = 0; i < header_.size(); ++i) {
    const CsvCell& cell = header_[i];
    const std::size_t first = places.at(cell.text);
    if (first != i) {
      sink.report(make_diagnostic(Code::J1136, cell.span)
                      .arg("kolom", cell.text)
                      .related(header_[first].span, "pertama ditulis di sini", "first written here"));
    } else if (!is_in(required, cell.text) && !is_in(optional, cell.text)) {
      sink.report(make_diagnostic(Code::J1135, cell.span)
                      .arg("kolom", cell.text)
                      .suggest(nearest(cell.text, std::span<const std::string_view>(absent)).value_or("")));
    }
  }
  for (const std::string_view name : required) {
    if (places.contains(name)) continue;
    complete = false;
    const SourceSpan header = header_.empty() ? SourceSpan{} : header_.front().span;
    sink.report(make_diagnostic(Code::J1134, header).arg("kolom", name));
  }
  return complete;
}

std::optional<Decimal> read_decimal(const CsvCell& cell, const CsvFormat& format, DiagnosticSink& sink) {
  const std::string_view text = trim(cell.text);
  if (text.empty()) return std::nullopt;
  auto number = Decimal::parse(text, format.decimal_point);
  if (!number) report_not_a_number(text, format.decimal_point, cell.span, sink);
  return number;
}

}  // namespace jenjang
