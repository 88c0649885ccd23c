#include "jenjang/assess/bulk_answers.h"

#include <algorithm>

namespace jenjang {

bool BulkForm::add(BulkQuestion question) {
  if (!by_code.emplace(question.code, questions.size()).second) return false;
  if (question.kind == BulkQuestion::Kind::number) question.column = columns++;
  if (!question.judgement) ++criteria;
  questions.push_back(std::move(question));
  return true;
}

std::optional<std::size_t> BulkForm::find(std::string_view code) const {
  const auto found = by_code.find(code);
  return found == by_code.end() ? std::nullopt : std::optional(found->second);
}

std::size_t BulkForm::bytes_per_sheet() const {
  return questions.size() + columns * sizeof(std::int64_t);
}

BulkAnswers::BulkAnswers(const BulkForm& form, std::size_t sheets)
    : form_(&form), width_(form.questions.size()), columns_(form.columns) {
  resize(sheets);
}

void BulkAnswers::resize(std::size_t sheets) {
  sheets_ = sheets;
  codes_.resize(sheets * width_, kBulkUnanswered);
  numbers_.resize(sheets * columns_, 0);
  beside_.erase(beside_.lower_bound({sheets, 0}), beside_.end());
}

void BulkAnswers::set_number(std::size_t sheet, std::size_t question, const Decimal& number) {
  const std::size_t column = sheet * columns_ + form_->questions[question].column;
  const std::optional<Decimal> millionths = number.normalised().rescaled(kBulkPlaces);
  if (!millionths || millionths->mantissa() > kBulkMostUnits || millionths->mantissa() < -kBulkMostUnits) {
    numbers_[column] = 0;
    set_text(sheet, question, number.to_string());
    return;
  }
  beside_.erase({sheet, question});
  codes(sheet)[question] = kBulkNumber;
  numbers_[column] = static_cast<std::int64_t>(millionths->mantissa());
}

void BulkAnswers::set_text(std::size_t sheet, std::size_t question, std::string text) {
  codes(sheet)[question] = kBulkBeside;
  beside_.insert_or_assign(std::pair(sheet, question), std::move(text));
}

void BulkAnswers::clear(std::size_t sheet) {
  std::ranges::fill(codes(sheet), kBulkUnanswered);
  std::fill_n(numbers_.begin() + static_cast<std::ptrdiff_t>(sheet * columns_), columns_, 0);
  beside_.erase(beside_.lower_bound({sheet, 0}), beside_.lower_bound({sheet + 1, 0}));
}

void BulkAnswers::append(BulkAnswers&& other) {
  for (auto& [place, text] : other.beside_) {
    beside_.emplace_hint(beside_.end(), std::pair(sheets_ + place.first, place.second), std::move(text));
  }
  if (sheets_ == 0) {
    codes_ = std::move(other.codes_);
    numbers_ = std::move(other.numbers_);
  } else {
    codes_.insert(codes_.end(), other.codes_.begin(), other.codes_.end());
    numbers_.insert(numbers_.end(), other.numbers_.begin(), other.numbers_.end());
  }
  sheets_ += other.sheets_;
  other = BulkAnswers(*form_);
}

std::string BulkAnswers::written(std::size_t sheet, std::size_t question) const {
  const BulkQuestion& asked = form_->questions[question];
  const BulkCode code = codes(sheet)[question];
  if (code == kBulkUnanswered) return {};
  if (asked.kind == BulkQuestion::Kind::label) return asked.labels[code - std::size_t{1}];
  if (code == kBulkBeside) return beside_.at({sheet, question});
  return Decimal::from_parts(numbers(sheet)[asked.column], kBulkPlaces).normalised().to_string();
}

SheetAnswers BulkAnswers::as_written(std::size_t sheet) const {
  SheetAnswers all;
  for (std::size_t i = 0; i < width_; ++i) {
    if (codes(sheet)[i] != kBulkUnanswered) all.emplace(form_->questions[i].code, written(sheet, i));
  }
  return all;
}

std::size_t BulkAnswers::answered(std::size_t sheet) const {
  const std::span<const BulkCode> row = codes(sheet);
  std::size_t count = 0;
  for (std::size_t i = 0; i < width_; ++i) {
    if (row[i] != kBulkUnanswered && !form_->questions[i].judgement) ++count;
  }
  return count;
}

bool BulkAnswers::has_beside(std::size_t sheet) const {
  const auto first = beside_.lower_bound({sheet, 0});
  return first != beside_.end() && first->first.first == sheet;
}

}  // namespace jenjang
