#include "jenjang/workspace/recorder.h"

#include <algorithm>
#include <array>
#include <utility>

#include "jenjang/base/text.h"
#include "jenjang/workspace/worksheet_file.h"

#include "engine/workspace/observations.h"
#include "engine/workspace/recorder_plan.h"

namespace jenjang {
namespace fs = std::filesystem;
namespace {

using recording::BoundRow;

constexpr std::array<std::string_view, kRowChanges> kChangeWords{"baru", "koreksi", "keadaan", "sama", "tercatat"};

bool same_file(const fs::path& a, const fs::path& b) {
  std::error_code failed;
  const fs::path left = fs::weakly_canonical(a, failed);
  if (failed) return false;
  const fs::path right = fs::weakly_canonical(b, failed);
  return !failed && left == right;
}

// The last list of inputs in force, if any.
std::optional<Digest> last_inputs(const Journal& journal) {
  std::optional<Digest> last;
  if (journal.head().seq == 0) return last;
  for (const Entry& entry : journal.history(Observation{})) {
    if (entry.kind == EntryKind::inputs) last = entry.content;
  }
  return last;
}

}  // namespace

std::string_view to_string(RowChange change) {
  return kChangeWords[static_cast<std::size_t>(change)];
}

bool is_actor(std::string_view text) {
  constexpr std::size_t kCitizenDigits = 16, kCivilServantDigits = 18;
  const auto is_digit = [](char letter) { return letter >= '0' && letter <= '9'; };
  const bool number = std::all_of(text.begin(), text.end(), is_digit);
  if (number && (text.size() == kCitizenDigits || text.size() == kCivilServantDigits)) return false;
  return is_valid_unit_path(text) && !holds_person_number(text);
}

struct Recorder::State {
  Workspace& workspace;
  RecordOptions options;
  DiagnosticSink sink;
  recording::CellBook book;
  bool previewing = false;
  bool verified = false;  // the journal was read through without a fault

  State(Workspace& ws, RecordOptions chosen) : workspace(ws), options(std::move(chosen)), book(workspace.model()) {}

  // A file as rows against the plan; nothing of the journal yet.
  struct Prepared {
    FileRecord record;
    std::string text;
    std::vector<BoundRow> rows;
  };

  const FeedDeclaration* declared_feed(const fs::path& file) const {
    for (const FeedDeclaration& feed : workspace.plan().feeds) {
      if (same_file(feed.file, file)) return &feed;
    }
    return nullptr;
  }
  const WorksheetDeclaration* declared_worksheet(const fs::path& file) const {
    for (const WorksheetDeclaration& sheet : workspace.plan().worksheets) {
      if (same_file(sheet.feed.file, file)) return &sheet;
    }
    return nullptr;
  }

  // A broken chain is not prolonged: nobody could tell later what stood there. Once a run; linear in the entries.
  std::optional<Diagnostic> damage_of(const Journal& journal) {
    if (verified) return std::nullopt;
    std::optional<Diagnostic> fault =
        journal.read(1, 0, [&](const Entry&) { return options.watch == nullptr || !options.watch->asked(); });
    look(options.watch, Stage::record);
    verified = !fault;
    return fault;
  }

  // As the manifest declares the file, with what the options say instead.
  [[nodiscard]] FeedFormat format_for(const FeedDeclaration* feed) const {
    FeedFormat format = feed != nullptr ? format_of(*feed) : FeedFormat{};
    if (options.separator) format.csv.separator = *options.separator;
    if (options.decimal_point) {
      format.csv.decimal_point = *options.decimal_point;
      format.csv.mark_stated = true;
    }
    if (options.authority) format.authority = *options.authority;
    if (options.source) format.default_source = *options.source;
    format.taken.insert(format.taken.end(), options.taken.begin(), options.taken.end());
    return format;
  }

  [[nodiscard]] std::vector<RecordRow> worksheet_rows(const WorksheetDeclaration& sheet, FileId file) {
    WorksheetTarget target = target_of(sheet, workspace.packs());
    if (options.source) target.source = *options.source;
    const std::vector<WorksheetAnswer> answers =
        declared_answers(sheet, file, workspace.packs(), workspace.sources(), {}, 0, sink);
    std::vector<RecordRow> rows;
    for (const WorksheetAnswer& answer : answers) {
      // One by one, so that note and evidence stay beside their answer.
      for (Observation& figure : worksheet_observations(std::span(&answer, 1), target, sink)) {
        RecordRow row;
        row.row = answer.code_span.line;  // answers that were refused leave gaps; a line never moves
        row.span = answer.code_span;
        row.status_span = row.reason_span = row.evidence_span = row.digest_span = answer.answer_span;
        row.remark = answer.note;
        row.evidence = answer.evidence;
        row.figure = std::move(figure);
        rows.push_back(std::move(row));
      }
    }
    return rows;
  }

  // The bytes and the name of a file are kept for good, so the number of a person may stand in neither, comments
  // included. Cells are looked at when their row is read, with their column.
  void refuse_persons(FileId file, const std::string& name) {
    const SourceMap& sources = workspace.sources();
    for (std::uint32_t line = 1; line <= sources.line_count(file); ++line) {
      const std::string_view text = sources.line(file, line);
      if (text.starts_with('#') && holds_person_number(text)) {
        sink.report(make_diagnostic(Code::J3022, SourceSpan{file, line, 1, static_cast<std::uint32_t>(text.size())})
                        .arg("kolom", "#"));
      }
    }
    if (holds_person_number(name)) sink.report(make_diagnostic(Code::J3022, {}).arg("kolom", name));
  }

