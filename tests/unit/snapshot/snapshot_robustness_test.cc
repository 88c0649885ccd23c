// What the fuzz program looks for, on bytes of our own choice: every field of the parts that opening reads, changed,
// with and without new checksums; random changes; the seeds of the fuzz program.
#include <fstream>
#include <random>

#include "tests/fuzz/fuzz_snapshot_check.h"
#include "tests/unit/snapshot/scratch.h"

namespace jenjang {
namespace snapshot_robustness_test {

using fuzz::check_snapshot;

std::string change(std::uint64_t place, int with) {
  std::string bytes;
  for (unsigned i = 0; i < 4; ++i) bytes += static_cast<char>(place >> (8 * i) & 0xFF);
  return bytes + static_cast<char>(with);
}

TEST(SnapshotRobustness, SeedsOfTheFuzzProgram) {
  std::size_t seen = 0;
  for (const auto& seed : std::filesystem::directory_iterator(JENJANG_SOURCE_DIR "/tests/fuzz/corpus/snapshot")) {
    ++seen;
    EXPECT_EQ(check_snapshot(test::bytes_of(seed.path())), "") << seed.path();
  }
  EXPECT_GE(seen, 5U);
}

TEST(SnapshotRobustness, TheSoundFilePasses) {
  EXPECT_GT(fuzz::sound_snapshot().size(), 50'000U);
  EXPECT_EQ(check_snapshot("\x01"), "");
  EXPECT_EQ(check_snapshot("\x02"), "");
}

TEST(SnapshotRobustness, FieldsThatOpeningReads) {
  const std::filesystem::path path = fuzz::scratch_file("-places");
  test::put_bytes(path, fuzz::sound_snapshot());
  std::vector<std::uint64_t> places;
  {
    const Result<snapshot::Snapshot> sound = snapshot::Snapshot::open(path);
    ASSERT_TRUE(sound.ok());
    for (std::uint64_t at = 0; at < 80; ++at) places.push_back(at);
    const std::uint64_t sections = sound.value().container().sections().size();
    for (std::uint64_t at = 0; at < sections * snapshot::kTocEntryBytes; at += 3) places.push_back(4096 + at);
    for (const char* name : {"identity", "shape", "scales", "classes", "bounds"}) {
      const snapshot::Section& section = *sound.value().container().find(name);
      for (std::uint64_t at = 0; at < section.bytes; ++at) places.push_back(section.offset + at);
    }
  }
  std::filesystem::remove(path);
  ASSERT_GT(places.size(), 800U);
  std::size_t refused = 0;
  for (const std::uint64_t place : places) {
    const int with = place % 2 == 0 ? 1 : 0x80;
    EXPECT_EQ(check_snapshot("\x01" + change(place, with)), "") << place;
    const std::string recipe = "\x02" + change(place, with);
    ASSERT_EQ(check_snapshot(recipe), "") << place;
    test::put_bytes(path, fuzz::file_of_recipe(recipe));
    refused += snapshot::Snapshot::open(path).ok() ? 0 : 1;
  }
  std::filesystem::remove(path);
  // Letters of texts and digits of numbers are anybody's guess; counts, words and places are not.
  EXPECT_GT(refused, places.size() / 4);
}

TEST(SnapshotRobustness, RandomChanges) {
  std::mt19937 random(20261123);
  for (int round = 0; round < 300; ++round) {
    std::string recipe(1, static_cast<char>(1 + round % 2));
    for (unsigned i = 0; i < 1 + random() % 4; ++i) recipe += change(random(), static_cast<int>(1 + random() % 255));
    ASSERT_EQ(check_snapshot(recipe), "") << round;
  }
}

}  // namespace snapshot_robustness_test
}  // namespace jenjang
