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

constexpr std::size_t kCivilServantDigits = 18, kCitizenDigits = 16;

bool is_digit(char letter) {
  return letter >= '0' && letter <= '9';
}

// Asks `is_number` about every run of digits that stands alone. People group the digits with blanks: 19800101 200501 1
// 001.
template <class IsNumber>
bool has_run(std::string_view text, IsNumber&& is_number) {
  std::string digits;
  for (std::size_t at = 0; at <= text.size(); ++at) {
    if (at < text.size() && is_digit(text[at])) {
      digits += text[at];
    } else if (at == text.size() || text[at] != ' ') {
      if (is_number(digits)) return true;
      digits.clear();
    }
  }
  return false;
}

int two_digits(std::string_view digits, std::size_t at) {
  return (digits[at] - '0') * 10 + (digits[at + 1] - '0');
}

// Province 11..96 (codes of the ministry of home affairs begin at Aceh, 11), then district and subdistrict, then the
// date of birth.
bool is_citizen_number(std::string_view digits) {
  if (digits.size() != kCitizenDigits || two_digits(digits, 0) < 11 || two_digits(digits, 0) > 96) return false;
  const int day = two_digits(digits, 6), month = two_digits(digits, 8);
  const int born = day > 40 ? day - 40 : day;
  return born >= 1 && born <= 31 && month >= 1 && month <= 12;
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
  return text.size() >= kCivilServantDigits &&
         has_run(text, [](std::string_view digits) { return digits.size() == kCivilServantDigits; });
}

bool holds_citizen_number(std::string_view text) {
  return text.size() >= kCitizenDigits && has_run(text, is_citizen_number);
}

bool holds_person_number(std::string_view text) {
  return holds_civil_servant_number(text) || holds_citizen_number(text);
}

}  // namespace jenjang
