#include "jenjang/assess/worksheet.h"

#include <algorithm>

namespace jenjang {
namespace {

constexpr std::string_view kByShareOfCriteria = "syarat-kriteria";
constexpr std::string_view kNote = "_catatan";

bool is_leaf(const PackTemplate& tmpl, std::size_t index) {
  return std::ranges::none_of(tmpl.nodes, [&](const TemplateNode& node) { return node.parent == index; });
}

}  // namespace

SheetAnswers LanedWorksheet::of(ReviewLane lane) const {
  SheetAnswers answers;
  for (const CriterionRow& row : rows) {
    const std::string& answer = row.answer[static_cast<std::size_t>(lane)];
    if (!answer.empty()) answers.emplace(row.code, answer);
  }
  return answers;
}

SheetAnswers LanedWorksheet::effective(ReviewLane last) const {
  SheetAnswers answers;
  for (const CriterionRow& row : rows) {
    // Rejected evidence carries nobody's answer but that of the assessor, who decides knowing it.
    std::size_t first =
        static_cast<std::size_t>(row.state == CriterionState::rejected ? ReviewLane::assessor : ReviewLane::self);
    // A judgement is a verdict on the unit: beyond its own lane what it says of itself does not count.
    const bool judgement = row.code.find('/') != std::string::npos;
    if (judgement && last != ReviewLane::self) first = std::max(first, static_cast<std::size_t>(ReviewLane::verifier));
    for (std::size_t lane = static_cast<std::size_t>(last) + 1; lane-- > first;) {
      // An answer that could not be read is one that nobody knows, not one that an earlier lane may stand in for.
      if (row.unreadable[lane]) break;
      if (row.answer[lane].empty()) continue;
      answers.emplace(row.code, row.answer[lane]);
      break;
    }
  }
  return answers;
}

bool LanedWorksheet::spoke(ReviewLane lane) const {
  return std::ranges::any_of(
      rows, [&](const CriterionRow& row) { return !row.answer[static_cast<std::size_t>(lane)].empty(); });
}

const CriterionRow* LanedWorksheet::find(std::string_view code) const {
  const auto found = std::ranges::find(rows, code, &CriterionRow::code);
  return found == rows.end() ? nullptr : &*found;
}

std::vector<WorksheetQuestion> worksheet_questions(const Pack& pack, const PackTemplate& tmpl,
                                                   const ScoringMode* mode) {
  std::vector<WorksheetQuestion> questions;
  const Scale* of_mode = mode == nullptr || mode->answers.empty() ? nullptr : pack.scale(mode->answers);
  const auto weight_of = [&](const TemplateNode& node) -> std::optional<Decimal> {
    if (node.stated_weight) return node.stated_weight;
    return node.parent == SIZE_MAX ? std::nullopt : tmpl.nodes[node.parent].stated_weight;
  };
  const auto judgements_of = [&](std::size_t part) {
    const ShareTable* table =
        mode != nullptr && mode->rule == kByShareOfCriteria ? tmpl.share_table_for(tmpl.nodes[part].code) : nullptr;
    if (table == nullptr) return;
    std::vector<std::string_view> asked;
    for (const ShareRow& row : table->rows) {
      for (const std::string& key : row.judgements) {
        if (std::ranges::find(asked, key) != asked.end()) continue;
        asked.push_back(key);
        questions.push_back({tmpl.nodes[part].code + "/" + key, key, tmpl.nodes[part].stated_weight, of_mode});
      }
    }
  };
  for (std::size_t i = 0; i < tmpl.nodes.size(); ++i) {
    const TemplateNode& node = tmpl.nodes[i];
    if (!is_leaf(tmpl, i)) continue;
    questions.push_back({node.code, node.title, weight_of(node), node.own_scale ? pack.scale(node.scale) : of_mode});
    const bool last_of_part = i + 1 == tmpl.nodes.size() || tmpl.nodes[i + 1].parent != node.parent;
    if (last_of_part && node.parent != SIZE_MAX) judgements_of(node.parent);
  }
  return questions;
}

std::vector<std::string> worksheet_columns() {
  std::vector<std::string> columns{"kode", "uraian", "bobot"};
  for (const std::string_view lane : kReviewLaneWords) {
    columns.emplace_back(lane);
    columns.push_back(std::string(lane) + std::string(kNote));
  }
  columns.insert(columns.end(), {"bukti", "letak", "sidik", "keadaan", "alasan"});
  return columns;
}

}  // namespace jenjang
