// Coherence: hand-set composite targets against their weighted component targets.
#include "jenjang/rollup/rollup.h"

#include "engine/rollup/semantics.h"

namespace jenjang {
namespace {

bool set_by_hand(const TargetCell* cell) {
  return cell != nullptr && (cell->origin == TargetOrigin::stated || cell->origin == TargetOrigin::hold) &&
         cell->target.number() != nullptr;
}

}  // namespace

std::vector<CoherenceOutcome> check_coherence(const Model& model, const TargetTable& targets) {
  std::vector<CoherenceOutcome> outcomes;
  for (const CoherenceCheck& check : model.coherence) {
    const Item& item = model.item(check.parent);
    const Aggregation aggregation = rollup::aggregation_of(item);
    if (aggregation != Aggregation::weighted_mean && aggregation != Aggregation::sum) continue;
    for (const TargetCell& composite : targets.of(check.parent)) {
      if (!set_by_hand(&composite)) continue;
      CoherenceOutcome outcome;
      outcome.parent = check.parent;
      outcome.period = composite.period;
      outcome.stated = *composite.target.number();
      outcome.tolerance = check.tolerance;
      outcome.span = check.span;
      if (composite.statement < model.statements.size()) {
        outcome.document = model.statements[composite.statement].document;
        outcome.span = model.statements[composite.statement].span;
      }
      Rational weighted, weight;
      bool complete = true;
      rollup::for_each_tie_in(model, check.parent, composite.period, [&](const rollup::Tie& tie) {
        const TargetCell* component = targets.find(tie.child, composite.period);
        if (!set_by_hand(component)) {
          complete = false;
          return;
        }
        const Rational w(tie.weight);
        weighted += w * Rational(*component->target.number());
        weight += w;
        outcome.components.emplace_back(tie.child, *component->target.number());
      });
      if (!complete || outcome.components.empty()) continue;
      if (aggregation == Aggregation::weighted_mean) {
        if (weight.is_zero()) continue;
        weighted /= weight;
      }
      outcome.combined = weighted * Rational(item.spec.factor);
      const Rational stated(outcome.stated);
      outcome.passes = (outcome.combined - stated).absolute() <= Rational(check.tolerance);
      if (!stated.is_zero()) outcome.achievement = Rational(100) * outcome.combined / stated;
      outcomes.push_back(std::move(outcome));
    }
  }
  return outcomes;
}

}  // namespace jenjang
