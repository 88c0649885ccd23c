// Changes of the organisation: other names of units, where units stood before, and how long they live.
//
// Units are declared as they are called today, so changes are undone from the last to the first: the names in force
// before each one are known when its own words are looked up.
#include <algorithm>
#include <chrono>
#include <map>
#include <numeric>
#include <utility>

#include "jenjang/base/text.h"

#include "engine/plan/bind/bind_steps.h"

namespace jenjang {
namespace {

Date day_before(const Date& date) {
  using namespace std::chrono;
  const sys_days day =
      year(date.year) / month(static_cast<unsigned>(date.month)) / std::chrono::day(static_cast<unsigned>(date.day));
  const year_month_day before{day - days{1}};
  return {static_cast<int>(before.year()), static_cast<int>(static_cast<unsigned>(before.month())),
          static_cast<int>(static_cast<unsigned>(before.day()))};
}

class OrganisationBinder {
public:
  explicit OrganisationBinder(BindContext& bind) : bind_(bind) {
    for (std::size_t i = 0; i < bind.model.units.size(); ++i) {
      const auto id = UnitId::from_index(i);
      names_.emplace(bind.model.units[id].path, id);
    }
  }

  void run(const std::vector<PlanUnitChange>& written) {
    std::vector<std::size_t> order(written.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return written[a].since.value < written[b].since.value; });
    for (auto at = order.rbegin(); at != order.rend(); ++at) {
      const PlanUnitChange& change = written[*at];
      const bool named = change.kind == UnitChangeKind::rename || change.kind == UnitChangeKind::move;
      if (named) {
        undo_name(change);
      } else {
        divide(change);
      }
    }
    check_lives();
    std::vector<UnitChange>& changes = bind_.model.unit_changes;
    std::reverse(changes.begin(), changes.end());
    for (auto& [unit, parents] : bind_.former_parents) std::reverse(parents.begin(), parents.end());
    add_former_children();
    set_lives();
  }

private:
  struct Day {
    Date date;
    SourceSpan span;
  };

  std::optional<UnitId> find(const LocatedText& unit, const PlanUnitChange& change) {
    if (const auto found = names_.find(unit.value); found != names_.end()) return found->second;
    std::vector<std::string> known;
    known.reserve(names_.size());
    for (const auto& [name, id] : names_) known.push_back(name);
    bind_.sink.report(make_diagnostic(Code::J1565, unit.span)
                          .arg("unit", unit.value)
                          .arg("tanggal", change.since.value.to_string())
                          .suggest(nearest(unit.value, known).value_or("")));
    return std::nullopt;
  }

  void contradict(const LocatedText& unit, const Day& day, const Day& other) {
    bind_.sink.report(make_diagnostic(Code::J1567, unit.span)
                          .arg("unit", unit.value)
                          .arg("tanggal", day.date.to_string())
                          .arg("tanggal_lain", other.date.to_string())
                          .related(other.span, "perubahan yang lain", "the other change"));
  }

  void clash(const LocatedText& place, const std::string& path, UnitId a, UnitId b) {
    bind_.sink.report(make_diagnostic(Code::J1566, place.span)
                          .arg("unit", path)
                          .arg("unit_pertama", bind_.model.units[a].path)
                          .arg("unit_kedua", bind_.model.units[b].path)
                          .related(bind_.model.units[a].span, "unit pertama", "first unit")
                          .related(bind_.model.units[b].span, "unit kedua", "second unit"));
  }

  // The unit and all below it had other paths before.
  bool undo_paths(const LocatedText& old_path, const std::string& new_path) {
    std::vector<std::pair<std::string, UnitId>> moved;
    const std::string below = new_path + "/";
    if (const auto self = names_.find(new_path); self != names_.end()) moved.emplace_back(self->first, self->second);
    for (auto at = names_.lower_bound(below); at != names_.end() && at->first.starts_with(below); ++at) {
      moved.emplace_back(at->first, at->second);
    }
    for (const auto& [path, unit] : moved) names_.erase(path);
    bool good = true;
    for (const auto& [path, unit] : moved) {
      const std::string before = old_path.value + path.substr(new_path.size());
      const auto [there, is_new] = names_.emplace(before, unit);
      const auto known = bind_.model.units.find(before);
      if (!is_new) {
        clash(old_path, before, unit, there->second);
        good = false;
      } else if (!bind_.model.units.add_alias(before, unit)) {
        clash(old_path, before, unit, *known);
        good = false;
      }
    }
    return good;
  }

  void undo_name(const PlanUnitChange& written) {
    const LocatedText& before = written.from.front();
    const LocatedText& after = written.into.front();
    const auto unit = find(after, written);
    if (!unit) return;
    const Day day{written.since.value, written.span};
    const auto last = last_name_.find(unit->value());
    // Two names on one day say that one of them was never borne; so does a change into the same name.
    if ((last != last_name_.end() && last->second.date == day.date) || before.value == after.value) {
      contradict(before, day, last != last_name_.end() ? last->second : day);
      return;
    }
    last_name_.insert_or_assign(unit->value(), day);
    if (!undo_paths(before, after.value)) return;
    if (written.kind == UnitChangeKind::move) {
      const std::size_t slash = before.value.rfind('/');
      UnitId parent;
      if (slash != std::string::npos) {
        const auto found = find({before.value.substr(0, slash), before.span}, written);
        if (!found) return;
        parent = *found;
      }
      bind_.former_parents[unit->value()].push_back({parent, day_before(day.date)});
    }
    UnitChange change;
    change.kind = written.kind;
    change.since = day.date;
    change.from = change.into = {*unit};
    change.old_path = before.value;
    change.new_path = after.value;
    change.basis = written.basis;
    change.span = written.span;
    bind_.model.unit_changes.push_back(std::move(change));
    named_.push_back({*unit, before, day});
  }

