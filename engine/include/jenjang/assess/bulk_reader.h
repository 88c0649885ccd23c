// Many sheets from one CSV file, on several threads.
//
// One rule of headers for two shapes. The column `kunci` says what a sheet is about: a unit, a person's key. Then
// either one row an answer, with the columns `kode` and `jawaban` of a worksheet file (catatan, bukti and tanda are
// read over), or one row a sheet, with a column for each code of the form. `unit` and `periode` may stand in both; a
// key stands for one sheet in a period. A sheet with a mistake is left out, counted and named; the others are taken.
// With a row a sheet, no row is taken whose key and period stand on another, whatever is wrong with that one (J3173);
// with a row an answer, no sheet whose key stands on a row that cannot be read, and rows without a key count as one
// sheet together.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "jenjang/assess/bulk_answers.h"
#include "jenjang/base/diagnostic.h"
#include "jenjang/base/watch.h"
#include "jenjang/measure/period.h"
#include "jenjang/source/csv_reader.h"

namespace jenjang {

struct BulkSheets {
  explicit BulkSheets(const BulkForm& form) : answers(form) {}

  BulkAnswers answers;                        // in the order in which the keys first stand in the file
  std::vector<std::string_view> keys;         // into the text of the file, or `kept`
  std::vector<std::string_view> units;        // none when there is no such column
  std::vector<Period> periods;                // the same; not valid where the cell is blank
  std::vector<std::uint8_t> left_out;         // by sheet: a mistake was found
  std::size_t read = 0, refused = 0;          // sheets of the file, and how many of them are left out
  std::vector<std::deque<std::string>> kept;  // texts that do not stand in the file as they are
};

// So many mistakes of one code are named; the others are counted (J3112).
inline constexpr std::size_t kMostOfACode = 20;

// A label that a question does not know.
struct BulkRefusal {
  std::string code, label;
};

struct BulkReading {
  std::string_view form_name;  // "sakip-2021/lke", for messages
  unsigned threads = 1;
  const Watch* watch = nullptr;
  std::size_t least_stretch = std::size_t{1} << 18;  // bytes that are worth a thread
  // Asked once when more than half of the sheets are left out and as many labels were refused, with the first of these,
  // at most kMostOfACode: what may have been meant ("--mode M2"), or nothing. J3112 says it.
  std::function<std::string(std::span<const BulkRefusal>)> meant = nullptr;
};
// nullopt when the header cannot be used, which the sink says. Sheets, findings and their order are the same for any
// number of threads.
std::optional<BulkSheets> read_bulk_sheets(FileId file, const SourceMap& sources, const CsvFormat& format,
                                           const BulkForm& form, const BulkReading& reading, DiagnosticSink& sink);

// Bytes beside the file's own text that reading it takes, by its lines and the shape that its header shows. With a row
// an answer as many sheets are counted as the answers would fill.
std::uint64_t bulk_reading_bytes(const BulkForm& form, std::string_view text, std::uint64_t lines);

}  // namespace jenjang
