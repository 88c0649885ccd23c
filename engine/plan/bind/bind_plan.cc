#include <array>

#include "engine/plan/bind/bind_steps.h"

namespace jenjang {
namespace {

constexpr std::array kSteps{bind_units,      bind_organisation, bind_documents,   bind_goals,        bind_measures,
                            bind_worksheets, bind_budgets,      bind_aggregation, bind_measure_ties, bind_classes,
                            bind_ratios,     bind_packs,        bind_goal_ties,   bind_crosscuts,    bind_national,
                            bind_two_way,    bind_drivers,      bind_statements,  bind_holdings,     check_weights};

}  // namespace

std::optional<Model> bind_plan(const ParsedPlan& plan, const PackLibrary& packs, SourceMap& sources,
                               DiagnosticSink& sink, const Watch* watch) {
  BindContext bind(plan, packs, sources, sink);
  bind.watch = watch;
  for (std::size_t i = 0; i < kSteps.size(); ++i) {
    look(watch, Stage::model, i, kSteps.size() + 1);
    kSteps[i](bind);
  }
  look(watch, Stage::model, kSteps.size(), kSteps.size() + 1);
  return finish_model(bind);
}

}  // namespace jenjang
