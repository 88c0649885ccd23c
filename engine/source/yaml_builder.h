// Parser events to a tree with places. Only engine/source sees yaml-cpp.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/mark.h>

#include "jenjang/source/yaml_reader.h"

namespace jenjang {

// Thrown through the parser to end it after a limit was passed; the diagnostic is already reported.
struct YamlAbort {};

class YamlBuilder : public YAML::EventHandler {
public:
  YamlBuilder(FileId file, const SourceMap& sources, const YamlLimits& limits, DiagnosticSink& sink);

  [[nodiscard]] bool failed() const { return failed_; }
  [[nodiscard]] std::size_t documents() const { return documents_; }
  YamlNode take_root() { return std::move(root_); }
  // Byte offset of a parser mark in the file; the file's end for a mark without place.
  [[nodiscard]] std::size_t offset(const YAML::Mark& mark) const;

  // Where the quote or bracket stands that is open when the parser met the end; npos when unknown.
  [[nodiscard]] std::size_t unclosed() const;
  // Reports a tab in an indentation, once a line; npos is no tab.
  void check_tab(std::size_t tab);

  void OnDocumentStart(const YAML::Mark& mark) override;
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override;
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override;
  void OnSequenceEnd() override { end_container(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override;
  void OnMapEnd() override { end_container(); }

private:
  // An open sequence or map. In a map `key_pending` says that the next node is a value.
  struct Frame {
    YamlNode node;
    YAML::anchor_t anchor = 0;
    std::size_t start = 0;         // offset of its first byte
    std::size_t nodes_before = 0;  // count when it was opened: gives the size of the subtree
    std::size_t height = 1;        // levels below and with this one
    bool key_pending = false;
    bool refused_key = false;  // this container itself stands where a key should
  };
  struct Anchored {
    YamlNode node;
    std::size_t nodes = 1;
    std::size_t height = 0;
  };

  void start_container(YamlNode::Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor);
  void end_container();
  // Puts a finished node where it belongs: key, value, item or root.
  void place(YamlNode node, YAML::anchor_t anchor, std::size_t nodes, std::size_t height, bool refused_key);
  void place_key(YamlNode node, bool refused);
  void check_keys(const YamlNode& map);
  void check_tag(const std::string& tag, std::size_t from, bool quoted);
  void add_nodes(std::size_t count, const SourceSpan& span);
  [[nodiscard]] bool expects_key() const {
    return !frames_.empty() && frames_.back().node.is_map() && !frames_.back().key_pending;
  }
  [[nodiscard]] SourceSpan null_span(std::size_t at) const;
  [[nodiscard]] SourceSpan span(std::size_t offset, std::size_t length) const {
    return sources_.span_at(file_, offset, length);
  }
  void report(Diagnostic diagnostic) {
    failed_ = true;
    sink_.report(std::move(diagnostic));
  }

  FileId file_;
  const SourceMap& sources_;
  std::string_view text_;
  std::size_t mark_base_;  // bytes before the parser's position 0: a byte order mark
  const YamlLimits& limits_;
  DiagnosticSink& sink_;
  std::vector<Frame> frames_;
  std::unordered_map<YAML::anchor_t, Anchored> anchors_;
  YamlNode root_;
  std::size_t nodes_ = 0;
  std::size_t documents_ = 0;
  std::size_t last_tab_line_ = 0;
  std::size_t last_end_ = 0;  // offset behind the last scalar
  bool failed_ = false;
};

}  // namespace jenjang
