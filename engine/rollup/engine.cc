#include "engine/rollup/engine.h"

#include <algorithm>

namespace jenjang {

using rollup::Operand;
using rollup::Outcome;
using rollup::OwnFigure;
using rollup::Partial;
using rollup::Tie;

RollupEngine::RollupEngine(const Model& model, const TargetTable& targets, const Facts& facts,
                           const RollupOptions& options, DiagnosticSink& sink)
    : model_(model), targets_(targets), facts_(facts), options_(options), sink_(sink), bounds_(model, facts) {
  result_.grid_ = rollup::make_grid(targets, facts);
  result_.as_of_ = options.as_of;
  slots_ = result_.grid_.size();
  tree_ = rollup::TimeTree(result_.grid_);
  weights_.reserve(model.formula_edges.size() + model.crosscut_edges.size());
  for (const FormulaEdge& edge : model.formula_edges) weights_.push_back(edge.weight.to_double());
  for (const CrosscutEdge& edge : model.crosscut_edges) {
    weights_.push_back(edge.share ? edge.share->to_double() : 1.0);
  }
  for (std::size_t i = 0; i < model.scales.size(); ++i) {
    if (model.scales[i].kind == Scale::Kind::bands) {
      cuts_.emplace(static_cast<std::uint32_t>(i), rollup::BandCuts(model.scales[i]));
    }
  }
  target_at_.resize(slots_);
  own_.resize(slots_);
  partials_.resize(slots_);
  operands_.resize(slots_);
  shares_.resize(slots_);
  coverage_.resize(slots_);
}

ExactEvaluator& RollupEngine::exact(Lane lane) {
  auto& evaluator = exact_[static_cast<std::size_t>(lane)];
  if (!evaluator) evaluator = std::make_unique<ExactEvaluator>(model_, targets_, facts_, lane, options_.as_of);
  return *evaluator;
}

RollupResult RollupEngine::run() {
  const std::size_t nodes = model_.node_count();
  result_.nodes_ = nodes;
  result_.all_.resize(nodes * slots_);
  result_.relevant_.assign(nodes * slots_, false);
  const bool lanes_differ = std::any_of(facts_.facts.begin(), facts_.facts.end(),
                                        [this](const Fact& fact) { return !facts_.observation(fact).validated; });
  const bool validated = options_.validated_lane && lanes_differ;
  if (validated) result_.validated_.resize(nodes * slots_);
  for (std::size_t i = 0; i < nodes && slots_ > 0; ++i) {
    const NodeId node = NodeId::from_index(i);
    gather_targets(node);
    mark_relevant(node);
    visit(node, Lane::all);
    if (validated) visit(node, Lane::validated);
  }
  if (validated) align_known_weights();
  return std::move(result_);
}

// During the sweep a lane's arithmetic saw its own denominators only; readers compare with all known.
void RollupEngine::align_known_weights() {
  for (std::size_t i = 0; i < result_.nodes_; ++i) {
    const NodeId node = NodeId::from_index(i);
    if (rollup::aggregation_of(model_.item(node)) != Aggregation::ratio) continue;
    for (std::size_t slot = 0; slot < slots_; ++slot) {
      row(node, Lane::validated)[slot].expected_weight = row(node, Lane::all)[slot].expected_weight;
    }
  }
}

void RollupEngine::gather_targets(NodeId node) {
  std::fill(target_at_.begin(), target_at_.end(), nullptr);
  for (const TargetCell& cell : targets_.of(node)) {
    if (const auto slot = result_.grid_.find(cell.period)) target_at_[slot->index()] = &cell;
  }
}

void RollupEngine::mark_relevant(NodeId node) {
  const std::size_t first = node.index() * slots_;
  for (std::size_t slot = 0; slot < slots_; ++slot) {
    if (target_at_[slot] != nullptr) result_.relevant_[first + slot] = true;
  }
  for (const Fact& fact : facts_.of(node)) {
    // A fact makes every period around it worth showing.
    const Period stated = facts_.observation(fact).period;
    for (int g = 0; g <= static_cast<int>(stated.granularity()); ++g) {
      if (const auto slot = result_.grid_.find(stated.enclosing(static_cast<Granularity>(g)))) {
        result_.relevant_[first + slot->index()] = true;
      }
    }
  }
  rollup::for_each_tie(model_, node, [&](const Tie& tie) {
    const std::size_t child = tie.child.index() * slots_;
    for (std::size_t slot = 0; slot < slots_; ++slot) {
      if (result_.relevant_[child + slot]) result_.relevant_[first + slot] = true;
    }
  });
}

void RollupEngine::visit(NodeId node, Lane lane) {
  accumulate_own(node, lane);
  const bool inner = rollup::is_inner(model_, node);
  if (inner) pull_children(node, lane);
  ResultCell* const cells = row(node, lane);
  for (std::size_t slot = 0; slot < slots_; ++slot) {
    ResultCell& cell = cells[slot];
    if (inner) {
      compose_inner(node, slot, cell);
    } else {
      compose_leaf(node, slot, cell);
    }
    const Item& item = model_.item(node);
    if (item.illustrative) cell.flags |= kValueIllustrative;
    if (item.unverified) cell.flags |= kValueUnverified;
    if ((cell.flags & kValueIllustrative) != 0) cell.flags |= kIllustrative;
    if ((cell.flags & kValueUnverified) != 0) cell.flags |= kUnverified;
    achieve(node, slot, lane, cell);
    find_band(node, slot, lane, cell);
    if (lane == Lane::all && own_[slot].stated_beside) compare_stated(node, slot);
  }
}

void RollupEngine::accumulate_own(NodeId node, Lane lane) {
  const auto own = facts_.of(node);
  if (own.empty()) {
    std::fill(own_.begin(), own_.end(), OwnFigure<double>{});
    return;
  }
  rollup::accumulate<double>(result_.grid_, tree_, tree_.order(), model_.item(node), facts_, own, lane, own_);
}

void RollupEngine::pull_children(NodeId node, Lane lane) {
  const Item& item = model_.item(node);
  const Aggregation aggregation = rollup::aggregation_of(item);
  const MissingPolicy policy = item.spec.missing;
  std::fill(partials_.begin(), partials_.end(), Partial<double>{});
  std::fill(coverage_.begin(), coverage_.end(), Coverage{});
  if (aggregation == Aggregation::table) std::fill(shares_.begin(), shares_.end(), rollup::ShareCount{});
  rollup::for_each_tie(model_, node, [&](const Tie& tie) {
    const double weight = weights_[tie.index];
    offer(tie, lane, item.spec);
    switch (aggregation) {
      case Aggregation::ratio:
        if (tie.role == EdgeRole::operand) {
          rollup::add_pair<double>(partials_, operands_, weight, policy);
        } else {
          rollup::add_pair_operand<double>(partials_, operands_, weight, tie.role);
        }
        break;
      case Aggregation::minimum:
      case Aggregation::maximum:
        rollup::add_extremum<double>(partials_, operands_, aggregation == Aggregation::maximum, policy);
        break;
      case Aggregation::table:
        for (std::size_t slot = 0; slot < slots_; ++slot) {
          shares_[slot].add(model_, tie, operands_[slot].state, operands_[slot].value > 0, policy);
        }
        break;
      default:
        rollup::add_weighted<double>(partials_, operands_, weight, policy);
        break;
    }
    cover(tie, weight, lane, aggregation);
  });
}

// Fills operands_ with what the child of one tie offers in every slot.
void RollupEngine::offer(const Tie& tie, Lane lane, const MeasureSpec& parent) {
  const Aggregation aggregation = parent.aggregation;
  const ResultCell* const child = row(tie.child, lane);
  if (aggregation == Aggregation::ratio && tie.role == EdgeRole::operand) {
    for (std::size_t slot = 0; slot < slots_; ++slot) {
      const ResultCell& cell = child[slot];
      const bool has_pair = cell.denominator != 0;
      operands_[slot] = {0,
                         has_pair                         ? CellState::value
                         : cell.state == CellState::value ? CellState::empty
                                                          : cell.state,
                         cell.numerator, cell.denominator, cell.expected_weight};
    }
    return;
  }
  for (std::size_t slot = 0; slot < slots_; ++slot) {
    const ResultCell& cell = child[slot];
    Operand<double>& operand = operands_[slot];
    operand = {cell.value, cell.state, 0, 0, 0};
    if (aggregation == Aggregation::share_meeting) {
      if (cell.state != CellState::value) continue;
      bool has_target = false;
      const bool met = meets_target(tie.child, slot, lane, cell, parent.mark, &has_target);
      operand.value = met ? 1 : 0;
      if (!has_target) operand.state = CellState::not_applicable;
    } else if (aggregation == Aggregation::table) {
      operand.value =
          cell.state == CellState::value && rollup::answers_yes<double>(model_, tie.child, cell.value) ? 1 : 0;
    } else if (tie.carry == Carry::achievement) {
      operand.value = cell.achievement;
      operand.state = cell.achievement_state;
    }
  }
}

// Coverage and origin flags along one tie; operands_ hold what it offered.
void RollupEngine::cover(const Tie& tie, double weight, Lane lane, Aggregation aggregation) {
  const ResultCell* const child = row(tie.child, lane);
  const bool own_pair = aggregation == Aggregation::ratio && tie.role != EdgeRole::operand;
  const bool carries_target = tie.carry == Carry::achievement || aggregation == Aggregation::share_meeting;
  for (std::size_t slot = 0; slot < slots_; ++slot) {
    const ResultCell& cell = child[slot];
    Coverage& coverage = coverage_[slot];
    const bool contributes = operands_[slot].state == CellState::value;
    if (contributes) {
      unsigned inherited =
          cell.flags & (kTouchedUnvalidated | kSigned | kPartial | kValueIllustrative | kValueUnverified);
      if (carries_target && (cell.flags & kIllustrative) != 0) inherited |= kValueIllustrative;
      if (weight < 0) inherited |= kSigned;
      coverage.flags |= inherited;
    }
    // Operands of one ratio are one report together; judgements are no units.
    if (own_pair || tie.role == EdgeRole::judgement || operands_[slot].state == CellState::not_applicable) continue;
    coverage.expected += cell.expected;
    if (contributes) coverage.covered += cell.covered;
    switch (aggregation) {
      case Aggregation::ratio:
        if (contributes) coverage.covered_weight += weight * cell.covered_weight;
        break;
      case Aggregation::weighted_mean: {
        if (cell.expected == 0) break;
        coverage.expected_weight += weight;
        const double known = known_weight(tie.child, slot, lane);
        if (contributes && known > 0) coverage.covered_weight += weight * (cell.covered_weight / known);
        break;
      }
      default:
        coverage.expected_weight += cell.expected;
        if (contributes) coverage.covered_weight += cell.covered;
        break;
    }
  }
}

// Weight that coverage is measured against: of a ratio the denominators that the full lane knows,
// for both lanes, so that the validated share is a share of all there is.
double RollupEngine::known_weight(NodeId node, std::size_t slot, Lane lane) {
  const bool ratio = rollup::aggregation_of(model_.item(node)) == Aggregation::ratio;
  return row(node, ratio ? Lane::all : lane)[slot].expected_weight;
}

// The pair of a ratio's own operands counts as one reporting unit.
void RollupEngine::cover_own_pair(std::size_t slot) {
  const Partial<double>& partial = partials_[slot];
  if (partial.pair_operands == 0) return;
  Coverage& coverage = coverage_[slot];
  const double denominator = partial.pair_denominator.value();
  const bool excluded = partial.pair_missing == 0 && (partial.pair_excluded > 0 || denominator == 0);
  if (excluded) return;
  ++coverage.expected;
  if (partial.pair_missing == 0) {
    ++coverage.covered;
    coverage.covered_weight += denominator;
  }
}

Outcome<double> RollupEngine::finish(NodeId node, std::size_t slot, Aggregation aggregation,
                                     MissingPolicy policy) const {
  switch (aggregation) {
    case Aggregation::sum:
      return rollup::finish_sum(partials_[slot], policy);
    case Aggregation::ratio:
      return rollup::finish_ratio(partials_[slot], policy);
    case Aggregation::minimum:
    case Aggregation::maximum:
      return rollup::finish_extremum(partials_[slot], policy);
    case Aggregation::table: {
      const rollup::SharePoints found = shares_[slot].finish(model_, model_.item(node), policy);
      Outcome<double> outcome;
      outcome.state = found.state;
      outcome.partial = found.partial;
      if (found.points) outcome.value = found.points->to_double();
      return outcome;
    }
    default:
      return rollup::finish_mean(partials_[slot], policy);
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
  cell.flags = static_cast<std::uint16_t>(flags);
}

}  // namespace

void RollupEngine::compose_leaf(NodeId node, std::size_t slot, ResultCell& cell) const {
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
      const CellState missing = rollup::missing_state(model_.item(node), period(slot), options_.as_of,
                                                      !targets_.of(node).empty(), target_at_[slot] != nullptr);
      cell.state = own.has_fact ? rollup::more_urgent(own.state, missing) : missing;
    }
  }
  if (cell.state != CellState::not_applicable) {
    cell.expected = 1;
    cell.expected_weight = 1;
  }
}

void RollupEngine::compose_inner(NodeId node, std::size_t slot, ResultCell& cell) {
  const Item& item = model_.item(node);
  const Aggregation aggregation = rollup::aggregation_of(item);
  const Outcome<double> up = finish(node, slot, aggregation, item.spec.missing);
  if (aggregation == Aggregation::ratio) cover_own_pair(slot);
  const Coverage& coverage = coverage_[slot];
  cell = ResultCell{};
  cell.value = up.value * item.spec.factor.to_double();
  cell.state = up.state;
  if (up.has_pair) {
    cell.numerator = up.numerator;
    cell.denominator = up.denominator;
  }
  unsigned flags = coverage.flags;
  if (up.partial) flags |= kPartial;
  cell.flags = static_cast<std::uint16_t>(flags);
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
    cell.flags |= kOwnFigure;
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
