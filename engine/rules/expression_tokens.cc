#include "engine/rules/expression_tokens.h"

#include <algorithm>
#include <array>

#include "engine/rules/expression.h"

namespace jenjang {

namespace {

constexpr std::array<FunctionForm, 9> kFunctions{{
    {"min", "min(a, b, ...)", ExpressionFunction::least, 2, 100},
    {"maks", "maks(a, b, ...)", ExpressionFunction::greatest, 2, 100},
    {"abs", "abs(x)", ExpressionFunction::absolute, 1, 1},
    {"bulat", "bulat(x, angka-desimal)", ExpressionFunction::rounded, 2, 2},
    {"lantai", "lantai(x)", ExpressionFunction::floor, 1, 1},
    {"langit", "langit(x)", ExpressionFunction::ceiling, 1, 1},
    {"poin", "poin(skala, label)", ExpressionFunction::points, 2, 2},
    {"ada", "ada(masukan)", ExpressionFunction::given, 1, 1},
    {"tanpa", "tanpa(masukan)", ExpressionFunction::absent, 1, 1},
}};
constexpr std::array<std::string_view, 5> kWords{"dan", "atau", "bukan", "ya", "tidak"};

// What people write who know another language of formulas.
constexpr std::array<std::pair<std::string_view, std::string_view>, 17> kOtherWords{{{"max", "maks"},
                                                                                     {"round", "bulat"},
                                                                                     {"floor", "lantai"},
                                                                                     {"ceil", "langit"},
                                                                                     {"points", "poin"},
                                                                                     {"==", "="},
                                                                                     {"!=", "<>"},
                                                                                     {"&&", "dan"},
                                                                                     {"||", "atau"},
                                                                                     {"and", "dan"},
                                                                                     {"or", "atau"},
                                                                                     {"not", "bukan"},
                                                                                     {"!", "bukan"},
                                                                                     {"true", "ya"},
                                                                                     {"false", "tidak"},
                                                                                     {"x", "*"},
                                                                                     {":", "/"}}};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool continues_letter(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

}  // namespace

std::vector<FunctionForm> function_forms() {
  return {kFunctions.begin(), kFunctions.end()};
}

std::string_view function_name(ExpressionFunction function) {
  return kFunctions[static_cast<std::size_t>(function)].name;
}

std::string_view operator_text(ExpressionOp op) {
  constexpr std::array<std::string_view, 19> kTexts{
      "123", "'label'", "ya", "nama", "-", "bukan", "+",   "-",    "*", "/",
      "<",   "<=",      ">",  ">=",   "=", "<>",    "dan", "atau", "f"};
  return kTexts[static_cast<std::size_t>(op)];
}

bool is_reserved_word(std::string_view word) {
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end() ||
         std::any_of(kFunctions.begin(), kFunctions.end(), [&](const auto& form) { return form.name == word; });
}

bool is_expression_name(std::string_view word) {
  return !word.empty() && is_letter(word.front()) && !is_reserved_word(word) &&
         std::all_of(word.begin(), word.end(), [](char c) { return is_letter(c) || is_digit(c); });
}

bool is_expression_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

Token next_token(std::string_view all, const Token& last) {
  std::size_t at = last.offset + last.text.size();
  while (at < all.size() && is_expression_blank(all[at])) ++at;
  Token token{TokenKind::end, all.substr(at, 0), at};
  if (at == all.size()) return token;
  std::size_t end = at + 1;
  const char c = all[at];
  const auto next_is = [&](char wanted) { return at + 1 < all.size() && all[at + 1] == wanted; };
  if (is_digit(c)) {
    while (end < all.size() && (is_digit(all[end]) || all[end] == '.')) ++end;
    token.kind = TokenKind::number;
  } else if (is_letter(c)) {
    while (end < all.size() && (is_letter(all[end]) || is_digit(all[end]))) ++end;
    token.kind = TokenKind::word;
  } else if (c == '\'') {
    token.kind = TokenKind::label;
    // Two quotes are one quote inside a label.
    for (;; ++end) {
      if (end >= all.size()) {
        token.kind = TokenKind::strange;
        break;
      }
      if (all[end] != '\'') continue;
      if (end + 1 < all.size() && all[end + 1] == '\'') {
        ++end;
        continue;
      }
      ++end;
      break;
    }
  } else if ((c == '<' && (next_is('=') || next_is('>'))) || (c == '>' && next_is('='))) {
    token.kind = TokenKind::sign;
    ++end;
  } else if (std::string_view("+-*/()<>=,").find(c) != std::string_view::npos) {
    token.kind = TokenKind::sign;
  } else {
    token.kind = TokenKind::strange;
    while (end < all.size() && continues_letter(all[end])) ++end;
    if ((c == '&' || c == '|') && next_is(c)) ++end;
    if (c == '!' && next_is('=')) ++end;
  }
  token.text = all.substr(at, end - at);
  return token;
}

std::string meant_by(std::string_view text, const Token& token) {
  std::string_view written = token.text;
  if (written == "\"") return "'";
  if (token.offset > 0 && written == "=" && text[token.offset - 1] == '=') written = "==";
  for (const auto& [other, ours] : kOtherWords) {
    if (other == written) return std::string(ours);
  }
  return {};
}

}  // namespace jenjang
