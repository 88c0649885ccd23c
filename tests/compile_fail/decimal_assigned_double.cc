// Nor does a double slip into a decimal by assignment.
#include "jenjang/base/decimal.h"

void set(jenjang::Decimal& target, double value) {
#ifdef JENJANG_BROKEN
  target = value;
#else
  static_cast<void>(value);
  target = jenjang::Decimal(7);
#endif
}
