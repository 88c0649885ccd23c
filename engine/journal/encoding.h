// The canonical bytes of an entry, and the chain over them (docs/reference/journal-format.md, "Hash").
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "engine/journal/sha256.h"

namespace jenjang::journal {

// At least the bytes that `encode` needs.
std::size_t room_for(const Entry& entry);
// What stands for `entry` after an entry with hash `previous`, written at the start of `bytes`. Two entries that differ
// in any kept field have different bytes: every field is written, texts and numbers of open length behind their length.
std::string_view encode(const Entry& entry, const Digest& previous, std::string& bytes);

class Chain {
public:
  // Hash of the entry behind `previous`. Linear in the bytes of the entry; no allocation in the long run.
  Digest hash(const Entry& entry, const Digest& previous);

private:
  Sha256 sha_;
  std::string bytes_;
};

}  // namespace jenjang::journal
