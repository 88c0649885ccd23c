#include "engine/rollup/incremental_propagation.h"

#include <algorithm>
#include <bit>
#include <functional>

#include "engine/rollup/level_sweep.h"

namespace jenjang {
namespace {

// Edges that one change may visit: a share of all edges, because a visited edge costs several times a swept one
// (decision 0023 has the measurement), and never so few that a small plan is swept for one figure.
constexpr std::size_t kLeastLimit = 4096;
constexpr std::size_t kShareOfEdges = 8;  // one in so many

bool same_bits(double a, double b) {
  return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

}  // namespace

bool same_cell(const ResultCell& a, const ResultCell& b) {
  static_assert(sizeof(ResultCell) == 80, "a new field must be compared here, or a change in it alone is lost");
  return same_bits(a.value, b.value) && a.state == b.state && same_bits(a.numerator, b.numerator) &&
         same_bits(a.denominator, b.denominator) && same_bits(a.achievement_raw, b.achievement_raw) &&
         same_bits(a.achievement, b.achievement) && a.achievement_state == b.achievement_state && a.band == b.band &&
         a.band_of_achievement == b.band_of_achievement && a.flags == b.flags && a.covered == b.covered &&
         a.expected == b.expected && a.covered_months == b.covered_months && a.expected_months == b.expected_months &&
         same_bits(a.covered_weight, b.covered_weight) && same_bits(a.expected_weight, b.expected_weight);
}

std::optional<ChangedCell> first_difference(const Model& model, const RollupResult& a, const RollupResult& b) {
  const auto same_periods = std::equal(a.grid().periods().begin(), a.grid().periods().end(), b.grid().periods().begin(),
                                       b.grid().periods().end());
  if (!same_periods || a.has_validated_lane() != b.has_validated_lane()) return ChangedCell{NodeId(0), SlotId(0)};
  for (std::size_t i = 0; i < model.node_count(); ++i) {
    const NodeId node = NodeId::from_index(i);
    for (std::size_t s = 0; s < a.grid().size(); ++s) {
      const SlotId slot = SlotId::from_index(s);
      const bool shown = a.is_relevant(node, slot) != b.is_relevant(node, slot);
      if (shown || !same_cell(a.at(node, slot), b.at(node, slot))) return ChangedCell{node, slot, Lane::all};
      if (a.has_validated_lane() && !same_cell(a.at(node, slot, Lane::validated), b.at(node, slot, Lane::validated))) {
        return ChangedCell{node, slot, Lane::validated};
      }
    }
  }
  return std::nullopt;
}

Propagation::Propagation(RollupEngine& engine)
    : engine_(engine),
      model_(engine.model_),
      lanes_(engine.result().has_validated_lane()),
      slots_(engine.slots_),
      words_((engine.slots_ + 63) / 64),
      entry_(engine.model_.node_count(), 0),
      own_masks_(kKinds * words_) {
  const std::size_t edges = model_.graph.formula_edge_count() + model_.graph.crosscut_edge_count();
  limit_ = std::max(kLeastLimit, edges / kShareOfEdges);
  for (const Overlap& overlap : model_.overlaps) {
    beyond_.emplace_back(overlap.shared, overlap.parent);
    for (const NodeId between : overlap.copied) beyond_.emplace_back(between, overlap.parent);
    for (const NodeId between : overlap.counted) beyond_.emplace_back(between, overlap.parent);
    const auto carries = [&](NodeId at) { return model_.item(at).spec.missing == MissingPolicy::carry; };
    if (carries(overlap.parent) || std::ranges::any_of(overlap.copied, carries) ||
        std::ranges::any_of(overlap.counted, carries)) {
      carrying_.push_back(overlap.parent);  // in order: overlaps stand by parent
    }
  }
  std::sort(beyond_.begin(), beyond_.end());
  beyond_.erase(std::unique(beyond_.begin(), beyond_.end()), beyond_.end());
}

std::uint64_t* Propagation::marks(NodeId node, Kind kind) {
  std::uint32_t& entry = entry_[node.index()];
  if (entry == 0) {
    marked_.push_back(node.value());
    entry = static_cast<std::uint32_t>(marked_.size());
    masks_.resize(marked_.size() * kKinds * words_, 0);
    heap_.push_back(node.value());
    std::push_heap(heap_.begin(), heap_.end(), std::greater<>());
  }
  return &masks_[((entry - 1) * kKinds + kind) * words_];
}

void Propagation::mark(NodeId node, Period period, bool came_or_went) {
  const auto mark_all = [&](std::size_t slot) {
    mark_slot(node, cells, slot);
    if (came_or_went) mark_slot(node, relevance, slot);
  };
  if (model_.item(node).spec.missing_time != MissingPolicy::skip) {
    // A figure carried on in time reaches periods that it does not lie in.
    for (std::size_t slot = 0; slot < slots_; ++slot) mark_all(slot);
    return;
  }
  for (std::uint32_t slot = slot_around(period); slot < slots_; slot = engine_.tree_.parent(slot)) mark_all(slot);
}

// The finest slot in which a period lies: its own, unless nothing but a coarser one is shown.
std::uint32_t Propagation::slot_around(Period period) {
  if (period == around_.first) return around_.second;
  for (int g = static_cast<int>(period.granularity()); g >= 0; --g) {
    if (const auto slot = engine_.result().grid().find(period.enclosing(static_cast<Granularity>(g)))) {
      around_ = {period, slot->value()};
      return slot->value();
    }
  }
  return UINT32_MAX;
}

void Propagation::foresee_node(NodeId node, Period period) {
  wanted_.clear();
  if (slots_ == 0) return;
  __builtin_prefetch(&engine_.plan_of(node));
  __builtin_prefetch(&entry_[node.index()], 1);
  for (std::uint32_t slot = slot_around(period); slot < slots_; slot = engine_.tree_.parent(slot)) {
    wanted_.push_back(slot);
  }
}

// Most changes climb to the top, by one parent at a time. All the cells that this reads are asked for at once, so that
// memory answers them together while the first nodes are computed; nothing depends on whether the guess was good.
void Propagation::foresee(NodeId node) {
  constexpr std::size_t kLevels = 8;
  if (slots_ == 0) return;
  RollupWorker& worker = engine_.worker(0);
  for (std::size_t level = 0; level < kLevels; ++level) {
    const std::uint32_t parent = engine_.plan_of(node).parent;
    if (parent != rollup::NodePlan::kNone) {
      __builtin_prefetch(&engine_.plan_of(NodeId(parent)));
      __builtin_prefetch(&entry_[parent], 1);
    }
    worker.ask_for_targets(node, wanted_);
    if (level > 0) worker.ask_for_inputs(node, wanted_);
    if (parent == rollup::NodePlan::kNone) return;
    node = NodeId(parent);
  }
}

void Propagation::run(ChangeReport& report) {
  visited_edges_ = 0;
  while (!heap_.empty()) {
    const NodeId node(heap_.front());
    if (visited_edges_ > limit_) {
      sweep_from(node, report);
      break;
    }
    std::pop_heap(heap_.begin(), heap_.end(), std::greater<>());
    heap_.pop_back();
    visit(node, report);
  }
  clear();
}

void Propagation::clear() {
  for (const std::uint32_t node : marked_) entry_[node] = 0;
  marked_.clear();
  masks_.clear();
  heap_.clear();
}

void Propagation::collect(const std::uint64_t* words, std::vector<std::uint32_t>& slots) const {
  slots.clear();
  for (std::size_t word = 0; word < words_; ++word) {
    for (std::uint64_t rest = words[word]; rest != 0; rest &= rest - 1) {
      slots.push_back(static_cast<std::uint32_t>(64 * word + static_cast<std::size_t>(std::countr_zero(rest))));
    }
  }
}

// Whether something above the double arithmetic decided this cell, so that equal bits below do not settle it.
bool Propagation::decides_exactly(NodeId node, std::size_t slot) const {
  if (rollup::aggregation_of(model_.item(node)) == Aggregation::share_meeting) return true;
  const auto decided = [&](Lane lane) { return (engine_.cells_of(node, lane)[slot].flags & kDecidedExactly) != 0; };
  return decided(Lane::all) || (lanes_ && decided(Lane::validated));
}

void Propagation::visit(NodeId node, ChangeReport& report) {
  // Marking parents may move the masks.
  const std::uint64_t* const words = marks(node, cells);
  std::copy_n(words, kKinds * words_, own_masks_.begin());
  RollupWorker& worker = engine_.worker(0);
  const rollup::NodePlan& plan = engine_.plan_of(node);
  const bool only_parent = plan.is(rollup::NodePlan::only_parent);
  visited_edges_ += only_parent ? 1 : model_.graph.parents(node).size();

  changed_.clear();
  moved_.clear();
  collect(&own_masks_[exact * words_], list_);
  for (const std::uint32_t slot : list_) {
    std::uint64_t& word = own_masks_[slot / 64];
    const std::uint64_t bit = std::uint64_t{1} << (slot % 64);
    if ((word & bit) != 0) continue;
    if (decides_exactly(node, slot)) {
      word |= bit;
    } else {
      worker.forget(node, slot);
      moved_.push_back(slot);
    }
  }
  collect(own_masks_.data(), wanted_);
  for (const std::uint32_t slot : wanted_) worker.forget(node, slot);

  collect(&own_masks_[relevance * words_], list_);
  shown_.clear();
  if (!list_.empty()) {
    const std::uint8_t* const relevant = engine_.relevance_of(node);
    was_relevant_.assign(relevant, relevant + slots_);
    worker.mark_relevant(node, list_);
    for (const std::uint32_t slot : list_) {
      if (relevant[slot] != was_relevant_[slot]) shown_.push_back(slot);
    }
  }
  if (!wanted_.empty() || !shown_.empty()) recompute(worker, node, wanted_, report);

  if (!changed_.empty()) mark_parents(node, cells, changed_);
  if (!moved_.empty()) mark_parents(node, exact, moved_);
  if (!shown_.empty()) mark_parents(node, relevance, shown_);
}

void Propagation::recompute(RollupWorker& worker, NodeId node, std::span<const std::uint32_t> slots,
                            ChangeReport& report) {
  const rollup::NodePlan& plan = engine_.plan_of(node);
  const auto all_now = engine_.cells_of(node, Lane::all);
  const auto validated_now = engine_.cells_of(node, lanes_ ? Lane::validated : Lane::all);
  const bool ratio = lanes_ && plan.is(rollup::NodePlan::ratio);
  const double* const known = ratio ? &engine_.known_validated_[engine_.ratio_row_[node.index()] * slots_] : nullptr;
  before_all_.clear();
  before_validated_.clear();
  before_known_.clear();
  for (const std::uint32_t slot : slots) {
    before_all_.push_back(all_now[slot]);
    if (lanes_) before_validated_.push_back(validated_now[slot]);
    if (ratio) before_known_.push_back(known[slot]);
  }
  if (!slots.empty()) {
    ++report.visited_nodes;
    visited_edges_ += plan.child_count;
    if (plan.is(rollup::NodePlan::crosscut)) visited_edges_ += model_.graph.crosscut_children(node).size();
    worker.visit(node, slots);
  }
  // shown_ lists slots that changed in relevance; both lists ascend.
  auto shown = shown_.begin();
  const auto report_shown_before = [&](std::size_t slot) {
    for (; shown != shown_.end() && *shown < slot; ++shown) {
      report.cells.push_back({node, SlotId::from_index(*shown), Lane::all});
    }
  };
  for (std::size_t i = 0; i < slots.size(); ++i) {
    const std::size_t slot = slots[i];
    report_shown_before(slot);
    const bool is_shown = shown != shown_.end() && *shown == slot;
    if (is_shown) ++shown;
    const bool all = !same_cell(before_all_[i], all_now[slot]);
    const bool validated = lanes_ && !same_cell(before_validated_[i], validated_now[slot]);
    if (all || is_shown) report.cells.push_back({node, SlotId::from_index(slot), Lane::all});
    if (validated) report.cells.push_back({node, SlotId::from_index(slot), Lane::validated});
    if (all || validated || (ratio && !same_bits(before_known_[i], known[slot]))) {
      changed_.push_back(slots[i]);
    } else {
      moved_.push_back(slots[i]);
    }
  }
  report_shown_before(slots_);
}

void Propagation::mark_parents(NodeId node, Kind kind, std::span<const std::uint32_t> slots) {
  if (const rollup::NodePlan& plan = engine_.plan_of(node); plan.is(rollup::NodePlan::only_parent)) {
    std::uint64_t* const words = marks(NodeId(plan.parent), kind);
    for (const std::uint32_t slot : slots) words[slot / 64] |= std::uint64_t{1} << (slot % 64);
    return;
  }
  for (const NodeId parent : model_.graph.parents(node)) mark_parent(parent, kind, slots);
  if (!beyond_.empty()) {
    auto reader = std::lower_bound(beyond_.begin(), beyond_.end(), std::pair(node, NodeId(0)));
    for (; reader != beyond_.end() && reader->first == node; ++reader) {
      const bool any_slot = kind == cells && std::ranges::binary_search(carrying_, reader->second);
      mark_parent(reader->second, kind, any_slot ? std::span<const std::uint32_t>(engine_.all_slots_) : slots);
    }
  }
  for (const NodeId parent : model_.graph.crosscut_parents(node)) {
    // Only a result that its owner lets the other count.
    const auto shared = model_.graph.crosscut_children(parent);
    const std::size_t first = model_.graph.crosscut_first_edge(parent).index();
    for (std::size_t i = 0; i < shared.size(); ++i) {
      if (shared[i] == node && model_.crosscut_edges[first + i].accepted) mark_parent(parent, kind, slots);
    }
  }
}

void Propagation::mark_parent(NodeId parent, Kind kind, std::span<const std::uint32_t> slots) {
  const Item& item = model_.item(parent);
  if (rollup::aggregation_of(item) == Aggregation::leaf) return;  // its children are drawn, not counted
  for (const std::uint32_t& slot : slots) {
    if (kind == relevance) {
      mark_slot(parent, kind, slot);
      continue;
    }
    for (const std::uint32_t reached : engine_.reached_slots(item, slot)) mark_slot(parent, kind, reached);
  }
}

// Every node from `first` on, whether marked or not, in every slot.
void Propagation::sweep_from(NodeId first, ChangeReport& report) {
  report.swept = true;
  for (unsigned i = 0; i < engine_.worker_count(); ++i) engine_.worker(i).forget_all();
  const rollup::LevelSweep levels(model_.graph, first, engine_.worker_count());
  std::vector<std::vector<ChangedCell>> changed(levels.chunk_count());
  levels.run([&](unsigned thread, const rollup::LevelSweep::Chunk& chunk, std::size_t number) {
    RollupWorker& worker = engine_.worker(thread);
    std::vector<ResultCell> all, validated;
    std::vector<std::uint8_t> relevant;
    for (std::uint32_t i = chunk.first; i < chunk.last; ++i) {
      const NodeId node(i);
      const auto all_now = engine_.cells_of(node, Lane::all);
      const auto validated_now = engine_.cells_of(node, lanes_ ? Lane::validated : Lane::all);
      const std::uint8_t* const relevant_now = engine_.relevance_of(node);
      all.clear();
      validated.clear();
      for (std::size_t slot = 0; slot < slots_; ++slot) {
        all.push_back(all_now[slot]);
        if (lanes_) validated.push_back(validated_now[slot]);
      }
      relevant.assign(relevant_now, relevant_now + slots_);
      worker.visit(node);
      for (std::size_t slot = 0; slot < slots_; ++slot) {
        if (relevant[slot] != relevant_now[slot] || !same_cell(all[slot], all_now[slot])) {
          changed[number].push_back({node, SlotId::from_index(slot), Lane::all});
        }
        if (lanes_ && !same_cell(validated[slot], validated_now[slot])) {
          changed[number].push_back({node, SlotId::from_index(slot), Lane::validated});
        }
      }
    }
  });
  report.visited_nodes += model_.node_count() - first.index();
  for (const std::vector<ChangedCell>& part : changed) {
    report.cells.insert(report.cells.end(), part.begin(), part.end());
  }
}

}  // namespace jenjang
