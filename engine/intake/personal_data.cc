// What must never reach the journal, because the journal is never erased: names and numbers of persons.
#include <algorithm>
#include <array>
#include <string>

#include "jenjang/base/text.h"
#include "jenjang/intake/record_rows.h"

namespace jenjang {
namespace {

constexpr std::array<std::string_view, 13> kPersonal{"nip",      "nik",      "ktp",          "npwp",  "nuptk",
                                                     "golongan", "pangkat",  "telepon",      "email", "hp",
                                                     "lahir",    "rekening", "jenis_kelamin"};
// "nama_unit" names no person; these do.
constexpr std::array<std::string_view, 12> kNamed{"pegawai",    "lengkap", "petugas",   "pejabat",
                                                  "orang",      "pelapor", "validator", "verifikator",
                                                  "penanggung", "pengisi", "asn",       "pemangku"};

constexpr std::size_t kCivilServantDigits = 18;

bool is_digit(char letter) {
  return letter >= '0' && letter <= '9';
}

}  // namespace

bool names_person(std::string_view column) {
  std::string lower(trim(column));
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char letter) {
    if (letter == ' ' || letter == '-') return '_';
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  });
  if (lower == "nama" || lower == "jenis_kelamin") return true;
  const std::vector<std::string_view> words = split(lower, '_');
  const auto among = [&](auto& list) {
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return std::ranges::find(list, word) != list.end(); });
  };
  if (among(kPersonal)) return true;
  return std::ranges::find(words, std::string_view("nama")) != words.end() && among(kNamed);
}

bool holds_civil_servant_number(std::string_view text) {
  // People group the digits with blanks: 19800101 200501 1 001.
  std::size_t digits = 0;
  for (std::size_t at = 0; at <= text.size(); ++at) {
    const bool digit = at < text.size() && is_digit(text[at]);
    const bool blank = at < text.size() && text[at] == ' ';
    if (digit) {
      ++digits;
    } else if (!blank) {
      if (digits == kCivilServantDigits) return true;
      digits = 0;
    }
  }
  return false;
}

}  // namespace jenjang
