// What the binding steps share: the tables of the Model under construction, vertices and edges as
// drafts, and the flat lists of goals and indicator entries with what is known about each.
//
// Steps run in the order of bind_plan.cc; each reads what earlier ones filled in and adds its own.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "jenjang/graph/goal_graph_builder.h"
#include "jenjang/graph/model.h"
#include "jenjang/plan/plan.h"

#include "engine/plan/bind/pair_table.h"
#include "engine/plan/plan_document.h"

namespace jenjang {

struct DraftNode {
  ItemId item;
  UnitId unit;
  SourceSpan span;
};
struct DraftFormula {
  VertexId parent, child;
  FormulaEdge edge;
  std::span<const PlanYearWeight> years;  // dated weights, as the plan keeps them; become Model::dated_ties
  SourceSpan weight_span;                 // where the weight is written; invalid: where the tie is
};
struct DraftCrosscut {
  VertexId parent, child;
  CrosscutEdge edge;
};
struct DraftSupport {
  VertexId parent, child;
  SourceSpan span;
};
struct DraftStatement {
  VertexId node;
  Statement statement;
};
struct DraftBaseline {
  VertexId node;
  Baseline baseline;
};
struct DraftBound {
  VertexId node;
  Bound bound;
};
// NodeIds of the graph do not exist before it is frozen; until then a family speaks of vertices.
struct DraftFamily {
  VertexId parent;
  std::vector<VertexId> children;
  Family family;  // parent and children are filled in at the end
};
// A two-way split: columns are indexes of draft families; rows stand beside the children of each.
struct DraftCross {
  std::vector<std::size_t> columns;
  std::vector<VertexId> rows;
  SourceSpan span;
};
struct DraftCoherence {
  VertexId parent;
  CoherenceCheck check;
};

// A goal as written, where it stands, and its vertex.
struct GoalEntry {
  const PlanGoal* goal = nullptr;
  DocumentId document;
  std::size_t parent = SIZE_MAX;  // index of the goal around it
  UnitId unit;                    // invalid: the unit is unknown and was reported
  VertexId vertex;                // invalid: left out
  VertexId budget;                // PAGU-<kode>; invalid: no ceiling
  PlanLabels labels;
  std::vector<std::size_t> measures;  // its own indicator entries
};
// An indicator entry: a declaration or a citation.
struct MeasureEntry {
  const PlanIndicator* indicator = nullptr;
  DocumentId document;
  std::size_t goal = SIZE_MAX;
  UnitId unit;
  VertexId vertex;
  PlanLabels labels;
  bool declares = false;  // this entry made the item
};

// Under whom a unit stood before it moved: from the move before this one, or ever, until this last day.
struct FormerParent {
  UnitId parent;  // invalid: none
  Date until;
};

class BindContext {
public:
  BindContext(const ParsedPlan& parsed, const PackLibrary& pack_library, SourceMap& source_map, DiagnosticSink& out)
      : plan(parsed), packs(pack_library), sources(source_map), sink(out) {}

  const ParsedPlan& plan;
  const PackLibrary& packs;
  SourceMap& sources;
  DiagnosticSink& sink;
  const Watch* watch = nullptr;

  Model model;  // items, units, documents, scales, share tables, gates; columns come at the end
  // Units by kind in the order of a walk from the top down, so that those below one unit stand together. Made at the
  // first question; only while nothing moved, for then the units are a tree.
  struct KindOrder {
    std::vector<std::uint32_t> place, end;  // by UnitId: where it comes in the walk, and where all below it are done
    std::unordered_map<std::string, std::vector<UnitId>, TextHash, std::equal_to<>> kinds;
  };
  [[nodiscard]] const KindOrder& kind_order() const;

  // By UnitId, in table order, then those that moved away: a rule reaches whom it reached at some time, and dates on
  // the ties say when.
  std::vector<std::vector<UnitId>> unit_children;
  std::unordered_map<std::uint32_t, std::vector<FormerParent>> former_parents;  // by unit, by day
  std::vector<const PlanDocument*> document_source;                             // by DocumentId
  std::deque<GoalEntry> goals;
  std::deque<MeasureEntry> measures;

