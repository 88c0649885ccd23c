// The flat engine against the general one, its oracle: the same states, predicates and coverage in every month of every
// node and lane; values and achievements but for roundings of doubles (plain sums here, compensated ones there).
#include <algorithm>
#include <cmath>
#include <functional>
#include <gtest/gtest.h>
#include <iomanip>
#include <sstream>

#include "jenjang/bulk/from_model.h"
#include "jenjang/bulk/sweep.h"
#include "jenjang/cascade/cascade.h"
#include "jenjang/rollup/rollup.h"
#include "jenjang/synthetic/nation.h"
#include "jenjang/synthetic/province.h"

#include "tests/support/drawn_flat_plan.h"
#include "tests/support/seeds.h"

namespace jenjang::testing {
namespace bulk_equals_rollup_test {

using bulk::cell_state;
using bulk::FlatModel;
using bulk::kMonths;
using bulk::LiveFigures;
using bulk::Simd;
using bulk::StateByte;

constexpr int kYear = 2025;

struct Tally {
  std::size_t cells = 0, numbers = 0, bands = 0, exact = 0, capped = 0, achievements = 0, validated = 0, signs = 0;
  // Achievements of inner nodes that are settled cell by cell; of them by a baseline.
  std::size_t by_rule = 0, started = 0;
};

FlatModel flat(const Model& model, const TargetTable& targets, const Facts& facts, const RollupOptions& options,
               int year = kYear) {
  bulk::FlatOutcome outcome = bulk::flatten_model(model, targets, facts, options, year);
  if (auto* made = std::get_if<FlatModel>(&outcome)) return std::move(*made);
  for (const bulk::FlatRefusal& refusal : std::get<std::vector<bulk::FlatRefusal>>(outcome)) {
    ADD_FAILURE() << "refused: " << to_string(refusal.limit) << " " << refusal.count;
  }
  return {};
}

// 1e-12 of the figure, or of the terms it was made of where they cancelled.
bool close(double a, double b, double terms = 0) {
  return a == b || std::abs(a - b) <= 1e-12 * std::max({std::abs(a), std::abs(b), terms});
}

// One lane of one node as the columns hold it.
struct FlatCell {
  double value = 0;
  StateByte state = 0;
  int band = -1;
};
FlatCell cell_of(const FlatModel& flat, std::uint32_t node, std::size_t month, Lane lane) {
  const std::size_t at = node * kMonths + month, inner = (node - flat.plan.leaf_count()) * kMonths + month;
  const bulk::Figures& f = flat.figures;
  if (lane == Lane::all) return {f.value[at], f.state[at], f.band[at]};
  return {f.validated_value[inner], f.validated_state[inner], f.validated_band[inner]};
}

// What a lane of figures with a negative one among them may lose against its largest term.
constexpr double kSignedTerms = 1e7;

// Of what an achievement was made where that may be much more than it is.
double terms_of(const FlatModel& flat, std::uint32_t node, std::size_t month, double value) {
  const AchievementFormula formula = flat.plan.measure(node).achievement.formula;
  const bool plain = formula == AchievementFormula::h1 || formula == AchievementFormula::l2;
  const double differing = plain ? 0 : 1e4;
  const bulk::FlatPlan::Start* const start = flat.plan.start_of(node);
  if (start == nullptr) return differing;
  const double from = start->value().to_double(), way = flat.figures.target[node * kMonths + month] - from;
  if (way == 0) return differing;
  return std::max(differing, 100 * (std::abs(value) + std::abs(from)) / std::abs(way));
}

// The same of a value into which achievements are carried: they bring what they were made of.
double carried_terms(const FlatModel& flat, std::uint32_t node, std::size_t month) {
  if (node < flat.plan.leaf_count()) return 0;
  const bulk::MeasureClass& measure = flat.plan.measure(node);
  double terms = 0;
  for (const bulk::Edge& edge : flat.plan.children(node)) {
    const std::uint32_t child = edge.child();
    double brought = carried_terms(flat, child, month);
    if (measure.carry == Carry::achievement) {
      brought = std::max(brought, terms_of(flat, child, month, flat.figures.value[child * kMonths + month]));
    }
    // A mean has less of it.
    terms += brought * std::max(1.0, std::abs(edge.weight) * std::pow(10.0, -measure.weight_places));
  }
  return terms * std::max(1.0, std::abs(measure.factor.to_double()));
}

// Denominators of which some are negative cancel also where the ratio has no figure, and so no mark.
bool has_negative_facts(const FlatModel& flat) {
  const auto& states = flat.figures.state;
  return std::any_of(states.begin(), states.begin() + static_cast<std::ptrdiff_t>(flat.plan.leaf_count() * kMonths),
                     [](StateByte state) { return (state & bulk::kSigned) != 0; });
}

void compare_inner(const FlatModel& flat, NodeId node, std::size_t month, Lane lane, const ResultCell& wanted,
                   double terms, double weight_terms) {
  const std::size_t inner = (node.index() - flat.plan.leaf_count()) * kMonths + month;
  const bulk::InnerLane& columns = lane == Lane::all ? flat.figures.all : flat.figures.validated;
  ASSERT_EQ(columns.covered[inner], wanted.covered);
  ASSERT_EQ(columns.expected[inner], wanted.expected);
  ASSERT_TRUE(close(columns.covered_weight[inner], wanted.covered_weight, std::max(terms, weight_terms)))
      << columns.covered_weight[inner] << " not " << wanted.covered_weight;
  ASSERT_TRUE(close(columns.expected_weight[inner], wanted.expected_weight, std::max(terms, weight_terms)))
      << columns.expected_weight[inner] << " not " << wanted.expected_weight;
  ASSERT_EQ(cell_state(columns.achieved[inner]), wanted.achievement_state);
  if (wanted.achievement_state == CellState::value) {
    ASSERT_TRUE(close(columns.achievement[inner], wanted.achievement,
                      std::max(terms, terms_of(flat, node.value(), month, wanted.value))))
        << columns.achievement[inner] << " not " << wanted.achievement;
    ASSERT_EQ((columns.achieved[inner] & bulk::kCapped) != 0, (wanted.flags & kCapped) != 0);
  } else {
    ASSERT_EQ(columns.achievement[inner], 0.0);
  }
  const std::uint32_t pair = flat.plan.pair_row[node.index() - flat.plan.leaf_count()];
  if (pair == bulk::kNoNode) return;
  ASSERT_TRUE(close(columns.numerator[pair * kMonths + month], wanted.numerator, terms));
  ASSERT_TRUE(close(columns.denominator[pair * kMonths + month], wanted.denominator, terms));
}

// For whoever has to find out why.
std::string describe_cell(const Model& model, const FlatModel& flat, NodeId node, std::size_t month, Lane lane) {
  const Item& item = model.item(node);
  const MeasureSpec& spec = item.spec;
  std::ostringstream text;
  text << std::setprecision(17) << model.address(node) << " month " << month + 1 << " " << to_string(lane) << " "
       << to_string(item.kind) << " " << to_string(spec.aggregation) << " " << to_string(spec.missing) << " "
       << to_string(spec.polarity) << " factor " << spec.factor.to_string() << " "
       << to_string(spec.achievement.formula) << " " << to_string(spec.achievement.on_zero_target) << " cap "
       << (spec.achievement.cap ? spec.achievement.cap->to_string() : "-") << " floor "
       << (spec.achievement.floor ? spec.achievement.floor->to_string() : "-") << " target "
       << flat.figures.target[node.index() * kMonths + month];
  const ScaleId id = spec.value_bands.valid() ? spec.value_bands : spec.achievement_bands;
  if (id.valid()) {
    const Scale& scale = model.scale(id);
    text << (spec.value_bands.valid() ? " bands of the value " : " bands of the achievement ")
         << to_string(scale.decide_on.mode) << " " << scale.decide_on.places << (scale.open_below ? " open" : " closed")
         << (scale.domain_low ? " in a domain" : "");
  }
  const bool leaf = node.index() < flat.plan.leaf_count();
  text << " flat byte " << int{flat.figures.state[node.index() * kMonths + month]};
  if (leaf) return text.str();
  const std::size_t inner = (node.index() - flat.plan.leaf_count()) * kMonths + month;
  text << " flat achievement " << flat.figures.all.achievement[inner];
  for (const bulk::Edge& edge : flat.plan.children(node.value())) {
    const NodeId child(edge.child());
    text << "\n  child " << model.address(child) << (edge.is_denominator() ? " below the line" : "") << " weight "
         << edge.weight << " value " << flat.figures.value[child.index() * kMonths + month] << " byte "
         << int{flat.figures.state[child.index() * kMonths + month]} << " target "
         << flat.figures.target[child.index() * kMonths + month] << " "
         << to_string(model.item(child).spec.achievement.formula) << " "
         << to_string(model.item(child).spec.aggregation) << " " << to_string(model.item(child).spec.polarity);
  }
  return text.str();
}

void compare(const Model& model, const FlatModel& flat, const RollupResult& result, Tally& tally, int year = kYear) {
  ASSERT_EQ(flat.figures.has_validated_lane(), result.has_validated_lane());
  const double weight_terms = has_negative_facts(flat) ? kSignedTerms : 0;
  for (std::uint32_t i = 0; i < model.node_count(); ++i) {
    const NodeId node(i);
    for (std::size_t month = 0; month < kMonths; ++month) {
      const Period period(year, Granularity::month, static_cast<int>(month) + 1);
      const auto slot = result.grid().find(period);
      if (!slot) continue;
      for (const Lane lane : {Lane::all, Lane::validated}) {
        const bool leaf = i < flat.plan.leaf_count();
        if (lane == Lane::validated && (leaf || !result.has_validated_lane())) continue;
        const ResultCell& wanted = result.at(node, *slot, lane);
        const auto describe = [&] { return describe_cell(model, flat, node, month, lane); };
        const FlatCell found = cell_of(flat, i, month, lane);
        const double terms = std::max((wanted.flags & kSigned) != 0 ? kSignedTerms : 0, carried_terms(flat, i, month));
        ASSERT_EQ(cell_state(found.state), wanted.state) << describe();
        ASSERT_EQ(found.band, wanted.band)
            << describe() << " value " << wanted.value << " achievement " << wanted.achievement;
        ++tally.cells;
        if (wanted.state == CellState::value) {
          ASSERT_TRUE(close(found.value, wanted.value, terms))
              << describe() << " " << found.value << " not " << wanted.value;
          ASSERT_EQ((found.state & bulk::kUnvalidated) != 0, (wanted.flags & kTouchedUnvalidated) != 0) << describe();
          ++tally.numbers;
        } else {
          ASSERT_EQ(found.value, 0.0) << describe();
        }
        tally.bands += wanted.band >= 0 ? 1 : 0;
        tally.exact += (wanted.flags & kDecidedExactly) != 0 ? 1 : 0;
        tally.capped += (wanted.flags & kCapped) != 0 ? 1 : 0;
        tally.signs += (wanted.flags & kSigned) != 0 ? 1 : 0;
        tally.validated += lane == Lane::validated ? 1 : 0;
        if (leaf) continue;
        ASSERT_EQ((found.state & bulk::kPartial) != 0, (wanted.flags & kPartial) != 0) << describe();
        tally.achievements += wanted.achievement_state == CellState::value ? 1 : 0;
        if (wanted.achievement_state == CellState::value && flat.plan.measure(i).by_rule) {
          ++tally.by_rule;
          tally.started += flat.plan.start_of(i) != nullptr ? 1 : 0;
        }
        compare_inner(flat, node, month, lane, wanted, terms, weight_terms);
        if (::testing::Test::HasFatalFailure()) {
          ADD_FAILURE() << describe();
          return;
        }
      }
    }
  }
}

// A shallow sweep settles less, and so knows less often that a double is its figure.
bool same_but_exact(StateByte a, StateByte b) {
  return ((a ^ b) & ~bulk::kExact) == 0;
}

// Any number of threads and every width of vectors: the same bits. The shallow sweep: the same values, states, and
// achievements that are carried.
void compare_ways(const Model& model, const TargetTable& targets, const Facts& facts, const RollupOptions& options,
                  const FlatModel& swept, int year = kYear) {
  const std::uint64_t wanted = digest(swept.plan, swept.figures);
  for (const Simd simd : {Simd::baseline, Simd::avx2, Simd::avx512}) {
    if (!bulk::has_simd(simd)) continue;
    for (const unsigned threads : {1U, 2U}) {
      FlatModel again = flat(model, targets, facts, options, year);
      bulk::SweepOptions how;
      how.threads = threads;
      how.simd = simd;
      roll_up(again.plan, again.figures, how);
      ASSERT_EQ(digest(again.plan, again.figures, threads), wanted) << to_string(simd) << " " << threads;
    }
  }
  FlatModel shallow = flat(model, targets, facts, options, year);
  bulk::SweepOptions how;
  how.depth = bulk::Depth::values;
  roll_up(shallow.plan, shallow.figures, how);
  for (std::size_t at = 0; at < swept.figures.value.size(); ++at) {
    ASSERT_EQ(shallow.figures.value[at], swept.figures.value[at]) << at;
    ASSERT_TRUE(same_but_exact(shallow.figures.state[at], swept.figures.state[at])) << at;
  }
  // Achievements that a parent carries: of all others the shallow sweep makes none.
  const bulk::FlatPlan& plan = swept.plan;
  for (std::size_t level = 1; level < plan.level_count(); ++level) {
    for (std::uint32_t node = plan.level_begin[level]; node < plan.level_begin[level + 1]; ++node) {
      if (!plan.bounds[level * plan.classes.size() + plan.class_of[node]].offered) continue;
      for (std::size_t at = (node - plan.leaf_count()) * kMonths, end = at + kMonths; at < end; ++at) {
        ASSERT_EQ(shallow.figures.all.achievement[at], swept.figures.all.achievement[at]) << node;
        ASSERT_EQ(shallow.figures.all.achieved[at], swept.figures.all.achieved[at]) << node;
      }
    }
  }
}

struct Fixture {
  BuiltPlan built;
  RollupOptions options;
  PlainPlan plan;
};
Fixture draw(std::uint64_t seed) {
  Fixture fixture;
  Dice dice(seed);
  fixture.plan = FlatPlanMaker(dice).make();
  fixture.built = build(fixture.plan);
  if (dice.once_in(3)) {
    fixture.options.as_of = *Date::parse(dice.one_of<const char*>({"2025-05-31", "2025-12-31", "2027-01-15"}));
  }
  fixture.options.validated_lane = !dice.once_in(5);
  return fixture;
}

TEST(BulkEqualsRollup, RandomPlans) {
  Tally tally;
  for (const std::uint64_t seed : testing::Seeds(600)) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const Fixture drawn = draw(seed);
    const BuiltPlan& built = drawn.built;
    FlatModel made = flat(built.model, built.targets, built.facts, drawn.options);
    if (HasFailure()) return;
    roll_up(made.plan, made.figures);
    DiagnosticSink sink;
    const RollupResult result = run_rollup(built.model, built.targets, built.facts, drawn.options, sink);
    compare(built.model, made, result, tally);
    if (HasFailure()) return;
    compare_ways(built.model, built.targets, built.facts, drawn.options, made);
    if (HasFailure()) return;
  }
  // The comparison must have had something to compare, easy and hard.
  EXPECT_GT(tally.numbers, 50000U);
  EXPECT_GT(tally.bands, 25000U);
  EXPECT_GT(tally.exact, 1000U);
  EXPECT_GT(tally.capped, 1000U);
  EXPECT_GT(tally.achievements, 5000U);
  EXPECT_GT(tally.validated, 5000U);
  EXPECT_GT(tally.signs, 1000U);
  EXPECT_GT(tally.by_rule, 1000U);
  EXPECT_GT(tally.started, 500U);
}

// Widths of vectors that this processor has.
std::vector<Simd> widths() {
  std::vector<Simd> found;
  for (const Simd simd : {Simd::baseline, Simd::avx2, Simd::avx512}) {
    if (bulk::has_simd(simd)) found.push_back(simd);
  }
  return found;
}

// A change of one fact leaves the bits that a roll-up of everything makes, at either depth and on every width.
TEST(BulkChange, SameBitsAsTheFullRollupAfterEveryChange) {
  std::size_t changes = 0;
  for (const std::uint64_t seed : testing::Seeds(100)) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const Fixture drawn = draw(seed * 31);
    const BuiltPlan& built = drawn.built;
    Dice dice(seed);
    FlatModel live = flat(built.model, built.targets, built.facts, drawn.options);
    FlatModel fresh = flat(built.model, built.targets, built.facts, drawn.options);
    bulk::SweepOptions how;
    how.depth = dice.once_in(3) ? bulk::Depth::values : bulk::Depth::full;
    roll_up(live.plan, live.figures, how);
    const std::vector<Simd> simds = widths();
    const Simd simd = simds[static_cast<std::size_t>(dice.below(static_cast<int>(simds.size())))];
    LiveFigures moving(live.plan, live.figures, how.depth, simd);
    for (int turn = 0; turn < 8; ++turn) {
      const auto leaf = static_cast<std::uint32_t>(dice.below(static_cast<int>(live.plan.leaf_count())));
      const auto month = static_cast<unsigned>(dice.below(12));
      double value = 0;
      StateByte state = 0;
      if (dice.once_in(4)) {
        state = bulk::state_byte(dice.one_of<CellState>({CellState::empty, CellState::not_due, CellState::redefined,
                                                         CellState::awaiting_release, CellState::not_applicable}));
      } else {
        const Decimal number = dec(figure(dice, dice.once_in(4)));
        // Figures of three places stand in classes of at least as many, or the exact side would read another decimal.
        if (number.normalised().scale() > live.plan.measure(leaf).places) continue;
        value = number.to_double();
        if (live.figures.has_validated_lane() && dice.once_in(3)) state = bulk::unvalidated_byte();
        if (value < 0) state |= bulk::kSigned;
      }
      moving.change(leaf, month, value, state);
      fresh.figures.value[leaf * kMonths + month] = value;
      fresh.figures.state[leaf * kMonths + month] = state;
      roll_up(fresh.plan, fresh.figures, how);
      const auto place = [&] {
        return std::string(to_string(simd)) + " turn " + std::to_string(turn) + " leaf " + std::to_string(leaf) +
               " month " + std::to_string(month);
      };
      if (how.depth == bulk::Depth::full) {
        ASSERT_EQ(digest(live.plan, live.figures), digest(fresh.plan, fresh.figures)) << place();
      } else {
        ASSERT_TRUE(std::ranges::equal(live.figures.value, fresh.figures.value)) << place();
        ASSERT_TRUE(std::ranges::equal(live.figures.state, fresh.figures.state, same_but_exact)) << place();
      }
      ++changes;
    }
  }
  EXPECT_GT(changes, 500U);
}

