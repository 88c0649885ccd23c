// Who held which position: keys of persons by days, one person at a time.
#include <algorithm>
#include <tuple>

#include "engine/plan/bind/bind_steps.h"
#include "engine/plan/bind/references.h"

namespace jenjang {

void bind_holdings(BindContext& bind) {
  std::vector<Holding>& holdings = bind.model.holdings;
  bind.model.transfer_rule = bind.plan.documents->transfer_rule;
  for (const PlanHolding& written : bind.plan.documents->holdings) {
    const auto unit = require_unit(bind, written.position, UnitId());
    if (!unit) continue;
    Holding holding{*unit, written.person.value, written.from.value, std::nullopt, written.person.span};
    if (written.until) holding.until = written.until->value;
    holdings.push_back(std::move(holding));
  }
  std::stable_sort(holdings.begin(), holdings.end(), [](const Holding& a, const Holding& b) {
    return std::tuple(a.position, a.from) < std::tuple(b.position, b.from);
  });
  // The holding that lasts longest so far at the position; the next one must begin after it.
  std::size_t longest = 0;
  for (std::size_t i = 1; i < holdings.size(); ++i) {
    const Holding& before = holdings[longest];
    const Holding& next = holdings[i];
    if (before.position == next.position && (!before.until || next.from <= *before.until)) {
      bind.sink.report(make_diagnostic(Code::J1547, next.span)
                           .arg("jabatan", bind.model.units[next.position].path)
                           .arg("pegawai", before.person)
                           .arg("pegawai_lain", next.person)
                           .arg("tanggal", next.from.to_string())
                           .related(before.span, "pemangku yang lain", "the other holder"));
    }
    const bool outlasts = !next.until || (before.until && *before.until < *next.until);
    if (before.position != next.position || (before.until && outlasts)) longest = i;
  }
}

}  // namespace jenjang
