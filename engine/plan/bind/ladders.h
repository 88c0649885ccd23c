// Cascade ladders: nodes, formula edges and families, rung by rung.
#pragma once

#include <map>
#include <vector>

#include "engine/plan/bind/bind_context.h"

namespace jenjang {

class LadderBinder {
public:
  explicit LadderBinder(BindContext& bind) : bind_(bind) {}
  // Expands the ladder of an entry whose vertex stands.
  void expand(const MeasureEntry& entry);

private:
  std::vector<VertexId> expand_rung(const MeasureEntry& entry, const PlanRung& rung,
                                    const std::vector<VertexId>& starts);
  // The child node at a unit; nullopt when it already has a parent that gives it targets, or stands
  // for something else.
  std::optional<VertexId> child_at(const PlanRung& rung, VertexId start, UnitId unit);

  // The rung that a vertex was noted under before; nullptr, and this one is noted, where there was none.
  const PlanRung* note(std::vector<const PlanRung*>& rungs, VertexId vertex, const PlanRung& rung) const;

  // Limits of children, stated at the rung; a unit is named once, below whichever start reaches it.
  void add_bounds(const MeasureEntry& entry, const PlanRung& rung, const std::vector<VertexId>& starts,
                  const std::vector<VertexId>& made);

  BindContext& bind_;
  // Where each child got its targets from: a measure has one owner.
  std::vector<const PlanRung*> child_rung_, parent_rung_;  // by VertexId; nullptr: none yet
};

// The rule, drivers, shares and planned denominators of one family; nullopt when a driver or a share
// is missing (reported), for a family without its drivers would be a guess.
std::optional<DraftFamily> make_family(BindContext& bind, const MeasureEntry& entry, const PlanRung& rung,
                                       VertexId parent, std::vector<VertexId> children, ExpiredPolicy on_expired);
// What a child whose own plan has ended shows: as the rung says, else as its calendar does. A policy that the
// calendar forbids, or an unknown calendar, is reported.
ExpiredPolicy expired_policy(BindContext& bind, const PlanRung& rung);
// The weight of a child in the mean of its parent by `agregasi.bobot`; nullopt when it is missing
// (reported).
struct EdgeWeight {
  Decimal value{1};
  bool illustrative = false;
  const std::vector<PlanYearWeight>* years = nullptr;
  SourceSpan span{};  // where it is written
};
std::optional<EdgeWeight> edge_weight(BindContext& bind, const MeasureEntry& entry, VertexId child);

}  // namespace jenjang