// The same of a mixed nation whose cells lie on cuts and beside them, in every month.
TEST(BulkChange, SameBitsInANationNearItsCuts) {
  NationSpec spec = NationSpec::sized(2000);
  spec.near_cut = 400;
  for (const Simd simd : widths()) {
    SCOPED_TRACE(to_string(simd));
    FlatNation live = make_nation(spec);
    cascade(live.plan, live.figures);
    roll_up(live.plan, live.figures);
    LiveFigures moving(live.plan, live.figures, bulk::Depth::full, simd);
    Dice dice(7);
    for (unsigned turn = 0; turn < 240; ++turn) {
      const auto leaf = static_cast<std::uint32_t>(dice.below(static_cast<int>(live.plan.leaf_count())));
      // A whole number, which is a multiple of any step; nought and what is missing too.
      const bool missing = dice.once_in(8);
      const double value = missing || dice.once_in(20) ? 0 : dice.below(400);
      moving.change(leaf, static_cast<unsigned>(turn % kMonths), value,
                    bulk::state_byte(missing ? CellState::empty : CellState::value));
    }
    const std::uint64_t stepwise = digest(live.plan, live.figures);
    roll_up(live.plan, live.figures);
    EXPECT_EQ(digest(live.plan, live.figures), stepwise);
  }
}

