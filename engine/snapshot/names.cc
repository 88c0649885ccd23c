#include "jenjang/snapshot/names.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <stdexcept>

namespace jenjang::snapshot {

StringTable::StringTable(const std::vector<std::string_view>& texts) : begin_(texts.size() + 1) {
  std::size_t size = 0;
  for (const std::string_view text : texts) size += text.size();
  if (size > UINT32_MAX) throw std::length_error("texts above 4 GiB");
  text_ = bulk::Column<char>(size);
  std::uint32_t next = 0;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    begin_[i] = next;
    std::copy(texts[i].begin(), texts[i].end(), text_.data() + next);
    next += static_cast<std::uint32_t>(texts[i].size());
  }
  begin_[texts.size()] = next;
}

Rounding PlanNames::rounding(std::uint32_t node) const {
  const std::uint32_t item = node_item[node];
  if (item >= item_rounding.size()) return {};
  const unsigned packed = item_rounding[item], mode = packed & 0xFFU, places = packed >> 8U;
  if (mode > static_cast<unsigned>(RoundingMode::ceiling) || places > Decimal::kMaxScale) return {};
  return {static_cast<RoundingMode>(mode), static_cast<int>(places)};
}

std::string PlanNames::address(std::uint32_t node) const {
  std::string address(code(node));
  address += '@';
  address += unit(node);
  return address;
}

PlanNames names_of(const Model& model, int year) {
  PlanNames names;
  const std::size_t items = model.items.size(), nodes = model.node_count();
  std::vector<std::string_view> codes, units, documents, words, workflows;
  names.item_unit_word = bulk::Column<std::uint32_t>(items);
  names.item_workflow = bulk::Column<std::uint32_t>(items);
  names.item_marks = bulk::Column<std::uint8_t>(items);
  names.item_rounding = bulk::Column<std::uint16_t>(items);
  names.item_formula = bulk::Column<std::uint8_t>(items);
  names.item_document = bulk::Column<std::uint32_t>(items);
  std::map<std::string_view, std::uint32_t> word_ids, workflow_ids;
  const auto number_of = [](std::string_view word, std::map<std::string_view, std::uint32_t>& ids,
                            std::vector<std::string_view>& all) {
    const auto [at, fresh] = ids.try_emplace(word, static_cast<std::uint32_t>(all.size()));
    if (fresh) all.push_back(word);
    return at->second;
  };
  codes.reserve(items);
  for (std::size_t i = 0; i < items; ++i) {
    const Item& item = model.items[i];
    codes.emplace_back(item.code);
    names.item_formula[i] = static_cast<std::uint8_t>(item.spec.achievement.formula);
    names.item_document[i] = item.document.value();
    names.item_unit_word[i] = number_of(item.spec.unit_name, word_ids, words);
    names.item_workflow[i] =
        item.spec.workflow.empty() ? kNoWorkflow : number_of(item.spec.workflow, workflow_ids, workflows);
    const bool intricate = item.spec.definition_since.has_value();
    names.item_marks[i] =
        static_cast<std::uint8_t>((item.illustrative ? kIllustrative : 0) | (item.unverified ? kUnverified : 0) |
                                  (intricate ? kIntricateFacts : 0));
    names.item_rounding[i] = static_cast<std::uint16_t>(static_cast<unsigned>(item.spec.rounding.mode) |
                                                        static_cast<unsigned>(item.spec.rounding.places) << 8U);
  }
  names.unit_parent = bulk::Column<std::uint32_t>(model.units.size());
  for (std::size_t i = 0; i < model.units.size(); ++i) {
    const OrgUnit& unit = model.units[UnitId::from_index(i)];
    units.emplace_back(unit.path);
    names.unit_parent[i] = unit.parent.value();
  }
  for (const Document& document : model.documents) documents.emplace_back(document.code);
  names.item_codes = StringTable(codes);
  names.unit_paths = StringTable(units);
  names.documents = StringTable(documents);
  names.workflows = StringTable(workflows);
  names.unit_words = StringTable(words);
  names.node_item = bulk::Column<std::uint32_t>(nodes);
  names.node_unit = bulk::Column<std::uint32_t>(nodes);
  names.node_document = bulk::Column<std::uint32_t>(nodes);
  const Period period = Period::year(year);
  for (std::size_t n = 0; n < nodes; ++n) {
    const NodeId node = NodeId::from_index(n);
    names.node_item[n] = model.node_item[n].value();
    names.node_unit[n] = model.node_unit[n].value();
    const Statement* const statement = model.statement_in_force(node, period);
    names.node_document[n] = (statement != nullptr ? statement->document : model.item(node).document).value();
  }
  names.reading_order = bulk::Column<std::uint32_t>(nodes);
  std::iota(names.reading_order.begin(), names.reading_order.end(), 0U);
  std::sort(names.reading_order.begin(), names.reading_order.end(), [&names](std::uint32_t a, std::uint32_t b) {
    return std::pair(names.node_item[a], names.node_unit[a]) < std::pair(names.node_item[b], names.node_unit[b]);
  });
  return names;
}

}  // namespace jenjang::snapshot
