#include "bulk/oracle.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "jenjang/base/rational.h"

namespace jenjang::bench {
namespace {

using bulk::Edge;
using bulk::kMonths;
using bulk::MeasureClass;

// What is known of one node in one month and lane.
struct Truth {
  CellState state = CellState::empty;
  Rational value;
  CellState achieved = CellState::not_applicable;
  Rational achievement;
  bool limited = false, partial = false, unvalidated = false;
  std::uint32_t covered = 0, expected = 0;
  Rational covered_weight, expected_weight;
  bool has_pair = false;
  Rational numerator, denominator, known;  // of a ratio; `known` is the denominator as far as it was reported
};

Rational power_of_ten(int exponent) {
  Rational result(1);
  for (int i = 0; i < exponent; ++i) result *= Rational(10);
  return result;
}

// The decimal that a double in a column stands for.
Rational decimal(double x, int places) {
  const double steps = x * std::pow(10.0, places);
  return Rational(static_cast<std::int64_t>(std::llround(steps))) / power_of_ten(places);
}

class Oracle {
public:
  Oracle(const bulk::FlatPlan& plan, const bulk::Figures& figures, unsigned month, bool validated)
      : plan_(plan), figures_(figures), month_(month), validated_(validated) {
    if (validated) everything_ = std::make_unique<Oracle>(plan, figures, month, false);
  }

  const Truth& of(std::uint32_t node) {
    const auto found = known_.find(node);
    if (found != known_.end()) return found->second;
    Truth truth = node < plan_.leaf_count() ? leaf(node) : inner(node);
    achieve(node, truth);
    return known_.emplace(node, std::move(truth)).first->second;
  }

  std::optional<Rational> target(std::uint32_t node) const {
    const double x = figures_.target[node * kMonths + month_];
    if (std::isnan(x)) return std::nullopt;
    return decimal(x, plan_.measure(node).places);
  }

  int band(std::uint32_t node, const Truth& truth) const {
    const MeasureClass& measure = plan_.measure(node);
    if (measure.scale == bulk::kNoScale) return bulk::kNoBand;
    if ((measure.scale_on_value ? truth.state : truth.achieved) != CellState::value) return bulk::kNoBand;
    const auto found = plan_.scales[measure.scale].find_band(measure.scale_on_value ? truth.value : truth.achievement);
    return found ? static_cast<int>(*found) : bulk::kNoBand;
  }

private:
  Truth leaf(std::uint32_t node) const {
    Truth truth;
    const std::size_t at = node * kMonths + month_;
    const bulk::StateByte byte = figures_.state[at];
    truth.state = bulk::cell_state(byte);
    const bool waits = (byte & bulk::kUnvalidated) != 0;
    truth.unvalidated = waits;
    if (waits && validated_) truth.state = bulk::cell_state(static_cast<bulk::StateByte>(byte >> 4));
    if (truth.state == CellState::value) truth.value = decimal(figures_.value[at], plan_.measure(node).places);
    truth.expected = truth.state == CellState::not_applicable ? 0 : 1;
    truth.covered = truth.state == CellState::value ? 1 : 0;
    truth.expected_weight = Rational(static_cast<std::int64_t>(truth.expected));
    truth.covered_weight = Rational(static_cast<std::int64_t>(truth.covered));
    return truth;
  }

  // Of two reasons the one that somebody can repair.
  static CellState more_urgent(CellState a, CellState b) {
    return (bulk::state_byte(a) >= bulk::state_byte(b)) ? a : b;
  }

