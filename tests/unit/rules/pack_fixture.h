// A folder of packs written for one test, and the findings of loading it.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "jenjang/rules/pack.h"

namespace jenjang {

class PackTest : public ::testing::Test {
protected:
  void SetUp() override {
    const auto* info = ::testing::UnitTest::GetInstance()->current_test_info();
    root_ = std::filesystem::path(::testing::TempDir()) / (std::string(info->test_suite_name()) + "." + info->name());
    std::filesystem::remove_all(root_);
  }
  void TearDown() override { std::filesystem::remove_all(root_); }

  void write(const std::string& folder, const std::string& pack, const std::string& text) {
    const auto where = root_ / folder / pack;
    std::filesystem::create_directories(where);
    std::ofstream(where / "pack.yaml") << text;
  }
  bool load(const std::string& folder = "models") { return library_.load_folder(root_ / folder, sources_, sink_); }

  // Head of a pack that is right; `parts` follows.
  static std::string pack_text(const std::string& code, const std::string& parts, const std::string& head = "") {
    return "jenjang: 1\npaket: " + code + "\njudul: Uji\nstatus: belum-diverifikasi\n" + head + parts;
  }
  // One band scale with these bands.
  static std::string bands(const std::string& list) {
    return "skala:\n- kode: p\n  jenis: pita\n  batas_milik: bawah\n  pita:\n" + list;
  }

  [[nodiscard]] std::vector<Code> codes() const {
    std::vector<Code> found;
    for (const Diagnostic& diagnostic : sink_.sorted()) found.push_back(diagnostic.code);
    return found;
  }
  // Lines "CODE file:line:column" of all findings.
  [[nodiscard]] std::vector<std::string> places() const {
    std::vector<std::string> found;
    for (const Diagnostic& diagnostic : sink_.sorted()) {
      found.push_back(to_string(diagnostic.code) + " " + sources_.to_string(diagnostic.primary));
    }
    return found;
  }
  [[nodiscard]] const Diagnostic* first(Code code) const {
    for (const Diagnostic& diagnostic : sink_.all()) {
      if (diagnostic.code == code) return &diagnostic;
    }
    return nullptr;
  }

  std::filesystem::path root_;
  SourceMap sources_;
  DiagnosticSink sink_;
  PackLibrary library_;
};

}  // namespace jenjang
