// Rates over items. Every count is whole and every mean a fraction; printing rounds, nothing else does.
#include <algorithm>
#include <set>

#include "jenjang/assess/clock.h"

namespace jenjang {

namespace {

template <class List>
bool holds(const List& list, std::string_view wanted) {
  return std::find(list.begin(), list.end(), wanted) != list.end();
}

Period month_of(DayNumber day) {
  const Date date = date_of(day);
  return Period(date.year, Granularity::month, date.month);
}

bool is_limit_rate(RateKind kind) {
  return kind == RateKind::in_time || kind == RateKind::mean_days || kind == RateKind::overdue;
}

class RateMaker {
public:
  RateMaker(const PackClock& clock, const ClockResult& result, const RateGrouping& grouping)
      : clock_(clock), result_(result), grouping_(grouping) {
    for (const ItemHistory& item : result.items) month_.push_back(month_of(item.events.front().day));
  }

  std::vector<RateFigure> make() {
    std::vector<RateFigure> all;
    for (std::size_t i = 0; i < clock_.rates.size(); ++i) {
      for (const std::string& unit : units_of(clock_.rates[i])) {
        for (const Period& period : periods()) add(i, unit, period, all);
      }
    }
    return all;
  }

private:
  // Invalid: everything that is asked for.
  [[nodiscard]] std::vector<Period> periods() const {
    std::vector<Period> list{Period()};
    if (!grouping_.every) return list;
    std::set<Period> found;
    for (const Period& month : month_) {
      if (wanted(month)) found.insert(month.enclosing(*grouping_.every));
    }
    list.insert(list.end(), found.begin(), found.end());
    return list;
  }

  // Empty: all of them together. Limits belong to whom they ran against, states to who has the item.
  [[nodiscard]] std::vector<std::string> units_of(const ClockRate& rate) const {
    std::vector<std::string> list{std::string()};
    if (!grouping_.by_unit) return list;
    std::set<std::string> found;
    if (is_limit_rate(rate.kind)) {
      for (const LimitOutcome& outcome : result_.outcomes) {
        if (holds(rate.limits, clock_.limits[outcome.limit].code)) found.insert(outcome.unit);
      }
    } else {
      for (std::size_t i = 0; i < result_.items.size(); ++i) found.insert(result_.last(i).unit);
    }
    list.insert(list.end(), found.begin(), found.end());
    return list;
  }

  [[nodiscard]] bool wanted(const Period& month) const { return !grouping_.only || grouping_.only->contains(month); }
  [[nodiscard]] bool falls(std::size_t item, const Period& period) const {
    return wanted(month_[item]) && (!period.valid() || period.contains(month_[item]));
  }

  void add(std::size_t rate_index, const std::string& unit, const Period& period, std::vector<RateFigure>& all) {
    const ClockRate& rate = clock_.rates[rate_index];
    RateFigure figure;
    figure.rate = rate_index;
    figure.unit = unit;
    figure.period = period;
    figure.unverified = rate.unverified || clock_.unverified;
    if (is_limit_rate(rate.kind)) {
      count_limits(rate, figure);
    } else if (rate.kind == RateKind::mean_figure) {
      count_figures(figure);
    } else {
      count_states(rate, figure, all);
      return;
    }
    all.push_back(finished(rate, std::move(figure)));
  }

  void count_limits(const ClockRate& rate, RateFigure& figure) {
    std::int64_t stopped = 0, in_time = 0, days = 0;
    std::set<std::size_t> overdue;  // an item beyond two limits is one item
    for (const LimitOutcome& outcome : result_.outcomes) {
      if (!holds(rate.limits, clock_.limits[outcome.limit].code) || !falls(outcome.item, figure.period)) continue;
      if (!figure.unit.empty() && outcome.unit != figure.unit) continue;
      if (outcome.state == LimitState::overdue) overdue.insert(outcome.item);
      if (outcome.state != LimitState::met && outcome.state != LimitState::late) continue;
      figure.unverified = figure.unverified || outcome.unverified;
      // Stopped in a year without a list of holidays: late for certain, but after how many days nobody can say.
      if (rate.kind == RateKind::mean_days && !outcome.elapsed) continue;
      ++stopped;
      if (outcome.state == LimitState::met) ++in_time;
      days += outcome.elapsed.value_or(0);
    }
    if (rate.kind == RateKind::overdue) {
      figure.over = Rational(static_cast<std::int64_t>(overdue.size()));
      return;
    }
    figure.over = Rational(rate.kind == RateKind::mean_days ? days : in_time);
    figure.all = Rational(stopped);
  }

  void count_figures(RateFigure& figure) {
    std::int64_t count = 0;
    for (std::size_t i = 0; i < result_.items.size(); ++i) {
      if (!counts(i, figure)) continue;
      const auto& events = result_.items[i].events;
      const auto last = std::find_if(events.rbegin(), events.rend(), [](const auto& one) { return one.figure; });
      if (last == events.rend()) continue;
      figure.over += Rational(*last->figure);
      ++count;
    }
    figure.all = Rational(count);
  }

  void count_states(const ClockRate& rate, const RateFigure& empty, std::vector<RateFigure>& all) {
    const auto number_in = [&](const std::vector<std::string>& states) {
      std::int64_t count = 0;
      for (std::size_t i = 0; i < result_.items.size(); ++i) {
        if (counts(i, empty) && holds(states, result_.last(i).state)) ++count;
      }
      return Rational(count);
    };
    RateFigure figure = empty;
    figure.over = number_in(rate.numerator);
    if (rate.kind == RateKind::count) {
      all.push_back(finished(rate, std::move(figure)));
      return;
    }
    std::vector<std::string> denominators{rate.denominator};
    denominators.insert(denominators.end(), rate.beside.begin(), rate.beside.end());
    for (const std::string& code : denominators) {
      RateFigure one = figure;
      one.denominator = code;
      one.stated = code == rate.denominator;
      one.all = number_in(clock_.denominator(code)->states);
      one.unverified = one.unverified || clock_.denominator(code)->unverified;
      all.push_back(finished(rate, std::move(one)));
    }
  }

  [[nodiscard]] bool counts(std::size_t item, const RateFigure& figure) const {
    return falls(item, figure.period) && (figure.unit.empty() || result_.last(item).unit == figure.unit);
  }

  static RateFigure finished(const ClockRate& rate, RateFigure figure) {
    const bool percent = rate.kind == RateKind::share || rate.kind == RateKind::in_time;
    if (!figure.all) {
      figure.value = figure.over;
    } else if (!figure.all->is_zero()) {
      figure.value = figure.over * Rational(percent ? 100 : 1) / *figure.all;
    }
    return figure;
  }

  const PackClock& clock_;
  const ClockResult& result_;
  const RateGrouping& grouping_;
  std::vector<Period> month_;  // of receipt, by item
};

}  // namespace

std::vector<RateFigure> clock_rates(const PackClock& clock, const ClockResult& result, const RateGrouping& grouping) {
  return RateMaker(clock, result, grouping).make();
}

}  // namespace jenjang
