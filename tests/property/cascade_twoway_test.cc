// Two margins: least rounding against enumeration, exact margins, odds ratios, certificates against all subsets.
#include <cmath>
#include <gtest/gtest.h>
#include <numeric>
#include <rapidcheck/gtest.h>

#include "jenjang/cascade/cascade.h"
#include "jenjang/rollup/rollup.h"

#include "engine/cascade/twoway/ipf.h"
#include "engine/cascade/twoway/two_way.h"
#include "tests/unit/cascade/model_fixture.h"

namespace jenjang::cascade {
namespace cascade_twoway_test {

using Steps = std::vector<Int128>;

template <class T>
Steps row_sums(const Table<T>& table) {
  Steps sums(table.rows, 0);
  for (std::size_t c = 0; c < table.cells.size(); ++c) {
    sums[c / table.columns] += table.cells[c];
  }
  return sums;
}
template <class T>
Steps column_sums(const Table<T>& table) {
  return row_sums(table.transposed());
}

struct ExactTable {
  Table<std::int64_t> tenths;
  FractionTable cells;
  Steps rows, columns;
};
// Cells in tenths whose margins are whole: the last column makes the rows whole, the last row the columns.
ExactTable any_table(std::size_t n, std::size_t m, int most) {
  ExactTable made;
  made.tenths = Table<std::int64_t>(n, m);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < m; ++j) {
      made.tenths.at(i, j) = *rc::gen::inRange(0, most);
    }
  }
  const auto whole_up = [](Int128 sum) { return static_cast<std::int64_t>((10 - sum % 10) % 10); };
  for (std::size_t i = 0; i + 1 < n; ++i) {
    made.tenths.at(i, m - 1) += whole_up(row_sums(made.tenths)[i]);
  }
  for (std::size_t j = 0; j < m; ++j) {
    made.tenths.at(n - 1, j) += whole_up(column_sums(made.tenths)[j]);
  }
  made.cells.floor = Table<Int128>(n, m);
  made.cells.part = Table<std::int64_t>(n, m);
  made.cells.whole = 10;
  for (std::size_t c = 0; c < n * m; ++c) {
    made.cells.floor.cells[c] = made.tenths.cells[c] / 10;
    made.cells.part.cells[c] = made.tenths.cells[c] % 10;
  }
  made.rows = row_sums(made.tenths);
  made.columns = column_sums(made.tenths);
  for (Int128& sum : made.rows) {
    sum /= 10;
  }
  for (Int128& sum : made.columns) {
    sum /= 10;
  }
  return made;
}
// Squared departure in hundredths.
Int128 squares(const ExactTable& table, const Table<Int128>& cells) {
  Int128 sum = 0;
  for (std::size_t c = 0; c < cells.cells.size(); ++c) {
    const Int128 off = cells.cells[c] * 10 - table.tenths.cells[c];
    sum += off * off;
  }
  return sum;
}
std::optional<Int128> least_by_enumeration(const ExactTable& table) {
  std::vector<std::size_t> open;
  for (std::size_t c = 0; c < table.tenths.cells.size(); ++c) {
    if (table.cells.part.cells[c] > 0) {
      open.push_back(c);
    }
  }
  std::optional<Int128> least;
  for (std::uint32_t choice = 0; choice < (1U << open.size()); ++choice) {
    Table<Int128> cells = table.cells.floor;
    for (std::size_t k = 0; k < open.size(); ++k) {
      cells.cells[open[k]] += (choice >> k) & 1U;
    }
    if (row_sums(cells) == table.rows && column_sums(cells) == table.columns) {
      const Int128 sum = squares(table, cells);
      least = least ? std::min(*least, sum) : sum;
    }
  }
  return least;
}

