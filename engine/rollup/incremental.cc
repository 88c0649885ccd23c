#include "jenjang/rollup/incremental.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "engine/rollup/engine.h"
#include "engine/rollup/incremental_facts.h"
#include "engine/rollup/incremental_propagation.h"
#include "engine/rollup/large_pages.h"

namespace jenjang {
namespace {

bool same_grid(const PeriodGrid& a, const PeriodGrid& b) {
  return std::equal(a.periods().begin(), a.periods().end(), b.periods().begin(), b.periods().end());
}

}  // namespace

struct LiveRollup::State {
  State(const Model& plan, const TargetTable& wanted, Facts known, const RollupOptions& how, DiagnosticSink* sink)
      : model(plan), targets(wanted), options(how), facts(plan, std::move(known), wanted) {
    rollup::move_to_large(targets.cells);
    lay_out(sink);
  }

  const Model& model;
  const TargetTable& targets;
  RollupOptions options;
  rollup::LiveFacts facts;
  std::unique_ptr<RollupEngine> engine;
  std::unique_ptr<Propagation> propagation;
  bool lanes = false;
  std::optional<std::size_t> limit;
  std::vector<std::pair<std::size_t, Watcher>> watchers;
  std::size_t next_handle = 0;

  void lay_out(DiagnosticSink* sink) {
    lanes = options.validated_lane && facts.lanes_differ();
    engine = std::make_unique<RollupEngine>(model, targets, facts.facts(), options, facts.digests());
    engine->sweep(sink);
    propagation = std::make_unique<Propagation>(*engine);
    if (limit) propagation->set_limit(*limit);
  }

  [[nodiscard]] bool must_lay_out() {
    if (lanes != (options.validated_lane && facts.lanes_differ())) return true;
    return facts.take_periods_changed() && !same_grid(facts.grid(), engine->result().grid());
  }

  void rebuild(ChangeReport& report) {
    report.rebuilt = true;
    const RollupResult before = engine->take();
    propagation.reset();
    engine.reset();
    facts.compact();
    lay_out(nullptr);
    report.visited_nodes = model.node_count();
    const RollupResult& now = engine->result();
    const bool two = lanes || before.has_validated_lane();
    for (std::size_t i = 0; i < model.node_count(); ++i) {
      const NodeId node = NodeId::from_index(i);
      for (std::size_t s = 0; s < now.grid().size(); ++s) {
        const SlotId slot = SlotId::from_index(s);
        const std::optional<SlotId> old = before.grid().find(now.grid()[slot]);
        const bool shown = now.is_relevant(node, slot) != (old && before.is_relevant(node, *old));
        const auto differs = [&](Lane lane) {
          return old ? !same_cell(before.at(node, *old, lane), now.at(node, slot, lane)) : now.is_relevant(node, slot);
        };
        if (shown || differs(Lane::all)) report.cells.push_back({node, slot, Lane::all});
        if (two && differs(Lane::validated)) report.cells.push_back({node, slot, Lane::validated});
      }
    }
  }

  enum class Change : std::uint8_t { none, replaced, came_or_went };
  Change edit(const Edit& wanted) {
    assert(wanted.node.valid() && wanted.node.index() < model.node_count());
    if (!wanted.observation) return facts.withdraw(wanted.node, wanted.period) ? Change::came_or_went : Change::none;
    return facts.set(wanted.node, *wanted.observation) ? Change::came_or_went : Change::replaced;
  }

  void tell(const ChangeReport& report) const {
    if (watchers.empty()) return;
    const auto listening = watchers;  // a watcher may unwatch
    for (const auto& [handle, watcher] : listening) watcher(report);
  }

  // After the facts of `edited` changed.
  template <class Mark>
  ChangeReport bring_up_to_date(Mark&& mark) {
    ChangeReport report;
    if (must_lay_out()) {
      rebuild(report);
    } else if (engine->slots() > 0) {
      mark();
      propagation->run(report);
    }
    tell(report);
    return report;
  }
};

LiveRollup::LiveRollup(const Model& model, const TargetTable& targets, Facts facts, const RollupOptions& options,
                       DiagnosticSink& sink)
    : state_(std::make_unique<State>(model, targets, std::move(facts), options, &sink)) {}
LiveRollup::~LiveRollup() = default;
LiveRollup::LiveRollup(LiveRollup&&) noexcept = default;

const RollupResult& LiveRollup::result() const {
  return state_->engine->result();
}

const Facts& LiveRollup::facts() const {
  return state_->facts.facts();
}

ChangeReport LiveRollup::set(NodeId node, Observation observation) {
  assert(node.valid() && node.index() < state_->model.node_count());
  const Period period = observation.period;
  // Nearly all the time of a change goes to waiting for memory: everything is asked for before anything is touched.
  state_->facts.expect_place(node);
  state_->propagation->foresee_node(node, period);
  state_->facts.expect_list(node);
  state_->propagation->foresee(node);
  state_->facts.expect_observation(node, period);
  const bool came = state_->facts.set(node, std::move(observation));
  return state_->bring_up_to_date([&] { state_->propagation->mark(node, period, came); });
}

ChangeReport LiveRollup::withdraw(NodeId node, Period period) {
  if (state_->edit({node, std::nullopt, period}) == State::Change::none) return {};
  return state_->bring_up_to_date([&] { state_->propagation->mark(node, period, true); });
}

ChangeReport LiveRollup::apply(std::span<const Edit> edits) {
  struct Edited {
    NodeId node;
    Period period;
    bool came_or_went;
  };
  std::vector<Edited> edited;
  edited.reserve(edits.size());
  for (const Edit& edit : edits) {
    const State::Change change = state_->edit(edit);
    if (change == State::Change::none) continue;
    const Period period = edit.observation ? edit.observation->period : edit.period;
    edited.push_back({edit.node, period, change == State::Change::came_or_went});
  }
  if (edited.empty()) return {};
  return state_->bring_up_to_date([&] {
    for (const Edited& one : edited) state_->propagation->mark(one.node, one.period, one.came_or_went);
  });
}

std::size_t LiveRollup::watch(Watcher watcher) {
  state_->watchers.emplace_back(state_->next_handle, std::move(watcher));
  return state_->next_handle++;
}

void LiveRollup::unwatch(std::size_t handle) {
  std::erase_if(state_->watchers, [handle](const auto& entry) { return entry.first == handle; });
}

void LiveRollup::set_sweep_limit(std::size_t edges) {
  state_->limit = edges;
  state_->propagation->set_limit(edges);
}

std::optional<ChangedCell> LiveRollup::check() const {
  RollupEngine fresh(state_->model, state_->targets, state_->facts.facts(), state_->options);
  fresh.sweep(nullptr);
  return first_difference(state_->model, result(), fresh.result());
}

}  // namespace jenjang
