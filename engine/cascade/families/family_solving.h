// The work on one family in one period: state shared by the ways of solving it. Linear aggregations are in
// family_linear.cc, the others in family_untied.cc.
#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "engine/cascade/families/driver_values.h"
#include "engine/cascade/families/family_limits.h"
#include "engine/cascade/families/family_members.h"
#include "engine/cascade/rounding/rounding.h"

namespace jenjang::cascade {

class FamilySolver {
public:
  FamilySolver(const Model& model, const FamilySetup& setup, const TargetCell& parent, const CellStore& store,
               IntervalTree* tree)
      : model_(model),
        setup_(setup),
        family_(*setup.family),
        parent_(parent),
        spec_(model.item(setup.family->parent).spec),
        store_(store),
        members_(model, setup, parent, store),
        limits_(setup, parent.period, tree) {}
  FamilyOutcome run();

private:
  // Ranges, bounds and grades are passed on as they are or not at all.
  FamilyOutcome pass_on_text();
  FamilyOutcome finish();
  // Every free child gets the parent's figure as written.
  FamilyOutcome pass_on_number();
  // Undeclared: the digits written. Levels get at least the digits that the parent prints, since a
  // mean of coarser levels could seldom print as its target.
  [[nodiscard]] Decimal choose_step() const;
  // terpenuhi: the figure that counts as reached.
  [[nodiscard]] const ParameterValue* find_mark() const;
  // minimum, maximum and children without arithmetic: the same figure for all that are free, or what the method gives
  // each, within what each can carry.
  FamilyOutcome solve_untied();
  // The least (greatest) of free and held children must be the target.
  [[nodiscard]] std::optional<FamilyRefusal> extremum_misses(const Rational& due, const std::vector<Rational>& shares,
                                                             const Rational& factor) const;
  // The nearest multiple of the step, or the next one inside the limits.
  [[nodiscard]] std::optional<Decimal> rounded_within(const Rational& value, const Interval& limit) const;
  [[nodiscard]] FamilyRefusal no_step_within(const Rational& value) const;
  // terpenuhi: which children reach the mark. Those that are left out get no target.
  FamilyOutcome solve_choice();
  FamilyOutcome solve_linear();
  // Of a sum of flows: which part of the period the unit of each free child lives through, by the shape of the year;
  // empty when all live through it. A method reckons with whole years (so that a baseline, a frontier or an equal part
  // means the same for all), and what it gives each is cut to its life: A = sum of w_i f_i x_i, target t_i = f_i x_i.
  [[nodiscard]] std::vector<Rational> lived_parts() const;
  void count_as_whole(AllocationProblem& problem, std::span<const Rational> lived) const;
  static void cut_to_life(Allocation& allocation, std::span<const Rational> lived);
  // A mean that prints as the target may lie a little beside it: then the nearest that the limits allow is asked for.
  [[nodiscard]] static Rational reachable(const AllocationProblem& problem, const Rational& left, const MeanLaw& law);
  [[nodiscard]] std::variant<AllocationProblem, FamilyRefusal> make_problem(const Rational& left);
  std::variant<std::vector<Rational>, MissingDriver> read_drivers();
  [[nodiscard]] FamilyRefusal without_driver(const MissingDriver& missing) const;
  // From the free children's places and figures to the family's.
  [[nodiscard]] FamilyRefusal translate(AllocationFailure failure, const Rational& fixed_sum) const;
  FamilyOutcome round_cells(const AllocationProblem& problem, const Allocation& allocation, const Rational& left,
                            const MeanLaw& law);
  // The limits of the children leave no multiple of the step.
  [[nodiscard]] FamilyRefusal no_room(const Allocation& allocation) const;

  const Model& model_;
  const FamilySetup& setup_;
  const Family& family_;
  const TargetCell& parent_;
  const MeasureSpec& spec_;
  const CellStore& store_;
  Rational target_;
  Rational factor_{1};
  Decimal step_;
  FamilyMembers members_;
  FamilyLimits limits_;
  FamilySolution solution_;
};

}  // namespace jenjang::cascade
