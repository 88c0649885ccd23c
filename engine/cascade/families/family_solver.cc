#include "engine/cascade/families/family_solver.h"

#include <algorithm>

#include "engine/cascade/families/family_solving.h"

namespace jenjang::cascade {

using What = FamilyRefusal::What;

FamilyOutcome FamilySolver::run() {
  if (parent_.target.number() == nullptr) {
    return pass_on_text();
  }
  target_ = Rational(*parent_.target.number());
  if (std::optional<FamilyRefusal> refusal = members_.sort()) {
    return *std::move(refusal);
  }
  limits_.find(members_.free);
  step_ = choose_step();
  if (setup_.aggregation == Aggregation::share_meeting) {
    return solve_choice();
  }
  if (!is_linear(setup_.aggregation)) {
    return solve_untied();
  }
  // One member carries the whole figure under any method, unless its baseline has a say.
  const bool alone = family_.children.size() == 1 && setup_.outsiders.empty() && members_.free.size() == 1;
  const bool one_to_one = setup_.aggregation == Aggregation::ratio ||
                          (spec_.factor == Decimal(1) &&
                           (setup_.aggregation == Aggregation::weighted_mean || members_.tie_weight(0) == Rational(1)));
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
  if (!members_.alike_without_weights) {
    return solve_linear();
  }
  if (limits_.allow(target_)) {
    return pass_on_number();
  }
  FamilyRefusal missing = refuse(What::denominators_missing);  // who cannot carry it is made up for by weight
  missing.blamed = members_.without_denominator;
  return missing;
}

FamilyOutcome FamilySolver::pass_on_text() {
  if (!setup_.method->gives_same(Aggregation::leaf) && family_.children.size() > 1) {
    return refuse(What::not_a_number);
  }
  for (std::size_t i = 0; i < family_.children.size(); ++i) {
    if (store_.is_left_out(family_.children[i], parent_.period) ||
        !model_.unit(family_.children[i]).exists_in(parent_.period)) {
      continue;
    }
    if (members_.standing(family_.children[i]) != nullptr) {
      members_.held.push_back(i);
    } else {
      solution_.cells.push_back({i, parent_.target, std::nullopt});
    }
  }
  return finish();
}

FamilyOutcome FamilySolver::finish() {
  solution_.held = std::move(members_.held);
  // Without arithmetic a held neighbour has no part in the figure.
  solution_.used_illustrative |= members_.used_illustrative && is_linear(setup_.aggregation);
  return std::move(solution_);
}

FamilyOutcome FamilySolver::pass_on_number() {
  if (setup_.declared_step && !whole_steps(target_, step_)) {
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

Decimal FamilySolver::choose_step() const {
  if (setup_.declared_step) {
    return *setup_.declared_step;
  }
  int places = std::max({parent_.target.number()->scale(), members_.digits, limits_.digits()});
  const bool calculated = is_linear(setup_.aggregation) ? setup_.aggregation != Aggregation::sum
                                                        : setup_.aggregation == Aggregation::leaf &&
                                                              !setup_.method->gives_same(Aggregation::leaf);
  if (const ParameterValue* mark = find_mark(); mark != nullptr && setup_.aggregation == Aggregation::share_meeting) {
    places = std::max(places, mark->number->to_decimal().value_or(Decimal()).normalised().scale());
  }
  if (calculated && spec_.rounding.mode != RoundingMode::exact) {
    places = std::max(places, spec_.rounding.places);
  }
  return unit_step(places);
}

const ParameterValue* FamilySolver::find_mark() const {
  for (const ParameterValue& value : setup_.parameters) {
    if (value.key == "ambang" && value.number) {
      return &value;
    }
  }
  return nullptr;
}

std::variant<AllocationProblem, FamilyRefusal> FamilySolver::make_problem(const Rational& left) {
  std::vector<Rational> of_period;
  std::span<const Rational> drivers = setup_.drivers;
  if (setup_.method->needs_driver(setup_.parameters) && drivers.empty()) {
    std::variant<std::vector<Rational>, MissingDriver> read = read_drivers();
    if (const MissingDriver* missing = std::get_if<MissingDriver>(&read)) {
      return without_driver(*missing);
    }
    of_period = std::get<std::vector<Rational>>(std::move(read));
    drivers = of_period;
    if (std::optional<AllocationFailure> failure = setup_.method->check_drivers(drivers, setup_.parameters)) {
      FamilyRefusal refusal = refuse(failure->error, target_);
      refusal.failure = *std::move(failure);
      return refusal;
    }
  }
  std::optional<int> latest;  // year of the baselines
  AllocationProblem problem;
  problem.aggregation = setup_.aggregation;
  problem.polarity = spec_.polarity;
  problem.target = left;
  problem.parameters = setup_.parameters;
  problem.on_zero_driver = family_.rule.on_zero_driver;
  for (const std::size_t child : members_.free) {
    problem.weights.push_back(members_.weights.empty() ? Rational(1) : members_.weights[child]);
    problem.keys.push_back(setup_.keys[child]);
    if (!drivers.empty()) {
      problem.drivers.push_back(drivers[child]);
    }
    if (setup_.method->needs_baseline()) {
      const Baseline* baseline = model_.baseline_before(family_.children[child], parent_.period);
      problem.baselines.push_back(baseline ? std::optional(Rational(baseline->value)) : std::nullopt);
      solution_.used_illustrative |= baseline != nullptr && baseline->illustrative;
      if (baseline != nullptr && (!latest || baseline->period.year() > *latest)) {
        latest = baseline->period.year();
      }
    }
  }
  if (!drivers.empty()) {
    solution_.used_illustrative |= family_.drivers_illustrative;
  }
  if (latest) {
    problem.years = std::max(1, parent_.period.year() - *latest);
  }
  limits_.hand_to(problem);
  return problem;
}

std::variant<std::vector<Rational>, MissingDriver> FamilySolver::read_drivers() {
  const Targets targets{&store_, [](const void* table, NodeId node, Period period) {
                          return static_cast<const CellStore*>(table)->find(node, period);
                        }};
  for (const NodeId node : setup_.driving_nodes) {
    const TargetCell* cell = store_.find(node, parent_.period);
    solution_.used_illustrative |= cell != nullptr && cell->illustrative;
  }
  return driver_values(model_, family_, parent_.period, targets);
}

FamilyRefusal FamilySolver::without_driver(const MissingDriver& missing) const {
  FamilyRefusal refusal = refuse(
      missing.no_target && missing.error == AllocationError::needs_baseline ? What::driver_missing : What::allocation);
  refusal.failure.error = missing.error;
  refusal.failure.children = missing.children;
  refusal.driver_term = missing.term;
  refusal.wanted = missing.error == AllocationError::negative_driver ? missing.value : target_;
  for (const std::size_t child : missing.children) {
    refusal.blamed.push_back(family_.children[child]);
  }
  return refusal;
}

FamilyRefusal FamilySolver::translate(AllocationFailure failure, const Rational& fixed_sum) const {
  FamilyRefusal refusal = refuse(What::allocation);
  for (std::size_t& child : failure.children) {
    refusal.limits.push_back(limits_.of(child));
    child = members_.free[child];
  }
  if (failure.least) {
    *failure.least = (*failure.least + fixed_sum) * factor_;
  }
  if (failure.most) {
    *failure.most = (*failure.most + fixed_sum) * factor_;
  }
  refusal.failure = std::move(failure);
  refusal.wanted = target_;
  refusal.fixed = members_.fixed;
  return refusal;
}

FamilyOutcome solve_family(const Model& model, const FamilySetup& setup, const TargetCell& parent,
                           const CellStore& store, IntervalTree* tree) {
  return FamilySolver(model, setup, parent, store, tree).run();
}

}  // namespace jenjang::cascade
