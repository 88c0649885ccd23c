// Trying figures: the facts with some of them moved by whole units, and what the measure is then, exactly.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "jenjang/assess/reach_measure.h"

namespace jenjang {

// A figure that can be moved.
struct Mover {
  NodeId node;
  Period period;
  std::size_t fact = 0;  // index into Facts::facts
  Decimal from, step;
  int direction = 0;            // +1 or -1: the way that helps; 0 until it is known
  std::int64_t most_units = 0;  // in that direction
  std::size_t pool = SIZE_MAX;  // figures that share a limit: numerators of one share
};

// What lies below a measure: figures that move it evenly, or why they do not.
struct MoverList {
  std::vector<Mover> movers;
  std::vector<std::int64_t> pool_units;  // by pool, for all its movers together
  std::size_t without_figure = 0;
  std::string uneven;  // the word of the first aggregation that is not even; empty: all are
};

class Trial {
public:
  Trial(const Model& model, const TargetTable& targets, const Facts& facts, std::optional<Date> as_of)
      : model_(model), facts_(facts), exact_(model, targets, facts_, Lane::all, as_of) {}
  Trial(const Trial&) = delete;
  Trial& operator=(const Trial&) = delete;

  // Moves one figure by whole units from where it was reported; 0 puts it back.
  void move(const Mover& mover, std::int64_t units);
  // The same for several, units by mover; empty: all of them back.
  void lay(const MoverList& list, const std::vector<std::int64_t>& units);
  [[nodiscard]] std::optional<Rational> value(NodeId node, Period period) { return exact_.value(node, period); }
  [[nodiscard]] std::optional<Rational> achievement(NodeId node, Period period) {
    return exact_.achievement(node, period);
  }
  // The observation as it stands now.
  [[nodiscard]] const Observation& observation(const Mover& mover) const {
    return facts_.observation(facts_.facts[mover.fact]);
  }

  // The figures below `node`; leaves that `node` sees as denominators stand still.
  [[nodiscard]] MoverList movers_below(NodeId node, Period period);

private:
  friend class MoverFinder;
  const Model& model_;
  Facts facts_;  // a copy: the figures that are tried stand in it
  ExactEvaluator exact_;
};

// from + direction x units x step.
Decimal moved(const Mover& mover, std::int64_t units);

// Units that the figure itself allows in its direction.
void set_limit(const Model& model, Mover& mover);

// Units by mover, the first movers filled first, within their limits and those they share.
std::vector<std::int64_t> spread_units(const MoverList& list, std::int64_t units);
inline constexpr std::int64_t kAllUnits = std::int64_t{1} << 60;
// Least units, laid on the movers in order, that make it hold; a unit more never undoes it. nullopt when not even all
// do. The figures are put back. Cost: a trial for each doubling and halving.
std::optional<std::vector<std::int64_t>> least_units(Trial& trial, const MoverList& list,
                                                     const std::function<bool()>& holds);

// Movers with their direction such that `node` rises (falls when `up` is false), the steepest first; those that do not
// move it are left out. False when some figure does not move it evenly.
bool sort_by_slope(Trial& trial, NodeId node, Period period, bool up, const Model& model, MoverList& list);

}  // namespace jenjang
