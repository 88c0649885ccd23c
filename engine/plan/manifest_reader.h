// The manifest `jenjang.yaml`: what belongs to the plan and where it lies.
#pragma once

#include "jenjang/plan/plan.h"

#include "engine/plan/read_parts.h"

namespace jenjang {

// Entries that name further files; the caller opens them after the manifest is read.
struct ManifestFiles {
  std::vector<const YamlNode*> units;  // into the tree given to read_manifest
  std::vector<LocatedText> documents;
};
ManifestFiles read_manifest(ReadContext& context, const YamlNode& root, ParsedPlan& plan);

}  // namespace jenjang
