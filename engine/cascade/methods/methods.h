// The allocation methods, one function a file; registry.cc lists them.
#pragma once

#include "jenjang/cascade/allocation.h"

namespace jenjang::cascade {

const AllocationMethod& replicate_method();     // sama
const AllocationMethod& equal_method();         // rata
const AllocationMethod& proportional_method();  // proporsional
const AllocationMethod& fixed_shares_method();  // bagian-tetap
const AllocationMethod& gap_closing_method();   // tutup-selisih

// x_i = T w_i / (W a_i): contributions a_i x_i in proportion to w_i. Shared by the methods that
// split a total; a zero W follows the policy, a child without weight gets nothing.
AllocationResult split_by(const AllocationProblem& problem, std::span<const Rational> w);
// The children whose driver is below zero, as a failure; nullopt when there is none.
std::optional<AllocationFailure> find_negative(std::span<const Rational> drivers);

}  // namespace jenjang::cascade