  Truth inner(std::uint32_t node) {
    const MeasureClass& measure = plan_.measure(node);
    const bool ratio = measure.aggregation == Aggregation::ratio;
    Truth truth;
    Rational total, weights, known;
    std::optional<Rational> best;
    bool own_pair = ratio, own_missing = false, own_excluded = false, own_blind = false;
    for (const Edge& edge : plan_.children(node)) {
      own_pair = own_pair && plan_.measure(edge.child()).aggregation != Aggregation::ratio;
    }
    std::uint32_t counted = 0, zeroed = 0, absent = 0;
    CellState reason = CellState::not_applicable;
    for (const Edge& edge : plan_.children(node)) {
      const Truth& child = of(edge.child());
      const Rational weight = Rational(static_cast<std::int64_t>(edge.weight)) / power_of_ten(measure.weight_places);
      Rational offered = child.value;
      CellState state = child.state;
      if (ratio && !own_pair) {
        state = child.has_pair ? CellState::value : state == CellState::value ? CellState::empty : state;
      } else if (measure.aggregation == Aggregation::share_meeting) {
        const auto goal = target(edge.child());
        if (state == CellState::value && !goal) state = CellState::not_applicable;
        if (state == CellState::value) offered = Rational(meets(edge.child(), child.value, *goal) ? 1 : 0);
      } else if (!ratio && measure.carry == Carry::achievement) {
        offered = child.achievement;
        state = child.achieved;
      }
      const bool here = state == CellState::value;
      if (here) {
        truth.unvalidated = truth.unvalidated || (child.unvalidated);
        truth.partial = truth.partial || child.partial;
      }
      if (own_pair) {
        if (here) {
          (edge.is_denominator() ? truth.denominator : truth.numerator) += offered * weight;
        } else if (state == CellState::not_applicable) {
          own_excluded = true;
        } else {
          own_missing = true;
          own_blind = own_blind || edge.is_denominator();
          reason = more_urgent(reason, state);
        }
        continue;
      }
      if (state == CellState::not_applicable) continue;
      const bool as_nought = !here && measure.missing == MissingPolicy::zero && state == CellState::empty;
      counted += here || as_nought ? 1 : 0;
      zeroed += as_nought ? 1 : 0;
      if (!here && !as_nought) {
        ++absent;
        reason = more_urgent(reason, state);
      }
      if (here) total += offered * weight;
      if (here || as_nought) {
        weights += weight;
        const Rational figure = here ? offered : Rational();
        const bool better = best && (measure.aggregation == Aggregation::maximum ? figure > *best : figure < *best);
        if (!best || better) best = figure;
      }
      truth.expected += child.expected;
      if (here) truth.covered += child.covered;
      if (ratio) {
        known += child.known * weight;
        if (here) {
          truth.numerator += child.numerator * weight;
          truth.denominator += child.denominator * weight;
          truth.covered_weight += child.covered_weight * weight;
        } else if (as_nought) {
          truth.denominator += child.known * weight;
        }
      } else if (measure.aggregation == Aggregation::weighted_mean) {
        if (child.expected == 0) continue;
        truth.expected_weight += weight;
        if (here && child.expected_weight.sign() > 0) {
          truth.covered_weight += weight * (child.covered_weight / child.expected_weight);
        }
      } else {
        truth.expected_weight += Rational(static_cast<std::int64_t>(child.expected));
        if (here) truth.covered_weight += Rational(static_cast<std::int64_t>(child.covered));
      }
    }
    if (own_pair) {
      // Two operands are one report: half a pair is none.
      const bool out = !own_missing && (own_excluded || truth.denominator.is_zero());
      if (!out && !own_blind) known = truth.denominator;
      if (!out) truth.expected = 1;
      if (own_missing) {
        absent = 1;
      } else if (!out) {
        counted = truth.covered = 1;
        truth.covered_weight = truth.denominator;
      }
    }
    // The validated share is a share of all there is: of the denominators that the full lane knows.
    if (ratio) truth.expected_weight = validated_ ? everything_->of(node).expected_weight : known;
    truth.known = known;
    truth.partial = truth.partial || absent + zeroed > 0;
    const bool refused = measure.missing == MissingPolicy::strict && absent > 0;
    truth.state = counted == 0 || refused ? reason : CellState::value;
    if (truth.state == CellState::value) close(measure, truth, total, weights, best);
    if (ratio) truth.has_pair = truth.state == CellState::value;
    return truth;
  }

  static void close(const MeasureClass& measure, Truth& truth, const Rational& total, const Rational& weights,
                    const std::optional<Rational>& best) {
    switch (measure.aggregation) {
      case Aggregation::sum:
        truth.value = total;
        break;
      case Aggregation::minimum:
      case Aggregation::maximum:
        truth.value = *best;
        break;
      case Aggregation::ratio:
        if (truth.denominator.is_zero()) {
          truth.state = CellState::not_applicable;
          return;
        }
        truth.value = truth.numerator / truth.denominator;
        break;
      default:
        if (weights.is_zero()) {
          truth.state = CellState::empty;
          return;
        }
        truth.value = total / weights;
        break;
    }
    truth.value *= Rational(measure.factor);
  }

