// Rows of a file of many sheets, gathered by stretch.
#pragma once

#include <map>
#include <unordered_map>

#include "jenjang/assess/bulk_reader.h"

#include "engine/assess/bulk_keys.h"
#include "engine/source/csv_stretches.h"
#include "engine/source/doubtful_figures.h"

namespace jenjang {

inline constexpr std::string_view kBulkKey = "kunci", kBulkUnit = "unit", kBulkPeriod = "periode", kBulkCode = "kode",
                                  kBulkAnswer = "jawaban";

// Sheets left out that the message counting them names.
inline constexpr std::size_t kKeysNamed = 5;

// One answer of the form with a row for each.
struct BulkEvent {
  std::uint32_t sheet = 0;   // of the stretch
  std::uint32_t beside = 0;  // number or text, of the stretch
  std::uint16_t question = 0;
  BulkCode code = kBulkUnanswered;
  SourceSpan span;
};

// What one stretch of the file came to.
struct BulkPart {
  explicit BulkPart(const BulkForm& form, const CsvFormat& format)
      : answers(form), doubt(form.questions.size() + 1, DoubtfulFigures(format)) {}

  BulkAnswers answers;  // of the form with a row a sheet
  std::vector<std::string_view> keys, units;
  std::vector<Period> periods;
  std::vector<std::uint8_t> left_out;
  std::deque<std::string> kept;
  std::vector<DoubtfulFigures> doubt;  // by question; the last is column `jawaban`
  std::map<Code, std::size_t> mistakes;
  std::vector<BulkRefusal> refusals;   // labels: the first of them, as many as are named
  std::size_t keyless = 0;             // rows of the form with a row a sheet
  std::vector<BulkEvent> events;       // of the form with a row an answer
  std::vector<std::string_view> lost;  // of the same form: keys of rows that came to no sheet, "" where there is none
  std::unordered_map<std::string_view, std::vector<std::uint32_t>> sheets;  // by key, of the same form: one a period
  std::uint32_t latest = 0;                                                 // sheet of the row before
  std::vector<Decimal> numbers;
  std::vector<std::string> texts;
};

class BulkRowReader : public CsvRows {
public:
  BulkRowReader(std::string_view source, const CsvFormat& format, const BulkForm& form, std::string_view form_name)
      : source_(source), format_(format), form_(form), form_name_(form_name) {}

  bool begin(const CsvTable& header, std::size_t stretches, DiagnosticSink& sink) override;
  void rows(std::size_t stretch, const CsvTable& rows, DiagnosticSink& sink) override;
  void again(std::size_t stretch) override;
  void end(DiagnosticSink& sink) override;

  [[nodiscard]] bool usable() const { return usable_; }
  [[nodiscard]] bool by_answer() const { return by_answer_; }
  [[nodiscard]] bool has_units() const { return unit_.has_value(); }
  [[nodiscard]] bool has_periods() const { return period_.has_value(); }
  [[nodiscard]] std::uint32_t header_line() const { return header_line_; }
  // What a line that is no row says in the column of the key; empty when it is too short for one.
  [[nodiscard]] std::string key_in(std::string_view line) const { return cell_in(line, *key_); }
  // The same of its period; nullopt when the file has none, or it cannot be read there.
  [[nodiscard]] std::optional<Period> period_in(std::string_view line) const;
  [[nodiscard]] std::vector<BulkPart>& parts() { return parts_; }

private:
  // One row being read: where its findings go.
  struct Row {
    const CsvTable& table;
    std::size_t number;
    BulkPart& part;
    DiagnosticSink& sink;
    std::string_view key;
    bool good = true;
  };
  [[nodiscard]] std::string_view text(const Row& row, const std::optional<std::size_t>& column) const;
  [[nodiscard]] std::string cell_in(std::string_view line, std::size_t wanted) const;
  void lose(BulkPart& part, std::string_view key) const;
  // Counts a mistake; true while it is to be named.
  static bool mistake(Row& row, Code code);
  std::string_view keep(BulkPart& part, std::string_view text) const;
  bool read_place(Row& row, std::string_view& unit, Period& period);
  // The code of an answer; its number or text goes to `take`. 0 where it is blank, or where it has been refused.
  template <class Take>
  BulkCode read_answer(Row& row, std::size_t question, const CsvCell& cell, const Take& take);
  void refuse_label(Row& row, std::size_t question, const CsvCell& cell, std::string_view written);
  void read_sheet(Row& row);
  void read_event(Row& row);
  std::optional<std::size_t> question_of(Row& row);
  std::uint32_t sheet_of(Row& row, std::string_view unit, Period period);

  std::string_view source_;
  CsvFormat format_;
  const BulkForm& form_;
  std::string_view form_name_;
  bool usable_ = false, by_answer_ = false;
  std::uint32_t header_line_ = 0;
  std::optional<std::size_t> key_, unit_, period_, code_, answer_;
  std::vector<std::optional<std::size_t>> columns_;  // by question
  std::vector<BulkPart> parts_;
};

}  // namespace jenjang
