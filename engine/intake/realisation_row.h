// One row of a feed of realisations as an observation. Shared by the feed reader and the reader of rows to record.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "jenjang/intake/intake.h"

#include "engine/base/repeated_texts.h"
#include "engine/intake/row_cells.h"

namespace jenjang::intake {

// Columns that a feed of realisations must and may have; a feed of grades needs no `nilai`.
struct FeedColumns {
  std::vector<std::string_view> required, optional;
};
FeedColumns feed_columns(const CsvTable& table, const FeedFormat& format);

// What many rows of a feed say in the same words.
struct FeedWords {
  RepeatedTexts code, unit, grade, status, source;
};

class RealisationRows {
public:
  // `words` may have seen earlier rows, and is for one thread.
  RealisationRows(const CsvTable& table, const FeedFormat& format, FeedWords& words, DiagnosticSink& sink)
      : table_(table), format_(format), words_(words), sink_(sink) {}

  // Fills a new observation. Every column is looked at even after a mistake, so that one run shows all of them. False
  // after a report.
  bool read(std::size_t row, Observation& fact);
  // kode, unit and periode alone, and rilis; false after a report.
  bool read_address(std::size_t row, Observation& fact);
  // status, sumber and tanda.
  void read_origin(std::size_t row, Observation& fact);

private:
  std::optional<Period> read_period(std::string_view text, std::string_view column, const SourceSpan& span);
  struct Places {
    SourceSpan number, address, unit, period;
  };
  bool read_address(std::size_t row, Observation& fact, Places& places);
  bool read_figure(std::size_t row, Observation& fact, SourceSpan& place);
  bool both(const SourceSpan& span, std::string_view first, std::string_view second);
  bool read_state(std::string_view word, const SourceSpan& place, Observation& fact);
  bool read_definition(std::size_t row, Observation& fact);

  const CsvTable& table_;
  const FeedFormat& format_;
  FeedWords& words_;
  DiagnosticSink& sink_;
  Column code_{table_, "kode"}, unit_{table_, "unit"}, period_{table_, "periode"}, value_{table_, "nilai"};
  Column grade_{table_, "predikat"}, status_{table_, "status"}, released_{table_, "rilis"};
  Column definition_{table_, "definisi"}, source_{table_, "sumber"}, marks_{table_, "tanda"}, state_{table_, "keadaan"};
};

}  // namespace jenjang::intake
