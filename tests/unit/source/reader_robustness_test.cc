// The checks of the fuzz programs on their seeds and on some thousand mutations of them, so that
// the ordinary suite covers them too. The generator's seed is fixed: a failure repeats.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "tests/fuzz/fuzz_checks.h"

namespace jenjang {
namespace reader_robustness_test {

using Check = std::string (*)(std::string_view);

std::vector<std::string> corpus(const std::string& reader) {
  const std::filesystem::path folder = std::filesystem::path(JENJANG_SOURCE_DIR) / "tests/fuzz/corpus" / reader;
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> seeds;
  for (const auto& path : paths) {
    std::ifstream in(path, std::ios::binary);
    seeds.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  }
  return seeds;
}

class Mutator {
public:
  explicit Mutator(std::string alphabet) : alphabet_(std::move(alphabet)) {}

  std::string mutate(const std::vector<std::string>& seeds) {
    std::string text = seeds[pick(seeds.size())];
    const std::size_t steps = 1 + pick(6);
    for (std::size_t i = 0; i < steps; ++i) step(text, seeds);
    return text;
  }

private:
  std::size_t pick(std::size_t below) { return below == 0 ? 0 : static_cast<std::size_t>(random_() % below); }
  char letter() { return pick(8) == 0 ? static_cast<char>(pick(256)) : alphabet_[pick(alphabet_.size())]; }

  void step(std::string& text, const std::vector<std::string>& seeds) {
    const std::size_t at = pick(text.size() + 1);
    switch (pick(6)) {
      case 0:
        text.insert(at, 1, letter());
        break;
      case 1:
        text.erase(at, pick(9));
        break;
      case 2:
        if (at < text.size()) text[at] = letter();
        break;
      case 3:  // a part of itself again, elsewhere
        text.insert(at, text.substr(pick(text.size() + 1), pick(30)));
        break;
      case 4: {
        const std::string& other = seeds[pick(seeds.size())];
        text.insert(at, other.substr(pick(other.size() + 1), pick(40)));
        break;
      }
      default:
        text.insert(at, pick(60), letter());
        break;
    }
  }

  std::mt19937_64 random_{20240607};
  std::string alphabet_;
};

void run(const std::string& reader, Check check, const std::string& alphabet, int rounds) {
  const std::vector<std::string> seeds = corpus(reader);
  ASSERT_GE(seeds.size(), 8U) << "seeds of " << reader << " are missing";
  for (const std::string& seed : seeds) EXPECT_EQ(check(seed), "") << seed;
  Mutator mutator(alphabet);
  for (int i = 0; i < rounds; ++i) {
    const std::string text = mutator.mutate(seeds);
    ASSERT_EQ(check(text), "") << "round " << i << ":\n" << text;
  }
}

TEST(Robustness, Yaml) {
  run("yaml", fuzz::check_yaml, ":-?[]{},#&*!|>'\"%@` \t\r\n\\<~.0a", 3000);
}
TEST(Robustness, Csv) {
  run("csv", fuzz::check_csv, ",;\t\"\r\n#.-0a=", 2000);
}
TEST(Robustness, Decimal) {
  run("decimal", fuzz::check_decimal, "0123456789.,-\n", 3000);
}

}  // namespace reader_robustness_test
}  // namespace jenjang
