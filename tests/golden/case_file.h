// A golden case is one text file:
//
//   first lines: what it shows
//   --- file data/unit.csv        files of the case, written into a fresh folder
//   ...
//   --- run                       a shell script, run in that folder; `jenjang` is the real binary
//   jenjang check .
//   --- exit
//   1
//   --- stdout
//   --- stderr
//   ...
//
// ${SRC} in the script stands for the source tree and is put back into the output, ${DIR} for the
// case's folder; the hash in the head of a journal is written as x. A last line break of each section belongs to the
// section mark.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace golden {

struct CaseFile {
  std::filesystem::path path;
  std::string title, run, expected_stdout, expected_stderr;
  int expected_exit = 0;
  std::vector<std::pair<std::string, std::string>> files;
};

CaseFile read_case(const std::filesystem::path& path);
// Writes the case back with other expectations: only on request, never in CI.
void accept_case(const CaseFile& c, int exit_code, const std::string& out, const std::string& err);

struct Outcome {
  int exit_code = -1;
  std::string out, err;
};
// How the binary is run beside the plain way: words of the environment, and a folder whose `jenjang` is found first.
struct Surroundings {
  std::string exports;  // "JENJANG_UTAS=2"; may be empty
  std::filesystem::path wrapper;
  // Called with the folder of the case before its script runs; false leaves the case out.
  std::function<bool(const std::filesystem::path& work)> prepare;
};
// nullopt when `prepare` left it out.
std::optional<Outcome> run_case(const CaseFile& c, const std::filesystem::path& binary,
                                const std::filesystem::path& source_dir, const Surroundings& around);

}  // namespace golden
