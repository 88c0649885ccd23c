#include "jenjang/intake/intake.h"

#include "engine/intake/realisation_row.h"

namespace jenjang {

std::vector<Observation> read_realisations(FileId file, const SourceMap& sources, const FeedFormat& format,
                                           DiagnosticSink& sink) {
  std::vector<Observation> facts;
  const std::optional<CsvTable> table = parse_csv(file, sources, format.csv, sink);
  if (!table) return facts;
  const intake::FeedColumns columns = intake::feed_columns(*table, format);
  if (!table->expect_columns(columns.required, columns.optional, sink)) return facts;
  facts.reserve(table->row_count());
  intake::RealisationRows reader(*table, format, sink);
  for (std::size_t row = 0; row < table->row_count(); ++row) {
    if (std::optional<Observation> fact = reader.read(row)) facts.push_back(std::move(*fact));
  }
  return facts;
}

}  // namespace jenjang
