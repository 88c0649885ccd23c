// Version of the engine, stated once in CMakeLists.txt. Printed in results.
#pragma once

#include <string_view>

namespace jenjang {

std::string_view version();

// Raised by one whenever the same plan, packs and facts would give another figure, state, predicate or order of rows
// than before; not for messages, columns added at the end, or speed (docs/decisions/0024-as-of.md). A journal keeps it
// beside the plan and packs, so that a replay by another engine can say that results may differ.
inline constexpr int kResultVersion = 1;

}  // namespace jenjang
