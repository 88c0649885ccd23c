#include "explain_contributors.h"

#include <set>

#include "jenjang/report/contributors.h"

#include "command.h"
#include "output.h"

namespace jenjang::cli {

std::string known_periods(const ExplainContext& context, NodeId node, const std::function<bool(Period)>& holds) {
  std::set<Period> periods;
  const PeriodGrid& grid = context.result.grid();
  for (std::size_t s = 0; s < grid.size(); ++s) {
    if (context.result.is_relevant(node, SlotId::from_index(s))) periods.insert(grid[SlotId::from_index(s)]);
  }
  for (const TargetCell& cell : context.targets.of(node)) periods.insert(cell.period);
  std::string listed;
  for (const Period period : periods) {
    if (holds == nullptr || holds(period)) listed += (listed.empty() ? "" : ", ") + period.to_string();
  }
  return listed.empty() ? "-" : listed;
}

int explain_contributors(const Options& options, const Session& session, NodeId node, const Address& address,
                         const std::optional<Period>& period) {
  const Speech& say = options.say;
  // What one document says of a target, or an achievement, is not made of facts below.
  const bool of_value = !options.what_given || options.what == ExplainWhat::realisation;
  if (!of_value) {
    complain(options, make_diagnostic(Code::J1903, {})
                          .arg("opsi", "--apa")
                          .arg("nilai", options.raw.what)
                          .arg("diminta", say("nilai, bila ada --teratas", "nilai beside --teratas")));
    return kCouldNotRun;
  }
  if (!address.document.empty()) {
    complain(options, make_diagnostic(Code::J1903, {})
                          .arg("opsi", say("alamat", "the address"))
                          .arg("nilai", address.to_string())
                          .arg("diminta", say("alamat tanpa dokumen, bila ada --teratas",
                                              "an address without a document beside --teratas")));
    return kCouldNotRun;
  }
  const Workspace& workspace = *session.workspace;
  const ExplainContext context = workspace.context();
  const Lane lane = options.raw.validated_only ? Lane::validated : Lane::all;
  const bool gap = options.ranked_by == ContributionBy::gap;
  const auto ranked = [&](Period at) {
    return top_contributors(context, node, at, options.ranked_by, options.top, lane);
  };
  std::optional<Contributors> found;
  if (period) found = ranked(*period);
  if (!found) {
    complain(options,
             make_diagnostic(Code::J1908, {})
                 .arg("alamat", address.to_string())
                 .arg("apa", gap ? say("nilai dan target berupa satu angka", "a value and a target of one number")
                                 : say("nilai", "value"))
                 .arg("pilihan", known_periods(context, node, [&](Period at) { return ranked(at).has_value(); })));
    return kCouldNotRun;
  }
  if (options.raw.validated_only) say_gate(options, workspace);
  WriteOptions write = options.write;
  const bool text = !options.format || *options.format == "text";
  // Asking for a dialect of CSV is asking for CSV.
  if (text && options.raw.csv.empty()) write.format = OutputFormat::table;
  if (write.format == OutputFormat::json) {
    write = stating_journal(std::move(write), workspace);
    write.stated.emplace_back("alamat", context.model.address(node, *period));
    write.stated.emplace_back("menurut", gap ? "selisih" : "nilai");
  }
  std::string out;
  if (write.format == OutputFormat::table) out = contributor_heading(context, *found, lane, say.language);
  out += write_table(contributor_table(context, *found, lane, say.language), write);
  return write_output(options, out) ? session.exit_code : kCouldNotRun;
}

}  // namespace jenjang::cli
