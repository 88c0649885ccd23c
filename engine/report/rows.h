// What target rows, result rows and the summary share: which nodes a filter takes, column lists.
#pragma once

#include <string>
#include <vector>

#include "jenjang/graph/target_table.h"
#include "jenjang/report/report.h"

namespace jenjang {

// dokumen, tahan, kaskade, waktu ...
std::string_view origin_word(TargetOrigin origin);
// A finite decimal of at most four places as it is, else rounded half-up to four.
std::string print_figure(const Rational& value);

// All nodes as a reader expects them: by declaration in the plan, then by unit, not by graph level.
std::vector<NodeId> reading_order(const Model& model);
// True when the node is of the filter's code, at its unit or below, and of its document.
bool matches(const Model& model, const RowFilter& filter, NodeId node);
bool matches(const RowFilter& filter, Period period);
// The document whose word counts for that cell: of the statement in force, else of the declaration.
std::string document_of(const Model& model, NodeId node, Period period);

// The columns of `rollup`, for writers that add their own behind them.
Table result_table(std::span<const ResultRow> rows, const WriteOptions& options);

}  // namespace jenjang
