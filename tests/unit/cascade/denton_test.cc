// Denton's proportional first differences: T01 and T03, alone and through the split in time.
#include "engine/cascade/time/denton.h"

#include <gtest/gtest.h>

#include "jenjang/cascade/cascade.h"

#include "tests/unit/cascade/model_fixture.h"

namespace jenjang {
namespace denton_test {

using cascade::denton;
using testing::dec;
using testing::ModelFixture;

const std::vector<double> kT01Indicator{98.2,  100.8, 102.2, 100.8, 99.0,  101.6,
                                        102.7, 101.5, 100.5, 103.0, 103.5, 101.5};
const std::vector<double> kT01Series{969.792854,  998.419035,  1018.345837, 1013.442274, 1007.203341, 1042.848545,
                                     1060.344647, 1051.003466, 1040.648752, 1066.535537, 1071.712894, 1051.003466};
const std::vector<double> kT03Series{97.727272727273,  98.636363636364,  100.454545454545, 103.181818181818,
                                     106.818181818182, 109.545454545455, 111.363636363636, 112.272727272727};

void expect_near(std::span<const double> found, std::span<const double> wanted, double tolerance) {
  ASSERT_EQ(found.size(), wanted.size());
  for (std::size_t t = 0; t < wanted.size(); ++t) {
    EXPECT_NEAR(found[t], wanted[t], tolerance) << t;
  }
}

TEST(Denton, T01AYearBeyondTheBenchmarksKeepsTheLastRatio) {
  const std::vector<double> annual{4000, 4161.4};
  expect_near(denton(kT01Indicator, annual, 4).value(), kT01Series, 1e-5);
  // The unit of the series is of no matter.
  std::vector<double> millions = kT01Indicator;
  for (double& figure : millions) {
    figure *= 1e6;
  }
  expect_near(denton(millions, annual, 4).value(), kT01Series, 1e-5);
}
TEST(Denton, T03WithoutAnIndicatorItSmoothes) {
  const std::vector<double> ones(8, 1);
  const std::vector<double> annual{400, 440};
  expect_near(denton(ones, annual, 4).value(), kT03Series, 1e-9);
}
TEST(Denton, ZerosTurnToTheAdditiveForm) {
  // Indicator 0, 2, 4, 6 of two years of two parts with sums 2 + 4 and 10 + 4: d = x - i has sums 4 and 4,
  // and the smoothest such d is 2 throughout.
  const std::vector<double> indicator{0, 2, 4, 6};
  const std::vector<double> annual{6, 14};
  expect_near(denton(indicator, annual, 2).value(), std::vector<double>{2, 4, 6, 8}, 1e-12);
}
TEST(Denton, SayNothingWithoutAWholeYear) {
  const std::vector<double> three(3, 1);
  const std::vector<double> annual{400};
  EXPECT_FALSE(denton(three, annual, 4));
  EXPECT_FALSE(denton(three, {}, 4));
}

// A measure with yearly targets from 2024 on and a quarterly series from 2024-TW1 on.
struct SeriesCase {
  Accumulation accumulation = Accumulation::increments;
  std::string step;
  std::vector<std::string> targets;
  std::vector<std::string> series;
  std::vector<std::string> profile = {};
  std::string baseline_2023 = "";

