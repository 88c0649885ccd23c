#include <algorithm>
#include <array>
#include <utility>

#include "jenjang/measure/reading.h"

#include "engine/plan/document_parser.h"

namespace jenjang {
namespace {

void parse_words(SectionReader& fields, PlanIndicator& indicator, DiagnosticSink& sink) {
  indicator.unit = fields.text("unit");
  indicator.title = fields.text("uraian");
  indicator.source = fields.text("sumber");
  indicator.letter = fields.text("surat");
  indicator.owner = fields.text("pengampu");
  if (const YamlNode* node = fields.take("pembanding")) {
    SectionReader inner(*node, "pembanding", "pembanding", sink);
    indicator.national = inner.text("nasional");
    inner.finish();
  }
  if (const YamlNode* node = fields.take("definisi")) {
    SectionReader inner(*node, "definisi", "definisi", sink);
    indicator.definition_version = inner.whole("versi");
    indicator.definition_since = inner.whole("sejak");
    indicator.definition = inner.text("uraian");
    inner.finish();
  }
}

void parse_behaviour(SectionReader& fields, PlanIndicator& indicator, DiagnosticSink& sink) {
  indicator.unit_name = fields.text("satuan");
  indicator.polarity = fields.word<Polarity>("polaritas", polarity_words());
  indicator.accumulation = fields.word<Accumulation>("akumulasi", accumulation_words());
  indicator.frequency = read_granularity(fields, "frekuensi", sink);
  for (const YamlNode& node : list_items(fields.take("profil"), "profil", sink)) {
    if (const auto weight = read_decimal(node, "profil", sink)) indicator.profile.push_back({*weight, node.span});
  }
  if (const YamlNode* node = fields.take("agregasi")) indicator.aggregation = parse_aggregation(*node, sink);
  indicator.missing = parse_missing(fields, true, sink);
  indicator.possible = parse_possible(fields, sink);
  if (const YamlNode* node = fields.take("operan")) {
    if (!indicator.aggregation) indicator.aggregation.emplace();
    parse_operands(node, indicator.aggregation->operands, sink);
  }
  if (const YamlNode* node = fields.take("capaian")) {
    SectionReader inner(*node, "capaian", "capaian", sink);
    PlanAchievement& spec = indicator.achievement.emplace();
    spec.formula = inner.word<AchievementFormula>("rumus", achievement_formula_words());
    spec.cap = inner.decimal("batas");
    spec.floor = inner.decimal("batas_bawah");
    spec.cap_level = inner.word<CapLevel>("batas_pada", cap_level_words());
    spec.on_zero_target = inner.word<ZeroTargetRule>("target_nol", zero_target_words());
    spec.rounding = read_rounding_key(inner, sink);
    inner.finish();
  }
  if (const YamlNode* node = fields.take("pita")) {
    SectionReader inner(*node, "pita", "pita", sink);
    indicator.value_bands = inner.text("nilai");
    indicator.achievement_bands = inner.text("capaian");
    inner.finish();
  }
  indicator.grade_scale = fields.text("skala");
  indicator.workflow = fields.text("alur");
  indicator.step = fields.decimal("langkah");
  if (indicator.step && indicator.step->value.sign() <= 0) {
    report_form(sink, indicator.step->span, "langkah", "0.01", indicator.step->value.to_string());
    indicator.step.reset();
  }
  indicator.rounding = read_rounding_key(fields, sink);
}

std::optional<PlanPath> parse_path(SectionReader& fields, DiagnosticSink& sink) {
  const YamlNode* node = fields.take("lintasan");
  if (node == nullptr || node->is_null()) return std::nullopt;
  if (!node->is_map()) {
    // The first word is that of no path, the last comes with its fractions.
    const auto shape = fields.choice("lintasan", path_shape_words().subspan(1, 2));
    if (!shape) return std::nullopt;
    return PlanPath{static_cast<PathShape>(shape->value + 1), {}};
  }
  SectionReader inner(*node, "lintasan", "lintasan", sink);
  const YamlNode* list = inner.take("porsi");
  inner.finish();
  PlanPath path;
  path.shape = PathShape::given;
  std::string written;
  bool good = true;
  for (const YamlNode& item : list_items(list, "porsi", sink)) {
    const auto share = read_decimal(item, "porsi", sink);
    if (!share) return std::nullopt;
    good = good && share->sign() >= 0 && (path.shares.empty() || path.shares.back() <= *share);
    path.shares.push_back(*share);
    written += (written.empty() ? "" : ", ") + share->to_string();
  }
  if (good && !path.shares.empty() && path.shares.back() == Decimal(1)) return path;
  report_form(sink, list != nullptr ? list->span : node->span, "porsi", "[0.1, 0.3, 0.6, 1]", "[" + written + "]");
  return std::nullopt;
}

std::optional<PlanIndicator> parse_indicator(ReadContext& context, const YamlNode& node) {
  DiagnosticSink& sink = context.sink;
  SectionReader fields(node, "indikator", "indikator", sink);
  if (!fields.is_map()) return std::nullopt;
  PlanIndicator indicator;
  const auto code = fields.required_text("kode");
  parse_words(fields, indicator, sink);
  parse_behaviour(fields, indicator, sink);
  indicator.baselines = read_figures(fields.take("baseline"), "baseline", false, sink);
  indicator.targets = read_figures(fields.take("target"), "target", true, sink);
  indicator.path = parse_path(fields, sink);
  indicator.holds = parse_holds(fields.take("tahan"), sink);
  indicator.ladder = parse_ladder(fields.take("kaskade"), sink);
  if (const YamlNode* file = fields.take("profil_seri")) {
    indicator.profile_series = parse_profile_series(context, *file);
  }
  if (const YamlNode* file = fields.take("penyebut_rencana")) {
    indicator.planned_denominators = parse_denominators(context, *file);
  }
  indicator.pack = fields.text("paket");
  for (const YamlNode::Entry& entry : map_entries(fields.take("komponen"), "komponen", sink)) {
    if (!entry.value.is_scalar()) {
      report_form(sink, entry.value.span, entry.key, "IKA@64/dlh", kind_word(entry.value.kind));
      continue;
    }
    indicator.components.push_back({{entry.key, entry.key_span}, {entry.value.text, entry.value.span}});
  }
  indicator.crosscuts = parse_crosscuts(fields.take("lintas_sektor"), sink);
  if (const YamlNode* weight = fields.take("bobot"); weight != nullptr && !weight->is_null()) {
    indicator.weight = parse_weight(*weight, "bobot", sink);
  }
  indicator.supports = fields.text_list("mendukung");
  indicator.direct = fields.flag("langsung");
  indicator.labels = read_labels(fields, sink);
  fields.finish();
  if (!code || !check_code(code->value, code->span, sink)) return std::nullopt;
  indicator.code = *code;
  indicator.span = code->span;
  return indicator;
}

}  // namespace

bool PlanIndicator::declares_properties() const {
  return title || definition_version || definition_since || definition || source || letter || owner || national ||
         unit_name || polarity || accumulation || frequency || !profile.empty() || !profile_series.empty() ||
         aggregation || missing.span.valid() || possible || achievement || value_bands || achievement_bands ||
         grade_scale || workflow || step || rounding || pack || !components.empty();
}

void parse_indicators(ReadContext& context, const YamlNode* list, std::vector<PlanIndicator>& out) {
  for (const YamlNode& node : list_items(list, "indikator", context.sink)) {
    if (auto indicator = parse_indicator(context, node)) out.push_back(*std::move(indicator));
  }
}

std::vector<PlanCrosscut> parse_crosscuts(const YamlNode* list, DiagnosticSink& sink) {
  std::vector<PlanCrosscut> crosscuts;
  for (const YamlNode& node : list_items(list, "lintas_sektor", sink)) {
    SectionReader fields(node, "lintas_sektor", "lintas_sektor", sink);
    if (!fields.is_map()) continue;
    PlanCrosscut crosscut;
    const auto unit = fields.required_text("unit");
    crosscut.serves = fields.text("untuk");
    crosscut.share = fields.decimal("bagian");
    if (const auto accepted = fields.flag("diterima")) crosscut.accepted = accepted->value;
    fields.finish();
    if (!unit) continue;
    crosscut.unit = *unit;
    crosscut.span = unit->span;
    crosscuts.push_back(std::move(crosscut));
  }
  return crosscuts;
}

}  // namespace jenjang
