// The round-trip law on plans of several levels: every family with a method of its own, two measures side by side,
// holds and limits, whole numbers, parts of the year. What the cascade set is rolled up by the roll-up itself, and
// gives the targets back. rapidcheck prints the seed of a failure.
#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <rapidcheck/gtest.h>

#include "jenjang/cascade/cascade.h"
#include "jenjang/rollup/rollup.h"

#include "tests/unit/cascade/model_fixture.h"

namespace jenjang {
namespace cascade_mixed_plan_test {

using testing::dec;
using testing::ModelFixture;
using testing::rule;

constexpr int kYear = 2026;

struct DrawnMeasure {
  Aggregation aggregation = Aggregation::sum;
  Accumulation accumulation = Accumulation::increments;
  Granularity frequency = Granularity::year;
  std::string target;
  std::vector<std::string> methods, drivers, baselines, weights;  // by unit
  std::map<std::size_t, std::string> holds, floors;               // by unit
};
struct DrawnPlan {
  std::vector<std::string> units;
  std::vector<std::size_t> parents;  // of units; the first has none
  std::vector<DrawnMeasure> measures;
};

std::string whole(int low, int high) {
  return std::to_string(*rc::gen::inRange(low, high));
}

DrawnMeasure draw_measure(std::size_t units) {
  DrawnMeasure measure;
  const bool sum = *rc::gen::arbitrary<bool>();
  measure.aggregation = sum ? Aggregation::sum : Aggregation::weighted_mean;
  measure.accumulation =
      sum ? *rc::gen::element(Accumulation::increments, Accumulation::cumulative)
          : *rc::gen::element(Accumulation::position, Accumulation::average, Accumulation::peak, Accumulation::release);
  measure.frequency = *rc::gen::element(Granularity::year, Granularity::quarter, Granularity::month);
  measure.target = sum ? whole(200, 5000) : whole(60, 90);
  for (std::size_t u = 0; u < units; ++u) {
    measure.methods.push_back(
        sum ? *rc::gen::element<std::string>("rata", "proporsional", "skala")
            : *rc::gen::element<std::string>("sama", "tutup-selisih", "pengangkatan", "geser", "skala", "entropi"));
    measure.drivers.push_back(whole(1, 10));
    measure.baselines.push_back(whole(20, 50));
    measure.weights.push_back(sum ? "1" : whole(1, 5));
  }
  return measure;
}

DrawnPlan draw_plan() {
  DrawnPlan plan;
  plan.units = {"64"};
  plan.parents = {0};
  std::size_t first = 0;
  for (int level = *rc::gen::inRange(2, 5); level > 0; --level) {
    const std::size_t last = plan.units.size();
    for (std::size_t above = first; above < last && plan.units.size() < 40; ++above) {
      const int children = *rc::gen::inRange(above == first ? 1 : 0, 5);
      for (int c = 0; c < children; ++c) {
        plan.units.push_back(plan.units[above] + "/" + std::to_string(c));
        plan.parents.push_back(above);
      }
    }
    first = last;
  }
  plan.measures.push_back(draw_measure(plan.units.size()));
  plan.measures.push_back(draw_measure(plan.units.size()));
  return plan;
}

// A plan as a model, cascaded.
class Cascaded {
public:
  explicit Cascaded(const DrawnPlan& plan) : plan_(plan) {
    std::vector<UnitId> units;
    for (const std::string& path : plan.units) {
      units.push_back(fixture_.unit(path));
    }
    for (std::size_t m = 0; m < plan.measures.size(); ++m) {
      add(m, units);
    }
    fixture_.build();
    targets_ = run_cascade(fixture_.model(), sink_);
  }
  [[nodiscard]] const TargetCell* cell(std::size_t measure, std::size_t unit, Period period) const {
    return targets_.find(node(measure, unit), period);
  }
  [[nodiscard]] std::optional<Rational> figure(std::size_t measure, std::size_t unit, Period period) const {
    const TargetCell* found = cell(measure, unit, period);
    return found == nullptr ? std::nullopt : std::optional(Rational(*found->target.number()));
  }
  [[nodiscard]] NodeId node(std::size_t measure, std::size_t unit) const {
    return fixture_.at(vertices_[measure][unit]);
  }
  [[nodiscard]] bool refused() const { return sink_.has_errors(); }
  [[nodiscard]] const TargetTable& targets() const { return targets_; }
  [[nodiscard]] const Model& model() { return fixture_.model(); }

private:
  void add(std::size_t m, const std::vector<UnitId>& units) {
    const DrawnMeasure& measure = plan_.measures[m];
    MeasureSpec spec;
    spec.aggregation = measure.aggregation;
    spec.accumulation = measure.accumulation;
    spec.frequency = measure.frequency;
    spec.polarity = Polarity::higher;
    spec.step = dec(measure.aggregation == Aggregation::sum ? "1" : "0.01");
    const ItemId item = fixture_.item("M" + std::to_string(m), spec);
    vertices_.emplace_back();
    for (std::size_t u = 0; u < units.size(); ++u) {
      const VertexId vertex = fixture_.node(item, units[u]);
      vertices_[m].push_back(vertex);
      fixture_.baseline(vertex, kYear - 1, dec(measure.baselines[u]));
      if (const auto hold = measure.holds.find(u); hold != measure.holds.end()) {
        fixture_.state(vertex, Period::year(kYear), dec(hold->second), true);
      }
      if (const auto floor = measure.floors.find(u); floor != measure.floors.end()) {
        fixture_.bound(vertex, Period::year(kYear), dec(floor->second), std::nullopt);
      }
      if (u > 0) {
        fixture_.formula(vertices_[m][plan_.parents[u]], vertex, dec(measure.weights[u]));
      }
    }
    fixture_.state(vertices_[m][0], Period::year(kYear), dec(measure.target));
    for (std::size_t above = 0; above < units.size(); ++above) {
      ModelFixture::FamilySpec family;
      family.parent = vertices_[m][above];
      const std::string& method = measure.methods[above];
      family.rule = method == "tutup-selisih" ? rule(method, {{"batas_depan", "100"}}) : rule(method);
      for (std::size_t u = 1; u < units.size(); ++u) {
        if (plan_.parents[u] == above) {
          family.children.push_back(vertices_[m][u]);
          if (method == "proporsional") {
            family.drivers.push_back(dec(measure.drivers[u]));
          }
        }
      }
      if (!family.children.empty()) {
        fixture_.family(std::move(family));
      }
    }
  }

