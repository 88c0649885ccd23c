// The packs that ship under models/: they load without a finding and say what their sources say.
#include <filesystem>
#include <gtest/gtest.h>
#include <numeric>

#include "jenjang/rules/lint_rules.h"
#include "jenjang/rules/pack.h"

namespace jenjang {
namespace models_test {

const std::filesystem::path kModels = std::filesystem::path(JENJANG_SOURCE_DIR) / "models";

class ModelsTest : public ::testing::Test {
protected:
  void SetUp() override { loaded_ = library_.load_folder(kModels, sources_, sink_); }
  [[nodiscard]] const PackTemplate& lke() const { return *library_.find_template("sakip-2021/lke"); }

  SourceMap sources_;
  DiagnosticSink sink_;
  PackLibrary library_;
  bool loaded_ = false;
};

TEST_F(ModelsTest, AllPacksLoadWithoutAFinding) {
  EXPECT_TRUE(loaded_) << render_text(sink_.all(), sources_, {});
  EXPECT_TRUE(sink_.all().empty());
  std::size_t folders = 0;
  for (const auto& entry : std::filesystem::directory_iterator(kModels)) {
    if (!std::filesystem::exists(entry.path() / "pack.yaml")) continue;
    ++folders;
    EXPECT_TRUE(std::filesystem::exists(entry.path() / "SOURCES.md")) << entry.path();
  }
  EXPECT_EQ(library_.all().size(), folders);
}

TEST_F(ModelsTest, EveryValueHasABasis) {
  for (const Pack& pack : library_.all()) {
    for (const Scale& scale : pack.scales) EXPECT_TRUE(scale.unverified || !scale.article.empty()) << scale.id;
    for (const PackTemplate& tmpl : pack.templates) {
      for (const TemplateNode& node : tmpl.nodes) EXPECT_TRUE(node.unverified || !node.article.empty()) << node.code;
    }
    for (const PackGate& gate : pack.gates) EXPECT_TRUE(gate.unverified || !gate.article.empty()) << gate.id;
    for (const PackCase& one : pack.cases) EXPECT_FALSE(one.source.empty()) << one.id;
  }
}

TEST_F(ModelsTest, SakipHasFourComponentsTwelveSubComponentsEightyCriteria) {
  ASSERT_TRUE(loaded_);
  std::map<ItemKind, int> count;
  for (const TemplateNode& node : lke().nodes) ++count[node.kind];
  EXPECT_EQ(count[ItemKind::pack_total], 1);
  EXPECT_EQ(count[ItemKind::component], 4);
  EXPECT_EQ(count[ItemKind::sub_component], 12);
  EXPECT_EQ(count[ItemKind::criterion], 80);
  // 6 11 8 / 3 7 10 / 6 9 7 / 3 5 5, the counts that the worksheets agree on.
  const std::vector<std::pair<std::string, int>> expected{{"1.a", 6}, {"1.b", 11}, {"1.c", 8}, {"2.a", 3},
                                                          {"2.b", 7}, {"2.c", 10}, {"3.a", 6}, {"3.b", 9},
                                                          {"3.c", 7}, {"4.a", 3},  {"4.b", 5}, {"4.c", 5}};
  for (const auto& [code, children] : expected) {
    const std::size_t parent = lke().find_node(code);
    int found = 0;
    for (const TemplateNode& node : lke().nodes) {
      if (node.parent != parent) continue;
      ++found;
      EXPECT_EQ(node.code, code + "." + std::to_string(found));
      EXPECT_FALSE(node.title.empty());
    }
    EXPECT_EQ(found, children) << code;
  }
}

TEST_F(ModelsTest, SakipPointsAreTwentyThirtyFiftyPercentOfTheComponent) {
  ASSERT_TRUE(loaded_);
  const std::map<char, Rational> share{{'a', {1, 5}}, {'b', {3, 10}}, {'c', {1, 2}}};
  for (const TemplateNode& node : lke().nodes) {
    if (node.kind != ItemKind::sub_component) continue;
    const TemplateNode& component = lke().nodes[node.parent];
    EXPECT_EQ(Rational(*node.stated_weight), Rational(*component.stated_weight) * share.at(node.code.back()));
    EXPECT_EQ(Rational(node.factor) * Rational(100), Rational(*node.stated_weight));
    EXPECT_EQ(node.aggregation, Aggregation::weighted_mean);
    EXPECT_EQ(component.aggregation, Aggregation::sum);
    EXPECT_EQ(component.factor, Decimal{1});
    const ShareTable* table = lke().share_table_for(node.code);
    ASSERT_NE(table, nullptr);
    EXPECT_EQ(table->id, node.code.back() == 'a' ? "sakip-2021/keberadaan" : "sakip-2021/mutu");
  }
}

// Grade by criteria met, without judgements, as worked out for each length of list: the first counts
// of met criteria that reach C, CC, B and BB. (n = 3 reaches no D and no B.)
TEST_F(ModelsTest, ShareOfCriteriaGivesTheTabledGrade) {
  ASSERT_TRUE(loaded_);
  const std::vector<std::pair<int, std::string>> rows{
      {3, "E C CC BB"},
      {5, "E D C CC B BB"},
      {6, "E D C C CC B BB"},
      {7, "E D C C CC CC B BB"},
      {8, "E D D C C CC CC B BB"},
      {9, "E D D C C CC CC B B BB"},
      {10, "E D D C C C CC CC B B BB"},
      {11, "E D D C C C CC CC CC B B BB"},
  };
  for (const ShareTable& table : lke().share_tables) {
    for (const auto& [n, grades] : rows) {
      std::string found;
      for (int met = 0; met <= n; ++met) {
        const int row = table.find(met, n, {});
        ASSERT_GE(row, 0);
        found += (met == 0 ? "" : " ") + table.rows[static_cast<std::size_t>(row)].grade;
      }
      EXPECT_EQ(found, grades) << table.id << " n = " << n;
    }
  }
}

TEST_F(ModelsTest, JudgementsLiftOnlyAFullList) {
  ASSERT_TRUE(loaded_);
  const ShareTable& a = *lke().share_table_for("1.a");
  const ShareTable& b = *lke().share_table_for("1.b");
  const auto grade = [](const ShareTable& table, int met, int n, const std::vector<std::string>& given) {
    return table.rows[static_cast<std::size_t>(table.find(met, n, given))].grade;
  };
  EXPECT_EQ(grade(a, 6, 6, {"dipertahankan-1-tahun"}), "A");
  EXPECT_EQ(grade(a, 6, 6, {"dipertahankan-5-tahun"}), "AA");
  EXPECT_EQ(grade(a, 5, 6, {"dipertahankan-5-tahun"}), "B");
  EXPECT_EQ(grade(a, 6, 6, {"upaya-terpuji"}), "BB");
  EXPECT_EQ(grade(b, 11, 11, {"upaya-terpuji"}), "A");
  EXPECT_EQ(grade(b, 11, 11, {"inovasi-percontohan"}), "AA");
  EXPECT_EQ(grade(b, 10, 11, {"inovasi-percontohan"}), "B");
}

TEST_F(ModelsTest, SakipScaleGatesAndModes) {
  ASSERT_TRUE(loaded_);
  const Pack& pack = *library_.find("sakip-2021");
  EXPECT_FALSE(pack.valid_in(2021));
  EXPECT_TRUE(pack.valid_in(2024));
  const Scale& scale = *pack.scale("predikat");
  EXPECT_TRUE(scale.open_below);
  EXPECT_EQ(scale.decide_on, (Rounding{RoundingMode::half_up, 2}));
  std::string cuts;
  for (const Band& band : scale.bands) cuts += band.label + (band.above ? ">" + band.above->to_string() : "") + " ";
  EXPECT_EQ(cuts, "AA>90 A>80 BB>70 B>60 CC>50 C>30 D ");

  ASSERT_EQ(pack.gates.size(), 1U);
  const PackGate& gate = pack.gates[0];
  EXPECT_EQ(gate.label, "A");
  EXPECT_TRUE(gate.unverified);
  EXPECT_TRUE(gate.fallback.empty());
  ASSERT_EQ(gate.requirements.size(), 2U);
  EXPECT_EQ(gate.requirements[0].group, "klaster_utama");
  EXPECT_EQ(gate.requirements[0].at_least, "A");
  EXPECT_EQ(gate.requirements[0].count, 3);
  EXPECT_EQ(gate.requirements[1].group, "klaster_pendukung");
  EXPECT_EQ(gate.requirements[1].at_least, "BB");
  EXPECT_EQ(gate.requirements[1].count, 3);

  EXPECT_NE(library_.require_mode(lke(), "M1", {}, sink_), nullptr);
  EXPECT_NE(library_.require_mode(lke(), "M2", {}, sink_), nullptr);
  EXPECT_EQ(sink_.all().size(), 0U);
  EXPECT_EQ(library_.require_mode(lke(), "M3", {}, sink_), nullptr);
  EXPECT_EQ(library_.require_mode(lke(), "M4", {}, sink_), nullptr);
  ASSERT_EQ(sink_.all().size(), 2U);
  EXPECT_EQ(sink_.all()[0].code, Code::J1412);
}

TEST_F(ModelsTest, CasesAreExpandedToEveryCriterion) {
  ASSERT_TRUE(loaded_);
  for (const PackCase& one : library_.find("sakip-2021")->cases) {
    if (one.template_id.empty()) continue;
    std::size_t criteria = 0;
    for (const auto& [code, answer] : one.inputs) criteria += code.find('/') == std::string::npos ? 1U : 0U;
    EXPECT_EQ(criteria, 80U) << one.id;
  }
}

// The 71.00 case by the definition: points = weight x mean of grade values / 100.
TEST_F(ModelsTest, WorkedCaseAddsUpFromItsOwnInputs) {
  ASSERT_TRUE(loaded_);
  const Pack& pack = *library_.find("sakip-2021");
  const Scale& grades = *pack.scale("nilai");
  for (const PackCase& one : pack.cases) {
    if (one.mode != "M2") continue;
    Rational total;
    for (const TemplateNode& sub : lke().nodes) {
      if (sub.kind != ItemKind::sub_component) continue;
      Rational sum;
      std::int64_t n = 0;
      for (const auto& [code, answer] : one.inputs) {
        if (code.substr(0, 3) != sub.code) continue;
        sum += Rational(*grades.grades[*grades.find_grade(answer)].points);
        ++n;
      }
      total += Rational(*sub.stated_weight) * sum / Rational(100 * n);
    }
    EXPECT_EQ(total, Rational(*Decimal::parse(one.expected.at("total")))) << one.id;
  }
}

TEST_F(ModelsTest, IklhWeightsGiveThePublishedIndex) {
  ASSERT_TRUE(loaded_);
  for (const PackCase& one : library_.find("iklh")->cases) {
    if (one.template_id.empty()) continue;
    const PackTemplate& tmpl = *library_.find("iklh")->find_template(one.template_id);
    EXPECT_EQ(tmpl.nodes[0].missing, MissingPolicy::strict);
    EXPECT_EQ(tmpl.coherence_tolerance, Decimal::parse("0.05"));
    Rational value;
    for (const TemplateNode& node : tmpl.nodes) {
      if (node.parent == 0) value += Rational(node.weight) * Rational(*Decimal::parse(one.inputs.at(node.code)));
    }
    EXPECT_EQ(round(value, tmpl.rounding).to_string(), one.expected.at("IKLH")) << one.id;
  }
}

TEST_F(ModelsTest, UnknownThresholdsRefuse) {
  ASSERT_TRUE(loaded_);
  EXPECT_EQ(library_.require_scale("sp4n-lapor/ambang", {}, sink_), nullptr);
  ASSERT_EQ(sink_.all().size(), 1U);
  EXPECT_EQ(sink_.all()[0].code, Code::J1412);
  const Scale& predicates = *library_.scale("sp4n-lapor/predikat");
  EXPECT_EQ(predicates.rank(*predicates.find_grade("Kurang")), 1);
  EXPECT_EQ(predicates.ungraded, (std::vector<std::string>{"tidak dinilai"}));
}

TEST_F(ModelsTest, LintRulesLoadAndCoverTheList) {
  const LintRules rules = LintRules::load(kModels, {}, sources_, sink_);
  EXPECT_TRUE(sink_.all().empty()) << render_text(sink_.all(), sources_, {});
  EXPECT_EQ(rules.all().size(), 34U);  // 9 STR, 4 IND, 8 TGT, 5 POS, 4 COD, 2 BUD, 2 ROL
  EXPECT_EQ(rules.find("CAS-TGT-07")->severity, Severity::warning);
  EXPECT_EQ(rules.find("CAS-STR-08")->severity, Severity::info);
  EXPECT_EQ(rules.find("CAS-TGT-06")->severity, Severity::info);
  EXPECT_EQ(rules.find("CAS-TGT-04")->severity, Severity::error);
  for (const LintRule& rule : rules.all()) EXPECT_FALSE(rule.basis.empty()) << rule.id;
  EXPECT_TRUE(rules.holds(DocumentKind::rpd, ItemKind::objective));
  EXPECT_FALSE(rules.holds(DocumentKind::rpd, ItemKind::activity));
  EXPECT_TRUE(rules.holds(DocumentKind::renstra, ItemKind::sub_activity));
}

}  // namespace models_test
}  // namespace jenjang