  // Messages and origins name a file of the plan as the manifest would.
  [[nodiscard]] std::string display_name(const fs::path& file, const FeedDeclaration* feed) const {
    if (feed != nullptr) return feed->display_name;
    std::error_code failed;
    const fs::path relative = fs::relative(file, workspace.plan().folder, failed);
    if (failed || relative.empty() || relative.begin()->string() == "..") return file.filename().string();
    return relative.generic_string();
  }

  Result<Prepared> prepare(const fs::path& file) {
    Result<std::string> text = disk().read(file, options.max_bytes);
    if (!text) return text.failure();
    Prepared out;
    out.text = std::move(text).value();
    const FeedDeclaration* const feed = declared_feed(file);
    const WorksheetDeclaration* const sheet = feed == nullptr ? declared_worksheet(file) : nullptr;
    out.record.file = display_name(file, sheet != nullptr ? &sheet->feed : feed);
    out.record.digest = digest_of(out.text);
    out.record.kind = options.kind.value_or(EntryKind::realisation);
    const FileId id = workspace.sources().add(out.record.file, out.text);
    const std::size_t errors = sink.count(Severity::error);
    refuse_persons(id, out.record.file);
    std::vector<RecordRow> rows;
    if (sheet != nullptr && recording::form_of(out.record.kind) == RecordForm::figure) {
      rows = worksheet_rows(*sheet, id);
    } else {
      rows = read_record_rows(id, workspace.sources(), format_for(feed), recording::form_of(out.record.kind),
                              to_string(out.record.kind), sink);
      if (feed != nullptr) {
        for (RecordRow& row : rows) row.figure.workflow = feed->workflow;
      }
    }
    const recording::BindingContext context{workspace,         file, disk(),
                                            options.max_bytes, sink, options.at.date_in(workspace.plan().zone)};
    out.rows = recording::bind_rows(context, out.record.kind, std::move(rows));
    out.record.refused = sink.count(Severity::error) > errors;
    out.record.rows = out.rows.size();
    return out;
  }

  // Once the journal is open for reading at this very state.
  std::vector<Entry> plan(Prepared& prepared) {
    if (prepared.record.refused) {
      // What the journal has to say about the good rows is told in the same run.
      FileRecord unheeded = prepared.record;
      recording::plan_entries({workspace, options, sink}, prepared.rows, book, unheeded);
      return {};
    }
    return recording::plan_entries({workspace, options, sink}, prepared.rows, book, prepared.record);
  }
};

Recorder::Recorder(Workspace& workspace, RecordOptions options)
    : state_(std::make_unique<State>(workspace, std::move(options))) {}
Recorder::~Recorder() = default;

DiagnosticSink& Recorder::sink() {
  return state_->sink;
}

Result<FileRecord> Recorder::preview(const Journal* journal, const fs::path& file) {
  State& s = *state_;
  Result<State::Prepared> read = s.prepare(file);
  if (!read) return read.failure();
  State::Prepared prepared = std::move(read).value();
  if (journal != nullptr) {
    if (std::optional<Diagnostic> fault = s.damage_of(*journal)) return *std::move(fault);
  }
  if (!s.previewing) s.book.open(journal);
  s.previewing = true;
  (void)s.plan(prepared);
  if (journal != nullptr) {
    if (journal->fault()) return *journal->fault();
    prepared.record.head = journal->head();
  }
  return std::move(prepared.record);
}

Result<FileRecord> Recorder::record(Journal& journal, const fs::path& file) {
  State& s = *state_;
  s.previewing = false;
  Result<State::Prepared> read = s.prepare(file);
  if (!read) return read.failure();
  State::Prepared prepared = std::move(read).value();
  if (std::optional<Diagnostic> fault = s.damage_of(journal)) return *std::move(fault);
  if (prepared.record.refused) {
    s.book.open(&journal);
    (void)s.plan(prepared);
    prepared.record.head = journal.head();
    return std::move(prepared.record);
  }
  const InputsList inputs = s.workspace.inputs();
  const Digest inputs_digest = digest_of(inputs.text);
  std::vector<std::string> texts{prepared.text};
  if (!inputs.empty() && !journal.has_text(inputs_digest)) {
    texts.push_back(inputs.text);
    texts.insert(texts.end(), inputs.texts.begin(), inputs.texts.end());
  }
  const FileRecord clean = prepared.record;
  std::optional<Diagnostic> damage;
  Result<JournalHead> head = journal.append(
      [&](const Journal& now) {
        // The journal may be asked again when another writer was first.
        prepared.record = clean;
        s.book.open(&now);
        const bool renewed = !inputs.empty() && last_inputs(now) != inputs_digest;
        if (renewed) s.book.count_entry();
        std::vector<Entry> entries = s.plan(prepared);
        // What was read of a damaged journal is no ground to append on.
        damage = now.fault();
        if (damage) return std::vector<Entry>{};
        if (entries.empty() || !renewed) return entries;
        Entry first;
        first.kind = EntryKind::inputs;
        first.recorded = s.options.at;
        first.actor = s.options.actor;
        first.role = s.options.role;
        first.figure.state = CellState::empty;
        first.content = inputs_digest;
        entries.insert(entries.begin(), std::move(first));
        return entries;
      },
      texts);
  if (!head) return head.failure();
  if (damage) return *std::move(damage);
  prepared.record.head = head.value();
  return std::move(prepared.record);
}

}  // namespace jenjang
