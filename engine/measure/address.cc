#include "jenjang/measure/address.h"

namespace jenjang {
namespace {

bool is_alphanumeric(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

}  // namespace

bool is_valid_code(std::string_view code) {
  if (code.empty() || !is_alphanumeric(code.front())) return false;
  for (const char c : code) {
    if (!is_alphanumeric(c) && c != '.' && c != '-' && c != '_') return false;
  }
  return true;
}

bool is_valid_unit_path(std::string_view path) {
  while (true) {
    const std::size_t slash = path.find('/');
    if (!is_valid_code(path.substr(0, slash))) return false;
    if (slash == std::string_view::npos) return true;
    path.remove_prefix(slash + 1);
  }
}

std::optional<Address> Address::parse(std::string_view text) {
  Address address;
  if (const std::size_t hash = text.find('#'); hash != std::string_view::npos) {
    address.document = text.substr(0, hash);
    if (!is_valid_code(address.document)) return std::nullopt;
    text.remove_prefix(hash + 1);
  }
  const std::size_t at = text.find('@');
  if (at == std::string_view::npos) return std::nullopt;
  address.code = text.substr(0, at);
  text.remove_prefix(at + 1);
  const std::size_t colon = text.find(':');
  address.unit = text.substr(0, colon);
  if (!is_valid_code(address.code) || !is_valid_unit_path(address.unit)) return std::nullopt;
  if (colon == std::string_view::npos) return address;

  const std::string_view when = text.substr(colon + 1);
  if (when.find("..") != std::string_view::npos) {
    address.range = PeriodRange::parse(when);
  } else {
    address.period = Period::parse(when);
  }
  if (!address.range && !address.period) return std::nullopt;
  return address;
}

std::string Address::to_string() const {
  std::string text = document.empty() ? "" : document + "#";
  text += code + "@" + unit;
  if (period) text += ":" + period->to_string();
  // Always in the long form: "2024..2024" is an end-of-plan cell, "2024" a year.
  if (range) text += ":" + std::to_string(range->first_year) + ".." + std::to_string(range->last_year);
  return text;
}

}  // namespace jenjang
