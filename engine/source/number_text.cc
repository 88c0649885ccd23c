#include "engine/source/number_text.h"

#include <algorithm>
#include <string>

namespace jenjang {
namespace {

// Digits in which points and commas stand, each between digits: a number in some format.
bool looks_like_another_format(std::string_view text) {
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
  bool marks = false;
  bool after_digit = false;
  for (const char c : text) {
    const bool digit = c >= '0' && c <= '9';
    if (!digit && ((c != '.' && c != ',') || !after_digit)) return false;
    marks = marks || !digit;
    after_digit = digit;
  }
  return marks && after_digit;
}

}  // namespace

void report_not_a_number(std::string_view text, char point, const SourceSpan& span, DiagnosticSink& sink) {
  // A cell of megabytes is not quoted in full.
  constexpr std::size_t kShown = 60;
  std::size_t cut = std::min(text.size(), kShown);
  while (cut > 0 && cut < text.size() && (static_cast<unsigned char>(text[cut]) & 0xC0U) == 0x80U) --cut;
  const std::string shown = std::string(text.substr(0, cut)) + (cut < text.size() ? "..." : "");
  // One mark of the right kind is no sign of another format: such a text is too long or malformed.
  const bool own_mark_only =
      std::count(text.begin(), text.end(), point) <= 1 && text.find(point == '.' ? ',' : '.') == std::string_view::npos;
  if (looks_like_another_format(text) && !own_mark_only) {
    sink.report(
        make_diagnostic(Code::J1119, span).arg("teks", shown).arg("tanda", point == '.' ? "titik (.)" : "koma (,)"));
  } else {
    sink.report(make_diagnostic(Code::J1118, span).arg("teks", shown));
  }
}

}  // namespace jenjang