  std::vector<DraftNode> nodes;  // by VertexId
  std::vector<DraftFormula> formulas;
  std::vector<DraftCrosscut> crosscuts;
  std::vector<DraftSupport> supports;
  std::vector<DraftStatement> statements;
  std::vector<DraftBaseline> baselines;
  std::vector<DraftBound> bounds;
  std::deque<DraftFamily> families;
  std::vector<DraftCross> crosses;
  // Two-way splits, by start unit and row measure, of which a column could not be made: half a table is none.
  std::set<std::pair<std::uint32_t, std::string>> broken_crosses;
  std::vector<DraftCoherence> coherence;
  // By child vertex: the measure above that hands it its target, whether or not the family stands.
  [[nodiscard]] VertexId cascade_parent(VertexId child) const;  // invalid: none
  void note_cascade_parent(VertexId child, VertexId parent);    // the first one stays
  // By item: the entry that declared it (nullptr for operands, budgets and pack parts), and the operand entry.
  std::vector<const MeasureEntry*> declaration;

  // Room for so many nodes and ties; a plan with a measure for each of its units needs no more.
  void expect(std::size_t nodes_to_come);
  ItemId add_item(Item item, const MeasureEntry* declared_by = nullptr);
  VertexId add_node(ItemId item, UnitId unit, SourceSpan span);
  // The measure with that code at that unit; goals have their own table because two documents, one of
  // which replaces the other, may use one code for different goals.
  [[nodiscard]] std::optional<VertexId> find_measure(std::string_view code, UnitId unit) const;
  [[nodiscard]] std::optional<VertexId> find_measure(ItemId item, UnitId unit) const;  // with the code of the item
  [[nodiscard]] std::vector<VertexId> find_goals(std::string_view code, UnitId unit) const;

  // What one document states or cites under a code: indexes into `goals` and `measures`.
  struct EntryRows {
    std::vector<std::size_t> goals, measures;
  };
  void index_goal(std::size_t entry);
  void index_measure(std::size_t entry);
  [[nodiscard]] const EntryRows& entries_of(DocumentId document, std::string_view code) const;

  // A second tie of the same kind, pair and role is the same tie stated by another document.
  bool add_formula(VertexId parent, VertexId child, const FormulaEdge& edge,
                   const std::vector<PlanYearWeight>* years = nullptr, SourceSpan weight_span = {});
  // Hangs the child of a tie (by its place in `formulas`) below another parent.
  void move_formula(std::size_t formula, VertexId parent);
  // Later places move down by one.
  void remove_formula(std::size_t formula);
  bool add_support(VertexId parent, VertexId child, SourceSpan span);
  bool add_crosscut(VertexId parent, VertexId child, const CrosscutEdge& edge);
  [[nodiscard]] bool has_formula(VertexId parent, VertexId child) const;
  // Formula children of a vertex in order of addition.
  [[nodiscard]] const std::vector<VertexId>& formula_children(VertexId vertex) const;
  // True when `child` is an operand of `ancestor`, directly or through others.
  [[nodiscard]] bool is_operand_of(VertexId child, VertexId ancestor) const;

  [[nodiscard]] const Item& item_of(VertexId vertex) const { return model.items[nodes[vertex.index()].item.index()]; }
  [[nodiscard]] Item& item_of(VertexId vertex) { return model.items[nodes[vertex.index()].item.index()]; }
  [[nodiscard]] const OrgUnit& unit_of(VertexId vertex) const { return model.units[nodes[vertex.index()].unit]; }
  [[nodiscard]] std::string address(VertexId vertex) const;
  [[nodiscard]] const Document& document(DocumentId id) const { return model.documents[id.index()]; }
  // True when the unit stood below `ancestor` at some time, for a unit that moved or below one that did.
  [[nodiscard]] bool was_below(UnitId unit, UnitId ancestor) const;
  // True when one of the two documents replaces the other, directly or through others.
  [[nodiscard]] bool replaces(DocumentId a, DocumentId b) const;

private:
  void tie(VertexId parent, VertexId child);
  void untie(const DraftFormula& tie);
  [[nodiscard]] std::optional<std::uint32_t> code_number(std::string_view code) const;

  mutable std::optional<KindOrder> kind_order_;
  std::unordered_map<std::string, std::uint32_t, TextHash, std::equal_to<>> code_numbers_;
  std::vector<std::uint32_t> code_of_item_;                        // by ItemId
  std::unordered_map<std::string, EntryRows> entries_;             // by "document number#code"
  PairTable measure_at_;                                           // by code number and unit
  std::map<std::uint64_t, std::vector<VertexId>> goals_at_;        // likewise
  ParentTable formula_pairs_[4], support_pairs_, crosscut_pairs_;  // formula: by role
  std::vector<std::vector<VertexId>> children_;
  // Nearly every vertex has one parent; the others stand by child.
  std::vector<VertexId> first_parent_;
  std::unordered_map<std::uint32_t, std::vector<VertexId>> more_parents_;
  std::vector<VertexId> cascade_parent_;  // by VertexId, up to the last that has one
};

}  // namespace jenjang
