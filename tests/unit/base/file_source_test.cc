#include "jenjang/base/file_source.h"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <string>

namespace jenjang {
namespace file_source_test {

namespace fs = std::filesystem;
constexpr std::size_t kMuch = 1U << 20U;

class FileSourceTest : public ::testing::Test {
protected:
  void SetUp() override {
    const auto* info = ::testing::UnitTest::GetInstance()->current_test_info();
    root_ = fs::temp_directory_path() / ("jenjang-file-source-" + std::string(info->name()));
    fs::remove_all(root_);
    fs::create_directories(root_);
  }
  void TearDown() override { fs::remove_all(root_); }

  void write(const fs::path& name, const std::string& text) const {
    fs::create_directories((root_ / name).parent_path());
    std::ofstream(root_ / name, std::ios::binary) << text;
  }
  static Code code_of(const Result<std::string>& result) { return result.failure().code; }

  fs::path root_;
};

TEST_F(FileSourceTest, TheDiskReadsWhatStandsThere) {
  const std::string bytes("a\r\n\0\xFFz", 6);
  write("a.yaml", bytes);
  EXPECT_EQ(disk().read(root_ / "a.yaml", kMuch).value(), bytes);
  EXPECT_TRUE(disk().exists(root_ / "a.yaml"));
  EXPECT_FALSE(disk().is_folder(root_ / "a.yaml"));
  EXPECT_TRUE(disk().is_folder(root_));
  EXPECT_FALSE(disk().exists(root_ / "b.yaml"));
}

TEST_F(FileSourceTest, TheDiskSaysWhyItCannotRead) {
  write("a.yaml", "12345");
  EXPECT_EQ(code_of(disk().read(root_ / "none.yaml", kMuch)), Code::J1001);
  EXPECT_EQ(code_of(disk().read(root_, kMuch)), Code::J1004);
  EXPECT_EQ(code_of(disk().read(root_ / "a.yaml", 4)), Code::J1003);
  EXPECT_EQ(disk().read(root_ / "a.yaml", 5).value(), "12345");
}

TEST_F(FileSourceTest, FoldersOfTheDiskAreSortedAndFilesAreNone) {
  write("zeta/a.yaml", "");
  write("alfa/a.yaml", "");
  write("alfa/dalam/a.yaml", "");
  write("berkas.yaml", "");
  const std::vector<fs::path> expected{root_ / "alfa", root_ / "zeta"};
  EXPECT_EQ(disk().folders_in(root_), expected);
  EXPECT_TRUE(disk().folders_in(root_ / "tidak-ada").empty());
  EXPECT_TRUE(disk().folders_in(root_ / "berkas.yaml").empty());
}

TEST_F(FileSourceTest, RememberingKeepsEveryTextThatWasReadAndNoOther) {
  write("a.yaml", "satu");
  write("b/c.csv", "dua");
  write("unread.yaml", "tiga");
  const RememberingFiles files(disk());
  EXPECT_EQ(files.read(root_ / "a.yaml", kMuch).value(), "satu");
  EXPECT_EQ(files.read(root_ / "b" / "." / "c.csv", kMuch).value(), "dua");
  EXPECT_EQ(files.read(root_ / "b" / ".." / "a.yaml", kMuch).value(), "satu");
  EXPECT_FALSE(files.read(root_ / "none.yaml", kMuch).ok());
  EXPECT_FALSE(files.read(root_ / "a.yaml", 1).ok());
  EXPECT_TRUE(files.exists(root_ / "unread.yaml"));
  EXPECT_TRUE(files.is_folder(root_ / "b"));
  const std::map<std::string, std::string> expected{{(root_ / "a.yaml").generic_string(), "satu"},
                                                    {(root_ / "b/c.csv").generic_string(), "dua"}};
  EXPECT_EQ(files.texts(), expected);
}

TEST_F(FileSourceTest, KeptTextsAnswerLikeTheDiskTheyCameFrom) {
  write("plan/jenjang.yaml", "jenjang: 1");
  write("plan/unit/opd.csv", "kode");
  write("plan/paket/a/pack.yaml", "a");
  write("plan/paket/b/pack.yaml", "b");
  write("plan/paket-lain/c/pack.yaml", "c");
  const RememberingFiles remembered(disk());
  for (const char* name : {"plan/jenjang.yaml", "plan/unit/opd.csv", "plan/paket/a/pack.yaml", "plan/paket/b/pack.yaml",
                           "plan/paket-lain/c/pack.yaml"}) {
    ASSERT_TRUE(remembered.read(root_ / name, kMuch).ok());
  }
  KeptFiles kept;
  for (const auto& [path, text] : remembered.texts()) kept.keep(path, text);
  for (const char* name : {"plan", "plan/", "plan/paket", "plan/paket/", "plan/paket/a", "plan/paket-lain", "plan/unit",
                           "plan/jenjang.yaml", "plan/none", "plan/pake", "plan/./paket", "plan/unit/../paket"}) {
    const fs::path path = root_ / name;
    EXPECT_EQ(kept.exists(path), disk().exists(path)) << name;
    EXPECT_EQ(kept.is_folder(path), disk().is_folder(path)) << name;
    EXPECT_EQ(kept.folders_in(path), disk().folders_in(path)) << name;
    const auto ours = kept.read(path, 6), theirs = disk().read(path, 6);
    ASSERT_EQ(ours.ok(), theirs.ok()) << name;
    if (ours.ok()) {
      EXPECT_EQ(ours.value(), theirs.value()) << name;
    } else {
      EXPECT_EQ(code_of(ours), code_of(theirs)) << name;
    }
  }
}

TEST(KeptFiles, RelativePathsStandWhereTheyAreAsked) {
  KeptFiles kept;
  kept.keep("jenjang.yaml", "manifes");
  kept.keep("./paket/a/pack.yaml", "a");
  kept.keep("paket/a/pack.yaml", "a lagi");  // the same place: the later text stands
  EXPECT_EQ(kept.read("./jenjang.yaml", kMuch).value(), "manifes");
  EXPECT_EQ(kept.read("paket/b/../a/pack.yaml", kMuch).value(), "a lagi");
  for (const char* here : {"", ".", "./"}) {
    EXPECT_TRUE(kept.is_folder(here)) << here;
    ASSERT_EQ(kept.folders_in(here).size(), 1U) << here;
    EXPECT_EQ(kept.folders_in(here).front().lexically_normal(), "paket") << here;
  }
  EXPECT_FALSE(kept.is_folder("/"));
  EXPECT_FALSE(kept.exists("/jenjang.yaml"));
}

TEST(KeptFiles, RootIsAFolderOfAbsolutePaths) {
  KeptFiles kept;
  kept.keep("/srv/plan/jenjang.yaml", "x");
  EXPECT_TRUE(kept.is_folder("/"));
  ASSERT_EQ(kept.folders_in("/").size(), 1U);
  EXPECT_EQ(kept.folders_in("/").front(), "/srv");
  EXPECT_EQ(kept.folders_in("/srv/").front().lexically_normal(), "/srv/plan");
  EXPECT_FALSE(kept.is_folder("."));
}

TEST(KeptFiles, WhatLeadsOutIsNotInside) {
  KeptFiles kept;
  kept.keep("../lain/a.yaml", "x");
  EXPECT_FALSE(kept.is_folder("."));
  EXPECT_TRUE(kept.folders_in(".").empty());
  kept.keep(".rahasia/a.yaml", "y");
  EXPECT_TRUE(kept.is_folder("."));
  ASSERT_EQ(kept.folders_in(".").size(), 1U);
  EXPECT_EQ(kept.folders_in("..").size(), 1U);  // ../lain
}

TEST(KeptFiles, NothingKeptIsNothingThere) {
  const KeptFiles kept;
  EXPECT_FALSE(kept.exists("a"));
  EXPECT_FALSE(kept.is_folder("."));
  EXPECT_TRUE(kept.folders_in("/").empty());
  EXPECT_EQ(kept.read("a", kMuch).failure().code, Code::J1001);
}

}  // namespace file_source_test
}  // namespace jenjang
