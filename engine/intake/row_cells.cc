#include "engine/intake/row_cells.h"

#include "jenjang/base/text.h"
#include "jenjang/intake/intake.h"

namespace jenjang {

std::string_view spreadsheet_text(std::string_view cell) {
  if (cell.size() >= 3 && cell.starts_with("=\"") && cell.ends_with('"')) return cell.substr(2, cell.size() - 3);
  if (cell.size() >= 2 && cell.front() == '\'' && std::string_view("=+-@").find(cell[1]) != std::string_view::npos) {
    return cell.substr(1);
  }
  return cell;
}

std::string_view cell_text(std::string_view written) {
  return trim(spreadsheet_text(trim(written)));
}

Marks read_marks(std::string_view text, const SourceSpan& span, DiagnosticSink& sink) {
  Marks marks;
  for (const std::string_view part : split(text, ' ')) {
    const std::string_view word = trim(part);
    if (word.empty()) continue;
    if (word == kMarkWords[0]) {
      marks.illustrative = true;
    } else if (word == kMarkWords[1]) {
      marks.unverified = true;
    } else {
      sink.report(make_diagnostic(Code::J1808, span)
                      .arg("teks", word)
                      .arg("pilihan", join_words(kMarkWords))
                      .suggest(nearest(word, kMarkWords).value_or("")));
    }
  }
  return marks;
}

std::string join_words(std::span<const std::string_view> words) {
  std::string joined;
  for (const std::string_view word : words) {
    if (!joined.empty()) joined += ", ";
    joined += word;
  }
  return joined;
}

}  // namespace jenjang
