// Why a text is not the number asked for.
#pragma once

#include <string>
#include <string_view>

#include "jenjang/base/diagnostic.h"

namespace jenjang {

// A number written with other marks as it is written with `point` and no grouping: of "1.234,5" and '.' "1234.5". Empty
// where it may be two numbers ("1.234", "1,234") or none.
std::string in_this_format(std::string_view text, char point);

// Reports J1119, with the number in this format where that is sure, when `text` is a number written with the other
// decimal mark or with grouping marks, J1118 otherwise. `point` is the decimal mark asked for.
void report_not_a_number(std::string_view text, char point, const SourceSpan& span, DiagnosticSink& sink);

}  // namespace jenjang