  bool meets(std::uint32_t node, const Rational& value, const Rational& goal) const {
    switch (plan_.measure(node).polarity) {
      case Polarity::lower:
        return value <= goal;
      case Polarity::range:
      case Polarity::stabilise:
        return value == goal;
      default:
        return value >= goal;
    }
  }

  void achieve(std::uint32_t node, Truth& truth) const {
    const MeasureClass& measure = plan_.measure(node);
    const AchievementSpec& spec = measure.achievement;
    if (measure.goal) {
      truth.achieved = truth.state;
      truth.achievement = truth.value;
    } else if (spec.formula != AchievementFormula::none) {
      truth.achieved = truth.state;
      if (truth.state != CellState::value) return;
      const auto goal = target(node);
      const auto raw = goal ? raw_achievement(measure, truth.value, *goal) : std::nullopt;
      truth.achieved = raw ? CellState::value : CellState::not_applicable;
      if (raw) truth.achievement = *raw;
    }
    if (truth.achieved != CellState::value) return;
    if (spec.cap && truth.achievement > Rational(*spec.cap)) {
      truth.achievement = Rational(*spec.cap);
      truth.limited = true;
    } else if (spec.floor && truth.achievement < Rational(*spec.floor)) {
      truth.achievement = Rational(*spec.floor);
      truth.limited = true;
    }
  }

  static std::optional<Rational> raw_achievement(const MeasureClass& measure, const Rational& value,
                                                 const Rational& goal) {
    const Rational hundred(100);
    if (goal.is_zero()) {
      if (measure.achievement.on_zero_target != ZeroTargetRule::met_or_missed) return std::nullopt;
      if (measure.polarity == Polarity::higher || measure.polarity == Polarity::context) return std::nullopt;
      const bool met = measure.polarity == Polarity::lower ? value.sign() <= 0 : value.is_zero();
      return met ? hundred : Rational();
    }
    switch (measure.achievement.formula) {
      case AchievementFormula::h1:
        return goal.sign() > 0 ? hundred * value / goal : hundred + hundred * (value - goal) / goal.absolute();
      case AchievementFormula::l1:
        return hundred - hundred * (value - goal) / goal.absolute();
      default:  // L2
        if (value.sign() <= 0 || goal.sign() < 0) return std::nullopt;
        return hundred * goal / value;
    }
  }

  const bulk::FlatPlan& plan_;
  const bulk::Figures& figures_;
  unsigned month_;
  bool validated_;
  std::unique_ptr<Oracle> everything_;  // the full lane, beside the validated one
  std::map<std::uint32_t, Truth> known_;
};

bool close_to(double x, const Rational& truth) {
  const double wanted = truth.to_double();
  return std::abs(x - wanted) <= 1e-9 * std::max(1.0, std::abs(wanted));
}

class Comparison {
public:
  Comparison(const bulk::FlatPlan& plan, const bulk::Figures& figures, unsigned month, bool validated, bool full)
      : plan_(plan),
        figures_(figures),
        month_(month),
        validated_(validated),
        full_(full),
        oracle_(plan, figures, month, validated) {}

  void compare(std::uint32_t node, Verdict& verdict) {
    const Truth& truth = oracle_.of(node);
    ++verdict.cells;
    std::string wrong = node < plan_.leaf_count() ? leaf(node, truth) : inner(node, truth);
    if (wrong.empty()) return;
    ++verdict.wrong;
    if (!verdict.first_wrong.empty()) return;
    verdict.first_wrong = wrong + " of node " + std::to_string(node) + " class " +
                          std::to_string(plan_.class_of[node]) + " month " + std::to_string(month_ + 1) +
                          (validated_ ? ", validated lane" : "") + "; column " +
                          std::to_string(figures_.value[node * kMonths + month_]) + ", true value " +
                          truth.value.to_string() + ", achievement " + truth.achievement.to_string();
  }

private:
  std::string leaf(std::uint32_t node, const Truth& truth) const {
    if (!full_ || validated_) return {};
    return figures_.band[node * kMonths + month_] == oracle_.band(node, truth) ? "" : "band";
  }

