// Pairs of numbers with a number for each, in one piece of memory.
//
// A plan of a million measures has as many ties and addresses to look up; a standard table takes an allocation for each
// of them and a cache miss more for every question.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace jenjang {

class PairTable {
public:
  // The value of a pair; nullptr when it is not there. Good until the next change.
  [[nodiscard]] const std::uint32_t* find(std::uint32_t a, std::uint32_t b) const {
    if (slots_.empty()) return nullptr;
    const std::uint64_t key = key_of(a, b);
    for (std::size_t at = home(key);; at = next(at)) {
      if (slots_[at].key == key) return &slots_[at].value;
      if (slots_[at].key == kFree) return nullptr;
    }
  }
  // False when the pair is there already; then nothing changes. Not both numbers may be UINT32_MAX.
  bool insert(std::uint32_t a, std::uint32_t b, std::uint32_t value = 0) {
    if (3 * (size_ + 1) > 2 * slots_.size()) make_slots(slots_.empty() ? 64 : 2 * slots_.size());
    const std::uint64_t key = key_of(a, b);
    for (std::size_t at = home(key);; at = next(at)) {
      if (slots_[at].key == key) return false;
      if (slots_[at].key != kFree) continue;
      slots_[at] = {key, value};
      ++size_;
      return true;
    }
  }
  void erase(std::uint32_t a, std::uint32_t b);
  // Room for so many pairs.
  void reserve(std::size_t pairs);

private:
  static constexpr std::uint64_t kFree = UINT64_MAX;
  struct Slot {
    std::uint64_t key = kFree;
    std::uint32_t value = 0;
  };

  static std::uint64_t key_of(std::uint32_t a, std::uint32_t b) { return std::uint64_t{a} << 32 | b; }
  [[nodiscard]] std::size_t home(std::uint64_t key) const;
  [[nodiscard]] std::size_t next(std::size_t at) const { return (at + 1) & (slots_.size() - 1); }
  void make_slots(std::size_t size);

  std::vector<Slot> slots_;  // a power of two of them, at most two in three taken
  std::size_t size_ = 0;
};

// Pairs of a parent and a child where nearly every child has one parent: the first is looked up by the child's number,
// the others in a table.
class ParentTable {
public:
  [[nodiscard]] bool contains(std::uint32_t parent, std::uint32_t child) const {
    return (child < first_.size() && first_[child] == parent) || more_.find(parent, child) != nullptr;
  }
  // False when the pair is there already. A parent is never UINT32_MAX.
  bool insert(std::uint32_t parent, std::uint32_t child);
  void erase(std::uint32_t parent, std::uint32_t child);

private:
  static constexpr std::uint32_t kNone = UINT32_MAX;
  std::vector<std::uint32_t> first_;  // by child, up to the last that has one
  PairTable more_;
};

}  // namespace jenjang
