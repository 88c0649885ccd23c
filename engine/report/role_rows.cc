// The role-result matrix as rows: one for each thing that a member produces for a result of the leader.
#include "jenjang/report/cascade_report.h"

#include "engine/report/rows.h"

namespace jenjang {
namespace {

// How the member's result is tied to the leader's.
std::string tie_word(const RoleResult& cell) {
  if (cell.tie == EdgeKind::crosscut) return "lintas";
  return cell.direct() ? "langsung" : "tidak langsung";
}

}  // namespace

std::vector<RoleRow> role_rows(const Model& model, const RoleResultMatrix& matrix) {
  std::vector<RoleRow> rows;
  std::size_t next = 0;  // cells stand by member
  for (std::size_t m = 0; m < matrix.members.size(); ++m) {
    const OrgUnit& member = model.units[matrix.members[m]];
    RoleRow row;
    row.member = member.path;
    row.name = member.name;
    const std::size_t first = next;
    for (; next < matrix.cells.size() && matrix.cells[next].member == m; ++next) {
      const RoleResult& cell = matrix.cells[next];
      const NodeId result = matrix.results[cell.result];
      row.result = model.address(result);
      row.result_title = model.item(result).title;
      row.produces = model.address(cell.node);
      row.produces_title = model.item(cell.node).title;
      row.tie = tie_word(cell);
      row.share = cell.share ? cell.share->to_string() : std::string();
      row.accepted = cell.tie != EdgeKind::crosscut ? "" : cell.accepted ? "ya" : "tidak";
      rows.push_back(row);
    }
    if (next == first) rows.push_back(std::move(row));
  }
  return rows;
}

std::string write_rows(std::span<const RoleRow> rows, const WriteOptions& options) {
  Table table;
  table.kind = "matriks-peran";
  table.columns = {{"anggota", ColumnKind::code},  {"nama", ColumnKind::text, false},
                   {"untuk", ColumnKind::code},    {"uraian_untuk", ColumnKind::text, false},
                   {"hasil", ColumnKind::code},    {"uraian_hasil", ColumnKind::text},
                   {"hubungan", ColumnKind::text}, {"bagian", ColumnKind::figure},
                   {"diterima", ColumnKind::text}};
  for (const RoleRow& r : rows) {
    table.rows.push_back(
        {r.member, r.name, r.result, r.result_title, r.produces, r.produces_title, r.tie, r.share, r.accepted});
  }
  return write_table(table, options);
}

}  // namespace jenjang
