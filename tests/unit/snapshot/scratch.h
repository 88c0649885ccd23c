// A folder for the files of one test, gone afterwards; and files changed byte by byte.
#pragma once

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <string>
#include <unistd.h>

namespace jenjang::test {

class Scratch {
public:
  Scratch() : folder_(std::filesystem::temp_directory_path() / ("jenjang-snapshot-" + std::to_string(::getpid()))) {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }
  ~Scratch() { std::filesystem::remove_all(folder_); }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  [[nodiscard]] std::filesystem::path operator/(const std::string& name) const { return folder_ / name; }
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

private:
  std::filesystem::path folder_;
};

inline std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

inline void put_bytes(const std::filesystem::path& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary) << bytes;
}

inline void flip_byte(const std::filesystem::path& file, std::size_t at, char with) {
  std::fstream out(file, std::ios::binary | std::ios::in | std::ios::out);
  out.seekg(static_cast<std::streamoff>(at));
  const char old = static_cast<char>(out.get());
  out.seekp(static_cast<std::streamoff>(at));
  out.put(static_cast<char>(old ^ with));
}

}  // namespace jenjang::test
