// Model: the resolved plan. The binder makes it, the engines read it, nobody changes it.
//
// Tables (items, units, documents, scales, families) and columns by NodeId beside the frozen
// graph. Holds no fact and no result. A node is (item, unit); its address is computed.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "jenjang/graph/goal_graph.h"
#include "jenjang/measure/address.h"
#include "jenjang/measure/cascade_rule.h"
#include "jenjang/measure/holding.h"
#include "jenjang/measure/item.h"
#include "jenjang/measure/org_unit.h"
#include "jenjang/measure/scale.h"
#include "jenjang/measure/share_table.h"
#include "jenjang/measure/statement.h"

namespace jenjang {

using FamilyId = StrongId<struct FamilyTag>;

// Formula edges, in GoalGraph edge order.
struct FormulaEdge {
  Carry carry = Carry::value;
  EdgeRole role = EdgeRole::operand;
  bool illustrative = false;  // the weight is an invented figure
  Decimal weight{1};          // raw weight; a weighted mean divides by the sum
  SourceSpan span;            // where the tie is declared
};
struct CrosscutEdge {
  std::optional<Decimal> share;  // of the shared result, 0..1; empty: full credit
  bool accepted = false;
  SourceSpan span;
};

// When a formula edge holds and with which weight (bobot by year, organisation changes). Edges without an entry hold
// always, with FormulaEdge::weight. In a year that no entry of an edge covers the child is no part of the parent:
// neither in the arithmetic nor in the coverage.
struct DatedTie {
  std::uint32_t edge = 0;  // EdgeId
  Period from, until;      // first and last month, inclusive
  Decimal weight{1};
  SourceSpan span;
  // True: a period counts only when the span holds in its last month. A unit that moved within a year stands with one
  // parent in that year, and a stock of the year is that of the units at its end; a flow counts from every month.
  bool at_end = false;
};

// Full credit brings a shared result into a total a second time, where both ways meet. There the copy is taken out
// again, so that the total is that of the set of distinct results (algorithms 3.2); the parents below keep their
// credit. A tie of `parent` to `shared` with the negative of `weight`, as long as both ways carry the result.
struct Overlap {
  NodeId parent, shared;
  Decimal weight{1};                    // of the copy: product along its way, without the factor of `parent`
  std::vector<NodeId> copied, counted;  // nodes between `parent` and `shared`: on the way of the copy, on the other
  std::vector<std::uint32_t> edges;     // formula edges of both ways: the copy exists while all of them hold
  std::uint32_t copied_edges = 0;       // how many of them, from the front, are on the way of the copy
  SourceSpan span;                      // of the crosscut
};

// One cascade step: a parent, the children that carry its target, the rule, drivers resolved.
struct Family {
  NodeId parent;
  std::vector<NodeId> children;  // ties are broken by driver, then unit path, never by this order
  CascadeRule rule;
  std::vector<Decimal> drivers;  // by child: value of a plain attribute driver, or fixed share; empty when unused
  std::vector<SourceSpan> driver_spans;
  bool drivers_illustrative = false;
  // Attribute terms of a composite driver: values by term of rule.driver_terms, then by child; empty for
  // terms of another kind and for a plain driver.
  std::vector<std::vector<Decimal>> driver_values;
  // rasio parents: planned denominators by child and year, from `penyebut_rencana`; may be empty.
  struct PlannedDenominator {
    std::uint32_t child = 0;
    int year = 0;
    Decimal value;
    SourceSpan span;
    bool illustrative = false;
  };
  std::vector<PlannedDenominator> denominators;
  bool to_other_government = false;  // targets are usulan until adopted there
};

// Families over the same units whose cells also add up across (districts x programmes). Column j is a
// family; row i adds the i-th child of every column up to the target of `rows[i]`. All columns have
// their children in the same order of units; each cell is a crosswise child of its row, with full credit.
struct CrossFamily {
  std::vector<FamilyId> columns;
  std::vector<NodeId> rows;
  SourceSpan span;
};

struct GateRequirement {  // see rules/pack.h; carried here because explain and report need it
  std::string group;      // klaster_utama
  std::string at_least;   // label A
  int count = 0;
};
struct Gate {
  std::string id, label;  // gate for predicate `label`
  bool government_only = false;
  std::vector<GateRequirement> requirements;
  std::string fallback;  // label when it fails; empty: undecided
  std::string article;
  bool unverified = false;
  std::string pack;
  SourceSpan span;
};

// A declared coherence check: a hand-set composite target against its weighted component targets.
struct CoherenceCheck {
  NodeId parent;
  Decimal tolerance;
  std::string pack, article;
  SourceSpan span;
};

class Model {
public:
  // Tables.
  std::vector<Item> items;
  UnitTable units;
  std::vector<Document> documents;
  std::vector<Scale> scales;
  std::vector<ShareTable> share_tables;
  std::vector<Family> families;
  std::vector<CrossFamily> cross_families;
  std::vector<CoherenceCheck> coherence;
  std::vector<Holding> holdings;  // by position, then first day
  TransferRule transfer_rule = TransferRule::longest;
  std::vector<UnitChange> unit_changes;  // by first day

