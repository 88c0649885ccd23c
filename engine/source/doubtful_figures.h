// The doubt of report_doubtful_figures gathered cell by cell: of rows that are never in memory together, or read by
// several threads.
#pragma once

#include <cstddef>
#include <string>

#include "jenjang/source/csv_reader.h"

namespace jenjang {

class DoubtfulFigures {
public:
  explicit DoubtfulFigures(const CsvFormat& format);
  // False when the format leaves no doubt: then there is nothing to look at.
  [[nodiscard]] bool looks() const { return looks_; }
  void add(const CsvCell& cell);
  // What stands further down in the file.
  void add(const DoubtfulFigures& below);
  void report(std::string_view column, DiagnosticSink& sink) const;

private:
  struct Kind {
    std::size_t count = 0;
    std::string text;  // of the first
    SourceSpan span;
    void add(const Kind& below);
  };
  bool looks_;
  bool settled_ = false;  // a figure of three decimals that cannot be thousands
  bool other_lengths_ = false;
  Kind all_, ending_in_nought_;
};

}  // namespace jenjang
