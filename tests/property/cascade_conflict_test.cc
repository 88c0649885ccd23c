// Laws of limits on random small trees: the cascade refuses exactly when no whole-number assignment exists, what it
// blames is irreducible, for one family the smallest, and every way out that it offers passes.
#include <algorithm>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "engine/cascade/conflict/conflict.h"
#include "engine/cascade/conflict/relaxation.h"
#include "engine/cascade/families/family_order.h"
#include "tests/unit/cascade/limits_fixture.h"

namespace jenjang {
namespace cascade_conflict_test {

using testing::dec;
using testing::LimitNode;
using testing::LimitTree;
using testing::ModelFixture;
using testing::rule;

int whole(const std::string& text) {
  return std::stoi(text);
}

// A sum in whole numbers over at most two levels and six leaves, with random floors, caps and holds.
LimitTree random_tree(bool deep) {
  LimitTree tree;
  tree.rule = rule("rata");
  tree.step = "1";
  tree.nodes.push_back({"64"});
  tree.nodes[0].target = std::to_string(*rc::gen::inRange(0, 13));
  const int agencies = *rc::gen::inRange(1, deep ? 4 : 6);
  for (int a = 0; a < agencies; ++a) {
    tree.nodes.push_back({"64/" + std::to_string(a), 0});
  }
  for (int a = 1; deep && a <= agencies; ++a) {
    const int staff = *rc::gen::inRange(0, 3);
    for (int s = 0; s < staff; ++s) {
      tree.nodes.push_back({"64/" + std::to_string(a - 1) + "/" + std::to_string(s), a});
    }
  }
  for (std::size_t n = 1; n < tree.nodes.size(); ++n) {
    LimitNode& node = tree.nodes[n];
    const int kind = *rc::gen::inRange(0, 6);
    const int value = *rc::gen::inRange(0, 7);
    if (kind == 3) {
      node.least = std::to_string(value);
    } else if (kind == 4) {
      node.most = std::to_string(value);
    } else if (kind == 5) {
      node.target = std::to_string(value);
    }
    const char* citations[] = {"", "", "UU 1/2020"};
    node.bound_grounds.reason = *rc::gen::inRange(0, 2) == 0 ? "" : "alasan";
    node.bound_grounds.citation = citations[*rc::gen::inRange(0, 3)];
    node.grounds = node.bound_grounds;
  }
  return tree;
}

std::vector<std::size_t> children_of(const LimitTree& tree, std::size_t parent) {
  std::vector<std::size_t> children;
  for (std::size_t n = 0; n < tree.nodes.size(); ++n) {
    if (tree.nodes[n].parent == static_cast<int>(parent)) {
      children.push_back(n);
    }
  }
  return children;
}

// Which totals from 0 to `most` a node can have: all assignments of whole numbers to the leaves, by brute force.
std::vector<bool> reachable(const LimitTree& tree, std::size_t node, std::size_t most) {
  const LimitNode& here = tree.nodes[node];
  const std::vector<std::size_t> children = children_of(tree, node);
  std::vector<bool> totals(most + 1, children.empty());
  if (!children.empty()) {
    totals[0] = true;
    for (const std::size_t child : children) {
      const std::vector<bool> own = reachable(tree, child, most);
      std::vector<bool> next(most + 1, false);
      for (std::size_t a = 0; a <= most; ++a) {
        for (std::size_t b = 0; totals[a] && a + b <= most; ++b) {
          next[a + b] = next[a + b] || own[b];
        }
      }
      totals = next;
    }
  }
  for (std::size_t t = 0; t <= most; ++t) {
    const int total = static_cast<int>(t);
    const bool fits = (here.least.empty() || total >= whole(here.least)) &&
                      (here.most.empty() || total <= whole(here.most)) &&
                      (here.target.empty() || total == whole(here.target));
    totals[t] = totals[t] && fits;
  }
  return totals;
}

bool feasible(const LimitTree& tree) {
  const std::vector<bool> totals = reachable(tree, 0, 40);
  return std::find(totals.begin(), totals.end(), true) != totals.end();
}

// The parts that find a conflict, made for one tree.
struct Machinery {
  explicit Machinery(const LimitTree& plan) : vertices(plan.build(fixture)), store(fixture.model().node_count()) {
    const Model& model = fixture.model();
    cascade::RuleChecker checker(model, sink);
    for (std::size_t f = 0; f < model.families.size(); ++f) {
      setups.push_back(checker.prepare(FamilyId::from_index(f)).value());
    }
    for (std::size_t s = 0; s < model.statements.size(); ++s) {
      for (std::size_t n = 0; n < model.node_count(); ++n) {
        if (s >= model.statement_begin[n] && s < model.statement_begin[n + 1]) {
          TargetCell cell;
          cell.node = NodeId::from_index(n);
          cell.period = LimitTree::year();
          cell.target = model.statements[s].target;
          cell.statement = static_cast<std::uint32_t>(s);
          store.add(cell);
        }
      }
    }
    order = cascade::solving_order(setups);
    limits.emplace(model, store, options);
    tree.emplace(model, store, setups, order, *limits);
  }
  ModelFixture fixture;
  std::vector<VertexId> vertices;
  DiagnosticSink sink;
  CascadeOptions options;
  cascade::CellStore store;
  std::vector<cascade::FamilySetup> setups;
  std::vector<std::size_t> order;
  std::optional<cascade::LimitBook> limits;
  std::optional<cascade::IntervalTree> tree;
};

// The plan with these demands of a conflict only.
LimitTree only(const LimitTree& plan, const Model& model, const std::vector<cascade::Demand>& kept) {
  LimitTree out = plan;
  for (LimitNode& node : out.nodes) {
    node.target = node.least = node.most = "";
  }
  for (const cascade::Demand& demand : kept) {
    for (std::size_t n = 0; n < plan.nodes.size(); ++n) {
      if (model.unit(demand.node).path == plan.nodes[n].path) {
        std::string& slot = demand.is_equality() ? out.nodes[n].target
                            : demand.is_floor()  ? out.nodes[n].least
                                                 : out.nodes[n].most;
        slot = demand.value.to_string();
      }
    }
  }
  return out;
}

RC_GTEST_PROP(CascadeConflict, RefusedExactlyWhenNoAssignmentExists, ()) {
  const LimitTree plan = random_tree(*rc::gen::inRange(0, 3) > 0);
  const auto outcome = plan.run();
  RC_ASSERT(outcome.findings.empty() == feasible(plan));
  if (!outcome.findings.empty()) {
    return;
  }
  RC_ASSERT(std::count(outcome.cells.begin(), outcome.cells.end(), "-") == 0);
  for (std::size_t n = 0; n < plan.nodes.size(); ++n) {
    const LimitNode& node = plan.nodes[n];
    const int value = whole(outcome.cells[n]);
    RC_ASSERT(value >= 0);
    // Not inside RC_ASSERT: it looks at both sides of an `or`.
    const bool above_floor = node.least.empty() || value >= whole(node.least);
    const bool below_cap = node.most.empty() || value <= whole(node.most);
    const bool as_held = node.target.empty() || value == whole(node.target);
    RC_ASSERT(above_floor);
    RC_ASSERT(below_cap);
    RC_ASSERT(as_held);
    const std::vector<std::size_t> children = children_of(plan, n);
    int sum = 0;
    for (const std::size_t child : children) {
      sum += whole(outcome.cells[child]);
    }
    const bool adds_up = children.empty() || sum == value;
    RC_ASSERT(adds_up);
  }
}

RC_GTEST_PROP(CascadeConflict, WhatIsBlamedIsIrreducible, ()) {
  const LimitTree plan = random_tree(*rc::gen::inRange(0, 2) > 0);
  Machinery machinery(plan);
  const Model& model = machinery.fixture.model();
  machinery.tree->of(machinery.fixture.at(machinery.vertices[0]), LimitTree::year());
  for (const cascade::IntervalTree::Place& place : machinery.tree->take_broken()) {
    const std::optional<cascade::Conflict> conflict = cascade::find_conflict(*machinery.tree, place.node, place.period);
    RC_ASSERT(conflict.has_value());
    std::vector<cascade::Demand> all = conflict->demands;
    all.push_back(conflict->against);
    RC_ASSERT(!feasible(only(plan, model, all)));
    for (std::size_t d = 0; d < all.size(); ++d) {
      std::vector<cascade::Demand> fewer = all;
      fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(d));
      RC_ASSERT(feasible(only(plan, model, fewer)));
    }
  }
}

RC_GTEST_PROP(CascadeConflict, OneFamilyBlamesTheFewestOfTheLeastBinding, ()) {
  const LimitTree plan = random_tree(false);
  Machinery machinery(plan);
  const Model& model = machinery.fixture.model();
  const NodeId top = machinery.fixture.at(machinery.vertices[0]);
  machinery.tree->of(top, LimitTree::year());
  if (machinery.tree->take_broken().empty()) {
    return;
  }
  const std::optional<cascade::Conflict> conflict = cascade::find_conflict(*machinery.tree, top, LimitTree::year());
  RC_ASSERT(conflict.has_value());
  cascade::DemandTree demands(*machinery.tree, top, LimitTree::year());
  std::vector<cascade::Demand> below;
  for (std::size_t d = 0; d < demands.size(); ++d) {
    if (!demands.is_at_top(d)) {
      below.push_back(demands[d]);
    }
  }
  // Of all sets of demands that conflict with the target: first the least authority needed, then the fewest.
  std::pair<int, std::size_t> best{99, 99};
  for (std::size_t mask = 1; mask < (std::size_t{1} << below.size()); ++mask) {
    std::vector<cascade::Demand> chosen{conflict->against};
    int authority = 0;
    for (std::size_t d = 0; d < below.size(); ++d) {
      if ((mask >> d & 1U) != 0) {
        chosen.push_back(below[d]);
        authority = std::max(authority, static_cast<int>(below[d].authority));
      }
    }
    if (!feasible(only(plan, model, chosen))) {
      best = std::min(best, std::pair(authority, chosen.size() - 1));
    }
  }
  int authority = 0;
  for (const cascade::Demand& demand : conflict->demands) {
    authority = std::max(authority, static_cast<int>(demand.authority));
  }
  RC_ASSERT(std::pair(authority, conflict->demands.size()) == best);
}

RC_GTEST_PROP(CascadeConflict, EveryWayOutPasses, ()) {
  const LimitTree plan = random_tree(*rc::gen::inRange(0, 2) > 0);
  const auto refused = plan.run();
  for (std::size_t f = 0; f < refused.findings.size(); ++f) {
    for (const std::string& way : LimitTree::ways(refused.arg("jalan", f))) {
      if (way == "...") {
        continue;
      }
      LimitTree changed = plan;
      changed.apply(way);
      const auto outcome = changed.run();
      // Another refusal of the plan may stay; this one must be gone, and none may come.
      RC_ASSERT(outcome.findings.size() < refused.findings.size());
    }
  }
}

}  // namespace cascade_conflict_test
}  // namespace jenjang
