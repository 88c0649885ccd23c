#include "engine/snapshot/checksum.h"

#include <algorithm>
#include <iterator>
#include <new>

// The whole library inline: no shared object at run time, none to hand on to who links the static engine.
#define XXH_INLINE_ALL
#include <xxhash.h>

namespace jenjang::snapshot {

std::uint64_t checksum(std::span<const std::byte> bytes, std::uint64_t seed) {
  return XXH3_64bits_withSeed(bytes.data(), bytes.size(), seed);
}

struct RunningChecksum::State {
  XXH3_state_t* xxh = XXH3_createState();
  std::uint64_t seed = 0;
  ~State() { XXH3_freeState(xxh); }
};

RunningChecksum::RunningChecksum() : state_(std::make_unique<State>()) {
  if (state_->xxh == nullptr) throw std::bad_alloc();
  begin(0);
}
RunningChecksum::~RunningChecksum() = default;

// Both widths share their state and the way in; only the last step differs.
void RunningChecksum::begin(std::uint64_t seed) {
  state_->seed = seed;
  XXH3_128bits_reset_withSeed(state_->xxh, seed);
}

void RunningChecksum::add(std::span<const std::byte> bytes) {
  XXH3_128bits_update(state_->xxh, bytes.data(), bytes.size());
}

std::uint64_t RunningChecksum::value() const {
  return XXH3_64bits_digest(state_->xxh);
}

ContentDigest RunningChecksum::content_digest() const {
  XXH128_canonical_t canonical;
  XXH128_canonicalFromHash(&canonical, XXH3_128bits_digest(state_->xxh));
  ContentDigest digest{};
  std::copy(std::begin(canonical.digest), std::end(canonical.digest), digest.begin());
  return digest;
}

}  // namespace jenjang::snapshot
