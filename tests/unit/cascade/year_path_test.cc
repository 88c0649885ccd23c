// Years between the points of a document: T07 by the pure functions and through run_cascade.
#include "engine/cascade/time/year_path.h"

#include <cmath>
#include <gtest/gtest.h>

#include "jenjang/cascade/cascade.h"

#include "tests/unit/cascade/model_fixture.h"

namespace jenjang {
namespace year_path_test {

using cascade::compound_path;
using cascade::linear_path;
using testing::dec;
using testing::ModelFixture;
using Row = std::vector<std::string>;

Row texts(std::span<const Decimal> figures) {
  Row row;
  for (const Decimal& figure : figures) {
    row.push_back(figure.to_string());
  }
  return row;
}

TEST(YearPath, T07Linear) {
  EXPECT_EQ(texts(linear_path(dec("50"), dec("80"), 5, dec("1"))), (Row{"56", "62", "68", "74"}));
}
TEST(YearPath, T07Compound) {
  const std::vector<double> wanted{54.9280271653, 60.3417633655, 66.2890803468, 72.822568121};
  const std::vector<Decimal> path = compound_path(dec("50"), dec("80"), 5, dec("0.000000000001")).value();
  ASSERT_EQ(path.size(), wanted.size());
  for (std::size_t t = 0; t < wanted.size(); ++t) {
    EXPECT_NEAR(path[t].to_double(), wanted[t], 1e-9);
  }
  // 50 x 1.6^(2/5) = 60.34176336545..., so nine digits end in 5 though ten are printed as ...3655.
  EXPECT_EQ(compound_path(dec("50"), dec("80"), 5, dec("0.000000001")).value()[1].to_string(), "60.341763365");
}
TEST(YearPath, T07RateOfReductionGoesDownTheSameWay) {
  // 30 to 18 in five years loses 0.0971195485552... a year: the first year is 30 x 0.9028804514 = 27.08641.
  const Row down = texts(compound_path(dec("30"), dec("18"), 5, dec("0.00001")).value());
  EXPECT_EQ(down.front(), "27.08641");
  EXPECT_EQ(down.size(), 4U);
}
TEST(YearPath, CompoundIsDecidedExactlyOnAHalfStep) {
  // 1 to 2.25 in two years passes 1.5 exactly: half up is 2, and just below the half it is 1.
  EXPECT_EQ(texts(compound_path(dec("1"), dec("2.25"), 2, dec("1")).value()), (Row{"2"}));
  EXPECT_EQ(texts(compound_path(dec("1"), dec("2.249999999999999999"), 2, dec("1")).value()), (Row{"1"}));
  // The same far from one, where a double has no digit left for the difference: 3 x 10^15 + 0.5 squared.
  EXPECT_EQ(texts(compound_path(dec("1"), dec("9000000000000003000000000000000.25"), 2, dec("1")).value()),
            (Row{"3000000000000001"}));
  EXPECT_EQ(texts(compound_path(dec("1"), dec("9000000000000003000000000000000.24"), 2, dec("1")).value()),
            (Row{"3000000000000000"}));
}
TEST(YearPath, CompoundNeedsOneSign) {
  EXPECT_FALSE(compound_path(dec("-1"), dec("4"), 2, dec("1")));
  EXPECT_FALSE(compound_path(dec("0"), dec("4"), 2, dec("1")));
  EXPECT_EQ(texts(compound_path(dec("-1"), dec("-4"), 2, dec("1")).value()), (Row{"-2"}));
}
TEST(YearPath, FractionsRiseFromZeroToOne) {
  const auto good = [](std::vector<std::string> texts_of) {
    std::vector<Decimal> fractions;
    for (const std::string& text : texts_of) {
      fractions.push_back(dec(text));
    }
    return cascade::fractions_are_good(fractions);
  };
  EXPECT_TRUE(good({"0.1", "0.3", "0.6", "1"}));
  EXPECT_TRUE(good({"0", "0", "1.0"}));
  EXPECT_FALSE(good({"0.3", "0.1", "1"}));
  EXPECT_FALSE(good({"-0.1", "1"}));
  EXPECT_FALSE(good({"0.5", "0.9"}));
  EXPECT_FALSE(good({}));
}

// One measure at 64 in a document of 2025 to 2029.
class Plan : public ::testing::Test {
protected:
  Plan() {
    fixture_.model().documents[0].years = {2025, 2029};
    node_ = fixture_.node(fixture_.item("IND", MeasureSpec{}), fixture_.unit("64"));
  }
  void state(int year, const char* target, PathShape shape = PathShape::none, std::vector<Decimal> shares = {}) {
    fixture_.state(node_, Period::year(year), Target::parse(target).value());
    fixture_.path(node_, shape, std::move(shares));
  }
  Row run() {
    const Model& model = fixture_.build();
    table_ = run_cascade(model, sink_);
    Row row;
    for (int year = 2025; year <= 2029; ++year) {
      const TargetCell* cell = table_.find(fixture_.at(node_), Period::year(year));
      row.push_back(cell == nullptr ? "-" : cell->target.to_string());
    }
    return row;
  }
  ModelFixture fixture_;
  VertexId node_;
  DiagnosticSink sink_;
  TargetTable table_;
};

TEST_F(Plan, FillsTheYearsSinceTheBaseline) {
  fixture_.baseline(node_, 2024, dec("50"));
  state(2029, "80", PathShape::linear);
  EXPECT_EQ(run(), (Row{"56.00", "62.00", "68.00", "74.00", "80"}));
  const TargetCell* filled = table_.find(fixture_.at(node_), Period::year(2027));
  EXPECT_EQ(filled->origin, TargetOrigin::path);
  EXPECT_EQ(filled->from_period, Period::year(2029));
  EXPECT_EQ(filled->statement, table_.find(fixture_.at(node_), Period::year(2029))->statement);
  EXPECT_FALSE(table_.find(fixture_.at(node_), Period::year(2024)));
  EXPECT_TRUE(sink_.all().empty());
}
TEST_F(Plan, CompoundToThePrintedDigits) {
  fixture_.baseline(node_, 2024, dec("50"));
  state(2029, "80", PathShape::compound);
  EXPECT_EQ(run(), (Row{"54.93", "60.34", "66.29", "72.82", "80"}));
}
TEST_F(Plan, RunsFromTargetToTargetAndNeverOverAStatedYear) {
  // 2025 and 2027 are stated; 2028 is a point of its own between 60 and 90, and 2026 half-way from 50 to 60.
  state(2025, "50", PathShape::linear);
  state(2027, "60", PathShape::linear);
  state(2028, "61");
  state(2029, "90", PathShape::linear);
  EXPECT_EQ(run(), (Row{"50", "55.00", "60", "61", "90"}));
  EXPECT_TRUE(sink_.all().empty());  // nothing lies before the document's first year
}
TEST_F(Plan, GivenFractionsEndInTheLastYears) {
  // From 40 (2022, three years before the document) to 60: 20 x 0.1, 0.3, 0.6, 0.9.
  fixture_.baseline(node_, 2022, dec("40"));
  state(2029, "60", PathShape::given, {dec("0.1"), dec("0.3"), dec("0.6"), dec("0.9"), dec("1")});
  EXPECT_EQ(run(), (Row{"42.00", "46.00", "52.00", "58.00", "60"}));
}
TEST_F(Plan, FaultsOfPathsAreNamed) {
  fixture_.baseline(node_, 2024, dec("0"));
  state(2027, "60", PathShape::compound);
  state(2029, "90", PathShape::given, {dec("0.5"), dec("0.75"), dec("1")});
  EXPECT_EQ(run(), (Row{"-", "-", "60", "-", "90"}));
  ASSERT_EQ(sink_.all().size(), 2U);
  EXPECT_EQ(sink_.all()[0].code, Code::J1631);
  EXPECT_EQ(sink_.all()[1].code, Code::J1632);
  EXPECT_EQ(sink_.all()[1].args[1].value, "[0.5, 0.75, 1]");
}
TEST_F(Plan, APathWithoutAStartIsNamed) {
  state(2027, "60", PathShape::linear);
  EXPECT_EQ(run(), (Row{"-", "-", "60", "-", "-"}));
  ASSERT_EQ(sink_.all().size(), 1U);
  EXPECT_EQ(sink_.all()[0].code, Code::J1630);
}
TEST_F(Plan, AnotherDocumentsYearsStayItsOwn) {
  // A successor replaces the document from 2028 on and says nothing of 2028: the old path stops there.
  Document next = ModelFixture::document("RPD-NEXT", "64", DocumentKind::rpd);
  next.years = {2028, 2032};
  next.replaces = "RPD-64";
  fixture_.add_document(next);
  fixture_.baseline(node_, 2024, dec("50"));
  state(2029, "80", PathShape::linear);
  EXPECT_EQ(run(), (Row{"56.00", "62.00", "68.00", "-", "-"}));
}
TEST_F(Plan, ADraftsPathIsADraft) {
  fixture_.model().documents[0].state = StatementState::draft;
  fixture_.baseline(node_, 2024, dec("50"));
  state(2029, "80", PathShape::linear);
  run();
  EXPECT_EQ(table_.find(fixture_.at(node_), Period::year(2026))->state, StatementState::draft);
}

}  // namespace year_path_test
}  // namespace jenjang
