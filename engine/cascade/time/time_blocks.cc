#include "engine/cascade/time/time_blocks.h"

#include <algorithm>

namespace jenjang::cascade {
namespace {

std::size_t first_place(Period period, Granularity frequency) {
  return static_cast<std::size_t>((period.first_month() - 1) * periods_per_year(frequency) / 12);
}
std::size_t last_place(Period period, Granularity frequency) {
  return static_cast<std::size_t>(period.last_month() * periods_per_year(frequency) / 12 - 1);
}

TimeBlock block_of(const TargetCell& cell) {
  TimeBlock block;
  block.amount = *cell.target.number();
  block.whole = cell.period;
  block.state = cell.state;
  block.illustrative = cell.illustrative;
  return block;
}

std::optional<std::vector<TimeBlock>> blocks_of_parts(Granularity frequency, std::span<const TargetCell* const> given) {
  std::vector<TimeBlock> blocks;
  for (std::size_t g = 0; g < given.size(); ++g) {
    TimeBlock block = block_of(*given[g]);
    std::vector<const TargetCell*> inside;  // the widest of each place
    for (std::size_t k = g + 1; k < given.size(); ++k) {
      const bool nested = std::any_of(inside.begin(), inside.end(),
                                      [&](const TargetCell* wide) { return wide->period.contains(given[k]->period); });
      if (block.whole.contains(given[k]->period) && !nested) {
        inside.push_back(given[k]);
        const std::optional<Decimal> left = Decimal::subtract(block.amount, *given[k]->target.number());
        if (!left) {
          return std::nullopt;
        }
        block.amount = *left;
      }
    }
    for (std::size_t p = first_place(block.whole, frequency); p <= last_place(block.whole, frequency); ++p) {
      const bool covered = std::any_of(inside.begin(), inside.end(), [&](const TargetCell* part) {
        return first_place(part->period, frequency) <= p && p <= last_place(part->period, frequency);
      });
      if (!covered) {
        block.places.push_back(p);
      }
    }
    if (block.amount.is_negative() || (block.places.empty() && !block.amount.is_zero())) {
      return std::nullopt;
    }
    if (!block.places.empty()) {
      blocks.push_back(std::move(block));
    }
  }
  return blocks;
}

std::optional<std::vector<TimeBlock>> blocks_of_rises(Granularity frequency, std::span<const TargetCell* const> given) {
  std::vector<const TargetCell*> points(given.begin(), given.end());
  std::stable_sort(points.begin(), points.end(), [frequency](const TargetCell* a, const TargetCell* b) {
    return last_place(a->period, frequency) < last_place(b->period, frequency);
  });
  std::vector<TimeBlock> blocks;
  Decimal to_date;
  std::size_t first = 0;
  for (const TargetCell* point : points) {
    TimeBlock block = block_of(*point);
    const std::optional<Decimal> rise = Decimal::subtract(block.amount, to_date);
    const std::size_t end = last_place(point->period, frequency) + 1;
    if (!rise || rise->is_negative() || (end <= first && !rise->is_zero())) {
      return std::nullopt;
    }
    to_date = block.amount;
    block.amount = *rise;
    for (; first < end; ++first) {
      block.places.push_back(first);
    }
    if (!block.places.empty()) {
      blocks.push_back(std::move(block));
    }
  }
  return blocks;
}

}  // namespace

std::optional<std::vector<TimeBlock>> time_blocks(const MeasureSpec& spec, std::span<const TargetCell* const> given) {
  const bool numbers =
      std::all_of(given.begin(), given.end(), [](const TargetCell* cell) { return cell->target.number() != nullptr; });
  if (!numbers) {
    return std::nullopt;
  }
  return spec.accumulation == Accumulation::cumulative ? blocks_of_rises(spec.frequency, given)
                                                       : blocks_of_parts(spec.frequency, given);
}

std::optional<Decimal> declared_part_step(const Model& model, const TargetCell& cell) {
  if (cell.family.valid() && model.families[cell.family.index()].rule.step) {
    return model.families[cell.family.index()].rule.step;
  }
  const Decimal& own = model.item(cell.node).spec.step;
  return own.sign() > 0 ? std::optional(own) : std::nullopt;
}

std::optional<std::int64_t> short_steps(const Decimal& value, const Decimal& step) {
  const int scale = std::max(value.normalised().scale(), step.scale());
  const std::optional<Decimal> top = value.rescaled(scale);
  const std::optional<Decimal> bottom = step.rescaled(scale);
  constexpr Int128 kMost = Int128{1} << 62;
  if (!top || !bottom || top->mantissa() % bottom->mantissa() != 0) {
    return std::nullopt;
  }
  const Int128 steps = top->mantissa() / bottom->mantissa();
  return steps < kMost && steps > -kMost ? std::optional(static_cast<std::int64_t>(steps)) : std::nullopt;
}

}  // namespace jenjang::cascade
