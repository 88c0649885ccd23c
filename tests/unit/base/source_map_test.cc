#include "jenjang/base/source_map.h"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>

#include "jenjang/base/result.h"

namespace jenjang {
namespace source_map_test {

TEST(SourceMap, LinesAndPlaces) {
  SourceMap sources;
  const FileId file = sources.add("a.yaml", "satu\r\ndua\n\ntiga");
  EXPECT_EQ(sources.line_count(file), 4U);
  EXPECT_EQ(sources.line(file, 1), "satu");
  EXPECT_EQ(sources.line(file, 2), "dua");
  EXPECT_EQ(sources.line(file, 3), "");
  EXPECT_EQ(sources.line(file, 4), "tiga");
  EXPECT_EQ(sources.line(file, 5), "");
  EXPECT_EQ(sources.line(file, 0), "");
  // Offset 7 is the "u" of "dua": s a t u \r \n d u.
  EXPECT_EQ(sources.span_at(file, 7, 2), (SourceSpan{file, 2, 2, 2}));
  EXPECT_EQ(sources.span_at(file, 0, 1), (SourceSpan{file, 1, 1, 1}));
  EXPECT_EQ(sources.span_at(file, 999, 5), (SourceSpan{file, 4, 5, 0}));
  EXPECT_EQ(sources.to_string(sources.span_at(file, 7, 1)), "a.yaml:2:2");
  EXPECT_EQ(sources.to_string({}), "-");
}

TEST(SourceMap, ViewsOfShortTextsStayGood) {
  SourceMap sources;
  const FileId first = sources.add("k", "pendek");
  const std::string_view view = sources.text(first);
  for (int i = 0; i < 1000; ++i) sources.add("n", "x");
  EXPECT_EQ(view.data(), sources.text(first).data());
  EXPECT_EQ(view, "pendek");
}

class ReadFile : public ::testing::Test {
protected:
  void SetUp() override {
    // Of each test its own: they may run side by side.
    const auto* info = ::testing::UnitTest::GetInstance()->current_test_info();
    folder_ = std::filesystem::path(::testing::TempDir()) / ("jenjang-read-file-" + std::string(info->name()));
    std::filesystem::create_directories(folder_);
    std::ofstream(folder_ / "lima.txt", std::ios::binary) << "12345";
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  std::filesystem::path folder_;
};

TEST_F(ReadFile, ReadsUpToTheLimit) {
  const auto all = read_file(folder_ / "lima.txt", 5);
  ASSERT_TRUE(all.ok());
  EXPECT_EQ(all.value(), "12345");
}

TEST_F(ReadFile, NamesWhatFailed) {
  EXPECT_EQ(read_file(folder_ / "tidak-ada", 5).failure().code, Code::J1001);
  EXPECT_EQ(read_file(folder_, 5).failure().code, Code::J1004);
  const auto large = read_file(folder_ / "lima.txt", 4);
  ASSERT_FALSE(large.ok());
  EXPECT_EQ(large.failure().code, Code::J1003);
  EXPECT_NE(message_text(large.failure(), Language::english).find("5 bytes; the limit is 4 bytes"), std::string::npos);
}

TEST_F(ReadFile, LargeFilesAreRefusedBeforeReading) {
  // 50 MB that take no disk: a hole. The limit is that of YAML files.
  std::ofstream(folder_ / "besar.yaml").close();
  std::filesystem::resize_file(folder_ / "besar.yaml", std::uintmax_t{50} << 20);
  EXPECT_EQ(read_file(folder_ / "besar.yaml", std::size_t{16} << 20).failure().code, Code::J1003);
}

TEST_F(ReadFile, PathThroughAFileIsNotFoundOrUnreadable) {
  const auto result = read_file(folder_ / "lima.txt" / "dalam", 5);
  ASSERT_FALSE(result.ok());
  EXPECT_TRUE(result.failure().code == Code::J1001 || result.failure().code == Code::J1002);
}

#ifdef __linux__
TEST_F(ReadFile, EndlessFilesStopAtTheLimit) {
  EXPECT_EQ(read_file("/dev/zero", 100000).failure().code, Code::J1003);
}
#endif

}  // namespace source_map_test
}  // namespace jenjang
