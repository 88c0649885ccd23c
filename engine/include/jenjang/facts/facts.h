// Facts: observations bound to the nodes of a Model.
//
// Between intake (rows as written) and the engines. An observation is transit: later a journal gives
// the same list. Grades become ranks here, region codes become units, validity is checked.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "jenjang/base/diagnostic.h"
#include "jenjang/base/watch.h"
#include "jenjang/graph/model.h"
#include "jenjang/measure/observation.h"
#include "jenjang/rules/workflow.h"

namespace jenjang {

enum class Lane : std::uint8_t { all, validated };  // semua, tervalidasi
std::string_view to_string(Lane lane);

// Observations bound to nodes, sorted by (node, period, place). The list is the truth; columns
// are made from it.
struct Fact {
  NodeId node;
  std::uint32_t observation = 0;  // index into Facts::observations
  double value = 0;               // number; for a grade its points, or its rank when the scale gives none
};
// Observations stay as written, with three resolved things: `number` of a grade holds its points
// (or rank), so that the exact side reads one field; a label that means "not assessed" makes the
// state `not_applicable`; a figure of an older definition makes it `redefined`.
struct Facts {
  std::vector<Observation> observations;
  std::vector<Fact> facts;
  std::vector<std::uint32_t> fact_begin;  // by node: facts[fact_begin[n] .. fact_begin[n+1])
  std::size_t joined_by_bps = 0, joined_by_kemendagri = 0, rejected = 0;
  // Lists of single nodes that stand instead of those in `facts`: what changed since they were bound. Each is
  // sorted like theirs. Empty after bind_observations.
  std::unordered_map<std::uint32_t, std::vector<Fact>> revised;
  [[nodiscard]] std::span<const Fact> of(NodeId node) const;
  [[nodiscard]] const Observation& observation(const Fact& fact) const { return observations[fact.observation]; }
};
// States of rows under a workflow, before they are bound. `validated` follows from the state and the gate; a row in a
// void state leaves the list (J3071), one in no state of its workflow too (J3070, with near miss), one without a status
// waits (J3072). The workflow is the row's own, else that of its indicator; two different ones refuse the row (J3074).
void bind_states(const Model& model, const StateReader& states, std::vector<Observation>& observations,
                 DiagnosticSink& sink);
// Under a workflow, a valid and a waiting row about one cell do not contradict each other: the waiting one is the
// claim that stands in lane `semua`, the valid one is its Observation::verified.
// J17xx: unknown address (near misses), BPS code unknown, two rows for one cell with different
// figures (neither is used; equal rows are kept once), grade not on the scale, grade where a number
// is due, period finer than the frequency, definition version that does not fit the period.
// O(rows log rows); a near miss is searched once per distinct unknown word.
Facts bind_observations(const Model& model, std::vector<Observation> observations, DiagnosticSink& sink,
                        const Watch* watch = nullptr);

}  // namespace jenjang
