// A diagnostic is data: what was found, where, what was expected, who can repair it and how.
//
// Texts live in one catalogue (diagnostic_codes.def) in Indonesian and English; a diagnostic
// holds the code and named arguments, so either language can be rendered later. A user's
// mistake becomes a diagnostic, a programmer's mistake an assertion.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "jenjang/base/source_map.h"

namespace jenjang {

enum class Severity : std::uint8_t { info, warning, error };
enum class Language : std::uint8_t { indonesian, english };

// Who can make the repair: staf, atasan, admin unit, pusat.
enum class FixBy : std::uint8_t { staff, superior, unit_admin, centre };

// Stable codes; the enumerators are generated from the catalogue ("J1001" <-> Code::J1001).
enum class Code : std::uint16_t {
#define JENJANG_DIAGNOSTIC(number, severity, fix_by, id_text, en_text, id_repair, en_repair) J##number = number,
#include "jenjang/base/diagnostic_codes.def"
#undef JENJANG_DIAGNOSTIC
};

struct CodeInfo {
  Code code;
  Severity severity;
  FixBy fix_by;
  std::string_view id_text, en_text;      // with {name} places for arguments
  std::string_view id_repair, en_repair;  // may be empty
};
// All codes in order of number.
std::span<const CodeInfo> all_codes();
const CodeInfo& code_info(Code code);
std::string to_string(Code code);  // "J1001"

// A named argument of the text, already in words both languages share (codes, numbers, names).
struct DiagnosticArg {
  std::string name;
  std::string value;
};

// A second place with what to say about it in both languages.
struct RelatedSpan {
  SourceSpan span;
  std::string id_label, en_label;
};

struct Diagnostic {
  Code code{};
  Severity severity = Severity::error;  // set from the catalogue, or from lint data
  SourceSpan primary;
  std::vector<DiagnosticArg> args;
  std::vector<RelatedSpan> related;
  std::string suggestion;  // text that could replace the primary span; empty when none is near
  std::string rule;        // lint rule id such as CAS-TGT-04; empty otherwise
  std::string article;     // regulation and article; empty when none applies
};

// Fluent construction:
//   sink.report(make_diagnostic(Code::J1203, span).arg("kunci", key).suggest("satuan"));
class DiagnosticBuilder {
public:
  explicit DiagnosticBuilder(Code code, SourceSpan primary);
  DiagnosticBuilder& arg(std::string_view name, std::string_view value) &;
  DiagnosticBuilder&& arg(std::string_view name, std::string_view value) &&;
  DiagnosticBuilder& related(SourceSpan span, std::string_view id_label, std::string_view en_label) &;
  DiagnosticBuilder&& related(SourceSpan span, std::string_view id_label, std::string_view en_label) &&;
  DiagnosticBuilder&& suggest(std::string_view text) &&;
  DiagnosticBuilder&& rule(std::string_view id) &&;
  DiagnosticBuilder&& article(std::string_view text) &&;
  DiagnosticBuilder&& severity(Severity severity) &&;
  operator Diagnostic() && { return std::move(diagnostic_); }  // NOLINT(google-explicit-constructor)

private:
  Diagnostic diagnostic_;
};
inline DiagnosticBuilder make_diagnostic(Code code, SourceSpan primary) {
  return DiagnosticBuilder(code, primary);
}

// Collects everything one run finds. `sorted()` is source order: file, line, column, code.
class DiagnosticSink {
public:
  void report(Diagnostic diagnostic);
  [[nodiscard]] bool has_errors() const { return errors_ > 0; }
  [[nodiscard]] std::size_t count(Severity severity) const;
  [[nodiscard]] const std::vector<Diagnostic>& all() const { return diagnostics_; }
  [[nodiscard]] std::vector<Diagnostic> sorted() const;

private:
  std::vector<Diagnostic> diagnostics_;
  std::size_t errors_ = 0, warnings_ = 0, infos_ = 0;
};

struct RenderOptions {
  Language language = Language::indonesian;
  bool color = false;
  std::size_t max_shown = 200;  // truncation is announced
};

// The text of one message without place or excerpt, arguments filled in.
std::string message_text(const Diagnostic& diagnostic, Language language);
std::string repair_text(const Diagnostic& diagnostic, Language language);
// error[J1203]: ... / --> file:line:col / excerpt / caret / note / bantuan.
std::string render_text(const Diagnostic& diagnostic, const SourceMap& sources, const RenderOptions& options);
std::string render_text(std::span<const Diagnostic> diagnostics, const SourceMap& sources,
                        const RenderOptions& options);
// {"format_version":1,"diagnostics":[...]} with messages in both languages.
std::string render_json(std::span<const Diagnostic> diagnostics, const SourceMap& sources);

}  // namespace jenjang
