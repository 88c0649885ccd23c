// Addresses: `[DOKUMEN#]KODE@UNIT[:PERIODE]`, the same in YAML, CSV, CLI and explanations.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "jenjang/measure/period.h"

namespace jenjang {

struct Address {
  std::string document;  // empty: the adopted statement in force
  std::string code;
  std::string unit;
  std::optional<Period> period;
  std::optional<PeriodRange> range;  // "2024..2026": the end-of-plan cell; then no period

  // nullopt when a part is empty, a character is not allowed (see below), or the period does not parse.
  static std::optional<Address> parse(std::string_view text);
  [[nodiscard]] std::string to_string() const;
  friend bool operator==(const Address&, const Address&) = default;
};

// True for a code or path that an address can hold. A code, and every '/' part of a path, starts with a letter or
// digit (so that "..", "./x" and options of a command line are none) and goes on with letters, digits, '.', '-', '_'.
// Codes never hold '/': criteria of worksheets are written with dots ("LKE-DLH-M2.1.a.3").
bool is_valid_code(std::string_view code);
bool is_valid_unit_path(std::string_view path);

}  // namespace jenjang
