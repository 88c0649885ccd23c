// Moment: a second of recorded time, kept in UTC. The engine reads no clock; moments are inputs.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "jenjang/measure/period.h"

namespace jenjang {

// Minutes east of UTC. Indonesia keeps no summer time, so a zone is one number.
struct Zone {
  int minutes = 0;
  // "Asia/Jakarta" "Asia/Pontianak" (+07:00), "Asia/Makassar" (+08:00), "Asia/Jayapura" (+09:00), "UTC", or an
  // offset "+08:00". nullopt for anything else: a zone that is not known is not guessed.
  static std::optional<Zone> parse(std::string_view name);
  [[nodiscard]] std::string to_string() const;  // "+08:00"
  friend bool operator==(const Zone&, const Zone&) = default;
};

struct Moment {
  std::int64_t seconds = 0;  // since 1970-01-01T00:00:00Z, as POSIX counts them
  // "2026-03-31T17:00+08:00", "2026-03-31T17:00:05Z", or without an offset in `zone`; a bare day is its last second
  // in `zone`. nullopt when it is no such text or no such day.
  static std::optional<Moment> parse(std::string_view text, Zone zone);
  [[nodiscard]] Date date_in(Zone zone) const;
  [[nodiscard]] std::string to_string(Zone zone) const;  // "2026-03-31T17:00:05+08:00"
  friend constexpr auto operator<=>(const Moment&, const Moment&) = default;
};

}  // namespace jenjang