// Three leaves of 8.9 billion and one of nought: the sum is 26.7 billion, where doubles lie 0.0000038 apart. A
// millionth more leaves the sum's double as it is, but lifts the total above it over its cut.
TEST(BulkChange, EqualDoublesAreNotEqualFigures) {
  // Thirteen times 2.2 thousand million of six places: 2.86 x 10^10, where doubles lie 3.8 x 10^-6 apart.
  PlainPlan plan;
  plan.scales = {make_bands({{"A", "28600000000"}, {"B", ""}}, {RoundingMode::exact, 0}, true)};
  PlainNode sum, total;
  for (int i = 0; i < 14; ++i) {
    PlainNode leaf;
    leaf.code = "L";
    leaf.unit = "64." + std::to_string(i);
    leaf.spec.frequency = Granularity::month;
    leaf.facts = {{"2025-01", i < 13 ? "2200000000" : "0"}, {"2025-02", "0.000001"}};  // six places
    sum.ties.push_back({plan.nodes.size(), "1"});
    plan.nodes.push_back(leaf);
  }
  sum.code = "S";
  sum.spec.aggregation = Aggregation::sum;
  plan.nodes.push_back(sum);
  total.code = "T";
  total.spec.aggregation = Aggregation::sum;
  total.spec.value_bands = ScaleId(0);
  total.ties = {{14, "1"}};
  plan.nodes.push_back(total);
  const BuiltPlan built = build(plan);
  FlatModel live = flat(built.model, built.targets, built.facts, {});
  roll_up(live.plan, live.figures);
  const std::size_t top = built.node[15].index() * kMonths;
  ASSERT_EQ(live.figures.band[top], 1);
  const double before = live.figures.value[top];
  LiveFigures moving(live.plan, live.figures);
  moving.change(built.node[13].value(), 0, 0.000001, 0);
  EXPECT_EQ(live.figures.value[top], before);
  EXPECT_EQ(live.figures.band[top], 0);
  moving.change(built.node[13].value(), 0, 0, 0);
  EXPECT_EQ(live.figures.band[top], 1);
}

