// LiveRollup against the full roll-up: after every edit of a random sequence the columns are bit for bit those of
// run_rollup on the same facts bound afresh, and the report names exactly the cells that differ from before.
#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <optional>

#include "jenjang/rollup/incremental.h"

#include "engine/graph/overlaps.h"
#include "tests/support/drawn_plan.h"
#include "tests/support/result_bits.h"
#include "tests/support/seeds.h"

namespace jenjang::testing {
namespace incremental_edits_test {

// What is known, kept apart from the engine's lists.
using Known = std::map<std::pair<NodeId, Period>, Observation>;

Known known_of(const Facts& facts) {
  Known known;
  for (const Fact& fact : facts.facts) known[{fact.node, facts.observation(fact).period}] = facts.observation(fact);
  return known;
}

// Bound afresh, the observations stored from the last to the first when `backwards`.
Facts bind_afresh(const Known& known, std::size_t nodes, bool backwards) {
  Facts facts;
  facts.observations.resize(known.size());
  std::size_t i = 0;
  facts.fact_begin.push_back(0);
  auto next = known.begin();
  for (std::size_t node = 0; node < nodes; ++node) {
    for (; next != known.end() && next->first.first == NodeId::from_index(node); ++next, ++i) {
      const std::size_t place = backwards ? known.size() - 1 - i : i;
      facts.observations[place] = next->second;
      facts.facts.push_back({next->first.first, static_cast<std::uint32_t>(place), next->second.number.to_double()});
    }
    facts.fact_begin.push_back(static_cast<std::uint32_t>(facts.facts.size()));
  }
  return facts;
}

// Policies that the literal oracle need not know.
void give_policies(Dice& dice, PlainPlan& plan) {
  for (PlainNode& node : plan.nodes) {
    const auto policy = [&] {
      return dice.one_of<MissingPolicy>(
          {MissingPolicy::strict, MissingPolicy::skip, MissingPolicy::zero, MissingPolicy::carry});
    };
    if (dice.once_in(4)) node.spec.missing = policy();
    if (dice.once_in(4)) node.spec.missing_time = policy();
    if (dice.once_in(3)) node.spec.carry_months = dice.one_of<int>({1, 3, 6});
    if (dice.once_in(6)) node.spec.least_coverage = dec(dice.one_of<const char*>({"0.5", "0.6", "1"}));
  }
}

// One leaf reaches a total by two ways, once as a shared result.
void add_meeting_ways(PlainPlan& plan) {
  const std::size_t first = plan.nodes.size();
  for (int i = 0; i < 3; ++i) {
    PlainNode node;
    node.code = "T" + std::to_string(i);
    node.unit = "64.9" + std::to_string(i);
    node.spec.aggregation = Aggregation::sum;
    node.spec.frequency = Granularity::month;
    plan.nodes.push_back(std::move(node));
  }
  plan.nodes[first].ties = {{0, "1"}};
  plan.nodes[first + 1].ties = {{1, "1"}};
  plan.nodes[first + 1].shared = {{0, "1"}};
  plan.nodes[first + 2].ties = {{first, "1"}, {first + 1, "1"}};
}

// A leaf on a cut below parents of one child each, so that its figure stays on the cut all the way up: whether it lies
// above is then decided by digits that no double holds. Parents without bands of their own stand between, because what
// they keep to the bit has moved all the same. The index of the leaf.
std::size_t add_ladder(Dice& dice, PlainPlan& plan) {
  const std::size_t leaf = plan.nodes.size();
  PlainNode node;
  node.code = "U";
  node.unit = "64.80";
  node.spec.frequency = Granularity::month;
  node.facts = {{"2024", "80", !dice.once_in(4)}};
  plan.nodes.push_back(node);
  plan.scales.push_back(
      make_bands({{"A", "100"}, {"B", "80"}, {"C", "50"}, {"D", ""}}, {RoundingMode::exact, 0}, true));
  const int steps = 1 + dice.below(3);
  for (int step = 0; step < steps; ++step) {
    PlainNode above;
    above.code = "U" + std::to_string(step);
    above.unit = "64.8" + std::to_string(step + 1);
    above.spec.frequency = Granularity::month;
    above.spec.aggregation = dice.one_of<Aggregation>(
        {Aggregation::sum, Aggregation::weighted_mean, Aggregation::minimum, Aggregation::maximum});
    above.ties = {{plan.nodes.size() - 1, dice.one_of<const char*>({"1", "1", "2"})}};
    if (above.spec.aggregation == Aggregation::sum) above.ties.front().weight = "1";
    if (step + 1 == steps || dice.once_in(3)) above.spec.value_bands = ScaleId::from_index(plan.scales.size() - 1);
    plan.nodes.push_back(std::move(above));
  }
  return leaf;
}

// On a cut, or beside it by less than a double shows.
Observation draw_beside_a_cut(Dice& dice) {
  Observation observation;
  observation.period = Period::year(2024);
  const auto digit = Decimal::from_parts(dice.below(3) - 1, Decimal::kMaxScale);
  observation.number = *Decimal::add(dec(dice.once_in(8) ? "100" : "80"), digit);
  return observation;
}

// Shared results with full credit, which totals above have to take out where both ways meet.
std::size_t share_in_full(Dice& dice, BuiltPlan& built) {
  for (CrosscutEdge& edge : built.model.crosscut_edges) {
    if (dice.once_in(2)) edge.share.reset();
  }
  find_overlaps(built.model, built.sink);
  return built.model.overlaps.size();
}

Observation draw_observation(Dice& dice, const Known& known) {
  Observation observation;
  // Mostly periods of the grid; 2025 is often outside it, so that columns are laid out anew.
  observation.period = *Period::parse(
      dice.once_in(12) ? dice.one_of<const char*>({"2025", "2025-02", "2023"})
                       : dice.one_of<const char*>({"2024-01", "2024-02", "2024-03", "2024-05", "2024-06", "2024-11",
                                                   "2024-12", "2024-TW1", "2024-TW2", "2024-S1", "2024", "2024"}));
  observation.number = dec(figure(dice, dice.once_in(4)));
  if (dice.once_in(6)) {
    // One double, two decimals: only the exact side sees the difference.
    observation.number =
        dec(dice.one_of<const char*>({"100.000000000000000001", "89.994999999999999999", "89.995000000000000001",
                                      "0.100000000000000001", "80.000000000000000001"}));
  }
  if (dice.once_in(6)) {
    observation.state = dice.one_of<CellState>(
        {CellState::empty, CellState::awaiting_release, CellState::redefined, CellState::not_applicable});
  }
  observation.validated = !dice.once_in(4);
  if (dice.once_in(6)) observation.verified.change().number = dec(figure(dice, false));
  observation.illustrative = dice.once_in(5);
  observation.unverified = dice.once_in(8);
  if (dice.once_in(10)) observation.definition_version = dice.one_of<int>({1, 2});
  // A repeat of what is known changes nothing.
  if (!known.empty() && dice.once_in(10)) {
    auto any = known.begin();
    std::advance(any, dice.below(static_cast<int>(known.size())));
    observation = any->second;
  }
  return observation;
}

struct Tally {
  std::size_t edits = 0, cells = 0, swept = 0, rebuilt = 0, silent = 0, overlaps = 0;
  std::size_t unseen = 0;  // cells above moved, but not one bit of the node that was edited
};

void edit_at_random(std::uint64_t seed, Tally& tally) {
  SCOPED_TRACE("seed " + std::to_string(seed));
  Dice dice(seed);
  PlainPlan plan = random_plan(dice);
  give_policies(dice, plan);
  if (dice.once_in(3)) add_meeting_ways(plan);
  std::optional<std::size_t> ladder;
  if (dice.once_in(2)) ladder = add_ladder(dice, plan);
  BuiltPlan built = build(plan);
  tally.overlaps += share_in_full(dice, built);
  const std::size_t nodes = plan.nodes.size();
  Known known = known_of(built.facts);
  RollupOptions options;
  if (dice.once_in(3))
    options.as_of = *Date::parse(dice.one_of<const char*>({"2024-05-31", "2024-12-31", "2026-01-15"}));
  options.validated_lane = !dice.once_in(5);
  options.threads = static_cast<unsigned>(dice.one_of<int>({1, 1, 1, 2, 3}));
  DiagnosticSink sink;
  LiveRollup live(built.model, built.targets, bind_afresh(known, nodes, false), options, sink);
  if (dice.once_in(3)) live.set_sweep_limit(static_cast<std::size_t>(dice.below(6)));
  std::vector<ChangeReport> heard;
  live.watch([&heard](const ChangeReport& report) { heard.push_back(report); });
  RollupResult before = run_rollup(built.model, built.targets, bind_afresh(known, nodes, false), options, sink);
  for (int turn = 0; turn < 12; ++turn) {
    SCOPED_TRACE("turn " + std::to_string(turn));
    std::vector<LiveRollup::Edit> edits;
    const int count = dice.once_in(4) ? 1 + dice.below(5) : 1;
    for (int i = 0; i < count; ++i) {
      NodeId node = NodeId::from_index(static_cast<std::size_t>(dice.below(static_cast<int>(nodes))));
      if (ladder && dice.once_in(2)) {
        node = built.node[*ladder];
        Observation observation = draw_beside_a_cut(dice);
        known[{node, observation.period}] = observation;
        edits.push_back({node, observation, observation.period});
      } else if (!known.empty() && dice.once_in(3)) {
        auto any = known.begin();
        std::advance(any, dice.below(static_cast<int>(known.size())));
        edits.push_back({any->first.first, std::nullopt, any->first.second});
        known.erase(any);
      } else {
        Observation observation = draw_observation(dice, known);
        const Period period = observation.period;
        known[{node, period}] = observation;
        edits.push_back({node, std::move(observation), period});
      }
    }
    ChangeReport report;
    if (edits.size() > 1) {
      report = live.apply(edits);
    } else if (edits.front().observation) {
      report = live.set(edits.front().node, *edits.front().observation);
    } else {
      report = live.withdraw(edits.front().node, edits.front().period);
    }
    const RollupResult after =
        run_rollup(built.model, built.targets, bind_afresh(known, nodes, turn % 2 == 0), options, sink);
    ASSERT_TRUE(same_periods(live.result(), after));
    ASSERT_EQ(live.result().has_validated_lane(), after.has_validated_lane());
    const auto wrong = differences(nodes, live.result(), after);
    ASSERT_TRUE(wrong.empty()) << describe(built.model, after, wrong);
    ASSERT_FALSE(live.check());
    if (!report.rebuilt) {
      const auto changed = differences(nodes, before, after);
      ASSERT_EQ(report.cells, changed) << "reported " << describe(built.model, after, report.cells) << "\nchanged  "
                                       << describe(built.model, after, changed);
    }
    ++tally.edits;
    tally.cells += report.cells.size();
    tally.swept += report.swept ? 1U : 0U;
    tally.rebuilt += report.rebuilt ? 1U : 0U;
    const auto is_edited = [&edits](const ChangedCell& cell) { return cell.node == edits.front().node; };
    const bool of_others = !report.cells.empty() && std::none_of(report.cells.begin(), report.cells.end(), is_edited);
    tally.unseen += edits.size() == 1 && !report.swept && of_others ? 1U : 0U;
    tally.silent += report.cells.empty() ? 1U : 0U;
    ASSERT_FALSE(heard.empty());
    ASSERT_EQ(heard.back().cells, report.cells);
    before = after;
  }
}

TEST(Incremental, SameBitsAsTheFullRollupAfterEveryEdit) {
  Tally tally;
  for (const std::uint64_t seed : testing::Seeds(250)) {
    edit_at_random(seed, tally);
    if (::testing::Test::HasFatalFailure()) return;
  }
  // Every way of answering must have been taken.
  EXPECT_EQ(tally.edits, 3000U);
  EXPECT_GT(tally.cells, 12000U);
  EXPECT_GT(tally.swept, 100U);
  EXPECT_GT(tally.rebuilt, 50U);
  EXPECT_GT(tally.silent, 20U);
  EXPECT_GT(tally.overlaps, 20U);
  EXPECT_GT(tally.unseen, 50U);
}

std::vector<std::string> texts(const DiagnosticSink& sink) {
  std::vector<std::string> found;
  for (const Diagnostic& d : sink.all()) found.push_back(to_string(d.code) + message_text(d, Language::indonesian));
  return found;
}

TEST(Incremental, SameBitsAndFindingsForAnyNumberOfThreadsAndEitherOrder) {
  std::size_t findings = 0, lanes = 0;
  for (const std::uint64_t seed : testing::Seeds(150)) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Dice dice(seed);
    PlainPlan plan = random_plan(dice);
    give_policies(dice, plan);
    const BuiltPlan built = build(plan);
    const std::size_t nodes = plan.nodes.size();
    const Known known = known_of(built.facts);
    DiagnosticSink sink;
    const RollupResult alone = run_rollup(built.model, built.targets, bind_afresh(known, nodes, false), {}, sink);
    findings += sink.all().size();
    lanes += alone.has_validated_lane() ? 1U : 0U;
    for (const unsigned threads : {1U, 2U, 8U}) {
      for (const bool backwards : {false, true}) {
        RollupOptions options;
        options.threads = threads;
        DiagnosticSink other_sink;
        const RollupResult other =
            run_rollup(built.model, built.targets, bind_afresh(known, nodes, backwards), options, other_sink);
        ASSERT_TRUE(same_periods(alone, other));
        const auto wrong = differences(nodes, alone, other);
        ASSERT_TRUE(wrong.empty()) << describe(built.model, alone, wrong);
        ASSERT_EQ(texts(sink), texts(other_sink));
      }
    }
  }
  EXPECT_GT(findings, 200U);
  EXPECT_GT(lanes, 50U);
}

TEST(Incremental, TheDebugModeGivesTheFullResult) {
  for (const std::uint64_t seed : testing::Seeds(100)) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Dice dice(seed);
    PlainPlan plan = random_plan(dice);
    give_policies(dice, plan);
    const BuiltPlan built = build(plan);
    DiagnosticSink sink, fed_sink;
    const RollupResult full = run_rollup(built.model, built.targets, built.facts, {}, sink);
    const RollupResult fed = run_rollup_incrementally(built.model, built.targets, built.facts, {}, fed_sink);
    ASSERT_TRUE(same_periods(full, fed));
    ASSERT_TRUE(differences(plan.nodes.size(), full, fed).empty());
    ASSERT_EQ(texts(sink), texts(fed_sink));
  }
}

}  // namespace incremental_edits_test
}  // namespace jenjang::testing
