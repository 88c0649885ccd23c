// What a template asks for that a graph of sums, means and tables cannot hold.
#pragma once

#include <algorithm>
#include <string_view>

#include "jenjang/rules/pack.h"

namespace jenjang {

// The key of the template that only its worksheet's own score honours; empty when there is none.
inline std::string_view beyond_the_graph(const PackTemplate& tmpl) {
  if (!tmpl.controls.empty()) return "kontrol";
  const bool rounds =
      std::ranges::any_of(tmpl.nodes, [](const TemplateNode& node) { return node.rounding.has_value(); });
  return rounds ? "pembulatan_antara" : "";
}

}  // namespace jenjang
