// Structural lint: for each rule a plan that breaks it and one, nearly the same, that does not.
#include "tests/unit/plan/plan_fixture.h"

namespace jenjang {
namespace lint_test {

class PlanLint : public PlanTest {
protected:
  // Findings of one rule over documents: addresses or codes in source order.
  Strings lint(const std::string& rule, const std::vector<std::string>& documents) {
    bind_documents(documents);
    EXPECT_FALSE(sink_.has_errors()) << messages();
    if (!model_) return {"(no model)"};
    LintRules rules;
    rules.add({.id = rule,
               .severity = Severity::warning,
               .applies_to = {},
               .basis = "dasar",
               .enabled = true,
               .by_construction = false,
               .span = {}});
    sink_ = DiagnosticSink();
    lint_plan(plan_, *model_, rules, sink_);
    Strings found;
    for (const Diagnostic& one : sink_.sorted()) {
      EXPECT_EQ(one.rule, rule);
      EXPECT_EQ(one.severity, Severity::warning);  // the table decides, not the catalogue
      for (const char* name : {"alamat", "kode", "dokumen"}) {
        const auto arg =
            std::find_if(one.args.begin(), one.args.end(), [&](const DiagnosticArg& a) { return a.name == name; });
        if (arg == one.args.end()) continue;
        found.push_back(arg->value);
        break;
      }
    }
    return found;
  }
  static std::string renstra(const std::string& body) {
    return "jenjang: 1\ndokumen: Renstra\nkode: RENSTRA\nunit: 64/dlh\nperiode: 2024..2026\n" + body;
  }
  static std::string skp(const std::string& body) {
    return "jenjang: 1\ndokumen: SKP\nkode: SKP-1\npegawai: 64/dlh/a/jf\ntahun: 2024\nhasil_kerja:\n" + body;
  }
  static std::string tree() {
    return "tujuan:\n- kode: T\n  uraian: Tujuan\n  sasaran:\n  - {kode: S, uraian: Sasaran}\n";
  }
};

TEST_F(PlanLint, RegistryListsTheRulesInOrder) {
  const auto ids = structural_lint_rules();
  EXPECT_EQ(ids.size(), 22U);
  EXPECT_EQ(ids.front(), "CAS-STR-01");
  EXPECT_EQ(ids.back(), "CAS-BUD-02");
}

TEST_F(PlanLint, Orphans) {
  EXPECT_EQ(lint("CAS-STR-01",
                 {document(tree() + measure("")),
                  renstra("sasaran:\n- {kode: D1, uraian: Satu, mendukung: S@64}\n- {kode: D2, uraian: Dua}\n")}),
            (Strings{"X@64", "D2@64/dlh"}));
}

TEST_F(PlanLint, AgreementThatRestatesAProgrammeIsNoOrphan) {
  const auto pk = [](const std::string& code) {
    return "jenjang: 1\ndokumen: PK\nkode: PK-A\nunit: 64/dlh/a\ntahun: 2024\nprogram: [{kode: " + code + "}]\n";
  };
  const std::string above = renstra("sasaran:\n- {kode: D1, mendukung: S@64, program: [{kode: 2.11.02}]}\n");
  EXPECT_EQ(lint("CAS-STR-01", {document(tree()), above, pk("2.11.02")}), Strings{});
  sink_ = DiagnosticSink();
  EXPECT_EQ(lint("CAS-STR-01", {document(tree()), above, pk("2.11.03")}), Strings{"2.11.03@64/dlh/a"});
}

TEST_F(PlanLint, TopOfTheOnlyDocumentIsNoOrphan) {
  EXPECT_EQ(lint("CAS-STR-01", {"jenjang: 1\ndokumen: Renstra\nkode: R\nunit: 64/dlh\nperiode: 2024..2026\n" + units() +
                                "sasaran:\n- {kode: D1, uraian: Satu}\n"}),
            Strings{});
}

TEST_F(PlanLint, SkippedLevel) {
  EXPECT_EQ(lint("CAS-STR-03",
                 {document("tujuan:\n- kode: T\n  program:\n  - {kode: 2.11.02}\n  sasaran:\n  - {kode: S}\n")}),
            Strings{"2.11.02@64"});
}

TEST_F(PlanLint, ChildlessGoal) {
  EXPECT_EQ(
      lint("CAS-STR-04", {document("tujuan:\n- {kode: T}\n- kode: U\n  sasaran:\n  - {kode: S1}\n  - {kode: S2}\n"),
                          renstra("sasaran:\n- {kode: D, mendukung: S2@64, program: [{kode: 2.11.02}]}\n")}),
      (Strings{"T@64", "S1@64"}));  // S2 goes on in the Renstra, whose ladder ends at its programme
}

TEST_F(PlanLint, CopiedWords) {
  EXPECT_EQ(
      lint("CAS-STR-05",
           {document(
               "tujuan:\n- kode: T\n  uraian: Sampah  Terkelola.\n  sasaran:\n  - {kode: S, uraian: sampah terkelola}\n"
               "- kode: U\n  uraian: Air bersih\n  sasaran:\n  - {kode: V, uraian: Sungai jernih}\n")}),
      Strings{"S@64"});
}

TEST_F(PlanLint, YearsOutsideTheParent) {
  EXPECT_EQ(
      lint(
          "CAS-STR-06",
          {document(tree()),
           "jenjang: 1\ndokumen: Renja\nkode: R\nunit: 64/dlh\ntahun: 2027\nsasaran:\n- {kode: D, mendukung: S@64}\n",
           "jenjang: 1\ndokumen: Renja\nkode: Q\nunit: 64/dlh\ntahun: 2026\nsasaran:\n- {kode: E, mendukung: S@64}\n"}),
      Strings{"D@64/dlh"});
}

TEST_F(PlanLint, VisionBelongsToAnRpjmdOnly) {
  const std::string rpjmd = "jenjang: 1\ndokumen: RPJMD\nkode: RPJMD-64\nunit: \"64\"\nperiode: 2019..2023\n";
  EXPECT_EQ(lint("CAS-STR-07", {document("", "visi: Maju\n"), rpjmd}), (Strings{"RPD-64", "RPJMD-64"}));
  sink_ = DiagnosticSink();
  EXPECT_EQ(lint("CAS-STR-07", {document(""), rpjmd + "visi: Maju\nmisi: [Satu]\n"}), Strings{});
}

TEST_F(PlanLint, GoalsWithoutASuccessFactor) {
  EXPECT_EQ(lint("CAS-STR-08", {document("tujuan:\n- kode: T\n  faktor_kunci: Mutu\n  sasaran:\n  - {kode: S}\n")}),
            Strings{"S@64"});
}

TEST_F(PlanLint, CrosscutsJoinAgenciesAndAreAccepted) {
  EXPECT_EQ(lint("CAS-STR-09",
                 {document("sasaran:\n- {kode: A, unit: 64/dlh/a, lintas_sektor: [{unit: 64/dlh/b, diterima: ya}]}\n"
                           "- {kode: B, lintas_sektor: [{unit: 64/dlh}]}\n- {kode: C, lintas_sektor: [{unit: 64/dlh, "
                           "diterima: ya}]}\n")}),
            (Strings{"A@64/dlh/a", "B@64"}));
}

TEST_F(PlanLint, GoalsWithoutIndicators) {
  EXPECT_EQ(lint("CAS-IND-01",
                 {document("tujuan:\n- kode: T\n  indikator: [{kode: X, satuan: t, polaritas: naik}]\n"
                           "- kode: U\n  indikator: [{kode: Y, satuan: t, polaritas: konteks}]\n- {kode: V}\n")}),
            Strings{"V@64"});
}

TEST_F(PlanLint, IncompleteIndicator) {
  const std::string whole =
      "- {kode: A, uraian: A, definisi: {uraian: d}, satuan: t, polaritas: naik, akumulasi: posisi, sumber: s, "
      "pengampu: dlh, baseline: {2023: 1}, target: {2024: 2}}\n";
  EXPECT_EQ(lint("CAS-IND-02", {document("indikator:\n" + whole +
                                         "- {kode: B, uraian: B, definisi: {uraian: d}, satuan: t, polaritas: naik, "
                                         "pengampu: dlh, target: {2024: 2}}\n")}),
            Strings{"B@64"});
  EXPECT_EQ(argument(Code::J2202, "kunci"), "akumulasi, sumber, baseline");
}

TEST_F(PlanLint, OneCodeWithTwoMeaningsInOneGovernment) {
  EXPECT_EQ(lint("CAS-IND-05", {document("indikator:\n- {kode: A, satuan: t, polaritas: naik}\n- {kode: A, unit: "
                                         "64/dlh, satuan: kg, polaritas: naik}\n"
                                         "- {kode: A, unit: \"64.01\", satuan: kg, polaritas: naik}\n")}),
            Strings{"A@64/dlh"});
  EXPECT_EQ(argument(Code::J2205, "perbedaan"), "satuan: t / kg");
}

TEST_F(PlanLint, ProportionAboveHundred) {
  EXPECT_EQ(
      lint(
          "CAS-IND-07",
          {document(
              "indikator:\n- {kode: A, satuan: persen, polaritas: naik, target: {2024: 100, 2025: 100.5}}\n"
              "- {kode: B, uraian: Laju pertumbuhan, satuan: persen, polaritas: naik, target: {2024: 120}}\n"
              // "apk" (a gross rate) is a word of its own, not the inside of "ditetapkan".
              "- {kode: C, uraian: APK SMA, satuan: persen, polaritas: naik, target: {2024: 104}}\n"
              "- {kode: D, uraian: Dokumen yang ditetapkan, satuan: persen, polaritas: naik, target: {2024: 120}}\n")}),
      (Strings{"A@64:2025", "D@64:2024"}));
}

TEST_F(PlanLint, GoalOfAGovernmentNeedsAnOwner) {
  EXPECT_EQ(lint("CAS-POS-01", {document("tujuan:\n- kode: T\n  pengampu: dlh\n  indikator: [{kode: X, satuan: t, "
                                         "polaritas: naik}]\n- {kode: U}\n- {kode: V, unit: 64/dlh}\n")}),
            Strings{"U@64"});
}

TEST_F(PlanLint, EmployeeNeedsATiedMainResult) {
  EXPECT_EQ(lint("CAS-POS-03", {document(tree()), skp("- {kode: R, jenis: tambahan, mendukung: S@64}\n")}),
            Strings{"SKP-1"});
  sink_ = DiagnosticSink();
  EXPECT_EQ(lint("CAS-POS-03", {document(tree()), skp("- {kode: R, mendukung: S@64}\n")}), Strings{});
}

TEST_F(PlanLint, IntervenedResultIsTheDirectSuperiors) {
  const std::string pk = "jenjang: 1\ndokumen: PK\nkode: PK-A\nunit: 64/dlh/a\ntahun: 2024\nsasaran: [{kode: PA}]\n";
  EXPECT_EQ(lint("CAS-POS-04",
                 {document(tree()), pk, skp("- {kode: R1, mendukung: S@64}\n- {kode: R2, mendukung: PA@64/dlh/a}\n")}),
            Strings{"R1@64/dlh/a/jf"});
  EXPECT_EQ(argument(Code::J2404, "atasan"), "64/dlh/a");
}

TEST_F(PlanLint, FixedSharesCoverTheWhole) {
  const auto plan = [](const std::string& b) {
    return document(
        measure("  agregasi: {cara: jumlah}\n  kaskade:\n  - {ke: [64/dlh/a, 64/dlh/b], cara: bagian-tetap, bagian: "
                "{64/dlh/a: 0.6, 64/dlh/b: " +
                b + "\n"));
  };
  EXPECT_EQ(lint("CAS-POS-05", {plan("0.3}, normalkan: ya}")}), Strings{"X@64"});
  EXPECT_EQ(argument(Code::J2405, "jumlah"), "0.9");
  sink_ = DiagnosticSink();
  EXPECT_EQ(lint("CAS-POS-05", {plan("0.4}, normalkan: ya}")}), Strings{});
  // What the cascade refuses (J1606) is not said twice.
  sink_ = DiagnosticSink();
  EXPECT_EQ(lint("CAS-POS-05", {plan("0.3}}")}), Strings{});
}

TEST_F(PlanLint, IndirectResultIsNoOperand) {
  const std::string plan = document(measure(
      "  agregasi: {cara: jumlah}\n  kaskade:\n  - {ke: 64/dlh/a, cara: sama}\n  - {ke: jabatan, cara: sama}\n"));
  EXPECT_EQ(
      lint("CAS-POS-06", {plan, skp("- {kode: R, mendukung: X@64/dlh/a, langsung: tidak, indikator: [{kode: X}]}\n")}),
      Strings{"X@64/dlh/a/jf"});
  sink_ = DiagnosticSink();
  EXPECT_EQ(
      lint("CAS-POS-06", {plan, skp("- {kode: R, mendukung: X@64/dlh/a, langsung: ya, indikator: [{kode: X}]}\n")}),
      Strings{});
}

TEST_F(PlanLint, Codes) {
  const std::string plan = document(
      "program:\n- {kode: P1}\n- {kode: 2.05.02}\n- kode: 2.11.02\n  kegiatan:\n  - {kode: 2.11.02.1.01}\n  - {kode: "
      "2.11.02.2.01}\n  - {kode: 2.11.03.1.01}\n");
  EXPECT_EQ(lint("CAS-COD-01", {plan}), Strings{"P1"});
  EXPECT_EQ(lint("CAS-COD-02", {plan}), Strings{"2.05.02"});       // 05 belongs to urusan 1
  EXPECT_EQ(lint("CAS-COD-03", {plan}), Strings{"2.11.02.2.01"});  // level 2 at a province
  EXPECT_EQ(lint("CAS-COD-04", {plan}), Strings{"2.11.03.1.01"});
}

TEST_F(PlanLint, KindOfAGovernmentMayHaveACapital) {
  EXPECT_EQ(lint("CAS-COD-03", {"jenjang: 1\ndokumen: RPD\nkode: R\nunit: \"64\"\nperiode: 2024..2026\ndaftar_unit: "
                                "[{kode: \"64\", jenis: Provinsi}]\nprogram:\n- kode: 2.11.02\n  kegiatan:\n  - "
                                "{kode: 2.11.02.1.01}\n  - {kode: 2.11.02.2.01}\n"}),
            Strings{"2.11.02.2.01"});
}

class LintGate : public PlanTest {
protected:
  void lint_with(const std::vector<std::string>& documents, const std::string& manifest) {
    bind_documents(documents, manifest);
    ASSERT_TRUE(model_) << messages();
    LintRules rules;
    rules.add({.id = "CAS-STR-08",
               .severity = Severity::warning,
               .applies_to = {},
               .basis = "",
               .enabled = true,
               .by_construction = false,
               .span = {}});
    rules.set_waivers(plan_.waivers);
    lint_plan(plan_, *model_, rules, sink_);
  }
};

TEST_F(LintGate, ABrokenLineDrawsNoFurtherFindings) {
  // The goal without a success factor is a finding of its own, but a broken plan is mended first.
  lint_with({document("tujuan:\n- {kode: T, uraain: Tujuan}\n")}, "");
  EXPECT_EQ(codes(), (Strings{"J1115", "J1548"}));
  EXPECT_EQ(argument(Code::J1548, "jumlah"), "1");
  EXPECT_EQ(first(Code::J1548)->severity, Severity::info);
  sink_ = DiagnosticSink();
  lint_with({document("tujuan:\n- {kode: T, uraian: Tujuan}\n")}, "");
  EXPECT_EQ(codes(), Strings{"J2108"});
}

TEST_F(LintGate, WaiversNameARuleAndAPlace) {
  lint_with({document("tujuan:\n- {kode: T, uraian: Tujuan}\n")},
            "keringanan:\n- {aturan: CAS-STR-80, alasan: a}\n- {aturan: CAS-STR-08, alamat: T@46, alasan: b}\n"
            "- {aturan: CAS-STR-08, alamat: RPD-64, alasan: c}\n- {aturan: CAS-STR-08, alamat: T@64, alasan: d}\n");
  EXPECT_EQ(codes(), (Strings{"J1549", "J1550", "J2001"}));
  EXPECT_EQ(first(Code::J1549)->suggestion, "CAS-STR-08");
  EXPECT_EQ(underlined(Code::J1549), "CAS-STR-80");
  EXPECT_EQ(argument(Code::J1550, "alamat"), "T@46");
  EXPECT_EQ(first(Code::J1550)->suggestion, "T@64");
  EXPECT_EQ(first(Code::J1550)->severity, Severity::warning);
}

TEST_F(PlanLint, BudgetAndIndicatorGoTogether) {
  EXPECT_EQ(lint("CAS-BUD-02", {document("program:\n- {kode: 2.11.02, pagu: {2024: 1}, satuan_pagu: juta rupiah}\n"
                                         "- {kode: 2.11.03, indikator: [{kode: X, satuan: t, polaritas: naik}]}\n"
                                         "- {kode: 2.11.04, pagu: {2024: 1}, satuan_pagu: juta rupiah, indikator: "
                                         "[{kode: Y, satuan: t, polaritas: naik}]}\n")}),
            (Strings{"2.11.02@64", "2.11.03@64"}));
}

TEST_F(PlanLint, ReplacedDocumentsAreHistory) {
  EXPECT_EQ(lint("CAS-STR-08",
                 {document("tujuan:\n- {kode: T}\n"),
                  "jenjang: 1\ndokumen: RPJMD\nkode: BARU\nunit: \"64\"\nperiode: 2025..2029\nmenggantikan: RPD-64\n"}),
            Strings{});
}

TEST_F(PlanLint, AppliesOnlyToItsKindsOfDocuments) {
  bind_file(document("tujuan:\n- {kode: T}\n"));
  LintRules rules;
  rules.add({.id = "CAS-STR-08",
             .severity = Severity::error,
             .applies_to = {DocumentKind::skp},
             .basis = "",
             .enabled = true,
             .by_construction = false,
             .span = {}});
  lint_plan(plan_, *model_, rules, sink_);
  EXPECT_EQ(codes(), Strings{});
}

}  // namespace lint_test
}  // namespace jenjang
