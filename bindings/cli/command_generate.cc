#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>

#include "command.h"
#include "output.h"

namespace jenjang::cli {
namespace {

void declare(CLI::App& app, RawOptions& options, const Speech& say) {
  app.add_option(say("apa", "what"), options.arguments, say("provinsi", "province"))->type_name("");
  app.add_option("--pegawai", options.staff,
                 say("banyaknya jabatan paling bawah; bawaan: 61000", "positions at the bottom; default: 61000"))
      ->type_name("N");
  app.add_option("--ukuran", options.measures,
                 say("sebanyak kira-kira N ukuran dari setiap jenis, dengan target yang ditahan dan hasil bersama; "
                     "1000 sampai 11000000; bawaan dengan --nasional: 1000000",
                     "about N measures of every kind, with holds and shared results; 1000 to 11000000; default with "
                     "--nasional: 1000000"))
      ->type_name("N");
  app.add_flag("--nasional", options.nation,
               say("sampai 38 provinsi dan 514 daerah di bawah satu negara, bukan satu provinsi",
                   "up to 38 provinces and 514 districts below one nation instead of one province"));
  app.add_flag("--fakta", options.with_facts,
               say("sertakan realisasi setiap jabatan, sebagian kosong atau belum divalidasi",
                   "with reports of every position, some missing or not validated"));
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
  for (const char* inner : {"data", "dokumen", "realisasi"}) {
    if (std::strcmp(inner, "realisasi") == 0 && !options.raw.with_facts) continue;
    std::filesystem::create_directories(folder / inner, error);
    if (error) {
      return refuse(options, folder.string(), error.message());
    }
  }
  return true;
}

// One file at a time, so that a plan may be larger than memory.
class FolderWriter {
public:
  FolderWriter(const Options& options, std::filesystem::path folder) : options_(options), folder_(std::move(folder)) {}

  bool take(const std::string& path, std::string_view piece) {
    if (path != path_) {
      if (!close()) return false;
      path_ = path;
      errno = 0;
      file_.reset(std::fopen((folder_ / path_).string().c_str(), "wb"));
      if (!file_) return fail();
    }
    errno = 0;
    return std::fwrite(piece.data(), 1, piece.size(), file_.get()) == piece.size() || fail();
  }
  // A full disk may only show here.
  bool close() {
    errno = 0;
    return !file_ || std::fclose(file_.release()) == 0 || fail();
  }

private:
  bool fail() {
    const int reason = errno;
    return refuse(options_, (folder_ / path_).string(),
                  reason == 0 ? options_.say("perangkat menolak", "the device refused")
                              : std::error_code(reason, std::generic_category()).message());
  }
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  const Options& options_;
  std::filesystem::path folder_;
  std::string path_;
  std::unique_ptr<std::FILE, Close> file_;
};

int run(const Options& options) {
  const std::vector<std::string>& words = options.raw.arguments;
  const bool sized = !options.raw.measures.empty() || options.raw.nation;
  if (words.empty() && !sized) {
    complain(
        options,
        make_diagnostic(Code::J1904, {}).arg("apa", options.say("yang dibuat (provinsi)", "what to make (province)")));
    return kCouldNotRun;
  }
  if (words.size() > 1 || (!words.empty() && words[0] != "provinsi" && words[0] != "province")) {
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
  FolderWriter writer(options, folder);
  const bool written =
      stream_province(sized ? options.province : options.province.fitted(),
                      [&](const std::string& path, std::string_view piece) { return writer.take(path, piece); });
  return written && writer.close() ? kDone : kCouldNotRun;
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