// The mean of 0.1, 0.2 and 0.3 is 0.2, and its double is above that: whether it meets a target of at most 0.2 is asked
// exactly, in the changed month. In March it does not.
TEST(BulkChange, AsksOfItsOwnMonthWhetherATargetIsMet) {
  PlainPlan plan;
  PlainNode mean, share;
  const char* const july[] = {"0.1", "0.2", "0.9"};
  for (int i = 0; i < 3; ++i) {
    PlainNode leaf;
    leaf.code = "L";
    leaf.unit = "64." + std::to_string(i);
    leaf.spec.frequency = Granularity::month;
    leaf.spec.polarity = Polarity::lower;
    leaf.facts = {{"2025-03", "0.9"}, {"2025-07", july[i]}};
    mean.ties.push_back({plan.nodes.size(), "1"});
    plan.nodes.push_back(leaf);
  }
  mean.code = "M";
  mean.spec.aggregation = Aggregation::weighted_mean;
  mean.spec.polarity = Polarity::lower;
  mean.spec.frequency = Granularity::month;
  mean.targets = {{"2025-03", "0.2"}, {"2025-07", "0.2"}};
  plan.nodes.push_back(mean);
  share.code = "P";
  share.spec.aggregation = Aggregation::share_meeting;
  share.ties = {{3, "1"}};
  plan.nodes.push_back(share);
  const BuiltPlan built = build(plan);
  FlatModel live = flat(built.model, built.targets, built.facts, {});
  roll_up(live.plan, live.figures);
  const std::size_t top = built.node[4].index() * kMonths;
  ASSERT_EQ(live.figures.value[top + 2], 0);
  ASSERT_EQ(live.figures.value[top + 6], 0);
  LiveFigures moving(live.plan, live.figures);
  moving.change(built.node[2].value(), 6, 0.3, 0);
  ASSERT_GT(live.figures.value[built.node[3].index() * kMonths + 6], 0.2);
  EXPECT_GT(live.figures.value[top + 6], 0);
}

