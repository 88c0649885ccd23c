#include "engine/cascade/staff/staff_division.h"

#include <algorithm>
#include <numeric>

namespace jenjang::cascade {

std::vector<Decimal> divide_by_service(const Decimal& amount, Decimal step, std::span<const int> weights) {
  const int scale = std::max(amount.scale(), step.scale());
  const std::optional<Decimal> whole = amount.rescaled(scale), grain = step.rescaled(scale);
  Int128 steps = amount.mantissa();
  if (whole && grain && grain->mantissa() > 0 && whole->mantissa() % grain->mantissa() == 0) {
    steps = whole->mantissa() / grain->mantissa();
  } else {
    step = Decimal::from_parts(1, amount.scale());
  }
  const bool negative = steps < 0;
  steps = negative ? -steps : steps;
  Int128 sum = 0;
  for (const int weight : weights) {
    sum += weight;
  }
  // The quotient is taken apart first, so that no product leaves 128 bits.
  const Int128 each = steps / sum, rest = steps % sum;
  std::vector<Int128> parts, remainders;
  Int128 left = steps;
  for (const int weight : weights) {
    parts.push_back(each * weight + rest * weight / sum);
    remainders.push_back(rest * weight % sum);
    left -= parts.back();
  }
  std::vector<std::size_t> order(weights.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&remainders](std::size_t a, std::size_t b) { return remainders[a] > remainders[b]; });
  for (std::size_t k = 0; left > 0; ++k, --left) {
    ++parts[order[k]];
  }
  std::vector<Decimal> decimals;
  decimals.reserve(parts.size());
  for (const Int128 part : parts) {
    decimals.push_back(Decimal::from_parts((negative ? -part : part) * step.mantissa(), step.scale()));
  }
  return decimals;
}

namespace {

bool is_divided(const Item& item, const TargetCell& cell) {
  const Accumulation kind = item.spec.accumulation;
  return cell.target.number() != nullptr && (kind == Accumulation::increments || kind == Accumulation::cumulative);
}

class NodeShares {
public:
  NodeShares(const Model& model, const std::vector<Server>& servers, std::span<const TargetCell> cells,
             std::vector<StaffShare>& out)
      : model_(model), servers_(servers), cells_(cells), item_(model.item(cells.front().node)), out_(out) {}

  void run() {
    for (const TargetCell& cell : cells_) {
      const bool divided = is_divided(item_, cell);
      std::vector<StaffOrigin> origins;
      const std::vector<std::optional<Decimal>> parts =
          divided ? parts_of(cell, origins) : std::vector<std::optional<Decimal>>(servers_.size());
      for (std::size_t s = 0; s < servers_.size(); ++s) {
        const int months = servers_[s].months_in(cell.period.first_month(), cell.period.last_month());
        // Nobody's row stands only where something is not carried.
        if (divided ? !parts[s].has_value() : months == 0) {
          continue;
        }
        StaffShare row;
        row.person = servers_[s].person;
        row.position = model_.node_unit[cell.node.index()];
        row.node = cell.node;
        row.item = model_.node_item[cell.node.index()];
        row.period = cell.period;
        row.target = divided ? Target(*parts[s]) : cell.target;
        row.months = months;
        row.days = servers_[s].days_in(cell.period.first_month(), cell.period.last_month());
        row.origin = divided ? origins[s] : StaffOrigin::figure;
        row.state = cell.state;
        row.illustrative = cell.illustrative;
        out_.push_back(std::move(row));
      }
    }
  }

private:
  // The figure of a running total at the latest known end before this period, and the month after it.
  struct Before {
    Decimal value;
    int first_month = 1;
  };
  [[nodiscard]] Before before(const TargetCell& cell) const {
    Before found;
    if (item_.spec.accumulation != Accumulation::cumulative) {
      found.first_month = cell.period.first_month();
      return found;
    }
    for (const TargetCell& other : cells_) {
      const int end = other.period.last_month();
      if (other.target.number() != nullptr && end < cell.period.first_month() && end >= found.first_month) {
        found = {*other.target.number(), end + 1};
      }
    }
    return found;
  }

