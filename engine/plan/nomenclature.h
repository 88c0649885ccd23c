// Codes of urusan, program, kegiatan and sub kegiatan: U.BB.PP.L.KK.SSSS (Permendagri 90/2019 and its
// updates, by public lists). Files in circulation write them with blanks, with the level as two
// digits, or with a joined kegiatan; the engine reads those and keeps the raw text.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jenjang {

struct NomenclatureCode {
  std::string text;  // 2.11.11.2.01.0012
  std::vector<std::string> parts;
  // Digits by position; empty when the code is shorter.
  [[nodiscard]] std::string part(std::size_t index) const { return index < parts.size() ? parts[index] : ""; }
};

// nullopt when the text is not such a code even after its writing is tidied. Tidied are: blanks for
// dots, level `01` or `02` for `1` or `2`, kegiatan joined to its level (`202` for `2.02`), a bidang
// without its leading zero. A placeholder urusan (`X.XX`) is not a code.
std::optional<NomenclatureCode> read_nomenclature(std::string_view raw);
// True when the bidang belongs to its urusan: 01-06 to 1, 07-24 to 2, 25-32 to 3; others are free.
bool field_fits_affair(const NomenclatureCode& code);

}  // namespace jenjang
