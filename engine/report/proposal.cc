// Proposed repairs as edits of the plan's own lines.
#include <algorithm>
#include <map>
#include <tuple>

#include "jenjang/report/cascade_report.h"

#include "engine/report/rows.h"

namespace jenjang {
namespace {

struct Edit {
  ProposalRow row;
  SourceSpan span;
  std::string old_text, new_text;  // what stands in the place, and what would
};

// The scalar at `span` with its figure replaced, quotes kept; nullopt when something else stands there
// (an alias, a guarded spreadsheet cell).
std::optional<std::string> replaced(std::string_view written, const Decimal& before, const Decimal& after) {
  const bool quoted =
      written.size() > 2 && (written.front() == '"' || written.front() == '\'') && written.back() == written.front();
  const std::string_view figure = quoted ? written.substr(1, written.size() - 2) : written;
  for (const char point : {'.', ','}) {
    const std::optional<Decimal> number = Decimal::parse(figure, point);
    if (!number || *number != before) continue;
    const std::string text = after.to_string(point);
    return quoted ? written.front() + text + written.front() : text;
  }
  return std::nullopt;
}

std::string_view written_at(const SourceMap& sources, const SourceSpan& span) {
  if (!span.valid()) return {};
  const std::string_view line = sources.line(span.file, span.line);
  if (span.column == 0 || span.column > line.size()) return {};
  return line.substr(span.column - 1, span.length);
}

// All edits of one line made, the last first so that columns stay good.
void rewrite_line(const SourceMap& sources, std::span<Edit*> edits) {
  std::string line(sources.line(edits.front()->span.file, edits.front()->span.line));
  for (std::size_t i = edits.size(); i-- > 0;) {
    const Edit& edit = *edits[i];
    if (edit.new_text.empty()) continue;
    line.replace(edit.span.column - 1, edit.old_text.size(), edit.new_text);
  }
  for (Edit* edit : edits) {
    if (!edit->new_text.empty()) edit->row.line = line;
  }
}

std::string yaml_text(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    out += c;
    if (c == '\'') out += c;
  }
  return out + "'";
}

}  // namespace

std::vector<ProposalRow> proposal_rows(const Model& model, const SourceMap& sources,
                                       std::span<const RepairProposal> proposals) {
  std::vector<Edit> edits;
  for (const RepairProposal& proposal : proposals) {
    for (const RepairEdit& change : proposal.edits) {
      const Statement& statement = model.statements[change.statement];
      Edit edit;
      edit.span = statement.span;
      edit.old_text = written_at(sources, statement.span);
      edit.new_text = replaced(edit.old_text, change.before, change.after).value_or("");
      edit.row.root = model.address(proposal.root, proposal.period);
      edit.row.address = model.address(change.node, proposal.period);
      edit.row.period = proposal.period.to_string();
      if (statement.document.valid()) edit.row.document = model.documents[statement.document.index()].code;
      edit.row.before = change.before.to_string();
      edit.row.after = change.after.to_string();
      edit.row.place = sources.to_string(statement.span);
      if (statement.span.valid()) edit.row.file = sources.name(statement.span.file);
      edit.row.reason = statement.grounds.reason;
      edits.push_back(std::move(edit));
    }
  }
  const auto line_of = [](const Edit& edit) { return std::pair(edit.span.file, edit.span.line); };
  std::stable_sort(edits.begin(), edits.end(), [&](const Edit& a, const Edit& b) {
    return std::tuple(line_of(a), a.span.column) < std::tuple(line_of(b), b.span.column);
  });
  for (std::size_t first = 0, last = 0; first < edits.size(); first = last) {
    std::vector<Edit*> same;
    while (last < edits.size() && line_of(edits[last]) == line_of(edits[first])) same.push_back(&edits[last++]);
    if (edits[first].span.valid()) rewrite_line(sources, same);
  }
  std::vector<ProposalRow> rows;
  rows.reserve(edits.size());
  for (Edit& edit : edits) rows.push_back(std::move(edit.row));
  return rows;
}

std::string write_proposal_page(const Model& model, std::span<const RepairProposal> proposals,
                                std::span<const ProposalRow> rows, std::size_t refused, Language language) {
  const bool indonesian = language == Language::indonesian;
  const auto say = [&](const char* id, const char* en) { return std::string(indonesian ? id : en); };
  std::string text;
  if (proposals.empty() && refused == 0) {
    return say("# Tidak ada yang perlu dipadukan: angka tangan di setiap pohon sudah menjumlah ke targetnya.\n",
               "# Nothing to repair: the hand-set figures of every tree add up to their target.\n");
  }
  for (const RepairProposal& proposal : proposals) {
    text += "# " + model.address(proposal.root, proposal.period) + say(": angka yang diubah ", ": figures changed ") +
            std::to_string(proposal.edits.size()) + say(", jumlah kuadrat perubahan ", ", sum of squared changes ") +
            print_figure(proposal.objective) + "\n";
  }
  if (refused > 0) {
    text += "# " + say("Ditolak: ", "Refused: ") + std::to_string(refused) +
            say(" pohon; sebabnya pada pesan galat.\n", " trees; the error messages say why.\n");
  }
  if (!proposals.empty()) {
    text += say("# Ini usulan; tidak ada berkas yang ditulis.\n", "# These are proposals; no file was written.\n");
  }
  std::string file;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const ProposalRow& row = rows[i];
    if (i == 0 || row.file != file) {
      file = row.file;
      text += "- berkas: " + yaml_text(file.empty() ? "-" : file) + "\n  ubah:\n";
    }
    text += "  - letak: " + yaml_text(row.place) + "\n";
    text += "    dokumen: " + yaml_text(row.document) + "\n";
    text += "    alamat: " + yaml_text(row.address) + "\n";
    text += "    dari: " + row.before + "\n    menjadi: " + row.after + "\n";
    if (!row.reason.empty()) text += "    alasan_semula: " + yaml_text(row.reason) + "\n";
    if (!row.line.empty()) {
      text += "    baris: " + yaml_text(row.line) + "\n";
    } else {
      text += "    # " + say("tulis sendiri: di letak itu tidak ada angka polos\n",
                             "edit by hand: no plain figure stands in that place\n");
    }
  }
  return text;
}

std::string write_rows(std::span<const ProposalRow> rows, const WriteOptions& options) {
  Table table;
  table.kind = "usulan-perbaikan";
  table.columns = {
      {"akar", ColumnKind::code},    {"alamat", ColumnKind::code}, {"periode", ColumnKind::code, false},
      {"dokumen", ColumnKind::code}, {"dari", ColumnKind::figure}, {"menjadi", ColumnKind::figure},
      {"letak", ColumnKind::code},   {"baris", ColumnKind::text},  {"alasan_semula", ColumnKind::text, false}};
  for (const ProposalRow& r : rows)
    table.rows.push_back({r.root, r.address, r.period, r.document, r.before, r.after, r.place, r.line, r.reason});
  return write_table(table, options);
}

}  // namespace jenjang
