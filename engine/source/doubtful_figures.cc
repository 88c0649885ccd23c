// 1.000 in a file whose decimal mark nobody named: a figure of three decimals, or a thousand as Indonesian spreadsheets
// write it. The figure is read as the format says, and the doubt is told once a column.
#include "engine/source/doubtful_figures.h"

#include <algorithm>

#include "jenjang/base/text.h"

namespace jenjang {
namespace {

constexpr std::size_t kGroup = 3;  // digits of a group of thousands

struct Written {
  std::size_t before = 0, behind = 0;  // digits on both sides of the mark
  bool leads_with_nought = false, ends_in_nought = false;

  [[nodiscard]] bool may_group() const {
    return behind == kGroup && before >= 1 && before <= kGroup && !leads_with_nought;
  }
};

// nullopt for anything but digits with one point between them.
std::optional<Written> shape_of(std::string_view text) {
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
  const std::size_t mark = text.find('.');
  if (mark == std::string_view::npos || mark == 0 || mark + 1 == text.size()) return std::nullopt;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i != mark && (text[i] < '0' || text[i] > '9')) return std::nullopt;
  }
  return Written{mark, text.size() - mark - 1, text.front() == '0', text.back() == '0'};
}

}  // namespace

DoubtfulFigures::DoubtfulFigures(const CsvFormat& format)
    // A comma is never assumed but for files with semicolons, as Indonesian spreadsheets write them.
    : looks_(!format.mark_stated && format.decimal_point == '.') {}

void DoubtfulFigures::Kind::add(const Kind& below) {
  if (count == 0) {
    text = below.text;
    span = below.span;
  }
  count += below.count;
}

void DoubtfulFigures::add(const CsvCell& cell) {
  if (!looks_ || settled_) return;
  const std::string_view written = trim(cell.text);
  const std::optional<Written> shape = shape_of(written);
  if (!shape) return;
  if (!shape->may_group()) {
    (shape->behind == kGroup ? settled_ : other_lengths_) = true;
    return;
  }
  const auto take = [&](Kind& kind) {
    if (kind.count++ > 0) return;
    kind.text = written;
    kind.span = cell.span;
  };
  take(all_);
  if (shape->ends_in_nought) take(ending_in_nought_);
}

void DoubtfulFigures::add(const DoubtfulFigures& below) {
  settled_ = settled_ || below.settled_;
  other_lengths_ = other_lengths_ || below.other_lengths_;
  all_.add(below.all_);
  ending_in_nought_.add(below.ending_in_nought_);
}

void DoubtfulFigures::report(std::string_view column, DiagnosticSink& sink) const {
  const Kind& doubtful = other_lengths_ ? ending_in_nought_ : all_;
  if (settled_ || doubtful.count == 0) return;
  const std::string& text = doubtful.text;
  std::string joined = text;
  std::erase(joined, '.');
  const std::optional<Decimal> read = Decimal::parse(text);
  sink.report(make_diagnostic(Code::J1138, doubtful.span)
                  .arg("kolom", column)
                  .arg("teks", text)
                  .arg("dibaca", read ? read->normalised().to_string() : text)
                  .arg("ribuan", joined)
                  .arg("jumlah", std::to_string(doubtful.count)));
}

void report_doubtful_figures(const CsvTable& table, std::string_view column, const CsvFormat& format,
                             DiagnosticSink& sink) {
  DoubtfulFigures doubt(format);
  const std::optional<std::size_t> index = table.column(column);
  if (!doubt.looks() || !index) return;
  for (std::size_t row = 0; row < table.row_count(); ++row) doubt.add(table.cell(row, *index));
  doubt.report(column, sink);
}

}  // namespace jenjang