// A generated province with its own cascade; facts on the target, on cuts of it, and missing.
TEST(BulkEqualsRollup, SyntheticProvince) {
  ProvinceSpec spec;
  spec.staff = 1500;
  spec.districts = 2;
  spec.agencies = 5;
  spec.fields = 2;
  spec.sections = 2;
  spec.year = kYear;
  Model model = make_province(spec);
  for (Item& item : model.items) item.spec.achievement.cap = Decimal(120);
  model.scales.push_back(
      make_bands({{"A", "100"}, {"B", "90"}, {"C", "80"}, {"D", ""}}, {RoundingMode::half_up, 2}, true));
  for (Item& item : model.items) item.spec.achievement_bands = ScaleId(0);
  DiagnosticSink sink;
  const TargetTable targets = run_cascade(model, sink, {});
  Dice dice(5);
  std::vector<Observation> observations;
  Facts facts;
  facts.fact_begin.push_back(0);
  for (std::uint32_t i = 0; i < model.node_count(); ++i) {
    const bool leaf = model.graph.children(NodeId(i)).empty();
    for (const TargetCell& cell : targets.of(NodeId(i))) {
      if (!leaf || cell.period.granularity() != Granularity::month || dice.once_in(20)) continue;
      Observation observation;
      observation.code = model.item(NodeId(i)).code;
      observation.period = cell.period;
      const Rational share = rat(dice.one_of<const char*>({"1", "1", "1", "0.9", "0.8", "1.2", "0.5"}));
      const auto number = (Rational(*cell.target.number()) * share).to_decimal();
      observation.number = number && number->normalised().scale() <= 6 ? *number : *cell.target.number();
      observation.validated = !dice.once_in(10);
      facts.facts.push_back(
          {NodeId(i), static_cast<std::uint32_t>(facts.observations.size()), observation.number.to_double()});
      facts.observations.push_back(std::move(observation));
    }
    facts.fact_begin.push_back(static_cast<std::uint32_t>(facts.facts.size()));
  }
  FlatModel made = flat(model, targets, facts, {});
  if (HasFailure()) return;
  roll_up(made.plan, made.figures);
  const RollupResult result = run_rollup(model, targets, facts, {}, sink);
  Tally tally;
  compare(model, made, result, tally);
  if (HasFailure()) return;
  compare_ways(model, targets, facts, {}, made);
  EXPECT_GT(tally.numbers, 15000U);
  EXPECT_GT(tally.bands, 15000U);
  EXPECT_GT(tally.exact, 100U);
}

}  // namespace bulk_equals_rollup_test
}  // namespace jenjang::testing
