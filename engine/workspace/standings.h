// What the journal says about documents: adopted, taken back, signed.
#pragma once

#include <span>

#include "jenjang/journal/replay.h"
#include "jenjang/plan/plan.h"

namespace jenjang {

// Before binding: entries of kind `adoption` change the state of documents and of single targets, in order. A document
// of which only single targets are adopted is in force with those alone and replaces no other. J3056 for a document
// that the plan does not have.
void apply_standings(std::span<const DocumentFact> facts, ParsedPlan& plan, DiagnosticSink& sink);
// After binding: J3056 for a single target that no document states; J3053 for a document whose content is not that
// of its last signature.
void check_standings(std::span<const DocumentFact> facts, const Journal& journal, const ParsedPlan& plan,
                     const Model& model, const SourceMap& sources, DiagnosticSink& sink);

}  // namespace jenjang
