// TreeBuilder: makes the explanation tree of one cell. One file per kind of reason.
#pragma once

#include <string>
#include <vector>

#include "jenjang/explain/explanation.h"

#include "engine/explain/figures.h"

namespace jenjang {

class TreeBuilder {
public:
  TreeBuilder(const ExplainContext& context, const ExplainOptions& options);

  std::optional<ExplanationNode> build(NodeId node, Period period, ExplainWhat what, std::size_t depth);
  std::optional<ExplanationNode> statement(NodeId node, Period period, std::string_view document);

private:
  // realisation.cc: own facts, months to year.
  std::optional<ExplanationNode> realisation(NodeId node, Period period, std::size_t depth);
  void add_carried(ExplanationNode& tree, NodeId node, Period period, Accumulation kind, const Rational& value,
                   const Rational& reported) const;
  void explain_own_facts(ExplanationNode& tree, NodeId node, Period period);
  ExplanationNode fact_node(NodeId node, const Observation& row) const;
  [[nodiscard]] std::vector<const Observation*> facts_within(NodeId node, Period period) const;

  // aggregate.cc: children over formula edges.
  void explain_children(ExplanationNode& tree, NodeId node, Period period, std::size_t depth);
  void explain_ratio(ExplanationNode& tree, NodeId node, Period period, std::size_t depth);
  void explain_share_table(ExplanationNode& tree, NodeId node, Period period, std::size_t depth);
  void check_sum(ExplanationNode& tree, NodeId node, Period period, const Rational& sum);
  std::optional<Rational> carried(NodeId child, Carry carry, Period period);
  void explain_overlap(ExplanationNode& tree, NodeId node, Period period);
  // False when the limit of inputs is reached; counts what is left out.
  bool add_child(ExplanationNode& tree, NodeId child, Carry carry, Period period, std::size_t depth,
                 const SourceSpan& edge, std::string weight, std::string contribution);

  // achievement.cc
  std::optional<ExplanationNode> achievement(NodeId node, Period period, std::size_t depth);
  // target.cc
  std::optional<ExplanationNode> target(NodeId node, Period period, std::size_t depth);
  void explain_limits(ExplanationNode& tree, const Family& family, const TargetCell& cell);
  void explain_path_start(ExplanationNode& tree, const TargetCell& cell);
  void explain_life(ExplanationNode& tree, const TargetCell& cell);
  void explain_cascaded(ExplanationNode& tree, const TargetCell& cell, std::size_t depth);
  ExplanationNode statement_node(NodeId node, const Statement& statement) const;

  // notes.cc
  ExplanationNode head(NodeId node, Period period, std::string what) const;
  void add_coverage(ExplanationNode& tree, NodeId node, SlotId slot);
  void add_bands(ExplanationNode& tree, NodeId node, SlotId slot, bool of_achievement);
  void add_rounding(ExplanationNode& tree, const Rational& exact, const std::string& printed, Rounding rounding);
  void add_articles(ExplanationNode& tree, const Item& item) const;
  [[nodiscard]] std::string say(std::string_view indonesian, std::string_view english) const;
  [[nodiscard]] const ResultCell* cell_of(NodeId node, Period period) const;
  // Whether a further level may be opened; notes on the tree that it was not.
  bool may_descend(ExplanationNode& tree, std::size_t depth) const;

  const ExplainContext& context_;
  const ExplainOptions& options_;
  FigurePrinter figures_;
};

// Gate requirements in words: "klaster_utama minimal A: 0 dari 3 (0 dilaporkan)".
std::string describe_gate(const GateOutcome& gate, Language language);

}  // namespace jenjang
