// Reach over a worksheet: the least effort from the answers as they stand to a wanted predicate.
//
// A pack template whose points are sums and means of its answers (M2), or graded by share of criteria met (M1), becomes
// a ReachProblem over one common denominator. An answer never gets worse; a judgement moves only where it has a cost;
// an unanswered criterion counts as the worst answer. Every plan is scored again by `score_sheet` before it is given.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "jenjang/assess/reach.h"
#include "jenjang/assess/sheet.h"
#include "jenjang/base/diagnostic.h"
#include "jenjang/base/file_source.h"
#include "jenjang/graph/model.h"
#include "jenjang/rollup/rollup.h"
#include "jenjang/source/csv_reader.h"

namespace jenjang {

struct ReachPrerequisite {
  std::string code;
  std::string answer;  // that answer or a better one; blank: as good as the answer that asks for it
};
// kode,jawaban,biaya,prasyarat. A blank answer speaks of every better answer of that criterion, and its cost is that of
// one grade; with an answer the cost is that of coming there from the present one.
struct ReachCost {
  std::string code, answer;
  std::optional<Decimal> cost;
  std::vector<ReachPrerequisite> needs;
  SourceSpan code_span, needs_span;
};
std::vector<ReachCost> read_reach_costs(FileId file, const SourceMap& sources, const CsvFormat& format,
                                        const Pack& pack, const PackTemplate& tmpl, const ScoringMode* mode,
                                        DiagnosticSink& sink);

struct SheetStep {
  std::string code, from, to;
  Rational cost;
};
struct SheetPlan {
  std::vector<SheetStep> steps;  // prerequisites before what needs them, else in order of the template
  Rational cost;
  SheetAnswers answers;  // complete, after the plan
  SheetScore score;
};
// One criterion less, everything else as it is.
struct SheetLoss {
  std::string code, from, to;
  Rational total;
  std::string predicate;
};
struct SheetMargin {
  Rational points;                // total less the least total of the wanted predicate
  std::vector<SheetLoss> losses;  // those that cost the predicate, the deepest fall first
};

struct SheetReach {
  std::string wanted;    // label
  Decimal least_figure;  // "80.01": what the printed total must be
  SheetAnswers present;  // complete: unanswered criteria with the worst answer
  SheetScore now;
  std::vector<std::string> unanswered;  // criteria
  std::size_t criteria = 0;
  std::vector<std::string> unpriced;  // judgements not given and without a cost
  bool default_costs = false;         // some cost is the default: 1 for each grade
  bool cheaper_checked = false;       // the proof of minimality passed check_reach_proof
  ReachOutcome outcome;               // in whole numbers, see the scales
  Rational gain_scale, cost_scale;    // of one whole number of gain, of cost
  std::vector<SheetPlan> plans;       // of the least cost
  Rational most_total;                // with everything raised
  std::string most_predicate;
  std::optional<Rational> total_below;  // the most that plans of less cost come to
  bool prerequisites_decide = false;    // cheaper plans would reach, were it not for prerequisites
  std::optional<SheetMargin> margin;    // of the present state where it has the predicate, else of the first plan
};
// nullopt with a diagnostic (J3121, J3125, or J1907-like near miss by the caller) when there is nothing to search.
// `use` is the place that messages without a place of their own point at. `wanted` is a label of the root's bands.
std::optional<SheetReach> reach_sheet(const Pack& pack, const PackTemplate& tmpl, const ScoringMode* mode,
                                      const SheetAnswers& answers, std::string_view wanted,
                                      const std::vector<ReachCost>& costs, SourceSpan use, DiagnosticSink& sink,
                                      const ReachLimits& limits = {});

// Labels of the bands of the template's total, best first; empty when it has none.
std::vector<std::string> reach_labels(const Pack& pack, const PackTemplate& tmpl);

// A gate of the pack at a unit: which units of each group reached what. A unit's predicate is the lowest of its
// measures on the scale of the gate in that period.
struct ReachGate {
  struct Member {
    std::string unit, label;  // label blank: not reported
    bool reached = false;
  };
  struct Group {
    std::string group, at_least;
    int needed = 0, reported = 0, reached = 0;
    std::vector<Member> members;
  };
  const PackGate* gate = nullptr;
  GateVerdict verdict = GateVerdict::none;
  std::vector<Group> groups;
};
// Gates for the label that speak of this unit.
std::vector<ReachGate> reach_gates(const Pack& pack, const PackTemplate& tmpl, std::string_view label,
                                   const Model& model, const RollupResult& result, UnitId unit, Period period);

}  // namespace jenjang
