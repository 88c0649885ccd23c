#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <vector>

#include "jenjang/bulk/sweep.h"

#include "engine/bulk/crew.h"
#include "engine/bulk/simd.h"

namespace jenjang::bulk {
namespace {

kernel::Way way_of(Descent descent) {
  switch (descent) {
    case Descent::none:
      return kernel::Way::none;
    case Descent::same:
      return kernel::Way::same;
    case Descent::proportional:
      return kernel::Way::shares;
    case Descent::whole:
      return kernel::Way::whole;
    case Descent::gap:
      return kernel::Way::gap;
  }
  return kernel::Way::none;
}

struct Slow {
  const FlatPlan& plan;
  Figures& figures;
  const std::vector<kernel::DescentCode>& codes;
};

// Largest remainder of one family in 128 bits, month by month.
void split_slowly(void* context, std::uint32_t node) {
  const Slow& slow = *static_cast<const Slow*>(context);
  struct Child {
    std::uint32_t node, driver;
    std::size_t place;
    Int128 steps, rest;
  };
  std::vector<Child> children;
  Int128 drivers = 0;
  for (const Edge& edge : slow.plan.children(node)) {
    if (slow.plan.owner[edge.child()] != node) continue;
    children.push_back({edge.child(), edge.driver, children.size(), 0, 0});
    drivers += edge.driver;
  }
  if (drivers == 0) return;
  const double unit = slow.codes[slow.plan.class_of[node]].steps;
  for (std::size_t month = 0; month < kMonths; ++month) {
    const double target = slow.figures.target[std::size_t{node} * kMonths + month];
    if (std::isnan(target)) continue;
    const double sign = target < 0 ? -1 : 1;
    const auto total = static_cast<Int128>(std::floor(std::abs(target) * unit + 0.5));
    Int128 left = total;
    for (Child& child : children) {
      const Int128 product = total * static_cast<Int128>(child.driver);
      child.steps = product / drivers;
      child.rest = product % drivers;
      left -= child.steps;
    }
    std::sort(children.begin(), children.end(), [](const Child& a, const Child& b) {
      if (a.rest != b.rest) return a.rest > b.rest;
      return a.driver != b.driver ? a.driver > b.driver : a.place < b.place;
    });
    for (Child& child : children) {
      if (left > 0) {
        ++child.steps;
        --left;
      }
      slow.figures.target[std::size_t{child.node} * kMonths + month] = sign * static_cast<double>(child.steps) / unit;
    }
  }
}

}  // namespace

void cascade(const FlatPlan& plan, Figures& figures, const CascadeOptions& options) {
  if (plan.node_count() == 0) return;
  std::vector<kernel::DescentCode> codes(plan.classes.size());
  for (std::size_t i = 0; i < codes.size(); ++i) {
    const MeasureClass& measure = plan.classes[i];
    if (measure.descent == Descent::gap && figures.baseline.empty()) {
      throw std::invalid_argument("closing a gap takes baselines");
    }
    codes[i] = {way_of(measure.descent), 1.0, measure.frontier.to_double()};
    // Steps of the children are those of the parent: what is shared out is one quantity.
    for (int place = 0; place < measure.places; ++place) codes[i].steps *= 10;
  }
  Slow slow{plan, figures, codes};
  kernel::DescentTables tables;
  tables.class_of = plan.class_of.data();
  tables.owner = plan.owner.data();
  tables.edge_begin = plan.edge_begin.data();
  tables.ties = reinterpret_cast<const kernel::Tie*>(plan.edges.data());
  tables.leaves = static_cast<std::uint32_t>(plan.leaf_count());
  tables.target = figures.target.data();
  tables.baseline = figures.baseline.data();
  tables.codes = codes.data();
  tables.split_slowly = &split_slowly;
  tables.context = &slow;
  const auto kernels = kernels_for(options.simd);
  walk_levels(plan.level_begin, 1, true, std::max(1U, options.threads),
              [&](const Chunk& chunk) { kernels.descent(tables, chunk.first, chunk.last); }, nullptr, {});
}

}  // namespace jenjang::bulk
