// `report`: the LHE of one worksheet, recommendations with their state, practice cards, the evaluation of RKPD and
// Renja.
#include <algorithm>
#include <array>

#include "jenjang/assess/follow_up.h"
#include "jenjang/report/cards.h"
#include "jenjang/report/lhe.h"
#include "jenjang/report/score.h"

#include "command.h"
#include "output.h"
#include "report_kinds.h"
#include "score_sheets.h"

namespace jenjang::cli {
namespace {

constexpr std::array<std::string_view, 4> kKinds{"lhe", "rekomendasi", "kartu-praktik", "evaluasi-rkpd"};

void declare(Arguments& arguments, RawOptions& options, const Speech& say) {
  declare_plan(arguments, options, say);
  declare_output(arguments, options, say, "table|csv|json");
  const auto text = [&](const char* name, std::string& into, const char* id_about, const char* en_about,
                        const std::string& form) { arguments.text(name, into, say(id_about, en_about), form); };
  text("--kind,--jenis", options.report_kind, "apa yang dilaporkan; lhe ditulis sebagai Markdown",
       "what to report; an lhe is written as Markdown", "lhe|rekomendasi|kartu-praktik|evaluasi-rkpd");
  text("--unit", options.unit, "unit yang dilaporkan; selain lhe juga unit di bawahnya",
       "the unit reported on; but for an lhe also those below", "UNIT");
  text("--pack", options.pack,
       "lhe: paket lembar kerjanya, misalnya sakip-2021; evaluasi-rkpd: skala predikatnya, bawaan "
       "permendagri-86-2017/B-86",
       "lhe: the pack of the worksheet, such as sakip-2021; evaluasi-rkpd: the scale of its predicates, default "
       "permendagri-86-2017/B-86",
       say("PAKET[/BAGIAN]", "PACK[/ELEMENT]"));
  text("--lembar-kerja", options.worksheet, "lhe: lembar kerja ini", "lhe: this worksheet", say("KODE", "CODE"));
  text("--worksheet", options.worksheet_file, "lhe: berkas lembar kerja di luar rencana",
       "lhe: a worksheet file outside the plan", say("BERKAS", "FILE"));
  arguments.text("--pemisah", options.separator,
                 say("lhe: pemisah kolom berkas lembar kerja; bawaan koma",
                     "lhe: column separator of the worksheet file; default comma"),
                 ",|;|tab");
  text("--mode", options.mode, "lhe: cara mengisi lembar kerja", "lhe: how the worksheet is filled in", "MODE");
  text("--periode", options.period, "lhe: tahun yang dinilai, bagi berkas di luar rencana; evaluasi-rkpd: tahunnya",
       "lhe: the year evaluated, for a file outside the plan; evaluasi-rkpd: its year", say("TAHUN", "YEAR"));
  arguments.flag(
      "--propose", options.propose,
      say("lhe: cantumkan juga usul dari rencana pada lampiran", "lhe: print what the plan proposes in the annex too"));
  text("--kode,--code", options.code, "kartu-praktik: hanya indikator ini", "kartu-praktik: this indicator only",
       say("KODE", "CODE"));
  text("--naik-lebih,--grew-more", options.grew_more, "kartu-praktik: hanya yang membaik lebih dari ini",
       "kartu-praktik: only what improved by more than this", say("ANGKA", "FIGURE"));
  declare_as_of(arguments, options, say);
}

void missing(const Options& options, const std::string& what) {
  complain(options, make_diagnostic(Code::J1904, {}).arg("apa", what));
}

// PACK[/ELEMENT] as asked for, else that of the unit's worksheets when they agree.
std::optional<std::string> template_asked(const Options& options, const Workspace& workspace) {
  const RawOptions& raw = options.raw;
  if (!raw.pack.empty() && raw.pack.find('/') != std::string::npos) return raw.pack;
  if (!raw.pack.empty()) {
    const Pack* pack = workspace.packs().find(raw.pack);
    if (pack == nullptr) {
      complain(options, no_such(options.say, "paket", "pack", raw.pack, workspace.packs().ids()));
      return std::nullopt;
    }
    if (pack->templates.size() == 1) return raw.pack + "/" + pack->templates.front().id;
    if (pack->find_template("lke") != nullptr) return raw.pack + "/lke";
    missing(options, "--pack " + raw.pack + options.say("/BAGIAN", "/ELEMENT"));
    return std::nullopt;
  }
  std::vector<std::string> found;
  for (const WorksheetDeclaration& sheet : workspace.plan().worksheets) {
    if (!raw.unit.empty() && sheet.unit != raw.unit) continue;
    if (!raw.worksheet.empty() && sheet.code != raw.worksheet) continue;
    if (std::ranges::find(found, sheet.pack_template) == found.end()) found.push_back(sheet.pack_template);
  }
  if (found.size() == 1) return found.front();
  std::string choices = "--pack";
  for (const std::string& one : found) choices += (one == found.front() ? " " : " | ") + one;
  missing(options, choices);
  return std::nullopt;
}

// A file outside the plan has no total in it, but its gates ask what the plan's units reached.
std::optional<LheInput::InPlan> gates_in_plan(const ScoreRequest& request, const SheetInput& sheet) {
  const SheetScore score =
      score_sheet(*sheet.pack, *sheet.tmpl, sheet.mode, sheet.sheet.effective(ReviewLane::assessor));
  const GatedPredicate gated = gated_predicate(request, sheet, score, Language::indonesian);
  if (!gated.checked) return std::nullopt;
  return LheInput::InPlan{score.printed ? score.printed->to_string() : std::string(), gated.printed, gated.gate};
}

std::optional<LheInput::InPlan> in_plan(const Workspace& workspace, const std::string& code) {
  for (const ScoredWorksheet& one : workspace.worksheets()) {
    if (one.code != code) continue;
    const std::vector<ScoreRow> rows =
        score_rows(workspace.context(), one, ScoreDetail::components, Language::indonesian);
    return LheInput::InPlan{rows.front().value, rows.front().predicate, rows.front().gate};
  }
  return std::nullopt;
}

// Errors that touch the evaluation: all since `said`, and before it those of worksheets and recommendations (J18xx,
// J31xx). What else is wrong with the plan is said by `check` and takes nothing from this report.
std::size_t errors_of_evaluation(const std::vector<Diagnostic>& found, std::size_t said) {
  std::size_t errors = 0;
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (found[i].severity != Severity::error) continue;
    const int family = static_cast<int>(found[i].code) / 100;
    if (i >= said || family == 18 || family == 31) ++errors;
  }
  return errors;
}

int report_lhe(const Options& options, Session& session) {
  Workspace& workspace = *session.workspace;
  const std::optional<std::string> qualified = template_asked(options, workspace);
  if (!qualified) return kCouldNotRun;
  const std::size_t slash = qualified->find('/');
  const Pack* pack = workspace.packs().find(qualified->substr(0, slash));
  if (pack == nullptr) {
    complain(options, no_such(options.say, "paket", "pack", qualified->substr(0, slash), workspace.packs().ids()));
    return kCouldNotRun;
  }
  const std::size_t said = workspace.sink().all().size();
  const ScoreRequest request{options, workspace, true, session.exit_code, *pack, qualified->substr(slash + 1)};
  const auto inputs = sheet_inputs(request, *pack, request.element, options.raw.worksheet_file);
  if (!inputs) {
    (void)finish_score(request, {}, said);
    return kCouldNotRun;
  }
  if (inputs->size() > 1) {
    std::string choices = "--lembar-kerja";
    for (const SheetInput& one : *inputs) choices += (&one == &inputs->front() ? " " : " | ") + one.name;
    missing(options, choices);
    return kCouldNotRun;
  }
  const SheetInput& sheet = inputs->front();
  const std::optional<Period> period = sheet.period ? sheet.period : options.period;
  const std::optional<UnitId> unit = workspace.model().units.find(sheet.unit);
  if (!unit || !period) {
    missing(options, !unit ? "--unit" : "--periode");
    return kCouldNotRun;
  }
  const OrgUnit& org = workspace.model().units[*unit];
  const std::vector<Recommendation> recommendations = recommendations_of(workspace.plan(), workspace.model(), *unit);
  std::vector<Proposal> proposals;
  if (options.raw.propose) proposals = plan_proposals(request, *sheet.tmpl, *unit, period->year());
  const bool declared = options.raw.worksheet_file.empty();
  bool unverified = false;
  for (const WorksheetDeclaration& one : workspace.plan().worksheets) {
    unverified = unverified || (declared && one.code == sheet.name && one.feed.unverified);
  }
  report_scored(*sheet.pack, *sheet.tmpl, *sheet.mode, sheet.sheet, workspace.sink());
  // Of a declared worksheet the plan's own check has said it.
  if (!declared) report_validity(*sheet.pack, *period, workspace.sink());
  const std::size_t errors = errors_of_evaluation(workspace.sink().all(), said);
  const LheInput input{.pack = *sheet.pack,
                       .tmpl = *sheet.tmpl,
                       .mode = *sheet.mode,
                       .sheet = sheet.sheet,
                       .code = sheet.name,
                       .title = sheet.title,
                       .unit_path = org.path,
                       .unit_name = org.name,
                       .is_government = org.is_government,
                       .period = *period,
                       .illustrative = sheet.illustrative,
                       .unverified = unverified,
                       .recommendations = recommendations,
                       .proposals = proposals,
                       .as_of = workspace.as_of(),
                       .in_plan = declared ? in_plan(workspace, sheet.name) : gates_in_plan(request, sheet),
                       .errors = errors};
  return finish_score(request, write_lhe(input), said);
}

// Of the unit or below; J1907 when there is no such unit.
bool unit_is_known(const Options& options, const Model& model) {
  if (options.raw.unit.empty() || model.units.find(options.raw.unit)) return true;
  complain(options, no_such(options.say, "unit", "unit", options.raw.unit, model.units.paths()));
  return false;
}

int report_recommendations(const Options& options, const Session& session) {
  const Workspace& workspace = *session.workspace;
  const UnitTable& units = workspace.model().units;
  if (!unit_is_known(options, workspace.model())) return kCouldNotRun;
  const std::optional<UnitId> asked = units.find(options.raw.unit);
  std::vector<Recommendation> rows;
  for (const Recommendation& one : workspace.plan().recommendations) {
    const std::optional<UnitId> at = units.find(one.unit);
    if (asked && (!at || (*at != *asked && !units.is_below(*at, *asked)))) continue;
    if (options.period && one.year != options.period->year()) continue;
    rows.push_back(one);
  }
  return write_output(options, write_rows(rows, workspace.as_of(), options.write)) ? session.exit_code : kCouldNotRun;
}

int report_cards(const Options& options, const Session& session) {
  const Workspace& workspace = *session.workspace;
  if (!unit_is_known(options, workspace.model())) return kCouldNotRun;
  CardFilter filter;
  filter.code = options.raw.code;
  filter.unit = options.raw.unit;
  if (!options.raw.grew_more.empty()) {
    filter.grew_more = Decimal::parse(options.raw.grew_more);
    if (!filter.grew_more) {
      complain(options, make_diagnostic(Code::J1903, {})
                            .arg("opsi", "--naik-lebih")
                            .arg("nilai", options.raw.grew_more)
                            .arg("diminta", "2 | 0.5"));
      return kCouldNotRun;
    }
  }
  const std::vector<CardRow> rows = card_rows(workspace.context(), workspace.plan().cards, filter);
  return write_output(options, write_rows(rows, stating_journal(options.write, workspace))) ? session.exit_code
                                                                                            : kCouldNotRun;
}

int run(const Options& options) {
  const std::optional<std::string> plan = plan_argument(options, "report");
  if (!plan) return kCouldNotRun;
  const std::string& kind = options.raw.report_kind;
  if (kind.empty()) {
    missing(options, "--kind lhe | rekomendasi | kartu-praktik | evaluasi-rkpd");
    return kCouldNotRun;
  }
  if (std::ranges::find(kKinds, kind) == kKinds.end()) {
    complain(options, no_such(options.say, "laporan", "report", kind, {kKinds.begin(), kKinds.end()}));
    return kCouldNotRun;
  }
  constexpr std::array<std::string_view, 1> kMarkdown{"markdown"};
  if (kind == "lhe" ? !require_format(options, kMarkdown) : !require_table_format(options)) return kCouldNotRun;
  Session session = open_session(options, *plan);
  if (!session.workspace) return session.exit_code;
  if (kind == "lhe") return report_lhe(options, session);
  if (kind == "evaluasi-rkpd") return report_evaluation(options, session);
  return kind == "rekomendasi" ? report_recommendations(options, session) : report_cards(options, session);
}

}  // namespace

const Command& report_command() {
  static const Command kCommand{
      "report",
      "laporan hasil evaluasi, rekomendasi dan tindak lanjutnya, kartu praktik, evaluasi RKPD dan Renja",
      "evaluation report (LHE), recommendations and their follow-up, practice cards, evaluation of RKPD and Renja",
      "Contoh: jenjang report plans/kaltim-lingkungan --kind lhe --lembar-kerja LKE-DLH-M1 -o lhe.md\n"
      "        jenjang report plans/kaltim-lingkungan --kind kartu-praktik --kode SAMPAH-KELOLA --naik-lebih 2\n"
      "        jenjang report plans/kaltim-lingkungan --kind evaluasi-rkpd --unit 64/dlh --periode 2024",
      "Example: jenjang report plans/kaltim-lingkungan --kind lhe --lembar-kerja LKE-DLH-M1 -o lhe.md\n"
      "         jenjang report plans/kaltim-lingkungan --kind kartu-praktik --code SAMPAH-KELOLA --grew-more 2\n"
      "         jenjang report plans/kaltim-lingkungan --kind evaluasi-rkpd --unit 64/dlh --periode 2024",
      declare,
      run};
  return kCommand;
}

}  // namespace jenjang::cli
