// Gates: a predicate that also asks what units below reached.
#include <algorithm>

#include "jenjang/rollup/rollup.h"

#include "engine/rollup/semantics.h"

namespace jenjang {
namespace {

// Index of a label in a scale, best first; -1 when it has none such.
int label_index(const Scale& scale, std::string_view label) {
  if (scale.kind == Scale::Kind::grades) {
    const auto found = scale.find_grade(label);
    return found ? static_cast<int>(*found) : -1;
  }
  for (std::size_t i = 0; i < scale.bands.size(); ++i) {
    if (scale.bands[i].label == label) return static_cast<int>(i);
  }
  return -1;
}

// The scale on which a cell's band was found.
ScaleId band_scale(const MeasureSpec& spec, bool of_achievement) {
  if (of_achievement) return spec.achievement_bands;
  return spec.value_bands.valid() ? spec.value_bands : spec.grade_scale;
}

// Counts units of one group under a government by what the same item reached there.
GateOutcome::Group count_group(const Model& model, const RollupResult& result, NodeId node, SlotId slot,
                               const GateRequirement& requirement) {
  GateOutcome::Group group{requirement.group, requirement.at_least, requirement.count, 0, 0};
  const UnitId government = model.unit(node).government;
  const std::string& code = model.item(node).code;
  for (std::size_t i = 0; i < model.units.size(); ++i) {
    const UnitId unit = UnitId::from_index(i);
    if (model.units[unit].cluster != requirement.group) continue;
    if (unit != government && !model.units.is_below(unit, government)) continue;
    const auto member = model.find(code, model.units[unit].path);
    if (!member) continue;
    const ResultCell& cell = result.at(*member, slot);
    if (cell.band < 0) continue;
    const ScaleId scale = band_scale(model.item(*member).spec, cell.band_of_achievement);
    if (!scale.valid()) continue;
    ++group.reported;
    const int wanted = label_index(model.scale(scale), requirement.at_least);
    if (wanted >= 0 && cell.band <= wanted) ++group.reached;
  }
  return group;
}

}  // namespace

GateOutcome check_gate(const Model& model, const RollupResult& result, NodeId node, SlotId slot,
                       std::string_view label) {
  GateOutcome outcome;
  const MeasureSpec& spec = model.item(node).spec;
  const ScaleId scale = band_scale(
      spec, result.at(node, slot).band_of_achievement || (!spec.value_bands.valid() && !spec.grade_scale.valid()));
  if (!scale.valid()) return outcome;
  const auto gates = model.gates.find(scale.value());
  if (gates == model.gates.end()) return outcome;
  const auto gate = std::find_if(gates->second.begin(), gates->second.end(),
                                 [label](const Gate& candidate) { return candidate.label == label; });
  if (gate == gates->second.end()) return outcome;
  if (gate->government_only && !model.unit(node).is_government) return outcome;
  outcome.gate = &*gate;
  bool failed = false, open = false;
  for (const GateRequirement& requirement : gate->requirements) {
    outcome.groups.push_back(count_group(model, result, node, slot, requirement));
    const GateOutcome::Group& group = outcome.groups.back();
    if (group.reached >= group.needed) continue;
    // Fewer reports than the gate asks for say nothing yet; enough reports and too few good ones do.
    (group.reported < group.needed ? open : failed) = true;
  }
  outcome.verdict = failed ? GateVerdict::failed : open ? GateVerdict::undecided : GateVerdict::met;
  return outcome;
}

}  // namespace jenjang
