#include <charconv>
#include <nlohmann/json.hpp>

#include "engine/report/writers.h"

namespace jenjang {

std::string write_json(const Table& table, const std::vector<std::pair<std::string, std::string>>& stated,
                       const Watch* watch) {
  using Json = nlohmann::ordered_json;
  Json rows = Json::array();
  for (const auto& row : table.rows) {
    look_now_and_then(watch, Stage::text, table.rows.size() + rows.size(), 2 * table.rows.size());
    Json object = Json::object();
    for (std::size_t c = 0; c < row.size(); ++c) {
      const TableColumn& column = table.columns[c];
      if (row[c].empty()) {
        object[column.name] = nullptr;
      } else if (column.kind == ColumnKind::count) {
        std::int64_t count = 0;
        std::from_chars(row[c].data(), row[c].data() + row[c].size(), count);
        object[column.name] = count;
      } else {
        object[column.name] = row[c];
      }
    }
    rows.push_back(std::move(object));
  }
  Json root{{"format_version", 1}, {"kind", table.kind}};
  for (const auto& [key, text] : stated) root[key] = text;
  root["rows"] = std::move(rows);
  // Bytes that are not UTF-8 cannot come from our readers; should one slip in, it is replaced, not thrown on.
  return root.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace jenjang
