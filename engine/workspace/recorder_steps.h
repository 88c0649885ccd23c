// Why a row may not move its figure, in a message.
#pragma once

#include "jenjang/rules/workflow.h"

#include "engine/workspace/recorder_binding.h"

namespace jenjang::recording {

// `role`: of whoever records, empty for none. Requires an outcome that is not allowed.
Diagnostic step_finding(const BoundRow& row, const Workflow& workflow, const std::string& from, const std::string& to,
                        const std::string& role, const StepOutcome& outcome);

}  // namespace jenjang::recording
