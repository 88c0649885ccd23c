// Rows of standings, proposals and differences, from small tables made by hand.
#include "jenjang/report/cascade_report.h"

#include <gtest/gtest.h>

#include "tests/unit/cascade/model_fixture.h"

namespace jenjang {
namespace cascade_report_test {

using testing::dec;
using testing::ModelFixture;

TargetCell cell(NodeId node, const char* target, StatementState state = StatementState::adopted,
                TargetOrigin origin = TargetOrigin::stated) {
  TargetCell made;
  made.node = node;
  made.period = Period::year(2025);
  made.target = dec(target);
  made.state = state;
  made.origin = origin;
  return made;
}

// Reference vector TV-N4: households 110, 30, 27 thousand; 16, 10.8, 8.2 against 14 leave a gap of
// (14 * 167 - 2305.4) / 167 = 32.6 / 167 = 0.1952.
class Standings : public ::testing::Test {
protected:
  Standings() {
    MeasureSpec spec;
    spec.aggregation = Aggregation::weighted_mean;
    const ItemId item = fixture.item("AMAN", spec);
    const VertexId root = fixture.node(item, fixture.unit("62"));
    ModelFixture::FamilySpec family{root, {}, testing::rule("sama"), {}, {}, true};
    for (const auto& [path, households] : {std::pair{"62.02", "110"}, {"62.12", "30"}, {"62.09", "27"}}) {
      const VertexId child = fixture.node(item, fixture.unit(path));
      fixture.formula(root, child, dec(households));
      family.children.push_back(child);
    }
    fixture.family(family);
    fixture.build();
    parent = fixture.at(root);
    for (const VertexId child : family.children) children.push_back(fixture.at(child));
    FamilyStanding standing;
    standing.family = FamilyId(0);
    standing.period = Period::year(2025);
    standing.wanted = Rational(14);
    standing.firm = standing.whole = Rational(23054, 1670);
    standing.firm_weight = Rational(1);
    standing.children = standing.firm_children = 3;
    table.standings.push_back(standing);
  }
  ModelFixture fixture;
  NodeId parent;
  std::vector<NodeId> children;
  TargetTable table;
};

TEST_F(Standings, GapIsSplitByWeightWhenAllAreFirm) {
  table.cells = {cell(parent, "14"), cell(children[0], "16"), cell(children[1], "10.8"), cell(children[2], "8.2")};
  table.sort();
  const std::vector<StandingRow> rows = standing_rows(fixture.model(), table, {});
  ASSERT_EQ(rows.size(), 4U);
  EXPECT_EQ(rows[0].kind, "induk");
  EXPECT_EQ(rows[0].address, "AMAN@62:2025");
  EXPECT_EQ(rows[0].whole, "13.8048");  // 2305.4 / 167
  EXPECT_EQ(rows[0].gap, "0.1952");
  EXPECT_EQ(rows[0].firm_weight, "100");
  EXPECT_EQ(rows[1].address, "AMAN@62.02:2025");
  EXPECT_EQ(rows[1].target, "16");
  EXPECT_EQ(rows[1].weight, "65.8683");  // 110 / 167
  // All together add 0.1952 each; of the parent's points 110 / 167 of the gap are the first one's.
  for (std::size_t i = 1; i <= 3; ++i) EXPECT_EQ(rows[i].extra, "0.1952");
  EXPECT_EQ(rows[1].gap_share, "0.1286");  // 0.195209 * 0.658683
  EXPECT_EQ(rows[2].gap_share, "0.0351");
  EXPECT_EQ(rows[3].gap_share, "0.0316");
}

TEST_F(Standings, OnlyOpenChildrenMove) {
  table.cells = {cell(parent, "14"), cell(children[0], "16"),
                 cell(children[1], "10.8", StatementState::proposed, TargetOrigin::cascaded),
                 cell(children[2], "8.2", StatementState::proposed, TargetOrigin::aligned)};
  table.cells[3].policy = ExpiredPolicy::last_measured;
  table.sort();
  table.standings[0].firm = Rational(16);
  table.standings[0].firm_weight = Rational(110, 167);
  table.standings[0].provisional = true;
  const std::vector<StandingRow> rows = standing_rows(fixture.model(), table, {});
  EXPECT_EQ(rows[0].firm, "16");
  EXPECT_EQ(rows[0].labels, "sementara");
  EXPECT_EQ(rows[1].extra, "");
  // 32.6 over the 57 thousand households of the two.
  EXPECT_EQ(rows[2].extra, "0.5719");
  EXPECT_EQ(rows[3].extra, "0.5719");
  EXPECT_EQ(rows[3].origin, "penyelarasan terukur-terakhir");
  EXPECT_EQ(rows[2].state, "usulan");
}

TEST_F(Standings, AnswersStandBelowTheirFamily) {
  CounterProposal counter;
  counter.child = children[1];
  counter.family = FamilyId(0);
  counter.period = Period::year(2025);
  counter.handed = dec("12");
  counter.answered = dec("10.8");
  counter.effect = Rational(-36, 167);
  table.counters.push_back(counter);
  const std::vector<StandingRow> rows = standing_rows(fixture.model(), table, {});
  ASSERT_EQ(rows.size(), 5U);
  EXPECT_EQ(rows[4].kind, "jawaban");
  EXPECT_EQ(rows[4].target, "12");
  EXPECT_EQ(rows[4].answer, "10.8");
  EXPECT_EQ(rows[4].gap, "1.2");
  EXPECT_EQ(rows[4].effect, "-0.2156");
  RowFilter elsewhere;
  elsewhere.period = Period::year(2026);
  EXPECT_TRUE(standing_rows(fixture.model(), table, elsewhere).empty());
}

class Proposals : public ::testing::Test {
protected:
  Proposals() {
    file = sources.add("rpd.yaml", "target: {2025: 40, 2026: '35.0'}\nlain: *angka\n");
    const ItemId item = fixture.item("TON", {});
    root = fixture.node(item, fixture.unit("64"));
    for (const char* path : {"64/a", "64/b", "64/c"}) {
      const VertexId child = fixture.node(item, fixture.unit(path));
      fixture.state(child, Period::year(2025), dec(path == std::string("64/b") ? "35.0" : "40"));
      children.push_back(child);
    }
    fixture.build();
    place(0, {file, 1, 16, 2});
    place(1, {file, 1, 26, 6});
    place(2, {file, 2, 7, 6});
    proposal.root = fixture.at(root);
    proposal.period = Period::year(2025);
    proposal.objective = Rational(17, 2);
  }
  void place(std::size_t child, SourceSpan span) { statement(child).span = span; }
  Statement& statement(std::size_t child) {
    return fixture.model().statements[fixture.model().statement_begin[fixture.at(children[child]).index()]];
  }
  void edit(std::size_t child, const char* before, const char* after) {
    const auto index = fixture.model().statement_begin[fixture.at(children[child]).index()];
    proposal.edits.push_back({index, fixture.at(children[child]), dec(before), dec(after)});
  }
  SourceMap sources;
  FileId file;
  ModelFixture fixture;
  VertexId root;
  std::vector<VertexId> children;
  RepairProposal proposal;
};

TEST_F(Proposals, ShowTheLineWithAllItsEdits) {
  edit(1, "35.0", "132.0");
  edit(0, "40", "38");
  const auto rows = proposal_rows(fixture.model(), sources, std::span(&proposal, 1));
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].address, "TON@64/a:2025");
  EXPECT_EQ(rows[0].place, "rpd.yaml:1:16");
  EXPECT_EQ(rows[0].document, "RPD-64");
  for (const ProposalRow& row : rows) EXPECT_EQ(row.line, "target: {2025: 38, 2026: '132.0'}");
  const std::string page = write_proposal_page(fixture.model(), std::span(&proposal, 1), rows, 0, Language::indonesian);
  EXPECT_EQ(page,
            "# TON@64:2025: angka yang diubah 2, jumlah kuadrat perubahan 8.5\n"
            "# Ini usulan; tidak ada berkas yang ditulis.\n"
            "- berkas: 'rpd.yaml'\n"
            "  ubah:\n"
            "  - letak: 'rpd.yaml:1:16'\n"
            "    dokumen: 'RPD-64'\n"
            "    alamat: 'TON@64/a:2025'\n"
            "    dari: 40\n"
            "    menjadi: 38\n"
            "    baris: 'target: {2025: 38, 2026: ''132.0''}'\n"
            "  - letak: 'rpd.yaml:1:26'\n"
            "    dokumen: 'RPD-64'\n"
            "    alamat: 'TON@64/b:2025'\n"
            "    dari: 35.0\n"
            "    menjadi: 132.0\n"
            "    baris: 'target: {2025: 38, 2026: ''132.0''}'\n");
}

