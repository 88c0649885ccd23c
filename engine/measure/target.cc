#include "jenjang/measure/target.h"

#include <array>
#include <utility>

#include "jenjang/base/text.h"

namespace jenjang {
namespace {

constexpr std::string_view kPlusMinus = "\u00B1";
constexpr std::string_view kAtMost = "\u2264";
constexpr std::string_view kAtLeast = "\u2265";

struct RelationSign {
  std::string_view sign;
  Relation relation;
};
// Longer signs first, so that "<=" is not read as "<" and a rest.
constexpr std::array<RelationSign, 6> kRelationSigns{{{"<=", Relation::less_equal},
                                                      {">=", Relation::greater_equal},
                                                      {kAtMost, Relation::less_equal},
                                                      {kAtLeast, Relation::greater_equal},
                                                      {"<", Relation::less},
                                                      {">", Relation::greater}}};

std::string_view sign_of(Relation relation) {
  switch (relation) {
    case Relation::less:
      return "<";
    case Relation::less_equal:
      return "<=";
    case Relation::greater:
      return ">";
    case Relation::greater_equal:
      return ">=";
  }
  return "";
}

// Any byte of a character outside ASCII counts as a letter: labels may be written in any script.
bool has_letter(std::string_view text) {
  for (const char c : text) {
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80) return true;
  }
  return false;
}

std::optional<Target> make_range(const std::optional<Decimal>& low, const std::optional<Decimal>& high) {
  if (!low || !high || *low > *high) return std::nullopt;
  return Target(TargetRange{*low, *high});
}

}  // namespace

std::optional<Target> Target::parse(std::string_view text, char point) {
  text = trim(text);
  if (text.empty()) return std::nullopt;
  if (const std::optional<Decimal> number = Decimal::parse(text, point)) return Target(*number);

  for (const RelationSign& entry : kRelationSigns) {
    if (!text.starts_with(entry.sign)) continue;
    const std::optional<Decimal> value = Decimal::parse(trim(text.substr(entry.sign.size())), point);
    if (!value) return std::nullopt;
    return Target(TargetBound{entry.relation, *value});
  }
  if (const std::size_t dots = text.find(".."); dots != std::string_view::npos) {
    return make_range(Decimal::parse(trim(text.substr(0, dots)), point),
                      Decimal::parse(trim(text.substr(dots + 2)), point));
  }
  for (const std::string_view sign : {std::string_view("+-"), kPlusMinus}) {
    const std::size_t at = text.find(sign);
    if (at == std::string_view::npos) continue;
    const std::optional<Decimal> middle = Decimal::parse(trim(text.substr(0, at)), point);
    const std::optional<Decimal> spread = Decimal::parse(trim(text.substr(at + sign.size())), point);
    if (!middle || !spread) return std::nullopt;
    return make_range(Decimal::subtract(*middle, *spread), Decimal::add(*middle, *spread));
  }
  if (!has_letter(text)) return std::nullopt;
  return Target(TargetGrade{std::string(text)});
}

std::optional<Decimal> Target::reference_number() const {
  if (const Decimal* value = number()) return *value;
  if (const TargetBound* limit = bound()) return limit->value;
  return std::nullopt;
}

std::string Target::to_string() const {
  if (const TargetRange* span = range()) return span->low.to_string() + ".." + span->high.to_string();
  if (const TargetBound* limit = bound()) {
    return std::string(sign_of(limit->relation)) + " " + limit->value.to_string();
  }
  if (const TargetGrade* label = grade()) return label->label;
  return number()->to_string();
}

}  // namespace jenjang
