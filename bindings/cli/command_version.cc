#include "command.h"
#include "output.h"

namespace jenjang::cli {
namespace {

void declare(Arguments& /*arguments*/, RawOptions& /*options*/, const Speech& /*say*/) {}

int run(const Options& options) {
  return write_output(options, "jenjang " JENJANG_VERSION "\n", "") ? kDone : kCouldNotRun;
}

}  // namespace

const Command& version_command() {
  static const Command kCommand{"version", "versi program", "version of the program", "", "", declare, run};
  return kCommand;
}

}  // namespace jenjang::cli
