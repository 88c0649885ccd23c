// What an evaluation led to, and whom it reached.
#include "engine/assess/proposal_scope.h"

namespace jenjang::assess {

Proposal check_all_assessed(const ProposalScope& scope, std::string_view pack) {
  Tally tally(scope);
  const UnitTable& units = scope.model.units;
  for (std::size_t u = 0; u < units.size(); ++u) {
    const OrgUnit& unit = units[UnitId::from_index(u)];
    if (!scope.inside[u] || unit.is_government || unit.parent != scope.input.unit || scope.is_position[u]) continue;
    const WorksheetDeclaration* found = nullptr;
    for (const WorksheetDeclaration& sheet : scope.input.plan.worksheets) {
      if (units.find(sheet.unit) != UnitId::from_index(u) || sheet.period != scope.year) continue;
      if (std::string_view(sheet.pack_template).starts_with(std::string(pack) + "/")) found = &sheet;
    }
    if (found != nullptr) {
      tally.add(true, {unit.path, found->code, found->code_span}, found->feed.illustrative);
    } else {
      tally.add(false, {unit.path, "tanpa lembar kerja", unit.span}, false);
    }
  }
  if (!units[scope.input.unit].is_government || tally.of() == 0)
    return Tally(scope).finish("hanya pemerintah daerah yang mengevaluasi perangkat daerahnya");
  return tally.finish(tally.counted("perangkat daerah mempunyai lembar kerja ") + std::to_string(scope.input.year));
}

Proposal check_followed_up(const ProposalScope& scope) {
  Tally tally(scope);
  const int before = scope.input.year - 1;
  std::size_t impossible = 0;
  for (const Recommendation& one : scope.input.plan.recommendations) {
    if (one.year != before || scope.model.units.find(one.unit) != scope.input.unit) continue;
    if (one.state == FollowUp::impossible) ++impossible;
    std::string note(to_string(one.state));
    if (!one.done.empty()) note += ": " + one.done;
    // Done without anything to look at is a claim.
    const bool shown = one.state == FollowUp::done && !one.evidence.empty();
    if (one.state == FollowUp::done && !shown) note += " (tanpa bukti)";
    tally.add(shown, {one.code, std::move(note), one.span}, one.illustrative);
  }
  if (tally.of() == 0) return tally.finish("tidak ada rekomendasi " + std::to_string(before) + " yang tercatat");
  std::string reason = tally.counted("rekomendasi ") + std::to_string(before) + " selesai ditindaklanjuti";
  if (impossible > 0) reason += "; " + std::to_string(impossible) + " dinyatakan tidak dapat";
  return tally.finish(std::move(reason));
}

}  // namespace jenjang::assess
