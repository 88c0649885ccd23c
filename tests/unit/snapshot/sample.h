// A plan of any size with every kind of column filled: leaves in groups of ten under sums and ratios, these under one
// root each hundred. Figures differ from cell to cell, so that a column in the wrong place shows.
#pragma once

#include <limits>
#include <string>
#include <vector>

#include "jenjang/snapshot/snapshot.h"

namespace jenjang::test {

struct Sample {
  bulk::FlatPlan plan;
  bulk::Figures figures;
  snapshot::PlanNames names;
  snapshot::Identity identity;
  bulk::RowFacts rows;
  int year = 2026;

  [[nodiscard]] std::optional<Diagnostic> write(const std::filesystem::path& path, bool results) const {
    return snapshot::write_snapshot(path, {plan, figures, names, identity, year, results, &rows});
  }
};

inline Scale sample_scale() {
  Scale scale;
  scale.id = "uji/predikat";
  scale.bands = {{"A", "Sangat Baik", Decimal(80), {}}, {"B", "", Decimal::parse("60.05"), {}}, {"C", "", {}, {}}};
  scale.open_below = false;
  scale.decide_on = {RoundingMode::half_even, 3};
  scale.domain_low = Decimal(0);
  scale.ungraded = {"TD"};
  scale.article = "Pasal 5";
  scale.note = "catatan";
  scale.pack = "uji";
  return scale;
}

inline std::vector<bulk::MeasureClass> sample_classes() {
  bulk::MeasureClass leaf;
  leaf.places = 2;
  leaf.polarity = Polarity::lower;
  leaf.achievement.formula = AchievementFormula::l1;
  leaf.achievement.cap = Decimal::parse("120.50");
  leaf.achievement.on_zero_target = ZeroTargetRule::met_or_missed;
  leaf.least_possible = Decimal::parse("-0.50");
  bulk::MeasureClass sum = leaf;
  sum.aggregation = Aggregation::sum;
  sum.missing = MissingPolicy::zero;
  sum.descent = bulk::Descent::whole;
  sum.scale = 0;
  sum.scale_on_value = true;
  bulk::MeasureClass ratio = sum;
  ratio.aggregation = Aggregation::ratio;
  ratio.factor = Decimal::from_parts(-Int128{1} << 100, 5);
  ratio.weight_places = 3;
  ratio.frontier = Decimal::parse("99.9").value();
  ratio.accumulation = Accumulation::peak;
  bulk::MeasureClass root;
  root.aggregation = Aggregation::weighted_mean;
  root.carry = Carry::achievement;
  root.goal = true;
  root.most_possible = Decimal(100);
  root.own_first = true;
  return {leaf, sum, ratio, root};
}

inline bulk::FlatPlan sample_plan(std::uint32_t hundreds) {
  bulk::FlatPlan plan;
  plan.classes = sample_classes();
  plan.scales = {sample_scale()};
  const std::uint32_t leaves = 100 * hundreds, groups = 10 * hundreds, nodes = leaves + groups + hundreds;
  plan.level_begin = {0, leaves, leaves + groups, nodes};
  plan.class_of = bulk::Column<std::uint16_t>(nodes);
  plan.owner = bulk::Column<std::uint32_t>(nodes);
  plan.edge_begin = bulk::Column<std::uint32_t>(groups + hundreds + 1);
  plan.edges = bulk::Column<bulk::Edge>(leaves + groups);
  plan.pair_row = bulk::Column<std::uint32_t>(groups + hundreds);
  for (std::uint32_t child = 0; child < leaves + groups; ++child) {
    plan.edges[child] = {child, static_cast<std::int32_t>(1 + child % 7), child % 11};
    plan.owner[child] = leaves + child / 10;
  }
  for (std::uint32_t node = 0; node < nodes; ++node) {
    const bool group = node >= leaves && node < leaves + groups;
    const bool ratio = group && node % 2 == 1;
    plan.class_of[node] = static_cast<std::uint16_t>(node < leaves ? 0 : !group ? 3 : ratio ? 2 : 1);
    if (node < leaves) continue;
    plan.edge_begin[node - leaves] = 10 * (node - leaves);
    plan.pair_row[node - leaves] = ratio ? plan.pair_rows++ : bulk::kNoNode;
    // The last operand of a ratio stands below the line.
    if (ratio) plan.edges[10 * (node - leaves) + 9].child_and_role |= bulk::Edge::kDenominator;
    if (!group) plan.owner[node] = bulk::kNoNode;
  }
  plan.edge_begin[groups + hundreds] = leaves + groups;
  plan.bounds = bulk::find_bounds(plan);
  // Somebody else's share of every fiftieth leaf, at the first root.
  plan.shared = bulk::Column<bulk::FlatPlan::Shared>(2 * hundreds);
  for (std::uint32_t i = 0; i < 2 * hundreds; ++i) plan.shared[i] = {50 * i, leaves + groups};
  return plan;
}

// Numbers that no other cell of the column has.
template <class T>
void fill(bulk::Column<T>& column, T first) {
  T next = first;
  for (T& cell : column) cell = next++;
}

inline Sample sample(std::uint32_t hundreds, bool validated_lane) {
  Sample made;
  made.plan = sample_plan(hundreds);
  made.figures = bulk::make_figures(made.plan, validated_lane);
  fill(made.figures.target, 0.25);
  fill(made.figures.value, 1000.5);
  made.figures.baseline = bulk::Column<double>(made.plan.node_count());
  fill(made.figures.baseline, 0.125);
  for (std::size_t i = 0; i < made.figures.state.size(); ++i) {
    made.figures.state[i] = static_cast<bulk::StateByte>(i % 3 == 0 ? bulk::kUnvalidated : 0);
    made.figures.band[i] = static_cast<std::int8_t>(i % 3);
  }
  double start = 1e6;
  for (bulk::InnerLane* lane : {&made.figures.all, &made.figures.validated}) {
    for (auto* column :
         {&lane->achievement, &lane->covered_weight, &lane->expected_weight, &lane->numerator, &lane->denominator}) {
      fill(*column, start += 1e6);
    }
    for (auto* column : {&lane->covered, &lane->expected}) fill(*column, static_cast<std::uint32_t>(start += 1e6));
    fill(lane->achieved, static_cast<bulk::StateByte>(3));
  }
  fill(made.figures.validated_value, 7e7);
  fill(made.figures.validated_state, static_cast<bulk::StateByte>(5));
  fill(made.figures.validated_band, static_cast<std::int8_t>(0));

  const auto nodes = static_cast<std::uint32_t>(made.plan.node_count());
  snapshot::PlanNames& names = made.names;
  names.item_codes = snapshot::StringTable({"SAMPAH", "", "ADUAN"});
  names.unit_paths = snapshot::StringTable({"64", "64.72/dlh"});
  names.documents = snapshot::StringTable({"RPD-64"});
  names.unit_words = snapshot::StringTable({"ton", "persen"});
  names.workflows = snapshot::StringTable({"sipsn/alur"});
  names.item_workflow = bulk::Column<std::uint32_t>(3);
  names.item_workflow[1] = snapshot::kNoWorkflow;
  names.item_unit_word = bulk::Column<std::uint32_t>(3);
  names.item_unit_word[2] = 1;
  names.item_marks = bulk::Column<std::uint8_t>(3);
  names.item_marks[1] = snapshot::kUnverified;
  names.item_rounding = bulk::Column<std::uint16_t>(3);
  names.item_rounding[2] = 2 + 256 * 4;  // half_even to four places
  names.node_item = bulk::Column<std::uint32_t>(nodes);
  names.node_unit = bulk::Column<std::uint32_t>(nodes);
  names.node_document = bulk::Column<std::uint32_t>(nodes);
  for (std::uint32_t node = 0; node < nodes; ++node) {
    names.node_item[node] = node % 3;
    names.node_unit[node] = node % 2;
    names.node_document[node] = node % 5 == 0 ? snapshot::kNoDocument : 0;
  }
  names.item_formula = bulk::Column<std::uint8_t>(3);
  names.item_formula[2] = static_cast<std::uint8_t>(AchievementFormula::reversed);
  names.item_document = bulk::Column<std::uint32_t>(3);
  names.item_document[1] = snapshot::kNoDocument;
  names.unit_parent = bulk::Column<std::uint32_t>(2);
  names.unit_parent[0] = snapshot::kNoUnit;
  names.reading_order = bulk::Column<std::uint32_t>(nodes);
  for (std::uint32_t node = 0; node < nodes; ++node) names.reading_order[node] = nodes - 1 - node;
  const std::size_t leaves = made.plan.leaf_count();
  made.rows.slots = bulk::Column<std::uint32_t>(nodes);
  fill(made.rows.slots, 5U);
  made.rows.reasons = bulk::Column<std::uint16_t>(leaves);
  made.rows.target_places = bulk::Column<std::uint8_t>(nodes * bulk::RowFacts::kPlacesRow);
  for (std::size_t i = 0; i < made.rows.target_places.size(); ++i) {
    made.rows.target_places[i] = static_cast<std::uint8_t>(i % 7);
  }
  made.rows.coarse_target = bulk::Column<double>(nodes * bulk::kMonths);
  fill(made.rows.coarse_target, 0.5);
  made.rows.unverified = bulk::Column<std::uint16_t>(leaves);
  // The year of every leaf, and the last quarter without a number.
  made.rows.reports = bulk::Column<bulk::CoarseReport>(2 * leaves);
  for (std::uint32_t leaf = 0; leaf < leaves; ++leaf) {
    made.rows.reports[2 * leaf] = {leaf, 0, bulk::kUnvalidated, bulk::CoarseReport::kUnproven, 0, leaf + 0.25};
    made.rows.reports[2 * leaf + 1] = {leaf, 6, bulk::state_byte(CellState::not_due), 0, 0, 0};
  }
  // Of every other leaf, and of the top.
  made.plan.starts = bulk::Column<bulk::FlatPlan::Start>(leaves / 2 + 1);
  for (std::uint32_t i = 0; i < leaves / 2; ++i) made.plan.starts[i] = {2 * i, 2, 1, 0, -12345 - std::int64_t{i}};
  made.plan.starts[leaves / 2] = {static_cast<std::uint32_t>(made.plan.node_count()) - 1, 0, 0, 0, 7};
  made.rows.as_of = Date{2026, 3, 31};
  made.rows.obstacle = {bulk::RowLimit::documents, 7};
  made.identity.engine = "0.1.0";
  made.identity.result_version = 1;
  made.identity.as_of = "2026-03-31";
  made.identity.files = {{0, "jenjang.yaml", 12, -5, {1, 2, 3}}, {1, "iklh/pack.yaml", 1ULL << 40, 1LL << 60, {9}}};
  made.identity.folders = {{1, ".", {7}}};
  made.identity.until = -7;
  made.identity.gate = "divalidasi";
  made.identity.journal = "jurnal.sqlite";
  made.identity.states = {{"sipsn/alur", "ditolak", snapshot::StateCount::void_}};
  made.identity.has_journal = true;
  made.identity.journal_seq = 41;
  made.identity.journal_hash[31] = 255;
  made.identity.plan = "PROVINSI-64";
  return made;
}

}  // namespace jenjang::test
