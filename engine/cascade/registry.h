// Registry: all allocation methods, and a rule's words checked against them.
#pragma once

#include <span>

#include "jenjang/base/diagnostic.h"
#include "jenjang/cascade/allocation.h"

namespace jenjang::cascade {

std::span<const AllocationMethod* const> all_methods();

// Values of the rule's parameters for `method`; unknown, missing and unusable ones are reported
// (J1602, J1603) when there is a sink. nullopt when any is at fault.
std::optional<std::vector<ParameterValue>> read_parameters(const AllocationMethod& method, const CascadeRule& rule,
                                                           DiagnosticSink* sink);

}  // namespace jenjang::cascade
