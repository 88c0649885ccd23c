#include "engine/cascade/staff/service_year.h"

#include <algorithm>
#include <chrono>

namespace jenjang::cascade {
namespace {

// Days since 1970-01-01.
int serial(int year, int month, int day) {
  using namespace std::chrono;
  const year_month_day date(std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                            std::chrono::day(static_cast<unsigned>(day)));
  return static_cast<int>(sys_days(date).time_since_epoch().count());
}
int serial(const Date& date) {
  return serial(date.year, date.month, date.day);
}

struct Stay {
  std::size_t server = 0;
  int first = 0, last = 0;
};

// The stay that covers a day; none: nobody.
const Stay* on(const std::vector<Stay>& stays, int day) {
  const auto it =
      std::find_if(stays.begin(), stays.end(), [day](const Stay& s) { return s.first <= day && day <= s.last; });
  return it == stays.end() ? nullptr : &*it;
}

}  // namespace

int days_in_month(int year, int month) {
  return month == 12 ? 31 : serial(year, month + 1, 1) - serial(year, month, 1);
}

int Server::days_in(int first_month, int last_month) const {
  int sum = 0;
  for (int m = first_month; m <= last_month; ++m) {
    sum += days[static_cast<std::size_t>(m - 1)];
  }
  return sum;
}

int Server::months_in(int first_month, int last_month) const {
  int sum = 0;
  for (int m = first_month; m <= last_month; ++m) {
    sum += counted[static_cast<std::size_t>(m - 1)] ? 1 : 0;
  }
  return sum;
}

std::vector<Server> service_year(std::span<const Holding> holdings, TransferRule rule, int year) {
  std::vector<Server> servers;
  std::vector<Stay> stays;
  const int year_first = serial(year, 1, 1), year_last = serial(year, 12, 31);
  for (std::size_t i = 0; i < holdings.size(); ++i) {
    const Holding& holding = holdings[i];
    const int first = std::max(year_first, serial(holding.from));
    int last = holding.until ? std::min(year_last, serial(*holding.until)) : year_last;
    if (i + 1 < holdings.size()) {
      last = std::min(last, serial(holdings[i + 1].from) - 1);
    }
    if (first > last) {
      continue;
    }
    auto it = std::find_if(servers.begin(), servers.end(),
                           [&holding](const Server& server) { return server.person == holding.person; });
    if (it == servers.end()) {
      it = servers.insert(servers.end(), Server{holding.person, {}, {}});
    }
    stays.push_back({static_cast<std::size_t>(it - servers.begin()), first, last});
  }
  servers.push_back({});  // nobody
  for (int m = 1; m <= 12; ++m) {
    const auto at = static_cast<std::size_t>(m - 1);
    const int first = serial(year, m, 1), last = first + days_in_month(year, m) - 1;
    int held = 0;
    for (const Stay& stay : stays) {
      const int days = std::min(last, stay.last) - std::max(first, stay.first) + 1;
      if (days > 0) {
        servers[stay.server].days[at] += days;
        held += days;
      }
    }
    servers.back().days[at] = last - first + 1 - held;
    if (rule == TransferRule::daily) {
      for (Server& server : servers) {
        server.counted[at] = server.days[at] > 0;
      }
      continue;
    }
    std::size_t owner = servers.size() - 1;
    if (rule == TransferRule::longest) {
      for (std::size_t s = 0; s + 1 < servers.size(); ++s) {
        const bool longer =
            owner + 1 == servers.size() ? servers[s].days[at] > 0 : servers[s].days[at] > servers[owner].days[at];
        owner = longer ? s : owner;
      }
    } else if (const Stay* stay = on(stays, rule == TransferRule::month_start ? first : last)) {
      owner = stay->server;
    }
    servers[owner].counted[at] = true;
  }
  const Server& nobody = servers.back();
  if (nobody.days_in(1, 12) == 0 && nobody.months_in(1, 12) == 0) {
    servers.pop_back();
  }
  return servers;
}

}  // namespace jenjang::cascade
