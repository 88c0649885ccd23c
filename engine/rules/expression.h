// Expression: one line of a regulation's arithmetic, parsed once into a small tree.
//
//   sum      = product { (+|-) product }            comparison = sum [ (< <= > >= = <>) sum ]
//   product  = factor { (*|/) factor }              and        = not { dan not }
//   factor   = - factor | ( or ) | primary          or         = and { atau and }
//   primary  = number | 'label' | ya | tidak | name | function ( ... )
//
// Length and nesting are limited, so that no text can overflow the stack; the tree is as deep as the text is long at
// most. Names are resolved and kinds checked afterwards (formula_check.h).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "jenjang/base/rational.h"

namespace jenjang {

inline constexpr std::size_t kExpressionMaxLength = 1000;  // bytes
inline constexpr std::size_t kExpressionMaxDepth = 40;     // brackets, signs and functions within each other

enum class ExpressionOp : std::uint8_t {
  number,
  label,
  truth,
  name,
  negative,  // -
  negation,  // bukan
  add,
  subtract,
  multiply,
  divide,
  less,
  less_equal,
  greater,
  greater_equal,
  equal,
  unequal,
  both,    // dan
  either,  // atau
  call,
};

enum class ExpressionFunction : std::uint8_t {
  least,
  greatest,
  absolute,
  rounded,
  floor,
  ceiling,
  points,
  given,
  absent
};

// How a function is written, for messages: "bulat(x, n)".
struct FunctionForm {
  std::string_view name, form;
  ExpressionFunction function;
  std::size_t least, most;  // arguments
};
std::vector<FunctionForm> function_forms();
std::string_view function_name(ExpressionFunction function);
// "+", "dan", "min": as written.
std::string_view operator_text(ExpressionOp op);
// Words that no input or step may be called.
bool is_reserved_word(std::string_view word);
// Letters, digits and underscores, not beginning with a digit, and not reserved.
bool is_expression_name(std::string_view word);

struct ExpressionNode {
  ExpressionOp op = ExpressionOp::number;
  ExpressionFunction function = ExpressionFunction::least;
  Rational number;
  std::string text;  // of a name or a label; the scale of `poin`
  bool truth = false;
  int places = 0;                        // of `bulat`
  std::vector<std::uint32_t> arguments;  // indices of nodes, all below this one's
  std::uint32_t offset = 0, length = 0;  // in the text
};

struct ExpressionError {
  enum class Kind : std::uint8_t {
    unexpected,
    ended,
    arguments,
    function,
    length,
    depth,
    number
  } kind = Kind::unexpected;
  std::size_t offset = 0, length = 0;
  std::string found;       // what stands there; the name of a function
  std::string allowed;     // what could; the form of a function
  std::string suggestion;  // what was probably meant
  std::size_t count = 0;   // arguments written
};

class Expression {
public:
  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] const std::vector<ExpressionNode>& nodes() const { return nodes_; }
  // The last node: children stand before their parents.
  [[nodiscard]] const ExpressionNode& root() const { return nodes_.back(); }

private:
  friend class ExpressionParser;
  std::string text_;
  std::vector<ExpressionNode> nodes_;
};

std::variant<Expression, ExpressionError> parse_expression(std::string_view text);

}  // namespace jenjang
