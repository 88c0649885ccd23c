// Identity: from which files and which journal entries a snapshot was made, so that a stale one is refused.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "jenjang/base/result.h"

namespace jenjang::snapshot {

// XXH3 of 128 bits: finds changes, is no seal.
using ContentDigest = std::array<std::uint8_t, 16>;

struct InputFile {
  std::uint32_t root = 0;  // into the list of folders: of the plan, then of the packs
  std::string path;        // relative to it
  std::uint64_t size = 0;
  std::int64_t modified = 0;  // nanoseconds since 1970-01-01T00:00:00Z, as the file system says
  ContentDigest digest{};
  friend bool operator==(const InputFile&, const InputFile&) = default;
};
// Folders whose inner folders were gone through: one more or less would change what is read.
struct InputFolder {
  std::uint32_t root = 0;
  std::string path;
  ContentDigest names{};  // of its folders, sorted
  friend bool operator==(const InputFolder&, const InputFolder&) = default;
};

// How a state of a workflow counted when the snapshot was made (under its gate).
enum class StateCount : std::uint8_t { waiting, valid, void_ };
struct KnownState {
  std::string workflow, status;
  StateCount count = StateCount::waiting;
  friend bool operator==(const KnownState&, const KnownState&) = default;
};

struct Identity {
  std::string engine;                 // version that wrote it
  std::uint32_t result_version = 0;   // kResultVersion of it
  std::string as_of;                  // day or moment, as asked; empty: none
  std::optional<std::int64_t> until;  // the moment at which the journal was cut, in seconds since 1970 (UTC)
  std::string gate;                   // least state of the validated lane; empty: the states that count as valid
  std::vector<InputFile> files;
  std::vector<InputFolder> folders;
  std::string journal;            // place, relative to the plan's folder or absolute; empty: none was to be read
  bool has_journal = false;       // there was one
  std::uint64_t journal_seq = 0;  // its entries 1..seq are in the figures
  std::array<std::uint8_t, 32> journal_hash{};
  std::vector<KnownState> states;  // by workflow, then status
  std::string plan;                // its code, for a message about another one
  friend bool operator==(const Identity&, const Identity&) = default;
};

// As it is now. Failure: J3207.
Result<InputFile> describe_file(std::span<const std::filesystem::path> roots, std::uint32_t root, std::string path);
InputFolder describe_folder(std::span<const std::filesystem::path> roots, std::uint32_t root, std::string path);

enum class InputCheck : std::uint8_t {
  stamps,    // size and time of each file, some microseconds a file; what is in it where only the time differs
  contents,  // what is in every file
};
// A file that was touched or copied with all its bytes is the same. One of the same size and time with other bytes is
// only found by `contents`. J3204 names the first input that is not what it was; `snapshot` is the name of the file for
// the message.
std::optional<Diagnostic> check_inputs(const Identity& identity, std::span<const std::filesystem::path> roots,
                                       InputCheck check, const std::string& snapshot);

}  // namespace jenjang::snapshot
