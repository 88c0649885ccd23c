// A province hands a target to ten regencies, each of which plans in five years of its own.
#include "tests/unit/plan/plan_fixture.h"

namespace jenjang {
namespace staggered_plans_test {

class StaggeredPlans : public PlanTest {
protected:
  static std::string regency(int i) { return "62." + std::string(i < 10 ? "0" : "") + std::to_string(i); }
  // Regency i plans five years from 2018 + i % 3 on, with a baseline the year before.
  static int first_year(int i) { return 2021 + i % 3; }

  void bind_province(const std::string& keys_of_regencies) {
    std::string units = "kode,nama,jenis,induk,rumah_tangga@2024\n62,Provinsi,provinsi,,\n";
    std::string manifest = "jenjang: 1\nrencana: SANITASI\nunit: [unit.csv]\ndokumen:\n- provinsi.yaml\n";
    for (int i = 1; i <= 10; ++i) {
      units += regency(i) + ",Kabupaten " + std::to_string(i) + ",kabupaten,62," + std::to_string(1000 * i) + "\n";
      manifest += "- ssk-" + std::to_string(i) + ".yaml\n";
      const int first = first_year(i);
      write("ssk-" + std::to_string(i) + ".yaml",
            "jenjang: 1\ndokumen: Renstra\nkode: SSK-" + std::to_string(i) + "\nunit: \"" + regency(i) +
                "\"\nperiode: " + std::to_string(first) + ".." + std::to_string(first + 4) +
                "\ntahun_ke_1: " + std::to_string(first) + "\nindikator:\n- kode: LAYAK\n" + keys_of_regencies +
                "  baseline: {ke-0: " + std::to_string(50 + i) + "}\n  target: {ke-5: " + std::to_string(80 + i) +
                "}\n  lintasan: linear\n");
    }
    write("unit.csv", units);
    write("provinsi.yaml",
          "jenjang: 1\ndokumen: RPJMD\nkode: RPJMD-62\nunit: \"62\"\nperiode: 2025..2029\nindikator:\n- kode: LAYAK\n"
          "  uraian: Akses sanitasi layak\n  satuan: persen\n  polaritas: naik\n"
          "  agregasi: {cara: rata-rata, bobot: rumah_tangga@2024}\n  baseline: {2024: 70}\n  target: {2026: 82, 2029: "
          "95}\n  kaskade:\n  - {ke: kabupaten, cara: proporsional, pemacu: rumah_tangga, berakhir: ekstrapolasi, "
          "maksimal: 100}\n");
    write("jenjang.yaml", manifest);
    bind_path(root_);
  }
};

TEST_F(StaggeredPlans, EveryRegencySpeaksInItsOwnYears) {
  bind_province("");
  ASSERT_TRUE(model_) << messages();
  EXPECT_EQ(codes(), Strings{}) << messages();
  const Family* family = family_of(node("LAYAK", "62"));
  ASSERT_NE(family, nullptr);
  ASSERT_EQ(family->children.size(), 10U);
  EXPECT_TRUE(family->to_other_government);
  EXPECT_EQ(family->rule.driver, "rumah_tangga@2024");
  EXPECT_EQ(family->rule.on_expired, ExpiredPolicy::extrapolate);
  for (int i = 1; i <= 10; ++i) {
    const NodeId child = node("LAYAK", regency(i));
    const int first = first_year(i);
    EXPECT_EQ(statements("LAYAK", regency(i)), Strings{std::to_string(first + 4) + "=" + std::to_string(80 + i) + "!"});
    const Statement& stated = model_->statements_of(child)[0];
    EXPECT_EQ(stated.path, PathShape::linear);
    EXPECT_TRUE(stated.grounds.reason.empty());  // another government owes none
    EXPECT_EQ(model_->documents[stated.document.index()].first_plan_year, first);
    ASSERT_EQ(model_->baselines_of(child).size(), 1U);
    EXPECT_EQ(model_->baselines_of(child)[0].period, Period::year(first - 1));
    EXPECT_EQ(model_->baselines_of(child)[0].value, Decimal(50 + i));
    EXPECT_EQ(edge(family->parent, static_cast<std::size_t>(i - 1)).weight, Decimal(1000 * i));
    EXPECT_EQ(family->drivers[static_cast<std::size_t>(i - 1)], Decimal(1000 * i));
  }
}

TEST_F(StaggeredPlans, ARegencyMayRepeatTheProperties) {
  bind_province("  uraian: Akses sanitasi layak\n  satuan: persen\n  polaritas: naik\n  sumber: SSK\n");
  ASSERT_TRUE(model_) << messages();
  EXPECT_EQ(codes(), Strings{}) << messages();
  EXPECT_EQ(model_->items.size(), 1U);
}

}  // namespace staggered_plans_test
}  // namespace jenjang
