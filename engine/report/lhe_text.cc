#include "engine/report/lhe_text.h"

#include <algorithm>

namespace jenjang::report {

LheScores::LheScores(const LheInput& input)
    : counted(score_sheet(input.pack, input.tmpl, &input.mode, input.sheet.effective(ReviewLane::assessor))) {
  for (std::size_t lane = 0; lane < kReviewLanes; ++lane) {
    const auto which = static_cast<ReviewLane>(lane);
    if (!input.sheet.spoke(which)) continue;
    lanes[lane] = score_sheet(input.pack, input.tmpl, &input.mode, input.sheet.effective(which));
    furthest = which;
  }
}

std::string cell(std::string_view text) {
  std::string out;
  for (const char letter : text) {
    if (letter == '|') out += '\\';
    out += letter == '\n' || letter == '\r' ? ' ' : letter;
  }
  return out;
}

std::string comma(std::string text) {
  std::ranges::replace(text, '.', ',');
  return text;
}

bool is_leaf(const PackTemplate& tmpl, std::size_t index) {
  return std::ranges::none_of(tmpl.nodes, [&](const TemplateNode& node) { return node.parent == index; });
}

std::string figure(const PackTemplate& tmpl, const SheetNode& node) {
  if (is_leaf(tmpl, node.node) && !node.label.empty()) return node.label;
  if (!node.value) return "belum ada";
  if (!is_leaf(tmpl, node.node) && tmpl.rounding.mode != RoundingMode::exact)
    return comma(round(*node.value, tmpl.rounding).to_string());
  const auto decimal = node.value->to_decimal();
  return comma(decimal ? decimal->to_string() : node.value->to_string());
}

std::string weight_of(const PackTemplate& tmpl, std::size_t index) {
  if (tmpl.nodes[index].stated_weight) return comma(tmpl.nodes[index].stated_weight->to_string());
  std::optional<Decimal> sum;
  for (std::size_t i = index + 1; i < tmpl.nodes.size(); ++i) {
    if (tmpl.nodes[i].parent != index) continue;
    const std::optional<Decimal>& part = tmpl.nodes[i].stated_weight;
    if (!part) return {};
    sum = sum ? Decimal::add(*sum, *part) : part;
  }
  return sum ? comma(sum->to_string()) : std::string();
}

void Markdown::heading(int level, std::string_view text) {
  end_block();
  text_ += std::string(static_cast<std::size_t>(level), '#') + " " + cell(text) + "\n\n";
}

void Markdown::paragraph(std::string_view text) {
  end_block();
  text_ += text;
  text_ += "\n\n";
}

void Markdown::item(std::string_view text) {
  text_ += "- " + cell(text) + "\n";
}

void Markdown::row(const std::vector<std::string>& cells) {
  text_ += "|";
  for (const std::string& one : cells) text_ += " " + cell(one) + " |";
  text_ += "\n";
}

void Markdown::header(const std::vector<std::string>& names, const std::vector<std::size_t>& right) {
  end_block();
  row(names);
  text_ += "|";
  for (std::size_t i = 0; i < names.size(); ++i) {
    text_ += std::ranges::find(right, i) == right.end() ? "---|" : "---:|";
  }
  text_ += "\n";
}

void Markdown::end_block() {
  if (!text_.empty() && !text_.ends_with("\n\n")) text_ += "\n";
}

}  // namespace jenjang::report
