#include "engine/cascade/twoway/flow.h"

#include <algorithm>

namespace jenjang::cascade {
namespace {

constexpr std::size_t kUnseen = SIZE_MAX;

}  // namespace

std::size_t MaximumFlow::connect(std::size_t from, std::size_t to, Int128 capacity) {
  const std::size_t arc = arcs_.size();
  arcs_.push_back({to, capacity});
  arcs_.push_back({from, 0});
  arcs_of_[from].push_back(arc);
  arcs_of_[to].push_back(arc + 1);
  return arc / 2;
}

bool MaximumFlow::number_levels(std::size_t source, std::size_t sink) {
  level_.assign(arcs_of_.size(), kUnseen);
  level_[source] = 0;
  std::vector<std::size_t> queue{source};
  for (std::size_t head = 0; head < queue.size(); ++head) {
    for (const std::size_t arc : arcs_of_[queue[head]]) {
      if (arcs_[arc].left > 0 && level_[arcs_[arc].to] == kUnseen) {
        level_[arcs_[arc].to] = level_[queue[head]] + 1;
        queue.push_back(arcs_[arc].to);
      }
    }
  }
  return level_[sink] != kUnseen;
}

// Depth is the length of one path: at most twice the smaller side of the table.
Int128 MaximumFlow::push(std::size_t node, std::size_t sink, Int128 amount) {
  if (node == sink) {
    return amount;
  }
  Int128 sent = 0;
  for (; next_[node] < arcs_of_[node].size(); ++next_[node]) {
    const std::size_t arc = arcs_of_[node][next_[node]];
    if (arcs_[arc].left == 0 || level_[arcs_[arc].to] != level_[node] + 1) {
      continue;
    }
    const Int128 through = push(arcs_[arc].to, sink, std::min(amount - sent, arcs_[arc].left));
    arcs_[arc].left -= through;
    arcs_[arc ^ 1U].left += through;
    sent += through;
    if (sent == amount) {
      return sent;
    }
  }
  return sent;
}

Int128 MaximumFlow::run(std::size_t source, std::size_t sink) {
  Int128 total = 0;
  while (number_levels(source, sink)) {
    next_.assign(arcs_of_.size(), 0);
    Int128 most = 0;
    for (const std::size_t arc : arcs_of_[source]) {
      most += arcs_[arc].left;
    }
    total += push(source, sink, most);
  }
  return total;
}

std::vector<bool> MaximumFlow::source_side(std::size_t source) const {
  std::vector<bool> reached(arcs_of_.size(), false);
  reached[source] = true;
  std::vector<std::size_t> queue{source};
  for (std::size_t head = 0; head < queue.size(); ++head) {
    for (const std::size_t arc : arcs_of_[queue[head]]) {
      if (arcs_[arc].left > 0 && !reached[arcs_[arc].to]) {
        reached[arcs_[arc].to] = true;
        queue.push_back(arcs_[arc].to);
      }
    }
  }
  return reached;
}

// Tarjan with a stack of our own: a component is complete when its first node has nothing earlier to reach.
std::vector<std::size_t> MaximumFlow::components() const {
  const std::size_t n = arcs_of_.size();
  std::vector<std::size_t> component(n, kUnseen), order(n, kUnseen), low(n, 0), next(n, 0), path, open;
  std::size_t seen = 0;
  std::size_t found = 0;
  for (std::size_t root = 0; root < n; ++root) {
    if (order[root] != kUnseen) {
      continue;
    }
    path.push_back(root);
    while (!path.empty()) {
      const std::size_t node = path.back();
      if (order[node] == kUnseen) {
        order[node] = low[node] = seen++;
        open.push_back(node);
      }
      bool deeper = false;
      while (next[node] < arcs_of_[node].size() && !deeper) {
        const Arc& arc = arcs_[arcs_of_[node][next[node]]];
        if (arc.left > 0 && order[arc.to] == kUnseen) {
          path.push_back(arc.to);  // comes back to this arc afterwards, for its low point
          deeper = true;
          continue;
        }
        if (arc.left > 0 && component[arc.to] == kUnseen) {
          low[node] = std::min(low[node], low[arc.to]);
        }
        ++next[node];
      }
      if (deeper) {
        continue;
      }
      path.pop_back();
      if (low[node] == order[node]) {
        for (std::size_t member = kUnseen; member != node;) {
          member = open.back();
          open.pop_back();
          component[member] = found;
        }
        ++found;
      }
    }
  }
  return component;
}

}  // namespace jenjang::cascade
