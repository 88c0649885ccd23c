// Checks of expressions against what stands above them: names, kinds, labels, size.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "jenjang/rules/pack.h"
#include "jenjang/source/yaml_reader.h"

#include "engine/rules/expression.h"

namespace jenjang {

// A kind, and for a label every label it can be. `bits` bounds the digits of a number's exact fraction, so that a chain
// of products in a hostile pack is refused when it is read and not while it is computed.
struct FormulaKind {
  FormulaType type = FormulaType::number;
  std::vector<std::string> labels;
  std::uint64_t bits = 0;
};
// A number as written in a file, or rounded: 128 bits over a power of ten.
inline constexpr std::uint64_t kDecimalBits = 190;

struct FormulaName {
  std::string code;
  FormulaKind kind;
  bool optional_input = false;
  bool broken = false;  // a step that was reported: what rests on it is not at fault
};

// What an expression of one step may use.
struct FormulaScope {
  const Pack& pack;
  std::string step;                // whose expression it is
  std::vector<FormulaName> names;  // inputs, and steps above
  std::vector<std::string> later;  // this step and those below

  [[nodiscard]] const FormulaName* find(std::string_view code) const;
};

// Where an expression is written.
class ExpressionPlace {
public:
  explicit ExpressionPlace(const YamlNode& scalar);
  // A part of it; the whole value where columns do not follow the text (escapes, blocks, aliases).
  [[nodiscard]] SourceSpan part(std::size_t offset, std::size_t length) const;

private:
  SourceSpan span_;
  std::optional<std::uint32_t> shift_;
};

// Parses and checks; nullptr after a report. `kind` receives what it comes to.
std::shared_ptr<const Expression> check_expression(const YamlNode& scalar, const FormulaScope& scope, FormulaKind& kind,
                                                   DiagnosticSink& sink);
// J1433 when the kind is not `wanted`.
bool require_kind(const FormulaKind& kind, FormulaType wanted, std::string_view text, std::string_view place,
                  SourceSpan span, DiagnosticSink& sink);
// "angka", "label", "ya-tidak", "bukti".
std::string_view kind_name(FormulaType type);
// Every label of a scale, best first; those that mean "not assessed" last.
std::vector<std::string> scale_labels(const Scale& scale);
// Adds the labels that `into` lacks.
void add_labels(std::vector<std::string>& into, const std::vector<std::string>& more);

}  // namespace jenjang
