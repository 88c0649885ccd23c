#include <array>
#include <utility>

#include "jenjang/measure/reading.h"

#include "engine/plan/document_parser.h"
#include "engine/plan/nomenclature.h"

namespace jenjang {
namespace {

// In order of level. A goal may hold the lists of any lower level: a level left out is a lint finding
// (CAS-STR-03), not a mistake of form.
constexpr std::array<std::pair<std::string_view, ItemKind>, 6> kLists{{{"tujuan", ItemKind::goal},
                                                                       {"sasaran", ItemKind::objective},
                                                                       {"program", ItemKind::programme},
                                                                       {"kegiatan", ItemKind::activity},
                                                                       {"sub_kegiatan", ItemKind::sub_activity},
                                                                       {"hasil_kerja", ItemKind::work_result}}};

std::optional<PlanGoal> parse_goal(ReadContext& context, const YamlNode& node, ItemKind kind) {
  DiagnosticSink& sink = context.sink;
  SectionReader fields(node, "tujuan", to_string(kind), sink);
  if (!fields.is_map()) return std::nullopt;
  PlanGoal goal;
  goal.kind = kind;
  const auto code = fields.required_text("kode");
  goal.title = fields.text("uraian");
  goal.unit = fields.text("unit");
  goal.supports = fields.text_list("mendukung");
  goal.direct = fields.flag("langsung");
  goal.success_factor = fields.text("faktor_kunci");
  goal.owner = fields.text("pengampu");
  if (kind == ItemKind::work_result) {
    static constexpr std::array<std::string_view, 2> kResultKinds{"utama", "tambahan"};
    if (const auto word = fields.choice("jenis", kResultKinds)) goal.main = word->value == 0;
  }
  goal.budget = read_figures(fields.take("pagu"), "pagu", true, sink);
  goal.budget_unit = fields.text("satuan_pagu");
  goal.budget_frequency = read_granularity(fields, "frekuensi_pagu", sink);
  if (const YamlNode* written = fields.take("capaian")) {
    SectionReader inner(*written, "capaian_tujuan", "capaian", sink);
    PlanAchievement& spec = goal.achievement.emplace();
    spec.cap = inner.decimal("batas");
    spec.floor = inner.decimal("batas_bawah");
    spec.cap_level = inner.word<CapLevel>("batas_pada", cap_level_words());
    inner.finish();
  }
  goal.labels = read_labels(fields, sink);
  goal.crosscuts = parse_crosscuts(fields.take("lintas_sektor"), sink);
  parse_indicators(context, fields.take("indikator"), goal.indicators);
  for (const auto& [key, child_kind] : kLists) {
    if (child_kind > kind) parse_goals(context, fields.take(key), child_kind, goal.goals);
  }
  fields.finish();
  if (!code) return std::nullopt;
  goal.code = *code;
  goal.raw_code = code->value;
  const bool nomenclature = kind == ItemKind::programme || kind == ItemKind::activity || kind == ItemKind::sub_activity;
  if (nomenclature) {
    if (const auto tidy = read_nomenclature(code->value)) goal.code.value = tidy->text;
  }
  if (!check_code(goal.code.value, code->span, sink)) return std::nullopt;
  goal.span = code->span;
  return goal;
}

}  // namespace

void parse_goals(ReadContext& context, const YamlNode* list, ItemKind kind, std::vector<PlanGoal>& out) {
  for (const YamlNode& node : list_items(list, to_string(kind), context.sink)) {
    if (auto goal = parse_goal(context, node, kind)) out.push_back(*std::move(goal));
  }
}

}  // namespace jenjang
