// A new file that appears under its name complete or not at all.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>

namespace jenjang::snapshot {

class FileWriter {
public:
  // Room for `bytes` is asked for at once: a full disk shows before anything is written.
  FileWriter(const std::filesystem::path& path, std::uint64_t bytes);
  ~FileWriter();  // removes the draft unless it was finished
  FileWriter(const FileWriter&) = delete;
  FileWriter& operator=(const FileWriter&) = delete;

  void write(std::uint64_t offset, std::span<const std::byte> bytes);
  bool finish();  // to the disk, then under its name
  [[nodiscard]] bool ok() const { return failure_.empty(); }
  [[nodiscard]] const std::string& failure() const { return failure_; }

private:
  void fail();  // errno in words
  std::filesystem::path path_, draft_;
  std::string failure_;
  int descriptor_ = -1;
};

}  // namespace jenjang::snapshot
