// Repair of hand-set targets that do not add up: the smallest change that makes them.
//
// A hand value y may move as readily as its willingness v says (0: locked). The repaired values x keep
// parent = sum of a x everywhere and make sum (x - y)^2 / v least (algorithms 1.11). Exact, in rationals.
// Nothing here changes a plan: proposals name statements, and a person decides.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <variant>
#include <vector>

#include "jenjang/base/diagnostic.h"
#include "jenjang/base/rational.h"
#include "jenjang/graph/target_table.h"

namespace jenjang {

struct RepairCell {
  Rational value;                        // y
  Rational willingness{1};               // v; 0: locked, kept whatever its limits say
  Rational weight{1};                    // a: its part in the parent
  std::optional<Rational> lower, upper;  // of x
};
// What `wanted` would need of the cells below it, and what they can give.
struct RepairConflict {
  std::vector<std::size_t> cells;  // locked ones, and those whose limit binds
  std::size_t parent = 0;          // of a tree: the node that cannot be met
  Rational wanted;
  std::optional<Rational> least, most;  // what its children reach together; empty: without end
  bool only_locked = false;             // no limit is to blame
};
struct Repair {
  std::vector<Rational> values;
  Rational objective;  // sum (x - y)^2 / v
};
using RepairResult = std::variant<Repair, RepairConflict>;

// One family under a fixed figure: x = y + m v a within the limits, one m for all. O(n log n).
RepairResult repair_family(std::span<const RepairCell> cells, const Rational& target);
// The fewest cells changed instead: those with the most room take all of the difference (ties: the more
// willing, then the first). The objective still counts squares, so that both answers can be compared.
RepairResult repair_fewest(std::span<const RepairCell> cells, const Rational& target);

inline constexpr std::size_t kNoRepairParent = SIZE_MAX;
struct RepairNode {
  RepairCell cell;                       // weight: in its parent
  std::size_t parent = kNoRepairParent;  // parents stand before their children
  bool silent = false;                   // inner nodes: no figure of its own, it follows its children
};
// A whole tree under a fixed root (node 0, whose own figure does not count). Without limits that bind the
// answer is the least-squares one, found in O(n): upward each node's figure is fused with what its
// children say, downward each figure is spread. Limits are kept top-down, family by family: then every
// family is the nearest to what was fused for it, which need not be the nearest of the whole tree.
RepairResult repair_tree(std::span<const RepairNode> nodes, const Rational& target);

struct RepairOptions {
  std::optional<Date> as_of;  // grounds with `sampai` before this day no longer stand
};
struct RepairEdit {
  std::uint32_t statement = UINT32_MAX;  // index into Model::statements
  NodeId node;
  Decimal before, after;
};
// One tree of hand-set targets in one period, made to add up in the steps of its measures.
struct RepairProposal {
  NodeId root;
  Period period;
  std::vector<RepairEdit> edits;  // parents first, then in order of declaration
  Rational objective;             // of the stepped figures
};

// Every tree in which a parent's formula children (operands that carry their value; sum, weighted mean, or
// ratio with planned denominators) all have stated figures, under a cascade rule or not, and that does not
// add up: exactly for a sum, after the parent's rounding for means and ratios, within the tolerance where
// one is declared. The highest such parent's target stays. Never moved: what is locked, rests on a citation,
// is another government's adopted figure, is shared (several parents, or crosswise), or is written in one
// place for several cells. Trees that cannot be repaired are J1650..J1652. Sorted by root and period as
// a reader meets them in the plan.
std::vector<RepairProposal> propose_repairs(const Model& model, const TargetTable& targets,
                                            const RepairOptions& options, DiagnosticSink& sink);

}  // namespace jenjang
