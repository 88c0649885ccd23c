#include "jenjang/snapshot/snapshot.h"

#include <cstring>
#include <functional>
#include <set>
#include <sys/resource.h>

#include "engine/snapshot/columns.h"
#include "tests/unit/snapshot/sample.h"
#include "tests/unit/snapshot/scratch.h"

namespace jenjang::snapshot {
namespace snapshot_test {

using test::Sample;
using test::sample;
using test::Scratch;

template <class T>
void expect_same(const std::string& name, const bulk::Column<T>& a, const bulk::Column<T>& b, std::size_t count) {
  ASSERT_GE(a.size(), count) << name;
  ASSERT_GE(b.size(), count) << name;
  EXPECT_EQ(count == 0 ? 0 : std::memcmp(a.data(), b.data(), count * sizeof(T)), 0) << name;
}

Snapshot opened(const std::filesystem::path& path) {
  Result<Snapshot> result = Snapshot::open(path);
  EXPECT_TRUE(result.ok()) << message_text(result.failure(), Language::english);
  return std::move(result).value();
}

void expect_same_structure(const Sample& made, const Snapshot& loaded) {
  const bulk::FlatPlan& plan = loaded.plan();
  EXPECT_EQ(plan.level_begin, made.plan.level_begin);
  EXPECT_EQ(plan.pair_rows, made.plan.pair_rows);
  EXPECT_EQ(loaded.year(), 2026);
  EXPECT_EQ(loaded.identity(), made.identity);
  const auto same = [](const std::string& name, const auto& a, const auto& b) {
    ASSERT_EQ(a.size(), b.size()) << name;
    expect_same(name, a, b, a.size());
  };
  same("class", plan.class_of, made.plan.class_of);
  same("owner", plan.owner, made.plan.owner);
  same("row", plan.edge_begin, made.plan.edge_begin);
  same("edge", plan.edges, made.plan.edges);
  same("pair row", plan.pair_row, made.plan.pair_row);
  same("shared", plan.shared, made.plan.shared);
  same("start", plan.starts, made.plan.starts);
  same("baseline", loaded.figures().baseline, made.figures.baseline);
  ASSERT_EQ(plan.bounds.size(), made.plan.bounds.size());
  for (std::size_t i = 0; i < plan.bounds.size(); ++i) {
    const bulk::ClassBounds &a = plan.bounds[i], &b = made.plan.bounds[i];
    EXPECT_EQ(a.value_steps, b.value_steps);
    EXPECT_EQ(a.achieved_steps, b.achieved_steps);
    EXPECT_EQ(a.pair_steps, b.pair_steps);
    EXPECT_EQ(a.value_offset, b.value_offset);
    EXPECT_EQ(a.achieved_offset, b.achieved_offset);
    EXPECT_EQ(a.pair_offset, b.pair_offset);
    EXPECT_EQ(a.places, b.places);
    EXPECT_EQ(a.pair_places, b.pair_places);
  }
  same("item", loaded.names().node_item, made.names.node_item);
  same("unit", loaded.names().node_unit, made.names.node_unit);
  same("document", loaded.names().node_document, made.names.node_document);
}

TEST(Snapshot, GivesBackPlanAndFacts) {
  const Scratch scratch;
  const Sample made = sample(3, false);
  ASSERT_FALSE(made.write(scratch / "x", false));
  const Snapshot loaded = opened(scratch / "x");
  expect_same_structure(made, loaded);
  EXPECT_FALSE(loaded.has_results());
  EXPECT_FALSE(loaded.figures().has_validated_lane());
  EXPECT_FALSE(loaded.verify_all(2));
  const std::size_t cells = made.plan.node_count() * bulk::kMonths, leaf_cells = 300 * bulk::kMonths;
  const bulk::Figures& figures = loaded.figures();
  expect_same("target", figures.target, made.figures.target, cells);
  expect_same("value", figures.value, made.figures.value, leaf_cells);
  expect_same("state", figures.state, made.figures.state, leaf_cells);
  ASSERT_EQ(figures.value.size(), cells);
  // Nothing of an inner node's figures is kept without results.
  for (std::size_t i = leaf_cells; i < cells; ++i) ASSERT_EQ(figures.value[i], 0) << i;
  EXPECT_EQ(figures.all.covered.size(), made.figures.all.covered.size());
  EXPECT_EQ(figures.all.numerator.size(), 15 * bulk::kMonths);
}

TEST(Snapshot, GivesBackResultsOfBothLanes) {
  const Scratch scratch;
  const Sample made = sample(3, true);
  ASSERT_FALSE(made.write(scratch / "x", true));
  const Snapshot loaded = opened(scratch / "x");
  expect_same_structure(made, loaded);
  EXPECT_TRUE(loaded.has_results());
  EXPECT_FALSE(loaded.verify_all());
  EXPECT_EQ(bulk::digest(loaded.plan(), loaded.figures()), bulk::digest(made.plan, made.figures));
  // The digest would not tell two columns of the same place from each other: one by one.
  std::vector<std::pair<const void*, std::size_t>> a, b;
  const auto into = [](auto& list) {
    return [&list](const std::string&, const auto& column, Along, std::size_t) {
      list.emplace_back(column.data(), column.bytes());
    };
  };
  for_each_result(made.figures, true, into(a));
  for_each_result(loaded.figures(), true, into(b));
  ASSERT_EQ(a.size(), 20U);
  for (std::size_t i = 0; i < a.size(); ++i) {
    ASSERT_EQ(a[i].second, b[i].second) << i;
    ASSERT_EQ(std::memcmp(a[i].first, b[i].first, a[i].second), 0) << i;
  }
}

TEST(Snapshot, GivesBackClassesAndScales) {
  const Scratch scratch;
  const Sample made = sample(1, false);
  ASSERT_FALSE(made.write(scratch / "x", false));
  const Snapshot loaded = opened(scratch / "x");
  ASSERT_EQ(loaded.plan().classes.size(), 4U);
  for (std::size_t i = 0; i < 4; ++i) {
    const bulk::MeasureClass &a = loaded.plan().classes[i], &b = made.plan.classes[i];
    EXPECT_EQ(a.aggregation, b.aggregation);
    EXPECT_EQ(a.carry, b.carry);
    EXPECT_EQ(a.missing, b.missing);
    EXPECT_EQ(a.polarity, b.polarity);
    EXPECT_EQ(a.achievement, b.achievement);
    EXPECT_EQ(a.goal, b.goal);
    EXPECT_EQ(a.places, b.places);
    EXPECT_EQ(a.weight_places, b.weight_places);
    EXPECT_EQ(a.factor.to_string(), b.factor.to_string());
    EXPECT_EQ(a.accumulation, b.accumulation);
    EXPECT_EQ(a.scale, b.scale);
    EXPECT_EQ(a.scale_on_value, b.scale_on_value);
    EXPECT_EQ(a.descent, b.descent);
    EXPECT_EQ(a.frontier.to_string(), b.frontier.to_string());
    EXPECT_EQ(a.least_possible, b.least_possible);
    EXPECT_EQ(a.most_possible, b.most_possible);
    EXPECT_EQ(a.own_first, b.own_first);
  }
  // The digits as written come back too: 120.50, not 120.5.
  EXPECT_EQ(loaded.plan().classes[0].achievement.cap->to_string(), "120.50");
  ASSERT_EQ(loaded.plan().scales.size(), 1U);
  const Scale &a = loaded.plan().scales[0], b = test::sample_scale();
  EXPECT_EQ(a.kind, b.kind);
  EXPECT_EQ(a.id, b.id);
  ASSERT_EQ(a.bands.size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(a.bands[i].label, b.bands[i].label);
    EXPECT_EQ(a.bands[i].name, b.bands[i].name);
    EXPECT_EQ(a.bands[i].above, b.bands[i].above);
  }
  EXPECT_EQ(a.open_below, b.open_below);
  EXPECT_EQ(a.decide_on, b.decide_on);
  EXPECT_EQ(a.domain_low, b.domain_low);
  EXPECT_EQ(a.domain_high, b.domain_high);
  EXPECT_EQ(a.ungraded, b.ungraded);
  EXPECT_EQ(a.article, b.article);
  EXPECT_EQ(a.note, b.note);
  EXPECT_EQ(a.pack, b.pack);
}

TEST(Snapshot, NamesAreThoseOfTheirNodes) {
  const Scratch scratch;
  ASSERT_FALSE(sample(1, false).write(scratch / "x", false));
  const Snapshot loaded = opened(scratch / "x");
  const PlanNames& names = loaded.names();
  EXPECT_EQ(names.address(5), "ADUAN@64.72/dlh");
  EXPECT_EQ(names.address(1), "@64.72/dlh");
  EXPECT_EQ(names.document(5), "");
  EXPECT_EQ(names.document(6), "RPD-64");
  EXPECT_EQ(names.unit_word(2), "persen");
  EXPECT_EQ(names.unit_word(3), "ton");
  EXPECT_EQ(names.rounding(2), (Rounding{RoundingMode::half_even, 4}));
  EXPECT_EQ(names.item_codes[99], "");
}

TEST(Snapshot, FiguresMayBeWrittenTo) {
  const Scratch scratch;
  ASSERT_FALSE(sample(2, true).write(scratch / "x", true));
  const std::string before = test::bytes_of(scratch / "x");
  {
    Snapshot loaded = opened(scratch / "x");
    bulk::Figures& figures = loaded.figures();
    std::fill(figures.value.begin(), figures.value.end(), -1.0);
    std::fill(figures.target.begin(), figures.target.end(), -1.0);
    std::fill(figures.state.begin(), figures.state.end(), bulk::StateByte{3});
    std::fill(figures.all.covered.begin(), figures.all.covered.end(), 3U);
    EXPECT_FALSE(loaded.verify_all());
  }
  EXPECT_EQ(test::bytes_of(scratch / "x"), before);
}

// Opening must not depend on the size: no column is gone through, hardly a page is touched.
TEST(Snapshot, OpeningTouchesNoColumn) {
  const Scratch scratch;
  const auto faults_of_opening = [&scratch](std::uint32_t hundreds) {
    EXPECT_FALSE(sample(hundreds, true).write(scratch / "x", false));
    rusage before{}, after{};
    getrusage(RUSAGE_SELF, &before);
    const Result<Snapshot> loaded = Snapshot::open(scratch / "x");
    getrusage(RUSAGE_SELF, &after);
    EXPECT_TRUE(loaded.ok());
    // One page of a mebibyte holds what opening reads.
    EXPECT_LE(loaded.value().container().pages_verified(), 1U);
    return after.ru_minflt + after.ru_majflt - before.ru_minflt - before.ru_majflt;
  };
  faults_of_opening(1);
  const auto few = faults_of_opening(1), many = faults_of_opening(1000);
  // The file of 111,000 nodes has 6,700 pages of 4 KiB, its results would fill as many again.
  ASSERT_GT(std::filesystem::file_size(scratch / "x"), 6000U * 4096U);
  EXPECT_LT(many, few + 400);
}

TEST(Snapshot, ChecksThePagesOfTheNodesThatAreRead) {
  const Scratch scratch;
  const Sample made = sample(1000, false);
  ASSERT_FALSE(made.write(scratch / "x", false));
  std::uint64_t place = 0;
  {
    const Snapshot loaded = opened(scratch / "x");
    place = loaded.container().find("value")->offset + 90'000 * bulk::kMonths * 8;  // January of leaf 90,000
  }
  test::flip_byte(scratch / "x", place, 4);
  const Snapshot loaded = opened(scratch / "x");
  EXPECT_FALSE(loaded.verify_nodes(0, 70'000));
  EXPECT_FALSE(loaded.verify_nodes(100'000, 111'000));
  ASSERT_TRUE(loaded.verify_nodes(80'000, 90'001));
  EXPECT_EQ(loaded.verify_nodes(80'000, 90'001)->code, Code::J3203);
  EXPECT_TRUE(loaded.verify_plan(1));
  EXPECT_TRUE(loaded.verify_plan(3));
  EXPECT_TRUE(loaded.verify_all(2));
}

TEST(Snapshot, NamesAreCheckedApart) {
  const Scratch scratch;
  ASSERT_FALSE(sample(3000, false).write(scratch / "x", false));
  for (const char* name : {"node.unit", "node.item"}) {
    std::uint64_t place = 0;
    {
      const Snapshot loaded = opened(scratch / "x");
      ASSERT_FALSE(loaded.verify_names());
      // Beyond the first mebibyte, which opening looks at.
      const Section& section = *loaded.container().find(name);
      place = section.offset + section.bytes - 8;
      ASSERT_GT(place, kPageBytes);
    }
    test::flip_byte(scratch / "x", place, 4);
    EXPECT_TRUE(opened(scratch / "x").verify_names()) << name;
    test::flip_byte(scratch / "x", place, 4);
  }
}

TEST(Snapshot, AllNodesCheckedIsAllOfThePlanChecked) {
  const Scratch scratch;
  ASSERT_FALSE(sample(1000, true).write(scratch / "x", true));
  const Snapshot loaded = opened(scratch / "x");
  EXPECT_FALSE(loaded.verify_plan(2));
  // Each section of the plan and of figures: nothing left that would be looked at for the first time.
  const std::size_t before = loaded.container().pages_verified();
  for (const Section& section : loaded.container().sections()) {
    const bool column = section.name.starts_with("plan.") || section.name.starts_with("all.") ||
                        section.name.starts_with("valid.") || section.name == "value" || section.name == "state" ||
                        section.name == "target" || section.name == "band" || section.name == "baseline";
    if (!column) continue;
    EXPECT_FALSE(loaded.container().verify(section, 0, section.bytes));
  }
  EXPECT_EQ(loaded.container().pages_verified(), before);
}

// A file that was written wrongly: every checksum holds, but a row leads out of the plan.
TEST(Snapshot, RowsThatLeadOutsideAreFound) {
  const Scratch scratch;
  struct Harm {
    const char* what;
    void (*apply)(bulk::FlatPlan&);
  };
  const Harm harms[] = {
      {"class", [](bulk::FlatPlan& plan) { plan.class_of[7] = 4; }},
      {"leaf class above", [](bulk::FlatPlan& plan) { plan.class_of[105] = 0; }},
      {"child out of the plan", [](bulk::FlatPlan& plan) { plan.edges[3].child_and_role = 4000; }},
      {"child of its own level", [](bulk::FlatPlan& plan) { plan.edges[3].child_and_role = 101; }},
      {"row backwards", [](bulk::FlatPlan& plan) { plan.edge_begin[3] = 90; }},
      {"row beyond", [](bulk::FlatPlan& plan) { plan.edge_begin[11] = 111; }},
      {"pair row", [](bulk::FlatPlan& plan) { plan.pair_row[1] = 5; }},
      {"pair of a sum", [](bulk::FlatPlan& plan) { plan.pair_row[0] = 0; }},
      {"owner", [](bulk::FlatPlan& plan) { plan.owner[0] = 111; }},
      {"owner a leaf", [](bulk::FlatPlan& plan) { plan.owner[0] = 1; }},
      {"shared out of order", [](bulk::FlatPlan& plan) { plan.shared[0].child = 99; }},
      {"shared with a leaf", [](bulk::FlatPlan& plan) { plan.shared[1].parent = 60; }},
      {"baseline out of order", [](bulk::FlatPlan& plan) { std::swap(plan.starts[2], plan.starts[4]); }},
      {"baseline twice", [](bulk::FlatPlan& plan) { plan.starts[3].node = 4; }},
      {"baseline of nobody", [](bulk::FlatPlan& plan) { plan.starts[plan.starts.size() - 1].node = 4000; }},
      {"baseline no decimal", [](bulk::FlatPlan& plan) { plan.starts[0].places = 19; }},
      {"baseline half invented", [](bulk::FlatPlan& plan) { plan.starts[0].invented = 2; }},
  };
  for (const Harm& harm : harms) {
    Sample made = sample(1, false);
    harm.apply(made.plan);
    ASSERT_FALSE(made.write(scratch / "x", false));
    const Snapshot loaded = opened(scratch / "x");
    EXPECT_FALSE(loaded.container().verify_all());
    EXPECT_TRUE(loaded.verify_plan()) << harm.what;
    EXPECT_TRUE(loaded.verify_all()) << harm.what;
  }
  ASSERT_FALSE(sample(1, false).write(scratch / "x", false));
  EXPECT_FALSE(opened(scratch / "x").verify_all());
}

TEST(Snapshot, NumbersOfNamesThatDoNotExistAreFound) {
  const Scratch scratch;
  for (const int which : {0, 1, 2, 3, 4}) {
    Sample made = sample(1, false);
    if (which == 0) made.names.node_item[4] = 3;
    if (which == 1) made.names.node_unit[4] = 2;
    if (which == 2) made.names.node_document[4] = 1;
    if (which == 3) made.names.item_unit_word[0] = 2;
    if (which == 4) made.names.item_workflow[0] = 1;
    ASSERT_FALSE(made.write(scratch / "x", false));
    EXPECT_TRUE(opened(scratch / "x").verify_all()) << which;
  }
}

TEST(Snapshot, MissingSectionsAreNamed) {
  const Scratch scratch;
  ASSERT_FALSE(sample(1, true).write(scratch / "x", true));
  const Snapshot whole = opened(scratch / "x");
  for (const Section& missing : whole.container().sections()) {
    // Without it the plan closes no gaps, measures nothing from a baseline, has no targets but of months, no
    // unverified figure, no report but of months.
    const std::set<std::string> rare{"baseline", "plan.start", "row.target", "row.unverified", "row.report"};
    if (rare.contains(missing.name)) continue;
    std::vector<SectionData> sections;
    for (const Section& other : whole.container().sections()) {
      if (&other != &missing) sections.push_back({other.name, other.element_bytes, whole.container().view(other)});
    }
    ASSERT_FALSE(write_container(scratch / "y", sections));
    const Result<Snapshot> loaded = Snapshot::open(scratch / "y");
    ASSERT_FALSE(loaded.ok()) << missing.name;
    EXPECT_EQ(loaded.failure().code, Code::J3203);
    EXPECT_EQ(loaded.failure().args.back().value, missing.name);
  }
}

TEST(Snapshot, ColumnsThatDoNotBelongTogetherAreAMistakeOfTheProgram) {
  const Scratch scratch;
  Sample made = sample(1, false);
  made.names.node_unit = bulk::Column<std::uint32_t>(3);
  EXPECT_THROW(static_cast<void>(made.write(scratch / "x", false)), std::invalid_argument);
  EXPECT_FALSE(std::filesystem::exists(scratch / "x"));
}

// What rows say besides comes back as it was; rare columns only where they were given.
TEST(Snapshot, RowsComeBack) {
  const Scratch scratch;
  const Sample made = sample(1, true);
  ASSERT_FALSE(made.write(scratch / "r.snapshot", false));
  const Snapshot loaded = opened(scratch / "r.snapshot");
  const bulk::RowFacts* const rows = loaded.rows();
  ASSERT_NE(rows, nullptr);
  EXPECT_EQ(rows->as_of, (Date{2026, 3, 31}));
  ASSERT_TRUE(rows->obstacle);
  EXPECT_EQ(rows->obstacle->limit, bulk::RowLimit::documents);
  EXPECT_EQ(rows->obstacle->node, 7U);
  EXPECT_TRUE(std::equal(rows->slots.begin(), rows->slots.end(), made.rows.slots.begin(), made.rows.slots.end()));
  EXPECT_EQ(rows->coarse_target[25], 25.5);
  EXPECT_EQ(rows->unverified.size(), made.plan.leaf_count());
  EXPECT_TRUE(rows->illustrative.empty());
  ASSERT_EQ(rows->reports.size(), made.rows.reports.size());
  const auto reports = rows->reports_of(3);
  ASSERT_EQ(reports.size(), 2U);
  EXPECT_EQ(reports[0].value, 3.25);
  EXPECT_EQ(reports[0].state, bulk::kUnvalidated);
  EXPECT_EQ(reports[0].marks, bulk::CoarseReport::kUnproven);
  EXPECT_EQ(reports[1].slot, 6);
  EXPECT_EQ(bulk::cell_state(reports[1].state), CellState::not_due);
  EXPECT_EQ(loaded.names().reading_order[0], made.plan.node_count() - 1);
  EXPECT_FALSE(loaded.verify_rows());
}

TEST(Snapshot, BaselinesComeBack) {
  const Scratch scratch;
  Sample made = sample(1, false);
  for (bulk::MeasureClass& measure : made.plan.classes) {
    measure.by_rule = true;
    measure.achievement.formula = AchievementFormula::baseline;
  }
  ASSERT_FALSE(made.write(scratch / "r.snapshot", false));
  const Snapshot loaded = opened(scratch / "r.snapshot");
  const bulk::FlatPlan& plan = loaded.plan();
  EXPECT_TRUE(plan.classes.front().by_rule);
  EXPECT_EQ(plan.classes.front().achievement.formula, AchievementFormula::baseline);
  EXPECT_EQ(plan.start_of(1), nullptr);
  ASSERT_NE(plan.start_of(4), nullptr);
  EXPECT_EQ(plan.start_of(4)->value(), *Decimal::parse("-123.47"));
  EXPECT_EQ(plan.start_of(static_cast<std::uint32_t>(plan.node_count()) - 1)->value(), Decimal(7));
  // A formula that kernels do not know, and that nobody settles.
  made.plan.classes.front().by_rule = false;
  ASSERT_FALSE(made.write(scratch / "x", false));
  const Result<Snapshot> odd = Snapshot::open(scratch / "x");
  ASSERT_FALSE(odd.ok());
  EXPECT_EQ(odd.failure().code, Code::J3203);
  EXPECT_EQ(odd.failure().args.back().value, "classes");
  // None at all, no section.
  made.plan.starts = {};
  made.plan.classes.front().by_rule = true;
  ASSERT_FALSE(made.write(scratch / "y", false));
  EXPECT_EQ(opened(scratch / "y").container().find("plan.start"), nullptr);
}

TEST(Snapshot, AFileWithoutReportsHasNoSectionForThem) {
  const Scratch scratch;
  Sample made = sample(1, false);
  made.rows.reports = {};
  ASSERT_FALSE(made.write(scratch / "r.snapshot", false));
  const Snapshot loaded = opened(scratch / "r.snapshot");
  EXPECT_EQ(loaded.container().find("row.report"), nullptr);
  EXPECT_TRUE(loaded.rows()->reports.empty());
  EXPECT_FALSE(loaded.verify_all());
}

TEST(Snapshot, ReportsAreLookedAt) {
  const Scratch scratch;
  const auto is_refused = [&](const std::function<void(bulk::Column<bulk::CoarseReport>&)>& change) {
    Sample made = sample(1, false);
    change(made.rows.reports);
    EXPECT_FALSE(made.write(scratch / "r.snapshot", false));
    const Snapshot loaded = opened(scratch / "r.snapshot");
    const auto wrong = loaded.verify_rows(), all = loaded.verify_all();
    EXPECT_EQ(wrong.has_value(), all.has_value());
    return wrong && wrong->code == Code::J3203 && wrong->args[1].value == "row.report";
  };
  EXPECT_FALSE(is_refused([](auto&) {}));
  EXPECT_TRUE(is_refused([](auto& reports) { reports[5].slot = bulk::kCoarse; }));
  EXPECT_TRUE(is_refused([](auto& reports) { reports[4].slot = 6; }));  // twice the same cell
  EXPECT_TRUE(is_refused([](auto& reports) { std::swap(reports[0], reports[9]); }));
  EXPECT_TRUE(is_refused([](auto& reports) { reports[reports.size() - 1].leaf = 1U << 20; }));
  EXPECT_TRUE(is_refused([](auto& reports) { reports[0].state = bulk::kPartial; }));
  EXPECT_TRUE(is_refused([](auto& reports) { reports[0].state = 6; }));
  EXPECT_TRUE(is_refused([](auto& reports) { reports[0].marks = 4; }));
  EXPECT_TRUE(is_refused([](auto& reports) { reports[1].value = 1; }));  // a state with a number
  EXPECT_TRUE(is_refused([](auto& reports) { reports[0].value = std::numeric_limits<double>::infinity(); }));
}

// A file whose checksums are right may still hold a number that leads outside.
TEST(Snapshot, NumbersOfRowsAreLookedAt) {
  const Scratch scratch;
  Sample made = sample(1, false);
  made.names.reading_order[3] = static_cast<std::uint32_t>(made.plan.node_count());
  ASSERT_FALSE(made.write(scratch / "r.snapshot", false));
  const auto wrong = opened(scratch / "r.snapshot").verify_rows();
  ASSERT_TRUE(wrong);
  EXPECT_EQ(wrong->code, Code::J3203);
}

}  // namespace snapshot_test
}  // namespace jenjang::snapshot
