#include "engine/cascade/calendar/last_measured.h"

#include <algorithm>
#include <array>
#include <map>
#include <vector>

namespace jenjang::cascade {
namespace {

struct Part {
  Period period;
  Rational value;
  bool illustrative = false;
};

// One figure for a year from its parts of one granularity, in order.
std::optional<Measured> figure_of_year(Accumulation accumulation, std::span<const Part> parts) {
  Measured whole;
  whole.period = parts.back().period;
  const auto full = static_cast<std::size_t>(periods_per_year(whole.period.granularity()));
  const bool complete = parts.size() == full;
  const bool ended = static_cast<std::size_t>(whole.period.index()) == full;
  switch (accumulation) {
    case Accumulation::position:
    case Accumulation::release:
      whole.value = parts.back().value;
      whole.illustrative = parts.back().illustrative;
      return whole;
    case Accumulation::cumulative:
      whole.value = parts.back().value;
      whole.illustrative = parts.back().illustrative;
      return ended ? std::optional(whole) : std::nullopt;
    case Accumulation::peak:
      whole.value = parts.front().value;
      for (const Part& part : parts) {
        whole.value = std::max(whole.value, part.value);
        whole.illustrative |= part.illustrative;
      }
      return complete ? std::optional(whole) : std::nullopt;
    case Accumulation::increments:
    case Accumulation::average:
      for (const Part& part : parts) {
        whole.value += part.value;
        whole.illustrative |= part.illustrative;
      }
      if (accumulation == Accumulation::average) {
        whole.value /= Rational(static_cast<std::int64_t>(full));
      }
      return complete ? std::optional(whole) : std::nullopt;
  }
  return std::nullopt;
}

std::optional<Measured> last_realisation(const Model& model, NodeId node, int year, const CascadeOptions& options) {
  if (options.facts == nullptr) {
    return std::nullopt;
  }
  // Facts come by period, coarse before fine, so a year's own figure is met before its parts.
  std::map<int, std::array<std::vector<Part>, 4>> years;
  for (const Fact& fact : options.facts->of(node)) {
    const Observation& observation = options.facts->observation(fact);
    const bool known = observation.state == CellState::value && observation.grade.empty() &&
                       observation.period.year() < year &&
                       (!options.as_of || options.as_of->is_over(observation.period));
    if (!known) {
      continue;
    }
    auto& parts = years[observation.period.year()][static_cast<std::size_t>(observation.period.granularity())];
    if (parts.empty() || parts.back().period != observation.period) {
      parts.push_back({observation.period, Rational(observation.number), observation.illustrative});
    }
  }
  const Accumulation accumulation = model.item(node).spec.accumulation;
  for (auto it = years.rbegin(); it != years.rend(); ++it) {
    for (const std::vector<Part>& parts : it->second) {
      if (parts.empty()) {
        continue;
      }
      if (std::optional<Measured> figure = figure_of_year(accumulation, parts)) {
        return figure;
      }
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<Measured> last_measured(const Model& model, NodeId node, int year, const CascadeOptions& options) {
  std::optional<Measured> figure = last_realisation(model, node, year, options);
  const Baseline* baseline = model.baseline_before(node, Period::year(year - 1));
  if (baseline != nullptr && (!figure || figure->period.year() < baseline->period.year())) {
    figure = Measured{baseline->period, Rational(baseline->value), baseline->illustrative};
  }
  return figure;
}

}  // namespace jenjang::cascade
