#include "jenjang/report/sarif.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "jenjang/base/text.h"

namespace jenjang {
namespace {

using Json = nlohmann::ordered_json;

const char* level(Severity severity) {
  switch (severity) {
    case Severity::info:
      return "note";
    case Severity::warning:
      return "warning";
    case Severity::error:
      return "error";
  }
  return "none";
}

// SARIF counts characters, a span counts bytes.
std::size_t character_column(const SourceSpan& span, const SourceMap& sources, std::size_t bytes) {
  const std::string_view line = sources.line(span.file, span.line);
  return display_width(line.substr(0, std::min(bytes, line.size()))) + 1;
}

Json location(const SourceSpan& span, const SourceMap& sources) {
  const std::size_t start = span.column > 0 ? span.column - 1U : 0U;
  const std::size_t length = std::max(span.length, 1U);
  return {{"physicalLocation",
           {{"artifactLocation", {{"uri", sources.name(span.file)}}},
            {"region",
             {{"startLine", span.line},
              {"startColumn", character_column(span, sources, start)},
              {"endColumn", character_column(span, sources, start + length)}}}}}};
}

std::string rule_id(const Diagnostic& finding) {
  return finding.rule.empty() ? to_string(finding.code) : finding.rule;
}

}  // namespace

std::string render_sarif(std::span<const Diagnostic> diagnostics, const SourceMap& sources, Language language) {
  const bool indonesian = language == Language::indonesian;
  std::map<std::string, Json> rules;
  Json results = Json::array();
  for (const Diagnostic& finding : diagnostics) {
    const std::string id = rule_id(finding);
    const CodeInfo& info = code_info(finding.code);
    rules.try_emplace(id, Json{{"id", id},
                               {"shortDescription", {{"text", indonesian ? info.id_text : info.en_text}}},
                               {"properties", {{"code", to_string(finding.code)}}}});
    std::string message = message_text(finding, language);
    const std::string repair = repair_text(finding, language);
    if (!repair.empty()) message += "\n" + repair;
    Json result{{"ruleId", id}, {"level", level(finding.severity)}, {"message", {{"text", message}}}};
    if (finding.primary.valid()) result["locations"] = Json::array({location(finding.primary, sources)});
    Json related = Json::array();
    for (const RelatedSpan& other : finding.related) {
      if (!other.span.valid()) continue;
      Json place = location(other.span, sources);
      place["message"] = {{"text", indonesian ? other.id_label : other.en_label}};
      related.push_back(std::move(place));
    }
    if (!related.empty()) result["relatedLocations"] = std::move(related);
    results.push_back(std::move(result));
  }
  Json driver{{"name", "jenjang"}, {"version", JENJANG_VERSION}, {"rules", Json::array()}};
  for (auto& [id, rule] : rules) driver["rules"].push_back(std::move(rule));
  const Json log{{"version", "2.1.0"},
                 {"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                 {"runs", Json::array({Json{{"tool", {{"driver", std::move(driver)}}},
                                            {"columnKind", "unicodeCodePoints"},
                                            {"results", std::move(results)}}})}};
  return log.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace jenjang
