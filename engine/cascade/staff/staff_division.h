// One measure at one position in one year, divided among those who served.
#pragma once

#include <span>
#include <vector>

#include "jenjang/cascade/staff_shares.h"

#include "engine/cascade/staff/service_year.h"

namespace jenjang::cascade {

// Appends the rows of every server for every cell. `cells` are those of one node in one year, by period; not empty.
void share_measure(const Model& model, const std::vector<Server>& servers, std::span<const TargetCell> cells,
                   std::vector<StaffShare>& out);

// `amount` by integer weights in multiples of `step`, largest remainder, ties to the earlier. An amount that is no
// multiple of the step is divided at its own digits. Requires step > 0, no negative weight, and one above zero.
std::vector<Decimal> divide_by_service(const Decimal& amount, Decimal step, std::span<const int> weights);

}  // namespace jenjang::cascade
