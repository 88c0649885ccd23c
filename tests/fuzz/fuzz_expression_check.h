// What must hold for the reader of expressions on any bytes.
#pragma once

#include <string>
#include <string_view>

#include "engine/rules/expression.h"

namespace jenjang::fuzz {

inline std::string check_expression_text(std::string_view bytes) {
  const auto parsed = parse_expression(bytes);
  if (const auto* error = std::get_if<ExpressionError>(&parsed)) {
    if (error->offset > bytes.size() || error->length > bytes.size() - error->offset) return "place outside the text";
    return {};
  }
  const Expression& expression = std::get<Expression>(parsed);
  if (expression.nodes().empty()) return "an expression of nothing";
  for (std::size_t i = 0; i < expression.nodes().size(); ++i) {
    const ExpressionNode& node = expression.nodes()[i];
    if (node.offset > bytes.size() || node.length > bytes.size() - node.offset) return "part outside the text";
    if (node.length == 0) return "part without text";
    for (const std::uint32_t argument : node.arguments) {
      if (argument >= i) return "a part before its own parts";
      const ExpressionNode& inner = expression.nodes()[argument];
      if (inner.offset < node.offset || inner.offset + inner.length > node.offset + node.length) {
        return "a part beside the whole";
      }
    }
  }
  // A part in brackets, read alone, is an expression again.
  const ExpressionNode& root = expression.root();
  const std::string_view whole = bytes.substr(root.offset, root.length);
  if (std::holds_alternative<ExpressionError>(parse_expression(whole))) return "the whole does not read again";
  return {};
}

}  // namespace jenjang::fuzz
