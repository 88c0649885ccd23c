#include <nlohmann/json.hpp>
#include <string>

#include "jenjang/base/diagnostic.h"

#include "engine/base/diagnostic_words.h"

namespace jenjang {
namespace {

using Json = nlohmann::ordered_json;

Json place(const SourceSpan& span, const SourceMap& sources) {
  if (!span.valid()) return nullptr;
  return {{"file", sources.name(span.file)}, {"line", span.line}, {"column", span.column}, {"length", span.length}};
}

Json text_or_null(std::string_view text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

Json finding(const Diagnostic& diagnostic, const SourceMap& sources) {
  Json related = Json::array();
  for (const RelatedSpan& other : diagnostic.related) {
    related.push_back(
        {{"place", place(other.span, sources)}, {"label", Json{{"id", other.id_label}, {"en", other.en_label}}}});
  }
  return Json{{"code", to_string(diagnostic.code)},
              {"severity", severity_word(diagnostic.severity, Language::english)},
              {"rule", text_or_null(diagnostic.rule)},
              {"message", Json{{"id", message_text(diagnostic, Language::indonesian)},
                               {"en", message_text(diagnostic, Language::english)}}},
              {"primary", place(diagnostic.primary, sources)},
              {"related", std::move(related)},
              {"suggestion", text_or_null(diagnostic.suggestion)},
              {"repair", Json{{"id", repair_text(diagnostic, Language::indonesian)},
                              {"en", repair_text(diagnostic, Language::english)}}},
              {"fix_by", fix_by_key(code_info(diagnostic.code).fix_by)},
              {"article", text_or_null(diagnostic.article)}};
}

}  // namespace

std::string render_json(std::span<const Diagnostic> diagnostics, const SourceMap& sources) {
  Json list = Json::array();
  for (const Diagnostic& diagnostic : diagnostics) list.push_back(finding(diagnostic, sources));
  const Json document{{"format_version", 1}, {"diagnostics", std::move(list)}};
  // Bytes of a file that are not UTF-8 may stand in an argument: replaced, never an exception.
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace jenjang
