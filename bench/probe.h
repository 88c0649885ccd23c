// What this machine can do at this moment: bandwidth of memory, peak memory of this process, the processor's name.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <string>
#include <sys/resource.h>
#include <vector>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "jenjang/bulk/column.h"

#include "bulk/team.h"

namespace jenjang::bench {

inline double now_in_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

inline double median_of(std::vector<double> samples) {
  if (samples.empty()) return 0;
  const auto middle = samples.begin() + static_cast<std::ptrdiff_t>(samples.size() / 2);
  std::nth_element(samples.begin(), middle, samples.end());
  return *middle;
}
inline double percentile_of(std::vector<double> samples, double share) {
  if (samples.empty()) return 0;
  std::sort(samples.begin(), samples.end());
  return samples[std::min(samples.size() - 1, static_cast<std::size_t>(share * static_cast<double>(samples.size())))];
}

// Bytes a second, 10^9: medians of some passes over 1 GiB, which no cache holds for one machine of ours.
struct Bandwidth {
  double read = 0, copy = 0, write = 0;  // copy counts what is read and what is written
};

namespace detail {
using Words = bulk::Column<std::uint64_t>;

inline std::uint64_t read_words(const std::uint64_t* from, std::size_t count) {
#if defined(__x86_64__)
  __m128i sums[4] = {};
  for (std::size_t i = 0; i + 8 <= count; i += 8) {
    for (std::size_t k = 0; k < 4; ++k) {
      sums[k] = _mm_xor_si128(sums[k], _mm_load_si128(reinterpret_cast<const __m128i*>(from + i + 2 * k)));
    }
  }
  const __m128i sum = _mm_xor_si128(_mm_xor_si128(sums[0], sums[1]), _mm_xor_si128(sums[2], sums[3]));
  return static_cast<std::uint64_t>(_mm_cvtsi128_si64(sum));
#else
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < count; ++i) sum ^= from[i];
  return sum;
#endif
}

// Stores that pass the cache, as a good copy of large memory has; `from` null writes a constant.
inline void write_words(std::uint64_t* to, const std::uint64_t* from, std::size_t count) {
#if defined(__x86_64__)
  for (std::size_t i = 0; i + 8 <= count; i += 8) {
    for (std::size_t k = 0; k < 8; k += 2) {
      const __m128i word =
          from == nullptr ? _mm_set1_epi64x(1) : _mm_load_si128(reinterpret_cast<const __m128i*>(from + i + k));
      _mm_stream_si128(reinterpret_cast<__m128i*>(to + i + k), word);
    }
  }
  _mm_sfence();
#else
  if (from != nullptr) {
    std::memcpy(to, from, count * sizeof(std::uint64_t));
  } else {
    std::fill_n(to, count, std::uint64_t{1});
  }
#endif
}
}  // namespace detail

inline Bandwidth probe_bandwidth(unsigned threads, int passes = 7) {
  constexpr std::size_t kWords = std::size_t{1} << 27;
  detail::Words from(kWords), to(kWords);
  std::fill(from.begin(), from.end(), std::uint64_t{3});
  std::fill(to.begin(), to.end(), std::uint64_t{0});
  Team team(threads);
  std::vector<std::uint64_t> kept(threads * 8);
  const std::size_t part = kWords / threads / 8 * 8;
  const auto timed = [&](auto&& pass) {
    std::vector<double> seconds;
    for (int i = 0; i < passes; ++i) {
      const double start = now_in_seconds();
      team.run(pass);
      seconds.push_back(now_in_seconds() - start);
    }
    return static_cast<double>(part * threads * sizeof(std::uint64_t)) / 1e9 / median_of(seconds);
  };
  Bandwidth result;
  result.read = timed([&](unsigned t) { kept[t * 8] ^= detail::read_words(from.data() + t * part, part); });
  result.copy = 2 * timed([&](unsigned t) { detail::write_words(to.data() + t * part, from.data() + t * part, part); });
  result.write = timed([&](unsigned t) { detail::write_words(to.data() + t * part, nullptr, part); });
  if (kept[0] == 1) result.read = 0;  // the sums are of use, so that they are made
  return result;
}

// Peak resident memory of this process, MiB; since the last reset where the system can.
inline double peak_mebibytes() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.rfind("VmHWM:", 0) == 0) return std::stod(line.substr(6)) / 1024;
  }
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}
inline void reset_peak() {
  std::ofstream("/proc/self/clear_refs") << "5";
}

inline std::string processor_name() {
  std::ifstream info("/proc/cpuinfo");
  for (std::string line; std::getline(info, line);) {
    if (line.rfind("model name", 0) == 0) return line.substr(line.find(':') + 2);
  }
  return "unknown";
}

}  // namespace jenjang::bench
