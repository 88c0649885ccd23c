// Runs every case under tests/golden/cases. JENJANG_ACCEPT=1 rewrites what differs (never in CI): read the
// difference before you commit it.
#include <algorithm>
#include <cstdlib>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "case_file.h"

namespace {

namespace fs = std::filesystem;

class GoldenCase : public testing::Test {
public:
  explicit GoldenCase(fs::path path) : path_(std::move(path)) {}
  void TestBody() override {
    const auto c = golden::read_case(path_);
    const auto outcome = golden::run_case(c, JENJANG_BINARY, JENJANG_SOURCE_DIR);
    const auto ends_with_break = [](std::string text) {
      if (!text.empty() && text.back() != '\n') text += '\n';
      return text;
    };
    const bool same = outcome.exit_code == c.expected_exit && ends_with_break(outcome.out) == c.expected_stdout &&
                      ends_with_break(outcome.err) == c.expected_stderr;
    if (!same && std::getenv("JENJANG_ACCEPT") != nullptr) {
      ASSERT_EQ(std::getenv("CI"), nullptr) << "expectations are never rewritten in CI";
      golden::accept_case(c, outcome.exit_code, outcome.out, outcome.err);
      return;
    }
    EXPECT_EQ(outcome.exit_code, c.expected_exit) << c.title;
    EXPECT_EQ(ends_with_break(outcome.out), c.expected_stdout) << c.title;
    EXPECT_EQ(ends_with_break(outcome.err), c.expected_stderr) << c.title;
  }

private:
  fs::path path_;
};

}  // namespace

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  std::vector<fs::path> cases;
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(JENJANG_SOURCE_DIR) / "tests/golden/cases"))
    if (entry.path().extension() == ".case") cases.push_back(entry.path());
  std::sort(cases.begin(), cases.end());
  for (const auto& path : cases) {
    std::string suite = path.parent_path().filename().string();
    std::string name = path.stem().string();
    for (std::string* text : {&suite, &name}) std::replace(text->begin(), text->end(), '-', '_');
    testing::RegisterTest(suite.c_str(), name.c_str(), nullptr, nullptr, __FILE__, __LINE__,
                          [path]() -> GoldenCase* { return new GoldenCase(path); });
  }
  return RUN_ALL_TESTS();
}
