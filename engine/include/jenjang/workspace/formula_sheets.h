// Formula sheets as files: read, computed, and everything said about them.
#pragma once

#include <filesystem>
#include <optional>

#include "jenjang/assess/formula_sheet.h"
#include "jenjang/plan/plan.h"

namespace jenjang {

struct FormulaSheetReader {
  const PackLibrary& packs;
  std::size_t max_bytes;
  SourceMap& sources;
  DiagnosticSink& sink;
  const FileSource& files;
  std::filesystem::path evidence_folder;  // empty: evidence is not looked at
  const UnitTable* units = nullptr;       // nullptr: units are not checked

  // nullopt when there is no such formula or no such file. The packs must outlive the sheet.
  [[nodiscard]] std::optional<FormulaSheet> read(const FormulaSheetDeclaration& declared) const;
};

}  // namespace jenjang
