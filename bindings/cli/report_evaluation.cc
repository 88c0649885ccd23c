// `report --kind evaluasi-rkpd`: rows of the yearly evaluation of RKPD and Renja, by level.
#include <set>
#include <string>

#include "jenjang/report/evaluation_rows.h"

#include "command.h"
#include "output.h"
#include "report_kinds.h"
#include "score_sheets.h"

namespace jenjang::cli {
namespace {

// The scale that the regulation's evaluation names; --pack names another reading of it, or another one.
constexpr std::string_view kScale = "permendagri-86-2017/B-86";

const Scale* scale_asked(const Options& options, Workspace& workspace) {
  const std::string name = options.raw.pack.empty() ? std::string(kScale) : options.raw.pack;
  const Scale* scale = workspace.packs().scale(name);
  if (scale != nullptr && scale->kind == Scale::Kind::bands && !scale->has_empty_slot) return scale;
  std::vector<std::string> known;
  for (const Pack& pack : workspace.packs().all()) {
    for (const Scale& one : pack.scales) {
      if (one.kind == Scale::Kind::bands && !one.has_empty_slot) known.push_back(one.id);
    }
  }
  complain(options, no_such(options.say, "skala berpita", "scale of bands", name, known));
  return nullptr;
}

// The years in which some document has a program: what may be asked for.
std::string years_with_programmes(const Model& model, const Options& options) {
  std::set<int> years;
  for (const Item& item : model.items) {
    if (item.kind != ItemKind::programme || !item.document.valid()) continue;
    const PeriodRange span = model.documents[item.document.index()].years;
    for (int year = span.first_year; year <= span.last_year; ++year) years.insert(year);
  }
  if (years.empty()) return options.say("rencana dengan program", "a plan with programs");
  std::string out(options.say("unit dan tahun dengan program: ", "a unit and year with programs: "));
  for (const int year : years) {
    if (year != *years.begin()) out += ", ";
    out += std::to_string(year);
  }
  return out;
}

}  // namespace

int report_evaluation(const Options& options, Session& session) {
  Workspace& workspace = *session.workspace;
  const RawOptions& raw = options.raw;
  if (!options.period) {
    complain(options, make_diagnostic(Code::J1904, {}).arg("apa", "--periode"));
    return kCouldNotRun;
  }
  if (options.period->granularity() != Granularity::year) {
    complain(options, make_diagnostic(Code::J1903, {})
                          .arg("opsi", "--periode")
                          .arg("nilai", raw.period)
                          .arg("diminta", std::to_string(options.period->year())));
    return kCouldNotRun;
  }
  const UnitTable& units = workspace.model().units;
  if (!raw.unit.empty() && !units.find(raw.unit)) {
    complain(options, no_such(options.say, "unit", "unit", raw.unit, units.paths()));
    return kCouldNotRun;
  }
  const Scale* scale = scale_asked(options, workspace);
  if (scale == nullptr) return kCouldNotRun;
  const std::size_t said = workspace.sink().all().size();
  if (const Pack* pack = workspace.packs().find(scale->pack)) {
    report_validity(*pack, *options.period, workspace.sink());
  }
  const std::span<const Diagnostic> fresh = std::span(workspace.sink().all()).subspan(said);
  if (!fresh.empty()) complain(options, fresh, workspace.sources());
  const std::vector<EvaluationRow> rows =
      evaluation_rows(workspace.context(), {.unit = raw.unit, .year = options.period->year(), .scale = scale});
  if (rows.empty()) {
    complain(options, make_diagnostic(Code::J1903, {})
                          .arg("opsi", raw.unit.empty() ? "--periode" : "--unit, --periode")
                          .arg("nilai", raw.unit.empty() ? raw.period : raw.unit + ", " + raw.period)
                          .arg("diminta", years_with_programmes(workspace.model(), options)));
    return kCouldNotRun;
  }
  WriteOptions write = stating_journal(options.write, workspace);
  write.stated.emplace_back("skala", scale->id);
  return write_output(options, write_rows(rows, write)) ? session.exit_code : kCouldNotRun;
}

}  // namespace jenjang::cli
