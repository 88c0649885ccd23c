// Strict reading of a YAML map: each known key is taken once, the rest is refused with a near miss.
//
//   FieldReader fields(node, "indikator", sink);
//   auto code = fields.required_text("kode");
//   auto unit = fields.text("satuan");
//   fields.finish();                    // reports unknown keys
//
// Every getter reports its own diagnostic (wrong kind, bad number) and returns nullopt then, so
// that one run finds all mistakes. The node must outlive the reader.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "jenjang/base/decimal.h"
#include "jenjang/source/yaml_reader.h"

namespace jenjang {

template <class T>
struct Located {
  T value{};
  SourceSpan span;
};
using LocatedText = Located<std::string>;
using LocatedDecimal = Located<Decimal>;

class FieldReader {
public:
  // `what` names the thing in messages ("indikator"). Reports J1110 when node is not a map.
  FieldReader(const YamlNode& node, std::string_view what, DiagnosticSink& sink);

  [[nodiscard]] bool is_map() const { return is_map_; }
  [[nodiscard]] const SourceSpan& span() const { return node_.span; }
  // Raw access; marks the key as known. nullptr when absent.
  const YamlNode* take(std::string_view key);
  const YamlNode::Entry* take_entry(std::string_view key);

  std::optional<LocatedText> text(std::string_view key);
  std::optional<LocatedText> required_text(std::string_view key);
  std::optional<LocatedDecimal> decimal(std::string_view key);
  std::optional<Located<std::int64_t>> whole(std::string_view key);
  // ya | tidak only (true/false and yes/no are refused with the right word).
  std::optional<Located<bool>> flag(std::string_view key);
  // A scalar or a list of scalars; empty when absent.
  std::vector<LocatedText> text_list(std::string_view key);
  // One of `words`; reports the list and a near miss otherwise. Gives the index.
  std::optional<Located<std::size_t>> choice(std::string_view key, std::span<const std::string_view> words);

  // Reports every key nobody asked for, with the nearest of those asked for.
  void finish();

private:
  const YamlNode& node_;
  std::string what_;
  DiagnosticSink& sink_;
  std::vector<std::string> known_;
  bool is_map_ = false;
};

// J1119 when entry `i` of a map is the rest of a decimal comma: `{2025: 55,5}` is read as 2025: 55 and a
// key 5 without a value.
std::optional<Diagnostic> find_decimal_comma(const std::vector<YamlNode::Entry>& entries, std::size_t i);
// True when there was one to report.
bool report_decimal_comma(const std::vector<YamlNode::Entry>& entries, std::size_t i, DiagnosticSink& sink);

// A scalar as a decimal with a point; reports and returns nullopt otherwise. A decimal comma is
// recognised only to say so.
std::optional<Decimal> read_decimal(const YamlNode& node, std::string_view what, DiagnosticSink& sink);

}  // namespace jenjang
