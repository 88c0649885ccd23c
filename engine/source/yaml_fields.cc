#include "jenjang/source/yaml_fields.h"

#include <algorithm>
#include <array>
#include <limits>

#include "jenjang/base/text.h"

#include "engine/source/number_text.h"

namespace jenjang {
namespace {

// Where a complaint about a value points: at the alias when it came through one.
const SourceSpan& place_of(const YamlNode& node) {
  return node.alias_span.valid() ? node.alias_span : node.span;
}

void report_kind(const YamlNode& node, std::string_view key, DiagnosticSink& sink) {
  sink.report(make_diagnostic(Code::J1117, place_of(node)).arg("kunci", key).arg("ditemukan", kind_word(node.kind)));
}

// The word meant by a boolean of another dialect; empty when none is.
std::string_view flag_meant(std::string_view text) {
  constexpr std::array<std::string_view, 9> kYes{"true", "True", "TRUE", "yes", "Yes", "on", "y", "Ya", "YA"};
  constexpr std::array<std::string_view, 10> kNo{"false", "False", "FALSE", "no",    "No",
                                                 "off",   "n",     "Tidak", "TIDAK", "bukan"};
  if (std::find(kYes.begin(), kYes.end(), text) != kYes.end()) return "ya";
  if (std::find(kNo.begin(), kNo.end(), text) != kNo.end()) return "tidak";
  return {};
}

}  // namespace

FieldReader::FieldReader(const YamlNode& node, std::string_view what, DiagnosticSink& sink)
    : node_(node), what_(what), sink_(sink), is_map_(node.is_map()) {
  if (!is_map_) {
    sink_.report(make_diagnostic(Code::J1110, place_of(node)).arg("apa", what_).arg("ditemukan", kind_word(node.kind)));
  }
}

const YamlNode::Entry* FieldReader::take_entry(std::string_view key) {
  if (std::find(known_.begin(), known_.end(), key) == known_.end()) known_.emplace_back(key);
  return is_map_ ? node_.find_entry(key) : nullptr;
}

const YamlNode* FieldReader::take(std::string_view key) {
  const YamlNode::Entry* entry = take_entry(key);
  return entry != nullptr ? &entry->value : nullptr;
}

std::optional<LocatedText> FieldReader::text(std::string_view key) {
  const YamlNode* value = take(key);
  if (value == nullptr) return std::nullopt;
  if (!value->is_scalar()) {
    report_kind(*value, key, sink_);
    return std::nullopt;
  }
  return LocatedText{value->text, place_of(*value)};
}

std::optional<LocatedText> FieldReader::required_text(std::string_view key) {
  // On something that is no map the one complaint about that is enough.
  if (is_map_ && take(key) == nullptr) {
    sink_.report(make_diagnostic(Code::J1116, node_.span).arg("apa", what_).arg("kunci", key));
    return std::nullopt;
  }
  return text(key);
}

std::optional<LocatedDecimal> FieldReader::decimal(std::string_view key) {
  const YamlNode* value = take(key);
  if (value == nullptr) return std::nullopt;
  const auto number = read_decimal(*value, key, sink_);
  if (!number) return std::nullopt;
  return LocatedDecimal{*number, place_of(*value)};
}

std::optional<Located<std::int64_t>> FieldReader::whole(std::string_view key) {
  const auto number = decimal(key);
  if (!number) return std::nullopt;
  const Decimal plain = number->value.normalised();
  constexpr Int128 kMost = std::numeric_limits<std::int64_t>::max();
  if (plain.scale() != 0 || plain.mantissa() > kMost || plain.mantissa() < -kMost) {
    sink_.report(make_diagnostic(Code::J1120, number->span).arg("teks", number->value.to_string()));
    return std::nullopt;
  }
  return Located<std::int64_t>{static_cast<std::int64_t>(plain.mantissa()), number->span};
}

std::optional<Located<bool>> FieldReader::flag(std::string_view key) {
  const auto word = text(key);
  if (!word) return std::nullopt;
  if (word->value == "ya") return Located<bool>{true, word->span};
  if (word->value == "tidak") return Located<bool>{false, word->span};
  sink_.report(make_diagnostic(Code::J1121, word->span)
                   .arg("kunci", key)
                   .arg("teks", word->value)
                   .suggest(flag_meant(word->value)));
  return std::nullopt;
}

std::vector<LocatedText> FieldReader::text_list(std::string_view key) {
  const YamlNode* value = take(key);
  if (value == nullptr) return {};
  if (value->is_scalar()) return {{value->text, place_of(*value)}};
  if (!value->is_sequence()) {
    report_kind(*value, key, sink_);
    return {};
  }
  std::vector<LocatedText> result;
  for (const YamlNode& item : value->items) {
    if (item.is_scalar()) {
      result.push_back({item.text, place_of(item)});
    } else {
      report_kind(item, key, sink_);
    }
  }
  return result;
}

std::optional<Located<std::size_t>> FieldReader::choice(std::string_view key, std::span<const std::string_view> words) {
  const auto word = text(key);
  if (!word) return std::nullopt;
  const auto found = std::find(words.begin(), words.end(), word->value);
  if (found != words.end()) return Located<std::size_t>{static_cast<std::size_t>(found - words.begin()), word->span};
  std::string list;
  for (const std::string_view one : words) {
    if (!list.empty()) list += ", ";
    list += one;
  }
  sink_.report(make_diagnostic(Code::J1122, word->span)
                   .arg("kunci", key)
                   .arg("teks", word->value)
                   .arg("pilihan", list)
                   .suggest(nearest(word->value, words).value_or("")));
  return std::nullopt;
}

void FieldReader::finish() {
  if (!is_map_) return;
  std::vector<std::string> free;
  for (const std::string& key : known_) {
    if (node_.find_entry(key) == nullptr) free.push_back(key);
  }
  for (const YamlNode::Entry& entry : node_.entries) {
    if (std::find(known_.begin(), known_.end(), entry.key) != known_.end()) continue;
    // A key that is already there is no likely meaning of another one; it is a last resort.
    auto near = nearest(entry.key, free);
    if (!near) near = nearest(entry.key, known_);
    sink_.report(make_diagnostic(Code::J1115, entry.key_span)
                     .arg("kunci", entry.key)
                     .arg("apa", what_)
                     .suggest(near.value_or("")));
  }
}

std::optional<Diagnostic> find_decimal_comma(const std::vector<YamlNode::Entry>& entries, std::size_t i) {
  if (i == 0 || !entries[i].value.is_null() || entries[i].value.span != entries[i].key_span) return std::nullopt;
  const std::string& rest = entries[i].key;
  const YamlNode& whole = entries[i - 1].value;
  if (!whole.is_scalar() || whole.quoted || whole.span.line != entries[i].key_span.line) return std::nullopt;
  const auto number = Decimal::parse(whole.text);
  if (!number || rest.empty() || rest.find_first_not_of("0123456789") != std::string::npos) return std::nullopt;
  const std::string text = whole.text + "," + rest;
  // A point before the comma groups, or this is no number that was torn apart.
  const bool pointed = whole.text.find('.') != std::string::npos;
  const std::string meant = pointed ? in_this_format(text, '.') : whole.text + "." + rest;
  if (meant.empty()) return std::nullopt;
  SourceSpan span = whole.span;
  span.length = entries[i].key_span.column + entries[i].key_span.length - whole.span.column;
  return make_diagnostic(Code::J1119, span).arg("teks", text).arg("tanda", "titik (.)").suggest(meant);
}

bool report_decimal_comma(const std::vector<YamlNode::Entry>& entries, std::size_t i, DiagnosticSink& sink) {
  auto finding = find_decimal_comma(entries, i);
  if (!finding) return false;
  sink.report(*std::move(finding));
  return true;
}

std::optional<Decimal> read_decimal(const YamlNode& node, std::string_view what, DiagnosticSink& sink) {
  if (!node.is_scalar()) {
    report_kind(node, what, sink);
    return std::nullopt;
  }
  auto number = Decimal::parse(node.text);
  if (!number) report_not_a_number(node.text, '.', place_of(node), sink);
  return number;
}

}  // namespace jenjang
