#include "engine/cascade/families/family_order.h"

#include <functional>
#include <queue>
#include <unordered_map>

namespace jenjang::cascade {

std::vector<std::size_t> solving_order(const std::vector<FamilySetup>& setups) {
  std::unordered_map<std::uint32_t, std::vector<std::size_t>> waiting_for;  // node -> families that need its target
  for (std::size_t f = 0; f < setups.size(); ++f) {
    waiting_for[setups[f].family->parent.value()].push_back(f);
    for (const Outsider& outsider : setups[f].outsiders) {
      waiting_for[outsider.node.value()].push_back(f);
    }
    for (const NodeId driving : setups[f].driving_nodes) {
      waiting_for[driving.value()].push_back(f);
    }
    for (const NodeId margin : setups[f].margins) {
      waiting_for[margin.value()].push_back(f);
    }
  }
  std::vector<std::size_t> givers(setups.size(), 0);
  const auto for_each_follower = [&](std::size_t giver, const auto& visit) {
    for (const NodeId child : setups[giver].family->children) {
      const auto followers = waiting_for.find(child.value());
      if (followers != waiting_for.end()) {
        for (const std::size_t follower : followers->second) {
          if (follower != giver) {
            visit(follower);
          }
        }
      }
    }
  };
  for (std::size_t f = 0; f < setups.size(); ++f) {
    for_each_follower(f, [&](std::size_t follower) { ++givers[follower]; });
  }
  std::priority_queue<std::size_t, std::vector<std::size_t>, std::greater<>> ready;
  for (std::size_t f = 0; f < setups.size(); ++f) {
    if (givers[f] == 0) {
      ready.push(f);
    }
  }
  std::vector<std::size_t> order;
  std::vector<bool> done(setups.size(), false);
  while (!ready.empty()) {
    const std::size_t next = ready.top();
    ready.pop();
    order.push_back(next);
    done[next] = true;
    for_each_follower(next, [&](std::size_t follower) {
      if (--givers[follower] == 0) {
        ready.push(follower);
      }
    });
  }
  for (std::size_t f = 0; f < setups.size(); ++f) {
    if (!done[f]) {
      order.push_back(f);
    }
  }
  return order;
}

}  // namespace jenjang::cascade
