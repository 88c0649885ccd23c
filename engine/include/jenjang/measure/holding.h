// Who held which position when. Persons are keys, never names (DESIGN section 1).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "jenjang/base/source_map.h"
#include "jenjang/measure/org_unit.h"
#include "jenjang/measure/period.h"

namespace jenjang {

struct Holding {
  UnitId position;
  std::string person;
  Date from;                  // first day
  std::optional<Date> until;  // last day; empty: still
  SourceSpan span;
};

// To whom a month belongs in which a position changes hands (aturan_mutasi).
enum class TransferRule : std::uint8_t {
  longest,      // terlama: who holds it most days of the month; of equals the earlier
  month_start,  // awal-bulan: who holds it on the first day
  month_end,    // akhir-bulan: who holds it on the last day
  daily,        // harian: everybody by the days, days without a holder too
};

std::span<const std::string_view> transfer_rule_words();  // terlama awal-bulan akhir-bulan harian
inline std::string_view to_string(TransferRule x) {
  return transfer_rule_words()[static_cast<std::size_t>(x)];
}

}  // namespace jenjang
