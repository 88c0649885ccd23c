#include "jenjang/workspace/workspace.h"

#include <algorithm>
#include <set>

#include "jenjang/assess/follow_up.h"
#include "jenjang/base/result.h"
#include "jenjang/rollup/incremental.h"

#include "engine/workspace/lane_gate.h"
#include "engine/workspace/scenario.h"
#include "engine/workspace/standings.h"
#include "engine/workspace/worksheet_blanks.h"
#include "engine/workspace/workspace_state.h"

namespace jenjang {

Workspace::Workspace(WorkspaceOptions options) : state_(std::make_unique<State>()) {
  state_->options = std::move(options);
  state_->options.yaml.watch = state_->options.watch;
}
Workspace::~Workspace() = default;
Workspace::Workspace(Workspace&&) noexcept = default;
Workspace& Workspace::operator=(Workspace&&) noexcept = default;

bool Workspace::load_packs() {
  State& s = *state_;
  if (s.packs_loaded) return true;
  s.packs_loaded = true;
  bool good = true;
  const std::vector<fs::path>& folders = s.pack_folders();
  for (std::size_t n = 0; n < folders.size(); ++n) {
    if (s.options.keep_inputs) s.pack_memory.emplace_back(disk());
    good = s.packs.load_folder(folders[n], s.sources, s.sink, s.pack_files(n)) && good;
  }
  return good;
}

bool Workspace::load(const std::filesystem::path& plan) {
  State& s = *state_;
  look(s.options.watch, Stage::plan);
  if (!s.open_plan_of_then(plan)) return false;
  const std::size_t before = s.sources.file_count();
  Result<ParsedPlan> parsed = parse_plan(plan, s.options.yaml, s.sources, s.sink, s.plan_files(), s.options.threads);
  if (!parsed) {
    s.sink.report(parsed.failure());
    return false;
  }
  s.plan = std::move(parsed).value();
  for (std::size_t i = before; i < s.sources.file_count(); ++i) {
    s.plan_text += s.sources.text(FileId::from_index(i)).size();
  }
  if (!s.plan->unreadable && !s.open_journal_now()) return false;
  load_packs();
  for (const auto& folder : s.plan->pack_folders) s.packs.load_folder(folder, s.sources, s.sink, s.plan_files());
  if (!s.pack_folders().empty()) {
    std::vector<std::string_view> known = structural_lint_rules();
    for (const std::string_view id : value_lint_rules()) known.push_back(id);
    const std::size_t folder = s.lint_folder();
    s.rules = LintRules::load(s.pack_folders()[folder], known, s.sources, s.sink, s.pack_files(folder));
  }
  s.rules.set_waivers(s.plan->waivers);
  s.read_scenarios();
  for (const Scenario& scenario : s.scenarios) {
    s.changes_taken = apply_attributes(scenario, *s.plan, s.sink) && s.changes_taken;
  }
  if (!s.changes_taken || s.plan->unreadable) return false;
  if (!s.replay_journal()) return false;
  s.model = bind_plan(*s.plan, s.packs, s.sources, s.sink, s.options.watch);
  if (!s.model) return false;
  for (const Scenario& scenario : s.scenarios) {
    s.changes_taken = apply_scenario(scenario, *s.model, s.sink) && s.changes_taken;
  }
  if (!s.changes_taken) {
    s.model.reset();
    return false;
  }
  check_feed_workflows(*s.plan, s.packs, s.sink);
  if (!check_lane_gate(s.options.gate, *s.plan, *s.model, s.packs, s.sink)) {
    s.changes_taken = false;
    s.model.reset();
    return false;
  }
  if (s.journal) check_standings(s.replayed.documents, s.journal->journal, *s.plan, *s.model, s.sources, s.sink);
  check_follow_up(*s.plan, *s.model, s.packs, s.sink);
  s.plan_is_sound = form_errors(s.sink) == 0;
  look(s.options.watch, Stage::findings);
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
  const State& s = *state_;
  if (s.journal && s.journal->state.until) return s.journal->state.until->date_in(s.journal->state.zone);
  return s.options.as_of ? s.options.as_of : s.plan->as_of;
}
std::optional<JournalState> Workspace::journal() const {
  return state_->journal ? std::optional(state_->journal->state) : std::nullopt;
}
std::filesystem::path Workspace::journal_path() const {
  return state_->journal_path;
}
InputsList Workspace::inputs() const {
  State& s = *state_;
  if (!s.options.keep_inputs || !s.plan || s.from_copies()) return {};
  for (const FormulaSheetDeclaration& sheet : s.plan->formula_sheets) {
    (void)s.plan_memory.read(sheet.feed.file, s.options.max_csv_bytes);
  }
  for (const SpreadDeclaration& spread : s.plan->spreads) {
    (void)s.plan_memory.read(spread.feed.file, s.options.max_csv_bytes);
  }
  for (const WorksheetDeclaration& sheet : s.plan->worksheets) {
    // What cannot be read is a finding of evaluate(); a copy of it there is none.
    (void)s.plan_memory.read(sheet.feed.file, s.options.max_csv_bytes);
  }
  std::vector<std::map<std::string, std::string>> packs;
  packs.reserve(s.pack_memory.size());
  for (const RememberingFiles& memory : s.pack_memory) packs.push_back(memory.texts());
  return list_inputs(s.plan->folder, s.plan_memory.texts(), s.options.pack_folders, packs);
}

void Workspace::evaluate() {
  State& s = *state_;
  // Facts first: a child whose plan has ended may stand on what was last measured.
  CascadeOptions cascade;
  cascade.as_of = as_of();
  cascade.watch = s.options.watch;
  if (s.options.targets_as_realised) {
    const auto measured = [](const Family& family) { return family.rule.on_expired == ExpiredPolicy::last_measured; };
    if (std::any_of(s.model->families.begin(), s.model->families.end(), measured)) {
      // The targets must be those of any other run; what the feeds lack is no matter of this one.
      DiagnosticSink unheard;
      s.facts = s.bind_facts(s.read_observations(unheard), unheard);
      cascade.facts = &s.facts;
    }
    s.targets = run_cascade(*s.model, s.sink, cascade);
    s.facts = facts_from_targets(*s.model, s.targets);
  } else {
    s.facts = s.bind_facts(s.read_observations(s.sink), s.sink);
    report_unanswered(*s.plan, *s.model, s.facts, s.sink);
    cascade.facts = &s.facts;
    s.targets = run_cascade(*s.model, s.sink, cascade);
  }
  s.say_unrecorded();
  RollupOptions rollup;
  rollup.as_of = as_of();
  rollup.threads = s.options.threads;
  rollup.watch = s.options.watch;
  const auto compute = s.options.computation == Computation::incremental ? &run_rollup_incrementally : &run_rollup;
  s.result = compute(*s.model, s.targets, s.facts, rollup, s.sink);
  look(s.options.watch, Stage::findings);
  s.coherence = check_coherence(*s.model, s.targets);
  s.compute_formula_sheets();
  if (s.plan_is_sound) lint_values(*s.model, s.targets, s.rules, s.sink, s.options.watch);
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

std::string Workspace::lane_gate() const {
  const State& s = *state_;
  return describe_lane_gate(s.options.gate, *s.plan, *s.model, s.packs);
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

const std::vector<SpreadSheet>& Workspace::spreads() const {
  return state_->spreads;
}

const std::vector<FormulaSheet>& Workspace::formula_sheets() const {
  return state_->formula_sheets;
}

SummaryInput Workspace::summary_input(const std::vector<Diagnostic>& findings, Language language) const {
  const State& s = *state_;
  // Only packs that some item or scale of the model comes from.
  std::set<std::string> used;
  for (const Item& item : s.model->items) used.insert(item.pack);
  for (const Scale& scale : s.model->scales) used.insert(scale.pack);
  for (const FormulaSheet& sheet : s.formula_sheets) used.insert(sheet.pack->id);
  const auto pack_of = [](const std::string& workflow) { return workflow.substr(0, workflow.find('/')); };
  for (const Item& item : s.model->items) used.insert(pack_of(item.spec.workflow));
  for (const FeedDeclaration& feed : s.plan->feeds) used.insert(pack_of(feed.workflow));
  std::vector<SummaryPack> packs;
  for (const Pack& pack : s.packs.all()) {
    if (used.contains(pack.id))
      packs.push_back({pack.id, pack.instrument.empty() ? pack.title : pack.instrument, pack.status});
  }
  return SummaryInput{.context = context(),
                      .coherence = s.coherence,
                      .findings = findings,
                      .code = s.plan->code,
                      .title = s.plan->title,
                      .as_of = as_of(),
                      .feed_files = s.options.targets_as_realised ? 0 : s.fact_files(),
                      .journal = s.journal ? s.journal->state.to_string(language) : std::string(),
                      .packs = std::move(packs),
                      .worksheets = worksheets(),
                      .formula_sheets = s.formula_sheets,
                      .outputs = {},
                      .targets_as_realised = s.options.targets_as_realised,
                      .lane_gate = lane_gate(),
                      .language = language};
}

}  // namespace jenjang
