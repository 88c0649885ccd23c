#include <algorithm>
#include <array>
#include <chrono>
#include <memory>

#include "jenjang/base/text.h"
#include "jenjang/intake/record_rows.h"
#include "jenjang/workspace/recorder.h"

#include "command.h"
#include "journal_option.h"
#include "memory.h"
#include "output.h"
#include "session.h"

namespace jenjang::cli {
namespace fs = std::filesystem;
namespace {

constexpr std::array<EntryKind, 9> kKinds{
    EntryKind::realisation,   EntryKind::validation,      EntryKind::grade_proposed,
    EntryKind::grade_decided, EntryKind::dispute,         EntryKind::evidence,
    EntryKind::adoption,      EntryKind::signed_document, EntryKind::note};

void declare(Arguments& arguments, RawOptions& options, const Speech& say) {
  declare_plan(arguments, options, say);
  arguments.describe_words(say("folder rencana (bawaan: folder ini), lalu satu atau beberapa berkas CSV",
                               "plan folder (default: this folder), then one or more CSV files"));
  declare_output(arguments, options, say, "table|csv|json");
  const auto text = [&](const char* name, std::string& into, const std::string& about, const std::string& form) {
    arguments.text(name, into, about, form);
  };
  text("--jenis", options.record_kind, say("isi berkas; bawaan realisasi", "what the file holds; default realisasi"),
       "realisasi|validasi|nilai-usulan|nilai-putusan|sanggahan|bukti|penetapan|penandatanganan|catatan");
  text("--oleh", options.recorded_by,
       say("siapa yang mencatat: kunci orang atau path jabatan",
           "who records: the key of a person or the path of a position"),
       say("KUNCI", "KEY"));
  text("--peran", options.role,
       say("peran menurut alur, misalnya provinsi", "role as the workflow names it, such as provinsi"),
       say("PERAN", "ROLE"));
  text("--pada", options.recorded_at,
       say("waktu catat, dalam zona rencana bila tanpa selisih; bawaan: sekarang",
           "recorded time, in the zone of the plan when it has no offset; default: now"),
       "2026-04-10T09:00");
  arguments.flag("--dry-run", options.dry_run,
                 say("tampilkan apa yang akan berubah per baris; tidak mencatat apa pun",
                     "show what would change row by row; records nothing"));
  arguments.flag("--detailed-exitcode", options.detailed_exit_code,
                 say("dengan --dry-run: keluar 3 bila ada yang akan berubah",
                     "with --dry-run: exit 3 when something would change"));
  arguments.list(
      "--ambil", options.taken,
      say("kolom tambahan yang boleh dicatat; boleh diulang", "extra column that may be recorded; may be repeated"),
      say("KOLOM", "COLUMN"));
  text("--pemisah", options.separator,
       say("pemisah kolom; bawaan: menurut manifes, lalu koma",
           "column separator; default: as the manifest says, then a comma"),
       ",|;|tab");
  text("--desimal", options.decimal_mark,
       say("tanda desimal; bawaan: menurut manifes, lalu titik",
           "decimal mark; default: as the manifest says, then a point"),
       "titik|koma");
  text("--otoritas", options.authority,
       say("kode wilayah siapa pada kolom unit; bawaan: menurut manifes, lalu kemendagri",
           "whose region codes column unit holds; default: as the manifest says, then kemendagri"),
       "kemendagri|bps");
  text("--sumber", options.feed_source, say("sumber bawaan setiap baris", "default source of each row"),
       say("TEKS", "TEXT"));
  declare_journal(arguments, options, say);
  declare_memory(arguments, options, say);
}

// A word among choices, or J1903 on stderr.
std::optional<std::size_t> choose(const Options& options, std::string_view option, const std::string& word,
                                  std::span<const std::string_view> choices, bool& good) {
  if (word.empty()) return std::nullopt;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    if (choices[i] == word) return i;
  }
  std::string wanted;
  for (const std::string_view choice : choices) wanted += (wanted.empty() ? "" : " | ") + std::string(choice);
  Diagnostic finding = make_diagnostic(Code::J1903, {}).arg("opsi", option).arg("nilai", word).arg("diminta", wanted);
  finding.suggestion = nearest(word, choices).value_or("");
  complain(options, finding);
  good = false;
  return std::nullopt;
}

std::optional<RecordOptions> record_options(const Options& options) {
  const RawOptions& raw = options.raw;
  RecordOptions record;
  bool good = true;
  std::vector<std::string_view> kinds;
  kinds.reserve(std::size(kKinds));
  for (const EntryKind kind : kKinds) kinds.push_back(to_string(kind));
  if (const auto kind = choose(options, "--jenis", raw.record_kind, kinds, good)) record.kind = kKinds[*kind];
  constexpr std::array<std::string_view, 3> kSeparators{",", ";", "tab"};
  if (const auto separator = choose(options, "--pemisah", raw.separator, kSeparators, good))
    record.separator = *separator == 2 ? '\t' : kSeparators[*separator].front();
  constexpr std::array<std::string_view, 2> kMarks{"titik", "koma"};
  if (const auto mark = choose(options, "--desimal", raw.decimal_mark, kMarks, good))
    record.decimal_point = *mark == 0 ? '.' : ',';
  constexpr std::array<std::string_view, 2> kAuthorities{"kemendagri", "bps"};
  if (const auto authority = choose(options, "--otoritas", raw.authority, kAuthorities, good))
    record.authority = static_cast<RegionAuthority>(*authority);
  if (!raw.feed_source.empty()) record.source = raw.feed_source;
  record.taken = raw.taken;
  record.role = raw.role;
  record.actor = raw.recorded_by;
  if (raw.recorded_by.empty()) {
    complain(options, make_diagnostic(Code::J1904, {}).arg("apa", "--oleh"));
    good = false;
  } else if (!is_actor(raw.recorded_by)) {
    complain(options, make_diagnostic(Code::J3020, {}).arg("teks", raw.recorded_by));
    good = false;
  }
  for (const auto& [option, text] : {std::pair("--peran", raw.role), std::pair("--sumber", raw.feed_source)}) {
    if (!holds_person_number(text)) continue;
    complain(options, make_diagnostic(Code::J3022, {}).arg("kolom", option));
    good = false;
  }
  if (!good) return std::nullopt;
  return record;
}

// The one clock of the program.
Moment now() {
  using std::chrono::system_clock;
  return {std::chrono::duration_cast<std::chrono::seconds>(system_clock::now().time_since_epoch()).count()};
}

Table preview_table(const std::vector<FileRecord>& files) {
  Table table;
  table.kind = "record-preview";
  table.columns = {
      {"berkas", ColumnKind::text}, {"baris", ColumnKind::count},       {"alamat", ColumnKind::code},
      {"jenis", ColumnKind::text},  {"perubahan", ColumnKind::text},    {"lama", ColumnKind::figure},
      {"baru", ColumnKind::figure}, {"keadaan_lama", ColumnKind::text}, {"keadaan_baru", ColumnKind::text}};
  for (const FileRecord& file : files) {
    for (const RecordedRow& row : file.changes) {
      table.rows.push_back({file.file, std::to_string(row.line), row.address, std::string(to_string(row.kind)),
                            std::string(to_string(row.change)), row.before, row.after, row.status_before,
                            row.status_after});
    }
  }
  return table;
}

std::string outcome_word(const FileRecord& file) {
  if (file.refused) return "ditolak";
  if (!file.changes_nothing()) return "dicatat";
  return file.count(RowChange::repeated) > 0 ? "sudah-dicatat" : "tidak-berubah";
}

Table summary_table(const std::vector<FileRecord>& files) {
  Table table;
  table.kind = "record";
  table.columns = {{"berkas", ColumnKind::text},
                   {"jenis", ColumnKind::text},
                   {"hasil", ColumnKind::text},
                   {"baris", ColumnKind::count}};
  for (std::size_t i = 0; i < kRowChanges; ++i)
    table.columns.push_back({std::string(to_string(static_cast<RowChange>(i))), ColumnKind::count});
  table.columns.push_back({"jurnal", ColumnKind::code});
  for (const FileRecord& file : files) {
    std::vector<std::string> row{file.file, std::string(to_string(file.kind)), outcome_word(file),
                                 std::to_string(file.rows)};
    for (const std::size_t count : file.counts) row.push_back(std::to_string(file.refused ? 0 : count));
    row.push_back(file.head.to_string());
    table.rows.push_back(std::move(row));
  }
  return table;
}

// "tw1.csv: 3 baru, 1 koreksi, 2 sama".
void say_totals(const Options& options, const FileRecord& file) {
  std::string line = file.file + ":";
  std::string parts;
  for (std::size_t i = 0; i < kRowChanges; ++i) {
    if (file.counts[i] == 0) continue;
    parts += (parts.empty() ? " " : ", ") + std::to_string(file.counts[i]) + " " +
             std::string(to_string(static_cast<RowChange>(i)));
  }
  if (file.refused) {
    line += options.say(" ditolak; tidak satu baris pun akan dicatat", " refused; not a single row would be recorded");
  } else if (file.count(RowChange::repeated) > 0) {
    line += options.say(" berkas ini sudah dicatat; tidak ada yang berubah",
                        " this file is recorded already; nothing changes");
  } else {
    line += parts.empty() ? options.say(" tidak ada baris", " no rows") : parts;
  }
  remark(line);
}

// Where a journal comes to be, the plan's own files of reports stop counting.
void say_new_journal(const Options& options, const Workspace& workspace, const std::vector<std::string>& recorded) {
  const auto was_recorded = [&](const FeedDeclaration& feed) {
    return std::ranges::any_of(recorded, [&feed](const std::string& file) {
      std::error_code ignored;
      return fs::equivalent(file, feed.file, ignored);
    });
  };
  constexpr std::size_t kNamed = 3;
  std::size_t count = 0;
  std::string names;
  for (const FeedDeclaration& feed : workspace.plan().feeds) {
    if (was_recorded(feed) || ++count > kNamed) continue;
    names += (names.empty() ? "" : ", ") + feed.display_name;
  }
  if (count == 0) return;
  if (count > kNamed) names += ", ...";
  remark(options.say(
             "jurnal baru: mulai sekarang hanya isinya yang dihitung; berkas realisasi rencana yang belum dicatat (",
             "a new journal: from now on only what it holds counts; report files of the plan not recorded (") +
         std::to_string(count) + "): " + names + options.say("; lihat `jenjang check`", "; see `jenjang check`"));
}

int run(const Options& options) {
  if (!require_table_format(options)) return kCouldNotRun;
  std::vector<std::string> files = options.raw.arguments;
  std::string plan = ".";
  if (!files.empty() && looks_like_plan(files.front())) {
    plan = files.front();
    files.erase(files.begin());
  }
  if (files.empty()) {
    complain(
        options,
        make_diagnostic(Code::J1904, {}).arg("apa", options.say("berkas CSV yang dicatat", "the CSV file to record")));
    return kCouldNotRun;
  }
  std::optional<RecordOptions> record = record_options(options);
  if (!record) return kCouldNotRun;
  const std::vector<fs::path> packs = find_pack_folders(options);
  if (packs.empty()) return kCouldNotRun;
  WorkspaceOptions settings;
  settings.pack_folders = packs;
  settings.yaml.max_bytes = options.max_yaml;
  settings.journal = options.raw.journal;
  settings.without_journal = true;  // the plan as its files are now is what rows are checked against
  settings.keep_inputs = true;
  settings.watch = options.watch;
  Workspace workspace(std::move(settings));
  if (!workspace.load(plan)) {
    complain(options, workspace.sink().sorted(), workspace.sources());
    return workspace.could_run() ? kFindings : kCouldNotRun;
  }
  record->at = now();
  if (!options.raw.recorded_at.empty()) {
    const std::optional<Moment> at = Moment::parse(options.raw.recorded_at, workspace.plan().zone);
    if (!at) {
      complain(options, make_diagnostic(Code::J1903, {})
                            .arg("opsi", "--pada")
                            .arg("nilai", options.raw.recorded_at)
                            .arg("diminta", "2026-03-31T17:00 | 2026-03-31T17:00+08:00 | 2026-03-31"));
      return kCouldNotRun;
    }
    // Later entries may not be older: a slip of the year would lock the journal until then. A day's grace for clocks.
    constexpr std::int64_t kGrace = 86'400;
    if (at->seconds > record->at.seconds + kGrace) {
      complain(options, make_diagnostic(Code::J1903, {})
                            .arg("opsi", "--pada")
                            .arg("nilai", options.raw.recorded_at)
                            .arg("diminta", options.say("waktu yang sudah lewat", "a time that has passed")));
      return kCouldNotRun;
    }
    record->at = *at;
  }
  record->watch = options.watch;
  const fs::path place = journal_place(options, workspace);
  if (place.empty()) {
    complain(options, make_diagnostic(Code::J1904, {}).arg("apa", "--journal"));
    return kCouldNotRun;
  }
  std::error_code failed;
  std::optional<Journal> journal;
  const auto open = [&](JournalAccess access) {
    Result<Journal> opened = Journal::open(place, access);
    if (!opened) {
      complain(options, opened.failure());
      return false;
    }
    journal = std::move(opened).value();
    return true;
  };
  const bool existed = fs::exists(place, failed);
  // An empty journal would hide the files of the plan, so one that was made and then not used goes again.
  struct Unused {
    const fs::path& place;
    std::optional<Journal>& journal;
    bool made = false;
    ~Unused() {
      if (!made || !journal || journal->head().seq != 0) return;
      journal.reset();
      std::error_code ignored;
      for (const char* tail : {"", "-wal", "-shm"}) fs::remove(place.string() + tail, ignored);
    }
  } unused{place, journal};
  if (existed && !open(options.raw.dry_run ? JournalAccess::read : JournalAccess::create)) return kCouldNotRun;
  Recorder recorder(workspace, *record);
  std::vector<FileRecord> done;
  int exit_code = kDone;
  for (const std::string& file : files) {
    if (!rows_fit_in_memory(options, file)) {
      exit_code = kCouldNotRun;
      break;
    }
    if (!journal && !options.raw.dry_run) {
      // It is made only for something to keep.
      Recorder trial(workspace, *record);
      Result<FileRecord> first = trial.preview(nullptr, file);
      if (first && (first.value().refused || first.value().changes_nothing())) {
        if (!trial.sink().all().empty()) complain(options, trial.sink().sorted(), workspace.sources());
        if (first.value().refused) exit_code = kFindings;
        done.push_back(std::move(first).value());
        continue;
      }
      if (first && !open(JournalAccess::create)) return kCouldNotRun;
      unused.made = first.ok();
    }
    Result<FileRecord> result = options.raw.dry_run || !journal ? recorder.preview(journal ? &*journal : nullptr, file)
                                                                : recorder.record(*journal, file);
    if (!result) {
      complain(options, result.failure());
      exit_code = kCouldNotRun;
      break;
    }
    done.push_back(std::move(result).value());
    if (done.back().refused) exit_code = kFindings;
  }
  if (!recorder.sink().all().empty()) complain(options, recorder.sink().sorted(), workspace.sources());
  if (done.empty()) return exit_code;
  bool would_change = false;
  for (const FileRecord& file : done) {
    would_change = would_change || (!file.refused && !file.changes_nothing());
    if (options.raw.dry_run) say_totals(options, file);
  }
  if (unused.made && journal && journal->head().seq != 0) say_new_journal(options, workspace, files);
  const Table table = options.raw.dry_run ? preview_table(done) : summary_table(done);
  if (!write_output(options, write_table(table, options.write))) return kCouldNotRun;
  if (exit_code == kDone && options.raw.dry_run && options.raw.detailed_exit_code && would_change) return kWouldChange;
  return exit_code;
}

}  // namespace

const Command& record_command() {
  static const Command kCommand{
      "record",
      "catat realisasi, validasi, dan nilai dari CSV ke jurnal",
      "append realisations, validations and grades from CSV to the journal",
      "Contoh: jenjang record plans/pelaporan plans/pelaporan/masuk/tw1.csv --oleh P-017 --dry-run\n"
      "        jenjang record . validasi.csv --jenis validasi --oleh P-031 --peran provinsi",
      "Example: jenjang record plans/pelaporan plans/pelaporan/masuk/tw1.csv --oleh P-017 --dry-run\n"
      "         jenjang record . validation.csv --jenis validasi --oleh P-031 --peran provinsi",
      declare,
      run};
  return kCommand;
}

}  // namespace jenjang::cli
