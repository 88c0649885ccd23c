// Figures: the columns of a FlatPlan, [node][12 months], and the sums over them.
//
// Every node: target, value, state and band. Inner nodes besides: achievement, coverage by count and by weight, and the
// validated lane. Columns of inner nodes are addressed by node - leaf_count. 18 bytes a cell of a leaf, 94 of an inner
// node with two lanes, 32 more of a ratio.
#pragma once

#include <cstdint>

#include "jenjang/base/cell.h"
#include "jenjang/bulk/flat_plan.h"

namespace jenjang::bulk {

// One byte a cell. The low three bits rank states by urgency, so that the reason of a parent without a figure is the
// largest byte among its children: a number 0, then not_applicable, not_due, redefined, awaiting_release, empty.
// A cell without a number has the value 0.0 in its column, never anything else.
using StateByte = std::uint8_t;
inline constexpr StateByte kStateMask = 7;
// Of a fact: not validated yet; above: such a fact contributed. A leaf's byte holds in bits 4 to 6 the rank of the
// state that the validated lane shows in place of such a fact (unvalidated_byte); the flags of those bits are for inner
// nodes only.
inline constexpr StateByte kUnvalidated = 8;
inline constexpr StateByte kPartial = 16;  // some children are missing, or counted as nought
inline constexpr StateByte kExact = 32;    // some decision on this cell was made on the exact side
inline constexpr StateByte kCapped = 64;
// A negative fact (whoever fills a leaf sets it), or a figure out of its class's range: the error bounds of a parent do
// not hold, and it is made on the exact side.
inline constexpr StateByte kSigned = 128;
constexpr StateByte state_byte(CellState state) {
  constexpr StateByte ranks[] = {0, 5, 2, 4, 3, 1};
  return ranks[static_cast<std::size_t>(state)];
}
constexpr CellState cell_state(StateByte byte) {
  constexpr CellState states[] = {CellState::value,
                                  CellState::not_applicable,
                                  CellState::not_due,
                                  CellState::redefined,
                                  CellState::awaiting_release,
                                  CellState::empty,
                                  CellState::empty,
                                  CellState::empty};
  return states[byte & kStateMask];
}

// State of a reported figure that nobody validated yet; `instead` is what the validated lane sees: empty, as a rule.
constexpr StateByte unvalidated_byte(CellState instead = CellState::empty) {
  return static_cast<StateByte>(kUnvalidated | (state_byte(instead) << 4));
}

inline constexpr std::int8_t kNoBand = -1;

struct InnerLane {             // by inner node
  Column<double> achievement;  // after the cap
  Column<StateByte> achieved;  // state of the achievement (low bits); kCapped; kExact: the double is it exactly
  Column<std::uint32_t> covered, expected;  // reporting units n of N
  Column<double> covered_weight, expected_weight;
  Column<double> numerator, denominator;  // by pair row: the pair above the factor; denominator 0 where there is none
};

struct Figures {
  Column<double> target, value;  // by node; a cell without a target holds NaN
  Column<double> baseline;       // one figure a node, for Descent::gap; empty where no class has it
  // By cell of a leaf: what a figure of a `divided` class was divided by; empty where no class is.
  Column<std::uint8_t> divisor;
  Column<StateByte> state;
  Column<std::int8_t> band;  // index into the scale's bands, best first
  InnerLane all, validated;
  Column<double> validated_value;  // by inner node
  Column<StateByte> validated_state;
  Column<std::int8_t> validated_band;

  [[nodiscard]] static std::size_t bytes(const FlatPlan& plan, bool validated_lane);
  [[nodiscard]] bool has_validated_lane() const { return !validated_value.empty(); }
};
// Columns for a plan: no value anywhere (state empty, target NaN) in leaves when `blank`, else left as they come:
// whoever fills every leaf cell anyway saves a pass over memory.
Figures make_figures(const FlatPlan& plan, bool validated_lane, bool blank = true);
// Room for the validated lane of figures that had none; a roll-up fills it.
void add_validated_lane(const FlatPlan& plan, Figures& figures);

// Digest of every result column in order of nodes: equal columns, equal digest, whatever the machine.
std::uint64_t digest(const FlatPlan& plan, const Figures& figures, unsigned threads = 1);

}  // namespace jenjang::bulk
