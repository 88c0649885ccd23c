// The command line as a whole: languages, arguments, help, the chosen command.
#pragma once

namespace jenjang::cli {

// Never throws for a user's mistake. Returns the exit code.
int run_application(int argc, const char* const* argv);

}  // namespace jenjang::cli