  [[nodiscard]] Decimal step_for(const TargetCell& cell) const {
    if (cell.family.valid() && model_.families[cell.family.index()].rule.step) {
      return *model_.families[cell.family.index()].rule.step;
    }
    return item_.spec.step.sign() > 0 ? item_.spec.step : Decimal::from_parts(1, cell.target.number()->scale());
  }

  // One part a server, empty for who has none.
  std::vector<std::optional<Decimal>> parts_of(const TargetCell& cell, std::vector<StaffOrigin>& origins) const {
    std::vector<std::optional<Decimal>> parts(servers_.size());
    origins.assign(servers_.size(), StaffOrigin::whole);
    const Before start = before(cell);
    const std::optional<Decimal> amount = Decimal::subtract(*cell.target.number(), start.value);
    if (!amount) {
      return parts;  // beyond 128 bits: no figure of any plan
    }
    // Most positions have one holder all year.
    if (servers_.size() == 1) {
      parts.front() = *amount;
      return parts;
    }
    if (sum_of_finer(cell, *amount, parts)) {
      origins.assign(servers_.size(), StaffOrigin::summed);
    } else {
      const bool daily = model_.transfer_rule == TransferRule::daily;
      std::vector<std::size_t> serving;
      std::vector<int> weights;
      for (std::size_t s = 0; s < servers_.size(); ++s) {
        const int last = cell.period.last_month();
        const int weight =
            daily ? servers_[s].days_in(start.first_month, last) : servers_[s].months_in(start.first_month, last);
        if (weight > 0) {
          serving.push_back(s);
          weights.push_back(weight);
        }
      }
      const std::vector<Decimal> divided = divide_by_service(*amount, step_for(cell), weights);
      for (std::size_t k = 0; k < serving.size(); ++k) {
        parts[serving[k]] = divided[k];
        origins[serving[k]] = daily ? StaffOrigin::days : StaffOrigin::months;
      }
    }
    if (std::count_if(parts.begin(), parts.end(), [](const auto& part) { return part.has_value(); }) == 1) {
      origins.assign(servers_.size(), StaffOrigin::whole);
    }
    return parts;
  }

  // Finer targets of the measure's frequency, when they fill the period and add up to it.
  bool sum_of_finer(const TargetCell& cell, const Decimal& amount, std::vector<std::optional<Decimal>>& parts) const {
    if (cell.period.granularity() >= item_.spec.frequency) {
      return false;
    }
    std::vector<std::optional<Decimal>> sums(servers_.size());
    std::optional<Decimal> whole = Decimal(0);
    int reached = cell.period.first_month();
    for (const TargetCell& fine : cells_) {
      if (fine.period.granularity() != item_.spec.frequency || !cell.period.contains(fine.period)) {
        continue;
      }
      if (fine.period.first_month() != reached || !is_divided(item_, fine)) {
        return false;
      }
      reached = fine.period.last_month() + 1;
      std::vector<StaffOrigin> origins;
      const std::vector<std::optional<Decimal>> fine_parts = parts_of(fine, origins);
      for (std::size_t s = 0; s < sums.size(); ++s) {
        if (fine_parts[s] && whole) {
          sums[s] = Decimal::add(sums[s].value_or(Decimal(0)), *fine_parts[s]);
          whole = Decimal::add(*whole, *fine_parts[s]);
        }
      }
    }
    if (reached != cell.period.last_month() + 1 || !whole || *whole != amount) {
      return false;
    }
    parts = std::move(sums);
    return true;
  }

  const Model& model_;
  const std::vector<Server>& servers_;
  std::span<const TargetCell> cells_;
  const Item& item_;
  std::vector<StaffShare>& out_;
};

}  // namespace

void share_measure(const Model& model, const std::vector<Server>& servers, std::span<const TargetCell> cells,
                   std::vector<StaffShare>& out) {
  NodeShares(model, servers, cells, out).run();
}

}  // namespace jenjang::cascade
