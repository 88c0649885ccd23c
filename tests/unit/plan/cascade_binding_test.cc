// Ladders, families, holds and ratios, against expectations made by hand.
#include "tests/unit/plan/plan_fixture.h"

namespace jenjang {
namespace cascade_binding_test {

using CascadeBinding = PlanTest;

TEST_F(CascadeBinding, LadderMakesNodesFamiliesAndFormulaEdgesRungByRung) {
  bind_file(
      document(measure("  agregasi: {cara: jumlah}\n"
                       "  target: {2024: 100}\n"
                       "  kaskade:\n"
                       "  - {ke: 64/dlh, cara: sama}\n"
                       "  - {ke: bidang, cara: proporsional, pemacu: beban, langkah: 1}\n")));
  ASSERT_TRUE(model_) << messages();
  EXPECT_EQ(codes(), Strings{});
  EXPECT_EQ(model_->node_count(), 4U);
  EXPECT_EQ(children("X", "64"), Strings{"X@64/dlh"});
  EXPECT_EQ(children("X", "64/dlh"), (Strings{"X@64/dlh/a", "X@64/dlh/b"}));
  EXPECT_EQ(statements("X", "64"), Strings{"2024=100"});
  EXPECT_EQ(statements("X", "64/dlh"), Strings{});
  ASSERT_EQ(model_->families.size(), 2U);
  const Family* fields = family_of(node("X", "64/dlh"));
  ASSERT_NE(fields, nullptr);
  EXPECT_EQ(fields->rule.method, "proporsional");
  EXPECT_EQ(fields->rule.driver, "beban");
  EXPECT_EQ(fields->rule.step, Decimal(1));
  EXPECT_EQ(fields->drivers, (std::vector<Decimal>{Decimal(3), Decimal(1)}));
  EXPECT_EQ(addresses(fields->children), (Strings{"X@64/dlh/a", "X@64/dlh/b"}));
  EXPECT_FALSE(fields->to_other_government);
  // The driver is where the list of units wrote it.
  EXPECT_EQ(sources_.line(fields->driver_spans[0].file, fields->driver_spans[0].line)
                .substr(fields->driver_spans[0].column - 1, 1),
            "3");
  EXPECT_EQ(edge(node("X", "64"), 0).carry, Carry::value);
  EXPECT_EQ(edge(node("X", "64"), 0).role, EdgeRole::operand);
}

TEST_F(CascadeBinding, KindIsSoughtInsideTheSameGovernmentUnlessItIsOne) {
  bind_file(document(measure("  agregasi: {cara: jumlah}\n  kaskade:\n  - {ke: opd, cara: sama}\n")));
  ASSERT_TRUE(model_) << messages();
  EXPECT_EQ(children("X", "64"), Strings{"X@64/dlh"});  // not 64.01/dlh
}

TEST_F(CascadeBinding, TargetsForDistrictsAreMarkedForAnotherGovernment) {
  bind_file(document(measure(
      "  agregasi: {cara: jumlah}\n  kaskade:\n  - {ke: {jenis: kabkota, kecuali: [\"64.71\"]}, cara: sama}\n")));
  ASSERT_TRUE(model_) << messages();
  EXPECT_EQ(children("X", "64"), Strings{"X@64.01"});
  EXPECT_TRUE(family_of(node("X", "64"))->to_other_government);
}

TEST_F(CascadeBinding, SelectorByAttribute) {
  bind_file(
      document(measure("  agregasi: {cara: jumlah}\n  kaskade:\n  - {ke: {jenis: bidang, di: 64/dlh, dengan: {beban: "
                       "1.0}}, cara: sama}\n")));
  ASSERT_TRUE(model_) << messages();
  EXPECT_EQ(children("X", "64"), Strings{"X@64/dlh/b"});
}

TEST_F(CascadeBinding, FixedSharesAndMethodParametersAreKept) {
  bind_file(document(
      measure("  agregasi: {cara: jumlah}\n  kaskade:\n"
              "  - {ke: 64/dlh, cara: sama}\n"
              "  - {ke: [./a, ./b], cara: bagian-tetap, bagian: {./a: 0.6, 64/dlh/b: 0.4}, batas_depan: 100}\n")));
  ASSERT_TRUE(model_) << messages();
  EXPECT_EQ(codes(), Strings{});
  const Family* family = family_of(node("X", "64/dlh"));
  ASSERT_NE(family, nullptr);
  EXPECT_EQ(family->drivers, (std::vector<Decimal>{*Decimal::parse("0.6"), *Decimal::parse("0.4")}));
  ASSERT_EQ(family->rule.parameters.size(), 1U);
  EXPECT_EQ(family->rule.parameters[0].key, "batas_depan");
  EXPECT_EQ(family->rule.parameters[0].text, "100");
}

TEST_F(CascadeBinding, MissingDriverNamesUnitAndAttributeAndRefusesTheFamily) {
  bind_file(document(measure(
      "  agregasi: {cara: jumlah}\n  kaskade:\n  - {ke: kabkota, cara: proporsional, pemacu: penduduk_miskin}\n")));
  ASSERT_TRUE(model_) << messages();
  EXPECT_EQ(codes(), (Strings{"J1520", "J1520"}));
  EXPECT_EQ(argument(Code::J1520, "unit"), "64.01");
  EXPECT_EQ(argument(Code::J1520, "atribut"), "penduduk_miskin");
  EXPECT_EQ(underlined(Code::J1520), "penduduk_miskin");
  EXPECT_TRUE(model_->families.empty());
  EXPECT_EQ(children("X", "64"), (Strings{"X@64.01", "X@64.71"}));  // the nodes stay, facts can still arrive
}

TEST_F(CascadeBinding, MeanWeightsComeFromAnAttribute) {
  bind_file(
      document(measure("  agregasi: {cara: rata-rata, bobot: penduduk}\n  kaskade:\n  - {ke: kabkota, cara: sama}\n")));
  ASSERT_TRUE(model_) << messages();
  const NodeId top = node("X", "64");
  EXPECT_EQ(edge(top, 0).weight, Decimal(275452));
  EXPECT_EQ(edge(top, 1).weight, Decimal(688318));
}

TEST_F(CascadeBinding, HandSetTargetBelowIsAHoldThatOwesAReason) {
  bind_file(
      document(measure("  agregasi: {cara: jumlah}\n  target: {2024: 10}\n  kaskade:\n  - {ke: bidang, cara: rata}\n"
                       "- {kode: X, unit: 64/dlh/a, tahan: {2024: {nilai: 7, alasan: SK Kepala Dinas}}}\n"
                       "- {kode: X, unit: 64/dlh/b, target: {2024: 3}}\n")));
  ASSERT_TRUE(model_) << messages();
  EXPECT_EQ(codes(), Strings{"J1518"});
  EXPECT_EQ(argument(Code::J1518, "alamat"), "X@64/dlh/b");
  EXPECT_EQ(statements("X", "64/dlh/a"), Strings{"2024=7!"});
  EXPECT_EQ(model_->statements_of(node("X", "64/dlh/a"))[0].grounds.reason, "SK Kepala Dinas");
  EXPECT_EQ(statements("X", "64/dlh/b"), Strings{"2024=3!"});
}

TEST_F(CascadeBinding, AdoptedDocumentOfTheOtherGovernmentIsAHoldWithoutAReason) {
  bind_documents({document(measure(
                      "  agregasi: {cara: jumlah}\n  target: {2024: 10}\n  kaskade:\n  - {ke: kabkota, cara: rata}\n")),
                  "jenjang: 1\ndokumen: RPD\nkode: RPD-64.01\nunit: \"64.01\"\nperiode: 2024..2026\nindikator:\n- "
                  "{kode: X, target: {2024: 4}}\n",
                  "jenjang: 1\ndokumen: RPD\nkode: RPD-64.71\nunit: \"64.71\"\nperiode: 2024..2026\nstatus: "
                  "usulan\nindikator:\n- {kode: X, target: {2024: 5}}\n"});
  ASSERT_TRUE(model_) << messages();
  EXPECT_EQ(codes(), Strings{});
  EXPECT_EQ(statements("X", "64.01"), Strings{"2024=4!"});
  EXPECT_EQ(statements("X", "64.71"), Strings{"2024=5"});  // a proposal binds nobody
  EXPECT_EQ(model_->statements_of(node("X", "64.71"))[0].state, StatementState::proposed);
}

TEST_F(CascadeBinding, HoldWithoutACascade) {
  bind_file(document(measure("  tahan: {2024: {nilai: 7, alasan: uji}}\n")));
  EXPECT_EQ(codes(), Strings{"J1519"});
}

TEST_F(CascadeBinding, RatioHasOperandsAtEveryLowestUnit) {
  write("penyebut.csv",
        "kode,unit,periode,nilai,tanda\nton_timbulan,64.01,2026,300,ilustratif\nton_timbulan,64.71,2026,700,\n");
  bind_file(
      document("indikator:\n- kode: KELOLA\n  satuan: persen\n  polaritas: naik\n  frekuensi: semester\n"
               "  agregasi:\n    cara: rasio\n    pembilang: [ton_kurang, ton_tangani]\n    penyebut: ton_timbulan\n"
               "    operan: {ton_timbulan: {akumulasi: posisi, satuan: ton, frekuensi: tahun}}\n"
               "  penyebut_rencana: penyebut.csv\n  target: {2026: 50}\n  kaskade:\n  - {ke: kabkota, cara: sama}\n"));
  ASSERT_TRUE(model_) << messages();
  EXPECT_EQ(codes(), Strings{});
  EXPECT_EQ(children("KELOLA", "64"), (Strings{"KELOLA@64.01", "KELOLA@64.71"}));
  const NodeId low = node("KELOLA", "64.01");
  EXPECT_EQ(children("KELOLA", "64.01"), (Strings{"ton_kurang@64.01", "ton_tangani@64.01", "ton_timbulan@64.01"}));
  EXPECT_EQ(edge(low, 0).role, EdgeRole::numerator);
  EXPECT_EQ(edge(low, 1).role, EdgeRole::numerator);
  EXPECT_EQ(edge(low, 2).role, EdgeRole::denominator);
  EXPECT_EQ(edge(node("KELOLA", "64"), 0).role, EdgeRole::operand);
  EXPECT_EQ(model_->item(low).spec.factor, Decimal(100));  // a ratio in percent
  const Item& waste = model_->item(node("ton_timbulan", "64.71"));
  EXPECT_EQ(waste.kind, ItemKind::operand);
  EXPECT_EQ(waste.spec.accumulation, Accumulation::position);
  EXPECT_EQ(waste.spec.frequency, Granularity::year);
  const Item& reduced = model_->item(node("ton_kurang", "64.71"));
  EXPECT_EQ(reduced.spec.accumulation, Accumulation::increments);
  EXPECT_EQ(reduced.spec.frequency, Granularity::semester);
  EXPECT_FALSE(model_->find("ton_timbulan", "64"));
  const Family* family = family_of(node("KELOLA", "64"));
  ASSERT_NE(family, nullptr);
  ASSERT_EQ(family->denominators.size(), 2U);
  EXPECT_EQ(family->denominators[1].child, 1U);
  EXPECT_EQ(family->denominators[1].year, 2026);
  EXPECT_EQ(family->denominators[1].value, Decimal(700));
  EXPECT_TRUE(family->denominators[0].illustrative);
  EXPECT_FALSE(family->denominators[1].illustrative);
}

TEST_F(CascadeBinding, TwoRatiosShareOneOperand) {
  bind_file(
      document("indikator:\n"
               "- {kode: P, satuan: persen, polaritas: naik, agregasi: {cara: rasio, dari: kabkota, pembilang: a, "
               "penyebut: n}}\n"
               "- {kode: Q, satuan: persen, polaritas: naik, agregasi: {cara: rasio, dari: kabkota, pembilang: b, "
               "penyebut: n, operan: {n: {akumulasi: posisi}}}}\n"));
  ASSERT_TRUE(model_) << messages();
  EXPECT_EQ(codes(), Strings{"J1512"});  // hitungan by the first, posisi by the second
  EXPECT_EQ(argument(Code::J1512, "alamat"), "n");
  EXPECT_EQ(addresses(model_->graph.parents(node("n", "64.01"))).size(), 2U);
}

TEST_F(CascadeBinding, AggregationFromAddressesWithAMapOfWeights) {
  bind_file(
      document("indikator:\n"
               "- {kode: A, unit: 64/dlh, satuan: indeks, polaritas: naik}\n"
               "- {kode: B, unit: 64/dlh, satuan: indeks, polaritas: naik}\n"
               "- {kode: I, satuan: indeks, polaritas: naik, agregasi: {cara: rata-rata, dari: [A@64/dlh, B@64/dlh], "
               "bobot: {A@64/dlh: 0.3, B: 0.7}}}\n"));
  ASSERT_TRUE(model_) << messages();
  EXPECT_EQ(codes(), Strings{});
  EXPECT_EQ(children("I", "64"), (Strings{"A@64/dlh", "B@64/dlh"}));
  EXPECT_EQ(edge(node("I", "64"), 1).weight, *Decimal::parse("0.7"));
}

TEST_F(CascadeBinding, SecondLadderToTheSameUnitIsRefused) {
  bind_documents({document(measure("  agregasi: {cara: jumlah}\n  kaskade:\n  - {ke: 64/dlh, cara: sama}\n")),
                  "jenjang: 1\ndokumen: Renja\nkode: RENJA\nunit: \"64\"\ntahun: 2024\nindikator:\n- {kode: X, "
                  "kaskade: [{ke: kabkota, cara: sama}]}\n"});
  EXPECT_EQ(codes(), Strings{"J1522"});
}

TEST_F(CascadeBinding, LadderMayGoOnInTheDocumentOfTheUnitItReached) {
  bind_documents({document(measure("  agregasi: {cara: jumlah}\n  kaskade:\n  - {ke: 64/dlh, cara: sama}\n")),
                  "jenjang: 1\ndokumen: Renstra\nkode: RENSTRA\nunit: 64/dlh\nperiode: 2024..2026\nindikator:\n- "
                  "{kode: X, kaskade: [{ke: bidang, cara: rata}]}\n"});
  ASSERT_TRUE(model_) << messages();
  EXPECT_EQ(codes(), Strings{});
  EXPECT_EQ(children("X", "64/dlh"), (Strings{"X@64/dlh/a", "X@64/dlh/b"}));
}

TEST_F(CascadeBinding, MistakesOfRungsAreNamed) {
  bind_file(document(measure("  kaskade:\n  - {ke: kabkta, cara: rata}\n")));
  EXPECT_EQ(codes(), (Strings{"J1507", "J1511"}));
  EXPECT_EQ(first(Code::J1507)->suggestion, "kabkota");
  EXPECT_EQ(argument(Code::J1511, "kunci"), "agregasi.cara");
}

TEST_F(CascadeBinding, SharesMustNameEveryChildAndNoOther) {
  bind_file(document(measure(
      "  agregasi: {cara: jumlah}\n  kaskade:\n  - {ke: [64/dlh/a], cara: bagian-tetap, bagian: {64/dlh/b: 1}}\n")));
  EXPECT_EQ(codes(), (Strings{"J1521", "J1531"}));
  EXPECT_EQ(argument(Code::J1521, "unit"), "64/dlh/a");
  EXPECT_EQ(argument(Code::J1531, "unit"), "64/dlh/b");
  EXPECT_EQ(argument(Code::J1531, "kunci"), "bagian");
}

TEST_F(CascadeBinding, DenominatorFileMayOnlyHoldDenominators) {
  write("penyebut.csv", "kode,unit,periode,nilai\nton,64.01,2026,300\n");
  bind_file(
      document("indikator:\n- {kode: K, satuan: persen, polaritas: naik, agregasi: {cara: rasio, pembilang: a, "
               "penyebut: n}, penyebut_rencana: penyebut.csv}\n"));
  EXPECT_EQ(codes(), Strings{"J1530"});
  EXPECT_EQ(argument(Code::J1530, "harapan"), "n");
}

}  // namespace cascade_binding_test
}  // namespace jenjang
