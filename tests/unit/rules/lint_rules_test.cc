#include "jenjang/rules/lint_rules.h"

#include <array>
#include <fstream>
#include <gtest/gtest.h>

namespace jenjang {
namespace lint_rules_test {

class LintRulesTest : public ::testing::Test {
protected:
  LintRules load(const std::string& rules, std::span<const std::string_view> known) {
    const auto path = std::filesystem::path(::testing::TempDir()) /
                      (std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()) + ".yaml");
    std::ofstream(path) << "jenjang: 1\n" << rules;
    LintRules loaded = LintRules::load(path, known, sources_, sink_);
    std::filesystem::remove(path);
    return loaded;
  }
  // A rule with this id that applies everywhere.
  static LintRule rule(const std::string& id) {
    LintRule made;
    made.id = id;
    made.basis = "dasar";
    return made;
  }

  SourceMap sources_;
  DiagnosticSink sink_;
};

TEST_F(LintRulesTest, AppliesToTheKindsNamed) {
  const LintRules rules = load(
      "aturan:\n"
      "- {kode: CAS-STR-07, keparahan: galat, berlaku_untuk: [RPJMD, RPD], dasar: d, aktif: ya}\n"
      "- {kode: CAS-STR-01, keparahan: info, dasar: d, aktif: ya}\n"
      "- {kode: CAS-STR-05, keparahan: peringatan, dasar: d, aktif: tidak}\n",
      {});
  EXPECT_TRUE(sink_.all().empty());
  EXPECT_NE(rules.applicable("CAS-STR-07", DocumentKind::rpd), nullptr);
  EXPECT_EQ(rules.applicable("CAS-STR-07", DocumentKind::skp), nullptr);
  EXPECT_NE(rules.applicable("CAS-STR-01", DocumentKind::skp), nullptr);
  EXPECT_EQ(rules.applicable("CAS-STR-05", DocumentKind::rpd), nullptr);
  EXPECT_NE(rules.find("CAS-STR-05"), nullptr);
  EXPECT_EQ(rules.applicable("CAS-STR-99", DocumentKind::rpd), nullptr);
}

TEST_F(LintRulesTest, UnknownIdsAreLeftOutWithANearMiss) {
  constexpr std::array<std::string_view, 2> kKnown{"CAS-STR-01", "CAS-TGT-04"};
  const LintRules rules = load(
      "aturan:\n- {kode: CAS-STR-O1, dasar: d}\n- {kode: CAS-TGT-04, dasar: d}\n- {kode: CAS-X, oleh: mesin, dasar: "
      "d}\n",
      kKnown);
  ASSERT_EQ(sink_.all().size(), 1U);
  EXPECT_EQ(sink_.all()[0].code, Code::J1420);
  EXPECT_EQ(sink_.all()[0].suggestion, "CAS-STR-01");
  EXPECT_EQ(rules.all().size(), 2U);  // the rule that the engine itself keeps needs no checker
}

TEST_F(LintRulesTest, RepeatsAndUnknownWordsAreFound) {
  load(
      "aturan:\n- {kode: A, dasar: d, berlaku_untuk: [RPDD]}\n- {kode: A, dasar: d}\n- {kode: B, dasar: d, tingkat: "
      "x}\n",
      {});
  ASSERT_EQ(sink_.all().size(), 3U);
  EXPECT_EQ(sink_.all()[0].code, Code::J1411);
  EXPECT_EQ(sink_.all()[0].suggestion, "RPD");
  EXPECT_EQ(sink_.all()[1].code, Code::J1410);
}

TEST_F(LintRulesTest, LevelsNotListedAreHeld) {
  const LintRules rules = load("tingkat_dokumen: {RPD: [tujuan], Acuan: []}\naturan: []\n", {});
  EXPECT_TRUE(rules.holds(DocumentKind::rpd, ItemKind::goal));
  EXPECT_FALSE(rules.holds(DocumentKind::rpd, ItemKind::programme));
  EXPECT_FALSE(rules.holds(DocumentKind::reference, ItemKind::goal));
  EXPECT_TRUE(rules.holds(DocumentKind::renstra, ItemKind::programme));
}

TEST_F(LintRulesTest, ReportTakesSeverityIdAndBasisFromTheRule) {
  LintRules rules;
  LintRule one = rule("CAS-TGT-07");
  one.severity = Severity::info;
  rules.add(one);
  const SourceSpan place{sources_.add("x.yaml", "a: 1\n"), 1, 1, 1};
  rules.report(rules.all()[0], "X@64", make_diagnostic(Code::J2307, place).arg("alamat", "X@64"), sink_);
  ASSERT_EQ(sink_.all().size(), 1U);
  EXPECT_EQ(sink_.all()[0].severity, Severity::info);
  EXPECT_EQ(sink_.all()[0].rule, "CAS-TGT-07");
  EXPECT_EQ(sink_.all()[0].article, "dasar");
  EXPECT_EQ(sink_.all()[0].primary, place);
}

TEST_F(LintRulesTest, AWaiverTurnsAFindingIntoInformationWithItsReason) {
  LintRules rules;
  LintRule one = rule("CAS-TGT-07");
  one.severity = Severity::error;
  rules.add(one);
  rules.add(rule("CAS-TGT-02"));
  rules.set_waivers({{"CAS-TGT-07", "X@64", "dipakai pusat", {}}, {"CAS-TGT-02", "", "semua", {}}});
  const auto finding = [] { return make_diagnostic(Code::J2307, {}).arg("alamat", "X@64"); };
  rules.report(*rules.find("CAS-TGT-07"), "X@64", finding(), sink_);
  rules.report(*rules.find("CAS-TGT-07"), "Y@64", finding(), sink_);
  rules.report(*rules.find("CAS-TGT-02"), "Z@64", finding(), sink_);
  ASSERT_EQ(sink_.all().size(), 3U);
  EXPECT_EQ(sink_.all()[0].code, Code::J2001);
  EXPECT_EQ(sink_.all()[0].severity, Severity::info);
  EXPECT_NE(message_text(sink_.all()[0], Language::indonesian).find("dipakai pusat"), std::string::npos);
  EXPECT_EQ(sink_.all()[1].code, Code::J2307);
  EXPECT_EQ(sink_.all()[1].severity, Severity::error);
  EXPECT_EQ(sink_.all()[2].code, Code::J2001);
  EXPECT_EQ(sink_.count(Severity::error), 1U);
}

}  // namespace lint_rules_test
}  // namespace jenjang
