// A bare integer does not become an id by itself.
#include "jenjang/graph/goal_graph.h"

std::size_t children(const jenjang::GoalGraph& graph) {
#ifdef JENJANG_BROKEN
  return graph.children(0).size();
#else
  return graph.children(jenjang::NodeId(0)).size();
#endif
}
