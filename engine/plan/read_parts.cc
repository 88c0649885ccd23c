#include "engine/plan/read_parts.h"

#include <algorithm>
#include <array>
#include <utility>

#include "jenjang/base/result.h"
#include "jenjang/base/text.h"
#include "jenjang/measure/reading.h"

namespace jenjang {
namespace {

std::string found_text(const YamlNode& node) {
  return node.is_scalar() ? node.text : std::string(kind_word(node.kind));
}

}  // namespace

void report_form(DiagnosticSink& sink, const SourceSpan& span, std::string_view key, std::string_view expected,
                 std::string_view found) {
  sink.report(make_diagnostic(Code::J1503, span).arg("kunci", key).arg("harapan", expected).arg("ditemukan", found));
}

const std::vector<YamlNode>& list_items(const YamlNode* node, std::string_view key, DiagnosticSink& sink) {
  static const std::vector<YamlNode> kNone;
  if (node == nullptr || node->is_null()) return kNone;
  if (node->is_sequence()) return node->items;
  report_form(sink, node->span, key, "- ...", found_text(*node));
  return kNone;
}

const std::vector<YamlNode::Entry>& map_entries(const YamlNode* node, std::string_view key, DiagnosticSink& sink) {
  static const std::vector<YamlNode::Entry> kNone;
  if (node == nullptr || node->is_null()) return kNone;
  if (node->is_map()) return node->entries;
  report_form(sink, node->span, key, "kunci: nilai", found_text(*node));
  return kNone;
}

bool check_version(const YamlNode& root, DiagnosticSink& sink) {
  if (root.is_map() && !root.entries.empty() && root.entries.front().key == "jenjang") {
    const YamlNode& version = root.entries.front().value;
    if (version.is_scalar() && version.text == "1") return true;
    sink.report(make_diagnostic(Code::J1502, version.span).arg("ditemukan", "jenjang: " + found_text(version)));
    return false;
  }
  const bool has_entry = root.is_map() && !root.entries.empty();
  sink.report(make_diagnostic(Code::J1502, has_entry ? root.entries.front().key_span : root.span)
                  .arg("ditemukan", has_entry ? root.entries.front().key : found_text(root)));
  return false;
}

bool read_when(const std::string& key, const SourceSpan& span, PlanWhen& when, DiagnosticSink& sink) {
  when.span = span;
  if (key.rfind("ke-", 0) == 0) {
    const auto number = Decimal::parse(std::string_view(key).substr(3));
    // Plan year 0 is the year before the plan: where its baselines stand.
    if (number && number->is_whole() && !number->is_negative() && *number <= Decimal(99)) {
      when.plan_year = static_cast<int>(number->to_double());
      return true;
    }
    report_form(sink, span, "periode", "ke-1", key);
    return false;
  }
  if (key.find("..") != std::string::npos) {
    when.range = read_years(key, span, sink);
    return when.range.has_value();
  }
  when.period = read_period(key, span, sink);
  return when.period.has_value();
}

void report_beyond(DiagnosticSink& sink, const WrittenValue& low, const WrittenValue& high) {
  sink.report(make_diagnostic(Code::J1541, low.span)
                  .arg("kunci", low.key)
                  .arg("nilai", low.value)
                  .arg("kunci_lain", high.key)
                  .arg("nilai_lain", high.value)
                  .related(high.span, "yang dilampaui", "what it lies beyond"));
}

PlanLabels read_labels(SectionReader& fields, DiagnosticSink& sink) {
  PlanLabels labels;
  const std::array<std::string, 2> known{"ilustratif", "belum-diverifikasi"};
  for (const LocatedText& word : fields.text_list("tanda")) {
    if (word.value == known[0]) {
      labels.illustrative = true;
    } else if (word.value == known[1]) {
      labels.unverified = true;
    } else {
      sink.report(make_diagnostic(Code::J1503, word.span)
                      .arg("kunci", "tanda")
                      .arg("harapan", "ilustratif | belum-diverifikasi")
                      .arg("ditemukan", word.value)
                      .suggest(nearest(word.value, std::span<const std::string>(known)).value_or("")));
    }
  }
  return labels;
}

CsvFormat read_csv_format(SectionReader& fields, DiagnosticSink& sink) {
  CsvFormat format;
  if (const auto separator = fields.text("pemisah")) {
    if (separator->value == "," || separator->value == ";" || separator->value == "\t") {
      format.separator = separator->value.front();
    } else if (separator->value == "tab" || separator->value == "\\t") {
      format.separator = '\t';
    } else {
      report_form(sink, separator->span, "pemisah", "\",\" | \";\" | tab", separator->value);
    }
  }
  static constexpr std::array<std::string_view, 2> kMarks{"titik", "koma"};
  if (const auto mark = fields.choice("desimal", kMarks)) {
    format.decimal_point = mark->value == 1 ? ',' : '.';
    format.mark_stated = true;
  }
  return format;
}

std::optional<Located<Rounding>> read_rounding_key(SectionReader& fields, DiagnosticSink& sink) {
  const auto text = fields.text("pembulatan");
  if (!text) return std::nullopt;
  const std::vector<std::string_view> parts = split(text->value, '/');
  const auto mode = parse_rounding_mode(parts.empty() ? std::string_view() : parts.front());
  if (mode == RoundingMode::exact && parts.size() == 1) return Located<Rounding>{{RoundingMode::exact, 0}, text->span};
  const auto places = parts.size() == 2 ? Decimal::parse(parts[1]) : std::nullopt;
  if (mode && places && places->is_whole() && !places->is_negative() && *places <= Decimal(Decimal::kMaxScale)) {
    return Located<Rounding>{{*mode, static_cast<int>(places->to_double())}, text->span};
  }
  report_form(sink, text->span, "pembulatan", "setengah-ke-atas/2", text->value);
  return std::nullopt;
}

std::optional<Located<Granularity>> read_granularity(SectionReader& fields, std::string_view key, DiagnosticSink&) {
  static constexpr std::array<std::string_view, 4> kWords{"tahun", "semester", "triwulan", "bulan"};
  return fields.word<Granularity>(key, kWords);
}

std::vector<PlanFigure> read_figures(const YamlNode* node, std::string_view key, bool bare, DiagnosticSink& sink) {
  std::vector<PlanFigure> figures;
  if (node == nullptr || node->is_null()) return figures;
  if (node->is_scalar() && bare) {
    PlanFigure figure;
    figure.text = {node->text, node->span};
    figure.span = node->span;
    figures.push_back(std::move(figure));
    return figures;
  }
  if (!node->is_map()) {
    report_form(sink, node->span, key, "{2024: 75.74}", found_text(*node));
    return figures;
  }
  for (std::size_t i = 0; i < node->entries.size(); ++i) {
    const YamlNode::Entry& entry = node->entries[i];
    PlanFigure figure;
    if (report_decimal_comma(node->entries, i, sink)) continue;
    if (!read_when(entry.key, entry.key_span, figure, sink)) continue;
    if (!entry.value.is_scalar()) {
      report_form(sink, entry.value.span, entry.key, "75.74", found_text(entry.value));
      continue;
    }
    figure.text = {entry.value.text, entry.value.span};
    figures.push_back(std::move(figure));
  }
  return figures;
}

bool may_be_input(const ReadContext& context, const std::string& name, const SourceSpan& place) {
  const std::filesystem::path file = (context.folder / name).lexically_normal();
  if (context.key_table.empty() || file != context.key_table.lexically_normal()) return true;
  context.sink.report(make_diagnostic(Code::J1919, place).arg("berkas", name));
  return false;
}

std::optional<FileId> open_file(ReadContext& context, const std::string& name, const SourceSpan& place) {
  if (!may_be_input(context, name, place)) return std::nullopt;
  // Tables are data: the roster of a large province is far above the limit of what a YAML parser is given.
  const std::size_t most =
      name.ends_with(".csv") ? std::max(context.limits.max_bytes, kMostTableBytes) : context.limits.max_bytes;
  Result<std::string> text = context.files.read(context.folder / name, most);
  if (!text) {
    Diagnostic failure = text.failure();
    failure.primary = place;
    context.sink.report(std::move(failure));
    return std::nullopt;
  }
  return context.sources.add(name, std::move(text).value());
}

std::optional<YamlNode> open_yaml(ReadContext& context, const std::string& name, const SourceSpan& place) {
  const auto file = open_file(context, name, place);
  if (!file) return std::nullopt;
  return parse_yaml(*file, context.sources, context.limits, context.sink);
}

}  // namespace jenjang
