// Shorthand of the roll-up tests.
#pragma once

#include <gtest/gtest.h>

#include "jenjang/rollup/rollup.h"

#include "tests/support/plain_plan.h"

namespace jenjang::testing {

inline PlainNode leaf(std::string code, std::string unit, std::vector<PlainFact> facts) {
  PlainNode node;
  node.code = std::move(code);
  node.unit = std::move(unit);
  node.facts = std::move(facts);
  node.spec.frequency = Granularity::month;
  return node;
}

inline PlainNode inner(std::string code, Aggregation aggregation, std::vector<PlainTie> ties,
                       MissingPolicy missing = MissingPolicy::skip) {
  PlainNode node;
  node.code = std::move(code);
  node.spec.aggregation = aggregation;
  node.spec.missing = missing;
  node.spec.frequency = Granularity::month;
  node.ties = std::move(ties);
  return node;
}

// A plan rolled up, with short access to cells and exact figures.
class Rolled {
public:
  explicit Rolled(const PlainPlan& plain, RollupOptions options = {}) : built(build(plain)) {
    result = run_rollup(built.model, built.targets, built.facts, options, sink);
    as_of_ = options.as_of;
  }
  const ResultCell& at(std::size_t node, std::string_view period, Lane lane = Lane::all) const {
    return result.at(built.node[node], *result.grid().find(*Period::parse(period)), lane);
  }
  ExactEvaluator exact(Lane lane = Lane::all) const {
    return ExactEvaluator(built.model, built.targets, built.facts, lane, as_of_);
  }
  std::optional<Rational> value(std::size_t node, std::string_view period, Lane lane = Lane::all) const {
    return exact(lane).value(built.node[node], *Period::parse(period));
  }
  std::optional<Rational> achievement(std::size_t node, std::string_view period) const {
    return exact().achievement(built.node[node], *Period::parse(period));
  }
  std::size_t count(Code code) const {
    std::size_t n = 0;
    for (const Diagnostic& d : sink.all()) n += d.code == code ? 1 : 0;
    return n;
  }

  BuiltPlan built;
  DiagnosticSink sink;
  RollupResult result;

private:
  std::optional<Date> as_of_;
};

inline std::string two(const Rational& value) {
  return round(value, {RoundingMode::half_up, 2}).to_string();
}

}  // namespace jenjang::testing
