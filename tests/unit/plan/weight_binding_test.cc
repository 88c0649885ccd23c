// Weights that nobody can mean: negative, all nought, for years that the document does not have. And two other words
// that do nothing where they stand.
#include "tests/unit/plan/plan_fixture.h"

namespace jenjang {
namespace weight_binding_test {

class WeightBinding : public PlanTest {
protected:
  [[nodiscard]] std::size_t count(Code code) const {
    return static_cast<std::size_t>(std::count_if(sink_.all().begin(), sink_.all().end(),
                                                  [code](const Diagnostic& one) { return one.code == code; }));
  }
  // A mean (or another aggregate) of two measures at 64, weighted as written.
  static std::string weighted(const std::string& way, const std::string& weights) {
    return document(
        "indikator:\n"
        "- {kode: A, satuan: ton, polaritas: naik, akumulasi: hitungan}\n"
        "- {kode: B, satuan: ton, polaritas: naik, akumulasi: hitungan}\n"
        "- {kode: Z, satuan: ton, polaritas: naik, akumulasi: hitungan, agregasi: {cara: " +
        way + ", dari: [A@64, B@64], bobot: " + weights + "}}\n");
  }
};

TEST_F(WeightBinding, ANegativeWeightIsRefusedWhereItStands) {
  bind_file(weighted("rata-rata", "{A: 1, B: -1}"));
  ASSERT_EQ(count(Code::J1571), 1U) << messages();
  EXPECT_EQ(argument(Code::J1571, "bobot"), "-1");
  EXPECT_EQ(argument(Code::J1571, "anak"), "B@64");
  EXPECT_EQ(underlined(Code::J1571), "-1");
  EXPECT_EQ(count(Code::J1572), 0U);
}

// A surplus is income less spending.
TEST_F(WeightBinding, ASumMaySubtract) {
  bind_file(weighted("jumlah", "{A: 1, B: -1}"));
  EXPECT_EQ(count(Code::J1571) + count(Code::J1572), 0U) << messages();
}

TEST_F(WeightBinding, DatedWeightsAreLookedAtYearByYear) {
  bind_file(weighted("rata-rata", "{A: {2024: 1, 2025: -0.5}, B: {2024: 1, 2026: 0}}"));
  EXPECT_EQ(count(Code::J1571), 1U) << messages();
  EXPECT_EQ(count(Code::J1572), 0U);
}

TEST_F(WeightBinding, NoughtForAllIsRefusedWithItsYears) {
  bind_file(weighted("rata-rata", "{A: 0, B: 0}"));
  ASSERT_EQ(count(Code::J1572), 1U) << messages();
  EXPECT_EQ(argument(Code::J1572, "tahun"), "2024..2026");
}

// In 2025 nought and nought; in 2024 B alone, at 1; in 2026 A again.
TEST_F(WeightBinding, NoughtForAllInOneYear) {
  bind_file(weighted("jumlah", "{A: {2025: 0, 2026: 2}, B: {2024: 1, 2025: 0}}"));
  ASSERT_EQ(count(Code::J1572), 1U) << messages();
  EXPECT_EQ(argument(Code::J1572, "tahun"), "2025");
}

TEST_F(WeightBinding, OneNoughtAmongOthersIsFine) {
  bind_file(weighted("rata-rata", "{A: 0, B: 3}"));
  EXPECT_EQ(count(Code::J1572), 0U) << messages();
}
TEST_F(WeightBinding, ExtremesHaveNoWeights) {
  bind_file(weighted("minimum", "{A: 0, B: 0}"));
  EXPECT_EQ(count(Code::J1572), 0U) << messages();
}

TEST_F(WeightBinding, WeightsInAGoal) {
  bind_file(
      document("sasaran:\n- kode: S\n  uraian: uji\n  indikator:\n"
               "  - {kode: X, satuan: ton, polaritas: naik, sumber: uji, bobot: -2, target: {2024: 1}}\n"
               "  - {kode: Y, satuan: ton, polaritas: naik, sumber: uji, bobot: 0, target: {2024: 1}}\n"
               "- kode: R\n  uraian: uji\n  indikator:\n"
               "  - {kode: V, satuan: ton, polaritas: naik, sumber: uji, bobot: 0, target: {2024: 1}}\n"));
  EXPECT_EQ(count(Code::J1571), 1U) << messages();
  ASSERT_EQ(count(Code::J1572), 1U);
  EXPECT_EQ(argument(Code::J1572, "induk"), "R@64");
}

// Attributes as weights: the district's own figure is to blame.
TEST_F(WeightBinding, ANegativeAttributeIsRefusedAtTheUnit) {
  bind_file(
      "jenjang: 1\ndokumen: RPD\nkode: RPD-64\nunit: \"64\"\nperiode: 2024..2026\ndaftar_unit:\n"
      "- {kode: \"64\", jenis: provinsi}\n"
      "- {kode: \"64.01\", jenis: kabkota, induk: \"64\", atribut: {penduduk: -5}}\n"
      "- {kode: \"64.71\", jenis: kabkota, induk: \"64\", atribut: {penduduk: 7}}\n"
      "indikator:\n- {kode: X, satuan: indeks, polaritas: naik, akumulasi: posisi, "
      "agregasi: {cara: rata-rata, dari: kabkota, bobot: penduduk}}\n");
  ASSERT_EQ(count(Code::J1571), 1U) << messages();
  EXPECT_EQ(first(Code::J1571)->primary.line, 8U);
}

TEST_F(WeightBinding, ClassWeights) {
  bind_file(
      "jenjang: 1\ndokumen: RPD\nkode: RPD-64\nunit: \"64\"\nperiode: 2024..2026\ndaftar_unit:\n"
      "- {kode: \"64\", jenis: provinsi}\n"
      "- {kode: \"64.01\", jenis: kabkota, induk: \"64\", label: {kelas: kecil}}\n"
      "- {kode: \"64.71\", jenis: kabkota, induk: \"64\", label: {kelas: besar}}\n"
      "indikator:\n- {kode: X, satuan: indeks, polaritas: naik, akumulasi: posisi, "
      "agregasi: {cara: rata-rata, dari: kabkota, kelompok: kelas, bobot_kelompok: {kecil: -1, besar: 2}}}\n");
  EXPECT_EQ(count(Code::J1571), 1U) << messages();
}

// 2027 comes after the document; 2020 is replaced by 2023 before it begins; 2023 holds in 2024.
TEST_F(WeightBinding, YearsThatNeverHold) {
  bind_file(weighted("rata-rata", "{A: {2020: 1, 2023: 2, 2027: 3}, B: 1}"));
  EXPECT_EQ(count(Code::J1573), 2U) << messages();
}

TEST_F(WeightBinding, AnAgeWithoutCarryingHasNothingToDo) {
  bind_file(
      document("indikator:\n- {kode: A, satuan: ton, polaritas: naik, akumulasi: hitungan, "
               "data_hilang: {unit: lewati, umur: 6}}\n"));
  EXPECT_EQ(count(Code::J1574), 1U) << messages();
}

TEST_F(WeightBinding, ACapOfTheMeanNeedsACap) {
  const auto goal = [](const std::string& achievement) {
    return document("sasaran:\n- kode: S\n  uraian: uji\n  capaian: " + achievement +
                    "\n  indikator:\n"
                    "  - {kode: X, satuan: ton, polaritas: naik, sumber: uji, target: {2024: 1}}\n");
  };
  bind_file(goal("{batas_pada: rata}"));
  EXPECT_EQ(count(Code::J1574), 1U) << messages();
}
TEST_F(WeightBinding, ACapOfTheMeanWithItsCap) {
  bind_file(
      document("sasaran:\n- kode: S\n  uraian: uji\n  capaian: {batas_pada: rata, batas: 100}\n  indikator:\n"
               "  - {kode: X, satuan: ton, polaritas: naik, sumber: uji, target: {2024: 1}}\n"));
  EXPECT_EQ(count(Code::J1574), 0U) << messages();
}

}  // namespace weight_binding_test
}  // namespace jenjang
