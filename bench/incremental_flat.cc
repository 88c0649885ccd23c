// The flat engine's side of bench_incremental.
//
// Checked before anything is timed: after two hundred changes all columns have the digest that a roll-up of everything
// leaves, and above every changed position the months of both lanes are what the general engine makes of the same
// facts: states, coverage and predicates the same, doubles within one part in 10^9.
#include <cmath>
#include <map>

#include "jenjang/bulk/from_model.h"
#include "jenjang/bulk/sweep.h"
#include "jenjang/rollup/rollup.h"

#include "bench/incremental.h"

namespace jenjang::incremental {
namespace {

constexpr unsigned kNotValidated = 8;  // in a hundred

struct Change {
  NodeId node;
  Observation observation;
  [[nodiscard]] unsigned month() const { return static_cast<unsigned>(observation.period.index()) - 1; }
  [[nodiscard]] bulk::StateByte state() const {
    return observation.validated ? bulk::state_byte(CellState::value) : bulk::unvalidated_byte();
  }
};

struct FlatProblem {
  explicit FlatProblem(const benchmark::State& state);

  Change draw() {
    Change change;
    change.node = staff[random.below(staff.size())];
    change.observation.period = Period(kYear, Granularity::month, 1 + static_cast<int>(random.below(kMonths)));
    change.observation.number = Decimal(1 + random.below(9999));
    change.observation.validated = random.below(100) >= kNotValidated;
    return change;
  }
  std::size_t apply(const Change& change) {
    return live->change(change.node.value(), change.month(), change.observation.number.to_double(), change.state());
  }

  Model model;
  std::vector<NodeId> staff;
  bench::Random random{kSeed};
  bulk::FlatModel flat;
  std::unique_ptr<bulk::LiveFigures> live;
};

bool near(double a, double b) {
  return std::abs(a - b) <= 1e-9 * (1 + std::abs(b));
}

// One cell of an inner node, in one lane.
void compare(const bulk::FlatModel& flat, std::uint32_t node, std::size_t month, bool validated,
             const ResultCell& expected) {
  const std::size_t cell = std::size_t{node} * bulk::kMonths + month;
  const std::size_t inner = cell - flat.plan.leaf_count() * bulk::kMonths;
  const bulk::Figures& figures = flat.figures;
  const double value = validated ? figures.validated_value[inner] : figures.value[cell];
  const bulk::StateByte state = validated ? figures.validated_state[inner] : figures.state[cell];
  const std::int8_t band = validated ? figures.validated_band[inner] : figures.band[cell];
  const bulk::InnerLane& lane = validated ? figures.validated : figures.all;
  const bool same = bulk::cell_state(state) == expected.state && near(value, expected.value) &&
                    bulk::cell_state(lane.achieved[inner]) == expected.achievement_state &&
                    near(lane.achievement[inner], expected.achievement) && band == expected.band &&
                    lane.covered[inner] == expected.covered && lane.expected[inner] == expected.expected &&
                    near(lane.covered_weight[inner], expected.covered_weight) &&
                    near(lane.expected_weight[inner], expected.expected_weight);
  if (!same) fail("the flat engine differs from the general one");
}

FlatProblem::FlatProblem(const benchmark::State& state) : model(make_model(state)) {
  const TargetTable targets = make_targets(model);
  Facts facts = make_facts(model, staff, kNotValidated);
  bulk::FlatOutcome outcome = bulk::flatten_model(model, targets, facts, {}, kYear);
  if (!std::holds_alternative<bulk::FlatModel>(outcome)) fail("the flat engine refuses the province");
  flat = std::move(std::get<bulk::FlatModel>(outcome));
  if (!flat.figures.has_validated_lane()) fail("the province has one lane only");
  bulk::roll_up(flat.plan, flat.figures);
  live = std::make_unique<bulk::LiveFigures>(flat.plan, flat.figures);

  std::map<std::uint32_t, std::vector<std::size_t>> touched;  // months by node
  for (int i = 0; i < 200; ++i) {
    const Change change = draw();
    std::size_t above = 0;
    for (std::uint32_t node = flat.plan.owner[change.node.index()]; node != bulk::kNoNode;
         node = flat.plan.owner[node], ++above) {
      touched[node].push_back(change.month());
    }
    if (apply(change) != above) fail("a change did not visit the nodes above it");
    // Twelve facts a position, in order of months.
    Fact& fact = facts.facts[facts.fact_begin[change.node.index()] + change.month()];
    fact.value = change.observation.number.to_double();
    facts.observations[fact.observation] = change.observation;
  }
  const std::uint64_t digest = bulk::digest(flat.plan, flat.figures);
  bulk::roll_up(flat.plan, flat.figures);
  if (digest != bulk::digest(flat.plan, flat.figures)) fail("the changed figures differ from a full roll-up");

  DiagnosticSink sink;
  const RollupResult result = run_rollup(model, targets, facts, {}, sink);
  for (const auto& [node, months] : touched) {
    for (const std::size_t month : months) {
      const auto slot = *result.grid().find(Period(kYear, Granularity::month, static_cast<int>(month) + 1));
      compare(flat, node, month, false, result.at(NodeId(node), slot, Lane::all));
      compare(flat, node, month, true, result.at(NodeId(node), slot, Lane::validated));
    }
  }
}

void finish(benchmark::State& state, const FlatProblem& problem, Times& times, std::size_t visited) {
  times.report(state);
  state.counters["visited"] = static_cast<double>(visited) / static_cast<double>(state.iterations());
  state.counters["nodes"] = static_cast<double>(problem.model.node_count());
}

}  // namespace

void flat_change_one(benchmark::State& state) {
  FlatProblem& problem = kept_problem<FlatProblem>(state);
  Times times;
  std::size_t visited = 0;
  for (auto _ : state) {
    const Change change = problem.draw();
    const auto start = std::chrono::steady_clock::now();
    visited += problem.apply(change);
    times.add(std::chrono::steady_clock::now() - start);
  }
  finish(state, problem, times, visited);
}

void flat_record_and_change_one(benchmark::State& state) {
  FlatProblem& problem = kept_problem<FlatProblem>(state);
  Journal journal = Journal::in_memory();
  Times times;
  std::size_t visited = 0;
  std::int64_t second = 1767225600;  // 2026-01-01
  for (auto _ : state) {
    const Change change = problem.draw();
    std::vector<Entry> entries = entry_of(problem.model, change.node, change.observation, ++second);
    const auto start = std::chrono::steady_clock::now();
    if (!journal.append(std::move(entries))) fail("the journal refused an entry");
    visited += problem.apply(change);
    times.add(std::chrono::steady_clock::now() - start);
  }
  finish(state, problem, times, visited);
}

}  // namespace jenjang::incremental
