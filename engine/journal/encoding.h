// The canonical bytes of an entry, and the chain over them (docs/reference/journal-format.md, "Hash").
#pragma once

#include <string>

#include "engine/journal/sha256.h"

namespace jenjang::journal {

// Puts into `bytes` what stands for `entry` after an entry with hash `previous`. Two entries that differ in any kept
// field have different bytes: every field is written, texts and numbers of open length behind their length.
void encode(const Entry& entry, const Digest& previous, std::string& bytes);

class Chain {
public:
  // Hash of the entry behind `previous`. Linear in the bytes of the entry; no allocation in the long run.
  Digest hash(const Entry& entry, const Digest& previous);

private:
  Sha256 sha_;
  std::string bytes_;
};

}  // namespace jenjang::journal
