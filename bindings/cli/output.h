// Writing, and saying why it failed: results to stdout or a file, messages to stderr.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "options.h"

namespace jenjang::cli {

// Writes all of `text` to the file, or to stdout when `file` is empty. Reports J1905 on stderr and
// returns false when the device or the file system refuses. A closed pipe on stdout is a reader that
// has enough: silence, and true.
bool write_output(const Options& options, std::string_view text, const std::string& file);
inline bool write_output(const Options& options, std::string_view text) {
  return write_output(options, text, options.raw.file);
}

// One message of the command line itself (no place in a file), rendered on stderr.
void complain(const Options& options, const Diagnostic& finding);
void complain(const Options& options, std::span<const Diagnostic> findings, const SourceMap& sources);
// A plain line on stderr.
void remark(std::string_view text);

}  // namespace jenjang::cli
