// A target holds the decimal that a person wrote.
#include "jenjang/measure/target.h"

jenjang::Target target(double rolled_up) {
#ifdef JENJANG_BROKEN
  return rolled_up;
#else
  static_cast<void>(rolled_up);
  return jenjang::Decimal(80);
#endif
}
