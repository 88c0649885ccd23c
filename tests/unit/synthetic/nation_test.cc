#include "jenjang/synthetic/nation.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <map>
#include <set>
#include <stdexcept>

namespace jenjang {
namespace nation_test {

using bulk::kMonths;

// FNV-1a over the raw bytes.
class Fingerprint {
public:
  template <class T>
  void add(const T* first, std::size_t count) {
    const auto* bytes = reinterpret_cast<const unsigned char*>(first);
    for (std::size_t i = 0; i < count * sizeof(T); ++i) state_ = (state_ ^ bytes[i]) * 0x100000001b3U;
  }
  [[nodiscard]] std::uint64_t value() const { return state_; }

private:
  std::uint64_t state_ = 0xcbf29ce484222325U;
};

// Structure, leaf columns and targets of every node; the rest of the columns is for a sweep to write.
std::uint64_t fingerprint(const FlatNation& nation) {
  Fingerprint print;
  const bulk::FlatPlan& plan = nation.plan;
  print.add(plan.level_begin.data(), plan.level_begin.size());
  print.add(plan.class_of.data(), plan.class_of.size());
  print.add(plan.owner.data(), plan.owner.size());
  print.add(plan.edge_begin.data(), plan.edge_begin.size());
  print.add(plan.edges.data(), plan.edges.size());
  const std::size_t cells = plan.leaf_count() * kMonths;
  print.add(nation.figures.value.data(), cells);
  print.add(nation.figures.state.data(), cells);
  print.add(nation.figures.target.data(), nation.figures.target.size());
  print.add(nation.figures.baseline.data(), nation.figures.baseline.size());
  for (const NearCut& cut : nation.near_cut) {
    print.add(&cut.node, 1);
    print.add(&cut.point, 1);
  }
  return print.value();
}

std::size_t level_of(const bulk::FlatPlan& plan, std::uint32_t node) {
  std::size_t level = 0;
  while (plan.level_begin[level + 1] <= node) ++level;
  return level;
}

std::vector<int> parents_of(const bulk::FlatPlan& plan) {
  std::vector<int> parents(plan.node_count());
  for (const bulk::Edge& edge : plan.edges) ++parents[edge.child()];
  return parents;
}

bool has_number(const FlatNation& nation, std::uint32_t leaf, std::size_t month) {
  return bulk::cell_state(nation.figures.state[leaf * kMonths + month]) == CellState::value;
}

// A plan of four governments, large enough for every kind.
const FlatNation& small() {
  static const FlatNation kNation = [] {
    NationSpec spec = NationSpec::sized(20'000);
    spec.near_cut = 600;
    spec.as_of_month = 9;
    return make_nation(spec, 2);
  }();
  return kNation;
}

TEST(Nation, SameSeedSameBytesForAnyThreads) {
  NationSpec spec = NationSpec::sized(60'000);  // some 9,800 persons: several pieces of work
  const std::uint64_t one = fingerprint(make_nation(spec, 1));
  EXPECT_EQ(fingerprint(make_nation(spec, 2)), one);
  EXPECT_EQ(fingerprint(make_nation(spec, 3)), one);
  spec.seed = 2;
  EXPECT_NE(fingerprint(make_nation(spec, 2)), one);
}

TEST(Nation, HasTheSizeThatWasAskedFor) {
  for (const std::uint64_t measures : {1'000U, 2'500U, 10'000U, 50'000U, 150'000U}) {
    const FlatNation nation = make_nation(NationSpec::sized(measures), 2);
    EXPECT_NEAR(static_cast<double>(nation.plan.node_count()), static_cast<double>(measures),
                0.05 * static_cast<double>(measures));
  }
  // Too large for a test: a section is itself and ten persons with five results each, 61 measures.
  EXPECT_NEAR(static_cast<double>(NationSpec::nation().sections) * 61, 3e7, 0.01 * 3e7);
  EXPECT_NEAR(static_cast<double>(NationSpec::province().sections) * 61, 1e6, 0.02 * 1e6);
}

TEST(Nation, SizesArePlacedWhereTheyBelong) {
  const NationSpec nation = NationSpec::sized(30'000'000);
  EXPECT_EQ(nation.provinces, 38U);
  EXPECT_EQ(nation.districts, 514U);
  EXPECT_EQ(nation.agencies, 35U);
  const NationSpec part = NationSpec::sized(10'000'000);
  // 10^7 / 61 / (35 agencies x 25 sections) = 187 governments, of which 38 in 552 are provinces: 12.
  EXPECT_EQ(part.provinces, 12U);
  EXPECT_EQ(part.governments(), 187U);
  const NationSpec province = NationSpec::sized(1'000'000);
  EXPECT_EQ(province.provinces, 1U);
  EXPECT_EQ(province.districts, 10U);
}

TEST(Nation, FanOutsAreThoseOfOffices) {
  const bulk::FlatPlan& plan = small().plan;
  std::vector<int> owned(plan.node_count());
  for (std::uint32_t node = 0; node < plan.node_count(); ++node) {
    if (plan.owner[node] != bulk::kNoNode) ++owned[plan.owner[node]];
  }
  // A shared person may be owned by the other section, which moves a few over the bounds of 4..6 and 8..12.
  double results = 0, persons = 0;
  std::size_t within = 0;
  for (std::uint32_t person = plan.level_begin[1]; person < plan.level_begin[2]; ++person) {
    results += owned[person];
    within += owned[person] >= 4 && owned[person] <= 6 ? 1 : 0;
  }
  const double people = plan.level_begin[2] - plan.level_begin[1];
  EXPECT_NEAR(results / people, 5.0, 0.05);
  EXPECT_GT(static_cast<double>(within), 0.85 * people);
  for (std::uint32_t section = plan.level_begin[2]; section < plan.level_begin[3]; ++section) persons += owned[section];
  EXPECT_NEAR(persons / (plan.level_begin[3] - plan.level_begin[2]), 10.0, 0.1);
  // 20,000 / 61 / 35 = 9 governments: a province's own and eight districts. Level 5 has their goals and one node for
  // each affair of the province, level 6 the province.
  ASSERT_EQ(plan.level_count(), 7U);
  std::size_t governments = 0;
  for (std::uint32_t node = plan.level_begin[5]; node < plan.level_begin[6]; ++node) {
    if (!plan.measure(node).goal || plan.measure(node).weight_places != 2) continue;
    ++governments;
    EXPECT_GE(plan.children(node).size(), 31U);
    EXPECT_LE(plan.children(node).size(), 39U);
  }
  EXPECT_EQ(governments, 9U);
}

TEST(Nation, ChildrenOfOneParentStandTogether) {
  const bulk::FlatPlan& plan = small().plan;
  const std::vector<int> parents = parents_of(plan);
  for (auto node = static_cast<std::uint32_t>(plan.leaf_count()); node < plan.level_begin[5]; ++node) {
    std::vector<std::uint32_t> alone;
    for (const bulk::Edge& edge : plan.children(node)) {
      if (parents[edge.child()] == 1) alone.push_back(edge.child());
    }
    for (std::size_t i = 1; i < alone.size(); ++i) ASSERT_EQ(alone[i], alone[i - 1] + 1) << "children of " << node;
  }
}

TEST(Nation, AgenciesGetTheirTargetsFromTheirAffair) {
  const bulk::FlatPlan& plan = small().plan;
  for (std::uint32_t agency = plan.level_begin[4]; agency < plan.level_begin[5]; ++agency) {
    // The goal of the government has hundredths as weights; the affair has the kind of the agency.
    ASSERT_EQ(plan.measure(plan.owner[agency]).aggregation, plan.measure(agency).aggregation);
    ASSERT_EQ(plan.measure(plan.owner[agency]).accumulation, plan.measure(agency).accumulation);
  }
}

TEST(Nation, OneInTwentyIsShared) {
  const bulk::FlatPlan& plan = small().plan;
  const std::vector<int> parents = parents_of(plan);
  double shared = 0, three = 0;
  for (std::uint32_t node = 0; node < plan.level_begin[3]; ++node) {
    shared += parents[node] > 1 ? 1 : 0;
    three += parents[node] == 3 ? 1 : 0;
    ASSERT_LE(parents[node], 3);
    ASSERT_GE(parents[node], 1);
  }
  // 20,000 draws at 0.05: a standard deviation of 31 around 1,000.
  EXPECT_NEAR(shared / plan.level_begin[3], 0.05, 0.006);
  EXPECT_NEAR(three / shared, 0.2, 0.05);
}

TEST(Nation, SharesOfStatesAreThoseAskedFor) {
  const FlatNation& nation = small();
  const bulk::FlatPlan& plan = nation.plan;
  std::map<CellState, double> states;
  double due = 0, facts = 0, unvalidated = 0, on_target = 0, official = 0, awaited = 0;
  for (std::uint32_t leaf = 0; leaf < plan.leaf_count(); ++leaf) {
    for (std::size_t m = 0; m < kMonths; ++m) {
      const bulk::StateByte byte = nation.figures.state[leaf * kMonths + m];
      const CellState state = bulk::cell_state(byte);
      ASSERT_EQ(state == CellState::not_due, m >= 9) << "months after September are not due";
      if (state != CellState::value) {
        ASSERT_EQ(nation.figures.value[leaf * kMonths + m], 0.0);
      }
      if (m >= 9) continue;
      ++due;
      ++states[state];
      const bool released = plan.measure(leaf).accumulation == Accumulation::release;
      official += released ? 1 : 0;
      awaited += state == CellState::awaiting_release ? 1 : 0;
      ASSERT_TRUE(released || state != CellState::awaiting_release);
      if (state != CellState::value) continue;
      ++facts;
      unvalidated += (byte & bulk::kUnvalidated) != 0 ? 1 : 0;
      double target = nation.figures.target[leaf * kMonths + m];
      // What everybody in a pyramid is to reach: 80.000, 70.0, 45 (engine/synthetic/nation_figures.cc), unless a
      // section is held.
      const Accumulation kind = plan.measure(leaf).accumulation;
      if (std::isnan(target) && plan.measure(leaf).achievement.formula != AchievementFormula::none) {
        if (plan.measure(leaf).places == 3 && kind == Accumulation::position) target = 80;
        if (plan.measure(leaf).places == 1 && kind == Accumulation::position) target = 70;
        if (plan.measure(leaf).places == 0 && kind == Accumulation::peak) target = 45;
      }
      on_target += nation.figures.value[leaf * kMonths + m] == target ? 1 : 0;
    }
  }
  EXPECT_NEAR(states[CellState::empty] / due, 0.03, 0.003);
  EXPECT_NEAR(states[CellState::not_applicable] / due, 0.01, 0.002);
  EXPECT_NEAR(awaited / official, 0.10, 0.02);
  EXPECT_NEAR(unvalidated / facts, 0.08, 0.005);
  EXPECT_NEAR(on_target / facts, 0.30, 0.01);
  EXPECT_EQ(states.count(CellState::redefined), 0U);
}

TEST(Nation, EveryKindOccurs) {
  const bulk::FlatPlan& plan = small().plan;
  std::set<Aggregation> aggregations;
  std::set<Accumulation> accumulations;
  std::set<AchievementFormula> formulas;
  std::set<MissingPolicy> policies;
  std::set<bulk::Descent> descents;
  std::set<Carry> carries;
  std::set<Polarity> polarities;
  std::set<std::pair<std::uint16_t, bool>> scales;
  std::set<std::uint16_t> classes;
  bool capped = false, uncapped = false, zero_rule = false, own_operands = false, pairs = false;
  for (std::uint32_t node = 0; node < plan.node_count(); ++node) {
    const bulk::MeasureClass& measure = plan.measure(node);
    classes.insert(plan.class_of[node]);
    aggregations.insert(measure.aggregation);
    accumulations.insert(measure.accumulation);
    formulas.insert(measure.achievement.formula);
    polarities.insert(measure.polarity);
    if (measure.scale != bulk::kNoScale) scales.emplace(measure.scale, measure.scale_on_value);
    (measure.achievement.cap ? capped : uncapped) = true;
    zero_rule = zero_rule || measure.achievement.on_zero_target == ZeroTargetRule::met_or_missed;
    if (node < plan.leaf_count()) continue;
    policies.insert(measure.missing);
    descents.insert(measure.descent);
    carries.insert(measure.carry);
    if (measure.aggregation != Aggregation::ratio) continue;
    for (const bulk::Edge& edge : plan.children(node)) {
      own_operands = own_operands || edge.is_denominator();
      pairs = pairs || plan.measure(edge.child()).aggregation == Aggregation::ratio;
    }
  }
  EXPECT_EQ(aggregations.size(), 7U);  // leaf, sum, mean, ratio, minimum, maximum, share meeting
  EXPECT_EQ(accumulations.size(), 6U);
  EXPECT_EQ(formulas, (std::set<AchievementFormula>{AchievementFormula::none, AchievementFormula::h1,
                                                    AchievementFormula::l1, AchievementFormula::l2}));
  EXPECT_EQ(policies, (std::set<MissingPolicy>{MissingPolicy::strict, MissingPolicy::skip, MissingPolicy::zero}));
  EXPECT_EQ(descents.size(), 5U);
  EXPECT_EQ(carries, (std::set<Carry>{Carry::value, Carry::achievement}));
  EXPECT_EQ(polarities, (std::set<Polarity>{Polarity::higher, Polarity::lower}));
  EXPECT_EQ(plan.scales.size(), 3U);
  EXPECT_GE(scales.size(), 4U);  // each on achievements, one on values too
  EXPECT_TRUE(capped && uncapped && zero_rule && own_operands && pairs);
  // All but those of the nation's rung and held sections, of which there may be none among so few.
  EXPECT_GE(classes.size() + 12 + 7, plan.classes.size());
}

TEST(Nation, FiguresAreDecimalsOfTheirPlaces) {
  const FlatNation& nation = small();
  for (std::uint32_t leaf = 0; leaf < nation.plan.leaf_count(); ++leaf) {
    const int places = nation.plan.measure(leaf).places;
    const double power = std::pow(10.0, places);
    for (std::size_t m = 0; m < kMonths; ++m) {
      for (const auto* column : {&nation.figures.value, &nation.figures.target}) {
        const double figure = (*column)[leaf * kMonths + m];
        if (std::isnan(figure)) continue;
        const auto steps = static_cast<std::int64_t>(std::llround(figure * power));
        ASSERT_LT(std::llabs(steps), std::int64_t{1} << 53U);
        ASSERT_EQ(figure, Decimal::from_parts(steps, places).to_double());
      }
    }
  }
}

TEST(Nation, TargetsStandWhereNoParentHandsOneDown) {
  const FlatNation& nation = small();
  const bulk::FlatPlan& plan = nation.plan;
  int held = 0, roots = 0;
  for (std::uint32_t node = 0; node < plan.node_count(); ++node) {
    const std::uint32_t owner = plan.owner[node];
    const bool own = owner == bulk::kNoNode || plan.measure(owner).descent == bulk::Descent::none;
    const bool wanted = own && plan.measure(node).achievement.formula != AchievementFormula::none;
    for (std::size_t m = 0; m < kMonths; ++m) {
      ASSERT_EQ(!std::isnan(nation.figures.target[node * kMonths + m]), wanted) << node;
    }
    const bool cascades = node >= plan.leaf_count() && plan.measure(node).descent != bulk::Descent::none;
    roots += cascades && own && level_of(plan, node) > 4 ? 1 : 0;
    held += cascades && own && level_of(plan, node) == 1 ? 1 : 0;
  }
  // Of some 37 affairs every second hands targets down; one section in thirty is held, with ten persons.
  EXPECT_GT(roots, 10);
  EXPECT_GT(held, 10);
}

TEST(Nation, BaselinesStandWhereAGapIsClosed) {
  const FlatNation& nation = small();
  const bulk::FlatPlan& plan = nation.plan;
  int gaps = 0;
  for (std::uint32_t node = 0; node < plan.node_count(); ++node) {
    const std::uint32_t owner = plan.owner[node];
    const bool gap = owner != bulk::kNoNode && plan.measure(owner).descent == bulk::Descent::gap;
    const double baseline = nation.figures.baseline[node];
    ASSERT_TRUE(gap ? baseline >= 40 && baseline < 70 : baseline == 0) << node;
    gaps += gap ? 1 : 0;
  }
  EXPECT_GT(gaps, 500);  // one affair in sixteen of 20,000
}

TEST(Nation, WeightsOfResultsArePercents) {
  const bulk::FlatPlan& plan = small().plan;
  int goals = 0;
  for (std::uint32_t person = plan.level_begin[1]; person < plan.level_begin[2]; ++person) {
    if (!plan.measure(person).goal) continue;
    int sum = 0;
    for (const bulk::Edge& edge : plan.children(person)) {
      ASSERT_GT(edge.weight, 0);
      sum += edge.weight;
    }
    ASSERT_EQ(sum, 100);
    ++goals;
  }
  EXPECT_GT(goals, 1000);  // nine affairs in sixteen of some 3,200 persons
}

std::int64_t steps(const FlatNation& nation, std::uint32_t node, double figure) {
  return std::llround(figure * std::pow(10.0, nation.plan.measure(node).places));
}

// Exact sums in steps over all facts below, shared ones at every parent.
__extension__ using Wide = __int128;
Wide sum_below(const FlatNation& nation, std::uint32_t node, std::size_t month) {
  if (node < nation.plan.leaf_count()) {
    return has_number(nation, node, month) ? steps(nation, node, nation.figures.value[node * kMonths + month]) : 0;
  }
  Wide sum = 0;
  for (const bulk::Edge& edge : nation.plan.children(node)) sum += sum_below(nation, edge.child(), month);
  return sum;
}

void expect_all_below(const FlatNation& nation, std::uint32_t node, std::size_t month, double value) {
  if (node >= nation.plan.leaf_count()) {
    for (const bulk::Edge& edge : nation.plan.children(node)) expect_all_below(nation, edge.child(), month, value);
  } else if (has_number(nation, node, month)) {
    ASSERT_EQ(nation.figures.value[node * kMonths + month], value);
  }
}

TEST(Nation, NearCutsAreWhereTheyAreSaidToBe) {
  const FlatNation& nation = small();
  std::map<std::size_t, int> levels;
  std::map<int, int> sides;
  std::set<std::pair<std::uint32_t, int>> cells;
  for (const NearCut& cut : nation.near_cut) {
    ASSERT_TRUE(cells.emplace(cut.node, cut.month).second) << "once each";
    ASSERT_LT(cut.month, 9);
    ++levels[level_of(nation.plan, cut.node)];
    ++sides[cut.side];
    const double value = nation.figures.value[cut.node * kMonths + cut.month];
    if (cut.on_value) {
      // Any mean of equal values is that value; 18001 half hundredths are 90.005.
      expect_all_below(nation, cut.node, cut.month, Decimal::from_parts(cut.point * 5, 3).to_double());
      continue;
    }
    const Wide realised = sum_below(nation, cut.node, cut.month);
    const Wide target = steps(nation, cut.node, nation.figures.target[cut.node * kMonths + cut.month]);
    ASSERT_GT(target, 0);
    // 100 R/T - p/200 = (20000 R - p T) / (200 T).
    const Wide off = 20000 * realised - cut.point * target;
    ASSERT_EQ(off > 0 ? 1 : off < 0 ? -1 : 0, cut.side);
    const double at = cut.point / 200.0;
    ASSERT_LT(std::abs(static_cast<double>(off) / (200.0 * static_cast<double>(target))), std::nextafter(at, 1e9) - at);
    ASSERT_TRUE(cut.node >= nation.plan.leaf_count() || value > 0);
  }
  EXPECT_LE(nation.near_cut.size(), 600U);
  EXPECT_GT(nation.near_cut.size(), 500U);
  for (std::size_t level = 0; level <= 5; ++level) EXPECT_GT(levels[level], 0) << "level " << level;
  EXPECT_GT(sides[-1], 20);
  EXPECT_GT(sides[1], 20);
}

TEST(Nation, RefusesWhatCannotStand) {
  NationSpec spec = NationSpec::sized(1'000);
  spec.sections = 3;  // fewer than agencies
  EXPECT_THROW(make_nation(spec), std::invalid_argument);
  spec = NationSpec::sized(1'000);
  spec.provinces = 0;
  EXPECT_THROW(make_nation(spec), std::invalid_argument);
}

}  // namespace nation_test
}  // namespace jenjang
