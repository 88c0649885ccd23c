// `score --pack PACK --massal FILE`: every worksheet of a nation, or every civil servant's predicate, from one file.
#include <algorithm>

#include "jenjang/base/result.h"
#include "jenjang/report/bulk_report.h"

#include "beside.h"
#include "command.h"
#include "memory.h"
#include "output.h"
#include "score_sheets.h"

namespace jenjang::cli {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kMostBytes = std::size_t{1} << 36;
// A row as cells of text and as an aligned line; CSV is written in parts instead.
constexpr std::uint64_t kRowInTable = 120, kCellInTable = 64;

// Options that ask something else of the same pack.
bool takes_options(const Options& options) {
  const RawOptions& raw = options.raw;
  const auto refuse = [&](std::string_view what) { return refuse_beside(options, what, "--massal"); };
  if (!raw.arguments.empty()) return refuse(options.say("rencana ", "plan ") + raw.arguments.front());
  if (!raw.worksheet_file.empty()) return refuse("--worksheet");
  if (!raw.worksheet.empty()) return refuse("--lembar-kerja");
  if (!raw.data.empty()) return refuse("--data");
  if (!raw.against.empty()) return refuse("--against");
  if (!raw.certificate.empty()) return refuse("--certificate");
  if (!raw.unit.empty()) return refuse("--unit");
  if (!raw.as_of.empty()) return refuse("--as-of");
  if (!raw.journal.empty()) return refuse("--journal");
  if (raw.batch) return refuse("--batch");
  if (raw.blank) return refuse("--blank");
  if (raw.propose) return refuse("--propose");
  return true;
}

// Answers that a code cannot tell apart: such a scale stays with a file a sheet.
bool fits(const ScoreRequest& request, bool good) {
  if (good) return true;
  complain(request.options, make_diagnostic(Code::J1903, {})
                                .arg("opsi", "--massal")
                                .arg("nilai", request.pack.id + "/" + request.element)
                                .arg("diminta", "<= " + std::to_string(kMostBulkLabels) + " label"));
  return false;
}

class BulkRun {
public:
  BulkRun(const ScoreRequest& request, const BulkForm& form, std::size_t result_bytes)
      : request_(request), form_(form), result_bytes_(result_bytes), said_(request.workspace.sink().all().size()) {}

  // nullopt when it cannot be done, which has been said. `meant` as in BulkReading.
  std::optional<BulkSheets> read(const std::function<std::string(std::span<const BulkRefusal>)>& meant = nullptr) {
    const Options& options = request_.options;
    Workspace& workspace = request_.workspace;
    const std::optional<CsvFormat> separator = separator_of(options);
    if (!separator) return std::nullopt;
    CsvFormat format = *separator;
    if (format.separator == ';') format.decimal_point = ',';
    std::error_code unknown;
    const std::uint64_t bytes = fs::file_size(options.raw.bulk_file, unknown);
    if (!unknown && !fits_within(bytes, 0)) return std::nullopt;
    Result<std::string> text = read_file(options.raw.bulk_file, kMostBytes);
    if (!text) {
      workspace.sink().report(text.failure());
      (void)finish_score(request_, {}, said_);
      return std::nullopt;
    }
    const auto lines = static_cast<std::uint64_t>(std::ranges::count(text.value(), '\n')) + 1;
    // A line costs the place where it starts, too.
    const std::uint64_t reading =
        text.value().size() + lines * sizeof(std::size_t) + bulk_reading_bytes(form_, text.value(), lines);
    if (!fits_within(reading, lines)) return std::nullopt;
    look(options.watch, Stage::facts, 0, lines);
    const FileId file = workspace.sources().add(options.raw.bulk_file, std::move(text).value());
    const std::string name = request_.pack.id + "/" + request_.element;
    BulkReading how{name, options.threads, options.watch};
    how.meant = meant;
    auto sheets = read_bulk_sheets(file, workspace.sources(), format, form_, how, workspace.sink());
    if (sheets && !fits_within(reading + sheets->keys.size() * bytes_of_row(), lines)) return std::nullopt;
    if (!sheets) (void)finish_score(request_, {}, said_);
    return sheets;
  }

  template <class Report>
  int write(const BulkListing& listing, const Report& report) {
    BulkTally tally;
    OutputStream out(request_.options);
    (void)write_bulk(
        listing, request_.options.write, request_.options.threads,
        [&out](std::string_view part) { return out.write(part); }, tally);
    // The rows stand before what is said about all of them.
    const bool written = out.finish();
    report(tally, request_.workspace.sink());
    if (const std::optional<Period>& asked = request_.options.period) {
      report_validity(request_.pack, *asked, request_.workspace.sink());
    }
    if (written) say_counts(tally, listing.has_labels());
    const int code = finish_score(request_, {}, said_);
    return written ? code : kCouldNotRun;
  }

private:
  // Results of a sheet, and its row where rows are held.
  [[nodiscard]] std::uint64_t bytes_of_row() const {
    const bool held = request_.options.write.format != OutputFormat::csv;
    return result_bytes_ + (held ? kRowInTable + kCellInTable * (form_.questions.size() + 8) : 0);
  }

