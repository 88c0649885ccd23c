// Words, signs, numbers and labels of an expression.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace jenjang {

enum class TokenKind : std::uint8_t { end, number, label, word, sign, strange };  // strange: no part of any expression

struct Token {
  TokenKind kind = TokenKind::end;
  std::string_view text;  // as written, quotes included
  std::size_t offset = 0;
};

// The token behind `last` and the blanks after it; the first one behind an empty token at 0. A label that is never
// closed is strange and reaches to the end.
Token next_token(std::string_view text, const Token& last);
// A blank between tokens.
bool is_expression_blank(char c);
// What the token probably means, when it belongs to another language of formulas; else empty.
std::string meant_by(std::string_view text, const Token& token);

}  // namespace jenjang
