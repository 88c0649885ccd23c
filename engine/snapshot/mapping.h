// Files and memory of the system, mapped.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

namespace jenjang::snapshot {

// A whole file, read only. The descriptor stays open for writable views of parts.
class Mapping {
public:
  // Empty `failure` when it could be mapped; `failure` says why not in the words of the system. An empty file is an
  // empty span.
  static std::shared_ptr<const Mapping> of(const std::filesystem::path& path, std::string& failure);
  ~Mapping();
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;

  [[nodiscard]] std::span<const std::byte> bytes() const { return {first_, size_}; }
  // Fresh memory of `size` bytes that begins with file bytes [offset, offset + length), the rest nought; private, may
  // be written. `following`: the bytes behind them in the file that are nought (or not in the file) and belong to
  // nobody.
  [[nodiscard]] std::shared_ptr<std::byte> writable(std::size_t offset, std::size_t length, std::size_t following,
                                                    std::size_t size) const;

private:
  Mapping() = default;
  int descriptor_ = -1;
  const std::byte* first_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace jenjang::snapshot
