// The seeds that a property over drawn plans goes through: the same in every run of the suite, others where
// JENJANG_FIRST_SEED says where to begin (`./dev draws`).
#pragma once

#include <cstdint>
#include <cstdlib>

namespace jenjang::testing {

class Seeds {
public:
  explicit Seeds(std::uint64_t count) : count_(count) {
    const char* first = std::getenv("JENJANG_FIRST_SEED");
    if (first != nullptr) first_ = std::strtoull(first, nullptr, 10);
  }

  class Iterator {
  public:
    explicit Iterator(std::uint64_t seed) : seed_(seed) {}
    std::uint64_t operator*() const { return seed_; }
    Iterator& operator++() {
      ++seed_;
      return *this;
    }
    bool operator!=(const Iterator& other) const { return seed_ != other.seed_; }

  private:
    std::uint64_t seed_;
  };
  [[nodiscard]] Iterator begin() const { return Iterator(first_); }
  [[nodiscard]] Iterator end() const { return Iterator(first_ + count_); }

private:
  std::uint64_t first_ = 1, count_;
};

}  // namespace jenjang::testing
