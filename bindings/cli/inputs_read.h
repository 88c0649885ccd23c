// Output never takes the place of something the same command has read.
#pragma once

#include <string>

namespace jenjang::cli {

// From here on every regular file that is read is remembered, by what it is and not by its name.
void remember_inputs();
bool was_read(const std::string& file);

}  // namespace jenjang::cli
