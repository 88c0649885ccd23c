// LiveFacts: facts that change, with what their change may do to the layout of the columns.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "jenjang/facts/facts.h"
#include "jenjang/graph/period_grid.h"
#include "jenjang/graph/target_table.h"

#include "engine/rollup/accumulate.h"

namespace jenjang::rollup {

class LiveFacts {
public:
  LiveFacts(const Model& model, Facts facts, const TargetTable& targets);
  [[nodiscard]] const Facts& facts() const { return facts_; }
  // Beside facts().facts, until the next compact().
  [[nodiscard]] std::span<const FactDigest> digests() const { return digests_; }
  // Ask memory for what set() of that cell is going to touch: where the list of the node stands, the list, the
  // observation. Each waits for what the one before has asked for, so other work belongs between them.
  void expect_place(NodeId node) const;
  void expect_list(NodeId node) const;
  void expect_observation(NodeId node, Period period) const;

  // One fact about that node and period from now on. A fact that is there is replaced where it stands, so that a
  // correction costs no memory; another one makes a list of its own for the node (Facts::revised). True when there was
  // none.
  bool set(NodeId node, Observation observation);
  // False when there is none.
  bool withdraw(NodeId node, Period period);

  // What a layout depends on: the periods there are, and whether the lanes differ.
  [[nodiscard]] PeriodGrid grid() const;
  [[nodiscard]] bool lanes_differ() const { return differing_ > 0; }
  // True once after a period came or went.
  bool take_periods_changed() { return std::exchange(periods_changed_, false); }
  // Puts the revised lists where they belong: O(facts).
  void compact();

private:
  std::span<Fact> list_of(NodeId node);
  // The only fact of that node and period, where it stands as it was bound; else the end of the digests.
  [[nodiscard]] std::size_t bound_place(NodeId node, Period period) const;
  void digest();
  std::vector<Fact>& revised(NodeId node);
  void count(const Observation& observation, std::ptrdiff_t by);

  const Model& model_;
  Facts facts_;
  std::vector<FactDigest> digests_;
  std::vector<Period> target_periods_;                       // sorted
  std::vector<std::pair<Period, std::size_t>> facts_about_;  // by period
  std::size_t differing_ = 0;                                // facts by which the lanes differ
  bool periods_changed_ = false;
};

}  // namespace jenjang::rollup
