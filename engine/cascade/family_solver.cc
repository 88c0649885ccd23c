#include "engine/cascade/family_solver.h"

#include <algorithm>
#include <iterator>

#include "engine/cascade/family_members.h"
#include "engine/cascade/hold_conflict.h"
#include "engine/cascade/rounding.h"

namespace jenjang::cascade {
namespace {

using What = FamilyRefusal::What;

// True for aggregations of the form sum of a_i x_i.
bool is_linear(Aggregation aggregation) {
  return aggregation == Aggregation::sum || aggregation == Aggregation::weighted_mean ||
         aggregation == Aggregation::ratio;
}

class Solver {
public:
  Solver(const Model& model, const FamilySetup& setup, const TargetCell& parent, const CellStore& store)
      : model_(model),
        setup_(setup),
        family_(*setup.family),
        parent_(parent),
        spec_(model.item(setup.family->parent).spec),
        members_(model, setup, parent, store) {}

  FamilyOutcome run() {
    if (parent_.target.number() == nullptr) {
      return pass_on_text();
    }
    target_ = Rational(*parent_.target.number());
    if (std::optional<FamilyRefusal> refusal = members_.sort()) {
      return *std::move(refusal);
    }
    step_ = choose_step();
    if (!is_linear(setup_.aggregation)) {
      return solve_extremum();
    }
    // One member carries the whole figure under any method, unless its baseline has a say.
    const bool alone = family_.children.size() == 1 && setup_.outsiders.empty() && members_.free.size() == 1;
    const bool one_to_one = setup_.aggregation == Aggregation::ratio ||
                            (spec_.factor == Decimal(1) && (setup_.aggregation == Aggregation::weighted_mean ||
                                                            setup_.weights.front() == Rational(1)));
    const bool measured_from_baseline =
        setup_.method->needs_baseline() && model_.baseline_before(family_.children.front(), parent_.period) != nullptr;
    if (alone && one_to_one && !measured_from_baseline) {
      return pass_on_number();
    }
    if (std::optional<FamilyRefusal> refusal = members_.weigh()) {
      return *std::move(refusal);
    }
    // A ratio's children are stated in the unit of their parent.
    factor_ = setup_.aggregation == Aggregation::ratio ? Rational(1) : Rational(spec_.factor);
    if (factor_.is_zero()) {
      return refuse(AllocationError::zero_denominator, target_);
    }
    return members_.alike_without_weights ? pass_on_number() : solve_linear();
  }

private:
  // Ranges, bounds and grades are passed on as they are or not at all.
  FamilyOutcome pass_on_text() {
    if (!setup_.method->gives_same(Aggregation::leaf) && family_.children.size() > 1) {
      return refuse(What::not_a_number);
    }
    for (std::size_t i = 0; i < family_.children.size(); ++i) {
      if (members_.standing(family_.children[i]) != nullptr) {
        members_.held.push_back(i);
      } else {
        solution_.cells.push_back({i, parent_.target, std::nullopt});
      }
    }
    return finish();
  }

  FamilyOutcome finish() {
    solution_.held = std::move(members_.held);
    // Without arithmetic a held neighbour has no part in the figure.
    solution_.used_illustrative |= members_.used_illustrative && is_linear(setup_.aggregation);
    return std::move(solution_);
  }

  // Every free child gets the parent's figure as written.
  FamilyOutcome pass_on_number() {
    if (declared_step() && !whole_steps(target_, step_)) {
      FamilyRefusal refusal = refuse(What::not_whole_steps);
      refusal.wanted = target_;
      refusal.step = step_;
      return refusal;
    }
    for (const std::size_t child : members_.free) {
      solution_.cells.push_back({child, parent_.target, std::nullopt});
    }
    solution_.residual = CascadeResidual{setup_.id, parent_.period, target_, target_, true};
    return finish();
  }

  [[nodiscard]] std::optional<Decimal> declared_step() const {
    if (family_.rule.step) {
      return family_.rule.step;
    }
    std::optional<Decimal> step;
    for (const NodeId child : family_.children) {
      const Decimal& own = model_.item(child).spec.step;
      if (own.sign() > 0 && (!step || own > *step)) {
        step = own;
      }
    }
    if (!step && spec_.step.sign() > 0) {
      step = spec_.step;
    }
    return step;
  }

