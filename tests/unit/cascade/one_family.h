// One family under one parent, run through run_cascade: the shape of most reference vectors.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "jenjang/cascade/cascade.h"

#include "tests/unit/cascade/model_fixture.h"

namespace jenjang::testing {

struct OneFamily {
  Aggregation aggregation = Aggregation::sum;
  std::string target;
  std::size_t children = 0;
  CascadeRule rule;
  std::vector<std::string> drivers = {};
  std::vector<std::string> weights = {};
  std::vector<std::string> baselines = {};
  std::vector<std::string> denominators = {};
  std::vector<std::string> holds = {};  // by child; empty text: free
  Polarity polarity = Polarity::higher;
  std::string factor = "1";
  std::string step = "";
  std::vector<std::string> paths = {};  // of the children's units; default 64.01, 64.02 ...

  struct Outcome {
    std::vector<std::string> cells;  // in the order of the children; "-" for none
    std::vector<Diagnostic> findings;
    TargetTable table;
    SourceSpan rule, parent;           // places that a refusal should name
    std::vector<SourceSpan> children;  // place of each child's hold
    [[nodiscard]] std::string arg(std::string_view name) const {
      for (const DiagnosticArg& arg : findings.at(0).args) {
        if (arg.name == name) {
          return arg.value;
        }
      }
      return "?";
    }
  };

  [[nodiscard]] Outcome run() const {
    ModelFixture fixture;
    MeasureSpec spec;
    spec.aggregation = aggregation;
    spec.polarity = polarity;
    spec.factor = dec(factor);
    if (!step.empty()) {
      spec.step = dec(step);
    }
    const ItemId item = fixture.item("IND", spec);
    const VertexId parent = fixture.node(item, fixture.unit("64"));
    ModelFixture::FamilySpec family;
    family.parent = parent;
    family.rule = rule;
    fixture.state(parent, Period::year(2026), Target::parse(target).value());
    for (std::size_t i = 0; i < children; ++i) {
      const std::string number = std::to_string(i + 1);
      const std::string path = paths.empty() ? "64." + std::string(number.size() < 2 ? "0" : "") + number : paths[i];
      const VertexId child = fixture.node(item, fixture.unit(path));
      family.children.push_back(child);
      if (aggregation != Aggregation::leaf) {
        fixture.formula(parent, child, weights.empty() ? Decimal(1) : dec(weights[i]));
      }
      if (!drivers.empty()) {
        family.drivers.push_back(dec(drivers[i]));
      }
      if (!baselines.empty() && !baselines[i].empty()) {
        fixture.baseline(child, 2025, dec(baselines[i]));
      }
      if (!denominators.empty() && !denominators[i].empty()) {
        family.denominators.push_back({static_cast<std::uint32_t>(i), 2026, dec(denominators[i]), {}, false});
      }
      if (!holds.empty() && !holds[i].empty()) {
        fixture.state(child, Period::year(2026), dec(holds[i]), true);
      }
    }
    fixture.family(family);
    const Model& model = fixture.build();
    DiagnosticSink sink;
    Outcome outcome;
    outcome.table = run_cascade(model, sink);
    outcome.findings = sink.all();
    outcome.rule = model.families[0].rule.span;
    outcome.parent = model.statements_of(fixture.at(parent))[0].span;
    for (const VertexId child : family.children) {
      const TargetCell* cell = outcome.table.find(fixture.at(child), Period::year(2026));
      outcome.cells.push_back(cell == nullptr ? "-" : cell->target.to_string());
      const auto statements = model.statements_of(fixture.at(child));
      outcome.children.push_back(statements.empty() ? SourceSpan{} : statements[0].span);
    }
    return outcome;
  }
};

using Cells = std::vector<std::string>;

}  // namespace jenjang::testing
