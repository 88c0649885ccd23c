// Roll-up: facts of a Model carried up its formula edges, with achievement, coverage, predicates.
//
// For every slot of the grid: leaves accumulate their own facts in time by their kind; each level
// then pulls from its children. After the values of a level stand, achievements of that level are
// computed where a target exists, so that parents carrying `capaian` can pull them. Two lanes.
// A node with children and an own fact: the own figure stands when the item is `rilis` or external,
// else the roll-up stands; both are kept and a difference is a finding.
// Deterministic: children are added in edge order; no fast-math; same bits on any machine.
// Cost: O((nodes + formula edges) x slots); columns are [16 nodes][slot][node], see RollupResult.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "jenjang/base/cell.h"
#include "jenjang/base/diagnostic.h"
#include "jenjang/base/watch.h"
#include "jenjang/facts/facts.h"
#include "jenjang/graph/model.h"
#include "jenjang/graph/period_grid.h"
#include "jenjang/graph/target_table.h"
#include "jenjang/rules/lint_rules.h"

namespace jenjang {

// Flags of one result cell.
enum CellFlag : std::uint16_t {
  kTouchedUnvalidated = 1,  // an unvalidated fact contributed
  kIllustrative = 2,        // an invented figure contributed (fact, target, weight or driver)
  kUnverified = 4,          // an unverified rule or figure contributed
  kSigned = 8,              // a negative value contributed: bounds do not apply, decisions go exact
  kCapped = 16,
  kZeroTarget = 32,       // the zero-target rule decided the achievement
  kPartial = 64,          // some children are missing
  kDecidedExactly = 128,  // some decision on this cell needed the exact path
  kOwnFigure = 256,       // an inner node's own official figure stands (rilis or external), not the roll-up
  kOwnDiffers = 512,      // own figure and roll-up of the children differ: finding J1708
  // Of the value alone, without target and band: what a parent carrying the value inherits.
  kValueIllustrative = 1024,
  kValueUnverified = 2048,
  kCarried = 4096,        // an earlier figure was carried into a hole (bawa-terakhir)
  kBelowCoverage = 8192,  // no result because coverage is below cakupan_minimal
};

struct ResultCell {  // 80 bytes: fields by falling size, so that none is lost to padding
  double value = 0;
  double numerator = 0, denominator = 0;  // ratio nodes only
  double achievement_raw = 0, achievement = 0;
  double covered_weight = 0, expected_weight = 0;  // share by weight = covered / expected
  std::uint32_t covered = 0, expected = 0;         // reporting units n of N
  // Coverage in time: months that reported figures stand for, of the months of the period that apply; over units these
  // are unit-months of the units that reported. A stock is covered up to its last report. Carried figures cover
  // nothing.
  std::uint32_t covered_months = 0, expected_months = 0;
  std::int16_t band = -1;  // index into the scale's bands or grades; -1 none
  std::uint16_t flags = 0;
  CellState state = CellState::empty;
  CellState achievement_state = CellState::not_applicable;
  bool band_of_achievement = false;  // which of the two scales the band is on
};

// Verdict of a pack gate for the predicate of one cell.
enum class GateVerdict : std::uint8_t { none, met, failed, undecided };

class RollupResult {
public:
  [[nodiscard]] const PeriodGrid& grid() const { return grid_; }
  [[nodiscard]] const ResultCell& at(NodeId node, SlotId slot, Lane lane = Lane::all) const;
  [[nodiscard]] bool has_validated_lane() const { return !validated_.empty(); }
  // True when the node has a fact of its own or below, or a target, in that slot.
  [[nodiscard]] bool is_relevant(NodeId node, SlotId slot) const;
  // The day of RollupOptions: an ExactEvaluator needs it to see the same missing figures.
  [[nodiscard]] const std::optional<Date>& as_of() const { return as_of_; }

private:
  friend class RollupEngine;
  friend class RollupWorker;
  // Cells of neighbouring nodes in one slot stand side by side, for a parent reads its children, which are neighbours,
  // slot by slot: lines of memory that follow each other, instead of one or two out of the row of each child. Sixteen,
  // so that the rows of a block (22 kB with twelve months) stay in the first cache while a sweep fills them.
  static constexpr std::size_t kAbreast = 16;
  [[nodiscard]] static constexpr std::size_t cells_for(std::size_t nodes, std::size_t slots) {
    return (nodes + kAbreast - 1) / kAbreast * kAbreast * slots;
  }
  [[nodiscard]] static constexpr std::size_t first_cell(std::size_t node, std::size_t slots) {
    return node / kAbreast * kAbreast * slots + node % kAbreast;
  }
  // The cells of one node by slot.
  template <class Cell>
  class Row {
  public:
    explicit Row(Cell* first) : first_(first) {}
    [[nodiscard]] Cell& operator[](std::size_t slot) const { return first_[slot * kAbreast]; }

