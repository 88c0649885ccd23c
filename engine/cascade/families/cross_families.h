// Families over the same units whose cells also add up across: districts x programmes.
#pragma once

#include <variant>
#include <vector>

#include "jenjang/base/diagnostic.h"

#include "engine/cascade/cell_store.h"
#include "engine/cascade/families/family_setup.h"
#include "engine/cascade/families/family_solver.h"

namespace jenjang::cascade {

// One cross family with the setups of its columns.
struct CrossSetup {
  const CrossFamily* cross = nullptr;
  std::vector<const FamilySetup*> columns;
};
// Cross families whose columns are all fit to be solved (the others have been reported). Tells each column to
// wait for the targets of every row and column.
std::vector<CrossSetup> prepare_crosses(const Model& model, std::vector<FamilySetup>& setups);

// Periods in which a column's parent has a target of its own, not as a part of a wider one.
std::vector<Period> periods_of(const CrossSetup& setup, const CellStore& store);

// No row has a target in that period: the columns are ordinary families.
struct ColumnsAlone {};
// By column, or a refusal in words.
using CrossOutcome = std::variant<std::vector<FamilySolution>, Diagnostic, ColumnsAlone>;

// Rows: what their targets leave beside other parts of theirs. Columns: the parents' targets without outsiders.
// Seed: each column's driver; held cells stand, limits of free ones (`tree`; without it none) are kept. Refusals J1607,
// J1608, J1612, J1625..J1628 and those of a column's members and driver.
CrossOutcome solve_cross(const Model& model, const CrossSetup& setup, Period period, const CellStore& store,
                         IntervalTree* tree = nullptr);

}  // namespace jenjang::cascade
