// Column: one field of many nodes, contiguous, not initialised, on large pages where the system has them.
//
// Columns of a nation are gigabytes. A column is either its own memory or a view of somebody else's (a mapped file),
// which it keeps alive. Room for kColumnSlack bytes past the end may be read (never written): kernels load whole
// vectors.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <type_traits>
#include <utility>

namespace jenjang::bulk {

inline constexpr std::size_t kColumnAlign = 64, kColumnSlack = 64;

namespace detail {
// Aligned to 2 MiB and advised for large pages from that size on. Throws std::bad_alloc. Fresh pages read as nought.
std::byte* allocate_column(std::size_t bytes);
void free_column(std::byte* memory, std::size_t bytes) noexcept;
}  // namespace detail

template <class T>
class Column {
  static_assert(std::is_trivially_copyable_v<T>);

public:
  Column() = default;
  explicit Column(std::size_t size) : size_(size), owned_bytes_(size * sizeof(T) + kColumnSlack) {
    first_ = reinterpret_cast<T*>(detail::allocate_column(owned_bytes_));
  }
  // A view: `keeper` owns the memory, which has kColumnSlack readable bytes behind it.
  Column(T* first, std::size_t size, std::shared_ptr<const void> keeper)
      : first_(first), size_(size), keeper_(std::move(keeper)) {}
  Column(Column&& other) noexcept { swap(other); }
  Column& operator=(Column&& other) noexcept {
    Column taken(std::move(other));
    swap(taken);
    return *this;
  }
  ~Column() {
    if (owned_bytes_ != 0) detail::free_column(reinterpret_cast<std::byte*>(first_), owned_bytes_);
  }

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] std::size_t bytes() const { return size_ * sizeof(T); }
  [[nodiscard]] T* data() { return first_; }
  [[nodiscard]] const T* data() const { return first_; }
  T& operator[](std::size_t i) { return first_[i]; }
  const T& operator[](std::size_t i) const { return first_[i]; }
  T* begin() { return first_; }
  T* end() { return first_ + size_; }
  const T* begin() const { return first_; }
  const T* end() const { return first_ + size_; }
  [[nodiscard]] std::span<const T> view() const { return {first_, size_}; }
  [[nodiscard]] std::span<T> view() { return {first_, size_}; }

private:
  void swap(Column& other) noexcept {
    std::swap(first_, other.first_);
    std::swap(size_, other.size_);
    std::swap(owned_bytes_, other.owned_bytes_);
    keeper_.swap(other.keeper_);
  }
  T* first_ = nullptr;
  std::size_t size_ = 0, owned_bytes_ = 0;
  std::shared_ptr<const void> keeper_;
};

}  // namespace jenjang::bulk
