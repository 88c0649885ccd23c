// Value binder: is the content of one row what its measure asks for, and what number is it?
#pragma once

#include "jenjang/base/diagnostic.h"
#include "jenjang/graph/model.h"
#include "jenjang/measure/observation.h"

namespace jenjang::facts {

// Checks grade or number, period, definition version; resolves `number` and `state` of the row
// (see facts.h). False after a report that rejects the row (J1704, J1705, J1707, J1709).
bool bind_value(const Model& model, NodeId node, Observation& row, DiagnosticSink& sink);

// The content of a row in words for messages: the figure, the grade or the state.
std::string describe_content(const Observation& row);

}  // namespace jenjang::facts
