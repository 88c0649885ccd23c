// SHA-256 through OpenSSL's EVP interface, with one context that is used again.
#pragma once

#include <memory>
#include <string_view>

#include "jenjang/journal/entry.h"

namespace jenjang::journal {

class Sha256 {
public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;
  // Digest of the bytes; the object may be used again at once.
  Digest operator()(std::string_view bytes);

private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace jenjang::journal
