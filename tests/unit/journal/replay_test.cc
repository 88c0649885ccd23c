#include "jenjang/journal/replay.h"

#include <gtest/gtest.h>

#include "tests/unit/journal/entries.h"

namespace jenjang {
namespace replay_test {

using test::realisation;

StateMeaning meaning(std::string_view workflow, std::string_view status) {
  EXPECT_EQ(workflow, "uji/alur");
  if (status == "sah") return StateMeaning::valid;
  if (status == "ditolak") return StateMeaning::void_;
  return StateMeaning::waiting;
}

Entry reported(const char* number, const char* status, const char* period = "2025-06") {
  Entry entry = realisation("A", "64", period, number);
  entry.figure.workflow = "uji/alur";
  entry.figure.status = status;
  return entry;
}

Entry decision(std::uint64_t about, const char* status, const char* verified = nullptr) {
  Entry entry = reported("0", status);
  entry.kind = EntryKind::validation;
  entry.refers = about;
  if (verified != nullptr) entry.figure.verified.change().number = Decimal::parse(verified);
  return entry;
}

Replay replayed(const std::vector<Entry>& entries, std::uint64_t last = 0) {
  Journal journal = Journal::in_memory();
  EXPECT_TRUE(journal.append(entries).ok());
  SourceMap sources;
  Replay result = replay(journal, last, meaning, sources);
  EXPECT_FALSE(result.fault.has_value());
  return result;
}

// "55" or "55/50" (the validated lane has another figure) or "55/-" (it has none).
std::string lanes(const Replay& replay, std::size_t at = 0) {
  if (at >= replay.observations.size()) return "none";
  const Observation& x = replay.observations[at];
  const std::string all = x.grade.empty() ? x.number.to_string() : x.grade.str();
  if (x.verified->number) return all + "/" + x.verified->number->to_string();
  if (!x.verified->grade.empty()) return all + "/" + x.verified->grade;
  return x.validated ? all : all + "/-";
}

// Vector R16 of the reference: last 55, latest valid 50.
TEST(Replay, LastAndLatestValid) {
  const Replay result = replayed({reported("40", "sah", "2025-03"), reported("50", "sah"), reported("55", "diajukan")});
  ASSERT_EQ(result.observations.size(), 2U);
  EXPECT_EQ(lanes(result, 0), "40");
  EXPECT_EQ(lanes(result, 1), "55/50");
  EXPECT_EQ(result.observations[1].entry, 3U);
  EXPECT_EQ(result.observations[1].verified->entry, 2U);
  EXPECT_FALSE(result.observations[1].validated);
  EXPECT_EQ(result.head.seq, 3U);
}

TEST(Replay, ASnapshotOfAnEarlierEntry) {
  const std::vector<Entry> entries{reported("50", "sah"), reported("55", "diajukan"), decision(2, "sah")};
  EXPECT_EQ(lanes(replayed(entries, 1)), "50");
  EXPECT_EQ(lanes(replayed(entries, 2)), "55/50");
  EXPECT_EQ(lanes(replayed(entries, 3)), "55");
  EXPECT_EQ(replayed(entries, 2).head.seq, 2U);
}

TEST(Replay, ARejectedFigureIsAbsentAndTheOneBeforeStandsAgain) {
  EXPECT_EQ(lanes(replayed({reported("50", "diajukan"), decision(1, "ditolak")})), "none");
  EXPECT_EQ(lanes(replayed({reported("50", "sah"), reported("55", "diajukan"), decision(2, "ditolak")})), "50");
  // Without a reference the decision is about the figure that stands.
  EXPECT_EQ(lanes(replayed({reported("50", "sah"), reported("55", "diajukan"), decision(0, "ditolak")})), "50");
  EXPECT_EQ(lanes(replayed({reported("50", "diajukan"), decision(1, "ditolak"), reported("51", "diajukan")})), "51/-");
}

TEST(Replay, ARejectedCorrectionDoesNotBringBackWhatItsReporterTookBack) {
  EXPECT_EQ(lanes(replayed({reported("41850", "diajukan"), reported("41900", "diajukan"), decision(2, "ditolak")})),
            "none");
  // Over two corrections: the valid 40 stands, the waiting 41 does not.
  EXPECT_EQ(lanes(replayed({reported("40", "sah"), reported("41", "diajukan"), reported("42", "diajukan"),
                            decision(3, "ditolak")})),
            "40");
}

TEST(Replay, TheVerifiedFigureStandsInTheValidatedLane) {
  // The validator accepted 48 of a claim of 50.
  const Replay result = replayed({reported("50", "diajukan"), decision(1, "sah", "48")});
  EXPECT_EQ(lanes(result), "50/48");
  EXPECT_TRUE(result.observations[0].validated);
  EXPECT_EQ(result.observations[0].verified->entry, 2U);
  // A verified figure in a state that does not count yet is not taken.
  EXPECT_EQ(lanes(replayed({reported("50", "diajukan"), decision(1, "diperiksa", "48")})), "50/-");
  // A later claim waits; 48 of the earlier one still stands.
  EXPECT_EQ(lanes(replayed({reported("50", "diajukan"), decision(1, "sah", "48"), reported("60", "diajukan")})),
            "60/48");
}

TEST(Replay, ARepeatChangesNothing) {
  const Replay result = replayed({reported("50", "sah"), reported("50.0", "sah")});
  EXPECT_EQ(lanes(result), "50");
  EXPECT_EQ(result.observations[0].entry, 1U);
}

TEST(Replay, WithoutAWorkflowTheFlagOfTheFeedCounts) {
  Entry valid = realisation("A", "64", "2025", "1"), waiting = realisation("A", "64", "2025", "2");
  waiting.figure.validated = false;
  EXPECT_EQ(lanes(replayed({valid, waiting})), "2/1");
  EXPECT_EQ(lanes(replayed({waiting})), "2/-");
}

TEST(Replay, AGradeDecidedStandsOverAProposal) {
  const auto grade = [](EntryKind kind, const char* label) {
    Entry entry = realisation("LKE-1A", "64/dlh", "2025", "0");
    entry.kind = kind;
    entry.figure.grade = label;
    return entry;
  };
  const Entry proposed = grade(EntryKind::grade_proposed, "AA"), decided = grade(EntryKind::grade_decided, "B");
  EXPECT_EQ(lanes(replayed({proposed})), "AA/-");
  EXPECT_EQ(lanes(replayed({proposed, decided})), "B");
  EXPECT_EQ(lanes(replayed({decided, proposed})), "B");
  EXPECT_EQ(lanes(replayed({proposed, decided, grade(EntryKind::grade_decided, "BB")})), "BB");
}

TEST(Replay, CellsAreOrderedAndApart) {
  Entry bps = realisation("B", "6471", "2025", "4");
  bps.figure.authority = RegionAuthority::bps;
  const Replay result = replayed({realisation("B", "6471", "2025-02", "1"), bps, realisation("B", "6471", "2025", "3"),
                                  realisation("A", "65", "2025", "2")});
  ASSERT_EQ(result.observations.size(), 4U);
  EXPECT_EQ(lanes(result, 0), "2");
  EXPECT_EQ(lanes(result, 1), "3");
  EXPECT_EQ(lanes(result, 2), "4");
  EXPECT_EQ(lanes(result, 3), "1");
}

TEST(Replay, DocumentsRemarksAndInputs) {
  Entry adopted = realisation("RPD-64", "", "2025", "0"), signed_one = adopted, inputs, note = adopted;
  adopted.kind = EntryKind::adoption;
  adopted.figure.status = "ditetapkan";
  adopted.text = "IKA@64:2025";
  signed_one.kind = EntryKind::signed_document;
  signed_one.content = digest_of("isi");
  signed_one.figure.status.clear();
  inputs.kind = EntryKind::inputs;
  inputs.recorded.seconds = 1000;
  inputs.content = digest_of("daftar");
  note.kind = EntryKind::note;
  note.text = "catatan";
  const Replay result = replayed({adopted, signed_one, inputs, note});
  EXPECT_TRUE(result.observations.empty());
  ASSERT_EQ(result.documents.size(), 2U);
  EXPECT_EQ(result.documents[0].code, "RPD-64");
  EXPECT_EQ(result.documents[0].address, "IKA@64:2025");
  EXPECT_EQ(result.documents[0].state, "ditetapkan");
  EXPECT_EQ(result.documents[1].content, digest_of("isi"));
  EXPECT_EQ(result.documents[1].entry, 2U);
  EXPECT_EQ(result.inputs, digest_of("daftar"));
  EXPECT_EQ(result.inputs_entry, 3U);
  ASSERT_EQ(result.remarks.size(), 1U);
  EXPECT_EQ(result.remarks[0].text, "catatan");
}

// What was reported and stands no more is handed over where asked for: nobody has to read the journal again.
TEST(Replay, SupersededFiguresAreKeptWhereAskedFor) {
  Journal journal = Journal::in_memory();
  ASSERT_TRUE(journal
                  .append({reported("40", "sah", "2025-03"), reported("50", "sah"), reported("55", "diajukan"),
                           reported("60", "diajukan"), decision(4, "ditolak")})
                  .ok());
  SourceMap sources;
  const Replay kept = replay(journal, 0, meaning, sources, Superseded::keep);
  ASSERT_EQ(kept.observations.size(), 2U);
  EXPECT_EQ(lanes(kept, 1), "50");  // 60 is rejected, and 55 was taken back by it
  std::vector<std::string> others;
  for (const Observation& one : kept.superseded) others.push_back(one.number.to_string());
  EXPECT_EQ(others, (std::vector<std::string>{"55", "60"}));
  // Of those known before the correction only what stood then.
  EXPECT_TRUE(replay(journal, 3, meaning, sources).superseded.empty());
  EXPECT_EQ(replay(journal, 3, meaning, sources, Superseded::keep).superseded.size(), 1U);
}

TEST(Replay, PlacesPointIntoKeptFiles) {
  const std::string first = "kode,nilai\nA,1\n", second = "kode,nilai\nB,2\nA,3\n", unused = "kode,nilai\nC,9\n";
  const auto from = [](Entry entry, const char* name, const std::string& text, std::uint32_t line) {
    entry.origin = {name, digest_of(text), line - 1, {line, 3, 1}, {line, 1, 1}, {}, {}};
    return entry;
  };
  Journal journal = Journal::in_memory();
  ASSERT_TRUE(journal
                  .append({from(realisation("C", "64", "2025", "9"), "nol.csv", unused, 2),
                           from(realisation("A", "64", "2025", "1"), "satu.csv", first, 2),
                           from(realisation("B", "64", "2025", "2"), "dua.csv", second, 2),
                           from(realisation("A", "64", "2025", "3"), "dua.csv", second, 3),
                           from(realisation("C", "64", "2025", "8"), "dua.csv", second, 4)},
                          std::vector{first, second, unused})
                  .ok());
  SourceMap sources;
  sources.add("jenjang.yaml", "x");
  const Replay result = replay(journal, 0, meaning, sources);
  ASSERT_EQ(result.observations.size(), 3U);
  // Only the file that standing figures come from, once.
  ASSERT_EQ(sources.file_count(), 2U);
  EXPECT_EQ(sources.to_string(result.observations[0].places.number()), "dua.csv:3:3");
  EXPECT_EQ(sources.line(result.observations[0].places.number().file, 3), "A,3");
  EXPECT_EQ(sources.to_string(result.observations[1].places.address()), "dua.csv:2:1");
  EXPECT_FALSE(result.observations[1].places.unit().valid());
}

}  // namespace replay_test
}  // namespace jenjang
