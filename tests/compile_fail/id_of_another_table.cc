// An item id is not a unit id, though both are one 32-bit number.
#include "jenjang/measure/item.h"
#include "jenjang/measure/org_unit.h"

const jenjang::OrgUnit& unit_of(const jenjang::UnitTable& table, jenjang::ItemId item, jenjang::UnitId unit) {
#ifdef JENJANG_BROKEN
  static_cast<void>(unit);
  return table[item];
#else
  static_cast<void>(item);
  return table[unit];
#endif
}
