#include "engine/plan/bind/pair_table.h"

#include <utility>

#include "engine/base/large_pages.h"

namespace jenjang {

// splitmix64 finaliser: groups of eight pairs, consecutive in their second number, land far apart, and those of one
// group side by side. Children of one parent are mostly numbered one after the other, so they share two lines of cache.
std::size_t PairTable::home(std::uint64_t key) const {
  constexpr std::uint64_t kGroup = 8;
  const std::uint64_t place = key % kGroup;
  key /= kGroup;
  key = (key ^ (key >> 30)) * 0xbf58476d1ce4e5b9ULL;
  key = (key ^ (key >> 27)) * 0x94d049bb133111ebULL;
  return static_cast<std::size_t>((key ^ (key >> 31)) * kGroup | place) & (slots_.size() - 1);
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

void PairTable::reserve(std::size_t pairs) {
  std::size_t size = 64;
  while (2 * size < 3 * pairs) size *= 2;
  if (size > slots_.size()) make_slots(size);
}

void PairTable::make_slots(std::size_t size) {
  std::vector<Slot> old;
  reserve_large(old, size);
  old.resize(size);
  std::swap(old, slots_);
  for (const Slot& slot : old) {
    if (slot.key == kFree) continue;
    std::size_t at = home(slot.key);
    while (slots_[at].key != kFree) at = next(at);
    slots_[at] = slot;
  }
}

bool ParentTable::insert(std::uint32_t parent, std::uint32_t child) {
  if (contains(parent, child)) return false;
  while (child >= first_.size()) {
    make_room(first_);
    first_.push_back(kNone);
  }
  if (first_[child] != kNone) return more_.insert(parent, child);
  first_[child] = parent;
  return true;
}

void ParentTable::erase(std::uint32_t parent, std::uint32_t child) {
  if (child < first_.size() && first_[child] == parent) {
    first_[child] = kNone;
  } else {
    more_.erase(parent, child);
  }
}

}  // namespace jenjang
