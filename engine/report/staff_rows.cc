// Targets by person: what the holders of positions carry.
#include "jenjang/report/cascade_report.h"

#include "engine/explain/figures.h"
#include "engine/report/rows.h"

namespace jenjang {
namespace {

bool takes(const Model& model, const RowFilter& filter, const StaffShare& share) {
  if (!matches(filter, share.period)) return false;
  if (!filter.code.empty() && model.items[share.item.index()].code != filter.code) return false;
  if (filter.unit.empty()) return true;
  const std::optional<UnitId> wanted = model.units.find(filter.unit);
  // A total goes over positions and stands at none.
  if (!wanted || !share.position.valid()) return false;
  return share.position == *wanted || model.units.is_below(share.position, *wanted);
}

}  // namespace

std::vector<StaffRow> staff_rows(const Model& model, const StaffTargets& staff, const RowFilter& filter) {
  std::vector<StaffRow> rows;
  const auto add = [&](const StaffShare& share, bool total) {
    if (!takes(model, filter, share)) return;
    const Item& item = model.items[share.item.index()];
    StaffRow row;
    row.person = share.person.empty() ? "(kosong)" : std::string(share.person);
    row.position = share.position.valid() ? model.units[share.position].path : KeptText();
    row.indicator = item.code;
    if (share.node.valid()) row.address = model.address(share.node, share.period);
    row.period = share.period.to_string();
    row.unit_name = item.spec.unit_name;
    row.target = share.target.to_string();
    // Service at several positions overlaps as it may; only a row of one position counts it.
    if (!total) {
      row.months = std::to_string(share.months);
      row.days = std::to_string(share.days);
    }
    row.origin = total ? "jumlah pegawai" : std::string(to_string(share.origin));
    row.state = to_string(share.state);
    std::vector<std::string> labels;
    if (share.illustrative || item.illustrative) labels.emplace_back("ilustratif");
    if (item.unverified) labels.emplace_back("belum-diverifikasi");
    row.labels = join(labels, " ");
    rows.push_back(std::move(row));
  };
  for (const StaffShare& share : staff.rows) add(share, false);
  for (const StaffShare& share : staff.totals) add(share, true);
  return rows;
}

void join_names(std::vector<StaffRow>& rows, const std::map<std::string, std::string, std::less<>>& names) {
  for (StaffRow& row : rows) {
    const auto found = names.find(row.person);
    if (found != names.end()) row.name = found->second;
  }
}

std::string write_rows(std::span<const StaffRow> rows, const WriteOptions& options, bool with_names) {
  Table table;
  table.kind = "per-pegawai";
  table.columns = {{"pegawai", ColumnKind::code},       {"jabatan", ColumnKind::code}, {"indikator", ColumnKind::code},
                   {"alamat", ColumnKind::code, false}, {"periode", ColumnKind::code}, {"satuan", ColumnKind::text},
                   {"target", ColumnKind::figure},      {"bulan", ColumnKind::count},  {"hari", ColumnKind::count},
                   {"asal", ColumnKind::text},          {"status", ColumnKind::text},  {"tanda", ColumnKind::text}};
  if (with_names) table.columns.push_back({"nama", ColumnKind::text});
  for (const StaffRow& r : rows) {
    table.rows.push_back({r.person, r.position, r.indicator, r.address, r.period, r.unit_name, r.target, r.months,
                          r.days, r.origin, r.state, r.labels});
    if (with_names) table.rows.back().push_back(r.name);
  }
  return write_table(table, options);
}

}  // namespace jenjang
