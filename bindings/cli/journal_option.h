// Where the journal of a command is.
#pragma once

#include <filesystem>

#include "command.h"

namespace jenjang::cli {

void declare_journal(Arguments& arguments, RawOptions& options, const Speech& say);  // --journal
// That of --journal, else that of the plan.
std::filesystem::path journal_place(const Options& options, const Workspace& workspace);

}  // namespace jenjang::cli
