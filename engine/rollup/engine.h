// The sweep over the columns of cells. RollupEngine holds what all workers share, RollupWorker computes nodes.
//
// Nodes are numbered by level, leaves first, so one pass in order of number meets every child before its parent. A
// node's rows are written by one worker, from its children in edge order: the result does not depend on who computes
// it, and the nodes of one level may be computed at the same time. A worker has its own scratch rows (allocated once),
// its own exact evaluators and its own sink; findings are merged in order of nodes.
// A node can be computed for some of its slots only. The cells of a slot are made from the children's cells of that
// slot, the targets inside that slot and the node's own facts, nothing else (LiveRollup rests on this; the one
// exception, a parent that carries a missing child's last figure on, is named in reached_slots).
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include "jenjang/rollup/rollup.h"

#include "engine/rollup/accumulate.h"
#include "engine/rollup/achievement.h"
#include "engine/rollup/coverage.h"
#include "engine/rollup/decide.h"
#include "engine/rollup/engine_plan.h"
#include "engine/rollup/kernels/kernels.h"
#include "engine/rollup/semantics.h"
#include "engine/rollup/share_lookup.h"

namespace jenjang {

namespace rollup {

// True when an observation says something else to the validated lane than to the other.
inline bool differs_by_lane(const Observation& observation) {
  return !observation.validated || observation.verified->number.has_value();
}
bool lanes_differ(const Facts& facts);

}  // namespace rollup

class RollupWorker;
class Propagation;  // incremental_propagation.h

// Shared by the workers: read-only during a sweep, but for the columns.
class RollupEngine {
public:
  // `digests` beside facts.facts, or none; they follow the facts when these change.
  RollupEngine(const Model& model, const TargetTable& targets, const Facts& facts, const RollupOptions& options,
               std::span<const rollup::FactDigest> digests = {});
  ~RollupEngine();
  RollupEngine(const RollupEngine&) = delete;
  RollupEngine& operator=(const RollupEngine&) = delete;

  // All nodes, by options.threads workers. `sink` may be nullptr: findings are not even made.
  void sweep(DiagnosticSink* sink);
  [[nodiscard]] const RollupResult& result() const { return result_; }
  // Cells and relevance of one node, by slot.
  [[nodiscard]] RollupResult::Row<const ResultCell> cells_of(NodeId node, Lane lane) const {
    const auto& cells = lane == Lane::all ? result_.all_ : result_.validated_;
    return RollupResult::Row<const ResultCell>(&cells[RollupResult::first_cell(node.index(), slots_)]);
  }
  [[nodiscard]] const rollup::NodePlan& plan_of(NodeId node) const { return plans_[node.index()]; }
  [[nodiscard]] const std::uint8_t* relevance_of(NodeId node) const {
    return &result_.relevant_[node.index() * slots_];
  }
  RollupResult take() { return std::move(result_); }
  [[nodiscard]] std::size_t slots() const { return slots_; }
  // How many workers have something to do: never more than options.threads.
  [[nodiscard]] unsigned worker_count() const;
  RollupWorker& worker(unsigned index);
  [[nodiscard]] std::span<const TargetCell> targets_of(NodeId node) const;
  [[nodiscard]] const TargetCell* target_in(NodeId node, Period period) const;
  // The slots of a parent that may change when its child's cell in `slot` does, ascending.
  [[nodiscard]] std::span<const std::uint32_t> reached_slots(const Item& parent, const std::uint32_t& slot) const;

private:
  friend class RollupWorker;
  friend class Propagation;

