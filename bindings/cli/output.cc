#include "output.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

namespace jenjang::cli {
namespace {

std::string reason(int error, const Speech& say) {
  switch (error) {
    case EPIPE:
      return say("penerima keluaran sudah tutup", "the reader has closed");
    case ENOSPC:
      return say("ruang penyimpanan habis", "no space left");
    case EACCES:
    case EPERM:
      return say("tidak ada izin", "no permission");
    case ENOENT:
      return say("foldernya tidak ada", "its folder does not exist");
    case EISDIR:
      return say("itu folder", "that is a folder");
    default:
      return std::strerror(error);
  }
}

bool refuse(const Options& options, const std::string& where, int error) {
  complain(options, make_diagnostic(Code::J1905, {}).arg("berkas", where).arg("sebab", reason(error, options.say)));
  return false;
}

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

}  // namespace

bool write_output(const Options& options, std::string_view text, const std::string& file) {
  if (file.empty()) {
    errno = 0;
    const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
    // A reader that has seen enough (`| head`) is no fault: it decides how much it takes.
    return written || errno == EPIPE || refuse(options, options.say("keluaran baku", "standard output"), errno);
  }
  std::unique_ptr<std::FILE, CloseFile> out(std::fopen(file.c_str(), "wb"));
  if (!out) return refuse(options, file, errno);
  errno = 0;
  if (std::fwrite(text.data(), 1, text.size(), out.get()) != text.size() || std::fflush(out.get()) != 0) {
    return refuse(options, file, errno);
  }
  // A full disk may only show when the file is closed.
  return std::fclose(out.release()) == 0 || refuse(options, file, errno);
}

void remark(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stderr);
  std::fputc('\n', stderr);
}

void complain(const Options& options, std::span<const Diagnostic> findings, const SourceMap& sources) {
  const std::string text = render_text(findings, sources, RenderOptions{options.say.language, options.color});
  std::fwrite(text.data(), 1, text.size(), stderr);
}

void complain(const Options& options, const Diagnostic& finding) {
  const SourceMap none;
  complain(options, std::span<const Diagnostic>(&finding, 1), none);
}

}  // namespace jenjang::cli
