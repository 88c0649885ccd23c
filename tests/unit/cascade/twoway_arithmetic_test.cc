// Two margins: fit, reachability, controlled rounding, and the three together.
#include <cmath>
#include <gtest/gtest.h>
#include <string>

#include "engine/cascade/twoway/ipf.h"
#include "engine/cascade/twoway/two_way.h"

namespace jenjang::cascade {
namespace twoway_arithmetic_test {

using Steps = std::vector<Int128>;
using Places = std::vector<std::size_t>;

template <class T>
Table<T> table(std::initializer_list<std::initializer_list<T>> rows) {
  Table<T> made(rows.size(), rows.begin()->size());
  made.cells.clear();
  for (const auto& row : rows) {
    made.cells.insert(made.cells.end(), row.begin(), row.end());
  }
  return made;
}
std::string text(const Table<Int128>& cells) {
  std::string text;
  for (std::size_t i = 0; i < cells.rows; ++i) {
    for (std::size_t j = 0; j < cells.columns; ++j) {
      text += std::to_string(static_cast<long long>(cells.at(i, j))) + (j + 1 < cells.columns ? " " : "\n");
    }
  }
  return text;
}
// Cells in tenths.
FractionTable tenths(std::initializer_list<std::initializer_list<int>> rows) {
  const Table<int> given = table<int>(rows);
  FractionTable exact;
  exact.floor = Table<Int128>(given.rows, given.columns);
  exact.part = Table<std::int64_t>(given.rows, given.columns);
  exact.whole = 10;
  for (std::size_t c = 0; c < given.cells.size(); ++c) {
    exact.floor.cells[c] = given.cells[c] / 10;
    exact.part.cells[c] = given.cells[c] % 10;
  }
  return exact;
}

// Reference vector C25 of the classic 4 x 4 example; digits computed to convergence there.
const Table<double> kClassicSeed =
    table<double>({{40, 30, 20, 10}, {35, 50, 100, 75}, {30, 80, 70, 120}, {20, 30, 40, 50}});
const std::vector<double> kClassicRows{150, 300, 400, 150};
const std::vector<double> kClassicColumns{200, 300, 400, 100};

TEST(FitMargins, C25) {
  const FittedTable fitted = fit_margins(kClassicSeed, kClassicRows, kClassicColumns, 1e-9);
  EXPECT_TRUE(fitted.converged);
  const Table<double> expected = table<double>({{64.55851, 46.23246, 35.384298, 3.824732},
                                                {49.967919, 68.159354, 156.498546, 25.37418},
                                                {56.721944, 144.428226, 145.082481, 53.767349},
                                                {28.751627, 41.179961, 63.034674, 17.033738}});
  for (std::size_t c = 0; c < expected.cells.size(); ++c) {
    EXPECT_NEAR(fitted.table.cells[c], expected.cells[c], 1e-5) << c;
  }
}
TEST(FitMargins, C25AfterThreeCyclesStillMissesItsRows) {
  const FittedTable fitted = fit_margins(kClassicSeed, kClassicRows, kClassicColumns, 1e-9, 3);
  EXPECT_FALSE(fitted.converged);
  EXPECT_EQ(fitted.cycles, 3);
  EXPECT_NEAR(fitted.error, 0.13, 0.01);
  const std::vector<double> first{64.61, 46.28, 35.42, 3.83};
  for (std::size_t j = 0; j < 4; ++j) {
    EXPECT_NEAR(fitted.table.at(0, j), first[j], 0.005);
  }
}
TEST(FitMargins, ZeroCellsStayZeroAndUnreachableMarginsDoNotConverge) {
  // Row 1 can only use column 1: 5 into 3.
  const FittedTable stuck =
      fit_margins(table<double>({{1, 0}, {1, 1}}), std::vector<double>{5, 5}, std::vector<double>{3, 7}, 1e-9, 200);
  EXPECT_FALSE(stuck.converged);
  EXPECT_GT(stuck.error, 1.0);
  EXPECT_EQ(stuck.table.at(0, 1), 0.0);
}

TEST(ReachMargins, NamesTheRowsThatCannotBeServed) {
  // Rows 1 and 2 use columns 1 and 2 only: they need 7 + 6 = 13, and get 5 + 6 = 11.
  const Support support = table<char>({{1, 1, 0}, {0, 1, 0}, {1, 1, 1}});
  const Reachability reach = reach_margins(Steps{7, 6, 7}, Steps{5, 6, 9}, support);
  ASSERT_TRUE(reach.shortage);
  EXPECT_EQ(reach.shortage->rows, (Places{0, 1}));
  EXPECT_EQ(reach.shortage->columns, (Places{0, 1}));
  EXPECT_EQ(reach.shortage->needed, 13);
  EXPECT_EQ(reach.shortage->offered, 11);
}
TEST(ReachMargins, LeavesOutWhatDoesNotHangTogether) {
  // Two conflicts: row 1 with column 1 (4 into 3), row 2 with column 2 (5 into 2). One is named.
  const Support support = table<char>({{1, 0, 0}, {0, 1, 0}, {1, 1, 1}});
  const Reachability reach = reach_margins(Steps{4, 5, 1}, Steps{3, 2, 5}, support);
  ASSERT_TRUE(reach.shortage);
  EXPECT_EQ(reach.shortage->rows, (Places{0}));
  EXPECT_EQ(reach.shortage->columns, (Places{0}));
  EXPECT_EQ(reach.shortage->needed, 4);
  EXPECT_EQ(reach.shortage->offered, 3);
}
TEST(ReachMargins, ARowWithoutAnyCellIsServedNothing) {
  const Reachability reach = reach_margins(Steps{2, 3}, Steps{4, 1}, table<char>({{0, 0}, {1, 1}}));
  ASSERT_TRUE(reach.shortage);
  EXPECT_EQ(reach.shortage->rows, (Places{0}));
  EXPECT_TRUE(reach.shortage->columns.empty());
  EXPECT_EQ(reach.shortage->needed, 2);
  EXPECT_EQ(reach.shortage->offered, 0);
}
TEST(ReachMargins, LimitsOfCellsCountAsOffers) {
  const Support support = table<char>({{1, 1}, {1, 1}});
  Table<std::optional<Int128>> limits(2, 2);
  limits.at(0, 0) = 3;
  limits.at(0, 1) = 4;
  // Row 1 needs 10 and may take 3 + 4.
  const Reachability narrow = reach_margins(Steps{10, 10}, Steps{10, 10}, support, limits);
  ASSERT_TRUE(narrow.shortage);
  EXPECT_EQ(narrow.shortage->rows, (Places{0}));
  EXPECT_EQ(narrow.shortage->needed, 10);
  EXPECT_EQ(narrow.shortage->offered, 7);
  limits.at(0, 1) = 7;
  EXPECT_FALSE(reach_margins(Steps{10, 10}, Steps{10, 10}, support, limits).shortage);
}
TEST(ReachMargins, FindsCellsThatAreZeroInEveryTable) {
  // Row 1 takes all of column 1 (5 of 5), so row 2 gets nothing there although it could.
  const Reachability reach = reach_margins(Steps{5, 4}, Steps{5, 4}, table<char>({{1, 0}, {1, 1}}));
  ASSERT_FALSE(reach.shortage);
  EXPECT_EQ(reach.usable.cells, (std::vector<char>{1, 0, 0, 1}));
  // With 4 and 5 both cells of row 2 are used.
  const Reachability open = reach_margins(Steps{4, 5}, Steps{5, 4}, table<char>({{1, 0}, {1, 1}}));
  EXPECT_EQ(open.usable.cells, (std::vector<char>{1, 0, 1, 1}));
}

TEST(RoundTable, C28) {
  const FractionTable exact = tenths({{14, 23, 13}, {7, 19, 24}, {19, 8, 13}});
  const std::optional<Table<Int128>> rounded = round_table(exact, Steps{5, 5, 4}, Steps{4, 5, 5});
  ASSERT_TRUE(rounded);
  EXPECT_EQ(text(*rounded), "1 2 2\n1 2 2\n2 1 1\n");
  // 0.16+0.09+0.49 + 0.09+0.01+0.16 + 0.01+0.04+0.09 = 1.14.
  double squares = 0;
  for (std::size_t c = 0; c < 9; ++c) {
    const double cell = static_cast<double>(exact.floor.cells[c]) + static_cast<double>(exact.part.cells[c]) / 10;
    squares += std::pow(static_cast<double>(rounded->cells[c]) - cell, 2);
  }
  EXPECT_NEAR(squares, 1.14, 1e-12);
}
TEST(RoundTable, TiesGoToTheEarlierRowAndTheLowerColumn) {
  // Halves everywhere: both diagonals cost the same.
  const FractionTable exact = tenths({{5, 5}, {5, 5}});
  EXPECT_EQ(text(*round_table(exact, Steps{1, 1}, Steps{1, 1})), "1 0\n0 1\n");
}
TEST(RoundTable, SnappedCellsMayLeaveFloorAndCeilingByOneStep) {
  // All cells are whole, but the margins are one step off in two rows: the fewest steps are one up, one down.
  const FractionTable exact = tenths({{30, 20}, {20, 30}});
  const Table<Int128> rounded = *round_table(exact, Steps{6, 4}, Steps{5, 5});
  EXPECT_EQ(rounded.at(0, 0) + rounded.at(0, 1), 6);
  EXPECT_EQ(rounded.at(0, 0) + rounded.at(1, 0), 5);
  Int128 moved = 0;
  for (std::size_t c = 0; c < 4; ++c) {
    const Int128 step = rounded.cells[c] - exact.floor.cells[c];
    moved += step < 0 ? -step : step;
  }
  EXPECT_EQ(moved, 2);
}
TEST(RoundTable, ClosedCellsNeverMove) {
  FractionTable exact = tenths({{0, 20}, {20, 0}});
  exact.closed = table<char>({{1, 0}, {0, 1}});
  EXPECT_FALSE(round_table(exact, Steps{2, 2}, Steps{3, 1}));
  EXPECT_TRUE(round_table(exact, Steps{2, 2}, Steps{2, 2}));
  EXPECT_FALSE(round_table(exact, Steps{2, 2}, Steps{2, 3}));  // no common total
}
TEST(RoundTable, AWideTableIsRoundedLikeItsTranspose) {
  const FractionTable tall = tenths({{14, 7, 19}, {23, 19, 8}, {13, 24, 13}, {10, 10, 10}});
  FractionTable wide = tall;
  wide.floor = tall.floor.transposed();
  wide.part = tall.part.transposed();
  const auto a = round_table(tall, Steps{4, 5, 5, 3}, Steps{6, 6, 5});
  const auto b = round_table(wide, Steps{6, 6, 5}, Steps{4, 5, 5, 3});
  ASSERT_TRUE(a);
  ASSERT_TRUE(b);
  EXPECT_EQ(text(a->transposed()), text(*b));
}
TEST(Snapped, ToTheBillionth) {
  const FractionTable exact = snapped(table<double>({{2.9999999999, 3.0000000001, 0.25}}));
  EXPECT_EQ(text(exact.floor), "3 3 0\n");
  EXPECT_EQ(exact.part.cells, (std::vector<std::int64_t>{0, 0, 250000000}));
}

TwoWayRefusal refusal_of(const TwoWayProblem& problem) {
  return std::get<TwoWayRefusal>(solve_two_way(problem));
}

TEST(TwoWay, WholeStepsOfTheClassicExample) {
  TwoWayProblem problem{{150, 300, 400, 150}, {200, 300, 400, 100}, kClassicSeed, {}, {}, {}};
  const TwoWayOutcome outcome = solve_two_way(problem);
  const auto& solution = std::get<TwoWaySolution>(outcome);
  // C25 has fractions .559 .232 .384 .825 | .968 .159 .499 .374 | .722 .428 .082 .767 | .752 .180 .035 .034:
  // rows round up 2, 2, 2, 1 cells and columns 3, 1, 1, 2. The largest of each row are 1 and 4 | 1 and 3 | 4 and 1 | 1,
  // that is columns 4, 0, 1, 2: one of column 1 must go to column 2, where row 3 loses least (.722 - .428).
  EXPECT_EQ(text(solution.cells), "65 46 35 4\n50 68 157 25\n56 145 145 54\n29 41 63 17\n");
}
TEST(TwoWay, HoldsLeaveBothMargins) {
  TwoWayProblem problem{{10, 10}, {12, 8}, table<double>({{1, 1}, {1, 1}}), Table<std::optional<Int128>>(2, 2), {}, {}};
  problem.holds.at(0, 0) = 9;
  // Row 1: 1 left for column 2; column 1: 3 left for row 2, which gives 7 to column 2.
  EXPECT_EQ(text(std::get<TwoWaySolution>(solve_two_way(problem)).cells), "9 1\n3 7\n");
  problem.holds.at(0, 1) = 2;
  const TwoWayRefusal conflict = refusal_of(problem);
  EXPECT_EQ(conflict.what, TwoWayRefusal::What::hold_conflict);
  EXPECT_EQ(conflict.rows, (Places{0}));
  EXPECT_EQ(conflict.needed, 11);
  EXPECT_EQ(conflict.offered, 10);
}
TEST(TwoWay, Refusals) {
  const TwoWayRefusal differ = refusal_of({{5, 5}, {5, 6}, table<double>({{1, 1}, {1, 1}}), {}, {}, {}});
  EXPECT_EQ(differ.what, TwoWayRefusal::What::margins_differ);
  EXPECT_EQ(differ.needed, 10);
  EXPECT_EQ(differ.offered, 11);
  const TwoWayRefusal negative = refusal_of({{5, -1}, {2, 2}, table<double>({{1, 1}, {1, 1}}), {}, {}, {}});
  EXPECT_EQ(negative.what, TwoWayRefusal::What::negative);
  EXPECT_EQ(negative.rows, (Places{1}));
  const TwoWayRefusal unreachable = refusal_of({{5, 5}, {3, 7}, table<double>({{1, 0}, {1, 1}}), {}, {}, {}});
  EXPECT_EQ(unreachable.what, TwoWayRefusal::What::unreachable);
  EXPECT_EQ(unreachable.needed, 5);
  EXPECT_EQ(unreachable.offered, 3);
  const Int128 huge = Int128{1} << 60;
  EXPECT_EQ(refusal_of({{huge}, {huge}, table<double>({{1}}), {}, {}, {}}).what, TwoWayRefusal::What::too_large);
}
TEST(TwoWay, CellsThatMustBeZeroDoNotHoldUpTheFit) {
  // Column 1 is all of row 1, so row 2 has only column 2, whatever its seed.
  const auto outcome = solve_two_way({{5, 4}, {5, 4}, table<double>({{1, 0}, {7, 1}}), {}, {}, {}});
  EXPECT_EQ(text(std::get<TwoWaySolution>(outcome).cells), "5 0\n0 4\n");
}
TEST(TwoWay, LimitsOfCellsAreKept) {
  using Limits = Table<std::optional<Int128>>;
  // 10 10 / 10 10 equally is 5 5 / 5 5. At most 3 in the first cell: 3 7 / 7 3. At least 8 there: 8 2 / 2 8.
  TwoWayProblem problem{{10, 10}, {10, 10}, table<double>({{1, 1}, {1, 1}}), {}, {}, Limits(2, 2)};
  problem.most.at(0, 0) = 3;
  EXPECT_EQ(text(std::get<TwoWaySolution>(solve_two_way(problem)).cells), "3 7\n7 3\n");
  problem.most = {};
  problem.least = Limits(2, 2);
  problem.least.at(0, 0) = 8;
  EXPECT_EQ(text(std::get<TwoWaySolution>(solve_two_way(problem)).cells), "8 2\n2 8\n");
  // At least 6 twice in a row of 10.
  problem.least.at(0, 1) = 6;
  EXPECT_EQ(refusal_of(problem).what, TwoWayRefusal::What::hold_conflict);
  // At most 3 and 4 in a row of 10.
  problem.least = {};
  problem.most = Limits(2, 2);
  problem.most.at(0, 0) = 3;
  problem.most.at(0, 1) = 4;
  const TwoWayRefusal unreachable = refusal_of(problem);
  EXPECT_EQ(unreachable.what, TwoWayRefusal::What::unreachable);
  EXPECT_EQ(unreachable.needed, 10);
  EXPECT_EQ(unreachable.offered, 7);
}
TEST(TwoWay, RupiahOfAProvince) {
  // Twenty trillion in single rupiah: both margins exact.
  const Int128 third = 6666666666667;
  TwoWayProblem problem{
      {third, third, third - 1}, {9999999999999, 10000000000001}, Table<double>(3, 2, 1.0), {}, {}, {}};
  const auto outcome = solve_two_way(problem);
  const Table<Int128>& cells = std::get<TwoWaySolution>(outcome).cells;
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(cells.at(i, 0) + cells.at(i, 1), problem.rows[i]);
  }
  EXPECT_EQ(cells.at(0, 0) + cells.at(1, 0) + cells.at(2, 0), problem.columns[0]);
}

}  // namespace twoway_arithmetic_test
}  // namespace jenjang::cascade
