#include "journal_option.h"

namespace jenjang::cli {

void declare_journal(Arguments& arguments, RawOptions& options, const Speech& say) {
  arguments.text("--journal", options.journal,
                 say("berkas jurnal; bawaan: jurnal rencana, atau jurnal.sqlite di sampingnya",
                     "journal file; default: that of the plan, or jurnal.sqlite beside it"),
                 say("BERKAS", "FILE"));
}

std::filesystem::path journal_place(const Options& options, const Workspace& workspace) {
  if (!options.raw.journal.empty()) return options.raw.journal;
  return workspace.journal_path().lexically_normal();
}

}  // namespace jenjang::cli
