// Minimal-change repair: one family, whole trees, and trees found in a model.
#include "jenjang/cascade/repair.h"

#include <gtest/gtest.h>

#include "tests/unit/cascade/model_fixture.h"

namespace jenjang {
namespace repair_test {

using testing::dec;
using testing::ModelFixture;

RepairCell cell(std::string_view value, std::string_view willingness = "1", std::string_view weight = "1") {
  return {Rational(dec(value)), Rational(dec(willingness)), Rational(dec(weight)), {}, {}};
}
RepairCell limited(std::string_view value, std::optional<std::string_view> lower,
                   std::optional<std::string_view> upper) {
  RepairCell made = cell(value);
  if (lower) made.lower = Rational(dec(*lower));
  if (upper) made.upper = Rational(dec(*upper));
  return made;
}
std::vector<std::string> words(const RepairResult& result) {
  std::vector<std::string> text;
  for (const Rational& value : std::get<Repair>(result).values) text.push_back(value.to_string());
  return text;
}
using Words = std::vector<std::string>;

// Reference vector C31: 40 - 5/3, 35 - 10/3; objective (5/3)^2/1 + (10/3)^2/2 = 25/9 + 50/9 = 25/3.
TEST(RepairFamily, MovesByWillingnessAndKeepsTheLocked) {
  const RepairResult result = repair_family(std::vector{cell("40"), cell("35", "2"), cell("30", "0")}, Rational(100));
  EXPECT_EQ(words(result), (Words{"115/3", "95/3", "30"}));
  EXPECT_EQ(std::get<Repair>(result).objective, Rational(25, 3));
}

// x = y + v a (T - a.y) / sum v a^2 with a = (1/4, 3/4): a.y = 5 + 45 = 50, sum = 1/16 + 9/16 = 5/8,
// m = (55 - 50) / (5/8) = 8, so 20 + 8/4 = 22 and 60 + 8 * 3/4 = 66; 22/4 + 66 * 3/4 = 55.
TEST(RepairFamily, HeavyCellsMoveMore) {
  EXPECT_EQ(words(repair_family(std::vector{cell("20", "1", "0.25"), cell("60", "1", "0.75")}, Rational(55))),
            (Words{"22", "66"}));
}

// 30 to spread over three: each would take 10; the first stops at 44 after 4, the others share 26.
TEST(RepairFamily, StopsAtLimits) {
  const std::vector cells{limited("40", {}, "44"), limited("35", {}, {}), limited("25", {}, {})};
  EXPECT_EQ(words(repair_family(cells, Rational(130))), (Words{"44", "48", "38"}));
}

TEST(RepairFamily, AFigureOutsideItsLimitsIsBroughtInside) {
  // The first must rise to 45 although the sum is right; the other gives the 5 back.
  EXPECT_EQ(words(repair_family(std::vector{limited("40", "45", {}), limited("60", {}, {})}, Rational(100))),
            (Words{"45", "55"}));
}

TEST(RepairFamily, NamesWhatIsLocked) {
  const RepairResult result = repair_family(std::vector{cell("70", "0"), cell("50", "0")}, Rational(100));
  const RepairConflict& conflict = std::get<RepairConflict>(result);
  EXPECT_EQ(conflict.cells, (std::vector<std::size_t>{0, 1}));
  EXPECT_TRUE(conflict.only_locked);
  EXPECT_EQ(*conflict.least, Rational(120));
  EXPECT_EQ(*conflict.most, Rational(120));
}

TEST(RepairFamily, NamesTheLimitsThatBind) {
  const RepairResult result =
      repair_family(std::vector{limited("40", "30", "45"), cell("30", "0"), limited("20", {}, "22")}, Rational(100));
  const RepairConflict& conflict = std::get<RepairConflict>(result);
  EXPECT_EQ(conflict.cells, (std::vector<std::size_t>{0, 1, 2}));
  EXPECT_FALSE(conflict.only_locked);
  EXPECT_EQ(*conflict.most, Rational(97));  // 45 + 30 + 22
  EXPECT_FALSE(conflict.least);
}

// 20 are missing. Rooms 5, 15, 8: one cell cannot do it, the two largest can.
TEST(RepairFewest, TakesTheLargestRooms) {
  const std::vector cells{limited("10", {}, "15"), limited("10", {}, "25"), limited("10", {}, "18")};
  EXPECT_EQ(words(repair_fewest(cells, Rational(50))), (Words{"10", "25", "15"}));
}

TEST(RepairFewest, OneUnlimitedCellTakesItAll) {
  // C31 again: the more willing of two without limits moves alone by -5; 25/2 against 25/3.
  const RepairResult result = repair_fewest(std::vector{cell("40"), cell("35", "2"), cell("30", "0")}, Rational(100));
  EXPECT_EQ(words(result), (Words{"40", "30", "30"}));
  EXPECT_EQ(std::get<Repair>(result).objective, Rational(25, 2));
}

TEST(RepairFewest, AgreesWithEveryChoiceOfCells) {
  const std::vector cells{limited("10", "4", "15"), limited("12", "9", "13"), limited("7", "0", "20"),
                          limited("9", "2", "11")};
  for (std::int64_t target = 15; target <= 59; ++target) {
    const RepairResult result = repair_fewest(cells, Rational(target));
    const std::vector<Rational>& values = std::get<Repair>(result).values;
    Rational sum;
    std::size_t changed = 0;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      sum += values[i];
      changed += values[i] != cells[i].value ? 1 : 0;
      EXPECT_TRUE(values[i] >= *cells[i].lower && values[i] <= *cells[i].upper);
    }
    EXPECT_EQ(sum, Rational(target));
    // Brute force: the least k for which some k cells can cover the difference.
    std::size_t least = cells.size();
    for (unsigned chosen = 0; chosen < 16; ++chosen) {
      Rational low(38), high(38);
      std::size_t count = 0;
      for (std::size_t i = 0; i < cells.size(); ++i) {
        if ((chosen >> i & 1U) == 0) continue;
        low += *cells[i].lower - cells[i].value;
        high += *cells[i].upper - cells[i].value;
        ++count;
      }
      if (low <= Rational(target) && Rational(target) <= high) least = std::min(least, count);
    }
    EXPECT_EQ(changed, least) << target;
  }
}

RepairNode node(RepairCell made, std::size_t parent) {
  return {std::move(made), parent, false};
}

// Root 100 over B (60; 30 + 20) and C (30). Fused B: children say 50 with variance 2, itself 60 with 1:
// 1/s = 1/2 + 1, s = 2/3, m = 2/3 (25 + 60) = 170/3. Spread 100 - 170/3 - 30 = 40/3 over 2/3 and 1:
// B = 170/3 + 40/3 * 2/5 = 62, C = 30 + 8 = 38; B's children 30 + 6, 20 + 6.
TEST(RepairTree, FusesUpAndSpreadsDown) {
  const std::vector nodes{node({}, kNoRepairParent), node(cell("60"), 0), node(cell("30"), 0), node(cell("30"), 1),
                          node(cell("20"), 1)};
  const RepairResult result = repair_tree(nodes, Rational(100));
  EXPECT_EQ(words(result), (Words{"100", "62", "38", "36", "26"}));
  EXPECT_EQ(std::get<Repair>(result).objective, Rational(4 + 64 + 36 + 36));
}

TEST(RepairTree, ASilentNodeFollowsItsChildren) {
  // Without an opinion of B the three leaves share 20 equally.
  std::vector nodes{node({}, kNoRepairParent), node(cell("0"), 0), node(cell("30"), 0), node(cell("30"), 1),
                    node(cell("20"), 1)};
  nodes[1].silent = true;
  EXPECT_EQ(words(repair_tree(nodes, Rational(100))), (Words{"100", "190/3", "110/3", "110/3", "80/3"}));
}

TEST(RepairTree, NamesTheNodeThatCannotBeMet) {
  const std::vector nodes{node({}, kNoRepairParent), node(cell("60", "0"), 0), node(cell("40"), 0),
                          node(limited("30", {}, "31"), 1), node(cell("20", "0"), 1)};
  const RepairConflict conflict = std::get<RepairConflict>(repair_tree(nodes, Rational(100)));
  EXPECT_EQ(conflict.parent, 1U);
  EXPECT_EQ(conflict.wanted, Rational(60));
  EXPECT_EQ(*conflict.most, Rational(51));
  EXPECT_EQ(conflict.cells, (std::vector<std::size_t>{3, 4}));
}

// A province of sums with targets stated at every level.
class HandTree : public ::testing::Test {
protected:
  HandTree() {
    MeasureSpec spec;
    spec.aggregation = Aggregation::sum;
    item = fixture.item("TON", spec);
    root = fixture.node(item, fixture.unit("64"));
  }
  VertexId child(VertexId parent, const std::string& path, const char* target, const Decimal& weight = Decimal(1)) {
    const VertexId made = fixture.node(item, fixture.unit(path));
    fixture.formula(parent, made, weight);
    fixture.state(made, Period::year(2026), dec(target));
    return made;
  }
  std::vector<RepairProposal> propose() {
    sink = {};
    return propose_repairs(fixture.model(), {}, options, sink);
  }
  static Words edits(const Model& model, const RepairProposal& proposal) {
    Words text;
    for (const RepairEdit& edit : proposal.edits)
      text.push_back(model.unit(edit.node).path + " " + edit.before.to_string() + " -> " + edit.after.to_string());
    return text;
  }
  Statement& statement(VertexId vertex) {
    return fixture.model().statements[fixture.model().statement_begin[fixture.at(vertex).index()]];
  }

