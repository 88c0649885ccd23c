#include "jenjang/base/diagnostic.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <tuple>

namespace jenjang {
namespace {

constexpr auto kCatalogue = std::to_array<CodeInfo>({
#define JENJANG_DIAGNOSTIC(number, severity, fix_by, id_text, en_text, id_repair, en_repair) \
  CodeInfo{Code::J##number, Severity::severity, FixBy::fix_by, id_text, en_text, id_repair, en_repair},
#include "jenjang/base/diagnostic_codes.def"
#undef JENJANG_DIAGNOSTIC
});

constexpr bool numbers_rise() {
  for (std::size_t i = 1; i < kCatalogue.size(); ++i) {
    if (kCatalogue[i - 1].code >= kCatalogue[i].code) return false;
  }
  return true;
}
static_assert(numbers_rise(), "numbers in codes/*.def must be unique and rise from line to line");

}  // namespace

std::span<const CodeInfo> all_codes() {
  return kCatalogue;
}

const CodeInfo& code_info(Code code) {
  const auto found = std::lower_bound(kCatalogue.begin(), kCatalogue.end(), code,
                                      [](const CodeInfo& info, Code wanted) { return info.code < wanted; });
  assert(found != kCatalogue.end() && found->code == code);
  return *found;
}

std::string to_string(Code code) {
  return 'J' + std::to_string(static_cast<unsigned>(code));
}

DiagnosticBuilder::DiagnosticBuilder(Code code, SourceSpan primary) {
  diagnostic_.code = code;
  diagnostic_.severity = code_info(code).severity;
  diagnostic_.primary = primary;
}

DiagnosticBuilder& DiagnosticBuilder::arg(std::string_view name, std::string_view value) & {
  diagnostic_.args.push_back({std::string(name), std::string(value)});
  return *this;
}
DiagnosticBuilder&& DiagnosticBuilder::arg(std::string_view name, std::string_view value) && {
  arg(name, value);
  return std::move(*this);
}

DiagnosticBuilder& DiagnosticBuilder::related(SourceSpan span, std::string_view id_label, std::string_view en_label) & {
  diagnostic_.related.push_back({span, std::string(id_label), std::string(en_label)});
  return *this;
}
DiagnosticBuilder&& DiagnosticBuilder::related(SourceSpan span, std::string_view id_label,
                                               std::string_view en_label) && {
  related(span, id_label, en_label);
  return std::move(*this);
}

DiagnosticBuilder&& DiagnosticBuilder::suggest(std::string_view text) && {
  diagnostic_.suggestion = text;
  return std::move(*this);
}
DiagnosticBuilder&& DiagnosticBuilder::rule(std::string_view id) && {
  diagnostic_.rule = id;
  return std::move(*this);
}
DiagnosticBuilder&& DiagnosticBuilder::article(std::string_view text) && {
  diagnostic_.article = text;
  return std::move(*this);
}
DiagnosticBuilder&& DiagnosticBuilder::severity(Severity severity) && {
  diagnostic_.severity = severity;
  return std::move(*this);
}

void DiagnosticSink::report(Diagnostic diagnostic) {
  switch (diagnostic.severity) {
    case Severity::error:
      ++errors_;
      break;
    case Severity::warning:
      ++warnings_;
      break;
    case Severity::info:
      ++infos_;
      break;
  }
  diagnostics_.push_back(std::move(diagnostic));
}

std::size_t DiagnosticSink::count(Severity severity) const {
  switch (severity) {
    case Severity::error:
      return errors_;
    case Severity::warning:
      return warnings_;
    case Severity::info:
      return infos_;
  }
  return 0;
}

std::vector<Diagnostic> DiagnosticSink::sorted() const {
  std::vector<Diagnostic> result = diagnostics_;
  // Stable: several findings of one code at one place keep the order in which they were found.
  std::stable_sort(result.begin(), result.end(), [](const Diagnostic& a, const Diagnostic& b) {
    return std::tuple(a.primary.file, a.primary.line, a.primary.column, a.code) <
           std::tuple(b.primary.file, b.primary.line, b.primary.column, b.code);
  });
  return result;
}

}  // namespace jenjang
