// `cara: dua-arah`: columns of one table, their rows, and what makes the two fit.
#include "tests/unit/plan/plan_fixture.h"

namespace jenjang {
namespace two_way_binding_test {

class TwoWayBinding : public PlanTest {
protected:
  // Two programmes and a total over the two fields; `first` and `second` are the rungs of the programmes.
  void bind_table(const std::string& first, const std::string& second, const std::string& more = "") {
    bind_file(document(
        "indikator:\n"
        "- {kode: TOTAL, satuan: ton, polaritas: naik, akumulasi: hitungan, agregasi: {cara: jumlah}, target: {2024: "
        "10}, kaskade: [{ke: bidang, cara: rata}]}\n"
        "- {kode: P, satuan: ton, polaritas: naik, akumulasi: hitungan, agregasi: {cara: jumlah}, target: {2024: 6}, "
        "kaskade: [{" +
        first +
        "}]}\n"
        "- {kode: Q, satuan: ton, polaritas: naik, akumulasi: hitungan, agregasi: {cara: jumlah}, target: {2024: 4}, "
        "kaskade: [{" +
        second + "}]}\n" + more));
  }
};

TEST_F(TwoWayBinding, ColumnsAndRowsMakeOneTable) {
  bind_table("ke: [64/dlh/b, 64/dlh/a], cara: dua-arah, baris: TOTAL, pemacu: beban",
             "ke: [64/dlh/a, 64/dlh/b], cara: dua-arah, baris: TOTAL, bagian: {64/dlh/a: 0.25, 64/dlh/b: 0.75}");
  ASSERT_TRUE(model_) << messages();
  EXPECT_EQ(codes(), Strings{});
  ASSERT_EQ(model_->cross_families.size(), 1U);
  const CrossFamily& cross = model_->cross_families[0];
  ASSERT_EQ(cross.columns.size(), 2U);
  EXPECT_EQ(addresses(cross.rows), (Strings{"TOTAL@64/dlh/b", "TOTAL@64/dlh/a"}));
  const Family& p = model_->families[cross.columns[0].index()];
  const Family& q = model_->families[cross.columns[1].index()];
  EXPECT_EQ(model_->address(p.parent), "P@64");
  EXPECT_EQ(addresses(p.children), (Strings{"P@64/dlh/b", "P@64/dlh/a"}));
  EXPECT_EQ(p.drivers, (std::vector<Decimal>{Decimal(1), Decimal(3)}));
  // The second column follows the order of the first, drivers with it.
  EXPECT_EQ(addresses(q.children), (Strings{"Q@64/dlh/b", "Q@64/dlh/a"}));
  EXPECT_EQ(q.drivers, (std::vector<Decimal>{*Decimal::parse("0.75"), *Decimal::parse("0.25")}));
  EXPECT_EQ(p.rule.margin, "TOTAL");
  // Every cell is a crosswise child of its row, accepted, in full.
  const NodeId row = node("TOTAL", "64/dlh/a");
  EXPECT_EQ(addresses(model_->graph.crosscut_children(row)), (Strings{"P@64/dlh/a", "Q@64/dlh/a"}));
  for (std::size_t i = 0; i < 2; ++i) {
    const CrosscutEdge& edge = model_->crosscut_edges[model_->graph.crosscut_first_edge(row).index() + i];
    EXPECT_TRUE(edge.accepted);
    EXPECT_FALSE(edge.share);
  }
}

TEST_F(TwoWayBinding, TablesOfDifferentRowsAreApart) {
  bind_table("ke: bidang, cara: dua-arah, baris: TOTAL, pemacu: beban",
             "ke: bidang, cara: dua-arah, baris: LAIN, pemacu: beban",
             "- {kode: LAIN, unit: 64/dlh/a, satuan: ton, polaritas: naik}\n"
             "- {kode: LAIN, unit: 64/dlh/b, satuan: ton, polaritas: naik}\n");
  EXPECT_EQ(codes(), Strings{});
  ASSERT_EQ(model_->cross_families.size(), 2U);
  EXPECT_EQ(model_->cross_families[0].columns.size(), 1U);
}

TEST_F(TwoWayBinding, RowAndMethodNeedEachOther) {
  bind_table("ke: bidang, cara: rata, baris: TOTAL", "ke: bidang, cara: rata");
  EXPECT_EQ(codes(), Strings{"J1545"});
  EXPECT_EQ(argument(Code::J1545, "kunci"), "baris");
  EXPECT_EQ(argument(Code::J1545, "ditemukan"), "cara: rata");
  sink_ = DiagnosticSink();
  bind_table("ke: bidang, cara: dua-arah, pemacu: beban", "ke: bidang, cara: rata");
  EXPECT_EQ(codes(), Strings{"J1545"});
  EXPECT_EQ(argument(Code::J1545, "kunci"), "cara: dua-arah");
  EXPECT_TRUE(model_->cross_families.empty());
}

TEST_F(TwoWayBinding, ColumnsReachTheSameUnits) {
  bind_table("ke: bidang, cara: dua-arah, baris: TOTAL, pemacu: beban",
             "ke: 64/dlh/a, cara: dua-arah, baris: TOTAL, pemacu: beban");
  EXPECT_EQ(codes(), Strings{"J1546"});
  EXPECT_EQ(argument(Code::J1546, "unit"), "64/dlh/b");
  EXPECT_TRUE(model_->cross_families.empty());
  // Neither column stands; the total keeps its family.
  ASSERT_EQ(model_->families.size(), 1U);
  EXPECT_EQ(model_->address(model_->families[0].parent), "TOTAL@64");
}

TEST_F(TwoWayBinding, EveryRowStands) {
  bind_table("ke: bidang, cara: dua-arah, baris: TOTLA, pemacu: beban",
             "ke: bidang, cara: dua-arah, baris: TOTLA, pemacu: beban");
  EXPECT_EQ(codes(), (Strings{"J1508", "J1508"}));
  EXPECT_EQ(first(Code::J1508)->suggestion, "TOTAL@64/dlh/a");
  EXPECT_TRUE(model_->cross_families.empty());
}

TEST_F(TwoWayBinding, AColumnIsNotItsOwnRow) {
  bind_table("ke: bidang, cara: dua-arah, baris: P, pemacu: beban", "ke: bidang, cara: rata");
  EXPECT_EQ(codes(), (Strings{"J1508", "J1508"}));
  EXPECT_TRUE(model_->cross_families.empty());
}

TEST_F(TwoWayBinding, ABrokenColumnBreaksTheTable) {
  bind_table("ke: bidang, cara: dua-arah, baris: TOTAL, pemacu: beban",
             "ke: bidang, cara: dua-arah, baris: TOTAL, pemacu: bebna");
  EXPECT_EQ(codes(), (Strings{"J1520", "J1520"}));
  EXPECT_TRUE(model_->cross_families.empty());
  ASSERT_EQ(model_->families.size(), 1U);
}

}  // namespace two_way_binding_test
}  // namespace jenjang
