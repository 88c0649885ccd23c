// Why a text is not the number asked for.
#pragma once

#include <string_view>

#include "jenjang/base/diagnostic.h"

namespace jenjang {

// Reports J1119 when `text` is a number written with the other decimal mark or with grouping marks,
// J1118 otherwise. `point` is the decimal mark asked for.
void report_not_a_number(std::string_view text, char point, const SourceSpan& span, DiagnosticSink& sink);

}  // namespace jenjang
