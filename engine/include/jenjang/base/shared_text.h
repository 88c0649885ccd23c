// A text that many rows repeat: written once, shared by all that copy it.
//
// Eight bytes; the empty text owns nothing. The bytes never change and go away with the last that holds them, so a
// value means what a std::string means: assign another text to change it. A copy counts one more holder (an atomic
// addition), a new text takes one allocation; whoever makes many rows of few words makes each word once and copies it.
// Different SharedTexts may be used in different threads, also where they share their bytes.
#pragma once

#include <atomic>
#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace jenjang {

class SharedText {
public:
  constexpr SharedText() = default;
  // Anything that is a text. At most 2^32 - 1 bytes.
  template <class Text>
    requires(std::convertible_to<const Text&, std::string_view> && !std::same_as<Text, SharedText>)
  SharedText(const Text& text) : SharedText(made(text)) {}  // NOLINT(google-explicit-constructor)
  SharedText(const SharedText& other) : held_(other.held_) {
    if (held_ != nullptr) held_->holders.fetch_add(1, std::memory_order_relaxed);
  }
  SharedText(SharedText&& other) noexcept : held_(std::exchange(other.held_, nullptr)) {}
  SharedText& operator=(const SharedText& other) {
    if (held_ != other.held_) SharedText(other).swap(*this);
    return *this;
  }
  SharedText& operator=(SharedText&& other) noexcept {
    SharedText(std::move(other)).swap(*this);
    return *this;
  }
  ~SharedText() {
    if (held_ != nullptr && held_->holders.fetch_sub(1, std::memory_order_acq_rel) == 1) give_back(held_);
  }

  // Good as long as this value, or a copy of it, lives and is not assigned to.
  [[nodiscard]] std::string_view view() const {
    if (held_ == nullptr) return {};
    return {reinterpret_cast<const char*>(held_ + 1), held_->size};
  }
  operator std::string_view() const { return view(); }  // NOLINT(google-explicit-constructor)
  [[nodiscard]] std::string str() const { return std::string(view()); }
  [[nodiscard]] bool empty() const { return held_ == nullptr; }
  [[nodiscard]] std::size_t size() const { return held_ == nullptr ? 0 : held_->size; }
  void clear() { SharedText().swap(*this); }
  void swap(SharedText& other) noexcept { std::swap(held_, other.held_); }

  // By what is written. Texts that share their bytes are known to be equal without a look at them.
  friend bool operator==(const SharedText& a, const SharedText& b) {
    return a.held_ == b.held_ || a.view() == b.view();
  }
  friend std::strong_ordering operator<=>(const SharedText& a, const SharedText& b) {
    if (a.held_ == b.held_) return std::strong_ordering::equal;
    return a.view() <=> b.view();
  }
  template <class Text>
    requires(std::convertible_to<const Text&, std::string_view> && !std::same_as<Text, SharedText>)
  friend bool operator==(const SharedText& a, const Text& b) {
    return a.view() == std::string_view(b);
  }
  template <class Text>
    requires std::convertible_to<const Text&, std::string_view>
  friend std::string operator+(const SharedText& a, const Text& b) {
    return a.str().append(std::string_view(b));
  }
  friend std::string operator+(std::string a, const SharedText& b) { return std::move(a.append(b.view())); }

private:
  struct Held {  // before the bytes of the text
    std::atomic<std::uint32_t> holders;
    std::uint32_t size;
  };
  explicit SharedText(Held* held) : held_(held) {}
  static Held* made(std::string_view text);
  static void give_back(Held* held) noexcept;

  Held* held_ = nullptr;
};

}  // namespace jenjang

template <>
struct std::hash<jenjang::SharedText> {
  std::size_t operator()(const jenjang::SharedText& text) const noexcept {
    return std::hash<std::string_view>{}(text.view());
  }
};
