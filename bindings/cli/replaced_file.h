// A file that appears whole or not at all: written under another name beside its place, then renamed.
#pragma once

#include <cstdio>
#include <filesystem>
#include <string>

namespace jenjang::cli {

// What stood there before stays until `commit`, and for good when there is none. A device, a pipe and a file in a
// folder that takes no new ones are written where they are.
class ReplacedFile {
public:
  explicit ReplacedFile(const std::string& name);
  ~ReplacedFile();
  ReplacedFile(const ReplacedFile&) = delete;
  ReplacedFile& operator=(const ReplacedFile&) = delete;

  // nullptr when it cannot be written; errno says why: EEXIST where this command has read what stands there.
  [[nodiscard]] std::FILE* file() const { return file_; }
  // Closes it and puts it in its place. False with errno: a full disk may only show here.
  bool commit();

private:
  std::filesystem::path place_, scratch_;  // scratch_ is empty where it is written in place
  std::FILE* file_ = nullptr;
};

}  // namespace jenjang::cli
