#include "engine/base/diagnostic_words.h"

#include "engine/base/utf8.h"

namespace jenjang {

std::string_view severity_word(Severity severity, Language language) {
  const bool indonesian = language == Language::indonesian;
  switch (severity) {
    case Severity::error:
      return indonesian ? "galat" : "error";
    case Severity::warning:
      return indonesian ? "peringatan" : "warning";
    case Severity::info:
      return "info";
  }
  return {};
}

std::string_view fix_by_word(FixBy fix_by, Language language) {
  const bool indonesian = language == Language::indonesian;
  switch (fix_by) {
    case FixBy::staff:
      return indonesian ? "staf" : "staff";
    case FixBy::superior:
      return indonesian ? "atasan" : "superior";
    case FixBy::unit_admin:
      return indonesian ? "admin unit" : "unit admin";
    case FixBy::centre:
      return indonesian ? "pusat" : "centre";
  }
  return {};
}

std::string_view fix_by_key(FixBy fix_by) {
  return fix_by == FixBy::unit_admin ? "unit_admin" : fix_by_word(fix_by, Language::english);
}

std::string fill_text(std::string_view pattern, const std::vector<DiagnosticArg>& args) {
  std::string result;
  result.reserve(pattern.size() + 32);
  while (!pattern.empty()) {
    const std::size_t open = pattern.find('{');
    const std::size_t close = open == std::string_view::npos ? open : pattern.find('}', open);
    if (close == std::string_view::npos) break;
    result += pattern.substr(0, open);
    const std::string_view name = pattern.substr(open + 1, close - open - 1);
    const DiagnosticArg* found = nullptr;
    for (const DiagnosticArg& arg : args) {
      if (arg.name == name) found = &arg;
    }
    result += found != nullptr ? std::string_view(found->value) : pattern.substr(open, close - open + 1);
    pattern.remove_prefix(close + 1);
  }
  result += pattern;
  return result;
}

std::string printable(std::string_view text) {
  constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
  std::string result;
  result.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode_utf8(text, at);
    const bool control = (point.value < 0x20 && point.value != '\t') || (point.value >= 0x7F && point.value < 0xA0);
    if (!point.valid || control) {
      result += kReplacement;
    } else {
      result += text.substr(at, point.bytes);
    }
    at += point.bytes;
  }
  return result;
}

std::string message_text(const Diagnostic& diagnostic, Language language) {
  const CodeInfo& info = code_info(diagnostic.code);
  return fill_text(language == Language::indonesian ? info.id_text : info.en_text, diagnostic.args);
}

std::string repair_text(const Diagnostic& diagnostic, Language language) {
  const CodeInfo& info = code_info(diagnostic.code);
  return fill_text(language == Language::indonesian ? info.id_repair : info.en_repair, diagnostic.args);
}

}  // namespace jenjang