  bool find_all(const std::vector<LocatedText>& units, const PlanUnitChange& written, std::vector<UnitId>& out) {
    bool good = true;
    for (const LocatedText& unit : units) {
      const auto found = find(unit, written);
      if (!found) {
        good = false;
      } else if (std::find(out.begin(), out.end(), *found) != out.end()) {
        contradict(unit, {written.since.value, unit.span}, {written.since.value, written.span});
        good = false;
      } else {
        out.push_back(*found);
      }
    }
    return good;
  }

  // A unit on both sides goes on living: part of it was given away, or others came to it.
  void divide(const PlanUnitChange& written) {
    UnitChange change;
    const bool found_from = find_all(written.from, written, change.from);
    if (!find_all(written.into, written, change.into) || !found_from) return;
    const auto note = [&](const std::vector<UnitId>& units, const std::vector<UnitId>& others,
                          const std::vector<LocatedText>& words, const Date& date, std::map<std::uint32_t, Day>& days) {
      for (std::size_t i = 0; i < units.size(); ++i) {
        if (std::find(others.begin(), others.end(), units[i]) != others.end()) continue;
        const auto [first, is_new] = days.emplace(units[i].value(), Day{date, written.span});
        if (!is_new) contradict(words[i], {written.since.value, written.span}, first->second);
      }
    };
    note(change.from, change.into, written.from, day_before(written.since.value), ends_);
    note(change.into, change.from, written.into, written.since.value, begins_);
    change.kind = written.kind;
    change.since = written.since.value;
    change.basis = written.basis;
    change.span = written.span;
    bind_.model.unit_changes.push_back(std::move(change));
  }

  void check_lives() {
    for (const auto& [unit, begin] : begins_) {
      const auto end = ends_.find(unit);
      if (end == ends_.end() || begin.date <= end->second.date) continue;
      const std::string path = bind_.model.units[UnitId::from_index(unit)].path;
      contradict({path, begin.span}, begin, end->second);
    }
    for (const Named& one : named_) {
      const auto begin = begins_.find(one.unit.value());
      const auto end = ends_.find(one.unit.value());
      if (begin != begins_.end() && one.day.date <= begin->second.date) contradict(one.name, one.day, begin->second);
      if (end != ends_.end() && end->second.date < one.day.date) contradict(one.name, one.day, end->second);
    }
  }

  void add_former_children() {
    std::vector<std::uint32_t> moved;
    moved.reserve(bind_.former_parents.size());
    for (const auto& [unit, parents] : bind_.former_parents) moved.push_back(unit);
    std::sort(moved.begin(), moved.end());
    for (const std::uint32_t unit : moved) {
      for (const FormerParent& former : bind_.former_parents[unit]) {
        if (!former.parent.valid()) continue;
        std::vector<UnitId>& children = bind_.unit_children[former.parent.index()];
        const UnitId id = UnitId::from_index(unit);
        if (std::find(children.begin(), children.end(), id) == children.end()) children.push_back(id);
      }
    }
  }

  // What is below a unit lives as long as it does, unless it moved away before.
  void set_lives() {
    UnitTable& units = bind_.model.units;
    if (begins_.empty() && ends_.empty()) return;
    const std::size_t most = units.size();
    for (std::size_t i = 0; i < most; ++i) {
      const auto id = UnitId::from_index(i);
      UnitId first = id;
      for (std::size_t steps = 0; first.valid() && steps < most; ++steps) {
        if (const auto begin = begins_.find(first.value()); begin != begins_.end()) {
          units.edit(id).since = begin->second.date;
          break;
        }
        const auto former = bind_.former_parents.find(first.value());
        first = former != bind_.former_parents.end() ? former->second.front().parent : units[first].parent;
      }
      UnitId last = id;
      for (std::size_t steps = 0; last.valid() && steps < most; ++steps) {
        if (const auto end = ends_.find(last.value()); end != ends_.end()) {
          units.edit(id).until = end->second.date;
          break;
        }
        last = units[last].parent;
      }
    }
  }

  struct Named {
    UnitId unit;
    LocatedText name;
    Day day;
  };

  BindContext& bind_;
  std::map<std::string, UnitId> names_;         // in force before the changes undone so far
  std::map<std::uint32_t, Day> begins_, ends_;  // first and last day, by unit
  std::map<std::uint32_t, Day> last_name_;      // the latest name change undone so far, by unit
  std::vector<Named> named_;
};

}  // namespace

void bind_organisation(BindContext& bind) {
  if (bind.plan.documents->unit_changes.empty()) return;
  OrganisationBinder(bind).run(bind.plan.documents->unit_changes);
}

bool BindContext::was_below(UnitId unit, UnitId ancestor) const {
  if (former_parents.empty()) return false;
  bool moved = false;
  std::vector<UnitId> open{unit};
  std::unordered_set<std::uint32_t> seen;
  bool found = false;
  while (!open.empty()) {
    const UnitId at = open.back();
    open.pop_back();
    if (!at.valid() || !seen.insert(at.value()).second) continue;
    found = found || (at == ancestor && at != unit);
    open.push_back(model.units[at].parent);
    const auto former = former_parents.find(at.value());
    if (former == former_parents.end()) continue;
    moved = true;
    for (const FormerParent& one : former->second) open.push_back(one.parent);
  }
  return moved && found;
}

}  // namespace jenjang
