// Months and days of service, and the division by them. Every expected figure is reckoned by hand in a comment.
#include "engine/cascade/staff/service_year.h"

#include <gtest/gtest.h>

#include "engine/cascade/staff/staff_division.h"
#include "tests/unit/cascade/model_fixture.h"

namespace jenjang {
namespace service_year_test {

using cascade::Server;
using cascade::service_year;
using testing::dec;

Date day(std::string_view iso) {
  return Date::parse(iso).value();
}
Holding held(UnitId position, std::string person, std::string_view from, std::string_view until = "") {
  Holding holding;
  holding.position = position;
  holding.person = std::move(person);
  holding.from = day(from);
  if (!until.empty()) {
    holding.until = day(until);
  }
  holding.span = {FileId(0), 500, 1, 4};
  return holding;
}

// ---- months and days ----------------------------------------------------------------------------

TEST(ServiceYear, KnowsLeapYears) {
  EXPECT_EQ(cascade::days_in_month(2023, 2), 28);
  EXPECT_EQ(cascade::days_in_month(2024, 2), 29);
  EXPECT_EQ(cascade::days_in_month(2100, 2), 28);  // a century that 400 does not divide
  EXPECT_EQ(cascade::days_in_month(2000, 2), 29);
  EXPECT_EQ(cascade::days_in_month(2024, 12), 31);
}

// A until 14 February, B from the 15th: 14 days each in 2023 (28 days), 14 against 15 in 2024.
TEST(ServiceYear, LeapDayMovesTheMonthToTheOneWhoHasIt) {
  for (const auto& [year, owner] : {std::pair{2023, "A"}, std::pair{2024, "B"}}) {
    const std::string y = std::to_string(year);
    const std::vector<Holding> holdings{held(UnitId(0), "A", "2020-01-01", y + "-02-14"),
                                        held(UnitId(0), "B", y + "-02-15")};
    const std::vector<Server> servers = service_year(holdings, TransferRule::longest, year);
    ASSERT_EQ(servers.size(), 2U);
    EXPECT_EQ(servers[0].days[1], 14);
    EXPECT_EQ(servers[1].days[1], year == 2024 ? 15 : 14);
    EXPECT_EQ(servers[0].counted[1], std::string_view(owner) == "A") << year;  // a tie belongs to the earlier
    EXPECT_EQ(servers[1].counted[1], std::string_view(owner) == "B") << year;
  }
}

// A from 20 December 2023 to 16 January 2024, B from 18 January: nobody on the 17th.
TEST(ServiceYear, CrossesTheYearBorder) {
  const std::vector<Holding> holdings{held(UnitId(0), "A", "2023-12-20", "2024-01-16"),
                                      held(UnitId(0), "B", "2024-01-18")};
  const std::vector<Server> before = service_year(holdings, TransferRule::longest, 2023);
  ASSERT_EQ(before.size(), 2U);
  EXPECT_EQ(before[0].person, "A");
  EXPECT_EQ(before[0].days_in(1, 12), 12);  // 20..31 December
  EXPECT_TRUE(before[0].counted[11]);       // the only holder of that month
  EXPECT_EQ(before[1].person, "");
  EXPECT_EQ(before[1].months_in(1, 12), 11);
  EXPECT_EQ(before[1].days_in(1, 12), 365 - 12);

  const std::vector<Server> after = service_year(holdings, TransferRule::longest, 2024);
  ASSERT_EQ(after.size(), 3U);
  EXPECT_EQ(after[0].days[0], 16);
  EXPECT_EQ(after[1].days[0], 14);  // 18..31 January
  EXPECT_EQ(after[2].days[0], 1);
  EXPECT_EQ(after[0].months_in(1, 12), 1);
  EXPECT_EQ(after[1].months_in(1, 12), 11);
  EXPECT_EQ(after[2].months_in(1, 12), 0);
  EXPECT_EQ(after[0].days_in(1, 12) + after[1].days_in(1, 12) + after[2].days_in(1, 12), 366);
}

TEST(ServiceYear, RulesOfTransfer) {
  // 2026: A until 10 March, B from 20 March to 30 June, nobody after.
  const std::vector<Holding> holdings{held(UnitId(0), "A", "2025-01-01", "2026-03-10"),
                                      held(UnitId(0), "B", "2026-03-20", "2026-06-30")};
  const auto months = [&holdings](TransferRule rule) {
    std::vector<int> counts;
    for (const Server& server : service_year(holdings, rule, 2026)) {
      counts.push_back(server.months_in(1, 12));
    }
    return counts;
  };
  // March: A 10 days, B 12 days.
  EXPECT_EQ(months(TransferRule::longest), (std::vector<int>{2, 4, 6}));
  EXPECT_EQ(months(TransferRule::month_start), (std::vector<int>{3, 3, 6}));
  EXPECT_EQ(months(TransferRule::month_end), (std::vector<int>{2, 4, 6}));
  // Every month with a day: A January to March, B March to June, nobody March and July to December.
  EXPECT_EQ(months(TransferRule::daily), (std::vector<int>{3, 4, 7}));
}

TEST(ServiceYear, OnePersonWhoCameBackIsOne) {
  const std::vector<Holding> holdings{held(UnitId(0), "A", "2026-01-01", "2026-01-10"),
                                      held(UnitId(0), "B", "2026-01-11", "2026-01-22"),
                                      held(UnitId(0), "A", "2026-01-23")};
  const std::vector<Server> servers = service_year(holdings, TransferRule::longest, 2026);
  ASSERT_EQ(servers.size(), 2U);
  EXPECT_EQ(servers[0].days[0], 19);  // 10 + 9 against 12
  EXPECT_TRUE(servers[0].counted[0]);
}

TEST(ServiceYear, OfTwoAtOnceTheLaterTakesOver) {
  const std::vector<Holding> holdings{held(UnitId(0), "A", "2026-01-01"), held(UnitId(0), "B", "2026-05-01")};
  const std::vector<Server> servers = service_year(holdings, TransferRule::daily, 2026);
  ASSERT_EQ(servers.size(), 2U);
  EXPECT_EQ(servers[0].days_in(1, 12), 120);  // 31 + 28 + 31 + 30
  EXPECT_EQ(servers[1].days_in(1, 12), 245);
}

// ---- division -----------------------------------------------------------------------------------

std::vector<std::string> divided(std::string_view amount, std::string_view step, std::vector<int> weights) {
  std::vector<std::string> texts;
  for (const Decimal& part : cascade::divide_by_service(dec(amount), dec(step), weights)) {
    texts.push_back(part.to_string());
  }
  return texts;
}

TEST(DivideByService, LargestRemainderWithTiesToTheEarlier) {
  // 100 x 5/12 = 41 2/3, 100 x 4/12 = 33 1/3, 100 x 3/12 = 25: the step left goes to 2/3.
  EXPECT_EQ(divided("100", "1", {5, 4, 3}), (std::vector<std::string>{"42", "33", "25"}));
  EXPECT_EQ(divided("7", "1", {1, 1}), (std::vector<std::string>{"4", "3"}));
  EXPECT_EQ(divided("1.00", "0.25", {1, 2}), (std::vector<std::string>{"0.25", "0.75"}));  // 1 1/3 and 2 2/3 steps
  EXPECT_EQ(divided("-100", "1", {5, 4, 3}), (std::vector<std::string>{"-42", "-33", "-25"}));
  EXPECT_EQ(divided("0", "1", {5, 7}), (std::vector<std::string>{"0", "0"}));
}

TEST(DivideByService, AnAmountBetweenTheStepsIsDividedAtItsOwnDigits) {
  // 105 tenths in halves: 52.5 each.
  EXPECT_EQ(divided("10.5", "1", {6, 6}), (std::vector<std::string>{"5.3", "5.2"}));
}

TEST(DivideByService, LongestFiguresDoNotOverflow) {
  // 36 nines are 3 x 333...; in 366 days the same by remainders, which the sum proves.
  const std::string nines(36, '9'), threes(36, '3');
  EXPECT_EQ(divided(nines, "1", {1, 1, 1}), (std::vector<std::string>{threes, threes, threes}));
  std::optional<Decimal> sum = Decimal(0);
  for (const Decimal& part : cascade::divide_by_service(dec(nines), dec("1"), std::vector<int>{59, 183, 123})) {
    sum = Decimal::add(*sum, part);
  }
  EXPECT_EQ(sum->to_string(), nines);
}

}  // namespace service_year_test
}  // namespace jenjang
