// A target of a year (or part of one) as targets of the periods of the measure's frequency.
#pragma once

#include "jenjang/base/diagnostic.h"
#include "jenjang/base/watch.h"

#include "engine/cascade/cell_store.h"

namespace jenjang::cascade {

// Adds the finer cells of every node to the store (algorithms 2):
//   hitungan   increments by profile, cumulative rounding: parts sum to the whole
//   kumulatif  the running sum of these
//   posisi     straight path from the end of the year before when its target or baseline is known,
//              else the figure repeated; the last part is the whole
//   rata-rata  the figure repeated (mean of the parts is the whole), or a profile scaled to mean one
//   puncak     the same, the profile scaled so that its largest part is the whole
//   rilis      never spread
// Months in which the unit does not exist get none; a figure for the end of a period is then that of its last living
// month (unit_life.h).
// A series (profil_seri) takes the place of the profile in the years that it covers: increments and means by
// Denton over all of them, a position by its ratio to the series at the ends of the years (J1633 otherwise).
// Finer targets that are stated by themselves are holds; a contradiction is J1617.
// A sum whose children carry its year is cut together with them (TimeFamilies): rounded apart, the months of a
// governor and of his staff would differ by a unit or two, and the roll-up would not give them back. Where that
// has no solution, its parts are the sums of theirs.
void split_in_time(const Model& model, CellStore& store, DiagnosticSink& sink, const Watch* watch = nullptr);

}  // namespace jenjang::cascade
