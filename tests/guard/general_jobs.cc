// The general engine over a model in memory: cascade, roll-up, and the way into columns.
#include <memory>

#include "jenjang/bulk/from_model.h"
#include "jenjang/cascade/cascade.h"
#include "jenjang/rollup/rollup.h"
#include "jenjang/synthetic/province.h"

#include "jobs.h"

namespace jenjang::guard {
namespace {

Model province(std::uint32_t staff) {
  ProvinceSpec spec;
  spec.staff = staff;
  return make_province(spec.fitted());
}

struct Province {
  Model model;
  TargetTable targets;
  Facts facts;
  DiagnosticSink sink;
  RollupResult result;
  bulk::FlatOutcome flat;
};

std::shared_ptr<Province> with_facts(std::uint32_t staff) {
  const auto made = std::make_shared<Province>();
  made->model = province(staff);
  made->targets = run_cascade(made->model, made->sink);
  made->facts = facts_from_targets(made->model, made->targets);
  return made;
}

Prepared cascade_down(std::uint32_t staff) {
  const auto made = std::make_shared<Province>();
  made->model = province(staff);
  return {made->model.node_count(), [made] {
            made->targets = run_cascade(made->model, made->sink);
            // Every node has a year and twelve months.
            return made->targets.cells.size() == made->model.node_count() * 13;
          }};
}

Prepared roll_up_general(std::uint32_t staff) {
  const auto made = with_facts(staff);
  return {made->model.node_count(), [made] {
            made->result = run_rollup(made->model, made->targets, made->facts, {}, made->sink);
            return !made->facts.facts.empty() && made->result.grid().size() > 0;
          }};
}

Prepared flatten_general(std::uint32_t staff) {
  const auto made = with_facts(staff);
  return {made->model.node_count(), [made] {
            made->flat = bulk::flatten_model(made->model, made->targets, made->facts, {}, ProvinceSpec{}.year);
            return std::holds_alternative<bulk::FlatModel>(made->flat);
          }};
}

}  // namespace

std::vector<Job> general_jobs() {
  return {{"cascade", "nodes", 1'000, 2.3, cascade_down},
          {"roll-up", "nodes", 1'000, 2.3, roll_up_general},
          {"flatten", "nodes", 1'000, 2.3, flatten_general}};
}

}  // namespace jenjang::guard
