#include "jenjang/synthetic/province.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <set>

namespace jenjang {
namespace province_test {

ProvinceSpec small() {
  ProvinceSpec spec;
  spec.staff = 500;
  spec.districts = 2;
  spec.agencies = 4;
  spec.fields = 2;
  spec.sections = 3;
  return spec;
}

TEST(Province, FitsItsSectionsToItsStaff) {
  const ProvinceSpec whole;
  EXPECT_EQ(whole.section_count(), 11U * 35 * 4 * 4);  // 6,160 sections, some ten positions each
  EXPECT_EQ(whole.fitted().section_count(), whole.section_count());
  ProvinceSpec village;
  village.staff = 1;
  EXPECT_EQ(village.fitted().section_count(), 2U);  // the province's own apparatus and one district
  EXPECT_EQ(village.fitted().staff, 2U);
  for (const std::uint32_t staff : {100U, 1000U, 10000U}) {
    ProvinceSpec spec;
    spec.staff = staff;
    EXPECT_EQ(spec.fitted().staff, staff);
    EXPECT_LE(spec.fitted().section_count() * 9, staff);
  }
}

TEST(Province, EveryPositionHasOneMeasureOfItsAgency) {
  const ProvinceSpec spec = small();
  const Model model = make_province(spec);
  std::map<std::string, int> units;
  for (std::size_t u = 0; u < model.units.size(); ++u) {
    ++units[model.units[UnitId::from_index(u)].kind];
  }
  EXPECT_EQ(units, (std::map<std::string, int>{{"provinsi", 1},
                                               {"pemprov", 1},
                                               {"kabkota", 2},
                                               {"opd", 12},
                                               {"bidang", 24},
                                               {"seksi", 72},
                                               {"jabatan", 500}}));
  std::map<std::uint32_t, int> measures;
  for (std::size_t n = 0; n < model.node_count(); ++n) {
    if (model.unit(NodeId::from_index(n)).kind == "jabatan") {
      ++measures[model.node_unit[n].value()];
      EXPECT_TRUE(model.graph.children(NodeId::from_index(n)).empty());
      // "99.01/dinas-03/..." carries IND-03.
      const std::string path = model.unit(NodeId::from_index(n)).path;
      EXPECT_EQ(model.item(NodeId::from_index(n)).code, "IND-" + path.substr(path.find("dinas-") + 6, 2));
    }
  }
  EXPECT_EQ(measures.size(), 500U);
  // Four governors' nodes, three governments each, and one for every unit below an agency or an agency itself.
  EXPECT_EQ(model.node_count(), 4U + 12 + 12 + 24 + 72 + 500);
  EXPECT_EQ(model.families.size(), 4U + 12 + 12 + 24 + 72);
}

TEST(Province, DriversAddUpAndMethodsAreMixed) {
  const Model model = make_province(small());
  std::map<std::string, std::set<std::string>> methods;
  std::map<std::uint32_t, const Family*> family_of;
  for (const Family& family : model.families) {
    methods[model.item(family.parent).code].insert(family.rule.method);
    family_of[family.parent.value()] = &family;
    EXPECT_EQ(family.drivers.size(), family.rule.method == "proporsional" ? family.children.size() : 0U);
  }
  EXPECT_EQ(methods["IND-01"], std::set<std::string>{"proporsional"});
  EXPECT_EQ(methods["IND-02"], std::set<std::string>{"sama"});
  EXPECT_EQ(methods["IND-03"], std::set<std::string>{"rata"});
  EXPECT_EQ(methods["IND-04"], (std::set<std::string>{"sama", "tutup-selisih"}));
  // Every governor's, and of IND-04 those of the province's own apparatus and two districts.
  EXPECT_EQ(model.baselines.size(), 4U + 3U);
  int checked = 0;
  for (const Family& family : model.families) {
    for (std::size_t i = 0; i < family.drivers.size(); ++i) {
      const auto below = family_of.find(family.children[i].value());
      if (below == family_of.end() || model.unit(family.children[i]).is_government ||
          model.unit(family.children[i]).kind == "pemprov") {
        continue;  // a government has work in other affairs too
      }
      Decimal sum;
      for (const Decimal& driver : below->second->drivers) {
        sum = Decimal::add(sum, driver).value();
      }
      EXPECT_EQ(sum, family.drivers[i]);
      ++checked;
    }
  }
  EXPECT_EQ(checked, 3 * (1 + 2 + 6));  // agency, fields, sections of IND-01 in three governments
}

TEST(Province, TheSeedDecidesAll) {
  ProvinceSpec spec = small();
  spec.holdings = true;
  const auto text = [](const std::vector<GeneratedFile>& files) {
    std::string all;
    for (const GeneratedFile& file : files) {
      all += file.path + "\n" + file.text;
    }
    return all;
  };
  const std::string first = text(write_province(spec));
  EXPECT_EQ(text(write_province(spec)), first);
  spec.seed = 2;
  EXPECT_NE(text(write_province(spec)), first);
}

TEST(Province, HoldingsAreSortedAndDoNotOverlap) {
  ProvinceSpec spec = small();
  spec.holdings = true;
  const Model model = make_province(spec);
  ASSERT_GT(model.holdings.size(), 500U);  // some positions changed hands
  for (std::size_t i = 0; i + 1 < model.holdings.size(); ++i) {
    const Holding& a = model.holdings[i];
    const Holding& b = model.holdings[i + 1];
    ASSERT_LE(a.position, b.position);
    if (a.position == b.position) {
      ASSERT_TRUE(a.until.has_value());
      EXPECT_LT(*a.until, b.from);
      EXPECT_LE(a.from, *a.until);
    }
    EXPECT_TRUE(Date::parse(a.from.to_string()).has_value());
  }
}

TEST(Province, PlanFolderHoldsTheSameUnitsAndALadderForEveryMeasure) {
  const ProvinceSpec spec = small();
  const std::vector<GeneratedFile> files = write_province(spec);
  std::map<std::string, std::string> text;
  for (const GeneratedFile& file : files) {
    text[file.path] = file.text;
  }
  const auto lines = [&text](const std::string& path) {
    return std::count(text[path].begin(), text[path].end(), '\n');
  };
  EXPECT_EQ(lines("data/jabatan.csv"), 1 + 500);
  EXPECT_EQ(lines("data/unit.csv"), 1 + 1 + 1 + 2 + 12 + 24 + 72);
  const std::string& document = text["dokumen/rpd-99.yaml"];
  std::size_t ladders = 0;
  for (std::size_t at = 0; (at = document.find("kaskade:", at)) != std::string::npos; ++at) {
    ++ladders;
  }
  EXPECT_EQ(ladders, 4U);
  EXPECT_NE(document.find("{ke: {jenis: opd, dengan: {urusan: 1}}, cara: proporsional, pemacu: beban_kerja}"),
            std::string::npos);
  EXPECT_EQ(text.count("data/pemangku.csv"), 0U);
}

}  // namespace province_test
}  // namespace jenjang