  const Model& model_;
  const TargetTable& targets_;
  const Facts& facts_;
  RollupOptions options_;
  RollupResult result_;
  std::size_t slots_ = 0;
  rollup::TimeTree tree_;
  rollup::ErrorBounds bounds_;
  std::vector<std::uint32_t> all_slots_;                      // 0, 1, ..
  std::vector<std::uint32_t> target_begin_;                   // by node, into targets_.cells
  std::vector<rollup::NodePlan> plans_;                       // by node
  std::span<const rollup::FactDigest> digests_;               // beside facts_.facts; may be empty
  std::vector<double> weights_;                               // by tie index
  std::vector<double> factors_;                               // by ItemId
  std::unordered_map<std::uint32_t, rollup::BandCuts> cuts_;  // by ScaleId
  // Denominators that the validated lane alone knows, of ratio nodes. The column shows those of the other lane, so that
  // the validated share is a share of all there is; the arithmetic above needs its own.
  std::vector<std::uint32_t> ratio_row_;  // by node
  std::vector<double> known_validated_;   // [ratio row][slot]
  std::vector<std::unique_ptr<RollupWorker>> workers_;
};

class RollupWorker {
public:
  explicit RollupWorker(RollupEngine& engine);

  // Where findings go; nullptr: they are not even made.
  void report_to(DiagnosticSink* sink) { sink_ = sink; }
  // Targets, relevance and the cells of both lanes, in every slot.
  void visit(NodeId node);
  // The cells of both lanes in some slots, ascending.
  void visit(NodeId node, std::span<const std::uint32_t> slots);
  // Asks memory for what a visit of these slots is going to read, without waiting for it.
  void ask_for_inputs(NodeId node, std::span<const std::uint32_t> slots);
  void ask_for_targets(NodeId node, std::span<const std::uint32_t> slots);
  // Relevance alone.
  void mark_relevant(NodeId node, std::span<const std::uint32_t> slots);
  // What the exact side remembers of a cell is out of date.
  void forget(NodeId node, std::size_t slot);
  void forget_all();

private:
  // Beyond the flags of a ResultCell: of the sign of a denominator of the node's own pair nothing is known.
  static constexpr unsigned kSignedDenominator = 1U << 16;

  // What one slot's children tell about completeness and origin.
  struct Coverage : rollup::Coverage<double> {
    unsigned flags = 0;
  };
  // One child's part of it. `known`: the weight that the child's own coverage is measured against, of a mean.
  static void cover_cell(Coverage& coverage, const rollup::Tie& tie, double weight, Aggregation aggregation,
                         bool carries_target, const rollup::Operand<double>& offered, const ResultCell& cell,
                         double known) {
    const bool contributes = offered.state == CellState::value;
    if (contributes) {
      // An earlier figure brings its own origin along.
      const unsigned origin = offered.carried ? offered.flags : cell.flags;
      unsigned inherited =
          origin & (kTouchedUnvalidated | kSigned | kPartial | kCarried | kValueIllustrative | kValueUnverified);
      if (carries_target && (origin & kIllustrative) != 0) inherited |= kValueIllustrative;
      if (weight < 0) inherited |= kSigned;
      if (tie.role == EdgeRole::denominator && (inherited & kSigned) != 0) inherited |= kSignedDenominator;
      coverage.flags |= inherited;
    }
    if (contributes && offered.carried) coverage.flags |= kCarried;
    const rollup::Coverage<double> told{cell.covered,         cell.expected,       cell.covered_weight,
                                        cell.expected_weight, cell.covered_months, cell.expected_months};
    rollup::cover<double>(coverage, tie, weight, aggregation, offered, told, known);
  }

