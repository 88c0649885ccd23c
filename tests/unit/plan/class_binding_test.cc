// Classes of units, and weights by year: what the binder makes of them.
#include "tests/unit/plan/plan_fixture.h"

namespace jenjang {
namespace class_binding_test {

using ClassBinding = PlanTest;

TEST_F(ClassBinding, LabelsComeFromYamlAndFromCsv) {
  write("unit.csv",
        "kode,nama,jenis,induk,penduduk,label.kelas\n64.01,Paser,kabkota,64,275452,sedang\n"
        "64.71,Balikpapan,kabkota,64,688318,\n");
  write("unit.yaml",
        "jenjang: 1\ndaftar_unit:\n- {kode: \"64\", jenis: provinsi, label: {kelas: besar, pulau: Kalimantan}}\n");
  write("d.yaml", "jenjang: 1\ndokumen: RPD\nkode: RPD-64\nunit: \"64\"\nperiode: 2024..2026\n");
  write("jenjang.yaml", "jenjang: 1\nrencana: UJI\nunit: [unit.yaml, unit.csv]\ndokumen: [d.yaml]\n");
  bind_path(root_);
  ASSERT_TRUE(model_) << messages();
  const auto unit = [&](const char* path) -> const OrgUnit& { return model_->units[*model_->units.find(path)]; };
  EXPECT_EQ(unit("64").label("kelas")->word, "besar");
  EXPECT_EQ(unit("64").label("pulau")->word, "Kalimantan");
  EXPECT_EQ(unit("64.01").label("kelas")->word, "sedang");
  EXPECT_TRUE(unit("64.71").labels.empty());
  EXPECT_NE(unit("64.01").attribute("penduduk"), nullptr);
}

TEST_F(ClassBinding, YearsOfAWeightBecomeSpansOfItsTie) {
  bind_file(document(
      "sasaran:\n- kode: S\n  uraian: uji\n  indikator:\n"
      "  - {kode: X, satuan: ton, polaritas: naik, sumber: uji, bobot: {2026: 0.6, 2024: 0.5}, target: {2024: 1}}\n"
      "  - {kode: Y, satuan: ton, polaritas: naik, sumber: uji, bobot: 2, target: {2024: 1}}\n"));
  ASSERT_TRUE(model_) << messages();
  ASSERT_EQ(model_->dated_ties.size(), 2U);
  const std::size_t edge = model_->dated_ties[0].edge;
  const auto weight = [&](const char* period) {
    const auto found = model_->weight_in(edge, *Period::parse(period));
    return found ? found->to_string() : "-";
  };
  EXPECT_EQ(weight("2023"), "-");
  EXPECT_EQ(weight("2024"), "0.5");
  EXPECT_EQ(weight("2025-12"), "0.5");
  EXPECT_EQ(weight("2026-01"), "0.6");
  EXPECT_EQ(weight("2199"), "0.6");
  EXPECT_EQ(model_->formula_edges[edge].weight.to_string(), "0.6");  // without a period: the latest
  EXPECT_TRUE(model_->dates_of(edge == 0 ? 1 : 0).empty());
}

}  // namespace class_binding_test
}  // namespace jenjang
