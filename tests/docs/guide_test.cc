// Runs the commands of the guides as written. A ```sh block is a script, run from a copy of the
// tree's top; a ```text block after it is the expected beginning-to-end output, where a line "..." stands for
// any number of lines.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <regex>
#include <sstream>
#include <string>
#include <sys/wait.h>
#include <vector>

namespace {

namespace fs = std::filesystem;
const fs::path kRoot = JENJANG_SOURCE_DIR;

struct Block {
  std::string language, text;
  int line = 0;
};

std::vector<Block> blocks_of(const fs::path& page) {
  std::ifstream in(page);
  std::vector<Block> blocks;
  bool inside = false;
  int number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (line.rfind("```", 0) == 0) {
      if (!inside) blocks.push_back({line.substr(3), "", number});
      inside = !inside;
    } else if (inside) {
      blocks.back().text += line + "\n";
    }
  }
  return blocks;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  // Hashes of journals cover every pack in models/, so they change with each of them: only their form counts.
  static const std::regex kHash("\\b[0-9a-f]{16}\\b");
  for (std::string line; std::getline(in, line);) {
    while (!line.empty() && line.back() == ' ') line.pop_back();
    lines.push_back(std::regex_replace(line, kHash, "xxxxxxxxxxxxxxxx"));
  }
  return lines;
}

// "..." matches any run of lines.
bool matches(const std::vector<std::string>& pattern, std::size_t p, const std::vector<std::string>& actual,
             std::size_t a) {
  if (p == pattern.size()) return a == actual.size();
  if (pattern[p] == "...") {
    for (std::size_t skip = a; skip <= actual.size(); ++skip)
      if (matches(pattern, p + 1, actual, skip)) return true;
    return false;
  }
  return a < actual.size() && pattern[p] == actual[a] && matches(pattern, p + 1, actual, a + 1);
}

void run_page(const fs::path& page, std::size_t at_least) {
  ASSERT_TRUE(fs::exists(page));
  std::string pattern = (fs::temp_directory_path() / "jenjang-guide-XXXXXX").string();
  ASSERT_NE(mkdtemp(pattern.data()), nullptr);
  const fs::path dir = pattern;
  const auto copy = fs::copy_options::recursive;
  for (const char* part : {"plans", "models", "bindings/certificate"}) {
    fs::create_directories((dir / part).parent_path());
    fs::copy(kRoot / part, dir / part, copy);
  }
  fs::create_directories(dir / "build/release/bin");
  fs::create_symlink(JENJANG_BINARY, dir / "build/release/bin/jenjang");
  std::string output;
  std::size_t scripts = 0;
  for (const auto& block : blocks_of(page)) {
    if (block.language == "sh") {
      ++scripts;
      std::ofstream(dir / "block.sh") << "export PATH=\"$PWD/build/release/bin:$PATH\" JENJANG_PAKET='"
                                      << (kRoot / "models").string()
                                      << "' NO_COLOR=1 LC_ALL=C.UTF-8; unset JENJANG_LANG LANG\n"
                                      << block.text;
      const std::string command = "cd '" + dir.string() + "' && sh block.sh >block.out 2>&1 </dev/null";
      const int status = std::system(command.c_str());
      std::ifstream in(dir / "block.out");
      std::stringstream text;
      text << in.rdbuf();
      output = text.str();
      EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) <= 1) << page.filename() << ":" << block.line << "\n"
                                                                 << output;
    } else if (block.language == "text") {
      EXPECT_TRUE(matches(lines_of(block.text), 0, lines_of(output), 0))
          << page.filename() << ":" << block.line << ": output differs\n--- actual\n"
          << output;
    } else if (block.language.rfind("yaml berkas=", 0) == 0 || block.language.rfind("csv berkas=", 0) == 0) {
      // A file the reader is told to write.
      const fs::path file = dir / block.language.substr(block.language.find('=') + 1);
      fs::create_directories(file.parent_path());
      std::ofstream(file) << block.text;
    }
  }
  EXPECT_GE(scripts, at_least) << page;
  fs::remove_all(dir);
}

TEST(Guide, PerencanaRunsAsWritten) {
  run_page(kRoot / "docs/panduan/perencana.md", 5);
}
TEST(Guide, KaskadeRunsAsWritten) {
  run_page(kRoot / "docs/panduan/kaskade.md", 15);
}
TEST(Guide, PelaporanRunsAsWritten) {
  run_page(kRoot / "docs/panduan/pelaporan.md", 12);
}
TEST(Guide, InspektoratRunsAsWritten) {
  run_page(kRoot / "docs/panduan/inspektorat.md", 9);
}
TEST(Guide, SnapshotRunsAsWritten) {
  run_page(kRoot / "docs/panduan/snapshot.md", 8);
}
TEST(Guide, ReadmeRunsAsWritten) {
  run_page(kRoot / "README.md", 1);
}

}  // namespace
