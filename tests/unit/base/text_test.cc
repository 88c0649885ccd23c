#include "jenjang/base/text.h"

#include <array>
#include <gtest/gtest.h>

#include "jenjang/base/cell.h"

namespace jenjang {
namespace text_test {

TEST(Text, Width) {
  EXPECT_EQ(display_width("abc"), 3U);
  EXPECT_EQ(display_width("\xC3\xA9t\xC3\xA9"), 3U);
  EXPECT_EQ(display_width("a\xFF\xFE"), 3U);  // invalid bytes count one each
  EXPECT_EQ(display_width(""), 0U);
}

TEST(Text, Utf8) {
  EXPECT_TRUE(is_valid_utf8("plain ascii text, more than eight bytes"));
  EXPECT_TRUE(is_valid_utf8("\xEF\xBB\xBF\xF0\x9F\x8C\xB1"));
  for (const char* bad : {"\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\x80", "\xE2\x82", "abcdefgh\xFF"}) {
    EXPECT_FALSE(is_valid_utf8(bad)) << bad;
  }
  EXPECT_EQ(find_invalid_utf8("abcdefghij\xC3"), 10U);
  EXPECT_EQ(find_invalid_utf8("\xC3\xA9"), std::string_view::npos);
}

TEST(Text, TrimAndSplit) {
  EXPECT_EQ(trim(" \t a b\r\n"), "a b");
  EXPECT_EQ(trim(" \n"), "");
  EXPECT_EQ(split("a,,b", ','), (std::vector<std::string_view>{"a", "", "b"}));
  EXPECT_EQ(split("", ','), (std::vector<std::string_view>{""}));
}

TEST(Text, NearestIsASlipOfTheHand) {
  constexpr std::array<std::string_view, 4> kKeys{"satuan", "sasaran", "target", "unit"};
  const std::span<const std::string_view> keys(kKeys);
  EXPECT_EQ(nearest("satuna", keys), "satuan");   // one swap
  EXPECT_EQ(nearest("saturan", keys), "satuan");  // satuan and sasaran are both one step: the first
  EXPECT_EQ(nearest("traget", keys), "target");
  EXPECT_EQ(nearest("unti", keys), "unit");
  EXPECT_FALSE(nearest("xnxt", keys));  // two steps on four letters
  EXPECT_FALSE(nearest("polaritas", keys));
  EXPECT_FALSE(nearest("", std::span<const std::string_view>()));
  constexpr std::array<std::string_view, 2> kTies{"ab", "ac"};
  EXPECT_EQ(nearest("ad", std::span<const std::string_view>(kTies)), "ab");
}

TEST(Text, FormatFixed) {
  EXPECT_EQ(format_fixed(12.5, 2), "12.50");
  EXPECT_EQ(format_fixed(-0.0001, 2), "0.00");
  EXPECT_EQ(format_fixed(-1.5, 0), "-2");  // exact tie: to even
  EXPECT_EQ(format_fixed(1e21, 0), "1000000000000000000000");
}

TEST(CellState, WordsThereAndBack) {
  for (int i = 0; i <= 5; ++i) {
    const auto state = static_cast<CellState>(i);
    EXPECT_EQ(parse_cell_state(to_string(state)), state);
  }
  EXPECT_EQ(to_string(CellState::empty), "kosong");
  EXPECT_EQ(to_string(CellState::value), "nilai");
  EXPECT_FALSE(parse_cell_state("nol"));
}

}  // namespace text_test
}  // namespace jenjang
