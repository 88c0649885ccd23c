#include "jenjang/base/version.h"

namespace jenjang {

std::string_view version() {
  return JENJANG_VERSION;
}

}  // namespace jenjang
