// YAML as a tree of text that knows its place. yaml-cpp is behind this header and nowhere else.
//
// Scalars stay text: `no` is the word "no", 08 is "08", 76.30 keeps its zero. Every entry keeps
// the span of its key and of its value; an alias keeps the place of the alias and of the anchor.
// Refused with a coded diagnostic and never a crash: duplicate keys, tabs as indentation, more
// than `max_depth` levels, alias expansion beyond `max_nodes`, bytes that are not UTF-8, several
// documents in one file, merge keys and custom tags. A BOM and CRLF are accepted.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "jenjang/base/diagnostic.h"
#include "jenjang/base/source_map.h"
#include "jenjang/base/watch.h"

namespace jenjang {

struct YamlLimits {
  std::size_t max_bytes = std::size_t{16} << 20;  // checked before parsing
  std::size_t max_depth = 64;
  std::size_t max_nodes = 2'000'000;  // counted after alias expansion
  const Watch* watch = nullptr;       // the one limit that is not of size
};

class YamlNode {
public:
  enum class Kind : std::uint8_t { null, scalar, sequence, map };
  struct Entry;  // key, key_span, value

  YamlNode() = default;

  Kind kind = Kind::null;
  std::string text;             // scalars only
  bool quoted = false;          // written in quotes or as a block
  SourceSpan span;              // the value: for a container its first byte
  SourceSpan alias_span;        // valid when this value came through an alias: the place of the `*name`
  std::vector<YamlNode> items;  // sequence
  std::vector<Entry> entries;   // map, in source order, keys unique

  [[nodiscard]] bool is_null() const { return kind == Kind::null; }
  [[nodiscard]] bool is_scalar() const { return kind == Kind::scalar; }
  [[nodiscard]] bool is_sequence() const { return kind == Kind::sequence; }
  [[nodiscard]] bool is_map() const { return kind == Kind::map; }
  // The value under `key`, or nullptr. Maps only; linear (maps written by people are short).
  [[nodiscard]] const YamlNode* find(std::string_view key) const;
  [[nodiscard]] const Entry* find_entry(std::string_view key) const;
};

struct YamlNode::Entry {
  std::string key;
  SourceSpan key_span;
  YamlNode value;
};

// Parses one file already in `sources`. nullopt after any error; at least one diagnostic then.
// An empty file gives a null node.
std::optional<YamlNode> parse_yaml(FileId file, const SourceMap& sources, const YamlLimits& limits,
                                   DiagnosticSink& sink);

// Words for messages: "peta", "daftar", "nilai", "kosong".
std::string_view kind_word(YamlNode::Kind kind);

}  // namespace jenjang
