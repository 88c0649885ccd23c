#include "engine/assess/bulk_keys.h"

#include <algorithm>
#include <bit>
#include <functional>

#include "engine/base/side_by_side.h"

namespace jenjang {
namespace {

// Keys are told apart in so many groups, each small enough for a near cache.
constexpr std::size_t kGroups = 64;

struct Keys {
  std::span<const std::string_view> keys;
  std::span<const Period> periods;
  std::vector<std::uint64_t> hashes;

  [[nodiscard]] std::size_t group_of(std::size_t row) const { return hashes[row] >> 58; }
  [[nodiscard]] bool same(std::uint32_t a, std::uint32_t b) const {
    return hashes[a] == hashes[b] && keys[a] == keys[b] && (periods.empty() || periods[a] == periods[b]);
  }
};

// Open addressing; a slot holds a row counted from 1.
void find_in_group(const Keys& all, std::span<const std::uint32_t> members, std::vector<std::uint32_t>& slots,
                   std::vector<DoubleKey>& doubles) {
  const std::size_t size = std::bit_ceil(2 * members.size() + 1);
  slots.assign(size, 0);
  for (const std::uint32_t row : members) {
    std::size_t slot = all.hashes[row] & (size - 1);
    while (slots[slot] != 0 && !all.same(slots[slot] - 1, row)) slot = (slot + 1) & (size - 1);
    if (slots[slot] != 0) {
      doubles.push_back({row, slots[slot] - 1});
    } else {
      slots[slot] = row + 1;
    }
  }
}

}  // namespace

std::vector<DoubleKey> find_double_keys(std::span<const std::string_view> keys, std::span<const Period> periods,
                                        std::span<const std::uint8_t> left_out, unsigned threads, const Watch* watch) {
  const std::size_t count = keys.size();
  Keys all{keys, periods, std::vector<std::uint64_t>(count)};
  const std::size_t share = count / kGroups + 1;
  side_by_side(threads, kGroups, [&] {
    return [&](std::size_t part) {
      for (std::size_t i = part * share; i < std::min(count, (part + 1) * share); ++i) {
        all.hashes[i] = std::hash<std::string_view>()(keys[i]);
      }
    };
  });
  std::vector<std::size_t> starts(kGroups + 1, 0);
  for (std::size_t i = 0; i < count; ++i) starts[all.group_of(i) + 1] += left_out[i] == kPeriodUnread ? 0 : 1;
  for (std::size_t g = 0; g < kGroups; ++g) starts[g + 1] += starts[g];
  std::vector<std::uint32_t> ordered(count);
  std::vector<std::size_t> at(starts.begin(), starts.end() - 1);
  for (std::size_t i = 0; i < count; ++i) {
    if (left_out[i] != kPeriodUnread) ordered[at[all.group_of(i)]++] = static_cast<std::uint32_t>(i);
  }
  std::vector<std::vector<DoubleKey>> doubles(kGroups);
  // Keys of one group are compared by one thread, in order.
  side_by_side(threads, kGroups, [&] {
    return [&, slots = std::vector<std::uint32_t>()](std::size_t group) mutable {
      look(watch, Stage::facts, group, kGroups);
      const std::span<const std::uint32_t> members(ordered.data() + starts[group], starts[group + 1] - starts[group]);
      find_in_group(all, members, slots, doubles[group]);
    };
  });
  std::vector<DoubleKey> found;
  for (const auto& some : doubles) found.insert(found.end(), some.begin(), some.end());
  std::ranges::sort(found, {}, &DoubleKey::row);
  return found;
}

}  // namespace jenjang
