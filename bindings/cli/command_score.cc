#include <algorithm>
#include <array>

#include "jenjang/base/text.h"
#include "jenjang/report/formula_report.h"
#include "jenjang/report/score.h"

#include "beside.h"
#include "command.h"
#include "follow_up.h"
#include "output.h"
#include "score_kinds.h"
#include "session.h"

namespace jenjang::cli {
namespace {

void declare_pack_options(Arguments& arguments, RawOptions& options, const Speech& say) {
  const auto text = [&](const char* name, std::string& into, const char* id_about, const char* en_about,
                        const char* form) { arguments.text(name, into, say(id_about, en_about), form); };
  const char* file = say.language == Language::indonesian ? "BERKAS" : "FILE";
  text("--pack", options.pack, "nilai menurut paket ini, misalnya sakip-2021 atau sakip-2021/lke",
       "score by this pack, as in sakip-2021 or sakip-2021/lke", "PAKET[/BAGIAN]");
  text("--unit", options.unit, "unit yang dinilai", "the unit that is scored", "UNIT");
  text("--mode", options.mode, "cara mengisi lembar kerja, misalnya M1", "how the worksheet is filled in, such as M1",
       "MODE");
  text("--worksheet", options.worksheet_file, "berkas lembar kerja yang dinilai", "the worksheet file that is scored",
       file);
  arguments.text(
      "--pemisah", options.separator,
      say("pemisah kolom berkas lembar kerja; bawaan koma", "column separator of the worksheet file; default comma"),
      ",|;|tab");
  text("--against", options.against, "bandingkan dengan paket ini", "compare with this pack", "PAKET[/BAGIAN]");
  text("--worksheet-against", options.worksheet_against, "lembar kerja bagi paket pembanding",
       "the worksheet for the pack compared with", file);
  text("--data", options.data, "berkas baris masukan lembar hitung", "file of input rows for a formula sheet", file);
  text("--massal", options.bulk_file, "berkas banyak lembar: kunci, lalu kode dan jawaban atau satu kolom tiap kode",
       "file of many sheets: kunci, then kode and jawaban or a column for each code", file);
  text("--certificate", options.certificate, "tulis sertifikat nilai ke berkas ini",
       "write a score certificate to this file", file);
  text("--bagian", options.clock_part, "bagi jam: hasil yang mana", "for a clock: which result",
       "tingkat|batas|laporan|eskalasi|fakta");
  text("--periode", options.period,
       "bagi usul: tahun yang dinilai; bagi jam: hanya laporan yang masuk pada periode ini",
       "for proposals: the year evaluated; for a clock: only reports received in this period",
       say.language == Language::indonesian ? "PERIODE" : "PERIOD");
  text("--frekuensi", options.frequency, "bagi jam: juga per bulan, triwulan, semester atau tahun masuk",
       "for a clock: also by month, quarter, half or year of receipt", "bulan|triwulan|semester|tahun");
  arguments.flag("--batch", options.batch,
                 say("semua lembar kerja paket itu, diurutkan", "all worksheets of that pack, ranked"));
  arguments.flag("--blank", options.blank, say("lembar kerja kosong untuk diisi", "an empty worksheet to fill in"));
  arguments.flag("--propose", options.propose,
                 say("usul jawaban yang dapat dibuktikan rencana sendiri",
                     "answers that the plan itself can prove, as proposals"));
}

void declare(Arguments& arguments, RawOptions& options, const Speech& say) {
  declare_plan(arguments, options, say);
  declare_output(arguments, options, say, "table|csv|json");
  arguments.text("--lembar-kerja", options.worksheet, say("hanya lembar kerja ini", "this worksheet only"),
                 say("KODE", "CODE"));
  arguments.flag("--rinci", options.detailed, say("sampai ke setiap kriteria", "down to every criterion"));
  declare_pack_options(arguments, options, say);
  declare_as_of(arguments, options, say);
}

// Questions about a pack that stand above the kind of its element, by the option that asks them.
struct Question {
  const char* option;
  bool (*is_asked)(const RawOptions&);
  int (*run)(const ScoreRequest&);
};
constexpr std::array kQuestions{
    Question{"--massal", [](const RawOptions& raw) { return !raw.bulk_file.empty(); }, &score_bulk},
    Question{"--propose", [](const RawOptions& raw) { return raw.propose && !raw.blank; }, &score_proposals},
    Question{"--against", [](const RawOptions& raw) { return !raw.against.empty(); }, &score_against},
    Question{"--batch", [](const RawOptions& raw) { return raw.batch; }, &score_batch},
    Question{"--certificate", [](const RawOptions& raw) { return !raw.certificate.empty(); }, &score_certificate},
};

// One question at a time: what another one would have written is missed only later.
bool asks_one_question(const Options& options) {
  const Question* first = nullptr;
  for (const Question& question : kQuestions) {
    if (!question.is_asked(options.raw)) continue;
    if (first != nullptr) return refuse_beside(options, question.option, first->option);
    first = &question;
  }
  // A certificate goes to a file of its own; no table is made.
  const bool certificate = !options.raw.certificate.empty();
  return !certificate || options.raw.file.empty() || refuse_beside(options, "-o", "--certificate");
}

// Kinds of elements, in the order in which a name is looked up.
struct ElementKind {
  bool (*is_in)(const Pack&, const std::string& element);
  std::vector<std::string> (*names)(const Pack&);
  int (*run)(const ScoreRequest&);
};

template <class T>
std::vector<std::string> ids_of(const std::vector<T>& list) {
  std::vector<std::string> ids;
  ids.reserve(list.size());
  for (const T& one : list) ids.push_back(one.id);
  return ids;
}

const std::array kKinds{
    ElementKind{[](const Pack& pack, const std::string& name) { return pack.find_template(name) != nullptr; },
                [](const Pack& pack) { return ids_of(pack.templates); }, &score_template},
    ElementKind{[](const Pack& pack, const std::string& name) { return pack.formula(name) != nullptr; },
                [](const Pack& pack) { return ids_of(pack.formulas); }, &score_formula},
    ElementKind{[](const Pack& pack, const std::string& name) { return pack.clock(name) != nullptr; },
                [](const Pack& pack) { return ids_of(pack.clocks); }, &score_clock},
    ElementKind{[](const Pack& pack, const std::string& name) { return pack.spread(name) != nullptr; },
                [](const Pack& pack) { return ids_of(pack.spreads); }, &score_spread},
};

// The element that PACK alone means: the only one of the first kind that has any, or the worksheet named `lke`.
std::string default_element(const Pack& pack) {
  for (const ElementKind& kind : kKinds) {
    const std::vector<std::string> names = kind.names(pack);
    if (names.size() == 1) return names.front();
    if (std::ranges::find(names, "lke") != names.end()) return "lke";
    if (!names.empty()) return {};
  }
  return {};
}

// The packs alone, for what needs no plan.
Session open_packs(const Options& options) {
  Session session;
  const std::vector<std::filesystem::path> folders = find_pack_folders(options);
  if (folders.empty()) {
    session.exit_code = kCouldNotRun;
    return session;
  }
  WorkspaceOptions settings;
  settings.pack_folders = folders;
  settings.yaml.max_bytes = options.max_yaml;
  Workspace workspace(std::move(settings));
  if (!workspace.load_packs()) session.exit_code = kFindings;
  say_findings(options, workspace);
  session.workspace = std::move(workspace);
  return session;
}

int run_pack(const Options& options) {
  const RawOptions& raw = options.raw;
  const bool needs_no_plan = !raw.bulk_file.empty() ||
                             (raw.arguments.empty() && (!raw.worksheet_file.empty() || !raw.data.empty() || raw.blank));
  const std::optional<std::string> plan = plan_argument(options, "score");
  if (!plan || !require_table_format(options) || !asks_one_question(options)) return kCouldNotRun;
  Session session = needs_no_plan ? open_packs(options) : open_session(options, *plan);
  if (!session.workspace) return session.exit_code;
  Workspace& workspace = *session.workspace;
  const std::string name = raw.pack.substr(0, raw.pack.find('/'));
  const Pack* pack = workspace.packs().find(name);
  if (pack == nullptr) {
    complain(options, no_such(options.say, "paket", "pack", name, workspace.packs().ids()));
    return kCouldNotRun;
  }
  const bool named = raw.pack.size() > name.size();
  const ScoreRequest request{options,        workspace,
                             !needs_no_plan, session.exit_code,
                             *pack,          named ? raw.pack.substr(name.size() + 1) : default_element(*pack)};
  for (const ElementKind& kind : kKinds) {
    if (!kind.is_in(*pack, request.element)) continue;
    for (const Question& question : kQuestions) {
      if (question.is_asked(raw)) return question.run(request);
    }
    return kind.run(request);
  }
  std::vector<std::string> known;
  for (const ElementKind& kind : kKinds) {
    for (const std::string& id : kind.names(*pack)) known.push_back(std::string(name).append("/").append(id));
  }
  complain(options, no_such(options.say, "bagian paket", "element of a pack", raw.pack, known));
  return kCouldNotRun;
}

int run(const Options& options) {
  if (!options.raw.pack.empty()) return run_pack(options);
  // Asked of a pack; without one they would be passed over, and a certificate that is not there looks like success.
  const RawOptions& raw = options.raw;
  if (raw.propose || raw.batch || raw.blank || !raw.against.empty() || !raw.certificate.empty() ||
      !raw.worksheet_file.empty() || !raw.data.empty() || !raw.bulk_file.empty()) {
    complain(options, make_diagnostic(Code::J1904, {}).arg("apa", "--pack"));
    return kCouldNotRun;
  }
  const std::optional<std::string> plan = plan_argument(options, "score");
  if (!plan || !require_table_format(options)) return kCouldNotRun;
  Session session = open_session(options, *plan);
  if (!session.workspace) return session.exit_code;
  const Workspace& workspace = *session.workspace;
  std::vector<ScoredWorksheet> worksheets = workspace.worksheets();
  const std::string& wanted = options.raw.worksheet;
  if (!wanted.empty()) {
    std::vector<std::string> known = texts_of(worksheets, &ScoredWorksheet::code);
    for (const FormulaSheet& sheet : workspace.formula_sheets()) known.push_back(sheet.code);
    if (std::ranges::find(known, wanted) == known.end()) {
      complain(options, no_such(options.say, "lembar kerja", "worksheet", wanted, known));
      return kCouldNotRun;
    }
    std::erase_if(worksheets, [&](const ScoredWorksheet& worksheet) { return worksheet.code != wanted; });
  }
  std::vector<ScoreRow> rows;
  for (const ScoredWorksheet& worksheet : worksheets) {
    const ScoreDetail detail = options.raw.detailed ? ScoreDetail::criteria : ScoreDetail::sub_components;
    const std::vector<ScoreRow> part = score_rows(workspace.context(), worksheet, detail, options.say.language);
    rows.insert(rows.end(), part.begin(), part.end());
    say_open_recommendations(options, workspace, workspace.model().unit(worksheet.total).path, worksheet.period.year());
  }
  for (const FormulaSheet& sheet : workspace.formula_sheets()) {
    if (!wanted.empty() && sheet.code != wanted) continue;
    const std::vector<ScoreRow> part = formula_score_rows(sheet);
    rows.insert(rows.end(), part.begin(), part.end());
  }
  return write_output(options, write_rows(rows, stating_journal(options.write, workspace))) ? session.exit_code
                                                                                            : kCouldNotRun;
}

}  // namespace

int finish_score(const ScoreRequest& request, const std::string& rows, std::size_t said) {
  const std::vector<Diagnostic>& all = request.workspace.sink().all();
  DiagnosticSink fresh;
  for (std::size_t i = said; i < all.size(); ++i) fresh.report(all[i]);
  if (!fresh.all().empty()) complain(request.options, fresh.sorted(), request.workspace.sources());
  if (!rows.empty() && !write_output(request.options, rows)) return kCouldNotRun;
  return fresh.has_errors() ? kFindings : request.exit_code;
}

const Command& score_command() {
  static const Command kCommand{"score",
                                "nilai lembar kerja: komponen, subkomponen, total, predikat",
                                "worksheets scored: components, sub-components, total, predicate",
                                "Contoh: jenjang score plans/kaltim-lingkungan --lembar-kerja LKE-DLH-M2 --rinci\n"
                                "        jenjang score --pack sakip-2021 --mode M1 --blank --csv excel-id -o lke.csv\n"
                                "        jenjang score --pack sakip-2021 --mode M1 --worksheet lke.csv\n"
                                "        jenjang score --pack skp-2022/predikat-pegawai --massal skp.csv --format csv",
                                "Example: jenjang score plans/kaltim-lingkungan --lembar-kerja LKE-DLH-M2 --rinci\n"
                                "         jenjang score --pack sakip-2021 --mode M1 --blank --csv excel-id -o lke.csv\n"
                                "         jenjang score --pack sakip-2021 --mode M1 --worksheet lke.csv\n"
                                "         jenjang score --pack skp-2022/predikat-pegawai --massal skp.csv --format csv",
                                declare,
                                run};
  return kCommand;
}

}  // namespace jenjang::cli
