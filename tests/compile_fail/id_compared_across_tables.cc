// Ids of two tables cannot be compared: equal numbers mean nothing there.
#include "jenjang/measure/item.h"
#include "jenjang/measure/org_unit.h"

bool same(jenjang::ItemId item, jenjang::UnitId unit) {
#ifdef JENJANG_BROKEN
  return item == unit;
#else
  return item.value() == unit.value();
#endif
}
