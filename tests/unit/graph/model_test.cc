#include "jenjang/graph/model.h"

#include <gtest/gtest.h>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace jenjang {
namespace model_test {

Document document(DocumentKind kind, std::string code, int first, int last, std::string replaces = "",
                  std::string valid_from = "", StatementState state = StatementState::adopted) {
  Document d;
  d.kind = kind;
  d.code = std::move(code);
  d.years = {first, last};
  d.replaces = std::move(replaces);
  d.valid_from = std::move(valid_from);
  d.state = state;
  return d;
}

// One node, IKLH@64, with statements given as (document index, period, target).
class StatementsOfOneNode : public ::testing::Test {
protected:
  StatementsOfOneNode() {
    OrgUnit unit;
    unit.path = "64";
    unit.is_government = true;
    const UnitId id = model_.units.add(unit);
    Item item;
    item.code = "IKLH";
    model_.items.push_back(item);
    model_.node_item = {ItemId(0)};
    model_.node_unit = {id};
  }
  void state(std::uint32_t doc, const char* period, std::int64_t target,
             StatementState state = StatementState::adopted) {
    Statement s;
    s.document = DocumentId(doc);
    s.period = *Period::parse(period);
    s.target = Decimal(target);
    s.state = state;
    model_.statements.push_back(s);
  }
  void baseline(std::uint32_t doc, const char* period, std::int64_t value) {
    model_.baselines.push_back({DocumentId(doc), *Period::parse(period), Decimal(value), false, {}});
  }
  void finish() {
    model_.statement_begin = {0, static_cast<std::uint32_t>(model_.statements.size())};
    model_.baseline_begin = {0, static_cast<std::uint32_t>(model_.baselines.size())};
    model_.build_index();
  }
  // The target in force, "-" when there is none.
  std::string in_force(const char* period) {
    const Statement* s = model_.statement_in_force(NodeId(0), *Period::parse(period));
    return s == nullptr ? "-" : s->target.to_string();
  }
  std::string before(const char* period) {
    const Baseline* b = model_.baseline_before(NodeId(0), *Period::parse(period));
    return b == nullptr ? "-" : b->value.to_string();
  }
  Model model_;
};

TEST_F(StatementsOfOneNode, NothingStatedIsNothingInForce) {
  EXPECT_EQ(in_force("2024"), "-");  // not even a row table
  EXPECT_EQ(before("2024"), "-");
  finish();
  EXPECT_EQ(in_force("2024"), "-");
}

TEST_F(StatementsOfOneNode, ThatVeryPeriod) {
  model_.documents = {document(DocumentKind::rpd, "RPD", 2024, 2026)};
  state(0, "2024", 70);
  state(0, "2024-TW1", 10);
  finish();
  EXPECT_EQ(in_force("2024"), "70");
  EXPECT_EQ(in_force("2024-TW1"), "10");
  EXPECT_EQ(in_force("2024-TW2"), "-");
  EXPECT_EQ(in_force("2025"), "-");
}

TEST_F(StatementsOfOneNode, OnlyAdoptedCounts) {
  model_.documents = {
      document(DocumentKind::rpd, "RPD", 2024, 2026),
      document(DocumentKind::rpjmd, "RPJMD", 2024, 2029, "", "", StatementState::draft),
  };
  state(0, "2024", 1, StatementState::proposed);
  state(1, "2024", 2);  // of a draft
  state(0, "2025", 3);
  state(1, "2025", 4);
  finish();
  EXPECT_EQ(in_force("2024"), "-");
  EXPECT_EQ(in_force("2025"), "3");
}

TEST_F(StatementsOfOneNode, PlanDocumentsBeforeAgreementsBeforeStaffTargets) {
  model_.documents = {
      document(DocumentKind::reference, "ACUAN", 2024, 2024), document(DocumentKind::skp, "SKP", 2024, 2024),
      document(DocumentKind::pk, "PK", 2024, 2024),           document(DocumentKind::renja, "RENJA", 2024, 2024),
      document(DocumentKind::renstra, "RENSTRA", 2024, 2024), document(DocumentKind::rpd, "RPD", 2024, 2024),
      document(DocumentKind::rpjmd, "RPJMD", 2024, 2024),
  };
  // Document k speaks in the years from 2024 on, one year less than the one before it: 2030 has the first alone.
  for (std::uint32_t doc = 0; doc < 7; ++doc) {
    for (int year = 2024; year <= 2030 - static_cast<int>(doc); ++year) {
      state(doc, std::to_string(year).c_str(), doc);
    }
  }
  finish();
  EXPECT_EQ(in_force("2030"), "0");
  EXPECT_EQ(in_force("2029"), "1");
  EXPECT_EQ(in_force("2028"), "2");
  EXPECT_EQ(in_force("2027"), "3");
  EXPECT_EQ(in_force("2026"), "4");
  EXPECT_EQ(in_force("2025"), "5");
  EXPECT_EQ(in_force("2024"), "6");
}

TEST_F(StatementsOfOneNode, ReplacedDocumentGivesWayInTheYearsOfItsSuccessor) {
  model_.documents = {document(DocumentKind::rpjmd, "RPJMD-19", 2019, 2026),
                      document(DocumentKind::rpd, "RPD-24", 2024, 2026, "RPJMD-19")};
  state(0, "2023", 1);
  state(0, "2024", 2);
  state(1, "2024", 3);
  state(0, "2025", 4);  // the successor is silent about 2025, and still replaces
  finish();
  EXPECT_EQ(in_force("2023"), "1");
  EXPECT_EQ(in_force("2024"), "3");
  EXPECT_EQ(in_force("2025"), "-");
}

TEST_F(StatementsOfOneNode, ReplacementStartsWithItsBerlakuAndNeedsAdoption) {
  model_.documents = {document(DocumentKind::rpjmd, "A", 2021, 2026),
                      document(DocumentKind::rpjmd, "B", 2024, 2029, "A", "2025-03-15"),
                      document(DocumentKind::rpjmd, "C", 2021, 2029, "B", "", StatementState::proposed),
                      document(DocumentKind::rpjmd, "D", 2021, 2026, "D")};
  state(0, "2024", 1);
  state(0, "2025", 2);
  state(1, "2025", 3);
  state(3, "2026", 4);  // a document that names itself stays in force
  finish();
  EXPECT_EQ(in_force("2024"), "1");  // B is in force from 2025 on
  EXPECT_EQ(in_force("2025"), "3");  // C is no more than proposed
  EXPECT_EQ(in_force("2026"), "4");
}

TEST_F(StatementsOfOneNode, WithinOneKindTheLaterThenTheFirstDeclared) {
  model_.documents = {document(DocumentKind::pk, "PK-1", 2024, 2024, "", "2024-01-10"),
                      document(DocumentKind::pk, "PK-2", 2024, 2024, "", "2024-09-01"),
                      document(DocumentKind::pk, "PK-3", 2024, 2024, "", "2024-09-01"),
                      document(DocumentKind::pk, "PK-4", 2024, 2024)};
  for (std::uint32_t doc = 0; doc < 4; ++doc) state(doc, "2024", doc + 1);
  finish();
  EXPECT_EQ(in_force("2024"), "2");
}

TEST_F(StatementsOfOneNode, BaselineIsTheLatestNotAfterTheYear) {
  model_.documents = {document(DocumentKind::rpd, "RPD", 2024, 2026), document(DocumentKind::pk, "PK", 2024, 2024)};
  baseline(0, "2022", 1);
  baseline(1, "2023", 2);
  baseline(0, "2023", 3);
  baseline(0, "2023-12", 4);
  baseline(0, "2025-TW1", 5);
  baseline(0, "2025-TW3", 6);
  finish();
  EXPECT_EQ(before("2021"), "-");
  EXPECT_EQ(before("2022"), "1");
  EXPECT_EQ(before("2024"), "3");  // the year's figure before its last month's, the RPD before the PK
  EXPECT_EQ(before("2024-05"), "3");
  EXPECT_EQ(before("2026"), "6");  // only quarters: the latest
}

TEST(Model, AddressesAreComputed) {
  Model model;
  OrgUnit unit;
  unit.path = "64.72/dlh";
  model.units.add(unit);
  Item item;
  item.code = "SAMPAH-KELOLA";
  model.items.push_back(item);
  model.node_item = {ItemId(0)};
  model.node_unit = {UnitId(0)};
  EXPECT_EQ(model.address(NodeId(0)), "SAMPAH-KELOLA@64.72/dlh");
  EXPECT_EQ(model.address(NodeId(0), *Period::parse("2026-TW2")), "SAMPAH-KELOLA@64.72/dlh:2026-TW2");
}

TEST(Model, FindsNothingBeforeTheIndexIsBuilt) {
  const Model model;
  EXPECT_FALSE(model.find("A", "64"));
  EXPECT_FALSE(model.find(ItemId(0), UnitId(0)));
  EXPECT_FALSE(model.find_item("A"));
}

// Codes are shared by many items (every SKP has its "HK1"); the oracle is a map keyed by texts.
TEST(Model, FindAgreesWithAMapOnRandomModels) {
  std::mt19937 random(5);
  for (int round = 0; round < 50; ++round) {
    Model model;
    const std::size_t unit_count = 1 + random() % 20;
    for (std::size_t u = 0; u < unit_count; ++u) {
      OrgUnit unit;
      const std::string path = "64/u" + std::to_string(u);
      unit.path = path;
      model.units.add(unit);
    }
    const std::size_t item_count = 1 + random() % 20;
    for (std::size_t i = 0; i < item_count; ++i) {
      Item item;
      item.code = "K" + std::to_string(random() % 6);
      model.items.push_back(item);
    }
    std::map<std::pair<std::string, std::string>, NodeId> expected;
    std::map<std::pair<std::uint32_t, std::uint32_t>, NodeId> by_id;
    for (std::size_t k = random() % 60; k > 0; --k) {
      const ItemId item = ItemId::from_index(random() % item_count);
      const UnitId unit = UnitId::from_index(random() % unit_count);
      const auto key = std::pair(model.items[item.index()].code, model.units[unit].path);
      if (!expected.emplace(key, NodeId::from_index(model.node_count())).second) continue;
      by_id.emplace(std::pair(item.value(), unit.value()), NodeId::from_index(model.node_count()));
      model.node_item.push_back(item);
      model.node_unit.push_back(unit);
    }
    model.build_index();
    for (std::size_t c = 0; c < 7; ++c) {
      const std::string code = "K" + std::to_string(c);
      for (std::size_t u = 0; u <= unit_count; ++u) {
        const std::string path = "64/u" + std::to_string(u);
        const auto it = expected.find({code, path});
        ASSERT_EQ(model.find(code, path), it == expected.end() ? std::nullopt : std::optional(it->second));
      }
    }
    for (std::uint32_t i = 0; i < item_count; ++i) {
      for (std::uint32_t u = 0; u < unit_count; ++u) {
        const auto it = by_id.find({i, u});
        ASSERT_EQ(model.find(ItemId(i), UnitId(u)), it == by_id.end() ? std::nullopt : std::optional(it->second));
      }
      const ItemId found = *model.find_item(model.items[i].code);
      ASSERT_LE(found, ItemId(i));
      ASSERT_EQ(model.items[found.index()].code, model.items[i].code);
    }
  }
}

TEST(Model, FindItemGivesTheFirstDeclared) {
  Model model;
  for (const char* code : {"A", "B", "A"}) {
    Item item;
    item.code = code;
    model.items.push_back(item);
  }
  model.build_index();
  EXPECT_EQ(model.find_item("A"), ItemId(0));
  EXPECT_EQ(model.find_item("B"), ItemId(1));
  EXPECT_FALSE(model.find_item("C"));
}

TEST(Model, TwoNodesAtOnePlaceGiveTheFirst) {
  Model model;
  OrgUnit unit;
  unit.path = "64";
  model.units.add(unit);
  Item item;
  item.code = "A";
  model.items = {item, item};
  model.node_item = {ItemId(1), ItemId(0)};
  model.node_unit = {UnitId(0), UnitId(0)};
  model.build_index();
  EXPECT_EQ(model.find("A", "64"), NodeId(0));
  EXPECT_EQ(model.find(ItemId(0), UnitId(0)), NodeId(1));  // by item, each is still its own
  EXPECT_EQ(model.find(ItemId(1), UnitId(0)), NodeId(0));
}

}  // namespace model_test
}  // namespace jenjang
