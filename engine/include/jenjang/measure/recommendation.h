// A recommendation of an evaluation, and what became of it.
//
// It belongs to the worksheet of the year that found the matter; the year after asks what was done. Nothing is carried
// by copying: a row stands once, and every later year reads its state.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "jenjang/base/source_map.h"
#include "jenjang/measure/period.h"

namespace jenjang {

enum class FollowUp : std::uint8_t { open, in_progress, done, impossible };
// belum proses selesai tidak-dapat
inline constexpr std::array<std::string_view, 4> kFollowUpWords{"belum", "proses", "selesai", "tidak-dapat"};
inline std::string_view to_string(FollowUp x) {
  return kFollowUpWords[static_cast<std::size_t>(x)];
}

struct Recommendation {
  std::string code;
  int year = 0;           // the year that was evaluated
  std::string unit;       // path
  std::string criterion;  // component, sub-component or criterion it is about; may be empty
  std::string text;       // imperative, addressed to the head of the unit
  FollowUp state = FollowUp::open;
  std::string done;         // tindak_lanjut: what was done, or why it cannot be
  std::string evidence;     // bukti
  std::optional<Date> due;  // tenggat
  bool illustrative = false, unverified = false;
  SourceSpan span, unit_span, criterion_span;

  [[nodiscard]] bool is_settled() const { return state == FollowUp::done || state == FollowUp::impossible; }
  [[nodiscard]] bool is_overdue(const Date& day) const { return !is_settled() && due && *due < day; }
};

}  // namespace jenjang
