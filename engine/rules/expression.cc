#include "engine/rules/expression.h"

#include <algorithm>
#include <optional>

#include "jenjang/base/text.h"

#include "engine/rules/expression_tokens.h"

namespace jenjang {

namespace {

constexpr std::string_view kOperands = "123 nama 'label' ( - bukan";
constexpr std::string_view kOperators = "+ - * / < <= > >= = <> dan atau )";

}  // namespace

class ExpressionParser {
public:
  explicit ExpressionParser(std::string_view text) { expression_.text_ = std::string(text); }

  std::variant<Expression, ExpressionError> run() {
    if (text().size() > kExpressionMaxLength) {
      ExpressionError error;
      error.kind = ExpressionError::Kind::length;
      error.count = text().size();
      return error;
    }
    advance();
    const std::optional<std::uint32_t> root = read_or();
    if (root && token_.kind != TokenKind::end) fail_here(bracket_free(kOperators));
    if (error_) return *error_;
    return std::move(expression_);
  }

private:
  using Index = std::optional<std::uint32_t>;

  [[nodiscard]] const std::string& text() const { return expression_.text_; }

  // Outside brackets nothing can be closed.
  std::string bracket_free(std::string_view allowed) const {
    return std::string(depth_ == 0 && allowed.ends_with(" )") ? allowed.substr(0, allowed.size() - 2) : allowed);
  }

  void advance() { token_ = next_token(text(), token_); }

  [[nodiscard]] bool is_sign(std::string_view sign) const {
    return token_.kind == TokenKind::sign && token_.text == sign;
  }
  [[nodiscard]] bool is_word(std::string_view word) const {
    return token_.kind == TokenKind::word && token_.text == word;
  }

  void fail(ExpressionError error) {
    if (!error_) error_ = std::move(error);
  }

  void fail_here(std::string_view allowed) {
    ExpressionError error;
    const bool unclosed = token_.kind == TokenKind::strange && token_.text.front() == '\'';
    if (token_.kind == TokenKind::end || unclosed) {
      error.kind = ExpressionError::Kind::ended;
      error.offset = text().size();
      error.allowed = unclosed ? "'" : std::string(allowed);
    } else {
      error.offset = token_.offset;
      error.length = token_.text.size();
      error.found = std::string(token_.text);
      error.allowed = std::string(allowed);
      error.suggestion = meant_by(text(), token_);
    }
    fail(std::move(error));
  }

  bool enter() {
    if (++depth_ <= kExpressionMaxDepth) return true;
    ExpressionError error;
    error.kind = ExpressionError::Kind::depth;
    error.offset = token_.offset;
    error.length = token_.text.size();
    error.count = depth_;
    fail(std::move(error));
    return false;
  }
  void leave() { --depth_; }

  std::uint32_t add(ExpressionNode node, std::size_t begin) {
    // Up to the last token taken, which ends before the present one and the blanks ahead of it.
    std::size_t end = token_.offset;
    while (end > begin && is_expression_blank(text()[end - 1])) --end;
    node.offset = static_cast<std::uint32_t>(begin);
    node.length = static_cast<std::uint32_t>(end - begin);
    expression_.nodes_.push_back(std::move(node));
    return static_cast<std::uint32_t>(expression_.nodes_.size() - 1);
  }

  Index join(ExpressionOp op, std::uint32_t left, Index right) {
    if (!right) return std::nullopt;
    ExpressionNode node;
    node.op = op;
    node.arguments = {left, *right};
    return add(std::move(node), expression_.nodes_[left].offset);
  }

  Index read_or() {
    Index left = read_and();
    while (left && is_word("atau")) {
      advance();
      left = join(ExpressionOp::either, *left, read_and());
    }
    return left;
  }

  Index read_and() {
    Index left = read_not();
    while (left && is_word("dan")) {
      advance();
      left = join(ExpressionOp::both, *left, read_not());
    }
    return left;
  }

  Index read_not() {
    if (!is_word("bukan")) return read_comparison();
    return prefixed(ExpressionOp::negation, [this] { return read_not(); });
  }

