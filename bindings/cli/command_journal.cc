#include <array>

#include "jenjang/base/text.h"
#include "jenjang/journal/journal.h"

#include "command.h"
#include "journal_option.h"
#include "output.h"
#include "session.h"

namespace jenjang::cli {
namespace fs = std::filesystem;
namespace {

void declare(Arguments& arguments, RawOptions& options, const Speech& say) {
  declare_plan(arguments, options, say);
  arguments.describe_words(say("verify atau log, lalu folder rencana (bawaan: folder ini)",
                               "verify or log, then the plan folder (default: this folder)"));
  declare_output(arguments, options, say, "table|csv|json");
  declare_filters(arguments, options, say);
  arguments.text(
      "--head", options.wanted_head,
      say("verify: bandingkan dengan kepala yang pernah dicetak; jurnal yang terpotong atau ditulis ulang ketahuan",
          "verify: compare with a head that was printed; a cut or rewritten journal shows"),
      say("URUTAN:SIDIK", "SEQ:HASH"));
  declare_journal(arguments, options, say);
}

// The file of --journal, or that of the plan. Only a plan needs to be read for it.
struct Place {
  std::optional<fs::path> path;
  Zone zone = kDefaultZone;
};
Place find_journal(const Options& options, const std::string& plan) {
  Place place;
  const bool named = !options.raw.journal.empty();
  if (named) place.path = options.raw.journal;
  const std::vector<fs::path> packs = find_pack_folders(options);
  if (packs.empty()) return {};
  WorkspaceOptions settings;
  settings.pack_folders = packs;
  settings.yaml.max_bytes = options.max_yaml;
  settings.journal = options.raw.journal;
  settings.without_journal = true;
  settings.watch = options.watch;
  Workspace workspace(std::move(settings));
  // A plan with mistakes still says where its journal is.
  workspace.load(plan);
  if (workspace.plan_was_read()) {
    place.zone = workspace.plan().zone;
    place.path = journal_place(options, workspace);
  } else if (!named) {
    complain(options, workspace.sink().sorted(), workspace.sources());
  }
  return place;
}

int verify(const Options& options, const fs::path& path) {
  std::optional<WantedHead> wanted;
  if (!options.raw.wanted_head.empty()) {
    wanted = WantedHead::parse(options.raw.wanted_head);
    if (!wanted) {
      complain(options, make_diagnostic(Code::J1903, {})
                            .arg("opsi", "--head")
                            .arg("nilai", options.raw.wanted_head)
                            .arg("diminta", "41:9f2c4e7a01b3d5c8"));
      return kCouldNotRun;
    }
  }
  const Result<Journal> journal = Journal::open(path, JournalAccess::read);
  if (!journal) {
    complain(options, journal.failure());
    // Damage that shows on opening is an answer, not an obstacle.
    return journal.failure().code == Code::J3005 ? kFindings : kCouldNotRun;
  }
  const VerifyReport report = journal.value().verify(wanted);
  const SourceMap none;
  if (!report.findings.empty()) complain(options, report.findings, none);
  Table table;
  table.kind = "journal-verify";
  table.columns = {{"jurnal", ColumnKind::text},
                   {"utuh", ColumnKind::text},
                   {"entri", ColumnKind::count},
                   {"pertama_rusak", ColumnKind::count},
                   {"kepala", ColumnKind::code}};
  table.rows.push_back({path.generic_string(), report.sound ? "ya" : "tidak", std::to_string(report.entries),
                        report.first_bad == 0 ? "" : std::to_string(report.first_bad), report.head.to_string()});
  if (!write_output(options, write_table(table, options.write))) return kCouldNotRun;
  return report.sound ? kDone : kFindings;
}

std::string address_of(const Entry& entry) {
  const Observation& figure = entry.figure;
  if (entry.kind == EntryKind::adoption && !entry.text.empty()) return figure.code + "#" + entry.text;
  if (figure.unit.empty()) return figure.code.str();
  return figure.code + "@" + figure.unit + ":" + figure.period.to_string();
}

std::string content_of(const Entry& entry) {
  const Observation& figure = entry.figure;
  if (!figure.grade.empty()) return figure.grade.str();
  switch (entry.kind) {
    case EntryKind::realisation:
    case EntryKind::correction:
    case EntryKind::grade_proposed:
    case EntryKind::grade_decided:
      return figure.state == CellState::value ? figure.number.to_string() : std::string(to_string(figure.state));
    case EntryKind::validation: {
      const VerifiedFigure& verified = *figure.verified;
      if (!verified.grade.empty()) return verified.grade.str();
      return verified.number ? verified.number->to_string() : std::string();
    }
    default:
      return {};
  }
}

// By the words of the entry: a unit and what its path or its region code holds.
bool inside(std::string_view unit, std::string_view wanted) {
  if (!unit.starts_with(wanted)) return false;
  return unit.size() == wanted.size() || unit[wanted.size()] == '/' || unit[wanted.size()] == '.';
}

bool wanted(const Options& options, const Entry& entry) {
  const Observation& figure = entry.figure;
  if (!options.raw.code.empty() && figure.code != options.raw.code) return false;
  if (!options.raw.unit.empty() && !inside(figure.unit, options.raw.unit)) return false;
  return !options.period || (figure.period.valid() && options.period->contains(figure.period));
}

std::string count_text(std::uint64_t count) {
  return count == 0 ? std::string() : std::to_string(count);
}

int log(const Options& options, const Place& place) {
  const Result<Journal> journal = Journal::open(*place.path, JournalAccess::read);
  if (!journal) {
    complain(options, journal.failure());
    return kCouldNotRun;
  }
  constexpr std::size_t kShownDigits = 16;
  Table table;
  table.kind = "journal-log";
  table.columns = {{"urutan", ColumnKind::count},
                   {"waktu", ColumnKind::code},
                   {"jenis", ColumnKind::text},
                   {"alamat", ColumnKind::code},
                   {"isi", ColumnKind::figure},
                   {"keadaan", ColumnKind::text},
                   {"pelaku", ColumnKind::code},
                   {"peran", ColumnKind::text},
                   {"merujuk", ColumnKind::count},
                   {"keterangan", ColumnKind::text},
                   {"sumber", ColumnKind::text, false},
                   {"bukti", ColumnKind::text, false},
                   {"letak", ColumnKind::text, false},
                   {"sidik_bukti", ColumnKind::code, false},
                   {"berkas", ColumnKind::text, false},
                   {"baris", ColumnKind::count, false},
                   {"sidik_isi", ColumnKind::code, false},
                   {"sidik", ColumnKind::code}};
  const std::optional<Diagnostic> damage = journal.value().read(1, 0, [&](const Entry& entry) {
    if (!wanted(options, entry)) return true;
    table.rows.push_back(
        {std::to_string(entry.seq), entry.recorded.to_string(place.zone), std::string(to_string(entry.kind)),
         address_of(entry), content_of(entry), entry.figure.status.str(), entry.actor, entry.role,
         count_text(entry.refers), entry.text, entry.figure.source.str(), entry.evidence.path, entry.evidence.place,
         entry.evidence.digest ? to_hex(*entry.evidence.digest) : std::string(), entry.origin.file,
         count_text(entry.origin.number.line != 0 ? entry.origin.number.line : entry.origin.address.line),
         entry.content ? to_hex(*entry.content) : std::string(), to_hex(entry.hash).substr(0, kShownDigits)});
    return true;
  });
  if (damage) complain(options, *damage);
  if (!write_output(options, write_table(table, options.write))) return kCouldNotRun;
  return damage ? kFindings : kDone;
}

int run(const Options& options) {
  constexpr std::array<std::string_view, 2> kActions{"verify", "log"};
  const std::vector<std::string>& arguments = options.raw.arguments;
  if (!require_table_format(options)) return kCouldNotRun;
  if (arguments.empty()) {
    complain(options, make_diagnostic(Code::J1904, {}).arg("apa", "verify | log"));
    return kCouldNotRun;
  }
  if (arguments.front() != kActions[0] && arguments.front() != kActions[1]) {
    Diagnostic finding = make_diagnostic(Code::J1903, {})
                             .arg("opsi", "journal")
                             .arg("nilai", arguments.front())
                             .arg("diminta", "verify | log");
    finding.suggestion = nearest(arguments.front(), kActions).value_or("");
    complain(options, finding);
    return kCouldNotRun;
  }
  if (arguments.size() > 2) {
    complain(options,
             make_diagnostic(Code::J1902, {}).arg("argumen", "\"" + arguments[2] + "\"").arg("perintah", "journal"));
    return kCouldNotRun;
  }
  const Place place = find_journal(options, arguments.size() == 2 ? arguments[1] : ".");
  if (!place.path) return kCouldNotRun;
  if (place.path->empty()) {
    complain(options, make_diagnostic(Code::J1904, {}).arg("apa", "--journal"));
    return kCouldNotRun;
  }
  return arguments.front() == kActions[0] ? verify(options, *place.path) : log(options, place);
}

}  // namespace

const Command& journal_command() {
  static const Command kCommand{"journal",
                                "periksa rantai jurnal (verify) atau tampilkan isinya (log)",
                                "check the chain of the journal (verify) or show its entries (log)",
                                "Contoh: jenjang journal verify plans/pelaporan --head 41:9f2c4e7a01b3d5c8\n"
                                "        jenjang journal log plans/pelaporan --kode IKLH --format csv",
                                "Example: jenjang journal verify plans/pelaporan --head 41:9f2c4e7a01b3d5c8\n"
                                "         jenjang journal log plans/pelaporan --kode IKLH --format csv",
                                declare,
                                run};
  return kCommand;
}

}  // namespace jenjang::cli
