// `penyelarasan` of a pack: what an ended plan shows, and what a plan may not choose.
#include "tests/unit/rules/pack_fixture.h"

namespace jenjang {
namespace calendar_reader_test {

using Codes = std::vector<Code>;

class CalendarReaderTest : public PackTest {
protected:
  bool load_calendar(const std::string& body) {
    write("models", "uji", pack_text("uji", "penyelarasan:\n" + body));
    return load();
  }
};

TEST_F(CalendarReaderTest, APolicyAndWhatIsForbidden) {
  ASSERT_TRUE(load_calendar("- {kode: k, berakhir: terukur-terakhir, dilarang: [tahan-terakhir, ekstrapolasi]}\n"));
  const PackCalendar* calendar = library_.require_calendar("uji/k", {}, sink_);
  ASSERT_NE(calendar, nullptr);
  EXPECT_EQ(calendar->on_expired, ExpiredPolicy::last_measured);
  EXPECT_EQ(calendar->forbidden, (std::vector{ExpiredPolicy::hold_last, ExpiredPolicy::extrapolate}));
  EXPECT_TRUE(calendar->unverified);
}

TEST_F(CalendarReaderTest, AnUnknownCalendarIsRefusedWithTheOnesThatExist) {
  ASSERT_TRUE(load_calendar("- {kode: k, berakhir: ketat}\n"));
  EXPECT_EQ(library_.require_calendar("uji/kk", {}, sink_), nullptr);
  ASSERT_EQ(codes(), Codes{Code::J1411});
}

TEST_F(CalendarReaderTest, ThePolicyIsRequiredAndItsWordsAreAClosedList) {
  EXPECT_FALSE(
      load_calendar("- {kode: a}\n- {kode: b, berakhir: biarkan}\n- {kode: c, berakhir: ketat, dilarang: [x]}\n"));
  EXPECT_NE(first(Code::J1116), nullptr);
  EXPECT_NE(first(Code::J1411), nullptr);
}

TEST_F(CalendarReaderTest, ThePublishedPackForbidsTheEndTarget) {
  ASSERT_TRUE(library_.load_folder(JENJANG_SOURCE_DIR "/models", sources_, sink_));
  const PackCalendar* ssk = library_.require_calendar("ppsp-ssk/ssk", {}, sink_);
  ASSERT_NE(ssk, nullptr);
  EXPECT_EQ(ssk->on_expired, ExpiredPolicy::last_measured);
  EXPECT_EQ(ssk->forbidden, std::vector{ExpiredPolicy::hold_last});
}

}  // namespace calendar_reader_test
}  // namespace jenjang
