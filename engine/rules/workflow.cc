#include "jenjang/rules/workflow.h"

#include <algorithm>

#include "jenjang/base/text.h"
#include "jenjang/rules/pack.h"

namespace jenjang {

const WorkflowState* Workflow::find(std::string_view code) const {
  const auto place = rank(code);
  return place ? &states[*place] : nullptr;
}

std::optional<std::size_t> Workflow::rank(std::string_view code) const {
  const auto found = std::find_if(states.begin(), states.end(), [&](const auto& state) { return state.code == code; });
  if (found == states.end()) return std::nullopt;
  return static_cast<std::size_t>(found - states.begin());
}

const WorkflowStep* Workflow::step(std::string_view from, std::string_view to) const {
  const auto found =
      std::find_if(steps.begin(), steps.end(), [&](const auto& one) { return one.from == from && one.to == to; });
  return found == steps.end() ? nullptr : &*found;
}

std::vector<std::string> Workflow::next(std::string_view from) const {
  std::vector<std::string> codes;
  for (const WorkflowStep& one : steps) {
    if (one.from == from) codes.push_back(one.to);
  }
  return codes;
}

std::vector<std::string> Workflow::state_codes() const {
  return texts_of(states, &WorkflowState::code);
}

namespace {

bool may_take(const WorkflowStep& step, std::string_view role) {
  return step.roles.empty() || std::find(step.roles.begin(), step.roles.end(), role) != step.roles.end();
}

StepOutcome judge(const WorkflowStep& step, std::string_view role, bool has_reason, bool has_evidence) {
  StepOutcome outcome;
  outcome.step = &step;
  if (!may_take(step, role)) {
    outcome.problem = StepProblem::role_not_allowed;
    outcome.choices = step.roles;
  } else if (step.needs_reason && !has_reason) {
    outcome.problem = StepProblem::reason_missing;
  } else if (step.needs_evidence && !has_evidence) {
    outcome.problem = StepProblem::evidence_missing;
  }
  return outcome;
}

// A figure corrected where it stands: any of the ways that lead there will do. When none does, the one that came
// furthest is told, and of roles all that may.
StepOutcome judge_correction(const Workflow& workflow, std::string_view at, std::string_view role, bool has_reason,
                             bool has_evidence) {
  StepOutcome best;
  best.problem = StepProblem::no_such_step;
  std::vector<std::string> roles;
  for (const WorkflowStep& step : workflow.steps) {
    if (step.to != at) continue;
    StepOutcome outcome = judge(step, role, has_reason, has_evidence);
    if (outcome.allowed()) return outcome;
    for (const std::string& one : outcome.choices) {
      if (std::find(roles.begin(), roles.end(), one) == roles.end()) roles.push_back(one);
    }
    const bool further = best.step == nullptr || outcome.problem > best.problem;
    if (further) best = std::move(outcome);
  }
  if (best.problem == StepProblem::role_not_allowed) best.choices = std::move(roles);
  return best;
}

}  // namespace

StepOutcome check_step(const Workflow& workflow, std::string_view from, std::string_view to, std::string_view role,
                       bool has_reason, bool has_evidence) {
  StepOutcome outcome;
  if (workflow.find(to) == nullptr) {
    outcome.problem = StepProblem::unknown_state;
    outcome.choices = workflow.state_codes();
    outcome.near = nearest(to, outcome.choices).value_or("");
    return outcome;
  }
  if (const WorkflowStep* step = workflow.step(from, to)) return judge(*step, role, has_reason, has_evidence);
  const WorkflowState* at = workflow.find(from);
  if (from == to && at != nullptr && !at->final) {
    return judge_correction(workflow, to, role, has_reason, has_evidence);
  }
  outcome.problem = StepProblem::no_such_step;
  outcome.choices = workflow.next(from);
  return outcome;
}

const Workflow* StateReader::workflow(std::string_view qualified) const {
  return packs_->workflow(qualified);
}

StateKind StateReader::kind(std::string_view qualified, std::string_view status) const {
  const Workflow* found = workflow(qualified);
  const WorkflowState* state = found == nullptr ? nullptr : found->find(status);
  return state == nullptr ? StateKind::waiting : kind(*found, *state);
}

StateKind StateReader::kind(const Workflow& flow, const WorkflowState& state) const {
  if (state.void_state) return StateKind::void_;
  const auto least = gate_.empty() ? std::nullopt : flow.rank(gate_);
  const bool counts = least ? flow.rank(state.code) >= least : state.valid;
  return counts ? StateKind::valid : StateKind::waiting;
}

}  // namespace jenjang
