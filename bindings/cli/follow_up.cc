#include "follow_up.h"

#include "jenjang/assess/follow_up.h"

#include "output.h"

namespace jenjang::cli {

void say_open_recommendations(const Options& options, const Workspace& workspace, const std::string& unit, int year) {
  if (options.write.format == OutputFormat::json || !workspace.has_model()) return;
  const std::optional<UnitId> id = workspace.model().units.find(unit);
  if (!id) return;
  std::size_t of = 0;
  std::size_t done = 0;
  std::string open;
  for (const Recommendation& one : recommendations_of(workspace.plan(), workspace.model(), *id)) {
    if (one.year == year - 1) {
      ++of;
      if (one.state == FollowUp::done) ++done;
    }
    if (one.year < year && !one.is_settled()) open += (open.empty() ? "" : ", ") + one.code;
  }
  if (of == 0 && open.empty()) return;
  const Speech& say = options.say;
  std::string line = unit + ": " + std::to_string(done) + say(" dari ", " of ") + std::to_string(of) +
                     say(" rekomendasi ", " recommendations of ") + std::to_string(year - 1) +
                     say(" selesai", " followed up");
  if (!open.empty()) line += say("; masih terbuka: ", "; still open: ") + open;
  remark(line);
}

}  // namespace jenjang::cli
