// The one program. Whatever goes wrong ends in a coded message and an exit code, never in a crash.
#include <csignal>
#include <exception>
#include <new>

#include "application.h"
#include "inputs_read.h"
#include "output.h"

namespace {

int internal_fault(int argc, const char* const* argv, const char* reason) {
  jenjang::cli::Options options;
  options.say.language = jenjang::cli::choose_language(argc, argv);
  jenjang::cli::complain(options, jenjang::make_diagnostic(jenjang::Code::J1900, {}).arg("sebab", reason));
  return 2;
}

}  // namespace

int main(int argc, char** argv) {
  // A reader that closed its pipe shows as a failed write, so that files of the same run are still written.
  std::signal(SIGPIPE, SIG_IGN);
  jenjang::cli::remember_inputs();
  try {
    return jenjang::cli::run_application(argc, argv);
  } catch (const std::bad_alloc&) {
    return internal_fault(argc, argv, "memori habis / out of memory");
  } catch (const std::exception& fault) {
    return internal_fault(argc, argv, fault.what());
  } catch (...) {
    return internal_fault(argc, argv, "?");
  }
}
