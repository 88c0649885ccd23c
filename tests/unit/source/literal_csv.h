// A slow reader of CSV, byte by byte as the rules of csv_reader.h say it, to hold the fast one against.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "jenjang/base/text.h"
#include "jenjang/source/csv_reader.h"

namespace jenjang::testing {

struct LiteralCell {
  std::string text;
  std::uint32_t line = 0, column = 0, length = 0;
  friend bool operator==(const LiteralCell&, const LiteralCell&) = default;
};
struct LiteralFinding {
  Code code{};
  std::uint32_t line = 0, column = 0, length = 0;
  friend bool operator==(const LiteralFinding&, const LiteralFinding&) = default;
};
struct LiteralTable {
  bool header = false;                         // there is one
  std::vector<std::vector<LiteralCell>> rows;  // the header first
  std::vector<LiteralFinding> findings;
  std::size_t rejected = 0;
  friend bool operator==(const LiteralTable&, const LiteralTable&) = default;
};

class LiteralCsv {
public:
  LiteralCsv(std::string_view text, char separator) : text_(text), separator_(separator) {}

  LiteralTable read() {
    if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
    for (bool first = true; at_ < text_.size(); first = false) {
      const std::string_view line = this_line();
      const bool excel = first && line.starts_with("sep=") && line.size() == 5;
      if (!line.empty() && line.front() != '#' && !excel) break;
      to_next_line();
    }
    if (at_ >= text_.size()) {
      note(Code::J1130, at_, 0);
      return out_;
    }
    std::vector<LiteralCell> cells;
    if (!read_row(cells)) return out_;
    if (cells.size() == 1) {
      for (const char other : {',', ';', '\t'}) {
        if (other == separator_ || cells.front().text.find(other) == std::string::npos) continue;
        out_.findings.push_back({Code::J1137, cells.front().line, cells.front().column, cells.front().length});
        return out_;
      }
    }
    out_.header = true;
    out_.rows.push_back(cells);
    while (!over_) {
      while (at_ < text_.size() && this_line().empty()) to_next_line();
      if (at_ >= text_.size()) break;
      const std::size_t start = at_;
      const std::string_view first_line = this_line();
      const LiteralFinding here{Code::J1131, line_of(start), column_of(start),
                                static_cast<std::uint32_t>(first_line.size())};
      if (!read_row(cells)) {
        ++out_.rejected;
      } else if (cells.size() != out_.rows.front().size()) {
        ++out_.rejected;
        out_.findings.push_back(here);
      } else {
        out_.rows.push_back(cells);
      }
    }
    return out_;
  }

private:
  // Without its LF or CRLF; a CR at the very end of the file ends a line too.
  [[nodiscard]] std::string_view this_line() const {
    std::string_view line = text_.substr(at_);
    line = line.substr(0, line.find('\n'));
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
  }
  void to_next_line() {
    const std::size_t end = text_.find('\n', at_);
    at_ = end == std::string_view::npos ? text_.size() : end + 1;
  }
  [[nodiscard]] std::uint32_t line_of(std::size_t at) const {
    return 1 + static_cast<std::uint32_t>(std::count(text_.begin(), text_.begin() + static_cast<long>(at), '\n'));
  }
  [[nodiscard]] std::uint32_t column_of(std::size_t at) const {
    const std::size_t before = at == 0 ? std::string_view::npos : text_.rfind('\n', at - 1);
    return static_cast<std::uint32_t>(before == std::string_view::npos ? at + 1 : at - before);
  }
  void note(Code code, std::size_t at, std::uint32_t length) {
    out_.findings.push_back({code, line_of(at), column_of(at), length});
  }
  [[nodiscard]] bool line_ends_here() const {
    return at_ >= text_.size() || text_[at_] == '\n' ||
           (text_[at_] == '\r' && (at_ + 1 == text_.size() || text_[at_ + 1] == '\n'));
  }
  static bool is_wrong(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == 0x7F || (byte < 0x20 && c != '\t' && c != '\n' && c != '\r');
  }

  bool read_row(std::vector<LiteralCell>& cells) {
    cells.clear();
    const std::size_t start = at_;
    for (;; ++at_) {
      if (!read_cell(cells)) {
        if (!over_) to_next_line();
        return false;
      }
      if (line_ends_here()) break;
    }
    const std::size_t end = at_;
    if (at_ < text_.size()) to_next_line();
    const std::size_t bad = find_invalid_utf8(text_.substr(start, end - start));
    if (bad == std::string_view::npos) return true;
    note(Code::J1101, start + bad, 1);
    return false;
  }

  // Up to its separator or line end.
  bool read_cell(std::vector<LiteralCell>& cells) {
    const std::size_t start = at_;
    std::string text;
    if (at_ < text_.size() && text_[at_] == '"') {
      for (++at_;; ++at_) {
        if (at_ >= text_.size()) {
          note(Code::J1132, start, 1);
          over_ = true;
          return false;
        }
        if (is_wrong(text_[at_])) return refuse(Code::J1102);
        if (text_[at_] == '"') {
          if (at_ + 1 >= text_.size() || text_[at_ + 1] != '"') break;
          ++at_;
        }
        text += text_[at_];
      }
      ++at_;
      if (!line_ends_here() && text_[at_] != separator_) return refuse(Code::J1133);
    } else {
      for (; !line_ends_here() && text_[at_] != separator_; ++at_) {
        if (text_[at_] == '"') return refuse(Code::J1133);
        if (is_wrong(text_[at_])) return refuse(Code::J1102);
        text += text_[at_];
      }
    }
    cells.push_back({text, line_of(start), column_of(start), static_cast<std::uint32_t>(at_ - start)});
    return true;
  }
  bool refuse(Code code) {
    note(code, at_, 1);
    return false;
  }

  std::string_view text_;
  char separator_;
  std::size_t at_ = 0;
  bool over_ = false;
  LiteralTable out_;
};

}  // namespace jenjang::testing
