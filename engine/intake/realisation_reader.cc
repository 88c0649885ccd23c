#include <algorithm>
#include <utility>

#include "jenjang/intake/intake.h"

#include "engine/base/large_pages.h"
#include "engine/base/side_by_side.h"
#include "engine/intake/realisation_row.h"
#include "engine/source/csv_stretches.h"
#include "engine/source/doubtful_figures.h"

namespace jenjang {
namespace {

constexpr std::string_view kFigure = "nilai";
constexpr std::size_t kUsualRow = 24;  // bytes that nearly every row has

// Observations of a file. With one stretch they are appended. With several each has a slot by the line it begins on,
// which no other row can have: an observation that is written where it will stand is neither moved nor held twice.
class RealisationFeed : public CsvRows {
public:
  RealisationFeed(const FeedFormat& format, std::size_t lines, std::size_t usual_rows, unsigned threads)
      : format_(format), lines_(lines), usual_rows_(usual_rows), threads_(threads) {}

  bool begin(const CsvTable& header, std::size_t stretches, DiagnosticSink& sink) override {
    const intake::FeedColumns columns = intake::feed_columns(header, format_);
    if (!header.expect_columns(columns.required, columns.optional, sink)) return false;
    figure_ = header.column(kFigure);
    first_line_ = header.header().front().span.line + std::size_t{1};
    for (std::size_t i = 0; i < stretches; ++i) parts_.push_back(new_part());
    const std::size_t room = lines_ + 1 - std::min(first_line_, lines_ + 1);
    reserve_large(facts_, std::min(room, usual_rows_));
    if (stretches > 1) make_slots(room);
    return true;
  }

  void rows(std::size_t stretch, const CsvTable& rows, DiagnosticSink& sink) override {
    Part& part = parts_[stretch];
    const auto slot_of = [&](std::size_t row) { return rows.cell(row, 0).span.line - first_line_; };
    std::size_t good = 0;
    intake::RealisationRows reader(rows, format_, *part.words, sink);
    for (std::size_t row = 0; row < rows.row_count(); ++row) {
      if (figure_ && part.doubt.looks()) part.doubt.add(rows.cell(row, *figure_));
      if (parts_.size() == 1) {
        if (!reader.read(row, facts_.emplace_back())) facts_.pop_back();
        continue;
      }
      Observation& fact = facts_[slot_of(row)];
      if (reader.read(row, fact)) {
        ++good;
      } else {
        fact = Observation();
      }
    }
    part.first = std::min(part.first, slot_of(0));
    part.end = slot_of(rows.row_count() - 1) + 1;
    part.good += good;
  }

  void again(std::size_t stretch) override {
    Part& part = parts_[stretch];
    for (std::size_t slot = part.first; slot < part.end; ++slot) facts_[slot] = Observation();
    part = new_part();
  }

  void end(DiagnosticSink& sink) override {
    if (parts_.size() > 1) close_gaps();
    for (std::size_t i = 1; i < parts_.size(); ++i) parts_.front().doubt.add(parts_[i].doubt);
    parts_.front().doubt.report(kFigure, sink);
  }

  std::vector<Observation> take() { return std::move(facts_); }

private:
  struct Part {
    DoubtfulFigures doubt;
    std::unique_ptr<intake::FeedWords> words;
    std::size_t first = SIZE_MAX, end = 0;  // slots that its rows came to
    std::size_t good = 0;
  };

  Part new_part() const { return {DoubtfulFigures(format_.csv), std::make_unique<intake::FeedWords>()}; }

  // Blank and refused lines, and those within quotes, have left their slots empty: no observation is without a code.
  void close_gaps() {
    std::size_t end = 0;
    std::size_t good = 0;
    for (const Part& part : parts_) {
      end = std::max(end, part.end);
      good += part.good;
    }
    facts_.resize(end);
    if (good < end) std::erase_if(facts_, [](const Observation& fact) { return fact.code.empty(); });
  }

  void make_slots(std::size_t count) {
    auto* const memory = reinterpret_cast<std::byte*>(facts_.data());
    const std::size_t share = count * sizeof(Observation) / parts_.size();
    side_by_side(threads_, parts_.size(),
                 [&] { return [&](std::size_t part) { fetch_pages(memory + part * share, share); }; });
    facts_.resize(count);
  }

  const FeedFormat& format_;
  std::size_t lines_, usual_rows_;
  unsigned threads_;
  std::size_t first_line_ = 0;
  std::optional<std::size_t> figure_;
  std::vector<Part> parts_;
  std::vector<Observation> facts_;
};

}  // namespace

std::vector<Observation> read_realisations(FileId file, const SourceMap& sources, const FeedFormat& format,
                                           DiagnosticSink& sink, unsigned threads, const Watch* watch) {
  const std::size_t lines = sources.line_count(file);
  const std::size_t usual_rows = sources.text(file).size() / kUsualRow + 1;
  // A file that is mostly blank lines would take a slot for each of them: one stretch appends what there is.
  const unsigned useful = lines <= usual_rows ? threads : 1;
  RealisationFeed feed(format, lines, usual_rows, useful);
  CsvThreads together{useful};
  together.watch = watch;
  together.stage = Stage::facts;
  read_csv_rows(file, sources, format.csv, together, feed, sink);
  return feed.take();
}

}  // namespace jenjang
