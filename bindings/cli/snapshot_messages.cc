#include "snapshot_messages.h"

#include <cerrno>
#include <system_error>

#include "jenjang/workspace/flat_words.h"

#include "output.h"

namespace jenjang::cli {
namespace {

// The words of the system again as what they mean; any other cause as it is.
std::string cause(const std::string& words, bool reading, const Speech& say) {
  for (const int error : {ENOENT, ENOTDIR, EACCES, EPERM, EISDIR, ENOSPC, EDQUOT, EFBIG, EROFS}) {
    if (words != std::generic_category().message(error)) continue;
    return error == ENOENT && reading ? say("berkas itu tidak ada", "there is no such file")
                                      : system_reason(error, say);
  }
  return words;
}

}  // namespace

void complain_of_snapshot(const Options& options, Diagnostic finding) {
  const bool limits = finding.code == Code::J3208 || finding.code == Code::J3209;
  const bool causes = finding.code == Code::J3207 || finding.code == Code::J3212;
  for (DiagnosticArg& arg : finding.args) {
    if (limits && arg.name == "sifat") arg.value = options.say(indonesian_limits(arg.value), arg.value);
    if (causes && arg.name == "sebab") arg.value = cause(arg.value, finding.code == Code::J3207, options.say);
  }
  complain(options, finding);
}

}  // namespace jenjang::cli
