// Ranges of the flat engine against those of the general one, its oracle: both ends exactly, where they are open, outer
// bounds and certain bands, of every cell of random plans, in both lanes, months and coarse slots.
#include <cstring>
#include <gtest/gtest.h>

#include "jenjang/bulk/from_model.h"
#include "jenjang/bulk/intervals.h"

#include "tests/support/drawn_flat_plan.h"
#include "tests/support/seeds.h"

namespace jenjang::testing {
namespace flat_intervals_test {

using bulk::IntervalRow;
using bulk::Intervals;

constexpr int kYear = 2025;

struct Tally {
  std::size_t cells = 0, points = 0, open = 0, half_open = 0, outer = 0, wide_certain = 0, none = 0, ratios = 0,
              complete = 0;
};

// Ranges of all kinds: declared, implied by the unit of measure, none; wide, narrow and single points.
void give_ranges(PlainPlan& plan, Dice& dice) {
  const bool declared = dice.once_in(2), narrow = dice.once_in(4);
  for (PlainNode& node : plan.nodes) {
    MeasureSpec& spec = node.spec;
    spec.unit_name = dice.one_of<const char*>({"persen", "", "ton", "orang", "dokumen", "indeks"});
    if (!declared || dice.once_in(3)) continue;
    const bool low = !dice.once_in(4), high = !dice.once_in(4);
    const int from = dice.once_in(6) ? -dice.below(5) : dice.below(narrow ? 3 : 20);
    if (low) spec.least_possible = dice.once_in(3) ? dec(std::to_string(from) + ".25") : Decimal(from);
    if (high) spec.most_possible = Decimal(from + (dice.once_in(8) ? 1 : 1 + dice.below(narrow ? 4 : 150)));
    if (low && dice.once_in(20)) spec.most_possible = spec.least_possible;
    if (dice.once_in(30)) node.external = true;
    if (!node.ties.empty() && dice.once_in(12)) {
      spec.factor = *Decimal::parse(dice.one_of<const char*>({"-1", "0", "-0.5", "3"}));
    }
  }
}

std::string text_of(const std::optional<PossibleRange>& range) {
  if (!range) return "none";
  return (range->least ? range->least->to_string() : "open") + " .. " +
         (range->most ? range->most->to_string() : "open") + (range->attained ? "" : " outer");
}

// The doubles of an end may not exclude what is possible.
void check_end(const std::optional<Rational>& wanted, bool open, double end, double error, double outward, bool most) {
  ASSERT_EQ(open, !wanted.has_value());
  if (!wanted) return;
  const Rational away = (Rational::from_double(end) - *wanted).absolute();
  EXPECT_LE(away, Rational::from_double(error)) << end << " by " << error << " for " << wanted->to_string();
  const Rational bound = Rational::from_double(outward);
  EXPECT_TRUE(most ? bound >= *wanted : bound <= *wanted);
}

void compare(const BuiltPlan& built, const bulk::FlatModel& flat, Lane lane, const RollupOptions& options,
             Intervals::Slots slots, unsigned threads, Tally& tally) {
  IntervalEvaluator oracle(built.model, built.targets, built.facts, lane, options.as_of);
  Intervals intervals(flat.plan, flat.figures, flat.rows, lane, slots);
  bulk::SweepOptions sweep;
  sweep.threads = threads;
  intervals.compute(sweep);
  Intervals again(flat.plan, flat.figures, flat.rows, lane, slots);
  sweep.threads = 3 - threads;
  again.compute(sweep);
  DiagnosticSink sink;
  const PeriodGrid grid = run_rollup(built.model, built.targets, built.facts, options, sink).grid();
  const bool months = slots == Intervals::Slots::months;
  for (std::uint32_t node = 0; node < flat.plan.node_count(); ++node) {
    const IntervalRow row = intervals.value(node);
    const IntervalRow other = again.value(node);
    EXPECT_EQ(std::memcmp(row.least, other.least, sizeof row.least), 0);
    EXPECT_EQ(std::memcmp(row.most, other.most, sizeof row.most), 0);
    const NodeId id = NodeId::from_index(node);
    for (std::size_t slot = 0; slot < (months ? bulk::kMonths : bulk::kCoarse); ++slot) {
      const Period period = bulk::slot_period(kYear, months ? bulk::kCoarse + slot : slot);
      if (!grid.find(period)) continue;
      SCOPED_TRACE(built.model.address(id, period) + (lane == Lane::validated ? " validated" : ""));
      const auto has = [slot](std::uint16_t mask) { return (mask >> slot & 1U) != 0; };
      const std::optional<PossibleRange> wanted = oracle.value(id, period);
      ++tally.cells;
      ASSERT_EQ(has(row.applies), wanted.has_value()) << text_of(wanted);
      EXPECT_EQ(intervals.certain_band(node, slot, row), oracle.certain_band(id, period)) << text_of(wanted);
      const std::optional<PossibleRange> exact = intervals.exact_value(node, slot);
      EXPECT_EQ(text_of(exact), text_of(wanted));
      if (!wanted) {
        ++tally.none;
        continue;
      }
      EXPECT_EQ(has(row.outer), !wanted->attained) << text_of(wanted);
      EXPECT_EQ(has(row.point), wanted->is_point()) << text_of(wanted);
      check_end(wanted->least, has(row.least_open), row.least[slot], row.least_error[slot], row.lowest(slot), false);
      check_end(wanted->most, has(row.most_open), row.most[slot], row.most_error[slot], row.highest(slot), true);
      for (const auto end : {bulk::IntervalEnd::least, bulk::IntervalEnd::most}) {
        const auto quick = intervals.quick_end(node, slot, end, row);
        const auto& bound = end == bulk::IntervalEnd::least ? wanted->least : wanted->most;
        if (quick) {
          EXPECT_EQ(Rational(Decimal::from_parts(quick->num, 0)) / Rational(Decimal::from_parts(quick->den, 0)),
                    *bound);
        }
      }
      const auto achieved = oracle.achievement(id, period), ours = intervals.exact_achievement(node, slot);
      EXPECT_EQ(text_of(ours), text_of(achieved));
      tally.points += wanted->is_point() ? 1U : 0U;
      tally.open += !wanted->least && !wanted->most ? 1U : 0U;
      tally.half_open += wanted->least.has_value() != wanted->most.has_value() ? 1U : 0U;
      tally.outer += wanted->attained ? 0U : 1U;
      const bool is_certain = oracle.certain_band(id, period) >= 0;
      tally.wide_certain += is_certain && !wanted->is_point() ? 1U : 0U;
      const bulk::MeasureClass& measure = flat.plan.measure(node);
      tally.ratios += measure.aggregation == Aggregation::ratio && !wanted->is_point() ? 1U : 0U;
      tally.complete += has(row.complete) && node >= flat.plan.leaf_count() ? 1U : 0U;
      if (::testing::Test::HasFailure()) return;
    }
  }
}

TEST(FlatIntervals, SameAsTheGeneralEngine) {
  Tally tally;
  std::size_t refused = 0;
  for (const std::uint64_t seed : testing::Seeds(60)) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Dice dice(seed);
    PlainPlan plan = FlatPlanMaker(dice, seed % 2 == 0).make();
    give_ranges(plan, dice);
    // Coarse targets, for achievements of quarters and years.
    for (PlainNode& node : plan.nodes) {
      if (node.targets.empty() || dice.once_in(3)) continue;
      for (const char* const period : {"2025", "2025-S1", "2025-TW2"}) {
        node.targets[period] = dice.once_in(8) ? std::string("0") : figure(dice, false);
        if (node.targets[period].starts_with('-')) node.targets.erase(period);
      }
    }
    const BuiltPlan built = build(plan);
    RollupOptions options;
    if (dice.once_in(3)) options.as_of = *Date::parse("2025-08-31");
    auto outcome = bulk::flatten_model(built.model, built.targets, built.facts, options, kYear);
    if (!std::holds_alternative<bulk::FlatModel>(outcome)) {
      ++refused;
      continue;
    }
    const auto& flat = std::get<bulk::FlatModel>(outcome);
    for (const Intervals::Slots slots : {Intervals::Slots::months, Intervals::Slots::coarse}) {
      compare(built, flat, Lane::all, options, slots, 1 + static_cast<unsigned>(seed % 2), tally);
      if (flat.figures.has_validated_lane()) {
        compare(built, flat, Lane::validated, options, slots, 1 + static_cast<unsigned>(seed % 2), tally);
      }
      if (HasFailure()) return;
    }
  }
  // The comparison must have had something to compare, easy and hard.
  EXPECT_LT(refused, 8U);
  EXPECT_GT(tally.cells, 15000U);
  EXPECT_GT(tally.points, 4000U);
  EXPECT_GT(tally.open, 600U);
  EXPECT_GT(tally.half_open, 600U);
  EXPECT_GT(tally.outer, 100U);
  EXPECT_GT(tally.wide_certain, 150U);
  EXPECT_GT(tally.none, 150U);
  EXPECT_GT(tally.ratios, 150U);
  EXPECT_GT(tally.complete, 150U);
}

}  // namespace flat_intervals_test
}  // namespace jenjang::testing
