// One expression: what it reads as, where it stops, and that no text can overflow the stack.
#include "engine/rules/expression.h"

#include <gtest/gtest.h>

namespace jenjang {
namespace expression_test {

using Kind = ExpressionError::Kind;

// The tree in brackets: "(+ 1 (* 2 x))".
std::string shape(const Expression& expression, const ExpressionNode& node) {
  std::string text;
  switch (node.op) {
    case ExpressionOp::number:
      return node.number.to_string();
    case ExpressionOp::label:
      return "'" + node.text + "'";
    case ExpressionOp::truth:
      return node.truth ? "ya" : "tidak";
    case ExpressionOp::name:
      return node.text;
    case ExpressionOp::call:
      text = std::string(function_name(node.function));
      break;
    default:
      text = std::string(operator_text(node.op));
      break;
  }
  if (!node.text.empty()) text += " " + node.text;
  for (const std::uint32_t argument : node.arguments) text += " " + shape(expression, expression.nodes()[argument]);
  if (node.function == ExpressionFunction::rounded) text += " /" + std::to_string(node.places);
  return "(" + text + ")";
}

std::string read(std::string_view text) {
  const auto parsed = parse_expression(text);
  const auto* expression = std::get_if<Expression>(&parsed);
  return expression == nullptr ? "-" : shape(*expression, expression->root());
}

ExpressionError error_of(std::string_view text) {
  const auto parsed = parse_expression(text);
  const auto* error = std::get_if<ExpressionError>(&parsed);
  EXPECT_NE(error, nullptr) << text;
  return error == nullptr ? ExpressionError{} : *error;
}

std::string part(std::string_view text, const ExpressionNode& node) {
  return std::string(text.substr(node.offset, node.length));
}

TEST(Expression, ProductsBindCloserThanSumsAndBothGoFromLeftToRight) {
  EXPECT_EQ(read("a + b * c - d"), "(- (+ a (* b c)) d)");
  EXPECT_EQ(read("a / b / c"), "(/ (/ a b) c)");
  EXPECT_EQ(read("a - b - c"), "(- (- a b) c)");
  EXPECT_EQ(read("-a * -2.50"), "(* (- a) (- 5/2))");
  EXPECT_EQ(read("(a + b) * c"), "(* (+ a b) c)");
}

TEST(Expression, ComparisonsThenNotThenAndThenOr) {
  EXPECT_EQ(read("a < 1 atau b >= 2 dan bukan c = 'x'"), "(atau (< a 1) (dan (>= b 2) (bukan (= c 'x'))))");
  EXPECT_EQ(read("bukan bukan p"), "(bukan (bukan p))");
  EXPECT_EQ(read("p = ya dan q <> tidak"), "(dan (= p ya) (<> q tidak))");
}

TEST(Expression, FunctionsAndTheirForms) {
  EXPECT_EQ(read("min(a, 2, maks(b, c))"), "(min a 2 (maks b c))");
  EXPECT_EQ(read("bulat(a / 3, 2)"), "(bulat (/ a 3) /2)");
  EXPECT_EQ(read("poin(hasil-kerja-2, x)"), "(poin hasil-kerja-2 x)");
  EXPECT_EQ(read("poin('hasil kerja', 'Baik')"), "(poin hasil kerja 'Baik')");
  EXPECT_EQ(read("ada(x) atau tanpa(y)"), "(atau (ada x) (tanpa y))");
}

TEST(Expression, AQuoteInALabelIsWrittenTwice) {
  EXPECT_EQ(read("a = 'Jum''at'"), "(= a 'Jum'at')");
  EXPECT_EQ(error_of("a = 'Jum").kind, Kind::ended);
}

TEST(Expression, APartKnowsWhatWasWritten) {
  const std::string text = "  100 * ( a +  b ) / min(a, 2) ";
  const auto parsed = parse_expression(text);
  const Expression& expression = std::get<Expression>(parsed);
  EXPECT_EQ(part(text, expression.root()), "100 * ( a +  b ) / min(a, 2)");
  const ExpressionNode& product = expression.nodes()[expression.root().arguments[0]];
  EXPECT_EQ(part(text, product), "100 * ( a +  b )");
  EXPECT_EQ(part(text, expression.nodes()[product.arguments[1]]), "( a +  b )");
  EXPECT_EQ(part(text, expression.nodes()[expression.root().arguments[1]]), "min(a, 2)");
}

TEST(Expression, AnErrorStandsAtTheFirstPartThatCannotStandThere) {
  struct Row {
    std::string_view text;
    Kind kind;
    std::size_t offset;
    std::string_view suggestion;
  };
  for (const Row& row : {Row{"a ++ b", Kind::unexpected, 3, ""},
                         Row{"a == b", Kind::unexpected, 3, "="},
                         Row{"a != b", Kind::unexpected, 2, "<>"},
                         Row{"a && b", Kind::unexpected, 2, "dan"},
                         Row{"a and b", Kind::unexpected, 2, "dan"},
                         Row{"a = \"x\"", Kind::unexpected, 4, "'"},
                         Row{"a b", Kind::unexpected, 2, ""},
                         Row{"0 < a < 1", Kind::unexpected, 6, ""},
                         Row{"a )", Kind::unexpected, 2, ""},
                         Row{"1,5 * a", Kind::unexpected, 1, ""},
                         Row{"a \xC3\x97 b", Kind::unexpected, 2, ""},
                         Row{"", Kind::ended, 0, ""},
                         Row{"(a + 1", Kind::ended, 6, ""},
                         Row{"a +", Kind::ended, 3, ""},
                         Row{"1.2.3", Kind::number, 0, ""},
                         Row{"1.", Kind::number, 0, ""},
                         Row{"max(a, b)", Kind::function, 0, "maks"},
                         Row{"min(a)", Kind::arguments, 0, ""},
                         Row{"abs(a, b)", Kind::arguments, 0, ""},
                         Row{"bulat(a, b)", Kind::arguments, 0, ""},
                         Row{"bulat(a, 1.5)", Kind::arguments, 0, ""},
                         Row{"bulat(a, 19)", Kind::arguments, 0, ""},
                         Row{"poin(x)", Kind::arguments, 0, ""},
                         Row{"poin()", Kind::arguments, 0, ""},
                         Row{"ada(1)", Kind::unexpected, 4, ""},
                         Row{"min", Kind::ended, 3, ""}}) {
    const ExpressionError error = error_of(row.text);
    EXPECT_EQ(error.kind, row.kind) << row.text;
    EXPECT_EQ(error.offset, row.offset) << row.text;
    EXPECT_EQ(error.suggestion, row.suggestion) << row.text;
  }
}

TEST(Expression, DepthAndLengthAreLimited) {
  const std::string most = std::string(kExpressionMaxDepth, '(') + "1" + std::string(kExpressionMaxDepth, ')');
  EXPECT_EQ(read(most), "1");
  EXPECT_EQ(error_of("(" + most + ")").kind, Kind::depth);
  EXPECT_EQ(error_of(std::string(900, '-') + "1").kind, Kind::depth);
  std::string chain = "1";
  while (chain.size() + 2 <= kExpressionMaxLength) chain += "+1";
  EXPECT_NE(read(chain), "-");
  EXPECT_EQ(error_of(chain + "+1").kind, Kind::length);
}

TEST(Expression, NamesThatAnExpressionCanSpell) {
  for (const char* good : {"target", "w5", "_x", "Hasil_Kerja"}) EXPECT_TRUE(is_expression_name(good)) << good;
  for (const char* bad : {"", "5w", "a-b", "dan", "ya", "min", "a b", "\xC3\xA9"}) {
    EXPECT_FALSE(is_expression_name(bad)) << bad;
  }
}

}  // namespace expression_test
}  // namespace jenjang
