#include "jenjang/workspace/flat_words.h"

#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <set>

#include "jenjang/bulk/from_model.h"

namespace jenjang {
namespace flat_words_test {

TEST(FlatWords, EveryLimitHasAWordOfItsOwn) {
  std::set<std::string_view> words;
  for (const bulk::FlatLimit limit : bulk::flat_limits()) words.insert(indonesian_limit(to_string(limit)));
  for (const bulk::RowLimit limit : {bulk::RowLimit::gates, bulk::RowLimit::documents}) {
    words.insert(indonesian_limit(to_string(limit)));
  }
  EXPECT_EQ(words.size(), bulk::flat_limits().size() + 2);
  EXPECT_FALSE(words.contains(""));
}

// `jenjang explain J3208` is where a reader looks a word up.
TEST(FlatWords, ThePagesListThem) {
  const auto page_of = [](const char* code) {
    std::ifstream in(std::string(JENJANG_SOURCE_DIR "/docs/diagnostics/") + code + ".md");
    return std::string(std::istreambuf_iterator<char>(in), {});
  };
  const auto row_of = [](std::string_view limit) {
    return "\n| `" + std::string(limit) + "` | " + std::string(indonesian_limit(limit)) + " | ";
  };
  const std::string plans = page_of("J3208"), rows = page_of("J3209");
  for (const bulk::FlatLimit limit : bulk::flat_limits()) {
    EXPECT_NE(plans.find(row_of(to_string(limit))), std::string::npos) << to_string(limit);
  }
  std::size_t listed = 0;
  for (std::size_t at = 0; (at = plans.find("\n| `", at)) != std::string::npos; ++at) ++listed;
  EXPECT_EQ(listed, bulk::flat_limits().size());
  for (const bulk::RowLimit limit : {bulk::RowLimit::gates, bulk::RowLimit::documents}) {
    EXPECT_NE(rows.find(row_of(to_string(limit))), std::string::npos) << to_string(limit);
  }
}

TEST(FlatWords, ListsKeepTheirCounts) {
  EXPECT_EQ(indonesian_limits("own-figure (12), grades (3)"),
            "angka sendiri di atas turunannya (12), skala tingkat (3)");
  EXPECT_EQ(indonesian_limits("documents"), "target sebagian tahun dari dokumen lain");
  EXPECT_EQ(indonesian_limits("of-tomorrow (1), grades (2)"), "of-tomorrow (1), skala tingkat (2)");
  EXPECT_EQ(indonesian_limits(""), "");
}

}  // namespace flat_words_test
}  // namespace jenjang
