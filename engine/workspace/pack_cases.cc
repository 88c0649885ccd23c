#include "jenjang/workspace/pack_cases.h"

#include <algorithm>
#include <charconv>

#include "jenjang/assess/sheet.h"
#include "jenjang/cascade/cascade.h"
#include "jenjang/rollup/rollup.h"

#include "engine/explain/figures.h"
#include "engine/plan/plan_document.h"
#include "engine/rules/beyond_graph.h"
#include "engine/workspace/formula_cases.h"
#include "engine/workspace/observations.h"

namespace jenjang {
namespace {

constexpr const char* kUnit = "uji";
constexpr const char* kWorksheet = "UJI";

// A year in which the pack is in force; the cases themselves name none.
int year_of(const Pack& pack) {
  int year = 0;
  const std::string& from = pack.valid_from;
  const bool stated = from.size() >= 4 && std::from_chars(from.data(), from.data() + 4, year).ec == std::errc{};
  return stated && year >= 1900 && year < 2199 ? year + 1 : 2024;
}

// One case as a plan of one unit: a worksheet where the case names a mode, else a measure made
// from components. Bound, bound to facts and rolled up by the code that serves every plan.
class CaseRunner {
public:
  CaseRunner(const PackLibrary& packs, const Pack& pack, const PackCase& kase, SourceMap& sources)
      : packs_(packs), pack_(pack), case_(kase), sources_(sources), period_(Period::year(year_of(pack))) {}

  PackCaseOutcome run(DiagnosticSink& sink) {
    outcome_.pack = pack_.id;
    outcome_.id = case_.id;
    if (!case_.formula.empty()) {
      outcome_.checks = run_formula_case(pack_, case_);
      if (outcome_.checks.empty()) failure_ = "rumus " + case_.formula;
    } else if (case_.scale.empty()) {
      run_template();
    } else {
      run_band();
    }
    for (const PackCaseOutcome::Check& check : outcome_.checks) {
      if (check.passes) continue;
      sink.report(make_diagnostic(Code::J1909, case_.span)
                      .arg("kasus", case_.id)
                      .arg("paket", pack_.id)
                      .arg("kunci", check.key)
                      .arg("diminta", check.expected)
                      .arg("ditemukan", check.found.empty() ? "-" : check.found));
    }
    if (outcome_.checks.empty()) {
      sink.report(make_diagnostic(Code::J1910, case_.span)
                      .arg("kasus", case_.id)
                      .arg("paket", pack_.id)
                      .arg("sebab", failure_.empty() ? "tidak ada harapan" : failure_));
    }
    return std::move(outcome_);
  }

private:
  void check(const std::string& key, const std::string& expected, const std::string& found) {
    const std::optional<Decimal> wanted = Decimal::parse(expected);
    const std::optional<Decimal> got = Decimal::parse(found);
    // Figures agree by value: 71 is 71.00. Labels agree letter by letter.
    const bool passes = wanted && got ? *wanted == *got : expected == found;
    outcome_.checks.push_back({key, expected, found, passes});
  }

  void run_band() {
    const Scale* scale = pack_.scale(case_.scale);
    const auto input = case_.inputs.find("nilai");
    const std::optional<Decimal> value = input == case_.inputs.end() ? std::nullopt : Decimal::parse(input->second);
    if (scale == nullptr || !value) {
      failure_ = "skala " + case_.scale;
      return;
    }
    const int band = band_of(*scale, Rational(*value));
    const std::string found = band < 0 ? std::string() : scale->bands[static_cast<std::size_t>(band)].label;
    for (const auto& [key, expected] : case_.expected) check(key, expected, found);
  }

  void run_template() {
    const PackTemplate* tmpl = pack_.find_template(case_.template_id);
    if (tmpl == nullptr || tmpl->nodes.empty()) {
      failure_ = "templat " + case_.template_id;
      return;
    }
    if (!beyond_the_graph(*tmpl).empty()) {
      run_sheet(*tmpl);
      return;
    }
    ParsedPlan plan;
    PlanUnit unit;
    unit.path = {kUnit, case_.span};
    unit.kind = "uji";
    plan.documents->units.push_back({unit});
    DiagnosticSink findings;
    const bool worksheet = !case_.mode.empty();
    std::vector<Observation> facts = worksheet ? declare_worksheet(plan, findings) : declare_measure(plan, *tmpl);
    const std::optional<Model> model = bind_plan(plan, packs_, sources_, findings);
    if (model) {
      const TargetTable targets;
      const Facts bound = bind_observations(*model, std::move(facts), findings);
      const RollupResult result = run_rollup(*model, targets, bound, {}, findings);
      const ExplainContext context{*model, targets, bound, result};
      for (const auto& [key, expected] : case_.expected) check(key, expected, figure(context, *tmpl, worksheet, key));
    }
    for (const Diagnostic& finding : findings.all()) {
      if (finding.severity != Severity::error) continue;
      failure_ = to_string(finding.code) + ": " + message_text(finding, Language::indonesian);
      outcome_.checks.clear();
      return;
    }
  }

