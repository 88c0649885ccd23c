// Worksheet with lanes: the unit's own answer, the verifier's, the assurer's and the assessor's, side by side.
//
// One row a criterion (or judgement); no lane ever overwrites another. What counts is the answer of the furthest lane
// that spoke; a rejected evidence takes the criterion out of the unit's lane until it is repaired (decision 0028).
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

enum class ReviewLane : std::uint8_t { self, verifier, assurer, assessor };  // mandiri, verifikator, penjamin, penilai
inline constexpr std::array<std::string_view, 4> kReviewLaneWords{"mandiri", "verifikator", "penjamin", "penilai"};

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
  std::array<bool, 4> unreadable{};  // something stood there that is no answer (reported)
};

struct LanedWorksheet {
  std::vector<CriterionRow> rows;
  bool laned = true;  // false: a file with kode,jawaban, all of it the assessor's

  // The answers of one lane alone, as written.
  [[nodiscard]] SheetAnswers of(ReviewLane lane) const;
  // What counts when nobody beyond `last` is heard: per criterion the answer of the furthest lane up to `last` that
  // spoke. In state `ditolak` only the assessor's counts until it is repaired: otherwise the criterion is unanswered,
  // and no worst answer is put in its place. A judgement never counts from the unit's own lane beyond that lane, and an
  // answer that could not be read is not replaced by an earlier one.
  [[nodiscard]] SheetAnswers effective(ReviewLane last) const;
  [[nodiscard]] bool spoke(ReviewLane lane) const;
  [[nodiscard]] const CriterionRow* find(std::string_view code) const;
};

// Columns: kode (required); mandiri, verifikator, penjamin, penilai and each with `_catatan`; bukti, letak, sidik,
// keadaan, alasan; uraian, bobot and usul are read over (the blank form prints them). A file with the columns
// kode,jawaban is read as the assessor's lane, without asking for evidence. Every code must be of the template (J3100),
// every answer of the criterion's scale (J3101); J3102..J3105 hold rows together. A row with an error loses what is
// wrong in it, not the rest.
LanedWorksheet read_laned_worksheet(FileId file, const SourceMap& sources, const CsvFormat& format, const Pack& pack,
                                    const PackTemplate& tmpl, const ScoringMode& mode, DiagnosticSink& sink);
// Whether the header of the file names a lane.
bool has_lanes(FileId file, const SourceMap& sources, const CsvFormat& format);

// One thing a worksheet asks: a criterion, or a judgement of a part that is graded by share of criteria met.
struct WorksheetQuestion {
  std::string code, title;
  std::optional<Decimal> weight;  // of the criterion where the pack gives it one, else of the part it belongs to
  const Scale* answers = nullptr;
};
// In the order of the pack; the judgements of a part follow its criteria.
std::vector<WorksheetQuestion> worksheet_questions(const Pack& pack, const PackTemplate& tmpl, const ScoringMode* mode);
// What a scored worksheet leaves open, for each lane that spoke: criteria without an answer that counts (J3110); and
// answers that a control holds down (J3109).
void report_scored(const Pack& pack, const PackTemplate& tmpl, const ScoringMode& mode, const LanedWorksheet& sheet,
                   DiagnosticSink& sink);
// Names of the columns of the laned form, in the order of the blank form.
std::vector<std::string> worksheet_columns();

}  // namespace jenjang
