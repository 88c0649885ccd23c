#include "jenjang/snapshot/container.h"

#include <csignal>
#include <cstring>
#include <numeric>
#include <sys/resource.h>
#include <thread>

#include "engine/snapshot/checksum.h"
#include "tests/unit/snapshot/scratch.h"

namespace jenjang::snapshot {
namespace container_test {

using test::Scratch;
namespace fs = std::filesystem;

std::vector<std::uint32_t> numbers(std::size_t count) {
  std::vector<std::uint32_t> all(count);
  std::iota(all.begin(), all.end(), 7U);
  return all;
}

struct Small {
  std::vector<std::uint32_t> a = numbers(5);
  std::vector<double> b{1.5, -2.25, 0};
  std::vector<std::uint8_t> none;
  void write(const fs::path& path) const {
    const SectionData sections[] = {section_of<std::uint32_t>("a", a), section_of<double>("b", b),
                                    section_of<std::uint8_t>("none", none)};
    ASSERT_FALSE(write_container(path, sections));
  }
};

Code code_of(const Result<Container>& result) {
  return result.ok() ? Code{} : result.failure().code;
}

TEST(Container, GivesBackWhatWasWritten) {
  const Scratch scratch;
  const Small small;
  small.write(scratch / "x");
  const Result<Container> opened = Container::open(scratch / "x");
  ASSERT_TRUE(opened.ok());
  const Container& container = opened.value();
  ASSERT_EQ(container.sections().size(), 3U);
  const auto a = container.column<std::uint32_t>(*container.find("a"));
  EXPECT_EQ(std::vector<std::uint32_t>(a.begin(), a.end()), small.a);
  const auto b = container.column<double>(*container.find("b"));
  EXPECT_EQ(std::vector<double>(b.begin(), b.end()), small.b);
  EXPECT_EQ(container.find("none")->bytes, 0U);
  EXPECT_EQ(container.find("c"), nullptr);
  for (const Section& section : container.sections()) EXPECT_EQ(section.offset % kSmallBytes, 0U);
  EXPECT_FALSE(container.verify_all());
  EXPECT_EQ(container.pages_verified(), container.page_count());
}

TEST(Container, LargeSectionsBeginOnLargePages) {
  const Scratch scratch;
  const std::vector<std::uint32_t> small = numbers(3), large = numbers(700'000);  // 2.8 MB
  const SectionData sections[] = {section_of<std::uint32_t>("small", small), section_of<std::uint32_t>("large", large),
                                  section_of<std::uint32_t>("more", large)};
  ASSERT_FALSE(write_container(scratch / "x", sections));
  const Result<Container> opened = Container::open(scratch / "x");
  ASSERT_TRUE(opened.ok());
  const Container& container = opened.value();
  // 2.8 MB from 2 MiB on end below 6 MiB, where the next one begins.
  EXPECT_EQ(container.find("large")->offset, std::size_t{2} << 20);
  EXPECT_EQ(container.find("more")->offset, std::size_t{6} << 20);
  const auto more = container.column<std::uint32_t>(*container.find("more"));
  EXPECT_EQ(std::vector<std::uint32_t>(more.begin(), more.end()), large);
}

TEST(Container, LooksOnlyAtThePagesThatAreAskedFor) {
  const Scratch scratch;
  const std::vector<std::uint32_t> large = numbers(1'000'000);  // 4 MB: pages 2 to 5
  const SectionData sections[] = {section_of<std::uint32_t>("large", large)};
  ASSERT_FALSE(write_container(scratch / "x", sections));
  const std::size_t harmed = (std::size_t{3} << 20) + 17;
  test::flip_byte(scratch / "x", harmed, 1);
  const Result<Container> opened = Container::open(scratch / "x");
  ASSERT_TRUE(opened.ok());
  const Container& container = opened.value();
  const Section& section = *container.find("large");
  EXPECT_EQ(container.pages_verified(), 0U);
  EXPECT_FALSE(container.verify(section, 0, 100));
  EXPECT_EQ(container.pages_verified(), 1U);
  EXPECT_FALSE(container.verify(section, 0, kPageBytes));
  EXPECT_EQ(container.pages_verified(), 1U);
  const auto wrong = container.verify(section, kPageBytes - 1, 2);
  ASSERT_TRUE(wrong);
  EXPECT_EQ(wrong->code, Code::J3203);
  EXPECT_EQ(wrong->args.back().value, "byte 3145728..4194303");
  for (const unsigned threads : {1U, 2U, 5U}) {
    const auto again = container.verify_all(threads);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->args.back().value, "byte 3145728..4194303");
  }
  EXPECT_EQ(container.pages_verified(), container.page_count() - 1);
}

TEST(Container, ManyThreadsMayAskAtOnce) {
  const Scratch scratch;
  const std::vector<std::uint32_t> large = numbers(3'000'000);
  const SectionData sections[] = {section_of<std::uint32_t>("large", large)};
  ASSERT_FALSE(write_container(scratch / "x", sections));
  const Result<Container> opened = Container::open(scratch / "x");
  ASSERT_TRUE(opened.ok());
  const Section& section = *opened.value().find("large");
  std::vector<std::thread> threads;
  std::atomic<int> wrong{0};
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (std::uint64_t at = 0; at < section.bytes; at += 100'000) {
        if (opened.value().verify(section, at, 100'000)) ++wrong;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong.load(), 0);
  // The first pages hold nothing but the table of contents and padding.
  EXPECT_EQ(opened.value().pages_verified(),
            (section.offset + section.bytes - 1) / kPageBytes + 1 - section.offset / kPageBytes);
}

TEST(Container, WritableColumnsNeverChangeTheFile) {
  const Scratch scratch;
  Small().write(scratch / "x");
  const std::string before = test::bytes_of(scratch / "x");
  {
    const Result<Container> opened = Container::open(scratch / "x");
    ASSERT_TRUE(opened.ok());
    bulk::Column<double> b = opened.value().writable<double>(*opened.value().find("b"), 1'000'000);
    ASSERT_EQ(b.size(), 1'000'000U);
    EXPECT_EQ(b[1], -2.25);
    for (std::size_t i = 3; i < b.size(); ++i) ASSERT_EQ(b[i], 0) << i;
    std::fill(b.begin(), b.end(), 9.0);
    EXPECT_FALSE(opened.value().verify_all()) << "what is checked is the file, not the copy";
    EXPECT_EQ(opened.value().column<double>(*opened.value().find("b"))[1], -2.25);
  }
  EXPECT_EQ(test::bytes_of(scratch / "x"), before);
}

TEST(Container, ColumnsOutliveTheContainer) {
  const Scratch scratch;
  Small().write(scratch / "x");
  bulk::Column<std::uint32_t> a;
  {
    const Result<Container> opened = Container::open(scratch / "x");
    ASSERT_TRUE(opened.ok());
    a = opened.value().column<std::uint32_t>(*opened.value().find("a"));
  }
  fs::remove(scratch / "x");
  EXPECT_EQ(a[4], 11U);
}

// Whatever byte is changed: the file does not open, or verify_all finds it.
TEST(Container, EveryFlippedByteIsFound) {
  const Scratch scratch;
  Small().write(scratch / "x");
  const std::size_t size = fs::file_size(scratch / "x");
  ASSERT_LT(size, 40'000U);
  for (std::size_t at = 0; at < size; ++at) {
    const char with = at % 2 == 0 ? 1 : static_cast<char>(-128);
    test::flip_byte(scratch / "x", at, with);
    const Result<Container> opened = Container::open(scratch / "x");
    ASSERT_TRUE(!opened.ok() || opened.value().verify_all()) << at;
    test::flip_byte(scratch / "x", at, with);
  }
  const Result<Container> whole = Container::open(scratch / "x");
  ASSERT_TRUE(whole.ok());
  EXPECT_FALSE(whole.value().verify_all());
}

TEST(Container, EveryTruncationIsRefused) {
  const Scratch scratch;
  Small().write(scratch / "x");
  const std::string bytes = test::bytes_of(scratch / "x");
  for (std::size_t size = bytes.size(); size-- > 0;) {
    fs::resize_file(scratch / "x", size);
    const Result<Container> opened = Container::open(scratch / "x");
    ASSERT_FALSE(opened.ok()) << size;
    ASSERT_EQ(code_of(opened), size < 8 ? Code::J3201 : Code::J3203) << size;
  }
  test::put_bytes(scratch / "x", bytes + "x");
  EXPECT_EQ(code_of(Container::open(scratch / "x")), Code::J3203);
}

// A header whose checksum is right, as another version or machine would write it.
void change_header(const fs::path& file, std::size_t at, const std::string& with) {
  std::string bytes = test::bytes_of(file);
  bytes.replace(at, with.size(), with);
  const std::uint64_t sum = checksum(std::as_bytes(std::span(bytes.data(), 4088)), 0);
  std::memcpy(bytes.data() + 4088, &sum, sizeof sum);
  test::put_bytes(file, bytes);
}

TEST(Container, OtherFilesVersionsAndByteOrdersAreNamed) {
  const Scratch scratch;
  EXPECT_EQ(code_of(Container::open(scratch / "none")), Code::J3207);
  EXPECT_EQ(code_of(Container::open(scratch.folder())), Code::J3207);
  test::put_bytes(scratch / "csv", "kode,unit\n");
  EXPECT_EQ(code_of(Container::open(scratch / "csv")), Code::J3201);
  test::put_bytes(scratch / "empty", "");
  EXPECT_EQ(code_of(Container::open(scratch / "empty")), Code::J3201);

  Small().write(scratch / "x");
  const std::uint32_t next = kFormatVersion + 1;
  change_header(scratch / "x", 12, std::string(1, static_cast<char>(next)));
  Result<Container> opened = Container::open(scratch / "x");
  ASSERT_EQ(code_of(opened), Code::J3202);
  EXPECT_EQ(opened.failure().args[1].value, std::to_string(next));
  EXPECT_EQ(opened.failure().args[2].value, std::to_string(kFormatVersion));

  Small().write(scratch / "x");
  change_header(scratch / "x", 8, std::string("\x01\x02\x03\x04", 4));
  opened = Container::open(scratch / "x");
  ASSERT_EQ(code_of(opened), Code::J3202);
  EXPECT_EQ(opened.failure().args[1].value, "big-endian");

  // A flag that this version does not know.
  Small().write(scratch / "x");
  change_header(scratch / "x", 48, std::string("\x01", 1));
  EXPECT_EQ(code_of(Container::open(scratch / "x")), Code::J3202);
}

TEST(Container, AFailureLeavesWhatStoodThereBefore) {
  const Scratch scratch;
  Small().write(scratch / "x");
  const std::string before = test::bytes_of(scratch / "x");
  fs::create_directory(scratch / "folder");
  const std::vector<std::uint32_t> a = numbers(5);
  const SectionData sections[] = {section_of<std::uint32_t>("a", a)};
  // A folder cannot be replaced by a file; a missing folder holds none.
  for (const char* place : {"folder", "missing/x"}) {
    const auto failure = write_container(scratch / place, sections);
    ASSERT_TRUE(failure);
    EXPECT_EQ(failure->code, Code::J3212);
  }
  EXPECT_EQ(test::bytes_of(scratch / "x"), before);
  std::size_t left = 0;
  for ([[maybe_unused]] const auto& entry : fs::directory_iterator(scratch.folder())) ++left;
  EXPECT_EQ(left, 2U) << "no draft stays behind";
}

// A limit on the size of files plays the full disk.
TEST(Container, NoRoomLeavesNothing) {
  const Scratch scratch;
  Small().write(scratch / "x");
  const std::string before = test::bytes_of(scratch / "x");
  rlimit old{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &old), 0);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  const rlimit small{8192, old.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
  const std::vector<std::uint32_t> a = numbers(100'000);
  const SectionData sections[] = {section_of<std::uint32_t>("a", a)};
  const auto failure = write_container(scratch / "x", sections);
  setrlimit(RLIMIT_FSIZE, &old);
  std::signal(SIGXFSZ, handler);
  ASSERT_TRUE(failure);
  EXPECT_EQ(failure->code, Code::J3212);
  EXPECT_EQ(test::bytes_of(scratch / "x"), before);
  EXPECT_EQ(std::distance(fs::directory_iterator(scratch.folder()), fs::directory_iterator()), 1);
}

TEST(Container, SameContentSameBytes) {
  const Scratch scratch;
  Small().write(scratch / "x");
  Small().write(scratch / "y");
  EXPECT_EQ(test::bytes_of(scratch / "x"), test::bytes_of(scratch / "y"));
}

TEST(Checksum, PiecesGiveTheSameAsTheWhole) {
  const std::vector<std::uint32_t> all = numbers(300'000);
  const auto bytes = std::as_bytes(std::span(all));
  for (const std::uint64_t seed : {std::uint64_t{0}, std::uint64_t{5}}) {
    for (const std::size_t piece : {std::size_t{1000}, std::size_t{4096}, std::size_t{65'537}}) {
      RunningChecksum running;
      running.begin(seed);
      for (std::size_t at = 0; at < bytes.size(); at += piece) {
        running.add(bytes.subspan(at, std::min(piece, bytes.size() - at)));
      }
      EXPECT_EQ(running.value(), checksum(bytes, seed));
    }
  }
  EXPECT_NE(checksum(bytes, 0), checksum(bytes, 1));
}

// The values of XXH3 for no bytes at all, as published with the method.
TEST(Checksum, IsXxh3) {
  EXPECT_EQ(checksum({}, 0), 0x2D06800538D394C2ULL);
  RunningChecksum running;
  const ContentDigest digest = running.content_digest();
  const ContentDigest published{0x99, 0xaa, 0x06, 0xd3, 0x01, 0x47, 0x98, 0xd8,
                                0x60, 0x01, 0xc3, 0x24, 0x46, 0x8d, 0x49, 0x7f};
  EXPECT_EQ(digest, published);
}

}  // namespace container_test
}  // namespace jenjang::snapshot
