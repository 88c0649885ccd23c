// Checks of raw bytes that come before any parser.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "jenjang/base/diagnostic.h"
#include "jenjang/base/source_map.h"

namespace jenjang {

inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// A control character other than tab, LF and CR.
constexpr bool is_control_byte(char byte) {
  const auto value = static_cast<std::uint8_t>(byte);
  return (value < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') || value == 0x7F;
}

// "0x1B": a byte as messages show it.
std::string byte_text(char byte);

// Reports the first byte that is not UTF-8 (J1101) and the first control character other than tab, LF
// and CR before LF (J1102; a CR alone ends a line for some readers and not for others). True when there is none.
bool check_text(FileId file, const SourceMap& sources, DiagnosticSink& sink);

}  // namespace jenjang
