#include "jenjang/bulk/sweep.h"
#include "jenjang/snapshot/snapshot.h"

#include "tests/unit/snapshot/sample.h"
#include "tests/unit/snapshot/scratch.h"

namespace jenjang::snapshot {
namespace snapshot_sweep_test {

using test::Sample;
using test::sample;

// The point of it all: what is computed from the file is what is computed from the plan.
TEST(Snapshot, RollsUpToTheSameBits) {
  const test::Scratch scratch;
  for (const bool validated : {false, true}) {
    Sample made = sample(20, validated);
    ASSERT_FALSE(made.write(scratch / "x", false));
    Snapshot loaded = Snapshot::open(scratch / "x").value();
    ASSERT_FALSE(loaded.verify_plan());
    // Results of the sample are invented; both sides begin from the same columns.
    Sample again = sample(20, validated);
    bulk::roll_up(again.plan, again.figures);
    bulk::roll_up(loaded.plan(), loaded.figures());
    EXPECT_EQ(bulk::digest(loaded.plan(), loaded.figures()), bulk::digest(again.plan, again.figures));
  }
}

}  // namespace snapshot_sweep_test
}  // namespace jenjang::snapshot
