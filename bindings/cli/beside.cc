#include "beside.h"

#include "output.h"

namespace jenjang::cli {

bool refuse_beside(const Options& options, std::string_view what, std::string_view option) {
  complain(options, make_diagnostic(Code::J1923, {}).arg("apa", what).arg("opsi", option));
  return false;
}

}  // namespace jenjang::cli