RC_GTEST_PROP(RoundTable, IsTheBestOfAllFloorsAndCeilings, ()) {
  const auto n = *rc::gen::inRange<std::size_t>(1, 5);
  const auto m = *rc::gen::inRange<std::size_t>(1, 4);
  const ExactTable table = any_table(n, m, 40);
  const std::optional<Table<Int128>> rounded = round_table(table.cells, table.rows, table.columns);
  RC_ASSERT(rounded.has_value());
  RC_ASSERT(row_sums(*rounded) == table.rows);
  RC_ASSERT(column_sums(*rounded) == table.columns);
  RC_ASSERT(std::optional(squares(table, *rounded)) == least_by_enumeration(table));
}

RC_GTEST_PROP(RoundTable, KeepsBothMarginsOfLargeTables, ()) {
  const auto n = *rc::gen::inRange<std::size_t>(1, 41);
  const auto m = *rc::gen::inRange<std::size_t>(1, 13);
  const ExactTable table = any_table(n, m, *rc::gen::element(3, 40, 5000));
  const std::optional<Table<Int128>> rounded = round_table(table.cells, table.rows, table.columns);
  RC_ASSERT(rounded.has_value());
  RC_ASSERT(row_sums(*rounded) == table.rows);
  RC_ASSERT(column_sums(*rounded) == table.columns);
  for (std::size_t c = 0; c < n * m; ++c) {
    const Int128 off = rounded->cells[c] * 10 - table.tenths.cells[c];
    RC_ASSERT(off < 10);
    RC_ASSERT(off > -10);
  }
}

RC_GTEST_PROP(FitMargins, KeepsOddsRatiosOfTheSeed, ()) {
  const auto n = *rc::gen::inRange<std::size_t>(2, 6);
  const auto m = *rc::gen::inRange<std::size_t>(2, 6);
  Table<double> seed(n, m);
  std::vector<double> rows(n, 0.0), columns(m, 0.0);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < m; ++j) {
      seed.at(i, j) = *rc::gen::inRange(1, 50);
      const double other = *rc::gen::inRange(1, 50);  // a table with other margins
      rows[i] += other;
      columns[j] += other;
    }
  }
  const FittedTable fitted = fit_margins(seed, rows, columns, 1e-9);
  RC_ASSERT(fitted.converged);
  const auto odds = [](const Table<double>& t, std::size_t i, std::size_t j) {
    return t.at(i, j) * t.at(i + 1, j + 1) / (t.at(i, j + 1) * t.at(i + 1, j));
  };
  for (std::size_t i = 0; i + 1 < n; ++i) {
    for (std::size_t j = 0; j + 1 < m; ++j) {
      RC_ASSERT(std::abs(odds(fitted.table, i, j) / odds(seed, i, j) - 1) < 1e-9);
    }
  }
}

// Margins of some table, and a support that may lack some of its cells.
struct Reach {
  Support support;
  Steps rows, columns;
};
Reach any_reach(std::size_t n, std::size_t m) {
  Reach made{Support(n, m, 0), {}, {}};
  Table<Int128> hidden(n, m);
  for (std::size_t c = 0; c < n * m; ++c) {
    made.support.cells[c] = *rc::gen::element<char>(0, 1, 1);
    hidden.cells[c] =
        *rc::gen::element(true, true, true, false) && !made.support.cells[c] ? 0 : *rc::gen::inRange(0, 6);
  }
  made.rows = row_sums(hidden);
  made.columns = column_sums(hidden);
  return made;
}
Int128 offered_to(const Reach& reach, std::uint32_t rows) {
  Int128 offered = 0;
  for (std::size_t j = 0; j < reach.columns.size(); ++j) {
    bool used = false;
    for (std::size_t i = 0; i < reach.rows.size(); ++i) {
      used |= ((rows >> i) & 1U) != 0 && reach.support.at(i, j) != 0;
    }
    offered += used ? reach.columns[j] : Int128{0};
  }
  return offered;
}

