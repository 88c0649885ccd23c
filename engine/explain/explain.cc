#include <utility>

#include "jenjang/explain/explanation.h"
#include "jenjang/explain/organisation.h"

#include "engine/explain/tree_builder.h"

namespace jenjang {

std::optional<ExplanationNode> TreeBuilder::build(NodeId node, Period period, ExplainWhat what, std::size_t depth) {
  switch (what) {
    case ExplainWhat::realisation:
      return realisation(node, period, depth);
    case ExplainWhat::achievement:
      return achievement(node, period, depth);
    case ExplainWhat::target:
      return target(node, period, depth);
  }
  return std::nullopt;
}

std::optional<ExplanationNode> explain(const ExplainContext& context, NodeId node, Period period, ExplainWhat what,
                                       const ExplainOptions& options) {
  ExplainOptions effective = options;
  // Without an unvalidated fact there is one lane only.
  if (!context.result.has_validated_lane()) effective.lane = Lane::all;
  auto root = TreeBuilder(context, effective).build(node, period, what, 0);
  if (root) {
    for (OrganisationNote& note :
         organisation_notes(context.model, context.model.node_unit[node.index()], options.language)) {
      root->notes.push_back(std::move(note.text));
      root->places.push_back(note.span);
    }
  }
  return root;
}

std::optional<ExplanationNode> explain_statement(const ExplainContext& context, NodeId node, Period period,
                                                 std::string_view document, const ExplainOptions& options) {
  return TreeBuilder(context, options).statement(node, period, document);
}

std::optional<Period> latest_period(const ExplainContext& context, NodeId node) {
  const PeriodGrid& grid = context.result.grid();
  const auto later = [](Period a, Period b) {
    // The end decides; of two that end together the longer one.
    return std::tuple(a.year(), a.last_month(), -static_cast<int>(a.granularity())) >
           std::tuple(b.year(), b.last_month(), -static_cast<int>(b.granularity()));
  };
  std::optional<Period> latest;
  for (std::size_t s = 0; s < grid.size(); ++s) {
    const SlotId slot = SlotId::from_index(s);
    if (context.result.at(node, slot).state != CellState::value) continue;
    if (!latest || later(grid[slot], *latest)) latest = grid[slot];
  }
  if (latest) return latest;
  for (const TargetCell& cell : context.targets.of(node)) {
    if (!latest || later(cell.period, *latest)) latest = cell.period;
  }
  return latest;
}

}  // namespace jenjang
