// The debug mode: feed the facts through LiveRollup, compare with the full run.
#include <stdexcept>
#include <string>

#include "jenjang/rollup/incremental.h"

#include "engine/rollup/incremental_propagation.h"

namespace jenjang {
namespace {

// One by one so many times, then in batches that double: every path of LiveRollup is walked, and a large plan does not
// take a propagation for every fact.
constexpr std::size_t kSingles = 48;

// One fact as an edit.
LiveRollup::Edit edit_of(const Facts& facts, const Fact& fact) {
  const Observation& observation = facts.observation(fact);
  return {fact.node, observation, observation.period};
}

struct Split {
  Facts start;                         // what is known at first
  std::vector<const Fact*> withheld;   // what is fed afterwards
  std::vector<const Fact*> disturbed;  // of the first: changed, withdrawn and put back
};

// Every second fact is withheld. Two facts of one cell stay, because an edit is about a cell.
Split split(const Facts& facts) {
  Split parts;
  parts.start.observations = facts.observations;
  std::size_t turn = 0;
  for (std::size_t node = 0; node + 1 < facts.fact_begin.size(); ++node) {
    parts.start.fact_begin.push_back(static_cast<std::uint32_t>(parts.start.facts.size()));
    const std::span<const Fact> own = facts.of(NodeId::from_index(node));
    for (std::size_t i = 0; i < own.size(); ++i) {
      const auto same_cell_as = [&](std::size_t j) {
        return facts.observation(own[i]).period == facts.observation(own[j]).period;
      };
      const bool alone = (i == 0 || !same_cell_as(i - 1)) && (i + 1 == own.size() || !same_cell_as(i + 1));
      ++turn;
      if (alone && turn % 2 == 0) {
        parts.withheld.push_back(&own[i]);
        continue;
      }
      if (alone && turn % 5 == 0 && parts.disturbed.size() < kSingles) parts.disturbed.push_back(&own[i]);
      parts.start.facts.push_back(own[i]);
    }
  }
  parts.start.fact_begin.push_back(static_cast<std::uint32_t>(parts.start.facts.size()));
  return parts;
}

}  // namespace

RollupResult run_rollup_incrementally(const Model& model, const TargetTable& targets, const Facts& facts,
                                      const RollupOptions& options, DiagnosticSink& sink) {
  Split parts = split(facts);
  DiagnosticSink unheard;
  LiveRollup live(model, targets, std::move(parts.start), options, unheard);
  std::size_t turn = 0;
  for (const Fact* fact : parts.disturbed) {
    LiveRollup::Edit edit = edit_of(facts, *fact);
    if (++turn % 2 == 0) {
      live.withdraw(edit.node, edit.period);
    } else {
      Observation other = *edit.observation;
      other.state = other.state == CellState::value ? CellState::empty : CellState::value;
      other.validated = !other.validated;
      live.set(edit.node, std::move(other));
    }
  }
  std::size_t fed = 0;
  for (; fed < parts.withheld.size() && fed < kSingles; ++fed) {
    LiveRollup::Edit edit = edit_of(facts, *parts.withheld[fed]);
    live.set(edit.node, std::move(*edit.observation));
  }
  std::vector<LiveRollup::Edit> batch;
  batch.reserve(parts.disturbed.size());
  for (const Fact* fact : parts.disturbed) batch.push_back(edit_of(facts, *fact));
  for (std::size_t size = kSingles; fed < parts.withheld.size(); size *= 2) {
    for (std::size_t i = 0; i < size && fed < parts.withheld.size(); ++i, ++fed) {
      batch.push_back(edit_of(facts, *parts.withheld[fed]));
    }
    live.apply(batch);
    batch.clear();
  }
  live.apply(batch);

  const RollupResult full = run_rollup(model, targets, facts, options, sink);
  if (const auto different = first_difference(model, live.result(), full)) {
    const std::string where = full.grid().size() == live.result().grid().size() && full.grid().size() > 0
                                  ? model.address(different->node, full.grid()[different->slot])
                                  : std::string("(grid)");
    throw std::logic_error("incremental roll-up differs from the full one at " + where + ", lane " +
                           std::string(to_string(different->lane)));
  }
  return live.result();
}

}  // namespace jenjang
