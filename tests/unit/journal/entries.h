// Small entries and folders for tests of the journal.
#pragma once

#include <atomic>
#include <filesystem>
#include <gtest/gtest.h>
#include <stdexcept>
#include <string>
#include <unistd.h>
#include <vector>

#include "jenjang/journal/journal.h"

namespace jenjang::test {

// A folder of its own that goes away at the end.
class Folder {
public:
  Folder() {
    static std::atomic<int> count{0};
    path_ = std::filesystem::temp_directory_path() /
            ("jenjang-journal-" + std::to_string(::getpid()) + "-" + std::to_string(count++));
    std::filesystem::remove_all(path_);
    std::filesystem::create_directories(path_);
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] std::filesystem::path operator/(const char* name) const { return path_ / name; }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
  std::filesystem::path path_;
};

inline Entry realisation(const std::string& code, const std::string& unit, const char* period, const char* number,
                         std::int64_t seconds = 1000) {
  Entry entry;
  entry.recorded.seconds = seconds;
  entry.actor = "64/dlh/sekretariat";
  entry.figure.code = code;
  entry.figure.unit = unit;
  entry.figure.period = *Period::parse(period);
  entry.figure.number = *Decimal::parse(number);
  entry.figure.status = "diajukan";
  entry.figure.source = "DLH";
  return entry;
}

// Every field away from its default.
inline Entry full_entry() {
  Entry entry;
  entry.kind = EntryKind::validation;
  entry.recorded.seconds = -5;
  entry.actor = "P-0017";
  entry.role = "provinsi";
  Observation& figure = entry.figure;
  figure.code = "IKA";
  figure.unit = "6471";
  figure.authority = RegionAuthority::bps;
  figure.period = Period(2025, Granularity::quarter, 2);
  figure.released = Period(2026, Granularity::month, 12);
  figure.state = CellState::awaiting_release;
  figure.number = Decimal::from_parts(-1250, 2);
  figure.grade = "Sangat Baik";
  figure.status = "divalidasi_provinsi";
  figure.validated = false;
  figure.workflow = "sipsn-jakstranas/sipsn";
  figure.verified.change() = {Decimal::from_parts(70, 1), "Baik", 0};
  figure.definition_version = 2;
  figure.source = "SIPSN";
  figure.illustrative = true;
  figure.unverified = true;
  entry.refers = 41;
  entry.text = "Surat \"600/12\"\nbaris dua";
  entry.evidence = {"bukti/a.pdf", "hlm. 12", digest_of("pdf")};
  entry.origin = {"realisasi/x.csv", digest_of("csv"), 7, {8, 300, 5}, {8, 1, 3}, {8, 5, 4}, {8, 10, 8}};
  entry.content = digest_of("isi");
  return entry;
}

inline std::vector<Entry> all_entries(const Journal& journal) {
  std::vector<Entry> entries;
  const auto fault = journal.read(1, 0, [&](const Entry& entry) {
    entries.push_back(entry);
    return true;
  });
  if (fault) throw std::runtime_error(message_text(*fault, Language::english));
  return entries;
}

inline bool same(const Origin::Place& a, const Origin::Place& b) {
  return a.line == b.line && a.column == b.column && a.length == b.length;
}
// All but seq and hash, field by field: independent of the encoding under the hash.
inline void expect_same(const Entry& a, const Entry& b) {
  EXPECT_EQ(a.kind, b.kind);
  EXPECT_EQ(a.recorded, b.recorded);
  EXPECT_EQ(a.actor, b.actor);
  EXPECT_EQ(a.role, b.role);
  EXPECT_EQ(a.figure.code, b.figure.code);
  EXPECT_EQ(a.figure.unit, b.figure.unit);
  EXPECT_EQ(a.figure.authority, b.figure.authority);
  EXPECT_EQ(a.figure.period, b.figure.period);
  EXPECT_EQ(a.figure.released, b.figure.released);
  EXPECT_EQ(a.figure.state, b.figure.state);
  EXPECT_EQ(a.figure.number.to_string(), b.figure.number.to_string());
  EXPECT_EQ(a.figure.grade, b.figure.grade);
  EXPECT_EQ(a.figure.status, b.figure.status);
  EXPECT_EQ(a.figure.validated, b.figure.validated);
  EXPECT_EQ(a.figure.workflow, b.figure.workflow);
  EXPECT_EQ(a.figure.verified->number, b.figure.verified->number);
  EXPECT_EQ(a.figure.verified->grade, b.figure.verified->grade);
  EXPECT_EQ(a.figure.definition_version, b.figure.definition_version);
  EXPECT_EQ(a.figure.source, b.figure.source);
  EXPECT_EQ(a.figure.illustrative, b.figure.illustrative);
  EXPECT_EQ(a.figure.unverified, b.figure.unverified);
  EXPECT_EQ(a.refers, b.refers);
  EXPECT_EQ(a.text, b.text);
  EXPECT_EQ(a.evidence.path, b.evidence.path);
  EXPECT_EQ(a.evidence.place, b.evidence.place);
  EXPECT_EQ(a.evidence.digest, b.evidence.digest);
  EXPECT_EQ(a.origin.file, b.origin.file);
  EXPECT_EQ(a.origin.digest, b.origin.digest);
  EXPECT_EQ(a.origin.row, b.origin.row);
  EXPECT_TRUE(same(a.origin.number, b.origin.number) && same(a.origin.address, b.origin.address) &&
              same(a.origin.unit, b.origin.unit) && same(a.origin.period, b.origin.period));
  EXPECT_EQ(a.content, b.content);
}

inline Journal opened(const std::filesystem::path& path, JournalAccess access = JournalAccess::create) {
  auto journal = Journal::open(path, access);
  if (!journal) throw std::runtime_error(message_text(journal.failure(), Language::english));
  return std::move(journal).value();
}

}  // namespace jenjang::test
