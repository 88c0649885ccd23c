#include <algorithm>
#include <gtest/gtest.h>

#include "jenjang/facts/facts.h"

#include "tests/unit/cascade/model_fixture.h"

namespace jenjang {
namespace bind_observations_test {

using testing::dec;
using testing::ModelFixture;

class BindObservations : public ::testing::Test {
protected:
  BindObservations() {
    Scale scale;
    scale.kind = Scale::Kind::grades;
    scale.id = "skala/predikat";
    scale.grades = {{"A", dec("90"), {}}, {"B", dec("75"), {}}, {"C", std::nullopt, {}}};
    scale.ungraded = {"tidak dinilai"};
    fixture_.model().scales.push_back(scale);
    const UnitId province = fixture_.unit("64", "64");
    const UnitId kutai = fixture_.unit("64.02", "6403");
    const UnitId agency = fixture_.unit("64.02/dlh");
    MeasureSpec tonnes;
    tonnes.frequency = Granularity::quarter;
    tonnes.unit_name = "ton";
    tonnes.definition_version = 2;
    tonnes.definition_since = 2024;
    const ItemId waste = fixture_.item("SAMPAH", tonnes);
    MeasureSpec graded;
    graded.polarity = Polarity::grade;
    graded.grade_scale = ScaleId(0);
    const ItemId grade = fixture_.item("SAKIP", graded);
    const ItemId goal = fixture_.item("S1", {}, ItemKind::objective);
    waste_ = fixture_.node(waste, kutai);
    agency_waste_ = fixture_.node(waste, agency);
    grade_ = fixture_.node(grade, province);
    fixture_.node(goal, province);
    fixture_.build();
  }

  Observation row(const std::string& code, const std::string& unit, const std::string& period,
                  const std::string& number) {
    Observation row;
    row.code = code;
    row.unit = unit;
    row.period = Period::parse(period).value();
    row.number = dec(number);
    row.definition_version = 2;
    const SourceSpan place = fixture_.place();
    row.places.set_address({place.file, place.line, 1, 3});
    row.places.set_unit({place.file, place.line, 10, 3});
    row.places.set_period({place.file, place.line, 20, 3});
    row.places.set_number({place.file, place.line, 30, 3});
    return row;
  }
  Facts bind(std::vector<Observation> rows) { return bind_observations(fixture_.model(), std::move(rows), sink_); }
  [[nodiscard]] std::vector<Code> codes() const {
    std::vector<Code> codes;
    for (const Diagnostic& finding : sink_.all()) {
      codes.push_back(finding.code);
    }
    return codes;
  }

