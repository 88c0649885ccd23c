#include "jenjang/intake/person_keys.h"

#include <array>
#include <utility>

#include "jenjang/base/file_source.h"
#include "jenjang/base/text.h"
#include "jenjang/source/csv_reader.h"

namespace jenjang {

PersonNames read_person_names(const std::filesystem::path& file, const std::string& display_name, std::size_t max_bytes,
                              SourceMap& sources, DiagnosticSink& sink) {
  PersonNames names;
  if (!disk().exists(file)) {
    sink.report(make_diagnostic(Code::J1918, {}).arg("berkas", display_name));
    return names;
  }
  Result<std::string> text = disk().read(file, max_bytes);
  if (!text) {
    sink.report(text.failure());
    return names;
  }
  const auto table = parse_csv(sources.add(display_name, std::move(text).value()), sources, {}, sink);
  static constexpr std::array<std::string_view, 3> kRequired{"pegawai", "nama", "nip"};
  if (!table || !table->expect_columns(kRequired, {}, sink)) return names;
  const std::size_t key_column = *table->column("pegawai");
  const std::size_t name_column = *table->column("nama");
  for (std::size_t row = 0; row < table->row_count(); ++row) {
    const CsvCell& cell = table->cell(row, key_column);
    const std::string key(trim(cell.text));
    if (key.empty()) continue;
    const bool is_new = names.emplace(key, std::string(trim(table->cell(row, name_column).text))).second;
    if (!is_new) sink.report(make_diagnostic(Code::J1917, cell.span).arg("pegawai", key));
  }
  return names;
}

}  // namespace jenjang
