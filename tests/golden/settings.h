// The settings under which the suite runs: each must print what the plain run prints.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "case_file.h"

namespace golden {

class Setting {
public:
  virtual ~Setting() = default;
  // Whether the case says anything under this setting; the rule is written beside each.
  [[nodiscard]] virtual bool concerns(const CaseFile& c) const = 0;
  [[nodiscard]] virtual Surroundings surroundings(const CaseFile& c) = 0;
  // What a result says about the setting itself, taken out of both before comparing.
  [[nodiscard]] virtual std::string without_traces(std::string text) const { return text; }
  // Fewer cases than this were not really a test of the setting.
  [[nodiscard]] virtual int least_cases() const { return 0; }
};

// "" (plain), "inkremental", "jurnal", "utas". nullptr for any other word.
std::unique_ptr<Setting> make_setting(std::string_view name, const std::filesystem::path& binary,
                                      const std::filesystem::path& source_dir);

}  // namespace golden
