// A cascade rule as a planner declares it: which method, which driver, how to round.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "jenjang/base/decimal.h"
#include "jenjang/base/source_map.h"

namespace jenjang {

// What to do when every driver of a family is zero (algorithms 1.1; never silent).
enum class ZeroDriverPolicy : std::uint8_t { refuse, equal };  // tolak, rata

// How exact shares of a sum become whole steps (algorithms 1.7).
enum class PartRounding : std::uint8_t { largest_remainder, sainte_lague, jefferson };  // sisa-terbesar ...

// What a child whose own plan has ended does in the owner's calendar (algorithms 2, staggered plans).
enum class ExpiredPolicy : std::uint8_t {
  propose,        // usulan: it is free, and gets a proposal from the cascade (default)
  strict,         // ketat: no figure, so the family has none either
  renormalise,    // lewati: left out, the weights of the rest are normalised
  hold_last,      // tahan-terakhir: the last target of the ended plan
  extrapolate,    // ekstrapolasi: the last two points of its path, carried on in a straight line
  last_measured,  // terukur-terakhir: the last realisation or baseline, never the end target
};

// One term of a driver: `share` of the whole driver, spread by the children's own values. A plain
// driver is one term with share 1. Each term is normalised by its own sum before the shares apply.
struct DriverTerm {
  enum class Kind : std::uint8_t {
    attribute,  // an attribute of the child unit; a vintage is part of its name: penduduk@2023
    baseline,   // the child's baseline before the period: status-quo shares
    need,       // kebutuhan: the child's gap to `standard`, none below zero (by polarity)
    measure,    // ukuran: the child's target of another measure at the same unit and period
    months,     // bulan-terisi: months of the year in which the position is held by somebody
  } kind = Kind::attribute;
  std::string name;  // attribute, or code of the measure; empty otherwise
  Decimal share{1};
  std::optional<Decimal> standard;  // need
  SourceSpan span;
};

// A limit that a rule sets for all its children: a number, or each child's own baseline.
struct RuleLimit {
  bool baseline = false;
  Decimal value;  // when not the baseline
  SourceSpan span;
};

struct CascadeRule {
  std::string method;  // name in the registry of engine/cascade: sama, rata, proporsional, bagian-tetap ...
  std::string driver;  // the driver as written, for messages; empty without one
  std::vector<DriverTerm> driver_terms;
  std::string margin;  // baris: measure whose targets at the same units are the other margin (dua-arah)
  ZeroDriverPolicy on_zero_driver = ZeroDriverPolicy::refuse;
  PartRounding rounding = PartRounding::largest_remainder;  // pembulatan
  ExpiredPolicy on_expired = ExpiredPolicy::propose;        // berakhir
  std::optional<RuleLimit> least, most;                     // minimal, maksimal
  // Parameters of the method beyond the common keys, as written; the registry of engine/cascade
  // checks them (unknown ones with a near miss), so a new method touches neither parser nor binder.
  struct Parameter {
    std::string key, text;
    SourceSpan key_span, span;
  };
  std::vector<Parameter> parameters;
  std::optional<Decimal> step;  // langkah: 1 for whole numbers, 0.01 for two decimals; else the item's
  SourceSpan span;              // of the rule in the plan
};

std::span<const std::string_view> part_rounding_words();   // sisa-terbesar sainte-lague jefferson
std::span<const std::string_view> expired_policy_words();  // usulan ketat lewati tahan-terakhir ...
inline std::string_view to_string(PartRounding x) {
  return part_rounding_words()[static_cast<std::size_t>(x)];
}
inline std::string_view to_string(ExpiredPolicy x) {
  return expired_policy_words()[static_cast<std::size_t>(x)];
}

}  // namespace jenjang
