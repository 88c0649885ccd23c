// Which compiled kernels run.
#pragma once

#include "jenjang/bulk/sweep.h"

#include "engine/bulk/kernel.h"

namespace jenjang::bulk {

// `best`: the widest that this processor and this build have; the baseline where the wanted one is missing.
kernel::Kernels kernels_for(Simd simd);
kernel::PartKernels part_kernels_for(Simd simd);

}  // namespace jenjang::bulk
