// data_hilang and rentang_nilai: what is read, and what is refused.
#include "tests/unit/plan/plan_fixture.h"

namespace jenjang {
namespace missing_binding_test {

using MissingBinding = PlanTest;

TEST_F(MissingBinding, AMapNamesThePoliciesOfUnitsAndOfTime) {
  bind_file(
      document(measure("  agregasi: {cara: jumlah, dari: kabkota, data_hilang: {unit: bawa-terakhir, waktu: ketat, "
                       "umur: 6, cakupan_minimal: 0.6}}\n  rentang_nilai: [0, 250.5]\n")));
  ASSERT_TRUE(model_) << messages();
  EXPECT_EQ(codes(), Strings{});
  const MeasureSpec& spec = model_->item(node("X", "64")).spec;
  EXPECT_EQ(spec.missing, MissingPolicy::carry);
  EXPECT_EQ(spec.missing_time, MissingPolicy::strict);
  EXPECT_EQ(spec.carry_months, 6);
  EXPECT_EQ(spec.least_coverage, Decimal::parse("0.6"));
  EXPECT_EQ(spec.least_possible, Decimal::parse("0"));
  EXPECT_EQ(spec.most_possible, Decimal::parse("250.5"));
}

TEST_F(MissingBinding, OneWordIsForUnitsInTheAggregationAndForBothBesideIt) {
  bind_file(
      document("indikator:\n- {kode: A, satuan: ton, polaritas: naik, agregasi: {cara: jumlah, dari: kabkota, "
               "data_hilang: nol}}\n- {kode: B, satuan: ton, polaritas: naik, data_hilang: ketat}\n"));
  ASSERT_TRUE(model_) << messages();
  EXPECT_EQ(codes(), Strings{});
  EXPECT_EQ(model_->item(node("A", "64")).spec.missing, MissingPolicy::zero);
  EXPECT_EQ(model_->item(node("A", "64")).spec.missing_time, MissingPolicy::skip);
  EXPECT_EQ(model_->item(node("B", "64")).spec.missing, MissingPolicy::strict);
  EXPECT_EQ(model_->item(node("B", "64")).spec.missing_time, MissingPolicy::strict);
}

TEST_F(MissingBinding, NamedWeightsStayStrictUnlessTheMeasureSaysOtherwise) {
  bind_file(
      document("indikator:\n- {kode: A, satuan: indeks, polaritas: naik}\n- {kode: B, satuan: indeks, polaritas: "
               "naik, agregasi: {cara: rata-rata, bobot: {A@64: 1}}}\n- {kode: C, satuan: indeks, polaritas: naik, "
               "data_hilang: lewati, agregasi: {cara: rata-rata, bobot: {A@64: 1}}}\n"));
  ASSERT_TRUE(model_) << messages();
  EXPECT_EQ(model_->item(node("B", "64")).spec.missing, MissingPolicy::strict);
  EXPECT_EQ(model_->item(node("C", "64")).spec.missing, MissingPolicy::skip);
}

TEST_F(MissingBinding, OperandsOfARatioFollowItsPolicyInTime) {
  bind_file(
      document("indikator:\n- {kode: R, satuan: persen, polaritas: naik, data_hilang: {waktu: bawa-terakhir, umur: "
               "3}, agregasi: {cara: rasio, pembilang: n, penyebut: d}}\n"));
  ASSERT_TRUE(model_) << messages();
  EXPECT_EQ(model_->item(node("n", "64")).spec.missing_time, MissingPolicy::carry);
  EXPECT_EQ(model_->item(node("d", "64")).spec.carry_months, 3);
}

TEST_F(MissingBinding, ARangeMayBeOpenOnOneSide) {
  bind_file(
      document("indikator:\n- {kode: A, satuan: indeks, polaritas: naik, rentang_nilai: [0, ]}\n- {kode: B, satuan: "
               "indeks, polaritas: naik, rentang_nilai: {tertinggi: 100}}\n"));
  ASSERT_TRUE(model_) << messages();
  EXPECT_EQ(codes(), Strings{});
  EXPECT_EQ(model_->item(node("A", "64")).spec.least_possible, Decimal(0));
  EXPECT_FALSE(model_->item(node("A", "64")).spec.most_possible);
  EXPECT_FALSE(model_->item(node("B", "64")).spec.least_possible);
  EXPECT_EQ(model_->item(node("B", "64")).spec.most_possible, Decimal(100));
}

TEST_F(MissingBinding, WhatCannotBeMeantIsRefused) {
  bind_file(
      document("indikator:\n- {kode: A, satuan: ton, polaritas: naik, data_hilang: bawa-terakhir}\n- {kode: B, satuan: "
               "ton, polaritas: naik, data_hilang: {umur: 0}}\n- {kode: C, satuan: ton, polaritas: naik, "
               "data_hilang: {cakupan_minimal: 60}}\n- {kode: D, satuan: ton, polaritas: naik, rentang_nilai: [5, "
               "1]}\n- {kode: E, satuan: ton, polaritas: naik, rentang_nilai: [1, 2, 3]}\n"));
  EXPECT_EQ(codes(), (Strings{"J1724", "J1725", "J1725", "J1726", "J1725"}));
  EXPECT_EQ(underlined(Code::J1724), "bawa-terakhir");
  EXPECT_EQ(argument(Code::J1726, "terendah"), "5");
}

}  // namespace missing_binding_test
}  // namespace jenjang
