#include "engine/source/text_check.h"

#include "jenjang/base/text.h"

namespace jenjang {
std::string byte_text(char byte) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  const auto value = static_cast<std::uint8_t>(byte);
  return std::string("0x") + kDigits[value >> 4] + kDigits[value & 0x0FU];
}

bool check_text(FileId file, const SourceMap& sources, DiagnosticSink& sink) {
  const std::string_view text = sources.text(file);
  bool clean = true;
  if (const std::size_t at = find_invalid_utf8(text); at != std::string_view::npos) {
    sink.report(make_diagnostic(Code::J1101, sources.span_at(file, at, 1)).arg("bita", byte_text(text[at])));
    clean = false;
  }
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool lone_return = text[at] == '\r' && at + 1 < text.size() && text[at + 1] != '\n';
    if (!is_control_byte(text[at]) && !lone_return) continue;
    sink.report(make_diagnostic(Code::J1102, sources.span_at(file, at, 1)).arg("bita", byte_text(text[at])));
    return false;
  }
  return clean;
}

}  // namespace jenjang
