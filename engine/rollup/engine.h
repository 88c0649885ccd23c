// RollupEngine: the level sweep over columns [node][slot], one lane after the other at each node.
//
// Nodes are numbered by level, leaves first, so one pass in order of number meets every child before
// its parent. A node is written once, by nobody else, from its children in edge order: the result
// does not depend on who computes it. Scratch rows are allocated once a run.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include "jenjang/rollup/rollup.h"

#include "engine/rollup/accumulate.h"
#include "engine/rollup/achievement.h"
#include "engine/rollup/decide.h"
#include "engine/rollup/kernels/kernels.h"
#include "engine/rollup/semantics.h"
#include "engine/rollup/share_lookup.h"

namespace jenjang {

class RollupEngine {
public:
  RollupEngine(const Model& model, const TargetTable& targets, const Facts& facts, const RollupOptions& options,
               DiagnosticSink& sink);
  RollupResult run();

private:
  // What one slot's children tell about completeness and origin.
  struct Coverage {
    std::uint32_t covered = 0, expected = 0;
    double covered_weight = 0, expected_weight = 0;
    unsigned flags = 0;
  };

  void visit(NodeId node, Lane lane);
  // engine.cc: own figures, children, composition of the cell.
  void gather_targets(NodeId node);
  void accumulate_own(NodeId node, Lane lane);
  void pull_children(NodeId node, Lane lane);
  void offer(const rollup::Tie& tie, Lane lane, const MeasureSpec& parent);
  void cover(const rollup::Tie& tie, double weight, Lane lane, Aggregation aggregation);
  void cover_own_pair(std::size_t slot);
  [[nodiscard]] double known_weight(NodeId node, std::size_t slot, Lane lane);
  void align_known_weights();
  rollup::Outcome<double> finish(NodeId node, std::size_t slot, Aggregation aggregation, MissingPolicy policy) const;
  void compose_leaf(NodeId node, std::size_t slot, ResultCell& cell) const;
  void compose_inner(NodeId node, std::size_t slot, ResultCell& cell);
  void mark_relevant(NodeId node);
  // engine_figures.cc: achievement, limits, bands, findings.
  void achieve(NodeId node, std::size_t slot, Lane lane, ResultCell& cell);
  void find_band(NodeId node, std::size_t slot, Lane lane, ResultCell& cell);
  bool achieve_measure(NodeId node, std::size_t slot, Lane lane, ResultCell& cell, double* error);
  [[nodiscard]] bool exactly_on_target(NodeId node, std::size_t slot, const ResultCell& cell) const;
  [[nodiscard]] std::optional<Decimal> exact_achievement(NodeId node, std::size_t slot, const ResultCell& cell) const;
  int band_of_figure(ScaleId id, const Decimal& figure);
  void refuse_achievement(NodeId node, std::size_t slot, Code code);
  // Against `mark` where a parent sets one for its children, else against the node's own target.
  bool meets_target(NodeId node, std::size_t slot, Lane lane, const ResultCell& cell,
                    const std::optional<Decimal>& mark, bool* has_target);
  void compare_own(NodeId node, std::size_t slot, double roll_up, ResultCell& cell);
  void compare_stated(NodeId node, std::size_t slot);
  [[nodiscard]] SourceSpan fact_span(NodeId node, std::size_t slot) const;

  [[nodiscard]] ResultCell* row(NodeId node, Lane lane) {
    return &(lane == Lane::all ? result_.all_ : result_.validated_)[node.index() * slots_];
  }
  [[nodiscard]] Period period(std::size_t slot) const { return result_.grid_[SlotId::from_index(slot)]; }
  ExactEvaluator& exact(Lane lane);

  const Model& model_;
  const TargetTable& targets_;
  const Facts& facts_;
  RollupOptions options_;
  DiagnosticSink& sink_;
  RollupResult result_;
  std::size_t slots_ = 0;
  rollup::TimeTree tree_;
  rollup::ErrorBounds bounds_;
  std::vector<double> weights_;                               // by tie index
  std::unordered_map<std::uint32_t, rollup::BandCuts> cuts_;  // by ScaleId
  std::unique_ptr<ExactEvaluator> exact_[2];
  std::map<std::pair<std::uint32_t, Decimal>, int> known_bands_;  // of caps and of 100, by scale

  // Scratch rows of the node in hand, by slot.
  std::vector<const TargetCell*> target_at_;
  std::vector<rollup::OwnFigure<double>> own_;
  std::vector<rollup::Partial<double>> partials_;
  std::vector<rollup::Operand<double>> operands_;
  std::vector<rollup::ShareCount> shares_;
  std::vector<Coverage> coverage_;
};

}  // namespace jenjang
