#include "jenjang/measure/org_unit.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <utility>

#include "engine/base/large_pages.h"

namespace jenjang {
namespace {

constexpr std::array<std::string_view, 4> kUnitChange{"ganti-nama", "pindah", "pecah", "gabung"};
std::uint32_t hash_of(std::string_view path) {
  const std::size_t hash = TextHash{}(path);
  return static_cast<std::uint32_t>(hash ^ (hash >> 32));
}

static_assert(kUnitChange.size() == static_cast<std::size_t>(UnitChangeKind::merge) + 1);

}  // namespace

std::span<const std::string_view> unit_change_words() {
  return kUnitChange;
}

const UnitAttribute* OrgUnit::attribute(std::string_view name_of) const {
  const auto found = std::ranges::find(attributes, name_of, &UnitAttribute::name);
  return found == attributes.end() ? nullptr : &*found;
}

const UnitLabel* OrgUnit::label(std::string_view name_of) const {
  const auto found = std::ranges::find(labels, name_of, &UnitLabel::name);
  return found == labels.end() ? nullptr : &*found;
}

bool OrgUnit::exists_in(Period period) const {
  const auto month_of = [](const Date& day) { return std::pair(day.year, day.month); };
  // A period is made of whole months, and a unit that exists on a day of a month exists in that month.
  if (since && std::pair(period.year(), period.last_month()) < month_of(*since)) return false;
  return !until || month_of(*until) >= std::pair(period.year(), period.first_month());
}

std::string OrgUnit::life() const {
  return (since ? since->to_string() + " " : std::string()) + ".." + (until ? " " + until->to_string() : std::string());
}

void UnitTable::reserve(std::size_t units) {
  reserve_large(units_, units);
  if (2 * units > slots_.size()) make_slots(units);
}

std::size_t UnitTable::slot_of(std::string_view path, std::uint32_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash & mask;
  while (slots_[at].unit.valid() && (slots_[at].hash != hash || units_[slots_[at].unit.index()].path != path)) {
    at = (at + 1) & mask;
  }
  return at;
}

void UnitTable::make_slots(std::size_t units) {
  std::size_t size = 16;
  while (size < 2 * units) size *= 2;
  slots_ = std::vector<Slot>();
  reserve_large(slots_, size);
  slots_.resize(size);
  for (std::size_t i = 0; i < units_.size(); ++i) {
    const std::uint32_t hash = hash_of(units_[i].path);
    slots_[slot_of(units_[i].path, hash)] = {hash, UnitId::from_index(i)};
  }
}

KeptText UnitTable::keep_word(std::string_view word, KeptText near) {
  if (word == near) return near;
  const auto known = words_.find(word);
  return known != words_.end() ? *known : *words_.insert(kept_.keep(word)).first;
}

UnitId UnitTable::add(OrgUnit unit) {
  const auto [id, is_new] = insert(unit);
  assert(is_new);
  static_cast<void>(is_new);
  return id;
}

void UnitTable::prefetch(std::string_view path) const {
  if (!slots_.empty()) __builtin_prefetch(&slots_[hash_of(path) & (slots_.size() - 1)], 1);
}

std::pair<UnitId, bool> UnitTable::insert(OrgUnit unit) {
  if (2 * (units_.size() + 1) > slots_.size()) make_slots(units_.size() + 1);
  const std::uint32_t hash = hash_of(unit.path);
  Slot& slot = slots_[slot_of(unit.path, hash)];
  if (slot.unit.valid()) return {slot.unit, false};
  const UnitId id = UnitId::from_index(units_.size());
  slot = {hash, id};
  if (!unit.government.valid()) {
    if (unit.is_government) {
      unit.government = id;
    } else if (unit.parent.valid() && unit.parent.index() < units_.size()) {
      unit.government = units_[unit.parent.index()].government;
    }
  }
  const bool named_by_path = unit.name == unit.path;
  unit.path = kept_.keep(unit.path);
  unit.name = named_by_path ? unit.path : kept_.keep(unit.name);
  // Rows of a roster are mostly of one kind.
  unit.kind = keep_word(unit.kind, units_.empty() ? KeptText() : units_.back().kind);
  unit.cluster = keep_word(unit.cluster);
  unit.bps_code = kept_.keep(unit.bps_code);
  if (!unit.bps_code.empty()) by_bps_.emplace(unit.bps_code, id);
  make_room(units_);
  units_.push_back(unit);
  return {id, true};
}

std::optional<UnitId> UnitTable::find(std::string_view path) const {
  if (!slots_.empty()) {
    const UnitId unit = slots_[slot_of(path, hash_of(path))].unit;
    if (unit.valid()) return unit;
  }
  if (aliases_.empty()) return std::nullopt;
  const auto it = aliases_.find(path);
  return it == aliases_.end() ? std::nullopt : std::optional(it->second);
}

bool UnitTable::add_alias(std::string path, UnitId unit) {
  if (const std::optional<UnitId> known = find(path)) return *known == unit;
  aliases_.emplace(std::move(path), unit);
  return true;
}

std::optional<UnitId> UnitTable::find_bps(std::string_view code) const {
  const auto it = by_bps_.find(code);
  return it == by_bps_.end() ? std::nullopt : std::optional(it->second);
}

bool UnitTable::is_below(UnitId unit, UnitId ancestor) const {
  if (!unit.valid() || !ancestor.valid()) return false;
  UnitId at = units_[unit.index()].parent;
  // A roster may name parents in a ring by mistake; no honest chain is longer than the table.
  for (std::size_t steps = 0; at.valid() && steps < units_.size(); ++steps) {
    if (at == ancestor) return true;
    at = units_[at.index()].parent;
  }
  return false;
}

std::vector<UnitId> UnitTable::below(UnitId ancestor, std::string_view kind) const {
  std::vector<UnitId> found;
  for (std::size_t i = 0; i < units_.size(); ++i) {
    const UnitId id = UnitId::from_index(i);
    if (units_[i].kind == kind && is_below(id, ancestor)) found.push_back(id);
  }
  return found;
}

std::vector<std::string> UnitTable::paths() const {
  std::vector<std::string> all;
  all.reserve(units_.size());
  for (const OrgUnit& unit : units_) all.emplace_back(unit.path);
  return all;
}

}  // namespace jenjang