RC_GTEST_PROP(ReachMargins, AgreesWithEverySetOfRows, ()) {
  const auto n = *rc::gen::inRange<std::size_t>(1, 6);
  const auto m = *rc::gen::inRange<std::size_t>(1, 6);
  const Reach reach = any_reach(n, m);
  // Margins are reachable when no set of rows needs more than its columns offer (Gale).
  bool reachable = true;
  for (std::uint32_t rows = 1; rows < (1U << n); ++rows) {
    Int128 needed = 0;
    for (std::size_t i = 0; i < n; ++i) {
      needed += ((rows >> i) & 1U) != 0 ? reach.rows[i] : Int128{0};
    }
    reachable &= needed <= offered_to(reach, rows);
  }
  const Reachability result = reach_margins(reach.rows, reach.columns, reach.support);
  RC_ASSERT(result.shortage.has_value() == !reachable);
  if (result.shortage) {
    Int128 needed = 0;
    std::uint32_t rows = 0;
    for (const std::size_t i : result.shortage->rows) {
      needed += reach.rows[i];
      rows |= 1U << i;
    }
    RC_ASSERT(result.shortage->needed == needed);
    RC_ASSERT(result.shortage->offered == offered_to(reach, rows));
    RC_ASSERT(needed > result.shortage->offered);
  }
}

RC_GTEST_PROP(TwoWay, MeetsBothMarginsOrNamesWhyNot, ()) {
  const auto n = *rc::gen::inRange<std::size_t>(1, 8);
  const auto m = *rc::gen::inRange<std::size_t>(1, 8);
  const Reach reach = any_reach(n, m);
  TwoWayProblem problem{reach.rows, reach.columns, Table<double>(n, m, 0.0), {}, {}, {}};
  for (std::size_t c = 0; c < n * m; ++c) {
    problem.seed.cells[c] = reach.support.cells[c] ? *rc::gen::inRange(1, 1000) : 0;
  }
  const bool reachable = !reach_margins(reach.rows, reach.columns, reach.support).shortage;
  const TwoWayOutcome outcome = solve_two_way(problem);
  RC_ASSERT(std::holds_alternative<TwoWaySolution>(outcome) == reachable);
  if (const TwoWaySolution* solution = std::get_if<TwoWaySolution>(&outcome)) {
    RC_ASSERT(row_sums(solution->cells) == reach.rows);
    RC_ASSERT(column_sums(solution->cells) == reach.columns);
    for (std::size_t c = 0; c < n * m; ++c) {
      RC_ASSERT(solution->cells.cells[c] >= 0);
      RC_ASSERT(problem.seed.cells[c] > 0 || solution->cells.cells[c] == 0);
    }
  }
}

RC_GTEST_PROP(TwoWay, KeepsLimitsOrSaysWhyNot, ()) {
  const auto n = *rc::gen::inRange<std::size_t>(1, 6);
  const auto m = *rc::gen::inRange<std::size_t>(1, 6);
  const Reach reach = any_reach(n, m);
  TwoWayProblem problem{reach.rows, reach.columns, Table<double>(n, m, 0.0), {}, {}, {}};
  problem.least = Table<std::optional<Int128>>(n, m);
  problem.most = Table<std::optional<Int128>>(n, m);
  for (std::size_t c = 0; c < n * m; ++c) {
    problem.seed.cells[c] = reach.support.cells[c] ? *rc::gen::inRange(1, 1000) : 0;
    if (*rc::gen::element(true, false, false)) {
      problem.least.cells[c] = *rc::gen::inRange(0, 3);
    }
    if (*rc::gen::element(true, false)) {
      problem.most.cells[c] = problem.least.cells[c].value_or(0) + *rc::gen::inRange(0, 5);
    }
  }
  // Reachable: what the least figures leave, over cells with a seed, each up to what its limit leaves.
  Steps rows = reach.rows;
  Steps columns = reach.columns;
  Table<std::optional<Int128>> room(n, m);
  bool possible = true;
  for (std::size_t c = 0; c < n * m; ++c) {
    rows[c / m] -= problem.least.cells[c].value_or(0);
    columns[c % m] -= problem.least.cells[c].value_or(0);
    if (problem.most.cells[c]) {
      room.cells[c] = *problem.most.cells[c] - problem.least.cells[c].value_or(0);
    }
  }
  for (const Int128 left : rows) {
    possible &= left >= 0;
  }
  for (const Int128 left : columns) {
    possible &= left >= 0;
  }
  possible = possible && !reach_margins(rows, columns, reach.support, room).shortage;
  const TwoWayOutcome outcome = solve_two_way(problem);
  RC_ASSERT(std::holds_alternative<TwoWaySolution>(outcome) == possible);
  if (const TwoWaySolution* solution = std::get_if<TwoWaySolution>(&outcome)) {
    RC_ASSERT(row_sums(solution->cells) == reach.rows);
    RC_ASSERT(column_sums(solution->cells) == reach.columns);
    for (std::size_t c = 0; c < n * m; ++c) {
      RC_ASSERT(solution->cells.cells[c] >= problem.least.cells[c].value_or(0));
      RC_ASSERT(!problem.most.cells[c] || solution->cells.cells[c] <= *problem.most.cells[c]);
    }
  }
}

