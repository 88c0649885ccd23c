// Worksheet with lanes: the unit's own answer, the verifier's, the assurer's and the assessor's, side by side.
//
// One row a criterion (or judgement); no lane ever overwrites another. What counts is the answer of the furthest lane
// that spoke; a rejected evidence takes the criterion out of the unit's lane until it is repaired.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "jenjang/assess/sheet.h"
#include "jenjang/base/diagnostic.h"
#include "jenjang/base/file_source.h"
#include "jenjang/source/csv_reader.h"

namespace jenjang {

enum class Lane : std::uint8_t { self, verifier, assurer, assessor };  // mandiri, verifikator, penjamin, penilai
inline constexpr std::array<std::string_view, 4> kLaneWords{"mandiri", "verifikator", "penjamin", "penilai"};

// State of one criterion's evidence and answer.
enum class CriterionState : std::uint8_t { open, submitted, rejected, repaired, agreed, disputed, final_ };
// draf diajukan ditolak diperbaiki disepakati disanggah final
inline constexpr std::array<std::string_view, 7> kCriterionStateWords{
    "draf", "diajukan", "ditolak", "diperbaiki", "disepakati", "disanggah", "final"};

struct CriterionRow {
  std::string code;                     // 1.a.3, or 1.a/dipertahankan-1-tahun
  std::array<std::string, 4> answer;    // by lane, as written; blank: has not spoken
  std::array<std::string, 4> note;      // <jalur>_catatan
  std::string evidence, place, digest;  // bukti (path or title), letak (page or cell), sidik (SHA-256 in hex)
  CriterionState state = CriterionState::open;
  std::string reason;  // alasan: of a rejection or a dispute
  SourceSpan span;
  std::array<SourceSpan, 4> answer_span;
};

struct LanedWorksheet {
  std::vector<CriterionRow> rows;

  // The answers of one lane alone.
  [[nodiscard]] SheetAnswers of(Lane lane) const;
  // What counts when nobody beyond `last` is heard: per criterion the answer of the furthest lane up to `last`; a row
  // in state `ditolak` gives the worst answer only through a lane that says so, never by itself: it is left unanswered.
  [[nodiscard]] SheetAnswers effective(Lane last) const;
  [[nodiscard]] const CriterionRow* find(std::string_view code) const;
};

// Columns: kode (required); mandiri, verifikator, penjamin, penilai and each with `_catatan`; bukti, letak, sidik,
// keadaan, alasan; uraian and bobot are read over (the blank form prints them). A file with the columns kode,jawaban is
// read as the assessor's lane. Every code must be of the template, every answer of the mode's scale.
LanedWorksheet read_laned_worksheet(FileId file, const SourceMap& sources, const CsvFormat& format, const Pack& pack,
                                    const PackTemplate& tmpl, const ScoringMode& mode, DiagnosticSink& sink);

}  // namespace jenjang
