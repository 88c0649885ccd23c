#include "engine/bulk/kernel.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace jenjang::bulk::kernel {
namespace {

constexpr int kParts = 3;

#include "engine/bulk/kernel_vector.h"
// After the operations, in this order.
#include "engine/bulk/kernel_descent.h"
#include "engine/bulk/kernel_judge.h"
#include "engine/bulk/kernel_rows.h"
#include "engine/bulk/kernel_rows_ratio.h"
#include "engine/bulk/kernel_walk.h"

}  // namespace

Kernels baseline_kernels() {
  return {walk_values, walk_full, walk_lone_leaves, walk_down};
}

}  // namespace jenjang::bulk::kernel
