#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <regex>
#include <set>
#include <sstream>
#include <string>

#include "diagnostic_index.h"

namespace {

namespace fs = std::filesystem;
const fs::path kRoot = JENJANG_SOURCE_DIR;

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

std::set<std::string> stems(const fs::path& folder, const std::string& extension) {
  std::set<std::string> names;
  if (fs::exists(folder))
    for (const auto& entry : fs::directory_iterator(folder))
      if (entry.path().extension() == extension && entry.path().stem().string().rfind("J", 0) == 0)
        names.insert(entry.path().stem().string());
  return names;
}

std::set<std::string> catalogue() {
  std::set<std::string> codes;
  for (const auto& info : jenjang::all_codes()) codes.insert(jenjang::to_string(info.code));
  return codes;
}

TEST(Diagnostics, EveryCodeHasAPageAndNoPageIsLeftOver) {
  EXPECT_EQ(stems(kRoot / "docs/diagnostics", ".md"), catalogue());
}

TEST(Diagnostics, EveryCodeHasACaseThatShowsIt) {
  const auto folder = kRoot / "tests/golden/cases/diagnostics";
  EXPECT_EQ(stems(folder, ".case"), catalogue());
  for (const auto& code : stems(folder, ".case")) {
    const std::string text = read(folder / (code + ".case"));
    const auto run = text.find("--- run");
    ASSERT_NE(run, std::string::npos) << code;
    EXPECT_NE(text.find(code, text.find("--- exit", run)), std::string::npos)
        << code << " does not appear in the output of its own case";
  }
}

TEST(Diagnostics, PagesHaveTheSameParts) {
  for (const auto& code : stems(kRoot / "docs/diagnostics", ".md")) {
    const std::string text = read(kRoot / "docs/diagnostics" / (code + ".md"));
    EXPECT_EQ(text.rfind("# " + code, 0), 0U) << code;
    for (const char* part : {"## What it means", "## What to do", "## Example"})
      EXPECT_NE(text.find(part), std::string::npos) << code << ": " << part;
  }
}

TEST(Diagnostics, IndexIsWhatTheCatalogueSays) {
  EXPECT_EQ(read(kRoot / "docs/diagnostics/README.md"), diagnostic_index()) << "run ./dev docs";
}

// `engine/graph/detail` in a README must exist: maps rot unless something checks them.
TEST(Maps, PathsInReadmesExist) {
  static const std::regex kPath(R"(`((?:engine|models|plans|bindings|bench|tests|docs)/[A-Za-z0-9_./-]*)`)");
  std::size_t seen = 0;
  for (const auto& entry : fs::recursive_directory_iterator(kRoot)) {
    const std::string relative = fs::relative(entry.path(), kRoot);
    if (relative.rfind("build", 0) == 0 || relative.rfind(".git", 0) == 0 || relative.rfind("hasil", 0) == 0) continue;
    const bool map = entry.path().filename() == "README.md" || entry.path().filename() == "CONTRIBUTING.md";
    if (!map) continue;
    const std::string text = read(entry.path());
    for (std::sregex_iterator it(text.begin(), text.end(), kPath), end; it != end; ++it) {
      ++seen;
      const std::string path = (*it)[1];
      EXPECT_TRUE(fs::exists(kRoot / path)) << relative << " names " << path;
    }
  }
  EXPECT_GT(seen, 10U);
}

// The satuan of which a figure not reported cannot be below nought: plan-format.md lists those that the engine knows.
TEST(PlanFormat, ListsTheCountedUnitsOfMeasure) {
  const std::string source = read(kRoot / "engine/rollup/interval_range.cc");
  const std::size_t first = source.find("kCounted{"), last = source.find("};", first);
  ASSERT_NE(last, std::string::npos);
  std::string listed;
  bool inside = false;
  for (std::size_t at = source.find('"', first); at < last; ++at) {
    if (source[at] == '"') {
      if (!inside && !listed.empty()) listed += ", ";
      inside = !inside;
    } else if (inside) {
      listed += source[at];
    }
  }
  const std::string page = read(kRoot / "docs/reference/plan-format.md");
  EXPECT_NE(page.find("from 0 (" + listed + ")"), std::string::npos) << listed;
}

TEST(Decisions, EveryPageHasItsFourParts) {
  std::size_t seen = 0;
  for (const auto& entry : fs::directory_iterator(kRoot / "docs/decisions")) {
    if (entry.path().filename() == "README.md") continue;
    ++seen;
    const std::string text = read(entry.path());
    for (const char* part : {"## Context", "## Choice", "## What we gave up", "## What would reverse it"})
      EXPECT_NE(text.find(part), std::string::npos) << entry.path().filename() << ": " << part;
  }
  EXPECT_GE(seen, 5U);
}

}  // namespace
