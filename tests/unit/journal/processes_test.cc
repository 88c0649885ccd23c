// Other processes: killed in the middle of writing, writing at once, out of room.
//
// Children do nothing but journal calls and pipe writes, and leave by _exit, so that no test runs twice.
#include <csignal>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <random>
#include <sys/resource.h>
#include <sys/wait.h>

#include "tests/unit/journal/entries.h"

namespace jenjang {
namespace processes_test {

using test::all_entries;
using test::Folder;
using test::opened;
using test::realisation;

// Batches of 1 to 40 entries, so that kills fall into short and long transactions and into checkpoints.
std::vector<Entry> batch(std::uint64_t round, std::uint64_t from, std::size_t count) {
  std::vector<Entry> entries;
  for (std::size_t k = 0; k < count; ++k) {
    entries.push_back(
        realisation("IND-" + std::to_string((from + k) % 5), "64/" + std::to_string(from + k), "2025-06", "1"));
    entries.back().text = "putaran " + std::to_string(round) + std::string((from + k) % 300, '.');
  }
  return entries;
}

[[noreturn]] void append_until_killed(const std::filesystem::path& path, std::uint64_t round, int acks) {
  auto journal = Journal::open(path, JournalAccess::create);
  if (!journal) ::_exit(3);
  std::mt19937_64 random(round);
  for (;;) {
    const std::uint64_t from = journal.value().head().seq;
    const auto head = journal.value().append(batch(round, from, 1 + random() % 40));
    if (!head) ::_exit(4);
    // The acknowledgement: sequence and hash of the new head, in one write.
    if (::write(acks, &head.value(), sizeof(JournalHead)) != sizeof(JournalHead)) ::_exit(5);
  }
}

TEST(Processes, AKillLosesNoAcknowledgedEntry) {
  const Folder folder;
  const auto path = folder / "j.sqlite";
  std::mt19937_64 random(20250601);
  std::vector<JournalHead> acknowledged;
  std::uint64_t before = 0;  // entries after the last round
  constexpr int kRounds = 60;
  for (std::uint64_t round = 0; round < kRounds; ++round) {
    // Every tenth round starts from no file at all: a kill may fall into its making.
    if (round % 10 == 0) {
      std::filesystem::remove_all(folder.path());
      std::filesystem::create_directories(folder.path());
      acknowledged.clear();
      before = 0;
    }
    std::array<int, 2> pipe{};
    ASSERT_EQ(::pipe(pipe.data()), 0);
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      ::close(pipe[0]);
      append_until_killed(path, round, pipe[1]);
    }
    ::close(pipe[1]);
    ::usleep(static_cast<useconds_t>(random() % (round % 10 == 0 ? 8'000 : 60'000)));
    ::kill(child, SIGKILL);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status)) << "the child ended by itself: " << WEXITSTATUS(status);
    JournalHead ack;
    while (::read(pipe[0], &ack, sizeof ack) == sizeof ack) acknowledged.push_back(ack);
    ::close(pipe[0]);

    if (!std::filesystem::exists(path)) {
      ASSERT_TRUE(acknowledged.empty());
      continue;
    }
    const Journal journal = opened(path, JournalAccess::read);
    const VerifyReport report = journal.verify();
    ASSERT_TRUE(report.sound) << message_text(report.findings.at(0), Language::english);
    if (acknowledged.empty()) {
      before = report.head.seq;
      continue;
    }
    ASSERT_GE(report.head.seq, acknowledged.back().seq);
    // At most the append in flight was not acknowledged.
    ASSERT_LE(report.head.seq, std::max(before, acknowledged.back().seq) + 40);
    before = report.head.seq;
    const std::vector<Entry> entries = all_entries(journal);
    for (const JournalHead& head : acknowledged) ASSERT_EQ(entries[head.seq - 1].hash, head.hash);
  }
}