  ModelFixture fixture_;
  VertexId waste_, agency_waste_, grade_;
  DiagnosticSink sink_;
};

TEST_F(BindObservations, KemendagriAndBpsCodesAreDifferentTables) {
  Observation bps = row("SAMPAH", "6403", "2024-TW1", "10");
  bps.authority = RegionAuthority::bps;
  Observation below = row("SAMPAH", "6403/dlh", "2024-TW1", "4");
  below.authority = RegionAuthority::bps;
  const Facts facts = bind({bps, below, row("SAMPAH", "64.02", "2024-TW2", "11")});
  EXPECT_TRUE(sink_.all().empty());
  EXPECT_EQ(facts.joined_by_bps, 2U);
  EXPECT_EQ(facts.joined_by_kemendagri, 1U);
  EXPECT_EQ(facts.rejected, 0U);
  ASSERT_EQ(facts.of(fixture_.at(waste_)).size(), 2U);
  EXPECT_EQ(facts.of(fixture_.at(waste_))[0].value, 10);
  EXPECT_EQ(facts.of(fixture_.at(waste_))[1].value, 11);
  ASSERT_EQ(facts.of(fixture_.at(agency_waste_)).size(), 1U);
  EXPECT_EQ(facts.of(fixture_.at(agency_waste_))[0].value, 4);
}

// Whatever order the rows stand in, and whichever measure the row before was about.
TEST_F(BindObservations, ShuffledRowsOfSeveralMeasuresBindAlike) {
  std::vector<Observation> rows;
  for (const char* period : {"2024-TW1", "2024-TW2", "2024-TW3"}) {
    rows.push_back(row("SAMPAH", "64.02", period, "1"));
    rows.push_back(row("SAMPAH", "64.02/dlh", period, "2"));
    rows.push_back(row("SAMPAH", "6403/dlh", period, "2"));  // the same cell under its other code: kept once
    rows.back().authority = RegionAuthority::bps;
    rows.push_back(row("SAMPAH", "6403/dlh", period, "3"));  // no path of ours
  }
  std::uint64_t state = 9;
  for (int round = 0; round < 200; ++round) {
    for (std::size_t i = rows.size(); i > 1; --i) {
      state = state * 6364136223846793005ULL + 1442695040888963407ULL;
      std::swap(rows[i - 1], rows[(state >> 33) % i]);
    }
    sink_ = DiagnosticSink();
    const Facts facts = bind(rows);
    ASSERT_EQ(facts.rejected, 3U);
    ASSERT_EQ(facts.joined_by_bps, 3U);
    ASSERT_EQ(facts.facts.size(), 6U);
    for (const VertexId vertex : {waste_, agency_waste_}) {
      const std::span<const Fact> found = facts.of(fixture_.at(vertex));
      ASSERT_EQ(found.size(), 3U);
      for (std::size_t i = 0; i < 3; ++i) {
        ASSERT_EQ(found[i].value, vertex == waste_ ? 1 : 2);
        ASSERT_EQ(facts.observation(found[i]).period, Period(2024, Granularity::quarter, static_cast<int>(i) + 1));
      }
    }
  }
}

TEST_F(BindObservations, UnknownBpsCodeIsRefusedAndNotGuessed) {
  // 64.02 is a Kemendagri code: under the BPS authority it is no unit at all.
  Observation wrong = row("SAMPAH", "64.02", "2024-TW1", "10");
  wrong.authority = RegionAuthority::bps;
  const Facts facts = bind({wrong});
  ASSERT_EQ(codes(), std::vector<Code>{Code::J1702});
  EXPECT_EQ(sink_.all()[0].primary, wrong.places.unit());
  EXPECT_EQ(sink_.all()[0].related.size(), 1U);
  EXPECT_TRUE(facts.facts.empty());
  EXPECT_EQ(facts.rejected, 1U);
}

TEST_F(BindObservations, UnknownAddressNamesTheNearMiss) {
  const Facts facts =
      bind({row("SAMPAHH", "64.02", "2024-TW1", "1"), row("SAMPAH", "64.03", "2024-TW1", "1"),
            row("SAMPAH", "6403", "2024-TW1", "1"), row("SAKIP", "64.02", "2024", "1"), row("S1", "64", "2024", "1")});
  ASSERT_EQ(codes(), std::vector<Code>(5, Code::J1701));
  EXPECT_EQ(sink_.all()[0].suggestion, "SAMPAH");
  EXPECT_EQ(sink_.all()[0].primary.column, 1U);  // the code cell
  EXPECT_EQ(sink_.all()[1].suggestion, "64.02");
  EXPECT_EQ(sink_.all()[1].primary.column, 10U);  // the unit cell
  EXPECT_EQ(sink_.all()[2].suggestion, "64.02");  // 6403 is its BPS code
  EXPECT_EQ(sink_.all()[3].related.size(), 1U);   // where SAKIP is declared
  EXPECT_EQ(sink_.all()[4].primary.column, 1U);   // a goal has no figure
  EXPECT_EQ(facts.rejected, 5U);
}

TEST_F(BindObservations, ContradictoryRowsAreBothLeftOut) {
  const Observation first = row("SAMPAH", "64.02", "2024-TW1", "10");
  const Observation second = row("SAMPAH", "64.02", "2024-TW1", "12");
  const Facts facts = bind({first, second, row("SAMPAH", "64.02", "2024-TW2", "7")});
  ASSERT_EQ(codes(), std::vector<Code>{Code::J1703});
  EXPECT_EQ(sink_.all()[0].primary, second.places.number());
  ASSERT_EQ(sink_.all()[0].related.size(), 1U);
  EXPECT_EQ(sink_.all()[0].related[0].span, first.places.number());
  ASSERT_EQ(facts.facts.size(), 1U);
  EXPECT_EQ(facts.facts[0].value, 7);
  EXPECT_EQ(facts.rejected, 2U);
}

TEST_F(BindObservations, EqualRowsCountOnceAndTheValidatedOneStands) {
  Observation first = row("SAMPAH", "64.02", "2024-TW1", "10");
  first.validated = false;
  const Observation second = row("SAMPAH", "64.02", "2024-TW1", "10.0");
  const Facts facts = bind({first, second});
  ASSERT_EQ(codes(), std::vector<Code>{Code::J1710});
  ASSERT_EQ(facts.facts.size(), 1U);
  EXPECT_TRUE(facts.observation(facts.facts[0]).validated);
  EXPECT_EQ(sink_.count(Severity::warning), 1U);
}

TEST_F(BindObservations, GradesBecomePointsElseRanks) {
  Observation with_points = row("SAKIP", "64", "2023", "0");
  with_points.grade = "B";
  Observation with_rank = row("SAKIP", "64", "2024", "0");
  with_rank.grade = "C";
  Observation not_assessed = row("SAKIP", "64", "2025", "0");
  not_assessed.grade = "tidak dinilai";
  for (Observation* each : {&with_points, &with_rank, &not_assessed}) {
    each->definition_version = 1;
  }
  const Facts facts = bind({not_assessed, with_rank, with_points});
  EXPECT_TRUE(sink_.all().empty());
  const auto rows = facts.of(fixture_.at(grade_));
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0].value, 75);  // points of B
  EXPECT_EQ(rows[1].value, 1);   // C is the lowest of three and has no points
  EXPECT_EQ(facts.observation(rows[1]).number, dec("1"));
  EXPECT_EQ(facts.observation(rows[2]).state, CellState::not_applicable);
}

