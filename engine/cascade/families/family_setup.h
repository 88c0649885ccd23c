// What stays the same about a family in every period: method, parameters, weights, outsiders.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "jenjang/base/diagnostic.h"
#include "jenjang/cascade/allocation.h"
#include "jenjang/graph/model.h"

namespace jenjang::cascade {

// A measure that goes into the parent's figure without being carried by the cascade: another
// operand, or a result shared crosswise. The cascade works around it as around a hold.
struct Outsider {
  NodeId node;
  Rational weight;  // of the formula edge; the share of a crosswise result
  SourceSpan span;
  bool crosswise = false;
  std::size_t edge = SIZE_MAX;  // formula edge; SIZE_MAX for a crosswise one
};

struct FamilySetup {
  FamilyId id;
  const Family* family = nullptr;
  const AllocationMethod* method = nullptr;
  std::vector<ParameterValue> parameters;
  // Aggregation that the children's targets must keep; `leaf` when no arithmetic ties them to the
  // parent (then a figure can only be passed on as it is).
  Aggregation aggregation = Aggregation::leaf;
  std::vector<Rational> weights;      // by child: of the formula edge, not normalised; see weight_in
  std::vector<std::size_t> edges;     // by child: the formula edge, SIZE_MAX without one; empty when no tie has dates
  std::vector<Rational> drivers;      // by child, of a plain driver; others depend on the period (driver_values)
  std::vector<NodeId> driving_nodes;  // whose targets are part of the driver
  std::vector<NodeId> margins;        // of a two-way family: all whose targets make a row or a column
  std::vector<std::string> keys;      // by child: unit path, then code
  std::vector<Outsider> outsiders;
  // Of the rule, else of the children's measures, else of the parent's; empty: the digits written decide.
  std::optional<Decimal> declared_step;
};
// True for aggregations of the form sum of a_i x_i.
bool is_linear(Aggregation aggregation);

// Aggregation and weights of the family by its formula and crosscut edges.
void read_ties(const Model& model, const Family& family, FamilySetup& setup);

// Weight of a child's (an outsider's) tie in a period; nullopt outside the dates of the tie: then it is no member.
std::optional<Rational> weight_in(const Model& model, const FamilySetup& setup, std::size_t child, Period period);
std::optional<Rational> weight_in(const Model& model, const Outsider& outsider, Period period);

// Reports faults of the rule's words (J1601..J1603) once for all families of one rule, and faults
// of a family's drivers and aggregation (J1604, J1606, J1607).
class RuleChecker {
public:
  RuleChecker(const Model& model, DiagnosticSink& sink) : model_(model), sink_(sink) {}
  // nullopt when the family cannot be cascaded at all.
  std::optional<FamilySetup> prepare(FamilyId id);

private:
  bool words_are_good(const Family& family, FamilySetup& setup);
  bool drivers_are_good(const Family& family, FamilySetup& setup);

  const Model& model_;
  DiagnosticSink& sink_;
  std::set<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>> reported_rules_;
};

}  // namespace jenjang::cascade
