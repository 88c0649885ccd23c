// How much memory evaluating a loaded plan will take, from what is counted already and what a piece was measured to
// weigh.
#include <algorithm>
#include <array>
#include <set>

#include "jenjang/bulk/row_facts.h"
#include "jenjang/rollup/rollup.h"
#include "jenjang/workspace/workspace.h"

#include "engine/base/int128.h"
#include "engine/workspace/workspace_state.h"

namespace jenjang {
namespace {

// Bytes of a row from its figures to its text: peak memory of `rollup` of a synthetic province of 5,000 measures, and
// of `cascade` of one of 100,000, less that of `check` of the same, divided by the rows (2,701; as JSON 6,882; targets
// 1,486, their JSON taken in proportion).
constexpr std::uint64_t kResultRow = 2'700, kResultRowJson = 6'900, kTargetRow = 1'500, kTargetRowJson = 3'800;
// Rows of the second lane, where it differs: a quarter of those of the first in that province.
constexpr std::uint64_t kRowsOfBothLanes = 125;  // in hundredths
constexpr std::uint64_t kFeedRow = 48;           // bytes that a row of a feed has at least, as a rule
// Columns of jenjang/bulk: twelve months, 18 bytes a cell of a leaf and 94 of an inner node; structure and names.
constexpr std::uint64_t kFlatLeaf = std::uint64_t{12} * 18, kFlatInner = std::uint64_t{12} * 94, kFlatNode = 128;
// A plan as it was read: measures with their units, families, the program with its packs. The memory that a process
// holds after reading synthetic provinces of 10,000 to 300,000 measures and nations of 100,000 and 1,000,000, less
// their text: 0.91 to 0.97 of what these say.
constexpr std::uint64_t kPlanNode = 680, kPlanFamily = 1'450, kProgram = std::uint64_t{14} << 20;
// What computing keeps of a measure besides its cells.
constexpr std::uint64_t kComputedNode = 200;
// A leaf can have reported so many periods coarser than months. A table grows by doubling before it is copied.
constexpr std::uint64_t kCoarsePeriods = 7, kReport = 2 * sizeof(bulk::CoarseReport);

// Periods of a year that a run computes: those of the finest frequency and all that enclose them.
std::uint64_t slots_of_year(const Model& model) {
  constexpr std::array<std::uint64_t, 4> kSlots{1, 3, 7, 19};
  Granularity finest = Granularity::year;
  for (const Item& item : model.items) finest = std::max(finest, item.spec.frequency);
  return kSlots[static_cast<std::size_t>(finest)];
}

std::uint64_t years_of(const Model& model) {
  std::set<int> years;
  for (const Statement& statement : model.statements) years.insert(statement.period.year());
  return std::max<std::uint64_t>(years.size(), 1);
}

}  // namespace

std::uint64_t MemoryNeed::measures_within(std::uint64_t available) const {
  if (total() == 0) return measures;
  return static_cast<std::uint64_t>(Int128{available} * Int128{measures} / Int128{total()});
}

MemoryNeed Workspace::memory_need(Listing listing, bool json) const {
  const State& s = *state_;
  const Model& model = *s.model;
  const auto nodes = static_cast<std::uint64_t>(model.node_count());
  const std::uint64_t cells = nodes * slots_of_year(model) * years_of(model);
  MemoryNeed need;
  need.measures = nodes;

  std::uint64_t facts = 0, text = 0;
  bool lanes = s.journal.has_value();
  if (s.journal) {
    facts = s.replayed.observations.size();
  } else {
    for (const FeedDeclaration& feed : s.plan->feeds) {
      std::error_code failed;
      const std::uintmax_t bytes = fs::file_size(feed.file, failed);
      if (!failed) text += bytes;
      lanes = lanes || !feed.validated_states.empty() || !feed.workflow.empty();
    }
    facts = text / kFeedRow;
  }
  // Texts are kept with the places of their lines.
  const std::uint64_t read = s.plan_text + s.plan_text / 8;
  need.held = kProgram + nodes * kPlanNode + model.families.size() * kPlanFamily + read;
  need.bytes = text + facts * (sizeof(Observation) + sizeof(Fact));
  // Copies of all that is read, to say later what a snapshot was made from.
  if (s.options.keep_inputs) need.bytes += text + read;
  need.bytes += nodes * kComputedNode + cells * (sizeof(TargetCell) + sizeof(ResultCell) * (lanes ? 2 : 1) + 1);
  switch (listing) {
    case Listing::none:
      break;
    case Listing::targets:
      need.bytes += cells * (json ? kTargetRowJson : kTargetRow);
      break;
    case Listing::results:
      need.bytes += cells * (json ? kResultRowJson : kResultRow) * (lanes ? kRowsOfBothLanes : 100) / 100;
      break;
    case Listing::columns: {
      std::uint64_t leaves = 0;
      for (std::size_t n = 0; n < model.node_count(); ++n) {
        if (model.graph.children(NodeId::from_index(n)).empty()) ++leaves;
      }
      need.bytes += nodes * kFlatNode + leaves * kFlatLeaf + (nodes - leaves) * kFlatInner;
      need.bytes += std::min(facts, leaves * kCoarsePeriods) * kReport;
      break;
    }
  }
  return need;
}

}  // namespace jenjang
