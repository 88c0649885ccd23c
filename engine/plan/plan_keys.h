// The keys that each part of a plan may hold. The readers ask this table, and a test compares it with
// plans/schema/plan.schema.json, so that editors and the parser never disagree.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "jenjang/source/yaml_fields.h"

namespace jenjang {

struct PlanSection {
  std::string_view name;  // the name under `definitions` of the schema
  std::span<const std::string_view> keys;
};
// All sections in order of the format page.
std::span<const PlanSection> plan_sections();
std::span<const std::string_view> plan_keys(std::string_view section);

// A FieldReader tied to one section. Asking for a key that the section does not list is a programmer's
// mistake and asserts; `finish` refuses the keys of the file that nobody asked for.
class SectionReader : public FieldReader {
public:
  SectionReader(const YamlNode& node, std::string_view section, std::string_view what, DiagnosticSink& sink);

  const YamlNode* take(std::string_view key);
  std::optional<LocatedText> text(std::string_view key);
  std::optional<LocatedText> required_text(std::string_view key);
  std::optional<LocatedDecimal> decimal(std::string_view key);
  std::optional<Located<std::int64_t>> whole(std::string_view key);
  std::optional<Located<bool>> flag(std::string_view key);
  std::vector<LocatedText> text_list(std::string_view key);
  std::optional<Located<std::size_t>> choice(std::string_view key, std::span<const std::string_view> words);
  // A choice whose words are those of an enumeration in its order.
  template <class Enum>
  std::optional<Located<Enum>> word(std::string_view key, std::span<const std::string_view> words) {
    const auto index = choice(key, words);
    if (!index) return std::nullopt;
    return Located<Enum>{static_cast<Enum>(index->value), index->span};
  }

private:
  void expect(std::string_view key) const;
  std::span<const std::string_view> keys_;
};

}  // namespace jenjang
