#include "jenjang/report/bulk_report.h"

#include <algorithm>

#include "engine/base/side_by_side.h"
#include "engine/report/writers.h"

namespace jenjang {
namespace {

// Rows of one part, about a megabyte; parts a thread that wait for their turn.
constexpr std::size_t kRowsOfPart = std::size_t{1} << 14, kPartsOfThread = 4;

// Of the sheets that are scored.
void report_years(const Pack& pack, const BulkSheets& sheets, DiagnosticSink& sink) {
  std::set<int> years;
  for (std::size_t sheet = 0; sheet < sheets.periods.size(); ++sheet) {
    const Period& period = sheets.periods[sheet];
    if (sheets.left_out[sheet] == 0 && period.valid()) years.insert(period.year());
  }
  for (const int year : years) {
    if (pack.valid_in(year)) continue;
    sink.report(make_diagnostic(Code::J3108, {})
                    .arg("paket", pack.id)
                    .arg("masa", pack.valid_from + ".." + pack.valid_until)
                    .arg("tahun", std::to_string(year)));
  }
}

bool write_csv_parts(const BulkListing& listing, const WriteOptions& options, unsigned threads,
                     const std::function<bool(std::string_view)>& take, BulkTally& tally) {
  std::string head;
  append_csv_header(listing.columns(), options.csv, head);
  if (!take(head)) return false;
  const std::size_t rows = listing.rows(), parts = (rows + kRowsOfPart - 1) / kRowsOfPart;
  const std::size_t at_once = std::max(threads, 1U) * kPartsOfThread;
  std::vector<std::string> texts(at_once);
  for (std::size_t from = 0; from < parts; from += at_once) {
    look(options.watch, Stage::rows, from * kRowsOfPart, rows);
    const std::size_t count = std::min(at_once, parts - from);
    std::vector<BulkTally> tallies(count);
    side_by_side(threads, count, [&] {
      return [&](std::size_t part) {
        // Both of its own until the part is done: neighbours in a list would share a line of the cache.
        std::string text = std::move(texts[part]);
        BulkTally own;
        text.clear();
        const std::size_t first = (from + part) * kRowsOfPart, last = std::min(rows, first + kRowsOfPart);
        for (std::size_t row = first; row < last; ++row) {
          if (row % 1024 == 0) look(options.watch, Stage::rows, row, rows);
          if (listing.is_listed(row)) listing.csv(row, options.csv, text, own);
        }
        texts[part] = std::move(text);
        tallies[part] = std::move(own);
      };
    });
    for (std::size_t part = 0; part < count; ++part) {
      tally.add(tallies[part]);
      if (!texts[part].empty() && !take(texts[part])) return false;
    }
  }
  return true;
}

}  // namespace

bool write_bulk(const BulkListing& listing, const WriteOptions& options, unsigned threads,
                const std::function<bool(std::string_view)>& take, BulkTally& tally) {
  if (options.format == OutputFormat::csv) return write_csv_parts(listing, options, threads, take, tally);
  Table table;
  table.kind = listing.kind();
  table.columns = listing.columns();
  for (std::size_t row = 0; row < listing.rows(); ++row) {
    look_now_and_then(options.watch, Stage::rows, row, listing.rows());
    if (!listing.is_listed(row)) continue;
    listing.cells(row, table.rows.emplace_back(), tally);
  }
  return take(write_table(table, options));
}

void report_bulk(const BulkProgram& program, const BulkSheets& sheets, const BulkScores& scores, const BulkTally& tally,
                 std::string_view file, DiagnosticSink& sink) {
  report_years(program.pack(), sheets, sink);
  if (tally.incomplete.count == 0) return;
  const std::size_t first = tally.incomplete.first;
  sink.report(make_diagnostic(Code::J3113, {})
                  .arg("belum", std::to_string(tally.incomplete.count))
                  .arg("semua", std::to_string(tally.listed))
                  .arg("berkas", file)
                  .arg("kunci", sheets.keys[first])
                  .arg("kode", scores.general(first).nodes.front().missing));
}

void report_bulk(const BulkFormula& formula, const BulkSheets& sheets, const BulkResults& results,
                 const BulkTally& tally, std::string_view file, DiagnosticSink& sink) {
  report_years(formula.pack(), sheets, sink);
  for (const auto& [step, seen] : tally.refused) {
    const FormulaResult result = results.results(seen.first)[step];
    sink.report(make_diagnostic(Code::J3175, {})
                    .arg("lembar", file)
                    .arg("langkah", formula.formula().steps[step].code)
                    .arg("jumlah", std::to_string(seen.count))
                    .arg("kunci", sheets.keys[seen.first])
                    .arg("alasan", gap_text(result, Language::indonesian))
                    .article(result.article));
  }
  for (const auto& [step, seen] : tally.failed) {
    const FormulaStep& failed = formula.formula().steps[step];
    const std::string others = seen.count == 1 ? std::string() : " (x" + std::to_string(seen.count) + ")";
    sink.report(make_diagnostic(Code::J3176, {})
                    .arg("lembar", file)
                    .arg("kunci", sheets.keys[seen.first])
                    .arg("langkah", failed.code)
                    .arg("alasan", failed.reason + others)
                    .article(results.results(seen.first)[step].article));
  }
}

}  // namespace jenjang
