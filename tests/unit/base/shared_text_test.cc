#include "jenjang/base/shared_text.h"

#include <gtest/gtest.h>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include "jenjang/base/seldom.h"

#include "engine/base/repeated_texts.h"

namespace jenjang {
namespace shared_text_test {

TEST(SharedText, IsTheTextItWasMadeFrom) {
  const std::string written = "64.72/dinas-lingkungan-hidup";
  const SharedText text = written, empty, blank = "";
  EXPECT_EQ(text, written);
  EXPECT_EQ(text.size(), 28U);
  EXPECT_EQ(text.str(), written);
  EXPECT_TRUE(empty.empty() && blank.empty() && blank.size() == 0 && blank.view().empty());
  EXPECT_EQ(empty, blank);
  EXPECT_EQ(blank, "");
  EXPECT_EQ(SharedText(std::string("a\0b", 3)).size(), 3U);
  EXPECT_EQ(text + "@" + "1", written + "@1");
  EXPECT_EQ("kode " + SharedText("IKA"), "kode IKA");
}

TEST(SharedText, CopiesShareTheirBytesAndChangeApart) {
  SharedText one = "SIPSN";
  SharedText two = one;
  EXPECT_EQ(one.view().data(), two.view().data());
  two = "SIPSN, triwulan berjalan";
  EXPECT_EQ(one, "SIPSN");
  EXPECT_EQ(two, "SIPSN, triwulan berjalan");
  const SharedText& same = one;
  one = same;
  EXPECT_EQ(one, "SIPSN");
  SharedText moved = std::move(one);
  one = moved;
  moved.clear();
  EXPECT_EQ(one, "SIPSN");
  EXPECT_TRUE(moved.empty());
}

TEST(SharedText, ComparesAndHashesByWhatIsWritten) {
  const SharedText a = "IKA", again = "IKA", b = "IKU";
  EXPECT_NE(a.view().data(), again.view().data());
  EXPECT_TRUE(a == again && a != b && a < b && !(again < a));
  EXPECT_TRUE(SharedText() < a);
  std::unordered_map<SharedText, int> counted;
  ++counted[a];
  ++counted[again];
  EXPECT_EQ(counted.at("IKA"), 2);
}

// Run under the address and thread sanitizers too: the last holder may be in any thread.
TEST(SharedText, MayBeCopiedAndDroppedInSeveralThreads) {
  SharedText text = "divalidasi_pusat";
  const auto copy_often = [text] {
    std::vector<SharedText> rows;
    for (int i = 0; i < 20000; ++i) {
      rows.push_back(text);
      if (i % 3 == 0) rows.erase(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(rows.size() / 2));
    }
    for (const SharedText& row : rows) ASSERT_EQ(row, "divalidasi_pusat");
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) threads.emplace_back(copy_often);
  text.clear();
  for (std::thread& thread : threads) thread.join();
}

TEST(RepeatedTexts, GiveEveryWordAndShareItWithTheRowsBefore) {
  RepeatedTexts words;
  // More words than it remembers, each twice in a row and again later, with blanks between.
  std::vector<SharedText> first;
  for (int round = 0; round < 2; ++round) {
    for (int i = 0; i < 3000; ++i) {
      const std::string word = "unit-" + std::to_string(i);
      const SharedText once = words.of(word), twice = words.of(word);
      ASSERT_EQ(once, word);
      ASSERT_EQ(once.view().data(), twice.view().data());
      ASSERT_EQ(words.of(i % 7 == 0 ? "" : word), i % 7 == 0 ? "" : word);
      if (round == 0) first.push_back(once);
    }
  }
  for (int i = 0; i < 3000; ++i) ASSERT_EQ(first[static_cast<std::size_t>(i)], "unit-" + std::to_string(i));
  RepeatedTexts two;
  const SharedText a = two.of("terkirim");
  two.of("divalidasi");
  EXPECT_EQ(two.of("terkirim").view().data(), a.view().data()) << "a few words that take turns are all remembered";
}

TEST(Seldom, ReadsAsTheDefaultUntilItIsChanged) {
  struct Rare {
    int number = 7;
    SharedText word;
  };
  Seldom<Rare> one;
  EXPECT_EQ(sizeof one, sizeof(void*));
  EXPECT_EQ(one->number, 7);
  one.change().word = "B";
  Seldom<Rare> two = one;
  two.change().number = 8;
  EXPECT_EQ(one->number, 7);
  EXPECT_EQ(two->number, 8);
  EXPECT_EQ(two->word, "B");
  one = two;
  two.clear();
  EXPECT_EQ(one->number, 8);
  EXPECT_EQ(two->number, 7);
  EXPECT_TRUE(two->word.empty());
  one = Seldom<Rare>();
  EXPECT_EQ(one->number, 7);
}

}  // namespace shared_text_test
}  // namespace jenjang
