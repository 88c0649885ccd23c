// The words of the closed lists, each beside its enumerator: a table out of step with its enumeration shows here.
#include <gtest/gtest.h>
#include <set>
#include <string_view>

#include "jenjang/measure/achievement.h"
#include "jenjang/measure/kinds.h"

namespace jenjang {
namespace words_test {

TEST(Words, Polarity) {
  EXPECT_EQ(to_string(Polarity::higher), "naik");
  EXPECT_EQ(to_string(Polarity::lower), "turun");
  EXPECT_EQ(to_string(Polarity::range), "rentang");
  EXPECT_EQ(to_string(Polarity::stabilise), "stabil");
  EXPECT_EQ(to_string(Polarity::grade), "tingkat");
  EXPECT_EQ(to_string(Polarity::context), "konteks");
}

TEST(Words, Accumulation) {
  EXPECT_EQ(to_string(Accumulation::increments), "hitungan");
  EXPECT_EQ(to_string(Accumulation::cumulative), "kumulatif");
  EXPECT_EQ(to_string(Accumulation::position), "posisi");
  EXPECT_EQ(to_string(Accumulation::average), "rata-rata");
  EXPECT_EQ(to_string(Accumulation::peak), "puncak");
  EXPECT_EQ(to_string(Accumulation::release), "rilis");
}

TEST(Words, Aggregation) {
  EXPECT_EQ(to_string(Aggregation::leaf), "langsung");
  EXPECT_EQ(to_string(Aggregation::sum), "jumlah");
  EXPECT_EQ(to_string(Aggregation::weighted_mean), "rata-rata");
  EXPECT_EQ(to_string(Aggregation::ratio), "rasio");
  EXPECT_EQ(to_string(Aggregation::minimum), "minimum");
  EXPECT_EQ(to_string(Aggregation::maximum), "maksimum");
  EXPECT_EQ(to_string(Aggregation::share_meeting), "terpenuhi");
  EXPECT_EQ(to_string(Aggregation::table), "tabel");
}

TEST(Words, EdgesAndStates) {
  EXPECT_EQ(to_string(EdgeKind::formula), "rumus");
  EXPECT_EQ(to_string(EdgeKind::support), "pendukung");
  EXPECT_EQ(to_string(EdgeKind::crosscut), "lintas");
  EXPECT_EQ(to_string(Carry::value), "nilai");
  EXPECT_EQ(to_string(Carry::achievement), "capaian");
  EXPECT_EQ(to_string(Carry::score), "skor");
  EXPECT_EQ(to_string(StatementState::adopted), "ditetapkan");
  EXPECT_EQ(to_string(StatementState::proposed), "usulan");
  EXPECT_EQ(to_string(StatementState::draft), "draf");
  EXPECT_EQ(to_string(MissingPolicy::strict), "ketat");
  EXPECT_EQ(to_string(MissingPolicy::skip), "lewati");
  EXPECT_EQ(to_string(MissingPolicy::zero), "nol");
}

TEST(Words, DocumentsAndItems) {
  EXPECT_EQ(to_string(DocumentKind::rpjmd), "RPJMD");
  EXPECT_EQ(to_string(DocumentKind::rpd), "RPD");
  EXPECT_EQ(to_string(DocumentKind::renstra), "Renstra");
  EXPECT_EQ(to_string(DocumentKind::renja), "Renja");
  EXPECT_EQ(to_string(DocumentKind::pk), "PK");
  EXPECT_EQ(to_string(DocumentKind::skp), "SKP");
  EXPECT_EQ(to_string(DocumentKind::reference), "Acuan");
  EXPECT_EQ(to_string(ItemKind::goal), "tujuan");
  EXPECT_EQ(to_string(ItemKind::objective), "sasaran");
  EXPECT_EQ(to_string(ItemKind::programme), "program");
  EXPECT_EQ(to_string(ItemKind::activity), "kegiatan");
  EXPECT_EQ(to_string(ItemKind::sub_activity), "sub_kegiatan");
  EXPECT_EQ(to_string(ItemKind::work_result), "hasil_kerja");
  EXPECT_EQ(to_string(ItemKind::indicator), "indikator");
  EXPECT_EQ(to_string(ItemKind::operand), "operan");
  EXPECT_EQ(to_string(ItemKind::criterion), "kriteria");
  EXPECT_EQ(to_string(ItemKind::sub_component), "subkomponen");
  EXPECT_EQ(to_string(ItemKind::component), "komponen");
  EXPECT_EQ(to_string(ItemKind::pack_total), "nilai_paket");
  EXPECT_TRUE(is_goal(ItemKind::work_result));
  EXPECT_FALSE(is_goal(ItemKind::indicator));
}

TEST(Words, Achievement) {
  EXPECT_EQ(to_string(AchievementFormula::none), "tanpa");
  EXPECT_EQ(to_string(AchievementFormula::h1), "H1");
  EXPECT_EQ(to_string(AchievementFormula::l1), "L1");
  EXPECT_EQ(to_string(AchievementFormula::l2), "L2");
  EXPECT_EQ(to_string(AchievementFormula::range), "RNG");
  EXPECT_EQ(to_string(AchievementFormula::baseline), "B1");
  EXPECT_EQ(to_string(AchievementFormula::stabilise), "S1");
  EXPECT_EQ(to_string(AchievementFormula::reversed), "F-L3");
  EXPECT_EQ(to_string(AchievementFormula::ordinal), "F-O1");
  EXPECT_EQ(to_string(ZeroTargetRule::refuse), "tolak");
  EXPECT_EQ(to_string(ZeroTargetRule::met_or_missed), "tercapai-atau-tidak");
  EXPECT_EQ(to_string(ZeroTargetRule::baseline), "baseline");
}

TEST(Words, NoListRepeatsAWord) {
  for (const auto words : {polarity_words(), accumulation_words(), aggregation_words(), edge_kind_words(),
                           carry_words(), document_words(), statement_state_words(), item_kind_words(),
                           missing_policy_words(), achievement_formula_words(), zero_target_words()}) {
    EXPECT_EQ(std::set<std::string_view>(words.begin(), words.end()).size(), words.size());
  }
}

}  // namespace words_test
}  // namespace jenjang
