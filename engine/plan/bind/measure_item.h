// The item that a declaration makes, and the check that a second entry says nothing else.
#pragma once

#include "engine/plan/bind/bind_context.h"

namespace jenjang {

// nullopt when the declaration lacks what no figure can do without (J1511) or names a scale that does
// not exist.
std::optional<Item> make_measure_item(BindContext& bind, const MeasureEntry& entry);
// True when the properties that `entry` states agree with the item that stands at its code and unit;
// otherwise J1512 names both places. Words that were empty are taken over.
bool agrees_with(BindContext& bind, const MeasureEntry& entry, VertexId vertex);

}  // namespace jenjang
