// Trees of one measure with floors, caps and holds, run through run_cascade, and the ways out of a refusal applied.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "jenjang/cascade/cascade.h"

#include "tests/unit/cascade/model_fixture.h"

namespace jenjang::testing {

// A node of a tree that is declared anew for every run, so that a change can be tried.
struct LimitNode {
  std::string path;
  int parent = -1;  // place in the tree; the root has none
  std::string weight = "1";
  std::string target = {};  // of the root, or a hold below
  std::string least = {}, most = {};
  std::string baseline = {}, denominator = {}, driver = {};
  Grounds grounds = {};        // of the target
  Grounds bound_grounds = {};  // of least and most
};

struct LimitTree {
  Aggregation aggregation = Aggregation::sum;
  std::vector<LimitNode> nodes = {};
  CascadeRule rule = {};
  std::string step = {};
  std::string factor = "1";
  Polarity polarity = Polarity::higher;
  Accumulation accumulation = Accumulation::release;  // not spread: the year alone is looked at
  std::string unit_name = {};
  std::optional<Date> as_of = {};

  struct Outcome {
    std::vector<std::string> cells;  // by node; "-" for none
    std::vector<Diagnostic> findings;
    TargetTable table;
    [[nodiscard]] std::string arg(std::string_view name, std::size_t finding = 0) const {
      for (const DiagnosticArg& arg : findings.at(finding).args) {
        if (arg.name == name) {
          return arg.value;
        }
      }
      return "?";
    }
  };

  static Period year() { return Period::year(2026); }

  // The model in `fixture`; returns the vertices by node.
  std::vector<VertexId> build(ModelFixture& fixture) const {
    MeasureSpec spec;
    spec.aggregation = aggregation;
    spec.polarity = polarity;
    spec.accumulation = accumulation;
    spec.factor = dec(factor);
    spec.unit_name = unit_name;
    if (!step.empty()) {
      spec.step = dec(step);
    }
    const ItemId item = fixture.item("IND", spec);
    std::vector<VertexId> vertices;
    std::map<int, ModelFixture::FamilySpec> families;
    for (std::size_t n = 0; n < nodes.size(); ++n) {
      const LimitNode& node = nodes[n];
      const VertexId vertex = fixture.node(item, fixture.unit(node.path));
      vertices.push_back(vertex);
      if (node.parent >= 0) {
        const VertexId parent = vertices[static_cast<std::size_t>(node.parent)];
        ModelFixture::FamilySpec& family = families[node.parent];
        family.parent = parent;
        family.rule = rule;
        if (!node.denominator.empty()) {
          family.denominators.push_back(
              {static_cast<std::uint32_t>(family.children.size()), 2026, dec(node.denominator), {}, false});
        }
        family.children.push_back(vertex);
        if (!node.driver.empty()) {
          family.drivers.push_back(dec(node.driver));
        }
        fixture.formula(parent, vertex, dec(node.weight));
      }
      if (!node.target.empty()) {
        fixture.state(vertex, year(), dec(node.target), node.parent >= 0);
        fixture.ground(vertex, node.grounds);
      }
      if (!node.least.empty() || !node.most.empty()) {
        fixture.bound(vertex, year(), node.least.empty() ? std::nullopt : std::optional(dec(node.least)),
                      node.most.empty() ? std::nullopt : std::optional(dec(node.most)), node.bound_grounds);
      }
      if (!node.baseline.empty()) {
        fixture.baseline(vertex, 2025, dec(node.baseline));
      }
    }
    for (auto& [parent, family] : families) {
      fixture.family(std::move(family));
    }
    fixture.build();
    return vertices;
  }

  [[nodiscard]] Outcome run() const {
    ModelFixture fixture;
    const std::vector<VertexId> vertices = build(fixture);
    DiagnosticSink sink;
    CascadeOptions options;
    options.as_of = as_of;
    Outcome outcome;
    outcome.table = run_cascade(fixture.model(), sink, options);
    outcome.findings = sink.all();
    for (const VertexId vertex : vertices) {
      const TargetCell* cell = outcome.table.find(fixture.at(vertex), year());
      outcome.cells.push_back(cell == nullptr ? "-" : cell->target.to_string());
    }
    return outcome;
  }

  // One way out as the message writes it: "IND@64/a:2026 >= 30".
  void apply(const std::string& way) {
    const std::size_t at = way.find('@');
    const std::size_t colon = way.find(':', at);
    const std::size_t sign = way.find_first_of("<>=", colon);
    const std::string path = way.substr(at + 1, colon - at - 1);
    const std::string value = way.substr(way.rfind(' ') + 1);
    for (LimitNode& node : nodes) {
      if (node.path == path) {
        (way[sign] == '=' ? node.target : way[sign] == '>' ? node.least : node.most) = value;
      }
    }
  }
  static std::vector<std::string> ways(const std::string& text) {
    std::vector<std::string> out;
    for (std::size_t begin = 0; text != "-" && begin < text.size();) {
      const std::size_t end = std::min(text.find("; ", begin), text.size());
      out.push_back(text.substr(begin, end - begin));
      begin = end + 2;
    }
    return out;
  }
};

using Cells = std::vector<std::string>;

}  // namespace jenjang::testing
