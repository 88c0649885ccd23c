// The pages of docs/diagnostics, held in the program (code_pages.cmake makes the table).
#pragma once

#include <string_view>

namespace jenjang::cli {

// What a code means and what to do, from its page without the title; empty when it has none.
std::string_view code_page(std::string_view code);

}  // namespace jenjang::cli
