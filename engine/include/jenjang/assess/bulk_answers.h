// Answers of many sheets as rows of small codes: what worksheets and formula sheets are scored from in bulk.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "jenjang/assess/sheet.h"
#include "jenjang/base/decimal.h"

namespace jenjang {

// Code of an answer: 0 nobody answered; then the labels of the question, from 1. Of a question that asks for a number:
// kBulkNumber, which stands in the column of numbers, or kBulkBeside, which does not fit there and is kept as text; of
// one that asks for a text: kBulkBeside.
using BulkCode = std::uint8_t;
inline constexpr BulkCode kBulkUnanswered = 0, kBulkNumber = 1, kBulkBeside = 2;
inline constexpr std::size_t kMostBulkLabels = 250;
// Numbers are held in millionths up to a billion.
inline constexpr int kBulkPlaces = 6;
inline constexpr std::int64_t kBulkMostUnits = 1'000'000'000'000'000;

struct BulkQuestion {
  std::string code, title;
  enum class Kind : std::uint8_t { label, number, text } kind = Kind::label;
  bool judgement = false;                      // no criterion: a verdict beside a part's criteria
  bool required = false;                       // without it there is no row
  std::size_t column = 0;                      // of a number
  std::vector<std::string> labels = {};        // code 1 is labels[0]
  std::optional<Decimal> low = {}, high = {};  // of a number, both ends allowed
};

struct BulkForm {
  std::vector<BulkQuestion> questions;
  std::map<std::string, std::size_t, std::less<>> by_code;
  std::size_t columns = 0;   // of numbers
  std::size_t criteria = 0;  // questions that are no judgement

  // False when the code is there already.
  bool add(BulkQuestion question);
  [[nodiscard]] std::optional<std::size_t> find(std::string_view code) const;
  // Bytes of one sheet's answers.
  [[nodiscard]] std::size_t bytes_per_sheet() const;
};

// Rows of codes: [sheet][question], and [sheet][column] for numbers. The form outlives them.
class BulkAnswers {
public:
  explicit BulkAnswers(const BulkForm& form, std::size_t sheets = 0);
  [[nodiscard]] std::size_t sheets() const { return sheets_; }
  void resize(std::size_t sheets);
  [[nodiscard]] std::span<BulkCode> codes(std::size_t sheet) { return {codes_.data() + sheet * width_, width_}; }
  [[nodiscard]] std::span<const BulkCode> codes(std::size_t sheet) const {
    return {codes_.data() + sheet * width_, width_};
  }
  [[nodiscard]] std::span<const std::int64_t> numbers(std::size_t sheet) const {
    return {numbers_.data() + sheet * columns_, columns_};
  }
  void set_number(std::size_t sheet, std::size_t question, const Decimal& number);
  void set_text(std::size_t sheet, std::size_t question, std::string text);
  void clear(std::size_t sheet);  // nobody has answered anything
  // Takes another's rows behind its own; both of one form.
  void append(BulkAnswers&& other);

  // One answer in words, blank where there is none; all of a sheet as score_sheet takes them.
  [[nodiscard]] std::string written(std::size_t sheet, std::size_t question) const;
  [[nodiscard]] SheetAnswers as_written(std::size_t sheet) const;
  [[nodiscard]] std::size_t answered(std::size_t sheet) const;  // criteria, judgements not counted
  [[nodiscard]] bool has_beside(std::size_t sheet) const;

private:
  const BulkForm* form_;
  std::size_t sheets_ = 0, width_ = 0, columns_ = 0;
  std::vector<BulkCode> codes_;
  std::vector<std::int64_t> numbers_;
  std::map<std::pair<std::size_t, std::size_t>, std::string> beside_;  // by sheet and question
};

}  // namespace jenjang
