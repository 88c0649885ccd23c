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

bool is_grouping(std::string_view whole, char mark) {
  constexpr std::size_t kGroup = 3;
  std::size_t at = whole.find(mark);
  if (at == 0 || at > kGroup || whole.front() == '0') return false;
  while (at != std::string_view::npos) {
    const std::size_t next = whole.find(mark, at + 1);
    if ((next == std::string_view::npos ? whole.size() : next) - at - 1 != kGroup) return false;
    at = next;
  }
  return true;
}

}  // namespace

std::string in_this_format(std::string_view text, char point) {
  std::string sign;
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
    if (text.front() == '-') sign = "-";
    text.remove_prefix(1);
  }
  if (!looks_like_another_format(text)) return {};
  // Of two kinds of marks the last one is the decimal mark. One kind that stands more than once groups; that stands
  // once it is either, unless what follows cannot be a group.
  const char last = text[text.find_last_of(".,")];
  const char other = last == '.' ? ',' : '.';
  const auto times = std::count(text.begin(), text.end(), last);
  const bool both = text.find(other) != std::string_view::npos;
  if (both && times > 1) return {};
  const std::size_t cut = times > 1 ? text.size() : text.rfind(last);
  std::string_view whole = text.substr(0, cut);
  const char grouping = both ? other : last;
  const bool grouped = whole.find(grouping) != std::string_view::npos;
  if (grouped && !is_grouping(whole, grouping)) return {};
  const std::string_view rest = cut == text.size() ? std::string_view() : text.substr(cut + 1);
  if (!grouped && rest.size() == 3 && whole.size() <= 3 && whole != "0") return {};
  std::string plain = sign;
  for (const char c : whole) {
    if (c != grouping || !grouped) plain += c;
  }
  if (!rest.empty()) plain.append(1, point).append(rest);
  return plain;
}

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
    sink.report(make_diagnostic(Code::J1119, span)
                    .arg("teks", shown)
                    .arg("tanda", point == '.' ? "titik (.)" : "koma (,)")
                    .suggest(cut < text.size() ? std::string() : in_this_format(text, point)));
  } else {
    sink.report(make_diagnostic(Code::J1118, span).arg("teks", shown));
  }
}

}  // namespace jenjang
