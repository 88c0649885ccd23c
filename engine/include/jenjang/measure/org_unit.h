// Org units: governments, agencies, fields, positions; a tree of paths with attributes.
//
// Path: "64" (a government, Kemendagri code), "64.72" (a kota of it), "64/dlh" (an agency),
// "64/dlh/penaatan/jf-1" (a position). A unit's government is its nearest ancestor-or-self that
// is one. Attributes are exact decimals with the place they came from.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "jenjang/base/decimal.h"
#include "jenjang/base/source_map.h"
#include "jenjang/base/strong_id.h"

namespace jenjang {

using UnitId = StrongId<struct UnitTag>;

struct UnitAttribute {
  Decimal value;
  SourceSpan span;
  bool illustrative = false;
};

struct OrgUnit {
  std::string path;
  std::string name;
  std::string kind;   // provinsi kabkota opd bidang seksi jabatan orang ... (open list)
  UnitId parent;      // invalid for a root
  UnitId government;  // itself when is_government
  bool is_government = false;
  std::string bps_code;  // "6403"; empty when not stated
  std::string cluster;   // klaster for pack gates; empty when not stated
  std::map<std::string, UnitAttribute, std::less<>> attributes;
  SourceSpan span;
};

// Hash that lets a table of strings be asked with a string_view, without a copy.
struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>{}(text); }
};

class UnitTable {
public:
  // Path must be new. Sets `government` when it is not given: the unit itself, or its parent's.
  UnitId add(OrgUnit unit);
  [[nodiscard]] std::size_t size() const { return units_.size(); }
  [[nodiscard]] const OrgUnit& operator[](UnitId id) const { return units_[id.index()]; }
  // Anything but path and bps_code, which are indexed.
  OrgUnit& edit(UnitId id) { return units_[id.index()]; }
  [[nodiscard]] std::optional<UnitId> find(std::string_view path) const;
  // By the statistics office's code: never the same table as Kemendagri's (6402 is not 64.02).
  [[nodiscard]] std::optional<UnitId> find_bps(std::string_view code) const;
  [[nodiscard]] bool is_below(UnitId unit, UnitId ancestor) const;  // strictly below
  // All units strictly below `ancestor` with that kind, in table order. One pass over the table.
  [[nodiscard]] std::vector<UnitId> below(UnitId ancestor, std::string_view kind) const;
  [[nodiscard]] std::vector<std::string> paths() const;

private:
  std::vector<OrgUnit> units_;
  std::unordered_map<std::string, UnitId, TextHash, std::equal_to<>> by_path_;
  std::unordered_map<std::string, UnitId, TextHash, std::equal_to<>> by_bps_;
};

}  // namespace jenjang
