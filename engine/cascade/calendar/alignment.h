// Units in different years of their own plans, seen from the calendar of the one above (algorithms 2,
// staggered plans): what a child does in a year that its own plan no longer covers.
#pragma once

#include <set>
#include <span>
#include <utility>
#include <vector>

#include "jenjang/base/diagnostic.h"
#include "jenjang/cascade/cascade.h"

#include "engine/cascade/cell_store.h"
#include "engine/cascade/families/family_setup.h"

namespace jenjang::cascade {

// Families that have no figure in a year, because an ended plan leaves them none (ketat). Children that are
// merely left out (lewati) stand in the store.
class Alignment {
public:
  [[nodiscard]] bool is_refused(FamilyId family, Period period) const {
    return !refused_.empty() && refused_.contains({family.value(), period});
  }
  void refuse(FamilyId family, Period period) { refused_.insert({family.value(), period}); }

private:
  std::set<std::pair<std::uint32_t, Period>> refused_;
};

// Applies ExpiredPolicy, for every year in which a family's parent has or will get a target, to the children
// whose own adopted plans have all ended before it: plans of another government, or of the child's own
// unit. A successor counts from its adoption (menggantikan), whether or not it states this measure; a
// declared hold stands anyway. Adds cells of origin `aligned`: provisional, and fixed for the family.
// J1634 names the ended plans of a strict family, J1637 a policy that finds no figure (the child then
// stays free). Parts of a year follow no policy: the split in time makes them.
// `order`: places in `setups`, a family after the one that gives its parent a target. Nothing to do, and
// O(families), where every rule leaves such children to the cascade.
Alignment align_calendars(const Model& model, const std::vector<FamilySetup>& setups,
                          std::span<const std::size_t> order, const CascadeOptions& options, CellStore& store,
                          DiagnosticSink& sink);

}  // namespace jenjang::cascade