  template <class Read>
  Index prefixed(ExpressionOp op, Read read) {
    const std::size_t begin = token_.offset;
    if (!enter()) return std::nullopt;
    advance();
    const Index inner = read();
    leave();
    if (!inner) return std::nullopt;
    ExpressionNode node;
    node.op = op;
    node.arguments = {*inner};
    return add(std::move(node), begin);
  }

  Index read_comparison() {
    const Index left = read_sum();
    if (!left || token_.kind != TokenKind::sign) return left;
    for (const ExpressionOp op : {ExpressionOp::less, ExpressionOp::less_equal, ExpressionOp::greater,
                                  ExpressionOp::greater_equal, ExpressionOp::equal, ExpressionOp::unequal}) {
      if (token_.text != operator_text(op)) continue;
      advance();
      return join(op, *left, read_sum());
    }
    return left;
  }

  Index read_sum() {
    Index left = read_product();
    while (left && (is_sign("+") || is_sign("-"))) {
      const ExpressionOp op = is_sign("+") ? ExpressionOp::add : ExpressionOp::subtract;
      advance();
      left = join(op, *left, read_product());
    }
    return left;
  }

  Index read_product() {
    Index left = read_factor();
    while (left && (is_sign("*") || is_sign("/"))) {
      const ExpressionOp op = is_sign("*") ? ExpressionOp::multiply : ExpressionOp::divide;
      advance();
      left = join(op, *left, read_factor());
    }
    return left;
  }

  Index read_factor() {
    if (is_sign("-")) return prefixed(ExpressionOp::negative, [this] { return read_factor(); });
    if (!is_sign("(")) return read_primary();
    if (!enter()) return std::nullopt;
    const std::size_t begin = token_.offset;
    advance();
    const Index inner = read_or();
    if (!inner) return std::nullopt;
    if (!is_sign(")")) {
      fail_here(token_.kind == TokenKind::end ? ")" : kOperators);
      return std::nullopt;
    }
    advance();
    leave();
    // A part in brackets is pointed at with them.
    ExpressionNode& node = expression_.nodes_[*inner];
    std::size_t end = token_.offset;
    while (end > begin && is_expression_blank(text()[end - 1])) --end;
    node.offset = static_cast<std::uint32_t>(begin);
    node.length = static_cast<std::uint32_t>(end - begin);
    return inner;
  }

  Index read_primary() {
    ExpressionNode node;
    const std::size_t begin = token_.offset;
    switch (token_.kind) {
      case TokenKind::number: {
        const auto number = Decimal::parse(token_.text);
        if (!number) {
          ExpressionError error;
          error.kind = ExpressionError::Kind::number;
          error.offset = begin;
          error.length = token_.text.size();
          error.found = std::string(token_.text);
          fail(std::move(error));
          return std::nullopt;
        }
        node.number = Rational(*number);
        advance();
        return add(std::move(node), begin);
      }
      case TokenKind::label: {
        node.op = ExpressionOp::label;
        node.text = unquoted(token_.text);
        advance();
        return add(std::move(node), begin);
      }
      case TokenKind::word:
        return read_word();
      default:
        fail_here(kOperands);
        return std::nullopt;
    }
  }

  static std::string unquoted(std::string_view written) {
    std::string label;
    written = written.substr(1, written.size() - 2);
    for (std::size_t i = 0; i < written.size(); ++i) {
      label += written[i];
      if (written[i] == '\'') ++i;
    }
    return label;
  }

  Index read_word() {
    ExpressionNode node;
    const Token word = token_;
    const std::vector<FunctionForm> forms = function_forms();
    const auto form = std::find_if(forms.begin(), forms.end(),
                                   [&](const FunctionForm& candidate) { return candidate.name == word.text; });
    if (form != forms.end()) {
      advance();
      if (is_sign("(")) return read_call(*form, word.offset);
      fail_here("(");
      return std::nullopt;
    }
    if (word.text == "ya" || word.text == "tidak") {
      node.op = ExpressionOp::truth;
      node.truth = word.text == "ya";
    } else if (is_reserved_word(word.text)) {
      fail_here(kOperands);
      return std::nullopt;
    } else {
      node.op = ExpressionOp::name;
      node.text = std::string(word.text);
    }
    advance();
    if (is_sign("(")) {
      ExpressionError error;
      error.kind = ExpressionError::Kind::function;
      error.offset = word.offset;
      error.length = word.text.size();
      error.found = std::string(word.text);
      std::vector<std::string_view> names;
      names.reserve(std::size(forms));
      for (const FunctionForm& candidate : forms) names.push_back(candidate.name);
      error.suggestion = meant_by(text(), word);
      if (error.suggestion.empty()) {
        error.suggestion = nearest(word.text, std::span<const std::string_view>(names)).value_or("");
      }
      fail(std::move(error));
      return std::nullopt;
    }
    return add(std::move(node), word.offset);
  }

