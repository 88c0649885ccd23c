// The limit's kernels for any processor.
#define JENJANG_LIMIT_ROWS plain
#define JENJANG_LIMIT_LANES 12
#include "bulk/limit_split.h"

namespace jenjang::bench {
const LimitKernels kLimitPlain = {plain::sweep<false, 1>, plain::sweep<true, 1>, plain::sweep<true, 2>,
                                  plain::leaf_band,       plain::split,          plain::split_whole};
}  // namespace jenjang::bench
