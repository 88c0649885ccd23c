#include <filesystem>

#include "jenjang/base/result.h"

#include "command.h"
#include "output.h"
#include "session.h"

namespace jenjang::cli {
namespace {

void declare(Arguments& arguments, RawOptions& options, const Speech& say) {
  arguments.repeated("--paket", options.packs,
                     say("folder paket aturan; skema dicari di sampingnya",
                         "folder of rule packs; the schema is looked for beside it"),
                     "FOLDER");
  arguments.text("-o,--output", options.file, say("tulis hasil ke berkas", "write results to a file"), "BERKAS");
}

// The schema lies beside the packs in the source tree and where the program is installed:
// <top>/models and <top>/plans/schema.
int run(const Options& options) {
  const std::vector<std::filesystem::path> packs = find_pack_folders(options);
  if (packs.empty()) return kCouldNotRun;
  const std::filesystem::path top = std::filesystem::absolute(packs.front()).lexically_normal();
  const std::filesystem::path folder = top.has_filename() ? top.parent_path() : top.parent_path().parent_path();
  const Result<std::string> text = read_file(folder / "plans" / "schema" / "plan.schema.json", std::size_t{16} << 20);
  if (!text) {
    complain(options, text.failure());
    return kCouldNotRun;
  }
  return write_output(options, text.value()) ? kDone : kCouldNotRun;
}

}  // namespace

const Command& schema_command() {
  static const Command kCommand{"schema",
                                "skema JSON berkas rencana, untuk penyunting teks",
                                "JSON Schema of plan files, for text editors",
                                "Contoh: jenjang schema -o plan.schema.json",
                                "Example: jenjang schema -o plan.schema.json",
                                declare,
                                run};
  return kCommand;
}

}  // namespace jenjang::cli
