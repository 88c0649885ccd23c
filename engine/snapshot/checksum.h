// XXH3 with 64 and 128 bits: faster than memory delivers, so that a check costs no more than the reading.
// It finds accidents. It is no seal against somebody who wants to deceive: that is the journal's chain.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "jenjang/snapshot/identity.h"

namespace jenjang::snapshot {

// `seed` is the number of the page, so that pages that changed places are found too.
std::uint64_t checksum(std::span<const std::byte> bytes, std::uint64_t seed);

// The same over pieces.
class RunningChecksum {
public:
  RunningChecksum();
  ~RunningChecksum();
  RunningChecksum(const RunningChecksum&) = delete;
  RunningChecksum& operator=(const RunningChecksum&) = delete;
  void begin(std::uint64_t seed);
  void add(std::span<const std::byte> bytes);
  [[nodiscard]] std::uint64_t value() const;           // equals checksum() of the whole
  [[nodiscard]] ContentDigest content_digest() const;  // of what was added since begin(0); most significant byte first

private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace jenjang::snapshot
