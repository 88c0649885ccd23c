// Rows to record: what a CSV file for the journal says, before anything is looked up.
//
// Columns by form (required first):
//   figure      kode unit periode nilai|predikat; predikat status rilis definisi sumber tanda keadaan
//   validation  kode unit periode status; nilai_terverifikasi sumber
//   dispute     kode unit periode alasan; status
//   evidence    kode unit periode bukti; sumber
//   note        catatan; kode unit periode (all three or none)
//   adoption    dokumen keadaan surat; alamat
//   signature   dokumen; berkas surat
// and for every form: alasan catatan bukti letak sidik. A column beyond these is refused unless `FeedFormat::taken`
// names it, and one that holds a person's data always: the journal is never erased.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "jenjang/intake/intake.h"

namespace jenjang {

enum class RecordForm : std::uint8_t { figure, validation, dispute, evidence, note, adoption, signature };

struct RecordRow {
  std::uint32_t row = 0;  // data row of the file, from 1
  // Of a figure as read_realisations gives it; of the others the address, `status`, `verified` and `verified_grade`.
  // The state word of an adoption stands in `status`.
  Observation figure;
  std::string reason;                     // alasan
  std::string remark;                     // catatan, then the columns taken as "kolom=isi"
  std::string evidence, place, digest;    // bukti, letak, sidik
  std::string document, statement;        // dokumen, alamat
  std::string letter, file;               // surat, berkas
  SourceSpan span;                        // the first cell
  SourceSpan status_span, reason_span;    // the cell, or `span` when there is no such column
  SourceSpan evidence_span, digest_span;  // the same
  SourceSpan document_span, statement_span, file_span;
};

// `kind` is the word for messages ("realisasi"). Bad rows are left out with diagnostics; all are reported.
std::vector<RecordRow> read_record_rows(FileId file, const SourceMap& sources, const FeedFormat& format,
                                        RecordForm form, std::string_view kind, DiagnosticSink& sink);

// True for a column that by its name holds a person's data: nama, nip, nik, pangkat ...
bool names_person(std::string_view column);
// True when a text has a run of 18 digits that stands alone, as the NIP of a civil servant does.
bool holds_civil_servant_number(std::string_view text);
// True when it has a run of 16 digits that stands alone and is built as the NIK of a citizen: region, day of birth (40
// more for a woman), month, year, number. Other numbers of 16 digits, of letters and accounts, mostly are not.
bool holds_citizen_number(std::string_view text);
// Either of the two.
bool holds_person_number(std::string_view text);

}  // namespace jenjang
