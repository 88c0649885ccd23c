#include "engine/workspace/lane_gate.h"

#include <algorithm>
#include <set>
#include <vector>

#include "jenjang/base/text.h"

namespace jenjang {
namespace {

// In order of name, so that what is printed does not hang on the order of declaration.
std::vector<const Workflow*> workflows_of(const ParsedPlan& plan, const Model& model, const PackLibrary& packs) {
  std::set<std::string> names;
  for (const FeedDeclaration& feed : plan.feeds) names.insert(feed.workflow);
  for (const Item& item : model.items) names.insert(item.spec.workflow);
  std::vector<const Workflow*> found;
  for (const std::string& name : names) {
    if (const Workflow* flow = name.empty() ? nullptr : packs.workflow(name)) found.push_back(flow);
  }
  return found;
}

void add(std::string& text, std::string_view separator, std::string_view part) {
  if (!text.empty()) text += separator;
  text += part;
}

}  // namespace

bool check_lane_gate(const std::string& gate, const ParsedPlan& plan, const Model& model, const PackLibrary& packs,
                     DiagnosticSink& sink) {
  if (gate.empty()) return true;
  std::vector<std::string> choices;
  std::string listed;
  for (const Workflow* flow : workflows_of(plan, model, packs)) {
    for (const WorkflowState& state : flow->states) {
      if (state.void_state) continue;
      if (state.code == gate) return true;
      if (std::find(choices.begin(), choices.end(), state.code) != choices.end()) continue;
      choices.push_back(state.code);
      add(listed, ", ", state.code);
    }
  }
  Diagnostic finding =
      make_diagnostic(Code::J3075, {}).arg("keadaan", gate).arg("daftar", listed.empty() ? "-" : listed);
  finding.suggestion = nearest(gate, choices).value_or("");
  sink.report(std::move(finding));
  return false;
}

std::string describe_lane_gate(const std::string& gate, const ParsedPlan& plan, const Model& model,
                               const PackLibrary& packs) {
  const StateReader reader(packs, gate);
  std::string text;
  for (const Workflow* flow : workflows_of(plan, model, packs)) {
    std::string counting;
    for (const WorkflowState& state : flow->states) {
      if (reader.kind(*flow, state) == StateKind::valid) add(counting, ", ", state.code);
    }
    add(text, "; ", flow->qualified() + ": " + counting);
    if (flow->unverified) text += " (belum-diverifikasi)";
  }
  for (const FeedDeclaration& feed : plan.feeds) {
    std::string counting;
    for (const std::string& state : feed.validated_states) add(counting, ", ", state);
    if (!counting.empty()) add(text, "; ", feed.display_name + ": " + counting);
  }
  return text;
}

void check_feed_workflows(const ParsedPlan& plan, const PackLibrary& packs, DiagnosticSink& sink) {
  for (const FeedDeclaration& feed : plan.feeds) {
    if (!feed.workflow.empty()) packs.require_workflow(feed.workflow, feed.workflow_span, sink);
  }
}

}  // namespace jenjang