  [[nodiscard]] bool fits_within(std::uint64_t need, std::uint64_t lines) const {
    const Options& options = request_.options;
    return fits_in_memory(options, need, options.say("menilai ", "scoring ") + options.raw.bulk_file,
                          [&](std::uint64_t available) {
                            if (lines == 0)
                              return options.say("berkas sampai ", "a file of up to ") + memory_text(available);
                            const std::uint64_t most = lines * (available / 1024) / (need / 1024 + 1);
                            return options.say("berkas sekitar ", "a file of about ") + std::to_string(most) +
                                   options.say(" baris", " rows");
                          });
  }

  // How many have each predicate, on the error stream: the rows are too many to look at.
  void say_counts(const BulkTally& tally, bool labels) const {
    const Options& options = request_.options;
    std::string counts;
    for (const auto& [label, count] : tally.labels) {
      if (!labels) break;
      const std::string name = label.empty() ? options.say("tanpa predikat", "without a predicate") : label;
      counts += (counts.empty() ? ": " : ", ") + name + " " + std::to_string(count);
    }
    remark(std::to_string(tally.listed) + options.say(" lembar dinilai", " sheets scored") + counts);
  }

  const ScoreRequest& request_;
  const BulkForm& form_;
  std::size_t result_bytes_;
  std::size_t said_;
};

int score_formula_rows(const ScoreRequest& request) {
  const BulkFormula formula = BulkFormula::compile(request.pack, *request.pack.formula(request.element));
  if (!fits(request, formula.fits())) return kCouldNotRun;
  BulkRun run(request, formula.form(), sizeof(std::uint16_t));
  std::optional<BulkSheets> sheets = run.read();
  if (!sheets) return kCouldNotRun;
  const BulkResults results(formula, std::move(sheets->answers), request.options.threads, request.options.watch);
  const BulkFormulaListing listing(formula, *sheets, results, request.options.say.language);
  return run.write(listing, [&](const BulkTally& tally, DiagnosticSink& sink) {
    report_bulk(formula, *sheets, results, tally, request.options.raw.bulk_file, sink);
  });
}

// "--mode M2" when the answers refused are all known where the sheet is filled in that other way.
std::string other_mode(const BulkProgram& program, std::span<const BulkRefusal> refused) {
  for (const ScoringMode& mode : program.tmpl().modes) {
    if (!mode.available || &mode == program.mode()) continue;
    const BulkProgram other = BulkProgram::compile(program.pack(), program.tmpl(), &mode);
    const bool knows = std::ranges::all_of(refused, [&](const BulkRefusal& one) {
      const std::optional<std::size_t> question = other.form().find(one.code);
      return question && std::ranges::count(other.form().questions[*question].labels, one.label) > 0;
    });
    if (knows) return "--mode " + mode.id;
  }
  return {};
}

int score_worksheets(const ScoreRequest& request) {
  const std::size_t said = request.workspace.sink().all().size();
  const PackTemplate* tmpl = usable_template(request, request.pack, request.element);
  const bool asks_mode = tmpl != nullptr && !(tmpl->modes.empty() && request.options.raw.mode.empty());
  const ScoringMode* mode = asks_mode ? usable_mode(request, *tmpl, request.options.raw.mode) : nullptr;
  if (tmpl == nullptr || (asks_mode && mode == nullptr)) {
    (void)finish_score(request, {}, said);
    return kCouldNotRun;
  }
  const BulkProgram program = BulkProgram::compile(request.pack, *tmpl, mode);
  if (!fits(request, program.limit() != BulkLimit::labels)) return kCouldNotRun;
  if (program.limit() != BulkLimit::none) {
    remark(request.options.say("dihitung lembar demi lembar; paket ini memakai ",
                               "computed sheet by sheet; this pack has ") +
           std::string(to_string(program.limit())));
  }
  BulkRun run(request, program.form(), program.bytes_per_sheet());
  std::optional<BulkSheets> sheets =
      run.read([&](std::span<const BulkRefusal> refused) { return other_mode(program, refused); });
  if (!sheets) return kCouldNotRun;
  const BulkScores scores(program, std::move(sheets->answers), request.options.threads, request.options.watch);
  const BulkWorksheetListing listing(program, *sheets, scores, request.options.raw.detailed,
                                     request.options.say.language);
  return run.write(listing, [&](const BulkTally& tally, DiagnosticSink& sink) {
    report_bulk(program, *sheets, scores, tally, request.options.raw.bulk_file, sink);
  });
}

}  // namespace

int score_bulk(const ScoreRequest& request) {
  if (!takes_options(request.options)) return kCouldNotRun;
  if (request.pack.find_template(request.element) != nullptr) return score_worksheets(request);
  if (request.pack.formula(request.element) != nullptr) return score_formula_rows(request);
  std::vector<std::string> known;
  known.reserve(request.pack.templates.size() + request.pack.formulas.size());
  for (const PackTemplate& tmpl : request.pack.templates) known.push_back(request.pack.id + "/" + tmpl.id);
  for (const PackFormula& formula : request.pack.formulas) known.push_back(request.pack.id + "/" + formula.id);
  complain(request.options, no_such(request.options.say, "lembar kerja atau rumus", "worksheet or formula",
                                    request.pack.id + "/" + request.element, known));
  return kCouldNotRun;
}

}  // namespace jenjang::cli