  // Undeclared: the digits written. Levels get at least the digits that the parent prints, since a
  // mean of coarser levels could seldom print as its target.
  [[nodiscard]] Decimal choose_step() const {
    if (const std::optional<Decimal> declared = declared_step()) {
      return *declared;
    }
    int places = std::max(parent_.target.number()->scale(), members_.digits);
    if (setup_.aggregation != Aggregation::sum && spec_.rounding.mode != RoundingMode::exact) {
      places = std::max(places, spec_.rounding.places);
    }
    return unit_step(places);
  }

  // minimum, maximum and untied children: the same figure for all that are free.
  FamilyOutcome solve_extremum() {
    if (setup_.aggregation == Aggregation::leaf) {
      FamilyOutcome outcome = pass_on_number();
      if (FamilySolution* solution = std::get_if<FamilySolution>(&outcome)) {
        solution->residual.reset();  // nothing is added up
      }
      return outcome;
    }
    const Rational factor(spec_.factor);
    if (factor.is_zero()) {
      return refuse(AllocationError::zero_denominator, target_);
    }
    const Rational due = target_ / factor;
    const bool lowest = setup_.aggregation == Aggregation::minimum;
    const auto beyond = [lowest](const Rational& a, const Rational& b) { return lowest ? a < b : a > b; };
    // The free children stand at `due`; a fixed member beyond it, or no free child, decides otherwise.
    std::optional<Rational> reached;
    if (!members_.free.empty()) {
      reached = due;
    }
    for (const FixedMember& member : members_.fixed) {
      if (!reached || beyond(member.value, *reached)) {
        reached = member.value;
      }
    }
    if (reached && *reached != due) {
      FamilyRefusal refusal = refuse(What::hold_conflict);
      std::copy_if(members_.fixed.begin(), members_.fixed.end(), std::back_inserter(refusal.fixed),
                   [&](const FixedMember& member) { return members_.free.empty() || beyond(member.value, due); });
      refusal.wanted = target_;
      refusal.reached = *reached * factor;
      return refusal;
    }
    const std::optional<Decimal> share = due.to_decimal();
    if (!share || (declared_step() && !whole_steps(due, step_))) {
      FamilyRefusal refusal = refuse(What::not_whole_steps);
      refusal.wanted = due;
      refusal.step = step_;
      return refusal;
    }
    const bool as_written = spec_.factor == Decimal(1);
    for (const std::size_t child : members_.free) {
      solution_.cells.push_back({child, as_written ? parent_.target : Target(*share), std::nullopt});
    }
    solution_.residual = CascadeResidual{setup_.id, parent_.period, target_, target_, true};
    return finish();
  }

  FamilyOutcome solve_linear() {
    const Rational due = target_ / factor_;  // what the weighted members must add up to
    Rational fixed_sum;
    for (const FixedMember& member : members_.fixed) {
      fixed_sum += member.weight * member.value;
    }
    MeanLaw law;
    law.fixed = fixed_sum;
    law.factor = factor_;
    law.wanted = *parent_.target.number();
    if (setup_.aggregation != Aggregation::sum) {
      law.rounding = spec_.rounding;
    }
    const Rational left = due - fixed_sum;
    const bool overfull = due.sign() >= 0 && left.sign() < 0 &&
                          std::all_of(
                              members_.fixed.begin(), members_.fixed.end(),
                              [](const FixedMember& m) { return (m.weight * m.value).sign() >= 0; });
    if (members_.free.empty() ? !law.holds(fixed_sum * factor_) : overfull) {
      FamilyRefusal refusal = refuse(What::hold_conflict);
      refusal.fixed = overfull ? least_overfull(members_.fixed, due) : members_.fixed;
      Rational reached;
      for (const FixedMember& member : refusal.fixed) {
        reached += member.weight * member.value;
      }
      refusal.wanted = target_;
      refusal.reached = reached * factor_;
      return refusal;
    }
    if (members_.free.empty()) {
      solution_.residual = CascadeResidual{setup_.id, parent_.period, target_, fixed_sum * factor_, true};
      return finish();
    }
    const AllocationProblem problem = make_problem(left);
    AllocationResult result = setup_.method->allocate(problem);
    if (AllocationFailure* failure = std::get_if<AllocationFailure>(&result)) {
      return translate(*std::move(failure), fixed_sum);
    }
    law.weights = problem.weights;
    return round_cells(problem, std::get<Allocation>(result), left, law);
  }

