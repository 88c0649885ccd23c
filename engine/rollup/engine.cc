#include "engine/rollup/engine.h"

#include <algorithm>

#include "engine/rollup/large_pages.h"
#include "engine/rollup/level_sweep.h"

namespace jenjang {

using rollup::OwnFigure;
using rollup::Tie;

bool rollup::lanes_differ(const Facts& facts) {
  const auto differs = [&facts](const Fact& fact) { return differs_by_lane(facts.observation(fact)); };
  if (facts.revised.empty()) return std::any_of(facts.facts.begin(), facts.facts.end(), differs);
  for (const Fact& fact : facts.facts) {
    if (!facts.revised.contains(fact.node.value()) && differs(fact)) return true;
  }
  return std::any_of(facts.revised.begin(), facts.revised.end(), [&differs](const auto& entry) {
    return std::any_of(entry.second.begin(), entry.second.end(), differs);
  });
}

RollupEngine::RollupEngine(const Model& model, const TargetTable& targets, const Facts& facts,
                           const RollupOptions& options, std::span<const rollup::FactDigest> digests)
    : model_(model),
      targets_(targets),
      facts_(facts),
      options_(options),
      slots_((result_.grid_ = rollup::make_grid(targets, facts)).size()),
      bounds_(model, slots_),
      digests_(digests) {
  const std::size_t nodes = model.node_count();
  result_.as_of_ = options.as_of;
  result_.nodes_ = nodes;
  const std::size_t cells = RollupResult::cells_for(nodes, slots_);
  rollup::reserve_large(result_.all_, cells);
  result_.all_.resize(cells);
  result_.relevant_.assign(nodes * slots_, 0);
  tree_ = rollup::TimeTree(result_.grid_);
  for (std::size_t slot = 0; slot < slots_; ++slot) all_slots_.push_back(static_cast<std::uint32_t>(slot));
  target_begin_.assign(nodes + 1, 0);
  for (const TargetCell& cell : targets.cells) ++target_begin_[cell.node.index() + 1];
  for (std::size_t node = 0; node < nodes; ++node) target_begin_[node + 1] += target_begin_[node];
  plans_ = rollup::make_node_plans(model, targets, result_.grid_, target_begin_);
  weights_.reserve(model.formula_edges.size() + model.crosscut_edges.size());
  for (const FormulaEdge& edge : model.formula_edges) weights_.push_back(edge.weight.to_double());
  for (const CrosscutEdge& edge : model.crosscut_edges) {
    weights_.push_back(edge.share ? edge.share->to_double() : 1.0);
  }
  factors_.reserve(model.items.size());
  for (const Item& item : model.items) factors_.push_back(item.spec.factor.to_double());
  for (std::size_t i = 0; i < model.scales.size(); ++i) {
    if (model.scales[i].kind == Scale::Kind::bands) {
      cuts_.emplace(static_cast<std::uint32_t>(i), rollup::BandCuts(model.scales[i]));
    }
  }
  if (options.validated_lane && rollup::lanes_differ(facts)) {
    rollup::reserve_large(result_.validated_, cells);
    result_.validated_.resize(cells);
    ratio_row_.resize(nodes);
    std::uint32_t rows = 0;
    for (std::size_t i = 0; i < nodes; ++i) {
      ratio_row_[i] = rows;
      if (rollup::aggregation_of(model.item(NodeId::from_index(i))) == Aggregation::ratio) ++rows;
    }
    known_validated_.assign(rows * slots_, 0);
  }
  for (unsigned i = 0; i < worker_count(); ++i) workers_.push_back(std::make_unique<RollupWorker>(*this));
}

RollupEngine::~RollupEngine() = default;

unsigned RollupEngine::worker_count() const {
  constexpr std::size_t kMost = 256;
  const std::size_t useful = std::clamp<std::size_t>(result_.nodes_, 1, kMost);
  return static_cast<unsigned>(std::clamp<std::size_t>(options_.threads, 1, useful));
}

RollupWorker& RollupEngine::worker(unsigned index) {
  return *workers_[index];
}

std::span<const TargetCell> RollupEngine::targets_of(NodeId node) const {
  const std::uint32_t first = target_begin_[node.index()];
  return std::span(targets_.cells).subspan(first, target_begin_[node.index() + 1] - first);
}

const TargetCell* RollupEngine::target_in(NodeId node, Period period) const {
  for (const TargetCell& cell : targets_of(node)) {
    if (!(cell.period < period)) return cell.period == period ? &cell : nullptr;
  }
  return nullptr;
}

std::span<const std::uint32_t> RollupEngine::reached_slots(const Item& parent, const std::uint32_t& slot) const {
  // A missing child may stand with a figure of any earlier period there.
  if (parent.spec.missing == MissingPolicy::carry) return all_slots_;
  return {&slot, 1};
}

void RollupEngine::sweep(DiagnosticSink* sink) {
  if (slots_ == 0) return;
  const rollup::LevelSweep levels(model_.graph, NodeId(0), worker_count());
  std::vector<DiagnosticSink> found(levels.chunk_count());
  levels.run([&](unsigned thread, const rollup::LevelSweep::Chunk& chunk, std::size_t number) {
    RollupWorker& at_work = worker(thread);
    at_work.report_to(sink == nullptr ? nullptr : &found[number]);
    for (std::uint32_t node = chunk.first; node < chunk.last; ++node) {
      look_now_and_then(options_.watch, Stage::rollup, node, model_.node_count());
      at_work.visit(NodeId(node));
    }
  });
  for (const std::unique_ptr<RollupWorker>& at_work : workers_) at_work->report_to(nullptr);
  for (const DiagnosticSink& part : found) {
    for (const Diagnostic& finding : part.all()) sink->report(finding);
  }
}

RollupWorker::RollupWorker(RollupEngine& engine)
    : shared_(engine),
      model_(engine.model_),
      facts_(engine.facts_),
      options_(engine.options_),
      bounds_(engine.bounds_),
      tree_(engine.tree_),
      result_(engine.result_),
      slots_(engine.slots_),
      wanted_(engine.all_slots_) {
  target_at_.resize(slots_);
  own_.resize(slots_);
  partials_.resize(slots_);
  operands_.resize(slots_);
  shares_.resize(slots_);
  coverage_.resize(slots_);
}

ExactEvaluator& RollupWorker::exact(Lane lane) {
  auto& evaluator = exact_[static_cast<std::size_t>(lane)];
  if (!evaluator) {
    evaluator = std::make_unique<ExactEvaluator>(model_, shared_.targets_, facts_, lane, options_.as_of);
  }
  return *evaluator;
}

void RollupWorker::forget(NodeId node, std::size_t slot) {
  for (const auto& evaluator : exact_) {
    if (evaluator) evaluator->forget(node, period(slot));
  }
}

void RollupWorker::forget_all() {
  for (const auto& evaluator : exact_) {
    if (evaluator) evaluator->forget_all();
  }
}

void RollupWorker::visit(NodeId node) {
  mark_relevant(node, shared_.all_slots_);
  visit(node, shared_.all_slots_);
}

void RollupWorker::visit(NodeId node, std::span<const std::uint32_t> slots) {
  wanted_ = slots;
  plan_ = &shared_.plans_[node.index()];
  item_ = &model_.items[plan_->item];
  value_error_ = bounds_.value_error(node, 1);
  achievement_error_ = bounds_.achievement_error(node, 1);
  gather_targets(node);
  visit_lane(node, Lane::all);
  if (!result_.has_validated_lane()) return;
  visit_lane(node, Lane::validated);
  if (plan_->is(rollup::NodePlan::ratio)) keep_lane_denominators(node);
}

void RollupWorker::keep_lane_denominators(NodeId node) {
  double* const kept = &shared_.known_validated_[shared_.ratio_row_[node.index()] * slots_];
  for (const std::uint32_t slot : wanted_) {
    ResultCell& cell = row(node, Lane::validated)[slot];
    kept[slot] = cell.expected_weight;
    cell.expected_weight = row(node, Lane::all)[slot].expected_weight;
  }
}

double RollupWorker::lane_denominator(NodeId node, std::size_t slot, Lane lane, const ResultCell& cell) const {
  if (lane == Lane::all || rollup::aggregation_of(model_.item(node)) != Aggregation::ratio) return cell.expected_weight;
  return shared_.known_validated_[shared_.ratio_row_[node.index()] * slots_ + slot];
}

void RollupWorker::gather_targets(NodeId node) {
  if (plan_->is(rollup::NodePlan::dense_targets)) {
    const TargetCell* const first = &shared_.targets_.cells[plan_->first_target];
    for (const std::uint32_t slot : wanted_) target_at_[slot] = first + slot;
    return;
  }
  const std::span<const TargetCell> cells = shared_.targets_of(node);
  for (const std::uint32_t slot : wanted_) {
    const Period wanted = period(slot);
    const auto at = std::partition_point(cells.begin(), cells.end(),
                                         [wanted](const TargetCell& cell) { return cell.period < wanted; });
    target_at_[slot] = at != cells.end() && at->period == wanted ? &*at : nullptr;
  }
}

void RollupWorker::mark_relevant(NodeId node, std::span<const std::uint32_t> slots) {
  std::uint8_t* const relevant = &result_.relevant_[node.index() * slots_];
  for (const std::uint32_t slot : slots) relevant[slot] = 0;
  const auto mark = [&](Period stated) {
    const auto slot = result_.grid_.find(stated);
    if (slot && std::binary_search(slots.begin(), slots.end(), slot->value())) relevant[slot->index()] = 1;
  };
  for (const TargetCell& cell : shared_.targets_of(node)) mark(cell.period);
  for (const Fact& fact : facts_.of(node)) {
    // A fact makes every period around it worth showing; one outside the life of its unit only its own.
    const Period stated = facts_.observation(fact).period;
    const int coarsest = rollup::exists_in(model_, node, stated) ? 0 : static_cast<int>(stated.granularity());
    for (int g = coarsest; g <= static_cast<int>(stated.granularity()); ++g)
      mark(stated.enclosing(static_cast<Granularity>(g)));
  }
  rollup::for_each_tie(model_, node, [&](const Tie& tie) {
    const std::uint8_t* const below = &result_.relevant_[tie.child.index() * slots_];
    const bool dated = rollup::is_dated(model_, tie);
    for (const std::uint32_t slot : slots) {
      if (!dated || rollup::weight_in(model_, tie, period(slot))) relevant[slot] |= below[slot];
    }
  });
}

void RollupWorker::visit_lane(NodeId node, Lane lane) {
  accumulate_own(node, lane);
  if (lane == Lane::all && sink_ != nullptr) check_range(node);
  const bool inner = plan_->is(rollup::NodePlan::inner);
  if (plan_->is(rollup::NodePlan::plain)) {
    pull_plain(lane);
  } else if (inner) {
    pull_children(node, lane);
  }
  const auto cells = row(node, lane);
  const Item& item = *item_;
  for (std::size_t place = 0; place < wanted_.size(); ++place) {
    const std::size_t slot = wanted_[place];
    ResultCell& cell = cells[slot];
    if (inner) {
      compose_inner(node, place, lane, cell);
    } else {
      compose_leaf(node, slot, cell);
    }
    if (item.illustrative) cell.flags |= kValueIllustrative;
    if (item.unverified) cell.flags |= kValueUnverified;
    if ((cell.flags & kValueIllustrative) != 0) cell.flags |= kIllustrative;
    if ((cell.flags & kValueUnverified) != 0) cell.flags |= kUnverified;
    achieve(node, slot, lane, cell);
    find_band(node, slot, lane, cell);
    if (lane == Lane::all && own_[slot].stated_beside) compare_stated(node, slot);
  }
}

// In every slot, whichever are wanted: a coarse period is made of its finer ones.
void RollupWorker::accumulate_own(NodeId node, Lane lane) {
  const auto own = facts_.of(node);
  if (own.empty()) {
    if (!own_is_blank_) std::fill(own_.begin(), own_.end(), OwnFigure<double>{});
    own_is_blank_ = true;
    return;
  }
  own_is_blank_ = false;
  // Digests stand beside the list as it was bound, not beside the lists that were made since.
  const bool bound = facts_.revised.empty() || !facts_.revised.contains(node.value());
  const auto digests = bound && !shared_.digests_.empty()
                           ? shared_.digests_.subspan(facts_.fact_begin[node.index()], own.size())
                           : std::span<const rollup::FactDigest>{};
  rollup::accumulate<double>(result_.grid_, tree_, tree_.order(), model_, node, facts_, lane, own_, options_.as_of,
                             digests);
}

}  // namespace jenjang
