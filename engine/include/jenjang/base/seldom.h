// A value that nearly always stands at its default: eight bytes then, one allocation where it does not.
//
// Read like a T that is always there, written through `change()`; copies are deep.
#pragma once

#include <memory>

namespace jenjang {

template <class T>
class Seldom {
public:
  Seldom() = default;
  Seldom(const Seldom& other) : own_(other.own_ ? std::make_unique<T>(*other.own_) : nullptr) {}
  Seldom(Seldom&&) noexcept = default;
  Seldom& operator=(const Seldom& other) {
    if (this != &other) own_ = other.own_ ? std::make_unique<T>(*other.own_) : nullptr;
    return *this;
  }
  Seldom& operator=(Seldom&&) noexcept = default;
  ~Seldom() = default;

  const T& operator*() const { return own_ ? *own_ : kDefault; }
  const T* operator->() const { return &**this; }
  // The value to be written to. Room is made for it even if what is written is the default.
  [[nodiscard]] T& change() {
    if (!own_) own_ = std::make_unique<T>();
    return *own_;
  }
  void clear() { own_.reset(); }

private:
  inline static const T kDefault{};
  std::unique_ptr<T> own_;
};

}  // namespace jenjang
