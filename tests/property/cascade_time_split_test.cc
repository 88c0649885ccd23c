// Laws of the split in time: the parts give the whole back by the measure's own accumulation.
#include <algorithm>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "jenjang/cascade/cascade.h"

#include "tests/unit/cascade/model_fixture.h"

namespace jenjang {
namespace cascade_time_split_test {

using testing::ModelFixture;

struct YearCase {
  Accumulation accumulation{};
  Granularity frequency{};
  Decimal whole;
  std::vector<Decimal> parts;  // of 2026, at the frequency
  std::vector<Diagnostic> findings;
};

YearCase random_year(Accumulation accumulation) {
  YearCase year;
  year.accumulation = accumulation;
  year.frequency = *rc::gen::element(Granularity::semester, Granularity::quarter, Granularity::month);
  const int places = *rc::gen::inRange(0, 3);
  year.whole = Decimal::from_parts(*rc::gen::inRange(0, 200000), places);
  MeasureSpec spec;
  spec.accumulation = accumulation;
  spec.frequency = year.frequency;
  if (*rc::gen::arbitrary<bool>()) {
    const int count = *rc::gen::element(2, 4, 12);
    for (int i = 0; i < count; ++i) {
      spec.profile.push_back(Decimal::from_parts(*rc::gen::inRange(0, 100), 2));
    }
  }
  ModelFixture fixture;
  const VertexId node = fixture.node(fixture.item("IND", spec), fixture.unit("64"));
  fixture.state(node, Period::year(2026), year.whole);
  if (*rc::gen::arbitrary<bool>()) {
    fixture.state(node, Period::year(2025), Decimal::from_parts(*rc::gen::inRange(0, 200000), places));
  }
  // Sometimes one quarter is stated by itself, at most a tenth of the whole so that it can stand.
  if (year.frequency != Granularity::semester && *rc::gen::arbitrary<bool>()) {
    const Decimal part = Decimal::from_parts(year.whole.mantissa() / 10, places);
    fixture.state(node, Period(2026, Granularity::quarter, *rc::gen::inRange(1, 4)), part);
  }
  const Model& model = fixture.build();
  DiagnosticSink sink;
  const TargetTable table = run_cascade(model, sink);
  year.findings = sink.all();
  for (const Period period : Period::year(2026).split(year.frequency)) {
    if (const TargetCell* cell = table.find(fixture.at(node), period)) {
      year.parts.push_back(*cell->target.number());
    }
  }
  return year;
}

// A profile may leave no room beside a stated quarter: said aloud, never half done.
bool complete(const YearCase& year) {
  if (!year.findings.empty()) {
    RC_ASSERT(year.findings[0].code == Code::J1617);
    return false;
  }
  RC_ASSERT(year.parts.size() == static_cast<std::size_t>(periods_per_year(year.frequency)));
  return true;
}

RC_GTEST_PROP(CascadeTimeSplit, IncrementsSumToTheYear, ()) {
  const YearCase year = random_year(Accumulation::increments);
  if (complete(year)) {
    Rational sum;
    for (const Decimal& part : year.parts) {
      RC_ASSERT(!part.is_negative());
      sum += Rational(part);
    }
    RC_ASSERT(sum == Rational(year.whole));
  }
}

RC_GTEST_PROP(CascadeTimeSplit, CumulativeRisesToTheYear, ()) {
  const YearCase year = random_year(Accumulation::cumulative);
  if (complete(year)) {
    RC_ASSERT(std::is_sorted(year.parts.begin(), year.parts.end()));
    RC_ASSERT(year.parts.back() == year.whole);
  }
}

RC_GTEST_PROP(CascadeTimeSplit, PositionEndsAtTheYear, ()) {
  const YearCase year = random_year(Accumulation::position);
  RC_ASSERT(complete(year));
  RC_ASSERT(year.parts.back() == year.whole);
}

RC_GTEST_PROP(CascadeTimeSplit, AverageIsTheMeanOfItsParts, ()) {
  const YearCase year = random_year(Accumulation::average);
  RC_ASSERT(complete(year));
  Rational sum;
  for (const Decimal& part : year.parts) {
    sum += Rational(part);
  }
  RC_ASSERT(sum == Rational(year.whole) * Rational(static_cast<std::int64_t>(year.parts.size())));
}

RC_GTEST_PROP(CascadeTimeSplit, PeakIsTheLargestPart, ()) {
  const YearCase year = random_year(Accumulation::peak);
  RC_ASSERT(complete(year));
  RC_ASSERT(*std::max_element(year.parts.begin(), year.parts.end()) == year.whole);
}

RC_GTEST_PROP(CascadeTimeSplit, ReleaseIsNeverSpread, ()) {
  const YearCase year = random_year(Accumulation::release);
  RC_ASSERT(year.findings.empty());
  // At most the one quarter that was stated itself, and only where quarters are the frequency.
  RC_ASSERT(year.parts.size() <= 1U);
}

}  // namespace cascade_time_split_test
}  // namespace jenjang
