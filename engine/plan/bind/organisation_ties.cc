// When formula edges hold: while both units live, and while the one stands below the other.
#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "engine/plan/bind/bind_steps.h"

namespace jenjang {
namespace {

constexpr Date kEver{1900, 1, 1};
constexpr Date kForever{2199, 12, 31};

struct Days {
  Date from = kEver, until = kForever;
  [[nodiscard]] bool empty() const { return until < from; }
};

Days both(const Days& a, const Days& b) {
  return {std::max(a.from, b.from), std::min(a.until, b.until)};
}

Days life_of(const OrgUnit& unit) {
  return {unit.since.value_or(kEver), unit.until.value_or(kForever)};
}

int days_in(int year, int month) {
  constexpr std::array<int, 12> kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return kDays[static_cast<std::size_t>(month) - 1] + (month == 2 && leap ? 1 : 0);
}

Period month_of(const Date& date) {
  return Period(date.year, Granularity::month, date.month);
}

Period month_before(const Period& month) {
  return month.index() > 1 ? Period(month.year(), Granularity::month, month.index() - 1)
                           : Period(std::max(month.year() - 1, kEver.year), Granularity::month, 12);
}

class TieDater {
public:
  explicit TieDater(BindContext& bind) : bind_(bind), model_(bind.model) {}

  void run() {
    std::vector<DatedTie> dated;
    for (std::size_t n = 0; n < model_.node_count(); ++n) {
      const NodeId parent = NodeId::from_index(n);
      const auto children = model_.graph.children(parent);
      const std::size_t first = model_.graph.formula_first_edge(parent).index();
      for (std::size_t i = 0; i < children.size(); ++i) date_edge(first + i, parent, children[i], dated);
    }
    std::stable_sort(dated.begin(), dated.end(), [](const DatedTie& a, const DatedTie& b) {
      return a.edge != b.edge ? a.edge < b.edge : a.from < b.from;
    });
    model_.dated_ties = std::move(dated);
  }

private:
  // The day after each former parent's last begins the next one's time.
  std::vector<std::pair<UnitId, Days>> parents_of(UnitId unit) const {
    std::vector<std::pair<UnitId, Days>> parents;
    Date from = kEver;
    if (const auto former = bind_.former_parents.find(unit.value()); former != bind_.former_parents.end()) {
      for (const FormerParent& one : former->second) {
        parents.push_back({one.parent, {from, one.until}});
        from = day_after(one.until);
      }
    }
    parents.push_back({model_.units[unit].parent, {from, kForever}});
    return parents;
  }

  static Date day_after(const Date& date) {
    if (date.day < days_in(date.year, date.month)) return {date.year, date.month, date.day + 1};
    if (date.month < 12) return {date.year, date.month + 1, 1};
    return {date.year + 1, 1, 1};
  }

  // When `unit` stood below `ancestor`; steps end a ring that a mistake made.
  void add_times_below(UnitId unit, UnitId ancestor, const Days& within, std::size_t steps, std::vector<Days>& out) {
    if (steps > model_.units.size()) return;
    for (const auto& [parent, days] : parents_of(unit)) {
      const Days time = both(days, within);
      if (!parent.valid() || time.empty()) continue;
      if (parent == ancestor) {
        out.push_back(time);
      } else {
        add_times_below(parent, ancestor, time, steps + 1, out);
      }
    }
  }

  // What every month adds to counts from every month; a level is that of the last.
  bool is_flow(NodeId node) const {
    const MeasureSpec& spec = model_.item(node).spec;
    if (spec.aggregation != Aggregation::ratio) {
      return spec.accumulation == Accumulation::increments || spec.accumulation == Accumulation::cumulative;
    }
    const auto children = model_.graph.children(node);
    return std::all_of(children.begin(), children.end(), [&](NodeId child) { return is_flow(child); });
  }

  void date_edge(std::size_t edge, NodeId parent, NodeId child, std::vector<DatedTie>& out) {
    const UnitId above = model_.node_unit[parent.index()];
    const UnitId below = model_.node_unit[child.index()];
    std::vector<Days> times{Days{}};
    bool moved = false;
    if (above != below && bind_.was_below(below, above)) {
      times.clear();
      add_times_below(below, above, Days{}, 0, times);
      std::sort(times.begin(), times.end(), [](const Days& a, const Days& b) { return a.from < b.from; });
      times = joined(times);
      moved = times.size() != 1 || times.front().from != kEver || times.front().until != kForever;
    }
    const Days life = both(life_of(model_.units[above]), life_of(model_.units[below]));
    const bool always = !moved && life.from == kEver && life.until == kForever;
    const auto weighted = model_.dates_of(edge);
    if (always) {
      out.insert(out.end(), weighted.begin(), weighted.end());
      return;
    }
    const bool at_end = moved || !is_flow(child);
    std::vector<DatedTie> whole;
    if (weighted.empty()) {
      const FormulaEdge& tie = model_.formula_edges[edge];
      whole.push_back(
          {static_cast<std::uint32_t>(edge), month_of(kEver), month_of(kForever), tie.weight, tie.span, false});
    } else {
      whole.assign(weighted.begin(), weighted.end());
    }
    const std::size_t before = out.size();
    for (const Days& time : times) {
      for (const DatedTie& tie : whole) add_span(both(time, life), tie, at_end, out);
    }
    if (out.size() > before) return;
    // An edge without dates holds always, so one that never does says so by a span without a month.
    DatedTie never = whole.front();
    never.from = month_of(kForever);
    never.until = month_of(kEver);
    out.push_back(never);
  }

  // Times that follow each other without a gap are one.
  static std::vector<Days> joined(const std::vector<Days>& times) {
    std::vector<Days> out;
    for (const Days& time : times) {
      if (!out.empty() && out.back().until < kForever && day_after(out.back().until) == time.from) {
        out.back().until = time.until;
      } else {
        out.push_back(time);
      }
    }
    return out;
  }

  // A month within which the order changes belongs to the order at its end, except that both sides of a flow count.
  static void add_span(const Days& days, DatedTie tie, bool at_end, std::vector<DatedTie>& out) {
    if (days.empty()) return;
    Period until = month_of(days.until);
    if (at_end && days.until.day < days_in(days.until.year, days.until.month)) until = month_before(until);
    tie.from = std::max(tie.from, month_of(days.from));
    tie.until = std::min(tie.until, until);
    tie.at_end = at_end;
    if (tie.from <= tie.until) out.push_back(tie);
  }

  BindContext& bind_;
  Model& model_;
};

void check_targets(BindContext& bind) {
  const Model& model = bind.model;
  for (std::size_t n = 0; n < model.node_count(); ++n) {
    const NodeId node = NodeId::from_index(n);
    const OrgUnit& unit = model.unit(node);
    if (!unit.since && !unit.until) continue;
    for (const Statement& statement : model.statements_of(node)) {
      if (unit.exists_in(statement.period)) continue;
      bind.sink.report(make_diagnostic(Code::J1570, statement.span)
                           .arg("alamat", model.address(node))
                           .arg("periode", statement.period.to_string())
                           .arg("masa", unit.life()));
    }
  }
}

}  // namespace

void date_by_organisation(BindContext& bind) {
  if (bind.model.unit_changes.empty()) return;
  TieDater(bind).run();
  check_targets(bind);
}

}  // namespace jenjang
