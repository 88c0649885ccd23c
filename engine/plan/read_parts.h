// Small readers shared by the manifest, unit and document parsers.
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

#include "jenjang/base/file_source.h"
#include "jenjang/source/csv_reader.h"

#include "engine/plan/plan_document.h"
#include "engine/plan/plan_keys.h"

namespace jenjang {

// What reading a plan needs besides the tree: where files lie, how large they may be, who listens.
struct ReadContext {
  std::filesystem::path folder;
  YamlLimits limits;
  SourceMap& sources;
  DiagnosticSink& sink;
  const FileSource& files = disk();
  unsigned threads = 1;
  std::filesystem::path key_table = {};  // kunci_pegawai: no other input may be this file
};

inline constexpr std::size_t kMostTableBytes = std::size_t{1} << 30;  // as WorkspaceOptions::max_csv_bytes

// J1503: `expected` is an example that both languages can read ("2024..2026").
void report_form(DiagnosticSink& sink, const SourceSpan& span, std::string_view key, std::string_view expected,
                 std::string_view found);
// The items of a list; null and absent give none, anything else is J1503.
const std::vector<YamlNode>& list_items(const YamlNode* node, std::string_view key, DiagnosticSink& sink);
// The entries of a map, likewise.
const std::vector<YamlNode::Entry>& map_entries(const YamlNode* node, std::string_view key, DiagnosticSink& sink);
// True when the first key is `jenjang` with value 1; J1502 otherwise.
bool check_version(const YamlNode& root, DiagnosticSink& sink);

PlanLabels read_labels(SectionReader& fields, DiagnosticSink& sink);
CsvFormat read_csv_format(SectionReader& fields, DiagnosticSink& sink);
std::optional<Located<Rounding>> read_rounding_key(SectionReader& fields, DiagnosticSink& sink);
std::optional<Located<Granularity>> read_granularity(SectionReader& fields, std::string_view key, DiagnosticSink& sink);
// A period, a span of years or `ke-3` as the key of a figure; false when it is none of them (reported).
bool read_when(const std::string& key, const SourceSpan& span, PlanWhen& when, DiagnosticSink& sink);
// J1541: what is written under one key must not lie beyond what is written under the other.
struct WrittenValue {
  std::string_view key;
  std::string value;
  SourceSpan span;
};
void report_beyond(DiagnosticSink& sink, const WrittenValue& low, const WrittenValue& high);
// `{2024: 75.74, 2024..2026: 76.30, ke-3: 80}`; with `bare` also a single value without a period.
std::vector<PlanFigure> read_figures(const YamlNode* node, std::string_view key, bool bare, DiagnosticSink& sink);

// False, with J1919, for the file that holds the names of persons: what is read as input is kept.
bool may_be_input(const ReadContext& context, const std::string& name, const SourceSpan& place);
// Reads a file of the plan and adds it to the sources under its name as written; the failure is
// reported at `place`.
std::optional<FileId> open_file(ReadContext& context, const std::string& name, const SourceSpan& place);
std::optional<YamlNode> open_yaml(ReadContext& context, const std::string& name, const SourceSpan& place);

}  // namespace jenjang
