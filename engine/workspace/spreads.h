// The declared spreads of a plan, judged over its formula sheets.
#pragma once

#include <optional>
#include <span>

#include "jenjang/assess/spread_units.h"
#include "jenjang/plan/plan.h"

namespace jenjang {

struct SpreadReader {
  const PackLibrary& packs;
  std::size_t max_bytes;
  SourceMap& sources;
  DiagnosticSink& sink;
  const FileSource& files;
  const UnitTable& units;

  // nullopt when the pack, the sheet or the file of organisation predicates cannot be had. The sheets outlive it.
  [[nodiscard]] std::optional<SpreadSheet> read(const SpreadDeclaration& declared,
                                                std::span<const FormulaSheet> sheets) const;
};

}  // namespace jenjang
