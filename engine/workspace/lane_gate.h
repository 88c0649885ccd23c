// The gate of the validated lane: which states count, checked against the workflows that a plan uses, and in words.
#pragma once

#include <string>

#include "jenjang/plan/plan.h"

namespace jenjang {

// J3075 unless some workflow of the plan has that state, and not as a void one. True for an empty gate.
bool check_lane_gate(const std::string& gate, const ParsedPlan& plan, const Model& model, const PackLibrary& packs,
                     DiagnosticSink& sink);
// "sipsn-jakstranas/sipsn: divalidasi_pusat, dipublikasikan; realisasi/x.csv: sah". Empty when every figure counts.
std::string describe_lane_gate(const std::string& gate, const ParsedPlan& plan, const Model& model,
                               const PackLibrary& packs);
// J1411 for feeds that name a workflow no pack has.
void check_feed_workflows(const ParsedPlan& plan, const PackLibrary& packs, DiagnosticSink& sink);

}  // namespace jenjang
