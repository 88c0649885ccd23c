// Loading of pack folders: files, order of extension, replacement by a later folder.
#include <algorithm>
#include <fmt/format.h>
#include <map>

#include "jenjang/base/result.h"
#include "jenjang/base/text.h"

#include "engine/rules/pack_merge.h"
#include "engine/rules/pack_reading.h"

namespace jenjang {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPackFile = "pack.yaml";

struct RawPack {
  fs::path folder;
  YamlNode tree;
  std::string code;  // as written, else the folder's name
  SourceSpan code_span;
  LocatedText extends;
};

// "models/sakip-2021/pack.yaml": the same on every machine, wherever the folder lies.
std::string shown_name(const fs::path& folder, const fs::path& pack_folder) {
  const fs::path clean = folder.lexically_normal();
  const fs::path last = clean.has_filename() ? clean.filename() : clean.parent_path().filename();
  return (last / pack_folder.filename() / kPackFile).generic_string();
}

std::vector<fs::path> pack_folders(const fs::path& folder, DiagnosticSink& sink, const FileSource& files) {
  std::vector<fs::path> found;
  if (!files.is_folder(folder)) {
    sink.report(make_diagnostic(Code::J1001, {}).arg("berkas", folder.generic_string()));
    return found;
  }
  for (const fs::path& inner : files.folders_in(folder)) {
    const fs::path file = inner / kPackFile;
    if (files.exists(file) && !files.is_folder(file)) found.push_back(inner);
  }
  return found;
}

std::optional<RawPack> read_raw(const fs::path& folder, const fs::path& pack_folder, SourceMap& sources,
                                DiagnosticSink& sink, const FileSource& files) {
  const YamlLimits limits;
  auto text = files.read(pack_folder / kPackFile, limits.max_bytes);
  if (!text.ok()) {
    sink.report(text.failure());
    return std::nullopt;
  }
  const FileId file = sources.add(shown_name(folder, pack_folder), std::move(text).value());
  auto tree = parse_yaml(file, sources, limits, sink);
  if (!tree) return std::nullopt;
  RawPack raw{pack_folder, std::move(*tree), pack_folder.filename().string(), {}, {}};
  raw.code_span = raw.tree.span;
  if (raw.tree.is_map()) {
    if (const auto* code = raw.tree.find("paket"); code != nullptr && code->is_scalar()) {
      raw.code = code->text;
      raw.code_span = code->span;
    }
    if (const auto* extends = raw.tree.find("perluas"); extends != nullptr && extends->is_scalar()) {
      raw.extends = {extends->text, extends->span};
    }
  }
  return raw;
}

bool same_place_and_code(const Diagnostic& a, const Diagnostic& b) {
  return a.code == b.code && a.primary == b.primary;
}

// What an extending pack inherits was reported once already.
void forward(const DiagnosticSink& from, DiagnosticSink& to) {
  for (const Diagnostic& diagnostic : from.all()) {
    const auto& known = to.all();
    if (std::none_of(known.begin(), known.end(),
                     [&](const Diagnostic& old) { return same_place_and_code(old, diagnostic); })) {
      to.report(diagnostic);
    }
  }
}

enum class Visit : std::uint8_t { no, open, done };

}  // namespace

bool PackLibrary::load_folder(const fs::path& folder, SourceMap& sources, DiagnosticSink& sink,
                              const FileSource& files) {
  const std::size_t errors_before = sink.count(Severity::error);
  std::vector<RawPack> raw;
  for (const fs::path& pack_folder : pack_folders(folder, sink, files)) {
    if (auto one = read_raw(folder, pack_folder, sources, sink, files)) raw.push_back(std::move(*one));
  }
  std::map<std::string, std::size_t, std::less<>> here;
  for (std::size_t i = 0; i < raw.size(); ++i) here.emplace(raw[i].code, i);

  std::vector<Visit> visit(raw.size(), Visit::no);
  std::vector<std::shared_ptr<const YamlNode>> merged(raw.size());

  // The tree of one pack with all it extends; nullptr when that cannot be had.
  const auto resolve = [&](auto&& self, std::size_t index, std::vector<std::string>& path) -> void {
    RawPack& pack = raw[index];
    visit[index] = Visit::open;
    path.push_back(pack.code);
    if (pack.extends.value.empty()) {
      merged[index] = std::make_shared<const YamlNode>(pack.tree);
    } else {
      std::shared_ptr<const YamlNode> base;
      bool ring = false;
      // A pack that extends its own code means the one of an earlier folder.
      const auto sibling = pack.extends.value == pack.code ? here.end() : here.find(pack.extends.value);
      if (sibling != here.end()) {
        ring = visit[sibling->second] == Visit::open;
        if (visit[sibling->second] == Visit::no) self(self, sibling->second, path);
        if (!ring) base = merged[sibling->second];
      } else {
        for (std::size_t i = 0; i < packs_.size(); ++i) {
          if (packs_[i].id == pack.extends.value) base = trees_[i];
        }
      }
      if (ring) {
        const auto start = std::find(path.begin(), path.end(), pack.extends.value);
        sink.report(make_diagnostic(Code::J1405, pack.extends.span)
                        .arg("lingkaran", fmt::format("{} -> {}", fmt::join(start, path.end(), " -> "), *start)));
      } else if (base != nullptr) {
        merged[index] = std::make_shared<const YamlNode>(merge_pack(*base, pack.tree, sink));
      } else if (sibling == here.end()) {
        std::vector<std::string> known = ids();
        for (const auto& [code, i] : here) {
          if (i != index) known.push_back(code);
        }
        sink.report(make_diagnostic(Code::J1404, pack.extends.span)
                        .arg("paket", pack.code)
                        .arg("induk", pack.extends.value)
                        .suggest(nearest(pack.extends.value, std::span<const std::string>(known)).value_or("")));
      }
    }
    path.pop_back();
    visit[index] = Visit::done;
  };

  for (std::size_t i = 0; i < raw.size(); ++i) {
    std::vector<std::string> path;
    if (visit[i] == Visit::no) resolve(resolve, i, path);
  }
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (merged[i] == nullptr) continue;
    DiagnosticSink own;
    auto pack = read_pack(*merged[i], raw[i].folder, own);
    forward(own, sink);
    if (!pack) continue;
    const auto old =
        std::find_if(packs_.begin(), packs_.end(), [&](const Pack& candidate) { return candidate.id == pack->id; });
    if (old == packs_.end()) {
      packs_.push_back(std::move(*pack));
      trees_.push_back(merged[i]);
    } else {
      sink.report(make_diagnostic(Code::J1403, pack->span).arg("kode", pack->id));
      trees_[static_cast<std::size_t>(old - packs_.begin())] = merged[i];
      *old = std::move(*pack);
    }
  }
  return sink.count(Severity::error) == errors_before;
}

}  // namespace jenjang
