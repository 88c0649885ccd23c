#include "engine/bulk/simd.h"

namespace jenjang::bulk {

bool has_simd(Simd simd) {
  switch (simd) {
    case Simd::baseline:
    case Simd::best:
      return true;
#if defined(__x86_64__)
    case Simd::avx2:
      return __builtin_cpu_supports("avx2") && kernel::avx2_kernels().full != nullptr;
    case Simd::avx512:
      return __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") &&
             __builtin_cpu_supports("avx512bw") && kernel::avx512_kernels().full != nullptr;
#endif
    default:
      return false;
  }
}

std::string_view to_string(Simd simd) {
  constexpr std::string_view words[] = {"baseline", "avx2", "avx512", "best"};
  return words[static_cast<std::size_t>(simd)];
}

kernel::Kernels kernels_for(Simd simd) {
  const bool widest = simd == Simd::best;
  if ((widest || simd == Simd::avx512) && has_simd(Simd::avx512)) return kernel::avx512_kernels();
  if ((widest || simd == Simd::avx2) && has_simd(Simd::avx2)) return kernel::avx2_kernels();
  return kernel::baseline_kernels();
}

kernel::PartKernels part_kernels_for(Simd simd) {
  const bool widest = simd == Simd::best;
  if ((widest || simd == Simd::avx512) && has_simd(Simd::avx512)) return kernel::avx512_part_kernels();
  if ((widest || simd == Simd::avx2) && has_simd(Simd::avx2)) return kernel::avx2_part_kernels();
  return kernel::baseline_part_kernels();
}

}  // namespace jenjang::bulk
