// Worksheets as files: read from the disk, and the evidence they name looked at.
#pragma once

#include <filesystem>
#include <optional>

#include "jenjang/assess/worksheet.h"
#include "jenjang/intake/intake.h"
#include "jenjang/plan/plan.h"

namespace jenjang {

// nullopt when there is no such file; the sink says why.
std::optional<LanedWorksheet> read_worksheet_file(const std::filesystem::path& path, std::size_t max_bytes,
                                                  const CsvFormat& format, const Pack& pack, const PackTemplate& tmpl,
                                                  const ScoringMode& mode, SourceMap& sources, DiagnosticSink& sink);

// Every digest of a row against the bytes of its evidence file, found from `folder`: a file that changed since it was
// looked at is J3106, one that is gone J3107. Evidence without a digest is a title or a letter as well as a file, and
// says nothing. Each file is read once.
void check_evidence(const LanedWorksheet& sheet, const std::filesystem::path& folder, std::size_t max_bytes,
                    DiagnosticSink& sink);

// The answers of a declared worksheet as its total counts them: of the plain form as they stand, of the laned form
// those of the furthest lane that spoke. `evidence_folder` empty: evidence is not looked at.
std::vector<WorksheetAnswer> declared_answers(const WorksheetDeclaration& declared, FileId file,
                                              const PackLibrary& packs, const SourceMap& sources,
                                              const std::filesystem::path& evidence_folder, std::size_t max_bytes,
                                              DiagnosticSink& sink);

}  // namespace jenjang
