#include "jenjang/bulk/sweep.h"

#include <algorithm>
#include <atomic>

#include "engine/bulk/crew.h"
#include "engine/bulk/exact.h"
#include "engine/bulk/simd.h"

namespace jenjang::bulk {

SweepReport roll_up(const FlatPlan& plan, Figures& figures, const SweepOptions& options) {
  SweepReport report;
  if (plan.node_count() == 0) return report;
  Program program(plan, figures);
  ExactSide exact(plan, figures);
  std::atomic<std::uint64_t> decisions{0};
  const kernel::Kernels kernels = kernels_for(options.simd);
  const bool full = options.depth == Depth::full;
  const kernel::LevelKernel inner = full ? kernels.full : kernels.values;
  const auto body = [&](const Chunk& chunk) {
    kernel::Tables tables = program.tables;
    const ExactCalls calls(exact, tables);
    (chunk.level == 0 ? kernels.lone_leaves : inner)(tables, chunk.level, chunk.first, chunk.last);
    if (calls.decisions() != 0) decisions.fetch_add(calls.decisions(), std::memory_order_relaxed);
  };
  // Leaves are judged with their owners; only those without one are left.
  walk_levels(plan.level_begin, full ? 0 : 1, false, std::max(1U, options.threads), body, options.cancel,
              options.progress);
  report.exact_decisions = decisions.load();
  report.cancelled = options.cancel != nullptr && options.cancel->load();
  return report;
}

}  // namespace jenjang::bulk
