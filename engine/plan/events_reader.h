// One entry of `peristiwa` in the manifest.
#pragma once

#include <optional>

#include "jenjang/plan/plan.h"

#include "engine/plan/read_parts.h"

namespace jenjang {

std::optional<EventDeclaration> read_events_entry(ReadContext& context, const YamlNode& node);

}  // namespace jenjang