  std::string inner(std::uint32_t node, const Truth& truth) const {
    const std::size_t every = node * kMonths + month_, at = (node - plan_.leaf_count()) * kMonths + month_;
    const bulk::StateByte state = validated_ ? figures_.validated_state[at] : figures_.state[every];
    if (bulk::cell_state(state) != truth.state) return "state";
    if (((state & bulk::kPartial) != 0) != truth.partial) return "mark of parts missing";
    if (!validated_ && ((state & bulk::kUnvalidated) != 0) != truth.unvalidated) return "mark of unvalidated facts";
    if (!close_to(validated_ ? figures_.validated_value[at] : figures_.value[every], truth.value)) return "value";
    if (!full_) return {};
    const bulk::InnerLane& lane = validated_ ? figures_.validated : figures_.all;
    if (bulk::cell_state(lane.achieved[at]) != truth.achieved) return "state of the achievement";
    if (((lane.achieved[at] & bulk::kCapped) != 0) != truth.limited) return "limit";
    if (!close_to(lane.achievement[at], truth.achieved == CellState::value ? truth.achievement : Rational())) {
      return "achievement";
    }
    const int band = validated_ ? figures_.validated_band[at] : figures_.band[every];
    if (band != oracle_.band(node, truth)) return "band";
    if (lane.covered[at] != truth.covered) return "reported units";
    if (lane.expected[at] != truth.expected) return "expected units";
    if (!close_to(lane.covered_weight[at], truth.covered_weight)) return "reported weight";
    if (!close_to(lane.expected_weight[at], truth.expected_weight)) return "expected weight";
    return {};
  }

  const bulk::FlatPlan& plan_;
  const bulk::Figures& figures_;
  unsigned month_;
  bool validated_, full_;
  Oracle oracle_;
};

// Everything below a node, itself last; empty when it is more than `most`.
std::vector<std::uint32_t> below(const bulk::FlatPlan& plan, std::uint32_t root, std::size_t most) {
  std::vector<std::uint32_t> found{root};
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (found[i] < plan.leaf_count()) continue;
    for (const Edge& edge : plan.children(found[i])) found.push_back(edge.child());
    if (found.size() > most) return {};
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

Verdict check_nodes(const bulk::FlatPlan& plan, const bulk::Figures& figures, const std::vector<std::uint32_t>& nodes,
                    unsigned month, bool full) {
  Verdict verdict;
  for (const bool validated : {false, true}) {
    if (validated && (!full || !figures.has_validated_lane())) continue;
    Comparison comparison(plan, figures, month, validated, full);
    for (const std::uint32_t node : nodes) comparison.compare(node, verdict);
  }
  return verdict;
}

}  // namespace

Verdict& Verdict::operator+=(const Verdict& other) {
  nodes += other.nodes;
  cells += other.cells;
  wrong += other.wrong;
  if (first_wrong.empty()) first_wrong = other.first_wrong;
  return *this;
}

Verdict check_subtree(const bulk::FlatPlan& plan, const bulk::Figures& figures, std::uint32_t root, bool full) {
  const std::vector<std::uint32_t> nodes = below(plan, root, plan.node_count() + plan.edges.size());
  Verdict verdict;
  for (unsigned month = 0; month < kMonths; ++month) verdict += check_nodes(plan, figures, nodes, month, full);
  verdict.nodes = nodes.size();
  return verdict;
}

Verdict check_samples(const bulk::FlatPlan& plan, const bulk::Figures& figures, bool full, unsigned roots,
                      std::uint32_t most, std::uint64_t seed) {
  Verdict verdict;
  for (unsigned i = 0; i < roots; ++i) {
    // From a random leaf upward, as far as the sub-tree stays small; every level is an end now and then.
    seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
    auto node = static_cast<std::uint32_t>((seed >> 33) % plan.leaf_count());
    for (unsigned up = 0; up < 1 + i % 8 && plan.owner[node] != bulk::kNoNode; ++up) {
      if (below(plan, plan.owner[node], most).empty()) break;
      node = plan.owner[node];
    }
    verdict += check_subtree(plan, figures, node, full);
  }
  return verdict;
}

Verdict check_cell(const bulk::FlatPlan& plan, const bulk::Figures& figures, std::uint32_t node, unsigned month,
                   bool full) {
  Verdict verdict = check_nodes(plan, figures, {node}, month, full);
  verdict.nodes = 1;
  return verdict;
}

}  // namespace jenjang::bench
