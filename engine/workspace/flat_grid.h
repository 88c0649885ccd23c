// One grid of slots of the flat engine (months, or what is coarser), both lanes, as rows ask for it: figures as whole
// quotients where they are such, else as doubles with a bound of their error, and the exact side for what lies on a
// cut.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "jenjang/bulk/origins.h"

#include "engine/bulk/exact.h"
#include "engine/bulk/lane_view.h"
#include "engine/workspace/flat_text.h"

namespace jenjang {

struct FlatFigure {
  std::optional<WholeQuotient> whole;
  double approximate = 0, error = 0;  // where `whole` is not known
};

class FlatGrid {
public:
  // `second`: the validated lane stands beside the other in `figures` (months).
  void add_lane(Lane lane, const bulk::FlatPlan& plan, bulk::Figures& figures, bool second, bulk::LaneOrigins origins,
                const bulk::Column<std::uint8_t>* leaf_months);
  [[nodiscard]] bool has(Lane lane) const { return lanes_[index(lane)].has_value(); }
  [[nodiscard]] const bulk::LaneView& view(Lane lane) const { return lanes_[index(lane)]->view; }

  // What a node's class says of its rounding errors at its level; asked once a node.
  [[nodiscard]] const bulk::ClassBounds& bounds_of(std::uint32_t node) const;

  // Of a cell with a number.
  [[nodiscard]] FlatFigure value(Lane lane, std::uint32_t node, std::size_t slot,
                                 const bulk::ClassBounds& bounds) const;
  // The same where it is not known as a whole quotient; nullopt where 128 bits do not hold it.
  [[nodiscard]] std::optional<WholeQuotient> quick_value(Lane lane, std::uint32_t node, std::size_t slot) const;
  [[nodiscard]] Rational exact_value(Lane lane, std::uint32_t node, std::size_t slot) const;
  // Whether a cell with a number has an achievement.
  [[nodiscard]] bool is_achieved(Lane lane, std::uint32_t node, std::size_t slot) const;
  // The achievement before the limits, from the value above.
  [[nodiscard]] FlatFigure achievement_raw(Lane lane, std::uint32_t node, std::size_t slot, const FlatFigure& value,
                                           const bulk::ClassBounds& bounds) const;
  [[nodiscard]] Rational exact_achievement_raw(Lane lane, std::uint32_t node, std::size_t slot) const;
  // Which limit, if any, stands in place of the raw achievement: 1 the cap, -1 the floor.
  [[nodiscard]] int limit_of(Lane lane, std::uint32_t node, std::size_t slot, const FlatFigure& raw) const;

  [[nodiscard]] bool is_illustrative(Lane lane, std::uint32_t node, std::size_t slot) const;
  [[nodiscard]] bool is_unverified(Lane lane, std::uint32_t node, std::size_t slot) const;
  struct Reports {
    std::uint32_t covered = 0, expected = 0;  // unit-months
  };
  // Of a coarse slot.
  [[nodiscard]] Reports reports(Lane lane, std::uint32_t node, std::size_t slot) const;

private:
  struct LanePart {
    LanePart(const bulk::FlatPlan& plan, bulk::Figures& figures, bool second, bulk::LaneOrigins some_origins,
             const bulk::Column<std::uint8_t>* months)
        : view(plan, figures, second),
          exact(plan, figures),
          exact_lane(second ? 1 : 0),
          origins(std::move(some_origins)),
          leaf_months(months) {}
    bulk::LaneView view;
    bulk::ExactSide exact;
    int exact_lane;
    bulk::LaneOrigins origins;
    const bulk::Column<std::uint8_t>* leaf_months;
  };
  static std::size_t index(Lane lane) { return static_cast<std::size_t>(lane); }
  [[nodiscard]] Decimal target_of(const bulk::LaneView& view, std::uint32_t node, std::size_t slot) const;

  std::optional<LanePart> lanes_[2];
};

}  // namespace jenjang
