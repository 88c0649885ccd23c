// `tabel`: criteria met out of n, with judgements, looked up as a grade (share_table.h).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/rollup/kernels/kernels.h"
#include "engine/rollup/semantics.h"

namespace jenjang::rollup {

// Whether an answer counts as met: above zero, or on a scale without points the better half
// ("ya" before "tidak").
template <class Number>
bool answers_yes(const Model& model, NodeId node, const Number& value);

struct SharePoints {
  std::optional<Decimal> points;
  CellState state = CellState::empty;
  bool partial = false;
};

// Counts the criteria of one node in one slot. A handful of nodes a worksheet, so it may allocate.
class ShareCount {
public:
  void add(const Model& model, const Tie& tie, CellState state, bool yes, MissingPolicy policy);
  [[nodiscard]] SharePoints finish(const Model& model, const Item& item, MissingPolicy policy) const;

private:
  std::int64_t met_ = 0, all_ = 0;
  std::uint32_t absent_ = 0, zeroed_ = 0;
  CellState reason_ = CellState::not_applicable;
  std::vector<std::string> judgements_;  // codes of judgements answered yes
};

}  // namespace jenjang::rollup