  // A template that no graph holds: by the worksheet's own score.
  void run_sheet(const PackTemplate& tmpl) {
    const SheetScore sheet = score_sheet(pack_, tmpl, tmpl.find_mode(case_.mode), case_.inputs);
    if (!sheet.unknown_answers.empty()) {
      failure_ = "jawaban " + sheet.unknown_answers.front();
      return;
    }
    for (const auto& [key, expected] : case_.expected) {
      const std::size_t node = key == "predikat" ? 0 : tmpl.find_node(key);
      const bool has_figure = node < sheet.nodes.size() && sheet.nodes[node].value.has_value();
      const std::string figure = has_figure ? print_rounded(*sheet.nodes[node].value, tmpl.rounding) : std::string();
      check(key, expected, key == "predikat" ? sheet.predicate : figure);
    }
  }

  static std::string print_rounded(const Rational& value, Rounding rounding) {
    return rounding.mode == RoundingMode::exact ? print_exact(value) : round(value, rounding).to_string();
  }

  std::vector<Observation> declare_worksheet(ParsedPlan& plan, DiagnosticSink& findings) const {
    WorksheetDeclaration sheet;
    sheet.pack_template = pack_.id + "/" + case_.template_id;
    sheet.mode = case_.mode;
    sheet.code = kWorksheet;
    sheet.unit = kUnit;
    sheet.period = period_;
    sheet.feed.span = sheet.pack_span = sheet.mode_span = sheet.code_span = sheet.unit_span = case_.span;
    std::vector<WorksheetAnswer> answers;
    for (const auto& [code, answer] : case_.inputs) {
      WorksheetAnswer entry;
      entry.code = code;
      entry.answer = answer;
      entry.code_span = entry.answer_span = case_.span;
      answers.push_back(std::move(entry));
    }
    WorksheetTarget target;
    target.code = kWorksheet;
    target.unit = kUnit;
    target.period = period_;
    target.mode = case_.mode;
    target.yes_no = answers_are_yes_no(packs_, sheet.pack_template, case_.mode);
    plan.worksheets.push_back(std::move(sheet));
    return worksheet_observations(answers, target, findings);
  }

  PlanIndicator indicator(const std::string& code) const {
    PlanIndicator measure;
    measure.code = {code, case_.span};
    measure.unit_name = LocatedText{"indeks", case_.span};
    measure.polarity = Located<Polarity>{Polarity::context, case_.span};
    measure.accumulation = Located<Accumulation>{Accumulation::position, case_.span};
    measure.span = case_.span;
    return measure;
  }

  std::vector<Observation> declare_measure(ParsedPlan& plan, const PackTemplate& tmpl) const {
    PlanDocument document;
    document.kind = DocumentKind::reference;
    document.code = {kWorksheet, case_.span};
    document.unit = LocatedText{kUnit, case_.span};
    document.years = {period_.year(), period_.year()};
    document.span = case_.span;
    PlanIndicator total = indicator(tmpl.nodes.front().code);
    total.pack = LocatedText{pack_.id + "/" + tmpl.id, case_.span};
    document.indicators.push_back(std::move(total));
    std::vector<Observation> facts;
    for (const auto& [code, value] : case_.inputs) {
      document.indicators.push_back(indicator(code));
      Observation fact;
      fact.code = code;
      fact.unit = kUnit;
      fact.period = period_;
      fact.number = Decimal::parse(value).value_or(Decimal());
      fact.places = RowPlaces(case_.span, case_.span, case_.span, case_.span);
      facts.push_back(std::move(fact));
    }
    plan.documents->documents.push_back(std::move(document));
    return facts;
  }

  // The printed figure, or the label that the total's figure earns. A gate needs other units, which no
  // case of one unit can report on, so the label is taken before it.
  std::string figure(const ExplainContext& context, const PackTemplate& tmpl, bool worksheet,
                     const std::string& key) const {
    const std::string& root = tmpl.nodes.front().code;
    const bool of_total = key == "predikat" || key == root;
    const std::string measure = of_total ? root : key;
    const std::string total = of_total ? std::string(kWorksheet) : worksheet_node_code(kWorksheet, key);
    const std::optional<NodeId> node = context.model.find(worksheet ? total : measure, kUnit);
    const std::optional<SlotId> slot = context.result.grid().find(period_);
    if (!node || !slot) return {};
    if (key == "predikat") return predicate_of(context, *node, *slot, Lane::all, Language::indonesian).numeric;
    return FigurePrinter(context, Lane::all).value(*node, *slot);
  }

  const PackLibrary& packs_;
  const Pack& pack_;
  const PackCase& case_;
  SourceMap& sources_;
  Period period_;
  PackCaseOutcome outcome_;
  std::string failure_;
};

}  // namespace

bool PackCaseOutcome::passes() const {
  return !checks.empty() && std::ranges::all_of(checks, [](const Check& check) { return check.passes; });
}

std::vector<PackCaseOutcome> run_pack_cases(const PackLibrary& packs, std::string_view pack_id, SourceMap& sources,
                                            DiagnosticSink& sink) {
  std::vector<PackCaseOutcome> outcomes;
  for (const Pack& pack : packs.all()) {
    if (!pack_id.empty() && pack.id != pack_id) continue;
    for (const PackCase& kase : pack.cases) outcomes.push_back(CaseRunner(packs, pack, kase, sources).run(sink));
  }
  return outcomes;
}

}  // namespace jenjang
