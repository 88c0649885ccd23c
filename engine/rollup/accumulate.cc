#include "engine/rollup/accumulate.h"

#include <algorithm>

#include "jenjang/rollup/rollup.h"

#include "engine/rollup/kernels/kernels.h"

namespace jenjang::rollup {
namespace {

std::uint16_t flags_of(const Observation& observation) {
  unsigned flags = 0;
  if (!observation.validated) flags |= kTouchedUnvalidated;
  if (observation.illustrative) flags |= kIllustrative;
  if (observation.unverified) flags |= kUnverified;
  if (observation.number.is_negative()) flags |= kSigned;
  return static_cast<std::uint16_t>(flags);
}

template <class Number>
void set_direct(OwnFigure<Number>& figure, const Number& value, int months) {
  figure.value = value;
  figure.state = CellState::value;
  figure.months = months;
  figure.weighted = value * Number(months);
}

// Combines the finer slots inside a coarser one.
template <class Number>
OwnFigure<Number> combine(Accumulation kind, std::span<const std::uint32_t> parts,
                          std::span<const OwnFigure<Number>> figures) {
  OwnFigure<Number> out;
  out.state = CellState::not_applicable;
  Summation<Number> total, weighted;
  bool any = false;
  for (const std::uint32_t slot : parts) {
    const OwnFigure<Number>& part = figures[slot];
    if (!part.has_fact) continue;
    out.has_fact = true;
    if (part.state != CellState::value) {
      out.reason_months += part.reason_months;
      out.months += part.months;
      if (!any) out.state = more_urgent(out.state, part.state);
      continue;
    }
    out.flags |= part.flags;
    out.months += part.months;
    total.add(part.value);
    weighted.add(part.weighted);
    // Parts come in order of time, so the last one seen is the latest.
    if (!any || kind != Accumulation::peak || out.value < part.value) {
      out.value = part.value;
      out.observation = part.observation;
    }
    out.partial = out.partial || part.partial;
    out.state = CellState::value;
    any = true;
  }
  out.from_finer = any;
  if (!any) return out;
  if (kind == Accumulation::increments || kind == Accumulation::average) out.observation = UINT32_MAX;
  if (kind == Accumulation::increments) out.value = total.value();
  if (kind == Accumulation::average) {
    out.weighted = weighted.value();
    out.value = out.weighted / Number(out.months);
  } else {
    out.weighted = out.value * Number(out.months);
  }
  return out;
}

bool covers_all_months(Accumulation kind) {
  return kind == Accumulation::increments || kind == Accumulation::average || kind == Accumulation::peak;
}

}  // namespace

TimeTree::TimeTree(const PeriodGrid& grid) {
  const std::size_t n = grid.size();
  order_.resize(n);
  months_.resize(n);
  std::vector<std::uint32_t> parent(n, UINT32_MAX);
  child_begin_.assign(n + 1, 0);
  for (std::size_t slot = 0; slot < n; ++slot) {
    const Period period = grid[SlotId::from_index(slot)];
    order_[slot] = static_cast<std::uint32_t>(slot);
    months_[slot] = static_cast<std::uint8_t>(12 / periods_per_year(period.granularity()));
    if (period.granularity() == Granularity::year) continue;
    const auto coarser = static_cast<Granularity>(static_cast<int>(period.granularity()) - 1);
    if (const auto above = grid.find(period.enclosing(coarser))) {
      parent[slot] = above->value();
      ++child_begin_[above->index() + 1];
    }
  }
  for (std::size_t slot = 0; slot < n; ++slot) child_begin_[slot + 1] += child_begin_[slot];
  child_.resize(child_begin_[n]);
  std::vector<std::uint32_t> next(child_begin_.begin(), child_begin_.end() - 1);
  // Slots of one granularity stand in order of time, so children come in order of time.
  for (std::size_t slot = 0; slot < n; ++slot) {
    if (parent[slot] != UINT32_MAX) child_[next[parent[slot]]++] = static_cast<std::uint32_t>(slot);
  }
  std::stable_sort(order_.begin(), order_.end(),
                   [this](std::uint32_t a, std::uint32_t b) { return months_[a] < months_[b]; });
}

std::vector<std::uint32_t> TimeTree::inside(std::size_t slot) const {
  std::vector<std::uint32_t> found{static_cast<std::uint32_t>(slot)};
  for (std::size_t i = 0; i < found.size(); ++i) {
    const auto parts = children(found[i]);
    found.insert(found.end(), parts.begin(), parts.end());
  }
  std::reverse(found.begin(), found.end());  // breadth first from the coarse end
  return found;
}

CellState fact_state(const Item& item, const Observation& observation) {
  if (observation.state != CellState::value || observation.definition_version == 0) return observation.state;
  const MeasureSpec& spec = item.spec;
  const bool before = spec.definition_since && observation.period.year() < *spec.definition_since;
  const bool current = observation.definition_version == spec.definition_version;
  return before == current ? CellState::redefined : CellState::value;
}

template <class Number>
void accumulate(const PeriodGrid& grid, const TimeTree& tree, std::span<const std::uint32_t> order, const Item& item,
                const Facts& facts, std::span<const Fact> own, Lane lane, std::span<OwnFigure<Number>> figures) {
  for (const std::uint32_t slot : order) figures[slot] = OwnFigure<Number>{};
  // What is stated for each slot itself. Facts are sorted by period, so equal ones are neighbours;
  // the last number of a cell wins, a reason only where there is no number.
  std::vector<std::pair<std::uint32_t, const Fact*>> stated;
  stated.reserve(own.size());
  for (const Fact& fact : own) {
    const Observation& observation = facts.observation(fact);
    if (lane == Lane::validated && !observation.validated) continue;
    const auto slot = grid.find(observation.period);
    if (!slot) continue;
    if (!stated.empty() && stated.back().first == slot->value()) {
      if (fact_state(item, observation) == CellState::value ||
          fact_state(item, facts.observation(*stated.back().second)) != CellState::value) {
        stated.back().second = &fact;
      }
      continue;
    }
    stated.emplace_back(slot->value(), &fact);
  }
  const Accumulation kind = item.spec.accumulation;
  for (const std::uint32_t slot : order) {
    OwnFigure<Number>& figure = figures[slot];
    figure = combine<Number>(kind, tree.children(slot), figures);
    const int months = tree.months(slot);
    const auto found = std::lower_bound(stated.begin(), stated.end(), slot,
                                        [](const auto& entry, std::uint32_t wanted) { return entry.first < wanted; });
    if (found != stated.end() && found->first == slot) {
      const Observation& observation = facts.observation(*found->second);
      const CellState state = fact_state(item, observation);
      figure.has_fact = true;
      if (state == CellState::value && (!figure.from_finer || kind == Accumulation::release)) {
        set_direct(figure, number_from<Number>(observation.number), months);
        figure.flags = flags_of(observation);
        figure.from_finer = false;
        figure.partial = false;
        figure.observation = found->second->observation;
      } else if (state == CellState::value) {
        figure.stated_beside = true;
        figure.stated = number_from<Number>(observation.number);
        figure.stated_observation = found->second->observation;
      } else if (figure.state != CellState::value) {
        figure.state = state;
        figure.reason_months = months;
        // A figure by another definition stays readable beside its state; no aggregate takes it.
        if (state == CellState::redefined) figure.value = number_from<Number>(observation.number);
      }
    }
    if (figure.from_finer && covers_all_months(kind) && figure.months < months) figure.partial = true;
    figure.complete_reason = figure.state != CellState::value && figure.reason_months >= months;
  }
}

template void accumulate<double>(const PeriodGrid&, const TimeTree&, std::span<const std::uint32_t>, const Item&,
                                 const Facts&, std::span<const Fact>, Lane, std::span<OwnFigure<double>>);
template void accumulate<Rational>(const PeriodGrid&, const TimeTree&, std::span<const std::uint32_t>, const Item&,
                                   const Facts&, std::span<const Fact>, Lane, std::span<OwnFigure<Rational>>);

}  // namespace jenjang::rollup
