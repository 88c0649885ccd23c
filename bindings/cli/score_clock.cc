// `score --pack PACK/CLOCK`: the events of items judged by the clock of a pack.
#include <algorithm>
#include <array>

#include "jenjang/report/clock_report.h"

#include "command.h"
#include "output.h"
#include "score_kinds.h"

namespace jenjang::cli {
namespace {

constexpr std::array<std::string_view, 5> kParts{"tingkat", "batas", "laporan", "eskalasi", "fakta"};
constexpr std::size_t kMostBytes = std::size_t{1} << 30;

// The declared files of this clock, or the one that --data names.
std::vector<EventDeclaration> event_files(const ScoreRequest& request, const std::string& name) {
  const RawOptions& raw = request.options.raw;
  std::vector<EventDeclaration> found;
  if (request.has_plan) {
    for (const EventDeclaration& events : request.workspace.plan().events) {
      if (events.pack_clock == name) found.push_back(events);
    }
  }
  if (raw.data.empty()) return found;
  // What the plan says about where figures go holds for another file too.
  EventDeclaration given = found.empty() ? EventDeclaration{} : found.front();
  given.feed = {};
  given.code.clear();
  given.feed.file = raw.data;
  given.feed.display_name = raw.data;
  given.pack_clock = name;
  return {given};
}

// The choice of an option that only this kind of element has; nullopt after J1903.
std::optional<std::string> part_of(const Options& options) {
  std::string part = options.raw.clock_part.empty() ? std::string(kParts[0]) : options.raw.clock_part;
  if (std::ranges::find(kParts, part) != kParts.end()) return part;
  std::string wanted;
  for (const std::string_view word : kParts) wanted += (wanted.empty() ? "" : " | ") + std::string(word);
  complain(options, make_diagnostic(Code::J1903, {}).arg("opsi", "--bagian").arg("nilai", part).arg("diminta", wanted));
  return std::nullopt;
}

struct Job {
  const ScoreRequest& request;
  const PackClock& clock;
  const Workflow& workflow;
  const HolidayCalendar& holidays;
  std::string part;
  RateGrouping grouping;
  Date as_of;
};

std::string labels_of(const FeedDeclaration& feed) {
  std::string labels = feed.illustrative ? "ilustratif" : "";
  if (feed.unverified) labels += labels.empty() ? "belum-diverifikasi" : " belum-diverifikasi";
  return labels;
}

void check_rates(const Job& job, const EventDeclaration& events, DiagnosticSink& sink) {
  std::string known;
  for (const ClockRate& rate : job.clock.rates) known += (known.empty() ? "" : ", ") + rate.code;
  for (const EventDeclaration::Fact& fact : events.facts) {
    const bool there = std::ranges::any_of(job.clock.rates, [&](const auto& rate) { return rate.code == fact.rate; });
    if (there) continue;
    sink.report(make_diagnostic(Code::J1411, fact.span)
                    .arg("apa", "tingkat")
                    .arg("nama", fact.rate)
                    .arg("daftar", known.empty() ? "-" : known));
  }
}

std::vector<ItemHistory> read_items(const Job& job, const EventDeclaration& events) {
  Workspace& workspace = job.request.workspace;
  DiagnosticSink& sink = workspace.sink();
  Result<std::string> text = disk().read(events.feed.file, kMostBytes);
  if (!text) {
    Diagnostic failure = text.failure();
    failure.primary = events.feed.span;
    sink.report(std::move(failure));
    return {};
  }
  const FileId file = workspace.sources().add(events.feed.display_name, std::move(text).value());
  const Zone zone = job.request.has_plan ? workspace.plan().zone : kDefaultZone;
  std::vector<ItemHistory> items =
      read_item_events(file, workspace.sources(), events.feed.format, job.clock, job.workflow, zone, sink);
  if (job.request.has_plan) check_event_units(items, workspace.model().units, sink);
  return items;
}

Table table_of(const Job& job, const EventDeclaration& events) {
  Workspace& workspace = job.request.workspace;
  const ClockResult result =
      run_clock(job.clock, job.workflow, job.holidays, read_items(job, events), job.as_of, workspace.sink());
  const ClockReport report{job.clock, result, labels_of(events.feed)};
  if (job.part == "batas") return limit_table(report, job.grouping);
  if (job.part == "laporan") return item_table(report, job.grouping);
  if (job.part == "eskalasi") return escalation_table(report, job.grouping);
  if (job.part == "tingkat") return rate_table(report, clock_rates(job.clock, result, job.grouping));
  check_rates(job, events, workspace.sink());
  // Each measure takes the periods of its own frequency.
  std::vector<RateFigure> figures;
  RateGrouping grouping = job.grouping;
  for (const Granularity every : {Granularity::year, Granularity::semester, Granularity::quarter, Granularity::month}) {
    grouping.every = every;
    for (RateFigure& figure : clock_rates(job.clock, result, grouping)) {
      if (figure.period.valid()) figures.push_back(std::move(figure));
    }
  }
  return fact_table(clock_facts(report, figures, events.facts, events.unit, workspace.model()), report.labels);
}

// Rows of one unit and of those below it; the total is of no unit.
void keep_unit(Table& table, const std::string& unit) {
  const auto column = std::ranges::find(table.columns, "unit", &TableColumn::name) - table.columns.begin();
  std::erase_if(table.rows, [&](const std::vector<std::string>& row) {
    const std::string& path = row[static_cast<std::size_t>(column)];
    return path != unit && !path.starts_with(unit + "/");
  });
}

// Several files may be declared for one clock; each is judged by itself.
void name_source(Table& table, const EventDeclaration& events) {
  table.columns.push_back({"peristiwa", ColumnKind::code, false});
  for (std::vector<std::string>& row : table.rows) {
    row.push_back(events.code.empty() ? events.feed.display_name : events.code);
  }
}

}  // namespace

int score_clock(const ScoreRequest& request) {
  const Options& options = request.options;
  const std::size_t said = request.workspace.sink().all().size();
  DiagnosticSink& sink = request.workspace.sink();
  const std::string name = request.pack.id + "/" + request.element;
  const std::optional<std::string> part = part_of(options);
  if (!part) return kCouldNotRun;
  const PackClock& clock = *request.pack.clock(request.element);
  const Workflow* workflow = request.workspace.packs().workflow(request.pack.id + "/" + clock.workflow);
  const HolidayCalendar* holidays =
      require_holidays(request.workspace.packs(), clock.calendar, clock.calendar_span, sink);
  const std::optional<Date> as_of = request.has_plan ? request.workspace.as_of() : options.as_of;
  if (!as_of) sink.report(make_diagnostic(Code::J3167, {}));
  if (workflow == nullptr || holidays == nullptr || !as_of) return finish_score(request, "", said);
  const std::vector<EventDeclaration> files = event_files(request, name);
  const bool feeds_plan = *part == "fakta";
  if (files.empty() || (feeds_plan && !request.has_plan)) {
    std::vector<std::string> known;
    if (request.has_plan) {
      for (const EventDeclaration& events : request.workspace.plan().events) known.push_back(events.pack_clock);
    }
    complain(options, no_such(options.say, "peristiwa menurut jam", "events under the clock", name, known));
    return kCouldNotRun;
  }
  Job job{request, clock, *workflow, *holidays, *part, {}, *as_of};
  job.grouping.only = options.period;
  job.grouping.every = parse_granularity(options.raw.frequency);
  Table all;
  for (const EventDeclaration& events : files) {
    Table table = table_of(job, events);
    if (!options.raw.unit.empty()) keep_unit(table, options.raw.unit);
    if (!feeds_plan) name_source(table, events);
    if (all.columns.empty()) {
      all = std::move(table);
    } else {
      all.rows.insert(all.rows.end(), table.rows.begin(), table.rows.end());
    }
  }
  WriteOptions write = options.write;
  write.stated.emplace_back("per_tanggal", as_of->to_string());
  return finish_score(request, write_table(all, write), said);
}

}  // namespace jenjang::cli
