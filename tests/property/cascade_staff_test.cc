// Whatever the dates: what persons and nobody carry adds up to the position's target, and service is counted as a walk
// over the calendar counts it.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "jenjang/cascade/cascade.h"
#include "jenjang/cascade/staff_shares.h"
#include "jenjang/synthetic/province.h"

#include "tests/unit/cascade/model_fixture.h"

namespace jenjang {
namespace cascade_staff_test {

using testing::ModelFixture;

// All days of a year, from the calendar that reads dates.
std::vector<Date> days_of(int year) {
  std::vector<Date> days;
  for (int m = 1; m <= 12; ++m) {
    for (int d = 1; d <= 31; ++d) {
      const std::string text =
          std::to_string(year) + (m < 10 ? "-0" : "-") + std::to_string(m) + (d < 10 ? "-0" : "-") + std::to_string(d);
      if (const std::optional<Date> day = Date::parse(text)) {
        days.push_back(*day);
      }
    }
  }
  return days;
}

struct Case {
  int year = 2024;
  std::vector<Date> days;
  std::vector<Holding> holdings;  // of one position, no overlaps
};

Case make_case(UnitId position) {
  Case made;
  made.year = *rc::gen::element(2023, 2024, 2100);
  made.days = days_of(made.year);
  std::vector<std::size_t> cuts =
      *rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(0, made.days.size()));
  std::sort(cuts.begin(), cuts.end());
  cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
  for (std::size_t i = 0; i + 1 < cuts.size() && i < 8; i += *rc::gen::inRange<std::size_t>(1, 3)) {
    Holding holding;
    holding.position = position;
    holding.person = *rc::gen::element<std::string>("A", "B", "C");
    holding.from = made.days[cuts[i]];
    holding.until = made.days[cuts[i + 1] - 1];
    made.holdings.push_back(holding);
  }
  if (made.holdings.empty()) {
    Holding holding;
    holding.position = position;
    holding.person = "A";
    holding.from = made.days.front();
    made.holdings.push_back(holding);
  }
  return made;
}

struct Position {
  ModelFixture fixture;
  UnitId unit;
  NodeId node;
  TargetTable table;
};

// One measure with a year, its parts, or both; the parts may contradict the year.
void make_position(Position& position, Case& made) {
  MeasureSpec spec;
  spec.accumulation = *rc::gen::element(Accumulation::increments, Accumulation::cumulative);
  spec.frequency =
      *rc::gen::element(Granularity::year, Granularity::semester, Granularity::quarter, Granularity::month);
  spec.step = Decimal::from_parts(1, *rc::gen::inRange(0, 3));
  position.fixture.unit("64");
  position.unit = position.fixture.unit("64/a");
  const VertexId vertex = position.fixture.node(position.fixture.item("IND", spec), position.unit);
  position.fixture.build();
  position.node = position.fixture.at(vertex);
  made = make_case(position.unit);
  position.fixture.model().holdings = made.holdings;
  position.fixture.model().transfer_rule =
      *rc::gen::element(TransferRule::longest, TransferRule::month_start, TransferRule::month_end, TransferRule::daily);
  const auto cell = [&position](Period period, const Decimal& value) {
    TargetCell made_cell;
    made_cell.node = position.node;
    made_cell.period = period;
    made_cell.target = value;
    position.table.cells.push_back(std::move(made_cell));
  };
  const auto figure = [] { return Decimal::from_parts(*rc::gen::inRange(-50, 500), *rc::gen::inRange(0, 3)); };
  Decimal sum;
  if (spec.frequency != Granularity::year) {
    const bool running = spec.accumulation == Accumulation::cumulative;
    for (const Period fine : Period::year(made.year).split(spec.frequency)) {
      const Decimal rise = figure();
      sum = Decimal::add(sum, rise).value();
      cell(fine, running ? sum : rise);
    }
  }
  cell(Period::year(made.year), *rc::gen::arbitrary<bool>() ? sum : figure());
  position.table.sort();
}

RC_GTEST_PROP(CascadeStaff, PartsAddUpWhateverTheDates, ()) {
  Position position;
  Case made;
  make_position(position, made);
  DiagnosticSink sink;
  const StaffTargets shares = staff_shares(position.fixture.model(), position.table, sink);
  const bool running = position.fixture.model().item(position.node).spec.accumulation == Accumulation::cumulative;
  Rational before;
  for (const TargetCell& cell : position.table.cells) {
    Rational sum;
    int days = 0;
    for (const StaffShare& row : shares.rows) {
      if (row.period == cell.period) {
        sum += Rational(*row.target.number());
        days += row.days;
      }
    }
    const bool whole_year = cell.period.granularity() == Granularity::year;
    const Rational due =
        running && !whole_year ? Rational(*cell.target.number()) - before : Rational(*cell.target.number());
    RC_ASSERT(sum == due);
    RC_ASSERT(days <= static_cast<int>(made.days.size()));
    if (!whole_year) {
      before = Rational(*cell.target.number());
    }
  }
}

RC_GTEST_PROP(CascadeStaff, DaysAreThoseOfTheCalendar, ()) {
  Position position;
  Case made;
  make_position(position, made);
  position.fixture.model().transfer_rule = TransferRule::daily;
  std::map<std::string, int, std::less<>> walked;
  for (const Date& day : made.days) {
    std::string person;
    for (const Holding& holding : made.holdings) {
      if (holding.from <= day && (!holding.until || day <= *holding.until)) {
        person = holding.person;
      }
    }
    ++walked[person];
  }
  // A weight of one for every day: each gets his days.
  position.table.cells.clear();
  TargetCell cell;
  cell.node = position.node;
  cell.period = Period::year(made.year);
  cell.target = Decimal(static_cast<std::int64_t>(made.days.size()));
  position.table.cells.push_back(cell);
  DiagnosticSink sink;
  const StaffTargets shares = staff_shares(position.fixture.model(), position.table, sink);
  RC_ASSERT(shares.rows.size() == walked.size());
  for (const StaffShare& row : shares.rows) {
    RC_ASSERT(row.days == walked.at(std::string(row.person)));
    RC_ASSERT(*row.target.number() == Decimal(row.days));
  }
  RC_ASSERT(sink.all().size() == (walked.contains("") ? 1U : 0U));
}

// A small synthetic province: its cascade reaches every person, and adds up again.
RC_GTEST_PROP(CascadeStaff, AProvincesPersonsCarryItsSums, ()) {
  ProvinceSpec spec;
  spec.seed = *rc::gen::arbitrary<std::uint64_t>();
  spec.staff = *rc::gen::inRange<std::uint32_t>(60, 140);
  spec.districts = 2;
  spec.agencies = 4;
  spec.fields = 2;
  spec.sections = 2;
  spec.holdings = true;
  Model model = make_province(spec);
  model.transfer_rule =
      *rc::gen::element(TransferRule::longest, TransferRule::month_start, TransferRule::month_end, TransferRule::daily);
  DiagnosticSink sink;
  const TargetTable table = run_cascade(model, sink);
  RC_ASSERT(sink.all().empty());
  for (const CascadeResidual& residual : table.residuals) {
    RC_ASSERT(residual.holds);
  }
  const StaffTargets shares = staff_shares(model, table, sink);
  RC_ASSERT(!sink.has_errors());
  std::map<std::pair<std::uint32_t, Period>, Rational> carried;
  for (const StaffShare& row : shares.rows) {
    if (row.origin != StaffOrigin::figure) {
      carried[{row.item.value(), row.period}] += Rational(*row.target.number());
    }
  }
  RC_ASSERT(!carried.empty());
  for (const auto& [key, sum] : carried) {
    const std::optional<NodeId> governor = model.find(ItemId(key.first), model.units.find("99").value());
    RC_ASSERT(governor.has_value());
    const TargetCell* cell = table.find(*governor, key.second);
    RC_ASSERT(cell != nullptr);
    RC_ASSERT(Rational(*cell->target.number()) == sum);
  }
}

}  // namespace cascade_staff_test
}  // namespace jenjang
