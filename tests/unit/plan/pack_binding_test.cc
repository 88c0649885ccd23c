// Packs in a plan: composites, scales and gates, worksheets. The packs are small ones of these tests.
#include "tests/unit/plan/plan_fixture.h"

namespace jenjang {
namespace pack_binding_test {

class PackBinding : public PlanTest {
protected:
  void SetUp() override {
    PlanTest::SetUp();
    load_packs(R"(jenjang: 1
paket: uji
judul: Paket uji
status: belum-diverifikasi
skala:
- kode: pita
  jenis: pita
  batas_milik: bawah
  pita:
  - {label: baik, batas: 70}
  - {label: kurang, batas: terbuka}
- kode: nilai
  jenis: tingkat
  nilai: [{label: A, poin: 100}, {label: B, poin: 50}]
- kode: ya-tidak
  jenis: tingkat
  nilai: [{label: ya, poin: 1}, {label: tidak, poin: 0}]
templat:
- kode: indeks
  judul: Indeks
  akar: INDEKS
  jumlah_bobot: 1
  cara: {total: rata-rata}
  skala: {total: pita}
  toleransi_koherensi: 0.05
  komponen:
  - {kode: P, bobot: 0.4}
  - {kode: Q, bobot: 0.6}
- kode: lke
  judul: Lembar
  akar: total
  jumlah_bobot: 100
  poin_dari: subkomponen
  nilai_penuh: 100
  cara: {total: jumlah, komponen: jumlah, subkomponen: rata-rata}
  skala: {total: pita, kriteria: nilai}
  komponen:
  - kode: "1"
    bobot: 100
    subkomponen:
    - kode: 1.a
      bobot: 40
      tabel: ada
      kriteria:
      - {kode: 1.a.1}
      - {kode: 1.a.2}
    - kode: 1.b
      bobot: 60
      tabel: ada
      kriteria:
      - {kode: 1.b.1}
  tabel_bagian:
  - kode: ada
    skala: nilai
    baris:
    - {nilai: A, paling_sedikit: 1, pertimbangan: [terpuji]}
    - {nilai: A, paling_sedikit: 1/2}
    - {nilai: B, kurang_dari: 1/2, paling_sedikit: 0}
  mode:
  - {kode: M1, jawaban: ya-tidak, aturan: syarat-kriteria}
  - {kode: M2, jawaban: nilai, aturan: rata-rata-nilai}
gerbang:
- kode: g
  skala: pita
  untuk: baik
  syarat:
  - {kelompok: utama, paling_rendah: baik, jumlah: 1}
  bila_gagal: kurang
)");
  }
  static std::string composite(const std::string& more) {
    return "indikator:\n- {kode: INDEKS, satuan: indeks, polaritas: naik, paket: uji/indeks, pengampu: dlh" + more +
           "}\n";
  }
  static std::string part(const std::string& code, const std::string& unit) {
    return "- {kode: " + code + ", unit: \"" + unit + "\", satuan: indeks, polaritas: naik}\n";
  }
};

TEST_F(PackBinding, CompositeFindsItsComponentsAtTheUnitThenAtTheOwner) {
  bind_file(document(composite("") + part("P", "64") + part("P", "64/dlh") + part("Q", "64/dlh")));
  ASSERT_TRUE(model_) << messages();
  EXPECT_EQ(codes(), Strings{});
  EXPECT_EQ(children("INDEKS", "64"), (Strings{"P@64", "Q@64/dlh"}));
  EXPECT_EQ(edge(node("INDEKS", "64"), 0).weight, *Decimal::parse("0.4"));
  EXPECT_EQ(edge(node("INDEKS", "64"), 1).weight, *Decimal::parse("0.6"));
  const Item& item = model_->item(node("INDEKS", "64"));
  EXPECT_EQ(item.spec.aggregation, Aggregation::weighted_mean);
  EXPECT_EQ(item.spec.missing, MissingPolicy::strict);
  EXPECT_EQ(item.pack, "uji");
  EXPECT_EQ(model_->scale(item.spec.value_bands).id, "uji/pita");
  ASSERT_EQ(model_->coherence.size(), 1U);
  EXPECT_EQ(model_->coherence[0].parent, node("INDEKS", "64"));
  EXPECT_EQ(model_->coherence[0].tolerance, *Decimal::parse("0.05"));
  ASSERT_EQ(model_->gates.count(item.spec.value_bands.value()), 1U);
  EXPECT_EQ(model_->gates.at(item.spec.value_bands.value())[0].requirements[0].group, "utama");
}

TEST_F(PackBinding, MissingComponentIsNamedWithThePlacesSearched) {
  bind_file(document(composite("") + part("P", "64/dlh")));
  EXPECT_EQ(codes(), Strings{"J1526"});
  EXPECT_EQ(argument(Code::J1526, "kode"), "Q");
  EXPECT_EQ(argument(Code::J1526, "unit"), "64, 64/dlh");
  EXPECT_TRUE(model_->coherence.empty());
}

TEST_F(PackBinding, ExplicitComponentsWin) {
  bind_file(document(composite(", komponen: {Q: LAIN@64/dlh/a}") + part("P", "64/dlh") + part("Q", "64/dlh") +
                     part("LAIN", "64/dlh/a")));
  ASSERT_TRUE(model_) << messages();
  EXPECT_EQ(children("INDEKS", "64"), (Strings{"P@64/dlh", "LAIN@64/dlh/a"}));
}

TEST_F(PackBinding, SingleHeirOfALadderTakesTheComponents) {
  bind_file(document(composite(", kaskade: [{ke: 64/dlh, cara: sama}]") + part("P", "64/dlh") + part("Q", "64/dlh")));
  ASSERT_TRUE(model_) << messages();
  EXPECT_EQ(codes(), Strings{});
  EXPECT_EQ(children("INDEKS", "64"), Strings{"INDEKS@64/dlh"});
  EXPECT_EQ(children("INDEKS", "64/dlh"), (Strings{"P@64/dlh", "Q@64/dlh"}));
}

TEST_F(PackBinding, UnknownPackAndWrongKindOfScale) {
  bind_file(
      document("indikator:\n- {kode: A, satuan: x, polaritas: naik, paket: uji/indek}\n"
               "- {kode: B, satuan: x, polaritas: naik, pita: {nilai: uji/nilai}}\n"
               "- {kode: C, satuan: x, polaritas: tingkat, skala: uji/pita}\n"
               "- {kode: D, satuan: x, polaritas: tingkat}\n"));
  EXPECT_EQ(codes(), (Strings{"J1411", "J1525", "J1525", "J1511"}));
}

TEST_F(PackBinding, GradesAreTargetsAndBaselinesOfGradedMeasures) {
  bind_file(
      document("indikator:\n- {kode: A, satuan: predikat, polaritas: tingkat, skala: uji/nilai, baseline: {2023: B}, "
               "target: {2024: A, 2025: AB, 2026: 80}}\n"));
  EXPECT_EQ(codes(), (Strings{"J1516", "J1516"}));
  EXPECT_EQ(argument(Code::J1516, "harapan"), "A, B");
  EXPECT_EQ(statements("A", "64"), Strings{"2024=A"});
  EXPECT_EQ(model_->baselines_of(node("A", "64"))[0].value, Decimal(1));  // B is the lowest of two: rank 1
  EXPECT_EQ(model_->item(node("A", "64")).spec.achievement.formula, AchievementFormula::ordinal);
}

std::string sheet(const std::string& mode, const std::string& code = "LKE") {
  return "lembar_kerja:\n- {berkas: lke.csv, paket: uji/lke, mode: " + mode + ", kode: " + code +
         ", unit: 64/dlh, periode: 2024, judul: Lembar uji}\n";
}

TEST_F(PackBinding, WorksheetByShareOfCriteria) {
  bind_documents({document("")}, sheet("M1"));
  ASSERT_TRUE(model_) << messages();
  EXPECT_EQ(codes(), Strings{});
  EXPECT_EQ(children("LKE", "64/dlh"), Strings{"LKE.1@64/dlh"});
  EXPECT_EQ(children("LKE.1", "64/dlh"), (Strings{"LKE.1.a@64/dlh", "LKE.1.b@64/dlh"}));
  EXPECT_EQ(children("LKE.1.a", "64/dlh"), (Strings{"LKE.1.a.1@64/dlh", "LKE.1.a.2@64/dlh", "LKE.1.a.terpuji@64/dlh"}));
  const NodeId part = node("LKE.1.a", "64/dlh");
  EXPECT_EQ(edge(part, 0).role, EdgeRole::operand);
  EXPECT_EQ(edge(part, 2).role, EdgeRole::judgement);
  const MeasureSpec& spec = model_->item(part).spec;
  EXPECT_EQ(spec.aggregation, Aggregation::table);
  EXPECT_EQ(spec.factor, *Decimal::parse("0.4"));  // 40 of 100 points
  ASSERT_LT(spec.share_table, model_->share_tables.size());
  EXPECT_EQ(model_->share_tables.size(), 1U);  // one table for both sub-components
  EXPECT_EQ(model_->share_tables[spec.share_table].id, "uji/ada");
  EXPECT_EQ(model_->scale(model_->item(node("LKE.1.a.1", "64/dlh")).spec.grade_scale).id, "uji/ya-tidak");
  EXPECT_EQ(model_->item(node("LKE", "64/dlh")).kind, ItemKind::pack_total);
  EXPECT_EQ(model_->item(node("LKE", "64/dlh")).title, "Lembar uji");
  EXPECT_EQ(model_->scale(model_->item(node("LKE", "64/dlh")).spec.value_bands).id, "uji/pita");
  EXPECT_EQ(model_->item(node("LKE.1", "64/dlh")).spec.aggregation, Aggregation::sum);
}

TEST_F(PackBinding, WorksheetByMeanOfGrades) {
  bind_documents({document("")}, sheet("M2"));
  ASSERT_TRUE(model_) << messages();
  EXPECT_EQ(children("LKE.1.a", "64/dlh"), (Strings{"LKE.1.a.1@64/dlh", "LKE.1.a.2@64/dlh"}));
  EXPECT_EQ(model_->item(node("LKE.1.a", "64/dlh")).spec.aggregation, Aggregation::weighted_mean);
  EXPECT_EQ(model_->scale(model_->item(node("LKE.1.b.1", "64/dlh")).spec.grade_scale).id, "uji/nilai");
  EXPECT_TRUE(model_->share_tables.empty());
}

TEST_F(PackBinding, WorksheetMistakes) {
  bind_documents({document("")}, sheet("M9") + sheet("M1").substr(14) + sheet("M2").substr(14));
  EXPECT_EQ(codes(), (Strings{"J1411", "J1504"}));
}

TEST_F(PackBinding, MeasureMayTakeAWorksheetAsItsSource) {
  bind_documents({document("indikator:\n- {kode: SAKIP, unit: 64/dlh, satuan: nilai, polaritas: naik, agregasi: {cara: "
                           "jumlah, dari: [LKE@64/dlh]}}\n")},
                 sheet("M1"));
  ASSERT_TRUE(model_) << messages();
  EXPECT_EQ(children("SAKIP", "64/dlh"), Strings{"LKE@64/dlh"});
}

}  // namespace pack_binding_test
}  // namespace jenjang
