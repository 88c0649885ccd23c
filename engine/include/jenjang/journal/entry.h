// Entry: one thing that happened, as the journal keeps it. Appended, never changed.
//
// A figure has two times: `figure.period`, the period it describes (valid time), and `recorded`, when the journal
// took it (recorded time). A correction is a new entry about the same cell; the first stays.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "jenjang/measure/moment.h"
#include "jenjang/measure/observation.h"

namespace jenjang {

// SHA-256 (FIPS 180-4).
using Digest = std::array<std::uint8_t, 32>;
Digest digest_of(std::string_view bytes);
std::string to_hex(const Digest& digest);
std::optional<Digest> parse_digest(std::string_view hex);  // 64 hexadecimal digits

// Stored in journals: never renumber.
enum class EntryKind : std::uint8_t {
  realisation = 0,      // realisasi
  correction = 1,       // koreksi: a realisation of a cell that had another figure
  validation = 2,       // validasi: the state of a cell's figure changes; may carry the verified figure
  grade_proposed = 3,   // nilai-usulan: of a worksheet criterion or a graded measure
  grade_decided = 4,    // nilai-putusan
  dispute = 5,          // sanggahan
  evidence = 6,         // bukti: path, page or cell, digest
  signed_document = 7,  // penandatanganan: the content hash of a PK or SKP
  adoption = 8,         // penetapan: a document (or one of its targets) changes from usulan to ditetapkan, or back
  note = 9,             // catatan
  inputs = 10,          // masukan: plan and pack files in force from here on
};
std::span<const std::string_view> entry_kind_words();  // realisasi koreksi validasi ... masukan
inline std::string_view to_string(EntryKind x) {
  return entry_kind_words()[static_cast<std::size_t>(x)];
}

// Where an entry was written before it came here. The bytes of the file are kept under `digest`.
struct Origin {
  std::string file;  // display name, as given
  Digest digest{};
  std::uint32_t row = 0;  // data row, 1-based in the file's own order; 0: not from a file
  // Places in that file: line, column, length of the cells with the figure, code, unit and period.
  struct Place {
    std::uint32_t line = 0, column = 0, length = 0;
  };
  Place number, address, unit, period;
};

struct Evidence {
  std::string path;   // file, address of a page on the web, letter number
  std::string place;  // "hlm. 12", "Lembar1!C7"
  std::optional<Digest> digest;
};

struct Entry {
  std::uint64_t seq = 0;  // 1, 2, 3 ... given by the journal
  EntryKind kind = EntryKind::realisation;
  Moment recorded;
  std::string actor;  // --oleh: the key of a person or the path of a position; never a name
  std::string role;   // peran, as workflows know it: "provinsi", "penjamin"; may be empty
  // The cell and, where the kind has one, the figure. Spans are not kept here: see `origin`. `figure.status` is the
  // state after this entry. For signed_document and adoption `figure.code` is the document's code, or the address of
  // a single target in `text`; for notes without a cell it is empty.
  Observation figure;
  std::uint64_t refers = 0;  // the entry that this one corrects, decides or disputes; 0: none
  std::string text;          // reason, note, letter
  Evidence evidence;
  Origin origin;
  std::optional<Digest> content;  // signed_document: of the document; inputs: of the list of files
  Digest hash{};                  // over the previous hash and everything above, see docs/reference/journal-format.md
};

}  // namespace jenjang
