#include "jenjang/workspace/workspace.h"

#include <algorithm>
#include <set>

#include "jenjang/base/result.h"

#include "engine/workspace/observations.h"
#include "engine/workspace/scenario.h"

namespace jenjang {
namespace fs = std::filesystem;
namespace {

constexpr const char* kLintRules = "lint/aturan.yaml";

// The code of the document that single changes stand in.
constexpr const char* kChangesCode = "ANDAI";

// The last folder that has lint rules: a government's own list replaces the built-in one.
fs::path lint_folder(const std::vector<fs::path>& folders) {
  const auto own = std::find_if(folders.rbegin(), folders.rend(), [](const fs::path& folder) {
    std::error_code ignored;
    return fs::exists(folder / kLintRules, ignored);
  });
  return own == folders.rend() ? folders.front() : *own;
}

}  // namespace

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
  std::vector<Scenario> scenarios;
  bool changes_taken = true;
  bool plan_is_sound = false;  // no error of form or reference: its figures may be linted

  // Scenario files, then the single changes as one more scenario.
  void read_scenarios() {
    for (const fs::path& path : options.scenarios) {
      Result<std::string> text = read_file(path, options.yaml.max_bytes);
      if (!text) {
        sink.report(text.failure());
        changes_taken = false;
        continue;
      }
      const FileId file = sources.add(path.string(), std::move(text).value());
      std::optional<Scenario> scenario = read_scenario(file, sources, options.yaml, sink);
      changes_taken = changes_taken && scenario.has_value();
      if (scenario) scenarios.push_back(*std::move(scenario));
    }
    if (options.overrides.empty()) return;
    Scenario single;
    single.code = kChangesCode;
    single.changes = options.overrides;
    for (Override& change : single.changes) {
      if (change.span.valid()) continue;
      const FileId file = sources.add("--set", change.text.empty() ? change.address.to_string() : change.text);
      change.span = sources.span_at(file, 0, sources.text(file).size());
    }
    single.span = single.changes.front().span;
    scenarios.push_back(std::move(single));
  }

  [[nodiscard]] std::vector<Observation> read_observations(DiagnosticSink& findings) {
    const ObservationReader reader{packs, options.max_csv_bytes, sources, findings};
    return reader.read(*plan);
  }
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
    s.rules = LintRules::load(lint_folder(s.options.pack_folders), known, s.sources, s.sink);
  }
  s.rules.set_waivers(s.plan->waivers);
  s.read_scenarios();
  for (const Scenario& scenario : s.scenarios) {
    s.changes_taken = apply_attributes(scenario, *s.plan, s.sink) && s.changes_taken;
  }
  if (!s.changes_taken || s.plan->unreadable) return false;
  s.model = bind_plan(*s.plan, s.packs, s.sources, s.sink);
  if (!s.model) return false;
  for (const Scenario& scenario : s.scenarios) {
    s.changes_taken = apply_scenario(scenario, *s.model, s.sink) && s.changes_taken;
  }
  if (!s.changes_taken) {
    s.model.reset();
    return false;
  }
  s.plan_is_sound = form_errors(s.sink) == 0;
  lint_plan(*s.plan, *s.model, s.rules, s.sink);
  return true;
}

bool Workspace::plan_was_read() const {
  return state_->plan.has_value();
}
bool Workspace::could_run() const {
  return state_->plan && !state_->plan->unreadable && state_->changes_taken;
}
bool Workspace::has_model() const {
  return state_->model.has_value();
}

std::optional<Date> Workspace::as_of() const {
  return state_->options.as_of ? state_->options.as_of : state_->plan->as_of;
}

void Workspace::evaluate() {
  State& s = *state_;
  // Facts first: a child whose plan has ended may stand on what was last measured.
  CascadeOptions cascade;
  cascade.as_of = as_of();
  if (s.options.targets_as_realised) {
    const auto measured = [](const Family& family) { return family.rule.on_expired == ExpiredPolicy::last_measured; };
    if (std::any_of(s.model->families.begin(), s.model->families.end(), measured)) {
      // The targets must be those of any other run; what the feeds lack is no matter of this one.
      DiagnosticSink unheard;
      s.facts = bind_observations(*s.model, s.read_observations(unheard), unheard);
      cascade.facts = &s.facts;
    }
    s.targets = run_cascade(*s.model, s.sink, cascade);
    s.facts = facts_from_targets(*s.model, s.targets);
  } else {
    s.facts = bind_observations(*s.model, s.read_observations(s.sink), s.sink);
    cascade.facts = &s.facts;
    s.targets = run_cascade(*s.model, s.sink, cascade);
  }
  RollupOptions rollup;
  rollup.as_of = as_of();
  s.result = run_rollup(*s.model, s.targets, s.facts, rollup, s.sink);
  s.coherence = check_coherence(*s.model, s.targets);
  if (s.plan_is_sound) lint_values(*s.model, s.targets, s.rules, s.sink);
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
