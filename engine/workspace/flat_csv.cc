#include <set>

#include "jenjang/bulk/from_model.h"
#include "jenjang/workspace/flat_rows.h"

namespace jenjang {

std::optional<std::string> flat_csv(const ExplainContext& context, const RollupOptions& options,
                                    const FlatRowFilter& filter, unsigned threads) {
  std::set<int> years;
  for (const Period period : context.result.grid().periods()) years.insert(period.year());
  struct Year {
    bulk::FlatModel flat;
    snapshot::PlanNames names;
  };
  std::vector<std::unique_ptr<Year>> made;
  for (const int year : years) {
    bulk::FlatOutcome outcome = bulk::flatten_model(context.model, context.targets, context.facts, options, year);
    auto* const flat = std::get_if<bulk::FlatModel>(&outcome);
    if (flat == nullptr || flat->rows.obstacle) return std::nullopt;
    made.push_back(std::make_unique<Year>(Year{std::move(*flat), snapshot::names_of(context.model, year)}));
  }
  std::vector<FlatYear> parts;
  parts.reserve(made.size());
  for (const auto& year : made) {
    parts.push_back({year->flat.year, year->flat.plan, year->flat.figures, year->flat.rows, year->names});
  }
  bulk::SweepOptions sweep;
  sweep.threads = threads;
  const FlatRows rows(std::move(parts), filter, sweep);
  std::string text;
  rows.write_csv([&text](std::string_view part) {
    text += part;
    return true;
  });
  return text;
}

}  // namespace jenjang
