#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "jenjang/synthetic/province.h"

#include "bench/incremental.h"

namespace jenjang::incremental {

void fail(const char* what) {
  std::fprintf(stderr, "%s\n", what);
  std::abort();
}

Model make_model(const benchmark::State& state) {
  ProvinceSpec spec;
  spec.staff = static_cast<std::uint32_t>(state.range(0));
  spec.fields = static_cast<std::uint32_t>(state.range(1));
  spec.sections = static_cast<std::uint32_t>(state.range(2));
  spec.year = kYear;
  return make_province(spec);
}

Facts make_facts(const Model& model, std::vector<NodeId>& staff, unsigned not_validated) {
  Facts facts;
  bench::Random random{kSeed}, validation{kSeed};
  const std::size_t nodes = model.node_count();
  std::size_t leaves = 0;
  for (std::size_t i = 0; i < nodes; ++i) {
    if (model.graph.children(NodeId::from_index(i)).empty()) ++leaves;
  }
  // Reserved, or growing would hold the list twice: 128 bytes an observation.
  facts.facts.reserve(leaves * kMonths);
  facts.observations.reserve(leaves * kMonths);
  facts.fact_begin.reserve(nodes + 1);
  facts.fact_begin.push_back(0);
  for (std::size_t i = 0; i < nodes; ++i) {
    const NodeId node = NodeId::from_index(i);
    if (model.graph.children(node).empty()) {
      staff.push_back(node);
      for (int month = 1; month <= kMonths; ++month) {
        Observation observation;
        observation.period = Period(kYear, Granularity::month, month);
        observation.number = Decimal(1 + random.below(99));
        observation.validated = validation.below(100) >= not_validated;
        facts.facts.push_back(
            {node, static_cast<std::uint32_t>(facts.observations.size()), observation.number.to_double()});
        facts.observations.push_back(std::move(observation));
      }
    }
    facts.fact_begin.push_back(static_cast<std::uint32_t>(facts.facts.size()));
  }
  return facts;
}

TargetTable make_targets(const Model& model) {
  TargetTable targets;
  std::vector<Period> periods{Period::year(kYear)};
  for (const Granularity g : {Granularity::semester, Granularity::quarter, Granularity::month}) {
    for (const Period part : Period::year(kYear).split(g)) periods.push_back(part);
  }
  targets.cells.reserve(model.node_count() * periods.size());
  for (std::size_t i = 0; i < model.node_count(); ++i) {
    for (const Period period : periods) {
      TargetCell cell;
      cell.node = NodeId::from_index(i);
      cell.period = period;
      cell.target = Decimal(50 * (period.last_month() - period.first_month() + 1));
      targets.cells.push_back(std::move(cell));
    }
  }
  return targets;
}

std::vector<Entry> entry_of(const Model& model, NodeId node, const Observation& observation, std::int64_t second) {
  std::vector<Entry> entries(1);
  Entry& entry = entries.front();
  entry.recorded.seconds = second;
  entry.actor = "operator";
  entry.figure = observation;
  entry.figure.code = model.item(node).code;
  entry.figure.unit = model.unit(node).path;
  return entries;
}

Kept& kept() {
  static Kept one;
  return one;
}

void Times::report(benchmark::State& state) {
  if (all_.empty()) return;
  std::sort(all_.begin(), all_.end());
  state.counters["median_us"] = 1e6 * all_[all_.size() / 2];
  state.counters["p99_us"] = 1e6 * all_[all_.size() * 99 / 100];
}

}  // namespace jenjang::incremental
