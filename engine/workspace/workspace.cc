#include "jenjang/workspace/workspace.h"

#include <set>

#include "engine/workspace/observations.h"

namespace jenjang {

struct Workspace::State {
  WorkspaceOptions options;
  SourceMap sources;
  DiagnosticSink sink;
  PackLibrary packs;
  bool packs_loaded = false;
  std::optional<ParsedPlan> plan;
  LintRules rules;
  std::optional<Model> model;
  TargetTable targets;
  Facts facts;
  RollupResult result;
  std::vector<CoherenceOutcome> coherence;
};

Workspace::Workspace(WorkspaceOptions options) : state_(std::make_unique<State>()) {
  state_->options = std::move(options);
}
Workspace::~Workspace() = default;
Workspace::Workspace(Workspace&&) noexcept = default;
Workspace& Workspace::operator=(Workspace&&) noexcept = default;

bool Workspace::load_packs() {
  State& s = *state_;
  if (s.packs_loaded) return true;
  s.packs_loaded = true;
  bool good = true;
  for (const auto& folder : s.options.pack_folders) good = s.packs.load_folder(folder, s.sources, s.sink) && good;
  return good;
}

bool Workspace::load(const std::filesystem::path& plan) {
  State& s = *state_;
  Result<ParsedPlan> parsed = parse_plan(plan, s.options.yaml, s.sources, s.sink);
  if (!parsed) {
    s.sink.report(parsed.failure());
    return false;
  }
  s.plan = std::move(parsed).value();
  load_packs();
  for (const auto& folder : s.plan->pack_folders) s.packs.load_folder(folder, s.sources, s.sink);
  if (!s.options.pack_folders.empty()) {
    std::vector<std::string_view> known = structural_lint_rules();
    for (const std::string_view id : value_lint_rules()) known.push_back(id);
    s.rules = LintRules::load(s.options.pack_folders.front(), known, s.sources, s.sink);
  }
  s.rules.set_waivers(s.plan->waivers);
  s.model = bind_plan(*s.plan, s.packs, s.sources, s.sink);
  if (!s.model) return false;
  lint_plan(*s.plan, *s.model, s.rules, s.sink);
  return true;
}

bool Workspace::plan_was_read() const {
  return state_->plan.has_value();
}
bool Workspace::has_model() const {
  return state_->model.has_value();
}

std::optional<Date> Workspace::as_of() const {
  return state_->options.as_of ? state_->options.as_of : state_->plan->as_of;
}

void Workspace::evaluate() {
  State& s = *state_;
  s.targets = run_cascade(*s.model, s.sink);
  if (s.options.targets_as_realised) {
    s.facts = facts_from_targets(*s.model, s.targets);
  } else {
    const ObservationReader reader{s.packs, s.options.max_csv_bytes, s.sources, s.sink};
    s.facts = bind_observations(*s.model, reader.read(*s.plan), s.sink);
  }
  RollupOptions rollup;
  rollup.as_of = as_of();
  s.result = run_rollup(*s.model, s.targets, s.facts, rollup, s.sink);
  s.coherence = check_coherence(*s.model, s.targets);
  lint_values(*s.model, s.targets, s.rules, s.sink);
}

const SourceMap& Workspace::sources() const {
  return state_->sources;
}
SourceMap& Workspace::sources() {
  return state_->sources;
}
DiagnosticSink& Workspace::sink() {
  return state_->sink;
}
const PackLibrary& Workspace::packs() const {
  return state_->packs;
}
const ParsedPlan& Workspace::plan() const {
  return *state_->plan;
}
const Model& Workspace::model() const {
  return *state_->model;
}
const TargetTable& Workspace::targets() const {
  return state_->targets;
}
const Facts& Workspace::facts() const {
  return state_->facts;
}
const RollupResult& Workspace::result() const {
  return state_->result;
}
const std::vector<CoherenceOutcome>& Workspace::coherence() const {
  return state_->coherence;
}
ExplainContext Workspace::context() const {
  return {*state_->model, state_->targets, state_->facts, state_->result};
}

std::vector<ScoredWorksheet> Workspace::worksheets() const {
  std::vector<ScoredWorksheet> found;
  for (const WorksheetDeclaration& declared : state_->plan->worksheets) {
    const std::optional<NodeId> total = state_->model->find(declared.code, declared.unit);
    // A declaration that could not be bound has its diagnostic already.
    if (!total) continue;
    found.push_back({*total, declared.period, declared.code, declared.title, declared.mode, declared.pack_template,
                     declared.feed.illustrative});
  }
  return found;
}

SummaryInput Workspace::summary_input(const std::vector<Diagnostic>& findings, Language language) const {
  const State& s = *state_;
  // Only packs that some item or scale of the model comes from.
  std::set<std::string> used;
  for (const Item& item : s.model->items) used.insert(item.pack);
  for (const Scale& scale : s.model->scales) used.insert(scale.pack);
  std::vector<SummaryPack> packs;
  for (const Pack& pack : s.packs.all()) {
    if (used.contains(pack.id))
      packs.push_back({pack.id, pack.instrument.empty() ? pack.title : pack.instrument, pack.status});
  }
  return SummaryInput{
      .context = context(),
      .coherence = s.coherence,
      .findings = findings,
      .code = s.plan->code,
      .title = s.plan->title,
      .as_of = as_of(),
      .feed_files = s.options.targets_as_realised ? 0 : s.plan->feeds.size() + s.plan->worksheets.size(),
      .packs = std::move(packs),
      .worksheets = worksheets(),
      .outputs = {},
      .targets_as_realised = s.options.targets_as_realised,
      .language = language};
}

}  // namespace jenjang
