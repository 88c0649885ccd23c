#include "jenjang/workspace/inputs.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <utility>

#include "jenjang/base/text.h"
#include "jenjang/base/version.h"
#include "jenjang/plan/plan.h"
#include "jenjang/source/yaml_reader.h"

#include "engine/plan/plan_document.h"

namespace jenjang {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kVersionWord = "hasil ";
constexpr std::string_view kPackPrefix = "paket:";
constexpr std::size_t kHexDigits = 64;

// The same spelling as in RememberingFiles; a path that has nothing in common with the folder stays as it is.
std::string relative_to(const fs::path& folder, const std::string& path) {
  const fs::path clean = folder.lexically_normal();
  const std::string relative = fs::path(path).lexically_relative(clean == "." ? fs::path() : clean).generic_string();
  return relative.empty() ? path : relative;
}

// "models" of /usr/share/jenjang/models/.
std::string own_name(const fs::path& folder) {
  const fs::path clean = folder.lexically_normal();
  const std::string name = (clean.has_filename() ? clean.filename() : clean.parent_path().filename()).generic_string();
  return name.empty() || name == "." || name == ".." ? "paket" : name;
}

struct Line {
  Digest digest{};
  std::string path;
};

struct ReadList {
  int version = 0;
  std::vector<Line> lines;
};

std::optional<ReadList> read_list(std::string_view text) {
  ReadList list;
  bool first = true;
  for (const std::string_view line : split(text, '\n')) {
    if (line.empty()) continue;
    if (first) {
      if (!line.starts_with(kVersionWord)) return std::nullopt;
      const std::string_view number = line.substr(kVersionWord.size());
      const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), list.version);
      if (error != std::errc{} || end != number.data() + number.size()) return std::nullopt;
      first = false;
      continue;
    }
    if (line.size() < kHexDigits + 2 || line[kHexDigits] != ' ') return std::nullopt;
    const auto digest = parse_digest(line.substr(0, kHexDigits));
    if (!digest) return std::nullopt;
    list.lines.push_back({*digest, std::string(line.substr(kHexDigits + 1))});
  }
  return first ? std::nullopt : std::optional(std::move(list));
}

Diagnostic missing(const Journal& journal, std::string_view name, const Digest& digest) {
  return make_diagnostic(Code::J3054, {})
      .arg("berkas", name)
      .arg("sidik", to_hex(digest).substr(0, 16))
      .arg("jurnal", journal.path().string());
}

// Lengths before texts: no two trees give the same bytes.
void put(std::string& out, std::string_view text) {
  out += std::to_string(text.size());
  out += ':';
  out += text;
}

void put(std::string& out, const YamlNode& node) {
  if (node.is_map()) {
    out += '{';
    for (const YamlNode::Entry& entry : node.entries) {
      put(out, entry.key);
      put(out, entry.value);
    }
    out += '}';
  } else if (node.is_sequence()) {
    out += '[';
    for (const YamlNode& item : node.items) put(out, item);
    out += ']';
  } else if (node.is_scalar()) {
    put(out, node.text);
  } else {
    out += '~';
  }
}

}  // namespace

InputsList list_inputs(const fs::path& plan_folder, const std::map<std::string, std::string>& plan,
                       std::span<const fs::path> pack_folders,
                       std::span<const std::map<std::string, std::string>> packs) {
  std::map<std::string, const std::string*> files;
  for (const auto& [path, text] : plan) files.emplace(relative_to(plan_folder, path), &text);
  for (std::size_t n = 0; n < packs.size(); ++n) {
    const std::string begin = std::string(kPackPrefix) + std::to_string(n) + "/" + own_name(pack_folders[n]) + "/";
    for (const auto& [path, text] : packs[n]) files.emplace(begin + relative_to(pack_folders[n], path), &text);
  }
  InputsList list;
  list.text = std::string(kVersionWord) + std::to_string(kResultVersion) + "\n";
  for (const auto& [path, text] : files) {
    list.text += to_hex(digest_of(*text)) + " " + path + "\n";
    list.texts.push_back(*text);
  }
  return list;
}

Result<KeptInputs> kept_inputs(const Journal& journal, const Digest& list, const fs::path& plan_folder) {
  const std::optional<std::string> text = journal.text(list);
  const std::optional<ReadList> read = text ? read_list(*text) : std::nullopt;
  if (!read) return missing(journal, "daftar masukan", list);
  KeptInputs kept;
  kept.result_version = read->version;
  std::map<std::size_t, fs::path> folders;
  for (const Line& line : read->lines) {
    std::optional<std::string> content = journal.text(line.digest);
    if (!content) return missing(journal, line.path, line.digest);
    if (!line.path.starts_with(kPackPrefix)) {
      kept.files.keep(plan_folder / line.path, *std::move(content));
      continue;
    }
    const std::vector<std::string_view> parts = split(line.path, '/');
    std::size_t number = 0;
    const std::string_view digits = parts[0].substr(kPackPrefix.size());
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (parts.size() > 2) folders.emplace(number, fs::path(parts[0]) / parts[1]);
    kept.files.keep(line.path, *std::move(content));
  }
  for (auto& [number, folder] : folders) kept.pack_folders.push_back(std::move(folder));
  return kept;
}

std::optional<Digest> document_content(const ParsedPlan& plan, const SourceMap& sources, std::string_view code) {
  const std::vector<PlanDocument>& documents = plan.documents->documents;
  const auto found = std::find_if(documents.begin(), documents.end(),
                                  [&](const PlanDocument& document) { return document.code.value == code; });
  if (found == documents.end() || !found->code.span.valid()) return std::nullopt;
  DiagnosticSink unheard;  // what is wrong in it was said when the plan was read
  YamlLimits limits;
  limits.max_bytes = SIZE_MAX;
  const std::optional<YamlNode> root = parse_yaml(found->code.span.file, sources, limits, unheard);
  if (!root) return std::nullopt;
  std::string canonical;
  put(canonical, *root);
  return digest_of(canonical);
}

}  // namespace jenjang
