#include "engine/bulk/ways_down.h"

namespace jenjang::bulk {

std::vector<WayRule> way_rules(const FlatPlan& plan) {
  std::vector<WayRule> rules;
  for (const MeasureClass& measure : plan.classes) {
    WayRule rule;
    rule.aggregation = measure.aggregation;
    rule.missing = measure.missing;
    rule.carries_achievement = measure.carry == Carry::achievement;
    rule.linear = measure.aggregation == Aggregation::sum || measure.aggregation == Aggregation::weighted_mean ||
                  measure.aggregation == Aggregation::ratio;
    rule.quotient = !measure.goal && measure.achievement.formula == AchievementFormula::h1;
    rule.factor = measure.factor.to_double();
    rule.weight_unit = Decimal::from_parts(1, measure.weight_places).to_double();
    rules.push_back(rule);
  }
  return rules;
}

}  // namespace jenjang::bulk
