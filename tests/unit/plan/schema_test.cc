// plans/schema/plan.schema.json is written by hand; its keys are those of the parser.
#include <algorithm>
#include <gtest/gtest.h>
#include <set>
#include <string>

#include "jenjang/base/result.h"
#include "jenjang/measure/achievement.h"
#include "jenjang/measure/cascade_rule.h"
#include "jenjang/measure/holding.h"
#include "jenjang/measure/kinds.h"
#include "jenjang/source/yaml_reader.h"

#include "engine/plan/plan_keys.h"

namespace jenjang {
namespace schema_test {

class PlanSchema : public ::testing::Test {
protected:
  void SetUp() override {
    auto text = read_file(std::string(JENJANG_SOURCE_DIR) + "/plans/schema/plan.schema.json", 1U << 20U);
    ASSERT_TRUE(text.ok());
    const FileId file = sources_.add("plan.schema.json", std::move(text).value());
    auto tree = parse_yaml(file, sources_, {}, sink_);  // JSON is YAML
    ASSERT_TRUE(tree) << render_text(sink_.sorted(), sources_, {});
    tree_ = *std::move(tree);
    definitions_ = tree_.find("definitions");
    ASSERT_NE(definitions_, nullptr);
  }
  // Words of an `enum` under definitions/section/properties/key.
  std::set<std::string> words(const char* section, const char* key) const {
    std::set<std::string> found;
    for (const YamlNode& item : definitions_->find(section)->find("properties")->find(key)->find("enum")->items) {
      found.insert(item.text);
    }
    return found;
  }
  static std::set<std::string> set_of(std::span<const std::string_view> list) { return {list.begin(), list.end()}; }

  SourceMap sources_;
  DiagnosticSink sink_;
  YamlNode tree_;
  const YamlNode* definitions_ = nullptr;
};

TEST_F(PlanSchema, HoldsTheKeysOfTheParserAndNoOther) {
  std::set<std::string> sections;
  for (const PlanSection& section : plan_sections()) {
    sections.insert(std::string(section.name));
    const YamlNode* definition = definitions_->find(section.name);
    ASSERT_NE(definition, nullptr) << section.name;
    std::set<std::string> keys;
    for (const auto& entry : definition->find("properties")->entries) keys.insert(entry.key);
    EXPECT_EQ(keys, set_of(section.keys)) << section.name;
  }
  for (const auto& entry : definitions_->entries) EXPECT_EQ(sections.count(entry.key), 1U) << entry.key;
}

TEST_F(PlanSchema, EveryKeyIsDescribed) {
  for (const auto& definition : definitions_->entries) {
    for (const auto& property : definition.value.find("properties")->entries) {
      EXPECT_TRUE(property.value.find("description") != nullptr || property.value.find("$ref") != nullptr)
          << definition.key << "." << property.key;
    }
  }
}

TEST_F(PlanSchema, ClosedListsAreThoseOfTheEngine) {
  EXPECT_EQ(words("dokumen", "dokumen"), set_of(document_words()));
  EXPECT_EQ(words("dokumen", "status"), set_of(statement_state_words()));
  EXPECT_EQ(words("indikator", "polaritas"), set_of(polarity_words()));
  EXPECT_EQ(words("indikator", "akumulasi"), set_of(accumulation_words()));
  EXPECT_EQ(words("agregasi", "cara"), set_of(aggregation_words().first(7)));
  EXPECT_EQ(words("manifes", "aturan_mutasi"), set_of(transfer_rule_words()));
  EXPECT_EQ(words("kaskade", "pembulatan"), set_of(part_rounding_words()));
  EXPECT_EQ(words("kaskade", "berakhir"), set_of(expired_policy_words()));
  EXPECT_EQ(words("data_hilang", "unit"), set_of(missing_policy_words()));
  EXPECT_EQ(words("data_hilang", "waktu"), set_of(missing_policy_words()));
  EXPECT_EQ(words("capaian", "rumus"), set_of(achievement_formula_words()));
  EXPECT_EQ(words("capaian", "target_nol"), set_of(zero_target_words()));
  EXPECT_EQ(words("capaian", "batas_pada"), set_of(cap_level_words()));
}

}  // namespace schema_test
}  // namespace jenjang
