#include <algorithm>
#include <map>

#include "engine/explain/tree_builder.h"
#include "engine/report/summary_page.h"
#include "engine/report/writers.h"

namespace jenjang {
namespace {

std::string verdict(const SummaryPage& page, GateVerdict verdict) {
  switch (verdict) {
    case GateVerdict::none:
      break;
    case GateVerdict::met:
      return page.say("terpenuhi", "met");
    case GateVerdict::failed:
      return page.say("tidak terpenuhi", "not met");
    case GateVerdict::undecided:
      return page.say("belum diputuskan", "undecided");
  }
  return {};
}

std::string gate_sentence(const SummaryPage& page, const GateOutcome& gate, const std::string& label) {
  if (gate.verdict == GateVerdict::none) return {};
  std::string text = page.say("; gerbang ", "; gate for ") + label + " " + verdict(page, gate.verdict);
  const std::string detail = describe_gate(gate, page.input.language);
  if (!detail.empty()) text += " (" + detail + ")";
  if (gate.gate != nullptr && gate.gate->unverified) text += " [belum-diverifikasi]";
  return text;
}

// "SAKIP@64:2024: predikat BB; 1.27 lagi menuju A, angka terkecil 80.01; gerbang A belum diputuskan (...)".
void note_band(SummaryPage& page, NodeId node, SlotId slot, std::vector<std::string>& notes) {
  const ExplainContext& context = page.input.context;
  const PredicateView view = predicate_of(context, node, slot, Lane::all, page.input.language);
  if (view.scale == nullptr) return;
  const Period period = page.grid()[slot];
  std::string text = context.model.address(node, period) + page.say(": predikat ", ": predicate ") + view.printed +
                     " (" + view.scale->id + (view.scale->unverified ? ", belum-diverifikasi)" : ")");
  text += gate_sentence(page, view.gate, view.numeric);
  if (view.scale->kind == Scale::Kind::bands) {
    const bool of_achievement = context.result.at(node, slot).band_of_achievement;
    const auto exact =
        of_achievement ? page.all.exact().achievement(node, period) : page.all.exact().value(node, period);
    const std::optional<NextBand> next = exact ? next_better_band(*view.scale, *exact) : std::nullopt;
    if (next) {
      text += "; " + print_exact(next->distance) + page.say(" lagi menuju ", " more to reach ") + next->label +
              page.say(", angka terkecil ", ", least figure ") + next->least_figure.to_string();
      text += gate_sentence(page, check_gate(context.model, context.result, node, slot, next->label), next->label);
    }
  }
  notes.push_back(std::move(text));
}

void note_achievement(SummaryPage& page, NodeId node, SlotId slot, std::vector<std::string>& notes) {
  const ExplainContext& context = page.input.context;
  const ResultCell& cell = context.result.at(node, slot);
  const AchievementSpec& spec = context.model.item(node).spec.achievement;
  const std::string address = context.model.address(node, page.grid()[slot]);
  if (cell.achievement_state == CellState::value && (cell.flags & kCapped) != 0) {
    notes.push_back(address + page.say(": capaian mentah ", ": raw achievement ") +
                    page.all.achievement_raw(node, slot) + page.say(" %; dengan batas ", " %; with the cap of ") +
                    spec.cap.value_or(Decimal()).to_string() + page.say(" menjadi ", " it becomes ") +
                    page.all.achievement(node, slot) + " %");
  }
  if ((cell.flags & kZeroTarget) != 0) {
    notes.push_back(address + page.say(": target nol, aturan ", ": zero target, rule ") +
                    std::string(to_string(spec.on_zero_target)));
  }
}

// "ilustratif" says that the realisation is invented; an invented target beside a reported figure says so.
std::string row_marks(const SummaryPage& page, NodeId node, SlotId slot) {
  const ExplainContext& context = page.input.context;
  std::vector<std::string> marks = cell_labels(context, node, slot, Lane::all, LabelScope::value);
  for (const std::string& mark : cell_labels(context, node, slot, Lane::all, LabelScope::row)) {
    if (std::ranges::find(marks, mark) != marks.end()) continue;
    marks.push_back(mark == "ilustratif" ? "target " + mark : mark);
  }
  return join(marks, ", ");
}

// One line of a document's table.
struct Row {
  NodeId node;
  SlotId slot;
};

// The document that speaks for a measure in a year: that of the target in force, unless it is a PK or SKP, which
// only repeats a plan; else the one that declares it.
DocumentId speaking_document(const Model& model, NodeId node, Period period) {
  const Statement* statement = model.statement_in_force(node, period);
  if (statement != nullptr) {
    const DocumentKind kind = model.documents[statement->document.index()].kind;
    if (kind != DocumentKind::pk && kind != DocumentKind::skp) return statement->document;
  }
  return model.item(node).document;
}

void write_document(SummaryPage& page, DocumentId id, std::span<const Row> rows) {
  const ExplainContext& context = page.input.context;
  const Model& model = context.model;
  Table table;
  table.columns = {{page.say("indikator", "indicator"), ColumnKind::code},
                   {page.say("uraian", "description"), ColumnKind::text},
                   {page.say("tahun", "year"), ColumnKind::code},
                   {"target", ColumnKind::figure},
                   {page.say("realisasi", "realised"), ColumnKind::figure},
                   {page.say("satuan", "unit"), ColumnKind::text},
                   {page.say("mentah %", "raw %"), ColumnKind::figure},
                   {page.say("capaian %", "achieved %"), ColumnKind::figure},
                   {page.say("predikat", "predicate"), ColumnKind::text},
                   {page.say("tanda", "marks"), ColumnKind::text}};
  std::vector<std::string> notes;
  for (const auto& [node, slot] : rows) {
    const Item& item = model.item(node);
    const Period period = page.grid()[slot];
    const TargetCell* target = context.targets.find(node, period);
    table.rows.push_back({item.code, cut(item.title, 40), period.to_string(),
                          target == nullptr ? "" : target->target.to_string(), page.all.value(node, slot),
                          item.spec.unit_name, page.all.achievement_raw(node, slot), page.all.achievement(node, slot),
                          predicate_of(context, node, slot, Lane::all, page.input.language).printed,
                          row_marks(page, node, slot)});
    note_achievement(page, node, slot, notes);
    note_band(page, node, slot, notes);
  }
  page.text += '\n';
  if (id.valid()) {
    const Document& document = model.documents[id.index()];
    page.line(document.code + (document.title.empty() ? "" : ": " + document.title));
  }
  page.text += align_columns(table, "   ");
  for (const std::string& note : notes) page.bullet(note);
}

}  // namespace

void write_indicators(SummaryPage& page) {
  page.heading("Indikator utama: target, realisasi, capaian", "Main indicators: target, realised, achieved");
  std::map<DocumentId, std::vector<Row>> by_document;
  for (const MainMeasure& measure : page.measures) {
    if (measure.budget) continue;
    for (const SlotId slot : measure.years) {
      by_document[speaking_document(page.input.context.model, measure.node, page.grid()[slot])].push_back(
          {measure.node, slot});
    }
  }
  for (const auto& [document, rows] : by_document) write_document(page, document, rows);
  if (by_document.empty()) page.line(page.say("belum ada realisasi", "no realisation yet"));
}

// Money by its largest parts only: a programme stands for the activities that it sums.
void write_budgets(SummaryPage& page) {
  const ExplainContext& context = page.input.context;
  const Model& model = context.model;
  std::map<NodeId, bool> shown;
  for (const MainMeasure& measure : page.measures) {
    if (measure.budget) shown[measure.node] = true;
  }
  Table table;
  table.columns = {
      {page.say("pagu", "budget"), ColumnKind::code},         {page.say("uraian", "description"), ColumnKind::text},
      {page.say("tahun", "year"), ColumnKind::code},          {page.say("anggaran", "planned"), ColumnKind::figure},
      {page.say("serapan", "spent"), ColumnKind::figure},     {page.say("satuan", "unit"), ColumnKind::text},
      {page.say("serapan %", "spent %"), ColumnKind::figure}, {page.say("tanda", "marks"), ColumnKind::text}};
  for (const MainMeasure& measure : page.measures) {
    if (!measure.budget) continue;
    const std::span<const NodeId> parents = model.graph.parents(measure.node);
    if (std::ranges::any_of(parents, [&](NodeId parent) { return shown.contains(parent); })) continue;
    const Item& item = model.item(measure.node);
    for (const SlotId slot : measure.years) {
      const Period period = page.grid()[slot];
      const TargetCell* target = context.targets.find(measure.node, period);
      table.rows.push_back({item.code, cut(item.title, 48), period.to_string(),
                            target == nullptr ? "" : target->target.to_string(), page.all.value(measure.node, slot),
                            item.spec.unit_name, page.all.achievement_raw(measure.node, slot),
                            row_marks(page, measure.node, slot)});
    }
  }
  if (table.rows.empty()) return;
  page.heading("Serapan anggaran", "Budget spent");
  page.text += align_columns(table, "   ");
}

}  // namespace jenjang
