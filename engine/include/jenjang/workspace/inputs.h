// The plan and pack files in force, as a journal keeps them (decision 0024).
//
// The list is a text of lines, kept by its own digest, which an entry of kind `inputs` holds in `content`:
//
//   hasil 1                                    kResultVersion of the engine that wrote it
//   <64 hexadecimal digits> jenjang.yaml       relative to the folder of the plan
//   <64 hexadecimal digits> paket:0/models/iklh/pack.yaml
//
// "paket:N/NAME/..." lies in the N-th folder of packs, whose own name NAME messages show. Lines are sorted by path, so
// equal inputs have equal lists. Each text is kept under its digest. Realisations are no inputs: their rows are
// entries. Nor is the key table of persons, which must stay erasable.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "jenjang/base/file_source.h"
#include "jenjang/journal/journal.h"

namespace jenjang {

class ParsedPlan;

struct InputsList {
  std::string text;                // the list; digest_of(text) names it
  std::vector<std::string> texts;  // what it lists
  [[nodiscard]] bool empty() const { return text.empty(); }
};
// `plan`: texts by path as read (RememberingFiles::texts); `packs`: the same for each folder of packs.
InputsList list_inputs(const std::filesystem::path& plan_folder, const std::map<std::string, std::string>& plan,
                       std::span<const std::filesystem::path> pack_folders,
                       std::span<const std::map<std::string, std::string>> packs);

// The files of a list, where a run expects them: the plan's in `plan_folder`, packs in `pack_folders`.
struct KeptInputs {
  int result_version = 0;
  KeptFiles files;
  std::vector<std::filesystem::path> pack_folders;
};
// J3054 when the journal lacks a text, or the list is none.
Result<KeptInputs> kept_inputs(const Journal& journal, const Digest& list, const std::filesystem::path& plan_folder);

// What a signature is about: the keys and values of a document as written, without comments and layout, so that
// only a change of its content changes the digest. nullopt when the plan has no such document.
std::optional<Digest> document_content(const ParsedPlan& plan, const SourceMap& sources, std::string_view code);

}  // namespace jenjang
