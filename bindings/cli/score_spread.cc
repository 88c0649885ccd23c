// `score --pack PACK/SEBARAN`: whether the predicates of staff stand as their unit's own predicate allows.
#include <algorithm>

#include "jenjang/report/spread_report.h"

#include "command.h"
#include "output.h"
#include "score_kinds.h"

namespace jenjang::cli {

int score_spread(const ScoreRequest& request) {
  const std::size_t said = request.workspace.sink().all().size();
  if (!request.has_plan) {
    complain(request.options, make_diagnostic(Code::J1904, {}).arg("apa", "PLAN"));
    return kCouldNotRun;
  }
  const RawOptions& raw = request.options.raw;
  std::vector<SpreadSheet> sheets;
  std::vector<std::string> known;
  for (const SpreadSheet& sheet : request.workspace.spreads()) {
    known.push_back(sheet.pack->id + "/" + sheet.spread->id);
    if (sheet.pack != &request.pack || sheet.spread->id != request.element) continue;
    sheets.push_back(sheet);
    if (raw.unit.empty()) continue;
    std::erase_if(sheets.back().units, [&](const SpreadUnit& unit) { return unit.unit != raw.unit; });
  }
  if (sheets.empty()) {
    complain(request.options,
             no_such(request.options.say, "sebaran", "spread", request.pack.id + "/" + request.element, known));
    return kCouldNotRun;
  }
  const Table table = spread_table(sheets, request.workspace.model().units, request.options.say.language);
  return finish_score(request, write_table(table, request.options.write), said);
}

}  // namespace jenjang::cli
