#include "engine/source/csv_parser.h"

#include <algorithm>
#include <limits>

#include "jenjang/base/text.h"

#include "engine/base/large_pages.h"
#include "engine/source/text_check.h"

namespace jenjang {
namespace {

std::uint32_t narrow(std::size_t value) {
  return static_cast<std::uint32_t>(std::min<std::size_t>(value, std::numeric_limits<std::uint32_t>::max()));
}

std::string separator_word(char separator) {
  switch (separator) {
    case '\t':
      return "tab";
    case ';':
      return "titik koma (;)";
    default:
      return "koma (,)";
  }
}

// As a plan and a command line take it.
std::string separator_written(char separator) {
  return separator == '\t' ? std::string("tab") : std::string("'") + separator + "'";
}

}  // namespace

CsvParser::CsvParser(FileId file, const SourceMap& sources, const CsvFormat& format)
    : file_(file), sources_(sources), format_(format), text_(sources.text(file)), stops_(text_, format.separator) {}

std::optional<CsvTable> CsvParser::parse(DiagnosticSink& sink) {
  CsvTable table;
  const bool headed = read_header(table, sink);
  if (headed) {
    // Room once instead of growing: a cell with its separator is rarely under four bytes.
    reserve_large(table.cells_,
                  std::min(std::size_t{sources_.line_count(file_)} * table.header_.size(), text_.size() / 4));
    read_rows(table, text_.size(), SIZE_MAX, sink);
  }
  table_ = nullptr;  // it leaves with the caller
  if (!headed) return std::nullopt;
  return table;
}

bool CsvParser::read_header(CsvTable& table, DiagnosticSink& sink) {
  table_ = &table;
  sink_ = &sink;
  table.file_ = file_;
  if (text_.starts_with(kByteOrderMark)) at_ = kByteOrderMark.size();
  skip_comments();
  if (at_ >= text_.size()) {
    sink.report(make_diagnostic(Code::J1130, place(line_start_, line_, at_, at_)));
    return false;
  }
  if (read_row(table.header_) != RowEnd::good) return false;
  skip_blank_lines();
  return header_fits(sink);
}

void CsvParser::go_to(std::size_t line_start) {
  at_ = line_start;
  line_start_ = line_start;
  line_ = sources_.span_at(file_, line_start, 0).line;
  stopped_ = false;
  skip_blank_lines();
}

void CsvParser::start_again(CsvTable& table, const CsvTable& header) {
  table.file_ = header.file_;
  if (table.header_.empty()) table.header_ = header.header_;
  table.cells_.clear();
  table.arena_.clear();
  table.row_count_ = 0;
  table.rows_rejected_ = 0;
}

void CsvParser::read_rows(CsvTable& table, std::size_t stop, std::size_t most, DiagnosticSink& sink) {
  table_ = &table;
  sink_ = &sink;
  stop = std::min(stop, text_.size());
  for (std::size_t rows = 0; !stopped_ && at_ < stop && rows < most; ++rows) {
    const std::size_t before = table.cells_.size();
    const std::size_t row_start = at_;
    const std::size_t row_line_start = line_start_;
    const std::uint32_t row_line = line_;
    const RowEnd end = read_row(table.cells_);
    if (!stopped_) skip_blank_lines();
    if (end == RowEnd::rejected) {
      ++table.rows_rejected_;
      continue;
    }
    const std::size_t found = table.cells_.size() - before;
    if (found == table.header_.size()) {
      ++table.row_count_;
      continue;
    }
    ++table.rows_rejected_;
    const std::size_t line_end = std::min(text_.find('\n', row_start), text_.size());
    const std::size_t row_end = line_end > row_start && text_[line_end - 1] == '\r' ? line_end - 1 : line_end;
    sink.report(make_diagnostic(Code::J1131, place(row_line_start, row_line, row_start, row_end))
                    .arg("ditemukan", std::to_string(found))
                    .arg("diharapkan", std::to_string(table.header_.size())));
    table.cells_.resize(before);
  }
}

void CsvParser::skip_comments() {
  while (at_ < text_.size()) {
    const std::string_view rest = text_.substr(at_);
    // Excel writes sep=; as the first line to tell itself the separator; ours is declared.
    const bool excel = line_ == 1 && rest.size() >= 5 && rest.starts_with("sep=") &&
                       (rest.size() == 5 || rest[5] == '\n' || rest[5] == '\r');
    if (!excel && rest.front() != '#' && !at_line_end()) return;
    skip_line();
  }
}

void CsvParser::skip_blank_lines() {
  while (at_ < text_.size() && at_line_end()) pass_line_end();
}

bool CsvParser::header_fits(DiagnosticSink& sink) const {
  const std::vector<CsvCell>& header = table_->header_;
  if (header.size() != 1) return true;
  for (const char other : {',', ';', '\t'}) {
    if (other == format_.separator || header.front().text.find(other) == std::string_view::npos) continue;
    sink.report(make_diagnostic(Code::J1137, header.front().span)
                    .arg("ditemukan", separator_word(other))
                    .arg("diharapkan", separator_word(format_.separator))
                    .arg("tanda", separator_written(other)));
    return false;
  }
  return true;
}

CsvParser::RowEnd CsvParser::read_row(std::vector<CsvCell>& cells) {
  const std::size_t before = cells.size();
  const std::size_t start = at_;
  const bool plain = read_plain_cells(cells);
  while (!plain) {
    if (!read_cell(cells)) {
      cells.resize(before);
      if (!stopped_) skip_line();
      return RowEnd::rejected;
    }
    if (at_ >= text_.size() || text_[at_] != format_.separator) break;
    ++at_;
  }
  const std::size_t end = at_;
  pass_line_end();
  if (stops_.beyond_ascii_since(start) && !check_bytes(start, end)) {
    cells.resize(before);
    return RowEnd::rejected;
  }
  return RowEnd::good;
}

bool CsvParser::read_plain_cells(std::vector<CsvCell>& cells) {
  const std::size_t before = cells.size(), columns = table_->header_.size();
  if (columns == 0) return false;  // this is the header
  cells.resize(before + columns);
  std::size_t from = at_;
  for (std::size_t column = 0; column < columns; ++column) {
    const std::size_t end = stops_.next(from);
    const bool last = column + 1 == columns;
    const bool as_due = end < text_.size() && text_[end] == (last ? '\n' : format_.separator);
    const bool with_return = last && end + 1 < text_.size() && text_[end] == '\r' && text_[end + 1] == '\n';
    if (!as_due && !with_return) {
      cells.resize(before);
      return false;
    }
    cells[before + column] = {text_.substr(from, end - from), place(line_start_, line_, from, end)};
    from = end + 1;
  }
  at_ = from - 1;
  return true;
}

bool CsvParser::read_cell(std::vector<CsvCell>& cells) {
  if (at_ < text_.size() && text_[at_] == '"') return read_quoted(cells);
  const std::size_t start = at_;
  while (true) {
    at_ = stops_.next(at_);
    if (at_ >= text_.size() || text_[at_] == format_.separator || at_line_end()) break;
    if (text_[at_] == '"') return stray_quote();
    if (text_[at_] != '\r') return control_byte();
    ++at_;  // a CR that ends no line is part of the cell
  }
  cells.push_back({text_.substr(start, at_ - start), place(line_start_, line_, start, at_)});
  return true;
}

bool CsvParser::read_quoted(std::vector<CsvCell>& cells) {
  const std::size_t open = at_;
  const std::size_t open_line_start = line_start_;
  const std::uint32_t open_line = line_;
  bool doubled = false;
  for (++at_;; ++at_) {
    // Line ends inside quotes are counted on the way; separators and CR are text.
    for (at_ = stops_.next(at_); at_ < text_.size() && text_[at_] != '"'; at_ = stops_.next(at_ + 1)) {
      if (text_[at_] == '\n') {
        ++line_;
        line_start_ = at_ + 1;
      } else if (is_control_byte(text_[at_])) {
        return control_byte();
      }
    }
    if (at_ >= text_.size()) {
      sink_->report(make_diagnostic(Code::J1132, place(open_line_start, open_line, open, open + 1)));
      stopped_ = true;
      return false;
    }
    if (at_ + 1 >= text_.size() || text_[at_ + 1] != '"') break;
    doubled = true;
    ++at_;
  }
  ++at_;
  if (at_ < text_.size() && text_[at_] != format_.separator && !at_line_end()) return stray_quote();
  std::string_view inside = text_.substr(open + 1, at_ - open - 2);
  if (doubled) {
    std::string& kept = table_->arena_.emplace_back();
    kept.reserve(inside.size());
    for (std::size_t i = 0; i < inside.size(); ++i) {
      kept += inside[i];
      if (inside[i] == '"') ++i;
    }
    inside = kept;
  }
  cells.push_back({inside, place(open_line_start, open_line, open, at_)});
  return true;
}

bool CsvParser::control_byte() {
  sink_->report(
      make_diagnostic(Code::J1102, place(line_start_, line_, at_, at_ + 1)).arg("bita", byte_text(text_[at_])));
  return false;
}

bool CsvParser::stray_quote() {
  sink_->report(make_diagnostic(Code::J1133, place(line_start_, line_, at_, at_ + 1)));
  return false;
}

bool CsvParser::check_bytes(std::size_t from, std::size_t to) {
  const std::size_t bad = find_invalid_utf8(text_.substr(from, to - from));
  if (bad == std::string_view::npos) return true;
  sink_->report(
      make_diagnostic(Code::J1101, sources_.span_at(file_, from + bad, 1)).arg("bita", byte_text(text_[from + bad])));
  return false;
}

void CsvParser::skip_line() {
  at_ = std::min(text_.find('\n', at_), text_.size());
  pass_line_end();
}

bool CsvParser::at_line_end() const {
  if (text_[at_] == '\n') return true;
  return text_[at_] == '\r' && (at_ + 1 == text_.size() || text_[at_ + 1] == '\n');
}

void CsvParser::pass_line_end() {
  if (at_ < text_.size() && text_[at_] == '\r') ++at_;
  if (at_ >= text_.size()) return;
  ++at_;
  ++line_;
  line_start_ = at_;
}

SourceSpan CsvParser::place(std::size_t line_start, std::uint32_t line, std::size_t from, std::size_t to) const {
  return {file_, line, narrow(from - line_start + 1), narrow(to - from)};
}

std::optional<CsvTable> parse_csv(FileId file, const SourceMap& sources, const CsvFormat& format,
                                  DiagnosticSink& sink) {
  return CsvParser(file, sources, format).parse(sink);
}

}  // namespace jenjang
