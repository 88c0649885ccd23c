// `alur`: the states that a figure passes, and the steps between them.
#include <algorithm>
#include <set>

#include "engine/rules/pack_reading.h"

namespace jenjang {

namespace {

class WorkflowReader {
public:
  WorkflowReader(Workflow& flow, const Basis& basis, DiagnosticSink& sink) : flow_(flow), basis_(basis), sink_(sink) {}

  void read_states(const YamlNode& list) {
    if (!expect_list(list, "keadaan", sink_)) return;
    std::set<std::string, std::less<>> codes;
    for (const YamlNode& item : list.items) {
      FieldReader fields(item, "keadaan", sink_);
      if (!fields.is_map()) continue;
      const auto code = fields.required_text("kode");
      WorkflowState state;
      if (const auto title = fields.text("judul")) state.title = title->value;
      if (const auto valid = fields.flag("sah")) state.valid = valid->value;
      if (const auto gone = fields.flag("gugur")) state.void_state = gone->value;
      if (const auto last = fields.flag("akhir")) state.final = last->value;
      const Basis own = read_basis(fields, basis_, "keadaan", sink_);
      fields.finish();
      if (!code || !note_unique(codes, *code, "keadaan", sink_)) continue;
      state.code = code->value;
      state.span = code->span;
      state.article = own.article;
      state.unverified = own.unverified;
      if (state.valid && state.void_state) {
        sink_.report(make_diagnostic(Code::J1421, code->span).arg("keadaan", state.code).arg("alur", flow_.id));
      }
      flow_.states.push_back(std::move(state));
    }
  }

  // Needs the states.
  void read_steps(const YamlNode& list) {
    if (!expect_list(list, "langkah", sink_)) return;
    for (const YamlNode& item : list.items) {
      FieldReader fields(item, "langkah", sink_);
      if (!fields.is_map()) continue;
      const std::vector<LocatedText> from = fields.text_list("dari");
      const auto to = fields.required_text("ke");
      WorkflowStep step;
      for (LocatedText& role : fields.text_list("oleh")) step.roles.push_back(std::move(role.value));
      if (const auto reason = fields.flag("wajib_alasan")) step.needs_reason = reason->value;
      if (const auto evidence = fields.flag("wajib_bukti")) step.needs_evidence = evidence->value;
      const Basis own = read_basis(fields, basis_, "langkah", sink_);
      step.article = own.article;
      step.unverified = own.unverified;
      fields.finish();
      if (!to || !known(*to)) continue;
      step.to = to->value;
      step.span = to->span;
      if (from.empty()) add(step, to->span);
      for (const LocatedText& one : from) {
        const WorkflowState* left = known(one);
        if (left == nullptr) continue;
        if (left->final) {
          sink_.report(make_diagnostic(Code::J1422, one.span).arg("alur", flow_.id).arg("keadaan", one.value));
        }
        step.from = one.value;
        add(step, one.span);
      }
    }
  }

  void check() {
    if (std::none_of(flow_.states.begin(), flow_.states.end(), [](const auto& state) { return state.valid; })) {
      sink_.report(make_diagnostic(Code::J1424, flow_.span).arg("alur", flow_.id));
    }
    // Reached from entry, in as many rounds as it takes; workflows have a handful of states.
    std::set<std::string, std::less<>> reached;
    for (bool grows = true; grows;) {
      grows = false;
      for (const WorkflowStep& step : flow_.steps) {
        const bool open = step.from.empty() || reached.contains(step.from);
        if (open && reached.insert(step.to).second) grows = true;
      }
    }
    for (const WorkflowState& state : flow_.states) {
      if (reached.contains(state.code)) continue;
      sink_.report(make_diagnostic(Code::J1423, state.span).arg("keadaan", state.code).arg("alur", flow_.id));
    }
  }

private:
  const WorkflowState* known(const LocatedText& code) {
    const WorkflowState* state = flow_.find(code.value);
    if (state == nullptr) report_unknown(code.span, "keadaan", code.value, flow_.state_codes(), sink_);
    return state;
  }

  void add(const WorkflowStep& step, const SourceSpan& place) {
    if (flow_.step(step.from, step.to) != nullptr) {
      sink_.report(make_diagnostic(Code::J1410, place)
                       .arg("apa", "langkah")
                       .arg("kode", (step.from.empty() ? std::string("masuk") : step.from) + " -> " + step.to));
      return;
    }
    flow_.steps.push_back(step);
  }

  Workflow& flow_;
  const Basis& basis_;
  DiagnosticSink& sink_;
};

}  // namespace

void read_workflows(const YamlNode& map, const Basis& basis, Pack& pack, DiagnosticSink& sink) {
  FieldReader flows(map, "alur", sink);
  if (!flows.is_map()) return;
  for (const YamlNode::Entry& entry : map.entries) {
    FieldReader fields(entry.value, "alur", sink);
    if (!fields.is_map()) continue;
    Workflow flow;
    flow.id = entry.key;
    flow.pack = pack.id;
    flow.span = entry.key_span;
    if (const auto title = fields.required_text("judul")) flow.title = title->value;
    const Basis own = read_basis(fields, basis, "alur " + flow.id, sink);
    require_basis(own, entry.key_span, "alur " + flow.id, sink);
    flow.article = own.article;
    flow.unverified = own.unverified;
    WorkflowReader reader(flow, own, sink);
    const YamlNode* states = fields.take("keadaan");
    const YamlNode* steps = fields.take("langkah");
    if (states == nullptr) report_required(entry.key_span, "alur " + flow.id, "keadaan", sink);
    if (steps == nullptr) report_required(entry.key_span, "alur " + flow.id, "langkah", sink);
    fields.finish();
    if (states == nullptr || steps == nullptr) continue;
    reader.read_states(*states);
    reader.read_steps(*steps);
    reader.check();
    pack.workflows.push_back(std::move(flow));
  }
}

}  // namespace jenjang
