// Result of an operation that the environment can make fail (a file that cannot be read).
// A user's mistake inside a readable file is a diagnostic instead.
#pragma once

#include <cassert>
#include <cstddef>
#include <filesystem>
#include <string>
#include <utility>
#include <variant>

#include "jenjang/base/diagnostic.h"

namespace jenjang {

template <class T>
class [[nodiscard]] Result {
public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}               // NOLINT
  Result(Diagnostic failure) : state_(std::in_place_index<1>, std::move(failure)) {}  // NOLINT
  Result(DiagnosticBuilder&& failure) : Result(Diagnostic(std::move(failure))) {}     // NOLINT

  [[nodiscard]] bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }
  T& value() & {
    assert(ok());
    return *std::get_if<0>(&state_);
  }
  const T& value() const& {
    assert(ok());
    return *std::get_if<0>(&state_);
  }
  T&& value() && {
    assert(ok());
    return std::move(*std::get_if<0>(&state_));
  }
  [[nodiscard]] const Diagnostic& failure() const {
    assert(!ok());
    return *std::get_if<1>(&state_);
  }

private:
  std::variant<T, Diagnostic> state_;
};

// Reads a whole file. Failures: J1001 not found, J1002 not readable, J1003 larger than max_bytes
// (refused before reading), J1004 a folder where a file was expected.
Result<std::string> read_file(const std::filesystem::path& path, std::size_t max_bytes);

}  // namespace jenjang
