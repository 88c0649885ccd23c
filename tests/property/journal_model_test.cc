// The journal against a plain list in memory: random appends, refusals, reads, closings and reopenings must leave both
// with the same entries, in the same order, under the same answers.
#include <algorithm>
#include <filesystem>
#include <functional>
#include <gtest/gtest.h>
#include <memory>
#include <optional>
#include <rapidcheck/gtest.h>
#include <set>
#include <string>
#include <unistd.h>
#include <vector>

#include "jenjang/journal/journal.h"

namespace jenjang {
namespace journal_model_test {

// Few codes, units and periods, so that cells meet again; words of any bytes, so that no text is special.
std::string drawn_word() {
  return *rc::gen::oneOf(rc::gen::element<std::string>("", "A", "IKA", "64", "64/dlh"),
                         rc::gen::container<std::string>(rc::gen::arbitrary<char>()));
}

Period drawn_period() {
  const auto granularity =
      *rc::gen::element(Granularity::year, Granularity::semester, Granularity::quarter, Granularity::month);
  return {*rc::gen::inRange(2024, 2026), granularity, *rc::gen::inRange(1, periods_per_year(granularity) + 1)};
}

Decimal drawn_decimal() {
  return Decimal::from_parts(*rc::gen::arbitrary<std::int64_t>() / 2, *rc::gen::inRange(0, Decimal::kMaxScale + 1));
}

Digest drawn_digest() {
  return digest_of(*rc::gen::element<std::string>("a", "b", "c"));
}

Origin::Place drawn_place() {
  return {*rc::gen::arbitrary<std::uint32_t>(), *rc::gen::inRange(0U, 300U), *rc::gen::inRange(0U, 200U)};
}

Entry drawn_entry(std::int64_t recorded) {
  Entry entry;
  entry.kind = static_cast<EntryKind>(*rc::gen::inRange(0, 10));
  entry.recorded.seconds = recorded;
  entry.actor = drawn_word();
  Observation& figure = entry.figure;
  figure.code = *rc::gen::element<std::string>("A", "B", "");
  figure.unit = *rc::gen::element<std::string>("64", "64/dlh");
  figure.authority = *rc::gen::element(RegionAuthority::kemendagri, RegionAuthority::bps);
  if (*rc::gen::inRange(0, 8) != 0) figure.period = drawn_period();
  figure.state = static_cast<CellState>(*rc::gen::inRange(0, 6));
  figure.number = drawn_decimal();
  figure.status = drawn_word();
  figure.validated = *rc::gen::arbitrary<bool>();
  // Rare fields together, so that most entries are plain, as in life.
  if (*rc::gen::inRange(0, 3) == 0) {
    entry.role = drawn_word();
    figure.released = drawn_period();
    figure.grade = drawn_word();
    figure.workflow = drawn_word();
    figure.verified.change().number = drawn_decimal();
    figure.verified.change().grade = drawn_word();
    figure.definition_version = *rc::gen::inRange(0, 5);
    figure.source = drawn_word();
    figure.illustrative = *rc::gen::arbitrary<bool>();
    figure.unverified = *rc::gen::arbitrary<bool>();
    entry.refers = *rc::gen::inRange(0U, 50U);
    entry.text = drawn_word();
    entry.evidence.path = drawn_word();
    entry.evidence.place = drawn_word();
    if (*rc::gen::arbitrary<bool>()) entry.evidence.digest = drawn_digest();
    if (*rc::gen::arbitrary<bool>()) entry.content = drawn_digest();
  }
  if (*rc::gen::arbitrary<bool>()) {
    entry.origin = {drawn_word(),  drawn_digest(), *rc::gen::arbitrary<std::uint32_t>(), drawn_place(), drawn_place(),
                    drawn_place(), drawn_place()};
  }
  return entry;
}

bool same(const Origin::Place& a, const Origin::Place& b) {
  return a.line == b.line && a.column == b.column && a.length == b.length;
}
bool same(const Entry& a, const Entry& b) {
  const Observation &x = a.figure, &y = b.figure;
  return a.seq == b.seq && a.kind == b.kind && a.recorded == b.recorded && a.actor == b.actor && a.role == b.role &&
         x.code == y.code && x.unit == y.unit && x.authority == y.authority && x.period == y.period &&
         x.released == y.released && x.state == y.state && x.number == y.number &&
         x.number.scale() == y.number.scale() && x.grade == y.grade && x.status == y.status &&
         x.validated == y.validated && x.workflow == y.workflow && x.verified->says_same(*y.verified) &&
         x.definition_version == y.definition_version && x.source == y.source && x.illustrative == y.illustrative &&
         x.unverified == y.unverified && a.refers == b.refers && a.text == b.text &&
         a.evidence.path == b.evidence.path && a.evidence.place == b.evidence.place &&
         a.evidence.digest == b.evidence.digest && a.content == b.content && a.origin.file == b.origin.file &&
         a.origin.digest == b.origin.digest && a.origin.row == b.origin.row && same(a.origin.number, b.origin.number) &&
         same(a.origin.address, b.origin.address) && same(a.origin.unit, b.origin.unit) &&
         same(a.origin.period, b.origin.period);
}

struct Model {
  std::vector<Entry> entries;
  std::set<std::string> texts;
};

void compare(const Journal& journal, const Model& model) {
  RC_ASSERT(journal.head().seq == model.entries.size());
  std::size_t at = 0;
  const auto fault = journal.read(1, 0, [&](const Entry& entry) {
    RC_ASSERT(at < model.entries.size());
    RC_ASSERT(same(entry, model.entries[at++]));
    return true;
  });
  RC_ASSERT(!fault);
  RC_ASSERT(at == model.entries.size());
}

void ask(const Journal& journal, const Model& model) {
  const Entry probe = drawn_entry(0);
  std::vector<std::uint64_t> expected, found;
  for (const Entry& entry : model.entries)
    if (entry.figure.code == probe.figure.code && entry.figure.unit == probe.figure.unit &&
        entry.figure.authority == probe.figure.authority && entry.figure.period == probe.figure.period)
      expected.push_back(entry.seq);
  for (const Entry& entry : journal.history(probe.figure)) found.push_back(entry.seq);
  RC_ASSERT(found == expected);
  const Digest file = drawn_digest();
  RC_ASSERT(journal.has_import(file) == std::any_of(model.entries.begin(), model.entries.end(),
                                                    [&](const Entry& x) { return x.origin.digest == file; }));
  const std::int64_t moment = *rc::gen::inRange(0, 60);
  const auto later = std::find_if(model.entries.begin(), model.entries.end(),
                                  [&](const Entry& x) { return x.recorded.seconds > moment; });
  RC_ASSERT(journal.last_before({moment}) == static_cast<std::uint64_t>(later - model.entries.begin()));
  const std::string text = *rc::gen::element<std::string>("", "a", "b", "c");
  RC_ASSERT(journal.text(digest_of(text)) == (model.texts.contains(text) ? std::optional(text) : std::nullopt));
}

RC_GTEST_PROP(JournalModel, EqualsAPlainListAcrossReopening, ()) {
  const auto path =
      std::filesystem::temp_directory_path() / ("jenjang-model-" + std::to_string(::getpid()) + ".sqlite");
  const auto clear = [&] {
    for (const char* tail : {"", "-wal", "-shm"}) std::filesystem::remove(path.string() + tail);
  };
  clear();
  Model model;
  auto journal = std::make_unique<Journal>(Journal::open(path, JournalAccess::create).value());
  std::int64_t now = 0;
  const int steps = *rc::gen::inRange(1, 25);
  for (int step = 0; step < steps; ++step) {
    const int action = *rc::gen::inRange(0, 6);
    if (action <= 2) {
      std::vector<Entry> entries;
      const int count = *rc::gen::inRange(0, 6);
      for (int k = 0; k < count; ++k) entries.push_back(drawn_entry(now += *rc::gen::inRange(0, 3)));
      std::vector<std::string> texts;
      if (*rc::gen::arbitrary<bool>()) texts.push_back(*rc::gen::element<std::string>("", "a", "b", "c"));
      RC_ASSERT(journal->append(entries, texts).ok());
      if (!entries.empty()) model.texts.insert(texts.begin(), texts.end());
      for (Entry& entry : entries) {
        entry.seq = model.entries.size() + 1;
        model.entries.push_back(std::move(entry));
      }
    } else if (action == 3 && now > 0) {
      // One entry too old: all are refused.
      const auto refused =
          journal->append({drawn_entry(now), drawn_entry(now + 1), drawn_entry(now)}, std::vector<std::string>{"c"});
      RC_ASSERT(!refused.ok());
      RC_ASSERT(refused.failure().code == Code::J3006);
    } else if (action == 4) {
      journal.reset();
      journal = std::make_unique<Journal>(Journal::open(path, JournalAccess::write).value());
    } else {
      ask(*journal, model);
    }
  }
  compare(*journal, model);
  journal.reset();
  const Journal again = Journal::open(path, JournalAccess::read).value();
  compare(again, model);
  const VerifyReport report = again.verify();
  // The texts of drawn digests are mostly not kept (J3011); nothing else may be found.
  for (const Diagnostic& finding : report.findings) RC_ASSERT(finding.code == Code::J3011);
  RC_ASSERT(report.entries == model.entries.size());
  clear();
}

// One field exchanged for another value: the hash changes when the value does, and only then.
RC_GTEST_PROP(JournalModel, EveryFieldCountsInTheHash, ()) {
  const Entry one = drawn_entry(1), fresh = drawn_entry(1);
  Entry other = one;
  const std::vector<std::function<void()>> exchange{
      [&] { other.kind = fresh.kind; },
      [&] { other.recorded.seconds = 2; },
      [&] { other.actor = fresh.actor; },
      [&] { other.role = fresh.role; },
      [&] { other.figure.code = fresh.figure.code; },
      [&] { other.figure.unit = fresh.figure.unit; },
      [&] { other.figure.authority = fresh.figure.authority; },
      [&] { other.figure.period = fresh.figure.period; },
      [&] { other.figure.released = fresh.figure.released; },
      [&] { other.figure.state = fresh.figure.state; },
      [&] { other.figure.number = fresh.figure.number; },
      [&] { other.figure.grade = fresh.figure.grade; },
      [&] { other.figure.status = fresh.figure.status; },
      [&] { other.figure.validated = fresh.figure.validated; },
      [&] { other.figure.workflow = fresh.figure.workflow; },
      [&] { other.figure.verified.change().number = fresh.figure.verified->number; },
      [&] { other.figure.verified.change().grade = fresh.figure.verified->grade; },
      [&] { other.figure.definition_version = fresh.figure.definition_version; },
      [&] { other.figure.source = fresh.figure.source; },
      [&] { other.figure.illustrative = fresh.figure.illustrative; },
      [&] { other.figure.unverified = fresh.figure.unverified; },
      [&] { other.refers = fresh.refers; },
      [&] { other.text = fresh.text; },
      [&] { other.evidence.path = fresh.evidence.path; },
      [&] { other.evidence.place = fresh.evidence.place; },
      [&] { other.evidence.digest = fresh.evidence.digest; },
      [&] { other.content = fresh.content; },
      [&] { other.origin.file = fresh.origin.file; },
      [&] { other.origin.digest = fresh.origin.digest; },
      [&] { other.origin.row = fresh.origin.row; },
      [&] { other.origin.number = fresh.origin.number; },
      [&] { other.origin.address.length = fresh.origin.address.length; },
      [&] { other.origin.unit.column = fresh.origin.unit.column; },
      [&] { other.origin.period.line = fresh.origin.period.line; },
      // Moved from one text to its neighbour: the lengths tell where one ends.
      [&] {
        other.actor = one.actor + one.role;
        other.role.clear();
      },
  };
  exchange[*rc::gen::inRange<std::size_t>(0, exchange.size())]();
  Journal a = Journal::in_memory(), b = Journal::in_memory();
  RC_ASSERT((a.append({one}).value() == b.append({other}).value()) == same(one, other));
}

}  // namespace journal_model_test
}  // namespace jenjang
