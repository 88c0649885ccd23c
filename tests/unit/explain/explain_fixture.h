// A model with facts, cascaded and rolled up, for tests of explanations and reports.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "jenjang/cascade/cascade.h"
#include "jenjang/explain/explanation.h"
#include "jenjang/rollup/rollup.h"

#include "tests/unit/cascade/model_fixture.h"

namespace jenjang::testing {

class ExplainFixture : public ModelFixture {
public:
  Observation& fact(const std::string& code, const std::string& unit, std::string_view period,
                    std::string_view figure) {
    Observation row;
    row.code = code;
    row.unit = unit;
    row.period = *Period::parse(period);
    if (const auto number = Decimal::parse(figure)) {
      row.number = *number;
    } else {
      row.grade = figure;
    }
    const SourceSpan span = place();
    row.places = RowPlaces(span, span, span, span);
    facts_.push_back(std::move(row));
    return facts_.back();
  }

  void evaluate() {
    const Model& built = build();
    targets_ = run_cascade(built, sink);
    bound_ = bind_observations(built, facts_, sink);
    result_ = run_rollup(built, targets_, bound_, {}, sink);
  }

  ExplainContext context() { return {model(), targets_, bound_, result_}; }
  std::optional<ExplanationNode> tree(VertexId vertex, std::string_view period, ExplainWhat what,
                                      ExplainOptions options = {}) {
    return explain(context(), at(vertex), *Period::parse(period), what, options);
  }

  DiagnosticSink sink;

private:
  std::vector<Observation> facts_;
  TargetTable targets_;
  Facts bound_;
  RollupResult result_;
};

// "27/4" or "6.75".
inline Rational exact_of(const std::string& text) {
  const std::size_t bar = text.find('/');
  if (bar == std::string::npos) return Rational(dec(text));
  return Rational(dec(text.substr(0, bar))) / Rational(dec(text.substr(bar + 1)));
}

inline Rational contributions(const ExplanationNode& tree) {
  Rational sum;
  for (const ExplanationNode& input : tree.inputs) {
    if (!input.contribution.empty()) sum += exact_of(input.contribution);
  }
  return sum;
}

inline bool has_note(const ExplanationNode& tree, const std::string& part) {
  for (const std::string& note : tree.notes) {
    if (note.find(part) != std::string::npos) return true;
  }
  return false;
}

inline MeasureSpec measure_spec(Aggregation aggregation = Aggregation::leaf,
                                Accumulation accumulation = Accumulation::position) {
  MeasureSpec spec;
  spec.polarity = Polarity::higher;
  spec.aggregation = aggregation;
  spec.accumulation = accumulation;
  spec.unit_name = "indeks";
  spec.achievement.formula = AchievementFormula::h1;
  return spec;
}

}  // namespace jenjang::testing
