// The way down: which nodes are opened, in which order, on which thread.
#include "engine/bulk/contributor_walk.h"

#include <algorithm>
#include <array>

#include "engine/bulk/crew.h"

namespace jenjang::bulk {
namespace {
constexpr std::size_t kAhead = 16;  // leaves
}

ContributorWalk::ContributorWalk(ContributorTables& tables, const ContributorQuestion& question, bool turned,
                                 bool unbounded)
    : tables_(tables),
      plan_(tables.plan),
      question_(question),
      ways_(tables.plan, tables.figures, tables.rules, question.validated, question.slot, question.by == RankBy::gap),
      turned_(turned),
      unbounded_(unbounded) {}

ContributorWalk::~ContributorWalk() {
  clear();
}

void ContributorWalk::clear() {
  if (!finished_) {
    std::fill(tables_.by_owner.begin(), tables_.by_owner.end(), 0.0);
    std::fill(tables_.by_others.begin(), tables_.by_others.end(), 0.0);
  }
  if (dense_) {
    std::fill(tables_.worth.begin(), tables_.worth.end(), 0.0);
  } else {
    for (const auto& level : frontier_.levels) {
      for (const std::uint32_t node : level) tables_.worth[node - tables_.leaves] = 0;
    }
  }
  frontier_ = {};
  parts.clear();
}

bool ContributorWalk::run() {
  const std::uint32_t top = question_.node;
  const std::size_t level = tables_.level_of(top);
  steps_ = tables_.steps[level + 1];  // with the denominators of its own level
  figure_error_ = kRounding * (steps_ + 5);
  if (ways_.is_leaf(top)) {
    parts.emplace_back(question_.count);
    end(top, false, WayEnd::reported, 1, parts.front());
    return finished_ = true;
  }
  if (run_sparse()) return finished_ = true;
  clear();
  return run_dense();
}

// False when more is reached than a walk node by node is good for.
bool ContributorWalk::run_sparse() {
  const std::size_t budget = std::max<std::size_t>(2048, plan_.inner_count() / 16);
  frontier_.levels.resize(plan_.level_count());
  std::size_t level = tables_.level_of(question_.node);
  frontier_.levels[level].push_back(question_.node);
  BestKept& best = parts.emplace_back(question_.count);
  for (; level > 0; --level) {
    std::vector<std::uint32_t>& nodes = frontier_.levels[level];
    std::sort(nodes.begin(), nodes.end());
    nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
    if (best.opened + nodes.size() > budget) return false;
    for (const std::uint32_t node : nodes) visit(node, best);
  }
  std::vector<std::uint32_t>& shared = frontier_.leaves;
  std::sort(shared.begin(), shared.end());
  shared.erase(std::unique(shared.begin(), shared.end()), shared.end());
  for (const std::uint32_t leaf : shared) end_leaf(leaf, hear_places(leaf, tables_.shared_place(leaf)), best);
  return true;
}

bool ContributorWalk::run_dense() {
  dense_ = true;
  const std::size_t top_level = tables_.level_of(question_.node);
  std::mutex mutex;
  std::vector<BestKept> idle;
  const auto with_best = [&](auto&& work) {
    std::optional<BestKept> best;
    {
      const std::lock_guard lock(mutex);
      if (!idle.empty()) {
        best = std::move(idle.back());
        idle.pop_back();
      }
    }
    if (!best) best.emplace(question_.count);
    work(*best);
    const std::lock_guard lock(mutex);
    idle.push_back(std::move(*best));
  };
  const auto levels = std::span(plan_.level_begin).first(top_level + 2);
  walk_levels(levels, 1, true, question_.threads,
              [&](const Chunk& chunk) {
                with_best([&](BestKept& best) {
                  if (chunk.level == top_level) {
                    if (chunk.first <= question_.node && question_.node < chunk.last) visit(question_.node, best);
                    return;
                  }
                  for (std::uint32_t node = chunk.first; node < chunk.last; ++node) {
                    if (tables_.worth[node - tables_.leaves] != 0 || tables_.is_shared(node)) visit(node, best);
                  }
                });
              },
              question_.cancel, {});
  const std::array<std::uint32_t, 2> shared{0, static_cast<std::uint32_t>(tables_.shared_leaves.size())};
  walk_levels(shared, 0, false, question_.threads,
              [&](const Chunk& chunk) {
                with_best([&](BestKept& best) {
                  for (std::uint32_t i = chunk.first; i < chunk.last; ++i) {
                    end_leaf(tables_.shared_leaves[i], hear(tables_.shared_leaves[i]), best);
                  }
                });
              },
              question_.cancel, {});
  parts = std::move(idle);
  finished_ = question_.cancel == nullptr || !question_.cancel->load();
  return finished_;
}

// An inner node, when all of its parents were opened.
void ContributorWalk::visit(std::uint32_t node, BestKept& best) {
  const Heard heard = hear(node);
  // Until it turns out that ways lead on.
  tables_.worth[node - tables_.leaves] = 0;
  if (heard.achievement != 0) end(node, true, achievement_end(node), heard.achievement, best);
  if (heard.value != 0) open(node, heard.value, best);
}

void ContributorWalk::open(std::uint32_t node, double coefficient, BestKept& best) {
  const WayRule& above = ways_.rule(node);
  if (!ways_.present(node)) return end(node, false, WayEnd::missing, coefficient, best);
  const bool ratio = above.aggregation == Aggregation::ratio;
  const auto children = plan_.children(node);
  const bool blocked =
      tables_.void_factors && ratio && std::any_of(children.begin(), children.end(), [&](const Edge& edge) {
        return ways_.is_pair(edge) && ways_.rule(edge.child()).factor == 0;
      });
  if (!above.linear || blocked) return end(node, false, WayEnd::not_linear, coefficient, best);
  const bool own_pair = ratio && ways_.own_pair_counts(node);
  if (ways_.gaps() && ways_.targets_end_here(node, above, own_pair)) {
    return end(node, false, WayEnd::no_targets_below, coefficient, best);
  }
  ++best.opened;
  double worth = coefficient * above.factor;
  if (above.aggregation == Aggregation::weighted_mean) {
    worth /= ways_.weights(node, above);
  } else {
    worth *= above.weight_unit;
    if (ratio) worth /= denominator(node);
  }
  if (worth == 0) return;
  tables_.worth[node - tables_.leaves] = worth;
  if (!ratio && open_plain_row(node, above, worth, best)) return;
  for (const Edge& edge : children) {
    if (ways_.leads_down(above, edge, own_pair)) bring(node, above, edge, worth * edge.weight, best);
  }
}

// The row nearly all rows are: figures of leaves of one parent each. True when it was one.
bool ContributorWalk::open_plain_row(std::uint32_t node, const WayRule& above, double worth, BestKept& best) {
  // Children of the first level are leaves.
  const bool first_level = node < plan_.level_begin[2];
  if (!first_level || ways_.gaps() || above.carries_achievement || unbounded_) return false;
  const double* const value = tables_.figures.value.data() + question_.slot;
  const StateByte* const state = tables_.figures.state.data() + question_.slot;
  for (const Edge& edge : plan_.children(node)) {
    const std::uint32_t leaf = edge.child_and_role;
    const std::size_t cell = std::size_t{leaf} * kMonths;
    // Figures stand 96 bytes apart: too far for the processor to foresee them all by itself.
    __builtin_prefetch(value + cell + kAhead * kMonths);
    const StateByte seen = question_.validated ? validated_state(state[cell]) : state[cell];
    const double coefficient = worth * edge.weight;
    if ((seen & kStateMask) != 0 || coefficient == 0) continue;
    if (tables_.is_shared(leaf)) {
      bring(node, above, edge, coefficient, best);
    } else {
      offer_figure(leaf, coefficient, value[cell], best);
    }
  }
  return true;
}

// What a way is worth, to the child it leads to.
void ContributorWalk::bring(std::uint32_t parent, const WayRule& above, const Edge& edge, double raw, BestKept& best) {
  if (raw == 0) return;
  const std::uint32_t child = edge.child();
  const bool leaf = ways_.is_leaf(child);
  if (tables_.is_shared(child)) {
    leave_at(parent, child, raw);
    if (!dense_ && leaf) frontier_.leaves.push_back(child);
  } else if (leaf) {
    Heard heard;
    take(above, false, child, raw, heard);
    settle_achievement(child, heard);
    end_leaf(child, heard, best);
  } else {
    tables_.worth[child - tables_.leaves] += raw;
  }
  if (!dense_ && !leaf) frontier_.levels[tables_.level_of(child)].push_back(child);
}

}  // namespace jenjang::bulk
