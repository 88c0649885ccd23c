#include "engine/rollup/accumulate.h"

#include <algorithm>
#include <array>
#include <type_traits>

#include "jenjang/rollup/rollup.h"

#include "engine/rollup/kernels/kernels.h"
#include "engine/rollup/semantics.h"
#include "engine/rollup/slot_figures.h"
#include "engine/rollup/time_policy.h"

namespace jenjang::rollup {

using namespace time_policy;

namespace {

// The fact of a period in which the unit did not exist: shown where it stands, for whoever mends it.
template <class Number>
void set_outside_life(OwnFigure<Number>& figure, const Number& value, std::uint32_t observation, std::uint16_t flags) {
  figure.value = value;
  figure.state = CellState::value;
  figure.has_fact = figure.outside_life = true;
  figure.observation = observation;
  figure.flags = flags;
}

}  // namespace

TimeTree::TimeTree(const PeriodGrid& grid) {
  const std::size_t n = grid.size();
  order_.resize(n);
  months_.resize(n);
  masks_.resize(n);
  parent_.assign(n, UINT32_MAX);
  child_begin_.assign(n + 1, 0);
  for (std::size_t slot = 0; slot < n; ++slot) {
    const Period period = grid[SlotId::from_index(slot)];
    order_[slot] = static_cast<std::uint32_t>(slot);
    months_[slot] = static_cast<std::uint8_t>(12 / periods_per_year(period.granularity()));
    masks_[slot] = months_of(period);
    if (period.granularity() == Granularity::year) continue;
    const auto coarser = static_cast<Granularity>(static_cast<int>(period.granularity()) - 1);
    if (const auto above = grid.find(period.enclosing(coarser))) {
      parent_[slot] = above->value();
      ++child_begin_[above->index() + 1];
    }
  }
  for (std::size_t slot = 0; slot < n; ++slot) child_begin_[slot + 1] += child_begin_[slot];
  child_.resize(child_begin_[n]);
  std::vector<std::uint32_t> next(child_begin_.begin(), child_begin_.end() - 1);
  // Slots of one granularity stand in order of time, so children come in order of time.
  for (std::size_t slot = 0; slot < n; ++slot) {
    if (parent_[slot] != UINT32_MAX) child_[next[parent_[slot]]++] = static_cast<std::uint32_t>(slot);
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

MonthMask months_of(Period period) {
  const auto first = static_cast<unsigned>(period.first_month()), last = static_cast<unsigned>(period.last_month());
  return mask((1U << last) - (1U << (first - 1)));
}

MonthMask months_lived(const Model& model, NodeId node, Period period) {
  const MonthMask all = months_of(period);
  if (exists_always(model, node)) return all;
  unsigned lived = 0;
  for (int month = period.first_month(); month <= period.last_month(); ++month) {
    if (exists_in(model, node, Period(period.year(), Granularity::month, month))) lived |= 1U << (month - 1);
  }
  return mask(lived);
}

CellState fact_state(const Item& item, const Observation& observation) {
  if (observation.state != CellState::value || observation.definition_version == 0) return observation.state;
  const MeasureSpec& spec = item.spec;
  const bool before = spec.definition_since && observation.period.year() < *spec.definition_since;
  const bool current = observation.definition_version == spec.definition_version;
  return before == current ? CellState::redefined : CellState::value;
}

const Decimal* figure_in(const Observation& observation, Lane lane) {
  if (lane == Lane::all) return &observation.number;
  if (observation.verified->number) return &*observation.verified->number;
  return observation.validated ? &observation.number : nullptr;
}

CellState state_in(const Item& item, const Observation& observation, Lane lane) {
  // What was verified is a number, even where the claim beside it is none; its definition is that of its period.
  const bool beside = lane == Lane::validated && observation.verified->number;
  const bool reason = observation.state != CellState::value && observation.state != CellState::redefined;
  return beside && reason ? CellState::value : fact_state(item, observation);
}

FactDigest digest_of(const Item& item, const Observation& observation) {
  FactDigest digest;
  digest.period = observation.period;
  digest.flags = flags_of(observation, observation.number, Lane::all);
  digest.state = state_in(item, observation, Lane::all);
  digest.differs = !observation.validated || observation.verified->number.has_value();
  return digest;
}

namespace {

// What is stated for one slot itself.
template <class Number>
struct Stated {
  const Fact* fact = nullptr;
  CellState state = CellState::empty;
  std::uint16_t flags = 0;
  // The observation whose number the figure is: a verified figure is not the number that the fact shows, so nobody may
  // take the fact for it.
  std::uint32_t shown = UINT32_MAX;
  const Decimal* figure = nullptr;  // none: Fact::value

  [[nodiscard]] std::uint32_t observation() const { return fact->observation; }
  [[nodiscard]] Number value() const {
    if constexpr (std::is_same_v<Number, double>) {
      if (figure == nullptr) return fact->value;
    }
    return number_from<Number>(*figure);
  }
};

// One for every slot, on the stack for the grids of a few years.
template <class Number>
class StatedSlots {
public:
  explicit StatedSlots(std::size_t slots) {
    if (slots > few_.size()) many_.resize(slots);
    all_ = slots > few_.size() ? std::span(many_) : std::span(few_).first(slots);
  }
  Stated<Number>& operator[](std::size_t slot) { return all_[slot]; }

private:
  std::array<Stated<Number>, 20> few_;
  std::vector<Stated<Number>> many_;
  std::span<Stated<Number>> all_;
};

}  // namespace

template <class Number>
void accumulate(const PeriodGrid& grid, const TimeTree& tree, std::span<const std::uint32_t> order, const Model& model,
                NodeId node, const Facts& facts, Lane lane, std::span<OwnFigure<Number>> figures,
                const std::optional<Date>& as_of, std::span<const FactDigest> digests) {
  const Item& item = model.item(node);
  const std::span<const Fact> own = facts.of(node);
  const std::span<const Period> periods = grid.periods();
  // Facts are sorted by period like the slots, so equal ones are neighbours; the last number of a cell wins, a reason
  // only where there is no number.
  StatedSlots<Number> stated(grid.size());
  std::vector<Source> sources;
  const bool carries = item.spec.missing_time == MissingPolicy::carry;
  std::size_t slot_now = 0;
  for (std::size_t i = 0; i < own.size(); ++i) {
    const Fact& fact = own[i];
    Stated<Number> found;
    found.fact = &fact;
    Period period;
    // Only doubles: the exact side needs the decimal. Figures that are carried on are kept by their rows.
    if (std::is_same_v<Number, double> && !digests.empty() && !carries && (lane == Lane::all || !digests[i].differs)) {
      const FactDigest& digest = digests[i];
      period = digest.period;
      found.state = digest.state;
      found.flags = digest.flags;
      found.shown = fact.observation;
    } else {
      const Observation& observation = facts.observation(fact);
      const Decimal* const figure = figure_in(observation, lane);
      if (figure == nullptr) continue;
      found.figure = figure;
      period = observation.period;
      found.state = state_in(item, observation, lane);
      found.flags = flags_of(observation, *figure, lane);
      if (figure == &observation.number) found.shown = fact.observation;
      if (carries && found.state == CellState::value) {
        const int lived = count(months_lived(model, node, period));
        if (lived > 0) {
          sources.push_back({absolute_month(period.year(), period.last_month()), lived, &observation, figure});
        }
      }
    }
    while (slot_now < periods.size() && periods[slot_now] < period) ++slot_now;
    if (slot_now == periods.size() || periods[slot_now] != period) continue;
    Stated<Number>& kept = stated[slot_now];
    if (kept.fact == nullptr || found.state == CellState::value || kept.state != CellState::value) {
      kept = found;
    }
  }
  const Accumulation kind = item.spec.accumulation;
  const Finisher<Number> finisher(item.spec, sources, lane, as_of);
  const bool always = exists_always(model, node);
  for (const std::uint32_t slot : order) {
    OwnFigure<Number>& figure = figures[slot];
    const Period period = periods[slot];
    const MonthMask all_months = tree.mask(slot);
    const MonthMask lived = always ? all_months : months_lived(model, node, period);
    const int months = always ? tree.months(slot) : count(lived);
    const auto parts = tree.children(slot);
    figure = parts.empty() ? nothing_inside<Number>() : gather<Number>(parts, figures);
    figure.reported.excluded = mask(figure.reported.excluded | (all_months & ~unsigned{lived}));
    if (figure.reported.any) finisher.finish(figure, period);
    if (const Stated<Number>& own_figure = stated[slot]; own_figure.fact != nullptr) {
      const CellState state = own_figure.state;
      if (lived == 0) {
        if (state == CellState::value) set_outside_life(figure, own_figure.value(), own_figure.shown, own_figure.flags);
        figure.complete_reason = state != CellState::value;
        continue;
      }
      take_stated(figure, own_figure, kind, all_months, lived);
    }
    figure.complete_reason = figure.state != CellState::value && figure.reason_months >= months;
  }
}

template void accumulate<double>(const PeriodGrid&, const TimeTree&, std::span<const std::uint32_t>, const Model&,
                                 NodeId, const Facts&, Lane, std::span<OwnFigure<double>>, const std::optional<Date>&,
                                 std::span<const FactDigest>);
template void accumulate<Rational>(const PeriodGrid&, const TimeTree&, std::span<const std::uint32_t>, const Model&,
                                   NodeId, const Facts&, Lane, std::span<OwnFigure<Rational>>,
                                   const std::optional<Date>&, std::span<const FactDigest>);

}  // namespace jenjang::rollup
