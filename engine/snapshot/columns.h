// Which columns a snapshot holds, under which names: one list for writing, loading and checking.
#pragma once

#include <cstddef>

#include "jenjang/snapshot/snapshot.h"

namespace jenjang::snapshot {

inline constexpr const char *kIdentitySection = "identity", *kShapeSection = "shape", *kScalesSection = "scales",
                            *kClassesSection = "classes", *kBoundsSection = "bounds", *kRowsSection = "rows";

// Elements a column has, as a multiple of what it runs along.
enum class Along : std::uint8_t { node, leaf, inner, inner_and_one, pair, any };

// visit(name, column, along, elements each)
template <class Plan, class Visit>
void for_each_structure(Plan& plan, const Visit& visit) {
  visit("plan.class", plan.class_of, Along::node, 1);
  visit("plan.owner", plan.owner, Along::node, 1);
  visit("plan.row", plan.edge_begin, Along::inner_and_one, 1);
  visit("plan.edge", plan.edges, Along::any, 1);
  visit("plan.pair_row", plan.pair_row, Along::inner, 1);
  visit("plan.shared", plan.shared, Along::any, 1);
}

template <class Names, class Visit>
void for_each_name_column(Names& names, const Visit& visit) {
  visit("item.unit_word", names.item_unit_word, Along::any, 1);
  visit("item.workflow", names.item_workflow, Along::any, 1);
  visit("item.marks", names.item_marks, Along::any, 1);
  visit("item.rounding", names.item_rounding, Along::any, 1);
  visit("node.item", names.node_item, Along::node, 1);
  visit("node.unit", names.node_unit, Along::node, 1);
  visit("node.document", names.node_document, Along::node, 1);
}

// What only result rows need: in the file together, or none of them.
template <class Names, class Visit>
void for_each_row_name(Names& names, const Visit& visit) {
  visit("item.formula", names.item_formula, Along::any, 1);
  visit("item.document", names.item_document, Along::any, 1);
  visit("unit.parent", names.unit_parent, Along::any, 1);
  visit("node.order", names.reading_order, Along::node, 1);
}
template <class Rows, class Visit>
void for_each_row_column(Rows& rows, const Visit& visit) {
  visit("row.slots", rows.slots, Along::node, 1);
  visit("row.reasons", rows.reasons, Along::leaf, 1);
  visit("row.places", rows.target_places, Along::node, bulk::RowFacts::kPlacesRow);
}
// Each of them only where some measure has such a thing.
template <class Rows, class Visit>
void for_each_rare_column(Rows& rows, const Visit& visit) {
  visit("row.target", rows.coarse_target, Along::node, bulk::kMonths);
  visit("row.invented_target", rows.illustrative_targets, Along::node, 1);
  visit("row.invented", rows.illustrative, Along::leaf, 1);
  visit("row.unverified", rows.unverified, Along::leaf, 1);
  visit("row.report", rows.reports, Along::any, 1);
}

// visit(name, table); the section with the places is called name + ".begin"
template <class Names, class Visit>
void for_each_table(Names& names, const Visit& visit) {
  visit("item.code", names.item_codes);
  visit("unit.path", names.unit_paths);
  visit("document", names.documents);
  visit("workflow", names.workflows);
  visit("unit_word", names.unit_words);
}

template <class Lane, class Visit>
void for_each_lane_column(Lane& lane, const std::string& prefix, const Visit& visit) {
  constexpr std::size_t kM = bulk::kMonths;
  visit(prefix + "achievement", lane.achievement, Along::inner, kM);
  visit(prefix + "achieved", lane.achieved, Along::inner, kM);
  visit(prefix + "covered", lane.covered, Along::inner, kM);
  visit(prefix + "expected", lane.expected, Along::inner, kM);
  visit(prefix + "covered_weight", lane.covered_weight, Along::inner, kM);
  visit(prefix + "expected_weight", lane.expected_weight, Along::inner, kM);
  visit(prefix + "numerator", lane.numerator, Along::pair, kM);
  visit(prefix + "denominator", lane.denominator, Along::pair, kM);
}

// Beside target, value and state, which hold facts too.
template <class Figures, class Visit>
void for_each_result(Figures& figures, bool validated_lane, const Visit& visit) {
  constexpr std::size_t kM = bulk::kMonths;
  visit(std::string("band"), figures.band, Along::node, kM);
  for_each_lane_column(figures.all, "all.", visit);
  if (!validated_lane) return;
  for_each_lane_column(figures.validated, "valid.", visit);
  visit(std::string("valid.value"), figures.validated_value, Along::inner, kM);
  visit(std::string("valid.state"), figures.validated_state, Along::inner, kM);
  visit(std::string("valid.band"), figures.validated_band, Along::inner, kM);
}

inline std::size_t length_along(const bulk::FlatPlan& plan, Along along) {
  switch (along) {
    case Along::node:
      return plan.node_count();
    case Along::leaf:
      return plan.leaf_count();
    case Along::inner:
      return plan.inner_count();
    case Along::inner_and_one:
      return plan.inner_count() + 1;
    case Along::pair:
      return plan.pair_rows;
    case Along::any:
      break;
  }
  return 0;
}

}  // namespace jenjang::snapshot
