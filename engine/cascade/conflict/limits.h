// What limits the figure of one measure in one period, who said so, and how binding that is.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "jenjang/cascade/cascade.h"
#include "jenjang/graph/model.h"

#include "engine/cascade/cell_store.h"
#include "engine/cascade/families/family_setup.h"

namespace jenjang::cascade {

enum class DemandKind : std::uint8_t {
  target,  // stated for the very measure whose children are asked
  hold,    // a figure that stands below
  firm,    // the same, adopted by another government
  given,   // a figure that another family handed down
  floor,
  cap,
  rule_floor,
  rule_cap,
  whole,  // a share is no more than all of it
};
// Who gives way first when several demands explain one conflict: rules, then what somebody set without or with a
// reason, then what rests on an article or a letter, then what another government adopted; the target last.
enum class Authority : std::uint8_t { rule, bare, reasoned, cited, another_government, target };

struct Demand {
  NodeId node;
  DemandKind kind = DemandKind::hold;
  Authority authority = Authority::bare;
  Rational value;
  SourceSpan span;
  const Grounds* grounds = nullptr;      // of holds and bounds
  NodeId owner;                          // crosswise results: the parent that gives it its target
  const FamilySetup* rule_of = nullptr;  // a number that a rule sets for all its children at once
  [[nodiscard]] bool is_equality() const { return kind <= DemandKind::given; }
  [[nodiscard]] bool is_floor() const { return kind == DemandKind::floor || kind == DemandKind::rule_floor; }
};

struct Interval {
  std::optional<Rational> lower, upper;
  [[nodiscard]] bool is_open() const { return !lower && !upper; }
  [[nodiscard]] bool is_empty() const { return lower && upper && *lower > *upper; }
  void raise(const Rational& least);
  void cut(const Rational& most);
  void meet(const Interval& other);
};

// True when a cell's target stands against a cascade whose own figure is as firm as `above`: adopted, declared as a
// hold, or given by another family. A proposal or draft stands only beside a figure that is no firmer.
bool stands_against(const Model& model, const TargetCell& cell, StatementState above);
// True when grounds with a last day no longer stand.
bool is_expired(const Grounds& grounds, const std::optional<Date>& as_of);
Authority authority_of(const Grounds& grounds);

class LimitBook {
public:
  LimitBook(const Model& model, const CellStore& store, const CascadeOptions& options);

  // The figure that stands at the node, if it is one number.
  [[nodiscard]] std::optional<Demand> figure_of(NodeId node, Period period, StatementState above) const;
  // The node's own bounds in force: adopted ones, and drafts beside a target that is no firmer.
  [[nodiscard]] std::vector<Demand> bounds_of(NodeId node, Period period, StatementState above) const;
  // Limits that the family's rule sets for one child.
  [[nodiscard]] std::vector<Demand> rule_limits(const FamilySetup& setup, std::size_t child, Period period) const;

  // No figure of the parent's or the child's measure is ever below zero, so no share of a sum or mean is.
  [[nodiscard]] bool never_negative(NodeId parent, NodeId child) const;
  // The most that a child of a ratio can be while it is a share: numerator at most denominator. Empty for other
  // families, and where a figure of the plan is beyond the whole, for then it is no share.
  [[nodiscard]] std::optional<Rational> whole_of(const FamilySetup& setup, std::size_t child) const;
  // Whether the unit of measure says that a ratio is a share (persen); else more than the whole is only warned of.
  [[nodiscard]] bool is_percentage(NodeId parent) const;

  [[nodiscard]] bool has_bounds(NodeId node) const { return !model_.bounds.empty() && !model_.bounds_of(node).empty(); }
  // J1640 for every hold and bound that no longer stands, once for each line.
  void report_expired(DiagnosticSink& sink) const;

private:
  void look_at(ItemId item, const Decimal& value);
  void look_at(ItemId item, const Target& target);

  const Model& model_;
  const CellStore& store_;
  const std::optional<Date>& as_of_;
  std::vector<bool> negative_;     // by item: some figure is below zero
  std::vector<Decimal> greatest_;  // by item
};

}  // namespace jenjang::cascade
