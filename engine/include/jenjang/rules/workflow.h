// Workflow (alur): the states that a reported figure or grade passes, who may move it, and which states count.
//
// Data of a pack: `alur:`. A state is valid (`sah: ya`), void (`gugur: ya`: as if never reported) or waiting. States
// are ranked by their order of declaration, so "at least divalidasi_provinsi" has a meaning.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "jenjang/base/source_map.h"

namespace jenjang {

class PackLibrary;

// How a state counts: not yet, in the validated lane, or not at all.
enum class StateKind : std::uint8_t { waiting, valid, void_ };

struct WorkflowState {
  std::string code;  // divalidasi_pusat
  std::string title;
  bool valid = false, void_state = false;
  bool final = false;  // nothing leaves it
  std::string article;
  bool unverified = false;
  SourceSpan span;
};
struct WorkflowStep {
  std::string from, to;            // `from` empty: how a figure enters
  std::vector<std::string> roles;  // who may; empty: anybody
  bool needs_reason = false;       // wajib_alasan
  bool needs_evidence = false;     // wajib_bukti
  std::string article;
  bool unverified = false;
  SourceSpan span;
};
struct Workflow {
  std::string id;  // inside the pack; named "PACK/ID" elsewhere
  std::string pack, title, article;
  bool unverified = false;
  std::vector<WorkflowState> states;
  std::vector<WorkflowStep> steps;
  SourceSpan span;

  [[nodiscard]] const WorkflowState* find(std::string_view code) const;
  [[nodiscard]] std::optional<std::size_t> rank(std::string_view code) const;
  // nullptr when nobody may go that way.
  [[nodiscard]] const WorkflowStep* step(std::string_view from, std::string_view to) const;
  // Where one may go from a state (empty: at entry), for messages.
  [[nodiscard]] std::vector<std::string> next(std::string_view from) const;
  // In order of rank, for messages and near misses.
  [[nodiscard]] std::vector<std::string> state_codes() const;
  // "PACK/ID".
  [[nodiscard]] std::string qualified() const { return pack + "/" + id; }
};

// Whether somebody may move a figure along one step. The problems come in the order in which a person can mend them;
// the first one found is told.
enum class StepProblem : std::uint8_t {
  none,
  unknown_state,     // `to` is no state of this workflow: `choices` are its states, `near` the closest
  no_such_step,      // nothing leads from `from` to `to`: `choices` are where one may go
  role_not_allowed,  // `choices` are the roles that may
  reason_missing,    // wajib_alasan
  evidence_missing,  // wajib_bukti
};
struct StepOutcome {
  StepProblem problem = StepProblem::none;
  const WorkflowStep* step = nullptr;  // nullptr for unknown_state and no_such_step
  std::vector<std::string> choices;
  std::string near;  // of unknown_state; empty when nothing is near
  [[nodiscard]] bool allowed() const { return problem == StepProblem::none; }
};
// `from` empty: entry. A figure may enter in any state that a step without `dari` names. `from` == `to` is a
// correction inside one state: allowed to whoever may bring a figure there, unless the state is final.
StepOutcome check_step(const Workflow& workflow, std::string_view from, std::string_view to, std::string_view role,
                       bool has_reason, bool has_evidence);

// What the states of all workflows mean under one gate. The gate is a state: at least that rank is valid wherever the
// workflow has such a state; elsewhere, and without a gate, the states that say `sah: ya` are.
class StateReader {
public:
  explicit StateReader(const PackLibrary& packs, std::string gate = {}) : packs_(&packs), gate_(std::move(gate)) {}
  [[nodiscard]] const Workflow* workflow(std::string_view qualified) const;  // nullptr when there is none
  // An unknown workflow or state waits: what nobody can place is not counted as valid. bind_states reports it.
  [[nodiscard]] StateKind kind(std::string_view workflow, std::string_view status) const;
  [[nodiscard]] StateKind kind(const Workflow& workflow, const WorkflowState& state) const;
  [[nodiscard]] const std::string& gate() const { return gate_; }

private:
  const PackLibrary* packs_;
  std::string gate_;
};

}  // namespace jenjang
