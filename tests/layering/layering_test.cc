// The include direction of docs/architecture.md, enforced. The table there is the only source.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;
const fs::path kRoot = JENJANG_SOURCE_DIR;

std::string read(const fs::path& path) {
  std::ifstream in(path);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

std::string trimmed(std::string text) {
  const auto blank = [](unsigned char c) { return std::isspace(c) != 0; };
  text.erase(text.begin(), std::find_if_not(text.begin(), text.end(), blank));
  text.erase(std::find_if_not(text.rbegin(), text.rend(), blank).base(), text.end());
  return text;
}

// Module -> everything it may include, transitively, itself included.
std::map<std::string, std::set<std::string>> allowed_includes() {
  std::istringstream page(read(kRoot / "docs/architecture.md"));
  std::map<std::string, std::set<std::string>> direct;
  bool inside = false;
  for (std::string line; std::getline(page, line);) {
    if (line.find("<!-- layering-table") != std::string::npos) inside = true;
    if (line.find("<!-- end of layering-table") != std::string::npos) break;
    if (!inside || line.rfind("| ", 0) != 0 || line.find("may include") != std::string::npos) continue;
    const auto bar = line.find('|', 1);
    const std::string module = trimmed(line.substr(1, bar - 1));
    std::istringstream rest(line.substr(bar + 1, line.rfind('|') - bar - 1));
    direct[module].insert(module);
    for (std::string name; std::getline(rest, name, ',');)
      if (!trimmed(name).empty()) direct[module].insert(trimmed(name));
  }
  bool grown = true;
  while (grown) {
    grown = false;
    for (auto& [module, names] : direct)
      for (const auto& name : std::set<std::string>(names))
        for (const auto& far : direct[name]) grown |= names.insert(far).second;
  }
  return direct;
}

struct Include {
  std::string where, header;
  bool quoted;
};

std::vector<Include> includes_of(const fs::path& file) {
  static const std::regex kInclude(R"re(^\s*#\s*include\s*([<"])([^>"]+)[>"])re");
  std::vector<Include> found;
  std::istringstream text(read(file));
  int number = 0;
  for (std::string line; std::getline(text, line);) {
    ++number;
    std::smatch match;
    if (std::regex_search(line, match, kInclude))
      found.push_back({fs::relative(file, kRoot).string() + ":" + std::to_string(number), match[2], match[1] == "\""});
  }
  return found;
}

std::vector<fs::path> sources_under(const fs::path& folder) {
  std::vector<fs::path> files;
  if (!fs::exists(folder)) return files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const auto extension = entry.path().extension();
    if (entry.is_regular_file() && (extension == ".h" || extension == ".cc" || extension == ".def"))
      files.push_back(entry.path());
  }
  return files;
}

// "jenjang/graph/model.h" or "engine/graph/x.h" -> "graph"; empty for anything else.
std::string module_of(const std::string& header) {
  static const std::regex kModule(R"(^(?:jenjang|engine)/([a-z_]+)/)");
  std::smatch match;
  return std::regex_search(header, match, kModule) ? std::string(match[1]) : std::string();
}

TEST(Layering, TableNamesEveryModuleFolder) {
  const auto allowed = allowed_includes();
  ASSERT_GE(allowed.size(), 12U);
  for (const auto& entry : fs::directory_iterator(kRoot / "engine")) {
    const std::string name = entry.path().filename();
    if (!entry.is_directory() || name == "cmake" || name == "include") continue;
    EXPECT_TRUE(allowed.contains(name)) << "engine/" << name << " has no row in docs/architecture.md";
  }
}

TEST(Layering, EveryIncludeFollowsTheTable) {
  const auto allowed = allowed_includes();
  std::size_t seen = 0;
  for (const auto& [module, may] : allowed)
    for (const auto& folder : {kRoot / "engine" / module, kRoot / "engine/include/jenjang" / module})
      for (const auto& file : sources_under(folder))
        for (const auto& include : includes_of(file)) {
          const std::string target = module_of(include.header);
          if (target.empty()) continue;
          ++seen;
          EXPECT_TRUE(may.contains(target)) << include.where << ": " << module << " may not include " << include.header;
        }
  EXPECT_GT(seen, 50U);
}

TEST(Layering, ThirdPartyHeadersStayBehindTheirModule) {
  const std::vector<std::pair<std::string, std::set<std::string>>> homes = {
      {"boost/graph", {"graph"}}, {"boost/multiprecision", {"base"}},
      {"yaml-cpp", {"source"}},   {"nlohmann", {"base", "explain", "report"}},
      {"sqlite3", {"journal"}},   {"SQLiteCpp", {"journal"}},
      {"xxhash", {"snapshot"}},
  };
  for (const auto& file : sources_under(kRoot / "engine"))
    for (const auto& include : includes_of(file)) {
      const bool installed = file.string().find("/engine/include/") != std::string::npos;
      const std::string module = fs::relative(file, kRoot / "engine").begin()->string();
      for (const auto& [prefix, modules] : homes)
        if (include.header.rfind(prefix, 0) == 0) {
          EXPECT_TRUE(!installed && modules.contains(module)) << include.where << ": " << include.header;
        }
      if (installed && !include.quoted) {
        EXPECT_EQ(include.header.find('/'), std::string::npos)
            << include.where << ": only standard headers in installed headers";
      }
    }
}

TEST(Layering, FacesUseInstalledHeadersOnly) {
  for (const auto& folder : {"bindings", "bench"})
    for (const auto& file : sources_under(kRoot / folder))
      for (const auto& include : includes_of(file))
        EXPECT_NE(include.header.rfind("engine/", 0), 0U) << include.where << ": private header " << include.header;
}

TEST(Layering, EngineNeverPrintsExitsOrReadsTheClock) {
  static const std::regex kForbidden(
      R"(\bstd::(cout|cerr|clog|exit|abort|getenv|system_clock)\b|\bstd::chrono::system_clock|\bprintf\s*\(|\bputs\s*\(|[^_\w]time\s*\(\s*(nullptr|NULL|0)\s*\))");
  for (const auto& file : sources_under(kRoot / "engine")) {
    std::istringstream text(read(file));
    int number = 0;
    for (std::string line; std::getline(text, line);) {
      ++number;
      const auto code = line.substr(0, line.find("//"));
      EXPECT_FALSE(std::regex_search(code, kForbidden)) << fs::relative(file, kRoot) << ":" << number << ": " << line;
    }
  }
}

// Several tests are compiled together (tests/CMakeLists.txt), so what one of them names must not meet another's.
TEST(Layering, EveryTestIsANamespaceOfItsOwn) {
  std::size_t seen = 0;
  for (const char* folder : {"unit", "property", "conformance"}) {
    for (const fs::path& file : sources_under(kRoot / "tests" / folder)) {
      const std::string stem = file.stem().string();
      if (file.extension() != ".cc" || !stem.ends_with("_test")) continue;
      ++seen;
      const std::string text = read(file);
      EXPECT_NE(text.find("\nnamespace " + stem + " {\n"), std::string::npos) << file;
      EXPECT_EQ(text.find("\nnamespace {\n"), std::string::npos) << file << ": name it " << stem;
    }
  }
  EXPECT_GT(seen, 200U);
}

}  // namespace
