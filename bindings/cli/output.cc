#include "output.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <unistd.h>

#include "inputs_read.h"
#include "progress.h"

namespace jenjang::cli {

std::string system_reason(int error, const Speech& say) {
  switch (error) {
    case EPIPE:
      return say("penerima keluaran sudah tutup", "the reader has closed");
    case ENOSPC:
      return say("ruang penyimpanan habis", "no space left");
    case EDQUOT:
      return say("kuota penyimpanan habis", "the quota is used up");
    case EFBIG:
      return say("berkas sebesar itu tidak diizinkan", "a file of that size is not allowed");
    case EACCES:
    case EPERM:
      return say("tidak ada izin", "no permission");
    case EEXIST:
      return say("perintah ini membaca berkas itu", "this command reads that file");
    case ENOENT:
      return say("foldernya tidak ada", "its folder does not exist");
    case EISDIR:
      return say("itu folder", "that is a folder");
    case ENOTDIR:
      return say("foldernya sebuah berkas", "its folder is a file");
    case EROFS:
      return say("hanya dapat dibaca", "it is read-only");
    default:
      return std::strerror(error);
  }
}

namespace {

bool refuse(const Options& options, const std::string& where, int error) {
  complain(options,
           make_diagnostic(Code::J1905, {}).arg("berkas", where).arg("sebab", system_reason(error, options.say)));
  return false;
}

}  // namespace

bool may_replace(const Options& options, const std::string& file) {
  return !was_read(file) || refuse(options, file, EEXIST);
}

bool can_be_written(const Options& options, const std::string& file) {
  namespace fs = std::filesystem;
  std::error_code failed;
  if (fs::is_directory(file, failed)) return refuse(options, file, EISDIR);
  const fs::path folder = fs::path(file).parent_path();
  const std::string place = folder.empty() ? "." : folder.string();
  errno = 0;
  if (::access(place.c_str(), F_OK) != 0) return refuse(options, file, errno);
  if (!fs::is_directory(place, failed)) return refuse(options, file, ENOTDIR);
  if (::access(place.c_str(), W_OK) != 0) return refuse(options, file, errno);
  return true;
}

bool write_output(const Options& options, std::string_view text, const std::string& file) {
  clear_progress();
  if (file.empty()) {
    errno = 0;
    const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
    if (!written && errno == EINTR) look(options.watch, Stage::text);
    // A reader that has seen enough (`| head`) is no fault: it decides how much it takes.
    return written || errno == EPIPE || refuse(options, options.say("keluaran baku", "standard output"), errno);
  }
  ReplacedFile out(file);
  if (out.file() == nullptr) return refuse(options, file, errno);
  errno = 0;
  // In parts, so that a stop is seen between them.
  constexpr std::size_t kPart = std::size_t{1} << 22;
  for (std::size_t at = 0; at < text.size(); at += kPart) {
    if (at > 0) look(options.watch, Stage::text, at, text.size());
    const std::string_view part = text.substr(at, kPart);
    if (std::fwrite(part.data(), 1, part.size(), out.file()) != part.size()) return refuse(options, file, errno);
  }
  return (std::fflush(out.file()) == 0 && out.commit()) || refuse(options, file, errno);
}

OutputStream::OutputStream(const Options& options) : options_(options) {
  const std::string& name = options.raw.file;
  clear_progress();
  if (!name.empty()) whole_.emplace(name);
  file_ = whole_ ? whole_->file() : stdout;
  if (file_ == nullptr) {
    refuse(errno);
  } else if (!name.empty()) {
    std::setvbuf(file_, nullptr, _IONBF, 0);  // parts are large: they go out as they are
  }
}

OutputStream::~OutputStream() = default;

bool OutputStream::refuse(int error) {
  good_ = false;
  const std::string& name = options_.raw.file;
  return cli::refuse(options_, name.empty() ? options_.say("keluaran baku", "standard output") : name, error);
}

bool OutputStream::write(std::string_view part) {
  if (!good_ || enough_) return false;
  if (part.empty()) return true;  // of a filter that nothing fits
  // Asked only: a line of progress has no place among rows on a terminal.
  if (options_.watch->asked()) throw Stopped(Stage::text);
  errno = 0;
  if (std::fwrite(part.data(), 1, part.size(), file_) == part.size()) return true;
  if (errno == EINTR) look(options_.watch, Stage::text);
  // A reader that has seen enough is no fault.
  enough_ = file_ == stdout && errno == EPIPE;
  return enough_ ? false : refuse(errno);
}

bool OutputStream::finish() {
  if (!good_) return false;
  if (enough_) return true;
  errno = 0;
  if (file_ == stdout) return std::fflush(stdout) == 0 || errno == EPIPE || refuse(errno);
  return whole_->commit() || refuse(errno);
}

void remark(std::string_view text) {
  clear_progress();
  std::fwrite(text.data(), 1, text.size(), stderr);
  std::fputc('\n', stderr);
}

void complain(const Options& options, std::span<const Diagnostic> findings, const SourceMap& sources) {
  clear_progress();
  const std::string text = render_text(findings, sources, RenderOptions{options.say.language, options.color});
  std::fwrite(text.data(), 1, text.size(), stderr);
}

void complain(const Options& options, Diagnostic finding) {
  // Whatever is missing from a command, its own help says what it takes.
  if (finding.code == Code::J1904) {
    finding.args.push_back({"perintah", options.command.empty() ? "jenjang" : "jenjang " + options.command});
  }
  const SourceMap none;
  complain(options, std::span<const Diagnostic>(&finding, 1), none);
}

}  // namespace jenjang::cli
