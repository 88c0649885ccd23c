#include <array>
#include <gtest/gtest.h>
#include <vector>

#include "jenjang/measure/observation.h"

namespace jenjang {
namespace row_places_test {

using Spans = std::array<SourceSpan, 4>;  // number, address, unit, period

Spans spans_of(const RowPlaces& places) {
  return {places.number(), places.address(), places.unit(), places.period()};
}

RowPlaces places_of(const Spans& spans) {
  return RowPlaces(spans[0], spans[1], spans[2], spans[3]);
}

constexpr FileId kFile(3), kOther(4);

// All on one line; then what one line cannot say.
std::vector<Spans> cases() {
  const Spans line{{{kFile, 12, 30, 5}, {kFile, 12, 1, 3}, {kFile, 12, 5, 20}, {kFile, 12, 26, 7}}};
  std::vector<Spans> all{Spans{}, line};
  const auto with = [&](std::size_t cell, const SourceSpan& span) {
    Spans spans = line;
    spans[cell] = span;
    all.push_back(spans);
  };
  with(0, {});                         // no figure: a row about a decision
  with(2, {kFile, 13, 2, 20});         // behind a line end in quotes
  with(3, {kOther, 12, 26, 7});        // another file
  with(0, {kFile, 12, 65535, 65535});  // the most that stands beside the line
  with(0, {kFile, 12, 65536, 5});
  with(1, {kFile, 12, 1, 65536});
  with(1, {kFile, 12, 1, 0});     // a cell without a byte has a place all the same
  with(1, {kFile, 12, 0, 3});     // no span of ours, but kept as it is
  with(1, {FileId(), 12, 1, 3});  // the same
  with(1, {kFile, 0, 1, 3});      // the same
  all.push_back({SourceSpan{}, {kFile, 2, 1, 1}, SourceSpan{}, SourceSpan{}});
  return all;
}

TEST(RowPlaces, AreWhatWasSet) {
  EXPECT_EQ(sizeof(RowPlaces), 24U);
  for (const Spans& spans : cases()) {
    const RowPlaces places = places_of(spans);
    EXPECT_EQ(spans_of(places), spans);
    RowPlaces one_by_one;
    one_by_one.set_period(spans[3]);
    one_by_one.set_number(spans[0]);
    one_by_one.set_unit(spans[2]);
    one_by_one.set_address(spans[1]);
    EXPECT_EQ(spans_of(one_by_one), spans);
  }
}

TEST(RowPlaces, AreAssignedCopiedAndMovedFromAnyKindToAny) {
  for (const Spans& from : cases()) {
    for (const Spans& to : cases()) {
      RowPlaces source = places_of(from);
      RowPlaces target = places_of(to);
      target = source;
      EXPECT_EQ(spans_of(target), from);
      EXPECT_EQ(spans_of(source), from);
      target.set_unit(to[2]);
      EXPECT_EQ(spans_of(source), from) << "copies change apart";
      RowPlaces other = places_of(to);
      other = std::move(source);
      EXPECT_EQ(spans_of(other), from);
      const RowPlaces last = std::move(other);
      EXPECT_EQ(spans_of(last), from);
    }
  }
}

TEST(RowPlaces, ObservationTakesTwoCacheLines) {
  EXPECT_EQ(sizeof(Observation), 128U);
}

}  // namespace row_places_test
}  // namespace jenjang
