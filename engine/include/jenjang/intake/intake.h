// Intake: rows of realisations and worksheets from CSV, every cell with its place.
//
// Realisation columns: kode, unit, periode, and nilai or predikat (required); predikat, status, rilis, definisi,
// sumber, tanda, keadaan, catatan, alasan, bukti, letak, sidik (optional; the last five matter to `record` only).
// `nilai` is a number in the declared format, a grade in a measure with a grade scale (column `predikat` instead of
// `nilai` may be used), or blank with `keadaan` one of the five states. Worksheet columns: kode, jawaban (required);
// catatan, bukti, tanda (optional). Bad rows are left out with a diagnostic each; the rest is returned.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "jenjang/base/diagnostic.h"
#include "jenjang/base/watch.h"
#include "jenjang/measure/observation.h"
#include "jenjang/source/csv_reader.h"

namespace jenjang {

struct FeedFormat {
  CsvFormat csv;
  RegionAuthority authority = RegionAuthority::kemendagri;
  std::vector<std::string> validated_states;  // empty: every row counts as validated
  std::string default_source;
  bool illustrative = false;  // marks of the whole feed
  bool unverified = false;
  std::vector<std::string> taken{};  // ambil: columns beyond ours that may stand in the file
};

// Rows, findings and their order are the same for any number of threads.
std::vector<Observation> read_realisations(FileId file, const SourceMap& sources, const FeedFormat& format,
                                           DiagnosticSink& sink, unsigned threads = 1, const Watch* watch = nullptr);

struct WorksheetAnswer {
  std::string code;      // 1.a.3, or 1.a/dipertahankan-1-tahun for a judgement
  std::string answer;    // "A", "ya", "0.75"; blank when not answered yet
  std::string note;      // catatan
  std::string evidence;  // bukti
  std::string lane;      // who answered (penilai); empty for a worksheet without lanes
  bool illustrative = false;
  bool unverified = false;
  SourceSpan code_span, answer_span;
};
std::vector<WorksheetAnswer> read_worksheet(FileId file, const SourceMap& sources, const CsvFormat& format,
                                            DiagnosticSink& sink);

// Where the answers of one worksheet go: the measures under item `code` at `unit`.
struct WorksheetTarget {
  std::string code;  // of the total, e.g. LKE-DLH-M2
  std::string unit;
  Period period;
  std::string mode;     // words for messages: "M1"
  bool yes_no = false;  // answers are ya | tidak: grades that stand for 1 | 0; otherwise grades or numbers as written
  std::string source;   // when a row names no evidence
  bool illustrative = false;
  bool unverified = false;
};
// Answers as observations on the worksheet's nodes: criterion `1.a.3` is measure `KODE.1.a.3`,
// judgement `1.a/dipertahankan-1-tahun` is `KODE.1.a.dipertahankan-1-tahun`. A blank answer is an
// observation in state `kosong`.
std::vector<Observation> worksheet_observations(std::span<const WorksheetAnswer> answers, const WorksheetTarget& target,
                                                DiagnosticSink& sink);
// "LKE-DLH-M2" and "1.a/dipertahankan-1-tahun" -> "LKE-DLH-M2.1.a.dipertahankan-1-tahun".
std::string worksheet_node_code(std::string_view worksheet, std::string_view criterion);

// A cell as a spreadsheet-safe writer stores it, back to what it means: ="64.01" is 64.01 and '=x
// is =x. Anything else is returned unchanged. The report writer's `excel-id` is the other half.
std::string_view spreadsheet_text(std::string_view cell);

}  // namespace jenjang
