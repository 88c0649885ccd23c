// Runs every case under tests/golden/cases. JENJANG_ACCEPT=1 rewrites what differs (never in CI): read the
// difference before you commit it. JENJANG_GOLDEN=inkremental|jurnal|utas runs the cases that evaluate a plan under
// that setting; they must print the same.
#include <algorithm>
#include <cstdlib>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "case_file.h"
#include "settings.h"

namespace {

namespace fs = std::filesystem;

int cases_run = 0;

class GoldenCase : public ::testing::Test {
public:
  GoldenCase(fs::path path, golden::Setting& setting, bool plain)
      : path_(std::move(path)), setting_(setting), plain_(plain) {}
  void TestBody() override {
    const auto c = golden::read_case(path_);
    const auto ran = golden::run_case(c, JENJANG_BINARY, JENJANG_SOURCE_DIR, setting_.surroundings(c));
    if (!ran) GTEST_SKIP() << "says nothing under this setting";
    ++cases_run;
    const golden::Outcome& outcome = *ran;
    const auto ends_with_break = [](std::string text) {
      if (!text.empty() && text.back() != '\n') text += '\n';
      return text;
    };
    const std::string out = ends_with_break(setting_.without_traces(outcome.out));
    const std::string err = ends_with_break(setting_.without_traces(outcome.err));
    const std::string wanted_out = setting_.without_traces(c.expected_stdout);
    const std::string wanted_err = setting_.without_traces(c.expected_stderr);
    const bool same = outcome.exit_code == c.expected_exit && out == wanted_out && err == wanted_err;
    if (!same && plain_ && std::getenv("JENJANG_ACCEPT") != nullptr) {
      ASSERT_EQ(std::getenv("CI"), nullptr) << "expectations are never rewritten in CI";
      golden::accept_case(c, outcome.exit_code, outcome.out, outcome.err);
      return;
    }
    EXPECT_EQ(outcome.exit_code, c.expected_exit) << c.title;
    EXPECT_EQ(out, wanted_out) << c.title;
    EXPECT_EQ(err, wanted_err) << c.title;
  }

private:
  fs::path path_;
  golden::Setting& setting_;
  bool plain_;
};

// Registered last: a setting under which next to nothing ran would be no test of it.
class EnoughCases : public ::testing::Test {
public:
  explicit EnoughCases(int least) : least_(least) {}
  void TestBody() override { EXPECT_GE(cases_run, least_); }

private:
  int least_;
};

}  // namespace

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  const char* word = std::getenv("JENJANG_GOLDEN");
  const std::string name = word == nullptr ? "" : word;
  const auto setting = golden::make_setting(name, JENJANG_BINARY, JENJANG_SOURCE_DIR);
  if (!setting) {
    std::fprintf(stderr, "JENJANG_GOLDEN: inkremental | jurnal | utas\n");
    return 2;
  }
  std::vector<fs::path> cases;
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(JENJANG_SOURCE_DIR) / "tests/golden/cases"))
    if (entry.path().extension() == ".case") cases.push_back(entry.path());
  std::sort(cases.begin(), cases.end());
  for (const auto& path : cases) {
    if (!setting->concerns(golden::read_case(path))) continue;
    std::string suite = path.parent_path().filename().string();
    std::string test = path.stem().string();
    for (std::string* text : {&suite, &test}) std::replace(text->begin(), text->end(), '-', '_');
    testing::RegisterTest(
        suite.c_str(), test.c_str(), nullptr, nullptr, __FILE__, __LINE__,
        [path, &setting, plain = name.empty()]() -> ::testing::Test* { return new GoldenCase(path, *setting, plain); });
  }
  if (!name.empty()) {
    testing::RegisterTest("pengaturan", name.c_str(), nullptr, nullptr, __FILE__, __LINE__,
                          [least = setting->least_cases()]() -> ::testing::Test* { return new EnoughCases(least); });
  }
  return RUN_ALL_TESTS();
}
