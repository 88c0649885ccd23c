// Org units: governments, agencies, fields, positions; a tree of paths with attributes.
//
// Path: "64" (a government, Kemendagri code), "64.72" (a kota of it), "64/dlh" (an agency),
// "64/dlh/penaatan/jf-1" (a position). A unit's government is its nearest ancestor-or-self that
// is one. Attributes are exact decimals with the place they came from.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "jenjang/base/arena.h"
#include "jenjang/base/decimal.h"
#include "jenjang/base/source_map.h"
#include "jenjang/base/strong_id.h"
#include "jenjang/measure/period.h"

namespace jenjang {

using UnitId = StrongId<struct UnitTag>;

struct UnitAttribute {
  KeptText name;
  Decimal value;
  SourceSpan span;
  bool illustrative = false;
};
// A word by which units are grouped (kelas: besar).
struct UnitLabel {
  KeptText name, word;
};

// A roster makes one for each of its rows, so it holds no memory of its own: texts and lists stand in the table's
// arena.
struct OrgUnit {
  KeptText path;
  KeptText name;
  KeptText kind;      // provinsi kabkota opd bidang seksi jabatan orang ... (open list)
  UnitId parent;      // invalid for a root
  UnitId government;  // itself when is_government
  SourceSpan span;
  std::span<const UnitAttribute> attributes;  // by name, none twice
  std::span<const UnitLabel> labels;          // likewise
  KeptText bps_code;                          // "6403"; empty when not stated
  KeptText cluster;                           // klaster for pack gates; empty when not stated
  std::optional<Date> since, until;           // first and last day it exists; empty: open
  bool is_government = false;

  // nullptr when the unit has none of that name. Units have a handful.
  [[nodiscard]] const UnitAttribute* attribute(std::string_view name_of) const;
  [[nodiscard]] const UnitLabel* label(std::string_view name_of) const;
  // True when it exists on some day of the period.
  [[nodiscard]] bool exists_in(Period period) const;
  [[nodiscard]] std::string life() const;  // "2025-01-01 ..", ".. 2024-12-31", ".." for always
};

// A change of the organisation (perubahan_organisasi). A unit that is renamed or moved stays one unit, so its history
// stays attached, and the table finds it by either path; units that split or merge are different units, tied by this.
enum class UnitChangeKind : std::uint8_t { rename, move, split, merge };  // ganti-nama, pindah, pecah, gabung
struct UnitChange {
  UnitChangeKind kind = UnitChangeKind::rename;
  Date since;                      // first day of the new order
  std::vector<UnitId> from, into;  // rename and move: one and the same unit
  std::string old_path, new_path;  // rename and move
  std::string basis;               // dasar: the regulation that made it
  SourceSpan span;
};
std::span<const std::string_view> unit_change_words();  // ganti-nama pindah pecah gabung
inline std::string_view to_string(UnitChangeKind x) {
  return unit_change_words()[static_cast<std::size_t>(x)];
}

// Hash that lets a table of strings be asked with a string_view, without a copy.
struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>{}(text); }
};

class UnitTable {
public:
  void reserve(std::size_t units);
  // Path must be new. Keeps copies of the texts, not of the lists: those must stand in an arena that was shared before.
  // Sets `government` when it is not given: the unit itself, or its parent's.
  UnitId add(OrgUnit unit);
  // As `add`, where the path may be that of another unit: then its id and false, and nothing is added.
  std::pair<UnitId, bool> insert(OrgUnit unit);
  // What the arena keeps so far lives as long as the table and its copies.
  void share(const Arena& arena) { kept_.share(arena); }
  // Has the processor fetch what `insert` of that path will look at.
  void prefetch(std::string_view path) const;
  [[nodiscard]] std::size_t size() const { return units_.size(); }
  [[nodiscard]] const OrgUnit& operator[](UnitId id) const { return units_[id.index()]; }
  // Anything but path and bps_code, which are indexed. Texts and lists set here are not copied, so they must outlive
  // the table.
  OrgUnit& edit(UnitId id) { return units_[id.index()]; }
  [[nodiscard]] std::optional<UnitId> find(std::string_view path) const;
  // Another path of the same unit (its name before or after a change). False when the path is taken by another unit.
  bool add_alias(std::string path, UnitId unit);
  // By the statistics office's code: never the same table as Kemendagri's (6402 is not 64.02).
  [[nodiscard]] std::optional<UnitId> find_bps(std::string_view code) const;
  [[nodiscard]] bool is_below(UnitId unit, UnitId ancestor) const;  // strictly below
  // All units strictly below `ancestor` with that kind, in table order. One pass over the table.
  [[nodiscard]] std::vector<UnitId> below(UnitId ancestor, std::string_view kind) const;
  [[nodiscard]] std::vector<std::string> paths() const;

private:
  // The slot of a path, free when no unit has it as its own.
  [[nodiscard]] std::size_t slot_of(std::string_view path, std::uint32_t hash) const;
  void make_slots(std::size_t units);
  // The one copy of a word that many units share; `near` is a copy that it may well be.
  KeptText keep_word(std::string_view word, KeptText near = {});

  struct Slot {
    std::uint32_t hash = 0;
    UnitId unit;
  };
  std::vector<OrgUnit> units_;
  Arena kept_;
  std::unordered_set<std::string_view> words_;
  std::vector<Slot> slots_;  // open addressing by path, at most half taken; the text is that of the unit
  std::unordered_map<std::string, UnitId, TextHash, std::equal_to<>> aliases_;
  std::unordered_map<std::string, UnitId, TextHash, std::equal_to<>> by_bps_;
};

}  // namespace jenjang
