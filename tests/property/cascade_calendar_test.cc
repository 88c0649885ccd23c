// Laws of paths, smoothed parts, and calendars that do not run together.
#include <algorithm>
#include <gtest/gtest.h>
#include <numeric>
#include <random>
#include <rapidcheck/gtest.h>

#include "jenjang/cascade/cascade.h"

#include "tests/unit/cascade/model_fixture.h"

namespace jenjang {
namespace cascade_calendar_test {

using testing::ModelFixture;
using testing::rule;

// A measure with yearly targets, by node and period.
Decimal figure_at(const TargetTable& table, NodeId node, Period period) {
  const TargetCell* cell = table.find(node, period);
  RC_ASSERT(cell != nullptr);
  return *cell->target.number();
}

RC_GTEST_PROP(CascadeCalendar, PathsEndExactlyAndNeverTurn, ()) {
  const int places = *rc::gen::inRange(0, 3);
  const bool compound = *rc::gen::arbitrary<bool>();
  const Decimal start = Decimal::from_parts(*rc::gen::inRange(1, 100000), places);
  const Decimal end = Decimal::from_parts(*rc::gen::inRange(1, 100000), places);
  const int years = *rc::gen::inRange(1, 9);
  ModelFixture fixture;
  MeasureSpec spec;
  spec.step = Decimal::from_parts(1, places);
  const VertexId node = fixture.node(fixture.item("IND", spec), fixture.unit("64"));
  fixture.baseline(node, 2020, start);
  fixture.state(node, Period::year(2020 + years), end);
  fixture.path(node, compound ? PathShape::compound : PathShape::linear);
  const Model& model = fixture.build();
  DiagnosticSink sink;
  const TargetTable table = run_cascade(model, sink);
  RC_ASSERT(sink.all().empty());
  std::vector<Decimal> path{start};
  for (int t = 1; t <= years; ++t) {
    path.push_back(figure_at(table, fixture.at(node), Period::year(2020 + t)));
  }
  RC_ASSERT(path.back() == end);
  const bool falls = end < start;
  const bool never_turns =
      falls ? std::is_sorted(path.begin(), path.end(), std::greater<>()) : std::is_sorted(path.begin(), path.end());
  RC_ASSERT(never_turns);
  // Each year is within half a step of the exact figure: x for the line, x^n = b^(n-t) T^t for the curve.
  const Rational half = Rational(spec.step) / Rational(2);
  for (int t = 1; t < years; ++t) {
    const Rational given(path[static_cast<std::size_t>(t)]);
    if (!compound) {
      const Rational exact = Rational(start) + (Rational(end) - Rational(start)) * Rational(t, years);
      RC_ASSERT((given - exact).absolute() <= half);
      continue;
    }
    Rational power(1), low(1), high(1);
    for (int k = 0; k < years; ++k) {
      power *= Rational(k < t ? end : start);
      low *= given - half;
      high *= given + half;
    }
    RC_ASSERT(((given - half).sign() <= 0 || low <= power) && power < high);
  }
}

// Sum over t >= 2 of (x_t/i_t - x_(t-1)/i_(t-1))^2.
double roughness(const std::vector<double>& parts, const std::vector<double>& indicator) {
  double sum = 0;
  for (std::size_t t = 1; t < parts.size(); ++t) {
    const double jump = parts[t] / indicator[t] - parts[t - 1] / indicator[t - 1];
    sum += jump * jump;
  }
  return sum;
}

RC_GTEST_PROP(CascadeCalendar, SmoothedYearsAddUpAndNoOtherPartsAreSmoother, ()) {
  const int years = *rc::gen::inRange(1, 5);
  ModelFixture fixture;
  MeasureSpec spec;
  spec.accumulation = Accumulation::increments;
  spec.frequency = Granularity::quarter;
  spec.step = Decimal::from_parts(1, 6);
  std::vector<double> indicator;
  for (int y = 0; y < years; ++y) {
    for (const Period period : Period::year(2024 + y).split(Granularity::quarter)) {
      spec.profile_series.push_back({period, Decimal(*rc::gen::inRange(800, 1200))});
      indicator.push_back(spec.profile_series.back().value.to_double());
    }
  }
  const VertexId node = fixture.node(fixture.item("IND", spec), fixture.unit("64"));
  std::vector<Decimal> targets;
  for (int y = 0; y < years; ++y) {
    targets.emplace_back(*rc::gen::inRange(3500, 4500));
    fixture.state(node, Period::year(2024 + y), targets.back());
  }
  const Model& model = fixture.build();
  DiagnosticSink sink;
  const TargetTable table = run_cascade(model, sink);
  RC_ASSERT(sink.all().empty());
  std::vector<double> parts;
  for (int y = 0; y < years; ++y) {
    Rational sum;
    for (const Period period : Period::year(2024 + y).split(Granularity::quarter)) {
      const Decimal part = figure_at(table, fixture.at(node), period);
      sum += Rational(part);
      parts.push_back(part.to_double());
    }
    RC_ASSERT(sum == Rational(targets[static_cast<std::size_t>(y)]));
  }
  const double found = roughness(parts, indicator);
  // Feasible perturbations: amounts moved between parts of one year. At the optimum the slope is zero, so
  // what rounding to 0.000001 adds is far below the allowance.
  std::mt19937 random(static_cast<unsigned>(*rc::gen::inRange(0, 1000000)));
  for (int trial = 0; trial < 30; ++trial) {
    std::vector<double> other = parts;
    for (std::size_t y = 0; y < static_cast<std::size_t>(years); ++y) {
      const double amount = static_cast<double>(random() % 2000) / 50.0 - 20.0;
      other[y * 4 + random() % 4] += amount;
      other[y * 4 + random() % 4] -= amount;
    }
    RC_ASSERT(found <= roughness(other, indicator) + 1e-9);
  }
}

RC_GTEST_PROP(CascadeCalendar, AveragesAlongAProfileKeepTheirMean, ()) {
  ModelFixture fixture;
  MeasureSpec spec;
  spec.accumulation = Accumulation::average;
  spec.frequency = Granularity::month;
  for (int m = 0; m < 12; ++m) {
    spec.profile.push_back(Decimal(*rc::gen::inRange(0, 20)));
  }
  const Decimal whole = Decimal::from_parts(*rc::gen::inRange(0, 100000), 2);
  const VertexId node = fixture.node(fixture.item("IND", spec), fixture.unit("64"));
  fixture.state(node, Period::year(2026), whole);
  const Model& model = fixture.build();
  DiagnosticSink sink;
  const TargetTable table = run_cascade(model, sink);
  Rational sum;
  for (const Period period : Period::year(2026).split(Granularity::month)) {
    sum += Rational(figure_at(table, fixture.at(node), period));
  }
  RC_ASSERT(sum == Rational(whole) * Rational(12));
}

// Districts in any order under one province, all with plans of their own, some of them ended.
RC_GTEST_PROP(CascadeCalendar, AlignmentDoesNotSeeTheOrderOfTheChildren, ()) {
  struct Plan {
    int begins = 0, ends = 0;
    Decimal base, target, weight;
  };
  const auto policy =
      *rc::gen::element(ExpiredPolicy::propose, ExpiredPolicy::strict, ExpiredPolicy::renormalise,
                        ExpiredPolicy::hold_last, ExpiredPolicy::extrapolate, ExpiredPolicy::last_measured);
  const auto count = static_cast<std::size_t>(*rc::gen::inRange(2, 6));
  std::vector<Plan> plans;
  for (std::size_t i = 0; i < count; ++i) {
    Plan plan;
    plan.begins = *rc::gen::inRange(2020, 2026);
    plan.ends = plan.begins + *rc::gen::inRange(2, 6);
    plan.base = Decimal(*rc::gen::inRange(10, 40));
    plan.target = Decimal(*rc::gen::inRange(40, 80));
    plan.weight = Decimal(*rc::gen::inRange(1, 9));
    plans.push_back(plan);
  }
  std::vector<std::size_t> shuffled(count);
  std::iota(shuffled.begin(), shuffled.end(), std::size_t{0});
  std::mt19937 random(static_cast<unsigned>(*rc::gen::inRange(0, 1000000)));
  std::shuffle(shuffled.begin(), shuffled.end(), random);

  struct Seen {
    std::vector<std::string> cells;  // by plan
    std::string standing;
    std::size_t findings = 0;
  };
  const auto run = [&](const std::vector<std::size_t>& order) {
    ModelFixture fixture;
    MeasureSpec spec;
    spec.aggregation = Aggregation::weighted_mean;
    spec.polarity = Polarity::higher;
    const ItemId item = fixture.item("IND", spec);
    const VertexId top = fixture.node(item, fixture.unit("64"));
    fixture.state(top, Period::year(2027), Decimal(60));
    ModelFixture::FamilySpec family{top, {}, rule("sama"), {}, {}, true};
    family.rule.on_expired = policy;
    std::vector<VertexId> nodes(count);
    for (const std::size_t i : order) {
      const std::string path = "64.0" + std::to_string(i + 1);
      nodes[i] = fixture.node(item, fixture.unit(path));
      Document document = ModelFixture::document("SSK-" + path, path, DocumentKind::rpjmd);
      document.years = {plans[i].begins + 1, plans[i].ends};
      const DocumentId id = fixture.add_document(document);
      fixture.formula(top, nodes[i], plans[i].weight);
      fixture.baseline(nodes[i], plans[i].begins, plans[i].base, id);
      fixture.state(nodes[i], Period::year(plans[i].ends), plans[i].target, false, id);
      fixture.path(nodes[i], PathShape::linear);
      family.children.push_back(nodes[i]);
    }
    fixture.family(family);
    const Model& model = fixture.build();
    DiagnosticSink sink;
    const TargetTable table = run_cascade(model, sink);
    Seen seen;
    for (const VertexId node : nodes) {
      const TargetCell* cell = table.find(fixture.at(node), Period::year(2027));
      seen.cells.push_back(cell == nullptr ? "-" : cell->target.to_string());
    }
    const FamilyStanding& standing = table.standings.at(0);
    seen.standing = (standing.whole ? standing.whole->to_string() : "-") + " " +
                    (standing.firm ? standing.firm->to_string() : "-") + " " + standing.firm_weight.to_string();
    seen.findings = sink.all().size();
    return seen;
  };
  std::vector<std::size_t> straight(count);
  std::iota(straight.begin(), straight.end(), std::size_t{0});
  const Seen first = run(straight);
  const Seen second = run(shuffled);
  RC_ASSERT(first.cells == second.cells);
  RC_ASSERT(first.standing == second.standing);
  RC_ASSERT(first.findings == second.findings);
}

}  // namespace cascade_calendar_test
}  // namespace jenjang
