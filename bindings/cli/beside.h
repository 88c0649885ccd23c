// Options that leave no room for others.
#pragma once

#include <string_view>

#include "options.h"

namespace jenjang::cli {

// Says on stderr that `what` ("--batch", or in the user's language what an argument names) cannot be used beside
// `option` (J1923). Returns false, so that a check can end with it.
bool refuse_beside(const Options& options, std::string_view what, std::string_view option);

}  // namespace jenjang::cli
