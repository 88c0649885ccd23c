// Who served at one position in one year, month by month.
#pragma once

#include <array>
#include <span>
#include <string_view>
#include <vector>

#include "jenjang/measure/holding.h"

namespace jenjang::cascade {

int days_in_month(int year, int month);

struct Server {
  std::string_view person;         // empty: nobody
  std::array<int, 12> days{};      // on which he held the position
  std::array<bool, 12> counted{};  // months that count as his by the transfer rule

  [[nodiscard]] int days_in(int first_month, int last_month) const;
  [[nodiscard]] int months_in(int first_month, int last_month) const;
};

// Persons in the order of their first day, nobody last; only those with a day of the year. `holdings` are those of
// one position by first day. Where two overlap (an error of the plan) the later one takes over.
std::vector<Server> service_year(std::span<const Holding> holdings, TransferRule rule, int year);

}  // namespace jenjang::cascade
