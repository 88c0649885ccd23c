// Values kept one behind the other in a few large stretches of memory, where they stay while more are kept.
//
// A table of a million units has millions of short texts and lists; each in a piece of memory of its own costs more
// than the texts, and a walk over the table goes from one end of the memory to the other.
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace jenjang {

// A text that something else keeps: an arena, the bytes of a file, the program. 16 bytes. It reads like a
// string_view, becomes a string where one is wanted, and is never made from a text that is about to go.
class KeptText : public std::string_view {
public:
  constexpr KeptText() = default;
  constexpr KeptText(std::string_view text) : std::string_view(text) {}
  constexpr KeptText(const char* text) : std::string_view(text) {}
  KeptText(const std::string& text) : std::string_view(text) {}
  KeptText(std::string&&) = delete;

  operator std::string() const { return std::string(data(), size()); }

  friend std::string operator+(std::string left, KeptText right) { return std::move(left.append(right)); }
  friend std::string operator+(KeptText left, std::string_view right) { return std::string(left).append(right); }
};

class Arena {
public:
  Arena() = default;
  // A copy shares what is kept so far, by all copies as long as one of them lives; what comes later it keeps alone.
  Arena(const Arena& other) : stretches_(other.stretches_) {}
  Arena(Arena&& other) noexcept
      : stretches_(std::move(other.stretches_)),
        free_(std::exchange(other.free_, nullptr)),
        left_(std::exchange(other.left_, 0)) {}
  Arena& operator=(Arena other) noexcept {
    stretches_ = std::move(other.stretches_);
    free_ = std::exchange(other.free_, nullptr);
    left_ = std::exchange(other.left_, 0);
    return *this;
  }
  ~Arena() = default;

  // A copy of the values. It lives as long as the arena or a copy of the arena made afterwards.
  template <class T>
  std::span<T> keep(std::span<const T> values) {
    static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);
    if (values.empty()) return {};
    T* const at = static_cast<T*>(room(values.size_bytes(), alignof(T)));
    std::uninitialized_copy(values.begin(), values.end(), at);
    return {at, values.size()};
  }
  KeptText keep(std::string_view text) {
    const std::span<const char> kept = keep(std::span<const char>(text));
    return std::string_view(kept.data(), kept.size());
  }
  // Takes over what another arena keeps, so that its values live as long as this one.
  void share(const Arena& other) {
    stretches_.insert(stretches_.end(), other.stretches_.begin(), other.stretches_.end());
  }

private:
  void* room(std::size_t bytes, std::size_t alignment) {
    const std::size_t skip = (alignment - reinterpret_cast<std::size_t>(free_) % alignment) % alignment;
    if (bytes + skip > left_) {
      more(bytes);
      return room(bytes, alignment);
    }
    std::byte* const at = free_ + skip;
    free_ = at + bytes;
    left_ -= skip + bytes;
    return at;
  }
  void more(std::size_t bytes);  // a new stretch with room for so many, however aligned

  std::vector<std::shared_ptr<std::byte[]>> stretches_;
  std::byte* free_ = nullptr;  // of the last stretch
  std::size_t left_ = 0;
};

}  // namespace jenjang
