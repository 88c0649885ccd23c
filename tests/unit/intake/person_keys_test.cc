#include "jenjang/intake/person_keys.h"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>

namespace jenjang {
namespace person_keys_test {

namespace fs = std::filesystem;

class PersonKeys : public ::testing::Test {
protected:
  void SetUp() override {
    const auto* info = ::testing::UnitTest::GetInstance()->current_test_info();
    file_ = fs::path(::testing::TempDir()) / ("jenjang-kunci-" + std::string(info->name()) + ".csv");
    fs::remove(file_);
  }
  void TearDown() override { fs::remove(file_); }
  PersonNames read(const std::string& text) {
    std::ofstream(file_, std::ios::binary) << text;
    return read_person_names(file_, "kunci.csv", 1U << 20U, sources_, sink_);
  }

  fs::path file_;
  SourceMap sources_;
  DiagnosticSink sink_;
};

TEST_F(PersonKeys, JoinKeysToNames) {
  const PersonNames names = read("pegawai,nama,nip\nP-1, Rina ,199001\nP-2,\"Sari, S.T.\",\n,Tanpa Kunci,1\n");
  EXPECT_EQ(names, (PersonNames{{"P-1", "Rina"}, {"P-2", "Sari, S.T."}}));
  EXPECT_TRUE(sink_.all().empty());
}

TEST_F(PersonKeys, AnErasedFileIsNoError) {
  EXPECT_TRUE(read_person_names(file_, "kunci.csv", 100, sources_, sink_).empty());
  ASSERT_EQ(sink_.all().size(), 1U);
  EXPECT_EQ(sink_.all()[0].code, Code::J1918);
  EXPECT_FALSE(sink_.has_errors());
  EXPECT_EQ(sources_.file_count(), 0U);
}

TEST_F(PersonKeys, TheFirstOfTwoRowsCounts) {
  EXPECT_EQ(read("pegawai,nama,nip\nP-1,Rina,1\nP-1,Sari,2\n"), (PersonNames{{"P-1", "Rina"}}));
  ASSERT_EQ(sink_.all().size(), 1U);
  EXPECT_EQ(sink_.all()[0].code, Code::J1917);
}

TEST_F(PersonKeys, ATableWithoutItsColumnsGivesNoNames) {
  EXPECT_TRUE(read("kunci,nama\nP-1,Rina\n").empty());
  EXPECT_TRUE(sink_.has_errors());
}

}  // namespace person_keys_test
}  // namespace jenjang
