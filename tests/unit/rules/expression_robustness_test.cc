// The checks of the fuzz program on its seeds and on some thousand mutations of them. The generator's seed is fixed: a
// failure repeats.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <random>

#include "tests/fuzz/fuzz_expression_check.h"

namespace jenjang {
namespace expression_robustness_test {

std::vector<std::string> seeds() {
  std::vector<std::filesystem::path> paths;
  const std::filesystem::path folder = std::filesystem::path(JENJANG_SOURCE_DIR) / "tests/fuzz/corpus/expression";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> texts;
  for (const auto& path : paths) {
    std::ifstream in(path, std::ios::binary);
    texts.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  }
  return texts;
}

TEST(ExpressionRobustness, SeedsReadAndTheirMutationsNeverFall) {
  const std::vector<std::string> texts = seeds();
  ASSERT_GE(texts.size(), 5U);
  for (const std::string& text : texts) {
    EXPECT_TRUE(std::holds_alternative<Expression>(parse_expression(text))) << text;
    EXPECT_EQ(fuzz::check_expression_text(text), "") << text;
  }
  constexpr std::string_view kLetters = "()()+-*/<>=,.'' 019abx_danatuk\"&|!";
  std::mt19937 random(20260101);
  const auto pick = [&](std::size_t below) { return below == 0 ? 0 : static_cast<std::size_t>(random() % below); };
  std::size_t read = 0;
  for (int round = 0; round < 8000; ++round) {
    std::string text = texts[pick(texts.size())];
    for (std::size_t step = 1 + pick(5); step > 0; --step) {
      const std::size_t at = pick(text.size() + 1);
      switch (pick(4)) {
        case 0:
          text.insert(at, 1, pick(9) == 0 ? static_cast<char>(pick(256)) : kLetters[pick(kLetters.size())]);
          break;
        case 1:
          text.erase(at, 1 + pick(6));
          break;
        case 2:
          text.insert(at, text.substr(pick(text.size() + 1), pick(20)));
          break;
        default:
          text.insert(at, std::string(pick(60), "(-"[pick(2)]));
          break;
      }
    }
    ASSERT_EQ(fuzz::check_expression_text(text), "") << text;
    read += std::holds_alternative<Expression>(parse_expression(text)) ? 1 : 0;
  }
  // Both ways are walked.
  EXPECT_GT(read, 200U);
  EXPECT_LT(read, 7800U);
}

}  // namespace expression_robustness_test
}  // namespace jenjang
