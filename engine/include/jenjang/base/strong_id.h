// Strong integer ids: an ItemId is not a UnitId and neither is a bare integer.
//
// Construction from an integer is explicit, the only way out is `value()`. Ids are dense
// indexes into tables; `kInvalid` (all ones) marks "none". Trivially copyable, 4 bytes.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>

namespace jenjang {

template <class Tag>
class StrongId {
public:
  using Rep = std::uint32_t;
  static constexpr Rep kInvalid = std::numeric_limits<Rep>::max();

  constexpr StrongId() = default;
  explicit constexpr StrongId(Rep value) : value_(value) {}
  // From a table size; ids are dense, so a table never exceeds the 32-bit range.
  static constexpr StrongId from_index(std::size_t index) { return StrongId(static_cast<Rep>(index)); }

  [[nodiscard]] constexpr Rep value() const { return value_; }
  [[nodiscard]] constexpr std::size_t index() const { return value_; }
  [[nodiscard]] constexpr bool valid() const { return value_ != kInvalid; }

  friend constexpr bool operator==(StrongId, StrongId) = default;
  friend constexpr auto operator<=>(StrongId, StrongId) = default;

private:
  Rep value_ = kInvalid;
};

using FileId = StrongId<struct FileTag>;

}  // namespace jenjang

template <class Tag>
struct std::hash<jenjang::StrongId<Tag>> {
  std::size_t operator()(jenjang::StrongId<Tag> id) const noexcept { return std::hash<std::uint32_t>{}(id.value()); }
};