  [[nodiscard]] AllocationProblem make_problem(const Rational& left) {
    AllocationProblem problem;
    problem.aggregation = setup_.aggregation;
    problem.polarity = spec_.polarity;
    problem.target = left;
    problem.parameters = setup_.parameters;
    problem.on_zero_driver = family_.rule.on_zero_driver;
    for (const std::size_t child : members_.free) {
      problem.weights.push_back(members_.weights[child]);
      problem.keys.push_back(setup_.keys[child]);
      if (!setup_.drivers.empty()) {
        problem.drivers.push_back(setup_.drivers[child]);
      }
      if (setup_.method->needs_baseline()) {
        const Baseline* baseline = model_.baseline_before(family_.children[child], parent_.period);
        problem.baselines.push_back(baseline ? std::optional(Rational(baseline->value)) : std::nullopt);
        solution_.used_illustrative |= baseline != nullptr && baseline->illustrative;
      }
    }
    if (!setup_.drivers.empty()) {
      solution_.used_illustrative |= family_.drivers_illustrative;
    }
    return problem;
  }

  // From the free children's places and figures to the family's.
  [[nodiscard]] FamilyRefusal translate(AllocationFailure failure, const Rational& fixed_sum) const {
    for (std::size_t& child : failure.children) {
      child = members_.free[child];
    }
    if (failure.least) {
      *failure.least = (*failure.least + fixed_sum) * factor_;
    }
    if (failure.most) {
      *failure.most = (*failure.most + fixed_sum) * factor_;
    }
    FamilyRefusal refusal = refuse(What::allocation);
    refusal.failure = std::move(failure);
    refusal.wanted = target_;
    refusal.fixed = members_.fixed;
    return refusal;
  }

  FamilyOutcome round_cells(const AllocationProblem& problem, const Allocation& allocation, const Rational& left,
                            const MeanLaw& law) {
    const Rounds request{allocation.shares, step_,           allocation.tie_drivers, problem.keys,
                         allocation.lower,  allocation.upper};
    const bool plain_sum = setup_.aggregation == Aggregation::sum &&
                           std::all_of(problem.weights.begin(), problem.weights.end(),
                                       [](const Rational& weight) { return weight == Rational(1); });
    std::vector<Decimal> cells;
    Rational reached = target_;
    if (plain_sum) {
      if (!whole_steps(left, step_)) {
        FamilyRefusal refusal = refuse(What::not_whole_steps);
        refusal.wanted = left;
        refusal.step = step_;
        return refusal;
      }
      std::optional<std::vector<Decimal>> rounded = round_to_total(request, left);
      if (!rounded) {
        return no_room(allocation);
      }
      cells = *std::move(rounded);
    } else {
      std::optional<MeanRounding> rounded = round_to_mean(request, law, allocation.alike);
      if (!rounded) {
        return no_room(allocation);
      }
      if (!rounded->holds) {
        FamilyRefusal refusal = refuse(What::no_rounding);
        refusal.wanted = target_;
        refusal.reached = rounded->aggregated;
        refusal.step = step_;
        return refusal;
      }
      cells = std::move(rounded->cells);
      reached = rounded->aggregated;
    }
    for (std::size_t k = 0; k < members_.free.size(); ++k) {
      const bool moved = Rational(cells[k]) != allocation.shares[k];
      solution_.cells.push_back(
          {members_.free[k], cells[k], moved ? std::optional(allocation.shares[k]) : std::nullopt});
    }
    solution_.residual = CascadeResidual{setup_.id, parent_.period, target_, reached, true};
    return finish();
  }

  // The limits of the children leave no multiple of the step.
  [[nodiscard]] FamilyRefusal no_room(const Allocation& allocation) const {
    FamilyRefusal refusal = refuse(What::no_rounding);
    refusal.wanted = target_;
    refusal.step = step_;
    Rational reached;
    for (std::size_t k = 0; k < members_.free.size(); ++k) {
      const Rational cell(nearest_step(allocation.shares[k], step_).value_or(Decimal()));
      reached += members_.weights[members_.free[k]] * cell;
    }
    for (const FixedMember& member : members_.fixed) {
      reached += member.weight * member.value;
    }
    refusal.reached = reached * factor_;
    return refusal;
  }

  const Model& model_;
  const FamilySetup& setup_;
  const Family& family_;
  const TargetCell& parent_;
  const MeasureSpec& spec_;
  Rational target_;
  Rational factor_{1};
  Decimal step_;
  FamilyMembers members_;
  FamilySolution solution_;
};

}  // namespace

FamilyOutcome solve_family(const Model& model, const FamilySetup& setup, const TargetCell& parent,
                           const CellStore& store) {
  return Solver(model, setup, parent, store).run();
}

}  // namespace jenjang::cascade
