// An id does not become an integer by itself: arithmetic on ids is a mistake.
#include "jenjang/graph/goal_graph.h"

std::uint32_t number(jenjang::NodeId node) {
#ifdef JENJANG_BROKEN
  return node + 1U;
#else
  return node.value() + 1U;
#endif
}
