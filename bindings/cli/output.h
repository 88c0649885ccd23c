// Writing, and saying why it failed: results to stdout or a file, messages to stderr.
#pragma once

#include <cstdio>
#include <optional>
#include <string>
#include <string_view>

#include "options.h"
#include "replaced_file.h"

namespace jenjang::cli {

// Writes all of `text` to the file, whole or not at all, or to stdout when `file` is empty. Reports J1905 on stderr and
// returns false when the device or the file system refuses. A closed pipe on stdout is a reader that
// has enough: silence, and true.
bool write_output(const Options& options, std::string_view text, const std::string& file);
inline bool write_output(const Options& options, std::string_view text) {
  return write_output(options, text, options.raw.file);
}

// False, with J1905 on stderr, when this command has read what stands there: for what is written without write_output,
// which asks by itself.
bool may_replace(const Options& options, const std::string& file);

// The same in parts, for what is too large to be held. J1905 once; nothing is written after a refusal.
class OutputStream {
public:
  explicit OutputStream(const Options& options);
  ~OutputStream();
  OutputStream(const OutputStream&) = delete;
  OutputStream& operator=(const OutputStream&) = delete;
  bool write(std::string_view part);
  bool finish();  // false when anything was refused

private:
  bool refuse(int error);
  const Options& options_;
  std::optional<ReplacedFile> whole_;
  std::FILE* file_ = nullptr;
  bool good_ = true, enough_ = false;
};

// What the system says about a file that could not be written, in the reader's words: "foldernya tidak ada".
std::string system_reason(int error, const Speech& say);
// J1905 when the folder of `file` is missing or closed, or `file` is a folder: to be asked before work that takes long.
bool can_be_written(const Options& options, const std::string& file);

// One message of the command line itself (no place in a file), rendered on stderr.
void complain(const Options& options, Diagnostic finding);
void complain(const Options& options, std::span<const Diagnostic> findings, const SourceMap& sources);
// A plain line on stderr.
void remark(std::string_view text);

}  // namespace jenjang::cli
