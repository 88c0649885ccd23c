// Gates in the way of a predicate: what the units of each group reached.
#include <algorithm>

#include "jenjang/assess/reach_sheet.h"

namespace jenjang {
namespace {

// Index of the lowest predicate on that scale among a unit's measures; -1 when none is reported.
int lowest_band(const Model& model, const RollupResult& result, const std::vector<NodeId>& measures, UnitId unit,
                SlotId slot) {
  int lowest = -1;
  for (const NodeId node : measures) {
    if (model.node_unit[node.index()] != unit) continue;
    const ResultCell& cell = result.at(node, slot);
    if (!cell.band_of_achievement) lowest = std::max(lowest, static_cast<int>(cell.band));
  }
  return lowest;
}

}  // namespace

std::vector<ReachGate> reach_gates(const Pack& pack, const PackTemplate& tmpl, std::string_view label,
                                   const Model& model, const RollupResult& result, UnitId unit, Period period) {
  std::vector<ReachGate> found;
  const Scale* scale = pack.scale(tmpl.nodes.front().scale);
  if (scale == nullptr) return found;
  const std::optional<SlotId> slot = result.grid().find(period);
  std::vector<NodeId> measures;
  for (std::size_t n = 0; n < model.node_count(); ++n) {
    const auto node = NodeId::from_index(n);
    const ScaleId bands = model.item(node).spec.value_bands;
    if (bands.valid() && model.scale(bands).id == scale->id) measures.push_back(node);
  }
  const auto rank_of = [&](std::string_view wanted) {
    const auto band = std::ranges::find(scale->bands, wanted, &Band::label);
    return band == scale->bands.end() ? -1 : static_cast<int>(band - scale->bands.begin());
  };
  const UnitId government = model.units[unit].government;
  for (const PackGate& gate : pack.gates) {
    if (gate.label != label || gate.scale != tmpl.nodes.front().scale) continue;
    if (gate.government_only && !model.units[unit].is_government) continue;
    ReachGate shown;
    shown.gate = &gate;
    bool failed = false, open = false;
    for (const PackGate::Requirement& wanted : gate.requirements) {
      ReachGate::Group group{wanted.group, wanted.at_least, wanted.count, 0, 0, {}};
      const int least = rank_of(wanted.at_least);
      for (std::size_t u = 0; u < model.units.size(); ++u) {
        const UnitId member = UnitId::from_index(u);
        if (model.units[member].cluster != wanted.group) continue;
        if (member != government && !model.units.is_below(member, government)) continue;
        const int band = slot ? lowest_band(model, result, measures, member, *slot) : -1;
        ReachGate::Member one{model.units[member].path, {}, band >= 0 && least >= 0 && band <= least};
        if (band >= 0) one.label = scale->bands[static_cast<std::size_t>(band)].label;
        group.reported += band >= 0 ? 1 : 0;
        group.reached += one.reached ? 1 : 0;
        group.members.push_back(std::move(one));
      }
      // As in check_gate: fewer reports than the gate asks for say nothing yet; enough reports and too few good ones
      // do.
      if (group.reached < group.needed) (group.reported < group.needed ? open : failed) = true;
      shown.groups.push_back(std::move(group));
    }
    shown.verdict = failed ? GateVerdict::failed : open ? GateVerdict::undecided : GateVerdict::met;
    found.push_back(std::move(shown));
  }
  return found;
}

}  // namespace jenjang
