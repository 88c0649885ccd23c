// Values kept in an arena stay where they are, whole, for as long as it or a later copy of it lives.
#include "jenjang/base/arena.h"

#include <cstdint>
#include <gtest/gtest.h>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace jenjang {
namespace arena_test {

static_assert(!std::is_constructible_v<KeptText, std::string&&>);  // nobody keeps a text that is about to go
static_assert(!std::is_assignable_v<KeptText&, std::string&&>);
static_assert(std::is_constructible_v<KeptText, const std::string&>);

struct Pair {
  double value = 0;
  char mark = ' ';
};

// Oracle: a copy of every value beside its view, through stretches of all sizes (the last are on large pages).
TEST(Arena, ValuesStayWhereTheyAre) {
  std::mt19937 random(9);
  Arena arena;
  std::vector<std::pair<KeptText, std::string>> texts;
  std::vector<std::pair<std::span<Pair>, std::vector<Pair>>> lists;
  for (int i = 0; i < 20000; ++i) {
    const std::string text(i == 7000 ? 3000000 : random() % 400, static_cast<char>('a' + random() % 26));
    texts.emplace_back(arena.keep(text), text);
    std::vector<Pair> list(random() % 4, Pair{static_cast<double>(i), 'x'});
    lists.emplace_back(arena.keep(std::span<const Pair>(list)), list);
  }
  for (const auto& [kept, text] : texts) ASSERT_EQ(kept, text);
  for (const auto& [kept, list] : lists) {
    ASSERT_EQ(kept.size(), list.size());
    if (kept.empty()) continue;
    ASSERT_EQ(reinterpret_cast<std::uintptr_t>(kept.data()) % alignof(Pair), 0U);
    ASSERT_EQ(kept.back().value, list.back().value);
  }
}

TEST(Arena, ACopySharesWhatStandsAndKeepsTheRestAlone) {
  std::optional<Arena> first(std::in_place);
  const KeptText shared = first->keep("lama");
  Arena second = *first;
  const KeptText of_first = first->keep("satu");
  const KeptText of_second = second.keep("dua!");
  EXPECT_EQ(of_first, "satu");
  EXPECT_EQ(of_second, "dua!");
  first.reset();
  EXPECT_EQ(shared, "lama");
  EXPECT_EQ(of_second, "dua!");
}

TEST(Arena, SharesAnother) {
  Arena arena;
  const KeptText own = arena.keep("sendiri");
  KeptText other;
  {
    Arena gone;
    other = gone.keep("lain");
    arena.share(gone);
  }
  const KeptText later = arena.keep("kemudian");  // still behind its own
  EXPECT_EQ(other, "lain");
  EXPECT_EQ(own, "sendiri");
  EXPECT_EQ(later.data(), own.data() + own.size());
}

TEST(Arena, MovedFromIsEmptyAndUsable) {
  Arena first;
  const KeptText kept = first.keep("teks");
  Arena second = std::move(first);
  EXPECT_EQ(first.keep("baru"), "baru");  // NOLINT(bugprone-use-after-move): emptied, as promised
  EXPECT_EQ(second.keep("lain"), "lain");
  EXPECT_EQ(kept, "teks");
}

TEST(KeptText, ReadsLikeAStringViewAndBecomesAString) {
  const KeptText text = "64/dlh";
  const std::string string = text;
  EXPECT_EQ(string, "64/dlh");
  EXPECT_EQ("X@" + text, "X@64/dlh");
  EXPECT_EQ(std::string("X@") + text, "X@64/dlh");
  EXPECT_EQ(text + "/a", "64/dlh/a");
  EXPECT_EQ(text + string, "64/dlh64/dlh");
  EXPECT_TRUE(text == string && text != "64" && KeptText("64") < text);
}

}  // namespace arena_test
}  // namespace jenjang
