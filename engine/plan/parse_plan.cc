#include <utility>

#include "jenjang/base/result.h"
#include "jenjang/base/text.h"
#include "jenjang/plan/plan.h"

#include "engine/plan/document_parser.h"
#include "engine/plan/manifest_reader.h"
#include "engine/plan/unit_reader.h"

namespace jenjang {
namespace {

constexpr const char* kManifestName = "jenjang.yaml";

void add_document(ReadContext& context, const YamlNode& root, PlanDocumentSet& set) {
  if (auto document = parse_document(context, root, set)) set.documents.push_back(*std::move(document));
}

// A manifest lists documents; a document states its own kind.
bool is_manifest(const YamlNode& root) {
  const YamlNode* documents = root.find("dokumen");
  return root.find("rencana") != nullptr || (documents != nullptr && documents->is_sequence());
}

// True when some line starts with the key that every file of a plan starts with.
bool begins_like_a_plan(std::string_view text) {
  for (const std::string_view line : split(text, '\n')) {
    if (line.starts_with("jenjang:") || line.starts_with("\xEF\xBB\xBFjenjang:")) return true;
  }
  return false;
}

void read_plan_files(ReadContext& context, const YamlNode& root, ParsedPlan& plan) {
  if (!check_version(root, context.sink)) return;
  const ManifestFiles files = read_manifest(context, root, plan);
  for (const YamlNode* entry : files.units) {
    read_unit_file(context, *entry, *plan.documents);
  }
  for (const LocatedText& name : files.documents) {
    if (const auto document = open_yaml(context, name.value, name.span)) {
      add_document(context, *document, *plan.documents);
    }
  }
}

}  // namespace

ParsedPlan::ParsedPlan() : documents(std::make_unique<PlanDocumentSet>()) {}
ParsedPlan::~ParsedPlan() = default;
ParsedPlan::ParsedPlan(ParsedPlan&&) noexcept = default;
ParsedPlan& ParsedPlan::operator=(ParsedPlan&&) noexcept = default;

Result<ParsedPlan> parse_plan(const std::filesystem::path& path, const YamlLimits& limits, SourceMap& sources,
                              DiagnosticSink& sink, const FileSource& files, unsigned threads) {
  ParsedPlan plan;
  const bool folder = files.is_folder(path);
  plan.folder = folder ? path : path.parent_path();
  const std::filesystem::path file = folder ? path / kManifestName : path;
  if (folder && !files.exists(file)) {
    return make_diagnostic(Code::J1501, {}).arg("folder", path.string());
  }
  Result<std::string> text = files.read(file, limits.max_bytes);
  if (!text) return text.failure();
  const FileId id = sources.add(file.filename().string(), std::move(text).value());
  const auto root = parse_yaml(id, sources, limits, sink);
  // A slip in a plan is a finding about it; a picture, a letter or a table is no plan to find anything in.
  plan.unreadable = root ? root->is_scalar() || root->is_sequence() : !begins_like_a_plan(sources.text(id));
  if (!root) return plan;
  ReadContext context{plan.folder, limits, sources, sink, files, threads};
  if (folder || is_manifest(*root)) {
    read_plan_files(context, *root, plan);
    return plan;
  }
  plan.single_file = true;
  add_document(context, *root, *plan.documents);
  if (!plan.documents->documents.empty()) {
    plan.code = plan.documents->documents.front().code.value;
    plan.title = plan.documents->documents.front().title;
  }
  return plan;
}

}  // namespace jenjang
