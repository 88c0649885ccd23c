// What a family is divided by in one period: one attribute, or several terms with their shares.
#pragma once

#include <span>
#include <variant>
#include <vector>

#include "jenjang/base/rational.h"
#include "jenjang/graph/target_table.h"

#include "engine/cascade/families/family_setup.h"

namespace jenjang::cascade {

// True when one plain attribute (or fixed shares) drives the family: Family::drivers says it all, in every period.
bool is_plain_driver(const Family& family);

struct MissingDriver {
  AllocationError error = AllocationError::zero_driver;  // needs_baseline, negative_driver, zero_driver
  bool no_target = false;                                // a driving measure has no target yet
  std::size_t term = 0;
  std::vector<std::size_t> children;
  Rational value;  // negative_driver: of the first of them
};

// Finds the target of a node in the period; nullptr without one.
using TargetOf = const TargetCell* (*)(const void* targets, NodeId node, Period period);
struct Targets {
  const void* table = nullptr;
  TargetOf find = nullptr;
};

// Values of one term for every child: attribute as resolved, baseline before the period, gap to a standard (none
// below zero, by the child's polarity), target of another measure at the same unit and period, or months of the
// period in which the position is held on some day.
std::variant<std::vector<Rational>, MissingDriver> term_values(const Model& model, const Family& family,
                                                               std::size_t term, Period period, const Targets& targets);
// One figure a child: the values of a single term, else sum of share x value / sum of the term's values, exact.
// A term that is zero for everybody follows the rule's policy: refused, or spread equally.
std::variant<std::vector<Rational>, MissingDriver> driver_values(const Model& model, const Family& family,
                                                                 Period period, const Targets& targets);

// Nodes whose targets drive the family; they must have theirs first.
std::vector<NodeId> driving_nodes(const Model& model, const Family& family);

int months_held(const Model& model, UnitId position, Period period);

}  // namespace jenjang::cascade
