#include "jenjang/facts/facts.h"

namespace jenjang {

std::string_view to_string(Lane lane) {
  return lane == Lane::all ? "semua" : "tervalidasi";
}

std::span<const Fact> Facts::of(NodeId node) const {
  if (!revised.empty()) {
    if (const auto found = revised.find(node.value()); found != revised.end()) return found->second;
  }
  if (node.index() + 1 >= fact_begin.size()) {
    return {};
  }
  const std::size_t first = fact_begin[node.index()];
  const std::size_t last = fact_begin[node.index() + 1];
  return std::span<const Fact>(facts).subspan(first, last - first);
}

}  // namespace jenjang
