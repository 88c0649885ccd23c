// Words for people about what the flat engine cannot say (bulk::FlatLimit, bulk::RowLimit): the limits have English
// names everywhere else.
#pragma once

#include <string>
#include <string_view>

namespace jenjang {

// "own-figure" -> "angka sendiri di atas turunannya". Empty for a word that names no limit.
std::string_view indonesian_limit(std::string_view limit);
// A list with counts, "own-figure (12), grades (3)", as J3208 and J3209 hold it. Words without a translation stay.
std::string indonesian_limits(std::string_view limits);

}  // namespace jenjang
