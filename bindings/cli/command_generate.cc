#include <filesystem>

#include "command.h"
#include "output.h"

namespace jenjang::cli {
namespace {

void declare(CLI::App& app, RawOptions& options, const Speech& say) {
  app.add_option(say("apa", "what"), options.arguments, say("provinsi", "province"))->type_name("");
  app.add_option("--pegawai", options.staff,
                 say("banyaknya jabatan paling bawah; bawaan: 61000", "positions at the bottom; default: 61000"))
      ->type_name("N");
  app.add_option("--seed", options.seed,
                 say("benih acak; benih sama, rencana sama; bawaan: 1", "same seed, same plan; default: 1"))
      ->type_name("N");
  app.add_option("--frekuensi", options.frequency,
                 say("periode target paling halus; bawaan: bulan", "finest period of the targets; default: bulan"))
      ->type_name("tahun|semester|triwulan|bulan");
  app.add_flag("--pemangku", options.with_holders,
               say("sertakan pemangku jabatan, sebagian berganti di tengah tahun",
                   "with holders of the positions, some changing within the year"));
  app.add_option("-o,--output", options.file, say("folder baru untuk rencananya", "new folder for the plan"))
      ->type_name("FOLDER");
}

bool refuse(const Options& options, const std::string& where, const std::string& why) {
  complain(options, make_diagnostic(Code::J1905, {}).arg("berkas", where).arg("sebab", why));
  return false;
}

// Never over something that stands there already: it may be a plan somebody wrote.
bool make_folder(const Options& options, const std::filesystem::path& folder) {
  std::error_code error;
  if (std::filesystem::exists(folder, error) && !std::filesystem::is_empty(folder, error)) {
    return refuse(options, folder.string(), options.say("sudah ada dan tidak kosong", "it exists and is not empty"));
  }
  for (const char* inner : {"data", "dokumen"}) {
    std::filesystem::create_directories(folder / inner, error);
    if (error) {
      return refuse(options, folder.string(), error.message());
    }
  }
  return true;
}

int run(const Options& options) {
  const std::vector<std::string>& words = options.raw.arguments;
  if (words.empty()) {
    complain(
        options,
        make_diagnostic(Code::J1904, {}).arg("apa", options.say("yang dibuat (provinsi)", "what to make (province)")));
    return kCouldNotRun;
  }
  if (words.size() > 1 || (words[0] != "provinsi" && words[0] != "province")) {
    Diagnostic finding =
        make_diagnostic(Code::J1902, {}).arg("argumen", "\"" + words.back() + "\"").arg("perintah", "generate");
    finding.suggestion = words.size() > 1 ? "" : options.say("provinsi", "province");
    complain(options, finding);
    return kCouldNotRun;
  }
  if (options.raw.file.empty()) {
    complain(options,
             make_diagnostic(Code::J1904, {}).arg("apa", options.say("folder (-o FOLDER)", "the folder (-o FOLDER)")));
    return kCouldNotRun;
  }
  const std::filesystem::path folder = options.raw.file;
  if (!make_folder(options, folder)) return kCouldNotRun;
  for (const GeneratedFile& file : write_province(options.province.fitted())) {
    if (!write_output(options, file.text, (folder / file.path).string())) return kCouldNotRun;
  }
  return kDone;
}

}  // namespace

const Command& generate_command() {
  static const Command kCommand{"generate",
                                "rencana tiruan sebesar provinsi, untuk mencoba dan mengukur",
                                "an invented plan of the size of a province, to try and to measure",
                                "Contoh: jenjang generate provinsi --pegawai 61000 --seed 1 -o provinsi-tiruan",
                                "Example: jenjang generate province --pegawai 61000 --seed 1 -o synthetic-province",
                                declare,
                                run};
  return kCommand;
}

}  // namespace jenjang::cli
