// Compiled with the flags of its processors; empty where the build has none.
#include "engine/bulk/kernel.h"

#if defined(__AVX512VL__)

#include <immintrin.h>

namespace jenjang::bulk::kernel {
namespace {

constexpr int kParts = 1;

#include "engine/bulk/kernel_vector.h"
// After the operations, in this order.
#include "engine/bulk/kernel_judge.h"
#include "engine/bulk/kernel_rows.h"
#include "engine/bulk/kernel_rows_ratio.h"
#include "engine/bulk/kernel_walk.h"

}  // namespace

PartKernels avx512_part_kernels() {
  return {walk_values, walk_full, walk_lone_leaves};
}

}  // namespace jenjang::bulk::kernel

#else

namespace jenjang::bulk::kernel {

PartKernels avx512_part_kernels() {
  return {};
}

}  // namespace jenjang::bulk::kernel

#endif
