// Figures that are taken but look wrong: told when a plan is checked and when a row is recorded, in the same words.
#pragma once

#include "jenjang/base/diagnostic.h"
#include "jenjang/graph/model.h"
#include "jenjang/measure/observation.h"

namespace jenjang::facts {

// J1727: a number outside what the measure may have (rentang_nilai); of a flow reported for several of its periods, as
// many times that. The row is bound already: its number is final.
void report_out_of_range(const Model& model, NodeId node, const Observation& row, DiagnosticSink& sink);

// J1569: a figure of a time in which its unit did not exist.
void report_outside_life(const Model& model, NodeId node, const Observation& row, DiagnosticSink& sink);

}  // namespace jenjang::facts
