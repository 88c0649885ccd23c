#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <unistd.h>
#include <vector>

#include "command.h"
#include "memory.h"
#include "output.h"

namespace jenjang::cli {
namespace fs = std::filesystem;
namespace {

void declare(Arguments& arguments, RawOptions& options, const Speech& say) {
  arguments.words(say("apa", "what"), options.arguments, say("provinsi", "province"));
  arguments.text("--pegawai", options.staff,
                 say("banyaknya jabatan paling bawah; bawaan: 61000", "positions at the bottom; default: 61000"), "N");
  arguments.text("--ukuran", options.measures,
                 say("sebanyak kira-kira N ukuran dari setiap jenis, dengan target yang ditahan dan hasil bersama; "
                     "1000 sampai 11000000; bawaan dengan --nasional: 1000000",
                     "about N measures of every kind, with holds and shared results; 1000 to 11000000; default with "
                     "--nasional: 1000000"),
                 "N");
  arguments.flag("--nasional", options.nation,
                 say("sampai 38 provinsi dan 514 daerah di bawah satu negara, bukan satu provinsi",
                     "up to 38 provinces and 514 districts below one nation instead of one province"));
  arguments.flag("--fakta", options.with_facts,
                 say("sertakan realisasi setiap jabatan, sebagian kosong atau belum divalidasi",
                     "with reports of every position, some missing or not validated"));
  arguments.text("--seed", options.seed,
                 say("benih acak; benih sama, rencana sama; bawaan: 1", "same seed, same plan; default: 1"), "N");
  arguments.text("--frekuensi", options.frequency,
                 say("periode target paling halus; bawaan: bulan", "finest period of the targets; default: bulan"),
                 "tahun|semester|triwulan|bulan");
  arguments.flag("--pemangku", options.with_holders,
                 say("sertakan pemangku jabatan, sebagian berganti di tengah tahun",
                     "with holders of the positions, some changing within the year"));
  arguments.text("-o,--output", options.file, say("folder baru untuk rencananya", "new folder for the plan"), "FOLDER");
  declare_memory(arguments, options, say);
  declare_progress(arguments, options, say);
}

bool refuse(const Options& options, const std::string& where, const std::string& why) {
  complain(options, make_diagnostic(Code::J1905, {}).arg("berkas", where).arg("sebab", why));
  return false;
}

// The folder of a plan: filled in a folder inside it, and moved out of there when all is written. What was not finished
// leaves nothing behind, and the folder goes too where it was made for this.
class NewFolder {
public:
  NewFolder(const Options& options, fs::path place)
      : options_(options), place_(std::move(place)), scratch_(place_ / (std::to_string(::getpid()) + ".sementara")) {}
  ~NewFolder() {
    std::error_code ignored;
    if (made_) fs::remove_all(scratch_, ignored);
    if (made_ && !stays_) fs::remove(place_, ignored);
  }
  NewFolder(const NewFolder&) = delete;
  NewFolder& operator=(const NewFolder&) = delete;

  // Never over something that stands there already: it may be a plan somebody wrote.
  bool make() {
    std::error_code error;
    stays_ = fs::exists(place_, error);
    if (stays_ && !fs::is_empty(place_, error)) {
      return refuse(options_, place_.string(),
                    options_.say("sudah ada dan tidak kosong", "it exists and is not empty"));
    }
    for (const char* inner : {"data", "dokumen", "realisasi"}) {
      if (std::strcmp(inner, "realisasi") == 0 && !options_.raw.with_facts) continue;
      fs::create_directories(scratch_ / inner, error);
      if (error) return refuse(options_, place_.string(), error.message());
      made_ = true;
    }
    return true;
  }
  [[nodiscard]] const fs::path& scratch() const { return scratch_; }

  // The manifest last: before it comes this is no plan.
  bool finish() {
    std::error_code error;
    const auto move = [&](const fs::path& name) {
      if (!error) fs::rename(scratch_ / name, place_ / name, error);
    };
    std::vector<fs::path> inner;
    for (const auto& entry : fs::directory_iterator(scratch_, error)) inner.push_back(entry.path().filename());
    for (const fs::path& name : inner) {
      if (name != kManifest) move(name);
    }
    move(kManifest);
    stays_ = true;
    return !error || refuse(options_, place_.string(), error.message());
  }

private:
  static constexpr const char* kManifest = "jenjang.yaml";
  const Options& options_;
  fs::path place_, scratch_;
  bool made_ = false, stays_ = false;
};

// One file at a time, so that a plan may be larger than memory.
class FolderWriter {
public:
  // Messages name the folder that the files will stand in.
  FolderWriter(const Options& options, fs::path folder, fs::path shown)
      : options_(options), folder_(std::move(folder)), shown_(std::move(shown)) {}

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
    return refuse(options_, (shown_ / path_).string(),
                  reason == 0 ? options_.say("perangkat menolak", "the device refused")
                              : std::error_code(reason, std::generic_category()).message());
  }
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  const Options& options_;
  fs::path folder_, shown_;
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
  // Texts go to the disk as they are made; what stays is 70 bytes a position.
  constexpr std::uint64_t kPosition = 70;
  const bool fits =
      fits_in_memory(options, kPosition * options.province.staff,
                     options.say("rencana tiruan dengan ", "a synthetic plan of ") +
                         std::to_string(options.province.staff) + options.say(" jabatan", " positions"),
                     [&](std::uint64_t available) {
                       return std::to_string(available / kPosition) + options.say(" jabatan", " positions");
                     });
  if (!fits) return kCouldNotRun;
  NewFolder folder(options, options.raw.file);
  if (!folder.make()) return kCouldNotRun;
  FolderWriter writer(options, folder.scratch(), options.raw.file);
  const bool written = stream_province(sized ? options.province : options.province.fitted(),
                                       [&](const std::string& path, std::string_view piece) {
                                         look(options.watch, Stage::making);
                                         return writer.take(path, piece);
                                       });
  if (!written || !writer.close() || !folder.finish()) return kCouldNotRun;
  remark(options.raw.file +
         options.say(": rencana tiruan, semua angkanya rekaan; periksa dengan `jenjang check ",
                     ": a synthetic plan, every figure is invented; check it with `jenjang check ") +
         options.raw.file + "`");
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
