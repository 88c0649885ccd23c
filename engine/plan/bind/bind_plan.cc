#include "engine/plan/bind/bind_steps.h"

namespace jenjang {

std::optional<Model> bind_plan(const ParsedPlan& plan, const PackLibrary& packs, SourceMap& sources,
                               DiagnosticSink& sink) {
  BindContext bind(plan, packs, sources, sink);
  bind_units(bind);
  bind_organisation(bind);
  bind_documents(bind);
  bind_goals(bind);
  bind_measures(bind);
  bind_worksheets(bind);
  bind_budgets(bind);
  bind_aggregation(bind);
  bind_measure_ties(bind);
  bind_classes(bind);
  bind_ratios(bind);
  bind_packs(bind);
  bind_goal_ties(bind);
  bind_crosscuts(bind);
  bind_national(bind);
  bind_two_way(bind);
  bind_drivers(bind);
  bind_statements(bind);
  bind_holdings(bind);
  check_weights(bind);
  return finish_model(bind);
}

}  // namespace jenjang
