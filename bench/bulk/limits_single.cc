// The limit's kernels for one month: a changed fact.
#define JENJANG_LIMIT_ROWS single
#define JENJANG_LIMIT_LANES 1
#include "bulk/limit_kernels.h"

namespace jenjang::bench {
const LimitKernels kLimitSingle = {
    single::sweep<false, 1>, single::sweep<true, 1>, single::sweep<true, 2>, single::leaf_band, nullptr, nullptr};
}  // namespace jenjang::bench
