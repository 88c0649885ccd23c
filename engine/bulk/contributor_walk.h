// One question about contributors, in doubles: coefficients from the node asked about down to where the ways end, and
// what may be among the first with its error.
//
// A small sub-graph is followed node by node, level by level. Where it turns out to be large, the walk starts again
// over whole levels on all threads; both bring the same ends.
#pragma once

#include <atomic>
#include <mutex>
#include <vector>

#include "engine/bulk/best_kept.h"
#include "engine/bulk/exact.h"
#include "engine/bulk/ways_down.h"

namespace jenjang::bulk {

// One rounding of a double, and a margin for the products of several.
inline constexpr double kRounding = 0x1p-52;

// What all questions about a plan share.
struct ContributorTables {
  ContributorTables(const FlatPlan& plan, const Figures& figures);

  [[nodiscard]] bool is_shared(std::uint32_t node) const { return (shared_bits[node / 64] >> (node % 64) & 1) != 0; }
  // Of a node with several parents: its place among them.
  [[nodiscard]] std::size_t shared_place(std::uint32_t node) const {
    const std::uint64_t before = shared_bits[node / 64] & ((std::uint64_t{1} << (node % 64)) - 1);
    return shared_ranks[node / 64] + static_cast<std::size_t>(__builtin_popcountll(before));
  }
  [[nodiscard]] std::size_t level_of(std::uint32_t node) const {
    std::size_t level = 0;
    while (plan.level_begin[level + 1] <= node) ++level;
    return level;
  }

  const FlatPlan& plan;
  const Figures& figures;
  const std::vector<WayRule> rules;
  const ExactSide side;
  const std::uint32_t leaves;
  // By inner node. Before a node is opened: what its owner brought to it; after: what one unit of weight below it is
  // worth. Nought for all else, and for all between two questions.
  Column<double> worth;
  std::vector<std::uint64_t> shared_bits;    // by node: has several parents
  std::vector<std::uint32_t> shared_ranks;   // by word of these: how many bits before it
  std::vector<std::uint32_t> shared_first;   // by node with several parents, one more: into plan.shared
  std::vector<std::uint32_t> shared_leaves;  // ascending: the first of these nodes
  // What parents bring to such nodes, each in a place of its own so that no two threads meet: the owner by node, the
  // others by entry of plan.shared. Nought between two questions.
  std::vector<double> by_owner, by_others;
  std::vector<double> steps;    // roundings on the longest way down over the first so many levels
  bool doubtful_pairs = false;  // denominators whose doubles have no bound by themselves
  bool void_factors = false;    // ratios times nought

private:
  void find_steps(std::uint32_t most_parents);
};

class ContributorWalk {
public:
  // `turned`: gaps the other way round. `unbounded`: no error is known, everything is a candidate.
  ContributorWalk(ContributorTables& tables, const ContributorQuestion& question, bool turned, bool unbounded);
  // Sets worth back to nought.
  ~ContributorWalk();
  ContributorWalk(const ContributorWalk&) = delete;
  ContributorWalk& operator=(const ContributorWalk&) = delete;

  bool run();  // false: cancelled
  // Ways of both signs met: their sum has no error bound.
  [[nodiscard]] bool is_mixed() const { return mixed_; }
  [[nodiscard]] const WaysDown& ways() const { return ways_; }
  std::vector<BestKept> parts;  // of the threads

private:
  struct Heard {
    double value = 0, achievement = 0;
  };
  struct Frontier {
    std::vector<std::vector<std::uint32_t>> levels;  // inner nodes that were reached
    std::vector<std::uint32_t> leaves;               // with several parents
  };

  bool run_sparse();
  bool run_dense();
  void visit(std::uint32_t node, BestKept& best);
  void open(std::uint32_t node, double coefficient, BestKept& best);
  bool open_plain_row(std::uint32_t node, const WayRule& above, double worth, BestKept& best);
  void bring(std::uint32_t parent, const WayRule& above, const Edge& edge, double raw, BestKept& best);
  void leave_at(std::uint32_t parent, std::uint32_t child, double raw);
  void end_leaf(std::uint32_t leaf, const Heard& heard, BestKept& best);
  // A leaf's figure by value, with its error: one rounding of its own, two of products, and the way's.
  void offer_figure(std::uint32_t leaf, double coefficient, double figure, BestKept& best) const {
    const double contribution = coefficient * figure, error = figure_error_ * std::abs(contribution);
    ++best.seen;
    if (!best.may_place(contribution + error)) return;
    best.keep({{leaf, false, WayEnd::reported, coefficient, figure, ways_.target(leaf), contribution}, error});
  }
  void end(std::uint32_t node, bool achievement, WayEnd why, double coefficient, BestKept& best);
  [[nodiscard]] WayEnd achievement_end(std::uint32_t node) const;
  Heard hear(std::uint32_t node);
  Heard hear_places(std::uint32_t node, std::size_t place);
  void take(const WayRule& above, bool is_pair, std::uint32_t node, double raw, Heard& heard);
  void settle_achievement(std::uint32_t node, Heard& heard);
  void add(double& sum, double part);
  [[nodiscard]] double denominator(std::uint32_t node) const;
  [[nodiscard]] bool leaf_limited(std::uint32_t leaf) const;
  void clear();

  ContributorTables& tables_;
  const FlatPlan& plan_;
  const ContributorQuestion& question_;
  const WaysDown ways_;
  const bool turned_, unbounded_;
  double steps_ = 0;         // of the ways down from the node asked about
  double figure_error_ = 0;  // of a leaf's contribution, for each unit of it
  Frontier frontier_;
  bool dense_ = false, finished_ = false;
  std::atomic<bool> mixed_{false};
};

}  // namespace jenjang::bulk