  // Graph and node columns (by NodeId).
  GoalGraph graph;
  std::vector<ItemId> node_item;
  std::vector<UnitId> node_unit;
  std::vector<SourceSpan> node_span;         // where this node came to be (declaration or rule)
  std::vector<FormulaEdge> formula_edges;    // by EdgeId
  std::vector<CrosscutEdge> crosscut_edges;  // by EdgeId
  std::vector<DatedTie> dated_ties;          // by edge, then first month; spans of one edge do not overlap
  std::vector<Overlap> overlaps;             // by parent; see find_overlaps
  // Statements and baselines of node n: statements[statement_begin[n] .. statement_begin[n+1]),
  // sorted by period, then document.
  std::vector<std::uint32_t> statement_begin;
  std::vector<Statement> statements;
  std::vector<std::uint32_t> baseline_begin;
  std::vector<Baseline> baselines;
  // Limits, in the same way; empty when the plan has none.
  std::vector<std::uint32_t> bound_begin;
  std::vector<Bound> bounds;
  std::unordered_map<std::uint32_t, std::vector<Gate>> gates;  // by ScaleId value

  [[nodiscard]] std::size_t node_count() const { return node_item.size(); }
  [[nodiscard]] const Item& item(NodeId node) const { return items[node_item[node.index()].index()]; }
  [[nodiscard]] const OrgUnit& unit(NodeId node) const { return units[node_unit[node.index()]]; }
  [[nodiscard]] const Scale& scale(ScaleId id) const { return scales[id.index()]; }
  [[nodiscard]] std::span<const Statement> statements_of(NodeId node) const;
  [[nodiscard]] std::span<const Baseline> baselines_of(NodeId node) const;
  [[nodiscard]] std::span<const Bound> bounds_of(NodeId node) const;
  // Who held the position, by first day.
  [[nodiscard]] std::span<const Holding> holdings_of(UnitId position) const;
  [[nodiscard]] std::span<const Overlap> overlaps_of(NodeId node) const;
  // Weight of the copy in a period; nullopt while one of its ways is broken.
  [[nodiscard]] std::optional<Decimal> overlap_weight(const Overlap& overlap, Period period) const;
  // Spans of one formula edge; empty when it holds always.
  [[nodiscard]] std::span<const DatedTie> dates_of(std::size_t formula_edge) const;
  // Weight of a formula edge in a period, that of the period's last month that it holds in; nullopt when it does not
  // hold in any month of it.
  [[nodiscard]] std::optional<Decimal> weight_in(std::size_t formula_edge, Period period) const;
  // The statement in force about that very period, nullptr when there is none:
  //   1. only adopted statements of adopted documents count;
  //   2. of documents that no other adopted document replaces (menggantikan) in that year; the replacing one counts in
  //   the
  //      years of its own span, from the year of its `berlaku` on, whether or not it says anything about this measure;
  //   3. among those left: RPJMD, RPD, Renstra, Renja, then PK, then SKP, then a reference (Acuan); within one kind the
  //      document with the later `berlaku`, then the one declared first.
  // Two in force with different targets are a finding of lint, so the last step only keeps the answer stable.
  [[nodiscard]] const Statement* statement_in_force(NodeId node, Period period) const;
  // Baseline of the latest year not after that of `period`; within a year the coarsest and then the latest period, then
  // the document by rules 2 and 3 above.
  [[nodiscard]] const Baseline* baseline_before(NodeId node, Period period) const;

  // "KODE@UNIT", with ":PERIODE" when given.
  [[nodiscard]] std::string address(NodeId node) const;
  [[nodiscard]] std::string address(NodeId node, Period period) const;
  // O(1), after build_index. One code at one unit is one node; if a plan breaks that, the first by NodeId is found.
  [[nodiscard]] std::optional<NodeId> find(std::string_view code, std::string_view unit_path) const;
  [[nodiscard]] std::optional<NodeId> find(ItemId item, UnitId unit) const;
  [[nodiscard]] std::optional<ItemId> find_item(std::string_view code) const;  // the first declared with that code
  // Call once after the tables and columns are filled; find* and the documents' replacement rest on it.
  void build_index();

  // True when another adopted document, in force in that year, replaces this one.
  [[nodiscard]] bool is_replaced(DocumentId document, int year) const;

private:
  [[nodiscard]] bool takes_precedence(DocumentId a, DocumentId b) const;

  // Codes numbered by their first item: an SKP code such as "HK1" may be declared by thousands of items.
  std::unordered_map<std::string, ItemId, TextHash, std::equal_to<>> first_item_of_code_;
  std::vector<ItemId> code_of_item_;  // by ItemId: the first item with the same code
  // Open addressing over (code, unit): node numbers or kInvalid, at most half full; keys are read from the node
  // columns, so a node costs 8 to 16 bytes here instead of some 50 in a map of pairs.
  std::vector<NodeId> node_slots_;
  std::unordered_map<std::uint32_t, std::vector<DocumentId>> replaced_by_;  // by DocumentId value
};

}  // namespace jenjang
