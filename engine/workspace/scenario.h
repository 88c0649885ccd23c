// Attribute changes act on the plan as written, before it is bound.
#pragma once

#include "jenjang/plan/plan.h"
#include "jenjang/workspace/scenario.h"

namespace jenjang {

// False when a unit or an attribute is unknown (J1913). An attribute is known when some unit has it.
bool apply_attributes(const Scenario& scenario, ParsedPlan& plan, DiagnosticSink& sink);

}  // namespace jenjang
