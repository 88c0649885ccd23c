// The unit table: parents resolved, governments found, attributes attached.
#include <algorithm>
#include <utility>

#include "jenjang/base/text.h"

#include "engine/base/large_pages.h"
#include "engine/plan/bind/bind_steps.h"

namespace jenjang {
namespace {

// Parent path: as stated, else the path without its last part; a government without one is a root.
std::string_view parent_path(const PlanUnit& unit) {
  if (unit.parent) return unit.parent->value;
  const std::string_view path = unit.path.value;
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

OrgUnit make_unit(const PlanUnit& written) {
  OrgUnit unit;
  unit.path = written.path.value;
  unit.name = written.name.empty() ? written.path.value : written.name;
  unit.kind = written.kind;
  unit.is_government = unit.path.find('/') == std::string_view::npos;
  unit.bps_code = written.bps_code;
  unit.cluster = written.cluster;
  unit.span = written.path.span;
  unit.attributes = written.attributes;
  unit.labels = written.classes;
  return unit;
}

// True when following the parents from `unit` comes back to it.
bool runs_in_circle(const UnitTable& units, UnitId unit) {
  std::size_t steps = 0;
  for (UnitId up = units[unit].parent; up.valid(); up = units[up].parent) {
    if (up == unit || ++steps > units.size()) return true;
  }
  return false;
}

void report_parent(BindContext& bind, const PlanUnit& unit, std::string_view parent, std::string_view near) {
  bind.sink.report(make_diagnostic(Code::J1506, unit.parent ? unit.parent->span : unit.path.span)
                       .arg("unit", unit.path.value)
                       .arg("induk", parent)
                       .suggest(near));
}

// The nearest government at or above a unit; the topmost unit when there is none.
UnitId government_of(const UnitTable& units, UnitId unit) {
  UnitId at = unit;
  while (!units[at].is_government && units[at].parent.valid()) at = units[at].parent;
  return at;
}

}  // namespace

void bind_units(BindContext& bind) {
  UnitTable& units = bind.model.units;
  std::vector<const PlanUnit*> source;
  std::size_t count = 0;
  for (const auto& list : bind.plan.documents->units) count += list.size();
  units.reserve(count);
  units.share(bind.plan.documents->kept);
  reserve_large(source, count);
  for (const std::vector<PlanUnit>& list : bind.plan.documents->units) {
    constexpr std::size_t kAhead = 16;
    for (std::size_t i = 0; i < list.size(); ++i) {
      if (i + kAhead < list.size()) units.prefetch(list[i + kAhead].path.value);
      const PlanUnit& written = list[i];
      const auto [unit, is_new] = units.insert(make_unit(written));
      if (is_new) {
        source.push_back(&written);
        continue;
      }
      bind.sink.report(make_diagnostic(Code::J1504, written.path.span)
                           .arg("apa", "unit")
                           .arg("kode", written.path.value)
                           .related(units[unit].span, "pertama di sini", "first here"));
    }
  }
  // Measures of governments come on top of one for each unit below.
  bind.expect(count + count / 4);
  UnitId last;
  for (std::size_t i = 0; i < source.size(); ++i) {
    const std::string_view parent = parent_path(*source[i]);
    if (parent.empty()) continue;
    // Rows of one parent mostly stand together.
    if (!last.valid() || units[last].path != parent) last = units.find(parent).value_or(UnitId());
    if (last.valid()) {
      units.edit(UnitId::from_index(i)).parent = last;
    } else {
      report_parent(bind, *source[i], parent, nearest(parent, units.paths()).value_or(""));
    }
  }
  for (std::size_t i = 0; i < source.size(); ++i) {
    if (!runs_in_circle(units, UnitId::from_index(i))) continue;
    units.edit(UnitId::from_index(i)).parent = UnitId();
    report_parent(bind, *source[i], parent_path(*source[i]), "");
  }
  reserve_large(bind.unit_children, units.size());
  bind.unit_children.resize(units.size());
  for (std::size_t i = 0; i < source.size(); ++i) {
    const auto id = UnitId::from_index(i);
    if (units[id].parent.valid()) bind.unit_children[units[id].parent.index()].push_back(id);
    units.edit(id).government = government_of(units, id);
  }
}

}  // namespace jenjang
