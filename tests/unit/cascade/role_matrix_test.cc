// The role-result matrix: ties of the leader's results to what members produce.
#include <gtest/gtest.h>

#include "jenjang/cascade/staff_shares.h"

#include "tests/unit/cascade/model_fixture.h"

namespace jenjang {
namespace role_matrix_test {

using testing::dec;
using testing::ModelFixture;

TEST(RoleResultMatrix, ShowsEveryTieOfMembersAndOfOtherUnits) {
  ModelFixture fixture;
  fixture.unit("64");
  const UnitId leader = fixture.unit("64/tim");
  const UnitId other = fixture.unit("64/lain");
  const UnitId second = fixture.unit("64/tim/2"), first = fixture.unit("64/tim/1"), idle = fixture.unit("64/tim/3");
  for (const UnitId unit : {first, second, idle}) {
    fixture.model().units.edit(unit).parent = leader;
  }
  const ItemId indicator = fixture.item("IND", {}), operand = fixture.item("TON", {}, ItemKind::operand);
  const ItemId helper = fixture.item("BANTU", {});
  const ItemId result = fixture.item("HK", {}, ItemKind::work_result);
  const VertexId column = fixture.node(indicator, leader), goal = fixture.node(result, leader);
  const VertexId raw = fixture.node(operand, leader);
  const VertexId part = fixture.node(indicator, first), help = fixture.node(helper, second);
  const VertexId shared = fixture.node(indicator, other);
  fixture.formula(goal, column, Decimal(1), Carry::achievement);  // the goal's own measure: no member's work
  fixture.formula(column, part);
  fixture.formula(column, raw);
  fixture.crosscut(column, shared, dec("0.4"), false);
  fixture.support(goal, help);
  const Model& model = fixture.build();

  const RoleResultMatrix matrix = role_result_matrix(model, leader);
  EXPECT_EQ(matrix.results, (std::vector<NodeId>{fixture.at(goal), fixture.at(column)}));  // goals first, no operand
  EXPECT_EQ(matrix.members, (std::vector<UnitId>{second, first, idle, other}));            // those below first
  ASSERT_EQ(matrix.cells.size(), 3U);
  EXPECT_EQ(matrix.cells[0].member, 0U);
  EXPECT_EQ(matrix.cells[0].result, 0U);
  EXPECT_EQ(matrix.cells[0].tie, EdgeKind::support);
  EXPECT_FALSE(matrix.cells[0].direct());
  EXPECT_EQ(matrix.cells[1].member, 1U);
  EXPECT_EQ(matrix.cells[1].node, fixture.at(part));
  EXPECT_TRUE(matrix.cells[1].direct());
  EXPECT_EQ(matrix.cells[2].member, 3U);
  EXPECT_EQ(matrix.cells[2].tie, EdgeKind::crosscut);
  EXPECT_EQ(matrix.cells[2].share, dec("0.4"));
  EXPECT_FALSE(matrix.cells[2].accepted);
}

TEST(RoleResultMatrix, OfAUnitWithoutResultsHasMembersOnly) {
  ModelFixture fixture;
  const UnitId province = fixture.unit("64");
  const UnitId below = fixture.unit("64/a");
  const Model& model = fixture.build();
  const RoleResultMatrix matrix = role_result_matrix(model, province);
  EXPECT_TRUE(matrix.results.empty());
  EXPECT_EQ(matrix.members, std::vector<UnitId>{below});
  EXPECT_TRUE(matrix.cells.empty());
}

}  // namespace role_matrix_test
}  // namespace jenjang