  // `place` is a position in wanted_, the slots in hand; `slot` is wanted_[place]. A full sweep wants them all.
  void visit_lane(NodeId node, Lane lane);
  // engine.cc: own figures, children, composition of the cell.
  void gather_targets(NodeId node);
  void mark_relevant(NodeId node);
  void accumulate_own(NodeId node, Lane lane);
  void pull_children(NodeId node, Lane lane);
  void pull_plain(Lane lane);
  void ask_for(NodeId child, Lane lane);
  void add_operands(const rollup::Tie& tie, double weight, const Item& parent, std::size_t first, std::size_t count);
  void offer(const rollup::Tie& tie, Lane lane, const MeasureSpec& parent);
  void take_out_copy(const rollup::Tie& tie, Lane lane, const Item& parent);
  void refuse_offers(NodeId node, const rollup::Tie& tie);
  rollup::Operand<double> offer_in(const rollup::Tie& tie, std::size_t slot, Lane lane, const MeasureSpec& parent);
  void cover(const rollup::Tie& tie, double weight, Lane lane, Aggregation aggregation, std::size_t first,
             std::size_t count);
  [[nodiscard]] double known_weight(NodeId node, std::size_t slot, Lane lane);
  // The denominators a ratio's lane knows by itself.
  [[nodiscard]] double lane_denominator(NodeId node, std::size_t slot, Lane lane, const ResultCell& cell) const;
  void keep_lane_denominators(NodeId node);
  rollup::Outcome<double> finish(NodeId node, std::size_t place, Aggregation aggregation, MissingPolicy policy) const;
  void compose_leaf(NodeId node, std::size_t slot, ResultCell& cell) const;
  void compose_inner(NodeId node, std::size_t place, Lane lane, ResultCell& cell);
  // What the exact side says of a ratio's children, and their coverage.
  rollup::Outcome<double> ratio_exactly(NodeId node, std::size_t place, Lane lane);
  // Refuses a roll-up that too few stand behind (cakupan_minimal).
  void ask_coverage(NodeId node, std::size_t place, Lane lane, rollup::Outcome<double>& up, unsigned& flags);
  // engine_figures.cc: achievement, limits, bands, findings.
  void achieve(NodeId node, std::size_t slot, Lane lane, ResultCell& cell);
  void find_band(NodeId node, std::size_t slot, Lane lane, ResultCell& cell);
  bool achieve_measure(NodeId node, std::size_t slot, Lane lane, ResultCell& cell, double* error);
  [[nodiscard]] bool exactly_on_target(std::size_t slot, const ResultCell& cell) const;
  [[nodiscard]] std::optional<Decimal> exact_achievement(NodeId node, std::size_t slot, const ResultCell& cell) const;
  int band_of_figure(ScaleId id, const Decimal& figure);
  void refuse_achievement(NodeId node, std::size_t slot, Code code);
  // Against `mark` where a parent sets one for its children, else against the node's own target.
  bool meets_target(NodeId node, std::size_t slot, Lane lane, const ResultCell& cell,
                    const std::optional<Decimal>& mark, bool* has_target);
  void compare_own(NodeId node, std::size_t slot, double roll_up, ResultCell& cell);
  void compare_stated(NodeId node, std::size_t slot);
  // Own facts that lie outside the range declared as possible.
  void check_range(NodeId node);
  [[nodiscard]] SourceSpan fact_span(NodeId node, std::size_t slot) const;

  [[nodiscard]] RollupResult::Row<ResultCell> row(NodeId node, Lane lane) {
    auto& cells = lane == Lane::all ? result_.all_ : result_.validated_;
    return RollupResult::Row<ResultCell>(&cells[RollupResult::first_cell(node.index(), slots_)]);
  }
  [[nodiscard]] Period period(std::size_t slot) const { return result_.grid_[SlotId::from_index(slot)]; }
  ExactEvaluator& exact(Lane lane);

  RollupEngine& shared_;
  const Model& model_;
  const Facts& facts_;
  const RollupOptions& options_;
  const rollup::ErrorBounds& bounds_;
  const rollup::TimeTree& tree_;
  RollupResult& result_;
  const std::size_t slots_;
  DiagnosticSink* sink_ = nullptr;
  std::unique_ptr<ExactEvaluator> exact_[2];
  std::map<std::pair<std::uint32_t, Decimal>, int> known_bands_;  // of caps and of 100, by scale

  const rollup::NodePlan* plan_ = nullptr;
  const Item* item_ = nullptr;
  double value_error_ = 0, achievement_error_ = 0;  // of a figure of one, of terms of one
  // Of the node in hand. By slot; target_at_ holds in the wanted slots only, own_ in all of them.
  std::span<const std::uint32_t> wanted_;
  std::vector<const TargetCell*> target_at_;
  std::vector<rollup::OwnFigure<double>> own_;
  bool own_is_blank_ = true;
  // By place.
  std::vector<rollup::Partial<double>> partials_;
  std::vector<rollup::Operand<double>> operands_;
  std::vector<rollup::ShareCount> shares_;
  std::vector<Coverage> coverage_;
};

}  // namespace jenjang
