// The years between two known points of one document: linear, compound, or by declared fractions.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "jenjang/base/diagnostic.h"

#include "engine/cascade/cell_store.h"

namespace jenjang::cascade {

// x_t of a path from `start` (year 0) to `end` (year n), for t = 1 .. n-1, in multiples of step, half
// away from zero (algorithms 2, T07). The end point is never rounded, so it is not part of the answer.
std::vector<Decimal> linear_path(const Decimal& start, const Decimal& end, int years, const Decimal& step);
// x_t = start x (end / start)^(t/n). Decided exactly: x_t >= cut holds when start^(n-t) end^t >= cut^n in
// rationals, so doubles only say where to look. nullopt when the ends are not of one sign.
std::optional<std::vector<Decimal>> compound_path(const Decimal& start, const Decimal& end, int years,
                                                  const Decimal& step);
// x_t = start + (end - start) f_t, one fraction a year. Requires fractions from fractions_are_good.
std::vector<Decimal> given_path(const Decimal& start, const Decimal& end, std::span<const Decimal> fractions,
                                const Decimal& step);
// From 0 up to exactly 1, never falling.
bool fractions_are_good(std::span<const Decimal> fractions);

// The step of figures that nobody wrote, between or beyond points with `digits` decimals: the measure's own,
// else those digits, and for levels at least the digits printed: the steps of a percentage from 50 to 80
// are seldom whole.
Decimal path_step(const MeasureSpec& spec, int digits);

// Adds a cell (origin `path`) for every year of a statement's document between its point before and the
// statement itself, where nothing is stated. The point before is the latest earlier target or baseline of
// the same document, else the latest baseline of any. Years in which the document is replaced, or that
// lie outside its span, belong to others. Of several documents' paths the firmest counts, then the
// kind of document, as for statements (Model::statement_in_force).
void fill_paths(const Model& model, CellStore& store, DiagnosticSink& sink);

}  // namespace jenjang::cascade
