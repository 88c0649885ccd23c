// How the figures of one node's own slots are made of each other: what is stated for a slot, and what its finer slots
// make. Only for accumulate.cc and, of the flat engine, reported_years.cc.
#pragma once

#include <span>

#include "engine/rollup/accumulate.h"
#include "engine/rollup/kernels/kernels.h"
#include "engine/rollup/time_policy.h"

namespace jenjang::rollup {

// What one stated figure says about its slot.
template <class Number>
void set_direct(OwnFigure<Number>& figure, const Number& value, MonthMask lived, std::uint32_t observation,
                std::uint16_t flags) {
  Reported<Number>& reported = figure.reported;
  reported.any = true;
  reported.covered = lived;
  reported.excluded = reported.spared = reported.awaited = 0;
  reported.total = reported.best = reported.last = value;
  reported.weighted = value * Number(time_policy::count(reported.covered));
  reported.best_observation = reported.last_observation = observation;
  reported.flags = flags;
  figure.value = value;
  figure.state = CellState::value;
  figure.observation = observation;
  figure.flags = flags;
  figure.covered_months = figure.expected_months = figure.months = time_policy::count(reported.covered);
  figure.weighted = reported.weighted;
  figure.from_finer = figure.partial = figure.carried = figure.below_coverage = false;
}

// A slot without finer ones.
template <class Number>
OwnFigure<Number> nothing_inside() {
  OwnFigure<Number> out;
  out.state = CellState::not_applicable;
  return out;
}

// Gathers the finer slots inside a coarser one.
template <class Number>
OwnFigure<Number> gather(std::span<const std::uint32_t> parts, std::span<const OwnFigure<Number>> figures) {
  using time_policy::mask;
  OwnFigure<Number> out;
  out.state = CellState::not_applicable;
  Reported<Number>& all = out.reported;
  Summation<Number> total, weighted;
  for (const std::uint32_t slot : parts) {
    const OwnFigure<Number>& part = figures[slot];
    if (!part.has_fact || part.outside_life) continue;
    out.has_fact = true;
    const Reported<Number>& inside = part.reported;
    all.excluded = mask(unsigned{all.excluded} | inside.excluded);
    all.spared = mask(unsigned{all.spared} | inside.spared);
    all.awaited = mask(unsigned{all.awaited} | inside.awaited);
    if (!inside.any) {
      out.reason_months += part.reason_months;
      out.state = more_urgent(out.state, part.state);
      continue;
    }
    all.flags |= inside.flags;
    all.covered = mask(unsigned{all.covered} | inside.covered);
    total.add(inside.total);
    weighted.add(inside.weighted);
    if (!all.any || all.best < inside.best) {
      all.best = inside.best;
      all.best_observation = inside.best_observation;
    }
    // Parts come in order of time, so the last one seen is the latest.
    all.last = inside.last;
    all.last_observation = inside.last_observation;
    all.any = true;
  }
  all.total = total.value();
  all.weighted = weighted.value();
  out.from_finer = all.any;
  return out;
}

// What is stated for the slot itself, on top of what its finer slots made. `stated` has state, flags, shown (the one
// observation that the number is), observation and value(), which is asked for only where it is used.
template <class Number, class Stated>
void take_stated(OwnFigure<Number>& figure, const Stated& stated, Accumulation kind, MonthMask all_months,
                 MonthMask lived) {
  const CellState state = stated.state;
  figure.has_fact = true;
  if (state == CellState::value && (figure.state != CellState::value || kind == Accumulation::release)) {
    // Also where the finer figures are too few to stand by themselves.
    set_direct(figure, stated.value(), lived, stated.shown, stated.flags);
  } else if (state == CellState::value) {
    figure.stated_beside = true;
    figure.stated = stated.value();
    figure.stated_observation = stated.observation();
  } else if (!figure.reported.any) {
    figure.state = state;
    figure.reason_months = time_policy::count(lived);
    Reported<Number>& reported = figure.reported;
    if (state == CellState::not_applicable) {
      reported.excluded = all_months;  // those outside the life with them
    } else if (state != CellState::empty) {
      reported.spared = lived;
      if (state == CellState::awaiting_release) reported.awaited = reported.spared;
    }
    // A figure by another definition stays readable beside its state; no aggregate takes it.
    if (state == CellState::redefined) figure.value = stated.value();
  }
}

}  // namespace jenjang::rollup