// Districts x programmes through the cascade, and their targets reported as realised: the roll-up gives back both
// margins.
RC_GTEST_PROP(CrossFamilies, RollUpToBothMargins, ()) {
  using jenjang::testing::ModelFixture;
  const auto n = *rc::gen::inRange<std::size_t>(1, 6);
  const auto m = *rc::gen::inRange<std::size_t>(1, 5);
  Table<Int128> hidden(n, m);
  for (Int128& cell : hidden.cells) {
    cell = *rc::gen::inRange(0, 30);
  }
  MeasureSpec spec;
  spec.accumulation = Accumulation::increments;
  spec.aggregation = Aggregation::sum;
  spec.frequency = *rc::gen::element(Granularity::year, Granularity::quarter);
  ModelFixture fixture;
  const Period year = Period::year(2026);
  const ItemId total = fixture.item("TOTAL", spec);
  const UnitId province = fixture.unit("64");
  std::vector<UnitId> units;
  std::vector<VertexId> rows, columns;
  for (std::size_t i = 0; i < n; ++i) {
    units.push_back(fixture.unit("64." + std::to_string(i)));
    rows.push_back(fixture.node(total, units.back()));
    fixture.state(rows.back(), year, Decimal(static_cast<std::int64_t>(row_sums(hidden)[i])));
  }
  std::vector<std::size_t> places;
  for (std::size_t j = 0; j < m; ++j) {
    const ItemId item = fixture.item("P" + std::to_string(j), spec);
    columns.push_back(fixture.node(item, province));
    fixture.state(columns.back(), year, Decimal(static_cast<std::int64_t>(column_sums(hidden)[j])));
    ModelFixture::FamilySpec family;
    family.parent = columns.back();
    family.rule = jenjang::testing::rule("dua-arah");
    family.rule.driver = "penduduk";
    for (std::size_t i = 0; i < n; ++i) {
      family.children.push_back(fixture.node(item, units[i]));
      fixture.formula(columns.back(), family.children.back());
      family.drivers.emplace_back(*rc::gen::inRange(1, 100));
    }
    places.push_back(j);
    fixture.family(std::move(family));
  }
  fixture.cross_family(places, rows);
  const Model& model = fixture.build();
  DiagnosticSink sink;
  const TargetTable targets = run_cascade(model, sink);
  const RollupResult result = run_rollup(model, targets, facts_from_targets(model, targets), {}, sink);
  RC_ASSERT(sink.all().empty());
  const std::optional<SlotId> slot = result.grid().find(year);
  RC_ASSERT(slot.has_value());
  for (std::size_t i = 0; i < n; ++i) {
    RC_ASSERT(result.at(fixture.at(rows[i]), *slot).value == static_cast<double>(row_sums(hidden)[i]));
  }
  for (std::size_t j = 0; j < m; ++j) {
    RC_ASSERT(result.at(fixture.at(columns[j]), *slot).value == static_cast<double>(column_sums(hidden)[j]));
  }
}

}  // namespace cascade_twoway_test
}  // namespace jenjang::cascade
