#include "engine/rollup/engine.h"

#include <algorithm>

#include "engine/rollup/large_pages.h"
#include "engine/rollup/level_sweep.h"

namespace jenjang {

using rollup::Operand;
using rollup::Outcome;
using rollup::OwnFigure;
using rollup::Partial;
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
                           const RollupOptions& options)
    : model_(model),
      targets_(targets),
      facts_(facts),
      options_(options),
      slots_((result_.grid_ = rollup::make_grid(targets, facts)).size()),
      bounds_(model, slots_) {
  const std::size_t nodes = model.node_count();
  result_.as_of_ = options.as_of;
  result_.nodes_ = nodes;
  rollup::reserve_large(result_.all_, nodes * slots_);
  result_.all_.resize(nodes * slots_);
  result_.relevant_.assign(nodes * slots_, 0);
  tree_ = rollup::TimeTree(result_.grid_);
  for (std::size_t slot = 0; slot < slots_; ++slot) all_slots_.push_back(static_cast<std::uint32_t>(slot));
  target_begin_.assign(nodes + 1, 0);
  for (const TargetCell& cell : targets.cells) ++target_begin_[cell.node.index() + 1];
  for (std::size_t node = 0; node < nodes; ++node) target_begin_[node + 1] += target_begin_[node];
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
    rollup::reserve_large(result_.validated_, nodes * slots_);
    result_.validated_.resize(nodes * slots_);
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
    for (std::uint32_t node = chunk.first; node < chunk.last; ++node) at_work.visit(NodeId(node));
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
  gather_targets(node);
  visit_lane(node, Lane::all);
  if (!result_.has_validated_lane()) return;
  visit_lane(node, Lane::validated);
  if (rollup::aggregation_of(model_.item(node)) == Aggregation::ratio) keep_lane_denominators(node);
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
  const std::span<const TargetCell> cells = shared_.targets_of(node);
  has_targets_ = !cells.empty();
  for (const std::uint32_t slot : wanted_) {
    const Period wanted = period(slot);
    // Where every period has a target, the place is the slot.
    const TargetCell* found = slot < cells.size() ? &cells[slot] : nullptr;
    if (found == nullptr || found->period != wanted) {
      const auto at = std::partition_point(cells.begin(), cells.end(),
                                           [wanted](const TargetCell& cell) { return cell.period < wanted; });
      found = at != cells.end() && at->period == wanted ? &*at : nullptr;
    }
    target_at_[slot] = found;
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
    // A fact makes every period around it worth showing.
    const Period stated = facts_.observation(fact).period;
    for (int g = 0; g <= static_cast<int>(stated.granularity()); ++g)
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
  const bool inner = rollup::is_inner(model_, node);
  if (inner) pull_children(node, lane);
  ResultCell* const cells = row(node, lane);
  const Item& item = model_.item(node);
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
  rollup::accumulate<double>(result_.grid_, tree_, tree_.order(), model_.item(node), facts_, own, lane, own_,
                             options_.as_of);
}

void RollupWorker::pull_children(NodeId node, Lane lane) {
  const Item& item = model_.item(node);
  const Aggregation aggregation = rollup::aggregation_of(item);
  const std::size_t count = wanted_.size();
  std::fill_n(partials_.begin(), count, Partial<double>{});
  std::fill_n(coverage_.begin(), count, Coverage{});
  if (aggregation == Aggregation::table) std::fill_n(shares_.begin(), count, rollup::ShareCount{});
  // A few cells of rows that lie far apart: they are asked for some children ahead, so that memory answers several at a
  // time. A full sweep reads whole rows in order, which the processor foresees.
  constexpr std::size_t kAhead = 8;
  const auto children = count < slots_ ? model_.graph.children(node) : std::span<const NodeId>{};
  std::size_t asked = 0;
  while (asked < std::min(kAhead, children.size())) ask_for(children[asked++], lane);
  rollup::for_each_tie(model_, node, [&](const Tie& tie) {
    if (asked < children.size()) ask_for(children[asked++], lane);
    offer(tie, lane, item.spec);
    refuse_offers(node, tie, lane);
    if (tie.overlap != nullptr || rollup::is_dated(model_, tie)) {
      // Outside its dates the child is no part of the parent: neither in the arithmetic nor in the coverage.
      for (std::size_t place = 0; place < count; ++place) {
        const auto held = rollup::weight_in(model_, tie, period(wanted_[place]));
        if (!held) continue;
        add_operands(tie, held->to_double(), item, place, 1);
        cover(tie, held->to_double(), lane, aggregation, place, 1);
      }
      return;
    }
    const double weight = shared_.weights_[tie.index];
    add_operands(tie, weight, item, 0, count);
    cover(tie, weight, lane, aggregation, 0, count);
  });
}

void RollupWorker::ask_for_inputs(NodeId node, std::span<const std::uint32_t> slots) {
  wanted_ = slots;
  const auto children = model_.graph.children(node);
  // More would only drive out what was asked for first.
  constexpr std::size_t kMost = 16;
  for (const NodeId child : children.first(std::min(children.size(), kMost))) {
    ask_for(child, Lane::all);
    if (result_.has_validated_lane()) ask_for(child, Lane::validated);
  }
  const std::span<const TargetCell> cells = shared_.targets_of(node);
  for (const std::uint32_t slot : slots) {
    if (slot < cells.size()) __builtin_prefetch(&cells[slot]);
  }
}

void RollupWorker::ask_for(NodeId child, Lane lane) {
  const ResultCell* const cells = row(child, lane);
  for (const std::uint32_t slot : wanted_) {
    __builtin_prefetch(&cells[slot]);
    __builtin_prefetch(&cells[slot].expected_months);  // a cell may lie across two lines
  }
}

void RollupWorker::refuse_offers(NodeId node, const Tie& tie, Lane lane) {
  if (tie.overlap == nullptr && model_.node_item[node.index()] == model_.node_item[tie.child.index()]) return;
  for (std::size_t place = 0; place < wanted_.size(); ++place) {
    const std::uint32_t slot = wanted_[place];
    const auto carries = [&](NodeId below) {
      const ResultCell& cell = row(below, lane)[slot];
      return rollup::aggregation_of(model_.item(below)) == Aggregation::ratio ? cell.denominator != 0
                                                                              : cell.state == CellState::value;
    };
    const auto refused = rollup::refused_offer(model_, node, tie, period(slot), carries);
    if (refused) operands_[place].state = *refused;
  }
}

// Adds what one tie offered to the partials of some places, all with one weight.
void RollupWorker::add_operands(const Tie& tie, double weight, const Item& parent, std::size_t first,
                                std::size_t count) {
  const Aggregation aggregation = rollup::aggregation_of(parent);
  const MissingPolicy policy = parent.spec.missing;
  const std::span<Partial<double>> into = std::span(partials_).subspan(first, count);
  const std::span<const Operand<double>> child = std::span(operands_).subspan(first, count);
  switch (aggregation) {
    case Aggregation::ratio:
      if (tie.role == EdgeRole::operand) {
        rollup::add_pair<double>(into, child, weight, policy);
      } else {
        rollup::add_pair_operand<double>(into, child, weight, tie.role);
      }
      break;
    case Aggregation::minimum:
    case Aggregation::maximum:
      rollup::add_extremum<double>(into, child, aggregation == Aggregation::maximum, policy);
      break;
    case Aggregation::table:
      for (std::size_t i = 0; i < count; ++i) {
        shares_[first + i].add(model_, tie, child[i].state, child[i].value > 0, policy);
      }
      break;
    default:
      rollup::add_weighted<double>(into, child, weight, policy);
      break;
  }
}

// Fills operands_ with what the child of one tie offers in every wanted slot.
void RollupWorker::offer(const Tie& tie, Lane lane, const MeasureSpec& parent) {
  for (std::size_t place = 0; place < wanted_.size(); ++place) {
    operands_[place] = offer_in(tie, wanted_[place], lane, parent);
  }
  // Half a pair is no pair: the operands of a ratio of its own are not carried apart.
  if (parent.missing != MissingPolicy::carry || tie.role != EdgeRole::operand) return;
  const auto offer_at = [&](SlotId earlier) { return offer_in(tie, earlier.index(), lane, parent); };
  for (std::size_t place = 0; place < wanted_.size(); ++place) {
    rollup::carry_forward<double>(operands_[place], result_.grid_, model_.item(tie.child), SlotId(wanted_[place]),
                                  parent.carry_months, offer_at);
  }
}

Operand<double> RollupWorker::offer_in(const Tie& tie, std::size_t slot, Lane lane, const MeasureSpec& parent) {
  const Aggregation aggregation = parent.aggregation;
  const ResultCell& cell = row(tie.child, lane)[slot];
  Operand<double> operand;
  operand.state = cell.state;
  if (aggregation == Aggregation::ratio && tie.role == EdgeRole::operand) {
    const bool has_pair = cell.denominator != 0;
    if (has_pair) {
      operand.state = CellState::value;
    } else if (cell.state == CellState::value) {
      operand.state = CellState::empty;
    }
    operand.numerator = cell.numerator;
    operand.denominator = cell.denominator;
    operand.known = lane_denominator(tie.child, slot, lane, cell);
    return operand;
  }
  operand.value = cell.value;
  if (aggregation == Aggregation::share_meeting) {
    if (cell.state != CellState::value) return operand;
    bool has_target = false;
    const bool met = meets_target(tie.child, slot, lane, cell, parent.mark, &has_target);
    operand.value = met ? 1 : 0;
    if (!has_target) operand.state = CellState::not_applicable;
  } else if (aggregation == Aggregation::table) {
    operand.value =
        cell.state == CellState::value && rollup::answers_yes<double>(model_, tie.child, cell.value) ? 1 : 0;
  } else if (tie.carry == Carry::achievement) {
    operand.value = rollup::carried<double>(parent.cap_level, cell.achievement_raw, cell.achievement);
    operand.state = cell.achievement_state;
  }
  return operand;
}

// Coverage and origin flags along one tie, at some places; operands_ hold what it offered.
void RollupWorker::cover(const Tie& tie, double weight, Lane lane, Aggregation aggregation, std::size_t first,
                         std::size_t count) {
  const ResultCell* const child = row(tie.child, lane);
  const bool carries_target = tie.carry == Carry::achievement || aggregation == Aggregation::share_meeting;
  for (std::size_t place = first; place < first + count; ++place) {
    const std::size_t slot = wanted_[place];
    const ResultCell& cell = child[slot];
    Coverage& coverage = coverage_[place];
    const bool contributes = operands_[place].state == CellState::value;
    if (contributes) {
      unsigned inherited =
          cell.flags & (kTouchedUnvalidated | kSigned | kPartial | kCarried | kValueIllustrative | kValueUnverified);
      if (carries_target && (cell.flags & kIllustrative) != 0) inherited |= kValueIllustrative;
      if (weight < 0) inherited |= kSigned;
      coverage.flags |= inherited;
    }
    if (contributes && operands_[place].carried) coverage.flags |= kCarried;
    const rollup::Coverage<double> told{cell.covered,         cell.expected,       cell.covered_weight,
                                        cell.expected_weight, cell.covered_months, cell.expected_months};
    rollup::cover<double>(coverage, tie, weight, aggregation, operands_[place], told,
                          aggregation == Aggregation::weighted_mean ? known_weight(tie.child, slot, lane) : 0);
  }
}

// Weight that coverage is measured against: of a ratio the denominators that the full lane knows,
// for both lanes, so that the validated share is a share of all there is.
double RollupWorker::known_weight(NodeId node, std::size_t slot, Lane lane) {
  const bool ratio = rollup::aggregation_of(model_.item(node)) == Aggregation::ratio;
  return row(node, ratio ? Lane::all : lane)[slot].expected_weight;
}

Outcome<double> RollupWorker::finish(NodeId node, std::size_t place, Aggregation aggregation,
                                     MissingPolicy policy) const {
  switch (aggregation) {
    case Aggregation::sum:
      return rollup::finish_sum(partials_[place], policy);
    case Aggregation::ratio:
      return rollup::finish_ratio(partials_[place], policy);
    case Aggregation::minimum:
    case Aggregation::maximum:
      return rollup::finish_extremum(partials_[place], policy);
    case Aggregation::table: {
      const rollup::SharePoints found = shares_[place].finish(model_, model_.item(node), policy);
      Outcome<double> outcome;
      outcome.state = found.state;
      outcome.partial = found.partial;
      if (found.points) outcome.value = found.points->to_double();
      return outcome;
    }
    default:
      return rollup::finish_mean(partials_[place], policy);
  }
}

namespace {

void take_own(const OwnFigure<double>& own, ResultCell& cell) {
  cell.value = own.value;
  cell.state = CellState::value;
  unsigned flags = own.flags & (kTouchedUnvalidated | kSigned);
  if ((own.flags & kIllustrative) != 0) flags |= kValueIllustrative;
  if ((own.flags & kUnverified) != 0) flags |= kValueUnverified;
  if (own.partial) flags |= kPartial;
  if (own.carried) flags |= kCarried;
  cell.flags = static_cast<std::uint16_t>(flags);
  cell.covered_months = static_cast<std::uint32_t>(own.covered_months);
  cell.expected_months = static_cast<std::uint32_t>(own.expected_months);
}

}  // namespace

void RollupWorker::compose_leaf(NodeId node, std::size_t slot, ResultCell& cell) const {
  const OwnFigure<double>& own = own_[slot];
  cell = ResultCell{};
  if (own.has_fact && own.state == CellState::value) {
    take_own(own, cell);
    cell.covered = 1;
    cell.covered_weight = 1;
  } else {
    cell.value = own.value;
    cell.state = own.state;
    if (!own.complete_reason) {
      const CellState missing = rollup::missing_state(model_.item(node), period(slot), options_.as_of, has_targets_,
                                                      target_at_[slot] != nullptr || own.reported.any);
      cell.state = own.has_fact ? rollup::more_urgent(own.state, missing) : missing;
    }
    cell.covered_months = static_cast<std::uint32_t>(own.covered_months);
    cell.expected_months = static_cast<std::uint32_t>(own.expected_months);
    if (own.below_coverage) cell.flags |= kBelowCoverage;
  }
  if (cell.state != CellState::not_applicable) {
    cell.expected = 1;
    cell.expected_weight = 1;
  }
}

void RollupWorker::ask_coverage(NodeId node, std::size_t place, Lane lane, Outcome<double>& up, unsigned& flags) {
  const Item& item = model_.item(node);
  if (!item.spec.least_coverage || up.state != CellState::value) return;
  const std::size_t slot = wanted_[place];
  rollup::Coverage<double> coverage = coverage_[place];
  if (rollup::aggregation_of(item) == Aggregation::ratio) {
    coverage.expected_weight = lane == Lane::all ? up.known : row(node, Lane::all)[slot].expected_weight;
  }
  rollup::Enough enough = rollup::enough<double>(coverage, *item.spec.least_coverage);
  if (enough == rollup::Enough::uncertain) {
    flags |= kDecidedExactly;
    enough = exact(lane).is_below_coverage(node, period(slot)) ? rollup::Enough::no : rollup::Enough::yes;
  }
  if (enough == rollup::Enough::yes) return;
  rollup::refuse_for_coverage(up);
  flags |= kBelowCoverage;
}

void RollupWorker::compose_inner(NodeId node, std::size_t place, Lane lane, ResultCell& cell) {
  const std::size_t slot = wanted_[place];
  const Item& item = model_.item(node);
  const Aggregation aggregation = rollup::aggregation_of(item);
  Outcome<double> up = finish(node, place, aggregation, item.spec.missing);
  if (aggregation == Aggregation::ratio) rollup::cover_own_pair<double>(coverage_[place], partials_[place]);
  const Coverage& coverage = coverage_[place];
  unsigned flags = coverage.flags;
  if (up.partial) flags |= kPartial;
  ask_coverage(node, place, lane, up, flags);
  cell = ResultCell{};
  cell.value = up.value * shared_.factors_[model_.node_item[node.index()].index()];
  cell.state = up.state;
  if (up.has_pair) {
    cell.numerator = up.numerator;
    cell.denominator = up.denominator;
  }
  cell.flags = static_cast<std::uint16_t>(flags);
  cell.covered_months = coverage.covered_months;
  cell.expected_months = coverage.expected_months;
  cell.covered = coverage.covered;
  cell.expected = coverage.expected;
  cell.covered_weight = coverage.covered_weight;
  cell.expected_weight = aggregation == Aggregation::ratio ? up.known : coverage.expected_weight;
  const OwnFigure<double>& own = own_[slot];
  if (!own.has_fact || own.state != CellState::value) return;
  const bool rolled = up.state == CellState::value;
  const double roll_up = cell.value;
  if (rollup::own_figure_first(item) || !rolled) {
    const ResultCell children = cell;
    take_own(own, cell);
    cell.flags |= kOwnFigure | (children.flags & kDecidedExactly);
    cell.numerator = children.numerator;  // the children's pair still serves the node above
    cell.denominator = children.denominator;
    if (aggregation == Aggregation::ratio) {
      cell.covered_weight = children.covered_weight;
      cell.expected_weight = children.expected_weight;
      cell.covered = children.covered;
      cell.expected = children.expected;
    } else {
      cell.covered = cell.expected = 1;
      cell.covered_weight = cell.expected_weight = 1;
    }
  }
  if (rolled) compare_own(node, slot, roll_up, cell);
}

}  // namespace jenjang
