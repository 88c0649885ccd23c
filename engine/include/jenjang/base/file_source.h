// Where text comes from: the disk, or copies that were kept (decision 0021).
//
// Everything that reads plan or pack files asks a FileSource, so that a plan can be replayed from the
// bytes of another day, and so that the bytes a run rested on can be kept.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "jenjang/base/result.h"

namespace jenjang {

class FileSource {
public:
  virtual ~FileSource() = default;
  // Failures as read_file: J1001..J1004.
  [[nodiscard]] virtual Result<std::string> read(const std::filesystem::path& path, std::size_t max_bytes) const = 0;
  [[nodiscard]] virtual bool exists(const std::filesystem::path& path) const = 0;
  [[nodiscard]] virtual bool is_folder(const std::filesystem::path& path) const = 0;
  // Folders directly inside, sorted by name; empty when there is no such folder.
  [[nodiscard]] virtual std::vector<std::filesystem::path> folders_in(const std::filesystem::path& path) const = 0;
};

// The file system. Lives as long as the program.
const FileSource& disk();

// Hands on what another source gives and remembers every text that was read, by path as asked.
class RememberingFiles final : public FileSource {
public:
  explicit RememberingFiles(const FileSource& below) : below_(below) {}
  [[nodiscard]] Result<std::string> read(const std::filesystem::path& path, std::size_t max_bytes) const override;
  [[nodiscard]] bool exists(const std::filesystem::path& path) const override { return below_.exists(path); }
  [[nodiscard]] bool is_folder(const std::filesystem::path& path) const override { return below_.is_folder(path); }
  [[nodiscard]] std::vector<std::filesystem::path> folders_in(const std::filesystem::path& path) const override {
    return below_.folders_in(path);
  }
  [[nodiscard]] const std::map<std::string, std::string>& texts() const { return texts_; }

private:
  const FileSource& below_;
  mutable std::map<std::string, std::string> texts_;
};

// Texts held in memory, by normalised path; folders are those that the paths name.
class KeptFiles final : public FileSource {
public:
  void keep(const std::filesystem::path& path, std::string text);
  [[nodiscard]] Result<std::string> read(const std::filesystem::path& path, std::size_t max_bytes) const override;
  [[nodiscard]] bool exists(const std::filesystem::path& path) const override;
  [[nodiscard]] bool is_folder(const std::filesystem::path& path) const override;
  [[nodiscard]] std::vector<std::filesystem::path> folders_in(const std::filesystem::path& path) const override;

private:
  std::map<std::string, std::string> texts_;
};

}  // namespace jenjang
