// Declarations, citations, references, targets: what the binder accepts and what it says otherwise.
#include "tests/unit/plan/plan_fixture.h"

namespace jenjang {
namespace measure_binding_test {

using MeasureBinding = PlanTest;

std::string renstra(const std::string& body, const std::string& unit = "64/dlh") {
  return "jenjang: 1\ndokumen: Renstra\nkode: RENSTRA\nunit: " + unit + "\nperiode: 2024..2026\n" + body;
}

TEST_F(MeasureBinding, CitingInAnotherDocumentAddsAStatement) {
  bind_documents({document(measure("  target: {2024: 5, 2024..2026: 9}\n  baseline: {2023: 4.5}\n")),
                  "jenjang: 1\ndokumen: PK\nkode: PK-64\nunit: \"64\"\ntahun: 2024\ntanda: ilustratif\nsasaran:\n- "
                  "kode: S\n  uraian: Hasil\n  indikator:\n  - {kode: X, target: 5}\n"});
  ASSERT_TRUE(model_) << messages();
  EXPECT_EQ(codes(), Strings{});
  EXPECT_EQ(statements("X", "64"), (Strings{"2024=5", "2024=5", "2026=9"}));
  const auto said = model_->statements_of(node("X", "64"));
  EXPECT_EQ(model_->documents[said[0].document.index()].code, "RPD-64");
  EXPECT_EQ(model_->documents[said[1].document.index()].code, "PK-64");
  EXPECT_FALSE(said[0].illustrative);
  EXPECT_TRUE(said[1].illustrative);    // from its document
  EXPECT_EQ(model_->items.size(), 2U);  // the goal and the measure
  EXPECT_EQ(children("S", "64"), Strings{"X@64"});
  EXPECT_EQ(edge(node("S", "64"), 0).carry, Carry::achievement);
  ASSERT_EQ(model_->baselines_of(node("X", "64")).size(), 1U);
  EXPECT_EQ(model_->baselines_of(node("X", "64"))[0].value, *Decimal::parse("4.5"));
}

TEST_F(MeasureBinding, LabelsComeDownFromDocumentAndGoal) {
  bind_file(
      document("tujuan:\n- kode: T\n  tanda: belum-diverifikasi\n  indikator:\n"
               "  - {kode: X, satuan: ton, polaritas: naik, target: {2024: 1}}\n",
               "tanda: ilustratif\n"));
  ASSERT_TRUE(model_) << messages();
  const Item& item = model_->item(node("X", "64"));
  EXPECT_TRUE(item.illustrative);
  EXPECT_TRUE(item.unverified);
  EXPECT_TRUE(model_->statements_of(node("X", "64"))[0].illustrative);
}

TEST_F(MeasureBinding, ConflictingRedeclarationNamesBothPlaces) {
  bind_documents(
      {document(measure("")), renstra("indikator:\n- {kode: X, unit: \"64\", satuan: kg, polaritas: naik}\n")});
  EXPECT_EQ(codes(), Strings{"J1512"});
  EXPECT_EQ(argument(Code::J1512, "nilai_pertama"), "ton");
  EXPECT_EQ(argument(Code::J1512, "nilai_kedua"), "kg");
  EXPECT_EQ(underlined(Code::J1512), "kg");
  ASSERT_EQ(first(Code::J1512)->related.size(), 1U);
  EXPECT_EQ(sources_.name(first(Code::J1512)->related[0].span.file), "d1.yaml");
}

TEST_F(MeasureBinding, RedeclarationThatAgreesIsACitation) {
  bind_documents({document(measure("  target: {2024: 1}\n")),
                  renstra("indikator:\n- {kode: X, unit: \"64\", satuan: ton, polaritas: naik, target: {2024: 1}}\n")});
  EXPECT_EQ(codes(), Strings{});
  EXPECT_EQ(model_->items.size(), 1U);
  EXPECT_EQ(statements("X", "64"), (Strings{"2024=1", "2024=1"}));
}

TEST_F(MeasureBinding, LaterDefinitionWithItsFirstYearIsABreakNotAContradiction) {
  bind_documents({document(measure("  definisi: {versi: 1, uraian: lama}\n")),
                  renstra("indikator:\n- {kode: X, unit: \"64\", satuan: ton, polaritas: naik, definisi: {versi: 2, "
                          "uraian: baru, sejak: 2025}}\n")});
  EXPECT_EQ(codes(), Strings{});
  EXPECT_EQ(model_->item(node("X", "64")).spec.definition_version, 2);
  EXPECT_EQ(model_->item(node("X", "64")).spec.definition_since, 2025);
}

TEST_F(MeasureBinding, UnknownCitationHasANearMiss) {
  bind_file(document(measure("", "SAMPAH-KELOLA") + "- {kode: SAMPAH-KELLOLA, target: {2024: 5}}\n"));
  EXPECT_EQ(codes(), Strings{"J1510"});
  EXPECT_EQ(first(Code::J1510)->suggestion, "SAMPAH-KELOLA@64");
}

TEST_F(MeasureBinding, OneRunReportsAllMistakesInSourceOrderAndKeepsTheRest) {
  bind_file(
      document("indikator:\n"
               "- {kode: A, uraian: Tanpa satuan}\n"
               "- {kode: B, satuan: ton, polaritas: turun, target: {2024: 1}}\n"
               "- {kode: C, unit: 64/dhl, satuan: ton, polaritas: naik}\n"
               "- {kode: D, satuan: ton, polaritas: naik, mendukung: T9}\n"
               "- {kode: E, satuan: ton, polaritas: naik, target: {2024: 1}}\n"));
  ASSERT_TRUE(model_);
  EXPECT_EQ(codes(), (Strings{"J1511", "J1511", "J1511", "J1505", "J1508"}));
  EXPECT_EQ(first(Code::J1505)->suggestion, "64/dlh");
  EXPECT_TRUE(model_->find("E", "64"));
  EXPECT_TRUE(model_->find("D", "64"));  // only its tie is left out
  EXPECT_FALSE(model_->find("A", "64"));
  EXPECT_FALSE(model_->find("B", "64"));  // turun needs a formula
}

TEST_F(MeasureBinding, DefaultFormulaFollowsThePolarity) {
  bind_file(
      document("indikator:\n- {kode: N, satuan: x, polaritas: naik}\n- {kode: R, satuan: x, polaritas: rentang}\n"
               "- {kode: S, satuan: x, polaritas: stabil}\n- {kode: K, satuan: x, polaritas: konteks}\n"
               "- {kode: T, satuan: x, polaritas: turun, capaian: {rumus: L1, batas: 120, target_nol: "
               "tercapai-atau-tidak, pembulatan: potong/1}}\n"));
  ASSERT_TRUE(model_) << messages();
  const auto formula = [&](const char* code) { return model_->item(node(code, "64")).spec.achievement.formula; };
  EXPECT_EQ(formula("N"), AchievementFormula::h1);
  EXPECT_EQ(formula("R"), AchievementFormula::range);
  EXPECT_EQ(formula("S"), AchievementFormula::stabilise);
  EXPECT_EQ(formula("K"), AchievementFormula::none);
  const AchievementSpec spec = model_->item(node("T", "64")).spec.achievement;
  EXPECT_EQ(spec.formula, AchievementFormula::l1);
  EXPECT_EQ(spec.cap, Decimal(120));
  EXPECT_EQ(spec.on_zero_target, ZeroTargetRule::met_or_missed);
  EXPECT_EQ(spec.rounding, (Rounding{RoundingMode::truncate, 1}));
}

struct TargetCase {
  const char* name;
  const char* body;  // keys of the indicator
  const char* code;
  const char* underlined;
};
class TargetMistakes : public PlanTest, public ::testing::WithParamInterface<TargetCase> {};

TEST_P(TargetMistakes, AreNamed) {
  bind_file(document(measure(std::string("  ") + GetParam().body + "\n")));
  EXPECT_EQ(codes(), Strings{GetParam().code}) << messages();
  ASSERT_FALSE(sink_.all().empty());
  EXPECT_EQ(underlined(sink_.all()[0].code), GetParam().underlined);
}
INSTANTIATE_TEST_SUITE_P(Plan, TargetMistakes,
                         ::testing::Values(TargetCase{"Bare", "target: 75.74", "J1513", "75.74"},
                                           TargetCase{"Outside", "target: {2023: 75.74}", "J1514", "2023"},
                                           TargetCase{"TooFine", "target: {2024-TW1: 75.74}", "J1515", "2024-TW1"},
                                           TargetCase{"DecimalComma", "target: {2024: \"75,74\"}", "J1203",
                                                      "\"75,74\""},
                                           TargetCase{"Grade", "target: {2024: BB}", "J1516", "BB"},
                                           TargetCase{"TwoValues", "target: {2026: 1, 2024..2026: 2}", "J1517", "2"},
                                           TargetCase{"Period", "target: {2024-TW9: 1}", "J1201", "2024-TW9"},
                                           TargetCase{"Baseline", "baseline: {2023: tinggi}", "J1516", "tinggi"},
                                           TargetCase{"Profile", "profil: [1, 2]", "J1523", "1"}),
                         [](const auto& one) { return std::string(one.param.name); });

TEST_F(MeasureBinding, RangesAndBoundsAreTargetsOfNumbers) {
  bind_file(document(measure("  target: {2024: 3.5+-1, 2025: <= 49, 2026: 80..90}\n")));
  EXPECT_EQ(codes(), Strings{});
  EXPECT_EQ(model_->statements.size(), 3U);
  EXPECT_NE(model_->statements[0].target.range(), nullptr);
  EXPECT_NE(model_->statements[1].target.bound(), nullptr);
}

TEST_F(MeasureBinding, ReferencesByDocumentByAddressAndByBareCode) {
  bind_documents(
      {document("tujuan:\n- kode: T\n  uraian: Tujuan\n  sasaran:\n  - kode: S\n    uraian: Sasaran\n"),
       renstra("sasaran:\n- {kode: D1, uraian: Satu, mendukung: [RPD-64#S@64]}\n"
               "- {kode: D2, uraian: Dua, mendukung: S@64}\n- {kode: D3, uraian: Tiga, mendukung: [D1]}\n")});
  ASSERT_TRUE(model_) << messages();
  EXPECT_EQ(codes(), Strings{});
  EXPECT_EQ(supporters("T", "64"), Strings{"S@64"});  // nesting
  EXPECT_EQ(supporters("S", "64"), (Strings{"D1@64/dlh", "D2@64/dlh"}));
  EXPECT_EQ(supporters("D1", "64/dlh"), Strings{"D3@64/dlh"});
  EXPECT_TRUE(children("T", "64").empty());  // support is never arithmetic
}

TEST_F(MeasureBinding, UnknownReferencesHaveNearMisses) {
  bind_documents({document("tujuan:\n- {kode: TUJUAN, uraian: Tujuan}\n"),
                  renstra("sasaran:\n- {kode: D1, uraian: Satu, mendukung: [RDP-64#TUJUAN@64, TUJUN@64]}\n")});
  EXPECT_EQ(codes(), (Strings{"J1508", "J1508"}));
  EXPECT_EQ(sink_.sorted()[0].suggestion, "RPD-64#TUJUAN@64");
  EXPECT_EQ(sink_.sorted()[1].suggestion, "TUJUAN@64");
}

TEST_F(MeasureBinding, BareCodeOfSeveralVerticesIsAmbiguous) {
  bind_file(
      document("sasaran:\n- {kode: S, uraian: A, unit: 64/dlh/a}\n- {kode: S, uraian: B, unit: 64/dlh/b}\n- {kode: R, "
               "uraian: C, mendukung: S}\n"));
  EXPECT_EQ(codes(), Strings{"J1509"});
  EXPECT_EQ(argument(Code::J1509, "pilihan"), "S@64/dlh/a, S@64/dlh/b");
}

TEST_F(MeasureBinding, ReplacingDocumentMayGiveACodeToANewGoal) {
  const std::string old_plan = document("tujuan:\n- {kode: T, uraian: Lama}\n");
  const std::string body =
      "jenjang: 1\ndokumen: RPJMD\nkode: BARU\nunit: \"64\"\nperiode: 2025..2029\ntujuan:\n- {kode: T, uraian: Baru}\n";
  bind_documents({old_plan, body + "menggantikan: RPD-64\n"});
  EXPECT_EQ(codes(), Strings{});
  EXPECT_EQ(model_->node_count(), 2U);
}

TEST_F(MeasureBinding, GoalOfAnotherDocumentWithOtherWordsIsAConflict) {
  bind_documents({document("tujuan:\n- {kode: T, uraian: Lama}\n"),
                  renstra("tujuan:\n- {kode: T, unit: \"64\", uraian: Baru}\n")});
  EXPECT_EQ(codes(), Strings{"J1512"});
  EXPECT_EQ(argument(Code::J1512, "kunci"), "uraian");
}

TEST_F(MeasureBinding, GoalTwiceInOneDocument) {
  bind_file(document("tujuan:\n- {kode: T, uraian: Satu}\n- {kode: T, uraian: Satu}\n"));
  EXPECT_EQ(codes(), Strings{"J1504"});
}

TEST_F(MeasureBinding, DirectIndicatorBecomesAnOperandOfAMeasureThatAddsUp) {
  bind_file(
      document("indikator:\n- {kode: J, satuan: ton, polaritas: naik, agregasi: {cara: jumlah}}\n"
               "- {kode: A, unit: 64/dlh/a, satuan: ton, polaritas: naik, mendukung: J@64, langsung: ya}\n"
               "- {kode: B, unit: 64/dlh/b, satuan: ton, polaritas: naik, mendukung: J@64}\n"
               "- {kode: C, unit: 64/dlh/b, satuan: ton, polaritas: naik, mendukung: A@64/dlh/a, langsung: ya}\n"));
  EXPECT_EQ(codes(), Strings{"J1527"});  // A adds nothing up, so C cannot be part of it
  EXPECT_EQ(children("J", "64"), Strings{"A@64/dlh/a"});
  EXPECT_EQ(supporters("J", "64"), Strings{"B@64/dlh/b"});
}

TEST_F(MeasureBinding, DirectWorkResultNeedsAnOperand) {
  const std::string skp = "jenjang: 1\ndokumen: SKP\nkode: SKP-1\npegawai: 64/dlh/a/jf\ntahun: 2024\nhasil_kerja:\n";
  bind_documents(
      {document(measure("  agregasi: {cara: jumlah}\n  target: {2024: 8}\n  kaskade:\n  - {ke: 64/dlh/a, cara: sama}\n "
                        " - {ke: jabatan, cara: sama}\n") +
                "- {kode: LAIN, unit: 64/dlh/a, satuan: ton, polaritas: naik}\n"),
       skp + "- kode: R1\n  uraian: Satu\n  mendukung: X@64/dlh/a\n  langsung: ya\n  indikator:\n  - {kode: X, target: "
             "8}\n"
             "- kode: R2\n  uraian: Dua\n  mendukung: LAIN@64/dlh/a\n  langsung: ya\n  indikator:\n  - {kode: X}\n"});
  ASSERT_TRUE(model_) << messages();
  EXPECT_EQ(codes(), Strings{"J1527"});
  EXPECT_EQ(argument(Code::J1527, "anak"), "R2@64/dlh/a/jf");
  EXPECT_EQ(statements("X", "64/dlh/a/jf"), Strings{"2024=8!"});  // signed, so no reason is asked
  EXPECT_EQ(supporters("X", "64/dlh/a"), Strings{"R1@64/dlh/a/jf"});
}

TEST_F(MeasureBinding, BudgetsAddUpAlongTheNesting) {
  bind_file(document(
      "program:\n- kode: 2.11.02\n  uraian: Program\n  pagu: {2024: 30}\n  satuan_pagu: juta rupiah\n  kegiatan:\n"
      "  - kode: 2.11.02.1.01\n    uraian: Kegiatan\n    sub_kegiatan:\n    - {kode: 2.11.02.1.01.0001, uraian: Sub, "
      "pagu: {2024: 30}}\n"));
  ASSERT_TRUE(model_) << messages();
  EXPECT_EQ(codes(), Strings{});
  EXPECT_EQ(children("PAGU-2.11.02", "64"), Strings{"PAGU-2.11.02.1.01.0001@64"});  // the kegiatan states none
  EXPECT_EQ(statements("PAGU-2.11.02", "64"), Strings{"2024=30"});
  const Item& item = model_->item(node("PAGU-2.11.02", "64"));
  EXPECT_EQ(item.spec.unit_name, "juta rupiah");
  EXPECT_EQ(item.spec.accumulation, Accumulation::increments);
  EXPECT_EQ(item.spec.aggregation, Aggregation::sum);
}

TEST_F(MeasureBinding, CrosscutSeesTheSharedResult) {
  bind_file(
      document(measure("  lintas_sektor:\n  - {unit: 64/dlh, bagian: 0.4, diterima: ya}\n  - {unit: \"64\"}\n  - "
                       "{unit: 64.01/dlh, bagian: 1.4}\n")));
  EXPECT_EQ(codes(), (Strings{"J1528", "J1528"}));
  const NodeId other = node("X", "64/dlh");
  EXPECT_EQ(addresses(model_->graph.crosscut_children(other)), Strings{"X@64"});
  const CrosscutEdge& tie = model_->crosscut_edges[model_->graph.crosscut_first_edge(other).index()];
  EXPECT_EQ(tie.share, *Decimal::parse("0.4"));
  EXPECT_TRUE(tie.accepted);
  EXPECT_TRUE(children("X", "64/dlh").empty());
}

TEST_F(MeasureBinding, UnitsResolveParentsAndGovernments) {
  bind_documents({document(""), renstra("")}, "unit:\n- {berkas: pegawai.csv, pemisah: \";\", desimal: koma}\n");
  write("pegawai.csv",
        "kode;nama;jenis;induk;masa_kerja;tanda\n64/dlh/a/x;Staf;jabatan;64/dlh/a/jf;12,5;ilustratif\n64/dlh/a/"
        "y;Staf;jabatan;;;\n");
  sink_ = DiagnosticSink();
  bind_path(root_);
  ASSERT_TRUE(model_) << messages();
  EXPECT_EQ(codes(), Strings{});
  const UnitTable& units = model_->units;
  const OrgUnit& person = units[*units.find("64/dlh/a/x")];
  EXPECT_EQ(units[person.parent].path, "64/dlh/a/jf");
  EXPECT_EQ(units[person.government].path, "64");
  EXPECT_EQ(person.attribute("masa_kerja")->value, *Decimal::parse("12.5"));
  EXPECT_TRUE(person.attribute("masa_kerja")->illustrative);
  EXPECT_TRUE(units[*units.find("64/dlh/a/y")].attributes.empty());  // blank is absent, not zero
  EXPECT_EQ(units[*units.find("64.01")].government, *units.find("64.01"));
}

TEST_F(MeasureBinding, UnitMistakes) {
  bind_file(
      "jenjang: 1\ndokumen: RPD\nkode: R\nunit: \"64\"\nperiode: 2024..2026\ndaftar_unit:\n"
      "- {kode: \"64\", jenis: provinsi}\n- {kode: \"64\", jenis: provinsi}\n- {kode: 64/x/y, jenis: bidang}\n"
      "- {kode: a, jenis: opd, induk: b}\n- {kode: b, jenis: opd, induk: a}\n");
  EXPECT_EQ(codes(), (Strings{"J1504", "J1506", "J1506"}));
  EXPECT_EQ(argument(Code::J1506, "induk"), "64/x");
}

TEST_F(MeasureBinding, TwoDocumentsOfOneCode) {
  bind_documents({document(""), renstra(""), renstra("")});
  EXPECT_EQ(codes(), Strings{"J1504"});
  EXPECT_EQ(model_->documents.size(), 2U);
}

TEST_F(MeasureBinding, FormulaCircleGivesNoModel) {
  bind_file(
      document("indikator:\n- {kode: A, satuan: x, polaritas: naik, agregasi: {cara: jumlah, dari: [B@64]}}\n"
               "- {kode: B, satuan: x, polaritas: naik, agregasi: {cara: jumlah, dari: [A@64]}}\n"));
  EXPECT_FALSE(model_);
  EXPECT_EQ(codes(), Strings{"J1301"});
}

}  // namespace measure_binding_test
}  // namespace jenjang