TEST(Processes, SeveralWriteAtOnce) {
  const Folder folder;
  const auto path = folder / "j.sqlite";
  constexpr int kWriters = 3, kAppends = 40;
  std::vector<pid_t> children;
  for (int writer = 0; writer < kWriters; ++writer) {
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      // Also the making of the file is a race.
      auto journal = Journal::open(path, JournalAccess::create);
      if (!journal) ::_exit(3);
      for (int k = 0; k < kAppends; ++k) {
        const auto head = journal.value().append([&](const Journal& now) {
          // What was read inside stays true until the commit: the next sequence number.
          Entry entry = realisation("W" + std::to_string(writer), "64/" + std::to_string(k), "2025", "1");
          entry.text = std::to_string(now.head().seq + 1);
          return std::vector{entry};
        });
        if (!head) ::_exit(4);
      }
      ::_exit(0);
    }
    children.push_back(child);
  }
  for (const pid_t child : children) {
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << WEXITSTATUS(status);
  }
  const Journal journal = opened(path, JournalAccess::read);
  EXPECT_TRUE(journal.verify().sound);
  const std::vector<Entry> entries = all_entries(journal);
  ASSERT_EQ(entries.size(), static_cast<std::size_t>(kWriters * kAppends));
  std::array<int, kWriters> next{};
  for (const Entry& entry : entries) {
    EXPECT_EQ(entry.text, std::to_string(entry.seq));
    const auto writer = static_cast<std::size_t>(entry.figure.code.view()[1] - '0');
    EXPECT_EQ(entry.figure.unit, "64/" + std::to_string(next[writer]++)) << "each writer's entries are in its order";
  }
}

// A limit on the size of files stops a write in the middle, as a full disk does.
TEST(Processes, AFileThatMayNotGrowKeepsWhatItHas) {
  const Folder folder;
  const auto path = folder / "j.sqlite";
  std::size_t refused_rounds = 0;
  for (rlim_t room : {40'000U, 65'000U, 90'000U, 150'000U, 260'000U, 420'000U}) {
    std::filesystem::remove_all(folder.path());
    std::filesystem::create_directories(folder.path());
    JournalHead before;
    {
      Journal journal = opened(path);
      before = journal.append(batch(0, 0, 20)).value();
    }
    std::array<int, 2> pipe{};
    ASSERT_EQ(::pipe(pipe.data()), 0);
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      ::signal(SIGXFSZ, SIG_IGN);
      auto journal = Journal::open(path, JournalAccess::write);
      if (!journal) ::_exit(3);
      const rlimit limit{room, room};
      if (::setrlimit(RLIMIT_FSIZE, &limit) != 0) ::_exit(4);
      for (int k = 0; k < 200; ++k) {
        const auto head = journal.value().append(batch(1, journal.value().head().seq, 100));
        if (!head) {
          // After the refusal the journal goes on reading, and still has what it acknowledged.
          if (head.failure().code != Code::J3004 && head.failure().code != Code::J3016) ::_exit(5);
          if (!journal.value().verify().sound) ::_exit(6);
          ::_exit(0);
        }
        if (::write(pipe[1], &head.value(), sizeof(JournalHead)) != sizeof(JournalHead)) ::_exit(7);
      }
      ::_exit(8);
    }
    ::close(pipe[1]);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << WEXITSTATUS(status) << " at " << room;
    JournalHead last = before, ack;
    while (::read(pipe[0], &ack, sizeof ack) == sizeof ack) last = ack;
    ::close(pipe[0]);
    Journal journal = opened(path);
    const VerifyReport report = journal.verify();
    ASSERT_TRUE(report.sound) << message_text(report.findings.at(0), Language::english);
    EXPECT_EQ(report.head, last) << "nothing half-written, nothing acknowledged lost";
    // With room again the same append goes through.
    EXPECT_TRUE(journal.append(batch(1, last.seq, 100)).ok());
    ++refused_rounds;
  }
  EXPECT_EQ(refused_rounds, 6U);
}

}  // namespace processes_test
}  // namespace jenjang