TEST_F(Proposals, DoNotTouchWhatIsNoPlainFigure) {
  edit(2, "40", "45");
  const auto rows = proposal_rows(fixture.model(), sources, std::span(&proposal, 1));
  EXPECT_EQ(rows.at(0).line, "");
  const std::string page = write_proposal_page(fixture.model(), std::span(&proposal, 1), rows, 0, Language::english);
  EXPECT_NE(page.find("edit by hand"), std::string::npos);
}

TEST_F(Proposals, SayWhenThereIsNothingOrOnlyRefusals) {
  EXPECT_NE(write_proposal_page(fixture.model(), {}, {}, 0, Language::english).find("Nothing to repair"),
            std::string::npos);
  EXPECT_EQ(write_proposal_page(fixture.model(), {}, {}, 2, Language::english),
            "# Refused: 2 trees; the error messages say why.\n");
}

TEST_F(Standings, DifferencesNameCellsAndRefusals) {
  TargetTable before = table, after = table;
  before.cells = {cell(parent, "14"), cell(children[0], "16"), cell(children[1], "10.8")};
  after.cells = {cell(parent, "14.0"), cell(children[0], "16.5", StatementState::proposed, TargetOrigin::cascaded),
                 cell(children[2], "8.2", StatementState::proposed, TargetOrigin::hold)};
  before.sort();
  after.sort();
  const auto refusal = [](Code code, const char* parent_address) {
    Diagnostic finding = make_diagnostic(code, {}).arg("induk", parent_address).arg("langkah", "1");
    return finding;
  };
  const std::vector<Diagnostic> old{refusal(Code::J1612, "AMAN@62:2025"), refusal(Code::J1613, "AMAN@62:2025")};
  const std::vector<Diagnostic> now{refusal(Code::J1613, "AMAN@62:2025"), refusal(Code::J1609, "AMAN@62:2026"),
                                    make_diagnostic(Code::J1504, {})};
  const auto rows =
      target_differences({fixture.model(), before, old}, {fixture.model(), after, now}, {}, Language::indonesian);
  std::vector<std::string> text;
  for (const TargetDifferenceRow& row : rows)
    text.push_back(row.address + "|" + row.before + "|" + row.after + "|" + row.difference + "|" + row.origin);
  // 14 and 14.0 are one figure; units come in the order of the unit table.
  EXPECT_EQ(text, (std::vector<std::string>{"AMAN@62.02:2025|16|16.5|0.5|kaskade",
                                            "AMAN@62.12:2025|10.8||"
                                            "|dokumen",
                                            "AMAN@62.09:2025||8.2||tahan", "AMAN@62:2025|J1612|||penolakan hilang",
                                            "AMAN@62:2026||J1609||penolakan baru"}));
  RowFilter filter;
  filter.unit = "62.02";
  EXPECT_EQ(
      target_differences({fixture.model(), before, old}, {fixture.model(), after, now}, filter, Language::indonesian)
          .size(),
      1U);
}

}  // namespace cascade_report_test
}  // namespace jenjang
