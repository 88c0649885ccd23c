#include "jenjang/measure/org_unit.h"

#include <gtest/gtest.h>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace jenjang {
namespace org_unit_test {

OrgUnit unit(KeptText path, KeptText kind, UnitId parent = {}, bool government = false) {
  OrgUnit u;
  u.path = path;
  u.kind = kind;
  u.parent = parent;
  u.is_government = government;
  return u;
}

class KaltimUnits : public ::testing::Test {
protected:
  UnitTable table_;
  UnitId province_ = table_.add(unit("64", "provinsi", {}, true));
  UnitId agency_ = table_.add(unit("64/dlh", "opd", province_));
  UnitId city_ = table_.add(unit("64.72", "kabkota", province_, true));
  UnitId city_agency_ = table_.add(unit("64.72/dlh", "opd", city_));
  UnitId position_ = table_.add(unit("64.72/dlh/jf-1", "jabatan", city_agency_));
};

TEST_F(KaltimUnits, FindsByPath) {
  EXPECT_EQ(table_.size(), 5U);
  EXPECT_EQ(table_.find("64.72/dlh"), city_agency_);
  EXPECT_FALSE(table_.find("64.7"));
  EXPECT_FALSE(table_.find(""));
  EXPECT_EQ(table_.paths(), (std::vector<std::string>{"64", "64/dlh", "64.72", "64.72/dlh", "64.72/dlh/jf-1"}));
}

TEST_F(KaltimUnits, GovernmentIsTheNearestAncestorThatIsOne) {
  EXPECT_EQ(table_[province_].government, province_);
  EXPECT_EQ(table_[agency_].government, province_);
  EXPECT_EQ(table_[city_].government, city_);
  EXPECT_EQ(table_[position_].government, city_);
}

TEST_F(KaltimUnits, BelowIsStrictAndInTableOrder) {
  EXPECT_TRUE(table_.is_below(position_, province_));
  EXPECT_TRUE(table_.is_below(position_, city_));
  EXPECT_FALSE(table_.is_below(agency_, city_));
  EXPECT_FALSE(table_.is_below(city_, city_));
  EXPECT_FALSE(table_.is_below(province_, city_));
  EXPECT_FALSE(table_.is_below(UnitId(), city_));
  EXPECT_EQ(table_.below(province_, "opd"), (std::vector<UnitId>{agency_, city_agency_}));
  EXPECT_EQ(table_.below(city_, "opd"), (std::vector<UnitId>{city_agency_}));
  EXPECT_TRUE(table_.below(city_, "kabkota").empty());
}

TEST(UnitTable, StatisticsCodesAreAnotherTable) {
  UnitTable table;
  OrgUnit kukar = unit("64.02", "kabkota", {}, true);
  kukar.bps_code = "6403";  // Kutai Kartanegara: 64.02 at Kemendagri, 6403 at BPS
  OrgUnit kubar = unit("64.07", "kabkota", {}, true);
  kubar.bps_code = "6402";
  const UnitId a = table.add(kukar);
  const UnitId b = table.add(kubar);
  EXPECT_EQ(table.find_bps("6403"), a);
  EXPECT_EQ(table.find_bps("6402"), b);
  EXPECT_FALSE(table.find_bps("64.02"));
  EXPECT_FALSE(table.find_bps(""));
  EXPECT_FALSE(table.find("6403"));
}

// Nothing of a table may view the texts that made a unit, the arena that was shared, or the table it is a copy of.
TEST(UnitTable, KeepsItsTextsAndSharesItsLists) {
  std::optional<UnitTable> table(std::in_place);
  {
    const std::string path = "64.01/dinas-lingkungan-hidup", name = "Dinas Lingkungan Hidup", kind = "dinas";
    const std::string attribute = "penduduk", cluster = "klaster-satu", label = "kelas", word = "besar";
    Arena arena;
    const std::vector<UnitAttribute> attributes{{arena.keep(attribute), Decimal(275452), {}, true}};
    const std::vector<UnitLabel> labels{{arena.keep(label), arena.keep(word)}};
    const auto kept_attributes = arena.keep(std::span<const UnitAttribute>(attributes));
    const auto kept_labels = arena.keep(std::span<const UnitLabel>(labels));
    table->share(arena);
    for (const char* const last : {"", "-2"}) {
      const std::string whole = path + last;
      OrgUnit made = unit(whole, kind);
      made.name = *last == 0 ? KeptText(name) : KeptText(whole);
      made.cluster = cluster;
      made.attributes = kept_attributes;
      made.labels = kept_labels;
      table->add(made);
    }
  }
  const UnitTable copy = *table;
  table.reset();
  const OrgUnit& first = copy[UnitId(0)];
  const OrgUnit& second = copy[UnitId(1)];
  EXPECT_EQ(copy.find("64.01/dinas-lingkungan-hidup"), UnitId(0));
  EXPECT_EQ(copy.find("64.01/dinas-lingkungan-hidup-2"), UnitId(1));
  EXPECT_EQ(first.name, "Dinas Lingkungan Hidup");
  EXPECT_EQ(second.name, "64.01/dinas-lingkungan-hidup-2");
  EXPECT_EQ(second.kind, "dinas");
  EXPECT_EQ(second.cluster, "klaster-satu");
  ASSERT_NE(second.attribute("penduduk"), nullptr);
  EXPECT_EQ(second.attribute("penduduk")->value, Decimal(275452));
  EXPECT_TRUE(second.attribute("penduduk")->illustrative);
  EXPECT_EQ(second.attribute("pendudu"), nullptr);
  ASSERT_NE(second.label("kelas"), nullptr);
  EXPECT_EQ(second.label("kelas")->word, "besar");
  EXPECT_EQ(second.label("jenis"), nullptr);
  EXPECT_EQ(first.kind.data(), second.kind.data());  // a word is kept once
}

TEST(UnitTable, ARingOfParentsDoesNotHang) {
  UnitTable table;
  const UnitId a = table.add(unit("a", "opd"));
  const UnitId b = table.add(unit("b", "opd", a));
  table.edit(a).parent = b;
  EXPECT_FALSE(table.is_below(a, UnitId(7)));
  EXPECT_TRUE(table.is_below(a, b));
}

// Oracle: the whole chain of ancestors of each unit, as a set of booleans filled while the tree grows.
TEST(UnitTable, BelowAgreesWithAncestorMatrixOnRandomTrees) {
  std::mt19937 random(77);
  for (int round = 0; round < 30; ++round) {
    UnitTable table;
    const std::size_t n = 1 + random() % 40;
    std::vector<std::vector<bool>> above(n, std::vector<bool>(n, false));
    for (std::size_t i = 0; i < n; ++i) {
      const bool root = i == 0 || random() % 6 == 0;
      const std::size_t parent = root ? 0 : random() % i;
      const std::string path = "u" + std::to_string(i);
      table.add(unit(path, random() % 2 == 0 ? "opd" : "bidang", root ? UnitId() : UnitId::from_index(parent)));
      if (!root) {
        above[i] = above[parent];
        above[i][parent] = true;
      }
    }
    for (std::size_t a = 0; a < n; ++a) {
      std::vector<UnitId> expected;
      for (std::size_t u = 0; u < n; ++u) {
        ASSERT_EQ(table.is_below(UnitId::from_index(u), UnitId::from_index(a)), above[u][a]);
        if (above[u][a] && table[UnitId::from_index(u)].kind == "opd") expected.push_back(UnitId::from_index(u));
      }
      ASSERT_EQ(table.below(UnitId::from_index(a), "opd"), expected);
    }
  }
}

}  // namespace org_unit_test
}  // namespace jenjang
