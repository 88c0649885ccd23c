#include "jenjang/workspace/pack_cases.h"

#include "command.h"
#include "output.h"
#include "session.h"

namespace jenjang::cli {
namespace {

void declare(Arguments& arguments, RawOptions& options, const Speech& say) {
  declare_plan(arguments, options, say);
  arguments.describe_words(
      say("paket yang ditampilkan; tanpa ini semua paket", "the pack to show; all packs without it"));
  declare_output(arguments, options, say, "table|csv|json");
  arguments.flag("--uji", options.run_cases,
                 say("jalankan contoh hitung di dalam paket", "run the worked cases inside the packs"));
}

Table list_packs(const PackLibrary& library) {
  Table table;
  table.kind = "packs";
  table.columns = {{"paket", ColumnKind::code},   {"judul", ColumnKind::text},  {"instrumen", ColumnKind::text},
                   {"berlaku", ColumnKind::code}, {"sampai", ColumnKind::code}, {"status", ColumnKind::text},
                   {"perluas", ColumnKind::code}, {"skala", ColumnKind::count}, {"templat", ColumnKind::count},
                   {"kasus", ColumnKind::count},  {"alur", ColumnKind::count}};
  for (const Pack& pack : library.all()) {
    table.rows.push_back({pack.id, pack.title, pack.instrument, pack.valid_from, pack.valid_until, pack.status,
                          pack.extends, std::to_string(pack.scales.size()), std::to_string(pack.templates.size()),
                          std::to_string(pack.cases.size()), std::to_string(pack.workflows.size())});
  }
  return table;
}

std::string scale_text(const Scale& scale) {
  std::string text;
  const auto add = [&](const std::string& part) { text += (text.empty() ? "" : ", ") + part; };
  for (const Band& band : scale.bands) {
    add(band.above ? band.label + (scale.open_below ? " > " : " >= ") + band.above->to_string() : band.label);
  }
  for (const GradePoint& grade : scale.grades)
    add(grade.points ? grade.label + " = " + grade.points->to_string() : grade.label);
  return text;
}

std::string requirement_text(const PackGate& gate) {
  std::string text;
  for (const auto& need : gate.requirements) {
    text += (text.empty() ? "" : "; ") + need.group + " >= " + need.at_least + ": " + std::to_string(need.count);
  }
  return text;
}

// In rising rank; what a state means stands behind it.
std::string states_text(const Workflow& flow) {
  std::string text;
  for (const WorkflowState& state : flow.states) {
    text += (text.empty() ? "" : ", ") + state.code;
    if (state.valid) text += " (sah)";
    if (state.void_state) text += " (gugur)";
  }
  return text;
}

std::string step_text(const WorkflowStep& step) {
  std::string text = step.from.empty() ? "masuk sebagai " + step.to : step.from + " ke " + step.to;
  std::string roles;
  for (const std::string& role : step.roles) roles += (roles.empty() ? "" : ", ") + role;
  if (!roles.empty()) text += ", oleh " + roles;
  if (step.needs_reason) text += ", wajib alasan";
  if (step.needs_evidence) text += ", wajib bukti";
  return text;
}

Table show_pack(const Pack& pack) {
  Table table;
  table.kind = "pack";
  table.columns = {{"jenis", ColumnKind::text},
                   {"kode", ColumnKind::code},
                   {"isi", ColumnKind::text},
                   {"pasal", ColumnKind::text, false},
                   {"tanda", ColumnKind::text}};
  const auto mark = [](bool unverified) { return std::string(unverified ? "belum-diverifikasi" : ""); };
  for (const Scale& scale : pack.scales)
    table.rows.push_back({"skala", scale.id, scale_text(scale), scale.article, mark(scale.unverified)});
  for (const PackTemplate& tmpl : pack.templates) {
    table.rows.push_back(
        {"templat", pack.id + "/" + tmpl.id, std::to_string(tmpl.nodes.size()) + " simpul", tmpl.article, ""});
    for (const ScoringMode& mode : tmpl.modes) {
      table.rows.push_back({"mode", mode.id, mode.title, mode.article, mode.available ? "" : "kosong"});
    }
  }
  for (const PackFormula& formula : pack.formulas) {
    std::string steps;
    for (const FormulaStep& step : formula.steps) steps += (steps.empty() ? "" : ", ") + step.code;
    table.rows.push_back({"rumus", pack.id + "/" + formula.id, steps, formula.article, mark(formula.unverified)});
  }
  for (const PackGate& gate : pack.gates) {
    table.rows.push_back(
        {"gerbang", gate.id, gate.label + ": " + requirement_text(gate), gate.article, mark(gate.unverified)});
  }
  for (const Workflow& flow : pack.workflows) {
    table.rows.push_back({"alur", flow.qualified(), states_text(flow), flow.article, mark(flow.unverified)});
    for (const WorkflowStep& step : flow.steps) {
      table.rows.push_back({"langkah", flow.id, step_text(step), step.article, mark(step.unverified)});
    }
  }
  for (const PackCase& kase : pack.cases) table.rows.push_back({"kasus", kase.id, kase.title, kase.source, ""});
  return table;
}

Table outcome_table(const std::vector<PackCaseOutcome>& outcomes) {
  Table table;
  table.kind = "pack-cases";
  table.columns = {{"paket", ColumnKind::code},     {"kasus", ColumnKind::code},   {"kunci", ColumnKind::code},
                   {"harapan", ColumnKind::figure}, {"hasil", ColumnKind::figure}, {"lulus", ColumnKind::text}};
  for (const PackCaseOutcome& outcome : outcomes) {
    for (const PackCaseOutcome::Check& check : outcome.checks) {
      table.rows.push_back(
          {outcome.pack, outcome.id, check.key, check.expected, check.found, check.passes ? "ya" : "tidak"});
    }
  }
  return table;
}

int run(const Options& options) {
  if (options.raw.arguments.size() > 1) {
    complain(options, make_diagnostic(Code::J1902, {})
                          .arg("argumen", "\"" + options.raw.arguments[1] + "\"")
                          .arg("perintah", "packs"));
    return kCouldNotRun;
  }
  if (!require_table_format(options)) return kCouldNotRun;
  WorkspaceOptions settings;
  settings.pack_folders = find_pack_folders(options);
  if (settings.pack_folders.empty()) return kCouldNotRun;
  settings.yaml.max_bytes = options.max_yaml;
  Workspace workspace(std::move(settings));
  workspace.load_packs();
  const std::string wanted = options.raw.arguments.empty() ? "" : options.raw.arguments.front();
  if (!wanted.empty() && workspace.packs().find(wanted) == nullptr) {
    say_findings(options, workspace);
    complain(options, no_such(options.say, "paket", "pack", wanted, workspace.packs().ids()));
    return kCouldNotRun;
  }
  Table table;
  if (options.raw.run_cases) {
    table = outcome_table(run_pack_cases(workspace.packs(), wanted, workspace.sources(), workspace.sink()));
  } else {
    table = wanted.empty() ? list_packs(workspace.packs()) : show_pack(*workspace.packs().find(wanted));
  }
  say_findings(options, workspace);
  return write_output(options, write_table(table, options.write)) ? exit_code_of(workspace) : kCouldNotRun;
}

}  // namespace

const Command& packs_command() {
  static const Command kCommand{"packs",
                                "paket aturan: daftar, isi satu paket, uji contoh hitungnya",
                                "rule packs: list, show one, run their worked cases",
                                "Contoh: jenjang packs sakip-2021 --uji",
                                "Example: jenjang packs sakip-2021 --uji",
                                declare,
                                run};
  return kCommand;
}

}  // namespace jenjang::cli
