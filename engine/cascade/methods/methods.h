// The allocation methods, one function a file; registry.cc lists them. What they share is below.
#pragma once

#include "jenjang/cascade/allocation.h"

#include "engine/cascade/methods/rays.h"

namespace jenjang::cascade {

const AllocationMethod& replicate_method();      // sama
const AllocationMethod& equal_method();          // rata
const AllocationMethod& proportional_method();   // proporsional
const AllocationMethod& fixed_shares_method();   // bagian-tetap
const AllocationMethod& gap_closing_method();    // tutup-selisih
const AllocationMethod& lift_method();           // pengangkatan
const AllocationMethod& floor_gap_method();      // lantai-selisih
const AllocationMethod& geometric_method();      // geometris
const AllocationMethod& shift_method();          // geser
const AllocationMethod& scale_method();          // skala
const AllocationMethod& least_squares_method();  // kuadrat-terkecil
const AllocationMethod& entropy_method();        // entropi
const AllocationMethod& fall_together_method();  // turun-bersama
const AllocationMethod& choose_method();         // pilih
const AllocationMethod& two_way_method();        // dua-arah

inline AllocationFailure failed(AllocationError error, std::vector<std::size_t> children = {}) {
  return {error, std::move(children), {}, {}};
}
// Aggregations of the form sum of a_i x_i.
constexpr bool is_weighted_sum(Aggregation aggregation) {
  return aggregation == Aggregation::sum || aggregation == Aggregation::weighted_mean ||
         aggregation == Aggregation::ratio;
}
// The checks that every method makes first: there are children, and the aggregation can be kept.
std::optional<AllocationFailure> refuse_at_once(const AllocationMethod& method, const AllocationProblem& problem);
// The children without a baseline, as a failure; nullopt when all have one.
std::optional<AllocationFailure> find_missing_baseline(const AllocationProblem& problem);
// The children whose figure is below zero, as a failure; nullopt when there is none.
std::optional<AllocationFailure> find_negative(std::span<const Rational> drivers);

// Requires a number that is written: the registry checked it.
const Rational& number_of(const AllocationProblem& problem, std::string_view key);
std::vector<Rational> baselines_of(const AllocationProblem& problem);  // requires all to be there
// Where the parent stands when nobody moves: sum of a_i b_i.
Rational standing(const AllocationProblem& problem);
// Whether a better family is a higher one. Measures without a good direction follow the target.
bool looks_up(const AllocationProblem& problem);

// One ray a child with the problem's weights and limits; the method adds origins and directions.
RayFamily rays_of(const AllocationProblem& problem);
// Raises the lower (lowers the upper) limit of a ray to `value`.
void limit_below(Ray& ray, const Rational& value);
void limit_above(Ray& ray, const Rational& value);
// A family that starts at zero hands out a target of its own sign only: m stays on that side.
void keep_sign(RayFamily& family, const Rational& target);
// Exact shares where the rays meet the target, with their limits for rounding.
AllocationResult meet_target(const AllocationProblem& problem, const RayFamily& family);
// The limits of a family, as rounding takes them.
void hand_on_limits(const RayFamily& family, Allocation& allocation);

// x_i = T w_i / (W a_i), within limits: contributions a_i x_i in proportion to w_i. A zero W that does
// not give the target by itself follows the policy; a child without weight gets nothing above its floor.
AllocationResult split_by(const AllocationProblem& problem, std::span<const Rational> w);

}  // namespace jenjang::cascade
