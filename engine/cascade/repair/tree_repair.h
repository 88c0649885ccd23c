// The two passes over a tree of hand values, usable family by family so that figures can be rounded on
// the way down.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "jenjang/cascade/repair.h"

namespace jenjang::cascade {

class TreeRepair {
public:
  // Fuses upward. Nodes as in repair_tree; they must outlive this.
  explicit TreeRepair(std::span<const RepairNode> nodes);

  // Why `target` at the root, or a locked or limited node below it, cannot be met.
  [[nodiscard]] std::optional<RepairConflict> conflict(const Rational& target) const;
  [[nodiscard]] const std::vector<std::size_t>& children(std::size_t node) const { return children_[node]; }
  // The children's figures under a figure of their parent; nullopt when they cannot reach it. With `fixed`
  // (by place among the children) those figures stand already.
  [[nodiscard]] std::optional<std::vector<Rational>> shares(std::size_t node, const Rational& figure,
                                                            std::span<const std::optional<Rational>> fixed = {}) const;
  // How far a node can go by its own limits and by those below it; empty ends are without end.
  struct Reach {
    std::optional<Rational> least, most;
  };
  [[nodiscard]] const Reach& reach(std::size_t node) const { return reach_[node]; }

private:
  void fuse(std::size_t node);
  void limit(std::size_t node);
  [[nodiscard]] Reach of_children(std::size_t node) const;
  void blame(std::size_t node, bool low_end, RepairConflict& conflict) const;

  std::span<const RepairNode> nodes_;
  std::vector<std::vector<std::size_t>> children_;
  std::vector<Rational> mean_, variance_;  // fused
  std::vector<Reach> reach_;
};

}  // namespace jenjang::cascade
