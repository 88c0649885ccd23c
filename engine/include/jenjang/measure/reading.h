// Reading the words of the field from a file: parse, or report what was found and what was expected.
//
// The parsers of this module answer with nullopt; plan and intake need the same message for the same mistake,
// so the message is made here once. Each function reports at most one diagnostic.
#pragma once

#include <optional>
#include <string_view>

#include "jenjang/base/diagnostic.h"
#include "jenjang/measure/address.h"
#include "jenjang/measure/period.h"
#include "jenjang/measure/target.h"

namespace jenjang {

std::optional<Period> read_period(std::string_view text, const SourceSpan& span, DiagnosticSink& sink);      // J1201
std::optional<PeriodRange> read_years(std::string_view text, const SourceSpan& span, DiagnosticSink& sink);  // J1202
// `point` is the decimal mark of the file. J1203.
std::optional<Target> read_target(std::string_view text, const SourceSpan& span, DiagnosticSink& sink,
                                  char point = '.');
std::optional<Address> read_address(std::string_view text, const SourceSpan& span, DiagnosticSink& sink);  // J1204
// False, with J1205, for a code that no address can hold.
bool check_code(std::string_view code, const SourceSpan& span, DiagnosticSink& sink);
std::optional<Date> read_date(std::string_view text, const SourceSpan& span, DiagnosticSink& sink);  // J1206

}  // namespace jenjang
