#include "engine/cascade/repair/tree_repair.h"

#include "engine/cascade/methods/rays.h"

namespace jenjang {
namespace cascade {
namespace {

bool is_locked(const RepairNode& node) {
  return !node.silent && node.cell.willingness.sign() <= 0;
}

}  // namespace

TreeRepair::TreeRepair(std::span<const RepairNode> nodes)
    : nodes_(nodes), children_(nodes.size()), mean_(nodes.size()), variance_(nodes.size()), reach_(nodes.size()) {
  for (std::size_t i = 1; i < nodes.size(); ++i) children_[nodes[i].parent].push_back(i);
  for (std::size_t i = nodes.size(); i-- > 1;) {
    fuse(i);
    limit(i);
  }
}

// Two figures for one measure, its own and its children's, weigh by how little each wants to move.
void TreeRepair::fuse(std::size_t node) {
  const RepairCell& cell = nodes_[node].cell;
  if (children_[node].empty() || is_locked(nodes_[node])) {
    mean_[node] = cell.value;
    variance_[node] = cell.willingness;
    return;
  }
  Rational mean, variance;
  for (const std::size_t child : children_[node]) {
    const Rational& weight = nodes_[child].cell.weight;
    mean += weight * mean_[child];
    variance += weight * weight * variance_[child];
  }
  if (nodes_[node].silent || variance.is_zero()) {
    mean_[node] = mean;
    variance_[node] = variance;
    return;
  }
  const Rational fused = Rational(1) / (Rational(1) / variance + Rational(1) / cell.willingness);
  mean_[node] = fused * (mean / variance + cell.value / cell.willingness);
  variance_[node] = fused;
}

TreeRepair::Reach TreeRepair::of_children(std::size_t node) const {
  Reach sum{Rational(), Rational()};
  for (const std::size_t child : children_[node]) {
    const Rational& weight = nodes_[child].cell.weight;
    if (weight.is_zero()) continue;
    const std::optional<Rational>& low = weight.sign() > 0 ? reach_[child].least : reach_[child].most;
    const std::optional<Rational>& high = weight.sign() > 0 ? reach_[child].most : reach_[child].least;
    if (!low) {
      sum.least.reset();
    } else if (sum.least) {
      *sum.least += weight * *low;
    }
    if (!high) {
      sum.most.reset();
    } else if (sum.most) {
      *sum.most += weight * *high;
    }
  }
  return sum;
}

void TreeRepair::limit(std::size_t node) {
  const RepairCell& cell = nodes_[node].cell;
  if (is_locked(nodes_[node])) {
    reach_[node] = {cell.value, cell.value};
    return;
  }
  Reach reach{cell.lower, cell.upper};
  if (!children_[node].empty()) {
    const Reach below = of_children(node);
    if (below.least && (!reach.least || *reach.least < *below.least)) reach.least = below.least;
    if (below.most && (!reach.most || *reach.most > *below.most)) reach.most = below.most;
  }
  reach_[node] = std::move(reach);
}

// The cells that hold a node's children at one end of their reach.
void TreeRepair::blame(std::size_t node, bool low_end, RepairConflict& conflict) const {
  for (const std::size_t child : children_[node]) {
    const RepairNode& below = nodes_[child];
    if (below.cell.weight.is_zero()) continue;
    const bool low = (below.cell.weight.sign() > 0) == low_end;
    if (is_locked(below)) {
      conflict.cells.push_back(child);
      continue;
    }
    const std::optional<Rational>& own = low ? below.cell.lower : below.cell.upper;
    const std::optional<Rational>& end = low ? reach_[child].least : reach_[child].most;
    if (own && end && *own == *end) {
      conflict.cells.push_back(child);
      conflict.only_locked = false;
    } else if (!children_[child].empty()) {
      blame(child, low, conflict);
    }
  }
}

std::optional<RepairConflict> TreeRepair::conflict(const Rational& target) const {
  for (std::size_t node = nodes_.size(); node-- > 0;) {
    if (children_[node].empty()) {
      const Reach& own = reach_[node];
      if (node == 0 || !own.least || !own.most || *own.least <= *own.most) continue;
      // A floor above the cap of one cell.
      return RepairConflict{{node}, nodes_[node].parent, *own.least, own.least, own.most, false};
    }
    const Reach below = of_children(node);
    std::optional<Rational> least = node == 0 ? std::optional(target) : reach_[node].least;
    std::optional<Rational> most = node == 0 ? std::optional(target) : reach_[node].most;
    if (node != 0 && !is_locked(nodes_[node])) {
      // Its limits and its children's must meet somewhere.
      least = nodes_[node].cell.lower;
      most = nodes_[node].cell.upper;
    }
    const bool too_low = most && below.least && *most < *below.least;
    const bool too_high = least && below.most && *least > *below.most;
    if (!too_low && !too_high) continue;
    RepairConflict found{{}, node, too_low ? *most : *least, below.least, below.most, true};
    blame(node, too_low, found);
    return found;
  }
  return std::nullopt;
}

std::optional<std::vector<Rational>> TreeRepair::shares(std::size_t node, const Rational& figure,
                                                        std::span<const std::optional<Rational>> fixed) const {
  RayFamily family;
  family.rays.reserve(children_[node].size());
  for (std::size_t k = 0; k < children_[node].size(); ++k) {
    const std::size_t child = children_[node][k];
    const Rational& weight = nodes_[child].cell.weight;
    // Figures that stand are no ray and no longer asked for their limits.
    family.rays.push_back(k < fixed.size() && fixed[k] ? Ray{weight, *fixed[k], Rational(), {}, {}}
                                                       : Ray{weight, mean_[child], variance_[child] * weight,
                                                             reach_[child].least, reach_[child].most});
  }
  auto met = meet(family, figure, {});
  RayPoint* point = std::get_if<RayPoint>(&met);
  return point == nullptr ? std::nullopt : std::optional(std::move(point->values));
}

}  // namespace cascade

namespace {

Rational squares(std::span<const RepairNode> nodes, std::span<const Rational> values) {
  Rational sum;
  for (std::size_t i = 1; i < nodes.size(); ++i) {
    const RepairCell& cell = nodes[i].cell;
    if (nodes[i].silent || cell.willingness.sign() <= 0) continue;
    const Rational moved = values[i] - cell.value;
    sum += moved * moved / cell.willingness;
  }
  return sum;
}

}  // namespace

RepairResult repair_tree(std::span<const RepairNode> nodes, const Rational& target) {
  const cascade::TreeRepair tree(nodes);
  if (std::optional<RepairConflict> conflict = tree.conflict(target)) return *std::move(conflict);
  Repair repair;
  repair.values.resize(nodes.size());
  if (nodes.empty()) return repair;
  repair.values[0] = target;
  for (std::size_t node = 0; node < nodes.size(); ++node) {
    const std::vector<std::size_t>& children = tree.children(node);
    if (children.empty()) continue;
    const std::optional<std::vector<Rational>> shares = tree.shares(node, repair.values[node]);
    if (!shares) {
      // Every figure handed down lies within the reach of its node, so this needs cells of weight zero only.
      return RepairConflict{children, node, repair.values[node], {}, {}, true};
    }
    for (std::size_t k = 0; k < children.size(); ++k) repair.values[children[k]] = (*shares)[k];
  }
  repair.objective = squares(nodes, repair.values);
  return repair;
}

RepairResult repair_family(std::span<const RepairCell> cells, const Rational& target) {
  std::vector<RepairNode> nodes(1);
  nodes.reserve(cells.size() + 1);
  for (const RepairCell& cell : cells) nodes.push_back({cell, 0, false});
  RepairResult result = repair_tree(nodes, target);
  if (Repair* repair = std::get_if<Repair>(&result)) {
    repair->values.erase(repair->values.begin());
  } else {
    for (std::size_t& cell : std::get<RepairConflict>(result).cells) --cell;
  }
  return result;
}

}  // namespace jenjang
