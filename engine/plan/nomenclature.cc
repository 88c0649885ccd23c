#include "engine/plan/nomenclature.h"

#include <algorithm>

#include "jenjang/base/text.h"

namespace jenjang {
namespace {

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::vector<std::string> pieces(std::string_view raw) {
  std::string dotted(trim(raw));
  std::replace(dotted.begin(), dotted.end(), ' ', '.');
  std::vector<std::string> parts;
  for (const std::string_view part : split(dotted, '.')) {
    if (!part.empty()) parts.emplace_back(part);
  }
  return parts;
}

void tidy(std::vector<std::string>& parts) {
  for (const std::size_t two_digits : {std::size_t{1}, std::size_t{2}}) {
    if (parts.size() > two_digits && parts[two_digits].size() == 1) parts[two_digits].insert(0, "0");
  }
  if (parts.size() > 3 && parts[3].size() == 3) {  // 202: level 2, kegiatan 02
    parts.insert(parts.begin() + 4, parts[3].substr(1));
    parts[3].resize(1);
  }
  if (parts.size() > 3 && parts[3].size() == 2 && parts[3].front() == '0') parts[3].erase(0, 1);
}

// ^[1-8](\.\d{2}(\.\d{2}(\.[12]\.\d{2}(\.\d{2}(\d{2})?)?)?)?)?$
bool fits_pattern(const std::vector<std::string>& parts) {
  if (parts.empty() || parts.size() > 6 || parts.size() == 4) return false;
  if (!std::all_of(parts.begin(), parts.end(), [](const std::string& part) { return all_digits(part); })) return false;
  const auto width = [&](std::size_t i) { return i < parts.size() ? parts[i].size() : 0; };
  const bool affair = width(0) == 1 && parts[0] >= "1" && parts[0] <= "8";
  const bool level = parts.size() <= 3 || parts[3] == "1" || parts[3] == "2";
  const bool two =
      (parts.size() < 2 || width(1) == 2) && (parts.size() < 3 || width(2) == 2) && (parts.size() < 5 || width(4) == 2);
  const bool last = parts.size() < 6 || width(5) == 2 || width(5) == 4;
  return affair && level && two && last;
}

}  // namespace

std::optional<NomenclatureCode> read_nomenclature(std::string_view raw) {
  NomenclatureCode code;
  code.parts = pieces(raw);
  tidy(code.parts);
  if (!fits_pattern(code.parts)) return std::nullopt;
  for (const std::string& part : code.parts) code.text += (code.text.empty() ? "" : ".") + part;
  return code;
}

bool field_fits_affair(const NomenclatureCode& code) {
  if (code.parts.size() < 2) return true;
  const std::string& affair = code.parts[0];
  const std::string& field = code.parts[1];
  // Two digits compare as text in the order of their numbers.
  if (affair == "1") return field >= "01" && field <= "06";
  if (affair == "2") return field >= "07" && field <= "24";
  if (affair == "3") return field >= "25" && field <= "32";
  return true;
}

}  // namespace jenjang
