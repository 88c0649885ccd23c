#include "jenjang/base/watch.h"

#include <gtest/gtest.h>
#include <thread>
#include <vector>

namespace jenjang {
namespace watch_test {

TEST(Watch, NobodyLooksOn) {
  EXPECT_NO_THROW(look(nullptr, Stage::cascade));
  const Watch none(nullptr);
  EXPECT_NO_THROW(none.look(Stage::cascade, 1, 2));
  EXPECT_FALSE(none.asked());
}

TEST(Watch, TellsUntilItIsAskedAndThenThrows) {
  std::atomic<bool> stop{false};
  std::vector<std::uint64_t> told;
  const Watch watch(&stop, [&](Stage, std::uint64_t done, std::uint64_t) { told.push_back(done); });
  for (std::uint64_t i = 0; i < 3000; ++i) look_now_and_then(&watch, Stage::rows, i, 3000);
  EXPECT_EQ(told, (std::vector<std::uint64_t>{0, 1024, 2048}));
  stop = true;
  EXPECT_TRUE(watch.asked());
  try {
    look(&watch, Stage::rows, 3000, 3000);
    FAIL() << "a look after the flag stands must throw";
  } catch (const Stopped& stopped) {
    EXPECT_EQ(stopped.stage(), Stage::rows);
  }
  EXPECT_EQ(told.size(), 3U);
}

// Functions that are told something need no locks; the flag is seen everywhere.
TEST(Watch, OtherThreadsAreStoppedButTellNothing) {
  std::atomic<bool> stop{false};
  int told = 0;
  const Watch watch(&stop, [&](Stage, std::uint64_t, std::uint64_t) { ++told; });
  bool stopped = false;
  std::thread other([&] {
    watch.look(Stage::rollup);
    stop = true;
    try {
      watch.look(Stage::rollup);
    } catch (const Stopped&) {
      stopped = true;
    }
  });
  other.join();
  EXPECT_TRUE(stopped);
  EXPECT_EQ(told, 0);
}

}  // namespace watch_test
}  // namespace jenjang
