// The limit's kernels for AVX-512. Compiled with the processor flags of bench/CMakeLists.txt.
#include "bulk/limit_view.h"

#if defined(__AVX512BW__) && defined(__AVX512DQ__) && defined(__AVX512VL__)
#define JENJANG_LIMIT_ROWS wide
#include "bulk/limit_split.h"

namespace jenjang::bench {
const LimitKernels kLimitWide = {wide::sweep<false, 1>, wide::sweep<true, 1>, wide::sweep<true, 2>,
                                 wide::leaf_band,       wide::split,          wide::split_whole};
}  // namespace jenjang::bench
#else
namespace jenjang::bench {
const LimitKernels kLimitWide = {};
}  // namespace jenjang::bench
#endif
