// Full credit in figures: what the parents below take credit for, and what there is.
#pragma once

#include <optional>

#include "jenjang/rollup/rollup.h"

#include "engine/rollup/shared_copies.h"

namespace jenjang::rollup {

struct CreditTotals {
  Rational credit;  // as if the totals below were added
  Rational unique;  // of the set of distinct results: the node's own figure
};
// Of a sum that full credit brings a result into more than once; nullopt elsewhere, and without a figure.
std::optional<CreditTotals> credit_totals(const Model& model, const RollupResult& result, ExactEvaluator& exact,
                                          NodeId node, Period period, Lane lane);

// The second copy that a finished roll-up took out of the parent's total; nullopt where there was none.
std::optional<SharedCopy> copy_in_result(const Model& model, const RollupResult& result, const Overlap& overlap,
                                         SlotId slot, Lane lane);

// J1742 for every such sum in every year.
void report_credit(const Model& model, const RollupResult& result, const TargetTable& targets, const Facts& facts,
                   DiagnosticSink& sink);

}  // namespace jenjang::rollup
