// Item first, unit second: the order of arguments is checked by their types.
#include "jenjang/graph/model.h"

bool known(const jenjang::Model& model, jenjang::ItemId item, jenjang::UnitId unit) {
#ifdef JENJANG_BROKEN
  return model.find(unit, item).has_value();
#else
  return model.find(item, unit).has_value();
#endif
}
