#include <array>

#include "jenjang/report/sarif.h"

#include "command.h"
#include "output.h"
#include "session.h"

namespace jenjang::cli {
namespace {

void declare(Arguments& arguments, RawOptions& options, const Speech& say) {
  declare_plan(arguments, options, say);
  declare_output(arguments, options, say, "text|json|sarif");
  declare_as_of(arguments, options, say);
}

int run(const Options& options) {
  const std::optional<std::string> plan = plan_argument(options, "check");
  if (!plan) return kCouldNotRun;
  const std::string format = options.format.value_or("text");
  constexpr std::array<std::string_view, 3> kFormats{"text", "json", "sarif"};
  if (!require_format(options, kFormats)) return kCouldNotRun;
  Session session = open_session(options, *plan, true);
  if (!session.workspace) return session.exit_code;
  Workspace& workspace = *session.workspace;
  const std::vector<Diagnostic> findings = workspace.sink().sorted();
  std::string text;
  if (format == "json") {
    text = render_json(findings, workspace.sources());
  } else if (format == "sarif") {
    text = render_sarif(findings, workspace.sources(), options.say.language);
  } else if (!findings.empty()) {
    const bool to_terminal = options.color_results && options.raw.file.empty();
    text = render_text(findings, workspace.sources(), RenderOptions{options.say.language, to_terminal});
  }
  if (!write_output(options, text)) return kCouldNotRun;
  say_journal(options, workspace);
  const DiagnosticSink& sink = workspace.sink();
  remark(std::to_string(sink.count(Severity::error)) + options.say(" galat, ", " errors, ") +
         std::to_string(sink.count(Severity::warning)) + options.say(" peringatan, ", " warnings, ") +
         std::to_string(sink.count(Severity::info)) + options.say(" catatan", " notes"));
  return session.exit_code;
}

}  // namespace

const Command& check_command() {
  static const Command kCommand{"check",
                                "memuat dan memeriksa rencana serta datanya",
                                "load and lint a plan and its data",
                                "Contoh: jenjang check plans/kaltim-lingkungan --format sarif -o temuan.sarif",
                                "Example: jenjang check plans/kaltim-lingkungan --format sarif -o findings.sarif",
                                declare,
                                run};
  return kCommand;
}

}  // namespace jenjang::cli
