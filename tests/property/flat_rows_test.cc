// Rows from the columns of the flat engine against those of the general engine, its oracle: the same bytes, for every
// slot of a year, both lanes, whatever marks, roundings and odd names there are, and whatever is reported of months,
// quarters, semesters and the year.
#include "jenjang/workspace/flat_rows.h"

#include <gtest/gtest.h>
#include <sstream>

#include "jenjang/bulk/from_model.h"
#include "jenjang/report/report.h"
#include "jenjang/rollup/rollup.h"

#include "tests/support/drawn_flat_plan.h"
#include "tests/support/seeds.h"

namespace jenjang::testing {
namespace flat_rows_test {

constexpr int kYear = 2025;
const char* const kCoarsePeriods[] = {"2025", "2025-S1", "2025-S2", "2025-TW1", "2025-TW2", "2025-TW3", "2025-TW4"};

struct Tally {
  std::size_t rows = 0, coarse = 0, partial = 0, marked = 0, predicates = 0, validated = 0, limited = 0, by_rule = 0;
  // Reports of coarse periods: by granularity; without a number; waiting; marked; beside a report of a month or of
  // another period.
  std::size_t reported[3] = {}, reasons = 0, waiting = 0, invented = 0, unproven = 0, beside = 0;
};

// What a leaf's months add up to in a period: coarse targets drawn from it lie on cuts.
std::optional<Rational> reported_in(const PlainNode& node, Period period) {
  std::optional<Rational> total;
  int months = 0;
  for (const PlainFact& fact : node.facts) {
    if (fact.state != CellState::value || !period.contains(*Period::parse(fact.period))) continue;
    total = total.value_or(Rational()) + rat(fact.number);
    ++months;
  }
  if (total && node.spec.accumulation == Accumulation::average) *total /= Rational(months);
  return total;
}

// On top of the plans of bulk_equals_rollup_test: what only rows and coarse slots ask for.
void enrich(PlainPlan& plan, Dice& dice) {
  const auto rounding = [&] {
    return dice.one_of<Rounding>({{RoundingMode::half_up, 2},
                                  {RoundingMode::half_up, 2},
                                  {RoundingMode::half_up, 0},
                                  {RoundingMode::half_even, 1},
                                  {RoundingMode::truncate, 2},
                                  {RoundingMode::floor, 3},
                                  {RoundingMode::ceiling, 1},
                                  {RoundingMode::exact, 0}});
  };
  const bool aimed = !dice.once_in(4);
  for (PlainNode& node : plan.nodes) {
    node.spec.rounding = rounding();
    node.spec.achievement.rounding = rounding();
    node.spec.unit_name = dice.one_of<const char*>({"persen", "", "ton, kering", "\"ukuran\""});
    node.spec.missing_time = dice.one_of<MissingPolicy>(
        {MissingPolicy::skip, MissingPolicy::skip, MissingPolicy::strict, MissingPolicy::zero});
    if (dice.once_in(15)) node.code = " " + node.code;
    if (dice.once_in(4)) node.spec.least_possible = Decimal(dice.below(5));
    if (dice.once_in(4)) node.spec.most_possible = Decimal(10 + dice.below(99));
    for (PlainFact& fact : node.facts) fact.illustrative = dice.once_in(9);
    // Months as written by somebody who likes zeros.
    for (auto& [period, target] : node.targets) {
      if (dice.once_in(4)) target += target.find('.') == std::string::npos ? ".00" : "0";
    }
    if (node.targets.empty() || !aimed) continue;
    for (const char* const period : kCoarsePeriods) {
      if (dice.once_in(3)) continue;
      const auto reported = reported_in(node, *Period::parse(period));
      std::string target = figure(dice, false);
      if (reported && !dice.once_in(3)) {
        const Rational share = Rational(dice.one_of<int>({50, 80, 90, 100, 100, 120})) / Rational(100);
        target = six_places(*reported / share).value_or(target);
      }
      if (!target.starts_with('-')) node.targets[period] = target;
    }
  }
  for (Scale& scale : plan.scales) scale.unverified = dice.once_in(5);
}

void mark(BuiltPlan& built, Dice& dice) {
  if (dice.once_in(2)) return;
  for (Item& item : built.model.items) {
    item.illustrative = dice.once_in(10);
    item.unverified = dice.once_in(10);
  }
  for (Baseline& baseline : built.model.baselines) baseline.illustrative = dice.once_in(4);
  for (TargetCell& cell : built.targets.cells) cell.illustrative = dice.once_in(10);
  for (Observation& observation : built.facts.observations) observation.unverified = dice.once_in(20);
}

std::string text_of(const FlatRows& rows) {
  std::string text;
  EXPECT_TRUE(rows.write_csv([&text](std::string_view part) {
    text += part;
    return true;
  }));
  return text;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// The first line that differs, for whoever has to find out why.
void compare(const std::string& found, const std::string& wanted) {
  if (found == wanted) return;
  const auto ours = lines_of(found), theirs = lines_of(wanted);
  for (std::size_t i = 0; i < std::max(ours.size(), theirs.size()); ++i) {
    const std::string a = i < ours.size() ? ours[i] : "(end)", b = i < theirs.size() ? theirs[i] : "(end)";
    if (a == b) continue;
    FAIL() << "line " << i + 1 << "\n flat    " << a << "\n general " << b;
  }
}

void count(const std::string& text, Tally& tally) {
  for (const std::string& line : lines_of(text)) {
    ++tally.rows;
    const auto holds = [&line](std::string_view word) { return line.find(word) != std::string::npos ? 1U : 0U; };
    tally.coarse += 1U - holds("2025-0") - holds("2025-1");
    tally.partial += holds("sebagian (");
    tally.marked += holds("ilustratif") | holds("belum-diverifikasi");
    tally.predicates += holds(",AA,") | holds(",A,") | holds(",BB,") | holds(",B,") | holds(",C,") | holds(",D,");
    tally.validated += holds(",tervalidasi,");
    tally.by_rule += holds(",RNG,") | holds(",B1,") | holds(",S1,") | holds(",F-O1,");
  }
}

void count(const bulk::FlatModel& flat, Tally& tally) {
  for (const bulk::CoarseReport& report : flat.rows.reports) {
    ++tally.reported[static_cast<std::size_t>(bulk::granularity_of(report.slot))];
    tally.reasons += bulk::cell_state(report.state) != CellState::value ? 1U : 0U;
    tally.waiting += (report.state & bulk::kUnvalidated) != 0 ? 1U : 0U;
    tally.invented += (report.marks & bulk::CoarseReport::kInvented) != 0 ? 1U : 0U;
    tally.unproven += (report.marks & bulk::CoarseReport::kUnproven) != 0 ? 1U : 0U;
    const bulk::StateByte* const months = &flat.figures.state[std::size_t{report.leaf} * bulk::kMonths];
    const bool month = std::any_of(months, months + bulk::kMonths,
                                   [](bulk::StateByte byte) { return bulk::cell_state(byte) == CellState::value; });
    tally.beside += month || flat.rows.reports_of(report.leaf).size() > 1 ? 1U : 0U;
  }
}

struct Drawn {
  BuiltPlan built;
  RollupOptions options;
};
Drawn draw(std::uint64_t seed) {
  Dice dice(seed);
  PlainPlan plan = FlatPlanMaker(dice, seed % 2 == 0).make();
  enrich(plan, dice);
  Drawn drawn;
  drawn.built = build(plan);
  mark(drawn.built, dice);
  if (dice.once_in(3)) {
    drawn.options.as_of =
        *Date::parse(dice.one_of<const char*>({"2025-05-31", "2025-12-31", "2026-01-15", "2027-01-15"}));
  }
  drawn.options.validated_lane = !dice.once_in(6);
  return drawn;
}

TEST(FlatRows, SameBytesAsTheGeneralEngine) {
  Tally tally;
  std::size_t refused = 0;
  for (const std::uint64_t seed : testing::Seeds(600)) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const Drawn drawn = draw(seed);
    const BuiltPlan& built = drawn.built;
    auto outcome = bulk::flatten_model(built.model, built.targets, built.facts, drawn.options, kYear);
    if (!std::holds_alternative<bulk::FlatModel>(outcome)) {
      ++refused;
      continue;
    }
    auto& flat = std::get<bulk::FlatModel>(outcome);
    const snapshot::PlanNames names = snapshot::names_of(built.model, kYear);
    DiagnosticSink sink;
    const RollupResult result = run_rollup(built.model, built.targets, built.facts, drawn.options, sink);
    const ExplainContext context{built.model, built.targets, built.facts, result};
    WriteOptions write;
    write.format = OutputFormat::csv;

    Dice dice(seed * 7);
    RowFilter filter;
    FlatRowFilter asked;
    filter.period = asked.period = Period::year(kYear);
    if (dice.once_in(3)) {
      filter.granularity = asked.granularity = static_cast<Granularity>(dice.below(4));
    } else if (dice.once_in(5)) {
      filter.period = asked.period = Period(kYear, Granularity::quarter, 1 + dice.below(4));
    }
    if (dice.once_in(5))
      filter.unit = asked.unit = built.model.units[UnitId(static_cast<std::uint32_t>(dice.below(3)))].path;
    if (dice.once_in(6)) filter.code = asked.code = built.model.items[0].code;
    asked.validated_only = dice.once_in(4);
    filter.intervals = asked.intervals = dice.once_in(2);
    const std::string wanted = write_rows(
        asked.validated_only ? result_rows(context, filter, true) : rows_of_both_lanes(context, filter), write);
    bulk::SweepOptions sweep;
    sweep.threads = 1 + static_cast<unsigned>(dice.below(3));
    const FlatRows rows({{kYear, flat.plan, flat.figures, flat.rows, names}}, asked, sweep);
    compare(text_of(rows), wanted);
    if (HasFailure()) return;
    count(wanted, tally);
    count(flat, tally);
  }
  // The comparison must have had something to compare, easy and hard.
  EXPECT_LT(refused, 20U);
  EXPECT_GT(tally.rows, 50000U);
  EXPECT_GT(tally.coarse, 10000U);
  EXPECT_GT(tally.partial, 5000U);
  EXPECT_GT(tally.marked, 10000U);
  EXPECT_GT(tally.predicates, 15000U);
  EXPECT_GT(tally.validated, 5000U);
  EXPECT_GT(tally.by_rule, 10000U);
  EXPECT_GT(tally.reported[0], 200U);
  EXPECT_GT(tally.reported[1], 400U);
  EXPECT_GT(tally.reported[2], 800U);
  EXPECT_GT(tally.reasons, 200U);
  EXPECT_GT(tally.waiting, 200U);
  EXPECT_GT(tally.invented, 100U);
  EXPECT_GT(tally.unproven, 20U);
  EXPECT_GT(tally.beside, 500U);
}

}  // namespace flat_rows_test
}  // namespace jenjang::testing
