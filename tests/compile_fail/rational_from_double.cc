// The exact value of a double is asked for by name; the plain constructor would cut it to a whole number.
#include "jenjang/base/rational.h"

jenjang::Rational half() {
#ifdef JENJANG_BROKEN
  return jenjang::Rational(0.5);
#else
  return jenjang::Rational::from_double(0.5);
#endif
}