  const DrawnPlan& plan_;
  ModelFixture fixture_;
  std::vector<std::vector<VertexId>> vertices_;
  TargetTable targets_;
  DiagnosticSink sink_;
};

// Holds and floors near what the free cascade gave, so that most plans still stand.
void disturb(DrawnPlan& plan, const Cascaded& free) {
  for (std::size_t m = 0; m < plan.measures.size(); ++m) {
    for (std::size_t u = 1; u < plan.units.size(); ++u) {
      const std::optional<Rational> figure = free.figure(m, u, Period::year(kYear));
      if (!figure) {
        continue;
      }
      const std::string near = round(*figure, {RoundingMode::half_up, 0}).to_string();
      const int kind = *rc::gen::inRange(0, 10);
      if (kind == 8) {
        plan.measures[m].holds[u] = near;
      } else if (kind == 9) {
        plan.measures[m].floors[u] = near;
      }
    }
  }
}

// Depth of the tree below a unit: figures of means are printed at every level, so the roll-up of printed figures may
// stray by half a unit of the last place a level.
std::size_t depth_below(const DrawnPlan& plan, std::size_t unit) {
  std::size_t depth = 0;
  for (std::size_t u = 1; u < plan.units.size(); ++u) {
    if (plan.parents[u] == unit && u != unit) {
      depth = std::max(depth, depth_below(plan, u) + 1);
    }
  }
  return depth;
}

RC_GTEST_PROP(CascadeMixedPlan, TheRollUpGivesTheTargetsBack, ()) {
  DrawnPlan plan = draw_plan();
  {
    const Cascaded free(plan);
    disturb(plan, free);
  }
  Cascaded cascaded(plan);
  RC_CLASSIFY(!cascaded.refused(), "stands");
  for (std::size_t m = 0; m < plan.measures.size(); ++m) {
    for (const auto& [unit, hold] : plan.measures[m].holds) {
      RC_ASSERT(cascaded.figure(m, unit, Period::year(kYear)) == Rational(dec(hold)));
    }
    for (const auto& [unit, floor] : plan.measures[m].floors) {
      const std::optional<Rational> figure = cascaded.figure(m, unit, Period::year(kYear));
      RC_ASSERT(!figure || *figure >= Rational(dec(floor)));
    }
  }
  if (cascaded.refused()) {
    return;
  }
  const Model& model = cascaded.model();
  DiagnosticSink sink;
  const Facts facts = facts_from_targets(model, cascaded.targets());
  ExactEvaluator evaluator(model, cascaded.targets(), facts, Lane::all);
  for (std::size_t m = 0; m < plan.measures.size(); ++m) {
    const DrawnMeasure& measure = plan.measures[m];
    const bool sum = measure.aggregation == Aggregation::sum;
    for (std::size_t u = 0; u < plan.units.size(); ++u) {
      std::vector<Period> periods{Period::year(kYear)};
      if (sum && measure.frequency != Granularity::year) {
        for (const Period part : Period::year(kYear).split(measure.frequency)) {
          periods.push_back(part);
        }
      }
      for (const Period period : periods) {
        const std::optional<Rational> wanted = cascaded.figure(m, u, period);
        const std::optional<Rational> rolled = evaluator.value(cascaded.node(m, u), period);
        RC_ASSERT(wanted.has_value());
        RC_ASSERT(rolled.has_value());
        if (sum) {
          RC_ASSERT(*rolled == *wanted);
        } else {
          const Rational allowed(static_cast<std::int64_t>(depth_below(plan, u)), 200);
          RC_ASSERT((*rolled - *wanted).absolute() <= allowed);
        }
      }
    }
  }
}

}  // namespace cascade_mixed_plan_test
}  // namespace jenjang
