// Criteria of worksheets that nobody answered.
#pragma once

#include "jenjang/facts/facts.h"
#include "jenjang/plan/plan.h"

namespace jenjang {

// J1811 for each worksheet with open criteria, at the first blank answer. A total that lacks one of its criteria is
// empty by the policy of its pack; without this finding nobody would see which. Judgements are no criteria: one that
// nobody made is simply not given.
void report_unanswered(const ParsedPlan& plan, const Model& model, const Facts& facts, DiagnosticSink& sink);

}  // namespace jenjang
