// Figures of an indicator: plan years, paths, holds with grounds, limits, series, marks.
#include "tests/unit/plan/plan_fixture.h"

namespace jenjang {
namespace figure_binding_test {

class FigureBinding : public PlanTest {
protected:
  Strings baselines(const std::string& code, const std::string& unit) const {
    Strings list;
    for (const Baseline& one : model_->baselines_of(node(code, unit))) {
      list.push_back(one.period.to_string() + "=" + one.value.to_string());
    }
    return list;
  }
};

TEST_F(FigureBinding, PlanYearsAreCountedFromTheFirstPlanYear) {
  bind_file(document(measure("  baseline: {ke-0: 9}\n  target: {ke-3: 50, ke-5: 80}\n"), "tahun_ke_1: 2022\n"));
  EXPECT_EQ(codes(), Strings{});
  EXPECT_EQ(statements("X", "64"), (Strings{"2024=50", "2026=80"}));  // 2022 + 3 - 1, 2022 + 5 - 1
  EXPECT_EQ(baselines("X", "64"), Strings{"2021=9"});
  EXPECT_EQ(model_->documents[0].first_plan_year, 2022);
}

TEST_F(FigureBinding, WithoutItPlanYearOneIsTheFirstOfTheDocument) {
  bind_file(document(measure("  target: {ke-1: 50, ke-3: 80}\n")));
  EXPECT_EQ(codes(), Strings{});
  EXPECT_EQ(statements("X", "64"), (Strings{"2024=50", "2026=80"}));
}

TEST_F(FigureBinding, PlanYearOutsideTheDocument) {
  bind_file(document(measure("  target: {ke-4: 50}\n")));
  EXPECT_EQ(codes(), Strings{"J1514"});
  EXPECT_EQ(argument(Code::J1514, "periode"), "2027");
  EXPECT_EQ(underlined(Code::J1514), "ke-4");
  sink_ = DiagnosticSink();
  bind_file(document(measure("  target: {ke-x: 50, ke-1.5: 2}\n"), "tahun_ke_1: 2022..2023\n"));
  EXPECT_EQ(codes(), (Strings{"J1503", "J1503", "J1503"}));
}

TEST_F(FigureBinding, PlanYearBeyondTheCalendar) {
  bind_file(document(measure("  baseline: {ke-99: 50}\n"), "tahun_ke_1: 2150\n"));
  EXPECT_EQ(codes(), Strings{"J1514"});
  EXPECT_EQ(argument(Code::J1514, "periode"), "ke-99");
}

TEST_F(FigureBinding, PlanYearAndItsCalendarYearAreOnePeriod) {
  bind_file(document(measure("  target: {ke-1: 50, 2024: 51}\n")));
  EXPECT_EQ(codes(), Strings{"J1517"});
}

TEST_F(FigureBinding, PathGoesWithEveryTargetOfTheEntry) {
  bind_file(document(measure("  baseline: {2023: 1}\n  target: {2026: 80}\n  lintasan: majemuk\n") +
                     "- {kode: Y, satuan: t, polaritas: naik, target: {2024: 1, 2026: 3}, lintasan: {porsi: [0.1, 0.3, "
                     "0.3, 1]}}\n- {kode: Z, satuan: t, polaritas: naik, target: {2024: 1}}\n"));
  EXPECT_EQ(codes(), Strings{});
  EXPECT_EQ(model_->statements_of(node("X", "64"))[0].path, PathShape::compound);
  for (const Statement& one : model_->statements_of(node("Y", "64"))) {
    EXPECT_EQ(one.path, PathShape::given);
    EXPECT_EQ(one.path_shares, (std::vector<Decimal>{*Decimal::parse("0.1"), *Decimal::parse("0.3"),
                                                     *Decimal::parse("0.3"), Decimal(1)}));
  }
  EXPECT_EQ(model_->statements_of(node("Z", "64"))[0].path, PathShape::none);
}

TEST_F(FigureBinding, PortionsRiseToOne) {
  for (const char* shares : {"[0.1, 0.9]", "[0.5, 0.4, 1]", "[-0.1, 1]", "[]"}) {
    sink_ = DiagnosticSink();
    bind_file(document(measure("  target: {2026: 80}\n  lintasan: {porsi: " + std::string(shares) + "}\n")));
    EXPECT_EQ(codes(), Strings{"J1503"}) << shares;
    EXPECT_EQ(argument(Code::J1503, "kunci"), "porsi") << shares;
  }
  sink_ = DiagnosticSink();
  bind_file(document(measure("  target: {2026: 80}\n  lintasan: liniar\n")));
  EXPECT_EQ(codes(), Strings{"J1122"});
  EXPECT_EQ(first(Code::J1122)->suggestion, "linear");
}

TEST_F(FigureBinding, HoldKeepsItsGrounds) {
  bind_file(document(measure(
      "  agregasi: {cara: jumlah}\n  target: {2024: 10}\n  kaskade:\n  - {ke: bidang, cara: rata}\n"
      "- {kode: X, unit: 64/dlh/a, tahan: {2024: {nilai: 7, alasan: kapasitas, dasar: Pasal 5, sampai: 2024-12-31, "
      "kunci: ya, kerelaan: 2}}}\n")));
  EXPECT_EQ(codes(), Strings{});
  EXPECT_EQ(statements("X", "64/dlh/a"), Strings{"2024=7!"});
  const Grounds& grounds = model_->statements_of(node("X", "64/dlh/a"))[0].grounds;
  EXPECT_EQ(grounds.reason, "kapasitas");
  EXPECT_EQ(grounds.citation, "Pasal 5");
  EXPECT_EQ(grounds.until->to_string(), "2024-12-31");
  EXPECT_TRUE(grounds.locked);
  EXPECT_EQ(grounds.willingness, Decimal(2));
  EXPECT_TRUE(model_->bound_begin.empty());
}

TEST_F(FigureBinding, LimitsStandAtAnyMeasure) {
  // X is no child of any cascade, and a proposal says so of itself.
  bind_file(document(measure("  tahan: {2025: {minimal: 10, maksimal: 20, alasan: a}}\n"), "status: usulan\n"));
  EXPECT_EQ(codes(), Strings{});
  const auto bounds = model_->bounds_of(node("X", "64"));
  ASSERT_EQ(bounds.size(), 1U);
  EXPECT_EQ(bounds[0].period, Period::year(2025));
  EXPECT_EQ(bounds[0].least, Decimal(10));
  EXPECT_EQ(bounds[0].most, Decimal(20));
  EXPECT_EQ(bounds[0].state, StatementState::proposed);
  EXPECT_TRUE(model_->statements_of(node("X", "64")).empty());
}

TEST_F(FigureBinding, FigureAndLimitsExcludeEachOther) {
  bind_file(document(measure("  tahan: {2025: {nilai: 3, maksimal: 20, alasan: a}}\n")));
  EXPECT_EQ(codes(), Strings{"J1542"});
  EXPECT_EQ(argument(Code::J1542, "kunci_lain"), "maksimal");
}

TEST_F(FigureBinding, LimitsOweAReasonWhoeverSpeaks) {
  bind_documents({document(measure("  agregasi: {cara: jumlah}\n  kaskade:\n  - {ke: kabkota, cara: rata}\n")),
                  "jenjang: 1\ndokumen: RPD\nkode: RPD-64.01\nunit: \"64.01\"\nperiode: 2024..2026\nindikator:\n- "
                  "{kode: X, tahan: {2024: {minimal: 4}}}\n"});
  EXPECT_EQ(codes(), Strings{"J1540"});
  EXPECT_EQ(argument(Code::J1540, "alamat"), "X@64.01");
}

TEST_F(FigureBinding, SeriesOfOneCodeInOrder) {
  write("data/pola.csv", "kode;periode;nilai\nA;2024-TW2;2,5\nB;2024-TW1;9\nA;2024-TW1;1\n");
  bind_file(document(measure(
      "  frekuensi: triwulan\n  profil_seri: {berkas: data/pola.csv, kode: A, pemisah: \";\", desimal: koma}\n")));
  EXPECT_EQ(codes(), Strings{}) << messages();
  const auto& series = model_->item(node("X", "64")).spec.profile_series;
  ASSERT_EQ(series.size(), 2U);
  EXPECT_EQ(series[0].period.to_string(), "2024-TW1");
  EXPECT_EQ(series[0].value, Decimal(1));
  EXPECT_EQ(series[1].value, *Decimal::parse("2.5"));
}

TEST_F(FigureBinding, SeriesIsPositiveOfOneGranularityAndThere) {
  write("pola.csv", "kode,periode,nilai\nA,2024-TW1,0\nA,2024-TW2,1\nA,2024-05,1\nA,2024-TW2,2\n");
  bind_file(document(measure("  profil_seri: {berkas: pola.csv, kode: A}\n")));
  EXPECT_EQ(codes(), (Strings{"J1503", "J1503", "J1504"}));
  sink_ = DiagnosticSink();
  bind_file(document(measure("  profil_seri: {berkas: pola.csv, kode: AA}\n")));
  EXPECT_EQ(codes(), Strings{"J1503"});
  EXPECT_EQ(argument(Code::J1503, "ditemukan"), "AA");
}

TEST_F(FigureBinding, MarkOfAShareOfChildren) {
  bind_file(
      document("indikator:\n- {kode: X, satuan: persen, polaritas: naik, agregasi: {cara: terpenuhi, dari: "
               "kabkota, ambang: 80}}\n"));
  EXPECT_EQ(codes(), Strings{});
  const MeasureSpec& spec = model_->item(node("X", "64")).spec;
  EXPECT_EQ(spec.aggregation, Aggregation::share_meeting);
  EXPECT_EQ(spec.mark, Decimal(80));
  EXPECT_EQ(spec.factor, Decimal(100));
  sink_ = DiagnosticSink();
  bind_file(document(measure("  agregasi: {cara: jumlah, dari: kabkota, ambang: 80}\n")));
  EXPECT_EQ(codes(), Strings{"J1545"});
  EXPECT_EQ(argument(Code::J1545, "syarat"), "cara: terpenuhi");
}

class Holdings : public PlanTest {
protected:
  void bind_holdings(const std::string& rows, const std::string& manifest = "") {
    write("data/pemangku.csv", "jabatan,pegawai,dari,sampai\n" + rows);
    bind_documents({document("")}, "pemangku: [data/pemangku.csv]\n" + manifest);
  }
};

TEST_F(Holdings, AreSortedByPositionAndDay) {
  bind_holdings("64/dlh/a/jf,P2,2026-05-01,\n64/dlh/a,P9,2025-01-01,2025-12-31\n64/dlh/a/jf,P1,2025-02-01,2026-04-30\n",
                "aturan_mutasi: awal-bulan\n");
  EXPECT_EQ(codes(), Strings{}) << messages();
  EXPECT_EQ(model_->transfer_rule, TransferRule::month_start);
  const auto held = model_->holdings_of(*model_->units.find("64/dlh/a/jf"));
  ASSERT_EQ(held.size(), 2U);
  EXPECT_EQ(held[0].person, "P1");
  EXPECT_EQ(held[0].until->to_string(), "2026-04-30");
  EXPECT_EQ(held[1].person, "P2");
  EXPECT_FALSE(held[1].until);
  EXPECT_EQ(model_->holdings_of(*model_->units.find("64/dlh/a")).size(), 1U);
}

TEST_F(Holdings, OnePersonAtATime) {
  // P1 outlasts P2, so P3 meets P1 too.
  bind_holdings(
      "64/dlh/a,P1,2025-01-01,2025-12-31\n64/dlh/a,P2,2025-02-01,2025-02-28\n64/dlh/a,P3,2025-12-31,\n"
      "64/dlh/b,P4,2025-01-01,2025-06-30\n64/dlh/b,P5,2025-07-01,\n");
  EXPECT_EQ(codes(), (Strings{"J1547", "J1547"}));
  EXPECT_EQ(argument(Code::J1547, "pegawai_lain"), "P2");
  EXPECT_EQ(argument(Code::J1547, "tanggal"), "2025-02-01");
}

TEST_F(Holdings, MistakesOfRows) {
  bind_holdings(
      "64/dlh/z,P1,2025-01-01,\n64/dlh/a,P2,2025-02-01,2025-01-31\n64/dlh/a,,2025-01-01,\n64/dlh/a,P3,kini,\n");
  EXPECT_TRUE(first(Code::J1505) && first(Code::J1541) && first(Code::J1503) && first(Code::J1206)) << messages();
  EXPECT_EQ(codes().size(), 4U);
  EXPECT_EQ(argument(Code::J1541, "kunci"), "dari");
  EXPECT_TRUE(model_->holdings.empty());
}

}  // namespace figure_binding_test
}  // namespace jenjang
