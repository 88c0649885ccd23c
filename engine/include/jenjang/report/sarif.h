// Findings as SARIF 2.1.0, for code review tools and editors.
#pragma once

#include <span>
#include <string>

#include "jenjang/base/diagnostic.h"

namespace jenjang {

// File names become relative URIs against the plan folder, as the source map names them.
std::string render_sarif(std::span<const Diagnostic> diagnostics, const SourceMap& sources, Language language);

}  // namespace jenjang
