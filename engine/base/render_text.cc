#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "jenjang/base/diagnostic.h"

#include "engine/base/diagnostic_words.h"
#include "engine/base/excerpt.h"

namespace jenjang {
namespace {

constexpr std::size_t kMaxLineWidth = 110;  // with the gutter a line stays under 120 columns

class TextWriter {
public:
  TextWriter(const Diagnostic& diagnostic, const SourceMap& sources, const RenderOptions& options)
      : diagnostic_(diagnostic), sources_(sources), options_(options) {
    std::uint32_t most = diagnostic.primary.line;
    for (const RelatedSpan& related : diagnostic.related) most = std::max(most, related.span.line);
    gutter_ = std::to_string(most).size();
  }

  std::string write() {
    heading();
    if (diagnostic_.primary.valid()) {
      place("-->", diagnostic_.primary, {});
      excerpt(diagnostic_.primary, '^', severity_color());
    }
    for (const RelatedSpan& related : diagnostic_.related) {
      place(":::", related.span, indonesian() ? related.id_label : related.en_label);
      if (related.span.valid()) excerpt(related.span, '-', kBlue);
    }
    notes();
    return std::move(out_);
  }

private:
  static constexpr std::string_view kRed = "\x1b[1;31m";
  static constexpr std::string_view kYellow = "\x1b[1;33m";
  static constexpr std::string_view kCyan = "\x1b[1;36m";
  static constexpr std::string_view kBlue = "\x1b[1;34m";
  static constexpr std::string_view kBold = "\x1b[1m";

  [[nodiscard]] bool indonesian() const { return options_.language == Language::indonesian; }
  [[nodiscard]] std::string_view severity_color() const {
    switch (diagnostic_.severity) {
      case Severity::error:
        return kRed;
      case Severity::warning:
        return kYellow;
      case Severity::info:
        return kCyan;
    }
    return kBold;
  }

  void paint(std::string_view text, std::string_view color) {
    if (options_.color) out_ += color;
    out_ += text;
    if (options_.color) out_ += "\x1b[0m";
  }

  void heading() {
    paint(std::string(severity_word(diagnostic_.severity, options_.language)) + '[' + to_string(diagnostic_.code) + ']',
          severity_color());
    paint(": " + printable(message_text(diagnostic_, options_.language)), kBold);
    out_ += '\n';
  }

  void place(std::string_view arrow, const SourceSpan& span, std::string_view label) {
    out_.append(gutter_, ' ');
    paint(arrow, kBlue);
    out_ += ' ' + printable(sources_.to_string(span));
    if (!label.empty()) out_ += ": " + printable(label);
    out_ += '\n';
  }

  void bar(std::string_view number) {
    paint(std::string(gutter_ - number.size(), ' ') + std::string(number) + " |", kBlue);
  }

  void excerpt(const SourceSpan& span, char mark, std::string_view color) {
    if (span.file.index() >= sources_.file_count()) return;
    const Excerpt shown =
        make_excerpt(sources_.line(span.file, span.line), span.column, span.length, mark, kMaxLineWidth);
    const std::size_t first_mark = shown.marks.find(mark);
    bar({});
    out_ += '\n';
    bar(std::to_string(span.line));
    out_ += ' ' + shown.line + '\n';
    bar({});
    out_ += ' ' + shown.marks.substr(0, first_mark);
    paint(shown.marks.substr(first_mark), color);
    out_ += '\n';
  }

  void note(std::string_view id_name, std::string_view en_name, std::string_view text) {
    if (text.empty()) return;
    out_.append(gutter_, ' ');
    paint(" = ", kBlue);
    paint(indonesian() ? id_name : en_name, kBold);
    out_ += ": " + printable(text) + '\n';
  }

  void notes() {
    note("aturan", "rule", diagnostic_.rule);
    note("dasar", "article", diagnostic_.article);
    if (!diagnostic_.suggestion.empty()) {
      note("mungkin maksudnya", "did you mean", '`' + diagnostic_.suggestion + '`');
    }
    note("perbaikan", "repair", repair_text(diagnostic_, options_.language));
    note("yang dapat memperbaiki", "who can repair",
         fix_by_word(code_info(diagnostic_.code).fix_by, options_.language));
  }

  const Diagnostic& diagnostic_;
  const SourceMap& sources_;
  const RenderOptions& options_;
  std::size_t gutter_ = 1;
  std::string out_;
};

std::string counts_line(std::size_t shown, std::span<const Diagnostic> all, Language language) {
  std::array<std::size_t, 3> counts{};
  for (const Diagnostic& diagnostic : all) ++counts[static_cast<std::size_t>(diagnostic.severity)];
  const bool indonesian = language == Language::indonesian;
  std::string line = indonesian ? "ditampilkan " : "showing ";
  line += std::to_string(shown) + (indonesian ? " dari " : " of ") + std::to_string(all.size()) + ": ";
  bool first = true;
  for (const Severity severity : {Severity::error, Severity::warning, Severity::info}) {
    if (!first) line += ", ";
    first = false;
    line += std::to_string(counts[static_cast<std::size_t>(severity)]) + ' ';
    line += severity_word(severity, language);
  }
  return line + '\n';
}

}  // namespace

std::string render_text(const Diagnostic& diagnostic, const SourceMap& sources, const RenderOptions& options) {
  return TextWriter(diagnostic, sources, options).write();
}

std::string render_text(std::span<const Diagnostic> diagnostics, const SourceMap& sources,
                        const RenderOptions& options) {
  // When there is no room for all, errors go first, then warnings; the order shown stays as given.
  std::vector<bool> shown(diagnostics.size(), false);
  std::size_t room = options.max_shown;
  for (const Severity severity : {Severity::error, Severity::warning, Severity::info}) {
    for (std::size_t i = 0; i < diagnostics.size() && room > 0; ++i) {
      if (diagnostics[i].severity != severity) continue;
      shown[i] = true;
      --room;
    }
  }
  std::string out;
  for (std::size_t i = 0; i < diagnostics.size(); ++i) {
    if (!shown[i]) continue;
    if (!out.empty()) out += '\n';
    out += render_text(diagnostics[i], sources, options);
  }
  const std::size_t count = options.max_shown - room;
  if (count < diagnostics.size()) {
    if (!out.empty()) out += '\n';
    out += counts_line(count, diagnostics, options.language);
  }
  return out;
}

}  // namespace jenjang
