#include "engine/plan/bind/pair_table.h"

#include <utility>

namespace jenjang {

// splitmix64 finaliser: consecutive numbers land far apart.
std::size_t PairTable::home(std::uint64_t key) const {
  key = (key ^ (key >> 30)) * 0xbf58476d1ce4e5b9ULL;
  key = (key ^ (key >> 27)) * 0x94d049bb133111ebULL;
  return static_cast<std::size_t>(key ^ (key >> 31)) & (slots_.size() - 1);
}

void PairTable::erase(std::uint32_t a, std::uint32_t b) {
  if (slots_.empty()) return;
  const std::uint64_t key = key_of(a, b);
  std::size_t hole = home(key);
  while (slots_[hole].key != key) {
    if (slots_[hole].key == kFree) return;
    hole = next(hole);
  }
  --size_;
  slots_[hole].key = kFree;
  // What was pushed past the hole moves back into it, or it could not be found any more.
  for (std::size_t at = next(hole); slots_[at].key != kFree; at = next(at)) {
    const std::size_t mask = slots_.size() - 1;
    if (((at - home(slots_[at].key)) & mask) < ((at - hole) & mask)) continue;
    std::swap(slots_[hole], slots_[at]);
    hole = at;
  }
}

void PairTable::grow() {
  std::vector<Slot> old(slots_.empty() ? 64 : 2 * slots_.size());
  std::swap(old, slots_);
  for (const Slot& slot : old) {
    if (slot.key == kFree) continue;
    std::size_t at = home(slot.key);
    while (slots_[at].key != kFree) at = next(at);
    slots_[at] = slot;
  }
}

}  // namespace jenjang
