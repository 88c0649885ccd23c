// A decimal is never made from a binary fraction, not even when asked to in so many words.
#include "jenjang/base/decimal.h"

jenjang::Decimal weight() {
#ifdef JENJANG_BROKEN
  return jenjang::Decimal(0.35);
#else
  return jenjang::Decimal::from_parts(35, 2);
#endif
}