  ModelFixture fixture;
  ItemId item;
  VertexId root;
  RepairOptions options;
  DiagnosticSink sink;
};

// C31 in whole tonnes: 38.33 and 31.67 of 70 become 38 and 32, the locked 30 stays.
TEST_F(HandTree, ProposesWholeSteps) {
  fixture.state(root, Period::year(2026), dec("100"));
  const VertexId a = child(root, "64/a", "40");
  const VertexId b = child(root, "64/b", "35");
  const VertexId c = child(root, "64/c", "30");
  const Model& model = fixture.build();
  statement(b).grounds.willingness = dec("2");
  statement(c).grounds.locked = true;
  const std::vector<RepairProposal> proposals = propose();
  ASSERT_EQ(proposals.size(), 1U);
  EXPECT_EQ(edits(model, proposals[0]), (Words{"64/a 40 -> 38", "64/b 35 -> 32"}));
  EXPECT_EQ(proposals[0].root, fixture.at(root));
  EXPECT_EQ(proposals[0].objective, Rational(4) + Rational(9, 2));
  EXPECT_EQ(proposals[0].edits[0].statement, model.statement_begin[fixture.at(a).index()]);
  EXPECT_TRUE(sink.all().empty());
}

TEST_F(HandTree, NothingToRepairWhereItAddsUp) {
  fixture.state(root, Period::year(2026), dec("75"));
  child(root, "64/a", "40");
  child(root, "64/b", "35");
  fixture.build();
  EXPECT_TRUE(propose().empty());
}

TEST_F(HandTree, ACitationOrAnotherGovernmentLocks) {
  fixture.state(root, Period::year(2026), dec("100"));
  const VertexId a = child(root, "64/a", "40");
  // 64.72 states its own figure in its own adopted document.
  const VertexId abroad = fixture.node(item, fixture.unit("64.72"));
  fixture.formula(root, abroad);
  fixture.state(abroad, Period::year(2026), dec("30"), false,
                fixture.add_document(ModelFixture::document("RPD-64.72", "64.72", DocumentKind::rpd)));
  child(root, "64/b", "20");
  const Model& model = fixture.build();
  statement(a).grounds.citation = "SK 12/2025";
  const std::vector<RepairProposal> proposals = propose();
  ASSERT_EQ(proposals.size(), 1U);
  EXPECT_EQ(edits(model, proposals[0]), Words{"64/b 20 -> 30"});
}

TEST_F(HandTree, ExpiredGroundsNoLongerLock) {
  fixture.state(root, Period::year(2026), dec("100"));
  const VertexId a = child(root, "64/a", "40");
  child(root, "64/b", "50");
  const Model& model = fixture.build();
  statement(a).grounds.locked = true;
  statement(a).grounds.until = Date::parse("2026-03-31");
  options.as_of = Date::parse("2026-03-31");
  EXPECT_EQ(edits(model, propose().at(0)), Words{"64/b 50 -> 60"});
  options.as_of = Date::parse("2026-04-01");
  EXPECT_EQ(edits(model, propose().at(0)), (Words{"64/a 40 -> 45", "64/b 50 -> 55"}));
}

TEST_F(HandTree, AllLockedIsRefusedWithNamesAndPlaces) {
  fixture.state(root, Period::year(2026), dec("100"));
  const VertexId a = child(root, "64/a", "70");
  const VertexId b = child(root, "64/b", "50");
  fixture.build();
  statement(a).grounds.locked = true;
  statement(b).grounds.locked = true;
  EXPECT_TRUE(propose().empty());
  ASSERT_EQ(sink.all().size(), 1U);
  const Diagnostic& finding = sink.all()[0];
  EXPECT_EQ(finding.code, Code::J1650);
  EXPECT_EQ(finding.primary, statement(root).span);
  EXPECT_EQ(finding.related.size(), 2U);
  const std::string text = message_text(finding, Language::english);
  EXPECT_NE(text.find("TON@64/a (70), TON@64/b (50) give 120, off by 20"), std::string::npos) << text;
}

TEST_F(HandTree, LimitsAreKeptOrRefused) {
  fixture.state(root, Period::year(2026), dec("100"));
  const VertexId a = child(root, "64/a", "40");
  const VertexId b = child(root, "64/b", "40");
  const Model& model = fixture.build();
  const auto bound = [&](VertexId vertex, const char* most) {
    std::vector<std::uint32_t>& begin = fixture.model().bound_begin;
    if (begin.empty()) begin.assign(model.node_count() + 1, 0);
    Bound made;
    made.document = DocumentId(0);
    made.period = Period::year(2026);
    made.most = dec(most);
    fixture.model().bounds.insert(fixture.model().bounds.begin() + begin[fixture.at(vertex).index()], made);
    for (std::size_t n = fixture.at(vertex).index() + 1; n < begin.size(); ++n) ++begin[n];
  };
  bound(a, "43");
  EXPECT_EQ(edits(model, propose().at(0)), (Words{"64/a 40 -> 43", "64/b 40 -> 57"}));
  bound(b, "50");
  EXPECT_TRUE(propose().empty());
  ASSERT_EQ(sink.all().size(), 1U);
  EXPECT_EQ(sink.all()[0].code, Code::J1651);
}

TEST_F(HandTree, WholeTreesMoveTogether) {
  // The hand tree of RepairTree.FusesUpAndSpreadsDown, in whole steps already.
  fixture.state(root, Period::year(2026), dec("100"));
  const VertexId b = child(root, "64/b", "60");
  child(root, "64/c", "30");
  child(b, "64/b/x", "30");
  child(b, "64/b/y", "20");
  const Model& model = fixture.build();
  EXPECT_EQ(edits(model, propose().at(0)),
            (Words{"64/b 60 -> 62", "64/c 30 -> 38", "64/b/x 30 -> 36", "64/b/y 20 -> 26"}));
}

TEST_F(HandTree, AParentOfLockedFiguresFollowsThem) {
  fixture.state(root, Period::year(2026), dec("100"));
  const VertexId b = child(root, "64/b", "60");
  child(root, "64/c", "40");
  const VertexId x = child(b, "64/b/x", "30");
  const VertexId y = child(b, "64/b/y", "25");
  const Model& model = fixture.build();
  statement(x).grounds.locked = true;
  statement(y).grounds.locked = true;
  EXPECT_EQ(edits(model, propose().at(0)), (Words{"64/b 60 -> 55", "64/c 40 -> 45"}));
}

TEST_F(HandTree, AFreeChildMakesNoHandTree) {
  fixture.state(root, Period::year(2026), dec("100"));
  child(root, "64/a", "40");
  const VertexId free = fixture.node(item, fixture.unit("64/b"));
  fixture.formula(root, free);
  fixture.build();
  EXPECT_TRUE(propose().empty());
  EXPECT_TRUE(sink.all().empty());
}

TEST_F(HandTree, OneScalarForTwoCellsIsNotMoved) {
  fixture.state(root, Period::year(2026), dec("100"));
  const VertexId a = child(root, "64/a", "40");
  const VertexId b = child(root, "64/b", "40");
  child(root, "64/c", "10");
  const Model& model = fixture.build();
  statement(b).span = statement(a).span;
  EXPECT_EQ(edits(model, propose().at(0)), Words{"64/c 10 -> 20"});
}

// A mean of two with weights 3 and 1 that must print 70.0 and gives (3 * 71 + 70) / 4 = 70.75:
// m = -0.75 / (9/16 + 1/16) = -6/5; 71 - 6/5 * 3/4 = 70.1, 70 - 6/5 * 1/4 = 69.7.
TEST(HandMean, KeepsThePrintedMean) {
  ModelFixture fixture;
  MeasureSpec spec;
  spec.aggregation = Aggregation::weighted_mean;
  spec.rounding = {RoundingMode::half_up, 1};
  const ItemId index = fixture.item("IKLH", spec);
  const UnitId unit = fixture.unit("64");
  const VertexId root = fixture.node(index, unit);
  fixture.state(root, Period::year(2026), dec("70.0"));
  const VertexId water = fixture.node(fixture.item("IKA", {}), unit), air = fixture.node(fixture.item("IKU", {}), unit);
  fixture.formula(root, water, dec("3"));
  fixture.formula(root, air, dec("1"));
  fixture.state(water, Period::year(2026), dec("71"));
  fixture.state(air, Period::year(2026), dec("70"));
  const Model& model = fixture.build();
  DiagnosticSink sink;
  const std::vector<RepairProposal> proposals = propose_repairs(model, {}, {}, sink);
  ASSERT_EQ(proposals.size(), 1U);
  EXPECT_EQ(proposals[0].edits[0].after.to_string(), "70.1");
  EXPECT_EQ(proposals[0].edits[1].after.to_string(), "69.7");

  // The same family within a declared tolerance of 0.75 is coherent and left alone.
  fixture.model().coherence.push_back({fixture.at(root), dec("0.75"), "", "", {}});
  EXPECT_TRUE(propose_repairs(model, {}, {}, sink).empty());
  EXPECT_TRUE(sink.all().empty());
}

}  // namespace repair_test
}  // namespace jenjang
