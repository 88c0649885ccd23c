// The words of one column as shared texts: a word that came before is not written anew.
#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <string_view>

#include "jenjang/base/shared_text.h"

namespace jenjang {

// Remembers the last word, which most rows repeat, and some of those before it: two words of one place drive each other
// out, so a column of ever new words stays within the table. For one thread.
class RepeatedTexts {
public:
  RepeatedTexts() = default;
  RepeatedTexts(const RepeatedTexts&) = delete;  // `last_` points into it
  RepeatedTexts& operator=(const RepeatedTexts&) = delete;
  ~RepeatedTexts() = default;
  // Good until the next question.
  const SharedText& of(std::string_view word) {
    if (*last_ == word) return *last_;
    last_ = word.empty() ? &none_ : &seen_[std::hash<std::string_view>{}(word) % seen_.size()];
    if (*last_ != word) *last_ = word;
    return *last_;
  }

private:
  SharedText none_;
  std::array<SharedText, 512> seen_;
  SharedText* last_ = &none_;
};

}  // namespace jenjang
