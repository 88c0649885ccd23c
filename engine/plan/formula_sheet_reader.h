// One entry of `lembar_hitung` in the manifest.
#pragma once

#include <optional>

#include "jenjang/plan/plan.h"

#include "engine/plan/read_parts.h"

namespace jenjang {

std::optional<FormulaSheetDeclaration> read_formula_sheet_entry(ReadContext& context, const YamlNode& node);

}  // namespace jenjang