  private:
    Cell* first_;
  };
  PeriodGrid grid_;
  std::size_t nodes_ = 0;
  std::vector<ResultCell> all_, validated_;  // [block of kAbreast nodes][slot][node of the block]
  std::vector<std::uint8_t> relevant_;       // [node][slot]; bytes, so that two threads may write neighbours
  std::optional<Date> as_of_;
};

struct RollupOptions {
  bool validated_lane = true;    // compute the second lane when any fact is unvalidated
  std::optional<Date> as_of;     // a period that ends later and has no fact is `not_due`
  unsigned threads = 1;          // workers of the sweep; the result has the same bits for any number
  const Watch* watch = nullptr;  // of the sweep; who keeps these options keeps it alive
};
RollupResult run_rollup(const Model& model, const TargetTable& targets, const Facts& facts,
                        const RollupOptions& options, DiagnosticSink& sink);

// Facts that report every leaf target as if realised: for the round-trip law.
Facts facts_from_targets(const Model& model, const TargetTable& targets);

// ---- exact side -----------------------------------------------------------------------------

// The value (achievement) of one cell, recomputed in rationals from the decimals as written.
// nullopt when the cell is not a number.
// What the children of a ratio make, without a figure of its own and before any threshold of coverage.
struct RatioOfChildren {
  CellState state = CellState::empty;            // with `value`, and only then, the denominator is not nought
  CellState reason = CellState::not_applicable;  // the most urgent among the missing
  bool is_partial = false;                       // some are missing, or counted as zero
  Rational numerator, denominator;               // before the factor
  Rational known;                                // the denominators that this lane knows, with and without a pair
  std::uint32_t covered = 0, expected = 0;       // reporting units
  Rational covered_weight;
};

class ExactEvaluator {
public:
  // `as_of` as in RollupOptions. Periods outside the grid of (targets, facts) have no figure.
  ExactEvaluator(const Model& model, const TargetTable& targets, const Facts& facts, Lane lane,
                 std::optional<Date> as_of = std::nullopt);
  ~ExactEvaluator();
  std::optional<Rational> value(NodeId node, Period period);
  std::optional<Rational> achievement_raw(NodeId node, Period period);
  std::optional<Rational> achievement(NodeId node, Period period);  // after cap and floor
  // Numerator and denominator of a ratio node.
  std::optional<std::pair<Rational, Rational>> quotient(NodeId node, Period period);
  // Of an inner ratio node and a period of the grid.
  RatioOfChildren ratio_of_children(NodeId node, Period period);
  // True when the children would make a figure but for the coverage threshold.
  bool is_below_coverage(NodeId node, Period period);
  // True when the value is a figure of the node's own although it has children.
  bool own_figure_stands(NodeId node, Period period);
  // Drops what is remembered of one cell (of all), after a fact below it changed. Cells above it must be dropped too.
  void forget(NodeId node, Period period);
  void forget_all();

private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// ---- decisions ------------------------------------------------------------------------------

// Index of the band of an exact value, decided on its pre-image under scale.decide_on; -1 when
// outside the domain.
int band_of(const Scale& scale, const Rational& value);
// What separates a value from the next better band: cut label, least figure to reach, distance.
struct NextBand {
  std::string label;
  Decimal least_figure;  // "80.01"
  Rational distance;     // least_figure minus the printed value (or the exact one when not rounded)
};
std::optional<NextBand> next_better_band(const Scale& scale, const Rational& value);
// Achievement by formula, exact, before cap: the one definition that kernels are tested against.
// nullopt with the reason in `state` when the formula does not apply.
struct AchievementOutcome {
  std::optional<Rational> raw;
  CellState state = CellState::value;
  bool zero_target_rule = false;
};
AchievementOutcome achievement_exact(const AchievementSpec& spec, Polarity polarity, const Rational& realised,
                                     const Target& target, const std::optional<Decimal>& baseline);
Rational apply_cap(const AchievementSpec& spec, const Rational& raw, bool* capped);

// Gates of the scale on which this cell's band was found. The predicate a reader may print.
struct GateOutcome {
  GateVerdict verdict = GateVerdict::none;
  const Gate* gate = nullptr;
  struct Group {
    std::string group, at_least;
    int needed = 0, reported = 0, reached = 0;
  };
  std::vector<Group> groups;
};
// `label` is the numeric predicate, or any better label whose gate one wants to know.
GateOutcome check_gate(const Model& model, const RollupResult& result, NodeId node, SlotId slot,
                       std::string_view label);

// ---- coherence of hand-set families ---------------------------------------------------------

struct CoherenceOutcome {
  NodeId parent;
  Period period;
  DocumentId document;
  Decimal stated;     // composite target
  Rational combined;  // from component targets by the same weights
  Decimal tolerance;
  bool passes = true;
  Rational achievement;  // 100 combined / stated: "99.998 %"
  std::vector<std::pair<NodeId, Decimal>> components;
  SourceSpan span;
};
// Every CoherenceCheck of the model in every period with all component targets stated by hand.
std::vector<CoherenceOutcome> check_coherence(const Model& model, const TargetTable& targets);

// Value lint: rules about targets and sums (CAS-TGT-*, CAS-BUD-01, CAS-IND-05 figures, CAS-TGT-08
// from check_coherence). Reports through `rules`, so severities and waivers are data.
void lint_values(const Model& model, const TargetTable& targets, const LintRules& rules, DiagnosticSink& sink,
                 const Watch* watch = nullptr);
std::vector<std::string_view> value_lint_rules();

}  // namespace jenjang
