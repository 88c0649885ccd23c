// Steps of load() and evaluate(): where plan, packs and facts come from.
#include "engine/workspace/workspace_state.h"

#include <set>
#include <tuple>

#include "jenjang/base/version.h"
#include "jenjang/workspace/formula_sheets.h"
#include "jenjang/workspace/recorder.h"

#include "engine/workspace/spreads.h"
#include "engine/workspace/standings.h"

namespace jenjang {
namespace {

constexpr const char* kLintRules = "lint/aturan.yaml";

// The code of the document that single changes stand in.
constexpr const char* kChangesCode = "ANDAI";

}  // namespace

std::size_t Workspace::State::lint_folder() const {
  const std::vector<fs::path>& folders = pack_folders();
  for (std::size_t n = folders.size(); n-- > 0;) {
    if (pack_files(n).exists(folders[n] / kLintRules)) return n;
  }
  return 0;
}

bool Workspace::State::take(Result<OpenJournal> opened) {
  if (!opened) {
    sink.report(opened.failure());
    changes_taken = false;
    return false;
  }
  journal = std::move(opened).value();
  return true;
}

bool Workspace::State::refuse_without_journal() {
  const bool timed = !options.as_of_time.empty();
  if (!timed && !options.plan_now) return true;
  sink.report(make_diagnostic(Code::J3057, {})
                  .arg("opsi", timed ? "--as-of " + options.as_of_time : std::string("--plan-kini"))
                  .arg("jurnal", journal_path.empty() ? std::string("--journal") : journal_path.string()));
  changes_taken = false;
  return false;
}

bool Workspace::State::open_plan_of_then(const fs::path& plan_place) {
  const bool cut = options.as_of || !options.as_of_time.empty();
  if (!cut || options.plan_now || options.without_journal) return true;
  journal_path = journal_place(options, plan_place);
  if (!journal_is_there()) return refuse_without_journal();
  if (!take(open_journal_then(options, journal_path, plan_place))) return false;
  const int recorded = journal->kept->result_version;
  if (recorded != kResultVersion) {
    sink.report(make_diagnostic(Code::J3052, {})
                    .arg("dicatat", std::to_string(recorded))
                    .arg("kini", std::to_string(kResultVersion)));
  }
  return true;
}

bool Workspace::State::open_journal_now() {
  if (journal) return true;
  journal_path = journal_place(options, *plan);
  if (options.without_journal) return true;
  if (!journal_is_there()) return refuse_without_journal();
  if (!take(open_journal(options, journal_path, plan->zone))) return false;
  if (journal->state.until) {
    sink.report(make_diagnostic(Code::J3051, {}).arg("saat", journal->state.until->to_string(plan->zone)));
  }
  return true;
}

bool Workspace::State::replay_journal() {
  if (!journal) return true;
  // Read and hashed once: what say_unrecorded compares rows with is kept for it.
  replayed = replay_facts(*journal, packs, options.gate, sources, compares_rows() ? Superseded::keep : Superseded::drop,
                          options.watch);
  if (replayed.fault) {
    // Figures from the entries before the damage would be taken for the whole.
    sink.report(*replayed.fault);
    changes_taken = false;
    return false;
  }
  journal->state.head = replayed.head;
  apply_standings(replayed.documents, *plan, sink);
  return true;
}

void Workspace::State::add_worksheets(std::vector<Observation>& all, DiagnosticSink& findings) {
  using Cell = std::tuple<std::string_view, std::string_view, Period>;
  std::set<Cell> recorded;
  for (const Observation& one : replayed.observations) recorded.emplace(one.code, one.unit, one.period);
  for (Observation& answer : reader(findings).read_worksheets(*plan)) {
    if (!recorded.contains(Cell(answer.code, answer.unit, answer.period))) all.push_back(std::move(answer));
  }
}

void Workspace::State::compute_formula_sheets() {
  const FormulaSheetReader reader{packs,        options.max_csv_bytes, sources,      sink,
                                  plan_files(), evidence_folder(),     &model->units};
  for (const FormulaSheetDeclaration& declared : plan->formula_sheets) {
    if (auto sheet = reader.read(declared)) formula_sheets.push_back(*std::move(sheet));
  }
  const SpreadReader spread_reader{packs, options.max_csv_bytes, sources, sink, plan_files(), model->units};
  for (const SpreadDeclaration& declared : plan->spreads) {
    if (auto spread = spread_reader.read(declared, formula_sheets)) spreads.push_back(*std::move(spread));
  }
}

void Workspace::State::say_unrecorded() {
  if (!compares_rows()) return;
  for (Diagnostic& finding : unrecorded_rows(*plan, *model, replayed, plan_files(), options.max_csv_bytes, sources)) {
    sink.report(std::move(finding));
  }
}

std::size_t Workspace::State::fact_files() const {
  std::set<FileId> recorded;
  for (const Observation& one : replayed.observations) {
    if (one.places.number().file.valid()) recorded.insert(one.places.number().file);
  }
  return (journal ? recorded.size() : plan->feeds.size()) + plan->worksheets.size();
}

void Workspace::State::read_scenarios() {
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

std::vector<Observation> Workspace::State::read_observations(DiagnosticSink& findings) {
  if (!journal) return reader(findings).read(*plan);
  std::vector<Observation> all = replayed.observations;
  add_worksheets(all, findings);
  return all;
}

Facts Workspace::State::bind_facts(std::vector<Observation> observations, DiagnosticSink& findings) const {
  bind_states(*model, StateReader(packs, options.gate), observations, findings);
  return bind_observations(*model, std::move(observations), findings, options.watch);
}

}  // namespace jenjang