TEST_F(BindObservations, GradeAndNumberAreNotExchangeable) {
  Observation unknown = row("SAKIP", "64", "2023", "0");
  unknown.grade = "a";
  unknown.definition_version = 1;
  Observation number = row("SAKIP", "64", "2024", "80");
  number.definition_version = 1;
  Observation grade = row("SAMPAH", "64.02", "2024-TW1", "0");
  grade.grade = "A";
  const Facts facts = bind({unknown, number, grade});
  EXPECT_EQ(codes(), (std::vector<Code>{Code::J1704, Code::J1705, Code::J1705}));
  EXPECT_EQ(sink_.all()[0].suggestion, "A");
  EXPECT_TRUE(facts.facts.empty());
}

TEST_F(BindObservations, PeriodFinerThanTheFrequencyIsRefusedCoarserIsNot) {
  const Facts facts = bind({row("SAMPAH", "64.02", "2024-05", "1"), row("SAMPAH", "64.02", "2024", "40")});
  EXPECT_EQ(codes(), std::vector<Code>{Code::J1707});
  EXPECT_EQ(facts.facts.size(), 1U);
}

TEST_F(BindObservations, FiguresOfAnotherDefinitionNeverMix) {
  Observation old_in_new = row("SAMPAH", "64.02", "2024-TW1", "1");
  old_in_new.definition_version = 1;
  Observation old_in_old = row("SAMPAH", "64.02", "2023-TW1", "2");
  old_in_old.definition_version = 1;
  Observation recomputed = row("SAMPAH", "64.02", "2023-TW2", "3");  // version 2, worked out for an earlier year
  Observation silent = row("SAMPAH", "64.02", "2023-TW3", "4");
  silent.definition_version = 0;
  const Facts facts = bind({old_in_new, old_in_old, recomputed, silent});
  EXPECT_EQ(codes(), (std::vector<Code>{Code::J1709, Code::J1711}));
  const auto rows = facts.of(fixture_.at(waste_));
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(facts.observation(rows[0]).state, CellState::redefined);
  EXPECT_EQ(facts.observation(rows[1]).state, CellState::value);
  EXPECT_EQ(rows[1].value, 3);
  EXPECT_EQ(facts.observation(rows[2]).state, CellState::redefined);
}

TEST_F(BindObservations, OrderOfRowsDoesNotMatter) {
  std::vector<Observation> rows{row("SAMPAH", "64.02", "2024-TW1", "1"), row("SAMPAH", "64.02", "2024-TW3", "3"),
                                row("SAMPAH", "64.02/dlh", "2024-TW2", "5"), row("SAMPAH", "64.02", "2024-TW2", "2")};
  const Facts forward = bind(rows);
  std::reverse(rows.begin(), rows.end());
  const Facts backward = bind(rows);
  ASSERT_EQ(forward.facts.size(), backward.facts.size());
  for (std::size_t i = 0; i < forward.facts.size(); ++i) {
    EXPECT_EQ(forward.facts[i].node, backward.facts[i].node);
    EXPECT_EQ(forward.facts[i].value, backward.facts[i].value);
  }
  EXPECT_EQ(forward.of(fixture_.at(waste_))[1].value, 2);
}

TEST(FactLanes, HaveTheirIndonesianWords) {
  EXPECT_EQ(to_string(Lane::all), "semua");
  EXPECT_EQ(to_string(Lane::validated), "tervalidasi");
}

}  // namespace bind_observations_test
}  // namespace jenjang
