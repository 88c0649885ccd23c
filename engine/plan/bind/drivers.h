// What a part is divided by: attributes of the children, found by name and vintage.
#pragma once

#include "engine/plan/bind/bind_context.h"

namespace jenjang {

// J1520 with the nearest attribute of that unit.
void report_missing_attribute(BindContext& bind, const LocatedText& attribute, const OrgUnit& unit);
// The driver of a rung for the children of the draft: terms, their text for messages, and the values of
// attribute terms. False when a unit lacks an attribute (J1520) or a bare name stands for several years (J1544).
bool resolve_driver(BindContext& bind, const PlanRung& rung, DraftFamily& draft);

}  // namespace jenjang
