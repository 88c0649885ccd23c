// The shape of a province, from which both the model and the plan folder are made.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "jenjang/base/decimal.h"
#include "jenjang/measure/kinds.h"
#include "jenjang/synthetic/province.h"

namespace jenjang::synthetic {

inline constexpr std::uint32_t kNone = UINT32_MAX;

struct OutlineUnit {
  std::string path;  // of a position its last part only: ten million paths would fill the memory
  std::string_view kind;
  std::uint32_t parent = kNone;  // always before the unit itself
  std::uint32_t affair = 0;      // 1 .. agencies; 0 above the agencies
  std::uint64_t workload = 0;    // of a position 1..20; above, the sum
};

struct OutlineMeasure {
  std::string code;
  Aggregation aggregation = Aggregation::sum;
  Accumulation accumulation = Accumulation::increments;
  Decimal step;
  std::string_view unit_name = "persen";
  bool lower = false;      // is better
  std::optional<int> cap;  // of its achievement
  bool missing_as_zero = false;
  Decimal target, baseline;             // of the governor, or of the nation
  std::string_view top_method, method;  // from the governor to the governments; below
  std::vector<Decimal> baselines;       // by government, when the top method closes a gap
};

struct OutlineHolding {
  std::uint32_t unit = 0;
  std::string person;
  Date from;
  std::optional<Date> until;
};

struct Outline {
  std::vector<OutlineUnit> units;  // the province, or the nation, first
  std::vector<std::uint32_t> provinces;
  std::vector<std::uint32_t> governments;  // by province: its own apparatus, then its districts
  std::vector<std::uint32_t> units_of;     // by place of a government: where its agencies begin; one more at the end
  std::vector<OutlineMeasure> measures;    // by affair - 1
  std::vector<OutlineHolding> holdings;    // by unit, then first day

  [[nodiscard]] std::string path(std::uint32_t unit) const;
};

Outline make_outline(const ProvinceSpec& spec);

// Reports of one province (of several below a nation): kode,unit,periode,nilai,status,rilis,keadaan. `add` gets whole
// lines; false stops.
bool write_facts(const ProvinceSpec& spec, const Outline& outline, std::size_t province,
                 const std::function<bool(std::string_view)>& add);
std::string facts_file(const Outline& outline, std::size_t province);  // its path in the folder
// Codes of what makes the ratio of a measure.
std::string operand_code(const OutlineMeasure& measure, bool below_the_line);
// The share of governments, or of provinces below a nation, that do well: not one of the affairs.
inline constexpr std::string_view kShareCode = "LAYANAN-BAIK";
inline constexpr int kShareMark = 70;

}  // namespace jenjang::synthetic
