// Coverage beside both lanes, graded measures, breaks of series: what the figures do not show by themselves.
#include <map>

#include "jenjang/base/text.h"

#include "engine/report/summary_page.h"

namespace jenjang {
namespace {

std::string lane_text(SummaryPage& page, NodeId node, SlotId slot, Lane lane) {
  const ResultCell& cell = page.input.context.result.at(node, slot, lane);
  const bool full = lane == Lane::all;
  std::string text = page.say(to_string(lane), full ? "all facts" : "validated facts") + " ";
  std::string value = (full ? page.all : page.validated).value(node, slot);
  const Period period = page.input.context.result.grid()[slot];
  if (value.empty()) value = state_text(cell, page.input.context.model.item(node).spec, period);
  text += value;
  if ((cell.flags & kOwnFigure) != 0) text += page.say(", angka resmi sendiri", ", its own official figure");
  text += " (" + std::to_string(cell.covered) + page.say(" dari ", " of ") + std::to_string(cell.expected);
  if (cell.expected_weight > 0) {
    text +=
        page.say(", bobot ", ", weight ") + format_fixed(100 * cell.covered_weight / cell.expected_weight, 2) + " %";
  }
  if (is_partial_in_time(cell)) text += ", " + months_text(cell, period, page.input.language);
  if ((cell.flags & kCarried) != 0) text += page.say(", memuat angka terbawa", ", holds carried figures");
  return text + ")";
}

// Anything that stands behind a figure less than in full.
bool falls_short(const ResultCell& cell) {
  return cell.covered < cell.expected || is_partial_in_time(cell) || (cell.flags & (kCarried | kBelowCoverage)) != 0;
}

std::string line_of(const std::string& address, const std::string& figures, const std::string& labels) {
  return address + ": " + figures + labels;
}

}  // namespace

void write_coverage(SummaryPage& page) {
  const ExplainContext& context = page.input.context;
  std::vector<std::string> lines;
  for (const MainMeasure& measure : page.measures) {
    for (const SlotId slot : measure.years) {
      const ResultCell& full = context.result.at(measure.node, slot);
      const std::string address = context.model.address(measure.node, page.grid()[slot]);
      const std::string labels = page.labels_in_brackets(measure.node, slot, Lane::all);
      if (context.result.has_validated_lane()) {
        const ResultCell& checked = context.result.at(measure.node, slot, Lane::validated);
        if (checked.state != full.state || checked.value != full.value || checked.covered != full.covered) {
          std::string both = lane_text(page, measure.node, slot, Lane::all);
          both += page.say("; di sampingnya ", "; beside it ");
          both += lane_text(page, measure.node, slot, Lane::validated);
          lines.push_back(line_of(address, both, labels));
          continue;
        }
      }
      if (falls_short(full)) lines.push_back(line_of(address, lane_text(page, measure.node, slot, Lane::all), labels));
    }
  }
  if (lines.empty()) return;
  page.heading("Cakupan: berapa unit dan berapa bobot di balik angka",
               "Coverage: how many units and how much weight stand behind a figure");
  if (context.result.has_validated_lane() && !page.input.lane_gate.empty()) {
    page.bullet(page.say("gerbang lajur tervalidasi: ", "gate of the validated lane: ") + page.input.lane_gate);
  }
  for (const std::string& text : lines) page.bullet(text);
}

void write_graded(SummaryPage& page) {
  const ExplainContext& context = page.input.context;
  const Model& model = context.model;
  struct Group {
    std::size_t graded = 0;
    std::vector<NodeId> missing;
    bool marked = false;
  };
  // One line for each graded measure, kind of unit and year.
  std::map<std::tuple<ItemId, std::string, std::uint32_t>, Group> groups;
  for (std::size_t n = 0; n < model.node_count(); ++n) {
    const NodeId node = NodeId::from_index(n);
    const Item& item = model.item(node);
    if (item.kind != ItemKind::indicator || !item.spec.grade_scale.valid()) continue;
    for (std::size_t s = 0; s < page.grid().size(); ++s) {
      const SlotId slot = SlotId::from_index(s);
      if (page.grid()[slot].granularity() != Granularity::year) continue;
      Group& group = groups[{model.node_item[n], model.unit(node).kind, slot.value()}];
      const ResultCell& cell = context.result.at(node, slot);
      if (cell.state == CellState::value) {
        ++group.graded;
        group.marked = group.marked || !cell_labels(context, node, slot, Lane::all, LabelScope::value).empty();
      } else {
        group.missing.push_back(node);
      }
    }
  }
  std::vector<std::string> lines;
  for (const auto& [key, group] : groups) {
    const std::size_t total = group.graded + group.missing.size();
    // A single unit is a main indicator, and a year without any grade is no series.
    if (group.graded == 0 || total < 2) continue;
    const Period period = page.grid()[SlotId(std::get<2>(key))];
    std::string text = model.items[std::get<0>(key).index()].code + " " + period.to_string() + ", " + std::get<1>(key) +
                       ": " + std::to_string(group.graded) + page.say(" dari ", " of ") + std::to_string(total) +
                       page.say(" berpredikat", " graded");
    if (!group.missing.empty()) {
      text += "; " + std::to_string(group.missing.size()) + page.say(" tidak ada data (", " without data (");
      for (std::size_t i = 0; i < group.missing.size() && i < 10; ++i) {
        const OrgUnit& unit = model.unit(group.missing[i]);
        text += (i > 0 ? ", " : "") + (unit.name.empty() ? unit.path : unit.name);
      }
      text += group.missing.size() > 10 ? ", ...)" : ")";
    }
    if (group.marked) text += page.say(" [memuat angka ilustratif]", " [holds illustrative figures]");
    lines.push_back(std::move(text));
  }
  if (lines.empty()) return;
  page.heading("Ukuran berpredikat", "Graded measures");
  for (const std::string& text : lines) page.bullet(text);
  page.line(page.say("Tidak ada data bukan predikat buruk.", "No data is not a bad grade."));
}

void write_series(SummaryPage& page) {
  const ExplainContext& context = page.input.context;
  std::vector<std::string> lines;
  for (const MainMeasure& measure : page.measures) {
    const Item& item = context.model.item(measure.node);
    // Own figures under an older definition keep their number, but never join the series.
    std::string before;
    std::string after;
    const auto add = [](std::string& list, const std::string& figure) { list += (list.empty() ? "" : ", ") + figure; };
    for (const Fact& fact : context.facts.of(measure.node)) {
      const Observation& row = context.facts.observation(fact);
      if (row.state == CellState::redefined) {
        add(before, row.period.to_string() + " " + (row.grade.empty() ? row.number.to_string() : row.grade));
      }
    }
    const int since = item.spec.definition_since.value_or(0);
    for (const SlotId slot : measure.years) {
      const Period period = page.grid()[slot];
      add(since > 0 && period.year() < since ? before : after,
          period.to_string() + " " + page.all.value(measure.node, slot) +
              page.labels_in_brackets(measure.node, slot, Lane::all));
    }
    if (before.empty() && !(since > 0 && item.spec.definition_version > 1)) continue;
    std::string text = context.model.address(measure.node) + page.say(": definisi versi ", ": definition version ") +
                       std::to_string(item.spec.definition_version);
    if (since > 0) text += page.say(" sejak ", " since ") + std::to_string(since);
    if (!item.definition.empty()) text += " (" + item.definition + ")";
    text += page.say("; deret terputus", "; the series breaks");
    if (!before.empty()) text += page.say(". Sebelumnya, tidak sebanding: ", ". Earlier, not comparable: ") + before;
    if (!after.empty()) text += page.say(". Sesudahnya: ", ". Later: ") + after;
    lines.push_back(std::move(text));
  }
  if (lines.empty()) return;
  page.heading("Deret terputus karena definisi berubah", "Series broken by a change of definition");
  for (const std::string& text : lines) page.bullet(text);
}

}  // namespace jenjang
