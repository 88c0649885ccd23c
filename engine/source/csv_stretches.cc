#include "engine/source/csv_stretches.h"

#include <algorithm>
#include <vector>

#include "engine/base/side_by_side.h"
#include "engine/source/csv_parser.h"

namespace jenjang {
namespace {

// Rows whose cells are in the processor's nearer caches when they are handed on.
constexpr std::size_t kRowsAtOnce = 512;
// Stretches a thread: a thread that the machine holds up leaves the rest of its share to the others.
constexpr std::size_t kShares = 4;

struct Stretch {
  std::size_t first = 0, stop = 0;   // bytes: rows that begin in [first, stop)
  std::size_t begin = 0, after = 0;  // where its first row was taken to begin, and where the next row does
  bool stopped = false;
  DiagnosticSink form, findings;
};

std::size_t line_start_from(std::string_view text, std::size_t at) {
  const std::size_t end = text.find('\n', at - 1);
  return end == std::string_view::npos ? text.size() : end + 1;
}

bool odd_quotes(std::string_view text) {
  bool odd = false;
  for (std::size_t at = text.find('"'); at != std::string_view::npos; at = text.find('"', at + 1)) odd = !odd;
  return odd;
}

// The first line behind `at` that is no line of a quoted text, if quotes stand as they should.
std::size_t guessed_start(std::string_view text, std::size_t at, bool inside) {
  if (!inside) {
    const std::size_t start = line_start_from(text, at);
    // A quoted text may open between here and that line end; nearly never does a quote stand there at all.
    if (!odd_quotes(text.substr(at, start - at))) return start;
  }
  for (; at < text.size(); ++at) {
    if (text[at] == '"') inside = !inside;
    if (text[at] == '\n' && !inside) return at + 1;
  }
  return text.size();
}

class StretchReader {
public:
  StretchReader(FileId file, const SourceMap& sources, const CsvFormat& format, const CsvThreads& threads,
                CsvRows& reader)
      : file_(file), sources_(sources), format_(format), threads_(threads), reader_(reader) {}

  bool run(DiagnosticSink& sink) {
    CsvParser head(file_, sources_, format_);
    if (!head.read_header(header_, sink)) return false;
    cut(head.at());
    DiagnosticSink begun;
    wanted_ = reader_.begin(header_, stretches_.size(), begun);
    read_all();
    const std::size_t good = settle(head.at());
    for (std::size_t i = 0; i < good; ++i) hand_on(stretches_[i].form, sink);
    hand_on(begun, sink);
    if (wanted_) reader_.end(sink);
    for (std::size_t i = 0; i < good; ++i) hand_on(stretches_[i].findings, sink);
    return true;
  }

private:
  static void hand_on(const DiagnosticSink& from, DiagnosticSink& to) {
    for (const Diagnostic& found : from.all()) to.report(found);
  }

  void cut(std::size_t from) {
    const std::size_t bytes = sources_.text(file_).size() - from;
    const std::size_t most = threads_.threads <= 1 ? 1 : threads_.threads * kShares;
    const std::size_t count =
        std::clamp<std::size_t>(bytes / std::max<std::size_t>(threads_.least_stretch, 1), 1, most);
    stretches_.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
      stretches_[i].first = from + bytes / count * i;
      stretches_[i].stop = i + 1 < count ? from + bytes / count * (i + 1) : from + bytes;
    }
    if (count > 1) guess();
    stretches_.front().begin = from;
  }

  void guess() {
    const std::string_view text = sources_.text(file_);
    const bool quotes = text.find('"', stretches_.front().first) != std::string_view::npos;
    bool inside = false;
    for (std::size_t i = 1; i < stretches_.size(); ++i) {
      const Stretch& before = stretches_[i - 1];
      if (quotes && odd_quotes(text.substr(before.first, before.stop - before.first))) inside = !inside;
      stretches_[i].begin = guessed_start(text, stretches_[i].first, inside);
    }
  }

  // Rows that begin in the stretch, from the line start `from` on.
  void read(std::size_t number, std::size_t from, CsvParser& parser, CsvTable& table) {
    Stretch& stretch = stretches_[number];
    parser.go_to(from);
    stretch.begin = parser.at();
    while (parser.at() < stretch.stop && !parser.stopped()) {
      look(threads_.watch, threads_.stage, parser.at(), sources_.text(file_).size());
      CsvParser::start_again(table, header_);
      parser.read_rows(table, stretch.stop, kRowsAtOnce, stretch.form);
      if (wanted_ && table.row_count() > 0) reader_.rows(number, table, stretch.findings);
    }
    stretch.after = parser.at();
    stretch.stopped = parser.stopped();
  }

  void read_all() {
    side_by_side(threads_.threads, stretches_.size(), [this] {
      return [this, parser = CsvParser(file_, sources_, format_), table = CsvTable()](std::size_t number) mutable {
        read(number, stretches_[number].begin, parser, table);
      };
    });
  }

  // Holds every guess against the end of the stretch before. How many stretches count: nothing does behind a quote that
  // never closes.
  std::size_t settle(std::size_t from) {
    CsvParser parser(file_, sources_, format_);
    CsvTable table;
    std::size_t good = 0;
    bool over = false;
    for (std::size_t i = 0; i < stretches_.size(); ++i) {
      Stretch& stretch = stretches_[i];
      const bool right = !over && stretch.begin == from;
      if (!right) {
        if (wanted_) reader_.again(i);
        stretch.form = DiagnosticSink();
        stretch.findings = DiagnosticSink();
      }
      if (over) continue;
      if (!right) read(i, from, parser, table);
      from = stretch.after;
      over = stretch.stopped;
      ++good;
    }
    return good;
  }

  FileId file_;
  const SourceMap& sources_;
  CsvFormat format_;
  CsvThreads threads_;
  CsvRows& reader_;
  CsvTable header_;
  bool wanted_ = true;
  std::vector<Stretch> stretches_;
};

}  // namespace

bool read_csv_rows(FileId file, const SourceMap& sources, const CsvFormat& format, const CsvThreads& threads,
                   CsvRows& reader, DiagnosticSink& sink) {
  return StretchReader(file, sources, format, threads, reader).run(sink);
}

}  // namespace jenjang
