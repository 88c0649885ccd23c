#include <array>

#include "engine/explain/figures.h"
#include "engine/report/rows.h"

namespace jenjang {
namespace {

constexpr std::array<std::string_view, 7> kOriginWords{"dokumen",  "tahan",        "kaskade",    "waktu",
                                                       "lintasan", "penyelarasan", "jumlah-anak"};

std::string method_of(const Model& model, const TargetCell& cell) {
  switch (cell.origin) {
    case TargetOrigin::stated:
      return {};
    case TargetOrigin::hold:
    case TargetOrigin::cascaded: {
      if (!cell.family.valid()) return {};
      const CascadeRule& rule = model.families[cell.family.index()].rule;
      return rule.driver.empty() ? rule.method : rule.method + " " + rule.driver;
    }
    case TargetOrigin::aligned:
      return std::string(to_string(cell.policy));
    case TargetOrigin::path:
      return cell.statement < model.statements.size()
                 ? std::string(path_shape_words()[static_cast<std::size_t>(model.statements[cell.statement].path)])
                 : std::string();
    case TargetOrigin::time_split:
    case TargetOrigin::summed:
      return std::string(to_string(model.item(cell.node).spec.accumulation));
  }
  return {};
}

// The cell that this one came from; empty when a document is the source.
std::string origin_address(const Model& model, const TargetCell& cell) {
  if (cell.origin == TargetOrigin::time_split || cell.origin == TargetOrigin::summed ||
      cell.origin == TargetOrigin::path)
    return model.address(cell.node, cell.from_period);
  if (cell.origin == TargetOrigin::cascaded && cell.family.valid()) {
    return model.address(model.families[cell.family.index()].parent, cell.period);
  }
  return {};
}

void add_rows(const Model& model, const TargetTable& targets, NodeId node, const RowFilter& filter,
              std::vector<TargetRow>& rows) {
  const Item& item = model.item(node);
  for (const TargetCell& cell : targets.of(node)) {
    if (!matches(filter, cell.period)) continue;
    TargetRow row;
    row.document = cell.statement < model.statements.size()
                       ? model.documents[model.statements[cell.statement].document.index()].code
                       : document_of(model, node, cell.period);
    if (!filter.document.empty() && row.document != filter.document) continue;
    row.address = model.address(node, cell.period);
    row.indicator = item.code;
    row.unit = model.unit(node).path;
    row.period = cell.period.to_string();
    row.unit_name = item.spec.unit_name;
    row.target = cell.target.to_string();
    row.state = to_string(cell.state);
    row.origin = origin_word(cell.origin);
    row.method = method_of(model, cell);
    row.from = origin_address(model, cell);
    std::vector<std::string> labels;
    if (cell.illustrative || item.illustrative) labels.emplace_back("ilustratif");
    if (item.unverified) labels.emplace_back("belum-diverifikasi");
    row.labels = join(labels, " ");
    rows.push_back(std::move(row));
  }
}

}  // namespace

std::string_view origin_word(TargetOrigin origin) {
  return kOriginWords[static_cast<std::size_t>(origin)];
}

std::vector<TargetRow> target_rows(const Model& model, const TargetTable& targets, const RowFilter& filter) {
  std::vector<TargetRow> rows;
  std::size_t seen = 0;
  for (const NodeId node : reading_order(model)) {
    look_now_and_then(filter.watch, Stage::rows, seen++, model.node_count());
    if (matches(model, filter, node)) add_rows(model, targets, node, filter, rows);
  }
  return rows;
}

std::string write_rows(std::span<const TargetRow> rows, const WriteOptions& options) {
  Table table;
  table.kind = "cascade";
  table.columns = {{"alamat", ColumnKind::code},         {"indikator", ColumnKind::code, false},
                   {"unit", ColumnKind::code, false},    {"periode", ColumnKind::code, false},
                   {"satuan", ColumnKind::text},         {"target", ColumnKind::figure},
                   {"status", ColumnKind::text},         {"asal", ColumnKind::text},
                   {"cara", ColumnKind::text},           {"dari", ColumnKind::code},
                   {"dokumen", ColumnKind::code, false}, {"tanda", ColumnKind::text}};
  table.rows.reserve(rows.size());
  for (const TargetRow& r : rows) {
    look_now_and_then(options.watch, Stage::text, table.rows.size(), 2 * rows.size());
    table.rows.push_back({r.address, r.indicator, r.unit, r.period, r.unit_name, r.target, r.state, r.origin, r.method,
                          r.from, r.document, r.labels});
  }
  return write_table(table, options);
}

}  // namespace jenjang
