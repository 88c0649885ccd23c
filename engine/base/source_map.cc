#include "jenjang/base/source_map.h"

#include <algorithm>
#include <limits>

namespace jenjang {
namespace {

std::uint32_t narrow(std::size_t value) {
  constexpr std::size_t kMost = std::numeric_limits<std::uint32_t>::max();
  return static_cast<std::uint32_t>(std::min(value, kMost));
}

}  // namespace

FileId SourceMap::add(std::string name, std::string text) {
  File file{std::move(name), std::move(text), {0}};
  const std::string_view bytes = file.text;
  for (std::size_t at = bytes.find('\n'); at != std::string_view::npos; at = bytes.find('\n', at + 1)) {
    file.line_starts.push_back(at + 1);
  }
  files_.push_back(std::move(file));
  return FileId::from_index(files_.size() - 1);
}

std::string_view SourceMap::name(FileId file) const {
  return file.index() < files_.size() ? std::string_view(files_[file.index()].name) : std::string_view{};
}

std::string_view SourceMap::text(FileId file) const {
  return file.index() < files_.size() ? std::string_view(files_[file.index()].text) : std::string_view{};
}

std::string_view SourceMap::line(FileId file, std::uint32_t number) const {
  if (file.index() >= files_.size()) return {};
  const File& entry = files_[file.index()];
  if (number == 0 || number > entry.line_starts.size()) return {};
  const std::size_t start = entry.line_starts[number - 1];
  const bool last = number == entry.line_starts.size();
  std::string_view result(entry.text);
  result = last ? result.substr(start) : result.substr(start, entry.line_starts[number] - 1 - start);
  if (!last && !result.empty() && result.back() == '\r') result.remove_suffix(1);
  return result;
}

std::uint32_t SourceMap::line_count(FileId file) const {
  return file.index() < files_.size() ? narrow(files_[file.index()].line_starts.size()) : 0;
}

SourceSpan SourceMap::span_at(FileId file, std::size_t offset, std::size_t length) const {
  if (file.index() >= files_.size()) return {};
  const File& entry = files_[file.index()];
  offset = std::min(offset, entry.text.size());
  length = std::min(length, entry.text.size() - offset);
  const auto after = std::upper_bound(entry.line_starts.begin(), entry.line_starts.end(), offset);
  const auto line = static_cast<std::size_t>(after - entry.line_starts.begin());
  return {file, narrow(line), narrow(offset - entry.line_starts[line - 1] + 1), narrow(length)};
}

std::string SourceMap::to_string(const SourceSpan& span) const {
  if (!span.valid() || span.file.index() >= files_.size()) return "-";
  return files_[span.file.index()].name + ':' + std::to_string(span.line) + ':' + std::to_string(span.column);
}

}  // namespace jenjang