  DiagnosticSink sink = {};
  std::vector<Decimal> run() {
    ModelFixture fixture;
    MeasureSpec spec;
    spec.accumulation = accumulation;
    spec.frequency = Granularity::quarter;
    spec.step = dec(step);
    for (const std::string& weight : profile) {
      spec.profile.push_back(dec(weight));
    }
    Period quarter(2024, Granularity::quarter, 1);
    if (!baseline_2023.empty()) {
      quarter = quarter.previous();  // the series starts with the quarter of the baseline
    }
    for (const std::string& figure : series) {
      spec.profile_series.push_back({quarter, dec(figure)});
      quarter = quarter.next();
    }
    const VertexId node = fixture.node(fixture.item("IND", spec), fixture.unit("64"));
    for (std::size_t y = 0; y < targets.size(); ++y) {
      fixture.state(node, Period::year(2024 + static_cast<int>(y)), dec(targets[y]));
    }
    if (!baseline_2023.empty()) {
      fixture.baseline(node, 2023, dec(baseline_2023));
    }
    const Model& model = fixture.build();
    const TargetTable table = run_cascade(model, sink);
    std::vector<Decimal> parts;
    for (std::size_t y = 0; y < targets.size(); ++y) {
      for (const Period period : Period::year(2024 + static_cast<int>(y)).split(Granularity::quarter)) {
        parts.push_back(*table.find(fixture.at(node), period)->target.number());
      }
    }
    return parts;
  }
};

const std::vector<std::string> kT01Texts{"98.2",  "100.8", "102.2", "100.8", "99.0",  "101.6",
                                         "102.7", "101.5", "100.5", "103.0", "103.5", "101.5"};

TEST(SeriesSplit, T01QuartersOfTwoYears) {
  SeriesCase years{.step = "0.000001", .targets = {"4000", "4161.4"}, .series = kT01Texts};
  const std::vector<Decimal> parts = years.run();
  ASSERT_EQ(parts.size(), 8U);
  for (std::size_t t = 0; t < parts.size(); ++t) {
    EXPECT_NEAR(parts[t].to_double(), kT01Series[t], 1e-5) << t;
  }
  Rational first, second;
  for (std::size_t t = 0; t < 4; ++t) {
    first += Rational(parts[t]);
    second += Rational(parts[t + 4]);
  }
  EXPECT_EQ(first, Rational(4000));
  EXPECT_EQ(second, Rational(dec("4161.4")));
  EXPECT_TRUE(years.sink.all().empty());
}
TEST(SeriesSplit, T01AsRunningTotalAndAsMean) {
  SeriesCase to_date{
      .accumulation = Accumulation::cumulative, .step = "0.000001", .targets = {"4000", "4161.4"}, .series = kT01Texts};
  const std::vector<Decimal> running = to_date.run();
  EXPECT_NEAR(running[1].to_double(), 969.792854 + 998.419035, 1e-5);
  EXPECT_EQ(running[3], Decimal(4000));
  EXPECT_NEAR(running[4].to_double(), 1007.203341, 1e-5);
  // A mean of 1000 is a benchmark of 4 x 1000: the same parts.
  SeriesCase mean{
      .accumulation = Accumulation::average, .step = "0.000001", .targets = {"1000", "1040.35"}, .series = kT01Texts};
  const std::vector<Decimal> parts = mean.run();
  for (std::size_t t = 0; t < parts.size(); ++t) {
    EXPECT_NEAR(parts[t].to_double(), kT01Series[t], 1e-5) << t;
  }
}
TEST(SeriesSplit, APositionKeepsItsRatioToTheSeriesBetweenYearEnds) {
  // End of 2023: 100 at 10, ratio 10. End of 2024: 168 at 12, ratio 14. Between them 11, 12, 13 and 14
  // times 11, 13, 9 and 12.
  SeriesCase position{.accumulation = Accumulation::position,
                      .step = "1",
                      .targets = {"168"},
                      .series = {"10", "11", "13", "9", "12"},
                      .baseline_2023 = "100"};
  EXPECT_EQ(position.run(), (std::vector<Decimal>{Decimal(121), Decimal(156), Decimal(117), Decimal(168)}));
}
TEST(SeriesSplit, APeakIsTheSeriesScaledToItsLargest) {
  SeriesCase peak{
      .accumulation = Accumulation::peak, .step = "1", .targets = {"60"}, .series = {"10", "20", "30", "15"}};
  EXPECT_EQ(peak.run(), (std::vector<Decimal>{Decimal(20), Decimal(40), Decimal(60), Decimal(30)}));
}
TEST(SeriesSplit, YearsBeyondTheSeriesFollowTheProfileAloud) {
  SeriesCase short_series{.step = "1",
                          .targets = {"40", "100"},
                          .series = {"5", "5", "5", "5", "9"},
                          .profile = {"0.1", "0.2", "0.3", "0.4"}};
  const std::vector<Decimal> parts = short_series.run();
  EXPECT_EQ(parts, (std::vector<Decimal>{Decimal(10), Decimal(10), Decimal(10), Decimal(10), Decimal(10), Decimal(20),
                                         Decimal(30), Decimal(40)}));
  ASSERT_EQ(short_series.sink.all().size(), 1U);
  EXPECT_EQ(short_series.sink.all()[0].code, Code::J1633);
  EXPECT_EQ(short_series.sink.all()[0].args[1].value, "2025");
}

}  // namespace denton_test
}  // namespace jenjang
