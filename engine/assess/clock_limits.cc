// Where every limit of every item stands on a day.
#include <algorithm>
#include <array>
#include <set>

#include "jenjang/assess/clock.h"

namespace jenjang {

namespace {

template <class List>
bool holds(const List& list, std::string_view wanted) {
  return std::find(list.begin(), list.end(), wanted) != list.end();
}

struct Pauses {
  std::vector<DaySpan> ended;      // rising, disjoint
  std::optional<DayNumber> since;  // one that goes on
  [[nodiscard]] std::vector<DaySpan> until(DayNumber as_of) const {
    std::vector<DaySpan> all = ended;
    if (since && as_of > *since) all.push_back({*since, as_of});
    return all;
  }
};

// The stretches in which the item stands in a state that stops the clock. Resuming is like starting: with the first day
// left out the day of resuming does not count, otherwise it does. A day on which the item pauses counts as worked.
Pauses pauses_of(const PackClock& clock, const ItemHistory& item) {
  Pauses pauses;
  for (std::size_t i = 0; i < item.events.size(); ++i) {
    if (!holds(clock.pauses, item.events[i].state)) continue;
    DayNumber after = item.events[i].day;
    if (!pauses.ended.empty() && pauses.ended.back().until >= after) {
      after = pauses.ended.back().after;
      pauses.ended.pop_back();
    }
    if (i + 1 == item.events.size()) {
      pauses.since = after;
      break;
    }
    const DayNumber until = item.events[i + 1].day - (clock.counts_first_day ? 1 : 0);
    if (until > after) pauses.ended.push_back({after, until});
  }
  return pauses;
}

class LimitRun {
public:
  LimitRun(const PackClock& clock, const Workflow& flow, const HolidayCalendar& holidays, ClockResult& result,
           DiagnosticSink& sink)
      : clock_(clock), flow_(flow), calendar_(holidays, clock.joint_leave_is_off), result_(result), sink_(sink) {}

  void run(std::size_t index) {
    const ItemHistory& item = result_.items[index];
    const Pauses pauses = pauses_of(clock_, item);
    for (std::size_t i = 0; i < clock_.limits.size(); ++i) {
      const ClockLimit& limit = clock_.limits[i];
      if (!limit.item_class.empty() && limit.item_class != item.item_class) continue;
      const auto start = std::find_if(item.events.begin(), item.events.end(),
                                      [&](const ItemEvent& event) { return event.state == limit.from; });
      if (start == item.events.end()) continue;
      LimitOutcome outcome;
      outcome.item = index;
      outcome.limit = i;
      outcome.start = start->day;
      const auto stop = std::find_if(start + 1, item.events.end(),
                                     [&](const ItemEvent& event) { return holds(limit.until, event.state); });
      const bool stopped = stop != item.events.end();
      if (stopped) outcome.stop = stop->day;
      // The event before the stop names who had the item in hand; the stop itself may name who gets it next.
      outcome.unit = (stopped ? stop - 1 : item.events.end() - 1)->unit;
      judge(limit, item, pauses, outcome);
      result_.outcomes.push_back(std::move(outcome));
    }
  }

private:
  void judge(const ClockLimit& limit, const ItemHistory& item, const Pauses& pauses, LimitOutcome& outcome) {
    const WorkflowState* last = flow_.find(item.events.back().state);
    outcome.unverified = limit.unverified || clock_.unverified;
    if (!outcome.stop && last != nullptr && last->void_state) {
      outcome.state = LimitState::abandoned;
      return;
    }
    const DayNumber until = outcome.stop.value_or(result_.as_of);
    const DayNumber before = clock_.counts_first_day ? outcome.start - 1 : outcome.start;
    const std::vector<DaySpan> stood = pauses.until(until);
    outcome.elapsed = counted(calendar_.between(before, until, stood), item);
    const std::optional<DayNumber> deadline =
        counted(calendar_.nth_after(before, limit.working_days, pauses.ended), item);
    if (!deadline) {
      outcome.state = LimitState::uncounted;
      return;
    }
    // Under a pause that goes on the deadline moves every day, unless it had come before the pause began.
    const bool paused = !outcome.stop && pauses.since && *deadline > *pauses.since;
    if (paused) {
      outcome.state = LimitState::paused;
      return;
    }
    outcome.deadline = deadline;
    const bool passed = until > *deadline;
    if (passed) outcome.beyond = counted(calendar_.between(*deadline, until, stood), item);
    outcome.unverified = outcome.unverified || calendar_.is_unverified(before, std::max(until, *deadline));
    if (outcome.stop) {
      outcome.state = passed ? LimitState::late : LimitState::met;
    } else {
      outcome.state = passed ? LimitState::overdue : LimitState::running;
    }
  }

  template <class T>
  std::optional<T> counted(const Counted<T>& count, const ItemHistory& item) {
    if (!count.value && told_.insert(count.unlisted_year).second) {
      sink_.report(make_diagnostic(Code::J3161, item.events.front().span)
                       .arg("kalender", clock_.calendar)
                       .arg("tahun", std::to_string(count.unlisted_year)));
    }
    return count.value;
  }

  const PackClock& clock_;
  const Workflow& flow_;
  WorkCalendar calendar_;
  ClockResult& result_;
  DiagnosticSink& sink_;
  std::set<int> told_;
};

}  // namespace

std::string_view to_string(LimitState state) {
  constexpr std::array<std::string_view, 7> kWords{"tepat",    "terlambat", "berjalan",       "lewat",
                                                   "berhenti", "gugur",     "tidak-terhitung"};
  return kWords[static_cast<std::size_t>(state)];
}

ClockResult run_clock(const PackClock& clock, const Workflow& workflow, const HolidayCalendar& holidays,
                      const std::vector<ItemHistory>& items, const Date& as_of, DiagnosticSink& sink) {
  ClockResult result;
  result.as_of = day_number(as_of);
  for (const ItemHistory& item : items) {
    ItemHistory known{item.number, item.item_class, {}};
    for (const ItemEvent& event : item.events) {
      if (event.day <= result.as_of) known.events.push_back(event);
    }
    if (!known.events.empty()) result.items.push_back(std::move(known));
  }
  LimitRun run(clock, workflow, holidays, result, sink);
  for (std::size_t i = 0; i < result.items.size(); ++i) run.run(i);
  return result;
}

}  // namespace jenjang
