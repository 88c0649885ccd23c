// A year is a period only by name: 2026 alone could be a code, a count or a year.
#include "jenjang/measure/period.h"

jenjang::Period period() {
#ifdef JENJANG_BROKEN
  return 2026;
#else
  return jenjang::Period::year(2026);
#endif
}
