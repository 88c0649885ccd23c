#include "jenjang/source/yaml_reader.h"

#include <algorithm>
#include <array>
#include <istream>
#include <streambuf>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include "engine/source/text_check.h"
#include "engine/source/yaml_builder.h"
#include "engine/source/yaml_text.h"

namespace jenjang {
namespace {

// Reads a view in place: the text is already in memory.
class ViewBuffer : public std::streambuf {
public:
  explicit ViewBuffer(std::string_view text) {
    char* start = const_cast<char*>(text.data());  // streambuf takes char*, and only reads here
    setg(start, start, start + text.size());
  }
};

Code code_of(std::string_view message) {
  namespace Error = YAML::ErrorMsg;
  const auto is_one_of = [&](std::initializer_list<std::string_view> known) {
    return std::any_of(known.begin(), known.end(), [&](std::string_view text) { return message.starts_with(text); });
  };
  if (message == Error::TAB_IN_INDENTATION) return Code::J1103;
  if (message.starts_with(Error::UNKNOWN_ANCHOR)) return Code::J1108;
  if (is_one_of({Error::END_OF_MAP_FLOW, Error::END_OF_SEQ_FLOW, Error::EOF_IN_SCALAR, Error::DOC_IN_SCALAR})) {
    return Code::J1104;
  }
  if (is_one_of({Error::INVALID_HEX, Error::INVALID_UNICODE, Error::INVALID_ESCAPE})) return Code::J1106;
  return Code::J1105;
}

// The tab that explains an error at `at`: in the indentation of its line or of the line before.
std::size_t tab_near(std::string_view text, std::size_t at) {
  for (int lines = 0; lines < 2; ++lines) {
    const std::size_t before = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
    const std::size_t line = before == std::string_view::npos ? 0 : before + 1;
    const std::size_t content = std::min(text.find_first_not_of(" \t", line), text.size());
    const std::size_t tab = indentation_tab(text, content);
    if (tab != std::string_view::npos) return tab;
    if (line == 0) break;
    at = line - 1;
  }
  return std::string_view::npos;
}

void report_failure(const YAML::Exception& failure, YamlBuilder& builder, FileId file, const SourceMap& sources,
                    DiagnosticSink& sink) {
  const std::string_view text = sources.text(file);
  const std::size_t at = builder.offset(failure.mark);
  const Code code = code_of(failure.msg);
  if (code == Code::J1108) {
    const std::size_t length = anchor_length(text, at);
    const std::string_view name = length > 0 ? text.substr(at + 1, length - 1) : std::string_view{};
    sink.report(make_diagnostic(code, sources.span_at(file, at, length)).arg("nama", name));
    return;
  }
  if (const std::size_t tab = tab_near(text, at); tab != std::string_view::npos && code != Code::J1106) {
    builder.check_tab(tab);
    return;
  }
  if (code == Code::J1104) {
    if (const std::size_t open = builder.unclosed(); open != std::string_view::npos) {
      sink.report(make_diagnostic(code, sources.span_at(file, open, 1))
                      .related(sources.span_at(file, at, at < text.size() ? 1 : 0), "belum ditutup sampai di sini",
                               "not closed up to here"));
      return;
    }
  }
  sink.report(make_diagnostic(code, sources.span_at(file, at, at < text.size() ? 1 : 0)).arg("sebab", failure.msg));
}

bool within_bounds(FileId file, const SourceMap& sources, const YamlLimits& limits, DiagnosticSink& sink) {
  const std::string_view text = sources.text(file);
  if (text.size() > limits.max_bytes) {
    sink.report(make_diagnostic(Code::J1003, sources.span_at(file, 0, 0))
                    .arg("berkas", sources.name(file))
                    .arg("ukuran", std::to_string(text.size()))
                    .arg("batas", std::to_string(limits.max_bytes)));
    return false;
  }
  if (!check_text(file, sources, sink)) return false;
  // Brackets in prose count here too, so the bound is far above what the tree may hold.
  constexpr std::size_t kProse = 16;
  const FlowBounds bounds = flow_bounds(text);
  if (bounds.depth > limits.max_depth * kProse) {
    sink.report(make_diagnostic(Code::J1109, sources.span_at(file, bounds.depth_offset, 1))
                    .arg("batas", std::to_string(limits.max_depth)));
    return false;
  }
  if (bounds.marks > std::max(limits.max_nodes, std::size_t{4096})) {
    sink.report(
        make_diagnostic(Code::J1111, sources.span_at(file, 0, 0)).arg("batas", std::to_string(limits.max_nodes)));
    return false;
  }
  return true;
}

}  // namespace

const YamlNode* YamlNode::find(std::string_view key) const {
  const Entry* entry = find_entry(key);
  return entry != nullptr ? &entry->value : nullptr;
}

const YamlNode::Entry* YamlNode::find_entry(std::string_view key) const {
  const auto found = std::find_if(entries.begin(), entries.end(), [&](const Entry& entry) { return entry.key == key; });
  return found != entries.end() ? &*found : nullptr;
}

std::optional<YamlNode> parse_yaml(FileId file, const SourceMap& sources, const YamlLimits& limits,
                                   DiagnosticSink& sink) {
  if (!within_bounds(file, sources, limits, sink)) return std::nullopt;
  ViewBuffer buffer(sources.text(file));
  std::istream stream(&buffer);
  YamlBuilder builder(file, sources, limits, sink);
  try {
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const YamlAbort&) {
    return std::nullopt;
  } catch (const YAML::Exception& failure) {
    report_failure(failure, builder, file, sources, sink);
    return std::nullopt;
  }
  if (builder.failed()) return std::nullopt;
  return builder.take_root();
}

std::string_view kind_word(YamlNode::Kind kind) {
  switch (kind) {
    case YamlNode::Kind::null:
      return "kosong";
    case YamlNode::Kind::scalar:
      return "nilai";
    case YamlNode::Kind::sequence:
      return "daftar";
    case YamlNode::Kind::map:
      return "peta";
  }
  return {};
}

}  // namespace jenjang
