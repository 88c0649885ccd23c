// What must hold for the readers on any bytes. The fuzz programs and a unit test share these
// checks; each returns an empty text when all holds, else what does not.
#pragma once

#include <string>
#include <string_view>

#include "jenjang/base/decimal.h"
#include "jenjang/base/rational.h"
#include "jenjang/base/text.h"
#include "jenjang/source/csv_reader.h"
#include "jenjang/source/yaml_fields.h"
#include "jenjang/source/yaml_reader.h"

namespace jenjang::fuzz {

// Byte offset of a span found by walking the lines by hand, npos when it is not a place of `text`.
inline std::size_t offset_of(std::string_view text, const SourceSpan& span) {
  std::size_t start = 0;
  for (std::uint32_t line = 1; line < span.line; ++line) {
    const std::size_t end = text.find('\n', start);
    if (end == std::string_view::npos) return std::string_view::npos;
    start = end + 1;
  }
  if (span.line == 0 || span.column == 0) return std::string_view::npos;
  const std::size_t offset = start + span.column - 1;
  if (offset > text.size() || span.length > text.size() - offset) return std::string_view::npos;
  // A place stands on its line; only its length may run over the end.
  if (text.substr(start, offset - start).find('\n') != std::string_view::npos) return std::string_view::npos;
  return offset;
}

inline bool inside(std::string_view text, const SourceSpan& span) {
  return offset_of(text, span) != std::string_view::npos;
}

inline std::string check_messages(const DiagnosticSink& sink, const SourceMap& sources, FileId file) {
  const std::string_view text = sources.text(file);
  const std::vector<Diagnostic> all = sink.sorted();
  for (const Diagnostic& diagnostic : all) {
    if (!diagnostic.primary.valid() || !inside(text, diagnostic.primary)) {
      return to_string(diagnostic.code) + ": place outside the file";
    }
    for (const RelatedSpan& related : diagnostic.related) {
      if (!inside(text, related.span)) return to_string(diagnostic.code) + ": related place outside the file";
    }
    if (message_text(diagnostic, Language::indonesian).empty()) return "empty message";
  }
  RenderOptions options;
  options.max_shown = 5;
  if (!is_valid_utf8(render_text(all, sources, options))) return "rendered text is not UTF-8";
  if (!is_valid_utf8(render_json(all, sources))) return "rendered JSON is not UTF-8";
  return {};
}

inline std::string check_tree(const YamlNode& node, std::string_view text, std::size_t depth,
                              const YamlLimits& limits) {
  if (depth > limits.max_depth) return "tree deeper than the limit";
  const std::size_t at = offset_of(text, node.span);
  if (at == std::string_view::npos) return "value outside the file";
  if (node.alias_span.valid() && !inside(text, node.alias_span)) return "alias outside the file";
  if (node.is_scalar() && !node.quoted && !node.text.starts_with(text.substr(at, node.span.length))) {
    return "plain value is not what stands at its place: " + node.text;
  }
  const std::size_t below = node.is_sequence() || node.is_map() ? depth + 1 : depth;
  for (const YamlNode& item : node.items) {
    if (auto wrong = check_tree(item, text, below, limits); !wrong.empty()) return wrong;
  }
  for (const YamlNode::Entry& entry : node.entries) {
    if (!inside(text, entry.key_span)) return "key outside the file";
    if (node.find_entry(entry.key) != &entry) return "key twice in one map";
    if (auto wrong = check_tree(entry.value, text, below, limits); !wrong.empty()) return wrong;
  }
  return {};
}

inline std::string check_yaml(std::string_view bytes) {
  SourceMap sources;
  const FileId file = sources.add("masukan.yaml", std::string(bytes));
  YamlLimits limits;
  limits.max_nodes = 5000;
  limits.max_depth = 32;
  DiagnosticSink sink;
  const auto root = parse_yaml(file, sources, limits, sink);
  if (root.has_value() == sink.has_errors()) return "a tree and an error, or neither";
  if (root) {
    if (auto wrong = check_tree(*root, sources.text(file), 0, limits); !wrong.empty()) return wrong;
    // The strict reader on whatever came out: it reports, and does not fall.
    FieldReader fields(*root, "masukan", sink);
    fields.required_text("kode");
    fields.decimal("nilai");
    fields.whole("n");
    fields.flag("ya");
    fields.text_list("daftar");
    fields.finish();
  }
  return check_messages(sink, sources, file);
}

inline std::string check_csv(std::string_view bytes) {
  for (const CsvFormat format : {CsvFormat{',', '.'}, CsvFormat{';', ','}, CsvFormat{'\t', '.'}}) {
    SourceMap sources;
    const FileId file = sources.add("masukan.csv", std::string(bytes));
    const std::string_view text = sources.text(file);
    DiagnosticSink sink;
    const auto table = parse_csv(file, sources, format, sink);
    if (!table) {
      if (!sink.has_errors()) return "no table and no error";
    } else {
      if (table->column_count() == 0) return "table without columns";
      if (table->rows_rejected() > 0 && !sink.has_errors()) return "row left out without a word";
      for (std::size_t row = 0; row < table->row_count(); ++row) {
        for (std::size_t column = 0; column < table->column_count(); ++column) {
          const CsvCell& cell = table->cell(row, column);
          const std::size_t at = offset_of(text, cell.span);
          if (at == std::string_view::npos) return "cell outside the file";
          const std::string_view written = text.substr(at, cell.span.length);
          if (!written.starts_with('"') && written != cell.text) return "cell is not what stands at its place";
          if (!is_valid_utf8(cell.text)) return "cell is not UTF-8";
          const auto number = read_decimal(cell, format, sink);
          if (number && Rational(*number) != Rational(number->normalised())) return "number changed its value";
        }
      }
      constexpr std::string_view kRequired[] = {"kode", "nilai"};
      constexpr std::string_view kOptional[] = {"unit", "periode"};
      table->expect_columns(kRequired, kOptional, sink);
    }
    if (auto wrong = check_messages(sink, sources, file); !wrong.empty()) return wrong;
  }
  return {};
}

inline std::string check_decimal(std::string_view bytes) {
  const std::size_t middle = bytes.find('\n');
  const auto first = Decimal::parse(bytes.substr(0, middle));
  const auto second = middle == std::string_view::npos ? std::nullopt : Decimal::parse(bytes.substr(middle + 1), ',');
  for (const auto& value : {first, second}) {
    if (!value) continue;
    const auto again = Decimal::parse(value->to_string());
    if (!again || again->mantissa() != value->mantissa() || again->scale() != value->scale()) return "text round trip";
    if (value->normalised() != *value) return "normalised value differs";
    if (Rational(*value).to_decimal() != value->normalised()) return "rational round trip";
    if (Rational(*value).to_double() != value->to_double()) return "two ways to a double";
    if (Rational(*value).sign() != value->sign()) return "sign";
  }
  if (first && second) {
    if ((*first <=> *second) != (Rational(*first) <=> Rational(*second))) return "comparison";
    const auto sum = Decimal::add(*first, *second);
    if (sum && Rational(*sum) != Rational(*first) + Rational(*second)) return "sum";
  }
  return {};
}

}  // namespace jenjang::fuzz
