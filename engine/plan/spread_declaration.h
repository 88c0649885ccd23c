// One entry of `sebaran` in the manifest.
#pragma once

#include <optional>

#include "jenjang/plan/plan.h"

#include "engine/plan/read_parts.h"

namespace jenjang {

std::optional<SpreadDeclaration> read_spread_entry(ReadContext& context, const YamlNode& node);

}  // namespace jenjang
