#include "jenjang/assess/attribution.h"

#include <gtest/gtest.h>

namespace jenjang {
namespace attribution_test {

// Two sub-components of one component; the weights and the third criterion are what a new rule changes.
std::string pack_text(const std::string& code, const std::string& weight_a, const std::string& weight_b,
                      const std::string& more) {
  return "jenjang: 1\npaket: " + code + R"(
judul: uji
status: belum-diverifikasi
skala:
- {kode: pita, jenis: pita, putus_pada: setengah-ke-atas/2, batas_milik: bawah, pita: [{label: A, batas: 70}, {label: B, batas: terbuka}]}
- {kode: huruf, jenis: tingkat, nilai: [{label: a, poin: 100}, {label: b, poin: 50}, {label: c, poin: 0}]}
templat:
- kode: t
  akar: total
  jumlah_bobot: 100
  poin_dari: subkomponen
  cara: {total: jumlah, komponen: jumlah, subkomponen: rata-rata}
  skala: {total: pita, kriteria: huruf}
  komponen:
  - kode: K
    bobot: 100
    subkomponen:
    - {kode: K.a, bobot: )" +
         weight_a + R"(, kriteria: [{kode: K.a.1}, {kode: K.a.2}]}
    - {kode: K.b, bobot: )" +
         weight_b + ", kriteria: [{kode: K.b.1}" + more + R"(]}
  mode:
  - {kode: M, jawaban: huruf, aturan: rata-rata-nilai}
)";
}

class AttributionTest : public ::testing::Test {
protected:
  AttributionTest() {
    KeptFiles files;
    files.keep("paket/lama/pack.yaml", pack_text("lama", "60", "40", ""));
    files.keep("paket/baru/pack.yaml", pack_text("baru", "50", "50", ", {kode: K.b.2}"));
    EXPECT_TRUE(packs_.load_folder("paket", sources_, sink_, files)) << render_text(sink_.all(), sources_, {});
  }
  [[nodiscard]] RuleSet rules(std::string_view id) const {
    const Pack* pack = packs_.find(id);
    return {pack, &pack->templates.front(), &pack->templates.front().modes.front()};
  }

  SourceMap sources_;
  DiagnosticSink sink_;
  PackLibrary packs_;
};

// By hand. Last year: K.a (100 + 50)/2 = 75, K.b 50. This year: K.a (100 + 100)/2 = 100, K.b.1 100, K.b.2 0.
const SheetAnswers kBefore{{"K.a.1", "a"}, {"K.a.2", "b"}, {"K.b.1", "b"}};
const SheetAnswers kAfter{{"K.a.1", "a"}, {"K.a.2", "a"}, {"K.b.1", "a"}, {"K.b.2", "c"}};

TEST_F(AttributionTest, PartsAddUpToTheTotal) {
  const RuleSet old_rules = rules("lama");
  const SheetScore score = score_sheet(*old_rules.pack, *old_rules.tmpl, old_rules.mode, kBefore);
  Rational sum;
  const auto parts = contributions(*old_rules.tmpl, score, AttributionLevel::finest);
  ASSERT_EQ(parts.size(), 3U);  // criteria: 60 x 100/2, 60 x 50/2, 40 x 50, all over 100
  EXPECT_EQ(parts[0].points.to_string(), "30");
  EXPECT_EQ(parts[1].points.to_string(), "15");
  EXPECT_EQ(parts[2].points.to_string(), "20");
  for (const Contribution& part : parts) sum += part.points;
  EXPECT_EQ(sum, *score.total());
}

TEST_F(AttributionTest, SplitsADifferenceIntoDataRuleAndInteraction) {
  const auto result = compare_rules(rules("lama"), kBefore, rules("baru"), kAfter, AttributionLevel::sub_components);
  ASSERT_TRUE(result.ok());
  const RuleComparison& found = result.value();
  // The old sheet was never asked K.b.2: the new sheet's answer (0) stands in.
  // K.a: p00 = 60 x .75 = 45, p10 = 60, p01 = 50 x .75 = 37.5, p11 = 50.
  // K.b: p00 = 40 x .50 = 20, p10 = 40, p01 = 50 x (50 + 0)/2/100 = 12.5, p11 = 50 x (100 + 0)/2/100 = 25.
  ASSERT_EQ(found.items.size(), 2U);
  EXPECT_EQ(found.items[0].code, "K.a");
  EXPECT_EQ(found.items[0].data.to_string(), "15");
  EXPECT_EQ(found.items[0].rule.to_string(), "-15/2");
  EXPECT_EQ(found.items[0].interaction.to_string(), "-5/2");
  EXPECT_EQ(found.items[1].data.to_string(), "20");
  EXPECT_EQ(found.items[1].rule.to_string(), "-15/2");
  EXPECT_EQ(found.items[1].interaction.to_string(), "-15/2");
  // 65 becomes 75.
  EXPECT_EQ(found.total.before.to_string(), "65");
  EXPECT_EQ(found.total.after.to_string(), "75");
  EXPECT_EQ(found.before.predicate, "B");
  EXPECT_EQ(found.after.predicate, "A");
  Rational data, rule, interaction;
  for (const RuleDifference& item : found.items) {
    data += item.data;
    rule += item.rule;
    interaction += item.interaction;
  }
  EXPECT_EQ(data, found.total.data);
  EXPECT_EQ(rule, found.total.rule);
  EXPECT_EQ(interaction, found.total.interaction);
  EXPECT_EQ(data + rule + interaction, found.total.after - found.total.before);
}

TEST_F(AttributionTest, RefusesWhatCannotBeComputed) {
  const auto result = compare_rules(rules("lama"), kBefore, rules("baru"), kBefore, AttributionLevel::sub_components);
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.failure().code, Code::J3130);  // nobody answered K.b.2
}

}  // namespace attribution_test
}  // namespace jenjang