  Index read_call(const FunctionForm& form, std::size_t begin) {
    if (!enter()) return std::nullopt;
    ExpressionNode node;
    node.op = ExpressionOp::call;
    node.function = form.function;
    std::size_t count = 0;
    bool good = true;
    advance();
    // A scale is no value: its id may hold hyphens.
    if (form.function == ExpressionFunction::points && !is_sign(")")) {
      read_scale_id(node);
      ++count;
      if (!error_ && is_sign(",")) {
        advance();
      } else if (!is_sign(")")) {
        fail_here(",");
      }
    }
    if (form.function == ExpressionFunction::given || form.function == ExpressionFunction::absent) {
      if (token_.kind == TokenKind::word && is_expression_name(token_.text)) {
        node.text = std::string(token_.text);
        advance();
        ++count;
      } else if (!is_sign(")")) {
        fail_here("nama");
      }
    }
    while (!error_ && !is_sign(")")) {
      if (count > 0 && !is_first_value(form, count)) {
        if (!is_sign(",")) {
          fail_here(token_.kind == TokenKind::end ? ")" : ", )");
          break;
        }
        advance();
      }
      const Index argument = read_or();
      if (!argument) break;
      ++count;
      node.arguments.push_back(*argument);
    }
    if (error_) return std::nullopt;
    advance();
    leave();
    if (count < form.least || count > form.most) good = false;
    if (good && form.function == ExpressionFunction::rounded) good = take_places(node);
    if (!good) {
      ExpressionError error;
      error.kind = ExpressionError::Kind::arguments;
      error.offset = begin;
      error.length = form.name.size();
      error.found = std::string(form.name);
      error.allowed = std::string(form.form);
      error.count = count;
      fail(std::move(error));
      return std::nullopt;
    }
    return add(std::move(node), begin);
  }

  // The comma behind a scale's id was taken with it.
  static bool is_first_value(const FunctionForm& form, std::size_t count) {
    return form.function == ExpressionFunction::points && count == 1;
  }

  // Everything up to the comma, quoted or not.
  void read_scale_id(ExpressionNode& node) {
    if (token_.kind == TokenKind::label) {
      node.text = unquoted(token_.text);
      advance();
      return;
    }
    const std::size_t begin = token_.offset;
    std::size_t end = begin;
    while (token_.kind == TokenKind::word || token_.kind == TokenKind::number || is_sign("-")) {
      end = token_.offset + token_.text.size();
      advance();
    }
    if (end == begin) {
      fail_here("nama");
      return;
    }
    node.text = text().substr(begin, end - begin);
  }

  // The number of decimals is part of the form, not of the arithmetic.
  bool take_places(ExpressionNode& node) {
    const ExpressionNode& places = expression_.nodes_[node.arguments[1]];
    const std::optional<Decimal> number =
        places.op == ExpressionOp::number ? places.number.to_decimal() : std::optional<Decimal>();
    if (!number || !number->is_whole() || *number > Decimal{Decimal::kMaxScale}) return false;
    node.places = static_cast<int>(number->normalised().rescaled(0).value_or(Decimal{0}).mantissa());
    node.arguments.pop_back();
    return true;
  }

  Expression expression_;
  Token token_;
  std::size_t depth_ = 0;
  std::optional<ExpressionError> error_;
};

std::variant<Expression, ExpressionError> parse_expression(std::string_view text) {
  return ExpressionParser(text).run();
}

}  // namespace jenjang
