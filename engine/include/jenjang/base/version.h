// Version of the engine, stated once in CMakeLists.txt. Printed in results.
#pragma once

#include <string_view>

namespace jenjang {

std::string_view version();

}  // namespace jenjang
