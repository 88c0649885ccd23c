// Words that result rows need beside the figures of a FlatPlan, in compact tables: by item, unit and document once, by
// node as numbers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "jenjang/base/rounding.h"
#include "jenjang/bulk/column.h"
#include "jenjang/graph/model.h"

namespace jenjang::snapshot {

// Texts end to end. No more than 4 GiB of them.
class StringTable {
public:
  StringTable() = default;
  explicit StringTable(const std::vector<std::string_view>& texts);  // std::length_error above 4 GiB
  StringTable(bulk::Column<std::uint32_t> begin, bulk::Column<char> text)
      : begin_(std::move(begin)), text_(std::move(text)) {}
  [[nodiscard]] std::size_t size() const { return begin_.empty() ? 0 : begin_.size() - 1; }
  // Empty for a number or a place that the table does not have, so that a damaged page cannot lead outside.
  [[nodiscard]] std::string_view operator[](std::size_t i) const {
    if (i >= size()) return {};
    const std::uint32_t first = begin_[i], last = begin_[i + 1];
    return first <= last && last <= text_.size() ? std::string_view(text_.data() + first, last - first)
                                                 : std::string_view();
  }
  [[nodiscard]] const bulk::Column<std::uint32_t>& begin_column() const { return begin_; }
  [[nodiscard]] const bulk::Column<char>& text_column() const { return text_; }

private:
  bulk::Column<std::uint32_t> begin_;
  bulk::Column<char> text_;
};

inline constexpr std::uint32_t kNoDocument = UINT32_MAX, kNoWorkflow = UINT32_MAX, kNoUnit = UINT32_MAX;
// Of an item: tanda, and whether a fact of it may be more than its number (of an older definition).
inline constexpr std::uint8_t kIllustrative = 1, kUnverified = 2, kIntricateFacts = 4;

struct PlanNames {
  StringTable item_codes, unit_paths, documents, workflows, unit_words;  // unit_words: satuan, each once
  bulk::Column<std::uint32_t> item_unit_word;                            // by item
  bulk::Column<std::uint32_t> item_workflow;                             // by item: of its facts; kNoWorkflow
  bulk::Column<std::uint8_t> item_marks;      // by item: kIllustrative, kUnverified, kIntricateFacts
  bulk::Column<std::uint16_t> item_rounding;  // by item: mode + 256 x places, of the printed value
  bulk::Column<std::uint8_t> item_formula;    // by item: AchievementFormula as declared
  bulk::Column<std::uint32_t> item_document;  // by item: of its declaration; kNoDocument
  bulk::Column<std::uint32_t> unit_parent;    // by unit; kNoUnit: a root
  bulk::Column<std::uint32_t> node_item, node_unit, node_document;  // by node
  bulk::Column<std::uint32_t> reading_order;  // nodes as readers expect them: by declaration, then by unit

  [[nodiscard]] std::string_view code(std::uint32_t node) const { return item_codes[node_item[node]]; }
  [[nodiscard]] std::string_view unit(std::uint32_t node) const { return unit_paths[node_unit[node]]; }
  [[nodiscard]] std::string_view document(std::uint32_t node) const { return documents[node_document[node]]; }
  [[nodiscard]] std::string_view unit_word(std::uint32_t node) const {
    const std::uint32_t item = node_item[node];
    return item < item_unit_word.size() ? unit_words[item_unit_word[item]] : std::string_view();
  }
  [[nodiscard]] Rounding rounding(std::uint32_t node) const;    // of the printed value
  [[nodiscard]] std::string address(std::uint32_t node) const;  // KODE@UNIT
};

// `year`: a node's document is that of its statement in force then, else that of its item.
PlanNames names_of(const Model& model, int year);

}  // namespace jenjang::snapshot
